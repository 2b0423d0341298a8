/* SPDX-License-Identifier: BSD-2-Clause */
/* A program decoded; see code-int.h. */
#include "verify/code-int.h"

#include <string.h>

/*
 * Where operands lie, by the ruler in opcodes.def: registers and entry words in
 * bits 11..9 and 8..6.  The width of the others depends on the format.
 */
#define NO ISA_KIND_NO
#define REG ISA_KIND_REG
#define ENTRY ISA_KIND_ENTRY
#define WORD ISA_KIND_WORD
#define KEY ISA_KIND_KEY
#define FIELD ISA_KIND_FIELD
#define UINT ISA_KIND_UINT
#define SINT ISA_KIND_SINT
#define FAULTNO ISA_KIND_FAULTNO
#define DISP ISA_KIND_DISP
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

static const struct {
	uint16_t pad, jump;		/* operands that lie at bit 0 */
} masks[ISA_OP_COUNT] = {
#define WASP_OP(name, op, sub, mnemonic, format, effects, faults, cost, \
	notation, sentence, words) \
	[ISA_##name] = {FORMAT_PAD_##format, FORMAT_JUMP_##format},
#include "wasp/opcodes.def"
};

enum { NEEDS_PAD = ISA_R_N | ISA_W_N };

static void
add_sums(int16_t sum[static CODE_SUMS], const struct code_insn *insn)
{
	if (insn->bad & CODE_BAD_WORD)
		return;
	sum[CODE_STEPS]++;
	sum[CODE_COST] += isa_insns[insn->op].cost;
	sum[CODE_ACCESSES] += (insn->effects & ISA_STORE) != 0;
	sum[CODE_PUSHES] += (insn->effects & ISA_PUSH) != 0;
}

static void
decode_insn(struct code *code, unsigned pc, uint16_t word)
{
	struct code_insn *insn = &code->insn[pc];
	enum isa_op op = isa_decode(word);
	unsigned target;

	*insn = (struct code_insn){.word = word, .op = (uint8_t)op,
		.a = word >> 9 & 7, .b = word >> 6 & 7,
		.key = CODE_KEY_FIXED};
	if (op == ISA_ILLEGAL) {
		insn->bad = CODE_BAD_WORD;
		return;
	}
	insn->effects = isa_insns[op].effects;
	if (insn->effects & NEEDS_PAD) {
		insn->n = (uint8_t)(word & masks[op].pad);
		if (insn->n + ((insn->effects & ISA_STORE) ? 1u : 0u) >=
		    code->pad_count)
			insn->bad = CODE_BAD_PAD;
	}
	if (insn->effects & ISA_JUMP) {
		target = pc + 1 + (word & masks[op].jump);
		if (target > code->count)
			insn->bad = CODE_BAD_JUMP;
		insn->target = (uint8_t)(target > code->count ? code->count :
			target);
	}
}

static void
find_reached(struct code *code, unsigned pc)
{
	const struct code_insn *insn = &code->insn[pc];

	if (!code->reached[pc])
		return;
	if (!(insn->effects & ISA_END))
		code->reached[pc + 1] = true;
	if (insn->effects & ISA_JUMP)
		code->reached[insn->target] = true;
}

/* What the whole program does: to the scratchpad, and by the environment. */
static void
note_uses(struct code *code, const struct code_insn *insn, unsigned cursor)
{
	unsigned field = insn->word & 127;

	if (insn->effects & ISA_W_N && !insn->bad)
		code->changed |= UINT64_C(1) << insn->n;
	if (insn->effects & ISA_PUSH && cursor < PACKET_PAD_MAX)
		code->changed |= ~UINT64_C(0) << cursor;
	if (insn->effects & ISA_R_ENV) {
		code->reads_hook |= field == ISA_ENV_HOOK;
		code->reads_back |= field == ISA_ENV_BACK;
	}
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
	insn->spaces = insn->bad ? 1 << KEY_PUBLIC : CODE_SPACES;
	if (insn->bad || insn->op == ISA_INVITE)
		return;
	if (code->changed >> insn->n & 1)
		insn->key = key_index(code, insn->n);
	else
		insn->spaces = fixed_spaces(pad, insn->n, notes);
}

