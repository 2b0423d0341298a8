/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a provider knows of his domain: each router that was seen, and what came
 * of the last advertisement there.  Tells what changes.  Pure; times are
 * nanoseconds of one monotonic clock, which the caller reads.
 */
#ifndef MAGNET_BOARD_H
#define MAGNET_BOARD_H

#include "magnet/trail.h"

enum board_state {
	BOARD_ADVERTISED,
	BOARD_OUTBID,		/* another's is as good or better */
	BOARD_DENIED,		/* only the operator may */
	BOARD_NO_ROOM,		/* that, or there was no room, no quota */
	BOARD_LOST,		/* not seen for BOARD_LOST_NS */
	BOARD_STATE_COUNT
};
#define BOARD_LOST_NS ENTRY_LIFE_NS

enum { BOARD_ROUTERS_MAX = 1024 };

struct board_router {
	struct trail_router router;	/* hop: on the way to target_i */
	unsigned target_i;
	enum board_state state;
	uint64_t seen_ns;
};

/* Zero-initialised, it is empty; board_done frees. */
struct board {
	struct board_router *routers;
	unsigned count;
};
typedef void board_sink(void *arg, const struct board_router *router);

void board_done(struct board *board);

/*
 * A packet to that target came back with this trail: each router that is new,
 * or in another state, is told to the sink.  A router with an address is one,
 * whoever it was met on the way to; of more than BOARD_ROUTERS_MAX, or without
 * memory, the rest is left out.
 */
void board_note(struct board *board, unsigned target_i, struct trail trail,
	uint64_t now_ns, board_sink *sink, void *arg);

/* Tell which routers are lost by now; each once. */
void board_expire(struct board *board, uint64_t now_ns, board_sink *sink,
	void *arg);

/* How many are in this state. */
unsigned board_count(const struct board *board, enum board_state state);

/* "advertised" and a sentence without full stop. */
const char *board_state_name(enum board_state state);
const char *board_state_text(enum board_state state);

#endif
