/* SPDX-License-Identifier: BSD-2-Clause */
/* The answer with reasons: a pass that keeps a record, and what to say of it. */
#include "verify/verify.h"

#include <inttypes.h>
#include <string.h>

#include "verify/findings-int.h"
#include "verify/report-int.h"

enum { TEXT_SIZE = DIAG_TEXT_SIZE };

struct explainer {
	const struct object *object;
	const struct verify_limits *limits;
	struct verify_result *result;
	struct reporter reporter;
	struct code code;
	struct hooks hooks;
	struct findings findings;
	bool seen[CODE_NODES];		/* some path reaches it */
	bool seen_back[CODE_NODES];	/* so does one on the way back */
	struct flow flow;
	struct flow_record record;
};

/*
 * Gathering.
 */

/* By which bound the path to a finding is chosen: mostly, the shortest way. */
static uint8_t
bound_of(enum diag_id id)
{
	switch (id) {
	case DIAG_VERIFY_ACCESSES:
		return CODE_ACCESSES;
	case DIAG_VERIFY_STEPS:
		return CODE_STEPS;
	case DIAG_VERIFY_COST:
		return CODE_COST;
	default:
		return CODE_MEASURES + CODE_STEPS;
	}
}

static void
gather(void *arg, enum diag_id id, unsigned pc, unsigned state, unsigned lanes,
	unsigned reg, bool follows)
{
	struct explainer *e = arg;

	findings_add(&e->findings, &(struct finding){.id = (uint16_t)id,
		.place = (int16_t)pc, .state = (uint8_t)state,
		.lane = (uint8_t)__builtin_ctz(lanes), .lanes = (uint8_t)lanes,
		.bound = bound_of(id), .follows = follows, .has_path = true,
		.number = (uint16_t)reg});
}

/* Where the longest path passes the limit (0: none); its sum is told. */
static void
gather_excess(struct explainer *e, unsigned lane, enum diag_id id,
	unsigned limit)
{
	const struct flow_lane *run = &e->flow.lane[lane];
	unsigned bound = bound_of(id), i = 0, pc = 0;
	unsigned sum = flow_sum(run->bound, bound, false);
	const code_sums *sums = e->code.sum;
	struct way way;

	if (limit == 0 || sum <= limit)
		return;
	way_find(&way, &e->record, run->from[bound], lane, bound);
	for (int so_far = 0; i < way.count && so_far <= (int)limit; i++) {
		pc = way_pc(way.node[i]);
		so_far += sums[pc + 1][bound] - sums[pc][bound];
	}
	findings_add(&e->findings, &(struct finding){.id = (uint16_t)id,
		.place = (int16_t)pc, .bound = (uint8_t)bound,
		.state = (uint8_t)(way.node[i - 1] % SET_MAX),
		.lane = (uint8_t)lane, .lanes = (uint8_t)(1u << lane),
		.has_path = true, .number = (uint16_t)sum});
}

static void
gather_header(struct explainer *e)
{
	const struct packet_header *header = &e->object->header;

	if (header->status & PACKET_STATUS_FAULT ||
	    !e->hooks.runs)
		findings_add(&e->findings, &(struct finding){
			.id = DIAG_VERIFY_NEVER_RUNS,
			.place = FINDINGS_HEADER});
}

static void
find_reached(const struct explainer *e, bool reached[static CODE_NODES])
{
	for (unsigned pc = 0; pc < e->code.count; pc++) {
		const struct code_insn *insn = &e->code.insn[pc];

		if (reached[pc] && !(insn->effects & ISA_END))
			reached[pc + 1] = true;
		if (reached[pc] && insn->effects & ISA_JUMP)
			reached[insn->target] = true;
	}
}

/* The first of a run that no jump leads to stands for all of it. */
static void
gather_unreached(struct explainer *e)
{
	bool reached[CODE_NODES] = {true};

	find_reached(e, reached);
	for (unsigned pc = 0, end; pc < e->code.count; pc = end) {
		end = pc + 1;
		if (reached[pc])
			continue;
		while (end < e->code.count && !reached[end])
			end++;
		findings_add(&e->findings, &(struct finding){
			.id = DIAG_VERIFY_UNREACHABLE, .place = (int16_t)pc,
			.number = (uint16_t)(end - pc)});
	}
}

