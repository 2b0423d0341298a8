#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Four domains in a ring, each the next one's client, and a host in each.  Each
# host invites on its way to the host two domains up; so each router reroutes a
# packet of the domain above it to the domain below, and one that it rerouted
# would go round and round.  It is rerouted once.
#
#	    h0        h1        h2        h3
#	    |         |         |         |
#	.- [r0] ---- [r1] ---- [r2] ---- [r3] -.	client (right) of, guest
#	'--------------------------------------'	(left) for
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
net_start jq
router_pins
for i in 0 1 2 3; do
	net_ns r$i
	net_ns h$i
	net_router r$i
done
for i in 0 1 2 3; do
	next=$(((i + 1) % 4))
	net_link h$i eth0 r$i eth0
	net_addr h$i eth0 10.0.1$i.2/24
	net_addr r$i eth0 10.0.1$i.1/24
	net_route h$i default 10.0.1$i.1
	net_link r$i low r$next high
	net_addr r$i low 10.0.2$i.1/24
	net_addr r$next high 10.0.2$i.2/24
done
# Down to the next domain, up to the two others.
for i in 0 1 2 3; do
	next=$(((i + 1) % 4)) last=$(((i + 3) % 4)) far=$(((i + 2) % 4))
	net_route r$i 10.0.1$next.0/24 10.0.2$i.2
	net_route r$i 10.0.1$last.0/24 10.0.2$last.1
	net_route r$i 10.0.1$far.0/24 10.0.2$last.1
	router_start r$i eth0=client low=client high=guest
	router_program invite-$i <<-END
		.program invite
		.hooks egress
		.data
	mine:	.secret $i
		.text
		invite r0, [mine]
	END
	capture_start h$i h$i eth0 'inbound and ip proto 253'
done

# All invite; who hears of the ping behind it knows that it is done.
for i in 0 1 2 3; do
	far=$(((i + 2) % 4))
	in_ns h$i wasp-send -q -W 0 "$NET_DIR/invite-$i" 10.0.1$far.2 \
		>/dev/null || net_fail "h$i can not invite"
	in_ns h$i ping -q -c 1 -W 5 10.0.1$far.2 >/dev/null ||
		net_fail "no ping from h$i"
done
# A packet for the next domain is led one further by the router there, and would
# be by that of the domain where it is led.
arrived()
{
	router_wasp h$1 | jq -re --argjson ident $2 \
		'select(.wasp.ident == $ident) | "\(.wasp.hops) \(.ip.ttl) \(
		.wasp.rerouted) \(.wasp.scratchpad[8:13] | join(" "))"' |
		grep .
}
for i in 0 1 2 3; do
	next=$(((i + 1) % 4)) far=$(((i + 2) % 4)) last=$(((i + 3) % 4))
	router_program follow <<-END
		.program follow
		.hooks ingress
		.data
	far:	.secret $far
	near:	.secret $last
	first:	.key invitation, of far
	then:	.key invitation, of near
		.cursor trail
	trail:	.space 6
		.text
		push hops
		env r0, hops
		addi r0, -2
		bz r0, two
		addi r0, -1
		bz r0, three
		forward
	two:	reroute r1, [first]
		push r1
		forward
	three:	reroute r1, [then]
		push r1
	END
	in_ns h$i wasp-send -q -W 0 --ident 1$i "$NET_DIR/follow" \
		10.0.1$next.2 >/dev/null || net_fail "h$i can not send"
	wait_for "h$i's at h$far" arrived $far 1$i
	[ "$(arrived $far 1$i)" = "3 61 true 1 2 1 3 0" ] ||
		net_fail "h$i's is at h$far: $(arrived $far 1$i)"
done
for i in 0 1 2 3; do
	[ "$(router_count r$i rerouted)" = 1 ] ||
		net_fail "r$i rerouted $(router_count r$i rerouted)"
done
exit 0
