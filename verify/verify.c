/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rules, applied to one instruction after the other; see verify.h.  What
 * can not be reached is not judged: it never runs.
 */
#include "verify/verify.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "verify/entry-int.h"

enum { QUOTE_SIZE = 128, PLACE_SIZE = 48, WAY_SIZE = 240 };

struct verifier {
	const struct object *object;
	const char *file;
	unsigned access_limit;
	struct verify_result *result;
	diag_sink *sink;
	void *arg;

	struct graph graph;
	struct entry entry;
	bool word_changes[PACKET_PAD_MAX];	/* by an instruction, here or at
					   a node before */
	/* access_from[pc][n]: 1 + the instruction before pc on some path that
	   begins n store accesses before pc; 0: there is none. */
	uint8_t access_from[GRAPH_NODES][PACKET_CODE_MAX + 1];
	/* Where the longest path passes a limit; graph.count: nowhere. */
	struct over {
		enum diag_id id;
		const char *unit;
		unsigned limit, pc;
		struct graph_path path;
	} over[2];
};

/*
 * Places and messages.
 */

static const char *
word_name(void *arg, unsigned n)
{
	const struct notes_word *word = notes_word_at(arg, n);

	return word && word->first == n ? word->name : NULL;
}

static const char *
label_name(void *arg, unsigned pc)
{
	return notes_label_at(arg, pc);
}

/* The source line of an instruction; 0: not known. */
static unsigned
line_of(const struct verifier *v, unsigned pc)
{
	const struct notes_line *line = notes_line_at(&v->object->notes, pc);

	return line ? line->line : 0;
}

/*
 * The place of an instruction: its source line if the notes have it.  There is
 * no column, since they keep lines without their indentation.
 */
static void
place_insn(const struct verifier *v, unsigned pc, struct diag *diag,
	char quote[static QUOTE_SIZE])
{
	const struct notes *notes = &v->object->notes;
	const struct notes_line *line = notes_line_at(notes, pc);
	struct isa_names names = {word_name, label_name, (void *)notes};

	*diag = (struct diag){.file = v->file, .in_object = true,
		.pc = (int)pc, .offset = PACKET_HEADER_SIZE +
			ISA_INSN_SIZE * (long)pc};
	if (line_of(v, pc) == 0) {
		diag->quote = isa_print(quote, QUOTE_SIZE, v->graph.word[pc],
			pc, &names);
		return;
	}
	if (notes->file)
		diag->file = notes->file;
	diag->line = line->line;
	diag->quote = line->text;
}

static void
send_diag(struct verifier *v, struct diag *diag)
{
	v->result->errors += diag->severity == DIAG_ERROR;
	v->result->warnings += diag->severity == DIAG_WARNING;
	if (v->sink)
		v->sink(v->arg, diag);
}

static const char *
place_text(const struct verifier *v, unsigned pc, char buf[static PLACE_SIZE])
{
	unsigned line = line_of(v, pc);

	snprintf(buf, PLACE_SIZE, line ? "line %u" : "instruction %u",
		line ? line : pc);
	return buf;
}

/* Say the way to an error: runs of instructions, as lines if all have one. */
static void
report_way(struct verifier *v, const struct graph_path *path)
{
	char way[WAY_SIZE] = "";
	struct diag diag = {.pc = -1};
	bool lines = true;
	size_t len = 0;

	for (unsigned i = 0; i < path->count; i++)
		lines &= line_of(v, path->pc[i]) > 0;
	for (unsigned i = 0, j; i < path->count; i = j + 1) {
		unsigned from = path->pc[i], to;

		for (j = i; j + 1 < path->count &&
		     path->pc[j + 1] == path->pc[j] + 1; j++)
			;
		to = path->pc[j];
		if (lines) {
			from = line_of(v, from);
			to = line_of(v, to);
		}
		len += (size_t)snprintf(way + len, sizeof(way) - len,
			from == to ? "%s%u" : "%s%u-%u", i ? ", " : "",
			from, to);
		if (len >= sizeof(way))
			break;
	}
	diag_set_note(&diag, "by way of %s %s%s",
		lines ? "lines" : "instructions", way,
		len < sizeof(way) ? "" : "...");
	v->sink(v->arg, &diag);
}

