#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every program in examples/, and in magnet/, is known to make, tells its story, is
# accepted without a warning, and survives the disassembler.  Every story is a test,
# and in the table of README.md, whose commands name what there is.
set -u
cd "${SRC:?}" || exit 99
bin=${BUILD:?}/bin
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
bad=0

fail() {
	echo "$1"
	bad=1
}

for file in examples/*.wasp examples/*/*.wasp magnet/*.wasp; do
	[ -e "$file" ] || continue
	case " ${EXAMPLES?} " in
	*" $file "*) ;;
	*) fail "$file: not listed in its local.mk" ;;
	esac
	for part in 'Hooks:' 'Words:' 'Expected:' '  \$ '; do
		grep -q "^; *$part" "$file" || fail "$file: no '$part' in its comment"
	done
	"$bin/wasp-as" "$file" >"$tmp/1.wobj" || bad=1
	"$bin/wasp-as" --strip "$file" >"$tmp/1.stripped" || bad=1
	"$bin/wasp-verify" "$tmp/1.wobj" >"$tmp/verify" 2>&1 ||
		fail "$file: rejected"
	grep -i -A3 warning "$tmp/verify" && bad=1
	for object in 1.wobj 1.stripped; do
		"$bin/wasp-dis" "$tmp/$object" >"$tmp/2.wasp" || bad=1
		"$bin/wasp-as" --strip "$tmp/2.wasp" >"$tmp/2.wobj" || bad=1
		cmp "$tmp/1.stripped" "$tmp/2.wobj" ||
			fail "$file: changed by wasp-dis of $object"
	done
done

# is_played NAME: is tests/net/story-NAME.sh a test?
is_played() {
	case " ${STORIES?} " in
	*" tests/net/story-$1.sh "*) ;;
	*) fail "examples/local.mk: there is no test tests/net/story-$1.sh" ;;
	esac
}

for run in examples/*/run; do
	story=${run%/run}
	is_played "${story#*/}"
	case $STORIES in *-xdp.sh*) is_played "${story#*/}-xdp" ;; esac
	grep -q "| \`$story\` | \`./bootstrap demo ${story#*/}\` |" README.md ||
		fail "$story has no row in README.md"
done
for name in $(sed -n 's/^|.*`\.\/bootstrap demo \([^`]*\)` |$/\1/p' README.md); do
	[ -e "examples/$name/run" ] || fail "README.md: there is no story $name"
done
for name in $(sed -n "s/^|.*check TESTS='\{0,1\}\([^'\`]*\).*/\1/p" README.md); do
	case $name in
	tests/unit/*) name=$name.c ;;
	*-xdp.sh) [ -e "$name" ] || name=${name%-xdp.sh}.sh ;;
	esac
	[ -e "$name" ] || fail "README.md: there is no test $name"
done
exit $bad
