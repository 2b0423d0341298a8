/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench-store: row 4, the store alone: what an operation takes against the size
 * and the load of the store, the memory that it touches, and what happens when
 * very many entries die at once.  bench/README explains the rows.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "bench/bench-main.h"
#include "bench/store-trace.h"
#include "vm/ess.h"

static const struct cli_option rows[] = {BENCH_OPTIONS, {0}};
static const struct cli command = {
	.name = "bench-store", .operands = "",
	.summary = "Measure the store.",
	.options = rows
};
static const struct cli *const cli = &command;

#define NOW UINT64_C(1000000000000)
enum { BURST = 16 };
static const uint8_t secret[KEY_SECRET_SIZE] = {11, 12, 13};

/* A store, keys 0 .. live - 1 of which live, and a walk through keys. */
struct job {
	struct ess *ess;
	uint64_t live, seed;
	uint64_t now_ns, step_ns;	/* time passes at each insert */
	uint64_t next;			/* never inserted so far */
};

/* Numbers that look like keys. */
static uint64_t
key_of(uint64_t n)
{
	n ^= n >> 31;
	n *= UINT64_C(0x7fb5d329728ea185);
	n ^= n >> 27;
	n *= UINT64_C(0x81dadef4bc2dd44d);
	return n ^ n >> 33;
}

static uint64_t
draw(struct job *job)
{
	job->seed = job->seed * UINT64_C(6364136223846793005) + 1;
	return (job->seed >> 32) * job->live >> 32;
}

static void
insert(struct job *job, uint64_t n)
{
	uint8_t words[ENTRY_SIZE];
	struct ess_span span;
	enum ess_result result = ess_insert(job->ess, key_of(n), job->now_ns,
		&span, words);

	if (result != ESS_FOUND && result != ESS_CREATED)
		cli_die(cli, CLI_BUG, "there is no room in the store");
	words[0]++;
	ess_unmap(job->ess, &span, job->now_ns, words);
}

static double
hit(void *arg, unsigned count)
{
	struct job *job = arg;
	double start = bench_now_ns();

	for (unsigned i = 0; i < count; i++)
		insert(job, draw(job));
	return bench_now_ns() - start;
}

/* As many keys as a burst has are known before the first is wanted. */
static double
hit_in_bursts(void *arg, unsigned count)
{
	struct job *job = arg;
	double start = bench_now_ns();

	for (unsigned i = 0; i < count; i += BURST) {
		uint64_t n[BURST], place[BURST];

		for (unsigned k = 0; k < BURST; k++) {
			n[k] = draw(job);
			place[k] = ess_prefetch(job->ess, key_of(n[k]));
		}
		for (unsigned k = 0; k < BURST; k++)
			ess_prefetch_entry(job->ess, place[k]);
		for (unsigned k = 0; k < BURST; k++)
			insert(job, n[k]);
	}
	return bench_now_ns() - start;
}

static void
look_up(struct job *job, uint64_t n)
{
	uint8_t words[ENTRY_SIZE];
	struct ess_span span;

	if (ess_lookup(job->ess, key_of(n), job->now_ns, &span, words) ==
	    ESS_FOUND)
		ess_unmap(job->ess, &span, job->now_ns, NULL);
}

static double
lookup(void *arg, unsigned count)
{
	struct job *job = arg;
	double start = bench_now_ns();

	for (unsigned i = 0; i < count; i++)
		look_up(job, draw(job));
	return bench_now_ns() - start;
}

static double
miss(void *arg, unsigned count)
{
	struct job *job = arg;
	double start = bench_now_ns();

	for (unsigned i = 0; i < count; i++)
		look_up(job, (UINT64_C(1) << 40) + draw(job));
	return bench_now_ns() - start;
}

/* For each that is born the oldest dies. */
static double
expire(void *arg, unsigned count)
{
	struct job *job = arg;
	double start = bench_now_ns();

	for (unsigned i = 0; i < count; i++) {
		job->now_ns += job->step_ns;
		insert(job, job->next++);
	}
	return bench_now_ns() - start;
}

