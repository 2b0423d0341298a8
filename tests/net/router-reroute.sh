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

# Host n invites by secret n; who follows tells whether, and whither.
for n in 2 3 4; do
	router_program invite-$n <<-END
		.program invite
		.hooks ingress
		.data
	mine:	.secret $n
		.text
		invite r0, [mine]
	END
	for hook in egress ingress; do
		router_program follow-$hook-$n <<-END
			.program follow
			.hooks $hook
			.data
		mine:	.secret $n
		name:	.key invitation, of mine
			.cursor trail
		trail:	.word 9, 9, 9
			.text
			reroute r0, [name]
			push r0
			push hops
		END
	done
done

{
	echo '	.header rerouted, 1'
	wasp-dis "$NET_DIR/follow-egress-3"
} | router_program follow-marked-3

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

# invite HOST N: r1 has seen it when a ping, which comes behind it, is answered.
invite()
{
	in_ns $1 wasp-send -q -W 0 "$NET_DIR/invite-$2" "$(address 1.2)" \
		>/dev/null || net_fail "$1 can not invite"
	in_ns $1 ping -q -c 1 -W 5 "$(address 1.2)" >/dev/null ||
		net_fail "no ping from $1"
}

# goes FROM ADDRESS HOOK-N TO RESULT HOPS [OPTION...]: a packet that follows
# invitation N at that hook comes to a host, by its MAC, having been rerouted or
# not, having run once, after so many hops.
ident=0
goes()
{
	from=$1 address=$2 n=$3 to=$4 result=$5 hops=$6
	shift 6
	ident=$((ident + 1))
	in_ns $from wasp-send -q -W 0 -t 40 --ident $ident "$@" \
		"$NET_DIR/follow-$n" "$address" >"$NET_DIR/send.log" ||
		net_fail "$from can not send"
	wait_for "number $ident, to $address by $n, for $to" at $to
	case $n in marked-*) mark=1 ;; *) mark=$result ;; esac
	want="$to $result 1 $mark $hops"
	[ "$(seen)" = "$want" ] || net_fail \
		"number $ident, to $address by $n: $(seen), not $want"
}

# seen: where that packet came, what it wrote, its mark, how many hops it lost.
seen()
{
	for host in a h1 h2 f; do
		at $host
	done
}
at()
{
	router_wasp $1 | jq -re --arg host $1 --argjson ident $ident '
		select(.wasp.ident == $ident) | "\($host) \(
		.wasp.scratchpad[4:6] | join(" ")) \(
		if .wasp.rerouted then 1 else 0 end) \(40 - .ip.ttl)"' | grep .
}

for host in a h1 h2 f; do
	mac=$(in_ns $host cat /sys/class/net/eth0/address)
	capture_start $host $host eth0 "ether dst $mac and (ip proto 253 or \
ip6 proto 253 or udp port 1021)"
done

# Each invites anew, since all this may take longer than an invitation lives.
both()
{
	case $3 in *-3) invite h2 3 ;; *-4) invite f 4 ;; esac
	goes "$@"
}
for family in 4 6; do
	h1=$(address 2.2) h2=$(address 2.3) f=$(address 4.2)
	# Two hosts on one LAN, whether the neighbour is known or not.
	invite h2 3
	in_ns r1 ip neigh flush dev eth1
	goes a "$h1" egress-3 h2 1 1
	both a "$h1" egress-3 h2 1 1
	both c "$h1" egress-3 h2 1 1
	# From a neighbour to one behind a gateway, and the reverse.
	invite f 4
	in_ns r1 ip neigh flush dev eth1
	goes a "$h1" egress-4 f 1 2
	both a "$f" egress-3 h2 1 1
	# What the router makes itself, of which it takes no hop.
	both r1 "$h1" egress-3 h2 1 0
	# Not over UDP, not when it was rerouted before, not by an invitation
	# that is not there, or not for this side.
	both a "$h1" egress-3 h1 0 1 -u
	both a "$h1" marked-3 h1 0 1
	goes a "$h1" egress-2 h1 0 1
	both a "$h1" ingress-3 h1 0 1
	# Not to who has moved behind another interface.
	invite h2 3
	in_ns r1 ip route add "$h2" via "$(address 3.2)" || exit 99
	goes a "$h1" egress-3 h1 0 1
	in_ns r1 ip route del "$h2"
done

# What does not fit the way to its new destination is told to its source.
family=4
invite h2 3
in_ns r1 ip route add $H2 dev eth1 mtu lock 68 || exit 99
in_ns a wasp-send -W 5 "$NET_DIR/follow-egress-3" $H1 >"$NET_DIR/send.log"
grep -q 'too big for the next link, which takes 68 bytes' "$NET_DIR/send.log" ||
	net_fail "what is too big was not told"
in_ns r1 ip route del $H2

# Its source is translated as before, and so is what comes back: h2 returns it.
router_program call <<'END'
	.program call
	.hooks ingress, egress
	.data
mine:	.secret 3
name:	.key invitation, of mine
	.cursor trail
trail:	.word 9, 9, 9
	.text
	env r0, local
	bz r0, on
	return
on:	reroute r0, [name]
	push r0
END
router_start h2 eth0=client
for family in 4 6; do
	case $family in 4) tables=iptables ;; 6) tables=ip6tables ;; esac
	in_ns r1 $tables -t nat -A POSTROUTING -o eth1 -j MASQUERADE ||
		net_fail "$tables can not masquerade"
	invite h2 3
	in_ns a wasp-send --json -W 5 "$NET_DIR/call" "$(address 2.2)" \
		>"$NET_DIR/reply" || net_fail "no reply through masquerading"
	router_replied "\"from\":\"$(address 2.3)\""
	router_replied '"scratchpad":[0,3'
	router_replied ',0,1,9]'
	both a "$(address 2.2)" egress-3 h2 1 1
	wait_for "a translated one" capture_has h2 1 \
		"$([ $family = 4 ] && echo ip || echo ip6) src $(address 2.1)"
	in_ns r1 $tables -t nat -F
done

# A firewall judges it by its new destination; where it can not, nothing is led
# past it.
in_ns r1 iptables -A FORWARD -d $H2 -p 253 -j DROP || net_fail "no iptables"
family=4
is_xdp || sleep 1		# what waspd knows of chains is as old
invite h2 3
if is_xdp; then
	ident=$((ident + 1))
	in_ns a wasp-send -q -W 0 --ident $ident "$NET_DIR/follow-egress-3" \
		$H1 >"$NET_DIR/send.log"
	in_ns a ping -q -c 1 -W 5 $H2 >/dev/null || net_fail "no ping"
	[ -z "$(seen)" ] || net_fail "led past the firewall: $(seen)"
	in_ns r1 iptables -L FORWARD -v -n -x | grep -q '^ *1 .* 10.0.2.3' ||
		net_fail "the firewall has not judged it"
	in_ns r1 iptables -F FORWARD
	both a $H1 egress-3 h2 1 1
else
	goes a $H1 egress-3 h1 0 1
fi

# Inside the operator's domain nothing is rerouted.
net_stop r1
router_start r1 eth0=client eth1=internal eth2=guest
both a $H1 egress-3 h1 0 1
[ "$(router_count r1 'could not be sent')" = 0 ] || net_fail "r1 could not send"
exit 0
