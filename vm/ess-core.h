/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What is done with a store (ess-layout.h), for the host and for BPF alike:
 * several processors at a time may run all of it on one store.  It needs no C
 * library.  The includer defines before
 *
 *	struct ess		with a member `struct ess_control *control`
 *	ess_bucket_at(ess, i)	a pointer to a bucket; a BPF one may give NULL
 *	ess_cell_at(ess, i)	the same for the ring
 *	ess_wait(ess, i, now)	wait, for a bounded time, for the lock of that
 *				bucket, and take it by ess_try; the ticket, or 0
 *	ess_search(search)	call ess_search_step until it says so
 *	ess_claim(ess, span, now)	ess_claim_cell, perhaps by a call
 *
 * From ess_map_quickly or _slowly to ess_finish is a span: it holds the lock of
 * one bucket, so what one program reads and writes back is one step to all
 * others.  A lock taken more than a second ago is a dead one's: the next who
 * wants it takes it over, and should the other still wake, it finds another
 * owner and writes nothing.  (It looks right before it writes; one that sleeps
 * for a second between the look and the last of its four stores is not seen.)
 *
 * A key goes to its first bucket.  Only where no more than ESS_RESERVE slots are
 * left there, it goes to the emptier of its two; both locks are then held, the
 * wait for the second being bounded as well, so two who wait for each other
 * both give up.  So nearly every entry is found with one look at a header, and
 * what is nowhere too: expiry 0 tells that there is nothing in second buckets.
 */
#ifndef VM_ESS_CORE_H
#define VM_ESS_CORE_H

#include "vm/ess-atomic.h"
#include "vm/ess-layout.h"

/* BPF functions have five arguments at most, and calls there are dear. */
#define ESS_INLINE static inline __attribute__((always_inline))

enum {
	ESS_RESERVE = 3,	/* slots of a bucket kept for second choices */
	ESS_CLAIMS = 16,	/* tries to claim a cell */
	ESS_PROBES = 64,	/* steps of a search: twice 28, and some */
	ESS_EXPIRY_SHIFT = 27,	/* ns to units of expiry */
	ESS_TICKET_SHIFT = 26,	/* ns to units of tickets */
	ESS_TICKET_TIME = 12,	/* where the time begins in a ticket */
	ESS_TICKET_OLD = 16	/* units: more than a second */
};
/*
 * Units of expiry that one which lives may have before it, with a minute more:
 * so long may somebody have been asleep since he looked at the clock.
 */
#define ESS_EXPIRY_LIFE \
	(((ENTRY_LIFE_NS + 60 * UINT64_C(1000000000)) >> ESS_EXPIRY_SHIFT) + 2)

#define ESS_BYTES UINT64_C(0x0101010101010101)	/* 1 in each byte */
#define ESS_HALVES UINT64_C(0x0001000100010001)	/* 1 in each half-word */

/*
 * Where a key belongs: SipHash-1-3, with five rounds where SipHash-2-4 has eight.
 * That one is for hashes that are shown; of this one a sender sees no bit, only
 * how soon buckets are full, and for tables others trust in it as well.
 */
ESS_INLINE uint64_t
ess_hash(const struct ess_control *control, uint64_t key)
{
	uint64_t k0 = control->secret[0], k1 = control->secret[1];
	struct siphash s = {.v = {
		k0 ^ UINT64_C(0x736f6d6570736575),
		k1 ^ UINT64_C(0x646f72616e646f6d),
		k0 ^ UINT64_C(0x6c7967656e657261),
		k1 ^ UINT64_C(0x7465646279746573) ^ key}};
	const uint64_t end = (uint64_t)KEY_SIZE << 56;

	siphash_round(&s);
	s.v[0] ^= key;
	s.v[3] ^= end;
	siphash_round(&s);
	s.v[0] ^= end;
	s.v[2] ^= 0xff;
	siphash_round(&s);
	siphash_round(&s);
	siphash_round(&s);
	return s.v[0] ^ s.v[1] ^ s.v[2] ^ s.v[3];
}

ESS_INLINE uint32_t
ess_first(const struct ess_control *control, uint64_t hash)
{
	return (uint32_t)((hash >> 32) * control->bucket_count >> 32);
}

