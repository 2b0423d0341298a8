#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The vectors notice a machine inside the kernel that is wrong: each of these
# changes makes some of them fail.  77: as xdp-conform.sh, or without a compiler.
set -u
PATH="${BUILD:?}/bin:$BUILD/tests:$PATH"
vectors="${SRC:?}/tests/conformance"
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
bad=0

[ -x "$BUILD/tests/xdp-engine" ] || exit 77
[ "$(id -u)" = 0 ] || exit 77
xdp-engine -c loop >/dev/null || exit $?

# mutant FILE SED-SCRIPT: the loop object of the changed sources must fail.
mutant() {
	rm -rf "$tmp/src" && mkdir "$tmp/src" "$tmp/src/xdp" "$tmp/src/vm"
	sed "$2" "$SRC/$1" >"$tmp/src/$1"
	if cmp -s "$SRC/$1" "$tmp/src/$1"; then
		echo "$1: '$2' changes nothing"
		bad=1
		return
	fi
	${BPF_COMPILE:?} -I"$tmp/src" -I"$SRC" -DRUN_BPF_LOOP -w \
		-c "$SRC/xdp/engine.bpf.c" -o "$tmp/engine.o" ||
		{ bad=1; return; }
	if wasp-conform --vectors "$vectors" xdp-engine -o "$tmp/engine.o" loop \
		>"$tmp/out" 2>&1; then
		echo "$1: '$2' passes all vectors"
		bad=1
	else
		echo "$1: '$2': $(tail -n 1 "$tmp/out")"
	fi
}

run=xdp/run.bpf.h
mutant $run 's/run->change <<= 8/run->change <<= 16/'
mutant $run 's/run->hops++;/;/'
mutant $run 's/i < count % 4 \&\&/i < count % 3 \&\&/'
mutant $run 's/hash.size += 2/hash.size += 1/'
mutant $run 's/run->hashed = run->created = 0;/;/'
mutant $run 's/vm->cursor++;/;/'
mutant $run 's/vm->fault_pc = (uint8_t)at->pc/vm->fault_pc = (uint8_t)at->work/'
mutant $run 's/run->dirty = run->verdict = run->rerouted = 0;/;/'
mutant $run 's/NODE_EGRESS :$/NODE_INGRESS :/'
mutant $run 's/!settings || run->marked/!settings/'
mutant $run 's/run->marked | run->rerouted/run->marked/'
mutant $run 's/run->status |= run->marks | run->fault;/run->status = run->marks | run->fault;/'
mutant $run 's/RUN_RIGHT_YES : RUN_RIGHT_NO/RUN_RIGHT_YES : RUN_RIGHT_YES/'
mutant $run 's/vm->dirty = true;/;/'
mutant vm/semantics.h 's/\*rd < REG(RS(word))/*rd <= REG(RS(word))/'
mutant vm/semantics.h 's/vm->accesses > vm->access_max/vm->accesses >= vm->access_max/'
mutant vm/access.h 's/VM_UNMAP(vm->dirty)/VM_UNMAP(false)/'
mutant xdp/store.bpf.h 's/result != ESS_FOUND \&\& result != ESS_CREATED/result != ESS_CREATED/'
exit $bad
