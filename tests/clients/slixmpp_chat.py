"""slixmpp: two people find each other, subscribe, chat, see each other's presence, and part; or leave and collect an offline message."""

import asyncio

from shared import arguments, check, run
from slixmpp_login import Client

BODY = "Grüße an <alle> & 世界 🎉"


async def look_around(client, domain):
    """Service discovery, ping and software version, as any client does after login."""
    info = (await client["xep_0030"].get_info(jid=domain, cached=False))["disco_info"]
    check(any(category == "server" and kind == "im" for category, kind, *_ in info["identities"]), f"{domain} is a server/im")
    check("http://jabber.org/protocol/disco#info" in info["features"], f"{domain} has disco#info among {len(info['features'])} features")
    items = (await client["xep_0030"].get_items(jid=domain))["disco_items"]["items"]
    check(True, f"{domain} has the items {sorted(str(item[0]) for item in items)}")
    await client["xep_0199"].send_ping(domain)
    check(True, f"{domain} answers a ping")
    version = (await client["xep_0092"].get_version(domain))["software_version"]
    check(version["name"], f"{domain} runs {version['name']} {version['version']}")


def entries(iq):
    return {str(jid): entry for jid, entry in iq["roster"]["items"].items()}


async def roster_of(client):
    """The whole roster: get_roster() would send the version it knows and get an empty result."""
    request = client.make_iq_get()
    request.enable("roster")
    return entries(await request.send())


def pushed(peer, subscription):
    return lambda iq: entries(iq).get(peer, {}).get("subscription") == subscription


async def call(args):
    client = Client(args, "xep_0030", "xep_0092", "xep_0199")
    await client.login()
    await look_around(client, client.boundjid.domain)
    from_peer = lambda stanza: stanza["from"].bare == args.peer

    check(args.peer not in await roster_of(client), "the roster does not know the peer yet")
    client.send_presence(pstatus="here I am")
    await client.update_roster(args.peer, name="The peer", groups=["Friends"])
    entry = (await roster_of(client))[args.peer]
    check(entry["name"] == "The peer" and entry["groups"] == ["Friends"], "the roster has the peer with a name and a group")
    check(entry["subscription"] == "none", "and no subscription")

    client.send_presence_subscription(pto=args.peer)
    await client.presences.take("the peer approves the subscription", lambda p: from_peer(p) and p["type"] == "subscribed")
    await client.presences.take("the peer asks for ours", lambda p: from_peer(p) and p["type"] == "subscribe")
    client.send_presence(pto=args.peer, ptype="subscribed")
    await client.pushes.take("a roster push says that both are subscribed", pushed(args.peer, "both"))
    seen = await client.presences.take(
        "the peer's presence with its status", lambda p: from_peer(p) and p["type"] == "available" and p["status"] == "ready to talk"
    )
    check(seen["from"].resource, f"it comes from a resource: {seen['from']}")

    client.send_message(mto=args.peer, mbody=BODY, mtype="chat")
    reply = await client.messages.take("a reply", from_peer)
    check(reply["body"] == "echo: " + BODY, "the reply repeats every character")
    check(reply["type"] == "chat" and str(reply["to"]) == client.boundjid.full, "it is a chat message to our full JID")

    client.send_presence(pshow="away", pstatus="gone for tea")
    await client.messages.take("the peer sees us away", lambda m: from_peer(m) and m["body"] == "seen: away, gone for tea")
    client.send_message(mto=reply["from"], mbody="bye", mtype="chat")
    await client.messages.take("the peer says goodbye", lambda m: from_peer(m) and m["body"] == "echo: bye")
    await client.presences.take("the peer goes offline", lambda p: from_peer(p) and p["type"] == "unavailable")

    await client.del_roster_item(args.peer)
    await client.pushes.take("a roster push says that the peer was removed", pushed(args.peer, "remove"))
    check(args.peer not in await roster_of(client), "the roster has forgotten the peer")
    await client.logout()


async def answer(args):
    client = Client(args, "xep_0030")
    await client.login()
    from_peer = lambda stanza: stanza["from"].bare == args.peer
    client.send_presence(pstatus="ready to talk")
    await client.get_roster()
    await client.presences.take("the peer asks for our presence", lambda p: from_peer(p) and p["type"] == "subscribe")
    client.send_presence(pto=args.peer, ptype="subscribed")
    client.send_presence_subscription(pto=args.peer)
    await client.presences.take("the peer approves", lambda p: from_peer(p) and p["type"] == "subscribed")
    while True:
        message = await client.messages.take("a message", from_peer)
        client.send_message(mto=message["from"], mbody="echo: " + message["body"], mtype="chat")
        if message["body"] == "bye":
            break
        away = await client.presences.take("the peer's new presence", lambda p: from_peer(p) and p["type"] == "away")
        client.send_message(mto=away["from"], mbody=f"seen: {away['show']}, {away['status']}", mtype="chat")
    await client.logout()


async def leave(args):
    client = Client(args, "xep_0030", "xep_0199")
    await client.login()
    client.send_presence()
    for number in range(3):
        client.send_message(mto=args.peer, mbody=f"{number}: {BODY}", mtype="chat")
    await client["xep_0199"].send_ping(client.boundjid.domain)
    await client.logout()


async def collect(args):
    client = Client(args, "xep_0030", "xep_0203")
    await client.login()
    await asyncio.sleep(0.3)
    check(client.messages.empty(), "nothing arrives before the initial presence")
    client.send_presence()
    for number in range(3):
        message = await client.messages.take(f"offline message {number}", lambda m: m["from"].bare == args.peer)
        check(message["body"] == f"{number}: {BODY}", "in order and complete")
        check(message["delay"]["stamp"], f"and stamped {message['delay']['stamp']}")
    await client.logout()


async def echo(args):
    """Answers whoever writes, until one says bye."""
    client = Client(args, "xep_0030")
    await client.login()
    client.send_presence()
    body = None
    while body != "bye":
        message = await client.messages.take("a message", lambda m: m["type"] == "chat" and m["body"])
        body = message["body"]
        client.send_message(mto=message["from"], mbody="echo: " + body, mtype="chat")
    await client.logout()


ROLES = {"echo": echo, "call": call, "answer": answer, "leave": leave, "collect": collect}
if __name__ == "__main__":
    parsed = arguments(__doc__, list(ROLES)).parse_args()
    run(ROLES[parsed.role], parsed)
