#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# libwasp as other programs meet it: installed into a staging folder, found by
# pkg-config, linked shared and static, from C, C++ and Python.  It offers
# wasp_* and nothing else, and needs libc and nothing else; the program of each
# manual page in section 3, which a line ".\" example" announces, prints what
# the block after ".\" output" says.
set -u
cd "${BUILD:?}" || exit 99
: "${SRC:?}" "${CC:?}" "${LIBDIR:?}" "${SANITIZE=}" "${MAN_PAGES:?}"
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
bad=0

fail() {
	echo "$1"
	bad=1
}

${MAKE:-make} -s install DESTDIR="$tmp/stage" >"$tmp/log" 2>&1 ||
	{ cat "$tmp/log"; exit 1; }
lib=$tmp/stage$LIBDIR
export PKG_CONFIG_SYSROOT_DIR="$tmp/stage" PKG_CONFIG_LIBDIR="$lib/pkgconfig"
cflags=$(pkg-config --cflags wasp) && libs=$(pkg-config --libs wasp) ||
	fail 'pkg-config does not know wasp'
unset PKG_CONFIG_SYSROOT_DIR

#
# What is in it.
#

names() {
	sed -n 's/.* [A-Z] \([A-Za-z_]*\)$/\1/p' | sort
}

nm -D --defined-only "$lib/libwasp.so" | names >"$tmp/shared"
nm -g --defined-only "$lib/libwasp.a" | names >"$tmp/static"
sed -n 's/^[a-z].*[ *]\(wasp_[a-z0-9_]*\)(.*/\1/p' "$SRC/lib/wasp.h" |
	grep -v '_fn$' | sort >"$tmp/header"
[ -s "$tmp/header" ] || fail 'no functions found in wasp.h'
if [ -z "$SANITIZE" ]; then
	for kind in shared static; do
		diff "$tmp/header" "$tmp/$kind" ||
			fail "the $kind library and wasp.h offer other names"
	done
fi

# No stream but those that memory is written by, no way out of the process, no
# file, no environment; nothing that stays when a call is over.
forbidden='v?printf puts putc putchar perror v?errx? v?warnx? error stdin stdout
	stderr _?_?exit quick_exit abort assert_fail longjmp signal f?open(64)?
	fdopen creat system popen getenv setenv setlocale strtok strerror rand
	random srand localtime gmtime ctime'
nm -u "$lib/libwasp.a" | sed -n 's/^ *U \(__\)\{0,1\}//p' | sed 's/_chk$//' |
	grep -xE "$(echo $forbidden | tr ' ' '|')" &&
	fail 'the library knows these functions'
if [ -z "$SANITIZE" ]; then
	size -A "$lib/libwasp.a" |
		awk '/^\.(data|bss|tdata|tbss)[ .]/ && !/\.rel\.ro/ && $2 > 0' |
		grep . && fail 'the library has variables of its own'
	readelf -d "$lib/libwasp.so" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' |
		grep -vx 'libc\.so\.[0-9]*' &&
		fail 'the library needs more than libc'
fi

readelf -d "$lib/libwasp.so" | grep -q '(SONAME).*\[libwasp\.so\.0\]' ||
	fail 'the soname is not libwasp.so.0'
[ "$(readlink "$lib/libwasp.so")" = "$(readlink "$lib/libwasp.so.0")" ] ||
	fail 'libwasp.so and libwasp.so.0 are not the same'

#
# The programs of the manual.
#

# The block of a page behind the line .\" KIND.
block() {
	awk -v "kind=$2" '
		$0 == ".\\\" " kind { wanted = 1 }
		/^\.Ed/ { out = 0 }
		out { gsub(/\\&/, ""); gsub(/\\e/, "\\"); print }
		/^\.Bd / && wanted { out = 1; wanted = 0 }
	' "$1"
}

compile() {
	$CC $SANITIZE -std=c11 -Wall -Wextra -Wpedantic -Werror "$@"
}

# runs PROGRAM OUTPUT; the one of libwasp(3) reads a source.
runs() {
	LD_LIBRARY_PATH=$lib "$1" <"$SRC/examples/count.wasp" >"$tmp/got" 2>&1 ||
		fail "$1: exit $?"
	diff "$2" "$tmp/got" || fail "$1: other output"
}

count=0
for page in $MAN_PAGES; do
	case $page in *.3) ;; *) continue ;; esac
	name=$tmp/$(basename "$page" .3)
	block "$SRC/$page" example >"$name.c"
	block "$SRC/$page" output >"$name.out"
	[ -s "$name.c" ] && [ -s "$name.out" ] ||
		{ fail "$page: no example"; continue; }
	compile $cflags "$name.c" -o "$name" $libs && runs "$name" "$name.out" ||
		fail "$page: the example does not compile"
	count=$((count + 1))
done
[ $count -gt 0 ] || fail 'there are no pages in section 3'

# The one of libwasp(3) is a dozen lines; and it needs no shared library.
lines=$(grep -c ';$' "$tmp/libwasp.c")
[ "$lines" -le 12 ] || fail "the program of libwasp(3) has $lines statements"
compile $cflags "$tmp/libwasp.c" -o "$tmp/static-program" \
	-Wl,-Bstatic $libs -Wl,-Bdynamic &&
	runs "$tmp/static-program" "$tmp/libwasp.out"
readelf -d "$tmp/static-program" | grep libwasp &&
	fail 'the static program needs the shared library'

#
# Other languages.
#

cat >"$tmp/plus.cc" <<'EOF'
#include <wasp.h>

int
main()
{
	wasp_object *object;
	wasp_verify_result result = {};
	const char source[] = "\t.hooks ingress\n\tforward\n";

	result.struct_size = sizeof result;
	if (wasp_assemble(&object, source, sizeof source - 1, nullptr,
	    [](void *, const wasp_diag *) {}, nullptr) != WASP_OK ||
	    wasp_verify(object, nullptr, &result, nullptr, nullptr) != WASP_OK)
		return 1;
	wasp_object_free(object);
	return result.max_steps != 1;
}
EOF
for cxx in clang++ g++; do
	command -v $cxx >/dev/null || continue
	echo '#include <wasp.h>' |
		$cxx -x c++ -std=c++98 -Wall -Wextra -Wno-long-long -Werror \
			$cflags -fsyntax-only - || fail "$cxx: not of C++98"
	[ -z "$SANITIZE" ] || continue
	$cxx -std=c++11 -Wall -Wextra -Wpedantic -Wold-style-cast -Werror \
		$cflags "$tmp/plus.cc" -o "$tmp/plus" $libs &&
		LD_LIBRARY_PATH=$lib "$tmp/plus" || fail "$cxx: does not work"
done
if [ -z "$SANITIZE" ]; then
	LD_LIBRARY_PATH=$lib python3 "$SRC/tests/lib.py" ||
		fail 'Python can not use it'
fi
exit $bad
