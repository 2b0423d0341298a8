/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Advice about a program: what it does in vain, and keys that are no good.  Each
 * question is answered by one pass backwards over the jumps, without states.
 */
#include "verify/findings-int.h"

enum { IP_UDP_SIZE = 40 + 8 };	/* the largest headers before 'W' */

/* Where there is an error, advice is beside the point. */
static void
add(struct findings *findings, enum diag_id id, int place, unsigned number)
{
	if (findings_has_error(findings, place))
		return;
	findings_add(findings, &(struct finding){.id = (uint16_t)id,
		.place = (int16_t)place, .number = (uint16_t)number});
}

/*
 * What is read later on some path: of each instruction, the registers, entry
 * words and scratchpad words behind it.
 */
struct live {
	uint8_t regs, entry;
	uint64_t words;
};

/* Everything that the packet and the store keep after a verdict. */
static const struct live kept = {0, UINT8_MAX, UINT64_MAX};

static struct live
live_either(struct live a, struct live b)
{
	return (struct live){a.regs | b.regs, a.entry | b.entry,
		a.words | b.words};
}

static struct live
live_after(const struct code *code, unsigned pc, const struct live *before)
{
	const struct code_insn *insn = &code->insn[pc];
	struct live live = {0};

	if (insn->bad & CODE_BAD_WORD)
		return (struct live){UINT8_MAX, UINT8_MAX, UINT64_MAX};
	if (insn->op == ISA_FAULT)	/* the mapped copy is lost */
		return (struct live){0, 0, UINT64_MAX};
	if (insn->effects & ISA_JUMP)
		live = before[insn->target];
	else if (insn->effects & ISA_END)
		live = kept;
	if (!(insn->effects & ISA_END))
		live = live_either(live, before[pc + 1]);
	return live;
}

static unsigned
entry_bit(const struct code_insn *insn)
{
	int32_t t = isa_operand_of(insn->word, insn->op, ISA_KIND_ENTRY);

	return t < 0 ? 0 : 1u << t;
}

static uint64_t
words_of(const struct code_insn *insn)
{
	return (insn->effects & ISA_STORE ? UINT64_C(3) : UINT64_C(1)) <<
		(insn->n & 63);
}

static struct live
live_before(const struct code_insn *insn, struct live live)
{
	if (insn->effects & ISA_W_A)
		live.regs &= (uint8_t)~(1u << code_a(insn));
	if (insn->effects & ISA_W_T)
		live.entry &= (uint8_t)~entry_bit(insn);
	if (insn->effects & ISA_W_N && !insn->bad)
		live.words &= ~words_of(insn);
	if (insn->effects & ISA_STORE)
		live.entry = UINT8_MAX;		/* is written back */
	if (insn->effects & ISA_R_A)
		live.regs |= (uint8_t)(1u << code_a(insn));
	if (insn->effects & ISA_R_B)
		live.regs |= (uint8_t)(1u << code_b(insn));
	if (insn->effects & ISA_R_T)
		live.entry |= (uint8_t)entry_bit(insn);
	if (insn->effects & ISA_R_N && !insn->bad)
		live.words |= words_of(insn);
	return live;
}

/* It does nothing but write, and what it writes is not live. */
static bool
is_dead(const struct code_insn *insn, struct live after)
{
	if (insn->bad || insn->effects & ISA_STORE ||
	    insn->word == isa_insns[ISA_ADDI].word)	/* nop */
		return false;
	if (insn->effects & ISA_W_A)
		return !(after.regs >> code_a(insn) & 1);
	if (insn->effects & ISA_W_T)
		return !(after.entry & entry_bit(insn));
	if (insn->effects & ISA_W_N)
		return !(after.words & words_of(insn));
	return false;
}

static void
find_dead(const struct lint *lint, struct findings *findings)
{
	const struct code *code = lint->code;
	struct live before[CODE_NODES];

	before[code->count] = kept;
	for (unsigned pc = code->count; pc-- > 0;) {
		struct live after = live_after(code, pc, before);

		before[pc] = live_before(&code->insn[pc], after);
		if (lint->seen[pc] && is_dead(&code->insn[pc], after))
			add(findings, DIAG_VERIFY_DEAD_STORE, (int)pc, 0);
	}
}

/*
 * What is done with an entry between its insert and the next access: bits that
 * some path from an instruction on does.
 */
enum { READS = 1, WRITES = 2, COMPUTES = 4 };

