#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# wasp-run --debug at a terminal: terminal.py is the user.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
PATH=${BUILD:?}/bin:$PATH
cd "$tmp"
wasp-as -o count.wo "${SRC:?}/examples/count.wasp"
python3 "$SRC/tests/terminal.py"