static void
note_seen(struct explainer *e)
{
	for (unsigned pc = 0; pc <= e->code.count; pc++) {
		unsigned lanes = 0;

		for (unsigned i = 0; i < e->record.count[pc]; i++)
			lanes |= state_lanes(&e->record.state[pc][i]);
		e->seen[pc] = lanes != 0;
		e->seen_back[pc] = lanes & e->flow.back;
	}
}

static void
gather_all(struct explainer *e)
{
	static const struct verify_limits none;
	const struct verify_limits *limits = e->limits ? e->limits : &none;
	const struct lint lint = {e->object, &e->code, limits, e->result,
		e->seen, e->seen_back};

	gather_header(e);
	flow_run(&e->flow);
	for (unsigned lane = 0; lane < e->flow.lanes; lane++) {
		gather_excess(e, lane, DIAG_VERIFY_STEPS, limits->max_steps);
		gather_excess(e, lane, DIAG_VERIFY_COST, limits->max_cost);
	}
	note_seen(e);
	gather_unreached(e);
	lint_find(&lint, &e->findings);
	findings_sort(&e->findings);
}

/*
 * Telling.
 */

static void
say_illegal(const struct explainer *e, const struct finding *f, char *text)
{
	uint16_t word = e->code.insn[f->place].word;

	for (unsigned op = 0; op < ISA_OP_COUNT; op++) {
		const struct isa_insn *insn = &isa_insns[op];

		if (isa_code(insn->word) != isa_code(word))
			continue;
		if (word & insn->zero)
			snprintf(text, TEXT_SIZE, "0x%04x is no instruction: "
				"in '%s' the bits 0x%04x must be zero", word,
				insn->mnemonic, insn->zero);
		else
			snprintf(text, TEXT_SIZE, "0x%04x is no instruction: "
				"there is no environment field %" PRId32
				", the last is %u", word, isa_operand_of(word,
				op, ISA_KIND_FIELD), ISA_ENV_COUNT - 1u);
		return;
	}
	snprintf(text, TEXT_SIZE,
		"0x%04x is no instruction: its code is not used", word);
}

static void
say_scratchpad(const struct explainer *e, const struct finding *f, char *text)
{
	const struct code_insn *insn = &e->code.insn[f->place];

	if (insn->effects & ISA_STORE)
		snprintf(text, TEXT_SIZE, "the key needs scratchpad words %u "
			"and %u, the packet has %u", insn->n, insn->n + 1u,
			e->code.pad_count);
	else
		snprintf(text, TEXT_SIZE, "there is no scratchpad word %u, "
			"the packet has %u", insn->n, e->code.pad_count);
}

/* The entry word of an instruction. */
static int32_t
entry_word(const struct explainer *e, const struct finding *f)
{
	const struct code_insn *insn = &e->code.insn[f->place];

	return isa_operand_of(insn->word, insn->op, ISA_KIND_ENTRY);
}

/* Why nothing is mapped at the end of a path: the last access on it. */
static void
say_unmapped(const struct explainer *e, const struct finding *f,
	const struct way *way, char *text)
{
	char place[REPORT_PLACE_SIZE];
	const struct code_insn *insn = NULL;
	int32_t t = entry_word(e, f);
	unsigned pc = 0, i = way->count;

	while (i-- > 1 && !insn) {
		pc = way_pc(way->node[i - 1]);
		if (e->code.insn[pc].effects & ISA_STORE)
			insn = &e->code.insn[pc];
	}
	if (!insn) {
		snprintf(text, TEXT_SIZE, "t%" PRId32 " is used with nothing "
			"mapped: no lookup or insert comes before", t);
		return;
	}
	snprintf(text, TEXT_SIZE,
		"t%" PRId32 " is used with nothing mapped: the %s at %s %s", t,
		isa_insns[insn->op].mnemonic,
		report_place(&e->reporter, pc, place),
		insn->op == ISA_LOOKUP || insn->op == ISA_INSERT ?
			"may give 0" : "leaves nothing mapped");
}

