#!/bin/bash
# postgresql.sh FOLDER: PostgreSQL with trust authentication on loopback and on a Unix socket in FOLDER; as user postgres when root.
# Nothing here survives a crash (fsync is off): the tests of that run on their own settings (FSYNC=on).
# Debian package: postgresql-15
. "$(dirname "$0")/lib.sh"
[ $# = 1 ] || fail 'usage: postgresql.sh FOLDER'
open_folder "$1"
BIN=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$BIN" ] || fail 'PostgreSQL is not installed'
AS=()
if [ "$(id -u)" = 0 ]; then
    chown postgres "$FOLDER"
    AS=(setpriv --reuid=postgres --regid=postgres --clear-groups --)
fi
cd "$FOLDER"
"${AS[@]}" "$BIN/initdb" -D "$FOLDER/db" -U postgres -A trust -E UTF8 --no-sync >"$FOLDER/initdb.log" 2>&1 || fail "initdb: $(tail -3 "$FOLDER/initdb.log")"
STOP_SIGNAL=QUIT # "immediate": the data are thrown away anyway
for attempt in 1 2 3; do
    PORT=$(free_port)
    spawn "$FOLDER/log" "${AS[@]}" "$BIN/postgres" -D "$FOLDER/db" -p "$PORT" -c listen_addresses=127.0.0.1 -c "unix_socket_directories=$FOLDER" \
        -c "fsync=${FSYNC:-off}" -c shared_buffers=64MB -c max_connections=200 -c log_min_messages=warning
    wait_until 30 "$BIN/pg_isready" -q -h 127.0.0.1 -p "$PORT" && break
    stop_all
    [ $attempt != 3 ] || fail "postgres did not start: $(tail -3 "$FOLDER/log")"
done
echo "port=$PORT"
echo "socket=$FOLDER"
echo "user=postgres"
echo "database=postgres"
echo "log=$FOLDER/log"
hold
