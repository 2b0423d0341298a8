#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every row of wasp/diags.def has a number of its own, is reported by some code,
# is seen by users in a golden file or a network test, and has a test named after
# it: a heading in a golden file, or its identifier in a unit test.
set -u
cd "${SRC:?}" || exit 99
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
bad=0

fail() {
	echo "$1"
	bad=1
}

sed -n 's/^WASP_DIAG(\([A-Z_]*\), "\([A-Z][0-9]*\)".*/\1 \2/p' \
	wasp/diags.def >"$tmp/rows"
[ "$(wc -l <"$tmp/rows")" = "$(grep -c '^WASP_DIAG(' wasp/diags.def)" ] &&
	[ -s "$tmp/rows" ] || fail "a row is not of the usual form"
for column in 1 2; do
	for twice in $(cut -d ' ' -f $column "$tmp/rows" | sort | uniq -d); do
		fail "$twice stands in two rows"
	done
done

cat [a-z]*/*.[chly] >"$tmp/code"
cat tests/unit/*.c >"$tmp/units"
cat tests/golden/*.t tests/net/*.sh >"$tmp/seen"
grep -h '^[^ ]' tests/golden/*.t >"$tmp/headings"
while read -r name code; do
	grep -qw "DIAG_$name" "$tmp/code" || fail "$code: no code reports $name"
	grep -q "WASP-$code" "$tmp/seen" ||
		fail "$code: $name is in no golden file and no network test"
	grep -qw -e "$name" -e "$code" "$tmp/headings" ||
		grep -qw "DIAG_$name" "$tmp/units" ||
		fail "$code: no test is named after $name"
done <"$tmp/rows"

grep -oh 'WASP-[A-Z][0-9][0-9]*' "$tmp/seen" | sort -u |
while read -r code; do
	grep -q " ${code#WASP-}\$" "$tmp/rows" || echo "$code is in no row"
done >"$tmp/unknown"
[ ! -s "$tmp/unknown" ] || fail "$(cat "$tmp/unknown")"
exit $bad