static void
say_keyspace(const struct explainer *e, const struct finding *f, char *text)
{
	static const char *const names[] = KEY_SPACE_NAMES;
	unsigned spaces = e->code.insn[f->place].spaces;

	if (e->code.insn[f->place].key < CODE_KEY_MAX)
		snprintf(text, TEXT_SIZE, "the key of reroute is written by "
			"the program, and names no invitation");
	else
		snprintf(text, TEXT_SIZE, "the key of reroute is %s, and "
			"nothing changes it: it must name an invitation",
			names[__builtin_ctz(spaces)]);
}

static void
say_never_runs(const struct explainer *e, const struct finding *f, char *text)
{
	const struct packet_header *header = &e->object->header;

	(void)f;
	if (header->status & PACKET_STATUS_FAULT)
		snprintf(text, TEXT_SIZE,
			"it carries a fault: no node runs it again");
	else if (header->flags & (PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS))
		snprintf(text, TEXT_SIZE, "it is on its way back and 'back' "
			"is not set: no node runs it");
	else
		snprintf(text, TEXT_SIZE, "neither ingress nor egress is set: "
			"no node runs it");
}

static void
say_unreachable(const struct finding *f, char *text)
{
	if (f->number == 1)
		snprintf(text, TEXT_SIZE, "this instruction is never reached");
	else
		snprintf(text, TEXT_SIZE, "from here on, %u instructions are "
			"never reached", f->number);
}

/* What the unit is that a word of the scratchpad belongs to. */
static void
say_unused(const struct explainer *e, const struct finding *f, char *text)
{
	unsigned n = (unsigned)f->place - FINDINGS_WORD;
	const struct notes_word *word = notes_word_at(&e->object->notes, n);

	if (word)
		snprintf(text, TEXT_SIZE, "'%.64s' is never used", word->name);
	else if (f->number == 1)
		snprintf(text, TEXT_SIZE, "scratchpad word %u is never used",
			n);
	else
		snprintf(text, TEXT_SIZE,
			"scratchpad words %u to %u are never used", n,
			n + f->number - 1u);
}

static void
say_dead(const struct explainer *e, const struct finding *f, char *text)
{
	const struct code_insn *insn = &e->code.insn[f->place];
	char name[NOTES_NAME_SIZE];

	if (insn->effects & ISA_W_A)
		snprintf(text, TEXT_SIZE, "r%u is set, and nothing reads it "
			"before it is set again or the program ends", code_a(insn));
	else if (insn->effects & ISA_W_T)
		snprintf(text, TEXT_SIZE, "t%" PRId32 " is written, and "
			"nothing keeps it: it is written again, or a fault "
			"comes", entry_word(e, f));
	else if (notes_word_text(&e->object->notes, insn->n, name))
		snprintf(text, TEXT_SIZE, "'%s' is stored, and written again "
			"before anything reads it", name);
	else
		snprintf(text, TEXT_SIZE, "word %u is stored, and written "
			"again before anything reads it", insn->n);
}

static void
say_back(const struct explainer *e, const struct finding *f, char *text)
{
	const struct code_insn *insn = &e->code.insn[f->place];

	snprintf(text, TEXT_SIZE, insn->op == ISA_INSERT ?
		"on the way back, %s of a protected key gives 0" :
		"on the way back, %s gives 0",
		isa_insns[insn->op].mnemonic);
}

