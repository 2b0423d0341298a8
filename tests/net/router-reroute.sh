#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Rerouted at egress: by the same interface, to the neighbour that the new
# destination has, with the hop limit that any packet has there, and run once;
# also what is translated, and what the router makes.  Never to where the route
# leaves by another interface, nor past a firewall, over UDP, twice, or inside.
#
#	a -- client eth0 [r1] client eth1 --+-- h1   h2
#	c -- guest  eth2 [  ]               +-- g -- f
#
# f is behind a gateway on h1's and h2's LAN.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
net_start jq iptables
router_pins
for host in a c r1 h1 h2 g f lan; do
	net_ns $host
done
net_router r1
net_router g
in_ns lan ip link add br0 type bridge || net_skip "no bridge"
in_ns lan ip link set br0 up
net_link a eth0 r1 eth0
net_link c eth0 r1 eth2
net_link f eth0 g eth1
for host in r1:eth1 h1:eth0 h2:eth0 g:eth0; do
	net_link ${host%:*} ${host#*:} lan to-${host%:*}
	in_ns lan ip link set to-${host%:*} master br0 || exit 99
done
# addresses HOST IF N.HOST: of link N, and the way to all others
addresses()
{
	net_addr $1 $2 10.0.$3/24 2001:db8:${3%.*}::${3#*.}/64
}
addresses r1 eth0 1.1
addresses r1 eth1 2.1
addresses r1 eth2 3.1
addresses a eth0 1.2
addresses c eth0 3.2
addresses h1 eth0 2.2
addresses h2 eth0 2.3
addresses g eth0 2.4
addresses g eth1 4.1
addresses f eth0 4.2
for host in a:1 c:3 h1:2 h2:2 g:2 f:4; do
	net_route ${host%:*} default 10.0.${host#*:}.1
	net_route ${host%:*} ::/0 2001:db8:${host#*:}::1
done
net_via r1 2.4 4
roles='eth0=client eth1=client eth2=guest'
# shellcheck disable=SC2086
router_start r1 $roles

# Host n invites by its secret, which is another one each time; who follows tells
# whether, and whither.
cat >"$NET_DIR/invite.wasp" <<'END'
	.program invite
	.hooks ingress
	.data
mine:	.secret SECRET
	.text
	invite r0, [mine]
END
# follower NAME HOOKS: knows an invitation by the same secret; its code is read.
follower()
{
	{
		cat <<-END
			.program follower
			.hooks $2
			.data
		mine:	.secret SECRET
		name:	.key invitation, of mine
			.cursor trail
		trail:	.word 9, 9, 9
			.text
		END
		cat
	} >"$NET_DIR/$1.wasp"
}
for hook in egress ingress; do
	follower follow-$hook $hook <<-END
		reroute r0, [name]
		push r0
		push hops
	END
done
{
	echo '	.header rerouted, 1'
	cat "$NET_DIR/follow-egress.wasp"
} >"$NET_DIR/follow-marked.wasp"
# Returned by the host that it is for, if that runs it.
follower call 'ingress, egress' <<'END'
	env r0, local
	bz r0, on
	return
on:	reroute r0, [name]
	push r0
END

H1=10.0.2.2 H2=10.0.2.3
family=4
address()
{
	if [ $family = 4 ]; then
		echo 10.0.$1
	else
		echo 2001:db8:${1%.*}::${1#*.}
	fi
}

# program NAME N: by the secret that host n has in this try of router_young.
program()
{
	wasp-as -D SECRET=$((router_number / 100 * 10 + $2)) \
		-o "$NET_DIR/$1" "$NET_DIR/$1.wasp" || exit 99
}

# sends FROM NAME TO [OPTION...]
sends()
{
	from=$1 object=$2 to=$3
	shift 3
	router_number=$((router_number + 1))
	in_ns $from wasp-send -q -W 0 -t 40 --ident $router_number "$@" \
		"$NET_DIR/$object" "$to" >"$NET_DIR/send.log" ||
		net_fail "$from can not send"
}

# seen: where that packet came, what it wrote, its mark, how many hops it lost.
seen()
{
	for host in a h1 h2 f; do
		router_wasp $host | sed "s/^{/{\"at\":\"$host\",/"
	done | jq -re --argjson ident $router_number '
		select(.wasp.ident == $ident) | "\(.at) \(
		.wasp.scratchpad[4:6] | join(" ")) \(
		if .wasp.rerouted then 1 else 0 end) \(40 - .ip.ttl)"' | grep .
}

# invite N: 3 is h2, 4 is f, 2 is nobody; r1 has run it.
invite()
{
	case $1 in 2) return ;; 3) inviter=h2 ;; 4) inviter=f ;; esac
	program invite $1
	sends $inviter invite "$(address 1.2)"
	wait_for "the invitation of $inviter" seen
}

# goes FROM ADDRESS HOOK-N HOST RESULT HOPS [OPTION...]: a packet that follows
# invitation N at that hook comes to a host, by its MAC, having been rerouted or
# not, having run once, after so many hops.
goes()
{
	way="what goes from $1 to $2 by $3" follow=follow-${3%-*}
	case $3 in marked-*) mark=1 ;; *) mark=$5 ;; esac
	want="$4 $5 1 $mark $6"
	program $follow ${3#*-}
	from=$1 address=$2
	shift 6
	sends $from $follow $address "$@"
	wait_for "$way" seen
	[ "$(seen)" = "$want" ] || router_wrong "$way: $(seen), not $want"
}

