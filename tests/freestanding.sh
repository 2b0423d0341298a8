#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The headers that kernel code needs compile for BPF without a C library.
set -eu
[ "${BPF_CLANG:?}" != no ] || exit 77
for header in isa packet key; do
	printf '#include "wasp/%s.h"\nint probe;\n' $header |
	"$BPF_CLANG" -target bpf -ffreestanding -nostdlib -O2 -Wall -Werror \
		-I"${SRC:?}" -x c -c - -o /dev/null
done
