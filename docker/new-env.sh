#!/bin/sh
# Makes docker/.env of docker/.env.example, with a new password in each empty place. Never writes over one.
set -eu
cd "$(dirname "$0")"
if [ -e .env ]; then
  echo 'docker/.env: exists already. Edit it, or remove it first; volumes keep the passwords of their first start.' >&2
  exit 2
fi
umask 077
# The policy of the application wants upper case, lower case and a digit.
password() { printf 'Aa1%s' "$(od -An -N20 -tx1 /dev/urandom | tr -d ' \n')"; }
while IFS= read -r line; do
  case $line in
    *_PASSWORD= | *_TOKEN= | *_KEY=) printf '%s%s\n' "$line" "$(password)" ;;
    *) printf '%s\n' "$line" ;;
  esac
done <.env.example >.env
echo 'docker/.env: written, with new passwords; only you can read it'
