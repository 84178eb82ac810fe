# Common to the service scripts here. Each one takes an empty folder, starts a real service on free loopback ports, prints "name=value"
# lines and then "ready", and holds the service until its standard input ends (or a signal comes); then it stops the service and empties
# the folder. So a service ends with the process that holds the other end of the pipe, however that process ends.
set -u
export LC_ALL=C.UTF-8

# Ports below the range that the kernel gives to outgoing connections.
free_port() { # COUNT: the first of COUNT free ports in a row
    local count=${1:-1} try port i
    for try in $(seq 200); do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % (12000 - count)))
        for ((i = 0; i < count; i++)); do
            (exec 3<>"/dev/tcp/127.0.0.1/$((port + i))") 2>/dev/null && continue 2
        done
        echo "$port"
        return
    done
    fail 'no free port'
}

fail() {
    echo "error=$*"
    echo "$0: $*" >&2
    exit 1
}

# kill -0 says yes of a zombie too, and pid 1 of a container may not reap them.
alive() { grep -qs '^State:.[^ZX]' "/proc/$1/status"; }

PIDS=()
spawn() { # LOG COMMAND...: in the background, stopped by stop_all
    local log=$1
    shift
    setsid "$@" >"$log" 2>&1 </dev/null &
    PIDS+=($!)
    disown $! # no "Killed" on the terminal
}

stop_pid() { # PID [SIGNAL]: waits 10 s, then kills it and what is left of its group
    local i
    kill -"${2:-TERM}" "$1" 2>/dev/null
    for i in $(seq 200); do
        alive "$1" || break
        sleep 0.05
    done
    kill -KILL -- "-$1" 2>/dev/null
}

stop_all() {
    local i
    for ((i = ${#PIDS[@]} - 1; i >= 0; i--)); do stop_pid "${PIDS[i]}" "${STOP_SIGNAL:-TERM}"; done
    PIDS=()
}

# Waits until COMMAND succeeds while all spawned processes live.
wait_until() { # SECONDS COMMAND...
    local end=$((SECONDS + $1)) pid
    shift
    until "$@" >/dev/null 2>&1; do
        for pid in "${PIDS[@]}"; do alive "$pid" || return 1; done
        [ $SECONDS -lt $end ] || return 1
        sleep 0.05
    done
}

open_folder() { # FOLDER: made if missing; emptied at the end
    FOLDER=$(mkdir -p "$1" && cd "$1" && pwd) || fail "cannot make $1"
    trap 'trap "" INT TERM; stop_all; rm -rf "$FOLDER"' EXIT
    trap 'exit 0' INT TERM HUP
}

hold() { # prints "ready" and waits for the end of standard input
    echo ready
    exec 3<&0 # a background command's own standard input would be /dev/null
    cat <&3 >/dev/null &
    wait $!
}
