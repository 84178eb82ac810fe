"""A strict XEP-0198 client on raw streams: sends or receives numbered messages while connections and the server die under it.

It never forgets a stanza that was not acknowledged and never repeats one that was; it says what the server acknowledged, what arrived in
which order, and every breach of the protocol by the server. The result is JSON in the file given by --out.
"""

import asyncio
import base64
import random
import signal
import ssl
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from shared import CheckFailed, run
from sm_shared import parser, write_result

SM = "urn:xmpp:sm:3"
CLIENT = "jabber:client"
SASL = "urn:ietf:params:xml:ns:xmpp-sasl"
TLS = "urn:ietf:params:xml:ns:xmpp-tls"
BIND = "urn:ietf:params:xml:ns:xmpp-bind"
STREAMS = "http://etherx.jabber.org/streams"
COUNTED = {f"{{{CLIENT}}}{name}" for name in ("message", "presence", "iq")}
MODULUS = 2**32


class Disconnected(Exception):
    """The connection ended, as it may at any time here."""


class Stream:
    """One connection: elements in and out. Everything above it survives it."""

    def __init__(self, args):
        self._args = args
        self._domain = args.jid.split("@")[1]
        self._context = ssl.create_default_context(cafile=args.ca)
        if args.insecure:
            self._context.check_hostname = False
            self._context.verify_mode = ssl.CERT_NONE
        self._reader = self._writer = None

    async def open(self):
        try:
            tls = {"ssl": self._context, "server_hostname": self._domain} if self._args.direct_tls else {}
            self._reader, self._writer = await asyncio.open_connection(self._args.host, self._args.port, **tls)
            features = await self._start()
            if not self._args.direct_tls:
                self.send(f"<starttls xmlns='{TLS}'/>")
                self._expect(await self.read(), f"{{{TLS}}}proceed")
                await self._writer.start_tls(self._context, server_hostname=self._domain)
                features = await self._start()
            user = self._args.jid.split("@")[0]
            token = base64.b64encode(f"\0{user}\0{self._args.password}".encode()).decode()
            self.send(f"<auth xmlns='{SASL}' mechanism='PLAIN'>{token}</auth>")
            self._expect(await self.read(), f"{{{SASL}}}success")
            return await self._start()
        except (OSError, ssl.SSLError, asyncio.IncompleteReadError) as error:
            raise Disconnected(str(error)) from error

    def send(self, text):
        self._writer.write(text.encode())

    async def drain(self):
        try:
            await self._writer.drain()
        except (OSError, ssl.SSLError) as error:
            raise Disconnected(str(error)) from error

    async def read(self):
        """The next child of the stream."""
        while True:
            for event, element in self._parser.read_events():
                self._depth += 1 if event == "start" else -1
                if event == "start" and self._depth == 1:
                    self._root = element
                elif event == "end" and self._depth == 1:
                    self._root.clear()
                    return element
                elif event == "end" and self._depth == 0:
                    raise Disconnected("the server closed the stream")
            try:
                data = await self._reader.read(65536)
            except (OSError, ssl.SSLError) as error:
                raise Disconnected(str(error)) from error
            if not data:
                raise Disconnected("end of the connection")
            self._parser.feed(data)

    def abort(self):
        if self._writer:
            self._writer.transport.abort()

    async def close(self):
        self.send("</stream:stream>")
        try:
            while True:
                await asyncio.wait_for(self.read(), 2)
        except (Disconnected, asyncio.TimeoutError):
            self.abort()

    async def _start(self):
        self._parser, self._depth = ElementTree.XMLPullParser(["start", "end"]), 0
        self.send(
            f"<?xml version='1.0'?><stream:stream xmlns='{CLIENT}' xmlns:stream='{STREAMS}' version='1.0' to={quoteattr(self._domain)}>"
        )
        features = await self.read()
        self._expect(features, f"{{{STREAMS}}}features")
        return features

    @staticmethod
    def _expect(element, tag):
        if element.tag == f"{{{STREAMS}}}error" and element.find("{urn:ietf:params:xml:ns:xmpp-streams}system-shutdown") is not None:
            raise Disconnected("system-shutdown")
        if element.tag != tag:
            raise CheckFailed(f"expected {tag}, got {ElementTree.tostring(element, 'unicode')}")


