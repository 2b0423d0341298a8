# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
# What every story begins with.  It builds a network, plays in it, says what is
# to be seen, and checks each thing that it says: a story that ends with 0 was
# true.  So `make check` plays them as tests, and `./bootstrap demo NAME` for
# whoever wants to see.
#
#	#!/bin/sh
#	set -u
#	. "$(dirname "$0")/../lab/lab.sh"
#	lab_start [TOOL...]		skips without root or a tool
#	net_ns a ...; net_link ...	see net.sh
#	router_start r1			see router.sh
#	lab_text <<-'END'		what a reader should know, flush left
#	lab_on a 'wasp-send ...'	print the command, run it in a namespace
#	lab_expect "r2 is the bottleneck" grep -q ... "$NET_DIR/out"
#
# $STORY is the directory of the story, $NET_DIR an empty one that goes with the
# network.  Statuses are those of net.sh.  WASP_DATAPATH is what waspd is tried
# with, see router.sh.

STORY=$(cd "$(dirname "$0")" && pwd)
. "$STORY/../lab/net.sh"
. "$STORY/../lab/router.sh"

lab_start()
{
	[ "$(id -u)" = 0 ] ||
		net_skip "network namespaces, for the routers, need root"
	net_start "$@"
	router_pins
}

# Standard input, after an empty line.
lab_text()
{
	echo
	cat
}

# lab_on NAME COMMAND: as a user at that host would type it; it runs in $STORY,
# and what it printed stays in $NET_DIR/out.  The story ends if it fails.
lab_on()
{
	lab_host=$1
	shift
	printf '\n%s$ %s\n' "$lab_host" "$*"
	lab_quiet "$lab_host" "$*" || {
		cat "$NET_DIR/out"
		net_fail "on $lab_host: $*"
	}
	cat "$NET_DIR/out"
}

# The same, neither printed nor judged.
lab_quiet()
{
	(cd "$STORY" && in_ns "$1" sh -c "$2") >"$NET_DIR/out" 2>"$NET_DIR/err.log"
}

# lab_ask NAME COMMAND CHECK...: like lab_on, but a moment of which CHECK says
# that it is not like the others is passed over, at most four times: traffic has
# its ups and downs, and a packet may be lost in the queue that it reports.
lab_ask()
{
	lab_host=$1 lab_command=$2 lab_tries=5
	shift 2
	until lab_quiet "$lab_host" "$lab_command" && "$@" ||
	    [ $((lab_tries -= 1)) = 0 ]; do
		sleep 0.2
	done
	printf '\n%s$ %s\n' "$lab_host" "$lab_command"
	cat "$NET_DIR/out"
}

# lab_cell ROW COLUMN: of the table in the last output, made by table.jq; its
# titles are row 0.
lab_cell()
{
	awk -F '  +' -v row="$1" -v column="$(($2 + 1))" \
		'/^  / && n++ == row { print $column }' "$NET_DIR/out"
}

# lab_expect CLAIM COMMAND...: end the story where a claim is not true.
lab_expect()
{
	lab_claim=$1
	shift
	"$@" >"$NET_DIR/claim.log" 2>&1 || net_fail "it is not so that $lab_claim: $*"
}
