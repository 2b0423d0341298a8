/* SPDX-License-Identifier: BSD-2-Clause */
/* What an operator lets run; see policy.h. */
#include "verify/policy.h"

#include <limits.h>
#include <stdarg.h>
#include <string.h>

#include "verify/report-int.h"

_Static_assert(ISA_OP_COUNT <= 64 && ISA_ENV_COUNT <= 64, "masks of 64 bits");

static const char *const space_names[] = KEY_SPACE_NAMES;

void
verify_policy_init(struct verify_policy *policy)
{
	*policy = (struct verify_policy){0};
	for (unsigned i = 0; i < VERIFY_POLICY_HOOKS; i++) {
		struct verify_policy_rules *rules = &policy->hook[i];

		for (unsigned n = 0; n < VERIFY_POLICY_NUMBERS; n++)
			rules->most[n] = UINT_MAX;
		rules->spaces = rules->opcodes = rules->fields =
			VERIFY_POLICY_ANY;
	}
}

/* There and back are one hook to a policy. */
static void
take_figures(struct verify_use_hook *use, const struct verify_figures *figures)
{
	static const struct {
		enum verify_measure measure;
		unsigned factor;
	} numbers[VERIFY_POLICY_NUMBERS] = {
		[VERIFY_POLICY_STEPS] = {VERIFY_STEPS, 1},
		[VERIFY_POLICY_COST] = {VERIFY_COST, 1},
		[VERIFY_POLICY_ACCESSES] = {VERIFY_ACCESSES, 1},
		[VERIFY_POLICY_PUSHED] = {VERIFY_PUSHES, PACKET_WORD_SIZE}
	};

	for (unsigned i = 0; i < VERIFY_POLICY_NUMBERS; i++) {
		unsigned n = figures->max[numbers[i].measure] *
			numbers[i].factor;

		if (n > use->most[i])
			use->most[i] = n;
	}
	use->spaces |= figures->key_spaces;
	use->opcodes |= figures->opcodes;
	use->fields |= figures->fields;
}

void
verify_use_find(struct verify_use *use, const uint8_t *packet,
	const struct packet_header *header, const struct notes *notes)
{
	struct verify_result result;

	*use = (struct verify_use){0};
	verify_code(packet, header, notes, NULL, &result);
	use->safe = result.accepted;
	for (unsigned i = 0; i < VERIFY_HOOKS; i++)
		take_figures(&use->hook[i % VERIFY_POLICY_HOOKS],
			&result.hook[i]);
}

static bool
is_broken(const struct verify_policy_rules *rules, enum verify_policy_rule rule,
	const struct verify_use_hook *use, bool safe)
{
	switch (rule) {
	case VERIFY_POLICY_SPACES:
		return use->spaces & ~rules->spaces;
	case VERIFY_POLICY_OPCODES:
		return use->opcodes & ~rules->opcodes;
	case VERIFY_POLICY_FIELDS:
		return use->fields & ~rules->fields;
	case VERIFY_POLICY_SAFE:
		return rules->safe && !safe;
	default:
		return use->most[rule] > rules->most[rule];
	}
}

enum verify_policy_rule
verify_policy_broken(const struct verify_policy *policy,
	enum verify_policy_hook hook, const struct verify_use *use)
{
	unsigned rule = 0;

	while (rule < VERIFY_POLICY_RULES && !is_broken(&policy->hook[hook],
	    (enum verify_policy_rule)rule, &use->hook[hook], use->safe))
		rule++;
	return (enum verify_policy_rule)rule;
}

/*
 * Reasons.
 */

struct reasons {
	const struct verify_policy *policy;
	const char *policy_file;
	const struct object *object;
	struct reporter reporter;
	struct verify_result counted;
	struct verify_use use;
	uint64_t written;		/* scratchpad words */
	enum verify_policy_hook hook;
	bool both;			/* hooks, by the same line */
};

/* "edge.policy:12" and "at ingress". */
struct by {
	char rule[160];
	const char *where;
};

