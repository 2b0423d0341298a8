/* SPDX-License-Identifier: BSD-2-Clause */
/* The same work on several processors at once. */
#ifndef BENCH_SCALE_H
#define BENCH_SCALE_H

#include "bench/bench.h"

enum { SCALE_CPUS_MAX = 2 };

struct scale {
	bench_work *work;
	void *args[SCALE_CPUS_MAX];	/* of each processor */
	unsigned cpus;
};

/*
 * Work of a bench_case whose arg is a struct scale: count things on each, each
 * on a processor of its own.  The time is that of count at the speed of all of
 * them together.
 */
double scale_run(void *arg, unsigned count);

/* How many processors this process may use, at most SCALE_CPUS_MAX. */
unsigned scale_cpus(void);

#endif
