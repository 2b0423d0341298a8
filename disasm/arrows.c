/* SPDX-License-Identifier: BSD-2-Clause */
/* Jumps as arrows; see arrows-int.h. */
#include "disasm/arrows-int.h"

/* What meets in a character: the sides from which lines come. */
enum { UP = 1, DOWN = 2, LEFT = 4, RIGHT = 8 };

/* Do the jumps to two targets meet in a line? */
static bool
meet(const struct arrows *arrows, unsigned a, unsigned b)
{
	return arrows->first[a] <= b && arrows->first[b] <= a;
}

static bool
is_free(const struct arrows *arrows, unsigned count, unsigned target, int lane)
{
	for (unsigned other = 0; other <= count; other++)
		if (other != target && arrows->lane[other] == lane &&
		    meet(arrows, target, other))
			return false;
	return true;
}

static void
take_lane(struct arrows *arrows, unsigned count, unsigned target)
{
	int lane = 0;

	while (lane < ARROWS_LANES_MAX &&
	       !is_free(arrows, count, target, lane))
		lane++;
	if (lane == ARROWS_LANES_MAX) {
		arrows->left_out++;
		return;
	}
	arrows->lane[target] = (int8_t)lane;
	if ((unsigned)lane >= arrows->lanes)
		arrows->lanes = (unsigned)lane + 1;
}

void
arrows_init(struct arrows *arrows, const uint8_t *packet, unsigned count)
{
	*arrows = (struct arrows){.lanes = 0};
	for (unsigned pc = 0; pc <= PACKET_CODE_MAX; pc++) {
		arrows->lane[pc] = -1;
		arrows->first[pc] = arrows->target[pc] = (uint8_t)pc;
	}
	for (unsigned pc = count; pc-- > 0;) {
		struct flow_step step = flow_step(packet_insn(packet, pc), pc,
			count);

		if (!step.jump || step.past_end)
			continue;
		arrows->target[pc] = (uint8_t)step.target;
		arrows->first[step.target] = (uint8_t)pc;
	}
	for (unsigned length = 1; length <= count; length++)
		for (unsigned to = length; to <= count; to++)
			if (to - arrows->first[to] == length)
				take_lane(arrows, count, to);
}

/* The sides from which lines come in the character of a lane. */
static unsigned
sides(const struct arrows *arrows, unsigned row, bool before, int lane,
	unsigned *target)
{
	for (unsigned to = row; to <= PACKET_CODE_MAX; to++) {
		unsigned first = arrows->first[to];

		if (arrows->lane[to] != lane || first > row ||
		    (before && first == row))
			continue;
		*target = to;
		if (before)
			return UP | DOWN;
		if (to == row)
			return UP | RIGHT;
		return (first < row ? UP : 0u) | DOWN |
			(arrows->target[row] == to ? RIGHT : 0u);
	}
	return 0;
}

static const char *
character(unsigned sides, bool ascii)
{
	static const char *const unicode[16] = {" ", " ", " ", "│", " ", " ",
		" ", " ", " ", "╰", "╭", "├", "─", "┴", "┬", "┼"};
	static const char *const plain[16] = {" ", " ", " ", "|", " ", " ", " ",
		" ", " ", "`", ".", "+", "-", "+", "+", "+"};

	return ascii ? plain[sides] : unicode[sides];
}

void
arrows_print(FILE *out, const struct arrows *arrows, unsigned row, bool before,
	bool ascii)
{
	unsigned from_left = 0;
	bool ends = false;

	if (arrows->lanes == 0)
		return;
	for (int lane = (int)arrows->lanes - 1; lane >= 0; lane--) {
		unsigned target = 0;
		unsigned here = sides(arrows, row, before, lane, &target);
		bool corner = here & RIGHT;

		ends |= corner && target == row;
		if (from_left)
			here |= LEFT | RIGHT;
		fputs(character(here, ascii), out);
		from_left |= corner;
	}
	fputs(from_left ? character(LEFT | RIGHT, ascii) : " ", out);
	fputs(ends ? "> " : "  ", out);
}
