/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rules, applied to one instruction after the other; see verify.h.  What
 * can not be reached is not judged: it never runs.
 */
#include "verify/verify.h"

#include <inttypes.h>

#include "verify/entry-int.h"
#include "verify/report-int.h"

struct verifier {
	const struct object *object;
	unsigned access_limit;
	struct verify_result *result;
	struct reporter reporter;

	struct graph graph;
	struct entry entry;
	bool word_changes[PACKET_PAD_MAX];	/* by an instruction, here or at
					   a node before */
	/* access_from[pc][n]: 1 + the instruction before pc on some path that
	   begins n store accesses before pc; 0: there is none. */
	uint8_t access_from[GRAPH_NODES][PACKET_CODE_MAX + 1];
	/* Limits that the longest path passes, and where; graph.count: not. */
	struct excess {
		enum diag_id id;
		const char *unit;
		unsigned limit, pc;
		struct graph_path path;
	} steps, cost;
};

/*
 * What is known of scratchpad words and keys.
 */

static void
find_changed_words(struct verifier *v)
{
	for (unsigned pc = 0; pc < v->graph.count; pc++) {
		enum isa_op op = v->graph.op[pc];
		unsigned effects, first = 0, end = 0;

		if (op == ISA_ILLEGAL || !v->graph.reached[pc])
			continue;
		effects = isa_insns[op].effects;
		if (effects & ISA_W_N) {
			first = (unsigned)isa_operand_of(v->graph.word[pc], op,
				ISA_KIND_WORD);
			end = first + 1;
		} else if (effects & ISA_PUSH) {
			first = v->object->header.cursor;
			end = PACKET_PAD_MAX;
		}
		for (unsigned n = first; n < end && n < PACKET_PAD_MAX; n++)
			v->word_changes[n] = true;
	}
}

/*
 * The space of the key in word n, or -1 where it may be anything.  A key that
 * is drawn when the packet is sent has its space in the notes.
 */
static int
known_space(const struct verifier *v, unsigned n)
{
	const struct packet_header *header = &v->object->header;
	const struct notes *notes = &v->object->notes;

	if (n + 1 >= header->pad_count || v->word_changes[n])
		return -1;
	for (unsigned i = 0; i < notes->random_count; i++)
		if (notes->randoms[i].first == n)
			return notes->randoms[i].space;
	return key_space((uint64_t)packet_word(v->object->packet, header, n)
		<< 32);
}

static struct access
known_access(const struct verifier *v, unsigned pc)
{
	uint16_t word = v->graph.word[pc];
	enum isa_op op = v->graph.op[pc];
	struct access access = {.mapping = MAPPED_WRITE};
	unsigned n = (unsigned)isa_operand_of(word, op, ISA_KIND_KEY);
	int space = known_space(v, n);

	if ((op != ISA_LOOKUP && op != ISA_INSERT) ||
	    n + 1 >= v->object->header.pad_count)
		return access;
	access.never = space == KEY_INVITATION;
	if (op == ISA_LOOKUP && space != KEY_PUBLIC && space != KEY_PRIVATE)
		access.mapping = MAPPED_READ;
	return access;
}

/*
 * Rules about one instruction.
 */

static void
check_legal(struct verifier *v, unsigned pc)
{
	uint16_t word = v->graph.word[pc];

	for (unsigned op = 0; op < ISA_OP_COUNT; op++) {
		const struct isa_insn *insn = &isa_insns[op];

		if (isa_code(insn->word) != isa_code(word))
			continue;
		if (word & insn->zero)
			report_insn(&v->reporter, DIAG_VERIFY_ILLEGAL, pc, NULL,
				"0x%04x is no instruction: in '%s' the bits "
				"0x%04x must be zero", word, insn->mnemonic,
				insn->zero);
		else
			report_insn(&v->reporter, DIAG_VERIFY_ILLEGAL, pc, NULL,
				"0x%04x is no instruction: there is no "
				"environment field %" PRId32 ", the last is %u",
				word, isa_operand_of(word, op, ISA_KIND_FIELD),
				ISA_ENV_COUNT - 1u);
		return;
	}
	report_insn(&v->reporter, DIAG_VERIFY_ILLEGAL, pc, NULL,
		"0x%04x is no instruction: its code is not used", word);
}

