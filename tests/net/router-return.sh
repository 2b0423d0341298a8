#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# `return` at ingress, at egress and at the host that the packet is for; what
# must not return goes on, and is counted.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
router_line r1 r2 r3 b

# Each hook writes where it is; the node whose second word it is returns.
for hook in ingress egress; do
	router_program back-$hook <<-END
		.program back
		.hooks ingress, egress, back
		.data
	where:	.word $([ $hook = ingress ] && echo 1 || echo 2)
	two:	.word 2
		.cursor trail
	trail:	.space 24
		.text
		push node4
		push hook
		push ttl
		env r0, hook
		ld r1, [where]
		bne r0, r1, on
		env r0, hops
		ld r1, [two]
		bne r0, r1, on
		return
	on:	forward
	END
done
router_home
capture_start seen a eth0

# r2 returns it where it came in, and its egress hook runs, and r1's.
a4=167772418 b4=167772674		# 10.0.1.2, 10.0.2.2
router_send back-ingress 10.0.4.2 || net_fail "r2 did not return at ingress"
router_replied '"hops":3'
router_replied "\"scratchpad\":[1,2,$a4,1,64,$((b4 - 1)),2,63,$b4,1,63,$b4,2,64,$((b4 - 1)),1,64,$a4,2,63,0"
router_send back-egress 10.0.4.2 || net_fail "r2 did not return at egress"
router_replied "\"scratchpad\":[2,2,$a4,1,64,$((b4 - 1)),2,63,$b4,1,63,$((b4 + 255)),2,62,$b4,2,64,$((b4 - 1)),1,64"
for how in '' -u; do
	for to in 10.0.4.2 2001:db8:4::2; do
		for object in back-ingress back-egress home; do
			# shellcheck disable=SC2086
			router_send $object $to $how ||
				net_fail "$object did not return from $to $how"
		done
	done
done
# At another router's own address, and at the far side of the nearest.
for to in 10.0.2.2 2001:db8:2::2 10.0.2.1; do
	router_send home $to || net_fail "$to did not return"
done
# 64 at its start, whatever it had, falling on the way back.
router_send home 10.0.4.2 -t 20 || net_fail "no return with hop limit 20"
wait_for "what b returned" capture_has seen 3 'src 10.0.4.2 and ip[8] = 61'
wait_for "in IPv6" capture_has seen 2 'src 2001:db8:4::2 and ip6[7] = 61'

# One that this node made itself, or that has the sender's source spoofed, is
# not returned: it goes on.
router_program now <<'END'
	.program now
	.hooks egress
	.text
	return
END
in_ns b wasp-send -W 0 "$NET_DIR/now" 10.0.3.1 >/dev/null
wait_for "b's own" router_counted b 'return refused: own source' 1
router_send back-egress 10.0.4.2 -W 0 -S 10.0.3.77
wait_for "one with a strange source" router_counted r2 \
	'return refused: reverse path' 1
[ "$(router_count b 'could not be sent')" = 0 ] || net_fail "b could not send"
exit 0
