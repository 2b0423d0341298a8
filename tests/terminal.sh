#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# wasp-run --debug at a terminal: terminal.py is the user.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
PATH=${BUILD:?}/bin:$PATH
cd "$tmp"
# libedit 3.1 does not free the names of functions that were added to it.
echo leak:wcsdup >known
LSAN_OPTIONS=suppressions=$tmp/known:print_suppressions=0
export LSAN_OPTIONS
wasp-as -o count.wo "${SRC:?}/examples/count.wasp"
python3 "$SRC/tests/terminal.py"
