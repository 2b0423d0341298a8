/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One store for BPF programs on two processors and for threads of a process:
 * what one writes the others find, and nothing is lost.  Skipped without root
 * or BPF.
 */
#define _GNU_SOURCE
#include "tests/unit/test.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "vm/ess.h"
#include "xdp/drill.h"
#include "xdp/drill.skel.h"

#define SECOND UINT64_C(1000000000)
enum { CAPACITY = 1000, THREADS = 2, FRAME_SIZE = 64 };

static const uint8_t secret[KEY_SECRET_SIZE] = {7, 8, 9};

static struct scene {
	struct wasp_drill *skel;
	struct drill_job *jobs;
	struct ess_control *control;
	struct ess_bucket *buckets;
	uint64_t *ring;
	struct ess *ess;
	int program;
} scene;

/* What a thread does, on the processor of its number. */
struct worker {
	unsigned number, rounds;
	uint64_t keys;
	uint64_t written, busy, created, wrong;
	int error;
	pthread_t thread;
};

/* The clock of bpf_ktime_get_ns. */
static uint64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

static size_t
whole_pages(size_t size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	return (size + page - 1) / page * page;
}

static void *
map_memory(const struct bpf_map *map, size_t size)
{
	void *p = mmap(NULL, whole_pages(size), PROT_READ | PROT_WRITE,
		MAP_SHARED, bpf_map__fd(map), 0);

	assert_ptr_not_equal(p, MAP_FAILED);
	return p;
}

static int
open_store(void **state)
{
	struct scene *s = &scene;
	size_t buckets = ess_bucket_count(CAPACITY);

	*state = s;
	s->skel = wasp_drill__open();
	assert_non_null(s->skel);
	bpf_map__set_max_entries(s->skel->maps.store_buckets,
		(uint32_t)buckets);
	bpf_map__set_max_entries(s->skel->maps.store_ring, CAPACITY);
	assert_int_equal(wasp_drill__load(s->skel), 0);
	s->program = bpf_program__fd(s->skel->progs.drill);
	s->jobs = map_memory(s->skel->maps.drill_jobs,
		DRILL_JOBS * sizeof(*s->jobs));
	s->control = map_memory(s->skel->maps.store_control,
		sizeof(*s->control));
	s->buckets = map_memory(s->skel->maps.store_buckets,
		buckets * sizeof(*s->buckets));
	s->ring = map_memory(s->skel->maps.store_ring,
		CAPACITY * sizeof(*s->ring));
	ess_control_init(s->control, CAPACITY, secret);
	s->ess = ess_at(s->control, s->buckets, s->ring);
	assert_non_null(s->ess);
	return 0;
}

static int
close_store(void **state)
{
	struct scene *s = *state;

	ess_free(s->ess);
	munmap(s->jobs, whole_pages(DRILL_JOBS * sizeof(*s->jobs)));
	munmap(s->control, whole_pages(sizeof(*s->control)));
	munmap(s->buckets, whole_pages(ess_bucket_count(CAPACITY) *
		sizeof(*s->buckets)));
	munmap(s->ring, whole_pages(CAPACITY * sizeof(*s->ring)));
	wasp_drill__destroy(s->skel);
	return 0;
}

static int
run_job(unsigned number, unsigned repeat)
{
	uint8_t frame[FRAME_SIZE] = {(uint8_t)number};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = frame,
		.data_size_in = sizeof(frame), .repeat = (int)repeat);

	return bpf_prog_test_run_opts(scene.program, &opts);
}

static enum ess_result
ask(enum drill_op op, uint64_t key)
{
	struct drill_job *job = &scene.jobs[0];

	*job = (struct drill_job){.op = op, .ops = 1, .first = key, .keys = 1};
	assert_int_equal(run_job(0, 1), 0);
	for (unsigned i = 0; i < 4; i++)
		if (job->results[i])
			return (enum ess_result)i;
	return ESS_NONE;
}

static void
each_finds_what_the_other_wrote(void **state)
{
	uint8_t words[ENTRY_SIZE];
	struct ess_span span;
	uint64_t created_ns;

	(void)state;
	assert_int_equal(ask(DRILL_LOOKUP, 1), ESS_NONE);
	assert_int_equal(ask(DRILL_COUNT, 1), ESS_CREATED);
	assert_int_equal(ask(DRILL_COUNT, 1), ESS_FOUND);
	assert_true(ess_peek(scene.ess, 1, now_ns(), &created_ns, words));
	assert_int_equal(words[0], 2);
	assert_true(now_ns() - created_ns < SECOND);
	assert_int_equal(ess_insert(scene.ess, 2, now_ns(), &span, words),
		ESS_CREATED);
	for (unsigned i = 0; i < ENTRY_SIZE; i += 8)
		words[i] = 41;
	assert_true(ess_unmap(scene.ess, &span, now_ns(), words));
	assert_int_equal(ask(DRILL_COUNT, 2), ESS_FOUND);
	assert_int_equal(scene.jobs[0].wrong, 0);
	assert_true(ess_peek(scene.ess, 2, now_ns(), NULL, words));
	assert_int_equal(words[0], 42);
	assert_int_equal(ess_live_count(scene.ess, now_ns()), 2);
	ask(DRILL_FREE, 0);
	assert_int_equal(scene.jobs[0].free, CAPACITY - 2);
}

