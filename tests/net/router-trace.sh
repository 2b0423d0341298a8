#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The trace example crosses three routers and comes back, in both families and
# both encapsulations, though the last host knows no WASP.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
router_line
for version in '' 6; do
	wasp-as -o "$NET_DIR/trace$version" "$SRC/examples/trace$version.wasp" ||
		exit 99
done
capture_start last b eth0
for how in '' -u; do
	# shellcheck disable=SC2086
	router_send trace 10.0.4.2 $how || net_fail "no reply $how"
	router_replied '"hops":6'
	for node in 10.0.2.1 10.0.3.1 10.0.4.1 10.0.3.2 10.0.2.2 10.0.1.2; do
		router_replied "\"node4\":\"$node\""
	done
	# shellcheck disable=SC2086
	router_send trace6 2001:db8:4::2 $how || net_fail "no IPv6 reply $how"
	router_replied '"hops":6'
	for node in 2::1 3::1 4::1 3::2 2::2 1::2; do
		router_replied "\"node\":\"2001:db8:$node\""
	done
done
# The last router turned all of them back: b saw none, but sees the ping.
in_ns a ping -q -c 1 -W 5 10.0.4.2 >/dev/null || net_fail "no ping"
wait_for "the ping" capture_has last 1 icmp
capture_stop last
[ "$(capture_count last ip proto 253 or ip6 proto 253 or udp)" = 0 ] || net_fail "b saw what r3 returned"
[ "$(router_count r3 returned)" = 4 ] || net_fail "r3 did not count 4 returns"
for router in r1 r2 r3; do
	net_stop $router || net_fail "waspd on $router ended with $?"
	router_clean $router || net_fail "rules stay on $router"
done
exit 0
