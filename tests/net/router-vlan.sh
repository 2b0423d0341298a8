#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# VLANs, one tag and two, between routers: packets run where they enter and leave by
# a VLAN's own interface, know it, and return by it; what comes beside, untagged or
# with another tag, does not.  Kernels that make VLANs run this, so `make
# check-kernel` does, with both data paths.
#
#	a ------ r1 ====== r2 ====== b
#	    1     10, 11    20.30
#
# Link 2 is VLAN 10 upon the pair, and link 3 a VLAN 30 of 802.1Q in VLAN 20 of
# 802.1ad.  Link 8 is VLAN 11 beside the first, and link 9 the pair itself.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
net_start iptables ethtool
router_pins

# A driver hands over no tag beside the frame, nor takes one so: else XDP, which sees
# the frame, does not see the tag.
in_frame()
{
	in_ns "$1" ethtool -K "$2" rxvlan off txvlan off \
		rx-vlan-stag-hw-parse off tx-vlan-stag-hw-insert off \
		>"$NET_DIR/ethtool.log" 2>&1 || net_fail "$1 $2: ethtool"
}
# vlan NAME BELOW NUMBER [PROTOCOL]: BELOW.NUMBER there, up.
vlan()
{
	in_ns "$1" ip link add link "$2" name "$2.$3" type vlan id "$3" \
		protocol "${4:-802.1Q}" || net_skip "no VLAN"
	net_up "$1" "$2.$3"
}
for host in a r1 r2 b; do
	net_ns $host
