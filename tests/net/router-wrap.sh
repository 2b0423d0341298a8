#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Flows of unchanged applications carry programs: wrapped by the first router or
# host, unwrapped by the last, of both families.  What is sent arrives, with the
# hop limit, DSCP and ECN that it would have had; too large packets and expired
# ones are told of as if nothing was around them; no firewall is passed by.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
net_start iptables nft ethtool perl
router_pins
net_line
v4=10.0.4.2 v6=2001:db8:4::2

# Devices do what they can for the sender, as on any machine.
for end in a:eth0 r1:eth0 r1:eth1 r2:eth0 r2:eth1 r3:eth0 r3:eth1 b:eth0; do
	in_ns "${end%:*}" ethtool -K "${end#*:}" tx on tso on gso on gro on \
		>/dev/null 2>&1
done

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
	'"scratchpad":\[6946,328,0,9,' '"scratchpad":\[6946,53,1,9,'; do
	[ "$(grep -c -e "$wanted" "$NET_DIR/json")" -ge 1 ] || {
		cp "$NET_DIR/json" "$NET_DIR/json.log"
		net_fail "r2 saw no $wanted"
	}
done
router_counted r1 wrapped 4 || net_fail "r1 did not count"
router_counted r3 unwrapped 4 || net_fail "r3 did not count"
