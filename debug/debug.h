/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A debugger's place in a record, and how it moves: by steps, runs and packets,
 * forward and back, to where a stop is due.  The next packet is sent when the
 * place goes past the last one.  No words of any command are known here.
 */
#ifndef DEBUG_DEBUG_H
#define DEBUG_DEBUG_H

#include "debug/eval.h"
#include "debug/record.h"

enum { DEBUG_STOPS_MAX = 64, DEBUG_CONDITION_SIZE = 128 };

/* Where a run stops; what the numbers and names of struct debug_stop mean. */
enum debug_stop_kind {
	DEBUG_AT_PC,		/* before the instruction `number` */
	DEBUG_AT_LABEL,		/* ... of the label `name` */
	DEBUG_AT_LINE,		/* ... of line `number` of `name`, a file */
	DEBUG_AT_FAULT,		/* before the step that faults */
	DEBUG_AT_ACCESS,	/* before a store instruction */
	DEBUG_AT_HOOK,		/* where a run at hook `number` begins */
	DEBUG_AT_NODE,		/* ... at node `number` */
	DEBUG_AT_HOP,		/* ... when the packet counts `number` hops */
	DEBUG_AT_PACKET,	/* at the first step of packet `number` */
	DEBUG_AT_VERDICT,	/* before the step that gives `number` */
	DEBUG_ON_CHANGE,	/* after the value of `name` changed */
	DEBUG_ON_STORE		/* after the store's entry of a key changed, or,
				   any_key, any of them */
};

struct debug_stop {
	unsigned id;			/* for the user, from 1 */
	enum debug_stop_kind kind;
	bool once, any_key;
	unsigned number, hits;
	uint64_t key;
	char name[DEBUG_CONDITION_SIZE];
	char condition[DEBUG_CONDITION_SIZE];	/* empty: none */
};

struct debug {
	struct record record;
	struct record_at at;
	struct debug_stop stops[DEBUG_STOPS_MAX];
	unsigned stop_count, last_id;
	enum record_result sent;	/* the last packet, or why it was not */

	/* Called at each end of a run that is reached forward; or NULL. */
	void (*passed)(void *arg, const struct debug *debug);
	/* Asked now and then, whether to stop at once; or NULL. */
	bool (*interrupted)(void *arg);
	void *arg;
};

/*
 * Send `source` `times` times.  What is returned is why there is no first
 * packet, if so, and the debugger is of no use then.
 */
enum record_result debug_init(struct debug *debug,
	const struct record_world *world, const struct record_source *source,
	unsigned times);
void debug_done(struct debug *debug);

/*
 * One step.  false, and nothing changed, at the very beginning, or where there
 * is no next packet: sent says why.
 */
bool debug_step(struct debug *debug, bool forward);

/* To the beginning of the next or previous run, or packet, likewise. */
bool debug_step_run(struct debug *debug, bool forward);
bool debug_step_packet(struct debug *debug, bool forward);
void debug_restart(struct debug *debug);

/* To the end of this run; false where it is already. */
bool debug_finish(struct debug *debug);

/*
 * Move until a stop is due, at least one step.  Those that are due have bit i
 * of *due set, i being the index; their hits are counted.
 */
enum debug_moved {
	DEBUG_STOPPED,
	DEBUG_AT_EDGE,		/* no stop until the beginning, or the end */
	DEBUG_INTERRUPTED
};
enum debug_moved debug_continue(struct debug *debug, bool forward,
	uint64_t *due);

/*
 * Add a stop, whose id is set; false where there is no room.  Remove the stop
 * with the index.
 */
bool debug_add_stop(struct debug *debug, const struct debug_stop *stop);
void debug_remove_stop(struct debug *debug, unsigned i);

/* The stops that are due where the debugger is, but those that saw a change. */
uint64_t debug_due(struct debug *debug);

/* Is it a stop before the instruction at pc, wherever the debugger is? */
bool debug_stops_at(const struct debug *debug, const struct debug_stop *stop,
	unsigned pc);

/* The program, the run and the state where the debugger is. */
const struct object *debug_object(const struct debug *debug);
const struct record_run *debug_run(const struct debug *debug);
const struct record_state *debug_state(const struct debug *debug);
struct eval debug_eval(const struct debug *debug, struct record_at at);

/* The instruction that is about to run; ISA_ILLEGAL at an end. */
enum isa_op debug_op(const struct debug *debug, struct record_at at,
	uint16_t *word);

/*
 * Who gave a place the value that it has: the step that begins at `at`, or,
 * where by_hand is set, the user there.  false: it has been so since the run,
 * or, for a word and the cursor, since the packet began.
 */
struct debug_writer {
	struct record_at at;
	bool by_hand;
};
bool debug_find_writer(const struct debug *debug, struct record_place place,
	struct debug_writer *writer);

/* The same of the entry of a key in the store of this node. */
bool debug_find_store_writer(const struct debug *debug, uint64_t key,
	struct debug_writer *writer);

#endif
