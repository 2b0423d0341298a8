/* SPDX-License-Identifier: BSD-2-Clause */
/* What was executed; see matrix.h. */
#include "conform/matrix.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "wasp/hex.h"

enum { ROW_NAME_SIZE = 64, ROWS_MAX = 640 };

/* What there is to do, and how many runs did it. */
struct row {
	const char *group;
	char name[ROW_NAME_SIZE];
	unsigned runs;
	bool here;			/* in the run that is looked at */
};

struct matrix {
	struct row rows[ROWS_MAX];
	unsigned count;
};

static const char *const spaces[] = KEY_SPACE_NAMES;
static const char *const verdicts[] = {VECTOR_VERDICT_NAMES};
static const char *const hooks[] = {NULL, PACKET_HOOK_NAMES};

static struct row *
find_row(struct matrix *matrix, const char *group, const char *name)
{
	for (unsigned i = 0; i < matrix->count; i++)
		if (!strcmp(matrix->rows[i].group, group) &&
		    !strcmp(matrix->rows[i].name, name))
			return &matrix->rows[i];
	return NULL;
}

static void __attribute__((format(printf, 3, 4)))
need(struct matrix *matrix, const char *group, const char *format, ...)
{
	struct row *row = &matrix->rows[matrix->count];
	va_list ap;

	row->group = group;
	va_start(ap, format);
	vsnprintf(row->name, sizeof(row->name), format, ap);
	va_end(ap);
	if (matrix->count < ROWS_MAX - 1)
		matrix->count++;
}

/* Done by this run; what is not needed is not counted. */
static void __attribute__((format(printf, 3, 4)))
did(struct matrix *matrix, const char *group, const char *format, ...)
{
	char name[ROW_NAME_SIZE];
	struct row *row;
	va_list ap;

	va_start(ap, format);
	vsnprintf(name, sizeof(name), format, ap);
	va_end(ap);
	row = find_row(matrix, group, name);
	if (row)
		row->here = true;
}

static void
need_branches(struct matrix *matrix, const struct isa_insn *insn)
{
	if (insn->effects & ISA_JUMP)
		need(matrix, "branch", "%s taken", insn->name);
	if (insn->effects & ISA_JUMP && !(insn->effects & ISA_END))
		need(matrix, "branch", "%s not taken", insn->name);
}

/* Faults that an instruction of the table can raise. */
static void
need_faults(struct matrix *matrix, const struct isa_insn *insn)
{
	char name[ISA_FAULT_NAME_SIZE];

	for (unsigned fault = 1; fault < ISA_FAULT_LIMIT; fault++)
		if (insn->faults >> fault & 1)
			need(matrix, "fault", "%s %s", insn->name,
				isa_fault_name(fault, name));
}

static void
need_bits(struct matrix *matrix, const struct isa_insn *insn)
{
	for (unsigned bit = 0; bit < 16; bit++)
		if (insn->zero >> bit & 1)
			need(matrix, "unused bit", "%s bit %u", insn->name,
				bit);
}

static void
need_spaces(struct matrix *matrix, const struct isa_insn *insn)
{
	if (insn->effects & ISA_STORE)
		for (unsigned i = 0; i < KEY_SPACE_COUNT; i++)
			need(matrix, "key space", "%s %s", insn->name,
				spaces[i]);
}

static void
need_name(struct matrix *matrix, const struct isa_insn *insn)
{
	need(matrix, "instruction", "%s", insn->name);
}

/* Words of an op whose sub-code is none, by op. */
static void
need_unused_codes(struct matrix *matrix)
{
	for (unsigned op = 0; op < 16; op++) {
		bool unused = false;

		for (unsigned low = 0; low < 1u << ISA_OP_SHIFT; low++)
			unused |= isa_decode((uint16_t)(op << ISA_OP_SHIFT |
				low)) == ISA_ILLEGAL;
		if (unused)
			need(matrix, "illegal word", "op %X", op);
	}
}

