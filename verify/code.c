/* SPDX-License-Identifier: BSD-2-Clause */
/* A program decoded; see code-int.h. */
#include "verify/code-int.h"
#include "wasp/opcode-words.h"

#include <string.h>

/*
 * Where operands lie, by the ruler in opcodes.def: registers and entry words in
 * bits 11..9 and 8..6.  The width of the others depends on the format.
 */
#define PAD_BITS(kind, shift, width) \
	((kind) == WORD || (kind) == KEY ? (1 << (width)) - 1 : 0)
#define JUMP_BITS(kind, shift, width) \
	((kind) == DISP ? (1 << (width)) - 1 : 0)
enum {
#define WASP_FORMAT(name, a, b, c) \
	FORMAT_PAD_##name = PAD_BITS a | PAD_BITS b | PAD_BITS c, \
	FORMAT_JUMP_##name = JUMP_BITS a | JUMP_BITS b | JUMP_BITS c,
#include "wasp/opcodes.def"
};

#define HAS(effects, effect) (((effects) & (effect)) != 0)
#define SUMS(cost, accesses, pushes) \
	{1, cost, accesses, pushes, -1, -(cost), -(accesses), -(pushes)}

/* What is asked of a row, close together. */
static const struct row {
	code_sums sums;
	uint16_t effects;
	uint16_t pad, jump;		/* operands that lie at bit 0 */
} rows[ISA_OP_COUNT + 1] = {	/* illegal words are no step */
#define WASP_OP(name, op, sub, mnemonic, format, effects, faults, cost, \
	notation, sentence, words) \
	[ISA_##name] = {SUMS(cost, HAS(effects, STORE), \
		HAS(effects, PUSH)), effects, FORMAT_PAD_##format, \
		FORMAT_JUMP_##format},
#include "wasp/opcodes.def"
};

enum { NEEDS_PAD = ISA_R_N | ISA_W_N };

static void
decode_pad(const struct code *code, struct code_insn *insn)
{
	unsigned n = insn->word & rows[insn->op].pad;

	insn->n = (uint8_t)n;
	if (n + HAS(insn->effects, STORE) >= code->pad_count)
		insn->bad = CODE_BAD_PAD;
}

static void
decode_jump(const struct code *code, unsigned pc, struct code_insn *insn)
{
	unsigned target = pc + 1 + (insn->word & rows[insn->op].jump);

	if (target > code->count) {
		insn->bad = CODE_BAD_JUMP;
		target = code->count;
	}
	insn->target = (uint8_t)target;
}

static inline void
decode_insn(const struct code *code, unsigned pc, uint16_t word,
	struct code_insn *insn)
{
	enum isa_op op = isa_decode(word);
	unsigned effects = rows[op].effects;

	insn->word = word;
	insn->effects = (uint16_t)effects;
	insn->op = (uint8_t)op;
	insn->a = word >> 9 & 7;
	insn->b = word >> 6 & 7;
	insn->key = CODE_KEY_FIXED;
	insn->bad = op == ISA_ILLEGAL ? CODE_BAD_WORD : 0;
	if (effects & NEEDS_PAD)
		decode_pad(code, insn);
	else if (effects & JUMP)
		decode_jump(code, pc, insn);
}

/* What the whole program does: to the scratchpad, by the environment, keys. */
static void
note_uses(struct code *code, const struct code_insn *insn, unsigned pc,
	unsigned cursor)
{
	unsigned field = insn->word & 127;

	if (insn->effects & W_N && !insn->bad)
		code->changed |= UINT64_C(1) << insn->n;
	if (insn->effects & PUSH && cursor < PACKET_PAD_MAX)
		code->changed |= ~UINT64_C(0) << cursor;
	if (insn->effects & R_ENV) {
		code->reads_hook |= field == ISA_ENV_HOOK;
		code->reads_back |= field == ISA_ENV_BACK;
	}
	if (insn->effects & STORE)
		code->access[code->access_count++] = (uint8_t)pc;
}

