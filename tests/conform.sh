#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The reference machine passes every conformance vector, and these have it execute
# all that there is; a machine made from the manual pages alone passes them, too;
# the exchange in wasp-conform(1) is what is said, and the vector in
# wasp-vector(5) passes.
set -u
PATH="${BUILD:?}/bin:$PATH"
vectors="${SRC:?}/tests/conformance"
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
bad=0

fail() {
	echo "$1"
	bad=1
}

wasp-conform --coverage --vectors "$vectors" wasp-run --engine >"$tmp/out" || {
	fail "the reference machine:"
	grep -v '[0-9]$' "$tmp/out"
}
count=$(wasp-conform --list --vectors "$vectors" | wc -l)
[ "$count" -ge 300 ] || fail "only $count vectors"

if command -v python3 >/dev/null; then
	wasp-conform --coverage --vectors "$vectors" python3 \
		"$SRC/tests/second_engine.py" "$BUILD/man/wasp-isa.7" \
		>"$tmp/out" || {
		fail "the machine made from the manual:"
		grep -v '[0-9]$' "$tmp/out"
	}
fi

# What is run here is installed.
for file in "$vectors"/*.vec; do
	grep -q "tests/conformance/$(basename "$file")" \
		"$SRC/conform/local.mk" || fail "$file is not installed"
done

# Lines of the exchange that begin with two blanks go on.
sed -n '/^\.\\" exchange/,/^\.Ed/p' "$SRC/man/wasp-conform.1" |
	sed '1,2d;$d' | awk '
	/^  / { line = line substr($0, 3); next }
	{ if (line != "") print line; line = $0 }
	END { print line }' >"$tmp/exchange"
sed -n 's/^> //p' "$tmp/exchange" | wasp-run --engine | jq -S 'del(.engine)' \
	>"$tmp/got"
sed -n 's/^< //p' "$tmp/exchange" | jq -S 'del(.engine)' >"$tmp/want"
[ -s "$tmp/want" ] && cmp -s "$tmp/want" "$tmp/got" || {
	fail "wasp-conform(1) shows another exchange"
	diff "$tmp/want" "$tmp/got"
}

sed -n '/^\.Bd/,/^\.Ed/p' "$SRC/man/wasp-vector.5" | sed '1d;$d' >"$tmp/page.vec"
wasp-conform --vectors "$tmp/page.vec" wasp-run --engine ||
	fail "wasp-vector(5) shows a vector that does not pass"
exit $bad
