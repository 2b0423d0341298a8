/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From a WASP program to BPF instructions; see translate.h.  One pass forward:
 * a program has no backward jump, so when an instruction is reached all that
 * can lead to it has been seen, and what is known of the machine there
 * (`struct facts`) need only be joined, never iterated.
 *
 * What the kernel's verifier would have to tell apart on two paths that join
 * lies in memory of a map, of which it knows nothing; so its work is linear in
 * the program's length, whatever a sender makes up.  For the same reason min
 * and max are written without a jump.
 */
#include "xdp/translate-int.h"

#include <stdlib.h>

#define X(name, symbol) symbol,
const char *const translate_functions[] = {TRANSLATE_FUNCTIONS(X)};
#undef X

static const uint8_t pool[] = {BPF_REG_2, BPF_REG_3, BPF_REG_4, BPF_REG_5};
#define POOL_COUNT (sizeof(pool) / sizeof(*pool))

/* What is known before */

static unsigned
operand(const struct making *t, enum isa_kind kind)
{
	return (unsigned)isa_operand_of(t->word, t->op, kind);
}

static void
decode(struct making *t, unsigned pc)
{
	t->pc = pc;
	t->word = packet_get16(t->code + ISA_INSN_SIZE * pc);
	t->op = isa_decode(t->word);
}

/* Past the end is the end. */
static unsigned
target(const struct making *t)
{
	unsigned to = isa_target(t->word, t->op, t->pc);

	return to < t->code_count ? to : t->code_count;
}

/* Which registers are read before they are written, from each pc on. */
static void
find_live(struct making *t)
{
	for (unsigned pc = t->code_count; pc-- > 0;) {
		unsigned live = t->live[pc + 1], effects;

		decode(t, pc);
		if (t->op == ISA_ILLEGAL) {
			t->live[pc] = 0;
			continue;
		}
		effects = isa_insns[t->op].effects;
		if (effects & ISA_END)
			live = 0;
		if (effects & ISA_JUMP)
			live |= t->live[target(t)];
		if (effects & ISA_W_A)
			live &= ~(1u << isa_reg(t->word, t->op, 0));
		if (effects & ISA_R_A)
			live |= 1u << isa_reg(t->word, t->op, 0);
		if (effects & ISA_R_B)
			live |= 1u << isa_reg(t->word, t->op, 1);
		t->live[pc] = (uint8_t)live;
		t->writes |= effects & (ISA_W_N | ISA_PUSH);
	}
}

/* Where control goes */

static void
join(struct facts *into, const struct facts *from)
{
	if (!into->reached) {
		*into = *from;
		return;
	}
	into->maps |= from->maps;
	into->link_maps |= from->link_maps;
	if (into->link != from->link)
		into->link = NO_LINK;
	into->dirty &= from->dirty;
	into->env_have &= from->env_have;
}

static int32_t
counted(const struct making *t)
{
	return (int32_t)(t->cost << 8 | t->steps);
}

static void
add_count(struct making *t)
{
	if (t->steps)
		emit_alu64_imm(&t->e, BPF_ADD, COUNT, counted(t));
	t->steps = t->cost = 0;
}

/* What another place needs to find in memory when control goes there. */
static void
settle(struct making *t, unsigned pc)
{
	regs_save(&t->regs, t->live[pc]);
	add_count(t);
}

/* Where two paths meet, and nothing is held. */
static void
meet(struct making *t, unsigned pc)
{
	if (!t->at[pc].reached)
		return;
	if (t->now.reached) {
		settle(t, pc);
		join(&t->at[pc], &t->now);
	}
	emit_label(&t->e, pc);
	regs_forget(&t->regs);
	t->now = t->at[pc];
}

static unsigned
fault_label(struct making *t, enum isa_fault fault)
{
	struct fault_exit *exit = &t->faults[t->fault_count++];

	*exit = (struct fault_exit){.label = emit_new_label(&t->e),
		.fault = (uint8_t)fault, .pc = (uint8_t)t->pc,
		.count = counted(t)};
	return exit->label;
}

