/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The store of a process; see ess.h.  What is done with it is in ess-core.h;
 * here is the memory, and what only a process does: look at all of it, restore.
 */
#include "vm/ess.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

struct ess {
	struct ess_control *control;
	struct ess_bucket *buckets;
	uint64_t *ring;
	void *memory;			/* of all these, if it is ours */
};

static inline struct ess_bucket *
ess_bucket_at(const struct ess *ess, uint32_t i)
{
	return &ess->buckets[i];
}

static inline uint64_t *
ess_cell_at(const struct ess *ess, uint32_t i)
{
	return &ess->ring[i];
}

struct ess_search;
static uint32_t ess_wait(const struct ess *ess, uint32_t i, uint64_t now_ns);
static void ess_search(struct ess_search *search);
#define ess_claim ess_claim_cell

#include "vm/ess-core.h"

enum {
	SPINS = 4000,		/* tries that keep the processor: some 50 us */
	YIELDS = 200,		/* tries that give it to others */
	NAPS = 2000,		/* of those who look: a tenth of a second */
	NAP_NS = 50000,
	HUGE_PAGE = 1 << 21
};

static void
pause_a_moment(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__builtin_ia32_pause();
#endif
}

static uint32_t
ess_wait(const struct ess *ess, uint32_t i, uint64_t now_ns)
{
	struct ess_bucket *bucket = ess_bucket_at(ess, i);
	uint32_t ticket = 0;

	for (unsigned n = 0; n < SPINS + YIELDS && !ticket; n++) {
		if (n < SPINS)
			pause_a_moment();
		else
			sched_yield();
		ticket = ess_try(bucket, now_ns);
	}
	return ticket;
}

static void
ess_search(struct ess_search *search)
{
	for (unsigned n = 0; n < ESS_PROBES; n++)
		if (ess_search_step(search))
			break;
}

/*
 * Memory: control, buckets and ring in one piece.
 */

static size_t
round_up(size_t n, size_t unit)
{
	return (n + unit - 1) & ~(unit - 1);
}

/* Zeros, touched now, so that no page is missing when a packet comes. */
static void *
new_memory(size_t size)
{
	size_t unit = size < HUGE_PAGE ? sizeof(struct ess_bucket) : HUGE_PAGE;
	void *p;

	size = round_up(size, unit);
	p = aligned_alloc(unit, size);
	if (!p)
		return NULL;
	/* Fewer translations to look up; without them it works as well. */
	if (unit == HUGE_PAGE)
		madvise(p, size, MADV_HUGEPAGE);
	return memset(p, 0, size);
}

struct ess *
ess_new(size_t capacity, const uint8_t secret[KEY_SECRET_SIZE])
{
	size_t head = round_up(sizeof(struct ess_control),
		sizeof(struct ess_bucket)), size;
	struct ess *ess;
	uint8_t *p;

	/* An entry takes less than 256 bytes of all, whose sum is a size. */
	if (capacity == 0 || capacity > ESS_CAPACITY_MAX ||
	    capacity > SIZE_MAX / 256)
		return NULL;
	size = ess_bucket_count((uint32_t)capacity) * sizeof(struct ess_bucket);
	p = new_memory(head + size + capacity * sizeof(*ess->ring));
	if (!p)
		return NULL;
	ess_control_init((struct ess_control *)p, (uint32_t)capacity, secret);
	ess = ess_at((struct ess_control *)p, (struct ess_bucket *)(p + head),
		(uint64_t *)(p + head + size));
	if (ess)
		ess->memory = p;
	else
		free(p);
	return ess;
}

struct ess *
ess_at(struct ess_control *control, struct ess_bucket *buckets, uint64_t *ring)
{
	struct ess *ess;

	if (control->layout != ESS_LAYOUT || control->capacity == 0 ||
	    control->capacity > ESS_CAPACITY_MAX || control->bucket_count !=
	    ess_bucket_count(control->capacity))
		return NULL;
	ess = calloc(1, sizeof(*ess));
	if (!ess)
		return NULL;
	ess->control = control;
	ess->buckets = buckets;
	ess->ring = ring;
	return ess;
}

void
ess_free(struct ess *ess)
{
	if (!ess)
		return;
	free(ess->memory);
	free(ess);
}

