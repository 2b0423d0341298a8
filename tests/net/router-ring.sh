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
	capture_start h$i h$i eth0 -Q in ip proto 253
done

# sends FROM PROGRAM TO; came: where that packet is, after how many hops, what it
# wrote.
sends()
{
	router_number=$((router_number + 1))
	in_ns h$1 wasp-send -q -W 0 --ident $router_number "$NET_DIR/$2" \
		10.0.1$3.2 >/dev/null || net_fail "h$1 can not send"
}
came()
{
	for host in 0 1 2 3; do
		router_wasp h$host | sed "s/^{/{\"at\":$host,/"
	done | jq -r --argjson ident $router_number \
		'select(.wasp.ident == $ident) | "\(.at): \(.wasp.hops) \(
		.ip.ttl) \(.wasp.rerouted) \(.wasp.scratchpad[8:13] |
		join(" "))"' | grep .
}

# Host $1 invites by a secret of its own.
invites()
{
	router_program invite <<-END
		.program invite
		.hooks egress
		.data
	mine:	.secret $((secrets + $1))
		.text
		invite r0, [mine]
	END
	sends $1 invite $((($1 + 2) % 4))
	wait_for "the invitation of h$1" came
}

rerouted()
{
	for router in r0 r1 r2 r3; do
		router_count $router rerouted
	done | awk '{ sum += $1 } END { print sum }'
}

# A packet of h$i for the next domain is led one further by the router there, and
# would be by that of the domain where it is led.
led_once()
{
	next=$(((i + 1) % 4)) far=$(((i + 2) % 4)) last=$(((i + 3) % 4))
	secrets=$router_number
	router_program follow <<-END
		.program follow
		.hooks ingress
		.data
	far:	.secret $((secrets + far))
	near:	.secret $((secrets + last))
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
	before=$(rerouted)
	invites $far
	invites $last
	sends $i follow $next
	wait_for "what h$i sent" came
	[ "$(came)" = "$far: 3 61 true 1 2 1 3 0" ] ||
		router_wrong "what h$i sent is at $(came)"
	[ "$(rerouted)" = $((before + 1)) ] ||
		net_fail "it was rerouted by more than one"
}
for i in 0 1 2 3; do
	router_young led_once
done
exit 0
