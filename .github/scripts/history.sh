#!/usr/bin/env bash
# `history.sh pull` brings the history and the baselines of this repository's branch performance-history; `history.sh push` adds the
# runs in reports/runs and sends them there. TOKEN may read the repository, or write it.
set -uo pipefail

store="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY.git"
# By git's own variables: no file and no process list has the token.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$GITHUB_SERVER_URL/.extraheader"
GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$TOKEN" | base64 -w0)"
export GIT_CONFIG_VALUE_0
unset TOKEN

if [ "$1" = pull ]; then
  if [ -z "$(git ls-remote --heads "$store" performance-history)" ]; then
    echo '::notice::there is no branch performance-history yet: nothing to bring'
    exit 0
  fi
  npx loadtest history pull --store "$store"
  exit
fi
kept=0
for run in reports/runs/*/; do
  [ ! -L "${run%/}" ] || continue
  # A run that was invalid or broken off does not belong to the history.
  if npx loadtest history add "${run%/}"; then kept=$((kept + 1)); else echo "::warning::$run is not kept"; fi
done
if [ "$kept" -eq 0 ]; then
  echo '::error::no run could be added to the history'
  exit 1
fi
npx loadtest history push --store "$store"
