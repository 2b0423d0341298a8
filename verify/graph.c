/* SPDX-License-Identifier: BSD-2-Clause */
/* The jump graph and its longest paths; see graph-int.h. */
#include "verify/graph-int.h"

static void
add_edge(struct graph *graph, unsigned pc, unsigned to)
{
	if (to > graph->count)
		to = graph->count;
	graph->next[pc][graph->next_count[pc]++] = (uint8_t)to;
}

void
graph_build(struct graph *graph, const uint8_t *packet, unsigned count)
{
	*graph = (struct graph){.count = count, .reached = {[0] = true}};
	for (unsigned pc = 0; pc < count; pc++) {
		uint16_t word = packet_insn(packet, pc);
		enum isa_op op = isa_decode(word);
		unsigned effects = op == ISA_ILLEGAL ? 0 : isa_insns[op].effects;

		graph->word[pc] = word;
		graph->op[pc] = op;
		if (!(effects & ISA_END))
			add_edge(graph, pc, pc + 1);
		if (effects & ISA_JUMP)
			add_edge(graph, pc, isa_target(word, op, pc));
		for (unsigned i = 0; i < graph->next_count[pc]; i++)
			graph->reached[graph->next[pc][i]] |=
				graph->reached[pc];
	}
}

unsigned
graph_weight(const struct graph *graph, enum graph_measure measure, unsigned pc)
{
	const struct isa_insn *insn;

	if (graph->op[pc] == ISA_ILLEGAL)
		return 0;
	insn = &isa_insns[graph->op[pc]];
	switch (measure) {
	case GRAPH_STEPS:
		return 1;
	case GRAPH_COST:
		return insn->cost;
	case GRAPH_ACCESSES:
		return insn->effects & ISA_STORE ? 1 : 0;
	}
	return 0;
}

/*
 * Backwards: the sum of the longest path from each node, and the node it goes
 * on to.  Forwards: that path from the first.
 */
void
graph_longest(const struct graph *graph, enum graph_measure measure,
	struct graph_path *path)
{
	unsigned sum[GRAPH_NODES] = {0};
	uint8_t best[PACKET_CODE_MAX];

	for (unsigned pc = graph->count; pc-- > 0;) {
		best[pc] = (uint8_t)graph->count;
		for (unsigned i = 0; i < graph->next_count[pc] &&
		     graph->op[pc] != ISA_ILLEGAL; i++)
			if (i == 0 || sum[graph->next[pc][i]] > sum[best[pc]])
				best[pc] = graph->next[pc][i];
		sum[pc] = graph_weight(graph, measure, pc) + sum[best[pc]];
	}
	path->sum = sum[0];
	path->count = 0;
	for (unsigned pc = 0; pc < graph->count; pc = best[pc])
		path->pc[path->count++] = (uint8_t)pc;
}
