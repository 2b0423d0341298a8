#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Includes are written from the top, so each is an arrow between rooms: they
# point down, never up or sideways.  A main may also use cli/.
set -u
cd "${SRC:?}" || exit 99

arrows='
wasp: wasp
man: wasp
cli: cli wasp
asm: asm wasp
disasm: disasm wasp
verify: verify wasp
vm: vm wasp
dissect: dissect wasp disasm
wasp-send: wasp-send wasp verify
router: router wasp verify vm
'
bad=0
for room in $(echo "$arrows" | sed -n 's/:.*//p'); do
	allowed=" $(echo "$arrows" | sed -n "s/^$room: //p") "
	for file in "$room"/*.[chly]; do
		[ -e "$file" ] || continue
		case $file in */main.c | */*-main.c) may="$allowed cli " ;; *) may=$allowed ;; esac
		for to in $(sed -n 's|^ *# *include "\([a-z-]*\)/.*|\1|p' "$file"); do
			case $may in
			*" $to "*) ;;
			*) echo "$file includes $to/: not below $room/"; bad=1 ;;
			esac
		done
	done
done
exit $bad
