/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The values of the configuration file, each checked at its line; see config.h.
 * A wrong one is reported and passed over, so that one run tells of all.
 */
#include "router/config-int.h"

#include <string.h>

struct number {
	const char *name;
	unsigned long min, max;
};
#define NUMBER_ROW(name, min, max, initial, member) {name, min, max},

static const struct number numbers_top[] = {
	NUMBERS_TOP(NUMBER_ROW)
	{NULL, 0, 0}
};
static const struct number numbers_interface[] = {
	NUMBERS_INTERFACE(NUMBER_ROW)
	{NULL, 0, 0}
};

static int
check_number(cfg_t *cfg, cfg_opt_t *opt)
{
	const struct number *n = cfg_title(cfg) ? numbers_interface :
		numbers_top;
	long value = cfg_opt_getnint(opt, 0);
	struct diag diag = {0};

	while (n->name && strcmp(n->name, opt->name))
		n++;
	if (!n->name || (value >= (long)n->min && value <= (long)n->max))
		return 0;
	diag_set(&diag, DIAG_CONFIG_VALUE,
		"%s is %ld; allowed are %lu to %lu", opt->name, value, n->min,
		n->max);
	settings_report(cfg, &diag);
	return 0;
}

/* What an IP header with the number carries already, or NULL. */
static const char *
whose_protocol(long number)
{
	static const struct {
		long number;
		const char *name;
	} known[] = {{1, "ICMP"}, {2, "IGMP"}, {4, "IPv4 in IP"}, {6, "TCP"},
		{17, "UDP"}, {41, "IPv6 in IP"}, {43, "a routing header"},
		{44, "a fragment header"}, {47, "GRE"}, {50, "ESP"},
		{51, "AH"}, {58, "ICMPv6"}, {59, "no next header"},
		{60, "destination options"}, {89, "OSPF"}, {103, "PIM"},
		{112, "VRRP"}, {115, "L2TP"}, {132, "SCTP"},
		{136, "UDP-Lite"}};

	for (unsigned i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (known[i].number == number)
			return known[i].name;
	return NULL;
}

static int
check_protocol(cfg_t *cfg, cfg_opt_t *opt)
{
	long value = cfg_opt_getnint(opt, 0);
	const char *name = whose_protocol(value);
	struct diag diag = {0};

	if (!name)
		return check_number(cfg, opt);
	diag_set(&diag, DIAG_CONFIG_VALUE, "protocol is %ld, which is %s; "
		"allowed are those that are nobody's, 253 and 254 say", value,
		name);
	settings_report(cfg, &diag);
	return 0;
}

/* The settings that are one word of a list. */
static const struct word {
	const char *name, *option;	/* as the file, and libconfuse, has it */
	const char *const *names;
} words[] = {
	{"log", "log", config_log_names},
	{"datapath", "datapath", config_datapath_names},
	{"mode", "mode", config_mode_names},
	{"sample", "sample", config_sample_names},
	{"translate", "translate", config_translate_names},
	{"role", "interface|role", config_role_names},
	{"tell", "interface|tell", config_tell_names}
};
enum { WORDS = sizeof(words) / sizeof(*words) };

static int
check_word(cfg_t *cfg, cfg_opt_t *opt)
{
	const struct word *word = words;
	const char *value = cfg_opt_getnstr(opt, 0);
	struct diag diag = {0};
	char list[80];

	while (strcmp(word->name, opt->name))
		word++;
	if (settings_name_index(word->names, value) >= 0)
		return 0;
	diag_set(&diag, DIAG_CONFIG_VALUE, "%s is '%.80s'; allowed are %s",
		opt->name, value, settings_name_list(word->names, list,
			sizeof(list)));
	settings_report(cfg, &diag);
	return 0;
}

/* A text that is right if it can be set. */
typedef bool set_text(struct config *config, const char *text,
	struct diag *diag);

static int
check_text(cfg_t *cfg, cfg_opt_t *opt, set_text *set)
{
	struct config scratch;
	struct diag diag = {0};

	if (!set(&scratch, cfg_opt_getnstr(opt, 0), &diag))
		settings_report(cfg, &diag);
	return 0;
}

static int
check_name(cfg_t *cfg, cfg_opt_t *opt)
{
	return check_text(cfg, opt, config_set_name);
}

static int
check_interface(cfg_t *cfg, cfg_opt_t *opt)
{
	unsigned count = cfg_opt_size(opt);
	const char *name = cfg_title(cfg_opt_getnsec(opt, count - 1));
	struct diag diag = {0};
	bool good = config_is_interface(name, strlen(name), &diag);

	if (good && count > CONFIG_INTERFACE_MAX) {
		diag_set(&diag, DIAG_CONFIG_MANY, "more than %d interfaces",
			CONFIG_INTERFACE_MAX);
		good = false;
	}
	if (!good)
		settings_report(cfg, &diag);
	return 0;
}

/* The name of a file; the file itself is read later. */
static int
check_file(cfg_t *cfg, cfg_opt_t *opt)
{
	size_t size = strlen(cfg_opt_getnstr(opt, 0));
	struct diag diag = {0};

	if (size > 0 && size < CONFIG_PATH_SIZE)
		return 0;
	diag_set(&diag, DIAG_CONFIG_VALUE, "%s has %zu characters; allowed are "
		"1 to %d", opt->name, size, CONFIG_PATH_SIZE - 1);
	settings_report(cfg, &diag);
	return 0;
}

static int
check_pins(cfg_t *cfg, cfg_opt_t *opt)
{
	return check_text(cfg, opt, config_set_pins);
}

/* The addresses before the last one in the list are addresses. */
static bool
is_second_of_family(cfg_opt_t *opt, const uint8_t last[static IP_ADDR_SIZE])
{
	for (unsigned i = 0; i + 1 < cfg_opt_size(opt); i++) {
		uint8_t addr[IP_ADDR_SIZE];

		if (ip_addr_parse(cfg_opt_getnstr(opt, i), addr) &&
		    ip_addr_is_v4(addr) == ip_addr_is_v4(last))
			return true;
	}
	return false;
}

static int
check_address(cfg_t *cfg, cfg_opt_t *opt)
{
	const char *value = cfg_opt_getnstr(opt, cfg_opt_size(opt) - 1);
	bool prefix = strcmp(opt->name, "address") != 0;
	struct config_prefix parsed;
	struct diag diag = {0};

	if (!config_parse_prefix(value, &parsed) || (!prefix && strchr(value, '/')))
		diag_set(&diag, DIAG_CONFIG_ADDRESS, "'%.80s' is no %s", value,
			prefix ? "prefix; allowed are 192.0.2.0/24 or "
			"2001:db8::/32, say" : "address; allowed are 192.0.2.1 "
			"or 2001:db8::1, say");
	else if (cfg_opt_size(opt) > CONFIG_PREFIX_MAX)
		diag_set(&diag, DIAG_CONFIG_MANY, "more than %d in %s",
			CONFIG_PREFIX_MAX, opt->name);
	else if (!prefix && is_second_of_family(opt, parsed.addr))
		diag_set(&diag, DIAG_CONFIG_MANY, "'%.80s' is a second address "
			"of its family", value);
	else
		return 0;
	settings_report(cfg, &diag);
	return 0;
}

static int
check_hash(cfg_t *cfg, cfg_opt_t *opt)
{
	const char *value = cfg_opt_getnstr(opt, cfg_opt_size(opt) - 1);
	struct diag diag = {0};
	uint64_t hash;

	if (!config_parse_hash(value, &hash))
		diag_set(&diag, DIAG_CONFIG_VALUE, "'%.80s' is no program; "
			"what wasp-as --hash prints has 16 digits", value);
	else if (cfg_opt_size(opt) > TRANSLATOR_LISTED_MAX)
		diag_set(&diag, DIAG_CONFIG_MANY, "more than %d in %s",
			TRANSLATOR_LISTED_MAX, opt->name);
	else
		return 0;
	settings_report(cfg, &diag);
	return 0;
}

/* Rules */

static int
check_match(cfg_t *cfg, cfg_opt_t *opt)
{
	struct config_match match;
	struct diag diag = {0};

	if (!config_parse_match(cfg_opt_getnstr(opt, 0), &match, &diag))
		settings_report(cfg, &diag);
	return 0;
}

static int
check_program(cfg_t *cfg, cfg_opt_t *opt)
{
	struct config_places *places = settings_user();

	if (places->wrap_count < CONFIG_WRAPS_MAX)
		places->lines[places->wrap_count] = (unsigned)cfg->line;
	return check_file(cfg, opt);
}

static int
check_set(cfg_t *cfg, cfg_opt_t *opt)
{
	struct config_places *places = settings_user();
	unsigned count = cfg_opt_size(opt);
	struct config_set set;
	struct diag diag = {0};

	if (!config_parse_set(cfg_opt_getnstr(opt, count - 1), &set, &diag))
		settings_report(cfg, &diag);
	if (count <= CONFIG_SETS_MAX) {
		if (places->wrap_count < CONFIG_WRAPS_MAX)
			places->set_lines[places->wrap_count][count - 1] =
				(unsigned)cfg->line;
		return 0;
	}
	diag_set(&diag, DIAG_CONFIG_MANY, "more than %d in set",
		CONFIG_SETS_MAX);
	settings_report(cfg, &diag);
	return 0;
}

/* A rule that is complete, at its end. */
static int
check_rule(cfg_t *cfg, cfg_opt_t *opt)
{
	unsigned count = cfg_opt_size(opt);
	cfg_t *rule = cfg_opt_getnsec(opt, count - 1);
	bool wraps = !strcmp(opt->name, "wrap");
	const char *missing = !cfg_getstr(rule, "match") ? "match" :
		wraps && !cfg_getstr(rule, "program") ? "program" : NULL;
	struct diag diag = {0};

	((struct config_places *)settings_user())->wrap_count += wraps;
	if (!*cfg_title(rule) || strlen(cfg_title(rule)) >= CONFIG_WORD_SIZE)
		diag_set(&diag, DIAG_CONFIG_VALUE, "the name of a rule has "
			"1 to %d characters", CONFIG_WORD_SIZE - 1);
	else if (count > CONFIG_WRAPS_MAX)
		diag_set(&diag, DIAG_CONFIG_MANY, "more than %d sections %s",
			CONFIG_WRAPS_MAX, opt->name);
	else if (missing)
		diag_set(&diag, DIAG_CONFIG_RULE, "the %s '%.80s' has no %s",
			opt->name, cfg_title(rule), missing);
	else
		return 0;
	settings_report(cfg, &diag);
	return 0;
}

void
config_set_checks(cfg_t *cfg)
{
	static const char *const addresses[] = {"address",
		"operator-prefixes", "client-prefixes", "unwrap|from",
		"unwrap|to"};
	enum { ADDRESSES = sizeof(addresses) / sizeof(*addresses) };
	char name[64];

	for (const struct number *n = numbers_top; n->name; n++)
		cfg_set_validate_func(cfg, n->name, check_number);
	for (const struct number *n = numbers_interface; n->name; n++) {
		snprintf(name, sizeof(name), "interface|%s", n->name);
		cfg_set_validate_func(cfg, name, check_number);
	}
	for (unsigned i = 0; i < WORDS; i++)
		cfg_set_validate_func(cfg, words[i].option, check_word);
	for (unsigned i = 0; i < ADDRESSES; i++)
		cfg_set_validate_func(cfg, addresses[i], check_address);
	cfg_set_validate_func(cfg, "protocol", check_protocol);
	cfg_set_validate_func(cfg, "translate-programs", check_hash);
	cfg_set_validate_func(cfg, "policy", check_file);
	cfg_set_validate_func(cfg, "pin-directory", check_pins);
	cfg_set_validate_func(cfg, "interface|policy", check_file);
	cfg_set_validate_func(cfg, "name", check_name);
	cfg_set_validate_func(cfg, "wrap|match", check_match);
	cfg_set_validate_func(cfg, "wrap|program", check_program);
	cfg_set_validate_func(cfg, "wrap|set", check_set);
	cfg_set_validate_func(cfg, "wrap", check_rule);
	cfg_set_validate_func(cfg, "unwrap|match", check_match);
	cfg_set_validate_func(cfg, "unwrap", check_rule);
	cfg_set_validate_func(cfg, "interface", check_interface);
}
