#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The line that other tests stand on: both ends reach each other in both
# families, captures see it, and what is stopped says with which status.
set -u
. "${SRC:?}/examples/lab/net.sh"
net_start ping
net_line
capture_start middle r2 eth0 icmp or icmp6
for address in 10.0.4.2 2001:db8:4::2; do
	in_ns a ping -q -c 1 -W 5 $address >/dev/null ||
		net_fail "a does not reach $address"
done
in_ns b ping -q -c 1 -W 5 10.0.1.1 >/dev/null || net_fail "b does not reach a"
wait_for "two requests in the middle" capture_has middle 2 \
	'icmp[0] = 8'
wait_for "one IPv6 reply in the middle" capture_has middle 1 \
	'icmp6 and ip6[40] = 129'
capture_stop middle
net_spawn sleeper a sleep 1000
net_stop sleeper
[ $? = 143 ] || net_fail "net_stop did not give the status"