class Managed:
    """A stream-managed session over any number of connections."""

    def __init__(self, args):
        self.args = args
        self.stream = None
        self.previous = None  # the id to resume
        self.outbound = 0  # counted stanzas sent in this session
        self.acknowledged = 0
        self.unacknowledged = []  # (number or None, text), oldest first
        self.inbound = 0
        self.received = []
        self.acked_numbers = []
        self.repeated_after_loss = []  # sent again in a new session, not knowing whether they had arrived
        self.counts = {"connections": 0, "resumed": 0, "new_sessions": 0, "refused_resumptions": 0, "resent": 0}
        self.breaches = []
        self.ready = asyncio.Event()

    def breach(self, what):
        self.breaches.append(what)
        print("breach:", what, flush=True)

    # --- sending

    def transmit(self, number, text):
        self.outbound = (self.outbound + 1) % MODULUS
        self.unacknowledged.append((number, text))
        self.stream.send(text)

    def handle_ack(self, h):
        count = (h - self.acknowledged) % MODULUS
        if count > len(self.unacknowledged):
            self.breach(f"the server acknowledged {h}, we have sent {self.outbound}, and {self.acknowledged} were acknowledged before")
            return
        for number, _ in self.unacknowledged[:count]:
            if number is not None:
                self.acked_numbers.append(number)
        del self.unacknowledged[:count]
        self.acknowledged = h

    # --- sessions

    async def establish(self):
        self.ready.clear()
        self.stream = Stream(self.args)
        features = await asyncio.wait_for(self.stream.open(), self.args.timeout)
        if features.find(f"{{{SM}}}sm") is None:
            raise CheckFailed("the server does not offer stream management")
        if not (self.previous and await self._resume()):
            await self._begin()
        await self.stream.drain()
        self.counts["connections"] += 1
        self.ready.set()

    async def _resume(self):
        self.stream.send(f"<resume xmlns='{SM}' h='{self.inbound}' previd={quoteattr(self.previous)}/>")
        answer = await self.stream.read()
        h = answer.get("h")
        if answer.tag == f"{{{SM}}}resumed":
            self.counts["resumed"] += 1
            if answer.get("previd") != self.previous:
                self.breach(f"resumed with the wrong previd {answer.get('previd')}")
            self.handle_ack(int(h))
            for _, text in self.unacknowledged:
                self.stream.send(text)
                self.counts["resent"] += 1
            return True
        Stream._expect(answer, f"{{{SM}}}failed")
        self.counts["refused_resumptions"] += 1
        print("resumption refused:", ElementTree.tostring(answer, "unicode"), flush=True)
        if h is not None:
            self.handle_ack(int(h))
        else:
            self.repeated_after_loss += [number for number, _ in self.unacknowledged if number is not None]
        return False

    async def _begin(self):
        """A new session; what was not acknowledged in the old one is sent again (XEP-0198, section 4)."""
        self.counts["new_sessions"] += 1
        self.stream.send(f"<iq type='set' id='bind' xmlns='{CLIENT}'><bind xmlns='{BIND}'><resource>sm{self.counts['new_sessions']}</resource></bind></iq>")
        bound = await self.stream.read()
        if bound.get("type") != "result":
            raise CheckFailed(f"not bound: {ElementTree.tostring(bound, 'unicode')}")
        self.stream.send(f"<enable xmlns='{SM}' resume='true'/>")
        while (answer := await self.stream.read()).tag in COUNTED:
            self.take(answer)
        Stream._expect(answer, f"{{{SM}}}enabled")
        self.previous = answer.get("id") if answer.get("resume") in ("true", "1") else None
        if not self.previous:
            self.breach("stream management without resumption")
        pending = [entry for entry in self.unacknowledged if entry[0] is not None]
        self.outbound = self.acknowledged = self.inbound = 0
        self.unacknowledged = []
        self.transmit(None, "<presence/>")
        for number, text in pending:
            self.transmit(number, text)
            self.counts["resent"] += 1

    # --- receiving

    def take(self, stanza):
        body = stanza.findtext(f"{{{CLIENT}}}body")
        if stanza.tag == f"{{{CLIENT}}}message" and stanza.get("type") == "error":
            self.breach(f"a message came back: {ElementTree.tostring(stanza, 'unicode')}")
        elif body is not None and body.isdigit():
            self.received.append(int(body))
        elif stanza.tag == f"{{{CLIENT}}}iq" and stanza.get("type") in ("get", "set"):
            answer = f"<iq type='error' id={quoteattr(stanza.get('id'))} to={quoteattr(stanza.get('from') or '')}><error type='cancel'/></iq>"
            self.transmit(None, answer.replace(" to=\"\"", ""))

    async def read_until_disconnected(self):
        while True:
            element = await self.stream.read()
            if element.tag in COUNTED:
                self.take(element)
                self.inbound = (self.inbound + 1) % MODULUS
            elif element.tag == f"{{{SM}}}r":
                self.stream.send(f"<a xmlns='{SM}' h='{self.inbound}'/>")
            elif element.tag == f"{{{SM}}}a":
                self.handle_ack(int(element.get("h")))
            elif element.tag == f"{{{STREAMS}}}error":
                raise Disconnected(ElementTree.tostring(element, "unicode"))
            else:
                self.breach(f"unexpected {ElementTree.tostring(element, 'unicode')}")

    async def live(self):
        """Connects again and again."""
        while True:
            try:
                await self.establish()
                if self.counts["connections"] == 1:
                    print("ready", flush=True)
                await self.read_until_disconnected()
            except (Disconnected, asyncio.TimeoutError) as error:
                self.ready.clear()
                self.stream.abort()
                if self.args.debug:
                    print("disconnected:", error, flush=True)
                await asyncio.sleep(random.uniform(0.02, 0.15))

    async def cut_at_random(self):
        while True:
            await asyncio.sleep(random.expovariate(1 / self.args.cut_every))
            self.stream.abort()


