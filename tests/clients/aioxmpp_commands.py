"""aioxmpp: uploads two files, lists them by the upload service's ad-hoc command (XEP-0050), deletes one that it chooses in a form, then the other."""

import os

import aiohttp
import aioxmpp
import aioxmpp.adhoc
import aioxmpp.forms
import aioxmpp.httpupload
import yarl

from aioxmpp_login import check_tls, client_of
from aioxmpp_upload import find_service
from shared import arguments, check, run

# A bucket that does not let strangers list it does not tell them what it does not have.
GONE = (403, 404, 410)
ActionType, CommandStatus = aioxmpp.adhoc.ActionType, aioxmpp.adhoc.CommandStatus


async def upload(client, http, service, name, content):
    slot = await aioxmpp.httpupload.request_slot(client, service, name, len(content), "text/plain")
    async with http.put(yarl.URL(slot.put.url, encoded=True), data=content, headers={"Content-Type": "text/plain"}) as response:
        check(response.status in (200, 201), f"uploaded {name}")
    return slot.get.url


async def status_of(http, url):
    async with http.get(yarl.URL(url, encoded=True)) as response:
        return response.status


def note(session):
    return session.response.notes[0].body


def reply(session, var, values):
    """The form as the library answers it."""
    form = session.first_payload
    data = aioxmpp.forms.Data(type_=aioxmpp.forms.DataType.SUBMIT)
    data.fields.append(aioxmpp.forms.Field(var="FORM_TYPE", type_=aioxmpp.forms.FieldType.HIDDEN, values=[form.get_form_type()]))
    data.fields.append(aioxmpp.forms.Field(var=var, values=values))
    return data


async def main(args):
    client = client_of(args)
    disco, adhoc = client.summon(aioxmpp.DiscoClient), client.summon(aioxmpp.AdHocClient)
    async with client.connected(presence=aioxmpp.PresenceState(True)), aiohttp.ClientSession() as http:
        check_tls(client)
        service, _ = await find_service(disco, client.local_jid.replace(localpart=None, resource=None))
        one = await upload(client, http, service, "one.txt", b"one")
        two = await upload(client, http, service, "two.txt", b"two!")

        check(await adhoc.supports_commands(service), f"{service} has ad-hoc commands")
        nodes = [item.node for item in await adhoc.get_commands(service)]
        check({"list-uploads", "delete-uploads", "delete-all-uploads"} <= set(nodes), f"these: {', '.join(nodes)}")
        info = await adhoc.get_command_info(service, "list-uploads")
        check(any(i.category == "automation" and i.type_ == "command-node" for i in info.identities), "each says that it is a command")

        session = await adhoc.execute(service, "list-uploads")
        check(session.status == CommandStatus.COMPLETED, f"the list is there at once: {note(session)}")
        rows = [{field.var: field.values[0] for field in item.fields} for item in session.first_payload.items]
        check([(row["name"], row["size"], row["url"]) for row in rows] == [("two.txt", "4 bytes", two), ("one.txt", "3 bytes", one)], "with both files, the newest first")
        check([field.var for field in session.first_payload.reported.fields][:2] == ["name", "size"], "under headings")

        async with await adhoc.execute(service, "delete-uploads") as session:
            check(session.status == CommandStatus.EXECUTING and ActionType.COMPLETE in session.allowed_actions, "asked which ones to delete")
            field = next(f for f in session.first_payload.fields if f.var == "files")
            chosen = next(value for value, label in field.options.items() if label.startswith("one.txt ("))
            await session.proceed(action=ActionType.COMPLETE, payload=reply(session, "files", [chosen]))
            check(session.status == CommandStatus.COMPLETED and note(session) == "Deleted 1 file, 3 bytes.", note(session))
        check(await status_of(http, one) in GONE and await status_of(http, two) == 200, "it is gone, the other is there")

        # Leaving the block cancels what has not been completed.
        async with await adhoc.execute(service, "delete-all-uploads") as session:
            check(session.status == CommandStatus.EXECUTING, "asked whether all are meant, and left")
        check(await status_of(http, two) == 200, "nothing has happened")

        async with await adhoc.execute(service, "delete-all-uploads") as session:
            try:
                await session.proceed(payload=reply(session, "sure", ["perhaps"]))
                check(False, "an answer that is none is refused")
            except aioxmpp.errors.XMPPModifyError as error:
                check(isinstance(error.application_defined_condition, aioxmpp.adhoc.xso.BadPayload), f"an answer that is none is refused: {error.text}")
            await session.proceed(payload=reply(session, "sure", ["1"]))
            check(note(session) == "Deleted 1 file, 4 bytes.", note(session))
        check(await status_of(http, two) in GONE, "now that one is gone too")


if __name__ == "__main__":
    parsed = arguments(__doc__).parse_args()
    if parsed.ca:
        os.environ["SSL_CERT_FILE"] = parsed.ca  # what aiohttp's default context trusts
    run(main, parsed)
