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
 * Every operation looks at no more than 16 slots, but ess_each at all of them,
 * and a count at the logarithm of the capacity.  Not more entries live than the
 * capacity promises.  Below a capacity of 16 there is room for all of these,
 * always.  Above, an insert is refused early when the 16 slots that its key may
 * use are all taken: the slots are 2.5 times the capacity or more, and a key
 * goes to the emptier of two buckets of eight, so this was never seen, in 140
 * million inserts into stores of 16 to 1.7 million entries filled to the last.
 */
#ifndef VM_ESS_H
#define VM_ESS_H

#include "wasp/key.h"

#include <stdbool.h>

struct ess;

/* What a lookup or an insert gave; the numbers are what programs see. */
enum ess_result {
	ESS_NONE = 0,		/* none, and, for an insert, no room */
	ESS_FOUND = 1,
	ESS_CREATED = 2		/* zero filled */
};

/* An entry as it was when it was found; valid until the next ess_free. */
struct ess_ref {
	uint32_t slot;
	uint64_t created_ns;
};

/*
 * A store that promises room for `capacity` live entries, 1 or more; the places
 * of keys are hashed with the secret.  NULL without memory, or with a capacity
 * out of range.  ess_free accepts NULL.
 */
#define ESS_CAPACITY_MAX (UINT32_C(1) << 28)
struct ess *ess_new(size_t capacity, const uint8_t secret[KEY_SECRET_SIZE]);
void ess_free(struct ess *ess);

/* Find a live entry, or also create it.  ref is set unless ESS_NONE. */
enum ess_result ess_lookup(struct ess *ess, uint64_t key, uint64_t now_ns,
	struct ess_ref *ref);
enum ess_result ess_insert(struct ess *ess, uint64_t key, uint64_t now_ns,
	struct ess_ref *ref);

/* Copy the 32 bytes of an entry out. */
void ess_read(const struct ess *ess, const struct ess_ref *ref,
	uint8_t words[ENTRY_SIZE]);

/*
 * Write them back; false, and nothing done, when the entry that was found no
 * longer lives.  Its life is not prolonged.
 */
bool ess_write(struct ess *ess, const struct ess_ref *ref, uint64_t now_ns,
	const uint8_t words[ENTRY_SIZE]);

/* Entries that could still be created now, and those that live: exact. */
size_t ess_free_count(struct ess *ess, uint64_t now_ns);
size_t ess_live_count(struct ess *ess, uint64_t now_ns);

/* Every live entry, in no particular order. */
typedef void ess_visit(void *arg, uint64_t key, uint64_t created_ns,
	const uint8_t words[ENTRY_SIZE]);
void ess_each(struct ess *ess, uint64_t now_ns, ess_visit *visit, void *arg);

/*
 * Put an entry with a given birth in, to restore a saved store; false when it
 * is dead already, not born yet, exists, or there is no room.  Quick when
 * the oldest come first.
 */
bool ess_restore(struct ess *ess, uint64_t key, uint64_t created_ns,
	uint64_t now_ns, const uint8_t words[ENTRY_SIZE]);

#endif
