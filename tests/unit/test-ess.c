/* SPDX-License-Identifier: BSD-2-Clause */
/* The ephemeral state store. */
#include "tests/unit/test.h"

#include <stdlib.h>
#include <string.h>

#include "vm/ess.h"

#define SECOND UINT64_C(1000000000)
#define NOW (100 * SECOND)

static const uint8_t secret[KEY_SECRET_SIZE] = {1, 2, 3};

static struct ess *
new_store(size_t capacity)
{
	struct ess *ess = ess_new(capacity, secret);

	assert_non_null(ess);
	return ess;
}

/* Insert and let go; the result, and when it was created. */
static enum ess_result
put(struct ess *ess, uint64_t key, uint64_t now_ns, uint64_t *created_ns)
{
	struct ess_span span;
	enum ess_result result = ess_insert(ess, key, now_ns, &span, NULL);

	if (result != ESS_FOUND && result != ESS_CREATED)
		return result;
	if (created_ns)
		*created_ns = span.created_ns;
	assert_false(ess_unmap(ess, &span, now_ns, NULL));
	return result;
}

static enum ess_result
get(struct ess *ess, uint64_t key, uint64_t now_ns)
{
	struct ess_span span;
	enum ess_result result = ess_lookup(ess, key, now_ns, &span, NULL);

	if (result == ESS_FOUND)
		ess_unmap(ess, &span, now_ns, NULL);
	assert_int_equal(ess_peek(ess, key, now_ns, NULL, NULL),
		result == ESS_FOUND);
	return result;
}

static void
finds_what_was_inserted_and_nothing_else(void **state)
{
	struct ess *ess = new_store(8);
	uint64_t created_ns;

	(void)state;
	assert_int_equal(get(ess, 7, NOW), ESS_NONE);
	assert_int_equal(put(ess, 7, NOW, &created_ns), ESS_CREATED);
	assert_int_equal(created_ns, NOW);
	assert_int_equal(put(ess, 7, NOW + 1, &created_ns), ESS_FOUND);
	assert_int_equal(created_ns, NOW);
	assert_int_equal(get(ess, 7, NOW + 2), ESS_FOUND);
	assert_int_equal(get(ess, 8, NOW + 2), ESS_NONE);
	ess_free(ess);
}

static void
key_zero_is_a_key_like_any_other(void **state)
{
	struct ess *ess = new_store(8);

	(void)state;
	assert_int_equal(get(ess, 0, 0), ESS_NONE);
	assert_int_equal(put(ess, 0, 0, NULL), ESS_CREATED);
	assert_int_equal(get(ess, 0, 0), ESS_FOUND);
	ess_free(ess);
}

static void
keeps_an_entry_for_ten_seconds_and_no_longer(void **state)
{
	struct ess *ess = new_store(8);
	uint8_t words[ENTRY_SIZE] = {9};
	struct ess_span span;

	(void)state;
	put(ess, 7, NOW, NULL);
	for (uint64_t t = 0; t < 10; t++) {
		assert_int_equal(ess_insert(ess, 7, NOW + t * SECOND, &span,
			NULL), ESS_FOUND);
		assert_true(ess_unmap(ess, &span, NOW + t * SECOND, words));
	}
	assert_int_equal(ess_lookup(ess, 7, NOW + 10 * SECOND - 1, &span,
		NULL), ESS_FOUND);
	assert_true(ess_unmap(ess, &span, NOW + 10 * SECOND - 1, words));
	assert_int_equal(ess_lookup(ess, 7, NOW + 10 * SECOND - 1, &span,
		NULL), ESS_FOUND);
	assert_false(ess_unmap(ess, &span, NOW + 10 * SECOND, words));
	assert_int_equal(get(ess, 7, NOW + 10 * SECOND), ESS_NONE);
	ess_free(ess);
}

