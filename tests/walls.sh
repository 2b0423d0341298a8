#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# In the reference machine no wall between key spaces is crossed; see walls.py.
command -v python3 >/dev/null || exit 77
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
exec python3 "${SRC:?}/tests/walls.py" "${BUILD:?}/man/wasp-isa.7" \
	"$BUILD/bin/wasp-run" --engine
