# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
# Networks for stories and tests: namespaces of their own, joined by veth pairs,
# gone when the shell ends however it ends.  To be sourced:
#
#	. "${SRC:?}/examples/lab/net.sh"
#	net_line
#	in_ns a ping -c 1 10.0.4.2
#
# A test ends with 0 (passed), 1 (net_fail), 77 (skipped: no root, no tool) or
# 99 (the network could not be built).  $NET_DIR is an empty directory that
# goes with the network; logs and captures are kept there until then, and
# net_fail prints how they end.  Nothing here sleeps for luck: wait_for polls.
#
# The line, its addresses being the same in every test that uses it:
#
#	   a ---------- r1 ---------- r2 ---------- r3 ---------- b
#	  eth0 10.0.1 eth0 eth1 10.0.2 eth0 eth1 10.0.3 eth0 eth1 10.0.4 eth0
#	     .1        .2   .1        .2   .1        .2   .1        .2
#
# 10.0.N.1/24 and 2001:db8:N::1/64 on the left side of link N, .2 and ::2 on
# its right.  Routers forward, and know every network both ways.

# With BUILD, the commands are those of this build tree, else the installed.
PATH=${BUILD:+$BUILD/bin:}$PATH:/usr/sbin:/sbin
export PATH

# Must be the first: names, the directory, cleaning.  net_start [TOOL...] skips
# the test where a tool is missing.
net_start()
{
	[ "$(id -u)" = 0 ] || net_skip "not root"
	for net_tool in ip sysctl tcpdump "$@"; do
		command -v "$net_tool" >/dev/null || net_skip "no $net_tool"
	done
	NET_DIR=$(mktemp -d "${TMPDIR:-/tmp}/wasp-net.XXXXXX") || exit 99
	NET=w${NET_DIR##*.}
	trap net_done EXIT
	trap 'exit 99' HUP INT TERM PIPE
	ip netns add "$NET-probe" 2>/dev/null || net_skip "no ip netns"
	ip netns del "$NET-probe"
}

net_skip()
{
	echo "skipped: $*"
	exit 77
}

# The test's answer is no: show what there was, what the processes said, and at
# the end, where it is seen first, why.
net_fail()
{
	net_evidence >&2 2>/dev/null
	for net_log in "$NET_DIR"/*.log; do
		[ -s "$net_log" ] || continue
		echo "--- ${net_log##*/}" >&2
		tail -n 20 "$net_log" >&2
	done
	echo "FAILED: $*" >&2
	exit 1
}

# Counts of waspd go to its log meanwhile.
net_evidence()
{
	for net_file in "$NET_DIR"/*.pid; do
		net_pid=$(cat "$net_file")
		[ "$(cat "/proc/$net_pid/comm")" != waspd ] ||
			kill -USR1 "$net_pid"
	done
	for net_name in $(net_names); do
		ip -n "$net_name" neigh |
			sed "/fe80::.* STALE/d; s/^/${net_name#*-}: /"
	done | tail -n 20
	for net_file in "$NET_DIR"/*.pcap; do
		[ -s "$net_file" ] || continue
		echo "--- ${net_file##*/}"
		tcpdump -tttt -enr "$net_file" | tail -n 4
	done
}

net_names()
{
	ip netns list | sed -n "s/^\($NET-[^ ]*\).*/\1/p"
}

# Run by the exit trap; the exit status stays.
net_done()
{
	net_status=$?
	trap - EXIT
	for net_name in $(net_names); do
		for net_pid in $(ip netns pids "$net_name"); do
			kill -9 "$net_pid" 2>/dev/null
		done
		ip netns del "$net_name"
	done
	# Where a test has mounted a file system, see router.sh.
	while umount "$NET_DIR/bpf" 2>/dev/null; do :; done
	[ -n "${NET_KEEP-}" ] || rm -rf "$NET_DIR"
	exit $net_status
}

# wait_for WHAT COMMAND...: until the command succeeds, or fail after a time
# that only a broken test needs.  NET_PATIENCE is in seconds.
wait_for()
{
	net_what=$1
	shift
	net_end=$(($(date +%s) + ${NET_PATIENCE:-60}))
	until "$@" >/dev/null 2>&1; do
		[ "$(date +%s)" -lt "$net_end" ] ||
			net_fail "waited in vain for $net_what: $*"
		sleep 0.05
	done
}

