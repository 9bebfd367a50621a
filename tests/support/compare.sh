#!/usr/bin/env bash
# Builds this repository's pages with the last commit's program and with the working tree's, and shows what differs.
#
#   compare.sh [COMMIT]      COMMIT defaults to HEAD
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
commit=${1:-HEAD}
work=$(mktemp -d)
trap 'git worktree remove --force "$work/then" 2>/dev/null; rm -rf "$work"' EXIT

# build FOLDER EXPORTS: builds the program of a folder, and our own pages with it.
build() {
    (cd "$1" && cargo build --release --locked --quiet)
    "$CARGO_TARGET_DIR/release/plantin" build --workspace "$PWD" --out "$2" --quiet || true
}

git worktree add --quiet --detach "$work/then" "$commit"
build "$work/then" "$work/exports-then"
build . "$work/exports-now"

if diff --recursive --brief "$work/exports-then" "$work/exports-now" >"$work/differences"; then
    echo "the same bytes as $commit"
else
    sed "s#$work/##g" "$work/differences"
    echo
    diff --recursive --unified=1 "$work/exports-then/html" "$work/exports-now/html" | head -n 200 || true
fi
