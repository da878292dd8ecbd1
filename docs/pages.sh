#!/usr/bin/env bash
# Draws the pictures of docs/pages/ anew from the sample city's month. Needs pdftoppm (poppler-utils).
set -euo pipefail
cd "$(dirname "$0")/.."
reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
cargo run --quiet --release -- run --period 2021-05 --as-of 2021-06-10 --output "$reports"
rm -rf docs/pages && mkdir -p docs/pages
while IFS= read -r -d '' pdf; do
  pdftoppm -r 80 -png "$pdf" "docs/pages/$(basename "$pdf" .pdf)"
done < <(find "$reports/2021-05" -name '*.pdf' -print0 | sort -z)
