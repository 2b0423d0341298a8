#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Invitations can not be forged, moved without their secret, made for somebody
# else, or used elsewhere than where they were made; what comes back has nobody's
# rights; and nothing makes a packet more, or larger.
#
#	a -- r1 (c) -- client eth0 [r2] eth1 guest -- r3 -- b
#	               guest eth2 --'  '-- eth3 internal, operator
#	       g -------------------'      `---- o, the operator's
#
# a, which invites, and o run waspd too, but only where packets come in, so that
# they return what asks for it.  r1, whose address c is a client's too, and r3 know
# nothing of WASP.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
net_start jq
router_pins
net_line
n=5
for host in g o; do
	net_ns $host
	net_link r2 eth$((n - 3)) $host eth0
	net_addr r2 eth$((n - 3)) 10.0.$n.1/24 2001:db8:$n::1/64
	net_addr $host eth0 10.0.$n.2/24 2001:db8:$n::2/64
	net_route $host default 10.0.$n.1
	net_route $host ::/0 2001:db8:$n::1
	n=$((n + 1))
done
for host in a b r1 r3; do
	case $host in a) n=1.2 ;; b) n=4.1 ;; r1) n=2.2 ;; r3) n=3.1 ;; esac
	net_route $host default 10.0.$n
	net_route $host ::/0 2001:db8:${n%.*}::${n#*.}
done
cat >"$NET_DIR/r2.conf" <<'END'
operator-prefixes = { "10.0.6.2/32", "2001:db8:6::2/128" }
interface eth0 { role = client }
interface eth1 { role = guest }
interface eth2 { role = guest }
interface eth3 { role = internal operator = true }
END
echo 'interface eth0 { role = client egress = false }' >"$NET_DIR/host.conf"
router_start r2 -c "$NET_DIR/r2.conf"
router_start a -c "$NET_DIR/host.conf"
router_start o -c "$NET_DIR/host.conf"

# program NAME HOOKS: the instructions are standard input; results are pushed.
program()
{
	name=$1
	{
		cat <<-END
			.program $name
			.hooks $2
			.data
		key:	.key protected, 0
		secret:	.secret 0
		name:	.key invitation, 0
			.cursor trail
		trail:	.word 9, 9, 9, 9, 9, 9
			.text
		END
		cat
	} | router_program "$name"
}
program invite_in ingress <<-'END'
	invite r0, [secret]
	push r0
END
program invite_out egress <<-'END'
	invite r0, [secret]
	push r0
END
program follow_in ingress <<-'END'
	reroute r0, [name]
	push r0
END
program follow_out egress <<-'END'
	reroute r0, [name]
	push r0
END
program follow 'ingress, egress' <<-'END'
	reroute r0, [name]
	push r0
END
# By other instructions.
program touch 'ingress, egress' <<-'END'
	insert r0, [name]
	push r0
	lookup r0, [name]
	push r0
END
# The host that it is for returns it, and it invites for that host.
program lure 'ingress, back' <<-'END'
	env r0, local
	bz r0, on
	return
on:	env r0, back
	bz r0, out
	invite r0, [secret]
	push r0
	reroute r0, [name]
	push r0
out:	forward
END
program lure_out 'ingress, egress, back' <<-'END'
	env r0, local
	bz r0, on
	return
on:	env r0, back
	bz r0, out
	env r0, hook
	addi r0, -2
	bnz r0, out
	invite r0, [secret]
	push r0
out:	forward
END
# Asks for the operator's right wherever it comes, there and back.
program want 'ingress, egress, back' <<-'END'
	insert r0, [key]
	push r0
	env r0, local
	bz r0, out
	return
out:	forward
END
# All at once.
program greedy 'ingress, egress, back' <<-'END'
	invite r0, [secret]
	reroute r1, [name]
	push r1
	return
END
program jump 'ingress, egress' <<-'END'
	reroute r1, [name]
	push r1
	bz r1, out
	return
out:	forward
END
for host in r1-eth1 r3-eth0 g-eth0 o-eth0; do
	capture_start ${host%-*} ${host%-*} ${host#*-} -Q in \
		'ip proto 253 or ip6 proto 253 or udp port 1021'
done

# A secret and the name that belongs to it, which are others in each try of
# router_young.
new_secret()
{
	secret=$(printf 0x5ec4e70000%06x $router_number)
	name=$(printf '%s\n' '.hooks none' .data "mine: .secret $secret" \
		'name: .key invitation, of mine' .text forward |
		wasp-as | wasp-run --json | jq -r .words.name)
	# of a key, -s sets all but its space
	low=0x$(echo "$name" | cut -c 3 | tr cdef 0123)${name#0x?}
}
# sends FROM TO PROGRAM [OPTIONS]
sends()
{
	from=$1 to=$2 object=$3
	shift 3
	router_number=$((router_number + 1))
	in_ns "$from" wasp-send -W 0 --ident $router_number \
		-s secret="$secret" -s name="$low" "$@" "$NET_DIR/$object" \
		"$to" >"$NET_DIR/send.log" 2>&1 || net_fail "$from can not send"
}
# arrived AT: where that packet went from r2, and what its hooks wrote; it is in
# $NET_DIR/arrived.
arrived()
{
	wasp-dump --json --notes "$NET_DIR/$object" -r "$NET_DIR/$1.pcap" |
		jq -r "select(.wasp.ident == $router_number) |
			\"\(.ip.dst) \(.wasp.words.trail - [9])\"" \
			>"$NET_DIR/arrived"
	[ -s "$NET_DIR/arrived" ]
}
# Where an invitation died too early, it has gone elsewhere.
arrived_or_strayed()
{
	arrived "$1" && return
	for other in r1 r3 g o; do
		[ $other = "$1" ] || ! arrived $other || router_is_young
	done
	return 1
}
# finds AT "ADDRESS TRAIL" FROM TO PROGRAM [OPTIONS]: so it comes to AT from r2.
finds()
{
	at=$1 want=$2
	shift 2
	sends "$@"
	wait_for "$object of $from at $at" arrived_or_strayed "$at"
	[ "$(cat "$NET_DIR/arrived")" = "$want" ] ||
		router_wrong "$*: at $at $(cat "$NET_DIR/arrived"), not $want"
}
# leads TO: what b sends to nobody behind r1, following the name.
leads()
{
	if [ "$1" = nowhere ]; then
		finds r1 "$T [0]" b "$T" follow_in
	else
		finds r1 "$1 [1]" b "$T" follow_in
	fi
}

# What they are for.
leads_home()
{
	new_secret
	leads nowhere
	finds r3 "$B [2]" a "$B" invite_out
	leads "$A"
}

# Who knows the name can follow it, and nothing else.
keeps_to_its_secret()
{
	new_secret
	finds r3 "$B [2]" a "$B" invite_out
	finds r3 "$B [2]" r1 "$B" invite_out -S "$C" -s secret="$name"
	finds r3 "$B [2]" r1 "$B" invite_out -S "$C" -s secret="0x4${secret#0x5}"
	leads "$A"
}

is_out_of_reach()
{
	new_secret
	finds r3 "$B [2]" a "$B" invite_out
	finds r3 "$B [0,0,0,0]" r1 "$B" touch -S "$C"
	finds r1 "$C [0,0,0,0]" b "$C" touch
	leads "$A"
}

# With the secret it moves.
moves_by_secret()
{
	new_secret
	finds r3 "$B [2]" a "$B" invite_out
	finds r3 "$B [1]" r1 "$B" invite_out -S "$C"
	leads "$C"
}

# By a forged source, a guest moves none, and makes none: neither to its
# own side nor to another one.
refuses_forgers()
{
	new_secret
	finds r3 "$B [2]" r1 "$B" invite_out -S "$C"
	finds r1 "$T [0]" b "$T" invite_in -S "$A"
	finds g "$G [0]" b "$G" invite_out -S "$A"
	leads "$C"
}

refuses_guests()
{
	new_secret
	finds r3 "$B [2]" r1 "$B" invite_out -S "$C"
	finds r3 "$B [0]" g "$B" invite_out -S "$A"
	finds r3 "$B [0]" g "$B" invite_out
	# Nor does a client for another behind another interface.
	finds r3 "$B [0]" a "$B" invite_out -S "$G"
	leads "$C"
}

# A program that comes back invites nobody; the addresses would suit.
refuses_those_that_return()
{
	new_secret
	finds r3 "$B [0,0]" b "$A" lure
	finds r3 "$B [0]" b "$A" lure_out
	leads nowhere
}

# Nor is one that comes back led elsewhere, as those are that clients send.
leads_none_that_return()
{
	new_secret
	finds r1 "$A [2]" o "$A" invite_out
	finds o "$O [1]" a "$B" follow_in
	finds r3 "$B [0,0]" b "$A" lure
}

# Over UDP neither.
refuses_udp()
{
	new_secret
	finds r3 "$B [0]" a "$B" invite_out -u
	leads nowhere
	finds r3 "$B [2]" a "$B" invite_out
	finds r1 "$T [0]" b "$T" follow_in -u
	leads "$A"
}

# Where it was made, the other way, and nowhere else: not from another
# guest, not by clients, not where it left, and not in the other family.
serves_its_way_only()
{
	new_secret
	finds r3 "$B [2]" a "$B" invite_out
	finds r1 "$T [0]" g "$T" follow_in
	finds r1 "$T [0]" b "$T" follow_out
	leads "$A"
}

serves_no_other()
{
	new_secret
	finds r3 "$B [2]" a "$B" invite_out
	finds r3 "$B [0]" r1 "$B" follow_in -S "$C"
	finds r3 "$B [0]" r1 "$B" follow_out -S "$C"
	finds r1 "$T_other [0]" b "$T_other" follow_in
	leads "$A"
}

# Who was led by one is not led by another: a invites where b's packets
# come in, c where they leave.
leads_once()
{
	new_secret
	finds r3 "$B [2]" a "$B" invite_out
	finds r3 "$B [2]" r1 "$B" invite_in -S "$C"
	finds r1 "$A [1,0]" b "$T" follow
}

# One that was made where packets come in, for those that leave there.
serves_those_that_leave()
{
	new_secret
	finds r3 "$B [2]" a "$B" invite_in
	finds r1 "$A [1]" b "$T" follow_out
	finds r1 "$T [0]" b "$T" follow_out -u
	finds r1 "$T_other [0]" b "$T_other" follow_out
}

serves_no_other_that_leave()
{
	new_secret
	finds r3 "$B [2]" a "$B" invite_in
	finds g "$G [0]" b "$G" follow_out
	finds r1 "$T [0]" g "$T" follow_in
	finds r3 "$B [0,0]" r1 "$B" follow -S "$C"
	finds r1 "$A [1]" b "$T" follow_out
}

# Nobody forges it by another interface; with the secret it moves.
moves_where_it_came()
{
	new_secret
	finds r3 "$B [2]" a "$B" invite_in
	finds r1 "$T [0]" b "$T" invite_in -S "$G"
	finds r1 "$A [1]" b "$T" follow_out
	finds r3 "$B [1]" r1 "$B" invite_in -S "$C"
	finds r1 "$C [1]" b "$T" follow_out
}

# A guest's own leads no other guest to it.
leads_no_guest_to_guest()
{
	new_secret
	finds r1 "$A [2]" g "$A" invite_in
	finds g "$G [0]" b "$G" follow_out
}

# What the operator's host returns has nobody's rights; it itself has.
gives_back_no_rights()
{
	new_secret
	key=$router_number
	finds r1 "$A [0,0,0,0,0]" a "$O" want -s key=$key
	finds r1 "$A [2,1]" o "$A" want -s key=$key
}

for family in 4 6 4; do
	case $family in
	4) p=10.0. s=. A=10.0.1.1 T=10.0.1.99 T_other=2001:db8:1::99 ;;
	6) p=2001:db8: s=:: A=2001:db8:1::1 T=2001:db8:1::99 T_other=10.0.1.99 ;;
	esac
	C=${p}2${s}1 B=${p}4${s}2 G=${p}5${s}2 O=${p}6${s}2
	for claim in leads_home keeps_to_its_secret is_out_of_reach \
	    moves_by_secret refuses_forgers refuses_guests \
	    refuses_those_that_return leads_none_that_return refuses_udp \
	    serves_its_way_only serves_no_other leads_once \
	    serves_those_that_leave serves_no_other_that_leave \
	    moves_where_it_came leads_no_guest_to_guest \
	    gives_back_no_rights; do
		router_young $claim
	done
done

# Nothing becomes more, or larger: all that goes into r2 on its four links, and
# all that comes out.  Ten packets of each kind from everybody to everybody; b and
# g follow a's invitation, and a returns what finds it.
for host in r1 r3 g o; do
	capture_stop $host
done
family=4 A=10.0.1.1 B=10.0.4.2 C=10.0.2.1 G=10.0.5.2 O=10.0.6.2 T=10.0.1.99
router_number=$((router_number + 100))
for way in in out; do
	for host in r1-eth1 r3-eth0 g-eth0 o-eth0; do
		capture_start ${host%-*}-$way ${host%-*} ${host#*-} -Q $way \
			'ip proto 253'
	done
done
new_secret
sends a "$B" invite_out
for object in greedy jump lure lure_out follow_in follow_out; do
	for way in "a $B" "a $G" "a $O" "b $A" "b $T" "b $G" "g $A" "g $T" \
	    "g $B" "o $A" "o $B" "r1 $G"; do
		sends "${way% *}" "${way#* }" "$object" -c 10 -i 1ms
	done
done
# All are over when the last answers have come, and captures tell of no more.
total()
{
	for host in r1 r3 g o; do
		capture_count $host-$1
	done | awk '{ n += $1 } END { print n + 0 }'
}

quiet()
{
	before="$(total in) $(total out)"
	for host in r1 r3 g o; do
		in_ns a ping -q -c 3 -i 0.05 -W 5 "$B"
	done
	[ "$before" = "$(total in) $(total out)" ] && [ "${before% *}" -gt 0 ] &&
		[ "${before#* }" -ge 700 ]
}
wait_for "the end" quiet
for host in r1 r3 g o; do
	capture_stop $host-in
	capture_stop $host-out
done
[ "$(total in)" -le "$(total out)" ] ||
	net_fail "$(total out) went into r2, and $(total in) came out"
largest()
{
	for host in r1 r3 g o; do
		tcpdump -n -e -r "$NET_DIR/$host-$1.pcap" 2>/dev/null
	done | sed -n 's/.*, length \([0-9]*\): .*/\1/p' | sort -n | tail -n 1
}
[ "$(largest in)" -le "$(largest out)" ] || net_fail "some became larger"
exit 0