/* A fault that comes for sure. */
static void
fail(struct making *t, enum isa_fault fault)
{
	emit_jump(&t->e, fault_label(t, fault));
	t->now.reached = false;
	t->steps = t->cost = 0;
	regs_forget(&t->regs);
}

/* The verdict of a new run is forward. */
static void
end_run(struct making *t, int verdict)
{
	if (verdict != VM_FORWARD)
		SET_FIELD(t, verdict, verdict);
	add_count(t);
	emit_jump(&t->e, LABEL_LEAVE);
	t->now.reached = false;
	regs_forget(&t->regs);
}

/* Operands */

static unsigned
use(struct making *t, unsigned reg)
{
	return regs_use(&t->regs, reg);
}

static unsigned
set(struct making *t, unsigned reg)
{
	if (t->now.link == reg)
		t->now.link = NO_LINK;
	return regs_set(&t->regs, reg);
}

/* A register that is read and written. */
static unsigned
change(struct making *t, unsigned reg)
{
	use(t, reg);
	return set(t, reg);
}

static unsigned
first(const struct making *t)
{
	return (unsigned)isa_reg(t->word, t->op, 0);
}

static unsigned
second(const struct making *t)
{
	return (unsigned)isa_reg(t->word, t->op, 1);
}

/* false: the word is not there, and that was the end. */
static bool
need_word(struct making *t, unsigned n)
{
	if (n < t->pad_count)
		return true;
	fail(t, ISA_FAULT_SCRATCHPAD);
	return false;
}

/* Leave with a fault if that field is 0. */
static void
need_field(struct making *t, int off, enum isa_fault fault)
{
	emit_load(&t->e, BPF_B, TMP0, RUN, off);
	emit_jump_if_imm(&t->e, BPF_JEQ, TMP0, 0, fault_label(t, fault));
}

static bool
need_entry(struct making *t)
{
	if (t->now.maps == MAPS_NONE) {
		fail(t, ISA_FAULT_UNMAPPED);
		return false;
	}
	if (t->now.maps & MAPS_NONE)
		need_field(t, FIELD(mapped), ISA_FAULT_UNMAPPED);
	t->now.maps &= (uint8_t)~MAPS_NONE;
	return true;
}

static bool
need_writable(struct making *t)
{
	if (!need_entry(t))
		return false;
	if (t->now.maps == MAPS_READ) {
		fail(t, ISA_FAULT_READONLY);
		return false;
	}
	if (t->now.maps & MAPS_READ)
		need_field(t, FIELD(writable), ISA_FAULT_READONLY);
	t->now.maps = MAPS_WRITE;
	return true;
}

/* The scratchpad and the entry; both hold words as they lie in packets */

static int
word_off(const struct making *t, unsigned n)
{
	return (int)pad_off(t, n);
}

static int
entry_off(unsigned n)
{
	return FIELD(entry) + (int)(PACKET_WORD_SIZE * n);
}

static void
mark(struct making *t, int bit)
{
	LOAD_FIELD(t, TMP0, marks);
	emit_alu32_imm(&t->e, BPF_OR, TMP0, bit);
	STORE_FIELD(t, marks, TMP0);
}

/* Before something that destroys what registers hold. */
static void
save_live(struct making *t)
{
	regs_save(&t->regs, t->live[t->pc + 1]);
}

/* TMP1 is what the word gets, as it shall lie there; TMP0 is lost. */
static void
put_word_at(struct making *t, unsigned base, int off)
{
	emit_load(&t->e, BPF_W, TMP0, base, off);
	emit_store(&t->e, BPF_W, base, off, TMP1);
	emit_alu64(&t->e, BPF_ADD, CHANGE, TMP1);
	emit_alu64(&t->e, BPF_SUB, CHANGE, TMP0);
}

