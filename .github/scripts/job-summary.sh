#!/usr/bin/env bash
# Puts the summary of each run in reports/runs on the page of the workflow's run.
set -euo pipefail

all=$(mktemp)
for file in reports/runs/*/summary.md; do
  # `latest` is a link to one of the others.
  if [ -f "$file" ] && [ ! -L "$(dirname "$file")" ]; then
    cat "$file" >> "$all"
    printf '\n' >> "$all"
  fi
done
if [ ! -s "$all" ]; then
  echo 'No run was finished: the log of the failed step says why.' >> "$all"
fi
# GitHub takes 1 MiB and drops all of a longer one: whole lines, as many as there is room for.
if [ "$(wc -c < "$all")" -gt 1000000 ]; then
  head -c 1000000 "$all" | sed '$d' >> "$GITHUB_STEP_SUMMARY"
  printf '\n… cut here: the artifact reports has all.\n' >> "$GITHUB_STEP_SUMMARY"
else
  cat "$all" >> "$GITHUB_STEP_SUMMARY"
fi
