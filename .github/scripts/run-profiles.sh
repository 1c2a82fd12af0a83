#!/usr/bin/env bash
# Runs each of PROFILES (names with spaces between) ROUNDS times, one run after the other, and ends with the first exit code that
# is not 0. Runs of which a gate failed or that were invalid do not stop the others.
set -uo pipefail

read -ra profiles <<< "$PROFILES"
if [ "${#profiles[@]}" -eq 0 ]; then
  echo '::error::no profile is named: write one or more, with spaces between'
  exit 2
fi
first=0
for _ in $(seq "$ROUNDS"); do
  for profile in "${profiles[@]}"; do
    npx loadtest run "$profile"
    code=$?
    [ "$first" -ne 0 ] || first=$code
    # Wrong use, no target, interrupted: the next run would be no different.
    case $code in 0 | 1 | 3) ;; *) exit "$code" ;; esac
  done
done
exit "$first"
