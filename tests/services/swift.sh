#!/bin/bash
# swift.sh FOLDER ACCOUNT:USER KEY: OpenStack Swift with its S3 interface on loopback, one copy of everything, no cache server.
# Debian packages: swift-proxy swift-account swift-container swift-object
. "$(dirname "$0")/lib.sh"
[ $# = 3 ] || fail 'usage: swift.sh FOLDER ACCOUNT:USER KEY'
open_folder "$1"
USER_NAME=$2 KEY=$3
ETC=$FOLDER/etc
export SWIFT_DIR=$ETC

configure() {
    PORT=$(free_port 4)
    rm -rf "$ETC" "$FOLDER/node"
    mkdir -p "$ETC" "$FOLDER/node/sdb1" "$FOLDER/cache"
    printf '[swift-hash]\nswift_hash_path_suffix = tests\nswift_hash_path_prefix = tests\n[storage-policy:0]\nname = only\ndefault = yes\n' >"$ETC/swift.conf"
    local kind number=0
    for kind in account container object; do
        number=$((number + 1))
        (
            cd "$ETC"
            swift-ring-builder $kind.builder create 4 1 0
            swift-ring-builder $kind.builder add "r1z1-127.0.0.1:$((PORT + number))/sdb1" 1
            swift-ring-builder $kind.builder rebalance
        ) >>"$FOLDER/rings.log" 2>&1
        cat >"$ETC/$kind-server.conf" <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $((PORT + number))
workers = 0
user = $(id -un)
swift_dir = $ETC
devices = $FOLDER/node
mount_check = false
disable_fallocate = true
log_address = $FOLDER/none
log_level = ERROR
recon_cache_path = $FOLDER/cache
[pipeline:main]
pipeline = $kind-server
[app:$kind-server]
use = egg:swift#$kind
CONF
    done
    cat >"$ETC/proxy-server.conf" <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $PORT
workers = 0
user = $(id -un)
swift_dir = $ETC
log_address = $FOLDER/none
log_level = ERROR
cors_allow_origin = https://chat.example.org
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck cache s3api tempauth bulk slo dlo versioned_writes symlink proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
error_suppression_limit = 1
error_suppression_interval = 86400
[filter:s3api]
use = egg:swift#s3api
s3_acl = true
location = us-east-1
storage_domain = s3.localhost
auth_pipeline_check = false
check_bucket_owner = false
cors_preflight_allow_origin = https://chat.example.org
[filter:tempauth]
use = egg:swift#tempauth
user_${USER_NAME/:/_} = $KEY .admin
CONF
    local filter
    for filter in catch_errors gatekeeper healthcheck bulk slo dlo versioned_writes symlink; do
        printf '[filter:%s]\nuse = egg:swift#%s\n' $filter $filter >>"$ETC/proxy-server.conf"
    done
}

# Debian's scripts look for swift.conf in /etc/swift alone.
serve() { # KIND
    spawn "$FOLDER/$1.log" /usr/bin/python3 -c "
import sys
import swift.common.utils
swift.common.utils.SWIFT_CONF_FILE = '$ETC/swift.conf'
sys.argv = ['swift-$1-server', '$ETC/$1-server.conf', '-v']
exec(open('/usr/bin/swift-$1-server').read())"
}

healthy() { # PORT
    [ "$(curl -s -m 2 "http://127.0.0.1:$1/healthcheck")" = OK ]
}

listens() { # PORT
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

start() {
    local kind
    for kind in account container object proxy; do serve $kind; done
    wait_until 90 healthy "$PORT" && wait_until 60 listens $((PORT + 1)) && wait_until 60 listens $((PORT + 2)) && wait_until 60 listens $((PORT + 3))
}

STOP_SIGNAL=KILL # nothing of it is kept
for attempt in 1 2 3; do
    configure
    start && break
    stop_all
    [ $attempt != 3 ] || fail "swift did not start: $(tail -3 "$FOLDER"/*.log 2>/dev/null)"
done
echo "port=$PORT"
hold
