#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A packet to a group is run once where it enters a multicast router, and every
# copy where it leaves, on words of its own; in both families and encapsulations.
# At the members, too, if they have waspd.  Nobody returns it.
set -u
STORY=${SRC:?}/examples/lab
. "$STORY/net.sh"
. "$STORY/router.sh"
. "$STORY/tree.sh"
tree_start
tree_routers
router_start h4 eth0=client
router_program walk <<'END'
	.program walk
	.hooks ingress, egress
	.data
	.cursor trail
trail:	.space 48
	.text
	push hook
	push in_if
	push out_if
	push ttl
	push local
	push last
	return
END
# Where it is the second node and leaves by its second interface.
router_program prune <<'END'
	.program prune
	.hooks egress
	.text
	ldi r0, 2
	env r1, hops
	bne r0, r1, on
	env r1, out_if
	bne r0, r1, on
	drop
on:	forward
END
# Of what comes to a member.
for node in $TREE_MEMBERS; do
	capture_start at-$node $node eth0 ip proto 253 or udp or ip6
done

send()
{
	in_ns s wasp-send -q -W 0 "$@" >"$NET_DIR/send.log" 2>&1 ||
		net_fail "it could not be sent: $*"
}

send "$NET_DIR/walk" $TREE_GROUP
send -u "$NET_DIR/walk" $TREE_GROUP
send "$NET_DIR/walk" $TREE_GROUP6
send -u "$NET_DIR/walk" $TREE_GROUP6
send "$NET_DIR/prune" $TREE_GROUP
send "$NET_DIR/prune" $TREE_GROUP6
send "$NET_DIR/walk" $TREE_GROUP6

# The way to each: the interfaces in and out of all routers.
trail()
{
	at=$1 ttl=$2
	shift 2
	words=
	while [ $# != 0 ]; do
		words="$words,1,$1,0,$ttl,0,4294967295"
		ttl=$((ttl - 1))
		words="$words,2,$1,$2,$ttl,0,4294967295"
		shift 2
	done
	wait_for "five that went their way to $at" arrived $at "${words#,}" 5
	wait_for "$pruned at $at" has $at $pruned
}
has()
{
	[ "$(router_wasp "at-$1" | grep -c '"complaints":\[\]')" = "$2" ]
}

arrived()
{
	[ "$(router_wasp "at-$1" | grep -c "\"scratchpad\":\[$2[],]")" = "$3" ]
}

pruned=7
trail h1 64 4 1 4 1
trail h3 64 4 1 4 3
trail h4 64 4 2 2 1 3 1
trail h5 64 4 2 2 1 3 2
trail h6 64 4 3 3 1
pruned=5
trail h2 64 4 1 4 2
trail h7 64 4 3 3 2 3 1
trail h8 64 4 3 3 2 3 2
# Each walk at one ingress and at every egress; no return was heeded.
for router in r1:4:20 r2:4:20 r4:3:15 r5:3:15 r3:2:10; do
	name=${router%%:*}
	[ "$(router_count $name forwarded)" -ge "${router##*:}" ] ||
		net_fail "$name ran too few: $(cat "$NET_DIR/$name.log")"
	count=${router#*:}
	wait_for "returns that $name refused" router_counted $name \
		'return refused: address' $((${count%%:*} * 5))
done
wait_for "five at a member" router_counted h4 forwarded 5
[ "$(router_count h4 'return refused: address')" = 5 ] ||
	net_fail "h4 did not refuse five returns: $(cat "$NET_DIR/h4.log")"
[ "$(router_count r2 dropped)" = 2 ] || net_fail "r2 did not drop two copies"
exit 0