static void
say(const struct explainer *e, const struct finding *f, const struct way *way,
	char text[static TEXT_SIZE])
{
	const struct packet_header *header = &e->object->header;
	const struct code_insn *insn = f->place >= 0 &&
		f->place < (int)e->code.count ? &e->code.insn[f->place] : NULL;
	const char *mnemonic = insn && insn->op < ISA_OP_COUNT ?
		isa_insns[insn->op].mnemonic : "";
	const struct verify_limits *limits = e->limits;

	switch ((enum diag_id)f->id) {
	case DIAG_VERIFY_ILLEGAL:
		say_illegal(e, f, text);
		break;
	case DIAG_VERIFY_JUMP:
		snprintf(text, TEXT_SIZE, "a jump to instruction %u, but the "
			"end is at %u", isa_target(insn->word, insn->op,
			(unsigned)f->place), e->code.count);
		break;
	case DIAG_VERIFY_SCRATCHPAD:
		say_scratchpad(e, f, text);
		break;
	case DIAG_VERIFY_UNMAPPED:
		say_unmapped(e, f, way, text);
		break;
	case DIAG_VERIFY_ACCESSES:
		snprintf(text, TEXT_SIZE, "store access %u on one path, the "
			"limit is %u", e->flow.access_limit + 1,
			e->flow.access_limit);
		break;
	case DIAG_VERIFY_STEPS:
		snprintf(text, TEXT_SIZE, "a path takes %u steps, the limit "
			"is %u", f->number, limits->max_steps);
		break;
	case DIAG_VERIFY_COST:
		snprintf(text, TEXT_SIZE, "a path takes %u units of cost, the "
			"limit is %u", f->number, limits->max_cost);
		break;
	case DIAG_VERIFY_KEYSPACE:
		say_keyspace(e, f, text);
		break;
	case DIAG_VERIFY_UNREACHABLE:
		say_unreachable(f, text);
		break;
	case DIAG_VERIFY_UNSET:
		snprintf(text, TEXT_SIZE, "r%u is read, but not set on every "
			"path here", f->number);
		break;
	case DIAG_VERIFY_READONLY:
		snprintf(text, TEXT_SIZE, "t%" PRId32 " is written after "
			"lookup: it faults unless the packet may write the "
			"entry", entry_word(e, f));
		break;
	case DIAG_VERIFY_NEVER_RUNS:
		say_never_runs(e, f, text);
		break;
	case DIAG_VERIFY_NEVER_MAPPED:
		snprintf(text, TEXT_SIZE, "%s of an invitation gives 0: it is "
			"never mapped", mnemonic);
		break;
	case DIAG_VERIFY_NO_ROOM:
		snprintf(text, TEXT_SIZE, "push finds no room: the cursor is "
			"at word %u of %u", header->cursor, header->pad_count);
		break;
	case DIAG_VERIFY_COMPUTED_NAME:
		snprintf(text, TEXT_SIZE, "the name of the invitation is "
			"computed: where it is none, reroute faults");
		break;
	case DIAG_VERIFY_UNWRITTEN:
		snprintf(text, TEXT_SIZE, f->number ?
			"the entry is read, a value is made of it, and "
			"nothing is written back" :
			"the entry is only read, never written: lookup would "
			"do");
		break;
	case DIAG_VERIFY_DEAD_STORE:
		say_dead(e, f, text);
		break;
	case DIAG_VERIFY_UNUSED_WORD:
		say_unused(e, f, text);
		break;
	case DIAG_VERIFY_LARGE:
		snprintf(text, TEXT_SIZE, "the packet is %u bytes over IPv6 "
			"and UDP, the link takes %u", f->number, limits->mtu);
		break;
	case DIAG_VERIFY_FULL:
		snprintf(text, TEXT_SIZE, "at node %u of %u, push finds no "
			"room: a node pushes up to %u words, and there is "
			"room for %u", f->number + 1u, limits->hops,
			verify_words(e->result), header->pad_count -
			header->cursor);
		break;
	case DIAG_VERIFY_NO_RIGHTS:
		say_back(e, f, text);
		break;
	case DIAG_VERIFY_NO_SECRET:
		snprintf(text, TEXT_SIZE, "invite by a key that is no secret: "
			"anybody can make this invitation");
		break;
	case DIAG_VERIFY_ZERO_KEY:
		snprintf(text, TEXT_SIZE, "the key is public and all zeros");
		break;
	case DIAG_VERIFY_NO_VERDICT:
		snprintf(text, TEXT_SIZE, "the program ends here without a "
			"verdict, though other paths give one");
		break;
	case DIAG_VERIFY_PROTECTED:
		snprintf(text, TEXT_SIZE, "insert of a protected key gives 0 "
			"to all packets but the operator's");
		break;
	case DIAG_VERIFY_UNKNOWN:
		snprintf(text, TEXT_SIZE, "last is not known at ingress, and "
			"read nowhere else");
		break;
	case DIAG_VERIFY_JUMP_NEXT:
		snprintf(text, TEXT_SIZE, "%s to the next instruction does "
			"nothing", mnemonic);
		break;
	default:
		text[0] = '\0';
		break;
	}
}

