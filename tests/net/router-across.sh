#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A packet that would go back by another interface than it came in by, which
# only internal interfaces allow, crosses the node: FORWARD judges it, and the
# kernel's reverse-path check.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
router_line r1
router_start r2 eth0=internal eth1=internal
router_returned ingress-2
router_returned egress-2
capture_start b b eth0

# b's network is behind r2's eth1; these come in by its eth0.  Nobody has the
# address 10.0.3.99.
router_send ingress-2 10.0.3.99 -W 0 -S 10.0.4.2
wait_for "one from where it went" capture_has b 1 \
	'ip proto 253 and src 10.0.3.99'
router_send ingress-2 10.0.2.2 -W 0 -S 10.0.4.2
wait_for "one from r2's own" capture_has b 1 'ip proto 253 and src 10.0.2.2'
[ "$(router_count r2 returned)" = 2 ] || net_fail "r2 did not return both"

# At egress nothing judges it any more: forward.  To one that is there, since
# the kernel's data path sees no packet that waits for a neighbour in vain.
router_send egress-2 10.0.3.2 -W 0 -S 10.0.4.2
wait_for "the refusal" router_counted r2 \
	'return refused: other way at egress' 1

# The firewall between the interfaces.
in_ns r2 iptables -A FORWARD -i eth0 -o eth1 -p 253 -j DROP
router_send ingress-2 10.0.3.99 -W 0 -S 10.0.4.2
wait_for "the return" router_counted r2 returned 3
in_ns r2 iptables -F FORWARD

# The kernel's reverse-path check, strict: for the node's own address waspd
# asks it, else it judges what was turned.
in_ns r2 sysctl -q -w net.ipv4.conf.eth0.rp_filter=1 || exit 99
router_send ingress-2 10.0.2.2 -W 0 -S 10.0.4.2
wait_for "the refusal" router_counted r2 'return refused: reverse path' 1
router_send ingress-2 10.0.3.99 -W 0 -S 10.0.4.2
wait_for "the return" router_counted r2 returned 4

in_ns r2 sysctl -q -w net.ipv4.conf.eth0.rp_filter=0 || exit 99

# Where two ways lead to the source, the answer takes the one it came by.
in_ns r2 ip route replace 10.0.1.0/24 nexthop via 10.0.2.1 \
	nexthop via 10.0.3.2 || exit 99
in_ns r2 ip -6 route replace 2001:db8:1::/64 nexthop via 2001:db8:2::1 \
	nexthop via 2001:db8:3::2 || exit 99
for host in 10 11 12 13 14 15; do
	for to in 10.0.4.$host 2001:db8:4::$host; do
		router_send ingress-2 $to || net_fail "no answer from $to"
	done
done
in_ns r2 ip route replace 10.0.1.0/24 via 10.0.2.1

in_ns a ping -q -c 1 -W 5 10.0.4.2 >/dev/null || net_fail "no ping"
wait_for "the ping" capture_has b 1 'icmp[0] = 8'
capture_stop b
[ "$(capture_count b ip proto 253)" = 2 ] ||
	net_fail "b got what r2 should have refused: $(capture_print b)"
exit 0
