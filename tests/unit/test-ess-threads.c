/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The store under several threads at a time: no update is lost, nothing is
 * created twice, capacity and counts stay exact, whoever holds an entry for too
 * long is told, and overtaken after a second.
 */
#include "tests/unit/test.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "vm/ess.h"

#define SECOND UINT64_C(1000000000)
#define NOW (100 * SECOND)

enum { THREADS = 4 };

static const uint8_t secret[KEY_SECRET_SIZE] = {4, 5, 6};

/* What the threads of one test share, and what each of them counts. */
struct scene {
	struct ess *ess;
	uint64_t start_ns;		/* of fast_clock */
	unsigned keys, rounds;
	unsigned ready;			/* threads that wait for the others */
	bool stop;
};

struct worker {
	struct scene *scene;
	unsigned number;
	uint64_t done, created, refused, busy, wrong;
	pthread_t thread;
};

typedef void *work_fn(void *worker);

static void
start(struct worker *workers, struct scene *scene, work_fn *work)
{
	for (unsigned i = 0; i < THREADS; i++) {
		workers[i] = (struct worker){.scene = scene, .number = i};
		assert_int_equal(pthread_create(&workers[i].thread, NULL, work,
			&workers[i]), 0);
	}
}

/* The sum of what they counted. */
static struct worker
finish(struct worker *workers)
{
	struct worker sum = {0};

	for (unsigned i = 0; i < THREADS; i++) {
		pthread_join(workers[i].thread, NULL);
		sum.done += workers[i].done;
		sum.created += workers[i].created;
		sum.refused += workers[i].refused;
		sum.busy += workers[i].busy;
		sum.wrong += workers[i].wrong;
	}
	return sum;
}

static struct worker
run_all(struct scene *scene, work_fn *work)
{
	struct worker workers[THREADS];

	start(workers, scene, work);
	return finish(workers);
}

/* All begin at the same time. */
static void
wait_for_all(struct scene *scene)
{
	__atomic_add_fetch(&scene->ready, 1, __ATOMIC_SEQ_CST);
	while (__atomic_load_n(&scene->ready, __ATOMIC_SEQ_CST) < THREADS)
		sched_yield();
}

static struct scene
new_scene(size_t capacity)
{
	struct scene scene = {.ess = ess_new(capacity, secret)};

	assert_non_null(scene.ess);
	return scene;
}

/* All eight times four bytes, so that half of a write could be told. */
static uint64_t
get_number(const uint8_t words[ENTRY_SIZE])
{
	uint64_t n;

	memcpy(&n, words, sizeof(n));
	return n;
}

static void
put_number(uint8_t words[ENTRY_SIZE], uint64_t n)
{
	for (unsigned i = 0; i < ENTRY_SIZE; i += sizeof(n))
		memcpy(words + i, &n, sizeof(n));
}

static bool
is_whole(const uint8_t words[ENTRY_SIZE])
{
	return !memcmp(words, words + 8, ENTRY_SIZE - 8);
}

static void *
count_up(void *arg)
{
	struct worker *w = arg;
	uint8_t words[ENTRY_SIZE];
	struct ess_span span;

	wait_for_all(w->scene);
	for (unsigned i = 0; i < w->scene->rounds; i++) {
		enum ess_result result = ess_insert(w->scene->ess,
			i % w->scene->keys, NOW, &span, words);

		w->created += result == ESS_CREATED;
		w->busy += result == ESS_BUSY;
		if (result != ESS_FOUND && result != ESS_CREATED)
			continue;
		w->wrong += !is_whole(words);
		put_number(words, get_number(words) + 1);
		w->done += ess_unmap(w->scene->ess, &span, NOW, words);
	}
	return NULL;
}

static void
no_update_is_lost(void **state)
{
	(void)state;
	for (unsigned keys = 1; keys <= 100; keys *= 10) {
		struct scene scene = new_scene(100);
		uint8_t words[ENTRY_SIZE];
		struct worker sum;
		uint64_t total = 0;

		scene.keys = keys;
		scene.rounds = 200000;
		sum = run_all(&scene, count_up);
		for (uint64_t key = 0; key < keys; key++) {
			assert_true(ess_peek(scene.ess, key, NOW, NULL, words));
			assert_true(is_whole(words));
			total += get_number(words);
		}
		assert_int_equal(sum.created, keys);
		assert_int_equal(sum.done + sum.busy, THREADS * scene.rounds);
		assert_int_equal(total, sum.done);
		assert_int_equal(sum.wrong, 0);
		ess_free(scene.ess);
	}
}

/* The same keys from different ones on, each until it is told. */
static void *
create_all(void *arg)
{
	struct worker *w = arg;
	unsigned keys = w->scene->keys;
	struct ess_span span;

	wait_for_all(w->scene);
	for (unsigned i = 0; i < keys; i++) {
		uint64_t key = (i + w->number % 2 * keys / 4) % keys;
		enum ess_result result;

		do
			result = ess_insert(w->scene->ess, key, NOW, &span,
				NULL);
		while (result == ESS_BUSY);
		w->created += result == ESS_CREATED;
		w->refused += result == ESS_NONE;
		if (result != ESS_NONE)
			ess_unmap(w->scene->ess, &span, NOW, NULL);
	}
	return NULL;
}

