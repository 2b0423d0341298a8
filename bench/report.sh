#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# report.sh RESULTS DIRECTORY: of the results of `make bench` a table
# in Markdown, RESULTS.md, and plots, in that directory: row-1.svg, row-1-burst.svg,
# row-3.svg, where the rows are there and gnuplot is.
set -eu
results=${1:?} to=${2:?}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

titles='
0 The interpreter, ns by executed instruction
1 User space: programs over native operations, ns a packet, by live entries
2 XDP: programs over native operations, ns a packet, net of an empty program
3 A router between two hosts
4 The store
5 Verifying and translating, by instruction
6 Sizes
7 One and two processors
'

# table ROW
table()
{
	echo '| what | at | unit | median | spread | ratio | over |'
	echo '|---|---:|---|---:|---:|---:|---|'
	jq -r --argjson row "$1" 'def figure:
		if . == null then "" elif (. | fabs) >= 100 then (. | round)
		else (. * 100 | round) / 100 end | tostring;
		select(.row == $row and has("what")) |
		"| \(.what) | \(.at | figure) | \(.unit) | \(.median | figure)" +
		" | \(.spread | figure) | \(.ratio | figure) | \(.over // "") |"' \
		"$results"
	echo
	jq -r --argjson row "$1" \
		'select(.row == $row and has("note")) | .note + "\n"' "$results"
}

{
	echo '# What was measured'
	echo
	echo "$(date -u +%Y-%m-%d), Linux $(uname -r), $(nproc) of" \
		"$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)," \
		"load $(cut -d' ' -f1 /proc/loadavg).  README explains the rows," \
		"and says which of what was aimed at is met.  spread: from the" \
		"tenth percent of the rounds to the ninetieth."
	echo "$titles" | while read -r row title; do
		[ -n "$row" ] || continue
		printf '\n## Row %s: %s\n\n' "$row" "$title"
		table "$row"
	done
} >"$tmp/RESULTS.md"
mv "$tmp/RESULTS.md" "$to/RESULTS.md"

command -v gnuplot >/dev/null || {
	echo 'report.sh: no plots: there is no gnuplot' >&2
	exit 0
}

# ratios SUFFIX: row 1, a line for each size, a column for each operation.
ratios()
{
	jq -r --arg side "wasp$1" 'select(.row == 1 and has("ratio") and
		(.what | endswith(" " + $side)) and
		(.what | contains("private") | not)) |
		[.at, (.what | split(" ")[0]), .ratio] | @tsv' "$results" |
		awk -F'\t' '
		{ ratio[$1, $2] = $3; if (!($1 in at)) { at[$1]; order[n++] = $1 }
		  if (!($2 in op)) { op[$2]; ops[m++] = $2 } }
		END { printf "entries"; for (j = 0; j < m; j++) printf "\t%s", ops[j]
		  print ""
		  for (i = 0; i < n; i++) { printf "%s", order[i]
		    for (j = 0; j < m; j++) printf "\t%s", ratio[order[i], ops[j]]
		    print "" } }'
}

plot_ratios()
{
	ratios "$1" >"$tmp/ratios"
	[ "$(wc -l <"$tmp/ratios")" -gt 2 ] || return 0
	gnuplot <<-END
		set terminal svg size 640,400 font "sans,12"
		set output "$to/$2"
		set title "$3"
		set xlabel "live entries"
		set ylabel "WASP over native"
		set logscale x
		set yrange [0:3]
		set key autotitle columnhead bottom left
		set grid y
		set style data linespoints
		n = $(head -n 1 "$tmp/ratios" | wc -w)
		plot for [i = 2:n] "$tmp/ratios" using 1:i
	END
}

plot_rates()
{
	jq -r 'select(.row == 3 and .unit == "packets/s") |
		[.what, .median / 1e6] | @tsv' "$results" >"$tmp/rates"
	[ -s "$tmp/rates" ] || return 0
	gnuplot <<-END
		set terminal svg size 640,400 font "sans,12"
		set output "$to/row-3.svg"
		set title "A router between two hosts, one processor"
		set ylabel "million packets a second"
		set yrange [0:*]
		set style data histograms
		set style fill solid 0.6 border
		set boxwidth 0.8
		set xtics rotate by -30
		set grid y
		unset key
		set datafile separator "\t"
		plot "$tmp/rates" using 2:xtic(1)
	END
}

plot_ratios '' row-1.svg 'User space, one packet at a time'
plot_ratios ', bursts' row-1-burst.svg 'User space, in bursts of 32'
plot_rates
