#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Other traffic never notices waspd: running, ended, or killed.  A killed one
# leaves plain forwarding and nothing else; no other rule is touched, and all of
# them are obeyed.  Signals, privileges, a second start.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
net_start iptables perl setpriv
router_line r1 r2
router_program walk <<'END'
	.program walk
	.hooks ingress
	.data
	.cursor trail
trail:	.space 4
	.text
	push hook
END
# Ping, and TCP both ways, from a to b.
undisturbed()
{
	for address in 10.0.4.2 2001:db8:4::2; do
		in_ns a ping -q -c 2 -i 0.01 -W 5 $address >/dev/null ||
			net_fail "$1: no ping to $address"
		[ "$(in_ns a perl "$SRC/tests/net/tcp.pl" get $address 80)" = \
			"300000 bytes of 300000" ] ||
			net_fail "$1: no TCP to $address"
	done
}
# Two packets, one of each family.
walk()
{
	for address in 10.0.4.2 2001:db8:4::2; do
		router_send walk $address -W 0
	done
}
# walked HOPS: the capture at b sees both, having been run by so many.
walked()
{
	wait_for "the packets at b" capture_has b 2 \
		'dst net 10.0.4.0/24 and ip proto 253 or ip6 proto 253'
	capture_stop b
	[ "$(router_wasp b |
		grep -c "\"hops\":$1,.*\"complaints\":\[\]")" = 2 ] ||
		net_fail "b did not get packets with $1 hops"
}
walks()
{
	capture_start b b eth0
	walk
	walked "$1"
}
# obeyed WHEN: r2 lets none of them through; b sees the pings that follow.
obeyed()
{
	sent=$(($(router_count r1 forwarded) + 2))
	capture_start b b eth0
	walk
	wait_for "r1" router_counted r1 forwarded $sent
	for address in 10.0.4.2 2001:db8:4::2; do
		in_ns a ping -q -c 1 -W 5 $address >/dev/null ||
			net_fail "no ping to $address"
	done
	wait_for "the last ping" capture_has b 1 'icmp6 and ip6[40] = 128'
	capture_stop b
	[ "$(capture_count b 'ip proto 253 or ip6 proto 253')" = 0 ] ||
		net_fail "a packet got past $1"
}
# refuse ARGUMENT...: change a rule against WASP packets in both families.
refuse()
{
	in_ns r2 iptables "$@" -p 253 -j DROP &&
		in_ns r2 ip6tables "$@" -p 253 -j DROP || net_fail "iptables $*"
}
rules()
{
	for save in iptables-save ip6tables-save; do
		in_ns r2 $save 2>/dev/null | sed 's/^#.*//; s/\[[0-9:]*\]//'
	done
}
# waiting ROUTER N: so many packets wait for waspd there.
waiting()
{
	[ "$(in_ns $1 awk '{ print $3 }' \
		/proc/net/netfilter/nfnetlink_queue)" = "$2" ]
}
# Two packets that wait, for waspd is stopped.
keep_waiting()
{
	kill -STOP "$(cat "$NET_DIR/r2.pid")"
	capture_start b b eth0
	walk
	wait_for "two packets that wait" waiting r2 2
}

net_spawn server b perl "$SRC/tests/net/tcp.pl" serve 80
wait_for "the server" net_said server ready
undisturbed "running"
walks 2

net_stop r2 || net_fail "SIGTERM: status $?"
router_clean r2 || net_fail "rules are left after SIGTERM"
undisturbed "ended"
walks 1
router_start r2
net_stop r2 INT || net_fail "SIGINT: status $?"

# Rules of somebody else.
for table in raw mangle; do
	in_ns r2 iptables -t $table -A PREROUTING -p 47 -j ACCEPT
	in_ns r2 ip6tables -t $table -N wasp-waspd
	in_ns r2 ip6tables -t $table -A PREROUTING -j wasp-waspd
done
rules >"$NET_DIR/before"
router_start r2

# A second one on the same queue changes nothing, nor does --clean.
router_waspd r2 --name second eth0 >"$NET_DIR/second.log" 2>&1
[ $? = 5 ] || net_fail "a second start on the same queue did not fail"
grep -q 'queue 1021' "$NET_DIR/second.log" || net_fail "does not name the queue"
echo 'queue = 5' >"$NET_DIR/other.conf"
for how in --clean eth0; do
	router_waspd r2 -c "$NET_DIR/other.conf" $how >"$NET_DIR/second.log" 2>&1
	[ $? = 5 ] || net_fail "$how took the tables of one that runs"
	grep -q 'wasp-waspd are held by' "$NET_DIR/second.log" ||
		net_fail "$how does not say that one runs"
done
walks 2

net_stop r2 KILL
router_clean r2 || net_fail "rules are left after kill -9"
undisturbed "killed"
walks 1
rules | cmp - "$NET_DIR/before" || net_fail "other rules were touched"

