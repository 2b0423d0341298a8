/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The store; see ess.h.  A table of buckets of eight slots; a key may lie in
 * two buckets, chosen by a keyed hash, and goes to the emptier one.  A bucket
 * is two cache lines, one of keys and one of times of death; the entries' bytes
 * lie apart.  So an operation looks at 16 slots, never more.
 *
 * All lives are equally long, so entries die in the order of their births: a
 * ring of times of death, as long as the capacity, says how many live without
 * a look at the table.  Nothing ever has to be cleaned up: a dead slot is
 * as good as an empty one, whose time of death is 0.
 */
#include "vm/ess.h"

#include <stdlib.h>
#include <string.h>

enum {
	BUCKET_SLOTS = 8,
	BURIALS = 2,		/* dead ones taken off the ring by an insert */
	LINE_SIZE = 64
};

struct bucket {
	uint64_t key[BUCKET_SLOTS];
	uint64_t death_ns[BUCKET_SLOTS];
};

struct ess {
	struct bucket *buckets;
	uint8_t (*words)[ENTRY_SIZE];	/* by slot */
	size_t bucket_mask;		/* count of buckets, less one */

	uint64_t *ring;			/* times of death, oldest at head */
	size_t capacity, head, count;
	struct siphash hash;		/* keyed, before the first byte */
};

static void *
alloc_lines(size_t count, size_t size)
{
	size_t bytes;
	void *p;

	if (__builtin_mul_overflow(count, size, &bytes) ||
	    bytes > SIZE_MAX - LINE_SIZE)
		return NULL;
	bytes = (bytes + LINE_SIZE - 1) & ~(size_t)(LINE_SIZE - 1);
	p = aligned_alloc(LINE_SIZE, bytes);
	if (p)
		memset(p, 0, bytes);
	return p;
}

/* A power of two with at least 2.5 slots for each entry promised. */
static size_t
bucket_count(size_t capacity)
{
	size_t count = 1;

	while (count * BUCKET_SLOTS / 5 < (capacity + 1) / 2)
		count *= 2;
	return count;
}

struct ess *
ess_new(size_t capacity, const uint8_t secret[KEY_SECRET_SIZE])
{
	size_t count;
	struct ess *ess;

	if (capacity == 0 || capacity > ESS_CAPACITY_MAX)
		return NULL;
	ess = calloc(1, sizeof(*ess));
	if (!ess)
		return NULL;
	count = bucket_count(capacity);
	ess->buckets = alloc_lines(count, sizeof(*ess->buckets));
	ess->words = alloc_lines(count * BUCKET_SLOTS, ENTRY_SIZE);
	ess->ring = calloc(capacity, sizeof(*ess->ring));
	ess->bucket_mask = count - 1;
	ess->capacity = capacity;
	siphash_start(&ess->hash, secret);
	if (ess->buckets && ess->words && ess->ring)
		return ess;
	ess_free(ess);
	return NULL;
}

void
ess_free(struct ess *ess)
{
	if (!ess)
		return;
	free(ess->buckets);
	free(ess->words);
	free(ess->ring);
	free(ess);
}

/*
 * The two buckets of a key.  Where there are several, they differ in the last
 * bit of their index, so never are the same.
 */
static void
choose(const struct ess *ess, uint64_t key, size_t choice[static 2])
{
	struct siphash s = ess->hash;
	uint64_t hash;

	s.size = KEY_SIZE;
	siphash_mix(&s, key);
	hash = siphash_finish(&s);
	choice[0] = hash & ess->bucket_mask;
	choice[1] = choice[0] ^ ((hash >> 32 | 1) & ess->bucket_mask);
}

/* The slot in a bucket where the key lives; BUCKET_SLOTS if it does not. */
static unsigned
find(const struct bucket *bucket, uint64_t key, uint64_t now_ns)
{
	unsigned i;

	for (i = 0; i < BUCKET_SLOTS; i++)
		if (bucket->key[i] == key && bucket->death_ns[i] > now_ns)
			break;
	return i;
}

static unsigned
count_live(const struct bucket *bucket, uint64_t now_ns)
{
	unsigned count = 0;

	for (unsigned i = 0; i < BUCKET_SLOTS; i++)
		count += bucket->death_ns[i] > now_ns;
	return count;
}

static bool
find_in(const struct ess *ess, const size_t choice[static 2], uint64_t key,
	uint64_t now_ns, struct ess_ref *ref)
{
	for (unsigned i = 0; i < 2; i++) {
		const struct bucket *bucket = &ess->buckets[choice[i]];
		unsigned slot = find(bucket, key, now_ns);

		if (slot == BUCKET_SLOTS)
			continue;
		ref->slot = (uint32_t)(choice[i] * BUCKET_SLOTS + slot);
		ref->created_ns = bucket->death_ns[slot] - ENTRY_LIFE_NS;
		return true;
	}
	return false;
}

enum ess_result
ess_lookup(struct ess *ess, uint64_t key, uint64_t now_ns, struct ess_ref *ref)
{
	size_t choice[2];

	choose(ess, key, choice);
	return find_in(ess, choice, key, now_ns, ref) ? ESS_FOUND : ESS_NONE;
}

