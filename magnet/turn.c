/* SPDX-License-Identifier: BSD-2-Clause */
/* Choosing where packets turn; see turn.h. */
#include "magnet/turn.h"

bool
turn_next(struct turn *turn)
{
	bool at_last = turn->way == TURN_AT_LAST;

	if (turn->way == TURN_BOTH) {
		at_last = turn->at_last;
		turn->at_last = !at_last;
	} else if (at_last && ++turn->since == TURN_TRY) {
		turn->since = 0;
		at_last = false;
	}
	return at_last;
}

void
turn_answered(struct turn *turn, bool at_last)
{
	if (!at_last)
		turn->way = TURN_THROUGH;
	else if (turn->way == TURN_BOTH)
		*turn = (struct turn){.way = TURN_AT_LAST};
}

/* A target that was only tried again still has its other way. */
void
turn_unanswered(struct turn *turn, bool at_last)
{
	if (turn->way == (at_last ? TURN_AT_LAST : TURN_THROUGH))
		*turn = (struct turn){.way = TURN_BOTH};
}
