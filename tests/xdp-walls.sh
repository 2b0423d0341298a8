#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Nor is one in the machine inside the kernel.
# 77: without root, or a build or kernel that lacks BPF.
engine=${BUILD:?}/tests/xdp-engine
command -v python3 >/dev/null && [ -x "$engine" ] && [ "$(id -u)" = 0 ] || exit 77
"$engine" -c loop >/dev/null || exit $?
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
exec python3 "${SRC:?}/tests/walls.py" "$BUILD/man/wasp-isa.7" \
	"$engine" xdp loop