struct matrix *
matrix_new(void)
{
	static void (*const groups[])(struct matrix *,
		const struct isa_insn *) = {need_name, need_branches,
		need_faults, need_spaces, need_bits};
	struct matrix *matrix = calloc(1, sizeof(*matrix));
	char text[5];

	if (!matrix)
		return NULL;
	for (size_t i = 0; i < sizeof(groups) / sizeof(*groups); i++)
		for (unsigned op = 0; op < ISA_OP_COUNT; op++)
			groups[i](matrix, &isa_insns[op]);
	need_unused_codes(matrix);
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++)
		need(matrix, "field", "%s", isa_envs[i].name);
	for (unsigned i = 0; i < 3; i++)
		need(matrix, "verdict", "%s", verdicts[i]);
	need(matrix, "verdict", "past the end");
	need(matrix, "mark", "refused");
	need(matrix, "mark", "full");
	for (unsigned i = 0; i < 32; i++)
		need(matrix, "program's fault", "program-%u", i);
	for (unsigned hook = 1; hook <= 2; hook++)
		for (unsigned i = 0; i <= PACKET_FLAGS; i++)
			need(matrix, "flags", "%s at %s",
				packet_flags_text((uint8_t)i, text),
				hooks[hook]);
	return matrix;
}

void
matrix_free(struct matrix *matrix)
{
	free(matrix);
}

static void
add_branch(struct matrix *matrix, const struct vector_run *run,
	enum isa_op op, unsigned pc, int next)
{
	const uint8_t *p = run->packet.bytes;
	unsigned target = isa_target(packet_insn(p, pc), op, pc);
	unsigned end = p[PACKET_OFF_CODE_COUNT];
	unsigned to = next < 0 ? end : (unsigned)next;

	if (target > end)
		target = end;
	if (!(isa_insns[op].effects & ISA_JUMP) ||
	    (target == pc + 1 && !(isa_insns[op].effects & ISA_END)))
		return;
	did(matrix, "branch", "%s %s", isa_insns[op].name,
		to == target ? "taken" : "not taken");
}

/* The instruction that a word would be without its unused bits. */
static enum isa_op
nearly(uint16_t word)
{
	for (unsigned op = 0; op < ISA_OP_COUNT; op++)
		if (isa_decode(word & ~isa_insns[op].zero) == op &&
		    word & isa_insns[op].zero)
			return op;
	return ISA_ILLEGAL;
}

static void
add_illegal(struct matrix *matrix, uint16_t word)
{
	enum isa_op op = nearly(word);
	unsigned bits = op == ISA_ILLEGAL ? 0 : word & isa_insns[op].zero;

	did(matrix, "illegal word", "op %X", word >> ISA_OP_SHIFT);
	for (unsigned bit = 0; bit < 16; bit++)
		if (bits == 1u << bit)
			did(matrix, "unused bit", "%s bit %u",
				isa_insns[op].name, bit);
}

static void
add_step(struct matrix *matrix, const struct vector_run *run, unsigned pc,
	int next, bool faulted)
{
	uint16_t word = packet_insn(run->packet.bytes, pc);
	enum isa_op op = isa_decode(word);
	char name[ISA_FAULT_NAME_SIZE];
	int field;

	if (op == ISA_ILLEGAL) {
		add_illegal(matrix, word);
		return;
	}
	did(matrix, "instruction", "%s", isa_insns[op].name);
	add_branch(matrix, run, op, pc, next);
	field = isa_operand_of(word, op, ISA_KIND_FIELD);
	if (field >= 0 && !faulted)
		did(matrix, "field", "%s", isa_envs[field].name);
	if (faulted)
		did(matrix, "fault", "%s %s", isa_insns[op].name,
			op == ISA_FAULT ? "program-0" :
			isa_fault_name(run->after.bytes[PACKET_OFF_STATUS] &
				PACKET_STATUS_FAULT, name));
}

/* The keys of the store instructions, one each of those that have one. */
static void
add_keys(struct matrix *matrix, const struct vector_run *run,
	const json_t *trace, const json_t *keys)
{
	const uint8_t *p = run->packet.bytes;
	size_t key_i = 0;

	for (size_t i = 0; i < json_array_size(trace); i++) {
		uint16_t word = packet_insn(p, (unsigned)json_integer_value(
			json_array_get(trace, i)));
		enum isa_op op = isa_decode(word);
		int n = op == ISA_ILLEGAL ? -1 :
			isa_operand_of(word, op, ISA_KIND_KEY);
		uint8_t key[KEY_SIZE];

		if (n >= 0 && n + 1 < p[PACKET_OFF_PAD_COUNT] &&
		    hex_exact(json_string_value(json_array_get(keys,
			key_i++)), key, sizeof(key)))
			did(matrix, "key space", "%s %s",
				isa_insns[op].name,
				spaces[key_space(packet_get64(key))]);
	}
}

