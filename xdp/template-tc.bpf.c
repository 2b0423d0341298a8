/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What translations are made of, alone: wasp-bpf(1) makes objects of it. */
#define PATH_TEMPLATE
#include "xdp/path-tc.bpf.c"