static void
check_jump(struct verifier *v, unsigned pc)
{
	unsigned target = isa_target(v->graph.word[pc], v->graph.op[pc], pc);

	if (target > v->graph.count)
		report_insn(&v->reporter, DIAG_VERIFY_JUMP, pc, NULL,
			"a jump to instruction %u, but the end is at %u",
			target, v->graph.count);
}

/* Do the scratchpad words it names exist? */
static bool
check_words(struct verifier *v, unsigned pc)
{
	uint16_t word = v->graph.word[pc];
	enum isa_op op = v->graph.op[pc];
	unsigned pad_count = v->object->header.pad_count;
	int32_t n = isa_operand_of(word, op, ISA_KIND_WORD);
	int32_t key = isa_operand_of(word, op, ISA_KIND_KEY);

	if (n >= 0 && (unsigned)n >= pad_count)
		report_insn(&v->reporter, DIAG_VERIFY_SCRATCHPAD, pc, NULL,
			"there is no scratchpad word %" PRId32
			", the packet has %u", n, pad_count);
	else if (key >= 0 && (unsigned)key + 1 >= pad_count)
		report_insn(&v->reporter, DIAG_VERIFY_SCRATCHPAD, pc, NULL,
			"the key needs scratchpad words %" PRId32 " and %"
			PRId32 ", the packet has %u", key, key + 1, pad_count);
	else
		return true;
	return false;
}

static void
check_key(struct verifier *v, unsigned pc)
{
	static const char *const names[] = KEY_SPACE_NAMES;
	enum isa_op op = v->graph.op[pc];
	unsigned n = (unsigned)isa_operand_of(v->graph.word[pc], op,
		ISA_KIND_KEY);
	int space = known_space(v, n);

	if (op == ISA_REROUTE && space < 0)
		report_insn(&v->reporter, DIAG_VERIFY_COMPUTED_NAME, pc, NULL,
			"the name of the invitation is computed: where it is "
			"none, reroute faults");
	else if (op == ISA_REROUTE && space != KEY_INVITATION)
		report_insn(&v->reporter, DIAG_VERIFY_KEYSPACE, pc, NULL,
			"the key of reroute is %s, and nothing changes it: "
			"it must name an invitation", names[space]);
	else if ((op == ISA_LOOKUP || op == ISA_INSERT) &&
	    space == KEY_INVITATION)
		report_insn(&v->reporter, DIAG_VERIFY_NEVER_MAPPED, pc, NULL,
			"%s of an invitation gives 0: it is never mapped",
			isa_insns[op].mnemonic);

	if (op == ISA_INVITE || op == ISA_REROUTE)
		v->result->key_spaces |= 1u << KEY_INVITATION;
	else if (space >= 0)
		v->result->key_spaces |= 1u << space;
	v->result->keys_unknown |= space < 0 && op != ISA_INVITE;
}

static void
path_of_accesses(const struct verifier *v, unsigned pc, unsigned n,
	struct graph_path *path)
{
	unsigned at = pc, from, i = 0;
	uint8_t back[GRAPH_NODES];

	for (back[i++] = (uint8_t)at; at; back[i++] = (uint8_t)at) {
		from = v->access_from[at][n] - 1u;
		n -= graph_weight(&v->graph, GRAPH_ACCESSES, from);
		at = from;
	}
	path->count = i;
	for (unsigned k = 0; k < i; k++)
		path->pc[k] = back[i - 1 - k];
}

/*
 * Count store accesses on all paths at once.  One too many is reported where it
 * is made, and that path ends there as it does in the machine.
 */
static void
check_accesses(struct verifier *v, unsigned pc)
{
	unsigned weight = graph_weight(&v->graph, GRAPH_ACCESSES, pc);
	unsigned limit = v->access_limit;

	if (weight && v->access_from[pc][limit]) {
		struct graph_path path;

		path_of_accesses(v, pc, limit, &path);
		report_insn(&v->reporter, DIAG_VERIFY_ACCESSES, pc, &path,
			"store access %u on one path, the limit is %u",
			limit + 1, limit);
	}
	for (unsigned n = 0; n + weight <= limit; n++)
		for (unsigned i = 0; v->access_from[pc][n] &&
		     i < v->graph.next_count[pc]; i++)
			v->access_from[v->graph.next[pc][i]][n + weight] =
				(uint8_t)(pc + 1);
}

