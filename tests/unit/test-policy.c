/* SPDX-License-Identifier: BSD-2-Clause */
/* Operators' policies: what a file says, and what it admits. */
#include "tests/unit/test.h"

#include "tests/unit/program.h"
#include "verify/policy-file.h"

enum { FINDINGS_MAX = 16 };

struct findings {
	unsigned count;
	enum diag_id id[FINDINGS_MAX];
	unsigned line[FINDINGS_MAX];
	int pc[FINDINGS_MAX];
	char text[FINDINGS_MAX][DIAG_TEXT_SIZE], hint[DIAG_TEXT_SIZE];
};

static void
collect(void *arg, const struct diag *diag)
{
	struct findings *f = arg;

	assert_true(f->count < FINDINGS_MAX);
	f->id[f->count] = diag->id;
	f->line[f->count] = diag->line;
	f->pc[f->count] = diag->pc;
	strcpy(f->text[f->count++], diag->text);
	strcpy(f->hint, diag->hint);
}

static struct verify_policy
policy_of(const char *text)
{
	struct verify_policy policy;
	struct findings f = {0};

	if (!verify_policy_read(&policy, text, "p", collect, &f))
		fail_msg("line %u: %s", f.line[0], f.text[0]);
	assert_int_equal(f.count, 0);
	return policy;
}

static struct findings
wrong_policy(const char *text)
{
	struct verify_policy policy;
	struct findings f = {0};

	assert_false(verify_policy_read(&policy, text, "p", collect, &f));
	assert_true(f.count > 0);
	return f;
}

static const uint32_t words[] = {0x11223344, 1, 0x51223344, 2, 0, 0, 0};

static struct object
object_of(uint8_t flags, const uint16_t *code, unsigned count)
{
	struct object object;

	program_make(&object, code, count, words, COUNT(words));
	object.header.flags = flags;
	object.header.cursor = 4;
	program_header_changed(&object);
	return object;
}
#define OBJECT(flags, ...) \
	object_of(flags, (const uint16_t[]){__VA_ARGS__}, \
		COUNT(((const uint16_t[]){__VA_ARGS__})))
enum { IN = PACKET_FLAG_INGRESS, OUT = PACKET_FLAG_EGRESS };

/* The first rule that it breaks there. */
static enum verify_policy_rule
broken(const char *text, enum verify_policy_hook hook,
	const struct object *object)
{
	struct verify_policy policy = policy_of(text);
	struct verify_use use;

	verify_use_find(&use, object->packet, &object->header, NULL);
	return verify_policy_broken(&policy, hook, &use);
}
#define ADMITTED VERIFY_POLICY_RULES

static struct findings
findings_of(const char *text, const struct object *object)
{
	struct verify_policy policy = policy_of(text);
	struct findings f = {0};
	unsigned count = verify_policy_report(&policy, "p", object, "x",
		collect, &f);

	assert_int_equal(count, f.count);
	return f;
}

static void
says_nothing_where_it_is_empty(void **state)
{
	struct verify_policy policy = policy_of("# nothing\n");

	(void)state;
	for (unsigned hook = 0; hook < VERIFY_POLICY_HOOKS; hook++) {
		const struct verify_policy_rules *rules = &policy.hook[hook];

		assert_int_equal(rules->most[VERIFY_POLICY_COST], UINT32_MAX);
		assert_true(rules->opcodes == VERIFY_POLICY_ANY);
		assert_false(rules->safe);
	}
}

static void
reads_every_setting(void **state)
{
	struct verify_policy policy = policy_of("steps = 1\ncost = 2\n"
		"accesses = 3\npushed = 4\nspaces = {public}\n"
		"opcodes = {ld, forward}\nfields = {hook, src4}\nsafe = true\n");

	(void)state;
	for (unsigned hook = 0; hook < VERIFY_POLICY_HOOKS; hook++) {
		const struct verify_policy_rules *rules = &policy.hook[hook];

		assert_int_equal(rules->most[VERIFY_POLICY_STEPS], 1);
		assert_int_equal(rules->most[VERIFY_POLICY_COST], 2);
		assert_int_equal(rules->most[VERIFY_POLICY_ACCESSES], 3);
		assert_int_equal(rules->most[VERIFY_POLICY_PUSHED], 4);
		assert_true(rules->spaces == 1);
		assert_true(rules->opcodes == (UINT64_C(1) << ISA_LD_R |
			UINT64_C(1) << ISA_LD_T | UINT64_C(1) << ISA_FORWARD));
		assert_true(rules->fields == (UINT64_C(1) << ISA_ENV_HOOK |
			UINT64_C(1) << ISA_ENV_SRC3));
		assert_true(rules->safe);
		assert_int_equal(rules->line[VERIFY_POLICY_STEPS], 1);
		assert_int_equal(rules->line[VERIFY_POLICY_SAFE], 8);
	}
}

