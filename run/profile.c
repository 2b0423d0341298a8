/* SPDX-License-Identifier: BSD-2-Clause */
/* Where steps and cost went; see profile.h. */
#include "run/profile.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const hook_names[] = {PACKET_HOOK_NAMES};

/* An instruction and what it cost in all runs. */
struct row {
	unsigned pc;
	uint64_t begun, cost;
};

void
profile_add(struct profile *profile, const struct sim_run *run)
{
	struct profile_hook *hook =
		&profile->hooks[run->node - 1][run->hook - 1];

	if (!run->outcome.executed)
		return;
	hook->runs++;
	hook->steps += run->outcome.steps;
	hook->cost += run->outcome.cost;
	hook->accesses += run->outcome.accesses;
}

static struct profile_hook
total(const struct profile *profile)
{
	struct profile_hook sum = {0};

	for (unsigned i = 0; i < 2 * SIM_NODES_MAX; i++) {
		const struct profile_hook *hook =
			&profile->hooks[i / 2][i % 2];

		sum.runs += hook->runs;
		sum.steps += hook->steps;
		sum.cost += hook->cost;
		sum.accesses += hook->accesses;
	}
	return sum;
}

/* A word that is no instruction costs nothing. */
static unsigned
cost_at(const struct object *object, unsigned pc)
{
	enum isa_op op = isa_decode(packet_insn(object->packet, pc));

	return op == ISA_ILLEGAL ? 0 : isa_insns[op].cost;
}

/* The costliest first, then those that were begun more often. */
static int
by_cost(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->cost != y->cost)
		return x->cost > y->cost ? -1 : 1;
	if (x->begun != y->begun)
		return x->begun > y->begun ? -1 : 1;
	return x->pc < y->pc ? -1 : 1;
}

/* The instructions that were begun; how many. */
static unsigned
make_rows(const struct object *object, const struct count *count,
	struct row rows[static PACKET_CODE_MAX])
{
	unsigned row_count = 0;

	for (unsigned pc = 0; pc < object->header.code_count; pc++)
		if (count->insns[pc].begun)
			rows[row_count++] = (struct row){pc,
				count->insns[pc].begun,
				count->insns[pc].begun * cost_at(object, pc)};
	qsort(rows, row_count, sizeof(*rows), by_cost);
	return row_count;
}

static double
percent(uint64_t part, uint64_t all)
{
	return all ? 100.0 * (double)part / (double)all : 0;
}

static void
print_hooks(FILE *out, const struct profile *profile, uint64_t cost)
{
	fprintf(out, "%4s  %-8s %9s %9s %9s %9s %7s\n", "node", "hook", "runs",
		"steps", "accesses", "cost", "share");
	for (unsigned i = 0; i < 2 * SIM_NODES_MAX; i++) {
		const struct profile_hook *hook =
			&profile->hooks[i / 2][i % 2];

		if (hook->runs)
			fprintf(out, "%4u  %-8s %9" PRIu64 " %9" PRIu64
				" %9" PRIu64 " %9" PRIu64 " %6.1f%%\n",
				i / 2 + 1, hook_names[i % 2], hook->runs,
				hook->steps, hook->accesses, hook->cost,
				percent(hook->cost, cost));
	}
}

static void
print_row(FILE *out, const struct row *row, const struct object *object,
	uint64_t cost)
{
	const struct notes_line *line = notes_line_at(&object->notes, row->pc);
	char text[ISA_TEXT_SIZE];

	fprintf(out, "%4u %5.0u %9" PRIu64 " %9" PRIu64 " %6.1f%%  %s\n",
		row->pc, line ? line->line : 0, row->begun, row->cost,
		percent(row->cost, cost), notes_insn_text(&object->notes,
			packet_insn(object->packet, row->pc), row->pc, text));
}

void
profile_print(FILE *out, const struct profile *profile,
	const struct object *object, const struct count *count)
{
	struct profile_hook sum = total(profile);
	struct row rows[PACKET_CODE_MAX];
	unsigned row_count = make_rows(object, count, rows);

	fprintf(out, "profile: %" PRIu64 " run%s, %" PRIu64 " steps, cost %"
		PRIu64 ", %" PRIu64 " store access%s\n", sum.runs,
		sum.runs == 1 ? "" : "s", sum.steps, sum.cost, sum.accesses,
		sum.accesses == 1 ? "" : "es");
	if (!sum.runs)
		return;
	print_hooks(out, profile, sum.cost);
	fprintf(out, "%4s %5s %9s %9s %7s  %s\n", "pc", "line", "begun", "cost",
		"share", "instruction");
	for (unsigned i = 0; i < row_count; i++)
		print_row(out, &rows[i], object, sum.cost);
}

static json_t *
hooks_json(const struct profile *profile)
{
	json_t *hooks = json_array();

	for (unsigned i = 0; i < 2 * SIM_NODES_MAX; i++) {
		const struct profile_hook *hook =
			&profile->hooks[i / 2][i % 2];

		if (hook->runs)
			json_array_append_new(hooks, json_pack(
				"{s:i, s:s, s:I, s:I, s:I, s:I}",
				"node", i / 2 + 1, "hook", hook_names[i % 2],
				"runs", (json_int_t)hook->runs,
				"steps", (json_int_t)hook->steps,
				"accesses", (json_int_t)hook->accesses,
				"cost", (json_int_t)hook->cost));
	}
	return hooks;
}

static json_t *
row_json(const struct row *row, const struct object *object,
	const struct count *count)
{
	const struct notes_line *line = notes_line_at(&object->notes, row->pc);
	const struct count_insn *insn = &count->insns[row->pc];
	uint16_t word = packet_insn(object->packet, row->pc);
	bool has_sides = count_has_sides(word, row->pc);
	char text[ISA_TEXT_SIZE];

	return json_pack("{s:i, s:o, s:o, s:s, s:I, s:I, s:o, s:o}",
		"pc", row->pc, "file", diag_text_json(line ? line->file : NULL),
		"line", line ? json_integer(line->line) : json_null(),
		"insn", notes_insn_text(&object->notes, word, row->pc, text),
		"begun", (json_int_t)row->begun, "cost", (json_int_t)row->cost,
		"taken", has_sides ? json_integer((json_int_t)insn->taken) :
			json_null(),
		"not_taken", has_sides ?
			json_integer((json_int_t)insn->not_taken) :
			json_null());
}

json_t *
profile_json(const struct profile *profile, const struct object *object,
	const struct count *count)
{
	struct profile_hook sum = total(profile);
	struct row rows[PACKET_CODE_MAX];
	unsigned row_count = make_rows(object, count, rows);
	json_t *insns = json_array();

	for (unsigned i = 0; i < row_count; i++)
		json_array_append_new(insns, row_json(&rows[i], object, count));
	return json_pack("{s:i, s:s, s:I, s:I, s:I, s:I, s:o, s:o}",
		"v", 1, "type", "profile", "runs", (json_int_t)sum.runs,
		"steps", (json_int_t)sum.steps,
		"accesses", (json_int_t)sum.accesses,
		"cost", (json_int_t)sum.cost, "hooks", hooks_json(profile),
		"insns", insns);
}
