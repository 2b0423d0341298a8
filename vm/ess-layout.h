/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The store as it lies in memory, the same for a process and for the kernel's
 * BPF programs, which may work on one store at the same time.  Three pieces of
 * memory, zeros at first but for the control: buckets, a ring, the control.
 *
 * A bucket is a KiB, so that it never crosses a page: a header of one cache
 * line and 15 slots of one cache line each.  Line 0 is the header; bytes and
 * half-words in it count by the line that they tell about.
 *
 *	line 0	lock  prints[16]  expiries[16]  version	8 + 16 + 32 + 8 bytes
 *	line 1	key  death  words[4]			8 + 8 + 32
 *	...
 *	line 15
 *
 * print: 8 bits of the key's hash.  expiry: when the entry dies, rounded up, in
 * units of 134 ms; it wraps after 2.4 hours, so it is a hint: that an entry is
 * dead can be read in it, that it lives only in its slot.  Expiry 0 tells when
 * the last one dies of those that did not get a place here but in their other
 * bucket; where that has passed, a key that is not here is nowhere.
 *
 * lock: {owner, released}, free while the two are the same.  Who takes it puts
 * a new ticket in as owner, who lets go of it writes his ticket as released.
 *
 *	ticket	31                        12 11            0
 *		+--------------------------+---------------+
 *		| taken when, units of 67ms|    sequence   |
 *		+--------------------------+---------------+
 *
 * The ring has a cell for each entry promised: its time of death, and the lap
 * in which it was claimed, so all that live are in it, sorted from the tail on.
 * What fits no cell is not created: not more live than were promised.
 *
 *	cell	63                          1   0	tail	63  32 31       0
 *		+----------------------------+---+		+-----+---------+
 *		|      time of death, ns     |lap|		| lap | cell    |
 *		+----------------------------+---+		+-----+---------+
 */
#ifndef VM_ESS_LAYOUT_H
#define VM_ESS_LAYOUT_H

#include "wasp/key.h"

enum {
	ESS_LAYOUT = 1,		/* of all this; another is not shared */
	ESS_LINES = 16,		/* of a bucket */
	ESS_SLOTS = 15,
	ESS_WORDS = ENTRY_SIZE / 8
};
#define ESS_CAPACITY_MAX (UINT32_C(1) << 28)

union ess_lock {
	uint64_t both;
	struct {
		uint32_t owner, released;
	};
};

struct ess_header {
	union ess_lock lock;
	uint64_t prints[ESS_LINES / 8];
	uint64_t expiries[ESS_LINES / 4];
	uint64_t version;		/* odd while something is written */
};

struct ess_slot {
	uint64_t key, death_ns;
	uint64_t words[ESS_WORDS];	/* bytes as programs see them */
	uint64_t spare[2];
};

struct ess_bucket {
	union {
		struct ess_header header;
		struct ess_slot line[ESS_LINES];	/* from 1 on */
	};
};

struct ess_control {
	uint32_t layout;		/* ESS_LAYOUT */
	uint32_t capacity;		/* cells of the ring */
	uint32_t bucket_count;
	uint32_t spare;
	uint64_t secret[2];		/* of the hash */
	uint64_t spare_line[4];

	uint64_t tail;			/* the cell that is claimed next */
	uint64_t tail_line[7];

	uint64_t oldest;		/* a hint: the oldest that lives */
	uint64_t oldest_line[7];
};

_Static_assert(sizeof(struct ess_header) == 64, "one cache line");
_Static_assert(sizeof(struct ess_slot) == 64, "one cache line");
_Static_assert(sizeof(struct ess_bucket) == 1024, "four in a page");
_Static_assert(sizeof(struct ess_control) == 192, "three cache lines");

/* What a lookup or an insert gave; 0 to 2 are what programs see. */
enum ess_result {
	ESS_NONE = 0,		/* none, and, for an insert, no room */
	ESS_FOUND = 1,
	ESS_CREATED = 2,	/* zero filled */
	ESS_BUSY = 3		/* somebody else has it for too long */
};

/* A span on an entry: the caller keeps it, the store alone writes to it. */
struct ess_span {
	uint32_t bucket, line;
	uint32_t ticket;
	uint32_t cell;		/* of the ring, where it was just created */
	uint64_t created_ns;
};

/* Buckets for a capacity: at least 2.5 slots for each entry promised. */
static inline uint32_t
ess_bucket_count(uint32_t capacity)
{
	return (uint32_t)(((uint64_t)capacity * 5 + 2 * ESS_SLOTS - 1) /
		(2 * ESS_SLOTS));
}

/* The control of an empty store, whose buckets and ring are zeros. */
static inline void
ess_control_init(struct ess_control *control, uint32_t capacity,
	const uint8_t secret[KEY_SECRET_SIZE])
{
	*control = (struct ess_control){
		.layout = ESS_LAYOUT, .capacity = capacity,
		.bucket_count = ess_bucket_count(capacity),
		.secret = {siphash_le64(secret), siphash_le64(secret + 8)},
		.tail = UINT64_C(1) << 32
	};
}

#endif
