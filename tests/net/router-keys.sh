#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Key spaces over real routers: the operator is who the configuration says, by
# interfaces and prefixes, also from far away through a tunnel; who forges its
# address is not, and whoever likes reads.  Private entries belong to a program,
# wherever it comes from and whatever runs it.
#
#	                      operator -.     .- operator
#	a -- r1 -- client eth0 [r2] eth1 -- eth0 [r3] eth1 -- b, the operator's
#	|                       |                 operator
#	`- - - - - - - - - - tunnel, from the operator's at a
#
# r1 knows nothing of WASP.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
net_start wireguard-go wg jq
sockets="/var/run/wireguard/${NET}a.sock /var/run/wireguard/${NET}r.sock"
# shellcheck disable=SC2086
trap 'status=$?; rm -f $sockets; (exit $status); net_done' EXIT
router_pins
net_line
net_addr b eth0 10.0.4.3/24 2001:db8:4::3/64
# A tunnel is no Ethernet: portable serves it, over the one store.
is_xdp && router_datapath=auto
tunnel=${NET}r

# Each hook writes whether it may, or what it reads.
router_program write <<'END'
	.program write
	.hooks ingress, egress
	.data
key:	.key protected, 0
value:	.word 0
	.cursor trail
trail:	.word 9, 9, 9, 9
	.text
	insert r0, [key]
	push r0
	bz r0, out
	ld t0, [value]
out:	forward
END
router_program read <<'END'
	.program read
	.hooks ingress, egress
	.data
key:	.key protected, 0
	.cursor trail
trail:	.word 9, 9, 9, 9
	.text
	lookup r0, [key]
	bz r0, none
	push t0
	forward
none:	push r0
END
# Programs of private entries, which differ in one bit; "own2" is "own" with more
# words and another flag.
own()
{
	router_program "$1" <<-END
		.program own
		.hooks ingress, egress$([ "$1" = own2 ] && echo , back)
		.data
	key:	.key private, 0
	value:	.word 0
		.cursor trail
	trail:	.word 9, 9, 9, 9 $([ "$1" = own2 ] && echo , 0, 0)
		.text
		ldi r7, $2
		insert r0, [key]
		bz r0, out
		push t0
		ld t0, [value]
	out:	forward
	END
}
own own 6
own own2 6
own other 7
hash=$(wasp-as --hash "$NET_DIR/own") || exit 99

for router in r2 r3; do
	cat >"$NET_DIR/$router.conf" <<-END
		operator-prefixes = { "10.0.4.2/32", "2001:db8:4::2/128",
			"10.9.0.1/32", "2001:db8:9::1/128" }
		interface eth0 {
			role = $([ $router = r2 ] && echo client ||
				echo internal operator = true)
		}
		interface eth1 { role = internal operator = true }
		interface $tunnel { role = internal operator = true }
		$([ $router = r3 ] || echo 'wrap ordinary { match = "udp dport 5000"' \
			"program = \"$NET_DIR/write\" }")
		translate = listed
		translate-programs = { "$hash" }
	END
	router_start $router -c "$NET_DIR/$router.conf"
done
if is_xdp; then
	net_said r2 'ready:.*eth0=client/xdp' || net_fail "XDP does not serve r2"
fi

capture_start a a eth0 -Q in 'ip proto 253 or ip6 proto 253 or udp port 1021'
capture_start b b eth0 -Q in 'ip proto 253 or ip6 proto 253 or udp port 1021'
capture_start ordinary b eth0 -Q in 'udp port 5000 or ip proto 253'

# goes FROM TO PROGRAM TRAIL [OPTIONS]: one packet, and what its hooks wrote, as
# it came in at TO.
goes()
{
	from=$1 to=$2 object=$3 want=$4
	shift 4
	router_number=$((router_number + 1))
	in_ns $from wasp-send -W 0 --ident $router_number -s key=$key "$@" \
		"$NET_DIR/$object" "$(address $to)" \
		>"$NET_DIR/send.log" 2>&1 || net_fail "$from can not send"
	wait_for "packet $router_number at $to" trail $to
	[ "$(cat "$NET_DIR/trail")" = "$want" ] || router_wrong "IPv$family," \
		"$object $from $to $*: $(cat "$NET_DIR/trail"), not $want"
}
trail()
{
	wasp-dump --json --notes "$NET_DIR/$object" -r "$NET_DIR/$1.pcap" |
		jq -ce "select(.wasp.ident == $router_number) | .wasp.words.trail" \
			>"$NET_DIR/trail"
}
address()
{
	case $family$1 in
	4a) echo 10.0.1.1 ;;
	4b) echo 10.0.4.3 ;;
	4operator) echo 10.0.4.2 ;;
	4remote) echo 10.9.0.1 ;;
	6a) echo 2001:db8:1::1 ;;
	6b) echo 2001:db8:4::3 ;;
	6operator) echo 2001:db8:4::2 ;;
	6remote) echo 2001:db8:9::1 ;;
	esac
}
# Nobody but the operator: nothing is there afterwards, and it still can.
refused()
{
	router_young refused_once "$@"
}
refused_once()
{
	key=$router_number
	goes "$@"
	goes a b read '[0,0,0,0]'
}

# What a client sends with the operator's address goes no further than r2, over
# UDP, where it has no rights, it does.
outside()
{
	router_young outside_once "$@"
}
outside_once()
{
	from=$1 to=$2 key=$router_number
	shift 2
	forged=$(router_count r2 "the operator's source, from outside")
	in_ns $from wasp-send -W 0 -s key=$key "$@" "$NET_DIR/write" \
		"$(address $to)" >"$NET_DIR/send.log" 2>&1 ||
		net_fail "$from can not send"
	wait_for "the refusal" router_counted r2 \
		"the operator's source, from outside" $((forged + 1))
	goes $from $to write '[0,0,0,0]' -u "$@"
	goes a b read '[0,0,0,0]'
}