/* Also where the top says it only behind the section. */
static void
prefers_what_a_section_says(void **state)
{
	struct verify_policy policy = policy_of("ingress {\n\tcost = 5\n"
		"\tforbid-opcodes = {drop}\n}\ncost = 9\n"
		"opcodes = {ld}\nfields = {none}\negress { fields = {ttl} }\n");

	(void)state;
	assert_int_equal(policy.hook[0].most[VERIFY_POLICY_COST], 5);
	assert_int_equal(policy.hook[0].line[VERIFY_POLICY_COST], 2);
	assert_int_equal(policy.hook[1].most[VERIFY_POLICY_COST], 9);
	assert_int_equal(policy.hook[1].line[VERIFY_POLICY_COST], 5);
	assert_true(policy.hook[0].opcodes == ~(UINT64_C(1) << ISA_DROP));
	assert_true(policy.hook[1].opcodes == (UINT64_C(1) << ISA_LD_R |
		UINT64_C(1) << ISA_LD_T));
	assert_true(policy.hook[0].fields == 0);
	assert_true(policy.hook[1].fields == UINT64_C(1) << ISA_ENV_TTL);
}

static void
takes_what_is_forbidden_from_what_is_allowed(void **state)
{
	struct verify_policy policy = policy_of(
		"spaces = {public, private}\nforbid-spaces = {private}\n");

	(void)state;
	assert_true(policy.hook[0].spaces == UINT64_C(1) << KEY_PUBLIC);
}

static void
tells_what_is_wrong_in_a_file(void **state)
{
	static const struct {
		const char *text;
		enum diag_id id;
		unsigned line;
		const char *hint;
	} cases[] = {
		{"cost = 5\n\nstep = 5\n", DIAG_POLICY_FILE_UNKNOWN, 3,
			"did you mean 'steps'?"},
		{"ingress { name = 5 }\n", DIAG_POLICY_FILE_UNKNOWN, 1, NULL},
		{"steps = 129\n", DIAG_POLICY_FILE_VALUE, 1, NULL},
		{"cost = -1\n", DIAG_POLICY_FILE_VALUE, 1, NULL},
		{"cost = many\n", DIAG_POLICY_FILE_VALUE, 1, NULL},
		{"safe = 5\n", DIAG_POLICY_FILE_VALUE, 1, NULL},
		{"opcodes = {ld,\nrerout}\n", DIAG_POLICY_FILE_VALUE, 2,
			"did you mean 'reroute'?"},
		{"fields = {queu}\n", DIAG_POLICY_FILE_VALUE, 1,
			"did you mean 'queue'?"},
		{"egress {\nspaces = {publik} }\n", DIAG_POLICY_FILE_VALUE, 2,
			"did you mean 'public'?"},
		{"spaces = {}\n", DIAG_POLICY_FILE_VALUE, 0,
			"spaces = {none}"},
		{"egress { fields = {} }\n", DIAG_POLICY_FILE_VALUE, 0,
			"fields = {none}"},
		{"# a comment\n\ncost = -1 # another\n", DIAG_POLICY_FILE_VALUE,
			3, NULL},
		{"// a\nfields = {ttl, // b\n/* c\n d */ 'x#y'}\n",
			DIAG_POLICY_FILE_VALUE, 4, NULL},
		{"ingress {\ncost = 5\n", DIAG_POLICY_FILE_SYNTAX, 0, NULL},
		{"cost 5\n", DIAG_POLICY_FILE_SYNTAX, 1, NULL},
		{"at-the-end = true\n}", DIAG_POLICY_FILE_SYNTAX, 2, NULL}
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		struct findings f = wrong_policy(cases[i].text);

		if (f.id[0] != cases[i].id || f.line[0] != cases[i].line)
			fail_msg("%s: line %u: %s", cases[i].text, f.line[0],
				f.text[0]);
		if (cases[i].hint)
			assert_string_equal(f.hint, cases[i].hint);
	}
}