/*
 * Where it is found, if not at all hooks: "at egress", "on the way back", or
 * both.
 */
static void
say_where(const struct explainer *e, const struct finding *f, char *text)
{
	const unsigned ingress = 1u << VERIFY_INGRESS |
		1u << VERIFY_INGRESS_BACK;
	const unsigned there = 1u << VERIFY_INGRESS | 1u << VERIFY_EGRESS;
	unsigned all = 0, hooks = 0;
	const char *side, *way;

	for (unsigned hook = 0; hook < VERIFY_HOOKS; hook++) {
		unsigned lane = e->hooks.lane[hook];

		if (lane == HOOKS_NO_LANE)
			continue;
		all |= 1u << hook;
		hooks |= (f->lanes >> lane & 1u) << hook;
	}
	if (hooks == 0 || hooks == all)
		return;
	side = !(hooks & ~ingress) && all & ~ingress ? "at ingress" :
		!(hooks & ingress) && all & ingress ? "at egress" : "";
	way = !(hooks & ~there) && all & ~there ? "on the way there" :
		!(hooks & there) && all & there ? "on the way back" : "";
	if (*side || *way)
		snprintf(text + strlen(text), TEXT_SIZE - strlen(text),
			" (%s%s%s)", side, *side && *way ? ", " : "", way);
}

static void
tell_insn(struct explainer *e, const struct finding *f)
{
	char text[TEXT_SIZE];
	struct way way = {0};

	if (f->has_path)
		way_find(&way, &e->record, FLOW_NODE(f->place, f->state),
			f->lane, f->bound);
	say(e, f, &way, text);
	say_where(e, f, text);
	report_insn(&e->reporter, f->id, (unsigned)f->place, text,
		f->has_path ? &way : NULL, &e->flow);
}

static long
header_offset(const struct explainer *e, const struct finding *f)
{
	if (f->id != DIAG_VERIFY_NEVER_RUNS)
		return 0;
	return e->object->header.status & PACKET_STATUS_FAULT ?
		PACKET_OFF_STATUS : PACKET_OFF_FLAGS;
}

static void
tell(struct explainer *e, const struct finding *f)
{
	char text[TEXT_SIZE];
	long offset;

	if (f->follows) {
		e->result->following++;
		return;
	}
	if (f->place >= 0 && f->place < FINDINGS_WORD) {
		tell_insn(e, f);
		return;
	}
	offset = f->place < 0 ? header_offset(e, f) :
		(long)packet_pad_off(e->code.count) +
			PACKET_WORD_SIZE * (f->place - FINDINGS_WORD);
	say(e, f, NULL, text);
	report_offset(&e->reporter, f->id, offset, text);
}

/* Apart from verify_code, so that the stack holds but one of them at a time. */
static void __attribute__((noinline))
explain(const struct object *object, const char *file,
	const struct verify_limits *limits, struct verify_result *result,
	diag_sink *sink, void *arg)
{
	struct explainer e;

	e.object = object;
	e.limits = limits;
	e.result = result;
	e.reporter = (struct reporter){object, &e.code, file, result, sink,
		arg, {NULL}};
	e.findings.count = 0;
	report_init(&e.reporter);
	code_build(&e.code, object->packet, &object->header, &object->notes);
	hooks_prepare(&e.hooks, &e.flow, &e.code, &object->header, limits);
	e.flow.record = &e.record;
	e.flow.found = gather;
	e.flow.found_arg = &e;
	gather_all(&e);
	for (unsigned i = 0; i < e.findings.count; i++)
		tell(&e, &e.findings.finding[i]);
}

void
verify_object(const struct object *object, const char *file,
	const struct verify_limits *limits, struct verify_result *result,
	diag_sink *sink, void *arg)
{
	verify_code(object->packet, &object->header, &object->notes, limits,
		result);
	explain(object, file, limits, result, sink, arg);
	result->accepted &= result->errors == 0;
}