for host in a h1 h2 f; do
	mac=$(in_ns $host cat /sys/class/net/eth0/address)
	capture_start $host $host eth0 "ether dst $mac and (ip proto 253 or \
ip6 proto 253 or udp port 1021)"
done

# Invited, one packet goes; where r1 does not know the neighbour; where the host
# has moved meanwhile.
goes_to_known()
{
	invite ${3#*-}
	goes "$@"
}
goes_to_unknown()
{
	invite ${3#*-}
	in_ns r1 ip neigh flush dev eth1
	goes "$@"
}
goes_to_moved()
{
	in_ns r1 ip route del "$h2" 2>/dev/null
	invite ${3#*-}
	in_ns r1 ip route add "$h2" via "$(address 3.2)" || exit 99
	goes "$@"
}
known='router_young goes_to_known'
for family in 4 6; do
	h1=$(address 2.2) h2=$(address 2.3) f=$(address 4.2)
	# Two hosts on one LAN, whether the neighbour is known or not.
	router_young goes_to_unknown a "$h1" egress-3 h2 1 1
	$known a "$h1" egress-3 h2 1 1
	$known c "$h1" egress-3 h2 1 1
	# From a neighbour to one behind a gateway, and the reverse.
	router_young goes_to_unknown a "$h1" egress-4 f 1 2
	$known a "$f" egress-3 h2 1 1
	# What the router makes itself, of which it takes no hop.
	$known r1 "$h1" egress-3 h2 1 0
	# Not over UDP, not when it was rerouted before, not by an invitation
	# that is not there, or not for this side.
	$known a "$h1" egress-3 h1 0 1 -u
	$known a "$h1" marked-3 h1 0 1
	$known a "$h1" egress-2 h1 0 1
	$known a "$h1" ingress-3 h1 0 1
	# Not to who has moved behind another interface.
	router_young goes_to_moved a "$h1" egress-3 h1 0 1
	in_ns r1 ip route del "$h2"
done

# What does not fit the way to its new destination is told to its source.
family=4
told()
{
	in_ns r1 ip route del $H2 2>/dev/null
	invite 3
	in_ns r1 ip route add $H2 dev eth1 mtu lock 68 || exit 99
	program follow-egress 3
	in_ns a wasp-send -W 5 "$NET_DIR/follow-egress" $H1 >"$NET_DIR/send.log"
	grep -q 'too big for the next link, which takes 68 bytes' \
		"$NET_DIR/send.log" || router_wrong "what is too big was not told"
}
router_young told
in_ns r1 ip route del $H2

# Its source is translated as before, and so is what comes back: h2 returns it.
call()
{
	invite 3
	program call 3
	in_ns a wasp-send --json -W 5 "$NET_DIR/call" "$(address 2.2)" \
		>"$NET_DIR/reply" || router_wrong "no reply through masquerading"
	router_replied "\"from\":\"$(address 2.3)\""
	router_replied ',0,1,9]'
}
router_start h2 eth0=client
for family in 4 6; do
	case $family in 4) tables=iptables ;; 6) tables=ip6tables ;; esac
	in_ns r1 $tables -t nat -A POSTROUTING -o eth1 -j MASQUERADE ||
		net_fail "$tables can not masquerade"
	router_young call
	$known a "$(address 2.2)" egress-3 h2 1 1
	wait_for "a translated one" capture_has h2 1 \
		"$([ $family = 4 ] && echo ip || echo ip6) src $(address 2.1)"
	in_ns r1 $tables -t nat -F
done

# A firewall judges it by its new destination; where it can not, nothing is led
# past it.
in_ns r1 iptables -A FORWARD -d $H2 -p 253 -j DROP || net_fail "no iptables"
family=4
judged()
{
	invite 3
	program follow-egress 3
	sends a follow-egress $H1
	in_ns a ping -q -c 1 -W 5 $H2 >/dev/null || net_fail "no ping"
	seen >"$NET_DIR/seen" && router_wrong \
		"led past the firewall: $(cat "$NET_DIR/seen")"
	in_ns r1 iptables -L FORWARD -v -n -x | grep -q '^ *1 .* 10.0.2.3' ||
		net_fail "the firewall has not judged it"
}
# What waspd knows of chains is up to a second old.
is_not_led()
{
	($known a $H1 egress-3 h1 0 1)
	not_led=$?
	router_number=$((router_number + 1000))	# more than were used there
	return $not_led
}
if is_xdp; then
	router_young judged
	in_ns r1 iptables -F FORWARD
	$known a $H1 egress-3 h2 1 1
else
	wait_for "r1 to know of the chain" is_not_led
fi

# Inside the operator's domain nothing is rerouted.
net_stop r1
router_start r1 eth0=client eth1=internal eth2=guest
$known a $H1 egress-3 h1 0 1
[ "$(router_count r1 'could not be sent')" = 0 ] || net_fail "r1 could not send"
exit 0