static void
count_entry(void *arg, uint64_t key, uint64_t created_ns,
	const uint8_t words[ENTRY_SIZE])
{
	(void)key;
	(void)created_ns;
	(void)words;
	++*(unsigned *)arg;
}

static void
assert_live(struct ess *ess, uint64_t now_ns, size_t live)
{
	unsigned seen = 0;

	ess_each(ess, now_ns, count_entry, &seen);
	assert_int_equal(seen, live);
	assert_int_equal(ess_live_count(ess, now_ns), live);
}

static void
nothing_is_created_twice(void **state)
{
	(void)state;
	for (unsigned capacity = 6; capacity <= 60000; capacity *= 10)
		for (unsigned round = 0; round < 6000 / capacity + 3; round++) {
			struct scene scene = new_scene(capacity);
			struct worker sum;

			scene.keys = capacity;
			sum = run_all(&scene, create_all);
			assert_int_equal(sum.created, capacity);
			assert_int_equal(sum.refused, 0);
			assert_live(scene.ess, NOW, capacity);
			ess_free(scene.ess);
		}
}

static void
the_capacity_is_never_exceeded(void **state)
{
	(void)state;
	for (unsigned round = 0; round < 20; round++) {
		struct scene scene = new_scene(10000);
		struct worker sum;

		scene.keys = 20000;
		sum = run_all(&scene, create_all);
		assert_int_equal(sum.created, 10000);
		assert_int_equal(sum.refused, THREADS * 10000);
		assert_int_equal(ess_free_count(scene.ess, NOW), 0);
		assert_live(scene.ess, NOW, 10000);
		ess_free(scene.ess);
	}
}

/* Ten times as fast as time is, so that lives are a second long. */
static uint64_t
fast_clock(const struct scene *scene)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return NOW + ((uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec -
		scene->start_ns) * 10;
}

enum { FEW = 400 };

static void *
come_and_go(void *arg)
{
	struct worker *w = arg;
	struct scene *scene = w->scene;
	struct ess_span span;
	uint64_t now = NOW;

	wait_for_all(scene);
	for (uint64_t i = 0; now < NOW + 15 * SECOND; i++) {
		enum ess_result result;

		now = fast_clock(scene);
		result = ess_insert(scene->ess, (uint64_t)w->number << 32 | i,
			now, &span, NULL);
		w->created += result == ESS_CREATED;
		w->wrong += result == ESS_FOUND;
		if (result == ESS_CREATED)
			ess_unmap(scene->ess, &span, now, NULL);
		w->wrong += ess_live_count(scene->ess, now) > FEW;
		if (i % 16 == 0)
			sched_yield();
	}
	return NULL;
}

static void
counts_are_exact_while_entries_come_and_go(void **state)
{
	struct scene scene = new_scene(FEW);
	struct worker sum;
	uint64_t end;

	(void)state;
	scene.start_ns = 0;
	scene.start_ns = (fast_clock(&scene) - NOW) / 10;
	sum = run_all(&scene, come_and_go);
	assert_int_equal(sum.wrong, 0);
	assert_true(sum.created > FEW && sum.created <= 2 * FEW + THREADS);
	end = fast_clock(&scene);
	for (unsigned i = 0; i <= 11; i++) {
		uint64_t now = end + i * SECOND;
		unsigned seen = 0;

		ess_each(scene.ess, now, count_entry, &seen);
		assert_int_equal(ess_live_count(scene.ess, now), seen);
		assert_int_equal(ess_free_count(scene.ess, now), FEW - seen);
	}
	assert_live(scene.ess, end + 11 * SECOND, 0);
	ess_free(scene.ess);
}

static void
see_whole(void *arg, uint64_t key, uint64_t created_ns,
	const uint8_t words[ENTRY_SIZE])
{
	struct worker *w = arg;

	(void)key;
	w->done++;
	w->wrong += !is_whole(words) || created_ns != NOW;
}

static void *
look(void *arg)
{
	struct worker *w = arg;
	struct scene *scene = w->scene;
	uint8_t words[ENTRY_SIZE];
	uint64_t key = 0;

	do {
		if (ess_peek(scene->ess, key, NOW, NULL, words)) {
			w->done++;
			w->wrong += !is_whole(words);
		}
		ess_each(scene->ess, NOW, see_whole, w);
		key = (key + 1) % scene->keys;
	} while (!__atomic_load_n(&scene->stop, __ATOMIC_RELAXED));
	return NULL;
}

static void
who_looks_sees_whole_entries(void **state)
{
	struct scene scene = new_scene(100);
	struct worker onlooker = {.scene = &scene};

	(void)state;
	scene.keys = 10;
	scene.rounds = 200000;
	assert_int_equal(pthread_create(&onlooker.thread, NULL, look,
		&onlooker), 0);
	run_all(&scene, count_up);
	__atomic_store_n(&scene.stop, true, __ATOMIC_RELAXED);
	pthread_join(onlooker.thread, NULL);
	assert_true(onlooker.done > 0);
	assert_int_equal(onlooker.wrong, 0);
	ess_free(scene.ess);
}

