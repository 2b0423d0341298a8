/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Row 4 inside the kernel: the store's operations by a BPF program
 * (xdp/drill.bpf.c), in stores of so many live entries.  CLI_SYSTEM where that
 * can not be done; the caller knows that programs can be loaded.
 */
#ifndef BENCH_DRILL_H
#define BENCH_DRILL_H

#include "bench/bench-main.h"

void drill_measure(const struct bench *bench, const struct cli *cli);

#endif
