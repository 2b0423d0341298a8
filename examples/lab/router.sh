# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
# waspd in the namespaces of net.sh, which is sourced before.
#
#	router_line [NAME...]	the line of net.sh, waspd on these (r1 r2 r3)
#
# A router's eth0 is a client's interface and its eth1 an internal one; host b
# has only eth0.  Their logs are NAME.log.
#
# WASP_DATAPATH is the data path that is tested: portable, unless it says xdp.
# router_datapath is what waspd is told, for a test in which it can not be that.

router_datapath=${WASP_DATAPATH:-portable}

is_xdp()
{
	[ "${WASP_DATAPATH-}" = xdp ]
}

router_line()
{
	[ -n "${NET_DIR-}" ] || net_start iptables
	router_pins
	net_line
	for router in ${*:-r1 r2 r3}; do
		router_start "$router"
	done
}

# A namespace of mounts goes with the command that ip netns exec runs, so pins
# that shall outlive it lie in a file system that is mounted before.
router_pins()
{
	mkdir -p "$NET_DIR/bpf" || exit 99
	is_xdp || return 0
	mount -t bpf bpf "$NET_DIR/bpf" || net_skip "no BPF file system"
}

# router_waspd NAME ARGUMENTS: waspd there, not in the background; the words that
# say so are $router_words in any case.
router_waspd()
{
	router_words_for "$1"
	router_name=$1
	shift
	# shellcheck disable=SC2086
	in_ns "$router_name" waspd $router_words "$@"
}

# A host does not forward, so it has no routes for BPF programs.
router_words_for()
{
	case $router_datapath:$1 in
	xdp:[!r]*) router_words="--datapath auto" ;;
	*) router_words="--datapath $router_datapath" ;;
	esac
	router_words="$router_words --pin-directory $NET_DIR/bpf/$1"
}

# router_start NAME [ARGUMENTS]: waspd there, ready.
router_start()
{
	router_name=$1
	shift
	if [ $# = 0 ]; then
		case $router_name in
		r*) set -- eth0=client eth1=internal ;;
		*) set -- eth0=client ;;
		esac
	fi
	router_words_for "$router_name"
	# shellcheck disable=SC2086
	net_spawn "$router_name" "$router_name" waspd $router_words "$@"
	wait_for "waspd on $router_name" net_said "$router_name" 'ready:'
}

# router_telling NAME IF...: waspd there, which tells everything to everybody who
# comes in by these, and more settings of theirs: eth0 'eth1 rate=1000'.
router_telling()
{
	router_name=$1
	shift
	for router_if; do
		echo "interface ${router_if%% *} { role = internal"
		echo "	tell = operator"
		case $router_if in *' '*) echo "	${router_if#* }" ;; esac
		echo "}"
	done >"$NET_DIR/$router_name.conf"
	router_start "$router_name" -c "$NET_DIR/$router_name.conf"
}

# router_clean NAME: is nothing of waspd left there?  If one still runs, no.
router_clean()
{
	[ "$(router_waspd "$1" --clean 2>&1)" = \
		"0 tables and 0 interfaces of waspd taken out" ]
}

# router_program NAME: assemble standard input into $NET_DIR/NAME.
router_program()
{
	wasp-as -o "$NET_DIR/$1" - || exit 99
}

# router_send NAME ADDRESS [OPTIONS]: from a; what came back is in
# $NET_DIR/reply, as JSON.  The exit status is wasp-send's.
router_send()
{
	router_object=$1 router_to=$2
	shift 2
	in_ns a wasp-send --json -W 5 "$@" "$NET_DIR/$router_object" \
		"$router_to" >"$NET_DIR/reply" 2>"$NET_DIR/send.log"
}

# router_young CHECK...: entries live ten seconds, and nothing prolongs that.  So
# CHECK makes its own, by names that nobody used before, and what it finds counts
# only if it took less time than that; else it is tried again.  It has a shell of
# its own.  $router_number is another one each time, and the next 99 are free.
router_number=0
router_young()
{
	for router_try in 1 2 3 4 5 6 7 8; do
		router_number=$((router_number + 100))
		router_began=$(date +%s)
		("$@" && router_is_young)
		router_status=$?
		[ $router_status = 75 ] || break
	done
	[ $router_status != 75 ] || net_fail "never was it quick enough: $*"
	[ $router_status = 0 ] || exit $router_status
}

# router_wrong WHAT: there, what fails the test unless it is only too late.
router_wrong()
{
	router_is_young
	net_fail "$@"
}
router_is_young()
{
	[ $(($(date +%s) - router_began)) -lt 10 ] || exit 75
}

# What the reply must contain, as fixed text; or must not.
router_replied()
{
	grep -qF -e "$1" "$NET_DIR/reply" ||
		net_fail "no $1 in the reply: $(cat "$NET_DIR/reply")"
}

# router_count NAME WHAT: how often waspd there has counted this so far.
router_count()
{
	router_blocks=$(grep -c 'counts: all' "$NET_DIR/$1.log")
	kill -USR1 "$(cat "$NET_DIR/$1.pid")"
	wait_for "the counts of $1" router_counts_after "$1" "$router_blocks"
	# The lines of the last block; what is not there is 0.
	sed -n "s/.*count $2: //p; s/.*counts: all.*/;/p" "$NET_DIR/$1.log" |
		awk -v last="$router_blocks" '/;/ { n++; next }
			n == last { count = $0 } END { print count + 0 }'
}

router_counts_after()
{
	[ "$(grep -c 'counts: all' "$NET_DIR/$1.log")" -gt "$2" ]
}

# router_counted NAME WHAT N: has waspd there counted it N times?
router_counted()
{
	[ "$(router_count "$1" "$2")" = "$3" ]
}

# router_translated NAME HASH HOOK: has waspd there translated that program?  Or
# found a machine on which it takes longer than 50 ms, and refused it for good?
router_translated()
{
	net_said "$1" "translated $2 at $3," || router_too_slow "$@"
}
router_too_slow()
{
	net_said "$1" \
		"can not be translated: $2 at $3, \([5-9]\|[1-9][0-9]\)[0-9][.]"
}

# router_wasp LABEL: the WASP packets of a capture as JSON, one a line; not what
# ICMP errors quote.
router_wasp()
{
	wasp-dump --json -r "$NET_DIR/$1.pcap" | grep '"type":"wasp"'
}

# Programs of several tests: "home" returns where it is for, "HOOK-N" at that
# hook of the node that is the N-th to run it.
router_home()
{
	router_program home <<-'END'
		.program home
		.hooks ingress
		.text
		env r0, local
		bz r0, on
		return
	on:	forward
	END
}
router_returned()
{
	router_program "$1" <<-END
		.program returned
		.hooks ${1%-*}
		.data
	which:	.word ${1#*-}
		.text
		env r0, hops
		ld r1, [which]
		bne r0, r1, on
		return
	on:	forward
	END
}
