#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A router translates what it sees often, and what it is told to; a translation
# at both hooks does what the interpreter did, serves on when waspd is killed,
# and goes with a clean stop.  A program that is not the same is interpreted.
set -u
WASP_DATAPATH=xdp
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
net_start bpftool jq
# Only r2 is asked: r1 and r3 route.
router_line r1

trail_program()
{
	router_program "$1" <<-END
		.program trail
		.hooks ingress, egress, back
		.data
	key:	.key public, "translated"
	seen:	.word 0
	is:	.word 0
		.cursor trail
	trail:	.space 8
		.text
		ldi r7, $2
		st r7, [is]
		push hook
		push ttl
		insert r0, [key]
		bz r0, on
		mov r1, t0
		addi r1, 1
		mov t0, r1
		st r1, [seen]
	on:	env r2, local
		bz r2, out
		return
	out:	forward
	END
}
# The way there and back passes four hooks of r1 with the entry, none at the address
# of r1 itself.  The number makes it another program.
trail_program common 7
trail_program other 8
number=8

config()
{
	cat >"$NET_DIR/r2.conf" <<-END
		interface eth0 { role = client }
		interface eth1 { role = internal }
		translate-after = 1
		$1
	END
}

# How many programs r2 has put where the hooks look for translations, with the
# interpreter of each hook.
programs()
{
	for map in "$NET_DIR"/bpf/r2/*/*-wasp_programs; do
		bpftool map dump pinned "$map"
	done | grep -c '^key.*value: [0-9a-f ]*$'
}

# send PROGRAM COUNT: to r2's far side and back, from a.
send()
{
	router_send "$1" 10.0.2.2 -c "$2" -i 1ms -W 5 ||
		net_fail "$1: no answer: $(cat "$NET_DIR/send.log")"
}
# What a packet brings: r2 is 10.0.2.2, so it runs at ingress, returns, and at
# egress on its way back; and at r1 both ways.
trail()
{
	jq -c 'select(.type == "reply") | .words.trail' "$NET_DIR/reply" |
		sort -u
}

config 'translate = off'
router_start r2 -c "$NET_DIR/r2.conf"
send common 100
trail >"$NET_DIR/interpreted"
[ -s "$NET_DIR/interpreted" ] || net_fail "no trail: $(cat "$NET_DIR/reply")"
[ "$(wc -l <"$NET_DIR/interpreted")" = 1 ] || net_fail 'more trails than one'
! grep -q "translated" "$NET_DIR/r2.log" || net_fail 'translated, but off'

# translates NAME HOW HOOK...: so configured, r2 translates it there.  What was too
# slow once is never tried again, so where the machine was, it is another program.
translates()
{
	name=$1 how=$2
	shift 2
	for try in 1 2 3 4 5 6 7 8; do
		number=$((number + 1))
		trail_program $name $number
		hash=$(wasp-as --hash "$NET_DIR/$name")
		config "$(echo "$how" | sed "s/HASH/$hash/")"
		kill -HUP "$(cat "$NET_DIR/r2.pid")"
		slow=0
		for hook; do
			wait_for "$name at $hook" sent_and_translated $hook
			! router_too_slow r2 $hash $hook || slow=1
		done
		[ $slow = 1 ] || return 0
	done
	net_fail "every time it took longer than 50 ms to load"
}
sent_and_translated()
{
	send "$name" 64
	router_translated r2 $hash $1
}
# Since it read its configuration.
loaded()
{
	awk '/: ready:/ { n = 0 } /: translated / { n++ } END { print n + 0 }' \
		"$NET_DIR/r2.log"
}

# Told so later, by the operator.
translates common 'translate = listed translate-programs = { "HASH" }' \
	ingress egress
send common 40
trail | cmp -s - "$NET_DIR/interpreted" || net_fail 'another trail translated'
send other 200
trail | cmp -s - "$NET_DIR/interpreted" || net_fail 'another trail of other'
router_replied '"is":8,'
other=$(wasp-as --hash "$NET_DIR/other")
! grep -q "translated $other" "$NET_DIR/r2.log" || net_fail 'not listed, but'
[ "$(programs)" = $((2 + $(loaded))) ] ||
	net_fail "$(programs) programs are there, $(loaded) of them translations"

# Hot: any.
translates other 'translate = hot' egress
send other 40
trail | cmp -s - "$NET_DIR/interpreted" || net_fail 'another trail, hot'

# Killed, they serve on.
kill -9 "$(cat "$NET_DIR/r2.pid")"
send common 40
trail | cmp -s - "$NET_DIR/interpreted" || net_fail 'another trail, killed'
[ "$(programs)" -ge 3 ] || net_fail 'they went with waspd'

# The next start begins anew, and a clean stop leaves nothing.
router_start r2 -c "$NET_DIR/r2.conf"
translates common 'translate = hot' egress
kill "$(cat "$NET_DIR/r2.pid")"
gone()
{
	! kill -0 "$(cat "$NET_DIR/r2.pid")" 2>/dev/null
}
wait_for 'the end' gone
router_clean r2 || net_fail "left: $(router_waspd r2 --clean 2>&1)"
