#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The main job, shown: a program is assembled, proved safe, sent through three
# real routers and back, and what it saw is printed; then the same packet as a
# capture saw it.  Without root, three simulated routers.  Run by
# `./bootstrap demo`, which sets BUILD, and by make check.
set -u
SRC=${SRC:-$(cd "$(dirname "$0")/../.." && pwd)}
PATH=${BUILD:?}/bin:$PATH

# show COMMAND: print it, run it.
show()
{
	printf '\n$ %s\n' "$*"
	sh -c "$*" || exit
}

simulated()
{
	cd "$SRC" || exit 99
	cat <<-'END'

	This needs root to make three routers of network namespaces.  Without, the
	same program runs over three simulated nodes, the last of which is its
	destination; so the second one sends it back:
	END
	show 'wasp-as examples/trace.wasp | wasp-run --hops 3'
	exit
}

can_make_networks()
{
	[ "$(id -u)" = 0 ] && command -v ip >/dev/null &&
		command -v tcpdump >/dev/null && ip netns add "wasp-demo-$$" &&
		ip netns del "wasp-demo-$$"
}

PATH=$PATH:/usr/sbin:/sbin
can_make_networks 2>/dev/null || simulated

. "$SRC/tests/net/lib.sh"
. "$SRC/tests/net/router-lib.sh"
net_start
router_pins
net_line
for router in r1 r2 r3; do
	router_start $router --name "demo-$router" eth0=internal eth1=internal
done
capture_start seen a eth0

cat <<'END'

Three routers, each in a network namespace of its own and each running waspd,
between two hosts that know nothing of WASP but can send and receive packets:

     host a          router 1          router 2          router 3          host b
    10.0.1.1 --- 10.0.1.2 10.0.2.1 --- .2.2 .3.1 --- .3.2 10.0.4.1 --- 10.0.4.2

On host a, the trace example is assembled, proved safe, and sent towards b.  The
last router sends it back, so it brings home what it met both ways:
END
cd "$SRC" || exit 99
show "wasp-as examples/trace.wasp | wasp-verify -o - |
    ip netns exec $NET-a wasp-send - 10.0.4.2"
cat <<'END'

Each row is one router as the packet left it: rows 1 to 3 on the way out, and 4
to 6 on the way back, with the address of the interface it left by, the time
since the first row in microseconds, and the bytes that waited at that interface.
END
wait_for 'both packets in the capture' capture_has seen 2 ip proto 253
capture_stop seen
cp "$NET_DIR/seen.pcap" "$NET_DIR/a.pcap"
cd "$NET_DIR" || exit 99
printf '\nThe same packet leaving host a and coming back, as a capture there saw it:\n'
show 'wasp-dump -r a.pcap'
show "wasp-as $SRC/examples/trace.wasp >trace.wo"
show "wasp-dump -v --notes trace.wo -r a.pcap 'src host 10.0.4.2'"
