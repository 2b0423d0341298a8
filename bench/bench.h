/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Timing by medians: a thing is done in batches that last long enough for the
 * clock, and the middle of many batches counts.  Absolute times are of this
 * machine and this moment; what is compared are ratios.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <jansson.h>

/* Nanoseconds that doing it once takes. */
struct bench_time {
	double median, least;
};

/* Do it count times; each time is the same work. */
typedef void bench_work(void *arg, unsigned count);
struct bench_time bench_measure(bench_work *work, void *arg);

/* A row of the results file; the caller owns the reference. */
json_t *bench_row(const char *bench, const char *kind, unsigned instructions,
	struct bench_time time);

#endif