/* Born in even steps, so that they also die so; the store may have more room. */
static struct job
fill(uint64_t capacity, uint64_t live)
{
	struct job job = {.live = live, .seed = 1, .now_ns = NOW,
		.step_ns = (ENTRY_LIFE_NS + live - 1) / live};

	job.ess = ess_new(capacity, secret);
	if (!job.ess)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	for (; job.next < live; job.next++) {
		job.now_ns += job.step_ns;
		insert(&job, job.next);
	}
	return job;
}

static void
measure(const struct bench *bench, const char *name, uint64_t capacity,
	uint64_t live)
{
	struct job job = fill(capacity, live), churn = fill(capacity, live);
	const struct { const char *name; bench_work *work; bool churns; } ops[] = {
		{"hit", hit, false}, {"hit, bursts of 16", hit_in_bursts, false},
		{"lookup", lookup, false}, {"miss", miss, false},
		{"insert and expire", expire, true}};
	enum { OPS = sizeof(ops) / sizeof(*ops) };
	struct bench_case cases[OPS] = {0};
	struct bench_effort effort = bench->effort;

	for (unsigned i = 0; i < OPS; i++) {
		snprintf(cases[i].what, sizeof(cases[i].what), "%s%s",
			ops[i].name, name);
		cases[i].at = (double)live;
		cases[i].work = ops[i].work;
		cases[i].arg = ops[i].churns ? &churn : &job;
		cases[i].over = i ? &cases[0] : NULL;
	}
	effort.count = bench->quick ? 16 * BURST : 1024 * BURST;
	if (!bench_measure(cases, OPS, effort))
		cli_die(cli, CLI_SYSTEM, "out of memory");
	bench_results(bench, 4, "ns", cases, OPS);
	ess_free(job.ess);
	ess_free(churn.ess);
}

static void
measure_bytes(const struct bench *bench, uint64_t capacity)
{
	double bytes = (double)(sizeof(struct ess_control) +
		ess_bucket_count((uint32_t)capacity) *
		sizeof(struct ess_bucket) + capacity * sizeof(uint64_t)) /
		(double)capacity;
	struct bench_case result = {.what = "memory of an entry",
		.at = (double)capacity, .median = bytes, .low = bytes,
		.high = bytes};

	bench_results(bench, 4, "bytes", &result, 1);
}

/*
 * What memory an operation touches, by addresses.
 */

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

enum { TRACED = 20000 };
struct touched {
	double lines[TRACED], pages[TRACED], ring[TRACED], swaps[TRACED];
};

static void
tell_touched(const struct bench *bench, const char *name, uint64_t live,
	double *values, const char *unit)
{
	struct bench_case result = {.at = (double)live};
	double sum = 0;

	for (unsigned i = 0; i < TRACED; i++)
		sum += values[i];
	qsort(values, TRACED, sizeof(*values), compare);
	snprintf(result.what, sizeof(result.what), "%s, mean", name);
	result.median = result.low = result.high = sum / TRACED;
	bench_results(bench, 4, unit, &result, 1);
	snprintf(result.what, sizeof(result.what), "%s, most", name);
	result.median = values[TRACED - 1];
	result.low = values[TRACED / 2];
	result.high = values[TRACED - 1];
	bench_results(bench, 4, unit, &result, 1);
}

static void
trace_op(const struct bench *bench, struct traced_store *store,
	struct touched *t, const char *name, uint64_t live, uint64_t first,
	uint64_t now_ns, bool create)
{
	struct job job = {.live = live, .seed = 1};

	for (unsigned i = 0; i < TRACED; i++) {
		uint64_t n = create && first ? first + i : first + draw(&job);
		struct trace trace;

		traced_store_access(store, key_of(n), now_ns, create, create,
			&trace);
		t->lines[i] = trace.lines;
		t->pages[i] = trace.pages;
		t->ring[i] = trace.ring_lines;
		t->swaps[i] = trace.swaps;
	}
	tell_touched(bench, name, live, t->lines, "lines");
	tell_touched(bench, name, live, t->pages, "pages");
	if (create && first)
		tell_touched(bench, name, live, t->ring, "lines of the ring");
}

