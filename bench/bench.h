/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Timing by medians: things are done in batches that last long enough for the
 * clock, a batch of each case in turn, again and again, so that what else the
 * machine does meets all of them alike.  The first round only warms up.  Times
 * are of this machine and this moment; what is compared are ratios, and a ratio
 * is the median of those of the rounds.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <jansson.h>
#include <stdbool.h>

/* Do it count times, and tell how many nanoseconds all of them took. */
typedef double bench_work(void *arg, unsigned count);

/* The clock, for such work; it never steps. */
double bench_now_ns(void);

enum { BENCH_WHAT_SIZE = 64 };

struct bench_case {
	char what[BENCH_WHAT_SIZE];	/* names it within its row */
	double at;		/* what it is measured against, say a size */
	bench_work *work;
	void *arg;
	double parts;		/* the time is told for one of these; 0: 1 */
	const struct bench_case *less;	/* of the same measurement: its time is
				   taken off; NULL: none */
	const struct bench_case *over;	/* of the same measurement, for the
				   ratio; NULL: none */

	/* out, in nanoseconds */
	double median, low, high;	/* the middle, tenth and ninetieth percent
				   of the rounds */
	double ratio;		/* over the other; 0: none */
};

/* How much: rounds that count (at most BENCH_ROUNDS_MAX), and how long a batch
   lasts at least. */
enum { BENCH_ROUNDS_MAX = 101 };
struct bench_effort {
	unsigned rounds;
	double batch_ns;
	unsigned count;		/* of a batch; 0: as many as last so long */
};
#define BENCH_THOROUGH ((struct bench_effort){41, 200e3, 0})
#define BENCH_QUICK ((struct bench_effort){3, 20e3, 0})

/* Measure them; false without memory. */
bool bench_measure(struct bench_case *cases, unsigned count,
	struct bench_effort effort);

/* Make rates of measured times: so many a second, ratios likewise. */
void bench_invert(struct bench_case *cases, unsigned count);

/* The same figures of numbers that come from elsewhere, put in order. */
void bench_summarize(struct bench_case *bcase, double *values, unsigned count);

/*
 * A row of the results file: v, row, what, at, unit, median, spread (from low
 * to high), and with a ratio: ratio, over.  The caller owns the reference.
 */
json_t *bench_row(unsigned row, const char *unit,
	const struct bench_case *bcase);

#endif