enum { NOTED = W_N | PUSH | R_ENV | STORE };

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
	insn->spaces = insn->bad ? 1 << KEY_PUBLIC : CODE_SPACES;
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
	for (unsigned i = 0; i < code->access_count; i++) {
		struct code_insn *insn = &code->insn[code->access[i]];

		find_key(code, insn, pad, notes);
		code->has_rights |= insn->op == ISA_INVITE ||
			insn->op == ISA_REROUTE || (insn->op == ISA_INSERT &&
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
static uint32_t
needs_of(const struct code_insn *insn)
{
	return (uint32_t)HAS(insn->effects, R_A) << insn->a |
		(uint32_t)HAS(insn->effects, R_B) << insn->b;
}

/* Registers and keys that it gives another value. */
static uint32_t
changes_of(const struct code_insn *insn)
{
	uint32_t changes = (uint32_t)HAS(insn->effects, W_A) << insn->a;

	if (insn->effects & W_N && insn->key < CODE_KEY_MAX)
		changes |= (uint32_t)CODE_NEED_KEY << insn->key;
	return changes;
}

enum { ALWAYS_BUSY = R_T | W_T | STORE | JUMP | END };

/*
 * What is needed before an instruction, from what is behind it; if it changes
 * nothing of that, it is idle.
 */
static uint32_t
find_special_need(const struct code *code, struct code_insn *insn,
	uint32_t need)
{
	uint32_t changes = changes_of(insn);

	if (insn->effects & END)
		need = 0;
	if (insn->effects & JUMP)
		need |= code->need[insn->target] | needs_of(insn);
	changes &= need;
	insn->idle = !(insn->effects & ALWAYS_BUSY) && !insn->bad &&
		!changes && !(insn->effects & PUSH && code->pushed_keys);
	if (changes) {
		need &= ~changes;
		need |= needs_of(insn);
	}
	if (insn->effects & STORE) {
		need &= ~(uint32_t)CODE_NEED_ENTRY;
		if (insn->key < CODE_KEY_MAX)
			need |= (uint32_t)CODE_NEED_KEY << insn->key;
	} else if (insn->effects & (R_T | W_T)) {
		need |= CODE_NEED_ENTRY;
	}
	return need;
}

/*
 * The same; most instructions only give a register another value, or, where no
 * key changes, a word that nothing depends on.
 */
static inline uint32_t
find_need(const struct code *code, struct code_insn *insn, uint32_t need)
{
	unsigned effects = insn->effects;

	if (!(effects & (ALWAYS_BUSY | W_A)) && !insn->bad &&
	    code->key_count == 0) {
		insn->idle = true;
		return need;
	}
	if (effects & (ALWAYS_BUSY | PUSH | W_N) || insn->bad)
		return find_special_need(code, insn, need);
	insn->idle = !(need >> insn->a & 1);
	if (insn->idle)
		return need;
	return (need & ~((uint32_t)1 << insn->a)) | needs_of(insn);
}

/*
 * All in one pass backwards.  Sums are less than those of the whole program,
 * since only what lies between two instructions is ever asked.
 */
static void
decode_all(struct code *code, const uint8_t *words, unsigned cursor)
{
	code_sums sum = {0};
	uint32_t need = 0;

	code->sum[code->count] = sum;
	code->need[code->count] = need;
	for (unsigned pc = code->count; pc-- > 0;) {
		struct code_insn *insn = &code->insn[pc];

		decode_insn(code, pc, packet_get16(words + ISA_INSN_SIZE * pc),
			insn);
		if (insn->effects & NOTED)
			note_uses(code, insn, pc, cursor);
		need = find_need(code, insn, need);
		sum -= rows[insn->op].sums;
		code->need[pc] = need;
		code->sum[pc] = sum;
	}
}

static void
find_needs_again(struct code *code)
{
	uint32_t need = 0;

	for (unsigned pc = code->count; pc-- > 0;)
		code->need[pc] = need = find_need(code, &code->insn[pc], need);
}

void
code_build(struct code *code, const uint8_t *packet,
	const struct packet_header *header, const struct notes *notes)
{
	const uint8_t *pad = packet + packet_pad_off(header->code_count);

	code->count = header->code_count;
	code->pad_count = header->pad_count;
	code->changed = 0;
	code->access_count = code->key_count = code->pushed_keys = 0;
	code->reads_hook = code->reads_back = code->has_rights = false;
	decode_all(code, packet + PACKET_HEADER_SIZE, header->cursor);
	find_keys(code, pad, notes);
	if (code->key_count == 0)
		return;
	find_key_writes(code, header->cursor);
	find_needs_again(code);
}
