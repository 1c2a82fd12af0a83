#!/usr/bin/env bash
# Compares the checkouts base/ and head/ for compare.yml, whose inputs come as PERF_ variables, and leaves comparison.md, .json and
# .html in RESULT. Runs in the suite's folder; ends as `npx loadtest ab` does.
set -uo pipefail

mkdir -p "$RESULT"
export REPORTS_DIR="$RESULT/runs"
checkouts=$GITHUB_WORKSPACE
export PERF_BASE_FOLDER="$checkouts/base" PERF_HEAD_FOLDER="$checkouts/head"
if [ -n "$PERF_COMPOSE_FILE" ]; then
  # shellcheck disable=SC2016,SC2089 # The shell of each side reads it.
  PERF_START_BASE='exec docker compose --project-name "perf-$SIDE" --file "$PERF_COMPOSE_FILE" up'
  PERF_START_HEAD=$PERF_START_BASE
  # Images may take longer than a start may.
  for side in base head; do
    (cd "$checkouts/$side" && PORT=0 docker compose --project-name "perf-$side" --file "$PERF_COMPOSE_FILE" build) || exit 4
  done
fi
# shellcheck disable=SC2090
export PERF_START_BASE="${PERF_START_BASE:-$PERF_START_HEAD}" PERF_START_HEAD
# A deployment of its own for the pipeline, whose limits are off (config/environments.yml). The word is the suite's: a side may have
# a variable of that name.
export ENVIRONMENT=ci
if [ -n "$PERF_ACCOUNTS_FILE" ]; then
  if [ ! -f "$checkouts/head/$PERF_ACCOUNTS_FILE" ]; then
    echo "::error::accounts-file: the pull request has no $PERF_ACCOUNTS_FILE. Name a file of the checkout."
    exit 2
  fi
  # A copy: what `seed` makes is written into it.
  export ACCOUNTS_FILE="$RUNNER_TEMP/accounts.yml"
  (umask 077 && cat "$checkouts/head/$PERF_ACCOUNTS_FILE" > "$ACCOUNTS_FILE")
fi

# The commands stay in variables, so that no quote in them ends anything.
# shellcheck disable=SC2016
arguments=(
  --a 'cd "$PERF_BASE_FOLDER" && exec env -u ENVIRONMENT SIDE=base ACCOUNTS={accounts} sh -c "$PERF_START_BASE"'
  --b 'cd "$PERF_HEAD_FOLDER" && exec env -u ENVIRONMENT SIDE=head ACCOUNTS={accounts} sh -c "$PERF_START_HEAD"'
  --profile "$PERF_PROFILE" --threshold "$PERF_THRESHOLD" --time-limit "$PERF_TIME_LIMIT"
  --markdown "$RESULT/comparison.md"
)
# shellcheck disable=SC2016
[ -z "$PERF_RESTORE" ] || arguments+=(
  --restore-a 'cd "$PERF_BASE_FOLDER" && exec env -u ENVIRONMENT SIDE=base sh -c "$PERF_RESTORE"'
  --restore-b 'cd "$PERF_HEAD_FOLDER" && exec env -u ENVIRONMENT SIDE=head sh -c "$PERF_RESTORE"'
)
[ -z "$PERF_SEED" ] || arguments+=(--seed "$PERF_SEED")
mapfile -t journeys < <(grep -v '^[[:space:]]*$' <<< "$PERF_JOURNEYS")
[ "${#journeys[@]}" -eq 0 ] || arguments+=(--journeys "${journeys[@]}")

npx loadtest ab "${arguments[@]}"
code=$?
cp "$RESULT"/runs/ab/*/comparison.json "$RESULT"/runs/ab/*/comparison.html "$RESULT" || echo 'no round ended: there is no result'
if [ -s "$RESULT/comparison.md" ]; then
  page="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID#artifacts"
  sed "s|REPORT_URL|$page|" "$RESULT/comparison.md" >> "$GITHUB_STEP_SUMMARY"
fi
exit "$code"
