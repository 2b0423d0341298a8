#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A machine made from the text of wasp-isa(7) does what wasp-run does.
command -v python3 >/dev/null || exit 77
exec python3 "${SRC:?}/tests/second.py" "${BUILD:?}/man/wasp-isa.7" \
	"$BUILD/bin/wasp-run" 600