async def send(session, args):
    """COUNT messages, no more than a window of them unacknowledged; done when all are acknowledged."""
    for number in range(args.count):
        while True:
            await session.ready.wait()
            if len(session.unacknowledged) < args.window:
                break
            session.stream.send(f"<r xmlns='{SM}'/>")
            await asyncio.sleep(0.02)
        session.transmit(number, f"<message type='chat' id='n{number}' to={quoteattr(args.peer)}><body>{number}</body></message>")
        if number % args.ask_every == 0:
            session.stream.send(f"<r xmlns='{SM}'/>")
        await asyncio.sleep(random.expovariate(args.rate))
    while len(session.acked_numbers) < args.count:
        await session.ready.wait()
        session.stream.send(f"<r xmlns='{SM}'/>")
        await asyncio.sleep(0.1)


async def receive(session, args):
    """Until COUNT different numbers are there, and a while longer in which nothing may come."""
    while len(set(session.received)) < args.count:
        await asyncio.sleep(0.05)
    await asyncio.sleep(args.linger)


async def main(args):
    session = Managed(args)
    live = asyncio.create_task(session.live())
    job = asyncio.create_task((send if args.role == "send" else receive)(session, args))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, job.cancel)
    cutter = asyncio.create_task(session.cut_at_random()) if args.cut_every else None
    done, _ = await asyncio.wait([live, job], timeout=args.deadline, return_when=asyncio.FIRST_COMPLETED)
    if cutter:
        cutter.cancel()
    finished = job in done and not job.cancelled()
    write_result(
        args.out, finished=finished, acknowledged=session.acked_numbers, received=session.received, breaches=session.breaches,
        repeated_after_loss=session.repeated_after_loss, **session.counts
    )
    if live in done:
        live.result()  # what ended it
    if finished and session.ready.is_set():
        live.cancel()
        await asyncio.gather(live, return_exceptions=True)
        await session.stream.close()
    if not finished:
        raise CheckFailed("not finished in time" if job not in done else "stopped by a signal")


if __name__ == "__main__":
    run(main, parser(__doc__).parse_args())
