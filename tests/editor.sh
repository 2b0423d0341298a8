#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What shells and editors are given: completion for bash knows every option of
# every command and what its values are, and vim's syntax file has every word of
# the language.
# Completion is bash's, so bash reads this, too.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0"
set -u
cd "${BUILD:?}" || exit 99
PATH=$BUILD/bin:$PATH
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
bad=0

fail() {
	echo "$1"
	bad=1
}

# What bash would offer behind these words, the last of which is begun: one a
# line, sorted.  Readline gives an = as a word of its own.
offered() {
	local command=$1 COMP_CWORD=$(($# - 1))
	local -a COMP_WORDS=("$@") COMPREPLY=()

	"$(complete -p "$command" | sed 's/.* -F \([^ ]*\) .*/\1/')"
	((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}" | sort -u
}

# EXPECTED, its words behind blanks, then the words of the line.
expect() {
	local expected got

	expected=$(printf '%s' "$1" | tr ' ' '\n' | sort)
	shift
	got=$(offered "$@")
	[ "$got" = "$expected" ] ||
		fail "'$*': not '${expected//$'\n'/ }', but '${got//$'\n'/ }'"
}

help_options() {
	"$1" --help | sed -n 's/^  \(-.\), \(--[a-z0-9-]*\).*/\1 \2/p
		s/^      \(--[a-z0-9-]*\).*/\1/p' | tr '\n' ' '
}

for command in bin/*; do
	name=${command#bin/}
	[ -x "$command" ] || continue
	. "contrib/completions/$name" || fail "$name: no completion"
	options=$(help_options "$command")
	expect "${options% }" "$name" -
done

cd "$work" || exit 99
touch 'a file.wasp' a.wo
mkdir a.directory
[ "$(offered wasp-run a)" = "$(printf '%s\n' * | sort)" ] ||
	fail 'wasp-run: files are not offered as an operand'
expect 'a.directory' wasp-as -I a
expect 'a.directory' wasp-as --include = a
expect 'a.wo' wasp-as -o a.w
expect 'a.wo' wasp-as --list = a.w
expect 'always auto' wasp-dis --color a
expect 'always auto never' wasp-dis --color =
expect 'always' wasp-dis --color = al
expect '' wasp-dis --packet ''
expect 'octal' wasp-as -W oct
expect 'no-octal' wasp-as --warn = no-oct
expect 'octal' wasp-as -W error = oct
expect 'octal' wasp-run --explain octal
expect 'A012' wasp-run --explain A012
expect 'ttl=' wasp-run -e tt
expect 'node4=' wasp-run -e node4
expect 'client' wasp-run --role c
expect 'egress ingress' wasp-run -k ''
expect 'advertise find list' wasp-magnet ''
expect '' wasp-magnet -c 5 find ''
expect 'wasp-run' wasp-conform wasp-ru
expect 'debug' waspd -l d
offered wasp-dump -i lo | grep -qx lo || fail 'wasp-dump: lo is not offered'

# Words of the language, one a line, against the keywords of the syntax file.
wasp-as --print-opcodes --json | jq -r '(.instructions[].mnemonic),
	(.pseudo_instructions[].mnemonic), (.fields[] | .name, .alias // empty),
	(.directives[].name), .key_spaces[], .hooks[]' | sort -u >words
sed -n 's/^syn keyword wasp[A-Za-z]* //p' "$BUILD/contrib/wasp.vim" |
	tr ' ' '\n' | sort >keywords
[ "$(wc -l <words)" -gt 80 ] || fail 'wasp-as printed no words'
for word in $(comm -23 words keywords); do
	fail "wasp.vim: there is no $word"
done
for word in $(uniq -d keywords); do
	fail "wasp.vim: $word is of two kinds"
done
exit $bad