static void
tells_of_all_wrong_values_in_one_run(void **state)
{
	struct findings f = wrong_policy("steps = 999\nspaces = {a, b}\n"
		"egress {\n\tfields = {c}\n}\n");

	(void)state;
	assert_int_equal(f.count, 4);
	assert_int_equal(f.line[3], 4);
}

static void
admits_up_to_each_number(void **state)
{
	static const struct {
		const char *least, *less;
		enum verify_policy_rule rule;
	} cases[] = {
		{"steps = 5", "steps = 4", VERIFY_POLICY_STEPS},
		{"cost = 20", "cost = 19", VERIFY_POLICY_COST},
		{"accesses = 1", "accesses = 0", VERIFY_POLICY_ACCESSES},
		{"pushed = 8", "pushed = 7", VERIFY_POLICY_PUSHED}
	};
	struct object object = OBJECT(IN, INSN(LOOKUP, 0, 0), INSN(BZ, 0, 2),
		INSN(PUSH_R, 0), INSN(PUSH_F, ISA_ENV_TTL), INSN(DROP));

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		struct findings f = findings_of(cases[i].less, &object);

		assert_int_equal(broken(cases[i].least, 0, &object), ADMITTED);
		assert_int_equal(broken(cases[i].less, 0, &object),
			cases[i].rule);
		assert_int_equal(f.count, 1);
		assert_int_equal(f.id[0], DIAG_POLICY_NUMBER);
		assert_true(f.pc[0] == (i == 2 ? 0 : i == 3 ? 3 : 4));
	}
}

static void
admits_by_instructions(void **state)
{
	struct object object = OBJECT(IN, INSN(LD_R, 0, 0), INSN(PUSH_R, 0),
		INSN(PUSH_R, 1), INSN(JMP, 1), INSN(DROP));
	struct findings f = findings_of("forbid-opcodes = {push, drop}",
		&object);

	(void)state;
	assert_int_equal(broken("opcodes = {ld, push, jmp}", 0, &object),
		ADMITTED);
	assert_int_equal(broken("opcodes = {ld, jmp}", 0, &object),
		VERIFY_POLICY_OPCODES);
	/* once, where it is first; what is not reached is not used */
	assert_int_equal(f.count, 1);
	assert_int_equal(f.id[0], DIAG_POLICY_OPCODE);
	assert_int_equal(f.pc[0], 1);
	assert_string_equal(f.text[0],
		"p:1 does not allow 'push' at ingress");
}

static void
admits_by_fields(void **state)
{
	struct object object = OBJECT(IN, INSN(ENV_R, 0, ISA_ENV_TTL),
		INSN(PUSH_F, ISA_ENV_QUEUE));
	struct findings f = findings_of("fields = {ttl}", &object);

	(void)state;
	assert_int_equal(broken("fields = {ttl, queue}", 0, &object),
		ADMITTED);
	assert_int_equal(broken("forbid-fields = {queue}", 0, &object),
		VERIFY_POLICY_FIELDS);
	assert_int_equal(f.count, 1);
	assert_int_equal(f.id[0], DIAG_POLICY_FIELD);
	assert_int_equal(f.pc[0], 1);
}

static void
admits_by_key_spaces(void **state)
{
	struct object object = OBJECT(IN, INSN(LOOKUP, 0, 0),
		INSN(LOOKUP, 0, 2));
	struct object computed = OBJECT(IN, INSN(ENV_R, 0, ISA_ENV_RANDOM),
		INSN(ST_R, 0, 4), INSN(LOOKUP, 1, 4));
	struct findings f = findings_of("spaces = {public}", &object);

	(void)state;
	assert_int_equal(broken("spaces = {public, protected}", 0, &object),
		ADMITTED);
	assert_int_equal(broken("spaces = {protected}", 0, &object),
		VERIFY_POLICY_SPACES);
	assert_int_equal(f.count, 1);
	assert_int_equal(f.id[0], DIAG_POLICY_SPACE);
	assert_int_equal(f.pc[0], 1);
	assert_int_equal(broken("forbid-spaces = {private}", 0, &computed),
		VERIFY_POLICY_SPACES);
	f = findings_of("forbid-spaces = {private}", &computed);
	assert_int_equal(f.pc[0], 2);
	assert_string_equal(f.text[0], "the key may be of the space private, "
		"and p:1 does not allow that at ingress");
}

