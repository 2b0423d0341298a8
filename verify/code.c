/* SPDX-License-Identifier: BSD-2-Clause */
/* A program decoded; see code-int.h. */
#include "verify/code-int.h"
#include "wasp/opcode-words.h"

#include <string.h>

#define HAS(effects, effect) (((effects) & (effect)) != 0)

/*
 * Where operands lie, by the ruler in opcodes.def: registers and entry words in
 * bits 11..9 and 8..6; what has a limit that depends on the packet, or on the
 * table of fields, from bit 0 on.  Its width depends on the format.
 */
enum limit {
	LIMIT_NONE, LIMIT_PAD, LIMIT_KEY, LIMIT_FIELD, LIMIT_COUNT
};
#define LIMIT_OF(kind, shift, width) \
	((kind) == WORD ? LIMIT_PAD : (kind) == KEY ? LIMIT_KEY : \
		(kind) == FIELD ? LIMIT_FIELD : LIMIT_NONE)
#define LOW_BITS(kind, shift, width) \
	((kind) == DISP || LIMIT_OF(kind, shift, width) ? \
		(1 << (width)) - 1 : 0)
enum {
#define WASP_FORMAT(name, a, b, c) \
	FORMAT_LIMIT_##name = LIMIT_OF a | LIMIT_OF b | LIMIT_OF c, \
	FORMAT_LOW_##name = LOW_BITS a | LOW_BITS b | LOW_BITS c,
#include "wasp/opcodes.def"
};

/* Rows by code, densely: those of each op from its base on, by sub-code. */
enum {
#define WASP_GROUP(op, shift, width) \
	BASE_##op, LAST_##op = BASE_##op + (1 << (width)) - 1,
#include "wasp/opcodes.def"
	ROW_ILLEGAL, ROW_COUNT
};

