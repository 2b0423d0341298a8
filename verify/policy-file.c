/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Policies by libconfuse; see policy-file.h.  Settings at the top hold at both
 * hooks; those in a section, only there, and in place of the same at the top.
 */
#include "verify/policy-file.h"

#include <string.h>

#include "wasp/settings.h"

/* The settings that are numbers. */
static const struct number {
	const char *name;
	long most;
} numbers[VERIFY_POLICY_NUMBERS] = {
	[VERIFY_POLICY_STEPS] = {"steps", PACKET_CODE_MAX},
	[VERIFY_POLICY_COST] = {"cost", 1000000},
	[VERIFY_POLICY_ACCESSES] = {"accesses", PACKET_CODE_MAX},
	[VERIFY_POLICY_PUSHED] = {"pushed", PACKET_CODE_MAX * PACKET_WORD_SIZE}
};
#define NUMBER_ROWS \
	CFG_INT("steps", 0, CFGF_NONE), CFG_INT("cost", 0, CFGF_NONE), \
	CFG_INT("accesses", 0, CFGF_NONE), CFG_INT("pushed", 0, CFGF_NONE)

static const char *
space_name(unsigned i)
{
	static const char *const names[] = KEY_SPACE_NAMES;

	return names[i];
}

/* Several rows can have one mnemonic: all of them are meant. */
static const char *
opcode_name(unsigned i)
{
	return isa_insns[i].mnemonic;
}

static const char *
field_name(unsigned i)
{
	return isa_envs[i].name;
}

/* What stands in a set that is empty, so that its line is known. */
#define NONE "none"

/* The settings that are sets: one names what is allowed, one what is not. */
enum { SETS = 3, MEMBERS_MAX = 64 };
static const struct set {
	enum verify_policy_rule rule;
	const char *name[2], *what;
	unsigned count;
	const char *(*member)(unsigned i);
} sets[SETS] = {
	{VERIFY_POLICY_SPACES, {"spaces", "forbid-spaces"}, "key space",
		KEY_SPACE_COUNT, space_name},
	{VERIFY_POLICY_OPCODES, {"opcodes", "forbid-opcodes"}, "instruction",
		ISA_OP_COUNT, opcode_name},
	{VERIFY_POLICY_FIELDS, {"fields", "forbid-fields"},
		"environment field", ISA_ENV_COUNT, field_name}
};
#define SET_ROWS \
	CFG_STR_LIST("spaces", NULL, CFGF_NONE), \
	CFG_STR_LIST("forbid-spaces", NULL, CFGF_NONE), \
	CFG_STR_LIST("opcodes", NULL, CFGF_NONE), \
	CFG_STR_LIST("forbid-opcodes", NULL, CFGF_NONE), \
	CFG_STR_LIST("fields", NULL, CFGF_NONE), \
	CFG_STR_LIST("forbid-fields", NULL, CFGF_NONE)

/* Where a setting stood: at the top, or in the section of a hook. */
enum { TOP, PLACES = 1 + VERIFY_POLICY_HOOKS };
static const char *const sections[PLACES] = {NULL, VERIFY_POLICY_HOOK_NAMES};

/* The lines of settings, 0 where they do not stand. */
struct found {
	unsigned line[PLACES][VERIFY_POLICY_RULES];
};

static void
note_line(cfg_t *cfg, enum verify_policy_rule rule)
{
	struct found *found = settings_user();
	unsigned place = TOP;

	for (unsigned i = TOP + 1; i < PLACES; i++)
		if (!strcmp(cfg_name(cfg), sections[i]))
			place = i;
	if (found->line[place][rule] == 0)
		found->line[place][rule] = (unsigned)cfg->line;
}

static int
check_number(cfg_t *cfg, cfg_opt_t *opt)
{
	long value = cfg_opt_getnint(opt, 0);
	struct diag diag = {0};
	unsigned rule = 0;

	while (strcmp(numbers[rule].name, opt->name))
		rule++;
	note_line(cfg, (enum verify_policy_rule)rule);
	if (value >= 0 && value <= numbers[rule].most)
		return 0;
	diag_set(&diag, DIAG_POLICY_FILE_VALUE, "%s is %ld; allowed are 0 to "
		"%ld", opt->name, value, numbers[rule].most);
	settings_report(cfg, &diag);
	return 0;
}

static int
check_safe(cfg_t *cfg, cfg_opt_t *opt)
{
	(void)opt;
	note_line(cfg, VERIFY_POLICY_SAFE);
	return 0;
}

static void
report_member(cfg_t *cfg, const cfg_opt_t *opt, const struct set *set,
	const char *word)
{
	const char *names[MEMBERS_MAX], *like;
	struct diag diag = {0};

	for (unsigned i = 0; i < set->count; i++)
		names[i] = set->member(i);
	like = diag_suggest(word, names, set->count);
	diag_set(&diag, DIAG_POLICY_FILE_VALUE, "%s: there is no %s '%.80s'",
		opt->name, set->what, word);
	if (like)
		diag_set_hint(&diag, "did you mean '%s'?", like);
	else
		diag_set_hint(&diag, "%s lists what there is",
			set->rule == VERIFY_POLICY_SPACES ? "wasp-asm(5)" :
			"wasp-isa(7)");
	settings_report(cfg, &diag);
}

/* The members that a word names; 0: there is no such. */
static uint64_t
find_members(const struct set *set, const char *word)
{
	int field = set->rule == VERIFY_POLICY_FIELDS ? isa_env_number(word) :
		-1;
	uint64_t members = field < 0 ? 0 : UINT64_C(1) << field;

	for (unsigned i = 0; i < set->count; i++)
		if (!strcmp(set->member(i), word))
			members |= UINT64_C(1) << i;
	return members;
}