/* Another one than the first, where there are two. */
ESS_INLINE uint32_t
ess_second(const struct ess_control *control, uint64_t hash)
{
	uint64_t count = control->bucket_count;
	uint64_t i = ess_first(control, hash) + 1 +
		((uint32_t)hash * (count - 1) >> 32);

	return (uint32_t)(i < count ? i : i - count);
}

/*
 * The header's numbers.
 */

/* Of eight bytes, those that are as the hash says: bit 7 of each, and perhaps of
   some above the lowest one that is. */
ESS_INLINE uint64_t
ess_match(uint64_t prints, uint64_t hash)
{
	uint64_t x = prints ^ (hash & 0xff) * ESS_BYTES;

	return (x - ESS_BYTES) & ~x & ESS_BYTES << 7;
}

/* The byte whose bit 7 is the lowest that is set. */
ESS_INLINE unsigned
ess_lowest(uint64_t mask)
{
#ifdef __bpf__
	/* It has no instruction for that: numbers from 0 to 7, 8 bits apart. */
	return (unsigned)(((mask & -mask) >> 7) *
		UINT64_C(0x0020406080a0c0e0) >> 61);
#else
	return (unsigned)__builtin_ctzll(mask) >> 3;
#endif
}

ESS_INLINE uint64_t
ess_expiry(uint64_t death_ns)
{
	return (((death_ns - 1) >> ESS_EXPIRY_SHIFT) + 1) & 0xffff;
}

/* May what has that expiry live?  false: surely not. */
ESS_INLINE bool
ess_may_live(uint64_t expiry, uint64_t now_ns)
{
	return ((expiry - (now_ns >> ESS_EXPIRY_SHIFT) - 1) & 0xffff) <
		ESS_EXPIRY_LIFE;
}

ESS_INLINE uint64_t
ess_expiry_of(const struct ess_bucket *bucket, unsigned line)
{
	return ess_get(&bucket->header.expiries[line >> 2 & 3]) >>
		16 * (line & 3) & 0xffff;
}

ESS_INLINE void
ess_set_expiry(struct ess_bucket *bucket, unsigned line, uint64_t expiry)
{
	uint64_t *p = &bucket->header.expiries[line >> 2 & 3];
	unsigned at = 16 * (line & 3);

	ess_put(p, (ess_get(p) & ~(UINT64_C(0xffff) << at)) | expiry << at);
}

ESS_INLINE void
ess_set_print(struct ess_bucket *bucket, unsigned line, uint64_t hash)
{
	uint64_t *p = &bucket->header.prints[line >> 3 & 1];
	unsigned at = 8 * (line & 7);

	ess_put(p, (ess_get(p) & ~(UINT64_C(0xff) << at)) |
		(hash & 0xff) << at);
}

/* Of four expiries, those that have surely passed: bit 15 of each. */
ESS_INLINE uint64_t
ess_passed(uint64_t expiries, uint64_t now_ns)
{
	const uint64_t high = ESS_HALVES << 15;
	uint64_t first = (((now_ns >> ESS_EXPIRY_SHIFT) + 1) & 0xffff) *
		ESS_HALVES;
	/* Half-words subtracted each for itself: first from expiries. */
	uint64_t ahead = ((expiries | high) - (first & ~high)) ^
		((expiries ^ ~first) & high);

	return (((ahead & ~high) + (0x8000 - ESS_EXPIRY_LIFE) * ESS_HALVES) |
		ahead) & high;
}

/*
 * The free slots of a bucket, as its header has them: how many, and one of
 * them, 0 if there is none.
 */
struct ess_room {
	unsigned count, line;
};

ESS_INLINE struct ess_room
ess_room(const struct ess_bucket *bucket, uint64_t now_ns)
{
	struct ess_room room = {0, 0};
	uint64_t sum = 0;

	for (unsigned i = ESS_LINES / 4; i-- > 0; ) {
		uint64_t dead = ess_passed(
			ess_get(&bucket->header.expiries[i]), now_ns);

		if (i == 0)
			dead &= ~UINT64_C(0xffff);
		sum += dead >> 15;
		/* 16 bits apart: half of the byte that ess_lowest finds. */
		if (dead)
			room.line = 4 * i + (ess_lowest(dead >> 8) >> 1);
	}
	room.count = (unsigned)(sum * ESS_HALVES >> 48);
	return room;
}

