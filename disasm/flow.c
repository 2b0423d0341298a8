/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where control can go; see flow-int.h.  Jumps only go forward, so one pass in
 * the order of the code finds all that can be reached.
 */
#include "disasm/flow-int.h"

struct flow_step
flow_step(uint16_t word, unsigned pc, unsigned count)
{
	enum isa_op op = isa_decode(word);
	struct flow_step step = {.next = false};

	if (op == ISA_ILLEGAL)
		return step;
	step.next = !(isa_insns[op].effects & ISA_END);
	step.jump = isa_insns[op].effects & ISA_JUMP;
	if (!step.jump)
		return step;
	step.target = isa_target(word, op, pc);
	step.past_end = step.target > count;
	if (step.past_end)
		step.target = count;
	return step;
}

void
flow_init(struct flow *flow, const uint8_t *packet, unsigned count)
{
	*flow = (struct flow){.count = count, .reached = {[0] = true},
		.leads = {[0] = true}};
	for (unsigned pc = 0; pc < count; pc++) {
		struct flow_step step = flow_step(packet_insn(packet, pc), pc,
			count);

		if (step.jump || !step.next)
			flow->leads[pc + 1] = true;
		if (step.jump)
			flow->leads[step.target] = true;
		if (!flow->reached[pc])
			continue;
		flow->reached[pc + 1] |= step.next;
		if (step.jump)
			flow->reached[step.target] = true;
	}
}

unsigned
flow_block_end(const struct flow *flow, unsigned pc)
{
	do
		pc++;
	while (pc < flow->count && !flow->leads[pc]);
	return pc;
}
