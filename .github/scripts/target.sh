#!/usr/bin/env bash
# Writes the target of the steps that follow to GITHUB_ENV: the deployment TARGET, else the embedded scheduler.
set -euo pipefail

if [ -z "${TARGET:-}" ] || [ "${TARGET_ENVIRONMENT:-}" = embedded ]; then
  echo 'target: the embedded scheduler'
  exit 0
fi
if [ -z "${ACCOUNTS:-}" ]; then
  echo '::error::a target is named but the secret PERF_ACCOUNTS is not set: put the YAML of the accounts there'
  exit 2
fi
if [[ "$TARGET${TARGET_API:-}${TARGET_ENVIRONMENT:-}" == *[[:space:]]* ]]; then
  echo '::error::PERF_BASE_URL, PERF_API_URL or PERF_ENVIRONMENT has a space or a line break: take it out'
  exit 2
fi
umask 077
printf '%s\n' "$ACCOUNTS" > "$RUNNER_TEMP/accounts.yml"
{
  echo "BASE_URL=$TARGET"
  echo "API_URL=${TARGET_API:-}"
  echo "ENVIRONMENT=${TARGET_ENVIRONMENT:-ci}"
  echo "ACCOUNTS_FILE=$RUNNER_TEMP/accounts.yml"
} >> "$GITHUB_ENV"
echo "target: $TARGET (${TARGET_ENVIRONMENT:-ci})"
