#!/bin/bash
# share-php.sh FOLDER SECRET: the reference HMAC upload service, share.php (v1) and share_v2.php of prosody-modules, under PHP's own server.
# Debian packages: php-cli prosody-modules
. "$(dirname "$0")/lib.sh"
[ $# = 2 ] || fail 'usage: share-php.sh FOLDER SECRET'
open_folder "$1"
SECRET=$2
EXAMPLES=/usr/share/doc/prosody-modules/examples
mkdir -p "$FOLDER/www" "$FOLDER/store"
for script in share.php share_v2.php; do
    [ -e "$EXAMPLES/$script" ] || fail "$EXAMPLES/$script is missing"
    sed "s#'/tmp'#'$FOLDER/store'#; s#'this is your secret string'#'$SECRET'#" "$EXAMPLES/$script" >"$FOLDER/www/$script"
    grep -q "'$SECRET'" "$FOLDER/www/$script" || fail "$script has no secret to set"
done
for attempt in 1 2 3; do
    PORT=$(free_port)
    # The defaults would refuse files of more than 8 MB, and one worker serves one request at a time.
    PHP_CLI_SERVER_WORKERS=4 spawn "$FOLDER/log" php -d post_max_size=0 -d upload_max_filesize=0 -S "127.0.0.1:$PORT" -t "$FOLDER/www"
    wait_until 20 curl -s -o "$FOLDER/answer" "http://127.0.0.1:$PORT/share.php/none" && break
    stop_all
    [ $attempt != 3 ] || fail "php did not start: $(tail -3 "$FOLDER/log")"
done
echo "port=$PORT"
echo "store=$FOLDER/store"
echo "log=$FOLDER/log"
hold
