/* SPDX-License-Identifier: BSD-2-Clause */
/* Counting what is executed; see count.h. */
#include "run/count.h"

bool
count_has_sides(uint16_t word, unsigned pc)
{
	enum isa_op op = isa_decode(word);

	return op != ISA_ILLEGAL && isa_insns[op].effects & ISA_JUMP &&
		!(isa_insns[op].effects & ISA_END) &&
		isa_target(word, op, pc) != pc + 1;
}

/* Which way the branch went that led here. */
static void
count_side(const struct vm *vm, struct counter *counter)
{
	unsigned last = (unsigned)counter->last;
	struct count_insn *insn = &counter->count->insns[last];

	if (!count_has_sides(packet_get16(vm->code + ISA_INSN_SIZE * last),
	    last))
		return;
	if (vm->pc == last + 1)
		insn->not_taken++;
	else
		insn->taken++;
}

void
count_hook(struct vm *vm, struct counter *counter)
{
	if (counter->last >= 0)
		count_side(vm, counter);
	else
		counter->count->runs++;
	if (vm->pc >= vm->code_count)
		return;
	counter->count->insns[vm->pc].begun++;
	counter->last = (int)vm->pc;
}
