/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A record of simulated packets: every state of every run, so that a debugger
 * goes back as well as forward.  A run has at most 128 steps and nothing in it
 * depends on anything but the seed, so all is kept, and what is changed by hand
 * is one more input: the packets are sent again, with the change in its place.
 *
 *	run 0 (packet 0)          run 1 (packet 0)         run 2 (packet 1)
 *	state 0, 1, ... end       state 0, 1, ... end      state 0, ... end
 *	^ before the first step   ^ after the last one
 */
#ifndef DEBUG_RECORD_H
#define DEBUG_RECORD_H

#include "run/sim.h"

/* Steps in one record; what is sent first may go beyond. */
enum { RECORD_STEPS_MAX = 1 << 17 };

/* The entries that a store held, by key. */
struct record_entry {
	uint64_t key, created_ns;
	uint8_t words[ENTRY_SIZE];
};
struct record_store {
	struct record_store *next;	/* all of a record, to be freed */
	unsigned count;
	struct record_entry entries[];
};

/* What can be changed. */
enum record_place_kind {
	RECORD_REG, RECORD_ENTRY, RECORD_WORD, RECORD_FIELD, RECORD_CURSOR,
	RECORD_PC
};
struct record_place {
	enum record_place_kind kind;
	unsigned index;			/* of the register, word or field */
};

/* The machine before a step; the last one of a run is its end. */
struct record_state {
	uint32_t r[ISA_REG_COUNT], env[ISA_ENV_COUNT];
	uint8_t entry[ENTRY_SIZE];
	uint8_t pad[PACKET_WORD_SIZE * PACKET_PAD_MAX];
	uint8_t cursor, status;		/* as in the header */
	bool mapped, writable, dirty;
	uint64_t mapped_key;		/* the node's name of the entry */
	unsigned pc, steps, cost, accesses;
	const struct record_store *store;	/* of the node */
	const struct record_state *unchanged;	/* before changes by hand; NULL:
						   none were made here */
};

struct record_run {
	unsigned packet;		/* index of its packet */
	struct sim_run run;		/* node 0: no node saw the packet */
	struct sim_packet before, after;
	struct record_state *states;	/* where it was not executed, its end */
	unsigned state_count;
};

/* What is sent, borrowed; several packets may be of one source. */
struct record_source {
	struct sim_source sim;
	enum node_hook hook;		/* without a path; 0: its first */
};

struct record_packet {
	const struct record_source *source;
	unsigned first_run, run_count;	/* at least one */
	struct sim_way way;		/* on a path only */
};

/* State `state` of run `run`. */
struct record_at {
	unsigned run, state;
};

struct record_change {
	struct record_at at;
	struct record_place place;
	uint32_t value;
};

/* From packet `first` on, this is sent. */
struct record_plan {
	unsigned first;
	const struct record_source *source;
};

/*
 * make gives a new simulation with its stores as they are at the start, or NULL
 * without memory; config is what it is made of.
 */
struct record_world {
	struct sim *(*make)(void *arg);
	void *arg;
	const struct sim_config *config;
};

/* Read it, but change it by the functions below only. */
struct record {
	struct record_world world;
	struct sim *sim;
	struct record_packet *packets;
	struct record_run *runs;
	struct record_plan *plans;
	struct record_change *changes;	/* in the order of their places */
	unsigned packet_count, run_count, plan_count, change_count;
	unsigned packet_max;		/* so many are sent in all */
	unsigned step_count;		/* of all runs */
	const struct record_store **first_stores;	/* of each node */
	const struct record_store **last_stores;
	struct record_store *stores;
	bool no_memory;
};

/* false without memory; done may be called then, and on zeros. */
bool record_init(struct record *record, const struct record_world *world);
void record_done(struct record *record);

/*
 * Forget the packets after the packet_count first ones, and send this `times`
 * times after them.
 */
bool record_plan(struct record *record, unsigned packet_count,
	const struct record_source *source, unsigned times);

/* Send the next packet and record its whole way. */
enum record_result {
	RECORD_SENT,
	RECORD_ALL_SENT,		/* there is no next one */
	RECORD_FULL,
	RECORD_NO_MEMORY		/* the record is of no more use */
};
enum record_result record_send(struct record *record);

/*
 * Change something where the run is at a step, not at its end, and forget what
 * was recorded after that packet, and the changes after that place.  An entry
 * word must be mapped; pc can only grow; the caller has seen to all that.
 * record_undo takes the last change back and says where it was.
 */
enum record_result record_change(struct record *record,
	const struct record_change *change);
enum record_result record_undo(struct record *record, struct record_at *at);

const struct record_run *record_run_at(const struct record *record,
	struct record_at at);
const struct record_state *record_state_at(const struct record *record,
	struct record_at at);

/* Is this the end of a run? */
bool record_is_end(const struct record *record, struct record_at at);

/* What a node's store held then. */
const struct record_store *record_store_at(const struct record *record,
	struct record_at at, unsigned node);

/* The entry of a key, or NULL; store may be NULL. */
const struct record_entry *record_entry_find(const struct record_store *store,
	uint64_t key);

/* Is at before other? */
static inline bool
record_before(struct record_at at, struct record_at other)
{
	return at.run < other.run ||
		(at.run == other.run && at.state < other.state);
}

#endif
