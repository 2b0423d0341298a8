#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# callgrind.sh BENCH-VM: instructions that a packet takes in user space, by
# operation and side, and where; a table in Markdown.  `make bench-callgrind`
# writes bench/CALLGRIND.md of the sources by it.
set -eu
bench_vm=${1:?}
runs=2000
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# count OPERATION SIDE: instructions in all, then of each function, by packet.
count()
{
	valgrind --tool=callgrind --toggle-collect=run_chunk \
		--callgrind-out-file="$tmp/out" "$bench_vm" --only "$1" \
		--side "$2" --runs "$runs" >/dev/null 2>"$tmp/log" ||
		{ cat "$tmp/log" >&2; exit 5; }
	callgrind_annotate --auto=no --threshold=99 "$tmp/out" |
		tr -d , | awk -v runs="$runs" '
		/PROGRAM TOTALS/ {printf "total %.0f\n", $1 / runs}
		/:[a-z_0-9]+/ && $1 ~ /^[0-9]+$/ {
			sub(/ \[.*/, "")
			name = $0; sub(/.*:/, "", name)
			by[name] += $1
		}
		END {for (name in by) if (by[name] >= runs / 2)
			printf "%s %.0f\n", name, by[name] / runs}'
}

echo 'Instructions that a packet takes, store of 1000 live entries.'
echo
echo '| operation | native | WASP | ratio | where WASP: instructions of each function |'
echo '|---|---|---|---|---|'
for op in count compare collect rchld rcollect collect3; do
	count "$op" native >"$tmp/native"
	count "$op" wasp >"$tmp/wasp"
	native=$(awk '$1 == "total" {print $2}' "$tmp/native")
	wasp=$(awk '$1 == "total" {print $2}' "$tmp/wasp")
	where=$(grep -v '^total' "$tmp/wasp" | sort -k2,2nr |
		awk '{printf "%s%s %s", (NR > 1 ? ", " : ""), $1, $2}')
	ratio=$(awk "BEGIN {printf \"%.2f\", $wasp / $native}")
	echo "| $op | $native | $wasp | $ratio | $where |"
done