/*
 * Where none is free by the header: what is long dead may look alive there, since
 * expiries wrap.
 */
ESS_INLINE unsigned
ess_look_closely(struct ess_bucket *bucket, uint64_t now_ns)
{
	for (unsigned i = 1; i < ESS_LINES; i++)
		if (ess_get(&bucket->line[i].death_ns) <= now_ns)
			ess_set_expiry(bucket, i,
				now_ns >> ESS_EXPIRY_SHIFT & 0xffff);
	return ess_room(bucket, now_ns).line;
}

/* The line where a key lives, or 0. */
ESS_INLINE unsigned
ess_find(const struct ess_bucket *bucket, uint64_t hash, uint64_t key,
	uint64_t now_ns)
{
	for (unsigned half = 0; half < 2; half++) {
		uint64_t match = ess_match(
			ess_get(&bucket->header.prints[half]), hash);

		if (half == 0)
			match &= ~UINT64_C(0xff);
		for (unsigned n = 0; n < 8 && match; n++, match &= match - 1) {
			unsigned line = 8 * half + ess_lowest(match);
			const struct ess_slot *slot = &bucket->line[line];

			if (ess_may_live(ess_expiry_of(bucket, line), now_ns) &&
			    ess_get(&slot->key) == key &&
			    ess_get(&slot->death_ns) > now_ns)
				return line;
		}
	}
	return 0;
}

/*
 * Locks.
 */

ESS_INLINE uint32_t
ess_ticket_time(uint64_t now_ns)
{
	return (uint32_t)(now_ns >> ESS_TICKET_SHIFT) << ESS_TICKET_TIME;
}

/* Can the lock be had: is it free, or its owner dead? */
ESS_INLINE bool
ess_is_free(union ess_lock lock, uint64_t now_ns)
{
	/* Units since it was taken; somebody's clock may be a bit ahead. */
	uint32_t age = (ess_ticket_time(now_ns) >> ESS_TICKET_TIME) -
		(lock.owner >> ESS_TICKET_TIME) + ESS_TICKET_OLD;

	return lock.owner == lock.released ||
		(age & 0xfffff) >= 2 * ESS_TICKET_OLD;
}

/* Take it, if it is still as it was seen; the ticket, or 0. */
ESS_INLINE uint32_t
ess_take(struct ess_bucket *bucket, union ess_lock seen, uint64_t now_ns)
{
	union ess_lock taken = seen;

	taken.owner = ess_ticket_time(now_ns) |
		((seen.owner + 1) & ((1 << ESS_TICKET_TIME) - 1));
	/* 0 says that it was not taken. */
	taken.owner += taken.owner == 0;
	if (!ess_swap(&bucket->header.lock.both, seen.both, taken.both))
		return 0;
	return taken.owner;
}

ESS_INLINE bool
ess_owns(const struct ess_bucket *bucket, uint32_t ticket)
{
	return ess_get(&bucket->header.lock.owner) == ticket;
}

/* A ticket that was overtaken changes nothing. */
ESS_INLINE void
ess_let_go(struct ess_bucket *bucket, uint32_t ticket)
{
	if (ess_owns(bucket, ticket))
		ess_put_last(&bucket->header.lock.released, ticket);
}

ESS_INLINE union ess_lock
ess_see(const struct ess_bucket *bucket)
{
	return (union ess_lock){ess_get_first(&bucket->header.lock.both)};
}

/* One try to take the lock, of those that ess_wait makes; the ticket, or 0. */
ESS_INLINE uint32_t
ess_try(struct ess_bucket *bucket, uint64_t now_ns)
{
	union ess_lock seen = ess_see(bucket);

	return ess_is_free(seen, now_ns) ? ess_take(bucket, seen, now_ns) : 0;
}

/*
 * The ring.
 */

ESS_INLINE uint64_t
ess_next_tail(const struct ess_control *control, uint64_t tail)
{
	if ((uint32_t)tail + 1 < control->capacity)
		return tail + 1;
	return ((tail >> 32) + 1) << 32;
}

