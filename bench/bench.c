/* SPDX-License-Identifier: BSD-2-Clause */
/* Rounds, batches and medians; see bench.h. */
#include "bench/bench.h"

#include <stdlib.h>
#include <time.h>

double
bench_now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
middle(double *values, unsigned count)
{
	qsort(values, count, sizeof(*values), compare);
	return values[count / 2];
}

void
bench_summarize(struct bench_case *bcase, double *values, unsigned count)
{
	bcase->median = middle(values, count);
	bcase->low = values[count / 10];
	bcase->high = values[count - 1 - count / 10];
}

/* How often a batch does it; finding out warms up, too. */
static unsigned
batch_count(const struct bench_case *bcase, double batch_ns)
{
	unsigned count = 1;

	while (count < 1u << 30 && bcase->work(bcase->arg, count) < batch_ns)
		count *= 2;
	return count;
}

/* The ratios of the rounds; times are [case][round]. */
static void
compare_rounds(struct bench_case *bcase, const double *times,
	const double *others, unsigned rounds)
{
	double ratios[BENCH_ROUNDS_MAX];

	for (unsigned i = 0; i < rounds; i++)
		ratios[i] = times[i] / others[i];
	bcase->ratio = middle(ratios, rounds);
}

bool
bench_measure(struct bench_case *cases, unsigned count,
	struct bench_effort effort)
{
	unsigned rounds = effort.rounds;
	double *times = calloc(count * rounds, sizeof(*times));
	unsigned *counts = calloc(count, sizeof(*counts));
	bool good = times && counts;

	for (unsigned c = 0; good && c < count; c++)
		counts[c] = effort.count ? effort.count :
			batch_count(&cases[c], effort.batch_ns);
	/* The last round takes the place of the first, which warmed up. */
	for (unsigned i = 0; good && i <= rounds; i++)
		for (unsigned c = 0; c < count; c++)
			times[c * rounds + (i < rounds ? i : 0)] =
				cases[c].work(cases[c].arg, counts[c]) /
				counts[c] / (cases[c].parts ?
				cases[c].parts : 1);
	for (unsigned c = 0; good && c < count; c++)
		for (unsigned i = 0; cases[c].less && i < rounds; i++)
			times[c * rounds + i] -=
				times[(cases[c].less - cases) * rounds + i];
	for (unsigned c = 0; good && c < count; c++)
		if (cases[c].over)
			compare_rounds(&cases[c], &times[c * rounds],
				&times[(cases[c].over - cases) * rounds],
				rounds);
	for (unsigned c = 0; good && c < count; c++)
		bench_summarize(&cases[c], &times[c * rounds], rounds);
	free(times);
	free(counts);
	return good;
}

void
bench_invert(struct bench_case *cases, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		struct bench_case *c = &cases[i];
		double low = c->low;

		c->median = 1e9 / c->median;
		c->low = 1e9 / c->high;
		c->high = 1e9 / low;
		c->ratio = c->over ? 1 / c->ratio : 0;
	}
}

json_t *
bench_row(unsigned row, const char *unit, const struct bench_case *bcase)
{
	json_t *json = json_pack("{s:i, s:i, s:s, s:f, s:s, s:f, s:f}", "v", 1,
		"row", (int)row, "what", bcase->what, "at", bcase->at,
		"unit", unit, "median", bcase->median,
		"spread", bcase->high - bcase->low);

	if (json && bcase->over) {
		json_object_set_new(json, "ratio", json_real(bcase->ratio));
		json_object_set_new(json, "over",
			json_string(bcase->over->what));
	}
	return json;
}
