#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A machine made from the text of wasp-isa(7) does what wasp-run does, and so does a
# node around it, made from the manual pages.
command -v python3 >/dev/null || exit 77
page="${BUILD:?}/man/wasp-isa.7"
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
python3 "${SRC:?}/tests/second.py" "$page" "$BUILD/bin/wasp-run" 600 || exit 1
exec python3 "$SRC/tests/second_random.py" "$page" 600 1 \
	"$BUILD/bin/wasp-run" --engine
