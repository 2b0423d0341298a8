/* SPDX-License-Identifier: BSD-2-Clause */
/* A provider's view of his domain; see board.h. */
#include "magnet/board.h"

#include <stdlib.h>
#include <string.h>

static const struct { const char *name, *text; } states[] = {
	[BOARD_ADVERTISED] = {"advertised", "advertised"},
	[BOARD_OUTBID] = {"outbid",
		"another's advertisement is as good or better"},
	[BOARD_DENIED] = {"denied",
		"refused: only its operator may advertise there"},
	[BOARD_NO_ROOM] = {"no-room",
		"refused: no room, or only its operator may"},
	[BOARD_LOST] = {"lost", "no longer heard of"}
};

const char *
board_state_name(enum board_state state)
{
	return states[state].name;
}

const char *
board_state_text(enum board_state state)
{
	return states[state].text;
}

void
board_done(struct board *board)
{
	free(board->routers);
	*board = (struct board){0};
}

/* The mark of the packet says only that some router had no room. */
static enum board_state
state_of(enum trail_result result, const struct packet_header *header)
{
	switch (result) {
	case TRAIL_KEPT:
	case TRAIL_CREATED:
		return BOARD_ADVERTISED;
	case TRAIL_OUTBID:
		return BOARD_OUTBID;
	default:
		return header->status & PACKET_STATUS_REFUSED ? BOARD_NO_ROOM :
			BOARD_DENIED;
	}
}

static bool
is_same(const struct board_router *a, unsigned target_i,
	const struct trail_router *b)
{
	if (a->router.known && b->known)
		return !memcmp(a->router.addr, b->addr, IP_ADDR_SIZE);
	return a->router.known == b->known && a->target_i == target_i &&
		a->router.hop == b->hop;
}

/* The place of a router, new or not; NULL: no room. */
static struct board_router *
place_of(struct board *board, unsigned target_i,
	const struct trail_router *router)
{
	struct board_router *grown, *r;

	for (unsigned i = 0; i < board->count; i++)
		if (is_same(&board->routers[i], target_i, router))
			return &board->routers[i];
	if (board->count == BOARD_ROUTERS_MAX)
		return NULL;
	grown = reallocarray(board->routers, board->count + 1, sizeof(*grown));
	if (!grown)
		return NULL;
	board->routers = grown;
	r = &grown[board->count++];
	*r = (struct board_router){*router, target_i, BOARD_LOST, 0};
	return r;
}

void
board_note(struct board *board, unsigned target_i, struct trail trail,
	uint64_t now_ns, board_sink *sink, void *arg)
{
	struct trail_mark mark;
	struct board_router *r;
	enum board_state state;

	while (trail_next_mark(&trail, &mark)) {
		r = place_of(board, target_i, &mark.router);
		if (!r)
			continue;
		r->seen_ns = now_ns;
		state = state_of(mark.result, trail.header);
		if (state == r->state)
			continue;
		r->state = state;
		sink(arg, r);
	}
}

void
board_expire(struct board *board, uint64_t now_ns, board_sink *sink, void *arg)
{
	for (unsigned i = 0; i < board->count; i++) {
		struct board_router *r = &board->routers[i];

		if (r->state == BOARD_LOST ||
		    now_ns < r->seen_ns + BOARD_LOST_NS)
			continue;
		r->state = BOARD_LOST;
		sink(arg, r);
	}
}

unsigned
board_count(const struct board *board, enum board_state state)
{
	unsigned count = 0;

	for (unsigned i = 0; i < board->count; i++)
		count += board->routers[i].state == state;
	return count;
}