static struct by
by_rule(const struct reasons *r, enum verify_policy_rule rule)
{
	static const char *const where[] = {"at ingress", "at egress"};
	struct by by = {.where = r->both ? "at any hook" : where[r->hook]};

	snprintf(by.rule, sizeof(by.rule), "%.120s:%u", r->policy_file,
		r->policy->hook[r->hook].line[rule]);
	return by;
}

static void __attribute__((format(printf, 4, 5)))
report(const struct reasons *r, enum diag_id id, unsigned pc,
	const char *format, ...)
{
	char text[DIAG_TEXT_SIZE];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	report_insn(&r->reporter, id, pc, text, NULL, NULL);
}

static unsigned
weight(enum verify_policy_rule rule, enum isa_op op)
{
	unsigned effects;

	if (op == ISA_ILLEGAL)
		return 0;
	effects = isa_insns[op].effects;
	switch (rule) {
	case VERIFY_POLICY_STEPS:
		return 1;
	case VERIFY_POLICY_COST:
		return isa_insns[op].cost;
	case VERIFY_POLICY_ACCESSES:
		return effects & ISA_STORE ? 1 : 0;
	default:
		return effects & ISA_PUSH ? PACKET_WORD_SIZE : 0;
	}
}

/* Where on a path there is more than the most; PACKET_CODE_MAX: nowhere. */
static unsigned
find_excess(const struct reasons *r, enum verify_policy_rule rule,
	enum verify_hook hook)
{
	static const enum verify_measure measures[] = {VERIFY_STEPS,
		VERIFY_COST, VERIFY_ACCESSES, VERIFY_PUSHES};
	uint8_t path[PACKET_CODE_MAX];
	unsigned count = verify_path(r->object, hook, measures[rule], false,
		path);
	unsigned sum = 0, most = r->policy->hook[r->hook].most[rule];

	for (unsigned i = 0; i < count; i++) {
		sum += weight(rule, isa_decode(packet_insn(r->object->packet,
			path[i])));
		if (sum > most)
			return path[i];
	}
	return PACKET_CODE_MAX;
}

static void
report_number(struct reasons *r, enum verify_policy_rule rule)
{
	static const char *const units[] = {"steps", "units of cost",
		"store accesses", "pushed bytes"};
	struct by by = by_rule(r, rule);
	unsigned pc = find_excess(r, rule, (enum verify_hook)r->hook);

	if (pc == PACKET_CODE_MAX)
		pc = find_excess(r, rule, (enum verify_hook)(r->hook +
			VERIFY_POLICY_HOOKS));
	report(r, DIAG_POLICY_NUMBER, pc, "a run takes up to %u %s %s, %s "
		"allows %u", r->use.hook[r->hook].most[rule], units[rule],
		by.where, by.rule, r->policy->hook[r->hook].most[rule]);
}

static uint64_t
field_bit(uint16_t word, enum isa_op op)
{
	int32_t field = isa_operand_of(word, op, ISA_KIND_FIELD);

	return field < 0 ? 0 : UINT64_C(1) << field;
}

/* Each mnemonic, or field, once, where it is first. */
static void
report_words(struct reasons *r, enum verify_policy_rule rule)
{
	const struct verify_policy_rules *rules = &r->policy->hook[r->hook];
	bool opcodes = rule == VERIFY_POLICY_OPCODES;
	uint64_t bad = opcodes ?
		r->use.hook[r->hook].opcodes & ~rules->opcodes :
		r->use.hook[r->hook].fields & ~rules->fields;
	struct by by = by_rule(r, rule);

	for (unsigned pc = 0; pc < r->object->header.code_count; pc++) {
		uint16_t word = packet_insn(r->object->packet, pc);
		enum isa_op op = isa_decode(word);
		uint64_t bit = op == ISA_ILLEGAL ? 0 : opcodes ?
			UINT64_C(1) << op : field_bit(word, op);

		if (!(bit & bad))
			continue;
		bad &= ~bit;
		report(r, opcodes ? DIAG_POLICY_OPCODE : DIAG_POLICY_FIELD, pc,
			"%s does not allow '%s' %s", by.rule, opcodes ?
			isa_insns[op].mnemonic :
			isa_envs[__builtin_ctzll(bit)].name, by.where);
	}
}

