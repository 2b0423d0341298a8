/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* engine.bpf.c with a machine that tells its steps. */
#define ENGINE_TRACE
#include "xdp/engine.bpf.c"
