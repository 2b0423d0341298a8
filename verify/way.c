/* SPDX-License-Identifier: BSD-2-Clause */
/* Paths through a record, and what was chosen on them; see way-int.h. */
#include "verify/way-int.h"

#include <inttypes.h>
#include <stdio.h>

void
way_find(struct way *way, const struct flow_record *record, uint16_t node,
	unsigned bound)
{
	way->count = 0;
	while (node != FLOW_NO_NODE) {
		way->node[way->count++] = node;
		node = record->state[way_pc(node)][node % FLOW_STATES]
			.from[bound];
	}
	for (unsigned a = 0, b = way->count; a + 1 < b; a++) {
		uint16_t last = way->node[--b];

		way->node[b] = way->node[a];
		way->node[a] = last;
	}
}

unsigned
way_path(const struct way *way, unsigned code_count,
	uint8_t path[static PACKET_CODE_MAX])
{
	unsigned count = 0;

	for (unsigned i = 0; i < way->count; i++)
		if (way_pc(way->node[i]) < code_count)
			path[count++] = (uint8_t)way_pc(way->node[i]);
	return count;
}

/* "0", "1..2", "not 0", "5 or more"; false where nothing is known. */
static bool
range_text(char *buf, size_t size, struct range range)
{
	if (range_is_any(range))
		return false;
	if (range_is_one(range))
		snprintf(buf, size, "%" PRIu32, range.lo);
	else if (range.lo == 1 && range.hi == UINT32_MAX)
		snprintf(buf, size, "not 0");
	else if (range.hi == UINT32_MAX)
		snprintf(buf, size, "%" PRIu32 " or more", range.lo);
	else
		snprintf(buf, size, "%" PRIu32 "..%" PRIu32, range.lo,
			range.hi);
	return true;
}

static void
branch_text(char *buf, const struct state *before,
	const struct code_insn *insn, bool taken)
{
	struct state state = *before;
	size_t len = (size_t)snprintf(buf, WAY_TEXT_SIZE,
		taken ? "taken" : "not taken");
	char text[32];
	bool told = false;

	flow_refine(&state, insn, taken);
	if (range_text(text, sizeof(text), state.reg[insn->a])) {
		len += (size_t)snprintf(buf + len, WAY_TEXT_SIZE - len,
			" (r%u is %s", insn->a, text);
		told = true;
	}
	if (insn->effects & ISA_R_B && insn->a != insn->b &&
	    range_text(text, sizeof(text), state.reg[insn->b])) {
		len += (size_t)snprintf(buf + len, WAY_TEXT_SIZE - len,
			"%sr%u is %s", told ? ", " : " (", insn->b, text);
		told = true;
	}
	if (told)
		snprintf(buf + len, WAY_TEXT_SIZE - len, ")");
}

/* A result is told where a later instruction depends on it. */
static void
store_text(char *buf, const struct state *after, const struct code_insn *insn,
	uint32_t need)
{
	char text[32];

	buf[0] = '\0';
	if (need >> insn->a & 1 &&
	    range_text(text, sizeof(text), after->reg[insn->a]))
		snprintf(buf, WAY_TEXT_SIZE, "gives %s", text);
	else if (need & CODE_NEED_ENTRY && after->mapping == FLOW_NONE)
		snprintf(buf, WAY_TEXT_SIZE, "gives 0");
	else if (need & CODE_NEED_ENTRY && after->mapping & (FLOW_READ | FLOW_WRITE) &&
	    !(after->mapping & FLOW_NONE))
		snprintf(buf, WAY_TEXT_SIZE, "gives not 0");
}

const char *
way_choice(const struct way *way, unsigned i,
	const struct flow_record *record, const struct code *code,
	char buf[static WAY_TEXT_SIZE])
{
	unsigned pc = way_pc(way->node[i]), next = way_pc(way->node[i + 1]);
	const struct code_insn *insn = &code->insn[pc];

	buf[0] = '\0';
	if (insn->effects & ISA_STORE)
		store_text(buf, &record->state[next][way->node[i + 1] %
			FLOW_STATES], insn, code->need[next]);
	else if (insn->effects & ISA_JUMP && !(insn->effects & ISA_END) &&
	    insn->target != pc + 1)
		branch_text(buf, &record->state[pc][way->node[i] %
			FLOW_STATES], insn, next == insn->target);
	return buf;
}