/* The spaces that the key of an instruction can be of; 0: it has none. */
static uint64_t
insn_spaces(const struct reasons *r, uint16_t word, enum isa_op op)
{
	const struct packet_header *header = &r->object->header;
	int32_t n = isa_operand_of(word, op, ISA_KIND_KEY);
	int space;

	if (n < 0 || n + 1 >= header->pad_count)
		return 0;
	if (op == ISA_INVITE || op == ISA_REROUTE)
		return UINT64_C(1) << KEY_INVITATION;
	if (r->written >> n & 1)
		return r->use.hook[r->hook].spaces;
	space = notes_random_space(&r->object->notes, (unsigned)n);
	return UINT64_C(1) << (space >= 0 ? (unsigned)space :
		packet_word(r->object->packet, header, (unsigned)n) >> 30);
}

static void
report_spaces(struct reasons *r)
{
	uint64_t allowed = r->policy->hook[r->hook].spaces;
	struct by by = by_rule(r, VERIFY_POLICY_SPACES);

	for (unsigned pc = 0; pc < r->object->header.code_count; pc++) {
		uint16_t word = packet_insn(r->object->packet, pc);
		enum isa_op op = isa_decode(word);
		uint64_t spaces = op == ISA_ILLEGAL ? 0 :
			insn_spaces(r, word, op) & r->use.hook[r->hook].spaces;
		uint64_t bad = spaces & ~allowed;

		if (bad)
			report(r, DIAG_POLICY_SPACE, pc, "the key %s of the "
				"space %s, and %s does not allow that %s",
				spaces & (spaces - 1) ? "may be" : "is",
				space_names[__builtin_ctzll(bad)], by.rule,
				by.where);
	}
}

static void
report_rule(struct reasons *r, enum verify_policy_rule rule)
{
	struct by by = by_rule(r, rule);

	switch (rule) {
	case VERIFY_POLICY_SPACES:
		report_spaces(r);
		break;
	case VERIFY_POLICY_OPCODES:
	case VERIFY_POLICY_FIELDS:
		report_words(r, rule);
		break;
	case VERIFY_POLICY_SAFE:
		report(r, DIAG_POLICY_SAFE, 0, "%s allows only programs "
			"without errors %s", by.rule, by.where);
		break;
	default:
		report_number(r, rule);
	}
}

static void
check_rule(struct reasons *r, enum verify_policy_rule rule)
{
	const struct verify_policy_rules *rules = r->policy->hook;
	bool at[VERIFY_POLICY_HOOKS];

	for (unsigned i = 0; i < VERIFY_POLICY_HOOKS; i++)
		at[i] = is_broken(&rules[i], rule, &r->use.hook[i],
			r->use.safe);
	r->both = at[0] && at[1] && rules[0].line[rule] == rules[1].line[rule];
	for (unsigned i = 0; i < VERIFY_POLICY_HOOKS; i++) {
		r->hook = (enum verify_policy_hook)i;
		if (at[i] && !(r->both && i > 0))
			report_rule(r, rule);
	}
}

unsigned
verify_policy_report(const struct verify_policy *policy,
	const char *policy_file, const struct object *object, const char *file,
	diag_sink *sink, void *arg)
{
	struct reasons r = {.policy = policy, .policy_file = policy_file,
		.object = object,
		.reporter = {.object = object, .file = file,
			.result = &r.counted, .sink = sink, .arg = arg}};

	report_init(&r.reporter);
	verify_use_find(&r.use, object->packet, &object->header,
		&object->notes);
	r.written = packet_words_written(object->packet, &object->header);
	for (unsigned rule = 0; rule < VERIFY_POLICY_RULES; rule++)
		check_rule(&r, (enum verify_policy_rule)rule);
	return r.counted.errors;
}