# in_ns NAME COMMAND...
in_ns()
{
	net_name=$1
	shift
	ip netns exec "$NET-$net_name" "$@"
}

# A namespace: loopback up, no duplicate address detection, no router
# discovery, no limit on ICMP errors, no reverse-path check.
net_ns()
{
	ip netns add "$NET-$1" || exit 99
	in_ns "$1" sysctl -q -w net.ipv6.conf.all.disable_ipv6=0 \
		net.ipv6.conf.default.accept_dad=0 \
		net.ipv6.conf.default.router_solicitations=0 \
		net.ipv6.icmp.ratelimit=0 net.ipv4.icmp_ratelimit=0 \
		net.ipv4.conf.all.rp_filter=0 \
		net.ipv4.conf.default.rp_filter=0 || exit 99
	in_ns "$1" ip link set lo up || exit 99
}

# net_router NAME: let it forward both families.
net_router()
{
	in_ns "$1" sysctl -q -w net.ipv4.ip_forward=1 \
		net.ipv6.conf.all.forwarding=1 || exit 99
}

# net_link NAME IF NAME IF: a veth pair between two namespaces, up.  Sums are
# computed by the sender, so that a capture shows right ones.
net_link()
{
	ip link add "$2" netns "$NET-$1" type veth \
		peer name "$4" netns "$NET-$3" || exit 99
	net_up "$1" "$2"
	net_up "$3" "$4"
	wait_for "the link $1 $2" net_carrier "$1" "$2"
	wait_for "the link $3 $4" net_carrier "$3" "$4"
}

net_up()
{
	in_ns "$1" ip link set "$2" up || exit 99
	if command -v ethtool >/dev/null; then
		in_ns "$1" ethtool -K "$2" tx off >/dev/null 2>&1
	fi
}

net_carrier()
{
	in_ns "$1" ip link show "$2" | grep -q 'state UP'
}

# net_addr NAME IF ADDRESS/LENGTH...: at once usable.
net_addr()
{
	net_host=$1 net_if=$2
	shift 2
	for net_address in "$@"; do
		case $net_address in
		*:*) in_ns "$net_host" ip address add "$net_address" \
			dev "$net_if" nodad || exit 99 ;;
		*) in_ns "$net_host" ip address add "$net_address" \
			dev "$net_if" || exit 99 ;;
		esac
	done
}

# net_route NAME PREFIX GATEWAY
net_route()
{
	in_ns "$1" ip route add "$2" via "$3" || exit 99
}

# net_via NAME "N.SIDE..." NETWORK...: reach the networks of these links through
# the neighbour at that side of link N, in both families: net_via r1 2.2 3 4; or
# through several, which share the flows: net_via r1 "2.2 3.2" 8.
net_via()
{
	net_host=$1 net_gateways=$2
	shift 2
	for net_n; do
		net_hops4='' net_hops6=''
		for net_gateway in $net_gateways; do
			net_hops4="$net_hops4 nexthop via 10.0.$net_gateway"
			net_hops6="$net_hops6 nexthop via \
				2001:db8:${net_gateway%.*}::${net_gateway#*.}"
		done
		# shellcheck disable=SC2086
		in_ns "$net_host" ip route add "10.0.$net_n.0/24" $net_hops4 &&
			in_ns "$net_host" ip route add \
				"2001:db8:$net_n::/64" $net_hops6 || exit 99
	done
}

# net_backlog NAME IF: bytes that wait there, as the kernel says; net_is_full
# where they are more than 20000.
net_backlog()
{
	in_ns "$1" tc -s -j qdisc show dev "$2" | jq '.[0].backlog'
}

net_is_full()
{
	[ "$(net_backlog "$1" "$2")" -gt 20000 ]
}

# The line of five, see above.
net_line()
{
	[ -n "${NET_DIR-}" ] || net_start
	for net_host in a r1 r2 r3 b; do
		net_ns $net_host
	done
	for net_host in r1 r2 r3; do
		net_router $net_host
	done
	net_line_link 1 a eth0 r1 eth0
	net_line_link 2 r1 eth1 r2 eth0
	net_line_link 3 r2 eth1 r3 eth0
	net_line_link 4 r3 eth1 b eth0
	net_line_routes a "" "2 3 4" 1
	net_line_routes r1 "" "3 4" 2
	net_line_routes r2 1 4 "2 3"
	net_line_routes r3 "1 2" "" 3
	net_line_routes b "1 2 3" "" 4
}

