#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What the kernel of a router would have refused, no program gets through: rules
# between two interfaces, rules of the tables around the chains of waspd, and the
# reverse-path check.  A returning
# program crosses masquerading and a stateful firewall, and comes back also from
# the router that does both.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
router_line r1 r2 r3 b
router_home
for which in ingress-2 egress-2 egress-3; do
	router_returned $which
done
# Forwarded by all, to be seen by b.
router_program walk <<'END'
	.program walk
	.hooks ingress, egress
	.text
	forward
END
both()
{
	in_ns r2 iptables "$@" && in_ns r2 ip6tables "$@" ||
		net_fail "iptables $*"
}

# blocked WHERE: neither family gets beyond r2, though r1 runs and sends all six;
# b sees the pings that follow.
blocked()
{
	sent=$(($(router_count r1 forwarded) + 6))
	capture_start b b eth0
	for address in 10.0.4.2 2001:db8:4::2; do
		router_send walk $address -W 0
		router_send home $address -W 0 -u
	done
	wait_for "r1" router_counted r1 forwarded $sent
	for address in 10.0.4.2 2001:db8:4::2; do
		in_ns a ping -q -c 1 -W 5 $address >/dev/null ||
			net_fail "no ping to $address"
	done
	wait_for "the last ping" capture_has b 1 'icmp6 and ip6[40] = 128'
	capture_stop b
	[ "$(capture_count b "ip proto 253 or ip6 proto 253 or udp")" = 0 ] ||
		net_fail "r2 let programs through: $1"
}

# programs ARGUMENT...: a rule against them, not pings, which tell when all is
# over.
programs()
{
	both "$@" -p 253 -j DROP
	both "$@" -p udp -j DROP
}

programs -A FORWARD -i eth0 -o eth1
blocked "forward"
both -F FORWARD
programs -t raw -A PREROUTING -i eth0
blocked "raw"
# What is refused before our chains does not run, and so does not return; but XDP
# comes before all of them.
if ! is_xdp; then
	router_send ingress-2 10.0.4.2 -W 0.2 &&
		net_fail "raw: returned all the same"
fi
programs -t raw -D PREROUTING -i eth0
programs -t mangle -A POSTROUTING -o eth1
blocked "mangle"
router_send egress-2 10.0.4.2 -W 0.2 && net_fail "mangle: returned all the same"
programs -t mangle -D POSTROUTING -o eth1

# A return that this node may not send is not sent; XDP asks no chain.
both -A OUTPUT -p 253 -j DROP
if is_xdp; then
	router_send ingress-2 10.0.4.2 || net_fail "OUTPUT judged a return"
else
	router_send ingress-2 10.0.4.2 -W 0.2 &&
		net_fail "returned what OUTPUT drops"
fi
both -F OUTPUT
router_send ingress-2 10.0.4.2 || net_fail "did not return"

# Masquerading, stateful, all refused but what begins inside; reverse paths
# strict everywhere.
for host in r1 r2 r3 b; do
	in_ns $host sysctl -q -w net.ipv4.conf.all.rp_filter=1 || exit 99
done
both -P FORWARD DROP
both -P INPUT DROP
both -A INPUT -p ipv6-icmp -j ACCEPT
both -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
both -A FORWARD -i eth0 -o eth1 -m conntrack --ctstate NEW -j ACCEPT
both -t nat -A POSTROUTING -o eth1 -j MASQUERADE
for how in '' -u; do
	for address in 10.0.4.2 2001:db8:4::2; do
		for object in home ingress-2 egress-2 home egress-2; do
			# shellcheck disable=SC2086
			router_send $object $address $how ||
				net_fail "$object $address $how: no reply"
		done
	done
done
# The trace, of which all hops come back, both ways.
for how in '' -u; do
	for to in trace:10.0.4.2 trace6:2001:db8:4::2; do
		wasp-as -o "$NET_DIR/${to%%:*}" \
			"$SRC/examples/${to%%:*}.wasp" || exit 99
		# shellcheck disable=SC2086
		router_send ${to%%:*} ${to#*:} $how ||
			net_fail "$to $how: no reply"
		router_replied '"hops":6'
	done
done
capture_start masked r3 eth0
router_send home 10.0.4.2 || net_fail "home: no reply"
wait_for "masked ones" capture_has masked 2 ip proto 253 and host 10.0.3.1
capture_stop masked

# From outside, to the address that r2 hides a behind: where it comes in, and
# after it was translated; all of it is seen there as if r2 had no inside.
in_ns r2 iptables -t nat -A PREROUTING -i eth1 -j DNAT --to-destination 10.0.1.1
in_ns r2 iptables -A FORWARD -i eth1 -o eth0 -j ACCEPT
capture_start outside b eth0
for object in ingress-2 egress-3; do	# b itself is the first
	in_ns b wasp-send -W 5 "$NET_DIR/$object" 10.0.3.1 \
		>"$NET_DIR/outside.log" 2>&1 ||
		net_fail "$object: nothing came back to b"
done
[ "$(router_count r2 returned)" = 16 ] || net_fail "r2 did not return them"
[ "$(capture_count outside net 10.0.1.0/24)" = 0 ] ||
	net_fail "an address of the inside was seen outside"
exit 0
