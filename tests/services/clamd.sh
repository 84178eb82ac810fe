#!/bin/bash
# clamd.sh FOLDER PATTERN: ClamAV's daemon on a Unix socket in FOLDER and on loopback, with a signature database of its own that knows one thing:
# the text PATTERN is "XmppHost.Test.Pattern". Streams of more than 2 MiB are refused.
# Debian package: clamav-daemon
. "$(dirname "$0")/lib.sh"
[ $# = 2 ] || fail 'usage: clamd.sh FOLDER PATTERN'
open_folder "$1"
CLAMD=$(command -v clamd || echo /usr/sbin/clamd)
[ -x "$CLAMD" ] || fail 'clamd is not installed'
mkdir "$FOLDER/db"
# NAME:TYPE:OFFSET:HEX, of any file and anywhere in it.
echo "XmppHost.Test.Pattern:0:*:$(printf %s "$2" | od -An -v -tx1 | tr -d ' \n')" >"$FOLDER/db/test.ndb"
answers() { [ "$( (exec 3<>"/dev/tcp/127.0.0.1/$PORT" && printf 'nPING\n' >&3 && head -n1 <&3) 2>/dev/null)" = PONG ]; }
for attempt in 1 2 3; do
    PORT=$(free_port)
    cat >"$FOLDER/clamd.conf" <<CONF
Foreground yes
DatabaseDirectory $FOLDER/db
TemporaryDirectory $FOLDER
LocalSocket $FOLDER/clamd.sock
TCPSocket $PORT
TCPAddr 127.0.0.1
StreamMaxLength 2M
CONF
    spawn "$FOLDER/log" "$CLAMD" --config-file="$FOLDER/clamd.conf"
    wait_until 60 answers && break
    stop_all
    [ $attempt != 3 ] || fail "clamd did not start: $(tail -3 "$FOLDER/log")"
done
echo "port=$PORT"
echo "socket=$FOLDER/clamd.sock"
echo "pid=${PIDS[0]}"
hold
