/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a provider's packets to a target turn.  Only a packet that goes through
 * to the target leaves something there, and only one that turns at the last
 * router comes back where the target knows no WASP.  So both are sent, in turn,
 * until one is answered; through is better.  Pure; zero-initialised, it begins.
 */
#ifndef MAGNET_TURN_H
#define MAGNET_TURN_H

#include <stdbool.h>

enum turn_way {
	TURN_BOTH,		/* not known: in turn */
	TURN_THROUGH, TURN_AT_LAST
};

struct turn {
	enum turn_way way;
	bool at_last;		/* with TURN_BOTH: the next packet's */
	unsigned since;		/* packets since a target was tried again */
};

enum { TURN_TRY = 64 };		/* it is after so many */

/* Is the next packet to turn at the last router? */
bool turn_next(struct turn *turn);

/* A node returned a packet of that kind, or nobody did. */
void turn_answered(struct turn *turn, bool at_last);
void turn_unanswered(struct turn *turn, bool at_last);

#endif
