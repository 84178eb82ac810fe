"""What the client scripts have in common: arguments, checks that say what they saw, one clear line at the end."""

import argparse
import asyncio
import logging
import sys


class CheckFailed(Exception):
    pass


def arguments(description, roles=()):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--jid", required=True, help="bare JID to log in as")
    parser.add_argument("--password", required=True)
    parser.add_argument("--host", default="127.0.0.1", help="where to connect; the certificate must be the JID's domain's")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--direct-tls", action="store_true", help="TLS from the first byte (XEP-0368) instead of STARTTLS")
    trust = parser.add_mutually_exclusive_group(required=True)
    trust.add_argument("--ca", help="PEM file with the certificate to trust")
    trust.add_argument("--insecure", action="store_true", help="trust any certificate")
    parser.add_argument("--peer", help="bare JID of the other side")
    parser.add_argument("--timeout", type=float, default=30, help="seconds for each thing that is waited for")
    parser.add_argument("--debug", action="store_true", help="log the stanzas to standard error")
    if roles:
        parser.add_argument("--role", required=True, choices=roles)
    return parser


def check(condition, what):
    if not condition:
        raise CheckFailed(what)
    print("ok:", what, flush=True)


async def within(seconds, awaitable, what):
    """The result of what is waited for, and a clear line if it does not come."""
    try:
        return await asyncio.wait_for(awaitable, seconds)
    except asyncio.TimeoutError:
        raise CheckFailed(f"waited {seconds:g} s for: {what}") from None


class Inbox:
    """Things that arrive, taken by a predicate, in order."""

    def __init__(self, timeout):
        self._timeout = timeout
        self._items = []
        self._arrived = asyncio.Event()

    def put(self, item):
        self._items.append(item)
        self._arrived.set()

    async def take(self, what, predicate=lambda item: True):
        async def search():
            while True:
                for index, item in enumerate(self._items):
                    if predicate(item):
                        return self._items.pop(index)
                self._arrived.clear()
                await self._arrived.wait()

        item = await within(self._timeout, search(), what)
        print("ok:", what, flush=True)
        return item

    def empty(self, predicate=lambda item: True):
        return not any(predicate(item) for item in self._items)


def run(main, args):
    """Runs MAIN(args); exit code 0 if it returned, else 1 and a line that says why."""
    logging.basicConfig(level=logging.DEBUG if args.debug else logging.CRITICAL, stream=sys.stderr)
    try:
        asyncio.run(main(args))
    except CheckFailed as failure:
        print("FAILED:", failure, flush=True)
        sys.exit(1)
    except Exception as error:  # whatever a library throws is the server's answer to it
        print(f"FAILED: {type(error).__module__}.{type(error).__name__}: {error}", flush=True)
        if args.debug:
            raise
        sys.exit(1)
    print("DONE", flush=True)
