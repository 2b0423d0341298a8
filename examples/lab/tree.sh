# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
# A multicast tree, to be sourced after net.sh and router.sh: a source s, six
# routers with smcrouted and waspd, and eight members of a group.
#
#	s -- r1 -+- r2 -+- h1
#	         |      +- h2
#	         |      `- h3
#	         +- r3 --- r4 -+- h4
#	         |             `- h5
#	         `- r5 -+- h6
#	                `- r6 -+- h7
#	                       `- h8
#
# Above everyone is a link of its own: router N has 10.0.N.2 and 2001:db8:N::2
# at its end, member N 10.0.1N.2 and 2001:db8:1N::2; at the upper end is .1.
# A router's eth0 leads up, eth1, eth2 ... down, in the order of the drawing;
# these are numbers 1, 2 ... of its waspd.  Routers also have an address each
# that their waspd shows as the node's, 10.9.0.N and 2001:db8:9::N.
#
#	tree_start [TOOL...]	the links, addresses, routes, multicast routes
#	tree_routers		waspd on all six
#	tree_join GROUP		all members join
#	tree_round ANSWER QUESTION
#				s asks the group, and all answer; tree_heard,
#				tree_has and tree_most tell what came to s
#	tree_leave
#
# The multicast routes of smcrouted are static: it does not hear who joins.  So
# the tree is where the members are.

# Who, below whom, by which link.
TREE='r1 s 1  r2 r1 2  h1 r2 11  h2 r2 12  h3 r2 13  r3 r1 3  r4 r3 4  h4 r4 14
	h5 r4 15  r5 r1 5  h6 r5 16  r6 r5 6  h7 r6 17  h8 r6 18'
TREE_ROUTERS='r1 r2 r3 r4 r5 r6'
TREE_MEMBERS='h1 h2 h3 h4 h5 h6 h7 h8'
TREE_SOURCE=10.0.1.1 TREE_SOURCE6=2001:db8:1::1
TREE_GROUP=239.1.2.3 TREE_GROUP6=ff1e::123

