/* SPDX-License-Identifier: BSD-2-Clause */
/* A program decoded; see code-int.h. */
#include "verify/code-int.h"
#include "wasp/opcode-words.h"

#include <string.h>

#define HAS(effects, effect) (((effects) & (effect)) != 0)

/*
 * Where operands lie, by the ruler in opcodes.def: registers and entry words in
 * bits 11..9 and 8..6; what has a limit, or says how far to jump, from bit 0 on.
 * Its width depends on the format.
 */
#define HAS_LIMIT(kind) ((kind) == WORD || (kind) == KEY || (kind) == FIELD)
#define LOW_BITS(kind, shift, width) \
	((kind) == DISP || HAS_LIMIT(kind) ? (1 << (width)) - 1 : 0)

/*
 * Bits that must be zero lie above these, so one comparison finds both what is
 * illegal and what is too large: these bits of a word, as a number, are less
 * than the limit of their kind.
 */
enum limit {
	LIMIT_UNUSED,			/* no instruction has this code */
	LIMIT_ZERO, LIMIT_PAD, LIMIT_KEY, LIMIT_FIELD, LIMIT_JUMP, LIMIT_COUNT
};
#define LIMIT_OF(kind, shift, width) \
	((kind) == WORD ? LIMIT_PAD - LIMIT_ZERO : \
		(kind) == KEY ? LIMIT_KEY - LIMIT_ZERO : \
		(kind) == FIELD ? LIMIT_FIELD - LIMIT_ZERO : \
		(kind) == DISP ? LIMIT_JUMP - LIMIT_ZERO : 0)
enum {
#define WASP_FORMAT(name, a, b, c) \
	FORMAT_LIMIT_##name = LIMIT_ZERO + (LIMIT_OF a | LIMIT_OF b | \
		LIMIT_OF c), \
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

/*
 * How to decode it: most just write a register, from what registers hold or the
 * instruction says.
 */
enum kind { KIND_WRITE, KIND_JUMP, KIND_FIELD, KIND_OTHER };
enum { OTHER = END | STORE | W_N | R_T | W_T | PUSH };
#define KIND_OF(effects) (HAS(effects, JUMP) ? KIND_JUMP : \
	HAS(effects, OTHER) ? KIND_OTHER : \
	HAS(effects, R_ENV) ? KIND_FIELD : KIND_WRITE)

/*
 * What is asked of a row, in one line of the cache.  reads_a, reads_b and loses_a
 * are a byte of what is needed (struct code_need) if the instruction reads that
 * operand, or overwrites the first without, else 0.
 */
struct row {
	_Alignas(64) code_sums sums;
	code_uses uses;			/* but for a field */
	struct code_insn insn;		/* but for the word and its operands */
	uint32_t low;			/* bits that the limit is about */
	uint8_t limit;			/* enum limit */
	uint8_t kind;			/* enum kind */
	uint8_t reads_a, reads_b, loses_a;
};

#define SUMS(cost, accesses, pushes) \
	{1, cost, accesses, pushes, -1, -(cost), -(accesses), -(pushes)}