static const struct {
	uint8_t shift, mask;
	uint16_t base;
} groups[16] = {
#define WASP_GROUP(op, shift, width) \
	[op] = {shift, (1 << (width)) - 1, BASE_##op},
#include "wasp/opcodes.def"
};

/*
 * What is asked of a row, close together.  Masks are for what is needed (struct
 * code_need) behind and before an instruction: what it reads and writes of the
 * bytes of its operands, and what it changes of the rest.
 */
struct row {
	code_sums sums;
	struct code_insn insn;		/* but for the word and its operands */
	uint32_t legal;			/* bits that may be set */
	uint32_t low;			/* the operand with a limit */
	uint8_t limit;			/* enum limit */
	uint64_t reads_a, reads_b, writes_a, entry;
	code_uses uses;			/* but for a field */
};

#define SUMS(cost, accesses, pushes) \
	{1, cost, accesses, pushes, -1, -(cost), -(accesses), -(pushes)}
#define IF(effects, effect, mask) (HAS(effects, effect) ? (mask) : 0)
static const struct row rows[ROW_COUNT] = {
#define WASP_OP(name, op, sub, mnemonic, format, effects, faults, cost, \
	notation, sentence, words) \
	[BASE_##op + (sub)] = {SUMS(cost, HAS(effects, STORE), \
		HAS(effects, PUSH)), {0, effects, ISA_##name, 0, CODE_KEY_FIXED, \
			0, {0}}, 0xffff & ~ISA_ZERO_##name, FORMAT_LOW_##format, \
		FORMAT_LIMIT_##format, IF(effects, R_A, UINT64_MAX), \
		IF(effects, R_B, UINT64_MAX), IF(effects, W_A, UINT64_MAX), \
		IF(effects, R_T | W_T, CODE_ENTRY), \
		{UINT64_C(1) << ISA_##name, 0}},
#include "wasp/opcodes.def"
	/* Illegal words are no step. */
	[ROW_ILLEGAL] = {.insn = {0, 0, ISA_ILLEGAL, CODE_BAD_WORD,
		CODE_KEY_FIXED, 0, {0}}, .uses = {UINT64_C(1) << ISA_ILLEGAL, 0}}
};

/* What the code of a word stands for, if all of it is legal. */
static inline const struct row *
find_row(unsigned word)
{
	unsigned op = word >> ISA_OP_SHIFT;

	return &rows[groups[op].base +
		(word >> groups[op].shift & groups[op].mask)];
}

static inline void
set_bit(uint64_t *bits, unsigned i)
{
	bits[i / 64] |= UINT64_C(1) << i % 64;
}

/* The first so many bits. */
static inline uint64_t
low_bits(unsigned count)
{
	return count < 64 ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
}

/* The space of the key in words that do not change. */
static uint8_t
fixed_spaces(const uint8_t *pad, unsigned n, const struct notes *notes)
{
	int space = notes ? notes_random_space(notes, n) : -1;

	if (space >= 0)
		return (uint8_t)(1u << space);
	return (uint8_t)(1u << (pad[PACKET_WORD_SIZE * n] >> 6));
}

static uint8_t
key_index(struct code *code, unsigned n)
{
	unsigned i = 0;

	while (i < code->key_count && code->key_word[i] != n)
		i++;
	if (i == CODE_KEY_MAX)
		return CODE_KEY_FIXED;
	if (i == code->key_count)
		code->key_word[code->key_count++] = (uint8_t)n;
	return (uint8_t)i;
}

/*
 * Whose space matters: invite takes any eight bytes.  Of words that are not
 * there, one that nothing else is wrong with.
 */
static void
find_key(struct code *code, struct code_insn *insn, const uint8_t *pad,
	const struct notes *notes)
{
	insn->spaces = insn->bad ? 1u << KEY_PUBLIC : CODE_SPACES;
	if (insn->bad || insn->op == ISA_INVITE)
		return;
	if (code->changed >> insn->n & 1)
		insn->key = key_index(code, insn->n);
	else
		insn->spaces = fixed_spaces(pad, insn->n, notes);
}

static void
find_keys(struct code *code, const uint8_t *pad, const struct notes *notes)
{
	for (unsigned i = 0; i < CODE_BITS; i++)
		for (uint64_t bits = code->accesses[i]; bits; bits &= bits - 1) {
			struct code_insn *insn = &code->insn[64 * i +
				(unsigned)__builtin_ctzll(bits)];

			find_key(code, insn, pad, notes);
			code->has_rights |= insn->op == ISA_INVITE ||
				insn->op == ISA_REROUTE ||
				(insn->op == ISA_INSERT &&
				insn->spaces & 1u << KEY_PROTECTED);
		}
}

/* Which instructions write the keys that change. */
static void
find_key_writes(struct code *code, unsigned cursor)
{
	for (unsigned i = 0; i < code->key_count; i++)
		if (code->key_word[i] >= cursor)
			code->pushed_keys |= (uint8_t)(1u << i);
	for (unsigned pc = 0; pc < code->count; pc++) {
		struct code_insn *insn = &code->insn[pc];

		if (insn->effects & W_N)
			for (unsigned i = 0; i < code->key_count; i++)
				if (code->key_word[i] == insn->n)
					insn->key = (uint8_t)i;
	}
}

/* Registers whose values the result is computed from. */
static inline uint64_t
reads_of(const struct row *row, unsigned word)
{
	return (code_reg_a(word) & row->reads_a) | (code_reg_b(word) & row->reads_b);
}

/*
 * What is needed before an instruction, from what is behind it; one that changes
 * nothing of that is not busy.
 */
static inline struct code_need
need_before(const struct row *row, unsigned word, struct code_need need,
	bool *busy)
{
	uint64_t changes = 0;

	if (need.regs & row->writes_a)
		changes = need.regs & code_reg_a(word);
	if (changes)
		need.regs = (need.regs ^ changes) | reads_of(row, word);
	need.rest |= row->entry;
	*busy = (changes | row->entry) != 0;
	return need;
}

/* A jump to the next instruction is none: what it tests makes no difference. */
static inline bool
is_idle(const struct row *row, unsigned word)
{
	return row->insn.effects & JUMP && !(word & row->low);
}

/* The same where control goes elsewhere, or the store is accessed. */
enum { CONTROL = JUMP | END | STORE };

static inline struct code_need
need_before_control(const struct code *code, const struct code_insn *insn,
	const struct row *row, struct code_need need)
{
	bool busy;

	if (insn->effects & STORE) {
		need = need_before(row, insn->word, need, &busy);
		need.rest &= ~CODE_ENTRY;
		if (insn->key < CODE_KEY_MAX)
			need.rest |= CODE_KEY(insn->key);
		return need;
	}
	if (insn->effects & END)
		need = (struct code_need){0, 0};
	if (insn->effects & JUMP) {
		need.regs |= code->need[insn->target].regs |
			reads_of(row, insn->word);
		need.rest |= code->need[insn->target].rest;
	}
	return need;
}

/* Decode what is wrong where it stands; returns the row that the word is of. */
static const struct row *
decode_bad(struct code *code, struct code_insn *insn, const struct row *row)
{
	uint16_t word = insn->word;

	code->is_bad = true;
	if (word & ~row->legal || row->limit == LIMIT_FIELD) {
		row = &rows[ROW_ILLEGAL];
		*insn = row->insn;
		insn->word = word;
	} else {
		insn->bad = CODE_BAD_PAD;
	}
	return row;
}

/*
 * Decode the instruction at pc, but for where it jumps to.  limits: its last
 * operand is less than that of its kind.
 */
static inline const struct row *
decode_insn(struct code *code, struct code_insn *insn, unsigned word,
	const unsigned limits[static LIMIT_COUNT])
{
	const struct row *row = find_row(word);
	unsigned low = word & row->low;

	*insn = row->insn;
	insn->word = (uint16_t)word;
	insn->n = (uint8_t)low;
	if (__builtin_expect(word & ~row->legal ||
		low >= limits[row->limit], false))
		return decode_bad(code, insn, row);
	return row;
}

/* Where it jumps to; false: to the next instruction, which is no jump. */
static inline bool
decode_jump(struct code *code, unsigned pc, struct code_insn *insn,
	const struct row *row)
{
	unsigned target = pc + 1 + (insn->word & row->low);

	if (target > code->count) {
		insn->bad = CODE_BAD_JUMP;
		target = code->count;
	}
	insn->target = (uint8_t)target;
	if (is_idle(row, insn->word))
		return false;
	set_bit(code->targets, target);
	return true;
}

/*
 * What is not the same for most instructions.  Does control go elsewhere, or to
 * the store?
 */
enum { SPECIAL = CONTROL | W_N | R_ENV };

static inline bool
decode_special(struct code *code, unsigned pc, struct code_insn *insn,
	const struct row *row, code_uses *uses)
{
	if (row->insn.effects & R_ENV)
		*uses |= (code_uses){0,
			UINT64_C(1) << (insn->word & ISA_FIELD_MASK) % 64};
	if (row->insn.effects & JUMP && !decode_jump(code, pc, insn, row))
		return false;
	if (row->insn.effects & (JUMP | END)) {
		code->fields |= (*uses)[CODE_FIELDS];
		*uses = (code_uses){0};
	}
	if (row->insn.effects & STORE)
		set_bit(code->accesses, pc);
	if (row->insn.effects & W_N && !insn->bad)
		code->changed |= UINT64_C(1) << insn->n % 64;
	return row->insn.effects & CONTROL;
}

/*
 * All in one pass backwards, as if no key changed.  Sums are less than those of
 * the whole program, since only what lies between two instructions is ever
 * asked.
 */
static void
decode_all(struct code *code, const uint8_t *words)
{
	const unsigned limits[LIMIT_COUNT] = {[LIMIT_NONE] = UINT32_MAX,
		[LIMIT_PAD] = code->pad_count,
		[LIMIT_KEY] = code->pad_count ? code->pad_count - 1 : 0,
		[LIMIT_FIELD] = ISA_ENV_COUNT};
	code_uses uses = {0};
	struct code_need need = {0, 0};
	code_sums sum = {0};
	unsigned pc = code->count;

	code->sum[pc] = sum;
	code->need[pc] = need;
	code->uses[pc] = uses;
	while (pc > 0) {
		unsigned first = (pc - 1) & ~63u;
		uint64_t busy_bits = 0;

		while (pc-- > first) {
			unsigned word = packet_get16(words +
				ISA_INSN_SIZE * pc);
			struct code_insn *insn = &code->insn[pc];
			const struct row *row = decode_insn(code, insn, word,
				limits);
			bool busy = true;

			if (row->insn.effects & SPECIAL &&
			    decode_special(code, pc, insn, row, &uses))
				need = need_before_control(code, insn, row,
					need);
			else
				need = need_before(row, word, need, &busy);
			uses |= row->uses;
			sum -= row->sums;
			code->uses[pc] = uses;
			code->need[pc] = need;
			code->sum[pc] = sum;
			busy_bits = busy_bits << 1 | busy;
		}
		pc = first;
		code->busy[first / 64] = busy_bits;
	}
	code->fields |= uses[CODE_FIELDS];
}

/* What is wrong is to be told, whatever depends on it. */
static void
find_bad(struct code *code)
{
	for (unsigned pc = 0; pc < code->count; pc++)
		if (code->insn[pc].bad)
			set_bit(code->busy, pc);
}

/* The space of a key is that of the register, or anything. */
static struct code_need
need_before_word(const struct code_insn *insn, struct code_need need)
{
	uint64_t key = CODE_KEY(insn->key);

	if (need.rest & key) {
		need.rest &= ~key;
		need.regs |= insn->effects & R_A ? code_reg_a(insn->word) : 0;
	}
	return need;
}

/* Where keys change: what writes one is busy, what accesses one needs it. */
static void
find_needs_again(struct code *code)
{
	struct code_need need = {0, 0};

	for (unsigned pc = code->count; pc-- > 0;) {
		const struct code_insn *insn = &code->insn[pc];
		const struct row *row = insn->bad & CODE_BAD_WORD ?
			&rows[ROW_ILLEGAL] : find_row(insn->word);
		bool busy = false, writes = insn->effects & W_N &&
			insn->key < CODE_KEY_MAX;

		if (insn->effects & CONTROL && !is_idle(row, insn->word)) {
			need = need_before_control(code, insn, row, need);
		} else {
			if (writes && need.rest & CODE_KEY(insn->key))
				set_bit(code->busy, pc);
			if (writes)
				need = need_before_word(insn, need);
			need = need_before(row, insn->word, need, &busy);
		}
		if (busy || (insn->effects & PUSH && code->pushed_keys))
			set_bit(code->busy, pc);
		code->need[pc] = need;
	}
}

void
code_build(struct code *code, const uint8_t *packet,
	const struct packet_header *header, const struct notes *notes)
{
	const uint8_t *pad = packet + packet_pad_off(header->code_count);

	code->count = header->code_count;
	code->pad_count = header->pad_count;
	memset(code->targets, 0, sizeof(code->targets));
	memset(code->accesses, 0, sizeof(code->accesses));
	code->key_count = code->pushed_keys = 0;
	code->is_bad = code->has_rights = false;
	code->changed = code->fields = 0;
	decode_all(code, packet + PACKET_HEADER_SIZE);
	if (code->is_bad)
		find_bad(code);
	if (!(code->accesses[0] | code->accesses[1]))
		return;
	if (code->sum[0][CODE_PUSHES] != 0)
		code->changed |= ~low_bits(header->cursor);
	find_keys(code, pad, notes);
	if (code->key_count == 0)
		return;
	find_key_writes(code, header->cursor);
	find_needs_again(code);
}
