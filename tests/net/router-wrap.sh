#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Flows of unchanged applications carry programs: wrapped by the first router or
# host, unwrapped by the last, of both families.  What is sent arrives, with the
# hop limit, DSCP and ECN that it would have had; too large packets and expired
# ones are told of as if nothing was around them; no firewall is passed by.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
net_start iptables nft perl
router_pins
net_line
v4=10.0.4.2 v6=2001:db8:4::2

# Devices do what they can for the sender, as on any machine; see net_up.
if command -v ethtool >/dev/null; then
	for end in a:eth0 r1:eth0 r1:eth1 r2:eth0 r2:eth1 r3:eth0 r3:eth1 \
		b:eth0; do
		in_ns "${end%:*}" ethtool -K "${end#*:}" tx on tso on gso on \
			gro on >/dev/null 2>&1
	done
fi

# Every router that runs it leaves its address; kind, size and n are set.
router_program walk <<'END'
	.program walk
	.hooks ingress, egress
	.data
kind:	.word 7
size:	.word 0
n:	.word 0
late:	.word 9
trail:	.space 8
	.cursor trail
	.text
	push node4
	forward
END

# rules NAME ROLE0 ROLE1 RULE...: the configuration of a router or host; a rule
# is a line, and %walk stands for the program.
rules()
{
	rules_name=$1
	{
		echo "interface eth0 { role = $2 }"
		[ "$3" = - ] || echo "interface eth1 { role = $3 }"
		shift 3
		for rule; do
			echo "$rule" | sed "s|%walk|program = \"$NET_DIR/walk\"|"
		done
	} >"$NET_DIR/$rules_name.conf"
}

# reload NAME: the same again, by SIGHUP.
reload()
{
	reloads=$(grep -c ready: "$NET_DIR/$1.log")
	kill -HUP "$(cat "$NET_DIR/$1.pid")"
	wait_for "$1 to read again" more_ready "$1" "$reloads"
}
more_ready()
{
	[ "$(grep -c ready: "$NET_DIR/$1.log")" -gt "$2" ]
}

# same_sum ADDRESS SIZE HOPS [LIMIT [TOS]]: a sends, and b gets it so.
same_sum()
{
	sent=$(in_ns a perl "$SRC/tests/net/flow.pl" send "$1" 5004 "$2" \
		"${4:-64}" ${5:+"$5"})
	case $sent in
	[0-9]*) ;;
	*) net_fail "$1: $sent" ;;
	esac
	wait_for "$sent" net_said listen "^$3 ${5:-0x00} $sent\$"
}

# Both ways, whatever it is, by routers or by hosts.
there='wrap there { match = "any to 10.0.4.0/24" %walk
	set = { "kind = payload 1:2", "size = length", "n = counter",
		"late = payload 65000" } }
wrap there6 { match = "any to 2001:db8:4::/64" %walk
	set = { "kind = payload 1:2", "size = length", "n = counter" } }'
here='unwrap here { match = "any to 10.0.4.0/24" }
unwrap here6 { match = "any to 2001:db8:4::/64" }'
back='wrap back { match = "any to 10.0.1.0/24" %walk }
wrap back6 { match = "any to 2001:db8:1::/64" %walk }'
home='unwrap home { match = "any to 10.0.1.0/24" }
unwrap home6 { match = "any to 2001:db8:1::/64" }'

rules r1 client internal "$there" "$home"
rules r3 internal client "$back" "$here"
for router in r1 r3; do
	router_start $router -c "$NET_DIR/$router.conf"
done
router_start r2
net_spawn listen b perl "$SRC/tests/net/flow.pl" listen 5004
net_spawn tcp b perl "$SRC/tests/net/tcp.pl" serve 5080
wait_for "the receivers" net_said listen ready
wait_for "the server" net_said tcp ready

