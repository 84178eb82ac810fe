"""aioxmpp: finds the upload service by discovery, requests a slot (XEP-0363), PUTs a file as told, downloads it again, tells the peer."""

import os

import aiohttp
import aioxmpp
import aioxmpp.httpupload
import aioxmpp.ping
import yarl

from aioxmpp_login import check_tls, client_of
from shared import CheckFailed, arguments, check, run

NAMESPACE = "urn:xmpp:http:upload:0"


async def find_service(disco, domain):
    for item in (await disco.query_items(domain)).items:
        info = await disco.query_info(item.jid)
        if NAMESPACE in info.features:
            return item.jid, info
    raise CheckFailed("no item of the server has the upload feature")


async def main(args):
    client = client_of(args)
    disco = client.summon(aioxmpp.DiscoClient)
    async with client.connected(presence=aioxmpp.PresenceState(True)):
        check_tls(client)
        domain = client.local_jid.replace(localpart=None, resource=None)
        service, info = await find_service(disco, domain)
        check(any(i.category == "store" and i.type_ == "file" for i in info.identities), f"{service} is a store/file with the feature")

        content = os.urandom(args.size)
        slot = await aioxmpp.httpupload.request_slot(client, service, args.name, len(content), args.type)
        check(slot.put.url.isascii() and slot.get.url.isascii(), f"the slot's URLs are ASCII: {slot.get.url}")
        headers = {"Content-Type": args.type}
        for name, value in slot.put.headers.items():
            headers[name] = value[0] if isinstance(value, (list, tuple)) else value
        # The URL goes out byte for byte as given: a re-encoded one would not match its signature.
        async with aiohttp.ClientSession() as http:
            async with http.put(yarl.URL(slot.put.url, encoded=True), data=content, headers=headers) as response:
                check(response.status in (200, 201), f"the PUT answers {response.status}")
            async with http.get(yarl.URL(slot.get.url, encoded=True)) as response:
                check(response.status == 200, "the download answers 200")
                check(await response.read() == content, "with the same bytes")
        if not args.skip_limit:
            try:
                await aioxmpp.httpupload.request_slot(client, service, "huge.bin", 1 << 50, args.type)
                check(False, "a file of a pebibyte is refused")
            except aioxmpp.errors.XMPPError as error:
                check(error.condition == aioxmpp.ErrorCondition.NOT_ACCEPTABLE, "a file of a pebibyte is not acceptable")
        if args.peer:
            message = aioxmpp.Message(type_=aioxmpp.MessageType.CHAT, to=aioxmpp.JID.fromstr(args.peer))
            message.body[None] = slot.get.url
            await client.send(message)
            await aioxmpp.ping.ping(client, domain)
        print("url:", slot.get.url)


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--size", type=int, default=300_000)
    parser.add_argument("--name", default="très cool & 100%.bin")
    parser.add_argument("--type", default="application/octet-stream")
    parser.add_argument("--skip-limit", action="store_true", help="ask for nothing above the limit: some services never answer that")
    parsed = parser.parse_args()
    if parsed.ca:
        os.environ["SSL_CERT_FILE"] = parsed.ca  # what aiohttp's default context trusts
    run(main, parsed)