#define BYTE_IF(condition) ((condition) ? UINT8_MAX : 0)
static const struct row rows[ROW_COUNT] = {
#define WASP_OP(name, op, sub, mnemonic, format, effects, faults, cost, \
	notation, sentence, words) \
	[BASE_##op + (sub)] = {SUMS(cost, HAS(effects, STORE), \
		HAS(effects, PUSH)), {UINT64_C(1) << ISA_##name, 0}, \
		{0, effects, ISA_##name, 0, CODE_KEY_FIXED, 0, {0}}, \
		ISA_ZERO_##name | FORMAT_LOW_##format, FORMAT_LIMIT_##format, \
		KIND_OF(effects), \
		BYTE_IF(HAS(effects, R_A)), BYTE_IF(HAS(effects, R_B)), \
		BYTE_IF(HAS(effects, W_A) && !HAS(effects, R_A))},
#include "wasp/opcodes.def"
	/* Illegal words are no step. */
	[ROW_ILLEGAL] = {.uses = {UINT64_C(1) << ISA_ILLEGAL, 0},
		.insn = {0, 0, ISA_ILLEGAL, CODE_BAD_WORD, CODE_KEY_FIXED, 0,
			{0}}}
};
/* Bits that must be zero are above those that the limit is about. */
#define WASP_OP(name, op, sub, mnemonic, format, effects, faults, cost, \
	notation, sentence, words) \
	_Static_assert((int)ISA_ZERO_##name == 0 || \
		((int)ISA_ZERO_##name > (int)FORMAT_LOW_##format && \
		(int)FORMAT_LIMIT_##format != (int)LIMIT_JUMP), #name);
#include "wasp/opcodes.def"

static const struct {
	const struct row *rows;
	unsigned shift, mask;
} groups[16] = {
#define WASP_GROUP(op, shift, width) \
	[op] = {&rows[BASE_##op], shift, (1 << (width)) - 1},
#include "wasp/opcodes.def"
};

/* What the code of a word stands for, if all of it is legal. */
static inline const struct row *
find_row(unsigned word)
{
	unsigned op = word >> ISA_OP_SHIFT;

	return &groups[op].rows[word >> groups[op].shift & groups[op].mask];
}

static inline void
set_bit(uint64_t *bits, size_t i)
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

/* What can follow an instruction, and what it does to that. */
struct behind {
	struct code_need need;
	code_uses uses;			/* until control goes elsewhere */
	code_sums sum;
	uint64_t busy;			/* bits, of those looked at */
};

/* Registers whose values the result is computed from. */
static inline uint64_t
reads_of(const struct row *row, unsigned word)
{
	return (uint64_t)row->reads_a << code_shift_a(word) |
		(uint64_t)row->reads_b << code_shift_b(word);
}

/* A register is written: busy, if something depends on it. */
static inline void
write_register(struct behind *behind, const struct row *row, unsigned word)
{
	unsigned a = code_shift_a(word);

	if (!(behind->need.regs >> a & 1))
		return;
	behind->need.regs ^= (uint64_t)row->loses_a << a;
	behind->need.regs |= (uint64_t)row->reads_b << code_shift_b(word);
	behind->busy |= 1;
}

/* A jump to the next instruction is none: what it tests makes no difference. */
static inline bool
is_idle(const struct row *row, unsigned word)
{
	return !(word & row->low);
}

static inline void
jump(const struct row *row, unsigned word, const struct code_need *target,
	struct behind *behind)
{
	if (row->insn.effects & END) {
		behind->need = *target;
	} else {
		behind->need.regs |= target->regs | reads_of(row, word);
		behind->need.rest |= target->rest;
	}
	behind->uses = (code_uses){0};
	behind->busy |= 1;
}

/* What others do, but for what they say of the program. */
static inline void
pass_other(const struct code_insn *insn, const struct row *row,
	struct behind *behind)
{
	if (row->insn.effects & END) {
		behind->need = (struct code_need){0, 0};
		behind->uses = (code_uses){0};
		behind->busy |= 1;
		return;
	}
	if (row->insn.effects & W_A)
		write_register(behind, row, insn->word);
	if (row->insn.effects & (R_T | W_T)) {
		behind->need.rest |= CODE_ENTRY;
		behind->busy |= 1;
	}
	if (row->insn.effects & STORE) {
		behind->need.rest &= ~CODE_ENTRY;
		if (insn->key < CODE_KEY_MAX)
			behind->need.rest |= CODE_KEY(insn->key);
		behind->busy |= 1;
	}
}

/* Decode what is wrong where it stands; returns the row that the word is of. */
static const struct row *
decode_bad(struct code *code, struct code_insn *insn, const struct row *row)
{
	uint16_t word = insn->word;

	code->is_bad = true;
	if (isa_decode(word) != ISA_ILLEGAL) {
		insn->bad = CODE_BAD_PAD;
		return row;
	}
	*insn = rows[ROW_ILLEGAL].insn;
	insn->word = word;
	return &rows[ROW_ILLEGAL];
}

/* Decode a word, but for where it jumps to. */
static inline const struct row *
decode_insn(struct code *code, struct code_insn *insn, unsigned word,
	const unsigned limits[static LIMIT_COUNT])
{
	const struct row *row = find_row(word);
	unsigned low = word & row->low;

	*insn = row->insn;
	insn->word = (uint16_t)word;
	insn->n = (uint8_t)low;
	if (__builtin_expect(low >= limits[row->limit], false))
		return decode_bad(code, insn, row);
	return row;
}

/* Where it jumps to; to the next instruction is no jump. */
static inline void
decode_jump(struct code *code, size_t pc, unsigned word,
	const struct row *row, struct behind *behind)
{
	struct code_insn *insn = &code->insn[pc];
	size_t target = pc + 1 + (word & row->low);

	if (target > code->count) {
		insn->bad = CODE_BAD_JUMP;
		target = code->count;
	}
	insn->target = (uint8_t)target;
	if (is_idle(row, word))
		return;
	set_bit(code->targets, target);
	jump(row, word, &code->need[target], behind);
}

static inline void
decode_field(struct code *code, unsigned word, struct behind *behind)
{
	uint64_t field = UINT64_C(1) << (word & ISA_FIELD_MASK) % 64;

	behind->uses |= (code_uses){0, field};
	code->fields |= field;
}

/* What is not the same for most instructions, and says more of the program. */
static inline void
decode_other(struct code *code, size_t pc, const struct code_insn *insn,
	const struct row *row, struct behind *behind)
{
	if (row->insn.effects & R_ENV)
		decode_field(code, insn->word, behind);
	if (row->insn.effects & STORE)
		set_bit(code->accesses, pc);
	if (row->insn.effects & W_N && !insn->bad)
		code->changed |= UINT64_C(1) << insn->n % 64;
	pass_other(insn, row, behind);
}

/*
 * Most instructions just write a register.  An illegal one does not, but is busy
 * anyway: see find_bad.
 */
static inline void
decode_at(struct code *code, size_t pc, unsigned word,
	const unsigned limits[static LIMIT_COUNT], struct behind *behind)
{
	struct code_insn *insn = &code->insn[pc];
	const struct row *row = decode_insn(code, insn, word, limits);

	behind->busy <<= 1;
	switch (row->kind) {
	case KIND_FIELD:
		decode_field(code, word, behind);
		/* fall through */
	case KIND_WRITE:
		write_register(behind, row, word);
		break;
	case KIND_JUMP:
		decode_jump(code, pc, word, row, behind);
		break;
	default:
		decode_other(code, pc, insn, row, behind);
	}
	behind->uses |= row->uses;
	behind->sum -= row->sums;
	code->uses[pc] = behind->uses;
	code->need[pc] = behind->need;
	code->sum[pc] = behind->sum;
}

/*
 * All in one pass backwards, as if no key changed.  Sums are less than those of
 * the whole program, since only what lies between two instructions is ever
 * asked.  pc is a size_t, as addresses are, which saves the compiler its widening.
 */
static void
decode_all(struct code *code, const uint8_t *words)
{
	const unsigned limits[LIMIT_COUNT] = {[LIMIT_ZERO] = 1,
		[LIMIT_PAD] = code->pad_count,
		[LIMIT_KEY] = code->pad_count ? code->pad_count - 1 : 0,
		[LIMIT_FIELD] = ISA_ENV_COUNT, [LIMIT_JUMP] = UINT32_MAX};
	struct behind behind = {{0, 0}, {0}, {0}, 0};
	size_t pc = code->count;

	code->sum[pc] = behind.sum;
	code->need[pc] = behind.need;
	code->uses[pc] = behind.uses;
	while (pc > 0) {
		size_t first = (pc - 1) / 64 * 64;

		do {
			pc--;
			decode_at(code, pc, packet_get16(words +
				ISA_INSN_SIZE * pc), limits, &behind);
		} while (pc > first);
		code->busy[first / 64] = behind.busy;
		behind.busy = 0;
	}
}

/* What is wrong is to be told, whatever depends on it. */
static void
find_bad(struct code *code)
{
	for (unsigned pc = 0; pc < code->count; pc++)
		if (code->insn[pc].bad)
			set_bit(code->busy, pc);
}

/*
 * A word of keys that change is written: their space is that of the register, or
 * anything.
 */
static void
write_word(struct behind *behind, const struct code_insn *insn)
{
	uint64_t key = CODE_KEY(insn->key);

	if (!(behind->need.rest & key))
		return;
	behind->need.rest &= ~key;
	behind->need.regs |= insn->effects & R_A ? code_reg_a(insn->word) : 0;
	behind->busy |= 1;
}

/* Where keys change: what writes one is busy, what accesses one needs it. */
static void
find_needs_again(struct code *code)
{
	struct behind behind = {{0, 0}, {0}, {0}, 0};

	for (unsigned pc = code->count; pc-- > 0;) {
		const struct code_insn *insn = &code->insn[pc];
		const struct row *row = insn->bad & CODE_BAD_WORD ?
			&rows[ROW_ILLEGAL] : find_row(insn->word);

		behind.busy = insn->effects & PUSH && code->pushed_keys;
		if (insn->effects & W_N && insn->key < CODE_KEY_MAX)
			write_word(&behind, insn);
		if (!(insn->effects & JUMP))
			pass_other(insn, row, &behind);
		else if (!is_idle(row, insn->word))
			jump(row, insn->word, &code->need[insn->target],
				&behind);
		if (behind.busy)
			set_bit(code->busy, pc);
		code->need[pc] = behind.need;
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
