#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A test under valgrind's memcheck, for `make check-valgrind`:
#
#	valgrind.sh PROGRAM		a unit test, or a fuzz target with its seeds
#	valgrind.sh PERL GOLDEN FILE	the commands of a golden file, each of them
#
# Whatever memcheck finds, in a child or in the middle of a pipe, lies in a log of
# the process, and fails the test.
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$dir/bin" "$dir/logs"
memcheck="valgrind -q --vgdb=no --fair-sched=try --leak-check=full \
--suppressions=${SRC:?}/tests/valgrind.supp --log-file=$dir/logs/%p"

# Commands that golden.pl finds instead of those in bin/.  valgrind opens what of
# the standard files is closed, so how a command takes that is seen without it.
wrap_commands() {
	for command in "${BUILD:?}"/bin/*; do
		[ -f "$command" ] || continue
		wrapper=$dir/bin/${command##*/}
		cat >"$wrapper" <<-END
			#!/bin/sh
			(exec 5>&2 2>/dev/null 3<&0 4>&1) || exec "$command" "\$@"
			exec $memcheck "$command" "\$@"
		END
		chmod +x "$wrapper"
	done
}

# The mutations, by the thousand, are for machines that are compiled.
run_seeds() {
	mkdir -p "$dir/corpus/seeds"
	echo 1..1
	"$1" --seeds "$dir/corpus/seeds" &&
		$memcheck "$1" "$dir"/corpus/seeds/* && echo 'ok 1' ||
		echo 'not ok 1'
}

case $# in
1)
	case $1 in
	*/fuzz-*) run_seeds "$1" ;;
	*) $memcheck "$1" ;;
	esac ;;
*)
	wrap_commands
	TOOLS=$dir/bin "$@" ;;
esac
status=$?
# What valgrind says of itself, a system call that it does not know, begins with
# other characters.
if grep -hs '^==' "$dir"/logs/* >"$dir/found"; then
	sed 's/^/# /' "$dir/found"
	echo "Bail out! $(grep -c '== *$' "$dir/found") findings of memcheck"
	exit 99
fi
exit $status