# What r2 sees carries the program, its words are set, what is inside is whole.
capture_start two r2 eth0 'ip proto 253 or ip6 proto 253 or udp or icmp or icmp6'
same_sum $v4 300 61
same_sum $v6 300 61
same_sum $v4 5 60 63 0x2a
same_sum $v6 5 60 63 0x2a
capture_stop two
[ "$(capture_count two udp)" = 0 ] || net_fail "r2 saw plain UDP"
router_wasp two >"$NET_DIR/json"
for wanted in '"src":"10.0.1.1","dst":"10.0.4.2","length":416' \
	'"src":"2001:db8:1::1","dst":"2001:db8:4::2","length":456' \
	'"ttl":63,"traffic_class":0,' '"ttl":62,"traffic_class":42,' \
	'"next_header":4,' '"next_header":41,' '"hops":[12],' '"seq":1,' \
	'"inside":{"version":4,"src":"10.0.1.1","dst":"10.0.4.2","length":328,' \
	'"scratchpad":\[6946,328,0,9,' '"scratchpad":\[6946,53,1,9,'; do
	[ "$(grep -c -e "$wanted" "$NET_DIR/json")" -ge 1 ] || {
		cp "$NET_DIR/json" "$NET_DIR/json.log"
		net_fail "r2 saw no $wanted"
	}
done
wait_for "the count of r1" router_counted r1 wrapped 4
wait_for "the count of r3" router_counted r3 unwrapped 4

# Whatever applications do, both ways: pings, and files by TCP, whose segments are
# full before they are wrapped; nothing but errors goes plain between the routers.
# The link in the middle is narrower, which r2 tells r1 and r3.
transfers()
{
	capture_start two r2 eth1 'tcp or udp or (icmp and icmp[0] != 3) or
		(icmp6 and ip6[40] >= 128 and ip6[40] < 133)'
	for to in $v4 $v6; do
		in_ns a ping -q -c 2 -i 0.1 -W 5 $to >"$NET_DIR/ping.log" ||
			net_fail "$1: no ping to $to"
		file=$(in_ns a perl "$SRC/tests/net/tcp.pl" get $to 5080)
		[ "$file" = "300000 bytes of 300000" ] ||
			net_fail "$1: TCP to $to: $file"
	done
	capture_stop two
	[ "$(capture_count two)" = 0 ] || {
		capture_print two >"$NET_DIR/print.log"
		net_fail "$1: plain packets"
	}
}
transfers "routers"
[ "$(router_count r1 'not wrapped: too large, the sender was told')" -gt 0 ] ||
	net_fail "r1 told nobody of its MTU"
in_ns r2 ip link set eth1 mtu 1450
in_ns r3 ip link set eth0 mtu 1450
transfers "routers, narrow"
[ "$(router_count r1 'errors about wrapped packets')" -gt 0 ] ||
	net_fail "r1 passed no error on"

# Where a link further on takes no more than IPv6 promises, a can not be told to
# send less, and what is too large when wrapped goes plain.
in_ns r2 ip link set eth1 mtu 1280
in_ns r3 ip link set eth0 mtu 1280
file=$(in_ns a timeout 120 perl "$SRC/tests/net/tcp.pl" get $v6 5080)
[ "$file" = "300000 bytes of 300000" ] || net_fail "TCP over 1280 bytes: $file"
[ "$(router_count r1 'not wrapped: would have to be cut')" -gt 0 ] ||
	net_fail "r1 wrapped what no path takes"
in_ns r2 ip link set eth1 mtu 1450
in_ns r3 ip link set eth0 mtu 1450

# Whom a packet expires at is heard as if there was nothing around it: each router
# has its turn, then the port that nobody listens to.
heard()
{
	hears=$(in_ns a perl "$SRC/tests/net/flow.pl" heard "$1" 5005 40 "$2")
	[ "${hears#*
}" = "$3" ] || net_fail "$1, hop limit $2: $hears"
}
heard $v4 1 "10.0.1.2 11 0"
heard $v4 2 "10.0.2.2 11 0"
heard $v4 3 "10.0.3.2 11 0"
heard $v4 4 "10.0.4.2 3 3"
heard $v6 1 "2001:db8:1::2 3 0"
heard $v6 2 "2001:db8:2::2 3 0"
heard $v6 3 "2001:db8:3::2 3 0"
heard $v6 4 "2001:db8:4::2 1 4"

