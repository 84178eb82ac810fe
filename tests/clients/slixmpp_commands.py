"""slixmpp: uploads three files, lists them by the upload service's ad-hoc command (XEP-0050), deletes one that it chooses in a form, then all others."""

import asyncio
import os
import tempfile

import aiohttp

from shared import arguments, check, run, within
from slixmpp_login import Client
from slixmpp_upload import find_service


# A bucket that does not let strangers list it does not tell them what it does not have.
GONE = (403, 404, 410)


class Runs:
    """Ad-hoc commands through the library's own workflow: sessions, next handlers, complete and cancel."""

    def __init__(self, client, jid):
        self.plugin = client["xep_0050"]
        self.jid = jid
        self.timeout = client.args.timeout

    def _session(self):
        answer = asyncio.get_running_loop().create_future()
        settle = lambda iq, session: answer.done() or answer.set_result((iq, session))  # noqa: E731
        return answer, {"next": settle, "error": settle}

    async def start(self, node):
        answer, session = self._session()
        self.plugin.start_command(self.jid, node, session)
        return await within(self.timeout, answer, f"the first answer of {node}")

    async def submit(self, session, form):
        answer, handlers = self._session()
        session.update(handlers, payload=form)
        self.plugin.complete_command(session)
        return await within(self.timeout, answer, "the answer to the form")

    async def cancel(self, session):
        answer, handlers = self._session()
        session.update(handlers, payload=None)
        self.plugin.cancel_command(session)
        return await within(self.timeout, answer, "the answer to the cancellation")


def note(iq):
    return iq["command"]["notes"][0][1]


def names_of(iq):
    return [item["name"] for item in iq["command"]["form"]["items"]]


async def status_of(url):
    async with aiohttp.ClientSession() as http, http.get(url) as response:
        return response.status


async def main(args):
    client = Client(args, "xep_0030", "xep_0004", "xep_0050", "xep_0066", "xep_0128", "xep_0199", "xep_0363")
    await client.login()
    upload = client["xep_0363"]
    await find_service(client, upload)
    urls = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in ("one.txt", "two & 100%.txt", "three.txt"):
            path = os.path.join(folder, name)
            with open(path, "w") as file:
                file.write(name)
            urls[name] = await within(args.timeout, upload.upload_file(path), "the upload")

    items = (await client["xep_0050"].get_commands(upload.upload_service))["disco_items"]["items"]
    titles = {node: title for _, node, title in items}
    check({"list-uploads", "delete-uploads", "delete-all-uploads"} <= titles.keys(), f"the service has commands: {', '.join(titles.values())}")
    runs = Runs(client, upload.upload_service)

    iq, _ = await runs.start("list-uploads")
    check(iq["command"]["status"] == "completed" and sorted(names_of(iq)) == sorted(urls), f"listed: {', '.join(names_of(iq))}")
    check(note(iq) == "You have 3 files here.", note(iq))
    listed = {item["name"]: item["url"] for item in iq["command"]["form"]["items"]}
    check(listed == urls, "with the addresses to download them from")

    iq, session = await runs.start("delete-uploads")
    field = iq["command"]["form"].get_fields()["files"]
    check(iq["command"]["status"] == "executing" and field["type"] == "list-multi", "asked which ones to delete")
    check(iq["command"]["actions"] == {"complete"}, "by a form that is the last")
    chosen = next(option for option in field["options"] if option["label"].startswith("two & 100%.txt ("))
    form = client["xep_0004"].make_form(ftype="submit")
    form.add_field(var="files", ftype="list-multi", value=[chosen["value"]])
    iq, _ = await runs.submit(session, form)
    check(iq["command"]["status"] == "completed" and note(iq).startswith("Deleted 1 file,"), note(iq))
    check(await status_of(urls["two & 100%.txt"]) in GONE, "it is gone")
    check(await status_of(urls["one.txt"]) == 200, "the others are there")

    _, session = await runs.start("delete-all-uploads")
    iq, _ = await runs.cancel(session)
    check(iq["command"]["status"] == "canceled", "canceled what would have deleted all")
    iq, session = await runs.start("delete-all-uploads")
    form = client["xep_0004"].make_form(ftype="submit")
    form.add_field(var="sure", ftype="boolean", value=True)
    iq, _ = await runs.submit(session, form)
    check(note(iq).startswith("Deleted 2 files,"), note(iq))
    check(await status_of(urls["one.txt"]) in GONE, "now that one is gone too")
    iq, _ = await runs.start("list-uploads")
    check(note(iq) == "You have no files here.", note(iq))
    await client.logout()


if __name__ == "__main__":
    parsed = arguments(__doc__).parse_args()
    if parsed.ca:
        os.environ["SSL_CERT_FILE"] = parsed.ca  # what aiohttp's default context trusts
    run(main, parsed)
