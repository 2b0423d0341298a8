#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Run one target with libFuzzer for $FUZZ_SECONDS, from the top of a build tree:
# tests/fuzz/fuzz-NAME makes the seeds, libfuzzer/tests/fuzz/fuzz-NAME searches.
# The corpus in libfuzzer/corpus/NAME grows from run to run; an input that fails
# is left in libfuzzer/NAME-*.
set -eu
program=$1
name=${program##*/fuzz-}
corpus=libfuzzer/corpus/$name
log=libfuzzer/$name.log
mkdir -p "$corpus"
"$program" --seeds "$corpus"
if "libfuzzer/$program" -max_total_time="${FUZZ_SECONDS:?}" -timeout=10 \
	-max_len=4096 -dict="libfuzzer/corpus/$name.dict" \
	-artifact_prefix="libfuzzer/$name-" "$corpus" >"$log" 2>&1; then
	echo "$name: $(grep DONE "$log")"
else
	tail -n 60 "$log"
	exit 1
fi