# The operator writes at all hooks, there and back again; others read.
operator_writes()
{
	key=$router_number
	goes b a write '[2,1,2,1]' -S "$operator" -s value=71
	goes a b read '[71,71,71,71]'
	goes a b write '[0,0,0,0]' -s value=72
	goes a b read '[71,71,71,71]'
	goes b a write '[1,1,1,1]' -S "$operator" -s value=73
	goes a b read '[73,73,73,73]'
}

for family in 4 6; do
	operator=$(address operator)
	router_young operator_writes
	# Not over UDP, and not from another address.
	refused b a write '[0,0,0,0]' -S "$operator" -u
	refused b a write '[0,0,0,0]' -S "$(address b)"
	# Nor does a client with that address come in.
	outside a b -S "$operator"
done

# Wrapping makes nobody the operator: what comes from outside with that address
# goes on as it came, unlike what a sends as itself.
in_ns a ip route add local 10.0.4.2/32 dev lo || exit 99
datagram()
{
	in_ns a perl -MIO::Socket::INET -e 'IO::Socket::INET->new(Proto => "udp",
		LocalAddr => $ARGV[0], PeerAddr => "10.0.4.3:5000")->send("x")' "$1"
}
datagram 10.0.4.2
wait_for "a forged datagram" capture_has ordinary 1 udp and src 10.0.4.2
datagram 10.0.1.1
wait_for "a wrapped one" capture_has ordinary 1 \
	'ip proto 253 and src 10.0.1.1 and ip[23] = 4'
in_ns a ip route del local 10.0.4.2/32 dev lo || exit 99

# A tunnel between a and r2, by keys that only these two have; all else comes to
# r2 by eth0, whatever its source.
tunnel_end()
{
	(umask 077 && wg genkey >"$NET_DIR/$1.key") || exit 99
	net_spawn "tunnel-$1" "$1" wireguard-go -f "$2"
	wait_for "the tunnel of $1" in_ns "$1" wg show "$2"
	in_ns "$1" wg set "$2" listen-port 51820 \
		private-key "$NET_DIR/$1.key" || exit 99
}
# tunnel_peer NAME IF OTHER ADDRESS PREFIXES
tunnel_peer()
{
	in_ns "$1" wg set "$2" peer "$(wg pubkey <"$NET_DIR/$3.key")" \
		endpoint "$4:51820" allowed-ips "$5" || exit 99
	in_ns "$1" ip link set "$2" up || exit 99
}
tunnel_end a "${NET}a"
tunnel_end r2 "$tunnel"
tunnel_peer a "${NET}a" r2 10.0.2.2 0.0.0.0/0,::/0
tunnel_peer r2 "$tunnel" a 10.0.1.1 10.9.0.1/32,2001:db8:9::1/128
net_addr a "${NET}a" 10.9.0.1/32 2001:db8:9::1/128
net_addr r2 "$tunnel" 10.9.0.2/24 2001:db8:9::2/64
net_route r3 10.9.0.0/24 10.0.3.1
net_route b 10.9.0.0/24 10.0.4.1
net_route r3 2001:db8:9::/64 2001:db8:3::1
net_route b 2001:db8:9::/64 2001:db8:4::1
for ip in 'ip -4' 'ip -6'; do
	# shellcheck disable=SC2086
	in_ns a $ip rule add oif "${NET}a" lookup 9 &&
		in_ns a $ip route add default dev "${NET}a" table 9 || exit 99
done
wait_for "the tunnel at r2" net_said r2 "$tunnel=internal/portable"
! is_xdp || net_said r2 "eth0=client/xdp.* $tunnel=internal/portable" ||
	net_fail "XDP and the tunnel are not served side by side"

# Far away, and everywhere in the domain at home.
operator_writes_from_afar()
{
	key=$router_number
	goes a b write '[2,1,2,1]' -I "${NET}a" -S "$remote" -s value=81
	goes a b read '[81,81,81,81]'
	goes b a write '[1,1,1,1]' -S "$(address operator)" -s value=82
	goes a b read '[82,82,82,82]' -I "${NET}a" -S "$remote"
}

for family in 4 6; do
	remote=$(address remote)
	router_young operator_writes_from_afar
	# On its way out of the tunnel another source is nobody.
	refused a b write '[0,0,0,0]'
	refused b a write '[0,0,0,0]' -S "$remote"
	outside a b -S "$remote"
done

is_translated()
{
	in_ns a wasp-send -q -W 0 -c 64 -i 1ms "$NET_DIR/own" 10.0.4.3
	router_translated r2 $hash ingress && router_translated r2 $hash egress
}

# Private: the same program finds what it left, wherever it comes from, and one of
# another bit has entries of its own.  From the second time on XDP has translated "own".
each_has_its_own()
{
	key=$router_number
	goes a b own '[0,91,0,91]' -s value=91
	goes a b other '[0,95,0,95]' -s value=95
	goes b a own '[91,92,91,92]' -s value=92
	goes b a own2 '[92,93,92,93,0,0]' -s value=93
	goes a b other '[95,96,95,96]' -s value=96
}
each_has_its_own_from_afar()
{
	key=$router_number
	goes a b own '[0,91,0,91]' -s value=91
	goes a b other '[0,95,0,95]' -I "${NET}a" -S "$remote" -s value=95
	goes a b own '[91,92,91,92]' -I "${NET}a" -S "$remote" -s value=92
	goes a b own '[92,93,92,93]' -s value=93
}
for family in 4 6 4; do
	remote=$(address remote)
	router_young each_has_its_own
	router_young each_has_its_own_from_afar
	! is_xdp || wait_for "a translation" is_translated
done
