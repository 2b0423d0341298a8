/* SPDX-License-Identifier: BSD-2-Clause */
/* Paths through a record, and what was chosen on them; see way-int.h. */
#include "verify/way-int.h"

#include <inttypes.h>
#include <stdio.h>

void
way_find(struct way *way, const struct flow_record *record, uint16_t node,
	unsigned lane, unsigned bound)
{
	way->count = 0;
	while (node != FLOW_NO_NODE) {
		way->node[way->count++] = node;
		node = record->state[way_pc(node)][node % SET_MAX]
			.from[lane][bound];
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
branch_text(char *buf, const struct flow *flow, const struct state *before,
	const struct code_insn *insn, bool taken)
{
	unsigned reg_a = code_a(insn), reg_b = code_b(insn);
	struct range a = flow_register(flow, before, reg_a);
	struct range b = flow_register(flow, before, reg_b);
	size_t len = (size_t)snprintf(buf, WAY_TEXT_SIZE,
		taken ? "taken" : "not taken");
	char text[32];
	bool told = false;

	flow_refine(insn, taken, &a, &b);
	if (range_text(text, sizeof(text), a)) {
		len += (size_t)snprintf(buf + len, WAY_TEXT_SIZE - len,
			" (r%u is %s", reg_a, text);
		told = true;
	}
	if (insn->effects & ISA_R_B && reg_a != reg_b &&
	    range_text(text, sizeof(text), b)) {
		len += (size_t)snprintf(buf + len, WAY_TEXT_SIZE - len,
			"%sr%u is %s", told ? ", " : " (", reg_b, text);
		told = true;
	}
	if (told)
		snprintf(buf + len, WAY_TEXT_SIZE - len, ")");
}

/* A result is told where a later instruction depends on it. */
static void
store_text(char *buf, const struct flow *flow, const struct state *after,
	const struct code_insn *insn, const struct code_need *need)
{
	unsigned reg = code_a(insn), mapping = state_mapping(after);
	bool entry = need->rest & CODE_ENTRY;
	char text[32];

	buf[0] = '\0';
	if (need->regs & CODE_REG(reg) && range_text(text, sizeof(text),
		flow_register(flow, after, reg)))
		snprintf(buf, WAY_TEXT_SIZE, "gives %s", text);
	else if (entry && mapping == STATE_NONE)
		snprintf(buf, WAY_TEXT_SIZE, "gives 0");
	else if (entry && mapping & (STATE_READ | STATE_WRITE) &&
	    !(mapping & STATE_NONE))
		snprintf(buf, WAY_TEXT_SIZE, "gives not 0");
}

const char *
way_choice(const struct way *way, unsigned i, const struct flow *flow,
	char buf[static WAY_TEXT_SIZE])
{
	const struct flow_record *record = flow->record;
	const struct code *code = flow->code;
	unsigned pc = way_pc(way->node[i]), next = way_pc(way->node[i + 1]);
	const struct code_insn *insn = &code->insn[pc];

	buf[0] = '\0';
	if (insn->effects & ISA_STORE)
		store_text(buf, flow, &record->state[next][way->node[i + 1] %
			SET_MAX], insn, &code->need[next]);
	else if (insn->effects & ISA_JUMP && !(insn->effects & ISA_END) &&
	    insn->target != pc + 1)
		branch_text(buf, flow, &record->state[pc][way->node[i] %
			SET_MAX], insn, next == insn->target);
	return buf;
}
