#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Programs run at ingress and egress of each router, change their words, go on,
# or are dropped where they say, in both families and encapsulations.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
router_line
router_program walk <<'END'
	.program walk
	.hooks ingress, egress
	.data
	.cursor trail
trail:	.space 12
	.text
	push hook
	push ttl
END
# Dropped where it is run for the second time: at r2.
for hook in ingress egress; do
	router_program drop-$hook <<-END
		.program drop
		.hooks $hook
		.data
	two:	.word 2
		.text
		env r0, hops
		ld r1, [two]
		beq r0, r1, here
		forward
	here:	drop
	END
done

capture_start b b eth0
# What XDP drops is not seen on r2.
capture_start before r1 eth1
capture_start after r2 eth1

# Nothing comes back (status 1); b got what six hooks wrote.
for to in 10.0.4.2 2001:db8:4::2; do
	for how in '' -u; do
		# shellcheck disable=SC2086
		router_send walk $to -W 0 $how
	done
done
wait_for "four at b" capture_has b 4 \
	'dst net 10.0.4.0/24 and not icmp or (dst net 2001:db8:4::/64 and not icmp6)'
# Then the programs that r2 drops, and last what all captures must see.
for to in 10.0.4.2 2001:db8:4::2; do
	router_send drop-ingress $to -W 0
	router_send drop-egress $to -W 0
done
wait_for "the drops" router_counted r2 dropped 4
for to in 10.0.4.2 2001:db8:4::2; do
	in_ns a ping -q -c 1 -W 5 $to >/dev/null || net_fail "no ping to $to"
done
for label in b before after; do
	wait_for "the last ping at $label" capture_has $label 1 \
		'icmp6 and ip6[40] = 128'
	capture_stop $label
done

router_wasp b >"$NET_DIR/b.json"
words='"scratchpad":\[1,64,2,63,1,63,2,62,1,62,2,61\]'
[ "$(grep -c "$words" "$NET_DIR/b.json")" = 4 ] ||
	net_fail "b did not get four packets with $words: $(cat "$NET_DIR/b.json")"
[ "$(grep '"hops":3' "$NET_DIR/b.json" | grep -c '"complaints":\[\]')" = 4 ] ||
	net_fail "b got damaged ones: $(cat "$NET_DIR/b.json")"
grep -q '"pad_length":1,' "$NET_DIR/b.json" && net_fail "a dropped one arrived"

dropped='(ip proto 253 and ip[2:2] < 60) or (ip6 proto 253 and ip6[4:2] < 60)'
[ "$(capture_count before "$dropped")" = 4 ] ||
	net_fail "r2 did not get the four that it drops"
[ "$(capture_count after "$dropped")" = 0 ] ||
	net_fail "r2 sent one on that it dropped"
[ "$(router_count r2 forwarded)" = 8 ] || net_fail "r2 did not count eight runs"
exit 0
