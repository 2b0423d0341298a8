#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Rerouting by invitation, searched by spin: every row of the table beside this
# script (rules taken away or added) in every column (networks), and what was
# found is the table, to the letter.
#
#	check.sh              as a test; without spin it is skipped
#	check.sh --update     the same, and the table becomes what was found
#	check.sh --trace ROW NETWORK PROPERTY
#	                      how it comes about, for instance -ONCE RING5 LOOP
set -u
mode=${1-}
here=$(cd "$(dirname "$0")" && pwd) || exit 99
table=$here/table
spin=${SPIN:-spin}
command -v "$spin" >/dev/null || { echo 'spin is not installed'; exit 77; }
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99

# number NAME: what the model calls it.
number() {
	cat "$here/rules.h" "$here/reroute.pml" "$here/topologies.pml" |
		sed -n "s/^#define $1[[:space:]]\{1,\}\([0-9]\{1,\}\)[[:space:]].*/\1/p" |
		grep . || { echo "the model has no $1" >&2; kill $$; }
}

# build FLAG...: the verifier.
build() {
	"$spin" -a "$here/reroute.pml" >spin.log 2>&1 &&
		${CC:-cc} -O2 -w -DSAFETY "$@" -o pan pan.c >>spin.log 2>&1 ||
		{ cat spin.log; exit 99; }
}

# without ROW: the sum of the rules that are not kept.
without() {
	sum=$((1 << $(number INGRESS_ONLY)))
	echo "$1" | sed 's/[-+]/\n&/g' | grep '^[-+]' >row
	while read -r rule; do
		bit=$((1 << $(number "${rule#[-+]}")))
		case $rule in
		-*) sum=$((sum | bit)) ;;
		+*) sum=$((sum & ~bit)) ;;
		esac
	done <row
	echo "$sum"
}

properties='TWICE:2 LOOP:L ENDLESS:E BACK:B TRANSIT:T UNINVITED:U GROW:+'

# cell: what the verifier found, by letters.
cell() {
	WITHOUT=$sum TOPOLOGY=$1 PROPERTY=127 ./pan -c0 -w18 >out 2>&1
	grep -q '^State-vector .* errors: ' out &&
		! grep -qE 'too small|aborting|out of memory' out ||
		{ echo '?'; return; }
	sed -n 's/.*assertion violated.*>>\([0-9]*\).*/\1/p' out | sort -u >found
	for property in $letters; do
		grep -qx "${property%:*}" found && printf %s "${property#*:}"
	done >letters
	[ -s letters ] && cat letters || printf -- -
}

if [ "$mode" = --trace ]; then
	[ $# = 4 ] || { sed -n '8,12s/^#\t//p' "$here/check.sh" >&2; exit 2; }
	build -DREACH
	export WITHOUT="$(without "$2")" TOPOLOGY="$(number "$3")" \
		PROPERTY=$((1 << $(number "$4")))
	./pan -i -m1000 -w18 >out 2>&1
	[ -e reroute.pml.trail ] || { echo 'nothing was found'; exit 1; }
	# the last packet; what went before it made the invitations
	./pan -r reroute.pml.trail |
		grep -E '^ *(host [0-9]+ sends|at router|rerouted at|returned)' |
		awk '/sends/ {text = ""} {text = text $0 "\n"} END {printf "%s", text}'
	exit 0
fi

build
letters=
for property in $properties; do
	letters="$letters $(number "${property%:*}"):${property#*:}"
done
networks=$(awk '$1 == "rules" {$1 = ""; print}' "$table")
numbers=$(for network in $networks; do number "$network"; done)
while IFS= read -r line; do
	set -- $line
	case ${1-'#'} in
	'#'* | rules) echo "$line"; continue ;;
	esac
	sum=$(without "$1")
	row=$(printf '%-36s' "$1")
	for n in $numbers; do
		row=$row$(printf '%-7s' "$(cell "$n")")
	done
	echo "$row" | sed 's/ *$//'
done <"$table" >new
diff "$table" new && exit 0
[ "$mode" = --update ] && cp new "$table" && exit 0
exit 1