static void
find_keys(struct code *code, const uint8_t *pad, unsigned cursor,
	const struct notes *notes)
{
	for (unsigned pc = 0; pc < code->count; pc++) {
		struct code_insn *insn = &code->insn[pc];

		if (!(insn->effects & ISA_STORE))
			continue;
		find_key(code, insn, pad, notes);
		code->has_rights |= insn->op == ISA_INVITE ||
			insn->op == ISA_REROUTE || (insn->op == ISA_INSERT &&
				insn->spaces & 1u << KEY_PROTECTED);
	}
	for (unsigned i = 0; i < code->key_count; i++)
		if (code->key_word[i] >= cursor)
			code->pushed_keys |= (uint8_t)(1u << i);
	for (unsigned pc = 0; code->key_count && pc < code->count; pc++) {
		struct code_insn *insn = &code->insn[pc];

		if (insn->effects & ISA_W_N)
			for (unsigned i = 0; i < code->key_count; i++)
				if (code->key_word[i] == insn->n)
					insn->key = (uint8_t)i;
	}
}

/* Registers whose values the result is computed from. */
static uint8_t
sources(const struct code_insn *insn)
{
	return (uint8_t)((insn->effects & ISA_R_A ? 1u << insn->a : 0) |
		(insn->effects & ISA_R_B ? 1u << insn->b : 0));
}

static struct code_need
need_before(const struct code *code, unsigned pc)
{
	const struct code_insn *insn = &code->insn[pc];
	struct code_need need = code->need[pc + 1];
	uint8_t key = (uint8_t)(1u << insn->key);

	if (insn->effects & ISA_END)
		need = (struct code_need){0};
	if (insn->effects & ISA_JUMP) {
		need.regs |= code->need[insn->target].regs | sources(insn);
		need.keys |= code->need[insn->target].keys;
		need.entry |= code->need[insn->target].entry;
	} else if (insn->effects & ISA_W_A && need.regs >> insn->a & 1) {
		need.regs &= (uint8_t)~(1u << insn->a);
		need.regs |= sources(insn);
	}
	if (insn->effects & ISA_W_N && insn->key < CODE_KEY_MAX &&
	    need.keys & key) {
		need.keys &= (uint8_t)~key;
		need.regs |= sources(insn);
	}
	if (insn->effects & ISA_STORE) {
		need.entry = false;
		if (insn->key < CODE_KEY_MAX)
			need.keys |= key;
	}
	if (insn->effects & (ISA_R_T | ISA_W_T))
		need.entry = true;
	return need;
}

static bool
is_idle(const struct code *code, unsigned pc)
{
	const struct code_insn *insn = &code->insn[pc];
	const struct code_need *after = &code->need[pc + 1];

	if (insn->bad || insn->effects & (ISA_R_T | ISA_W_T | ISA_STORE |
		ISA_JUMP | ISA_END))
		return false;
	if (insn->effects & ISA_W_A && after->regs >> insn->a & 1)
		return false;
	if (insn->effects & ISA_W_N && insn->key < CODE_KEY_MAX)
		return !(after->keys >> insn->key & 1);
	return !(insn->effects & ISA_PUSH && code->pushed_keys);
}

/* All but the large tables, which are filled as far as they are used. */
static void
code_clear(struct code *code)
{
	code->changed = 0;
	code->key_count = code->pushed_keys = 0;
	code->reads_hook = code->reads_back = code->has_rights = false;
	memset(code->reached, 0, sizeof(code->reached));
	code->reached[0] = true;
	memset(code->sum[0], 0, sizeof(code->sum[0]));
}

void
code_build(struct code *code, const uint8_t *packet,
	const struct packet_header *header, const struct notes *notes)
{
	const uint8_t *pad = packet + packet_pad_off(header->code_count);

	code_clear(code);
	code->count = header->code_count;
	code->pad_count = header->pad_count;
	for (unsigned pc = 0; pc < code->count; pc++) {
		decode_insn(code, pc, packet_get16(packet +
			PACKET_HEADER_SIZE + ISA_INSN_SIZE * pc));
		memcpy(code->sum[pc + 1], code->sum[pc], sizeof(code->sum[pc]));
		add_sums(code->sum[pc + 1], &code->insn[pc]);
		if (!code->reached[pc])
			continue;
		find_reached(code, pc);
		note_uses(code, &code->insn[pc], header->cursor);
	}
	find_keys(code, pad, header->cursor, notes);
	code->need[code->count] = (struct code_need){0};
	for (unsigned pc = code->count; pc-- > 0;) {
		code->need[pc] = need_before(code, pc);
		code->insn[pc].idle = is_idle(code, pc);
	}
}