static void
put_entry(struct making *t, unsigned n)
{
	emit_store(&t->e, BPF_W, RUN, entry_off(n), TMP1);
	if (!t->now.dirty)
		SET_FIELD(t, dirty, 1);
	t->now.dirty = true;
}

/* TMP1 is a register as it lies in packets. */
static void
take_register(struct making *t, unsigned reg)
{
	emit_alu32(&t->e, BPF_MOV, TMP1, use(t, reg));
	emit_big_endian(&t->e, TMP1, 32);
}

/*
 * Append TMP1.  The cursor is the packet's own, so where it points is checked
 * at every push, against the length and, for the verifier, against the end.
 */
static void
push(struct making *t)
{
	unsigned full = emit_new_label(&t->e), out = emit_new_label(&t->e);
	struct emit *e = &t->e;

	if (t->pad_count == 0) {
		mark(t, PACKET_STATUS_FULL);
		return;
	}
	save_live(t);
	LOAD_FIELD(t, TMP0, cursor);
	emit_jump_if_imm(e, BPF_JGE, TMP0, (int32_t)t->pad_count, full);
	mov64(t, BPF_REG_2, TMP0);
	emit_alu64_imm(e, BPF_LSH, BPF_REG_2, 2);
	emit_alu64(e, BPF_ADD, BPF_REG_2, WASP);
	emit_alu64_imm(e, BPF_ADD, BPF_REG_2, word_off(t, 0));
	mov64(t, BPF_REG_3, BPF_REG_2);
	emit_alu64_imm(e, BPF_ADD, BPF_REG_3, PACKET_WORD_SIZE);
	load_ctx(t, BPF_REG_4);
	emit_load(e, BPF_W, BPF_REG_4, BPF_REG_4, t->kind == TRANSLATE_XDP ?
		(int)offsetof(struct xdp_md, data_end) :
		(int)offsetof(struct __sk_buff, data_end));
	emit_jump_if64(e, BPF_JGT, BPF_REG_3, BPF_REG_4, full);
	emit_alu32_imm(e, BPF_ADD, TMP0, 1);
	STORE_FIELD(t, cursor, TMP0);
	put_word_at(t, BPF_REG_2, 0);
	emit_jump(e, out);
	emit_label(e, full);
	mark(t, PACKET_STATUS_FULL);
	emit_label(e, out);
	regs_forget(&t->regs);
}

/* The environment */

/* Have the field in the run; TMP0 and what calls destroy are lost. */
static void
need_env(struct making *t, unsigned field)
{
	unsigned have = emit_new_label(&t->e);
	int off = FIELD(env_have);

	if (t->now.env_have >> field & 1)
		return;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	off += (int)field / 8;
#else
	off += 7 - (int)field / 8;
#endif
	save_live(t);
	emit_load(&t->e, BPF_B, TMP0, RUN, off);
	emit_jump_if_imm(&t->e, BPF_JSET, TMP0, 1 << field % 8, have);
	load_ctx(t, BPF_REG_1);
	mov64(t, BPF_REG_2, RUN);
	emit_alu32_imm(&t->e, BPF_MOV, BPF_REG_3, (int32_t)field);
	call(t, TRANSLATE_ENV);
	emit_label(&t->e, have);
	regs_forget(&t->regs);
	t->now.env_have |= UINT64_C(1) << field;
}

static void
load_env(struct making *t, unsigned reg)
{
	unsigned field = operand(t, ISA_KIND_FIELD);

	emit_load(&t->e, BPF_W, reg, RUN,
		FIELD(env) + (int)(sizeof(uint32_t) * field));
}

/* The store */