# Hosts themselves do it: the routers only run what they see.
for router in r1 r3; do
	net_stop $router
	router_start $router
done
rules a client - "$there" "$home"
rules b client - "$back" "$here"
for host in a b; do
	router_start $host -c "$NET_DIR/$host.conf"
done
capture_start large a eth0 ip proto 253 and greater 1300 and src 10.0.1.1
transfers "hosts"
capture_stop large
# All of them ran where they left the host, also those for which the kernel has
# learnt of a narrower path.
[ "$(router_wasp large | grep -c .)" -gt 100 ] || net_fail "a sent no large ones"
router_wasp large | grep -v '"scratchpad":\[[0-9]*,[0-9]*,[0-9]*,[0-9]*,167772417,' \
	>"$NET_DIR/large.log" && net_fail "large packets did not run"
same_sum $v4 1000 61
same_sum $v6 1000 61 64 0x02
heard $v4 3 "10.0.3.2 11 0"
heard $v6 2 "2001:db8:2::2 3 0"

# Their own stateful firewalls know connections by what is inside.
stateful()
{
	in_ns "$1" nft -f - <<-'END' || net_fail "nft on $1"
	table inet strict {
		chain input {
			type filter hook input priority 0; policy drop;
			ct state established,related accept
			icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert,
				nd-router-advert } accept
			tcp dport { 5080 } accept
			icmp type echo-request accept
			icmpv6 type echo-request accept
		}
		chain forward {
			type filter hook forward priority 0; policy drop;
			ct state established,related accept
			ct original ip daddr 10.0.4.0/24 accept
			ct original ip6 daddr 2001:db8:4::/64 accept
		}
	}
	END
}
relax()
{
	in_ns "$1" nft delete table inet strict
}
for host in a b; do
	stateful $host
done
transfers "hosts, stateful"
capture_start five b eth0 'ip proto 253 or ip6 proto 253'
in_ns a perl "$SRC/tests/net/flow.pl" send $v4 5004 77 >/dev/null
in_ns a perl "$SRC/tests/net/flow.pl" send $v6 5004 77 >/dev/null
wait_for "both" capture_has five 2
capture_stop five
net_said listen '^[0-9]* 0x00 77 ' && net_fail "INPUT did not judge"
for host in a b; do
	relax $host
	net_stop $host
done

# So do those of routers; what raw, FORWARD, or INPUT of the host behind refuses of
# what was inside goes no further, on its way to be unwrapped.
for router in r1 r3; do
	net_stop $router
	router_start $router -c "$NET_DIR/$router.conf"
	stateful $router
done
transfers "routers, stateful"
for router in r1 r3; do
	relax $router
