#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# MagNet on three routers: who provides a service at b, which is the operator's,
# advertises it at all of them, and a client at a finds it.  Twenty queries a
# second for a minute (with the other data path, for two periods and a half) miss
# it at no router, while providers come and die.  The better one is found, and
# ten seconds after its death the second one, or nobody.  A stranger is refused,
# and told why.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
net_start iptables jq
router_pins
net_line
queries=1200
is_xdp && queries=420
trail=8			# the first word of find.wasp's trail

for router in r1 r2 r3; do
	cat >"$NET_DIR/$router.conf" <<-END
	operator-prefixes = {"10.0.4.0/24", "2001:db8:4::/64"}
	interface eth0 { role = client }
	interface eth1 { role = internal operator = true }
	END
	router_start $router -c "$NET_DIR/$router.conf"
done

# provider LABEL NAME TARGET [OPTIONS]: in the background; its JSON is LABEL.log.
provider()
{
	label=$1 name=$2 target=$3
	shift 3
	net_spawn "$label" "$name" wasp-magnet advertise --json "$@" \
		example "$target"
}

# states LABEL STATE N: has it that state at so many routers?
states()
{
	[ "$(sed -n '/^{/p' "$NET_DIR/$1.log" | jq -rs --arg state "$2" \
		'[.[] | select(.type == "router")] | group_by(.router) |
		map(select(.[-1].state == $state)) | length')" = "$3" ]
}

# find NAME COMMAND TARGET [OPTIONS]: what comes is $NET_DIR/found, the status
# that of wasp-magnet.
find()
{
	name=$1 command=$2 target=$3
	shift 3
	in_ns "$name" wasp-magnet "$command" --json -W 5 "$@" example "$target" \
		>"$NET_DIR/found" 2>"$NET_DIR/find.log"
}

# found FILTER WANT: of what was found.
found()
{
	got=$(jq -rs "$1" "$NET_DIR/found" | tr '\n' ' ')
	[ "$got" = "$2 " ] ||
		net_fail "$1 is $got, not $2: $(cat "$NET_DIR/found")"
}
addresses='[.[] | select(.type == "provider").address] | join(" ")'
asked='.[-1].asked'

# finds ADDRESS: is this the one at every router?  forgot ADDRESS: at none?
finds()
{
	find a list 10.0.4.2 && [ "$(jq -rs '[.[] | select(.type == "provider")
		.address] | join(" ")' "$NET_DIR/found")" = "$1 $1 $1" ]
}

forgot()
{
	find a list 10.0.4.2 && ! grep -q "\"$1\"" "$NET_DIR/found"
}

# ten_seconds_after NANOSECONDS: wait until they, and a bit, are over since then.
ten_seconds_after()
{
	until [ $(($(date +%s%N) - $1)) -gt 10050000000 ]; do
		sleep 0.1
	done
}

# Nobody yet.
find a find 10.0.4.2 && net_fail "found where nobody is"
found "$asked" 3

# The first provider.  b knows no WASP, and r1's address on a's link is beyond
# all routers: so r3, r2 and r1 are learnt.
provider first b 10.0.1.2 --metric 20 --service-port 631
wait_for "the first provider" states first advertised 3
find a find 10.0.4.2 || net_fail "not found: $(cat "$NET_DIR/find.log")"
found "$addresses" 10.0.4.2
found '.[0] | "\(.metric) \(.port) \(.router) \(.hop) \(.age_ms < 5000)"' \
	"20 631 10.0.1.2 1 true"
found "$asked" 3

# The minute, in the background: at each router, every time.
wasp-as -o "$NET_DIR/find.wo" "$SRC/magnet/find.wasp" || exit 99
net_spawn queries a wasp-send --json -c $queries -i 50ms -W 5 -s all=1 \
	"$NET_DIR/find.wo" 10.0.4.2

# A target with WASP is asked itself; by UDP, too; the first answer is enough.
asked_r3()
{
	find a list 10.0.3.2 && [ "$(jq -s "$asked" "$NET_DIR/found")" = 3 ]
}
wait_for "the answer of r3 itself" asked_r3
found '[.[] | select(.type == "provider").hop] | join(" ")' "1 2 3"
find a list 10.0.4.2 -u || net_fail "not found by UDP"
found "$addresses" "10.0.4.2 10.0.4.2 10.0.4.2"
find a find 10.0.4.2 --first || net_fail "not found at the first router"
found "$asked" 1

# A client is nobody's operator, and hears it.
in_ns a wasp-magnet advertise --json -m 1 -c 4 -e 100ms example 10.0.4.2 \
	>"$NET_DIR/stranger.log" 2>"$NET_DIR/why.log"
[ $? = 1 ] || net_fail "the stranger's status is not 1"
states stranger denied 3 || net_fail "the stranger was not denied"
grep -q 'only the operator may advertise' "$NET_DIR/why.log" ||
	net_fail "the stranger was not told why"

# A better one takes over at once, a worse one does not.
provider better b 10.0.1.2 -m 5 -a 10.0.4.77
wait_for "the better provider" states better advertised 3
finds 10.0.4.77 || net_fail "the better one is not found"
provider worse b 10.0.1.2 -m 50 -a 10.0.4.99
wait_for "the worse provider" states worse outbid 3
finds 10.0.4.77 || net_fail "the worse one is in its place"
wait_for "the first to be outbid" states first outbid 3

# It dies without a word.  The second best, not the worst, is in its place.
net_stop better KILL
ten_seconds_after "$(date +%s%N)"
forgot 10.0.4.77 || net_fail "ten seconds later it is found, or nobody"
wait_for "the second" finds 10.0.4.2

wait "$(cat "$NET_DIR/queries.pid")"
jq -c 'select(.type == "reply") | .cursor' "$NET_DIR/queries.log" |
	sort | uniq -c >"$NET_DIR/pushed.log"
[ "$(cat "$NET_DIR/pushed.log" | tr -s ' ')" = " $queries $((trail + 12))" ] ||
	net_fail "not each of $queries queries found 3 entries of 4 words"

# Who ends in order withdraws; who is alone and dies is gone in ten seconds.
net_stop first
wait_for "the worse one" finds 10.0.4.99
net_stop worse KILL
ten_seconds_after "$(date +%s%N)"
find a list 10.0.4.2 && net_fail "found ten seconds after its death"
found "$addresses" ""

# IPv6 is another service.
provider six b 2001:db8:1::2 -p 631 -e 100ms -W 200ms
wait_for "the provider in IPv6" states six advertised 3
find a list 2001:db8:4::2 || net_fail "not found by IPv6"
found "$addresses" "2001:db8:4::2 2001:db8:4::2 2001:db8:4::2"
found '[.[] | select(.type == "provider").router] | join(" ")' \
	"2001:db8:1::2 2001:db8:2::2 2001:db8:3::2"
find a find 10.0.4.2 && net_fail "found by IPv4"

# What hinders a provider is told, and it goes on when it is over: a firewall of
# its own, and one on the way back.
in_ns b ip6tables -I OUTPUT -p 253 -j DROP
wait_for "the firewall's no" net_said six 'a firewall on this machine forbids'
in_ns b ip6tables -D OUTPUT -p 253 -j DROP
in_ns r3 ip6tables -I FORWARD -p 253 -d 2001:db8:4::2 -j DROP
wait_for "silence" net_said six '"target".*"answers":false'
in_ns r3 ip6tables -D FORWARD -p 253 -d 2001:db8:4::2 -j DROP
wait_for "an answer" net_said six '"target".*"answers":true'
net_stop six
net_said six '"type":"summary"' || net_fail "it ended without a summary"

# It ends in order, too, when it has something to say and nobody reads it.
net_spawn unread b sh -c 'wasp-magnet advertise -e 100ms -W 200ms example \
	2001:db8:1::2 | sed "/hop 3/q"'
unread_is_found()
{
	find a list 2001:db8:4::2 && [ "$(jq -rs "$addresses" "$NET_DIR/found")" = \
		"2001:db8:4::2 2001:db8:4::2 2001:db8:4::2" ]
}
wait_for "the provider that nobody reads" unread_is_found
in_ns r3 ip6tables -I FORWARD -p 253 -d 2001:db8:4::2 -j DROP
wait "$(cat "$NET_DIR/unread.pid")"
find a list 2001:db8:4::2 && net_fail "it did not withdraw: $(cat "$NET_DIR/found")"

# Where no router knows WASP, the kernel of the target says so.
net_stop r1
find a find 10.0.1.2 && net_fail "found without WASP"
found "$asked" 0
in_ns r1 iptables -A INPUT -p 253 -j DROP
find a find 10.0.1.2 -W 0.2 && net_fail "found in silence"
found '.[-1].answered' false
found '.[-1].time_ns' null
grep -q 'no answer from the way to 10.0.1.2' "$NET_DIR/find.log" ||
	net_fail "silence is not told"
exit 0