/* Let go of what may be mapped, written back if it was changed. */
static void
unmap(struct making *t)
{
	unsigned out = emit_new_label(&t->e);

	if (t->now.maps == MAPS_NONE)
		return;
	LOAD_FIELD(t, TMP0, mapped);
	emit_jump_if_imm(&t->e, BPF_JEQ, TMP0, 0, out);
	mov64(t, BPF_REG_1, RUN);
	LOAD_FIELD(t, BPF_REG_2, dirty);
	call(t, TRANSLATE_UNMAP);
	SET_FIELD(t, mapped, 0);
	SET_FIELD(t, writable, 0);
	SET_FIELD(t, dirty, 0);
	emit_label(&t->e, out);
}

/* Count the access; false: it is a fault for sure. */
static bool
begin_access(struct making *t)
{
	unsigned n = operand(t, ISA_KIND_KEY);

	LOAD_FIELD(t, TMP0, accesses);
	emit_alu32_imm(&t->e, BPF_ADD, TMP0, 1);
	STORE_FIELD(t, accesses, TMP0);
	if (!need_word(t, n + 1))
		return false;
	if (t->op == ISA_REROUTE) {
		emit_load(&t->e, BPF_B, TMP1, WASP, word_off(t, n));
		emit_jump_if_imm(&t->e, BPF_JLT, TMP1, KEY_INVITATION << 6,
			fault_label(t, ISA_FAULT_KEYSPACE));
	}
	LOAD_FIELD(t, TMP1, access_max);
	emit_jump_if(&t->e, BPF_JGT, TMP0, TMP1,
		fault_label(t, ISA_FAULT_ACCESSES));
	save_live(t);
	regs_forget(&t->regs);
	unmap(t);
	return true;
}

static void
load_key(struct making *t, unsigned reg)
{
	emit_load(&t->e, BPF_DW, reg, WASP,
		word_off(t, operand(t, ISA_KIND_KEY)));
	emit_big_endian(&t->e, reg, 64);
}

/* The function that does all of it: access(ctx, run, code, key). */
static void
call_access(struct making *t)
{
	load_ctx(t, BPF_REG_1);
	mov64(t, BPF_REG_2, RUN);
	emit_alu32_imm(&t->e, BPF_MOV, BPF_REG_3, isa_code(t->word));
	load_key(t, BPF_REG_4);
	call(t, TRANSLATE_ACCESS);
}

/* What the access gave; all places that it comes from join in memory. */
static void
put_result(struct making *t)
{
	emit_alu32(&t->e, BPF_MOV, set(t, first(t)), BPF_REG_0);
	t->now.dirty = false;
	t->now.maps = MAPS_NONE;
}

/* The entry of a public key is anybody's: straight to the store. */
static void
map_public(struct making *t, bool create, unsigned out)
{
	struct emit *e = &t->e;
	unsigned mapped = emit_new_label(e);

	mov64(t, BPF_REG_1, RUN);
	emit_alu32_imm(e, BPF_MOV, BPF_REG_3, create);
	call(t, TRANSLATE_MAP);
	mov64(t, TMP1, BPF_REG_0);
	emit_alu32_imm(e, BPF_SUB, TMP1, create);
	emit_jump_if_imm(e, BPF_JLE, TMP1, 1, mapped);
	mark(t, PACKET_STATUS_REFUSED);
	emit_alu32_imm(e, BPF_MOV, TMP0, 0);
	emit_label(e, mapped);
	STORE_FIELD(t, mapped, TMP0);
	STORE_FIELD(t, writable, TMP0);
	emit_label(e, out);
}

static void
access_entry(struct making *t, bool create)
{
	struct emit *e = &t->e;
	unsigned public = emit_new_label(e), out = emit_new_label(e);

	if (!begin_access(t))
		return;
	load_key(t, BPF_REG_2);
	mov64(t, TMP0, BPF_REG_2);
	emit_alu64_imm(e, BPF_RSH, TMP0, KEY_SPACE_SHIFT);
	emit_jump_if_imm(e, BPF_JEQ, TMP0, KEY_PUBLIC, public);
	call_access(t);
	emit_jump(e, out);
	emit_label(e, public);
	map_public(t, create, out);
	put_result(t);
	t->now.maps = MAPS_NONE | MAPS_WRITE;
	if (!create)
		t->now.maps |= MAPS_READ;
	t->now.link = (uint8_t)first(t);
	t->now.link_maps = t->now.maps & (uint8_t)~MAPS_NONE;
}

