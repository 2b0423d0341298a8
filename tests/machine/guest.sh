#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Inside the machine: run the tests that it was told, print a line for each and
# what failed, and say at the end how many.  The variables are those of make check.
set -u
. /machine/env
cd "$BUILD" || exit 99
passed=0 failed=0 skipped=0
mkdir -p /var/tmp/logs

printf '\nLinux %s, %s processors, emulated\n' "$(uname -r)" "$(nproc)"
for test in $(cat /machine/tests); do
	case $test in
	*.sh)
		path=$SRC/$test
		[ ! -e "$BUILD/$test" ] || path=$BUILD/$test
		set -- sh "$path" ;;
	*)
		set -- "$BUILD/$test" ;;
	esac
	log=/var/tmp/logs/$(echo "$test" | tr / -)
	begin=$(date +%s)
	# What hangs shall be told of, too; nothing takes that long.
	timeout -k 30 "$NET_TEST_MAX" "$@" >"$log" 2>&1 </dev/null
	status=$?
	took="$(($(date +%s) - begin)) s"
	case $status in
	0)
		passed=$((passed + 1))
		echo "PASS: $test ($took)" ;;
	77)
		skipped=$((skipped + 1))
		echo "SKIP: $test: $(tail -n 1 "$log")" ;;
	*)
		failed=$((failed + 1))
		echo "FAIL: $test (status $status, $took)"
		tail -n 120 "$log" | sed 's/^/    /' ;;
	esac
done
echo "machine: $passed passed, $failed failed, $skipped skipped"
