#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# "Interpreter code: 4K": the machine code of all instruction meanings, vm/vm.c
# with gcc -O2, is at most 4096 bytes.
set -eu
limit=4096
gcc --version >/dev/null 2>&1 || exit 77
object=$(mktemp)
trap 'rm -f "$object"' EXIT
gcc -std=gnu11 -O2 -I"${SRC:?}" -c "$SRC/vm/vm.c" -o "$object"
nm "$object" | grep -q ' T vm_run$' || { echo "there is no vm_run in it"; exit 99; }
text=$(size -A "$object" |
	awk '$1 ~ /^\.text/ {sum += $2} END {print sum + 0}')
echo "text of vm/vm.c: $text of $limit bytes"
[ "$text" -gt 256 ] && [ "$text" -le "$limit" ]
