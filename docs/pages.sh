#!/usr/bin/env bash
# pages.sh [HOSHIN]: draws the pictures of docs/pages/ anew with this program, or with a release build where none is named.
# Every page of every document: of the sample city in the second month, and of the inputs of tests/torture.
# Needs pdftoppm (poppler-utils) and, to keep the pictures small, mogrify (imagemagick). docs/checklist.md says what to look for.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
hoshin=$(realpath "${1:-${CARGO_TARGET_DIR:-$here/target}/release/hoshin}")
cd "$here"
[[ $# -gt 0 ]] || cargo build --quiet --locked --release

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HOSHIN_WRITE_TORTURE=$work cargo test --quiet --locked --test hoshin -- torture::inputs_are_written >/dev/null
mkdir -p "$work/見本市"
cp hoshin.toml "$work/見本市/"
cp -r input "$work/見本市/"

# month INPUT PERIOD AS_OF: runs a month with every document of report.toml switched on.
month() {
  mkdir -p "$work/$1/templates"
  sed '/^write = false$/d' templates/report.toml > "$work/$1/templates/report.toml"
  (cd "$work/$1" && "$hoshin" run --period "$2" --as-of "$3" >/dev/null)
}
month 見本市 2021-05 2021-06-10
month 見本市 2021-06 2021-07-12
for input in 指標200 空の部 長い文章; do month "$input" 2021-05 2021-06-10; done

rm -rf docs/pages
# draw INPUT PERIOD DOTS: docs/pages/INPUT/FOLDER-DOCUMENT-PAGE.png
draw() {
  local from=$work/$1/reports/$2 to=docs/pages/$1
  mkdir -p "$to"
  (cd "$from" && find . -name '*.pdf' -printf '%P\0') | sort -z |
    xargs -0 -P "$(nproc)" -I{} bash -c 'pdftoppm -r "$1" -gray -png "$2/$4" "$3/$(tr / - <<<"${4%.pdf}")"' _ "$3" "$from" "$to" {}
}
draw 見本市 2021-06 60
draw 指標200 2021-05 30
draw 空の部 2021-05 60
draw 長い文章 2021-05 60
# A document of ten pages or more counts 01, 02: the first pages keep their names when it grows.
find docs/pages -name '*-0*.png' -print0 | while IFS= read -r -d '' file; do
  mv "$file" "$(sed -E 's/-0+([0-9]+\.png)$/-\1/' <<<"$file")"
done
# Sixteen greys are enough, and take a third of the room.
if command -v mogrify >/dev/null; then
  find docs/pages -name '*.png' -print0 | xargs -0 mogrify -colorspace Gray -colors 16 -strip
fi
echo "$(find docs/pages -name '*.png' | wc -l) pictures, $(du -sh docs/pages | cut -f1)"
