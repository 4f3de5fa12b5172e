#!/usr/bin/env bash
# Moments of files by GNU parallel: deploy/parallel.sh N "data/*.parquet" all.moments [options of plumb moments]
# PLUMB is the command to run; PARALLEL_OPTIONS may name other machines, as in "--sshlogin node1,node2".
set -euo pipefail
count=$1 data=$2 output=$3
shift 3
parts=${PARTS:-$output.parts}
mkdir -p "$parts"
# shellcheck disable=SC2086
seq "$count" | parallel ${PARALLEL_OPTIONS:-} --halt soon,fail=1 --retries 3 --quote \
    "${PLUMB:-plumb}" moments "$data" --part "{}/$count" --resume -o "$parts/{}.moments" "$@"
"${PLUMB:-plumb}" merge "$parts/*.moments" -o "$output"