/*
 * Report what is wrong with an instruction; path may be NULL.  What the table
 * says of the row is the hint.
 */
static void __attribute__((format(printf, 5, 6)))
report(struct verifier *v, enum diag_id id, unsigned pc,
	const struct graph_path *path, const char *format, ...)
{
	char quote[QUOTE_SIZE], text[DIAG_TEXT_SIZE];
	struct diag diag;
	va_list ap;

	place_insn(v, pc, &diag, quote);
	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	diag_set(&diag, id, "%s", text);
	diag_set_hint(&diag, "%s", diag_infos[id].explanation);
	if (path) {
		diag.path = path->pc;
		diag.path_count = path->count;
	}
	send_diag(v, &diag);
	if (path && path->count > 1 && v->sink && diag.severity == DIAG_ERROR)
		report_way(v, path);
}

/*
 * What is known of scratchpad words and keys.
 */

static void
find_changed_words(struct verifier *v)
{
	const struct packet_header *header = &v->object->header;

	for (unsigned pc = 0; pc < v->graph.count; pc++) {
		enum isa_op op = v->graph.op[pc];
		unsigned effects = op == ISA_ILLEGAL ? 0 :
			isa_insns[op].effects;
		int32_t n;

		if (!v->graph.reached[pc])
			continue;
		n = op == ISA_ILLEGAL ? -1 : isa_operand_of(v->graph.word[pc],
			op, ISA_KIND_WORD);
		if ((effects & ISA_W_N) && n >= 0 && n < PACKET_PAD_MAX)
			v->word_changes[n] = true;
		for (unsigned i = header->cursor; (effects & ISA_PUSH) &&
		     i < PACKET_PAD_MAX; i++)
			v->word_changes[i] = true;
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
			report(v, DIAG_VERIFY_ILLEGAL, pc, NULL,
				"0x%04x is no instruction: in '%s' the bits "
				"0x%04x must be zero", word, insn->mnemonic,
				insn->zero);
		else
			report(v, DIAG_VERIFY_ILLEGAL, pc, NULL,
				"0x%04x is no instruction: there is no "
				"environment field %" PRId32 ", the last is %u",
				word, isa_operand_of(word, op, ISA_KIND_FIELD),
				ISA_ENV_COUNT - 1u);
		return;
	}
	report(v, DIAG_VERIFY_ILLEGAL, pc, NULL,
		"0x%04x is no instruction: its code is not used", word);
}

