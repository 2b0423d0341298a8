/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What numbers were made of, noted beside a run; see witness-int.h.  The values
 * are the machine's: no instruction is carried out here.  What one reads and
 * writes is in its row of the table.
 */
#include "witness/witness-int.h"

#include <string.h>

enum {
	SOURCES = ISA_R_A | ISA_R_B | ISA_R_T | ISA_R_N | ISA_R_ENV
};

static unsigned
add_term(struct shadow *s, struct term term)
{
	if (s->term_count == TERM_MAX)
		return NO_TERM;
	s->terms[s->term_count] = term;
	return s->term_count++;
}

static unsigned
add_leaf(struct shadow *s, enum term_kind kind, unsigned n, uint32_t value)
{
	return add_term(s, (struct term){.kind = (uint8_t)kind,
		.n = (uint16_t)n, .value = value});
}

static int32_t
operand(const struct shadow *s, enum isa_kind kind)
{
	return isa_operand_of(s->word, s->op, kind);
}

static unsigned
pad_term(struct shadow *s, const struct vm *vm, unsigned n)
{
	if (n >= vm->pad_count)
		return NO_TERM;
	if (s->pad[n] == NO_TERM)
		s->pad[n] = (uint16_t)add_leaf(s, TERM_PAD, n,
			packet_get32(vm->pad + PACKET_WORD_SIZE * n));
	return s->pad[n];
}

static uint32_t
entry_value(const struct vm *vm, unsigned n)
{
	return packet_get32(vm->entry + PACKET_WORD_SIZE * n);
}

/* The one thing that an instruction reads which only copies. */
static unsigned
source_term(struct shadow *s, const struct vm *vm, unsigned effects)
{
	int32_t n;

	if (effects & ISA_R_N)
		return pad_term(s, vm, (unsigned)operand(s, ISA_KIND_WORD));
	if (effects & ISA_R_T)
		return s->entry[operand(s, ISA_KIND_ENTRY)];
	if (effects & ISA_R_ENV) {
		n = operand(s, ISA_KIND_FIELD);
		return add_leaf(s, TERM_ENV, (unsigned)n, vm->env[n]);
	}
	return s->reg[isa_reg(s->word, s->op, effects & ISA_R_A ? 0 : 1)];
}

static void
begin_turn(struct shadow *s)
{
	int b = isa_reg(s->word, s->op, 1);

	if (s->turn_count == PACKET_CODE_MAX)
		return;
	s->turns[s->turn_count] = (struct turn){.pc = s->pc,
		.at = s->pc_count - 1, .op = s->op,
		.a = s->reg[isa_reg(s->word, s->op, 0)],
		.b = b < 0 ? NO_TERM : s->reg[b]};
}

/* What is written back is looked up anew if it is mapped again. */
static void
note_written_back(struct shadow *s, const struct vm *vm)
{
	if (vm->mapped && vm->dirty)
		memcpy(s->entries[s->mapped].words, s->entry,
			sizeof(s->entry));
}

static void
begin_access(struct shadow *s, struct vm *vm)
{
	unsigned n = (unsigned)operand(s, ISA_KIND_KEY);
	struct access *access = &s->accesses[s->access_count];

	note_written_back(s, vm);
	if (n + 1 >= vm->pad_count || s->access_count == ACCESS_MAX)
		return;
	*access = (struct access){.pc = s->pc, .op = s->op,
		.live = ess_live_count(vm->store, vm->now_ns)};
	memcpy(access->key, vm->pad + PACKET_WORD_SIZE * n, KEY_SIZE);
	for (unsigned i = 0; i < 2; i++)
		access->key_terms[i] = (uint16_t)pad_term(s, vm, n + i);
	access->named = (s->op == ISA_LOOKUP || s->op == ISA_INSERT) &&
		access->key[0] >> 6 != KEY_INVITATION;
	if (access->named)
		access->name = vm->ops->name(vm, packet_get64(access->key));
	s->access_count++;
}

