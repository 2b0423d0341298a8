#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# router.sh BENCH-ROUTER [OPTION...]: build a network for each way to forward
# packets, and measure them in turn (row 3).  Each is two hosts with a router
# between them, in namespaces of its own:
#
#	a eth0 ---- eth0 r eth1 ---- eth0 b
#	10.9.1.1   10.9.1.2 10.9.2.1   10.9.2.2
#
# Neighbours are fixed.  Ends with 77 where that can not be built.
set -u
SRC=${SRC:-$(dirname "$0")/..}
BUILD=${BUILD:-.}
. "$SRC/examples/lab/net.sh"
bench_router=${1:?}
shift
net_start
networks='' left_out=''

# host NAME: a namespace.  join NAME IF MAC NAME IF MAC: a wire between two.
host()
{
	net_ns "$1"
}

join()
{
	ip link add "$2" netns "$NET-$1" address "02:00:00:00:00:0$3" \
		type veth peer name "$5" netns "$NET-$4" \
		address "02:00:00:00:00:0$6" || exit 99
	net_up "$1" "$2"
	net_up "$4" "$5"
}

# neighbour NAME IF ADDRESS MAC
neighbour()
{
	in_ns "$1" ip neighbour replace "$3" dev "$2" \
		lladdr "02:00:00:00:00:0$4" nud permanent || exit 99
}

wire()
{
	host wire-a
	host wire-b
	join wire-a eth0 1 wire-b eth0 4
	network wire wire
}

# router LABEL: hosts and a router.
router()
{
	host "$1-a"
	host "$1-r"
	host "$1-b"
	net_router "$1-r"
	join "$1-a" eth0 1 "$1-r" eth0 2
	join "$1-r" eth1 3 "$1-b" eth0 4
	net_addr "$1-a" eth0 10.9.1.1/24
	net_addr "$1-r" eth0 10.9.1.2/24
	net_addr "$1-r" eth1 10.9.2.1/24
	net_addr "$1-b" eth0 10.9.2.2/24
	neighbour "$1-r" eth0 10.9.1.1 1
	neighbour "$1-r" eth1 10.9.2.2 4
}

# waspd_on LABEL SETTING...: its lines besides those of the interfaces.
waspd_on()
{
	label=$1
	shift
	for line; do
		echo "$line"
	done >"$NET_DIR/$label.conf"
	cat >>"$NET_DIR/$label.conf" <<-END
		interface eth0 { role = client }
		interface eth1 { role = internal }
	END
	net_spawn "$label" "$label-r" "$BUILD/bin/waspd" --pin-directory \
		"$NET_DIR/bpf/$label" -c "$NET_DIR/$label.conf"
	until net_said "$label" 'ready:'; do
		kill -0 "$(cat "$NET_DIR/$label.pid")" 2>/dev/null || return 1
		sleep 0.05
	done
}

# both LABEL [SETTING...]: waspd with these, for packets of one hook and of both;
# left out, and told, where it does not start.
both()
{
	name=$1
	shift
	for label in "$name" "$name-both"; do
		router "$label"
		if waspd_on "$label" "$@"; then
			case $name in
			*translated) network translated "$label" \
				"$(cat "$NET_DIR/$label.pid")" \
				"$NET_DIR/$label.log" ;;
			*)	network router "$label" ;;
			esac
		else
			why=$(tail -n 1 "$NET_DIR/$label.log")
			left_out="$left_out$label: $why
"
		fi
	done
}

# network KIND LABEL [PID LOG]: the first is what the others are compared with.
# "both" in a label: the packets run at both hooks.
network()
{
	networks="$networks $1:$NET-$2:$2${3+:$3:$4}"
}

# Pins that outlive the namespace of mounts of ip netns exec.
mkdir "$NET_DIR/bpf" || exit 99
mount -t bpf bpf "$NET_DIR/bpf" || exit 77

router kernel
network router kernel
wire
router xdp-forwarder
network forward xdp-forwarder

both portable 'datapath = portable'
both through 'datapath = xdp'
both fast 'datapath = xdp' 'mode = fast'
both fast-translated 'datapath = xdp' 'mode = fast' 'translate = hot' \
	'translate-after = 1000'
# The lines that tell what was left out, as arguments.
old_ifs=$IFS
IFS='
'
for text in $left_out; do
	set -- "$@" --left-out "$text"
done
IFS=$old_ifs
# shellcheck disable=SC2086
"$bench_router" "$@" $networks || {
	status=$?
	tail -n 20 "$NET_DIR"/*.log >&2
	exit $status
}
