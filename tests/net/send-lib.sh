# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
# What tests of wasp-send share: hosts a and b on one link, with the addresses
# of link 1 (net.sh), and a program that returns.  To be sourced after net.sh.
#
#	a eth0 10.0.1.1 ---- 10.0.1.2 eth0 b

send_start()
{
	net_start python3 "$@"
	net_ns a
	net_ns b
	net_line_link 1 a eth0 b eth0
	send_object o 4
}

# send_object NAME WORDS: $NET_DIR/NAME returns at ingress and has so many
# words: 1, 2, and zeros.
send_object()
{
	wasp-as -o "$NET_DIR/$1" - <<-PROGRAM || exit 99
		.program back
		.hooks ingress
		.text
		return
		.data
	limit:	.word 1, 2
	room:	.space $(($2 - 2))
	PROGRAM
}

# reflect ACTIONS: b returns what it gets, see reflector.c.  unreflect.
reflect()
{
	net_spawn reflector b "$BUILD/tests/net/reflector" eth0 "$1"
	wait_for "the reflector" net_said reflector ready
}

unreflect()
{
	net_stop reflector
}

# send STATUS ARGUMENT...: wasp-send of the object in a, which must end so; what
# it prints is in $NET_DIR/out and err.  It waits long, for a slow machine, but
# where an argument says otherwise.
send()
{
	send_want=$1
	shift
	in_ns a wasp-send -W 20 "$NET_DIR/o" "$@" >"$NET_DIR/out" 2>"$NET_DIR/err"
	send_got=$?
	[ $send_got = "$send_want" ] || {
		cat "$NET_DIR/out" "$NET_DIR/err"
		net_fail "wasp-send $*: status $send_got, not $send_want"
	}
}

# printed PATTERN: a line of the output matches; said PATTERN: of the errors.
printed()
{
	grep -q -e "$1" "$NET_DIR/out" || {
		cat "$NET_DIR/out" "$NET_DIR/err"
		net_fail "not printed: $1"
	}
}

said()
{
	grep -q -e "$1" "$NET_DIR/err" || {
		cat "$NET_DIR/out" "$NET_DIR/err"
		net_fail "not said: $1"
	}
}

# json EXPRESSION: true in python, where `lines` are the JSON lines printed and
# `of(TYPE)` those of a type.
json()
{
	python3 - "$NET_DIR/out" "$1" <<-'PYTHON' || net_fail "JSON: $1"
	import json, sys
	lines = [json.loads(line) for line in open(sys.argv[1])]
	of = lambda type: [l for l in lines if l["type"] == type]
	if not eval(sys.argv[2]):
	    print(*lines, sep="\n")
	    sys.exit(1)
	PYTHON
}