done
# refused WHAT DO UNDO TO...: while r3 is told so, what it unwraps does not reach b;
# what follows does.
refused()
{
	refused=$1 do=$2 undo=$3
	shift 3
	before=$(router_count r3 unwrapped)
	eval "$do" || net_fail "$refused: can not"
	capture_start b b eth0
	for to; do
		put $to 5004
	done
	wait_for "r3" router_counted r3 unwrapped $((before + $#))
	eval "$undo" || net_fail "$refused: can not undo it"
	for to; do
		put $to 5006
	done
	wait_for "what follows" capture_has b $# udp port 5006
	capture_stop b
	[ "$(capture_count b 'udp port 5004 or ip proto 253 or
		ip6 proto 253')" = 0 ] || net_fail "$refused did not judge"
}
put()
{
	in_ns a perl "$SRC/tests/net/flow.pl" send "$1" "$2" 70 >/dev/null ||
		net_fail "can not send"
}
both()
{
	in_ns r3 iptables "$@" -p udp --dport 5004 -j DROP &&
		in_ns r3 ip6tables "$@" -p udp --dport 5004 -j DROP
}
for place in 'raw PREROUTING' 'filter FORWARD' 'mangle POSTROUTING'; do
	refused "$place" "both -t ${place% *} -A ${place#* }" \
		"both -t ${place% *} -D ${place#* }" $v4 $v6
done
in_ns r3 sysctl -q -w net.ipv4.conf.eth0.rp_filter=1
refused "the reverse path" \
	'in_ns r3 ip route replace 10.0.1.0/24 dev eth1' \
	'in_ns r3 ip route replace 10.0.1.0/24 via 10.0.3.1' $v4

# What may be cut and does not fit is not wrapped, and arrives.
in_ns a ip route flush cache
big=$(in_ns a perl "$SRC/tests/net/flow.pl" send $v4 5004 1420 64 0 may-cut)
wait_for "a large one" net_said listen "^61 0x00 $big\$"
router_counted r1 'not wrapped: would have to be cut' 1 ||
	net_fail "r1 did not count it"

# WASP is not wrapped: programs travel through both as ever.
router_home
router_start b
for to in $v4 $v6; do
	for how in '' -u; do
		# shellcheck disable=SC2086
		router_send home $to $how || net_fail "$to $how: no reply"
		router_replied '"hops":4'
	done
done
net_stop b

# A fault is no hindrance, and a drop is one.  Rules come and go by SIGHUP; a name
# goes on counting.
router_program walk <<'END'
	.program faulty
	.hooks ingress
	.data
n:	.word 0
	.text
	fault 3
END
rules r1 client internal 'wrap there { match = "udp dport 5004 to 10.0.4.0/24"
	%walk
	set = { "n = counter" } }'
capture_start two r2 eth0 'ip proto 253 or udp'
reload r1
same_sum $v4 90 61
faulted()
{
	router_wasp two >"$NET_DIR/json"
	grep -q '"fault":"program-3"' "$NET_DIR/json"
}
wait_for "a fault" faulted
grep -q '"scratchpad":\[0\]' "$NET_DIR/json" && net_fail "counted anew"
put $v4 5006
wait_for "what has no rule" capture_has two 1 udp dst port 5006
capture_stop two
router_program walk <<'END'
	.program none
	.hooks egress
	.text
	drop
END
rules r1 client internal 'log = debug' \
	'wrap there { match = "udp dport 5004" %walk }'
reload r1
dropped=$(router_count r1 dropped)
put $v4 5004
wait_for "a drop" router_counted r1 dropped $((dropped + 1))
net_said r1 'flow eth0: 10.0.1.1 > 10.0.4.2 protocol 253, .*: goes on' ||
	net_fail "r1 did not log it"

# With nothing to unwrap it, what is wrapped arrives so; with nothing to wrap it,
# or nobody, what is sent arrives plain.
router_program walk <<'END'
	.program still
	.hooks ingress
	.text
	forward
END
cp "$NET_DIR/walk" "$NET_DIR/still"
reload r1
rules r3 internal client
reload r3
capture_start b b eth0 'ip proto 253 or ip6 proto 253'
put $v4 5004
put $v6 5004
wait_for "two that are wrapped" capture_has b 2
capture_stop b
rules r3 internal client "$here"
reload r3
same_sum $v6 91 61
# Nor does mode fast pass by it, which sends other programs on its own way: to b
# that takes such frames, having XDP too.
if is_xdp; then
	net_router b
	router_start b
	net_said b eth0=client/xdp || net_fail "b has no XDP"
	rules r3 internal client 'mode = fast' "$here"
	reload r3
	fast=$(router_count r3 'sent past the firewall')
	same_sum $v4 93 61
	same_sum $v6 93 61
	router_counted r3 'sent past the firewall' "$fast" ||
		net_fail "unwrapped past the firewall"
	router_send still $v4 -W 0
	wait_for "r3" router_counted r3 'sent past the firewall' $((fast + 1))
	net_stop b
fi
net_stop r1 KILL
capture_start two r2 eth0 udp port 5004
same_sum $v4 92 61
same_sum $v6 92 61
wait_for "two that are plain" capture_has two 2
capture_stop two
for router in r2 r3; do
	net_stop $router
	router_clean $router || net_fail "$router left something"
done
exit 0
