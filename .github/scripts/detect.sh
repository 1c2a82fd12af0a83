#!/usr/bin/env bash
# Compares the runs of each of PROFILES in reports/runs with its baseline, leaves <profile>.md, .html and .json in comparisons/, and
# ends with the worst exit code. What cannot be compared is a warning that says so.
set -uo pipefail

mkdir -p comparisons
read -ra profiles <<< "$PROFILES"
worst=0
nothing() {
  echo "::warning::$1: nothing was compared. $2"
  printf '## %s\n\n**Nothing was compared.** %s\n\n' "$1" "$2" >> "$GITHUB_STEP_SUMMARY"
}
for profile in "${profiles[@]}"; do
  mapfile -t runs < <(compgen -G "reports/runs/*-$profile" | grep -v "/latest$" | sort)
  if [ "${#runs[@]}" -eq 0 ]; then
    nothing "$profile" 'There is no run of it.'
  elif ! compgen -G "reports/baselines/*/$profile.json" > /dev/null; then
    nothing "$profile" 'There is no baseline. `npx loadtest baseline add` makes one of five runs (docs/comparison.md).'
  else
    npx loadtest detect --current "${runs[@]}" --threshold "$THRESHOLD" \
      --markdown "comparisons/$profile.md" --html "comparisons/$profile.html"
    code=$?
    [ "$code" -le "$worst" ] || worst=$code
    [ ! -f "comparisons/$profile.md" ] || sed 's|REPORT_URL|#artifacts|' "comparisons/$profile.md" >> "$GITHUB_STEP_SUMMARY"
  fi
done
exit "$worst"
