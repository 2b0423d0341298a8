/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* engine.bpf.c as a tc program. */
#define ENGINE_TC
#include "xdp/engine.bpf.c"