/* Why nothing is mapped at the end of a path. */
static void
explain_unmapped(struct verifier *v, unsigned pc, const struct graph_path *path)
{
	char place[REPORT_PLACE_SIZE];
	int32_t t = isa_operand_of(v->graph.word[pc], v->graph.op[pc],
		ISA_KIND_ENTRY);
	unsigned i = path->count - 1, from;
	enum isa_op op;

	while (i > 0 && !graph_weight(&v->graph, GRAPH_ACCESSES,
		path->pc[i - 1]))
		i--;
	if (i == 0) {
		report_insn(&v->reporter, DIAG_VERIFY_UNMAPPED, pc, path,
			"t%" PRId32 " is used with nothing mapped: "
			"no lookup or insert comes before", t);
		return;
	}
	from = path->pc[i - 1];
	op = v->graph.op[from];
	report_insn(&v->reporter, DIAG_VERIFY_UNMAPPED, pc, path,
		"t%" PRId32 " is used with nothing mapped: the %s at %s %s", t,
		isa_insns[op].mnemonic, report_place(&v->reporter, from, place),
		op == ISA_LOOKUP || op == ISA_INSERT ? "may give 0" :
		"leaves nothing mapped");
}

/*
 * Rules about the states before an instruction.
 */

static void
check_entry(struct verifier *v, unsigned pc)
{
	const struct state *before = v->entry.before[pc];
	unsigned effects = isa_insns[v->graph.op[pc]].effects;
	struct graph_path path;

	if ((effects & (ISA_R_T | ISA_W_T)) && before[MAPPED_NONE].live) {
		entry_path(&v->entry, pc, MAPPED_NONE, &path);
		explain_unmapped(v, pc, &path);
		entry_assume(&v->entry, pc, MAPPED_NONE);
	}
	if ((effects & ISA_W_T) && before[MAPPED_READ].live) {
		entry_path(&v->entry, pc, MAPPED_READ, &path);
		report_insn(&v->reporter, DIAG_VERIFY_READONLY, pc, &path,
			"t%" PRId32 " is written after lookup: it faults "
			"unless the packet may write the entry",
			isa_operand_of(v->graph.word[pc], v->graph.op[pc],
				ISA_KIND_ENTRY));
		entry_assume(&v->entry, pc, MAPPED_READ);
	}
}

static void
check_register(struct verifier *v, unsigned pc, int reg)
{
	uint8_t bit = (uint8_t)(1u << reg);
	bool found = false;

	for (unsigned mapping = 0; mapping < MAPPING_COUNT; mapping++) {
		struct state *state = &v->entry.before[pc][mapping];
		struct graph_path path;

		if (!state->live || (state->set & bit))
			continue;
		state->set |= bit;
		entry_path(&v->entry, pc, mapping, &path);
		if (!found)
			report_insn(&v->reporter, DIAG_VERIFY_UNSET, pc, &path,
				"r%d is read, but not set on every path here",
				reg);
		found = true;
	}
}

/* nop, spelt addi r0, 0, reads nothing. */
static void
check_registers(struct verifier *v, unsigned pc)
{
	uint16_t word = v->graph.word[pc];
	enum isa_op op = v->graph.op[pc];
	unsigned effects = isa_insns[op].effects;

	if (word == isa_insns[ISA_ADDI].word)
		return;
	if (effects & ISA_R_A)
		check_register(v, pc, isa_reg(word, op, 0));
	if (effects & ISA_R_B)
		check_register(v, pc, isa_reg(word, op, 1));
}

static void
check_push(struct verifier *v, unsigned pc)
{
	const struct packet_header *header = &v->object->header;

	if (header->cursor >= header->pad_count)
		report_insn(&v->reporter, DIAG_VERIFY_NO_ROOM, pc, NULL,
			"push finds no room: the cursor is at word %u of %u",
			header->cursor, header->pad_count);
}

static void
check_excess(struct verifier *v, unsigned pc, const struct excess *excess)
{
	if (excess->pc == pc)
		report_insn(&v->reporter, excess->id, pc, &excess->path,
			"a path takes %u %s, the limit is %u",
			excess->path.sum, excess->unit, excess->limit);
}

/* The first of a run that is not reached reports all of it. */
static void
check_reached(struct verifier *v, unsigned pc)
{
	unsigned last = pc;

	if (pc > 0 && !v->graph.reached[pc - 1])
		return;
	while (last + 1 < v->graph.count && !v->graph.reached[last + 1])
		last++;
	if (last == pc)
		report_insn(&v->reporter, DIAG_VERIFY_UNREACHABLE, pc, NULL,
			"this instruction is never reached");
	else
		report_insn(&v->reporter, DIAG_VERIFY_UNREACHABLE, pc, NULL,
			"from here on, %u instructions are never reached",
			last - pc + 1);
}

