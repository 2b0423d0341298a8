#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The life of the kernel's data path: other traffic never notices it; ended, it
# leaves nothing; killed, it runs on, and entries die; the next start takes over
# without a packet that is lost or not run; interfaces that come and go; both
# data paths on one store; two instances; mode fast.
set -u
WASP_DATAPATH=xdp
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
net_start iptables perl bpftool
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
# Counts at r2, the second node, and returns with the number.
count_program()
{
	router_program count <<-'END'
		.program count
		.hooks ingress
		.data
	key:	.key public, "life of the kernel"
	two:	.word 2
	made:	.word 0
	seen:	.word 0
	waits:	.word 0
		.text
		env r0, hops
		ld r1, [two]
		bne r0, r1, out
		insert r2, [key]
		st r2, [made]
		bz r2, out
		mov r1, t0
		addi r1, 1
		mov t0, r1
		st r1, [seen]
		env r3, queue
		st r3, [waits]
		return
	out:	forward
	END
}
# How often r2 has found the entry of $key, the one that made it included.
key=0
seen()
{
	router_send count 10.0.4.2 -s key=$key || net_fail "no reply to count"
	sed -n 's/.*"seen":\([0-9]*\),.*/\1/p' "$NET_DIR/reply" | head -n 1
}
# keeps COMMAND...: a new entry outlives what the command does, which is done again
# if it took longer than entries live.
keeps()
{
	for try in 1 2 3 4 5 6; do
		is_running r2 || router_start r2
		key=$((key + 1)) began=$(date +%s)
		seen >"$NET_DIR/number"
		"$@"
		[ "$(seen)" != 2 ] || return 0
		[ $(($(date +%s) - began)) -ge 10 ] || break
	done
	net_fail "the entry is lost: $*"
}
is_running()
{
	kill -0 "$(cat "$NET_DIR/$1.pid")" 2>/dev/null
}
kill_r2()
{
	net_stop r2 KILL
}
kill_and_start()
{
	net_stop r2 KILL
	router_start r2
}
leave_and_start()
{
	net_stop r2 USR2 || net_fail "SIGUSR2: status $?"
	router_start r2
}
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
# walks HOPS WHEN: b gets two packets that so many have run.
walks()
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
		net_fail "$2: b did not get packets with $1 hops"
}
# The program that XDP runs at an interface of r2, by number; nothing: none.
program_at()
{
	in_ns r2 ip -d link show "$1" | sed -n 's/.*prog\/xdp id \([0-9]*\).*/\1/p'
}
gone()
{
	! bpftool prog show id "$1"
}
# Is nothing left of r2's?
left_nothing()
{
	[ -z "$(program_at eth0)$(program_at eth1)" ] ||
		net_fail "$1: XDP is attached still"
	[ ! -e "$NET_DIR/bpf/r2/waspd" ] || net_fail "$1: pins are left"
	wait_for "$1: the end of the program" gone "$2"
	router_clean r2 || net_fail "$1: something was left to clean"
}

count_program
net_spawn server b perl "$SRC/tests/net/tcp.pl" serve 80
wait_for "the server" net_said server ready
net_said r2 'ready:.* eth0=client/xdp eth1=internal/xdp' ||
	net_fail "XDP does not serve r2"
net_said r2 queue && net_fail "a queue that nothing needs"
sed -n 's/^CapEff:[^0-9a-f]*//p' "/proc/$(cat "$NET_DIR/r2.pid")/status" \
	>"$NET_DIR/caps"
[ "$(cat "$NET_DIR/caps")" = 0000000000003000 ] ||
	net_fail "it kept capabilities: $(cat "$NET_DIR/caps")"
undisturbed running
walks 2 running
keeps true

# Others of that name, or at that interface; what runs stays.
router_waspd r2 eth0 >"$NET_DIR/second.log" 2>&1
[ $? = 5 ] && grep -q 'held by a waspd that runs' "$NET_DIR/second.log" ||
	net_fail "a second start of the same name"
router_waspd r2 --name second eth0 >"$NET_DIR/second.log" 2>&1
[ $? = 5 ] && grep -q 'eth0: another waspd serves it' "$NET_DIR/second.log" ||
	net_fail "a second start at the same interface"
[ ! -e "$NET_DIR/bpf/r2/second" ] || net_fail "the second left pins"
router_waspd r2 --clean >"$NET_DIR/second.log" 2>&1
[ $? = 5 ] || net_fail "--clean took out one that runs"
walks 2 "the others"

