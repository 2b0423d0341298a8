#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The store's threads under the compiler's thread sanitizer, which finds what
# is read and written at the same time without saying so.
set -eu
program=$(mktemp)
trap 'rm -f "$program"' EXIT
build()
{
	$cc -std=gnu11 -O1 -g -fsanitize=thread -I"${SRC:?}" "$@" \
		-o "$program" -lcmocka -lpthread
}
# Not every compiler is there with what this needs at run time.
works()
{
	printf '#include <setjmp.h>\n#include <stdarg.h>\n#include <stddef.h>
#include <stdint.h>\n#include <cmocka.h>\nint main(void) { return 0; }\n' |
		build -x c - 2>/dev/null && "$program" 2>/dev/null
}
for cc in "${CC:?}" gcc clang none; do
	[ "$cc" != none ] || exit 77
	! works || break
done
build "$SRC/tests/unit/test-ess-threads.c" "$SRC/vm/ess.c"
timeout 300 "$program"
