#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What comes back to wasp-send: in both families, over protocol 253 and UDP; and
# what is lost, doubled, damaged or late.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/tests/net/send-lib.sh"
send_start

reflect r
for to in 10.0.1.2 2001:db8:1::2; do
	for carrier in -P253 -u; do
		send 0 $to $carrier --json
		json 'len(lines) == 2'
		json "of('reply')[0]['from'] == '$to'"
		json "of('reply')[0]['hops'] == 1"
		json "of('reply')[0]['scratchpad'] == [64, 2, 0, 0]"
		json "of('summary')[0]['answered'] == 1"
	done
done

# Packets are those that were asked for, and the kernel of a is silent.
capture_start sent a eth0 ip proto 253 or icmp
send 0 10.0.1.2 -t 9 -Q 0x28 --ident 0x1234 --set limit+1=7 -c 3 -i 10ms
printed '^from 10.0.1.2: seq 3, 1 hop, '
printed '^--- 10.0.1.2: 3 sent, 3 answered; min/avg/max '
wait_for 'three and their replies' capture_has sent 6
capture_stop sent
[ "$(capture_count sent 'ip[8] = 9 and ip[1] = 0x28 and ip[32:2] = 0x1234 and
    ip[44:4] = 7 and src 10.0.1.1')" = 3 ] || net_fail 'not three as asked for'
[ "$(capture_count sent icmp)" = 0 ] || net_fail 'a answered with ICMP'
unreflect

# Flows are told apart by the port they come from, and by IPv6's flow label.
reflect r
capture_start flows a eth0 udp or ip6 proto 253
send 0 10.0.1.2 --source-port 4711
send 0 2001:db8:1::2 --flow-label 0x98765
wait_for 'a packet from that port' capture_has flows 1 udp src port 4711 and \
	udp dst port 1021
wait_for 'a packet of that flow' capture_has flows 1 \
	'ip6[0:4] & 0xfffff = 0x98765 and src 2001:db8:1::1'
capture_stop flows
unreflect

# From another address of ours.
net_addr a eth0 10.0.1.9/24 2001:db8:1::9/64
reflect r
for to in 10.0.1.2 2001:db8:1::2; do
	capture_start source a eth0 ip proto 253 or ip6 proto 253
	send 0 $to -S "${to%2}9"
	wait_for 'the packet' capture_has source 1 src "${to%2}9"
	capture_stop source
done
unreflect

# Lost, damaged: not answered, and all others are.
reflect rlcr
send 1 10.0.1.2 -c 4 -i 10ms -W 3 --json
json "[r['seq'] for r in of('reply')] == [1, 4]"
json "[r['seq'] for r in of('timeout')] == [2, 3]"
json "[r['seq'] for r in of('damaged')] == [3]"
json "of('summary')[0]['sent'] == 4 and of('summary')[0]['answered'] == 2"
send 1 10.0.1.2 -c 4 -i 10ms -W 3
printed '^seq 2: no answer in '
printed '^from 10.0.1.2: seq 3, .* damaged: its checksum is wrong'
printed '^--- 10.0.1.2: 4 sent, 2 answered, 2 unanswered, 1 damaged; '
unreflect

# A fault is an answer, and the answer is no.
reflect f
send 1 10.0.1.2
printed '^fault scratchpad-range at pc 0, line 4: return'
printed '1 answered, 1 with a fault'
unreflect

# Duplicates and late ones are counted apart.
reflect tr
send 0 2001:db8:1::2 -c 2 -i 50ms --json
json "[r['seq'] for r in of('duplicate')] == [1]"
json "of('summary')[0]['answered'] == 2"
unreflect
reflect hr
send 1 10.0.1.2 -c 3 -i 3500ms -W 3 --json
json "[l['seq'] for l in of('late')] == [1]"
json "of('summary')[0]['answered'] == 2 and of('summary')[0]['late'] == 1"
unreflect

# Not waiting is asked for, so it is no failure.
send 0 10.0.1.2 -W 0 -q
printed '^--- 10.0.1.2: 1 sent'
grep -q answered "$NET_DIR/out" && net_fail 'answers are missed'

# An interrupt ends it with the statistics.
reflect l
net_spawn sender a wasp-send "$NET_DIR/o" 10.0.1.2 -c 100 -W 60s --json
wait_for 'the first packet' net_said reflector '^1 l'
net_stop sender INT
[ $? = 1 ] || net_fail 'interrupted: not status 1'
cp "$NET_DIR/sender.log" "$NET_DIR/out"
json "lines[-1]['type'] == 'summary' and lines[-1]['answered'] == 0"
