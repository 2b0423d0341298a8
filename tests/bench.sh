#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The benchmarks run, and write results that can be read.  How long anything
# takes is not looked at.
set -u
cd "${BUILD:?}" || exit 99
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
bad=0

for program in ${BENCH_PROGRAMS:?}; do
	"$program" --quick --output "$tmp/results" >"$tmp/table" || {
		echo "$program: exit status $?"
		bad=1
	}
	[ -s "$tmp/table" ] || { echo "$program: no table"; bad=1; }
done
jq -es 'all(.v == 1 and (.row | type == "number") and
	(has("note") or (has("median") and .spread >= 0 and has("unit"))))' \
	"$tmp/results" >/dev/null || { echo "results are not as said"; bad=1; }
exit $bad