static void
access_invitation(struct making *t)
{
	if (!begin_access(t))
		return;
	call_access(t);
	put_result(t);
	t->now.link = NO_LINK;
	if (t->op == ISA_REROUTE)
		t->now.env_have = 0;
}

/* Arithmetic */

static void
combine(struct making *t, uint8_t op)
{
	unsigned rs = use(t, second(t));

	emit_alu32(&t->e, op, change(t, first(t)), rs);
}

static void
combine_imm(struct making *t, uint8_t op, uint32_t imm)
{
	emit_alu32_imm(&t->e, op, change(t, first(t)), (int32_t)imm);
}

/* TMP1 = rd - rs where that is negative, else 0, on 64 bits. */
static void
negative_difference(struct making *t, unsigned rd, unsigned rs)
{
	mov64(t, TMP1, rd);
	emit_alu64(&t->e, BPF_SUB, TMP1, rs);
	mov64(t, TMP0, TMP1);
	emit_alu64_imm(&t->e, BPF_ARSH, TMP0, 63);
	emit_alu64(&t->e, BPF_AND, TMP1, TMP0);
}

/* min = rs + that, max = rd - that. */
static void
choose(struct making *t, bool larger)
{
	unsigned rs = use(t, second(t)), rd = change(t, first(t));

	negative_difference(t, rd, rs);
	if (larger) {
		emit_alu64(&t->e, BPF_SUB, rd, TMP1);
	} else if (rd != rs) {
		mov64(t, rd, rs);
		emit_alu64(&t->e, BPF_ADD, rd, TMP1);
	}
}

static void
set_bit(struct making *t)
{
	unsigned rs = use(t, second(t)), rd = change(t, first(t));

	emit_alu32_imm(&t->e, BPF_MOV, TMP0, 1);
	emit_alu32(&t->e, BPF_LSH, TMP0, rs);
	emit_alu32(&t->e, BPF_OR, rd, TMP0);
}

/* Jumps */

static void
jump_taken(struct making *t, const struct facts *facts)
{
	join(&t->at[target(t)], facts);
}

static void
jump(struct making *t)
{
	settle(t, target(t));
	jump_taken(t, &t->now);
	emit_jump(&t->e, target(t));
	t->now.reached = false;
	regs_forget(&t->regs);
}

/* A register with itself: known before. */
static void
branch_known(struct making *t, bool taken)
{
	if (taken)
		jump(t);
}

static void
branch(struct making *t, uint8_t op, bool if_same)
{
	unsigned rs, rd;

	if (first(t) == second(t)) {
		branch_known(t, if_same);
		return;
	}
	rs = use(t, second(t));
	rd = use(t, first(t));
	settle(t, target(t));
	jump_taken(t, &t->now);
	emit_jump_if(&t->e, op, rd, rs, target(t));
}

/* What the way that a comparison with zero goes says of what is mapped. */
static void
refine(struct facts *facts, unsigned reg, bool zero)
{
	uint8_t maps = facts->maps & (zero ? MAPS_NONE : facts->link_maps);

	if (facts->link == reg && maps)
		facts->maps = maps;
}

static void
branch_zero(struct making *t, bool if_zero)
{
	unsigned rd = use(t, first(t));
	struct facts taken = t->now;

	refine(&taken, first(t), if_zero);
	refine(&t->now, first(t), !if_zero);
	settle(t, target(t));
	jump_taken(t, &taken);
	emit_jump_if_imm(&t->e, if_zero ? BPF_JEQ : BPF_JNE, rd, 0,
		target(t));
}