static void
check_insn(struct verifier *v, unsigned pc)
{
	struct access access = {0};
	unsigned effects;

	if (!v->graph.reached[pc]) {
		check_reached(v, pc);
		return;
	}
	if (v->graph.op[pc] == ISA_ILLEGAL) {
		check_legal(v, pc);
		entry_step(&v->entry, pc, access);
		return;
	}
	effects = isa_insns[v->graph.op[pc]].effects;
	if (effects & ISA_JUMP)
		check_jump(v, pc);
	check_registers(v, pc);
	if (check_words(v, pc) && (effects & ISA_STORE))
		check_key(v, pc);
	check_accesses(v, pc);
	check_entry(v, pc);
	if (effects & ISA_PUSH)
		check_push(v, pc);
	check_excess(v, pc, &v->steps);
	check_excess(v, pc, &v->cost);
	if (effects & ISA_STORE)
		access = known_access(v, pc);
	entry_step(&v->entry, pc, access);
}

/*
 * The whole program.
 */

/* A packet that no node runs, for what its header says. */
static void
check_header(struct verifier *v)
{
	const struct packet_header *header = &v->object->header;
	uint8_t hooks = PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS;

	if (header->status & PACKET_STATUS_FAULT)
		report_header(&v->reporter, DIAG_VERIFY_NEVER_RUNS,
			PACKET_OFF_STATUS,
			"it carries a fault: no node runs it again");
	else if (!(header->flags & hooks))
		report_header(&v->reporter, DIAG_VERIFY_NEVER_RUNS,
			PACKET_OFF_FLAGS,
			"neither ingress nor egress is set: no node runs it");
	else if ((header->flags & PACKET_FLAG_RETURNED) &&
	    !(header->flags & PACKET_FLAG_BACK))
		report_header(&v->reporter, DIAG_VERIFY_NEVER_RUNS,
			PACKET_OFF_FLAGS, "it is on its way back and 'back' "
			"is not set: no node runs it");
}

/* Measure the longest path, and find where it passes the limit (0: none). */
static void
measure(struct verifier *v, enum graph_measure what, unsigned limit,
	struct excess *excess)
{
	unsigned sum = 0, i = 0;

	graph_longest(&v->graph, what, &excess->path);
	excess->limit = limit;
	excess->pc = v->graph.count;
	if (limit == 0 || excess->path.sum <= limit)
		return;
	while (sum <= limit)
		sum += graph_weight(&v->graph, what, excess->path.pc[i++]);
	excess->pc = excess->path.pc[i - 1];
}

static void
measure_all(struct verifier *v, const struct verify_limits *limits)
{
	struct graph_path path;

	measure(v, GRAPH_STEPS, limits->max_steps, &v->steps);
	measure(v, GRAPH_COST, limits->max_cost, &v->cost);
	graph_longest(&v->graph, GRAPH_ACCESSES, &path);
	v->result->max_steps = v->steps.path.sum;
	v->result->max_cost = v->cost.path.sum;
	v->result->max_accesses = path.sum;
	v->access_limit = limits->max_accesses ? limits->max_accesses :
		(unsigned)ISA_ACCESS_MAX;
	if (v->access_limit > PACKET_CODE_MAX)
		v->access_limit = PACKET_CODE_MAX;
}

void
verify_object(const struct object *object, const char *file,
	const struct verify_limits *limits, struct verify_result *result,
	diag_sink *sink, void *arg)
{
	static const struct verify_limits no_limits;
	struct verifier v = {.object = object, .result = result,
		.reporter = {object, file, result, sink, arg, {NULL}},
		.steps = {.id = DIAG_VERIFY_STEPS, .unit = "steps"},
		.cost = {.id = DIAG_VERIFY_COST, .unit = "units of cost"}};

	*result = (struct verify_result){0};
	report_init(&v.reporter);
	graph_build(&v.graph, object->packet, object->header.code_count);
	find_changed_words(&v);
	measure_all(&v, limits ? limits : &no_limits);
	entry_start(&v.entry, &v.graph);
	v.access_from[0][0] = 1;
	check_header(&v);
	for (unsigned pc = 0; pc < v.graph.count; pc++)
		check_insn(&v, pc);
	result->states = v.entry.steps;
	result->accepted = result->errors == 0;
}