# net_line_link N LEFT IF RIGHT IF
net_line_link()
{
	net_n=$1
	net_left=$2 net_left_if=$3 net_right=$4 net_right_if=$5
	net_link "$2" "$3" "$4" "$5"
	net_addr "$net_left" "$net_left_if" "10.0.$net_n.1/24" \
		"2001:db8:$net_n::1/64"
	net_addr "$net_right" "$net_right_if" "10.0.$net_n.2/24" \
		"2001:db8:$net_n::2/64"
}

# net_line_routes NAME "NETWORKS TO THE LEFT" "TO THE RIGHT" "OWN LINKS": the
# left neighbour is .1 of the first own link, the right one .2 of the last.
net_line_routes()
{
	for net_n in $2; do
		net_route "$1" "10.0.$net_n.0/24" "10.0.${4%% *}.1"
		net_route "$1" "2001:db8:$net_n::/64" "2001:db8:${4%% *}::1"
	done
	for net_n in $3; do
		net_route "$1" "10.0.$net_n.0/24" "10.0.${4##* }.2"
		net_route "$1" "2001:db8:$net_n::/64" "2001:db8:${4##* }::2"
	done
}

# net_spawn LABEL NAME COMMAND...: in the background, its output in LABEL.log;
# net_stop LABEL [SIGNAL] ends it and waits; its status is net_stop's.
net_spawn()
{
	net_label=$1 net_name=$2
	shift 2
	ip netns exec "$NET-$net_name" "$@" \
		>"$NET_DIR/$net_label.log" 2>&1 </dev/null &
	echo $! >"$NET_DIR/$net_label.pid"
	# Until it has left the shell a signal would meet the shell's traps.
	while cmp -s "/proc/$!/cmdline" "/proc/$$/cmdline"; do
		sleep 0.01
	done
}

net_stop()
{
	net_pid=$(cat "$NET_DIR/$1.pid")
	kill "-${2:-TERM}" "$net_pid" 2>/dev/null
	wait "$net_pid" 2>/dev/null
}

# Has the background process LABEL printed this (a basic regular expression)?
net_said()
{
	grep -q -e "$2" "$NET_DIR/$1.log"
}

# capture_start LABEL NAME IF [FILTER...]: into $NET_DIR/LABEL.pcap; active when
# it returns.  capture_stop LABEL: all that came until then is in the file.  The
# buffer, in KiB, has a slot of 256 for each packet, however small; the default
# holds eight, too few on a busy machine.  A direction is said by -Q: with "inbound"
# libpcap loses the first packets, which it tries without knowing theirs.
capture_start()
{
	net_label=$1 net_name=$2 net_if=$3
	shift 3
	net_spawn "$net_label" "$net_name" tcpdump -Z root -n -U \
		--immediate-mode -B 16384 -i "$net_if" \
		-w "$NET_DIR/$net_label.pcap" "$@"
	wait_for "the capture $net_label" net_said "$net_label" 'listening on'
}

capture_stop()
{
	wait_for "what the capture $1 has not written" capture_is_written "$1"
	net_stop "$1" INT
}

# As tcpdump says when it is asked: it has written what it got, or, since with -Q
# it gets more than that, says the same three times.
capture_is_written()
{
	net_told=$(grep ' captured, ' "$NET_DIR/$1.log" | tail -n 3)
	kill -USR1 "$(cat "$NET_DIR/$1.pid")" || return	# for the next time
	[ "$(echo "$net_told" | uniq -c | awk '{ print $1 }')" != 3 ] || return 0
	# shellcheck disable=SC2046
	set -- $(echo "$net_told" | tail -n 1 | tr -cd '0-9 ')
	[ $# -ge 3 ] && [ $(($1 + $3)) -ge "$2" ]
}

# capture_count LABEL [FILTER...]: packets that it holds so far, as a number.
# capture_has LABEL MIN [FILTER...]: at least so many.  Wait for what must come;
# before saying that something did not come, wait for what was sent after it.
capture_count()
{
	net_label=$1
	shift
	tcpdump -n -r "$NET_DIR/$net_label.pcap" "$@" 2>/dev/null | wc -l
}

capture_has()
{
	net_label=$1 net_min=$2
	shift 2
	[ "$(capture_count "$net_label" "$@")" -ge "$net_min" ]
}

capture_print()
{
	net_label=$1
	shift
	tcpdump -n -v -x -r "$NET_DIR/$net_label.pcap" "$@" 2>/dev/null
}