# Killed: all goes on but what user space knows.
old=$(program_at eth0)
keeps kill_r2
undisturbed killed
walks 2 killed
sleep 1.2
seen >"$NET_DIR/number"
router_replied '"waits":4294967295'

# A stream, during which the next start takes over: all are run, and arrive.
capture_start stream b eth0 ip proto 253
net_spawn sender a wasp-send -W 0 -c 3000 -i 1ms "$NET_DIR/walk" 10.0.4.2
wait_for "the stream" capture_has stream 100
router_start r2
net_said r2 'took over the store' || net_fail "it does not say so"
[ "$(program_at eth0)" != "$old" ] || net_fail "the old program is there still"
net_stop r2 KILL
router_start r2
wait_for "the whole stream" capture_has stream 3000
capture_stop stream
[ "$(router_wasp stream | grep -c '"hops":2,')" = 3000 ] ||
	net_fail "some of the stream were not run"
wait_for "the end of the old program" gone "$old"
keeps kill_and_start
keeps leave_and_start
knows_its_queue()
{
	seen && grep -q '"waits":0' "$NET_DIR/reply"
}
wait_for "what waits to be known again" knows_its_queue

# The entry dies ten seconds after it was made, whoever lives.
seen >"$NET_DIR/number"
net_stop r2 KILL
now=$(date +%s)
wait_for "the death of the entry" sh -c "[ \$(date +%s) -gt $((now + 10)) ]"
[ "$(seen)" = 1 ] || net_fail "the entry lives on"
router_replied '"made":2,'

# Another size is another store.
old=$(program_at eth0)
printf 'store = 500\ninterface eth0 { role = client }\ninterface eth1 { }\n' \
	>"$NET_DIR/small.conf"
router_start r2 -c "$NET_DIR/small.conf"
[ "$(seen)" = 1 ] || net_fail "a store of another size was kept"
old=$(program_at eth0)
net_stop r2 || net_fail "SIGTERM: status $?"
left_nothing ended "$old"
undisturbed ended
walks 1 ended

# Killed, and started without XDP: what was left would run packets twice.
router_start r2
old=$(program_at eth0)
net_stop r2 KILL
router_datapath=portable
router_start r2
net_said r2 'took out the programs at 2 interfaces' || net_fail "they stay"
walks 2 "portable, after it was killed"
net_stop r2 || net_fail "status $?"
left_nothing portable "$old"
router_datapath=xdp

# Killed, and cleaned.
router_start r2
old=$(program_at eth0)
net_stop r2 KILL
[ "$(router_waspd r2 --clean)" = \
	"0 tables and 2 interfaces of waspd taken out" ] || net_fail "--clean"
left_nothing cleaned "$old"
walks 1 cleaned

