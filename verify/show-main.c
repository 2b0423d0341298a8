/* SPDX-License-Identifier: BSD-2-Clause */
/* Figures as a table, and paths; see show-main.h. */
#include "verify/show-main.h"

#include <limits.h>
#include <string.h>

static const char *const hook_names[] = {VERIFY_HOOK_NAMES};

/* "3", or "3..9". */
static void
print_span(int width, unsigned min, unsigned max)
{
	char text[32];

	snprintf(text, sizeof(text), min == max ? "%u" : "%u..%u", min, max);
	printf("  %*s", width, text);
}

static void
print_ends(unsigned ends)
{
	const char *before = "  ";

	for (unsigned op = 0; ends >> op; op++)
		if (ends >> op & 1) {
			printf("%s%s", before, isa_insns[op].mnemonic);
			before = ", ";
		}
	putchar('\n');
}

static void
print_row(const struct verify_figures *figures, const char *name)
{
	const unsigned *min = figures->min, *max = figures->max;

	printf("  %-13s", name);
	print_span(8, min[VERIFY_STEPS], max[VERIFY_STEPS]);
	print_span(9, min[VERIFY_COST], max[VERIFY_COST]);
	print_span(8, min[VERIFY_ACCESSES], max[VERIFY_ACCESSES]);
	print_span(6, min[VERIFY_PUSHES], max[VERIFY_PUSHES]);
	print_ends(figures->ends);
}

static const char *
plural(unsigned n)
{
	return n == 1 ? "" : "s";
}

/* How much of the scratchpad push fills on the way. */
static void
print_pushes(const struct object *object, const struct verify_result *result,
	unsigned hops)
{
	const struct packet_header *header = &object->header;
	unsigned words = verify_words(result), all = words * hops;
	unsigned nodes = verify_room(object, result);
	unsigned room = header->pad_count > header->cursor ?
		(unsigned)header->pad_count - header->cursor : 0;

	if (words == 0)
		return;
	printf("  push: at most %u word%s at a node, room for %u: %u node%s\n",
		words, plural(words), room, nodes, plural(nodes));
	if (hops)
		printf("  over %u node%s: at most %u words, %u bytes%s\n", hops,
			plural(hops), all < room ? all : room,
			PACKET_WORD_SIZE * (all < room ? all : room),
			all > room ? ", then no room" : "");
}

static bool
runs_somewhere(const struct verify_result *result)
{
	for (unsigned hook = 0; hook < VERIFY_HOOKS; hook++)
		if (result->hook[hook].runs)
			return true;
	return false;
}

void
show_figures(const struct object *object, const struct verify_result *result,
	unsigned hops)
{
	if (!runs_somewhere(result))
		return;
	printf("  %-13s  %8s  %9s  %8s  %6s  %s\n", "a run at", "steps", "cost",
		"accesses", "pushes", "ends with");
	for (unsigned hook = 0; hook < VERIFY_HOOKS; hook++)
		if (result->hook[hook].runs)
			print_row(&result->hook[hook], hook_names[hook]);
	print_pushes(object, result, hops);
}

static void
print_step(const struct object *object, unsigned pc, unsigned *sum)
{
	uint16_t word = packet_insn(object->packet, pc);
	const struct notes_line *line = notes_line_at(&object->notes, pc);
	enum isa_op op = isa_decode(word);
	unsigned cost = op == ISA_ILLEGAL ? 0 : isa_insns[op].cost;
	char place[32], text[ISA_TEXT_SIZE];

	*sum += cost;
	snprintf(place, sizeof(place), line ? "line %u" : "instruction %u",
		line ? line->line : pc);
	printf("  %6u  %6u  %-9s  %s\n", cost, *sum, place,
		notes_insn_text(&object->notes, word, pc, text));
}

void
show_critical(const struct object *object, const struct verify_result *result)
{
	uint8_t path[PACKET_CODE_MAX], before[PACKET_CODE_MAX];
	unsigned count, before_count = 0;

	for (unsigned hook = 0; hook < VERIFY_HOOKS; hook++) {
		unsigned sum = 0;

		if (!result->hook[hook].runs)
			continue;
		count = verify_path(object, hook, VERIFY_COST, false, path);
		printf("  costliest path at %s: %u%s\n", hook_names[hook],
			result->hook[hook].max[VERIFY_COST],
			count == before_count && !memcmp(path, before, count) ?
			", the same" : "");
		if (count == before_count && !memcmp(path, before, count))
			continue;
		printf("  %6s  %6s\n", "cost", "sum");
		for (unsigned i = 0; i < count; i++)
			print_step(object, path[i], &sum);
		memcpy(before, path, count);
		before_count = count;
	}
}
