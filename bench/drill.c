/* SPDX-License-Identifier: BSD-2-Clause */
/* The store of BPF programs; see drill.h. */
#include "bench/drill.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "vm/ess-layout.h"
#include "xdp/drill.h"
#include "xdp/drill.skel.h"

enum { FRAME_SIZE = 64, FRESH_ROOM = 400000, BATCH = 16384,
	BATCH_QUICK = 64, OPS_MAX = 1 << 20 };

struct store {
	const struct cli *cli;
	struct wasp_drill *skel;
	struct drill_job *jobs;
	uint64_t fresh, seed;		/* a key that was never there; a draw */
	bool wrong;			/* something else came than is told */
};

struct task {
	struct store *store;
	enum drill_op op;
	uint64_t first, keys;		/* drawn from these; 0: fresh ones */
	enum ess_result result;		/* of each */
};

static _Noreturn void
fail(const struct store *store, const char *what)
{
	cli_die(store->cli, CLI_SYSTEM, "%s: %s", what, strerror(errno));
}

static double
run(const struct store *store)
{
	static const uint8_t frame[FRAME_SIZE];
	LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = frame,
		.data_size_in = sizeof(frame), .repeat = 1);

	if (bpf_prog_test_run_opts(bpf_program__fd(
		store->skel->progs.drill), &options))
		fail(store, "BPF_PROG_TEST_RUN");
	return options.duration;
}

/* By the kernel's own clock, so that what a call costs is not in it. */
static double
work(void *arg, unsigned count)
{
	const struct task *task = arg;
	struct store *store = task->store;
	struct drill_job *job = &store->jobs[0];
	double ns;

	*job = (struct drill_job){.op = task->op, .ops = count,
		.first = task->first, .keys = task->keys,
		.seed = ++store->seed};
	if (task->keys == 0) {
		job->first = store->fresh;
		job->keys = UINT64_MAX;
		job->seed = 0;
		store->fresh += count;
	}
	ns = run(store);
	store->wrong |= task->op != DRILL_NOTHING &&
		job->results[task->result] != count;
	return ns;
}

/* Let them live, in the order of their keys. */
static void
fill(struct store *store, uint64_t live)
{
	for (uint64_t n = 0; n < live; n += OPS_MAX) {
		store->jobs[0] = (struct drill_job){.op = DRILL_COUNT,
			.ops = live - n < OPS_MAX ? (uint32_t)(live - n) :
				OPS_MAX, .first = n, .keys = OPS_MAX};
		run(store);
	}
}

static void
open_store(struct store *store, uint32_t capacity)
{
	static const uint8_t secret[KEY_SECRET_SIZE] = {1, 2, 3};
	struct ess_control control;
	uint32_t zero = 0;

	store->fresh = UINT64_C(1) << 40;
	store->skel = wasp_drill__open();
	if (!store->skel)
		fail(store, "the store's program");
	bpf_map__set_max_entries(store->skel->maps.store_buckets,
		ess_bucket_count(capacity));
	bpf_map__set_max_entries(store->skel->maps.store_ring, capacity);
	if (wasp_drill__load(store->skel))
		fail(store, "the store's program");
	store->jobs = mmap(NULL, DRILL_JOBS * sizeof(*store->jobs),
		PROT_READ | PROT_WRITE, MAP_SHARED,
		bpf_map__fd(store->skel->maps.drill_jobs), 0);
	ess_control_init(&control, capacity, secret);
	if (store->jobs == MAP_FAILED || bpf_map_update_elem(bpf_map__fd(
		store->skel->maps.store_control), &zero, &control, BPF_ANY))
		fail(store, "the store's memory");
}

static void
close_store(struct store *store)
{
	munmap(store->jobs, DRILL_JOBS * sizeof(*store->jobs));
	wasp_drill__destroy(store->skel);
}

/*
 * All of it is over before entries die; else it is not told.  Inserts come last,
 * since what they create lives, too.
 */
static void
measure(const struct bench *bench, const struct cli *cli, uint64_t live)
{
	struct store store = {.cli = cli};
	const uint64_t nowhere = UINT64_C(1) << 50;
	struct task tasks[] = {
		{&store, DRILL_NOTHING, 0, live, ESS_NONE},
		{&store, DRILL_COUNT, 0, live, ESS_FOUND},
		{&store, DRILL_LOOKUP, 0, live, ESS_FOUND},
		{&store, DRILL_LOOKUP, nowhere, live, ESS_NONE},
		{&store, DRILL_COUNT, 0, 0, ESS_CREATED}};
	static const char *const names[] = {"in BPF: nothing", "in BPF: hit",
		"in BPF: lookup", "in BPF: miss", "in BPF: insert"};
	enum { TASKS = sizeof(tasks) / sizeof(*tasks) };
	struct bench_case cases[TASKS] = {0}, inserts[2];
	struct bench_effort effort = bench->effort;

	open_store(&store, (uint32_t)live + FRESH_ROOM);
	fill(&store, live);
	for (unsigned i = 0; i < TASKS; i++) {
		snprintf(cases[i].what, sizeof(cases[i].what), "%s", names[i]);
		cases[i].at = (double)live;
		cases[i].work = work;
		cases[i].arg = &tasks[i];
		cases[i].less = i > 0 ? &cases[0] : NULL;
		cases[i].over = i > 1 ? &cases[1] : NULL;
	}
	inserts[0] = cases[0];
	inserts[1] = cases[TASKS - 1];
	inserts[1].less = &inserts[0];
	inserts[1].over = NULL;
	effort.count = bench->quick ? BATCH_QUICK : BATCH;
	if (!bench_measure(cases, TASKS - 1, effort) ||
	    !bench_measure(inserts, 2, effort))
		cli_die(cli, CLI_SYSTEM, "out of memory");
	if (store.wrong) {
		bench_note(bench, 4, "left out: the store in BPF with %g "
			"entries, which did not live long enough",
			(double)live);
	} else {
		bench_results(bench, 4, "ns", cases, TASKS - 1);
		bench_results(bench, 4, "ns", &inserts[1], 1);
	}
	close_store(&store);
}

void
drill_measure(const struct bench *bench, const struct cli *cli)
{
	static const uint64_t lives[] = {1000, 16000, 256000, 1000000,
		4000000};

	bench_title(bench, 4, "store operations by a BPF program");
	for (unsigned i = 0; i < sizeof(lives) / sizeof(*lives); i++)
		if (!bench->quick || lives[i] <= 16000)
			measure(bench, cli, lives[i]);
}