/* invite and reroute use invitations, whatever their words hold. */
static void
knows_the_space_of_invitations(void **state)
{
	struct object object = OBJECT(IN, INSN(INVITE, 0, 0));

	(void)state;
	assert_int_equal(broken("forbid-spaces = {invitation}", 0, &object),
		VERIFY_POLICY_SPACES);
	assert_int_equal(broken("spaces = {invitation}", 0, &object),
		ADMITTED);
}

static void
admits_only_safe_programs_where_told(void **state)
{
	struct object bad = OBJECT(IN, INSN(MOV_RT, 0, 0));
	struct object good = OBJECT(IN, INSN(DROP));
	struct findings f = findings_of("safe = true", &bad);

	(void)state;
	assert_int_equal(broken("safe = true", 0, &good), ADMITTED);
	assert_int_equal(broken("safe = true", 0, &bad), VERIFY_POLICY_SAFE);
	assert_int_equal(broken("safe = false", 0, &bad), ADMITTED);
	assert_int_equal(f.count, 1);
	assert_int_equal(f.id[0], DIAG_POLICY_SAFE);
}

/* What runs at the other hook only does not count. */
static void
judges_each_hook_by_itself(void **state)
{
	struct object object = OBJECT(IN | OUT, INSN(ENV_R, 0, ISA_ENV_HOOK),
		INSN(LDI, 1, 1), INSN(BNE, 0, 1, 1), INSN(INVITE, 2, 0),
		INSN(FORWARD));
	struct object egress = OBJECT(OUT, INSN(DROP));

	(void)state;
	assert_int_equal(broken("egress { forbid-opcodes = {invite} }", 1,
		&object), ADMITTED);
	assert_int_equal(broken("ingress { forbid-opcodes = {invite} }", 0,
		&object), VERIFY_POLICY_OPCODES);
	assert_int_equal(broken("ingress { forbid-opcodes = {invite} }", 1,
		&object), ADMITTED);
	assert_int_equal(broken("egress { accesses = 0 }", 1, &object),
		ADMITTED);
	assert_int_equal(broken("steps = 0", 0, &egress), ADMITTED);
	assert_int_equal(broken("steps = 0", 1, &egress),
		VERIFY_POLICY_STEPS);
}

static void
says_once_what_holds_at_both_hooks(void **state)
{
	struct object object = OBJECT(IN | OUT, INSN(DROP));
	struct findings f = findings_of("forbid-opcodes = {drop}", &object);

	(void)state;
	assert_int_equal(f.count, 1);
	assert_string_equal(f.text[0],
		"p:1 does not allow 'drop' at any hook");
	f = findings_of("ingress { forbid-opcodes = {drop} }\n"
		"egress { forbid-opcodes = {drop} }\n", &object);
	assert_int_equal(f.count, 2);
	assert_string_equal(f.text[1], "p:2 does not allow 'drop' at egress");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(says_nothing_where_it_is_empty),
	cmocka_unit_test(reads_every_setting),
	cmocka_unit_test(prefers_what_a_section_says),
	cmocka_unit_test(takes_what_is_forbidden_from_what_is_allowed),
	cmocka_unit_test(tells_what_is_wrong_in_a_file),
	cmocka_unit_test(tells_of_all_wrong_values_in_one_run),
	cmocka_unit_test(admits_up_to_each_number),
	cmocka_unit_test(admits_by_instructions),
	cmocka_unit_test(admits_by_fields),
	cmocka_unit_test(admits_by_key_spaces),
	cmocka_unit_test(knows_the_space_of_invitations),
	cmocka_unit_test(admits_only_safe_programs_where_told),
	cmocka_unit_test(judges_each_hook_by_itself),
	cmocka_unit_test(says_once_what_holds_at_both_hooks),
};
RUN_TESTS(tests)