/*
 * Claim a cell for one that is born now, or when the youngest was, if that is
 * later: the clocks of two processors may be a little apart, the store's own
 * never steps back.  Gives when it dies; 0: no room, or 1: too much of a crowd.
 */
ESS_INLINE uint64_t
ess_claim_cell(const struct ess *ess, struct ess_span *span, uint64_t now_ns)
{
	struct ess_control *control = ess->control;
	uint64_t death_ns = now_ns + ENTRY_LIFE_NS;

	for (unsigned n = 0; n < ESS_CLAIMS; n++) {
		uint64_t tail = ess_get_first(&control->tail), lap = tail >> 32;
		uint32_t i = (uint32_t)tail;
		uint64_t *cell = ess_cell_at(ess, i);
		uint64_t *last = ess_cell_at(ess,
			i ? i - 1 : control->capacity - 1);
		uint64_t old, youngest, next = ess_next_tail(control, tail);

		if (!cell || !last)
			return 0;
		old = ess_get_first(cell);
		youngest = ess_get(last) >> 1;
		if ((old & 1) == (lap & 1)) {
			/* Claimed, but the tail is not yet moved. */
			ess_swap(&control->tail, tail, next);
			continue;
		}
		if (old >> 1 > now_ns) {
			if (ess_get(&control->tail) == tail)
				return 0;
			continue;
		}
		if (death_ns < youngest)
			death_ns = youngest;
		if (ess_swap(cell, old, death_ns << 1 | (lap & 1))) {
			ess_swap(&control->tail, tail, next);
			span->cell = i;
			return death_ns;
		}
	}
	return 1;
}

/*
 * The search for the oldest that lives.  From the tail on the ring holds, sorted,
 * the times of death of the last lap's rest and of this lap; what was claimed
 * since the look at the tail was dead then.  It begins where the oldest was the
 * last time, most often still right, and goes on from there in growing steps.
 */
struct ess_search {
	const struct ess *ess;
	uint64_t now_ns, tail;
	uint32_t capacity;
	uint32_t i;			/* to be looked at, from the tail on */
	uint32_t low, high;		/* dead before, alive from here on */
	uint32_t step;
};

/* The cell that is so many after the tail. */
ESS_INLINE uint32_t
ess_cell_after(const struct ess_search *search, uint32_t i)
{
	uint32_t left = search->capacity - (uint32_t)search->tail;

	return i < left ? (uint32_t)search->tail + i : i - left;
}

ESS_INLINE bool
ess_search_step(struct ess_search *search)
{
	uint32_t i = search->i, at = ess_cell_after(search, i);
	uint64_t lap = (search->tail >> 32) - (at >= (uint32_t)search->tail);
	const uint64_t *cell = ess_cell_at(search->ess, at);
	uint64_t value = cell ? ess_get(cell) : 0;
	bool lives = (value & 1) == (lap & 1) && value >> 1 > search->now_ns;

	if (lives)
		search->high = i;
	else
		search->low = i + 1;
	if (search->step >= (search->high - search->low) / 2)
		search->i = search->low + (search->high - search->low) / 2;
	else
		search->i = lives ? i - search->step : i + search->step;
	/* Large enough is large enough: it must not overflow. */
	if (search->step < search->capacity)
		search->step *= 2;
	return search->low >= search->high;
}

/* How many live. */
ESS_INLINE uint32_t
ess_count_live(const struct ess *ess, uint64_t now_ns)
{
	struct ess_control *control = ess->control;
	uint32_t hint = (uint32_t)ess_get(&control->oldest), oldest;
	struct ess_search search = {.ess = ess, .now_ns = now_ns,
		.tail = ess_get_first(&control->tail),
		.capacity = control->capacity, .high = control->capacity,
		.step = 1};

	if (hint < search.capacity)
		search.i = hint - (uint32_t)search.tail +
			(hint < (uint32_t)search.tail ? search.capacity : 0);
	ess_search(&search);
	oldest = ess_cell_after(&search, search.high);
	if (search.high < search.capacity && oldest != hint)
		ess_put(&control->oldest, oldest);
	return search.capacity - search.high;
}

/*
 * Entries.
 */

/*
 * One of a key's buckets, and the ticket that its lock was taken with.  No
 * pointer, so that the verifier of BPF programs sees fewer different states.
 */