static unsigned
uses_from(const struct code *code, unsigned pc, const uint8_t *uses)
{
	const struct code_insn *insn = &code->insn[pc];
	unsigned all = 0;

	if (insn->bad & CODE_BAD_WORD)
		return READS | WRITES;
	if (insn->effects & ISA_STORE)
		return 0;
	if (!(insn->effects & ISA_END))
		all |= uses[pc + 1];
	if (insn->effects & ISA_JUMP)
		all |= uses[insn->target];
	if (insn->effects & ISA_R_T)
		all |= READS;
	if (insn->effects & ISA_W_T)
		all |= WRITES;
	return all;
}

/* Is a register that was read from the entry changed in its place? */
static bool
computes(const struct code *code, unsigned from)
{
	unsigned loaded = 0;

	for (unsigned pc = from; pc < code->count; pc++) {
		const struct code_insn *insn = &code->insn[pc];

		if (insn->effects & ISA_STORE)
			return false;
		if (!(insn->effects & ISA_W_A))
			continue;
		if (insn->effects & ISA_R_T)
			loaded |= 1u << code_a(insn);
		else if (insn->effects & ISA_R_A && loaded >> code_a(insn) & 1)
			return true;
		else
			loaded &= ~(1u << code_a(insn));
	}
	return false;
}

static void
find_unwritten(const struct lint *lint, struct findings *findings)
{
	const struct code *code = lint->code;
	uint8_t uses[CODE_NODES] = {0};

	for (unsigned pc = code->count; pc-- > 0;) {
		uses[pc] = (uint8_t)uses_from(code, pc, uses);
		if (code->insn[pc].op == ISA_INSERT && lint->seen[pc] &&
		    uses[pc + 1] == READS)
			add(findings, DIAG_VERIFY_UNWRITTEN, (int)pc,
				computes(code, pc + 1));
	}
}

/*
 * Scratchpad words.
 */

static uint64_t
used_words(const struct lint *lint)
{
	const struct code *code = lint->code;
	unsigned cursor = lint->object->header.cursor;
	uint64_t used = 0;

	for (unsigned pc = 0; pc < code->count; pc++) {
		const struct code_insn *insn = &code->insn[pc];

		if (insn->effects & (ISA_R_N | ISA_W_N) && !insn->bad)
			used |= words_of(insn);
		if (insn->effects & ISA_PUSH && cursor < PACKET_PAD_MAX)
			used |= ~UINT64_C(0) << cursor;
	}
	return used;
}

/* A block with a name is used if one of its words is. */
static unsigned
block_end(const struct lint *lint, unsigned n, uint64_t used)
{
	const struct notes_word *word = notes_word_at(&lint->object->notes, n);
	unsigned end = n + 1, count = lint->code->pad_count;

	if (word)
		return word->first + word->count;
	while (end < count && !(used >> end & 1) &&
	    !notes_word_at(&lint->object->notes, end))
		end++;
	return end;
}

static void
find_unused_words(const struct lint *lint, struct findings *findings)
{
	uint64_t used = used_words(lint);

	for (unsigned n = 0, end; n < lint->code->pad_count; n = end) {
		uint64_t block;

		end = block_end(lint, n, used);
		if (end <= n)
			end = n + 1;
		block = end - n > 63 ? UINT64_MAX :
			((UINT64_C(1) << (end - n)) - 1) << n;
		if (!(used & block))
			add(findings, DIAG_VERIFY_UNUSED_WORD,
				FINDINGS_WORD + (int)n, end - n);
	}
}

/*
 * Keys.
 */

static bool
is_drawn(const struct notes *notes, unsigned n)
{
	for (unsigned i = 0; i < notes->random_count; i++)
		if (notes->randoms[i].first == n)
			return true;
	return false;
}

static bool
is_zero(const struct lint *lint, const struct code_insn *insn)
{
	const struct packet_header *header = &lint->object->header;
	const uint8_t *packet = lint->object->packet;

	return !(lint->code->changed & words_of(insn)) &&
		!is_drawn(&lint->object->notes, insn->n) &&
		packet_word(packet, header, insn->n) == 0 &&
		packet_word(packet, header, insn->n + 1u) == 0;
}

/* Declared as a key, or all zeros. */
static bool
is_no_secret(const struct lint *lint, const struct code_insn *insn)
{
	const struct notes_word *word = notes_word_at(&lint->object->notes,
		insn->n);

	if (lint->code->changed & words_of(insn))
		return false;
	return (word && word->kind == NOTES_KEY &&
		!is_drawn(&lint->object->notes, insn->n)) ||
		is_zero(lint, insn);
}

static bool
inserts_protected(const struct code_insn *insn)
{
	return insn->op == ISA_INSERT && insn->key == CODE_KEY_FIXED &&
		insn->spaces == 1u << KEY_PROTECTED;
}