static void
trace(const struct bench *bench, uint64_t live)
{
	struct traced_store *store = traced_store_new((uint32_t)live, secret);
	struct touched *t = malloc(sizeof(*t));
	struct trace none;

	if (!store || !t)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	for (uint64_t n = 0; n < live; n++)
		traced_store_access(store, key_of(n), NOW, true, true, &none);
	trace_op(bench, store, t, "hit", live, 0, NOW, true);
	trace_op(bench, store, t, "lookup", live, 0, NOW, false);
	trace_op(bench, store, t, "miss", live, UINT64_C(1) << 40, NOW, false);
	/* All of them died a nanosecond ago. */
	trace_op(bench, store, t, "insert after all died", live,
		UINT64_C(1) << 41, NOW + ENTRY_LIFE_NS + 1, true);
	traced_store_free(store);
	free(t);
}

/*
 * How long single operations take when all entries die: before, while, after.
 * The store's clock is ours: they die between two operations.
 *
 * What else the machine does may stop a run as well, and it is a rare thing that
 * is looked for.  So all of it is done several times, each time in a store that
 * is made anew and with the same operations in the same order: what the store
 * itself is long at, it is so every time.  And each run is followed by an idle
 * one, which takes as long and touches no store.
 */

/* This thread's own time, so that what else the machine does is not in it. */
static double
own_now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* A run as a packet makes it: asks what is free, then for an entry. */
static double
time_one(struct job *job, bool create)
{
	double start = own_now_ns();

	if (ess_free_count(job->ess, job->now_ns) > 0 && create)
		insert(job, draw(job));
	else
		look_up(job, draw(job));
	return own_now_ns() - start;
}

enum { STALL_NS = 50000, IDLE_DRAWS = 400, LIVES = 5, PHASES = 3 };

static double
time_idle(struct job *job)
{
	double start = own_now_ns();

	for (unsigned i = 0; i < IDLE_DRAWS; i++)
		draw(job);
	return own_now_ns() - start;
}

struct phase {
	const char *name;
	uint64_t passes_ns;		/* before it */
	bool create;

	double *least;			/* of each run, the shortest of all lives */
	double most;			/* of all runs in all lives */
	unsigned stalls, idle_stalls;	/* in all lives */
	unsigned disturbed;		/* stalls with a switch or a page fault */
};

/* Switches to other threads, and page faults. */
static long
disturbances(void)
{
	struct rusage usage;

	getrusage(RUSAGE_THREAD, &usage);
	return usage.ru_nivcsw + usage.ru_nvcsw + usage.ru_minflt +
		usage.ru_majflt;
}

static void
time_phase(struct job *job, struct phase *phase, unsigned count, bool first)
{
	struct job idle = {.live = job->live, .seed = 1};

	job->now_ns += phase->passes_ns;
	for (unsigned i = 0; i < count; i++) {
		long before = disturbances();
		double time = time_one(job, phase->create);

		if (time > STALL_NS) {
			phase->stalls++;
			phase->disturbed += disturbances() != before;
		}
		if (time > phase->most)
			phase->most = time;
		if (first || time < phase->least[i])
			phase->least[i] = time;
		phase->idle_stalls += time_idle(&idle) > STALL_NS;
	}
}

static void
tell_phase(const struct bench *bench, struct phase *phase, double live,
	unsigned count)
{
	struct bench_case result = {.at = live};
	unsigned stalls = 0;

	for (unsigned i = 0; i < count; i++)
		stalls += phase->least[i] > STALL_NS;
	qsort(phase->least, count, sizeof(*phase->least), compare);
	snprintf(result.what, sizeof(result.what), "one run %s", phase->name);
	result.median = phase->least[count / 2];
	result.low = phase->least[count / 10];
	result.high = phase->least[count - 1 - count / 1000];
	bench_results(bench, 4, "ns", &result, 1);
	bench_note(bench, 4, "%s, in %u stores that are alike: above 50 us "
		"every time %u of %u, and %.0f ns at most; at any time %u, %u "
		"of them with a switch or a page fault, and %.0f ns at most; "
		"of idle runs %u", result.what, LIVES, stalls, count,
		phase->least[count - 1], phase->stalls, phase->disturbed,
		phase->most, phase->idle_stalls);
}