/* Each instruction */

static void
load_to_entry(struct making *t)
{
	unsigned n = operand(t, ISA_KIND_WORD);

	if (!need_word(t, n) || !need_writable(t))
		return;
	emit_load(&t->e, BPF_W, TMP1, WASP, word_off(t, n));
	put_entry(t, operand(t, ISA_KIND_ENTRY));
}

static void
store_register(struct making *t)
{
	unsigned n = operand(t, ISA_KIND_WORD);

	if (!need_word(t, n))
		return;
	take_register(t, first(t));
	put_word_at(t, WASP, word_off(t, n));
}

static void
store_entry(struct making *t)
{
	unsigned n = operand(t, ISA_KIND_WORD);

	if (!need_word(t, n) || !need_entry(t))
		return;
	emit_load(&t->e, BPF_W, TMP1, RUN,
		entry_off(operand(t, ISA_KIND_ENTRY)));
	put_word_at(t, WASP, word_off(t, n));
}

/* A register gets what lies as in a packet. */
static void
load_word(struct making *t, unsigned base, int off)
{
	unsigned rd = set(t, first(t));

	emit_load(&t->e, BPF_W, rd, base, off);
	emit_big_endian(&t->e, rd, 32);
}

static void
push_field(struct making *t)
{
	need_env(t, operand(t, ISA_KIND_FIELD));
	load_env(t, TMP1);
	emit_big_endian(&t->e, TMP1, 32);
	push(t);
}

static void
env_to_entry(struct making *t)
{
	if (!need_writable(t))
		return;
	need_env(t, operand(t, ISA_KIND_FIELD));
	load_env(t, TMP1);
	emit_big_endian(&t->e, TMP1, 32);
	put_entry(t, operand(t, ISA_KIND_ENTRY));
}

