#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The examples on three real routers, with a WASP host at the end: the first of
# a group passes, a sum arrives whatever is doubled or lost, and the trace is
# still returned by the last router.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
router_line r1 r2 r3 b
for name in count compare rchld trace; do
	wasp-as -o "$NET_DIR/$name" "$SRC/examples/$name.wasp" || exit 99
done

# put NAME [OPTIONS]: from a towards b, not waiting for anything to come back.
put()
{
	name=$1
	shift
	in_ns a wasp-send -W 0 "$@" "$NET_DIR/$name" 10.0.4.2 \
		>"$NET_DIR/send.log" 2>&1 || net_fail "can not send $name"
}

# arrived NAME COUNT: so many came to b since capture_start, and no more.
arrived()
{
	in_ns a ping -q -c 1 -W 5 10.0.4.2 >/dev/null || net_fail "no ping"
	wait_for "the ping" capture_has "$1" 1 icmp
	capture_stop "$1"
	count=$(capture_count "$1" ip proto 253)
	[ "$count" = "$2" ] || net_fail "$1: $count came, not $2"
}

router_send trace 10.0.4.2 || net_fail "no reply"
router_replied '"hops":6'

capture_start count b eth0
put count -c 4 -i 10ms -s limit=1
arrived count 1

capture_start compare b eth0
for value in 5 4 7 7 9; do
	put compare -s value=$value
done
arrived compare 3

capture_start rchld b eth0
for child in 0 1 1; do
	put rchld -s child=$child
done
put rchld -s collect=1 -s child=0 -s value=5
put rchld -s collect=1 -s child=0 -s value=5
put rchld -s collect=1 -s child=1 -s value=7
put rchld -s collect=1 -s child=0 -s value=5
arrived rchld 5
wasp-dump --json --notes "$NET_DIR/rchld" -r "$NET_DIR/rchld.pcap" |
	grep -c '"members":3,"value":12}' >"$NET_DIR/sums.log"
[ "$(cat "$NET_DIR/sums.log")" = 2 ] || net_fail "the sum is not 12 of both"
exit 0