static void
add_end(struct matrix *matrix, const struct vector_run *run, int last)
{
	const uint8_t *after = run->after.bytes;
	uint8_t new_marks = after[PACKET_OFF_STATUS] &
		(uint8_t)~run->packet.bytes[PACKET_OFF_STATUS];
	unsigned fault = after[PACKET_OFF_STATUS] & PACKET_STATUS_FAULT;
	char name[ISA_FAULT_NAME_SIZE];
	enum isa_op op = isa_decode(packet_insn(after, (unsigned)last));

	if (new_marks & PACKET_STATUS_REFUSED)
		did(matrix, "mark", "refused");
	if (new_marks & PACKET_STATUS_FULL)
		did(matrix, "mark", "full");
	if (fault >= ISA_FAULT_PROGRAM)
		did(matrix, "program's fault", "%s",
			isa_fault_name(fault, name));
	else if (!fault)
		did(matrix, "verdict", "%s", op == ISA_FORWARD ||
			run->verdict != VECTOR_FORWARD ?
			verdicts[run->verdict] : "past the end");
}

/* The steps of a run, each with the one that follows. */
static bool
add_steps(struct matrix *matrix, const struct vector_run *run,
	const json_t *reply)
{
	const json_t *trace = json_object_get(reply, "trace");
	unsigned end = run->packet.bytes[PACKET_OFF_CODE_COUNT];
	bool faulted = run->after.bytes[PACKET_OFF_STATUS] &
		PACKET_STATUS_FAULT;
	int next = -1;

	if (!json_array_size(trace))
		return false;
	for (size_t i = json_array_size(trace); i-- > 0;) {
		json_int_t pc = json_integer_value(json_array_get(trace, i));

		if (pc < 0 || pc >= (json_int_t)end)
			return false;
		if (next < 0)
			add_end(matrix, run, (int)pc);
		add_step(matrix, run, (unsigned)pc, next,
			next < 0 && faulted);
		next = (int)pc;
	}
	add_keys(matrix, run, trace, json_object_get(reply, "keys"));
	return true;
}

bool
matrix_add(struct matrix *matrix, const struct vector_run *run,
	const json_t *reply)
{
	char text[5];
	bool ok = true;

	for (unsigned i = 0; i < matrix->count; i++)
		matrix->rows[i].here = false;
	did(matrix, "flags", "%s at %s", packet_flags_text(
		run->packet.bytes[PACKET_OFF_FLAGS] & PACKET_FLAGS, text),
		hooks[run->hook]);
	if (run->executed)
		ok = add_steps(matrix, run, reply);
	for (unsigned i = 0; i < matrix->count; i++)
		matrix->rows[i].runs += matrix->rows[i].here;
	return ok;
}

unsigned
matrix_print(FILE *out, const struct matrix *matrix)
{
	const char *group = "";
	unsigned missing = 0;

	for (unsigned i = 0; i < matrix->count; i++) {
		const struct row *row = &matrix->rows[i];

		if (out && strcmp(group, row->group))
			fprintf(out, "%s\n", row->group);
		group = row->group;
		missing += row->runs == 0;
		if (out)
			fprintf(out, "  %-40s %6u%s\n", row->name, row->runs,
				row->runs ? "" : "  never");
	}
	return missing;
}

json_t *
matrix_json(const struct matrix *matrix)
{
	json_t *rows = json_array();

	for (unsigned i = 0; i < matrix->count; i++)
		json_array_append_new(rows, json_pack("{s:s, s:s, s:i}",
			"group", matrix->rows[i].group,
			"name", matrix->rows[i].name,
			"runs", matrix->rows[i].runs));
	return json_pack("{s:i, s:s, s:o}", "v", 1, "type", "coverage",
		"rows", rows);
}