# Rules against the packets, in the tables around ours: before waspd starts,
# while it runs, when it was killed, and when it ended.
for place in "raw PREROUTING" "mangle POSTROUTING"; do
	refuse -t ${place% *} -A ${place#* }
	router_start r2
	obeyed "$place, which was there before"
	net_stop r2 KILL
	obeyed "$place, killed"
	refuse -t ${place% *} -D ${place#* }
	router_start r2
	refuse -t ${place% *} -A ${place#* }
	obeyed "$place, which came later"
	net_stop r2 KILL
	obeyed "$place, which came later, killed"
	router_start r2
	net_stop r2 || net_fail "SIGTERM: status $?"
	obeyed "$place, ended"
	refuse -t ${place% *} -D ${place#* }
done

# When the queue is full packets are not run, and refused all the same.
router_start r2
kill -STOP "$(cat "$NET_DIR/r2.pid")"
in_ns a wasp-send -n "$NET_DIR/walk" 10.0.4.2 >"$NET_DIR/dry"
# Some may be lost before they come to it.
fill()
{
	# shellcheck disable=SC2046
	in_ns a perl "$SRC/tests/net/raw.pl" send $(yes as-it-is | head -n 1400) \
		<"$NET_DIR/dry"
	waiting r2 4096
}
wait_for "a full queue" fill
wait_for "those for which there is no room to leave r1" waiting r1 0
in_ns a ping -q -c 1 -W 5 10.0.4.2 >/dev/null || net_fail "no ping"
walks 1
for place in "raw PREROUTING" "mangle POSTROUTING"; do
	refuse -t ${place% *} -A ${place#* }
	obeyed "$place, the queue being full"
	refuse -t ${place% *} -D ${place#* }
done
net_stop r2 KILL

# Tables without a holder, as kernels before 5.12 leave them.
if command -v nft >/dev/null; then
	for name in waspd waspd2; do
		in_ns r2 nft "table ip wasp-$name { chain in {
			type filter hook prerouting priority -290;
			counter drop; }; }" || exit 99
	done
	router_waspd r2 --clean | grep -q '^1 tables' || net_fail "they stay"
	in_ns r2 nft add table ip6 wasp-waspd || exit 99
	router_start r2
	net_said r2 'took out 1 tables' || net_fail "nothing is said of them"
	net_stop r2 KILL
	in_ns r2 nft list tables >"$NET_DIR/tables"
	grep -qx 'table ip wasp-waspd2' "$NET_DIR/tables" ||
		net_fail "took out another one's table"
	grep 'wasp-waspd$' "$NET_DIR/tables" && net_fail "a table stays"
	in_ns r2 nft delete table ip wasp-waspd2
fi

# SIGHUP: a good file, a bad one, rules replaced.
cat >"$NET_DIR/waspd.conf" <<-END
	interface eth0 { role = client }
	interface eth1 { role = internal }
END
router_start r2 -l debug -c "$NET_DIR/waspd.conf"
walks 2
net_said r2 'ingress eth0: 10.0.1.1 > 10.0.4.2 id 0x.... seq 1: ran' ||
	net_fail "no line about the packet at level debug"
echo 'interface eth0 { ingress = false }' >"$NET_DIR/waspd.conf"
kill -HUP "$(cat "$NET_DIR/r2.pid")"
wait_for "the new file" net_said r2 'ready:.* eth0=none/portable$'
walks 1
echo 'interface eth0 { role = king }' >"$NET_DIR/waspd.conf"
kill -HUP "$(cat "$NET_DIR/r2.pid")"
wait_for "the complaint" net_said r2 'old one stays'
net_said r2 'waspd.conf:1: error: role is .king.; allowed are' ||
	net_fail "no message about the role"
rm "$NET_DIR/waspd.conf"
mkdir "$NET_DIR/waspd.conf"
kill -HUP "$(cat "$NET_DIR/r2.pid")"
wait_for "the next complaint" sh -c \
	"[ \$(grep -c 'old one stays' '$NET_DIR/r2.log') = 2 ]"
net_said r2 '^waspd: .*/waspd.conf: Is a directory$' ||
	net_fail "no message about the directory"
walks 1
rmdir "$NET_DIR/waspd.conf"

# What waits is neither lost by a new configuration nor by the end.
echo 'interface eth0 { }' >"$NET_DIR/waspd.conf"
for signal in HUP TERM; do
	keep_waiting
	kill -$signal "$(cat "$NET_DIR/r2.pid")"
	kill -CONT "$(cat "$NET_DIR/r2.pid")"
	walked 2
done
net_stop r2 CONT || net_fail "SIGTERM after SIGHUP: status $?"
router_clean r2 || net_fail "rules are left after SIGHUP"

# An interface that comes later.
net_spawn r2 r2 waspd --datapath portable later0=client
wait_for "the warning" net_said r2 'no interface later0'
wait_for "waspd" net_said r2 'ready:'
net_link r2 later0 b later1
net_addr r2 later0 10.0.9.1/24
net_addr b later1 10.0.9.2/24
in_ns b wasp-send -W 0 "$NET_DIR/walk" 10.0.9.1 >/dev/null
wait_for "the run" router_counted r2 forwarded 1
net_stop r2 || net_fail "status $?"

# Without the privilege.
for missing in net_admin net_raw; do
	in_ns r2 setpriv --bounding-set "-$missing" --inh-caps "-$missing" \
		waspd eth0 >"$NET_DIR/poor.log" 2>&1
	[ $? = 4 ] || net_fail "without $missing the status is not 4"
	grep -qi "cap_$missing" "$NET_DIR/poor.log" ||
		net_fail "it does not name $missing"
done
undisturbed "at the end"
exit 0