static void
a_new_entry_is_zero_also_in_a_used_slot(void **state)
{
	static const uint8_t zero[ENTRY_SIZE];
	struct ess *ess = new_store(1);
	struct ess_span span;
	uint8_t words[ENTRY_SIZE];

	(void)state;
	for (uint64_t life = 0; life < 20; life++) {
		uint64_t now = NOW + life * 10 * SECOND;

		assert_int_equal(ess_insert(ess, 7, now, &span, words),
			ESS_CREATED);
		assert_memory_equal(words, zero, sizeof(zero));
		memset(words, 0xff, sizeof(words));
		assert_true(ess_unmap(ess, &span, now, words));
		assert_true(ess_peek(ess, 7, now, NULL, words));
		assert_int_equal(words[31], 0xff);
	}
	ess_free(ess);
}

static void
a_full_store_refuses_until_an_entry_dies(void **state)
{
	struct ess *ess = new_store(3);

	(void)state;
	for (uint64_t key = 0; key < 3; key++)
		assert_int_equal(put(ess, key, NOW + key, NULL), ESS_CREATED);
	assert_int_equal(ess_free_count(ess, NOW + 3), 0);
	assert_int_equal(put(ess, 3, NOW + 3, NULL), ESS_NONE);
	assert_int_equal(put(ess, 1, NOW + 3, NULL), ESS_FOUND);
	assert_int_equal(put(ess, 3, NOW + 10 * SECOND - 1, NULL),
		ESS_NONE);
	assert_int_equal(put(ess, 3, NOW + 10 * SECOND, NULL),
		ESS_CREATED);
	assert_int_equal(put(ess, 4, NOW + 10 * SECOND, NULL), ESS_NONE);
	assert_int_equal(get(ess, 0, NOW + 10 * SECOND), ESS_NONE);
	assert_int_equal(get(ess, 1, NOW + 10 * SECOND), ESS_FOUND);
	ess_free(ess);
}

/* Filled to the last entry in three lives, with another secret each time. */
static void
assert_holds(size_t capacity, uint8_t seed)
{
	const uint8_t own_secret[KEY_SECRET_SIZE] = {seed, 77};
	struct ess *ess = ess_new(capacity, own_secret);
	uint64_t now = NOW;

	assert_non_null(ess);
	for (uint64_t life = 0; life < 3; life++, now += 10 * SECOND) {
		assert_int_equal(ess_live_count(ess, now), 0);
		for (uint64_t k = 0; k < capacity; k++)
			assert_int_equal(put(ess, life << 32 | k, now, NULL),
				ESS_CREATED);
		assert_int_equal(ess_free_count(ess, now), 0);
		assert_int_equal(put(ess, UINT64_MAX, now, NULL), ESS_NONE);
	}
	ess_free(ess);
}

static void
holds_what_it_promises(void **state)
{
	(void)state;
	for (size_t capacity = 1; capacity <= 64; capacity++)
		for (unsigned seed = 0; seed < 20; seed++)
			assert_holds(capacity, (uint8_t)seed);
	for (unsigned seed = 0; seed < 20; seed++)
		assert_holds(1638, (uint8_t)seed);
	assert_holds(6553, 0);
	assert_holds(6554, 0);
	assert_holds(26214, 0);
}

/*
 * What headers tell of times wraps after 2.4 hours: what died so long ago, and
 * looks alive there, takes no room.
 */
static void
has_room_after_any_time(void **state)
{
	const uint64_t wrap = UINT64_C(1) << (27 + 16);

	(void)state;
	for (size_t capacity = 6; capacity <= 6000; capacity *= 10)
		for (uint64_t s = 0; s < 12; s++) {
			struct ess *ess = new_store(capacity);
			uint64_t then = NOW + wrap + s * SECOND;

			for (uint64_t key = 0; key < capacity; key++)
				put(ess, key, NOW, NULL);
			assert_int_equal(ess_live_count(ess, then), 0);
			for (uint64_t key = 0; key < capacity; key++)
				assert_int_equal(put(ess, key, then, NULL),
					ESS_CREATED);
			assert_int_equal(ess_free_count(ess, then), 0);
			ess_free(ess);
		}
}

