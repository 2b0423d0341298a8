#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The machine inside the kernel passes every conformance vector, as an XDP and as
# a tc program, with both loops, and these have it execute all that there is; so
# do translations of their programs.
# 77: without root, or a build or kernel that lacks BPF.
set -u
PATH="${BUILD:?}/bin:$BUILD/tests:$PATH"
vectors="${SRC:?}/tests/conformance"
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
bad=0

[ -x "$BUILD/tests/xdp-engine" ] || exit 77
[ "$(id -u)" = 0 ] || exit 77
xdp-engine -c loop >/dev/null || exit $?

# Kernels before 6.9 have no may_goto.
loops=loop
newer=$(printf '6.9\n%s\n' "$(uname -r)" | sort -V | head -n 1)
[ "$newer" != 6.9 ] || loops="loop may_goto"

for loop in $loops; do
	[ "$loop" = loop ] || loop=
	for kind in xdp tc; do
		echo "$kind $loop: $(xdp-engine -c $kind $loop)"
		wasp-conform --vectors "$vectors" xdp-engine $kind $loop \
			>"$tmp/out" || { bad=1; cat "$tmp/out"; }
	done
	wasp-conform --coverage --vectors "$vectors" xdp-engine trace $loop \
		>"$tmp/out" || { bad=1; grep -v '[0-9]$' "$tmp/out"; }
done
for kind in xdp tc; do
	wasp-conform --vectors "$vectors" xdp-engine $kind loop translate \
		>"$tmp/out" || { bad=1; cat "$tmp/out"; }
done
exit $bad
