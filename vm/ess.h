/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ephemeral state store: key -> 32 bytes, for ten seconds ("memory slots,
 * key-based access, values stored 10 s, no refresh").  Fixed capacity, nothing
 * allocated after ess_new, live entries never evicted, slots of expired ones
 * used again.  The clock is the caller's: nanoseconds that never step back.
 *
 * Keys here are a node's internal names (see node.h); the store does not look
 * at their space.
 *
 * Several threads, and BPF programs where the memory is theirs (ess_at), may do
 * all of this at the same time, but one at a time ess_restore.  ess_lookup and
 * ess_insert begin a span on what they find, which lasts until ess_unmap: nobody
 * else gets at that entry meanwhile, so an update is never lost.  A thread has
 * one span at a time, keeps it for microseconds, and asks nothing else of the
 * store but what counts and looks: a neighbour's lock may be the same.  Whoever
 * waits in vain for a span to end is told ESS_BUSY; a span of more than a
 * second is taken for a dead one's, and its ess_unmap then writes nothing.
 *
 * Every operation looks at no more than 30 slots, most at one; ess_each at all
 * of them, and a count at twice the logarithm of the capacity.  Not more entries
 * live than the capacity promises.  Up to a capacity of 30 there is room for all
 * of these, always.  Above, an insert is refused early when the 30 slots that
 * its key may use are all taken, which was never seen: see bench/README.
 */
#ifndef VM_ESS_H
#define VM_ESS_H

#include "vm/ess-layout.h"

#include <stdbool.h>

struct ess;

/*
 * A store that promises room for `capacity` live entries, 1 to ESS_CAPACITY_MAX;
 * the places of keys are hashed with the secret.  NULL without memory, or with
 * a capacity out of range.  ess_free accepts NULL.
 */
struct ess *ess_new(size_t capacity, const uint8_t secret[KEY_SECRET_SIZE]);
void ess_free(struct ess *ess);

/*
 * A store in memory that somebody else keeps, as BPF maps do: a control that
 * ess_control_init has written once, ess_bucket_count(capacity) buckets, and
 * capacity cells of the ring, both of zeros at first.  It is aligned to 64 bytes
 * at least and outlives the store; ess_free leaves it as it is.  NULL without
 * memory, or with a control of another layout.
 */
struct ess *ess_at(struct ess_control *control, struct ess_bucket *buckets,
	uint64_t *ring);

/*
 * Find a live entry, or also create it, and copy its 32 bytes out, where words
 * is not NULL.  After ESS_FOUND and ESS_CREATED a span has begun.
 */
enum ess_result ess_lookup(struct ess *ess, uint64_t key, uint64_t now_ns,
	struct ess_span *span, uint8_t words[ENTRY_SIZE]);
enum ess_result ess_insert(struct ess *ess, uint64_t key, uint64_t now_ns,
	struct ess_span *span, uint8_t words[ENTRY_SIZE]);

/*
 * End the span.  Where words is not NULL they are written back first; false,
 * and nothing written, when the entry that was found no longer lives.  Its life
 * is not prolonged.
 */
bool ess_unmap(struct ess *ess, const struct ess_span *span, uint64_t now_ns,
	const uint8_t words[ENTRY_SIZE]);

/* Look at a live entry without a span; the pointers may be NULL. */
bool ess_peek(const struct ess *ess, uint64_t key, uint64_t now_ns,
	uint64_t *created_ns, uint8_t words[ENTRY_SIZE]);

/*
 * Before several operations: have the memory of a key come.  ess_prefetch
 * begins it and gives what ess_prefetch_entry, called some work later, wants
 * for the rest of it.
 */
uint64_t ess_prefetch(const struct ess *ess, uint64_t key);
void ess_prefetch_entry(const struct ess *ess, uint64_t prefetched);

/* Entries that could still be created now, and those that live: exact. */
size_t ess_free_count(struct ess *ess, uint64_t now_ns);
size_t ess_live_count(struct ess *ess, uint64_t now_ns);

/* Every live entry, in no particular order. */
typedef void ess_visit(void *arg, uint64_t key, uint64_t created_ns,
	const uint8_t words[ENTRY_SIZE]);
void ess_each(const struct ess *ess, uint64_t now_ns, ess_visit *visit,
	void *arg);

/*
 * Put an entry with a given birth in, to restore a saved store; false when it
 * is dead already, not born yet, exists, or there is no room.  Quick when
 * the oldest come first.
 */
bool ess_restore(struct ess *ess, uint64_t key, uint64_t created_ns,
	uint64_t now_ns, const uint8_t words[ENTRY_SIZE]);

#endif
