# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
# What tests of wasp-send share: hosts a and b on one link, with the addresses
# of link 1 (lib.sh), and a program that returns.  To be sourced after lib.sh.
#
#	a eth0 10.0.1.1 ---- 10.0.1.2 eth0 b

send_start()
{
	net_start python3 "$@"
	PATH=${BUILD:?}/bin:$PATH
	net_ns a
	net_ns b
	net_line_link 1 a eth0 b eth0
	send_object o 2
}

# send_object NAME WORDS: $NET_DIR/NAME is `return` at ingress over so many
# words, which hold 1, 2, ...; the first is called limit.
send_object()
{
	python3 - "$NET_DIR/$1" "$2" <<-'PYTHON' || exit 99
	import struct, sys
	words = int(sys.argv[2])
	def packet(checksum):
	    return struct.pack(">2s6BHHHHHH%dL" % words, b"WA", 0x18, 59, 1,
	        words, 0, 0, 0, checksum, 0, 0, 0x0200, 0,
	        *range(1, words + 1))
	total = sum(struct.unpack(">%dH" % (10 + 2 * words), packet(0)))
	total = (total & 0xffff) + (total >> 16)
	with open(sys.argv[1], "wb") as out:
	    out.write(packet(~((total & 0xffff) + (total >> 16)) & 0xffff))
	    out.write(b"WASP-NOTES 1\nprogram back\nword 0 1 data limit\n")
	PYTHON
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
# it prints is in $NET_DIR/out and err.
send()
{
	send_want=$1
	shift
	in_ns a wasp-send "$NET_DIR/o" "$@" >"$NET_DIR/out" 2>"$NET_DIR/err"
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
