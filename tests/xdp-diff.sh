#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The reference machine, the one inside the kernel and translations give the same
# for ten thousand random packets, and some for tc.  77 without root or BPF.
# `make fuzz-diff FUZZ_CASES=1000000` searches on.
set -u
diff=${BUILD:?}/tests/xdp-diff
[ -x "$diff" ] || exit 77
[ "$(id -u)" = 0 ] || exit 77
"$diff" -n 10000 -s "${FUZZ_SEED:-1}" && "$diff" -n 2000 -s "${FUZZ_SEED:-2}" tc
