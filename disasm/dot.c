/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The jumps of a program as a graph for dot(1): a node for each basic block,
 * called after its first instruction, and one for the end if it can be reached.
 */
#include <string.h>

#include "disasm/disasm.h"
#include "disasm/flow-int.h"
#include "disasm/names-int.h"

struct graph {
	FILE *out;
	const struct object *object;
	struct names names;
	struct flow flow;
};

/* Text within a quoted string of the language. */
static void
put_escaped(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("\"\\", *text))
			fputc('\\', out);
		fputc(*text, out);
	}
}

static uint16_t
insn_at(const struct graph *graph, unsigned pc)
{
	return packet_insn(graph->object->packet, pc);
}

/* Units of work; an illegal instruction does none. */
static unsigned
block_cost(const struct graph *graph, unsigned pc, unsigned end)
{
	unsigned cost = 0;

	for (; pc < end; pc++) {
		enum isa_op op = isa_decode(insn_at(graph, pc));

		cost += op == ISA_ILLEGAL ? 0 : isa_insns[op].cost;
	}
	return cost;
}

static void
put_block(struct graph *graph, unsigned pc, unsigned end)
{
	const char *label = graph->names.label[pc];
	bool reached = graph->flow.reached[pc];
	char text[ISA_TEXT_SIZE];

	fprintf(graph->out, "\tb%u [label=\"", pc);
	if (label)
		put_escaped(graph->out, label);
	fprintf(graph->out, "%scost %u%s\\l", label ? ": " : "",
		block_cost(graph, pc, end), reached ? "" : ", unreachable");
	for (unsigned i = pc; i < end; i++) {
		fprintf(graph->out, "%3u  ", i);
		put_escaped(graph->out, names_insn_text(&graph->names, i,
			text));
		fputs("\\l", graph->out);
	}
	fprintf(graph->out, "\"%s];\n", reached ? "" :
		", style=dashed, color=gray, fontcolor=gray");
}

static void
put_edge(const struct graph *graph, unsigned from, unsigned to,
	const char *attributes)
{
	if (to == graph->flow.count)
		fprintf(graph->out, "\tb%u -> end%s;\n", from, attributes);
	else
		fprintf(graph->out, "\tb%u -> b%u%s;\n", from, to, attributes);
}

/* From the last instruction of a block. */
static void
put_edges(const struct graph *graph, unsigned pc, unsigned end)
{
	unsigned count = graph->flow.count;
	struct flow_step step = flow_step(insn_at(graph, end - 1), end - 1,
		count);

	if (step.jump && step.next)
		put_edge(graph, pc, step.target, step.past_end ?
			" [label=\"taken, past the end\"]" :
			" [label=\"taken\"]");
	else if (step.jump)
		put_edge(graph, pc, step.target, step.past_end ?
			" [label=\"past the end\"]" : "");
	if (step.next)
		put_edge(graph, pc, end, step.jump ?
			" [label=\"not taken\", style=dashed]" : "");
}

/* Does any edge lead to the end? */
static bool
leads_to_end(const struct graph *graph)
{
	for (unsigned pc = 0; pc < graph->flow.count; pc++) {
		struct flow_step step = flow_step(insn_at(graph, pc), pc,
			graph->flow.count);

		if ((step.jump && step.target == graph->flow.count) ||
		    (step.next && pc + 1 == graph->flow.count))
			return true;
	}
	return false;
}

static void
put_graph(struct graph *graph)
{
	unsigned count = graph->flow.count, end;
	const char *program = graph->object->notes.program;

	fputs("digraph \"", graph->out);
	put_escaped(graph->out, program ? program : "program");
	fputs("\" {\n\tnode [shape=box, fontname=monospace];\n"
		"\tedge [fontname=monospace];\n", graph->out);
	for (unsigned pc = 0; pc < count; pc = end) {
		end = flow_block_end(&graph->flow, pc);
		put_block(graph, pc, end);
		put_edges(graph, pc, end);
	}
	if (leads_to_end(graph))
		fputs("\tend [label=\"the end: forward\", shape=oval];\n",
			graph->out);
	fputs("}\n", graph->out);
}

void
disasm_dot(FILE *out, const struct object *object)
{
	struct graph graph = {.out = out, .object = object};

	names_init(&graph.names, object);
	flow_init(&graph.flow, object->packet, object->header.code_count);
	put_graph(&graph);
}
