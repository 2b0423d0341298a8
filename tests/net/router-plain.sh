#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What is plain IP passes three routers without one bit changed; what looks
# strange but is WASP runs; a hop limit that ends is the kernel's business.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
net_start perl
router_line
router_program walk <<'END'
	.program walk
	.hooks ingress, egress
	.data
	.cursor trail
trail:	.space 8
	.text
	push hook
	push ttl
	forward
END
for router in r1 r2 r3; do
	in_ns $router sysctl -q -w net.ipv4.conf.all.accept_source_route=1 \
		net.ipv4.conf.eth0.accept_source_route=1 || exit 99
done
# raw_send ADDRESS HOW EDIT...: from a.
raw_send()
{
	raw_to=$1 raw_how=$2
	shift 2
	# shellcheck disable=SC2086
	in_ns a wasp-send -n --ident 7 -S "$(case $raw_to in
		*:*) echo 2001:db8:1::1 ;; *) echo 10.0.1.1 ;; esac)" $raw_how \
		"$NET_DIR/walk" "$raw_to" >"$NET_DIR/dry" ||
		net_fail "wasp-send -n $raw_to $raw_how"
	in_ns a perl "$SRC/tests/net/raw.pl" send "$@" <"$NET_DIR/dry" ||
		net_fail "raw.pl $*"
}
# arrived COUNT: so many of the capture at a reached b, and nothing else.
arrived()
{
	only='(src host 10.0.1.1 or src host 2001:db8:1::1) and
		not icmp and not icmp6 and not arp'
	for end in a b; do
		wait_for "$1 packets at $end" capture_has $end "$1" "$only"
	done
	for address in 10.0.4.2 2001:db8:4::2; do
		in_ns a ping -q -c 1 -W 5 $address >/dev/null ||
			net_fail "no ping"
	done
	for end in a b; do
		wait_for "the ping at $end" capture_has $end 1 \
			'icmp6 and ip6[40] = 128'
		capture_stop $end
		tcpdump -r "$NET_DIR/$end.pcap" -w "$NET_DIR/$end-only.pcap" \
			"$only" 2>/dev/null
		perl "$SRC/tests/net/raw.pl" list "$NET_DIR/$end-only.pcap" |
			sort >"$NET_DIR/$end.list"
		[ "$(wc -l <"$NET_DIR/$end.list")" = "$1" ] ||
			net_fail "not $1 packets at $end: $(cat "$NET_DIR/$end.list")"
	done
}

bad='magic version no-code much-code much-pad beyond padding nested'
capture_start a a eth0
capture_start b b eth0
for how in '' -u; do
	# shellcheck disable=SC2086
	raw_send 10.0.4.2 "$how" $bad v4-first-fragment v4-last-fragment \
		v4-source-route
	# shellcheck disable=SC2086
	raw_send 2001:db8:4::2 "$how" $bad v6-fragment v6-routing
done
arrived 42
diff "$NET_DIR/a.list" "$NET_DIR/b.list" >"$NET_DIR/diff" ||
	net_fail "changed on its way: $(cat "$NET_DIR/diff")"
for router in r1 r2 r3; do
	[ "$(router_count $router forwarded)" = 0 ] ||
		net_fail "$router ran what is plain"
done

good='as-it-is'
capture_start a a eth0
capture_start b b eth0
for how in '' -u; do
	raw_send 10.0.4.2 "$how" $good v4-options
	raw_send 2001:db8:4::2 "$how" $good v6-hop-by-hop v6-destination v6-both
done
arrived 12
trail=$(printf '%08x' 1 64 2 63 1 63 2 62)
[ "$(grep -c "$trail" "$NET_DIR/b.list")" = 12 ] ||
	net_fail "did not run everywhere: $(cat "$NET_DIR/b.list")"
for router in r1 r2 r3; do
	[ "$(router_count $router forwarded)" = 24 ] ||
		net_fail "$router did not run twice each of the strange ones"
done

# The second router is where it ends: r1 ran it, r2 has not touched it, and the
# error quotes what r1 made of it.
capture_start a a eth0 icmp or icmp6
for address in 10.0.4.2 2001:db8:4::2; do
	router_send walk $address -t 2 -W 1
done
# (b, too, says of the fragments that it waits for in vain.)
wait_for "both errors" capture_has a 2 '(icmp[0] = 11 and src 10.0.1.2) or
	(icmp[0] = 11 and src 10.0.2.2) or
	(icmp6 and ip6[40] = 3 and not src 2001:db8:4::2)'
capture_stop a
wasp-dump --json -r "$NET_DIR/a.pcap" >"$NET_DIR/a.json"
[ "$(grep -c '"hops":1,.*"scratchpad":\[1,2,2,1,0,' "$NET_DIR/a.json")" = 2 ] ||
	net_fail "r2 touched what ended there: $(cat "$NET_DIR/a.json")"
[ "$(router_count r2 'hop limit ends here')" = 2 ] ||
	net_fail "r2 did not count them"

# For a router itself: its ingress runs it, though the hop limit is at its end,
# and the kernel does not answer that nobody is there.
capture_start a a eth0 icmp or icmp6
for address in 10.0.2.2 2001:db8:2::2; do
	router_send walk $address -t 2 -W 0
done
wait_for "the runs" router_counted r2 forwarded 26
in_ns a ping -q -c 1 -W 5 10.0.2.2 >/dev/null || net_fail "no ping"
wait_for "the ping" capture_has a 1 'icmp[0] = 0'
capture_stop a
[ "$(capture_count a '(icmp[0] = 3 or icmp[0] = 11 or
	(icmp6 and ip6[40] < 128)) and not src 10.0.4.2 and
	not src 2001:db8:4::2')" = 0 ] ||
	net_fail "r2 answered with an error: $(capture_print a)"
exit 0
