#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# waspd as a service of the systemd that runs, installed by `make install`: start,
# reload, restart without a gap, a kill, both data paths within what the unit
# allows, and a stop that leaves nothing.  It makes interfaces in the namespace that
# it is started in, and so runs in a machine of its own only (`make check-kernel`).
#
#	a ------ wa0 (this machine) wb0 ------ b
set -u
. "${SRC:?}/examples/lab/net.sh"
[ -n "${EMULATED-}" ] && [ -d /run/systemd/system ] ||
	{ echo "skipped: no machine of its own with systemd"; exit 77; }
net_start systemctl journalctl bpftool
net_ns a
net_ns b
for end in a b; do
	ip link add w${end}0 type veth peer name eth0 netns "$NET-$end" &&
		ip link set w${end}0 up || exit 99
	net_up $end eth0
done
ip address add 10.0.1.2/24 dev wa0 && ip address add 10.0.2.1/24 dev wb0 ||
	exit 99
net_addr a eth0 10.0.1.1/24
net_addr b eth0 10.0.2.2/24
net_route a 10.0.2.0/24 10.0.1.2
net_route b 10.0.1.0/24 10.0.2.1
sysctl -q -w net.ipv4.ip_forward=1 || exit 99

# Its lines of the journal are printed where the test fails.
net_spawn journal a journalctl -f -o short-monotonic -u waspd
mkdir -p /etc/wasp
conf()
{
	printf '%s\n' "$@" 'interface wa0 { role = client }' \
		'interface wb0 { role = internal }' >/etc/wasp/waspd.conf
}
lines()
{
	journalctl -q -o cat -u waspd --no-pager
}
# How often it has said that; says WHAT TIMES: more often than that.
said()
{
	lines | grep -c -e "$1"
}
says()
{
	[ "$(said "$1")" -gt "$2" ]
}
# does VERB WHAT: systemctl, until it says that once more.
does()
{
	before=$(said "$2")
	systemctl "$1" waspd || net_fail "systemctl $1: status $?"
	wait_for "$1" says "$2" "$before"
}
pid()
{
	systemctl show -P MainPID waspd
}
program_at()
{
	ip -d link show "$1" | sed -n 's/.*prog\/xdp id \([0-9]*\).*/\1/p'
}
wasp-as -o "$NET_DIR/count" - <<'END' || exit 99
	.program count
	.hooks ingress
	.data
key:	.key public, "the unit"
seen:	.word 0
	.text
	insert r0, [key]
	bz r0, out
	mov r1, t0
	addi r1, 1
	mov t0, r1
	st r1, [seen]
out:	forward
END
# runs WHEN: b gets a packet that has run once.
runs()
{
	net_spawn b b tcpdump -n -U --immediate-mode -i eth0 \
		-w "$NET_DIR/b.pcap" ip proto 253
	wait_for "the capture" net_said b 'listening on'
	in_ns a wasp-send -W 0 "$NET_DIR/count" 10.0.2.2 >/dev/null
	wait_for "a packet at b" capture_has b 1
	net_stop b INT
	wasp-dump --json -r "$NET_DIR/b.pcap" | grep -q '"hops":1,' ||
		net_fail "$1: it was not run"
}

# Both interfaces by XDP; of what the unit grants it keeps what it needs.
conf
does start 'ready:.* wa0=client/xdp wb0=internal/xdp'
[ "$(systemctl is-active waspd)" = active ] || net_fail "it is not active"
systemctl status waspd >"$NET_DIR/status.log" || net_fail "status $?"
runs started
grep -q '^CapEff:.0*3000$' "/proc/$(pid)/status" &&
	grep -q '^NoNewPrivs:.1$' "/proc/$(pid)/status" ||
	net_fail "privileges: $(grep -e Cap -e NoNew "/proc/$(pid)/status")"
[ -d /sys/fs/bpf/wasp/waspd ] || net_fail "no pins: $(ls /sys/fs/bpf)"

# A new file, and one that is wrong, which changes nothing.
conf 'accesses = 7'
does reload 'ready:'
conf 'nonsense = 77'
first=$(pid)
does reload 'waspd.conf:1:'
[ "$(pid)" = "$first" ] || net_fail "a wrong file ended it"
runs "after reloads"
conf

# Restarted and killed while packets pass: all are run, and the store stays.
for how in restart kill; do
	capture_start stream b eth0 ip proto 253
	net_spawn sender a wasp-send -W 0 -c 400 -i 20ms "$NET_DIR/count" \
		10.0.2.2
	wait_for "the stream" capture_has stream 20
	first=$(pid)
	if [ $how = restart ]; then
		does restart 'took over the store'
	else
		before=$(said 'took over the store')
		kill -9 "$first"
		wait_for "the automatic restart" says 'took over the store' \
			"$before"
	fi
	wait_for "another process" sh -c \
		"[ \$(systemctl show -P MainPID waspd) != $first ]"
	wait_for "the whole stream" capture_has stream 400
	capture_stop stream
	[ "$(wasp-dump --json -r "$NET_DIR/stream.pcap" |
		grep -c '"hops":1,')" = 400 ] ||
		net_fail "$how: some of the stream were not run"
	wait_for "$how: ready" systemctl -q is-active waspd
done

# Stopped, nothing is left.
left_nothing()
{
	[ "$(systemctl is-active waspd)" = inactive ] || net_fail "$1: active"
	[ -z "$(program_at wa0)$(program_at wb0)" ] ||
		net_fail "$1: XDP is attached still"
	[ -z "$(tc filter show dev wb0 egress 2>/dev/null)" ] ||
		net_fail "$1: a filter is left"
	[ ! -e /sys/fs/bpf/wasp/waspd ] || net_fail "$1: pins are left"
	waspd --clean -c /etc/wasp/waspd.conf >"$NET_DIR/clean.log"
	grep -q '^0 tables and 0 interfaces' "$NET_DIR/clean.log" ||
		net_fail "$1: $(cat "$NET_DIR/clean.log")"
}
does stop ' ended$\|^ended$'
left_nothing stopped

# The other data path, and a restart from one to the other.
conf 'datapath = portable'
does start 'ready:.* wa0=client/portable wb0=internal/portable'
runs portable
conf
does restart 'ready:.* wa0=client/xdp'
runs "by XDP again"
conf 'datapath = portable'
does restart 'took out the programs at 2 interfaces'
runs "portable again"
systemctl stop waspd || net_fail "stop"
left_nothing "stopped again"

# It is said why it does not start.
conf 'nonsense = 1'
systemctl start waspd 2>/dev/null && net_fail "it started with a wrong file"
lines | grep -q '^/etc/wasp/waspd.conf:1:.*error: ' ||
	net_fail "the journal does not say what is wrong"
systemctl reset-failed waspd
exit 0
