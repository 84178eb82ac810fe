#!/bin/bash
# radosgw.sh FOLDER ACCESSKEY SECRETKEY: Ceph's S3 gateway with one monitor and one in-memory object store; no authentication between them.
# Debian packages: radosgw ceph-mon ceph-osd ceph-common
. "$(dirname "$0")/lib.sh"
[ $# = 3 ] || fail 'usage: radosgw.sh FOLDER ACCESSKEY SECRETKEY'
open_folder "$1"
export CEPH_CONF=$FOLDER/ceph.conf CEPH_ARGS=
id=$(cat /proc/sys/kernel/random/uuid)
osd=$(cat /proc/sys/kernel/random/uuid)

configure() {
    PORT=$(free_port 32)
    rm -rf "$FOLDER"/{mon,osd,rgw,run}
    mkdir -p "$FOLDER"/{mon,osd,rgw,run}
    cat >"$CEPH_CONF" <<CONF
[global]
fsid = $id
mon_initial_members = a
mon_host = v2:127.0.0.1:$((PORT + 1))
public_network = 127.0.0.0/8
ms_bind_ipv6 = false
ms_bind_port_min = $((PORT + 2))
ms_bind_port_max = $((PORT + 31))
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
run_dir = $FOLDER/run
crash_dir = $FOLDER/run
admin_socket =
pid_file =
log_file = $FOLDER/\$name.log
log_flush_on_exit = false
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_warn_on_pool_no_redundancy = false
mon_max_pg_per_osd = 1000
mon_data_avail_crit = 1
mon_data_avail_warn = 1
[mon]
mon_data = $FOLDER/mon
mon_cluster_log_file = $FOLDER/cluster.log
paxos_propose_interval = 0.05
paxos_min_wait = 0.01
[osd]
osd_data = $FOLDER/osd
osd_objectstore = memstore
memstore_device_bytes = 1073741824
osd_max_object_name_len = 256
osd_op_num_shards = 2
[client.rgw]
rgw_data = $FOLDER/rgw
rgw_frontends = beast endpoint=127.0.0.1:$PORT
rgw_dns_name = s3.localhost
rgw_thread_pool_size = 32
rgw_enable_usage_log = false
rgw_enable_gc_threads = false
rgw_run_sync_thread = false
rgw_dynamic_resharding = false
rgw_override_bucket_index_max_shards = 1
rgw_num_control_oids = 1
rgw_region = default
ms_mon_client_mode = crc
CONF
}

answers() { [ "$(curl -s -m 2 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$PORT/")" = 200 ]; }

start() {
    monmaptool --create --clobber --addv a "[v2:127.0.0.1:$((PORT + 1))]" --fsid "$id" "$FOLDER/monmap" >"$FOLDER/setup.log" 2>&1 &&
        ceph-mon -c "$CEPH_CONF" --mkfs -i a --monmap "$FOLDER/monmap" >>"$FOLDER/setup.log" 2>&1 || return 1
    spawn "$FOLDER/mon.out" ceph-mon -c "$CEPH_CONF" -i a -f
    timeout 30 ceph -c "$CEPH_CONF" osd new "$osd" >>"$FOLDER/setup.log" 2>&1 &&
        timeout 30 ceph-osd -c "$CEPH_CONF" -i 0 --mkfs --osd-uuid "$osd" >>"$FOLDER/setup.log" 2>&1 || return 1
    spawn "$FOLDER/osd.out" ceph-osd -c "$CEPH_CONF" -i 0 -f
    timeout 60 radosgw-admin -c "$CEPH_CONF" user create --uid=tests --display-name=tests \
        --access-key="$KEY" --secret="$SECRET" >>"$FOLDER/setup.log" 2>&1 || return 1
    spawn "$FOLDER/rgw.out" radosgw -c "$CEPH_CONF" -n client.rgw --auth_client_required=none --ms_mon_client_mode=crc -f
    wait_until 60 answers
}

KEY=$2 SECRET=$3
STOP_SIGNAL=KILL # nothing of it is kept
for attempt in 1 2 3; do
    configure
    start && break
    stop_all
    [ $attempt != 3 ] || fail "the gateway did not start: $(tail -3 "$FOLDER"/{setup.log,rgw.out,osd.out,mon.out} 2>/dev/null)"
done
echo "port=$PORT"
echo "virtual_host_domain=s3.localhost"
hold