/*
 * Entries.
 */

static void
copy_out(const struct ess_slot *slot, uint8_t words[ENTRY_SIZE])
{
	for (unsigned i = 0; i < ESS_WORDS; i++) {
		uint64_t word = ess_get(&slot->words[i]);

		memcpy(words + 8 * i, &word, sizeof(word));
	}
}

static __attribute__((noinline)) enum ess_result
map_slowly(struct ess *ess, uint64_t hash, uint64_t key, uint64_t now_ns,
	bool create, struct ess_span *span)
{
	return ess_map_slowly(ess, hash, key, now_ns, create, span);
}

static inline enum ess_result
map(struct ess *ess, uint64_t key, uint64_t now_ns, bool create,
	struct ess_span *span, uint8_t words[ENTRY_SIZE])
{
	uint64_t hash = ess_hash(ess->control, key);
	enum ess_result result = (enum ess_result)ess_map_quickly(ess, hash,
		key, now_ns, create, span);

	if (result > ESS_BUSY)
		result = map_slowly(ess, hash, key, now_ns, create, span);

	if (words && (result == ESS_FOUND || result == ESS_CREATED))
		copy_out(&ess->buckets[span->bucket].line[span->line], words);
	return result;
}

enum ess_result
ess_lookup(struct ess *ess, uint64_t key, uint64_t now_ns,
	struct ess_span *span, uint8_t words[ENTRY_SIZE])
{
	return map(ess, key, now_ns, false, span, words);
}

enum ess_result
ess_insert(struct ess *ess, uint64_t key, uint64_t now_ns,
	struct ess_span *span, uint8_t words[ENTRY_SIZE])
{
	return map(ess, key, now_ns, true, span, words);
}

bool
ess_unmap(struct ess *ess, const struct ess_span *span, uint64_t now_ns,
	const uint8_t words[ENTRY_SIZE])
{
	uint64_t copy[ESS_WORDS];

	if (words)
		memcpy(copy, words, ENTRY_SIZE);
	return ess_finish(ess, span, now_ns, words ? copy : NULL);
}

uint64_t
ess_prefetch(const struct ess *ess, uint64_t key)
{
	uint64_t hash = ess_hash(ess->control, key);

	__builtin_prefetch(&ess->buckets[ess_first(ess->control, hash)], 1);
	return hash;
}

void
ess_prefetch_entry(const struct ess *ess, uint64_t hash)
{
	const struct ess_bucket *bucket =
		&ess->buckets[ess_first(ess->control, hash)];

	for (unsigned half = 0; half < 2; half++) {
		uint64_t match = ess_match(
			ess_get(&bucket->header.prints[half]), hash);

		if (match)
			__builtin_prefetch(&bucket->line[8 * half +
				ess_lowest(match)], 1);
	}
}

/*
 * Looking without a lock: a bucket of the same version before and after was seen
 * whole.  What somebody is long at writing, perhaps dead, is taken as it is.
 */

typedef bool look_fn(const struct ess_bucket *bucket, void *arg);

static bool
look_at(const struct ess *ess, uint32_t i, look_fn *look, void *arg)
{
	const struct ess_bucket *bucket = &ess->buckets[i];

	for (unsigned n = 0; n < SPINS + NAPS; n++) {
		uint64_t version;
		bool result;

		if (n >= SPINS)
			nanosleep(&(struct timespec){0, NAP_NS}, NULL);
		else if (n)
			pause_a_moment();
		version = ess_get_first(&bucket->header.version);
		if (version & 1)
			continue;
		result = look(bucket, arg);
		ess_fence();
		if (ess_get(&bucket->header.version) == version)
			return result;
	}
	return look(bucket, arg);
}

struct peek {
	uint64_t hash, key, now_ns, created_ns;
	uint8_t words[ENTRY_SIZE];
	bool elsewhere;
};

static bool
peek_at(const struct ess_bucket *bucket, void *arg)
{
	struct peek *peek = arg;
	unsigned line = ess_find(bucket, peek->hash, peek->key, peek->now_ns);

	peek->elsewhere = ess_may_live(ess_expiry_of(bucket, 0), peek->now_ns);
	if (!line)
		return false;
	peek->created_ns = ess_get(&bucket->line[line].death_ns) -
		ENTRY_LIFE_NS;
	copy_out(&bucket->line[line], peek->words);
	return true;
}

