#!/bin/sh
# Runs a command of the suite and, where it leaves a new run, sends the run's figures to InfluxDB. Its exit code is the command's.
# SIGTERM goes to the command, which ends its run in order.
latest() { readlink "$REPORTS_DIR/latest" || true; }

before=$(latest)
"$@" &
child=$!
trap 'kill -TERM "$child" 2>/dev/null' TERM INT
# `wait` ends early at each signal.
code=0
wait "$child" || code=$?
while kill -0 "$child" 2>/dev/null; do
  code=0
  wait "$child" || code=$?
done
if [ "$(latest)" != "$before" ]; then
  # Whatever becomes of it, the run has its verdict.
  loadtest upload --to influxdb || true
fi
exit "$code"
