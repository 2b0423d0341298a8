/* SPDX-License-Identifier: BSD-2-Clause */
/* Batches and medians; see bench.h. */
#include "bench/bench.h"

#include <stdlib.h>
#include <time.h>

enum { BATCHES = 41 };
static const double batch_ns = 200e3;

static double
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double
time_batch(bench_work *work, void *arg, unsigned count)
{
	double start = now_ns();

	work(arg, count);
	return now_ns() - start;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

struct bench_time
bench_measure(bench_work *work, void *arg)
{
	double times[BATCHES];
	unsigned count = 1;

	while (time_batch(work, arg, count) < batch_ns && count < 1u << 30)
		count *= 2;
	for (unsigned i = 0; i < BATCHES; i++)
		times[i] = time_batch(work, arg, count) / count;
	qsort(times, BATCHES, sizeof(*times), compare);
	return (struct bench_time){times[BATCHES / 2], times[0]};
}

json_t *
bench_row(const char *bench, const char *kind, unsigned instructions,
	struct bench_time time)
{
	return json_pack("{s:i, s:s, s:s, s:i, s:f, s:f}", "v", 1,
		"bench", bench, "kind", kind, "instructions",
		(int)instructions, "median_ns", time.median,
		"min_ns", time.least);
}