/* One is born for each that dies, at full capacity. */
static void
keeps_its_promise_while_entries_come_and_go(void **state)
{
	enum { CAPACITY = 1000, COUNT = 100000 };
	struct ess *ess = new_store(CAPACITY);
	uint64_t now = NOW;

	(void)state;
	for (uint64_t key = 0; key < COUNT; key++) {
		assert_int_equal(put(ess, key, now, NULL), ESS_CREATED);
		now += ENTRY_LIFE_NS / CAPACITY;
		assert_int_equal(ess_live_count(ess, now),
			key + 1 < CAPACITY ? key + 1 : CAPACITY - 1);
	}
	ess_free(ess);
}

/* A model: the same operations on an array of all keys. */
static void
agrees_with_a_plain_array(void **state)
{
	enum { KEYS = 64, CAPACITY = 40, STEPS = 200000 };
	struct ess *ess = new_store(CAPACITY);
	uint64_t death[KEYS] = {0}, now = 1, x = 88172645463325252;
	uint8_t value[KEYS] = {0};

	(void)state;
	for (unsigned step = 0; step < STEPS; step++) {
		unsigned key, live = 0;
		uint8_t words[ENTRY_SIZE];
		struct ess_span span;
		enum ess_result want;

		x ^= x << 13, x ^= x >> 7, x ^= x << 17;
		key = (unsigned)(x % KEYS);
		now += (x >> 20) % (SECOND / 2);
		for (unsigned i = 0; i < KEYS; i++)
			live += death[i] > now;
		if (x >> 60 & 1)
			assert_int_equal(ess_live_count(ess, now), live);
		if (x >> 61 & 1)
			assert_int_equal(ess_free_count(ess, now),
				CAPACITY - live);
		if (x >> 62 & 1) {
			assert_int_equal(get(ess, key, now), death[key] > now);
			continue;
		}
		want = death[key] > now ? ESS_FOUND :
			live < CAPACITY ? ESS_CREATED : ESS_NONE;
		assert_int_equal(ess_insert(ess, key, now, &span, words), want);
		if (want == ESS_NONE)
			continue;
		if (want == ESS_CREATED) {
			death[key] = now + ENTRY_LIFE_NS;
			value[key] = 0;
		}
		assert_int_equal(words[31], value[key]);
		words[31] = ++value[key];
		assert_true(ess_unmap(ess, &span, now, words));
	}
	ess_free(ess);
}

struct seen {
	unsigned count;
	uint64_t key, created_ns;
	uint8_t word;
};

static void
see(void *arg, uint64_t key, uint64_t created_ns,
	const uint8_t words[ENTRY_SIZE])
{
	struct seen *seen = arg;

	*seen = (struct seen){seen->count + 1, key, created_ns, words[0]};
}

/* A store whose memory is somebody else's goes on where it was. */
static void
works_in_memory_of_others(void **state)
{
	enum { CAPACITY = 100 };
	size_t size = ess_bucket_count(CAPACITY) * sizeof(struct ess_bucket);
	struct ess_bucket *buckets = aligned_alloc(1024, size);
	uint64_t *ring = calloc(CAPACITY, sizeof(*ring));
	struct ess_control control;
	struct ess *ess;

	(void)state;
	assert_true(buckets && ring);
	memset(buckets, 0, size);
	ess_control_init(&control, CAPACITY, secret);
	for (uint64_t key = 0; key < CAPACITY; key++) {
		ess = ess_at(&control, buckets, ring);
		assert_non_null(ess);
		assert_int_equal(put(ess, key, NOW, NULL), ESS_CREATED);
		assert_int_equal(ess_live_count(ess, NOW), key + 1);
		ess_free(ess);
	}
	control.layout++;
	assert_null(ess_at(&control, buckets, ring));
	free(buckets);
	free(ring);
}