static void
check_jump(struct verifier *v, unsigned pc)
{
	unsigned target = isa_target(v->graph.word[pc], v->graph.op[pc], pc);

	if (target > v->graph.count)
		report(v, DIAG_VERIFY_JUMP, pc, NULL,
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
		report(v, DIAG_VERIFY_SCRATCHPAD, pc, NULL,
			"there is no scratchpad word %" PRId32
			", the packet has %u", n, pad_count);
	else if (key >= 0 && (unsigned)key + 1 >= pad_count)
		report(v, DIAG_VERIFY_SCRATCHPAD, pc, NULL,
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
		report(v, DIAG_VERIFY_COMPUTED_NAME, pc, NULL,
			"the name of the invitation is computed: where it is "
			"none, reroute faults");
	else if (op == ISA_REROUTE && space != KEY_INVITATION)
		report(v, DIAG_VERIFY_KEYSPACE, pc, NULL,
			"the key of reroute is %s, and nothing changes it: "
			"it must name an invitation", names[space]);
	else if ((op == ISA_LOOKUP || op == ISA_INSERT) &&
	    space == KEY_INVITATION)
		report(v, DIAG_VERIFY_NEVER_MAPPED, pc, NULL,
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
		report(v, DIAG_VERIFY_ACCESSES, pc, &path,
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
	char place[PLACE_SIZE];
	int32_t t = isa_operand_of(v->graph.word[pc], v->graph.op[pc],
		ISA_KIND_ENTRY);
	unsigned i = path->count - 1, from;
	enum isa_op op;

	while (i > 0 && !graph_weight(&v->graph, GRAPH_ACCESSES,
		path->pc[i - 1]))
		i--;
	if (i == 0) {
		report(v, DIAG_VERIFY_UNMAPPED, pc, path,
			"t%" PRId32 " is used with nothing mapped: "
			"no lookup or insert comes before", t);
		return;
	}
	from = path->pc[i - 1];
	op = v->graph.op[from];
	report(v, DIAG_VERIFY_UNMAPPED, pc, path,
		"t%" PRId32 " is used with nothing mapped: the %s at %s %s", t,
		isa_insns[op].mnemonic, place_text(v, from, place),
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
		report(v, DIAG_VERIFY_READONLY, pc, &path,
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
			report(v, DIAG_VERIFY_UNSET, pc, &path,
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
		report(v, DIAG_VERIFY_NO_ROOM, pc, NULL,
			"push finds no room: the cursor is at word %u of %u",
			header->cursor, header->pad_count);
}

static void
check_limits(struct verifier *v, unsigned pc)
{
	for (unsigned i = 0; i < 2; i++)
		if (v->over[i].pc == pc)
			report(v, v->over[i].id, pc, &v->over[i].path,
				"a path takes %u %s, the limit is %u",
				v->over[i].path.sum, v->over[i].unit,
				v->over[i].limit);
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
		report(v, DIAG_VERIFY_UNREACHABLE, pc, NULL,
			"this instruction is never reached");
	else
		report(v, DIAG_VERIFY_UNREACHABLE, pc, NULL,
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
	check_limits(v, pc);
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
	struct diag diag = {.file = v->file, .in_object = true, .pc = -1,
		.offset = PACKET_OFF_FLAGS};
	uint8_t runs = PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS;

	if (header->status & PACKET_STATUS_FAULT) {
		diag.offset = PACKET_OFF_STATUS;
		diag_set(&diag, DIAG_VERIFY_NEVER_RUNS,
			"it carries a fault: no node runs it again");
	} else if (!(header->flags & runs)) {
		diag_set(&diag, DIAG_VERIFY_NEVER_RUNS,
			"neither ingress nor egress is set: no node runs it");
	} else if ((header->flags & PACKET_FLAG_RETURNED) &&
	    !(header->flags & PACKET_FLAG_BACK)) {
		diag_set(&diag, DIAG_VERIFY_NEVER_RUNS, "it is on its way back "
			"and 'back' is not set: no node runs it");
	} else {
		return;
	}
	diag_set_hint(&diag, "%s",
		diag_infos[DIAG_VERIFY_NEVER_RUNS].explanation);
	send_diag(v, &diag);
}

/* Measure the longest path, and find where it passes a limit. */
static unsigned
measure(struct verifier *v, enum graph_measure what, unsigned limit,
	struct over *over)
{
	unsigned sum = 0, i = 0;

	graph_longest(&v->graph, what, &over->path);
	over->limit = limit;
	over->pc = v->graph.count;
	if (limit == 0 || over->path.sum <= limit)
		return over->path.sum;
	while (sum <= limit)
		sum += graph_weight(&v->graph, what, over->path.pc[i++]);
	over->pc = over->path.pc[i - 1];
	return over->path.sum;
}

static void
measure_all(struct verifier *v, const struct verify_limits *limits)
{
	struct graph_path path;

	v->over[0].id = DIAG_VERIFY_STEPS;
	v->over[0].unit = "steps";
	v->over[1].id = DIAG_VERIFY_COST;
	v->over[1].unit = "units of cost";
	v->result->max_steps = measure(v, GRAPH_STEPS, limits->max_steps,
		&v->over[0]);
	v->result->max_cost = measure(v, GRAPH_COST, limits->max_cost,
		&v->over[1]);
	graph_longest(&v->graph, GRAPH_ACCESSES, &path);
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
	struct verifier v = {.object = object, .file = file, .result = result,
		.sink = sink, .arg = arg};

	*result = (struct verify_result){0};
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