static void
an_entry_that_one_holds_is_busy_to_the_other(void **state)
{
	uint64_t now = now_ns();
	struct ess_span span;

	(void)state;
	assert_int_equal(ess_insert(scene.ess, 1, now, &span, NULL),
		ESS_CREATED);
	assert_int_equal(ask(DRILL_LOOKUP, 1), ESS_BUSY);
	assert_int_equal(ask(DRILL_COUNT, 1), ESS_BUSY);
	assert_false(ess_unmap(scene.ess, &span, now, NULL));
	assert_int_equal(ask(DRILL_COUNT, 1), ESS_FOUND);
}

/* The ticket says when the lock was taken: as if that were long ago. */
static void
a_dead_process_is_overtaken(void **state)
{
	uint64_t now = now_ns(), before = now - 3 * SECOND / 2;
	uint8_t words[ENTRY_SIZE] = {9};
	struct ess_span span;

	(void)state;
	assert_int_equal(ess_insert(scene.ess, 1, before, &span, NULL),
		ESS_CREATED);
	assert_int_equal(ask(DRILL_COUNT, 1), ESS_FOUND);
	assert_int_equal(scene.jobs[0].written, 1);
	assert_false(ess_unmap(scene.ess, &span, now, words));
	assert_true(ess_peek(scene.ess, 1, now, NULL, words));
	assert_int_equal(words[0], 1);
}

static void
keep_to_processor(unsigned i)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(i, &set);
	/* With one processor, they take turns. */
	sched_setaffinity(0, sizeof(set), &set);
}

static void *
count_in_kernel(void *arg)
{
	struct worker *w = arg;
	struct drill_job *job = &scene.jobs[w->number];

	keep_to_processor(w->number);
	*job = (struct drill_job){.op = DRILL_COUNT, .ops = 100,
		.keys = w->keys};
	w->error = run_job(w->number, w->rounds / 100);
	w->written = job->written;
	w->created = job->results[ESS_CREATED];
	w->busy = job->results[ESS_BUSY];
	w->wrong = job->wrong + job->results[ESS_NONE];
	return NULL;
}

static void *
count_in_process(void *arg)
{
	struct worker *w = arg;

	keep_to_processor(w->number);
	for (unsigned i = 0; i < w->rounds; i++) {
		uint64_t words[ENTRY_SIZE / 8], now = now_ns();
		struct ess_span span;
		enum ess_result result = ess_insert(scene.ess, i % w->keys,
			now, &span, (uint8_t *)words);

		w->created += result == ESS_CREATED;
		w->busy += result == ESS_BUSY;
		w->wrong += result == ESS_NONE;
		if (result != ESS_FOUND && result != ESS_CREATED)
			continue;
		w->wrong += words[0] != words[1] || words[0] != words[2] ||
			words[0] != words[3];
		words[0]++;
		words[1] = words[2] = words[3] = words[0];
		w->written += ess_unmap(scene.ess, &span, now,
			(uint8_t *)words);
	}
	return NULL;
}

static uint64_t
sum_of_counts(uint64_t keys)
{
	uint64_t words[ENTRY_SIZE / 8], sum = 0;

	for (uint64_t key = 0; key < keys; key++)
		if (ess_peek(scene.ess, key, now_ns(), NULL, (uint8_t *)words))
			sum += words[0];
	return sum;
}

/* Two processors, on each a program in the kernel and a thread. */
static void
assert_nothing_lost(uint64_t keys, unsigned rounds)
{
	struct worker workers[2 * THREADS], sum = {0};

	for (unsigned i = 0; i < 2 * THREADS; i++) {
		workers[i] = (struct worker){.number = i / 2, .keys = keys,
			.rounds = rounds};
		assert_int_equal(pthread_create(&workers[i].thread, NULL,
			i % 2 ? count_in_process : count_in_kernel,
			&workers[i]), 0);
	}
	for (unsigned i = 0; i < 2 * THREADS; i++) {
		pthread_join(workers[i].thread, NULL);
		assert_int_equal(workers[i].error, 0);
		assert_true(workers[i].written > 0);
		sum.written += workers[i].written;
		sum.busy += workers[i].busy;
		sum.created += workers[i].created;
		sum.wrong += workers[i].wrong;
	}
	assert_int_equal(sum.wrong, 0);
	assert_int_equal(sum.created, keys);
	assert_int_equal(sum.written + sum.busy, 2 * THREADS * rounds);
	assert_int_equal(sum_of_counts(keys), sum.written);
	assert_int_equal(ess_live_count(scene.ess, now_ns()), keys);
}

static void
no_update_of_one_entry_is_lost(void **state)
{
	(void)state;
	assert_nothing_lost(1, 200000);
}

static void
no_update_of_many_entries_is_lost(void **state)
{
	(void)state;
	assert_nothing_lost(CAPACITY, 400000);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, open_store, \
	close_store)

static const struct CMUnitTest tests[] = {
	WITH(each_finds_what_the_other_wrote),
	WITH(an_entry_that_one_holds_is_busy_to_the_other),
	WITH(a_dead_process_is_overtaken),
	WITH(no_update_of_one_entry_is_lost),
	WITH(no_update_of_many_entries_is_lost)
};

static int
be_silent(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)level;
	(void)format;
	(void)args;
	return 0;
}

/* May this be loaded at all? */
static bool
is_possible(void)
{
	libbpf_print_fn_t print = libbpf_set_print(be_silent);
	struct wasp_drill *skel = wasp_drill__open_and_load();
	int error = errno;

	wasp_drill__destroy(skel);
	libbpf_set_print(print);
	return skel || error != EPERM;
}

int
main(void)
{
	if (!is_possible()) {
		printf("1..0 # SKIP no right to load BPF programs\n");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
