"""slixmpp with its own stream management: sends or receives numbered messages while connections and the server die under it."""

import asyncio
import random
import signal

from slixmpp.plugins.xep_0198 import stanza as sm

from shared import CheckFailed, run
from slixmpp_login import Client
from sm_shared import parser, write_result


def mend(plugin, client):
    """Two defects of the plugin in slixmpp 1.8: it forgets what was not acknowledged when it asks to resume, and drops it on a refusal."""
    remember = plugin._handle_outgoing

    def outgoing(stanza):
        if isinstance(stanza, sm.Resume):
            plugin.enabled_out = True
            return stanza
        return remember(stanza)

    client.del_filter("out_sync", plugin._handle_outgoing)
    client.add_filter("out_sync", outgoing)


class Session:
    def __init__(self, args):
        self.args = args
        self.received, self.acknowledged, self.sent = [], [], []
        self.repeated_after_loss = []
        self.counts = {"connections": 0, "resumed": 0, "new_sessions": 0, "refused_resumptions": 0, "resent": 0}
        self.breaches = []
        self.ready = asyncio.Event()
        self.client = client = Client(args, "xep_0198")
        self.plugin = client["xep_0198"]
        self.plugin.window = self.plugin.window_counter = args.ask_every
        mend(self.plugin, client)
        for event, handler in {
            "session_start": self.on_new_session, "session_resumed": self.on_resumed, "sm_failed": self.on_refused,
            "stanza_acked": self.on_acknowledged, "message": self.on_message, "message_error": self.on_error,
            "disconnected": self.on_disconnected, "connection_failed": self.on_disconnected,
        }.items():
            client.add_event_handler(event, handler)

    def connect(self):
        args = self.args
        self.client.connect((args.host, args.port), use_ssl=args.direct_tls, force_starttls=not args.direct_tls)

    async def on_disconnected(self, event):
        self.ready.clear()
        await asyncio.sleep(random.uniform(0.02, 0.15))
        self.client.cancel_connection_attempt()
        self.connect()

    async def keep_connecting(self):
        """The library says nothing of a connection that is lost in the middle of its TLS handshake, and would wait for ever."""
        while True:
            try:
                await asyncio.wait_for(self.ready.wait(), 20)
            except asyncio.TimeoutError:
                self.client.cancel_connection_attempt()
                self.connect()
            await asyncio.sleep(1)

    def on_new_session(self, event):
        """Also after a refused resumption: then everything that was not acknowledged goes out again."""
        self.counts["connections"] += 1
        self.counts["new_sessions"] += 1
        self.client.send_presence()
        again = [number for number in self.sent if number not in set(self.acknowledged)]
        self.repeated_after_loss += again
        for number in again:
            self.transmit(number)
            self.counts["resent"] += 1
        if self.counts["new_sessions"] == 1:
            print("ready", flush=True)
        self.ready.set()

    def send_swallowed(self):
        """What the library still had in its own queue when the connection was lost, it has dropped uncounted: that never was sent."""
        acknowledged = set(self.acknowledged)
        swallowed = [number for number in self.sent if number not in acknowledged]
        print("never left the library:", swallowed, flush=True)
        for number in swallowed:
            self.transmit(number)

    def on_resumed(self, event):
        self.counts["connections"] += 1
        self.counts["resumed"] += 1
        self.counts["resent"] += len(self.plugin.unacked_queue)
        self.ready.set()

    def on_refused(self, event):
        self.counts["refused_resumptions"] += 1
        print("resumption refused:", event, flush=True)

    def on_acknowledged(self, stanza):
        if stanza.name == "message" and stanza["body"].isdigit():
            self.acknowledged.append(int(stanza["body"]))

    def on_message(self, message):
        if message["body"].isdigit():
            self.received.append(int(message["body"]))

    def on_error(self, message):
        self.breaches.append(f"a message came back: {message}")

    def transmit(self, number):
        message = self.client.make_message(mto=self.args.peer, mbody=str(number), mtype="chat")
        message["id"] = f"n{number}"
        message.send()


async def send(session):
    args = session.args
    for number in range(args.count):
        while True:
            await session.ready.wait()
            if len(session.plugin.unacked_queue) < args.window:
                break
            session.plugin.request_ack()
            await asyncio.sleep(0.05)
        session.sent.append(number)
        session.transmit(number)
        await asyncio.sleep(random.expovariate(args.rate))
    quiet = 0
    while len(session.acknowledged) < args.count:
        await session.ready.wait()
        session.plugin.request_ack()
        await asyncio.sleep(0.1)
        quiet = 0 if session.plugin.unacked_queue or not session.ready.is_set() else quiet + 1
        if quiet == 20:
            session.send_swallowed()
            quiet = 0


async def receive(session):
    while len(set(session.received)) < session.args.count:
        await asyncio.sleep(0.05)
    await asyncio.sleep(session.args.linger)


async def cut_at_random(session):
    while True:
        await asyncio.sleep(random.expovariate(1 / session.args.cut_every))
        if session.ready.is_set():
            session.client.abort()


async def main(args):
    session = Session(args)
    session.connect()
    job = asyncio.create_task((send if args.role == "send" else receive)(session))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, job.cancel)
    watch = asyncio.create_task(session.keep_connecting())
    cutter = asyncio.create_task(cut_at_random(session)) if args.cut_every else None
    done, _ = await asyncio.wait([job], timeout=args.deadline)
    watch.cancel()
    if cutter:
        cutter.cancel()
    finished = job in done and not job.cancelled()
    write_result(
        args.out, finished=finished, acknowledged=session.acknowledged, received=session.received, breaches=session.breaches,
        repeated_after_loss=session.repeated_after_loss, **session.counts
    )
    session.client.del_event_handler("disconnected", session.on_disconnected)
    # Closed, not dropped: a session that waits for its resumption would take the messages of the next one.
    await session.client.disconnect()
    if not finished:
        raise CheckFailed("not finished in time" if job not in done else "stopped by a signal")


if __name__ == "__main__":
    run(main, parser(__doc__).parse_args())
