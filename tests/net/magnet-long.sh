#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A list of more routers than fit in one packet's trail is asked for in two.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
net_start jq
router_pins

# client - n1 - ... - n7 - provider; link N is left of nN.
count=7			# 5 records fit
last=client
for n in 1 2 3 4 5 6 7 provider; do
	[ $n = provider ] && host=provider link=$((count + 1)) ||
		host=n$n link=$n
	[ $last = client ] && net_ns client
	net_ns $host
	net_link $last right $host left
	net_addr $last right 2001:db8:$link::1/64
	net_addr $host left 2001:db8:$link::2/64
	last=$host
done
net_route client ::/0 2001:db8:1::2
net_route provider ::/0 2001:db8:$((count + 1))::1
n=1
while [ $n -le $count ]; do
	net_router n$n
	net_route n$n ::/0 2001:db8:$((n + 1))::2
	link=1
	while [ $link -lt $n ]; do
		net_route n$n 2001:db8:$link::/64 2001:db8:$n::1
		link=$((link + 1))
	done
	cat >"$NET_DIR/n$n.conf" <<-END
	operator-prefixes = {"2001:db8:$((count + 1))::/64"}
	interface left { role = internal }
	interface right { role = internal operator = true }
	END
	router_start n$n -c "$NET_DIR/n$n.conf" --name n$n
	n=$((n + 1))
done

net_spawn advertise provider wasp-magnet advertise printer 2001:db8:1::2
everywhere()
{
	[ "$(grep -c ': advertised$' "$NET_DIR/advertise.log")" = $count ]
}
wait_for "the provider at all routers" everywhere
in_ns client wasp-magnet list --json -W 5 printer 2001:db8:8::2 \
	>"$NET_DIR/list.log" || net_fail "nobody is found"
[ "$(jq -rs '[.[] | select(.type == "provider").hop] | join(" ")' \
	"$NET_DIR/list.log")" = "1 2 3 4 5 6 7" ] ||
	net_fail "not every router is in the list"
jq -e 'select(.type == "summary") | .asked == 7 and .found == 7' \
	"$NET_DIR/list.log" >"$NET_DIR/jq.log" || net_fail "the sum is another"

# Who is found once needs one packet only.
in_ns client wasp-magnet find --json -W 5 printer 2001:db8:8::2 |
	jq -e 'select(.type == "summary") | .asked == 7 and .found == 1' \
	>"$NET_DIR/jq.log" || net_fail "it is found more than once"
exit 0
