#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Includes are written from the top, so each is an arrow between rooms: they
# point down, never up or sideways.  A command's main stands above all rooms and
# may use any of them, but no other main.
set -u
cd "${SRC:?}" || exit 99

arrows='
wasp: wasp
man: wasp
capture: capture wasp
cli: cli capture wasp
asm: asm wasp
disasm: disasm wasp
verify: verify wasp
vm: vm wasp
run: run wasp vm
debug: debug wasp vm run
witness: witness wasp vm run
dissect: dissect wasp capture disasm
wasp-send: wasp-send wasp capture verify
magnet: magnet wasp wasp-send
xdp: xdp wasp vm
router: router wasp verify vm xdp
conform: conform wasp asm
lib: lib wasp asm disasm verify vm
bench: bench wasp capture asm disasm verify vm run witness xdp lib
'
bad=0
any=" $(echo "$arrows" | sed -n 's/:.*//p' | tr '\n' ' ') "
for room in $(echo "$arrows" | sed -n 's/:.*//p'); do
	allowed=" $(echo "$arrows" | sed -n "s/^$room: //p") "
	for file in "$room"/*.[chly]; do
		[ -e "$file" ] || continue
		case $file in */main.c | */*-main.[ch]) may=$any ;; *) may=$allowed ;; esac
		for to in $(sed -n 's|^ *# *include "\([a-z-]*\)/.*|\1|p' "$file"); do
			case $may in
			*" $to "*) ;;
			*) echo "$file includes $to/: not below $room/"; bad=1 ;;
			esac
		done
		grep -v "\"$room/" "$file" | grep '^ *# *include ".*-main\.h"' &&
			{ echo "$file includes the main of another command"; bad=1; }
	done
done
exit $bad