/* The ring's i-th time of death, the oldest being the 0th. */
static uint64_t *
ring_at(const struct ess *ess, size_t i)
{
	i += ess->head;
	return &ess->ring[i < ess->capacity ? i : i - ess->capacity];
}

/* Take up to so many dead ones off the ring. */
static void
bury(struct ess *ess, unsigned max, uint64_t now_ns)
{
	while (max-- && ess->count && *ring_at(ess, 0) <= now_ns) {
		ess->head = ess->head + 1 < ess->capacity ? ess->head + 1 : 0;
		ess->count--;
	}
}

/* Put a key that is nowhere into the emptier of its buckets. */
static bool
place(struct ess *ess, const size_t choice[static 2], uint64_t key,
	uint64_t created_ns, uint64_t now_ns, struct ess_ref *ref)
{
	bool second = count_live(&ess->buckets[choice[1]], now_ns) <
		count_live(&ess->buckets[choice[0]], now_ns);
	struct bucket *bucket = &ess->buckets[choice[second]];
	unsigned slot = 0;

	while (slot < BUCKET_SLOTS && bucket->death_ns[slot] > now_ns)
		slot++;
	if (slot == BUCKET_SLOTS)
		return false;
	bucket->key[slot] = key;
	bucket->death_ns[slot] = created_ns + ENTRY_LIFE_NS;
	ref->slot = (uint32_t)(choice[second] * BUCKET_SLOTS + slot);
	ref->created_ns = created_ns;
	return true;
}

enum ess_result
ess_insert(struct ess *ess, uint64_t key, uint64_t now_ns, struct ess_ref *ref)
{
	size_t choice[2];

	choose(ess, key, choice);
	if (find_in(ess, choice, key, now_ns, ref))
		return ESS_FOUND;
	bury(ess, BURIALS, now_ns);
	if (ess->count == ess->capacity ||
	    !place(ess, choice, key, now_ns, now_ns, ref))
		return ESS_NONE;
	*ring_at(ess, ess->count++) = now_ns + ENTRY_LIFE_NS;
	memset(ess->words[ref->slot], 0, ENTRY_SIZE);
	return ESS_CREATED;
}

void
ess_read(const struct ess *ess, const struct ess_ref *ref,
	uint8_t words[ENTRY_SIZE])
{
	memcpy(words, ess->words[ref->slot], ENTRY_SIZE);
}

bool
ess_write(struct ess *ess, const struct ess_ref *ref, uint64_t now_ns,
	const uint8_t words[ENTRY_SIZE])
{
	uint64_t death_ns = ess->buckets[ref->slot / BUCKET_SLOTS]
		.death_ns[ref->slot % BUCKET_SLOTS];

	if (death_ns != ref->created_ns + ENTRY_LIFE_NS || death_ns <= now_ns)
		return false;
	memcpy(ess->words[ref->slot], words, ENTRY_SIZE);
	return true;
}

/* How many of the ring are dead: they are the oldest. */
static size_t
count_dead(const struct ess *ess, uint64_t now_ns)
{
	size_t low = 0, high = ess->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (*ring_at(ess, middle) <= now_ns)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t
ess_live_count(struct ess *ess, uint64_t now_ns)
{
	bury(ess, BURIALS, now_ns);
	if (ess->count == 0 || *ring_at(ess, 0) > now_ns)
		return ess->count;
	return ess->count - count_dead(ess, now_ns);
}

size_t
ess_free_count(struct ess *ess, uint64_t now_ns)
{
	return ess->capacity - ess_live_count(ess, now_ns);
}

void
ess_each(struct ess *ess, uint64_t now_ns, ess_visit *visit, void *arg)
{
	for (size_t b = 0; b <= ess->bucket_mask; b++) {
		const struct bucket *bucket = &ess->buckets[b];

		for (unsigned i = 0; i < BUCKET_SLOTS; i++)
			if (bucket->death_ns[i] > now_ns)
				visit(arg, bucket->key[i],
					bucket->death_ns[i] - ENTRY_LIFE_NS,
					ess->words[b * BUCKET_SLOTS + i]);
	}
}

/* Put a time of death into the ring where it belongs. */
static void
ring_insert(struct ess *ess, uint64_t death_ns)
{
	size_t i = ess->count++;

	for (; i > 0 && *ring_at(ess, i - 1) > death_ns; i--)
		*ring_at(ess, i) = *ring_at(ess, i - 1);
	*ring_at(ess, i) = death_ns;
}

bool
ess_restore(struct ess *ess, uint64_t key, uint64_t created_ns,
	uint64_t now_ns, const uint8_t words[ENTRY_SIZE])
{
	struct ess_ref ref;
	size_t choice[2];

	choose(ess, key, choice);
	bury(ess, BURIALS, now_ns);
	if (created_ns > now_ns || now_ns - created_ns >= ENTRY_LIFE_NS ||
	    find_in(ess, choice, key, now_ns, &ref) ||
	    ess->count == ess->capacity ||
	    !place(ess, choice, key, created_ns, now_ns, &ref))
		return false;
	ring_insert(ess, created_ns + ENTRY_LIFE_NS);
	memcpy(ess->words[ref.slot], words, ENTRY_SIZE);
	return true;
}
