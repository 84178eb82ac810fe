#!/bin/bash
# guard.sh COMMAND...: runs COMMAND, prints "pid=N" and its output, and kills it when standard input ends. Exits as COMMAND did.
# A test's child process so ends with the test, even if that was killed.
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
echo "pid=$child"
{ while read -r _ <&3; do :; done; kill -KILL $child 2>/dev/null; } >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait $child
status=$?
kill $watch 2>/dev/null
exit $status