static void *
restore_some(void *arg)
{
	struct worker *w = arg;
	const uint8_t words[ENTRY_SIZE] = {0};

	for (uint64_t key = 1000; key < 1200; key++) {
		/* Not in the order of their births. */
		uint64_t created_ns = NOW - key * 7919 % 9 * SECOND;

		while (!ess_restore(w->scene->ess, key, created_ns, NOW, words))
			w->busy++;
	}
	return NULL;
}

static void
restores_while_others_write(void **state)
{
	struct scene scene = new_scene(500);
	struct worker restorer = {.scene = &scene};

	(void)state;
	scene.keys = 200;
	scene.rounds = 20000;
	assert_int_equal(pthread_create(&restorer.thread, NULL, restore_some,
		&restorer), 0);
	run_all(&scene, count_up);
	pthread_join(restorer.thread, NULL);
	assert_live(scene.ess, NOW, 400);
	for (unsigned i = 1; i <= 10; i++) {
		unsigned seen = 0;

		ess_each(scene.ess, NOW + i * SECOND, count_entry, &seen);
		assert_int_equal(ess_live_count(scene.ess, NOW + i * SECOND),
			seen);
	}
	ess_free(scene.ess);
}

/* With one bucket, so that whatever is wanted has the same lock. */
enum { ONE_BUCKET = 6 };

static void
an_entry_that_is_held_is_busy(void **state)
{
	struct scene scene = new_scene(ONE_BUCKET);
	struct ess_span span, other;
	uint8_t words[ENTRY_SIZE];

	(void)state;
	assert_int_equal(ess_insert(scene.ess, 7, NOW, &span, NULL),
		ESS_CREATED);
	assert_int_equal(ess_insert(scene.ess, 7, NOW, &other, NULL), ESS_BUSY);
	assert_int_equal(ess_lookup(scene.ess, 7, NOW + SECOND, &other, NULL),
		ESS_BUSY);
	assert_true(ess_peek(scene.ess, 7, NOW, NULL, words));
	assert_false(ess_peek(scene.ess, 8, NOW, NULL, NULL));
	assert_live(scene.ess, NOW, 1);
	put_number(words, 42);
	assert_true(ess_unmap(scene.ess, &span, NOW, words));
	assert_int_equal(ess_lookup(scene.ess, 7, NOW, &other, words),
		ESS_FOUND);
	assert_int_equal(get_number(words), 42);
	ess_unmap(scene.ess, &other, NOW, NULL);
	ess_free(scene.ess);
}

static void
a_dead_holder_is_overtaken_and_writes_nothing(void **state)
{
	struct scene scene = new_scene(ONE_BUCKET);
	const uint64_t later = NOW + SECOND + SECOND / 8;
	struct ess_span dead, span;
	uint8_t words[ENTRY_SIZE], late[ENTRY_SIZE];

	(void)state;
	put_number(late, 1);
	assert_int_equal(ess_insert(scene.ess, 7, NOW, &dead, NULL),
		ESS_CREATED);
	assert_int_equal(ess_lookup(scene.ess, 7, later, &span, words),
		ESS_FOUND);
	assert_int_equal(get_number(words), 0);
	/* It wakes while the other has it, and once more when nobody has. */
	assert_false(ess_unmap(scene.ess, &dead, later, late));
	assert_int_equal(ess_lookup(scene.ess, 7, later, &dead, NULL),
		ESS_BUSY);
	put_number(words, 2);
	assert_true(ess_unmap(scene.ess, &span, later, words));
	assert_int_equal(ess_lookup(scene.ess, 7, later, &span, words),
		ESS_FOUND);
	assert_int_equal(get_number(words), 2);
	ess_unmap(scene.ess, &span, later, NULL);
	ess_free(scene.ess);
}

static void
a_lock_left_for_days_is_overtaken(void **state)
{
	(void)state;
	/* Tickets wrap after 19.5 hours, but for two seconds there. */
	for (uint64_t hour = 1; hour < 100; hour++) {
		struct scene scene = new_scene(ONE_BUCKET);
		uint64_t later = NOW + hour * 3600 * SECOND;
		struct ess_span span;

		ess_insert(scene.ess, 7, NOW, &span, NULL);
		assert_int_equal(ess_insert(scene.ess, 7, later, &span, NULL),
			ESS_CREATED);
		ess_unmap(scene.ess, &span, later, NULL);
		ess_free(scene.ess);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(no_update_is_lost),
	cmocka_unit_test(nothing_is_created_twice),
	cmocka_unit_test(the_capacity_is_never_exceeded),
	cmocka_unit_test(counts_are_exact_while_entries_come_and_go),
	cmocka_unit_test(who_looks_sees_whole_entries),
	cmocka_unit_test(restores_while_others_write),
	cmocka_unit_test(an_entry_that_is_held_is_busy),
	cmocka_unit_test(a_dead_holder_is_overtaken_and_writes_nothing),
	cmocka_unit_test(a_lock_left_for_days_is_overtaken)
};

RUN_TESTS(tests)