bool
ess_peek(const struct ess *ess, uint64_t key, uint64_t now_ns,
	uint64_t *created_ns, uint8_t words[ENTRY_SIZE])
{
	uint64_t hash = ess_hash(ess->control, key);
	struct peek peek = {.hash = hash, .key = key, .now_ns = now_ns};

	if (!look_at(ess, ess_first(ess->control, hash), peek_at, &peek) &&
	    !(peek.elsewhere && look_at(ess, ess_second(ess->control, hash),
		peek_at, &peek)))
		return false;
	if (created_ns)
		*created_ns = peek.created_ns;
	if (words)
		memcpy(words, peek.words, ENTRY_SIZE);
	return true;
}

static bool
copy_bucket(const struct ess_bucket *bucket, void *arg)
{
	struct ess_bucket *copy = arg;

	for (unsigned i = 1; i < ESS_LINES; i++) {
		copy->line[i].key = ess_get(&bucket->line[i].key);
		copy->line[i].death_ns = ess_get(&bucket->line[i].death_ns);
		copy_out(&bucket->line[i], (uint8_t *)copy->line[i].words);
	}
	return true;
}

void
ess_each(const struct ess *ess, uint64_t now_ns, ess_visit *visit, void *arg)
{
	struct ess_bucket copy;

	for (uint32_t b = 0; b < ess->control->bucket_count; b++) {
		look_at(ess, b, copy_bucket, &copy);
		for (unsigned i = 1; i < ESS_LINES; i++)
			if (copy.line[i].death_ns > now_ns)
				visit(arg, copy.line[i].key,
					copy.line[i].death_ns - ENTRY_LIFE_NS,
					(const uint8_t *)copy.line[i].words);
	}
}

size_t
ess_live_count(struct ess *ess, uint64_t now_ns)
{
	return ess_count_live(ess, now_ns);
}

size_t
ess_free_count(struct ess *ess, uint64_t now_ns)
{
	return ess->control->capacity - ess_count_live(ess, now_ns);
}

/*
 * A cell of the ring has a time of death that is too late: move it down to where
 * it belongs.  The ring is sorted at every moment, also for those who claim cells
 * meanwhile; where they claim one of these, what was in it is dead, and gone.
 */
static void
settle(struct ess *ess, uint32_t i, uint64_t death_ns)
{
	uint32_t capacity = ess->control->capacity;
	uint64_t value = ess_get(&ess->ring[i]);

	for (uint32_t n = 1; n < capacity; n++) {
		uint32_t before = i ? i - 1 : capacity - 1;
		uint64_t earlier = ess_get(&ess->ring[before]);

		if (earlier >> 1 <= death_ns)
			break;
		if (!ess_swap(&ess->ring[i], value,
			(earlier & ~UINT64_C(1)) | (value & 1)))
			return;
		i = before;
		value = earlier;
	}
	ess_swap(&ess->ring[i], value, death_ns << 1 | (value & 1));
}

bool
ess_restore(struct ess *ess, uint64_t key, uint64_t created_ns,
	uint64_t now_ns, const uint8_t words[ENTRY_SIZE])
{
	uint64_t death_ns = created_ns + ENTRY_LIFE_NS;
	struct ess_bucket *bucket;
	struct ess_span span;
	enum ess_result result;

	if (created_ns > now_ns || death_ns <= now_ns)
		return false;
	result = ess_insert(ess, key, now_ns, &span, NULL);
	if (result == ESS_FOUND)
		ess_unmap(ess, &span, now_ns, NULL);
	if (result != ESS_CREATED)
		return false;
	bucket = &ess->buckets[span.bucket];
	ess_write_begin(bucket);
	ess_put(&bucket->line[span.line].death_ns, death_ns);
	ess_set_expiry(bucket, span.line, ess_expiry(death_ns));
	ess_write_end(bucket);
	settle(ess, span.cell, death_ns);
	span.created_ns = created_ns;
	return ess_unmap(ess, &span, now_ns, words);
}
