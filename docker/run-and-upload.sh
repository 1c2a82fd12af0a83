#!/bin/sh
# Runs a command of the suite and, where it leaves a new run, sends the run's figures to InfluxDB. Its exit code is the command's.
# A signal goes to what is under way: the command, which ends its run in order, or the upload. An interrupted run is uploaded too.
latest() { readlink "$REPORTS_DIR/latest" || true; }

child=
signalled=
# As SIGTERM, which means the same to both: what a script starts in the background may be deaf to SIGINT.
forward() {
  signalled=yes
  if [ -n "$child" ]; then kill -TERM "$child" 2>/dev/null; fi
}
trap forward TERM INT

# Gives the exit code of its command.
run() {
  "$@" &
  child=$!
  if [ -n "$signalled" ]; then kill -TERM "$child" 2>/dev/null; fi
  code=
  while :; do
    signalled=
    wait "$child"
    ended=$?
    # 127: it is waited for a second time, and its code is known.
    if [ "$ended" = 127 ] && [ -n "$code" ]; then break; fi
    code=$ended
    # A signal ends `wait` early, with a code of its own.
    if [ -z "$signalled" ]; then break; fi
  done
  child=
  return "$code"
}

before=$(latest)
run "$@"
exit_code=$?
if [ "$(latest)" != "$before" ]; then
  signalled=
  # Whatever becomes of it, the run has its verdict.
  run loadtest upload --to influxdb
fi
exit "$exit_code"
