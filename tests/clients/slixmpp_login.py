"""A slixmpp client that is logged in over verified TLS, as the slixmpp scripts use it."""

import asyncio
import ssl

from slixmpp import ClientXMPP

from shared import CheckFailed, Inbox, check, within


class Client(ClientXMPP):
    def __init__(self, args, *plugins):
        super().__init__(args.jid, args.password)
        self.args = args
        self.messages = Inbox(args.timeout)
        self.presences = Inbox(args.timeout)
        self.pushes = Inbox(args.timeout)
        self.auto_authorize = None
        self.auto_subscribe = False
        for plugin in plugins:
            self.register_plugin(plugin)
        if args.insecure:
            self.ssl_context.check_hostname = False
            self.ssl_context.verify_mode = ssl.CERT_NONE
        else:
            self.ca_certs = args.ca
        self.add_event_handler("message", self.messages.put)
        self.add_event_handler("presence", self.presences.put)
        self.add_event_handler("roster_update", self.pushes.put)

    async def login(self):
        started = asyncio.get_running_loop().create_future()

        def settle(value):
            if not started.done():
                started.set_result(value)

        self.add_event_handler("session_start", lambda event: settle(None))
        refusals = []
        self.add_event_handler("failed_auth", refusals.append)
        self.add_event_handler("disconnected", lambda event: settle("authentication failed" if refusals else "disconnected"))
        self.add_event_handler("failed_all_auth", lambda event: settle("authentication failed"))
        self.add_event_handler("connection_failed", lambda event: settle(f"connection failed: {event}"))
        self.add_event_handler("ssl_invalid_chain", lambda event: settle(f"certificate refused: {event}"))
        self.connect((self.args.host, self.args.port), use_ssl=self.args.direct_tls, force_starttls=not self.args.direct_tls)
        problem = await within(self.args.timeout, started, f"login of {self.args.jid}")
        if problem:
            raise CheckFailed(problem)
        tls = self.transport.get_extra_info("ssl_object")
        check(tls is not None, f"{self.boundjid.full} logged in by {self['feature_mechanisms'].mech.name} over {tls and tls.version()}")

    async def logout(self):
        await self.disconnect()