/* The search in the ring, from wherever the oldest was last seen. */
static void
counts_what_lives_in_a_large_ring(void **state)
{
	enum { CAPACITY = 3000000 };
	static struct ess_bucket no_bucket;
	uint64_t *ring = calloc(CAPACITY, sizeof(*ring));
	struct ess_control control;
	struct ess *ess;

	(void)state;
	assert_non_null(ring);
	ess_control_init(&control, CAPACITY, secret);
	ess = ess_at(&control, &no_bucket, ring);
	assert_non_null(ess);
	/* The 5th was claimed last: times of death 1, 2, ... from there on. */
	for (uint64_t i = 0; i < CAPACITY; i++) {
		uint64_t at = (i + 5) % CAPACITY;

		ring[at] = (i + 1) << 1 | (at < 5 ? 0 : 1);
	}
	control.tail = UINT64_C(2) << 32 | 5;
	for (uint64_t now = 0; now <= CAPACITY + 10; now += 9973)
		for (unsigned hint = 0; hint < 12; hint++) {
			control.oldest = hint % 4 ? hint * (CAPACITY / 11) :
				hint;
			assert_int_equal(ess_live_count(ess, now),
				now < CAPACITY ? CAPACITY - now : 0);
		}
	ess_free(ess);
	free(ring);
}

static void
visits_live_entries_only(void **state)
{
	struct ess *ess = new_store(10);
	struct seen seen = {0};
	struct ess_span span;
	uint8_t words[ENTRY_SIZE] = {42};

	(void)state;
	put(ess, 1, NOW, NULL);
	ess_insert(ess, 2, NOW + SECOND, &span, NULL);
	ess_unmap(ess, &span, NOW + SECOND, words);
	ess_each(ess, NOW + SECOND, see, &seen);
	assert_int_equal(seen.count, 2);
	seen.count = 0;
	ess_each(ess, NOW + 10 * SECOND, see, &seen);
	assert_int_equal(seen.count, 1);
	assert_int_equal(seen.key, 2);
	assert_int_equal(seen.created_ns, NOW + SECOND);
	assert_int_equal(seen.word, 42);
	ess_free(ess);
}

static void
restores_entries_that_still_live(void **state)
{
	struct ess *ess = new_store(3);
	uint8_t words[ENTRY_SIZE] = {42};
	uint64_t created_ns;

	(void)state;
	assert_true(ess_restore(ess, 1, NOW - SECOND, NOW, words));
	assert_true(ess_restore(ess, 2, NOW - 9 * SECOND, NOW, words));
	assert_false(ess_restore(ess, 1, NOW, NOW, words));
	assert_false(ess_restore(ess, 3, NOW - 10 * SECOND, NOW, words));
	assert_false(ess_restore(ess, 3, NOW + 1, NOW, words));
	assert_true(ess_restore(ess, 3, NOW - 2 * SECOND, NOW, words));
	assert_false(ess_restore(ess, 4, NOW, NOW, words));
	assert_true(ess_peek(ess, 1, NOW, &created_ns, words));
	assert_int_equal(created_ns, NOW - SECOND);
	assert_int_equal(words[0], 42);
	assert_int_equal(ess_live_count(ess, NOW + SECOND - 1), 3);
	assert_int_equal(ess_live_count(ess, NOW + SECOND), 2);
	assert_int_equal(ess_live_count(ess, NOW + 8 * SECOND), 1);
	assert_int_equal(ess_live_count(ess, NOW + 9 * SECOND), 0);
	ess_free(ess);
}

static void
refuses_a_capacity_out_of_range(void **state)
{
	(void)state;
	assert_null(ess_new(0, secret));
	assert_null(ess_new((size_t)ESS_CAPACITY_MAX + 1, secret));
	ess_free(NULL);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(finds_what_was_inserted_and_nothing_else),
	cmocka_unit_test(key_zero_is_a_key_like_any_other),
	cmocka_unit_test(keeps_an_entry_for_ten_seconds_and_no_longer),
	cmocka_unit_test(a_new_entry_is_zero_also_in_a_used_slot),
	cmocka_unit_test(a_full_store_refuses_until_an_entry_dies),
	cmocka_unit_test(holds_what_it_promises),
	cmocka_unit_test(has_room_after_any_time),
	cmocka_unit_test(keeps_its_promise_while_entries_come_and_go),
	cmocka_unit_test(agrees_with_a_plain_array),
	cmocka_unit_test(works_in_memory_of_others),
	cmocka_unit_test(counts_what_lives_in_a_large_ring),
	cmocka_unit_test(visits_live_entries_only),
	cmocka_unit_test(restores_entries_that_still_live),
	cmocka_unit_test(refuses_a_capacity_out_of_range)
};

RUN_TESTS(tests)