done
net_router r1
net_router r2
net_line_link 1 a eth0 r1 eth0
net_line_link 9 r1 eth1 r2 eth0
net_link r2 eth1 b eth0
for end in "r1 eth1" "r2 eth0" "r2 eth1" "b eth0"; do
	in_frame ${end% *} ${end#* }
done
for end in "r1 eth1" "r2 eth0"; do
	vlan ${end% *} ${end#* } 10
	vlan ${end% *} ${end#* } 11
done
for end in "r2 eth1" "b eth0"; do
	vlan ${end% *} ${end#* } 20 802.1ad
	vlan ${end% *} ${end#* }.20 30
done
net_addr r1 eth1.10 10.0.2.1/24 2001:db8:2::1/64
net_addr r2 eth0.10 10.0.2.2/24 2001:db8:2::2/64
net_addr r1 eth1.11 10.0.8.1/24 2001:db8:8::1/64
net_addr r2 eth0.11 10.0.8.2/24 2001:db8:8::2/64
net_addr r2 eth1.20.30 10.0.3.1/24 2001:db8:3::1/64
net_addr b eth0.20.30 10.0.3.2/24 2001:db8:3::2/64
net_via a 1.2 2 3 8 9
net_via r1 2.2 3
net_via r2 2.1 1
net_via b 3.1 1 2 8 9

router_telling r1 eth0 eth1.10
router_telling r2 eth0.10 eth1.20.30
way=portable
if is_xdp; then
	way=xdp
fi
net_said r1 "ready:.* eth0=internal/$way eth1.10=internal/$way" ||
	net_fail "r1: another data path"
net_said r2 "ready:.* eth0.10=internal/$way eth1.20.30=internal/$way" ||
	net_fail "r2: another data path"

# Each hook writes which interfaces it knows; the N-th returns, none for 0.
look_program()
{
	router_program "look-$1" <<-END
		.program look
		.hooks ingress, egress
		.data
	count:	.word 0
	which:	.word $1
		.cursor trail
	trail:	.space 32
		.text
		ld r0, [count]
		addi r0, 1
		st r0, [count]
		push in_if
		push out_if
		ld r1, [which]
		bne r0, r1, on
		return
	on:	forward
	END
}
for n in 0 1 2 3 4; do
	look_program $n
done
# passes ADDRESS WHAT [OPTIONS]: four hooks run on the way to b, each told the
# interfaces by their numbers.
passes()
{
	pass_to=$1 pass_what=$2
	shift 2
	capture_start b b eth0.20.30
	router_send look-0 "$pass_to" -W 0 "$@"
	wait_for "$pass_what" capture_has b 1 "dst host $pass_to and not icmp6"
	capture_stop b
	router_wasp b >"$NET_DIR/reply"
	router_replied '"hops":2,'
	router_replied '"scratchpad":[4,0,1,0,1,2,1,0,1,2,'
}
# What comes out of r2 by the VLAN has both tags on the wire, and no more.
capture_start wire b eth0 'ether proto 0x88a8'
for to in 10.0.3.2 2001:db8:3::2; do
	passes $to "the packet for $to"
	passes $to "the packet in UDP for $to" -u
done
wait_for "the frames" capture_has wire 4 'ether[16:2] = 0x8100 and
	(ether[20:2] = 0x0800 or ether[20:2] = 0x86dd)'
capture_stop wire
in_ns a ping -q -c 2 -i 0.01 -s 1400 10.0.3.2 >/dev/null || net_fail "no ping"

# Back from each of them: at ingress by a VLAN, at egress into one.
for n in 1 2 3 4; do
	for to in 10.0.3.2 2001:db8:3::2; do
		for how in '' -u; do
			# shellcheck disable=SC2086
			router_send look-$n $to $how ||
				net_fail "hook $n to $to $how: no return"
			router_replied "\"scratchpad\":[$n,$n,"
		done
	done
done

# To r2's own addresses: the VLAN that is not configured, and the pair itself.
in_ns a ping -q -c 1 10.0.8.2 >/dev/null || net_fail "no ping by VLAN 11"
in_ns a ping -q -c 1 10.0.9.2 >/dev/null || net_fail "no ping by the pair"
capture_start beside r2 any
for net in 8 9; do
	for to in 10.0.$net.2 2001:db8:$net::2; do
		router_send look-0 $to -W 0
		wait_for "what goes to $to" capture_has beside 1 \
			"dst host $to and not icmp6"
	done
done
capture_stop beside
router_wasp beside >"$NET_DIR/reply"
grep -q '"hops":[2-9]' "$NET_DIR/reply" &&
	net_fail "run beside the VLAN: $(cat "$NET_DIR/reply")"
grep -q '"hops":1' "$NET_DIR/reply" || net_fail "not seen: the packets beside"

# The interface below as well: it, and its VLAN, are told apart.
router_telling_again()
{
	for router_if; do
		echo "interface $router_if { role = internal"
		echo "	tell = operator }"
	done >"$NET_DIR/r2.conf"
	ready=$(grep -c 'ready:' "$NET_DIR/r2.log")
	kill -HUP "$(cat "$NET_DIR/r2.pid")"
	wait_for "the new file" router_said_again r2 'ready:' "$ready"
}
router_said_again()
{
	[ "$(grep -c "$2" "$NET_DIR/$1.log")" -gt "$3" ]
}
router_telling_again eth0 eth0.10 eth1.20.30
net_said r2 "ready:.* eth0=internal/$way eth0.10=internal/$way" ||
	net_fail "r2: another data path below"
# in_by ADDRESS HOOK PLACES: r2 runs what is for itself, as the so many-th hook; the
# last of the places is where it came in.
in_by()
{
	router_send "look-$2" "$1" || net_fail "no reply from $1"
	router_replied "\"scratchpad\":[$2,$2,$3,0,"
}
for to in 10.0.2.2 2001:db8:2::2; do
	in_by $to 3 1,0,1,2,2,0
done
for to in 10.0.9.2 2001:db8:9::2; do
	in_by $to 2 1,0,1,0
done
router_telling_again eth0.10 eth1.20.30

# A VLAN that goes, and comes back.  The portable data path serves names, and has
# nothing to say of that.
says_now()
{
	! is_xdp || wait_for "$1" sh -c \
		"sed -n '/internal\/none/,\$p' '$NET_DIR/r2.log' |
		grep -q 'from now on.* eth0.10=internal/$2'"
}
in_ns r2 ip link del eth0.10
says_now "its end" none
vlan r2 eth0 10
net_addr r2 eth0.10 10.0.2.2/24 2001:db8:2::2/64
net_via r2 2.1 1
says_now "its return" xdp
in_ns a ping -q -c 1 10.0.3.2 >/dev/null || net_fail "no ping after its return"
passes 10.0.3.2 "a packet by the VLAN that came back"

if is_xdp; then
	# Killed, all goes on; and the next start takes over.
	net_stop r2 KILL
	passes 2001:db8:3::2 "a packet by what a killed waspd left"
	router_start r2 -c "$NET_DIR/r2.conf"
	net_said r2 'took over the store' || net_fail "it does not say so"
	passes 10.0.3.2 "a packet after the next start"

	# The device takes tags off: then the portable data path serves, and
	# serves, with auto.
	in_ns r2 ethtool -K eth0 rxvlan on >/dev/null || net_fail "rxvlan on"
	router_datapath=auto
	net_stop r2 || net_fail "status $?"
	router_start r2 -c "$NET_DIR/r2.conf"
	net_said r2 'ready:.* eth0.10=internal/portable eth1.20.30=internal/xdp' ||
		net_fail "served where it sees no tags"
	net_said r2 'eth0.10.*rxvlan off' || net_fail "it does not say why"
	passes 10.0.3.2 "a packet through both data paths"
fi
for router in r1 r2; do
	net_stop $router || net_fail "$router: status $?"
	router_clean $router || net_fail "$router: something was left"
done
exit 0