static void
measure_stall(const struct bench *bench, uint64_t live)
{
	struct phase phases[PHASES] = {
		{.name = "before they die", .passes_ns = ENTRY_LIFE_NS - 1},
		{.name = "as they die", .passes_ns = 1, .create = true},
		{.name = "afterwards", .create = true}
	};
	unsigned count = bench->quick ? 1000 : 100000;

	for (unsigned i = 0; i < PHASES; i++) {
		phases[i].least = calloc(count, sizeof(*phases[i].least));
		if (!phases[i].least)
			cli_die(cli, CLI_SYSTEM, "out of memory");
	}
	for (unsigned n = 0; n < LIVES; n++) {
		struct job job = {.live = live, .seed = 1, .now_ns = NOW,
			.ess = ess_new(live, secret)};

		if (!job.ess)
			cli_die(cli, CLI_SYSTEM, "out of memory");
		while (job.next < live)
			insert(&job, job.next++);
		for (unsigned i = 0; i < PHASES; i++)
			time_phase(&job, &phases[i], count, n == 0);
		ess_free(job.ess);
	}
	for (unsigned i = 0; i < PHASES; i++) {
		tell_phase(bench, &phases[i], (double)live, count);
		free(phases[i].least);
	}
}

/* Refused though there was room, with one born for each that dies. */
static void
count_refusals(const struct bench *bench, uint64_t capacity, uint64_t inserts)
{
	struct job job = fill(capacity, capacity);
	uint64_t refused = 0;

	for (uint64_t i = 0; i < inserts; i++) {
		struct ess_span span;

		job.now_ns += job.step_ns;
		if (ess_insert(job.ess, key_of(job.next++), job.now_ns, &span,
			NULL) == ESS_CREATED)
			ess_unmap(job.ess, &span, job.now_ns, NULL);
		else
			refused++;
	}
	bench_note(bench, 4, "a full store of %llu: %llu of %llu inserts "
		"refused early", (unsigned long long)capacity,
		(unsigned long long)refused, (unsigned long long)inserts);
	ess_free(job.ess);
}

int
main(int argc, char **argv)
{
	static const uint64_t sizes[] = {1000, 16000, 256000, 1000000, 4000000,
		16000000};
	struct bench bench;
	unsigned count;

	bench_begin(&bench, cli, argc, argv, NULL, NULL);
	count = bench.quick ? 1 : sizeof(sizes) / sizeof(*sizes);
	bench_title(&bench, 4, "operations, by entries that live");
	for (unsigned i = 0; i < count; i++)
		measure(&bench, "", sizes[i], sizes[i]);
	bench_title(&bench, 4, "by load");
	for (unsigned part = 4; part >= 2; part /= 2) {
		char name[32];
		uint64_t capacity = bench.quick ? 1000 : 1000000;

		snprintf(name, sizeof(name), ", %u %% full", 100 / part);
		measure(&bench, name, capacity, capacity / part);
	}
	bench_title(&bench, 4, "memory");
	for (unsigned i = 0; i < count; i++)
		measure_bytes(&bench, sizes[i]);
	bench_title(&bench, 4, "memory touched, by addresses");
	trace(&bench, bench.quick ? 1000 : 1000000);
	bench_title(&bench, 4, "when all entries die at once");
	measure_stall(&bench, bench.quick ? 1000 : 1000000);
	count_refusals(&bench, bench.quick ? 100 : 100000,
		bench.quick ? 1000 : 10000000);
	return bench_end(&bench);
}