static void
find_keys(const struct lint *lint, struct findings *findings)
{
	for (unsigned pc = 0; pc < lint->code->count; pc++) {
		const struct code_insn *insn = &lint->code->insn[pc];

		if (!(insn->effects & ISA_STORE) || insn->bad ||
		    !lint->seen[pc])
			continue;
		if (lint->seen_back[pc] && (inserts_protected(insn) ||
			insn->op == ISA_INVITE || insn->op == ISA_REROUTE))
			add(findings, DIAG_VERIFY_NO_RIGHTS, (int)pc, 0);
		if (inserts_protected(insn))
			add(findings, DIAG_VERIFY_PROTECTED, (int)pc, 0);
		if (insn->op == ISA_INVITE && is_no_secret(lint, insn))
			add(findings, DIAG_VERIFY_NO_SECRET, (int)pc, 0);
		if ((insn->op == ISA_LOOKUP || insn->op == ISA_INSERT) &&
		    is_zero(lint, insn))
			add(findings, DIAG_VERIFY_ZERO_KEY, (int)pc, 0);
	}
}

/*
 * Jumps and verdicts.
 */

static void
find_jumps(const struct lint *lint, struct findings *findings)
{
	const struct code *code = lint->code;

	for (unsigned pc = 0; pc < code->count; pc++)
		if (code->insn[pc].effects & ISA_JUMP && lint->seen[pc] &&
		    !code->insn[pc].bad && code->insn[pc].target == pc + 1)
			add(findings, DIAG_VERIFY_JUMP_NEXT, (int)pc, 0);
}

/* Running into the end, which a label there would show to be meant. */
static void
find_no_verdict(const struct lint *lint, struct findings *findings)
{
	const struct code *code = lint->code;
	unsigned last = code->count - 1;
	bool others = false;

	for (unsigned pc = 0; pc < last; pc++)
		others |= lint->seen[pc] && code->insn[pc].effects & ISA_END &&
			!(code->insn[pc].effects & ISA_JUMP) &&
			code->insn[pc].op != ISA_FAULT;
	if (others && lint->seen[last] && !code->insn[last].bad &&
	    !(code->insn[last].effects & (ISA_END | ISA_JUMP)) &&
	    !notes_label_at(&lint->object->notes, code->count))
		add(findings, DIAG_VERIFY_NO_VERDICT, (int)last, 0);
}

/*
 * Fields.  Of the next hop nothing is known at ingress, and a program that reads
 * it at both hooks may well mean to.
 */

static void
find_unknown(const struct lint *lint, struct findings *findings)
{
	const struct verify_figures *hook = lint->result->hook;
	const uint64_t last = UINT64_C(1) << ISA_ENV_LAST;
	const struct code *code = lint->code;

	if (!((hook[VERIFY_INGRESS].fields |
	    hook[VERIFY_INGRESS_BACK].fields) & last) ||
	    (hook[VERIFY_EGRESS].fields | hook[VERIFY_EGRESS_BACK].fields) & last)
		return;
	for (unsigned pc = 0; pc < code->count; pc++)
		if (code->insn[pc].effects & ISA_R_ENV && lint->seen[pc] &&
		    isa_operand_of(code->insn[pc].word, code->insn[pc].op,
			ISA_KIND_FIELD) == ISA_ENV_LAST)
			add(findings, DIAG_VERIFY_UNKNOWN, (int)pc, 0);
}

/*
 * The way: how large the packet is, and how many nodes have room.
 */

static void
find_room(const struct lint *lint, struct findings *findings)
{
	unsigned size = (unsigned)lint->object->size + IP_UDP_SIZE;
	unsigned room = verify_room(lint->object, lint->result);

	if (lint->limits->mtu && size > lint->limits->mtu)
		add(findings, DIAG_VERIFY_LARGE, FINDINGS_HEADER, size);
	if (lint->object->header.cursor < lint->code->pad_count &&
	    room < lint->limits->hops)
		for (unsigned pc = 0; pc < lint->code->count; pc++)
			if (lint->code->insn[pc].effects & ISA_PUSH &&
			    lint->seen[pc]) {
				add(findings, DIAG_VERIFY_FULL, (int)pc, room);
				break;
			}
}

void
lint_find(const struct lint *lint, struct findings *findings)
{
	find_dead(lint, findings);
	find_unwritten(lint, findings);
	find_keys(lint, findings);
	find_jumps(lint, findings);
	find_no_verdict(lint, findings);
	find_unknown(lint, findings);
	find_unused_words(lint, findings);
	find_room(lint, findings);
}
