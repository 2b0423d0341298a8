#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What wasp-send says when a packet can not go, or an ICMP error comes back; and
# that -I is honoured.
#
#	a eth0 ---- b eth0, b eth1 10.0.2.1 ---- c eth0 10.0.2.2
#	a eth1 10.0.3.1 ---- c eth1
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/tests/net/send-lib.sh"
send_start iptables
net_ns c
net_router b
net_line_link 2 b eth1 c eth0
net_line_link 3 a eth1 c eth1
net_line_routes a "" 2 1
net_line_routes c 1 "" 2
send_object big 64

# A host without WASP.
for to in 10.0.1.2 2001:db8:1::2; do
	send 1 $to --json
	json "[l['type'] for l in lines] == ['icmp', 'summary']"
	json "lines[0]['reason'] == 'protocol-unreachable'"
	json "lines[0]['from'] == '$to' and lines[1]['refused'] == 1"
	json "lines[0]['quote']['words']['limit'] == [1, 2]"
	send 1 $to -u --json
	json "lines[0]['reason'] == 'port-unreachable'"
done
send 1 10.0.1.2
printed '^from 10.0.1.2: seq 1, .* ms: protocol unreachable: no WASP there'
printed '^--- 10.0.1.2: 1 sent, 0 answered, 1 unanswered, 1 refused by ICMP$'

# A hop limit too low, a link too narrow.
for to in 10.0.2.2 2001:db8:2::2; do
	send 1 $to -t 1 --json
	json "lines[0]['reason'] == 'time-exceeded'"
done
send 1 2001:db8:2::2 -t 1
printed '^from 2001:db8:1::2: seq 1, .*: hop limit exceeded$'
in_ns b ip link set eth1 mtu 200
in_ns a sysctl -q -w net.ipv4.route.min_pmtu=100 || exit 99
cp "$NET_DIR/big" "$NET_DIR/o"
send 1 10.0.2.2
printed ': too big for the next link, which takes 200 bytes$'
# The kernel has learnt it: now the packet does not even go.
send 5 10.0.2.2
said 'the packet has 296 bytes, and the way to 10.0.2.2 by eth0 takes 200$'
send_object o 4

# Not where it should not.  What was sent last tells that the capture is over.
capture_start on0 a eth0 ip proto 253
capture_start on1 a eth1 arp or ip proto 253
send 1 10.0.1.2 -I eth1 -W 100ms
wait_for 'the question for its neighbour' capture_has on1 1
send 1 10.0.1.2 -I eth0 -t 77
wait_for 'the packet by eth0' capture_has on0 1 'ip[8] = 77'
[ "$(capture_count on0)" = 1 ] || net_fail '-I eth1 sent by eth0'
capture_stop on0
capture_stop on1

send 2 10.0.1.2 -I eth9
said "^wasp-send: there is no interface 'eth9'; there are lo, eth[01], eth[01]$"
send 5 203.0.113.1
said '^wasp-send: no route to 203.0.113.1: Network is unreachable$'
send 0 203.0.113.1 -n
printed '^IPv4 0.0.0.0 > 203.0.113.1, '
send 1 10.0.1.2 -S 10.0.9.9 -W 100ms
said 'the source is no address of this machine'

# A firewall of our own.
in_ns a iptables -A OUTPUT -p 253 -j DROP || net_fail iptables
send 5 10.0.1.2
said '^wasp-send: a firewall on this machine forbids the packet$'
printed '^--- 10.0.1.2: 0 sent, 0 answered$'
in_ns a iptables -D OUTPUT -p 253 -j DROP || net_fail iptables

# Output that can not be written ends it at once.
for where in /dev/full '&-'; do
	in_ns a sh -c "timeout 60 wasp-send -c 65535 $NET_DIR/o 10.0.1.2 >$where" \
		2>"$NET_DIR/err"
	[ $? = 5 ] || net_fail "output to $where is no error"
	said '^wasp-send: <stdout>: \(No space left on device\|Bad file descriptor\)$'
done
