#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every program in a manual page, a literal block behind the line
#	.\" program
# is assembled, and accepted without a warning.
set -u
cd "${BUILD:?}" || exit 99
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
bad=0 count=0

# Each program of a page into a file of its own.
programs_of() {
	awk -v "prefix=$2" '
		/^\.\\" program/ { wanted = 1; next }
		/^\.Bd / && wanted { out = prefix "-" ++n ".wasp"; wanted = 0; next }
		/^\.Ed/ { out = "" }
		out != "" { gsub(/\\&/, ""); gsub(/\\e/, "\\"); print >out }
	' "$1"
}

for page in ${MAN_PAGES?}; do
	file=$page
	[ -e "$file" ] || file=${SRC:?}/$page
	programs_of "$file" "$tmp/$(basename "$page")"
done
for program in "$tmp"/*.wasp; do
	bin/wasp-as "$program" >"$tmp/object" &&
	bin/wasp-verify "$tmp/object" >"$tmp/out" 2>&1 ||
		{ cat "$tmp/out"; echo "${program##*/}: not accepted"; bad=1; }
	grep -i -A3 warning "$tmp/out" && bad=1
	count=$((count + 1))
done
[ $count -gt 1 ] || { echo "no programs found"; bad=1; }
exit $bad
