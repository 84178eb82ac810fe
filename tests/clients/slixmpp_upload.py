"""slixmpp: finds the upload service, uploads a file through XEP-0363, downloads it again, tells the peer where it lies."""

import os
import tempfile

import aiohttp
from slixmpp.exceptions import IqError
from slixmpp.plugins.xep_0363.stanza import Request

from shared import CheckFailed, arguments, check, run, within
from slixmpp_login import Client


async def find_service(client, upload):
    """What find_upload_service() does; that of slixmpp 1.8 hands coroutines to asyncio.wait, which Python 3.11 forbids."""
    items = (await client["xep_0030"].get_items(jid=client.boundjid.domain))["disco_items"]["items"]
    for jid in [item[0] for item in items]:
        info = (await client["xep_0030"].get_info(jid=jid, cached=False))["disco_info"]
        if Request.namespace not in info["features"]:
            continue
        check(any(identity[:2] == ("store", "file") for identity in info["identities"]), f"{jid} is a store/file with the feature")
        forms = [form["values"] for form in info.iterables]
        limits = [form["max-file-size"] for form in forms if form["FORM_TYPE"] == [Request.namespace]]
        check(len(limits) == 1 and int(limits[0]) > 0, f"and names its limit: {limits[0]} bytes")
        upload.upload_service, upload.max_file_size = jid, int(limits[0])
        return
    raise CheckFailed("no item of the server has the upload feature")


async def main(args):
    client = Client(args, "xep_0030", "xep_0066", "xep_0128", "xep_0199", "xep_0363")
    await client.login()
    upload = client["xep_0363"]
    await find_service(client, upload)

    content = os.urandom(args.size)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, args.name)
        with open(path, "wb") as file:
            file.write(content)
        # The library's own way: limit, slot, PUT.
        url = await within(args.timeout, upload.upload_file(path), "the upload")
    check(url.startswith("https://") or args.plain_http, f"uploaded {len(content)} bytes to {url}")

    async with aiohttp.ClientSession() as http, http.get(url) as response:
        check(response.status == 200, "the download answers 200")
        check(await response.read() == content, "with the same bytes")
    if not args.skip_limit:
        try:
            await upload.request_slot(upload.upload_service, "huge.bin", upload.max_file_size + 1)
            check(False, "a file above the limit is refused")
        except IqError as error:
            check(error.condition == "not-acceptable", "a file one byte above the limit is not acceptable")
    if args.peer:
        message = client.make_message(mto=args.peer, mbody=url, mtype="chat")
        message["oob"]["url"] = url
        message.send()
        await client["xep_0199"].send_ping(client.boundjid.domain)
    print("url:", url)
    await client.logout()


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--size", type=int, default=300_000)
    parser.add_argument("--name", default="très cool & 100%.bin")
    parser.add_argument("--plain-http", action="store_true", help="the storage behind the slot is a plain HTTP server of the tests")
    parser.add_argument("--skip-limit", action="store_true", help="ask for nothing above the limit: some services never answer that")
    parsed = parser.parse_args()
    if parsed.ca:
        os.environ["SSL_CERT_FILE"] = parsed.ca  # what aiohttp's default context trusts
    run(main, parsed)
