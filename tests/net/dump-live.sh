#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# wasp-dump on an interface: it sees what wasp-send sends and what is said
# about it, at once, without privileges; and says which one it needs to begin.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "${SRC:?}/tests/net/send-lib.sh"

# The leak sanitizer traces its process, which a process that gave up its
# privileges does not allow.
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS

send_start setpriv

# dump LABEL ARGUMENT...: in b, listening when it returns.
dump()
{
	dump_label=$1
	shift
	net_spawn "$dump_label" b wasp-dump "$@"
	wait_for "the dump $dump_label" net_said "$dump_label" 'listening on'
}

# dump_ends LABEL STATUS: it was stopped, or ended by itself.
dump_ends()
{
	net_stop "$1" INT
	dump_status=$?
	[ $dump_status = "$2" ] ||
		net_fail "dump $1: status $dump_status, not $2"
}

status_says()
{
	grep -q "$1" "/proc/$(cat "$NET_DIR/$2.pid")/status" ||
		net_fail "dump $2: not '$1'"
}

# Nobody answers at b, but its kernel has no use for protocol 253 and says so.
dump eth -i eth0 -#
status_says '^Uid:.65534.65534.65534.65534$' eth
status_says '^CapPrm:.0*$' eth
status_says '^NoNewPrivs:.1$' eth
send 1 -c 1 -W 100ms 10.0.1.2
wait_for "the packet" net_said eth \
	'10\.0\.1\.1 > 10\.0\.1\.2: WASP I--- id 0x.* seq .* ttl 64$'
wait_for "the ICMP error" net_said eth \
	': ICMP protocol unreachable quotes 10\.0\.1\.1 > 10\.0\.1\.2: WASP I---'
dump_ends eth 0
net_said eth '^wasp-dump: [0-9]* packets seen, 2 listed, 0 dropped' ||
	net_fail "the counts at the end"

# The same in IPv6 and on all interfaces, where there is another link header;
# -c ends it.
dump any -i any -c 1 ip6
send 1 -c 1 -W 100ms 2001:db8:1::2
wait_for "the packet" net_said any \
	' 2001:db8:1::1 > 2001:db8:1::2: WASP I--- id 0x'
wait_for "the end" net_said any ' 1 listed, '
dump_ends any 0

# JSON, with the names that the object gives.
dump json -i eth0 --json --notes "$NET_DIR/o" proto 253
send 1 -c 1 -W 100ms 10.0.1.2
wait_for "the object" net_said json \
	'"program":"back".*"scratchpad":\[1,2,.*"words":{"limit":'
dump_ends json 0

# What passes without being WASP makes no yes.
dump none -i eth0 -a
in_ns a ping -q -c 1 10.0.1.2 >/dev/null || net_fail "ping"
wait_for "the ping" net_said none ' 10.0.1.1 > 10.0.1.2: protocol 1 ttl 64'
dump_ends none 1

in_ns b setpriv --bounding-set=-net_raw --inh-caps=-net_raw \
	wasp-dump -i eth0 >"$NET_DIR/denied.log" 2>&1
[ $? = 4 ] || net_fail "no privilege: the exit status is not 4"
net_said denied 'CAP_NET_RAW \[WASP-D005\]$' ||
	net_fail "no privilege: which one is not said"
