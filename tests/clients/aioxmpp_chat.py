"""aioxmpp: two people find each other, subscribe, chat, see each other's presence, and part; or leave and collect an offline message."""

import asyncio

import aioxmpp
import aioxmpp.dispatcher
import aioxmpp.misc
import aioxmpp.ping
import aioxmpp.version

from aioxmpp_login import check_tls, client_of
from shared import Inbox, arguments, check, run, within

BODY = "Grüße an <alle> & 世界 🎉"


def any_of(texts):
    """Of a text in several languages: one, or None if there is none."""
    return texts.any() if texts else None


def text(message):
    return any_of(message.body)


def chat(to, body):
    message = aioxmpp.Message(type_=aioxmpp.MessageType.CHAT, to=to)
    message.body[None] = body
    return message


class Person:
    """Everything that arrives for one client, in boxes."""

    def __init__(self, args, client):
        self.args = args
        self.peer = aioxmpp.JID.fromstr(args.peer)
        self.client = client
        self.messages, self.available, self.unavailable = Inbox(args.timeout), Inbox(args.timeout), Inbox(args.timeout)
        self.asked, self.approved, self.roster_changes = Inbox(args.timeout), Inbox(args.timeout), Inbox(args.timeout)
        self.roster = client.summon(aioxmpp.RosterClient)
        self.disco = client.summon(aioxmpp.DiscoClient)
        dispatcher = client.summon(aioxmpp.dispatcher.SimpleMessageDispatcher)
        dispatcher.register_callback(None, None, self.messages.put)
        presence = client.summon(aioxmpp.PresenceClient)
        presence.on_available.connect(lambda jid, stanza: self.available.put(stanza))
        presence.on_changed.connect(lambda jid, stanza: self.available.put(stanza))
        presence.on_unavailable.connect(lambda jid, stanza: self.unavailable.put(stanza))
        self.roster.on_subscribe.connect(lambda stanza: self.asked.put(stanza))
        self.roster.on_subscribed.connect(lambda stanza: self.approved.put(stanza))
        self.roster.on_entry_subscription_state_changed.connect(lambda item: self.roster_changes.put((item.jid, item.subscription)))
        self.roster.on_entry_removed.connect(lambda item: self.roster_changes.put((item.jid, "remove")))

    def from_peer(self, stanza):
        return stanza.from_.bare() == self.peer


async def look_around(person, domain):
    info = await person.disco.query_info(domain)
    check(any(i.category == "server" and i.type_ == "im" for i in info.identities), f"{domain} is a server/im")
    check("http://jabber.org/protocol/disco#info" in info.features, f"{domain} has disco#info among {len(info.features)} features")
    items = await person.disco.query_items(domain)
    check(True, f"{domain} has the items {sorted(str(item.jid) for item in items.items)}")
    await aioxmpp.ping.ping(person.client, domain)
    check(True, f"{domain} answers a ping")
    version = await aioxmpp.version.query_version(person.client.stream, domain)
    check(version.name, f"{domain} runs {version.name} {version.version}")


async def call(args):
    client = client_of(args)
    person = Person(args, client)
    peer = person.peer
    async with client.connected(presence=aioxmpp.PresenceState(True)):
        check_tls(client)
        await look_around(person, client.local_jid.replace(localpart=None, resource=None))

        check(peer not in person.roster.items, "the roster does not know the peer yet")
        await person.roster.set_entry(peer, name="The peer", add_to_groups={"Friends"})
        entry = person.roster.items[peer]
        check(entry.name == "The peer" and set(entry.groups) == {"Friends"}, "the roster has the peer with a name and a group")
        check(entry.subscription == "none", "and no subscription")

        person.roster.subscribe(peer)
        await person.approved.take("the peer approves the subscription", person.from_peer)
        await person.asked.take("the peer asks for ours", person.from_peer)
        person.roster.approve(peer)
        await person.roster_changes.take("a roster push says that both are subscribed", lambda change: change == (peer, "both"))
        seen = await person.available.take(
            "the peer's presence with its status", lambda p: person.from_peer(p) and any_of(p.status) == "ready to talk"
        )
        check(seen.from_.resource, f"it comes from a resource: {seen.from_}")

        await client.send(chat(peer, BODY))
        reply = await person.messages.take("a reply", person.from_peer)
        check(text(reply) == "echo: " + BODY, "the reply repeats every character")
        check(reply.type_ == aioxmpp.MessageType.CHAT and reply.to == client.local_jid, "it is a chat message to our full JID")

        client.set_presence(aioxmpp.PresenceState(True, aioxmpp.PresenceShow.AWAY), "gone for tea")
        await person.messages.take("the peer sees us away", lambda m: person.from_peer(m) and text(m) == "seen: away, gone for tea")
        await client.send(chat(reply.from_, "bye"))
        await person.messages.take("the peer says goodbye", lambda m: person.from_peer(m) and text(m) == "echo: bye")
        await person.unavailable.take("the peer goes offline", person.from_peer)

        await person.roster.remove_entry(peer)
        await person.roster_changes.take("a roster push says that the peer was removed", lambda change: change == (peer, "remove"))
        check(peer not in person.roster.items, "the roster has forgotten the peer")


async def answer(args):
    client = client_of(args)
    person = Person(args, client)
    async with client.connected():
        check_tls(client)
        client.set_presence(aioxmpp.PresenceState(True), "ready to talk")
        await person.asked.take("the peer asks for our presence", person.from_peer)
        person.roster.approve(person.peer)
        person.roster.subscribe(person.peer)
        await person.approved.take("the peer approves", person.from_peer)
        while True:
            message = await person.messages.take("a message", person.from_peer)
            await client.send(chat(message.from_, "echo: " + text(message)))
            if text(message) == "bye":
                break
            away = await person.available.take(
                "the peer's new presence", lambda p: person.from_peer(p) and p.show == aioxmpp.PresenceShow.AWAY
            )
            await client.send(chat(away.from_, f"seen: {away.show.value}, {any_of(away.status)}"))


async def leave(args):
    client = client_of(args)
    async with client.connected(presence=aioxmpp.PresenceState(True)):
        for number in range(3):
            await client.send(chat(aioxmpp.JID.fromstr(args.peer), f"{number}: {BODY}"))
        await aioxmpp.ping.ping(client, client.local_jid.replace(localpart=None, resource=None))


async def collect(args):
    client = client_of(args, aioxmpp.Client)
    person = Person(args, client)
    presence = client.summon(aioxmpp.PresenceServer)
    async with client.connected():
        await asyncio.sleep(0.3)
        check(person.messages.empty(), "nothing arrives before the initial presence")
        presence.set_presence(aioxmpp.PresenceState(True))
        for number in range(3):
            message = await person.messages.take(f"offline message {number}", person.from_peer)
            check(text(message) == f"{number}: {BODY}", "in order and complete")
            check(message.xep0203_delay, "and stamped")


async def limited(args):
    await within(4 * args.timeout, ROLES[args.role](args), f"the whole of {args.role}")


ROLES = {"call": call, "answer": answer, "leave": leave, "collect": collect}
if __name__ == "__main__":
    run(limited, arguments(__doc__, list(ROLES)).parse_args())