static void
translate_insn(struct making *t)
{
	unsigned rs;

	switch (t->op) {
	case ISA_FORWARD:
		end_run(t, VM_FORWARD);
		break;
	case ISA_DROP:
		end_run(t, VM_DROP);
		break;
	case ISA_RETURN:
		end_run(t, VM_RETURN);
		break;
	case ISA_FAULT:
		fail(t, ISA_FAULT_PROGRAM + operand(t, ISA_KIND_FAULTNO));
		break;

	case ISA_LD_R:
		if (need_word(t, operand(t, ISA_KIND_WORD)))
			load_word(t, WASP,
				word_off(t, operand(t, ISA_KIND_WORD)));
		break;
	case ISA_LD_T:
		load_to_entry(t);
		break;
	case ISA_ST_R:
		store_register(t);
		break;
	case ISA_ST_T:
		store_entry(t);
		break;

	case ISA_MOV_RT:
		if (need_entry(t))
			load_word(t, RUN,
				entry_off(operand(t, ISA_KIND_ENTRY)));
		break;
	case ISA_MOV_TR:
		if (!need_writable(t))
			break;
		take_register(t, first(t));
		put_entry(t, operand(t, ISA_KIND_ENTRY));
		break;
	case ISA_PUSH_R:
		take_register(t, first(t));
		push(t);
		break;
	case ISA_PUSH_T:
		if (!need_entry(t))
			break;
		emit_load(&t->e, BPF_W, TMP1, RUN,
			entry_off(operand(t, ISA_KIND_ENTRY)));
		push(t);
		break;

	case ISA_ENV_R:
		need_env(t, operand(t, ISA_KIND_FIELD));
		load_env(t, set(t, first(t)));
		break;
	case ISA_ENV_T:
		env_to_entry(t);
		break;
	case ISA_PUSH_F:
		push_field(t);
		break;

	case ISA_LDI:
		emit_alu32_imm(&t->e, BPF_MOV, set(t, first(t)),
			(int32_t)operand(t, ISA_KIND_UINT));
		break;
	case ISA_ADDI:
		combine_imm(t, BPF_ADD, operand(t, ISA_KIND_SINT));
		break;
	case ISA_MOV:
		rs = use(t, second(t));
		emit_alu32(&t->e, BPF_MOV, set(t, first(t)), rs);
		break;
	case ISA_ADD:
		combine(t, BPF_ADD);
		break;
	case ISA_SUB:
		combine(t, BPF_SUB);
		break;
	case ISA_AND:
		combine(t, BPF_AND);
		break;
	case ISA_OR:
		combine(t, BPF_OR);
		break;
	case ISA_XOR:
		combine(t, BPF_XOR);
		break;
	case ISA_SHL:	/* BPF, too, takes the low five bits of rs */
		combine(t, BPF_LSH);
		break;
	case ISA_SHR:
		combine(t, BPF_RSH);
		break;
	case ISA_SAR:
		combine(t, BPF_ARSH);
		break;
	case ISA_MIN:
		choose(t, false);
		break;
	case ISA_MAX:
		choose(t, true);
		break;
	case ISA_BSET:
		set_bit(t);
		break;
	case ISA_SHLI:
		combine_imm(t, BPF_LSH, operand(t, ISA_KIND_UINT));
		break;
	case ISA_SHRI:
		combine_imm(t, BPF_RSH, operand(t, ISA_KIND_UINT));
		break;
	case ISA_SARI:
		combine_imm(t, BPF_ARSH, operand(t, ISA_KIND_UINT));
		break;
	case ISA_LOW:
		combine_imm(t, BPF_AND,
			(UINT32_C(1) << operand(t, ISA_KIND_UINT)) - 1);
		break;

	case ISA_BEQ:
		branch(t, BPF_JEQ, true);
		break;
	case ISA_BNE:
		branch(t, BPF_JNE, false);
		break;
	case ISA_BLTU:
		branch(t, BPF_JLT, false);
		break;
	case ISA_BGEU:
		branch(t, BPF_JGE, true);
		break;
	case ISA_BZ:
		branch_zero(t, true);
		break;
	case ISA_BNZ:
		branch_zero(t, false);
		break;
	case ISA_JMP:
		jump(t);
		break;

	case ISA_LOOKUP:
		access_entry(t, false);
		break;
	case ISA_INSERT:
		access_entry(t, true);
		break;
	case ISA_INVITE:
	case ISA_REROUTE:
		access_invitation(t);
		break;

	case ISA_ILLEGAL:
		fail(t, ISA_FAULT_ILLEGAL);
		break;
	}
}

/* A jump to the next instruction joins with what falls through there. */
static void
translate_code(struct making *t)
{
	for (unsigned pc = 0; pc < t->code_count; pc++) {
		meet(t, pc);
		if (!t->now.reached)
			continue;
		decode(t, pc);
		t->steps++;
		if (t->op != ISA_ILLEGAL)
			t->cost += isa_insns[t->op].cost;
		translate_insn(t);
	}
	meet(t, t->code_count);
	if (t->now.reached)
		end_run(t, VM_FORWARD);
}

bool
translate(enum translate_kind kind, const uint8_t *code, unsigned code_count,
	unsigned pad_count, struct translation *out)
{
	struct making *t = calloc(1, sizeof(*t));
	bool ok;

	if (!t)
		return false;
	t->kind = kind;
	t->code = code;
	t->code_count = code_count;
	t->pad_count = pad_count;
	emit_init(&t->e, out->insns, TRANSLATE_INSN_MAX, LABEL_NAMED);
	regs_init(&t->regs, &t->e, RUN, FIELD(r), pool, POOL_COUNT);
	find_live(t);
	translate_begin(t);
	translate_code(t);
	translate_end(t);
	out->count = t->e.count;
	ok = emit_finish(&t->e);
	free(t);
	return ok;
}
