"""profanity in a terminal (tmux): logs in, sends a message to the peer, reads the answer "echo: ..." from the screen, quits."""

import asyncio
import os
import subprocess
import tempfile

from shared import CheckFailed, arguments, check, run

ACCOUNT = """[{jid}]
enabled=true
jid={jid}
password={password}
resource=terminal
server={host}
port={port}
tls.policy=trust
presence.last=online
presence.login=online
"""
SETTINGS = """[ui]
splash=false
[connection]
autoping=0
"""


class Terminal:
    """A tmux server of its own with one window."""

    def __init__(self, folder, command, environment):
        self._tmux = ["tmux", "-S", os.path.join(folder, "tmux"), "-f", "/dev/null"]
        subprocess.run(self._tmux + ["-u", "new-session", "-d", "-x", "150", "-y", "45", command], check=True, env=environment)

    def type(self, line):
        subprocess.run(self._tmux + ["send-keys", "-l", line], check=True)
        subprocess.run(self._tmux + ["send-keys", "Enter"], check=True)

    def screen(self):
        return subprocess.run(self._tmux + ["capture-pane", "-p", "-J"], capture_output=True, text=True).stdout

    async def wait_for(self, text, what, seconds):
        for _ in range(int(seconds * 10)):
            if text in self.screen():
                print("ok:", what, flush=True)
                return
            await asyncio.sleep(0.1)
        raise CheckFailed(f"waited {seconds:g} s for: {what}; the screen shows:\n{self.screen()}")

    async def ended(self, seconds):
        for _ in range(int(seconds * 10)):
            if subprocess.run(self._tmux + ["has-session"], capture_output=True).returncode != 0:
                return True
            await asyncio.sleep(0.1)
        return False

    def close(self):
        subprocess.run(self._tmux + ["kill-server"], capture_output=True)


def environment_of(args, home):
    """A home with one account in it. It trusts any certificate; the other clients verify theirs."""
    environment = {
        "HOME": home, "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "SHELL": "/bin/sh",
        "XDG_CONFIG_HOME": os.path.join(home, "config"), "XDG_DATA_HOME": os.path.join(home, "data"),
    }
    files = {
        "data/profanity/accounts": ACCOUNT.format(jid=args.jid, password=args.password, host=args.host, port=args.port),
        "config/profanity/profrc": SETTINGS,
    }
    for name, content in files.items():
        os.makedirs(os.path.dirname(os.path.join(home, name)), exist_ok=True)
        with open(os.path.join(home, name), "w") as file:
            file.write(content)
    return environment


async def main(args):
    with tempfile.TemporaryDirectory(prefix="prof") as home:
        terminal = Terminal(home, f"profanity --account {args.jid}", environment_of(args, home))
        try:
            await terminal.wait_for(f"{args.jid}/terminal logged in successfully", f"{args.jid} logged in", args.timeout)
            check("[TLS]" in terminal.screen(), "over TLS")
            terminal.type(f"/msg {args.peer} hello from a terminal")
            await terminal.wait_for("echo: hello from a terminal", "the peer's answer is on the screen", args.timeout)
            terminal.type("grüße an <alle> & 世界")
            await terminal.wait_for("echo: grüße an <alle> & 世界", "with every character", args.timeout)
            terminal.type("bye")
            await terminal.wait_for("echo: bye", "the peer says goodbye", args.timeout)
            terminal.type("/quit")
            check(await terminal.ended(args.timeout), "it quits")
        finally:
            terminal.close()


if __name__ == "__main__":
    run(main, arguments(__doc__).parse_args())