/* Before an instruction: what it will read. */
static void
begin_insn(struct shadow *s, struct vm *vm)
{
	unsigned effects;

	s->pc = vm->pc;
	s->begun = false;
	if (vm->pc >= vm->code_count)
		return;
	s->pcs[s->pc_count++] = (uint8_t)vm->pc;
	s->word = packet_get16(vm->code + ISA_INSN_SIZE * vm->pc);
	s->op = isa_decode(s->word);
	if (s->op == ISA_ILLEGAL)
		return;
	effects = isa_insns[s->op].effects;
	s->cursor = vm->cursor;
	s->begun = true;
	if (effects & ISA_STORE)
		begin_access(s, vm);
	else if (effects & ISA_JUMP && effects & ISA_R_A)
		begin_turn(s);
	else if (effects & SOURCES)
		s->source = (uint16_t)source_term(s, vm, effects);
}

static unsigned
find_mapped(struct shadow *s, const struct vm *vm, uint64_t name)
{
	struct mapped *entry;

	for (unsigned i = 0; i < s->entry_count; i++)
		if (s->entries[i].name == name)
			return i;
	if (s->entry_count == ACCESS_MAX)
		return 0;
	entry = &s->entries[s->entry_count];
	entry->name = name;
	for (unsigned n = 0; n < ISA_ENTRY_COUNT; n++)
		entry->words[n] = (uint16_t)add_leaf(s, TERM_ENTRY,
			s->entry_count * ISA_ENTRY_COUNT + n,
			entry_value(vm, n));
	return s->entry_count++;
}

static void
end_access(struct shadow *s, const struct vm *vm)
{
	int reg = isa_reg(s->word, s->op, 0);
	unsigned i = s->access_count - 1;

	s->reg[reg] = (uint16_t)add_leaf(s, TERM_RESULT, i, vm->r[reg]);
	if (!vm->mapped)
		return;
	s->mapped = find_mapped(s, vm, s->accesses[i].name);
	memcpy(s->entry, s->entries[s->mapped].words, sizeof(s->entry));
}

static void
end_register(struct shadow *s, const struct vm *vm, unsigned effects)
{
	int reg = isa_reg(s->word, s->op, 0), b = isa_reg(s->word, s->op, 1);
	bool reads = effects & SOURCES;
	unsigned term;

	if (!reads)
		term = add_leaf(s, TERM_CONST, 0, vm->r[reg]);
	else if (effects & ISA_R_A)
		term = add_term(s, (struct term){.kind = TERM_OP,
			.op = (uint8_t)s->op, .word = s->word,
			.a = s->reg[reg], .b = b < 0 ? NO_TERM : s->reg[b],
			.value = vm->r[reg]});
	else
		term = s->source;
	s->reg[reg] = (uint16_t)term;
}

/* After it: what it has written. */
static void
end_insn(struct shadow *s, const struct vm *vm)
{
	unsigned effects = isa_insns[s->op].effects;
	uint16_t source = s->source;

	if (effects & ISA_STORE)
		end_access(s, vm);
	else if (effects & ISA_W_A)
		end_register(s, vm, effects);
	else if (effects & ISA_W_T)
		s->entry[operand(s, ISA_KIND_ENTRY)] = source;
	else if (effects & ISA_W_N)
		s->pad[operand(s, ISA_KIND_WORD)] = source;
	else if (effects & ISA_PUSH && vm->cursor != s->cursor)
		s->pad[s->cursor] = source;
	else if (effects & ISA_JUMP && effects & ISA_R_A &&
	    s->turn_count < PACKET_CODE_MAX)
		s->turns[s->turn_count++].taken = vm->pc ==
			isa_target(s->word, s->op, s->pc);
	if (effects & ISA_JUMP && vm->pc > vm->code_count)
		s->beyond_pc = s->pc;
}

static void
step(struct vm *vm, void *arg)
{
	struct shadow *s = arg;

	if (s->begun)
		end_insn(s, vm);
	begin_insn(s, vm);
}

bool
shadow_run(struct shadow *s, const struct witness_input *input)
{
	s->turn_count = s->access_count = s->entry_count = s->pc_count = 0;
	s->begun = false;
	s->beyond_pc = PC_COUNT;
	memset(s->reg, 0, sizeof(s->reg));
	memset(s->entry, 0, sizeof(s->entry));
	memset(s->pad, 0, sizeof(s->pad));
	s->terms[NO_TERM] = (struct term){.kind = TERM_CONST};
	s->term_count = 1;
	return witness_run(input, step, s, &s->outcome);
}