struct ess_held {
	uint32_t i, ticket;
};

ESS_INLINE void
ess_drop(const struct ess *ess, const struct ess_held *held)
{
	struct ess_bucket *bucket = ess_bucket_at(ess, held->i);

	if (bucket)
		ess_let_go(bucket, held->ticket);
}

ESS_INLINE enum ess_result
ess_begin(struct ess_span *span, const struct ess_held *held,
	const struct ess_bucket *bucket, unsigned line, enum ess_result result)
{
	span->bucket = held->i;
	span->ticket = held->ticket;
	span->line = line;
	span->created_ns = ess_get(&bucket->line[line & 15].death_ns) -
		ENTRY_LIFE_NS;
	return result;
}

/*
 * Who writes holds the lock; these are for those who look without it, and look
 * again when the version was odd or is another afterwards.
 */
ESS_INLINE void
ess_write_begin(struct ess_bucket *bucket)
{
	ess_put(&bucket->header.version, ess_get(&bucket->header.version) | 1);
	ess_fence();
}

ESS_INLINE void
ess_write_end(struct ess_bucket *bucket)
{
	ess_put_last(&bucket->header.version,
		ess_get(&bucket->header.version) + 1);
}

/* Put an entry of zeros into a free slot of a bucket whose lock is held. */
ESS_INLINE void
ess_fill(struct ess_bucket *bucket, unsigned line, uint64_t hash, uint64_t key,
	uint64_t death_ns)
{
	struct ess_slot *slot = &bucket->line[line & 15];

	ess_write_begin(bucket);
	ess_put(&slot->key, key);
	ess_put(&slot->death_ns, death_ns);
	for (unsigned i = 0; i < ESS_WORDS; i++)
		ess_put(&slot->words[i], 0);
	ess_set_print(bucket, line, hash);
	ess_set_expiry(bucket, line, ess_expiry(death_ns));
	ess_write_end(bucket);
}

/*
 * A key that is not in its first bucket, which is held, and may be in its second,
 * or go there: rare.  Where the result is ESS_CREATED there is still to create
 * it, in the second bucket if that is held, else in the first.
 */
ESS_INLINE enum ess_result
ess_ask_second(const struct ess *ess, const struct ess_held *first,
	struct ess_held *second, uint64_t hash, uint64_t key, uint64_t now_ns,
	bool create, unsigned room, struct ess_span *span)
{
	struct ess_bucket *bucket;
	unsigned line;

	second->i = ess_second(ess->control, hash);
	second->ticket = ess_wait(ess, second->i, now_ns);
	bucket = ess_bucket_at(ess, second->i);
	if (!bucket || !second->ticket) {
		ess_drop(ess, first);
		return ESS_BUSY;
	}
	line = ess_find(bucket, hash, key, now_ns);
	if (line) {
		ess_drop(ess, first);
		return ess_begin(span, second, bucket, line, ESS_FOUND);
	}
	if (create && ess_room(bucket, now_ns).count > room)
		return ESS_CREATED;
	ess_let_go(bucket, second->ticket);
	second->ticket = 0;
	if (create)
		return ESS_CREATED;
	ess_drop(ess, first);
	return ESS_NONE;
}

/*
 * Create an entry in one of the two, the second where that is held; let go of
 * the other.
 */
ESS_INLINE enum ess_result
ess_create(const struct ess *ess, const struct ess_held *first,
	const struct ess_held *second, uint64_t hash, uint64_t key,
	uint64_t now_ns, struct ess_span *span)
{
	const struct ess_held held = second->ticket ? *second : *first;
	struct ess_bucket *bucket = ess_bucket_at(ess, held.i);
	struct ess_bucket *other = ess_bucket_at(ess, first->i);
	unsigned line = bucket ? ess_room(bucket, now_ns).line : 0;
	uint64_t death_ns;

	if (bucket && !line)
		line = ess_look_closely(bucket, now_ns);
	death_ns = line ? ess_claim(ess, span, now_ns) : 0;

	if (bucket && death_ns > 1) {
		ess_fill(bucket, line, hash, key, death_ns);
		ess_begin(span, &held, bucket, line, ESS_CREATED);
		if (second->ticket && other) {
			ess_set_expiry(other, 0, ess_expiry(death_ns));
			ess_let_go(other, first->ticket);
		}
		return ESS_CREATED;
	}
	if (second->ticket)
		ess_drop(ess, second);
	ess_drop(ess, first);
	return death_ns ? ESS_BUSY : ESS_NONE;
}

