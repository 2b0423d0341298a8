#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every program in a manual page, a literal block behind the line
#	.\" program
# is assembled, and accepted without a warning.  A block behind
#	.\" object
# is the dump of the program before it: offset, four bytes, any text.
set -u
cd "${BUILD:?}" || exit 99
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
bad=0 count=0

# Each block of a page into a file of its own: PREFIX-1.program ...
blocks_of() {
	awk -v "prefix=$2" '
		/^\.\\" program/ { n++ }
		/^\.\\" (program|object)/ { wanted = prefix "-" n "." $2; next }
		/^\.Bd / && wanted { out = wanted; wanted = ""; next }
		/^\.Ed/ { out = "" }
		out != "" { gsub(/\\&/, ""); gsub(/\\e/, "\\"); print >out }
	' "$1"
}

for page in ${MAN_PAGES?}; do
	file=$page
	[ -e "$file" ] || file=${SRC:?}/$page
	blocks_of "$file" "$tmp/$(basename "$page")"
done
for program in "$tmp"/*.program; do
	name=$(basename "$program" .program)
	bin/wasp-as --strip "$program" >"$tmp/object" &&
	bin/wasp-verify "$tmp/object" >"$tmp/out" 2>&1 ||
		{ cat "$tmp/out"; echo "$name: not accepted"; bad=1; }
	grep -i -A3 warning "$tmp/out" && bad=1
	count=$((count + 1))
	[ -e "$tmp/$name.object" ] || continue
	awk '{ print $1, $2, $3, $4, $5 }' "$tmp/$name.object" >"$tmp/want"
	od -A d -t x1 -v -w4 "$tmp/object" |
		awk 'NF > 1 { print $1 + 0, $2, $3, $4, $5 }' >"$tmp/got"
	diff "$tmp/want" "$tmp/got" || { echo "$name: other bytes"; bad=1; }
done
[ $count -gt 1 ] || { echo 'no programs found'; bad=1; }
exit $bad
