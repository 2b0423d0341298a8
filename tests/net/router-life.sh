#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Other traffic never notices waspd: running, ended, or killed.  A killed one
# leaves plain forwarding and rules that the next start, or --clean, takes out;
# no other rule is touched.  Signals, privileges, a second start.
set -u
. "${SRC:?}/tests/net/lib.sh"
. "$SRC/tests/net/router-lib.sh"
net_start iptables-restore perl setpriv
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
# walked HOPS: a packet reaches b, having been run by so many.
walked()
{
	capture_start b b eth0
	for address in 10.0.4.2 2001:db8:4::2; do
		router_send walk $address -W 0
	done
	wait_for "the packets at b" capture_has b 2 \
		'dst net 10.0.4.0/24 and ip proto 253 or ip6 proto 253'
	capture_stop b
	[ "$(router_wasp b |
		grep -c "\"hops\":$1,.*\"complaints\":\[\]")" = 2 ] ||
		net_fail "b did not get packets with $1 hops"
}
rules()
{
	for save in iptables-save ip6tables-save; do
		in_ns r2 $save 2>/dev/null | sed 's/^#.*//; s/\[[0-9:]*\]//'
	done
}
jumps()
{
	rules | grep -c -e '-j WASP-waspd-'
}

net_spawn server b perl "$SRC/tests/net/tcp.pl" serve 80
wait_for "the server" net_said server ready
undisturbed "running"
walked 2

net_stop r2 || net_fail "SIGTERM: status $?"
[ "$(jumps)" = 0 ] || net_fail "rules are left after SIGTERM"
undisturbed "ended"
walked 1
router_start r2
net_stop r2 INT || net_fail "SIGINT: status $?"

# Rules of somebody else, in the same tables.
for table in raw mangle; do
	in_ns r2 iptables -t $table -A PREROUTING -p 47 -j ACCEPT
	in_ns r2 ip6tables -t $table -N WASP-other-in
	in_ns r2 ip6tables -t $table -A PREROUTING -j WASP-other-in
done
rules >"$NET_DIR/before"
router_start r2
[ "$(jumps)" = 10 ] || net_fail "not ten jumps: $(rules)"

# A second one on the same queue changes nothing.
rules >"$NET_DIR/first"
in_ns r2 waspd --name second eth0 >"$NET_DIR/second.log" 2>&1
[ $? = 5 ] || net_fail "a second start on the same queue did not fail"
grep -q 'queue 1021' "$NET_DIR/second.log" || net_fail "does not name the queue"
rules | cmp -s - "$NET_DIR/first" || net_fail "a second start touched rules"

net_stop r2 KILL
[ "$(jumps)" = 10 ] || net_fail "no rules are left after kill -9"
undisturbed "killed"
walked 1
router_start r2
[ "$(jumps)" = 10 ] || net_fail "a new start did not clean: $(rules)"
walked 2
net_stop r2 KILL
in_ns r2 waspd --clean >"$NET_DIR/clean" || net_fail "--clean: status $?"
grep -q '^16 rules' "$NET_DIR/clean" ||
	net_fail "--clean said: $(cat "$NET_DIR/clean")"
rules | cmp - "$NET_DIR/before" || net_fail "other rules were touched"
in_ns r2 waspd --clean | grep -q '^0 rules' || net_fail "--clean found more"

# Both front ends are looked through.
if command -v iptables-legacy-restore >/dev/null; then
	printf '%s\n' '*raw' ':WASP-waspd-in - [0:0]' \
		'-A PREROUTING -i eth0 -j WASP-waspd-in' COMMIT |
		in_ns r2 iptables-legacy-restore --noflush || exit 99
	in_ns r2 waspd --clean | grep -q '^2 rules' ||
		net_fail "the other front end's rules stay"
fi

# SIGHUP: a good file, a bad one, rules replaced.
cat >"$NET_DIR/waspd.conf" <<-END
	interface eth0 { role = client }
	interface eth1 { role = internal }
END
router_start r2 -l debug -c "$NET_DIR/waspd.conf"
walked 2
net_said r2 'ingress eth0: 10.0.1.1 > 10.0.4.2 id 0x.... seq 1: ran' ||
	net_fail "no line about the packet at level debug"
echo 'interface eth0 { ingress = false }' >"$NET_DIR/waspd.conf"
kill -HUP "$(cat "$NET_DIR/r2.pid")"
wait_for "the new file" net_said r2 'ready:.* eth0=none$'
walked 1
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
walked 1
[ "$(jumps)" = 6 ] || net_fail "rules of the old file: $(rules)"
rmdir "$NET_DIR/waspd.conf"
net_stop r2 || net_fail "SIGTERM after SIGHUP: status $?"

# An interface that comes later.
net_spawn r2 r2 waspd later0=client
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