/*
 * Find a live entry, or also create it; found or created, a span begins.  The
 * common cases come first: an entry in its first bucket, and one that is nowhere
 * and not wanted, which is told without taking the lock.  What was read before
 * the lock was taken is good where nobody else took it meanwhile.  ESS_ASK: it
 * is none of these, ess_map_slowly knows.
 */
enum { ESS_ASK = ESS_BUSY + 1 };

ESS_INLINE int
ess_map_quickly(const struct ess *ess, uint64_t hash, uint64_t key,
	uint64_t now_ns, bool create, struct ess_span *span)
{
	struct ess_held held = {.i = ess_first(ess->control, hash)};
	struct ess_bucket *bucket = ess_bucket_at(ess, held.i);
	union ess_lock seen;
	unsigned line;

	if (!bucket)
		return ESS_NONE;
	seen = ess_see(bucket);
	if (!ess_is_free(seen, now_ns))
		return ESS_ASK;
	line = ess_find(bucket, hash, key, now_ns);
	if (line) {
		held.ticket = ess_take(bucket, seen, now_ns);
		return held.ticket ? (int)ess_begin(span, &held, bucket, line,
			ESS_FOUND) : ESS_ASK;
	}
	if (create || ess_may_live(ess_expiry_of(bucket, 0), now_ns))
		return ESS_ASK;
	ess_fence();
	return ess_see(bucket).both == seen.both ? ESS_NONE : ESS_ASK;
}

ESS_INLINE enum ess_result
ess_map_slowly(const struct ess *ess, uint64_t hash, uint64_t key,
	uint64_t now_ns, bool create, struct ess_span *span)
{
	struct ess_held held = {.i = ess_first(ess->control, hash)};
	struct ess_held second = {0};
	struct ess_bucket *bucket = ess_bucket_at(ess, held.i);
	unsigned line, room;
	bool elsewhere;

	held.ticket = ess_wait(ess, held.i, now_ns);
	if (!bucket || !held.ticket)
		return ESS_BUSY;
	line = ess_find(bucket, hash, key, now_ns);
	if (line)
		return ess_begin(span, &held, bucket, line, ESS_FOUND);
	elsewhere = ess_may_live(ess_expiry_of(bucket, 0), now_ns);
	if (!create && !elsewhere) {
		ess_let_go(bucket, held.ticket);
		return ESS_NONE;
	}
	room = ess_room(bucket, now_ns).count;
	if ((elsewhere || room <= ESS_RESERVE) &&
	    ess->control->bucket_count > 1) {
		enum ess_result result = ess_ask_second(ess, &held, &second,
			hash, key, now_ns, create, room, span);

		if (result != ESS_CREATED)
			return result;
	}
	return ess_create(ess, &held, &second, hash, key, now_ns, span);
}

/*
 * End a span.  Where there are words, they are written back first, if the entry
 * still lives and nobody took the lock over; tells whether they were.
 */
ESS_INLINE bool
ess_finish(const struct ess *ess, const struct ess_span *span, uint64_t now_ns,
	const uint64_t *words)
{
	struct ess_bucket *bucket = ess_bucket_at(ess, span->bucket);
	uint64_t death_ns = span->created_ns + ENTRY_LIFE_NS;
	struct ess_slot *slot;

	if (!bucket || !ess_owns(bucket, span->ticket))
		return false;
	slot = &bucket->line[span->line & 15];
	if (!words || death_ns <= now_ns ||
	    ess_get(&slot->death_ns) != death_ns) {
		ess_put_last(&bucket->header.lock.released, span->ticket);
		return false;
	}
	ess_write_begin(bucket);
	for (unsigned i = 0; i < ESS_WORDS; i++)
		ess_put(&slot->words[i], words[i]);
	ess_write_end(bucket);
	ess_let_go(bucket, span->ticket);
	return true;
}

#endif
