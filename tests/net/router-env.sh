#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What a router knows of its interfaces is true, and told to whom it is due: the
# operator reads all of it, a client some, a guest less.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
net_start tc jq
router_line r1
cat >"$NET_DIR/waspd.conf" <<'END'
name = "r2"
queue = 5
operator-prefixes = { "10.0.1.0/24", "2001:db8:1::/64" }
interface eth1 { role = internal }
interface eth0 { role = guest
	operator = true }
END
router_start r2 -c "$NET_DIR/waspd.conf"
in_ns r2 ip link set eth1 mtu 1400
in_ns r2 tc qdisc add dev eth1 root tbf rate 80kbit burst 2000 limit 60000 ||
	net_skip "no tbf"
# At r2's egress, the way there; r3 has no waspd, b neither.
fields='in_if out_if role mtu rate queue queue_pkts drops tx_pkts tx_bytes rx_pkts
	rx_bytes last transit free'
router_program look <<END
	.program look
	.hooks egress
	.data
two:	.word 2
$(for field in $fields; do
	echo "_$field: .word 0"
done)
	.text
	env r0, hops
	ld r1, [two]
	beq r0, r1, here
	forward
here:
$(for field in $fields; do
	echo "	env r0, $field"
	echo "	st r0, [_$field]"
done)
	return
END
# word NAME: its value in the last reply.
word()
{
	sed -n "s/.*\"words\":{[^}]*\"_$1\":\([0-9]*\)[,}].*/\1/p" \
		"$NET_DIR/reply" | head -n 1
}
is()
{
	[ "$(word "$1")" = "$2" ] ||
		net_fail "$1 is $(word "$1"), not $2: $(cat "$NET_DIR/reply")"
}
# tells NAME VALUE: so says the next reply.  What is told may be a bit older than
# what it is, so wait for it where that has just changed.
tells()
{
	router_send look 10.0.4.2 && [ "$(word "$1")" = "$2" ]
}
unknown=4294967295

wait_for "the rate" tells rate 80
is in_if 2
is out_if 1
is role 3
is mtu 1400
is rate 80
is queue 0
is last 0
is free 65536
[ "$(word transit)" -lt 4294967294 ] || net_fail "transit is not known"
# counter NAME: of the kernel.  Others, neighbour discovery, may send meanwhile.
counter()
{
	in_ns r2 cat "/sys/class/net/eth1/statistics/$1"
}

between()
{
	[ "$(word "$1")" -ge "$2" ] && [ "$(word "$1")" -le "$3" ]
}

counts()
{
	router_send look 10.0.4.2 && between tx_pkts "$sent" \
		"$(counter tx_packets)" &&
		between rx_pkts "$got" "$(counter rx_packets)"
}

sent=$(counter tx_packets)
got=$(counter rx_packets)
wait_for "what the kernel counts" counts

# What the classes below the root of htb may send, not those below them.
in_ns r2 tc qdisc replace dev eth1 root handle 7: htb default 11 &&
	in_ns r2 tc class add dev eth1 parent 7: classid 7:1 htb rate 100kbit \
		ceil 300kbit &&
	in_ns r2 tc class add dev eth1 parent 7:1 classid 7:11 htb rate 90kbit &&
	in_ns r2 tc class add dev eth1 parent 7: classid 7:2 htb rate 40gbit ||
	net_skip "no htb"
wait_for "the rate of both classes" tells rate 40000300
is queue 0

# Something waits, for seconds: packets of 1028 bytes at 8 kbit/s.  The neighbour
# behind them must not be asked for meanwhile.
in_ns r2 ip neigh replace 10.0.3.2 dev eth1 nud permanent \
	lladdr "$(in_ns r3 cat /sys/class/net/eth0/address)" || exit 99
queued()
{
	in_ns r2 tc qdisc replace dev eth1 root handle 1: tbf rate "$1" \
		burst 2000 limit 60000 || net_fail "no tbf any more"
}
queued 8kbit
waits()
{
	[ "$(net_backlog r2 eth1)" -gt 3000 ] ||
		in_ns a ping -q -c 8 -l 8 -s 1000 -W 0.1 10.0.4.2
	router_send look 10.0.4.2 && between queue 1001 11500 &&
		between queue_pkts 1 11
}
wait_for "a queue that is told of" waits
in_ns r2 tc qdisc del dev eth1 root
queued 80kbit

# A guest: not from the operator's prefix; then not at the operator's interface.
sed -i 's/^operator-prefixes.*/operator-prefixes = { "10.9.0.0\/16" }/' \
	"$NET_DIR/waspd.conf"
kill -HUP "$(cat "$NET_DIR/r2.pid")"
wait_for "the new file" sh -c "[ \$(grep -c ready: $NET_DIR/r2.log) = 2 ]"
router_send look 10.0.4.2 || net_fail "no reply"
is mtu 1400
for field in in_if out_if role rate queue queue_pkts tx_pkts transit free; do
	is $field $unknown
done
is last 0
sed -i 's/guest/client/' "$NET_DIR/waspd.conf"
kill -HUP "$(cat "$NET_DIR/r2.pid")"
wait_for "the new file" sh -c "[ \$(grep -c ready: $NET_DIR/r2.log) = 3 ]"
router_send look 10.0.4.2 || net_fail "no reply"
for field in queue transit; do
	[ "$(word $field)" != $unknown ] || net_fail "a client is not told $field"
done
for field in in_if out_if role rate queue_pkts tx_pkts free; do
	is $field $unknown
done
# In IPv6, and where the next hop is the destination.
router_send look 2001:db8:3::2 || net_fail "no reply in IPv6"
is last 1
exit 0
