#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Literal blocks of the manual pages are true.  A line before each says what it
# is:
#	.\" program	a source: assembled, and accepted without a warning
#	.\" source	a source that is assembled only
#	.\" object	the dump of the source before: offset, four bytes, any text
#	.\" file NAME	what sources of the page include by that name
#	.\" notes	a command, and the notes of the source before, which is in
#			a file called after its .program
set -u
cd "${BUILD:?}" || exit 99
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
bad=0 count=0

# Each block of a page into a file of its own: PREFIX-1.program ...
blocks_of() {
	awk -v "prefix=$2" -v "directory=$tmp" '
		/^\.\\" (program|source)/ { n++ }
		/^\.\\" (program|source|object|notes)/ {
			wanted = prefix "-" n "." $2
			next
		}
		/^\.\\" file/ { wanted = directory "/" $3; next }
		/^\.Bd / && wanted { out = wanted; wanted = ""; next }
		/^\.Ed/ { out = "" }
		out != "" { gsub(/\\&/, ""); gsub(/\\e/, "\\"); print >out }
	' "$1"
}

fail() {
	echo "$name: $1"
	bad=1
}

check_source() {
	bin/wasp-as -Werror --strip "$tmp/$name.$1" >"$tmp/object" ||
		fail 'not assembled'
}

check_program() {
	bin/wasp-verify "$tmp/object" >"$tmp/out" 2>&1 ||
		{ cat "$tmp/out"; fail 'not accepted'; }
	grep -i -A3 warning "$tmp/out" && fail 'accepted with a warning'
}

check_object() {
	awk '{ print $1, $2, $3, $4, $5 }' "$tmp/$name.object" >"$tmp/want"
	od -A d -t x1 -v -w4 "$tmp/object" |
		awk 'NF > 1 { print $1 + 0, $2, $3, $4, $5 }' >"$tmp/got"
	diff "$tmp/want" "$tmp/got" || fail 'other bytes'
}

check_notes() {
	called=$tmp/$(sed -n 's/^ *\.program *//p' "$tmp/$name.$1").wasp
	cp "$tmp/$name.$1" "$called"
	sed 1d "$tmp/$name.notes" >"$tmp/want"
	bin/wasp-as "$called" |
		tail -c +$(($(wc -c <"$tmp/object") + 1)) >"$tmp/got"
	diff "$tmp/want" "$tmp/got" || fail 'other notes'
}

for page in ${MAN_PAGES?}; do
	file=$page
	[ -e "$file" ] || file=${SRC:?}/$page
	blocks_of "$file" "$tmp/$(basename "$page")"
done
for source in "$tmp"/*.program "$tmp"/*.source; do
	kind=${source##*.} name=$(basename "${source%.*}")
	count=$((count + 1))
	check_source $kind
	[ $kind = source ] || check_program
	[ ! -e "$tmp/$name.object" ] || check_object
	[ ! -e "$tmp/$name.notes" ] || check_notes $kind
done
[ $count -gt 1 ] || { echo 'no programs found'; bad=1; }
exit $bad