/* The set of a setting by its name; *forbids: it is the second one. */
static const struct set *
find_set(const char *name, bool *forbids)
{
	for (unsigned i = 0; i < 2 * SETS; i++) {
		*forbids = i & 1;
		if (!strcmp(sets[i / 2].name[i & 1], name))
			return &sets[i / 2];
	}
	return NULL;
}

static int
check_member(cfg_t *cfg, cfg_opt_t *opt)
{
	bool forbids;
	const struct set *set = find_set(opt->name, &forbids);
	unsigned count = cfg_opt_size(opt);
	const char *word;

	note_line(cfg, set->rule);
	if (count == 0)
		return 0;
	word = cfg_opt_getnstr(opt, count - 1);
	if (!find_members(set, word) && strcmp(word, NONE))
		report_member(cfg, opt, set, word);
	return 0;
}

static void
check_filled(cfg_t *cfg, const char *name)
{
	cfg_opt_t *opt = cfg_getopt(cfg, name);
	struct diag diag = {0};

	if (!(opt->flags & CFGF_MODIFIED) || cfg_opt_size(opt) > 0)
		return;
	diag_set(&diag, DIAG_POLICY_FILE_VALUE, "%s is empty", name);
	diag_set_hint(&diag, "%s = {" NONE "}", name);
	settings_report(NULL, &diag);
}

static void
check_whole(cfg_t *cfg)
{
	for (unsigned place = 0; place < PLACES; place++)
		for (unsigned i = 0; i < 2 * SETS; i++)
			check_filled(sections[place] ? cfg_getsec(cfg,
				sections[place]) : cfg,
				sets[i / 2].name[i & 1]);
}

static void
set_check(cfg_t *cfg, const char *section, const char *name,
	cfg_validate_callback_t check)
{
	char path[64];

	snprintf(path, sizeof(path), "%s%s%s", section ? section : "",
		section ? "|" : "", name);
	cfg_set_validate_func(cfg, path, check);
}

static void
set_checks(cfg_t *cfg)
{
	for (unsigned place = 0; place < PLACES; place++) {
		for (unsigned i = 0; i < VERIFY_POLICY_NUMBERS; i++)
			set_check(cfg, sections[place], numbers[i].name,
				check_number);
		for (unsigned i = 0; i < 2 * SETS; i++)
			set_check(cfg, sections[place],
				sets[i / 2].name[i & 1], check_member);
		set_check(cfg, sections[place], "safe", check_safe);
	}
}

static cfg_t *
make_parser(void)
{
	cfg_opt_t section[] = {
		NUMBER_ROWS, SET_ROWS, CFG_BOOL("safe", cfg_false, CFGF_NONE),
		CFG_END()
	};
	cfg_opt_t top[] = {
		NUMBER_ROWS, SET_ROWS, CFG_BOOL("safe", cfg_false, CFGF_NONE),
		CFG_SEC("ingress", section, CFGF_NONE),
		CFG_SEC("egress", section, CFGF_NONE),
		SETTINGS_END_ROW,
		CFG_END()
	};

	return cfg_init(top, CFGF_NONE);
}

/* What a set allows: all that one list names, less what the other does. */
static uint64_t
take_set(cfg_t *cfg, const struct set *set)
{
	uint64_t lists[2] = {VERIFY_POLICY_ANY, 0};

	for (unsigned i = 0; i < 2; i++) {
		unsigned count = cfg_size(cfg, set->name[i]);

		if (count > 0)
			lists[i] = 0;
		for (unsigned n = 0; n < count; n++)
			lists[i] |= find_members(set, cfg_getnstr(cfg,
				set->name[i], n));
	}
	return lists[0] & ~lists[1];
}

/* Only what stands there; the rest is as it was. */
static void
take(struct verify_policy_rules *to, cfg_t *cfg, const unsigned *line)
{
	for (unsigned i = 0; i < VERIFY_POLICY_NUMBERS; i++)
		if (line[i])
			to->most[i] = (unsigned)cfg_getint(cfg,
				numbers[i].name);
	if (line[VERIFY_POLICY_SPACES])
		to->spaces = take_set(cfg, &sets[0]);
	if (line[VERIFY_POLICY_OPCODES])
		to->opcodes = take_set(cfg, &sets[1]);
	if (line[VERIFY_POLICY_FIELDS])
		to->fields = take_set(cfg, &sets[2]);
	if (line[VERIFY_POLICY_SAFE])
		to->safe = cfg_getbool(cfg, "safe");
	for (unsigned i = 0; i < VERIFY_POLICY_RULES; i++)
		if (line[i])
			to->line[i] = line[i];
}

bool
verify_policy_read(struct verify_policy *policy, const char *text,
	const char *file, diag_sink *sink, void *arg)
{
	struct found found = {0};
	struct settings settings = {.text = text, .file = file,
		.syntax = DIAG_POLICY_FILE_SYNTAX,
		.unknown = DIAG_POLICY_FILE_UNKNOWN,
		.value = DIAG_POLICY_FILE_VALUE,
		.sink = sink, .arg = arg, .check = check_whole,
		.user = &found};
	cfg_t *cfg = make_parser();
	bool ok;

	verify_policy_init(policy);
	if (cfg)
		set_checks(cfg);
	ok = settings_parse(&settings, cfg);
	for (unsigned i = 0; i < VERIFY_POLICY_HOOKS && ok; i++) {
		take(&policy->hook[i], cfg, found.line[TOP]);
		take(&policy->hook[i], cfg_getsec(cfg, sections[1 + i]),
			found.line[1 + i]);
	}
	if (cfg)
		cfg_free(cfg);
	return ok;
}