# tree_links COMMAND...: for each link from the source on, with CHILD PARENT N.
tree_links()
{
	# shellcheck disable=SC2086
	set -- "$*" $TREE
	tree_command=$1
	shift
	while [ $# != 0 ]; do
		$tree_command "$1" "$2" "$3"
		shift 3
	done
}

tree_start()
{
	net_start jq python3 smcrouted "$@"
	tree_key=0
	router_pins
	for tree_node in s $TREE_ROUTERS $TREE_MEMBERS; do
		net_ns "$tree_node"
		: >"$NET_DIR/$tree_node.down"
		: >"$NET_DIR/$tree_node.ip"
	done
	for tree_node in $TREE_ROUTERS; do
		net_router "$tree_node"
		echo "address add 10.9.0.${tree_node#r}/32 dev lo
			address add 2001:db8:9::${tree_node#r}/128 dev lo" \
			>>"$NET_DIR/$tree_node.ip"
	done
	tree_links tree_link
	tree_links tree_routes_to
	echo "route add default via 10.0.1.2
		route add default via 2001:db8:1::2
		route add 224.0.0.0/4 dev eth0" >>"$NET_DIR/s.ip"
	for tree_node in s $TREE_ROUTERS $TREE_MEMBERS; do
		ip -n "$NET-$tree_node" -batch "$NET_DIR/$tree_node.ip" ||
			exit 99
	done
	for tree_node in $TREE_ROUTERS; do
		tree_smcroute "$tree_node"
	done
}

# The child, its link up, and addresses; the parent has one interface down more.
tree_link()
{
	tree_n=$(($(wc -l <"$NET_DIR/$2.down") + 1))
	[ "$2" != s ] || tree_n=0
	echo "eth$tree_n" >>"$NET_DIR/$2.down"
	net_link "$2" "eth$tree_n" "$1" eth0
	echo "address add 10.0.$3.1/24 dev eth$tree_n
		address add 2001:db8:$3::1/64 dev eth$tree_n nodad" \
		>>"$NET_DIR/$2.ip"
	echo "address add 10.0.$3.2/24 dev eth0
		address add 2001:db8:$3::2/64 dev eth0 nodad
		route add default via 10.0.$3.1
		route add default via 2001:db8:$3::1" >>"$NET_DIR/$1.ip"
}

# All who are above the upper end of a link know by whom it is reached.
tree_routes_to()
{
	tree_via=$2
	while tree_parent "$tree_via" && [ "$tree_up" != s ]; do
		echo "route add 10.0.$3.0/24 via 10.0.$tree_number.2
			route add 2001:db8:$3::/64 via 2001:db8:$tree_number::2" \
			>>"$NET_DIR/$tree_up.ip"
		tree_via=$tree_up
	done
}

# $tree_up is above, by link $tree_number; false for the source.
tree_parent()
{
	# shellcheck disable=SC2046
	set -- $(echo "$TREE" | xargs -n 3 |
		awk -v at="$1" '$1 == at { print $2, $3 }')
	tree_up=${1-} tree_number=${2-}
	[ -n "$tree_up" ]
}

tree_smcroute()
{
	tree_down=$(tr '\n' ' ' <"$NET_DIR/$1.down")
	{
		for tree_if in eth0 $tree_down; do
			echo "phyint $tree_if enable"
		done
		echo "mroute from eth0 source $TREE_SOURCE group $TREE_GROUP to $tree_down"
		echo "mroute from eth0 source $TREE_SOURCE6 group $TREE_GROUP6 to $tree_down"
	} >"$NET_DIR/$1.smcroute"
	net_spawn "$1-smcroute" "$1" smcrouted -n -N -i "$NET-$1" \
		-f "$NET_DIR/$1.smcroute" -P "$NET_DIR/$1-smcroute.run" \
		-u "$NET_DIR/$1-smcroute.sock"
	for tree_family in -4 -6; do
		wait_for "the multicast route on $1" tree_routed "$1"
	done
}

tree_routed()
{
	ip -n "$NET-$1" "$tree_family" mroute show | grep -q 'Iif: *eth0'
}

# What a router runs with: all packets are told all, since in this network
# everybody belongs to the operator.
tree_config()
{
	echo "address = { \"10.9.0.${1#r}\", \"2001:db8:9::${1#r}\" }"
	for tree_if in $(cat "$NET_DIR/$1.down") eth0; do
		echo "interface $tree_if { role = internal tell = operator }"
	done
}

# All at the same time, since programs take a while to load.
tree_routers()
{
	for tree_node in $TREE_ROUTERS; do
		tree_config "$tree_node" >"$NET_DIR/$tree_node.conf"
		router_words_for "$tree_node"
		# shellcheck disable=SC2086
		net_spawn "$tree_node" "$tree_node" waspd $router_words \
			-c "$NET_DIR/$tree_node.conf"
	done
	for tree_node in $TREE_ROUTERS; do
		wait_for "waspd on $tree_node" net_said "$tree_node" 'ready:'
	done
}

# All members join, each with the number $n, and wait for packets to the group.
tree_join()
{
	for tree_node in $TREE_MEMBERS; do
		net_spawn "$tree_node" "$tree_node" env --chdir="$NET_DIR" \
			"n=${tree_node#h}" python3 "$STORY/../lab/member.py" \
			"$1" eth0 sh answer
	done
	for tree_node in $TREE_MEMBERS; do
		wait_for "$tree_node in the group" net_said "$tree_node" joined
		: >"$NET_DIR/$tree_node.asked"
	done
}

tree_leave()
{
	for tree_node in $TREE_MEMBERS; do
		net_stop "$tree_node"
	done
}

# tree_prune ROUTER INTERFACE...: nobody is left behind any other interface.
tree_prune()
{
	tree_node=$1
	shift
	for tree_word in "remove eth0 $TREE_SOURCE $TREE_GROUP" \
	    "add eth0 $TREE_SOURCE $TREE_GROUP $*"; do
		printf '\n%s$ smcroutectl %s\n' "$tree_node" "$tree_word"
		# shellcheck disable=SC2086
		in_ns "$tree_node" smcroutectl \
			-u "$NET_DIR/$tree_node-smcroute.sock" $tree_word ||
			exit 99
	done
}

# tree_ask ANSWER QUESTION: the source sends a packet to the group by the command
# QUESTION, and all in $TREE_MEMBERS answer it by ANSWER, in $NET_DIR.  KEY in both
# stands for $tree_key.  What comes to the source until the last answer has passed
# the tree is in $NET_DIR/heard, one object of wasp-dump a line.
tree_ask()
{
	tree_answer "$1"
	capture_start heard s eth0 'proto 253 or ip6 proto 253'
	: "${tree_begin:=$(date +%s)}"
	lab_on s "$(echo "$2" | sed "s/KEY/$tree_key/")"
	for tree_node in $TREE_MEMBERS; do
		echo asked >>"$NET_DIR/$tree_node.asked"
		wait_for "the answer of $tree_node" tree_answered "$tree_node"
	done
	tree_end=$(date +%s)
	tree_flush
	capture_stop heard
	tree_hear
}

# tree_answer ANSWER: what members do from now on.
tree_answer()
{
	echo "$1" | sed "s/KEY/$tree_key/" >"$NET_DIR/answer.new"
	mv "$NET_DIR/answer.new" "$NET_DIR/answer"
	printf '\nh$n$ '
	cat "$NET_DIR/answer"
}

# What the capture holds so far of this key.
tree_hear()
{
	wasp-dump --json --notes "$NET_DIR/answer.wo" -r "$NET_DIR/heard.pcap" \
		"dst host $TREE_SOURCE or dst host $TREE_SOURCE6" \
		2>"$NET_DIR/hear.log" |
		jq -c --arg key "$(printf '0x%016x' "$tree_key")" \
			'select(.wasp.words.group == $key)' >"$NET_DIR/heard"
}

# tree_try COMMAND...: with another $tree_key; until there was less time between
# the first question and the last answer than an entry lives, which a busy machine
# does not promise.  What COMMAND expects meanwhile it expects by tree_expect, as
# lab_expect, and what depends on the outcome comes after it.
tree_try()
{
	for tree_again in 1 2 3 4 5 6 7 8; do
		tree_key=$((tree_key + 1))
		tree_begin=
		"$@"
		tree_late || return 0
		lab_text <<-'END'
		(That took longer than an entry lives, ten seconds.  Once more.)
		END
	done
	net_fail "this machine is too busy"
}

tree_late()
{
	[ $((tree_end - tree_begin)) -ge 9 ]
}

tree_expect()
{
	tree_late || lab_expect "$@"
}

tree_round()
{
	tree_try tree_ask "$@"
}

tree_answered()
{
	[ "$(grep -c '^answered$' "$NET_DIR/$1.log")" = \
		"$(wc -l <"$NET_DIR/$1.asked")" ]
}

# What is sent last from below each router comes last.
tree_flush()
{
	printf '.hooks ingress\nforward\n' | wasp-as --strip >"$NET_DIR/last.wo"
	for tree_node in h3 h5 h6 h8; do
		in_ns "$tree_node" wasp-send -W 0 "$NET_DIR/last.wo" \
			$TREE_SOURCE >/dev/null || exit 99
	done
	wait_for "the last to come" capture_has heard 4 'ip[24:2] = 0x0100'
}

# tree_heard WORD...: print how many were heard, and these words of each.
tree_heard()
{
	echo "   $(wc -l <"$NET_DIR/heard") came to s:"
	[ $# != 0 ] || return 0
	jq -r --arg names "$*" '"      from \(.ip.src): " + (.wasp.words as $words |
		$names | split(" ") | map("\(.) \($words[.])") | join(", "))' \
		"$NET_DIR/heard"
}

# tree_has COUNT [WORD=VALUE...]: were they so many, and the last one so?
tree_has()
{
	[ "$(wc -l <"$NET_DIR/heard")" = "$1" ] || return 1
	shift
	for tree_word in "$@"; do
		tail -n 1 "$NET_DIR/heard" | jq -e --arg name "${tree_word%=*}" \
			--argjson value "${tree_word#*=}" \
			'.wasp.words[$name] == $value' || return 1
	done
}

# tree_most WORD VALUE: of all heard, is that the greatest?
tree_most()
{
	jq -se --arg name "$1" --argjson value "$2" \
		'map(.wasp.words[$name]) | max == $value' "$NET_DIR/heard"
}

# tree_meter: count what routers send upwards, from now on and without what
# tree_flush sends.  tree_metered: how many packets that was, in IPv4, since the
# last time.
tree_meter()
{
	for tree_node in $TREE_ROUTERS; do
		in_ns "$tree_node" iptables -t mangle -A POSTROUTING -o eth0 \
			-p 253 -m length --length 41:65535 || exit 99
	done
}

tree_metered()
{
	for tree_node in $TREE_ROUTERS; do
		in_ns "$tree_node" iptables -t mangle -nvxL POSTROUTING -Z
	done | awk '/length 41/ { sum += $1 } END { print sum + 0 }'
}