# What the tables of the system refuse stays refused, whoever lives.
router_start r2
for place in "raw PREROUTING" "filter FORWARD" "mangle POSTROUTING"; do
	for how in running killed; do
		for tables in iptables ip6tables; do
			in_ns r2 $tables -t ${place% *} -A ${place#* } -p 253 \
				-j DROP || net_fail "$tables $place"
		done
		[ $how = running ] || net_stop r2 KILL
		capture_start b b eth0
		for address in 10.0.4.2 2001:db8:4::2; do
			router_send walk $address -W 0
			in_ns a ping -q -c 1 -W 5 $address >/dev/null ||
				net_fail "no ping to $address"
		done
		wait_for "the last ping" capture_has b 1 'icmp6 and ip6[40] = 128'
		capture_stop b
		[ "$(capture_count b 'ip proto 253 or ip6 proto 253')" = 0 ] ||
			net_fail "$how: a packet got past $place"
		for tables in iptables ip6tables; do
			in_ns r2 $tables -t ${place% *} -F ${place#* }
		done
		[ $how = running ] || router_start r2
	done
done
net_stop r2 || net_fail "status $?"

# Both data paths: a policy makes eth1 portable; both see one store.  SIGHUP moves
# an interface from one to the other.
echo 'accesses = 4' >"$NET_DIR/all.policy"
conf()
{
	printf '%s\n' 'interface eth0 { role = client }' \
		"interface eth1 { role = internal $1 }" >"$NET_DIR/r2.conf"
}
conf "policy = \"$NET_DIR/all.policy\""
router_datapath=auto
router_start r2 -c "$NET_DIR/r2.conf"
net_said r2 'ready:.* eth0=client/xdp eth1=internal/portable' ||
	net_fail "not both data paths"
router_program both <<'END'
	.program both
	.hooks ingress, egress
	.data
key:	.key private, 5
two:	.word 2
here:	.word 0
	.text
	env r0, hops
	ld r1, [two]
	bne r0, r1, on
	insert r2, [key]
	bz r2, on
	mov r3, t0
	addi r3, 1
	mov t0, r3
	st r3, [here]
	env r4, hook
	bz r4, on
	shri r4, 1
	bz r4, on
	return
on:	forward
END
router_send both 10.0.4.2 || net_fail "both: no reply"
router_replied '"here":2'
[ "$(router_count r2 returned)" = 1 ] || net_fail "the return is not counted"
[ "$(router_count r2 forwarded)" = 1 ] || net_fail "the run is not counted"
conf ''
kill -HUP "$(cat "$NET_DIR/r2.pid")"
wait_for "the new file" net_said r2 \
	'ready:.* eth0=client/xdp eth1=internal/xdp'
router_send both 10.0.4.2 || net_fail "both by XDP: no reply"
router_replied '"here":4'
[ "$(router_count r2 returned)" = 2 ] || net_fail "the counts do not add up"
# Interfaces in another order, then fewer.
printf '%s\n' 'interface eth1 { role = internal }' \
	'interface eth0 { role = client }' >"$NET_DIR/r2.conf"
old=$(program_at eth0)
kill -HUP "$(cat "$NET_DIR/r2.pid")"
wait_for "the other order" net_said r2 'ready:.* eth1=internal/xdp eth0'
walks 2 "another order"
[ "$(program_at eth0)" = "$old" ] || net_fail "eth0 has another program"
echo 'interface eth1 { role = internal }' >"$NET_DIR/r2.conf"
kill -HUP "$(cat "$NET_DIR/r2.pid")"
wait_for "fewer" net_said r2 'ready:.* eth1=internal/xdp$'
[ -z "$(program_at eth0)" ] || net_fail "eth0 is served still"
net_stop r2 || net_fail "status $?"
router_datapath=xdp

# An interface that comes, goes, and comes back.
net_spawn r2 r2 waspd --datapath xdp --pin-directory "$NET_DIR/bpf/r2" \
	later0=client
wait_for "the warning" net_said r2 'no interface later0'
wait_for "waspd" net_said r2 'ready:.* later0=client/none'
runs=0
for time in first second; do
	net_link r2 later0 b later1
	net_addr r2 later0 10.0.9.1/24
	net_addr b later1 10.0.9.2/24
	wait_for "the $time time" sh -c \
		"[ \$(grep -c 'from now on.* later0=client/xdp' \
			'$NET_DIR/r2.log') -gt $runs ]"
	in_ns b wasp-send -W 0 "$NET_DIR/walk" 10.0.9.1 >/dev/null
	runs=$((runs + 1))
	wait_for "the $time run" router_counted r2 forwarded $runs
	in_ns r2 ip link del later0
	wait_for "the end of the $time" sh -c \
		"[ \$(grep -c 'from now on.* later0=client/none' \
			'$NET_DIR/r2.log') = $runs ]"
done
net_stop r2 || net_fail "status $?"

# No XDP where there can be none, or where there is another.
router_waspd r2 lo >"$NET_DIR/lo.log" 2>&1
[ $? = 5 ] && grep -q 'lo: it is no Ethernet' "$NET_DIR/lo.log" ||
	net_fail "lo was served"

# Past the firewall: waspd says so, and the other routers have what takes
# redirected frames.
router_start r3
printf 'mode = fast\ninterface eth0 { role = client }\n%s\n' \
	'interface eth1 { role = internal }' >"$NET_DIR/fast.conf"
in_ns r2 waspd -t -c "$NET_DIR/fast.conf" >"$NET_DIR/fast.log" 2>&1
in_ns r2 iptables -N nothing
in_ns r2 iptables -A FORWARD -p 253 -j DROP
in_ns r2 waspd -t -c "$NET_DIR/fast.conf" 2>"$NET_DIR/fast.log" ||
	net_fail "a warning is no error"
grep -q 'WASP-C008' "$NET_DIR/fast.log" || net_fail "no warning of FORWARD"
router_start r2 -c "$NET_DIR/fast.conf"
net_said r2 'mode is fast' || net_fail "no warning at the start"
in_ns r2 ping -q -c 1 10.0.3.2 >/dev/null	# so the neighbour is known
in_ns r2 ping -q -c 1 2001:db8:3::2 >/dev/null
walks 3 fast
[ "$(router_count r2 'sent past the firewall')" -ge 1 ] ||
	net_fail "it was not fast: $(cat "$NET_DIR/r2.log")"
net_stop r2 || net_fail "status $?"
exit 0
