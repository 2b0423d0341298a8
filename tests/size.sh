#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# "Interpreter code: 4K": vm/vm.c, which holds all instruction meanings, has at
# most 4096 bytes of machine code and constants with gcc -O2.
set -eu
limit=4096
gcc --version >/dev/null 2>&1 || exit 77
object=$(mktemp)
trap 'rm -f "$object"' EXIT
gcc -std=gnu11 -O2 -I"${SRC:?}" -c "$SRC/vm/vm.c" -o "$object"
nm "$object" | grep -q ' T vm_run$' || { echo "there is no vm_run in it"; exit 99; }
# Code and its constants: the first column.
text=$(size "$object" | awk 'NR == 2 {print $1 + 0}')
echo "text of vm/vm.c: $text of $limit bytes"
[ "$text" -gt 1024 ] && [ "$text" -le "$limit" ]
