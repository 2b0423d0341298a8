/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The configuration file by libconfuse; see config.h.
 *
 * libconfuse parses; the tables below say which values are allowed, and where a
 * value goes.  A wrong value is reported and passed over, so that one run tells
 * of all; after an error of syntax libconfuse gives up.
 */
#include "router/config.h"

#include <stdlib.h>
#include <string.h>

#include "verify/policy-file.h"
#include "wasp/hex.h"
#include "wasp/settings.h"

/*
 * The settings that are numbers: NUMBER(name, least, most, when it is not set,
 * member of struct config, or of struct config_interface).
 */
#define NUMBERS_TOP(NUMBER) \
	NUMBER("store", 1, 1 << 24, CONFIG_STORE_DEFAULT, store) \
	NUMBER("accesses", ISA_ACCESS_MAX, PACKET_CODE_MAX, ISA_ACCESS_MAX, \
		accesses) \
	NUMBER("protocol", 1, 255, PACKET_PROTOCOL, numbers.protocol) \
	NUMBER("udp-port", 1, 65535, PACKET_UDP_PORT, numbers.udp_port) \
	NUMBER("queue", 0, 65534, CONFIG_QUEUE_DEFAULT, queue) \
	NUMBER("mark", 1, 0xffffffff, CONFIG_MARK_DEFAULT, mark) \
	NUMBER("translate-after", 1, 1000000000, \
		TRANSLATOR_SIGHTINGS_DEFAULT, translate.sightings)
#define NUMBERS_INTERFACE(NUMBER) \
	NUMBER("return-rate", 0, 1000000, CONFIG_RETURN_RATE_DEFAULT, \
		return_rate) \
	NUMBER("rate", 0, 0xfffffffe, 0, rate_kbit)

struct number {
	const char *name;
	unsigned long min, max;
};
#define NUMBER_ROW(name, min, max, initial, member) {name, min, max},
#define NUMBER_INITIAL(name, min, max, initial, member) .member = initial,
#define NUMBER_OPTION(name, min, max, initial, member) \
	CFG_INT(name, initial, CFGF_NONE),
#define NUMBER_TAKE(name, min, max, initial, member) \
	to->member = (__typeof__(to->member))cfg_getint(cfg, name);

static const struct number numbers_top[] = {
	NUMBERS_TOP(NUMBER_ROW)
	{NULL, 0, 0}
};
static const struct number numbers_interface[] = {
	NUMBERS_INTERFACE(NUMBER_ROW)
	{NULL, 0, 0}
};

static const char *const role_names[] = {"none", ISA_ROLE_NAMES, NULL};
static const char *const tell_names[] = {ISA_WHO_NAMES, NULL};
static const char *const datapath_names[] = {
	[CONFIG_AUTO] = "auto", [CONFIG_XDP] = "xdp",
	[CONFIG_PORTABLE] = "portable", NULL
};
static const char *const translate_names[] = {TRANSLATOR_MODE_NAMES, NULL};
static const char *const mode_names[] = {"through", "fast", NULL};
static const char *const log_names[] = {
	[CONFIG_LOG_ERROR] = "error", [CONFIG_LOG_WARNING] = "warning",
	[CONFIG_LOG_INFO] = "info", [CONFIG_LOG_DEBUG] = "debug", NULL
};

const char *
config_role_name(enum config_role role)
{
	return role_names[role];
}

const char *
config_datapath_name(enum config_datapath datapath)
{
	return datapath_names[datapath];
}

static struct config_interface
interface_default(void)
{
	return (struct config_interface){
		NUMBERS_INTERFACE(NUMBER_INITIAL)
		.ingress = true, .egress = true
	};
}

void
config_defaults(struct config *config)
{
	*config = (struct config){
		NUMBERS_TOP(NUMBER_INITIAL)
		.translate.load_ms = TRANSLATOR_LOAD_MS_DEFAULT,
		.translate.programs = TRANSLATOR_PROGRAMS_MAX,
		.name = "waspd", .log = CONFIG_LOG_INFO,
		.pins = CONFIG_PINS_DEFAULT
	};
}

/* Checking, at the line of each value */

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

/* The settings that are one word of a list. */
static const struct word {
	const char *name, *option;	/* as the file, and libconfuse, has it */
	const char *const *names;
} words[] = {
	{"log", "log", log_names},
	{"datapath", "datapath", datapath_names},
	{"mode", "mode", mode_names},
	{"translate", "translate", translate_names},
	{"role", "interface|role", role_names},
	{"tell", "interface|tell", tell_names}
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

static bool
name_allowed(const char *name, size_t max)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";

	return *name && *name != '-' && strlen(name) <= max &&
		!name[strspn(name, letters)];
}

static bool
set_name(struct config *config, const char *name, struct diag *diag)
{
	if (name_allowed(name, CONFIG_NAME_SIZE - 1)) {
		strcpy(config->name, name);
		return true;
	}
	diag_set(diag, DIAG_CONFIG_VALUE, "the name is '%.80s'; allowed are 1 "
		"to %d letters, digits and any of _ . -", name,
		CONFIG_NAME_SIZE - 1);
	return false;
}

static int
check_name(cfg_t *cfg, cfg_opt_t *opt)
{
	struct config scratch;
	struct diag diag = {0};

	if (!set_name(&scratch, cfg_opt_getnstr(opt, 0), &diag))
		settings_report(cfg, &diag);
	return 0;
}

/*
 * What the kernel takes as a name, less what means something else in a rule:
 * quotes, backslashes, and the plus that ends a prefix of names.
 */
static bool
is_interface_name(const char *name, size_t size, struct diag *diag)
{
	bool good = size > 0 && size < IFNAMSIZ && name[size - 1] != '+' &&
		!(size <= 2 && !memcmp(name, "..", size));

	for (size_t i = 0; i < size && good; i++)
		good = (unsigned char)name[i] > ' ' && !strchr("/:\"\\",
			name[i]);
	if (!good)
		diag_set(diag, DIAG_CONFIG_VALUE, "'%.*s' can not be an "
			"interface; allowed are 1 to %d characters without "
			"blanks and any of / : \" \\ and not ending in +",
			(int)(size < 80 ? size : 80), name, IFNAMSIZ - 1);
	return good;
}

static int
check_interface(cfg_t *cfg, cfg_opt_t *opt)
{
	unsigned count = cfg_opt_size(opt);
	const char *name = cfg_title(cfg_opt_getnsec(opt, count - 1));
	struct diag diag = {0};
	bool good = is_interface_name(name, strlen(name), &diag);

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

static bool
set_pins(struct config *config, const char *directory, struct diag *diag)
{
	if (*directory == '/' && strlen(directory) < CONFIG_PATH_SIZE) {
		strcpy(config->pins, directory);
		return true;
	}
	diag_set(diag, DIAG_CONFIG_VALUE, "the pin directory is '%.80s'; "
		"allowed is a path from / on of at most %d characters",
		directory, CONFIG_PATH_SIZE - 1);
	return false;
}

static int
check_pins(cfg_t *cfg, cfg_opt_t *opt)
{
	struct config scratch;
	struct diag diag = {0};

	if (!set_pins(&scratch, cfg_opt_getnstr(opt, 0), &diag))
		settings_report(cfg, &diag);
	return 0;
}

bool
config_parse_prefix(const char *text, struct config_prefix *prefix)
{
	char addr[IP_TEXT_SIZE];
	const char *slash = strchr(text, '/');
	size_t size = slash ? (size_t)(slash - text) : strlen(text);
	unsigned base, most;
	char *end;
	unsigned long length;

	if (size >= sizeof(addr))
		return false;
	memcpy(addr, text, size);
	addr[size] = '\0';
	if (!ip_addr_parse(addr, prefix->addr))
		return false;
	base = ip_addr_is_v4(prefix->addr) ? 96 : 0;
	most = 128 - base;
	length = slash ? strtoul(slash + 1, &end, 10) : most;
	if (slash && (slash[1] < '0' || slash[1] > '9' || *end))
		return false;
	prefix->length = base + (unsigned)length;
	return length <= most;
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

/* A program's name, as wasp-as --hash prints it. */
static bool
parse_hash(const char *text, uint64_t *hash)
{
	uint8_t bytes[sizeof(*hash)];

	if (!hex_exact(text, bytes, sizeof(bytes)))
		return false;
	*hash = packet_get64(bytes);
	return true;
}

static int
check_hash(cfg_t *cfg, cfg_opt_t *opt)
{
	const char *value = cfg_opt_getnstr(opt, cfg_opt_size(opt) - 1);
	struct diag diag = {0};
	uint64_t hash;

	if (!parse_hash(value, &hash))
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

/* Where values stand that are looked at when all has been read. */
struct places {
	unsigned wrap_count;		/* sections that were read */
	unsigned lines[CONFIG_WRAPS_MAX];	/* of their programs */
	unsigned set_lines[CONFIG_WRAPS_MAX][CONFIG_SETS_MAX];
};

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
	struct places *places = settings_user();

	if (places->wrap_count < CONFIG_WRAPS_MAX)
		places->lines[places->wrap_count] = (unsigned)cfg->line;
	return check_file(cfg, opt);
}

static int
check_set(cfg_t *cfg, cfg_opt_t *opt)
{
	struct places *places = settings_user();
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

	((struct places *)settings_user())->wrap_count += wraps;
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

/* Taking over what was read */

static void
take_prefixes(struct config_prefixes *to, cfg_t *cfg, const char *name)
{
	for (unsigned i = 0; i < cfg_size(cfg, name); i++)
		config_parse_prefix(cfg_getnstr(cfg, name, i),
			&to->list[to->count++]);
}

static void
take_wrap(struct config_wrap *to, cfg_t *cfg, unsigned line,
	const unsigned set_lines[static CONFIG_SETS_MAX])
{
	struct diag diag;

	strcpy(to->name, cfg_title(cfg));
	to->line = line;
	config_parse_match(cfg_getstr(cfg, "match"), &to->match, &diag);
	strcpy(to->program_file, cfg_getstr(cfg, "program"));
	for (unsigned i = 0; i < cfg_size(cfg, "set"); i++) {
		config_parse_set(cfg_getnstr(cfg, "set", i), &to->sets[i],
			&diag);
		to->sets[i].line = set_lines[i];
		to->set_count++;
	}
}

static void
take_unwrap(struct config_unwrap *to, cfg_t *cfg)
{
	struct diag diag;

	strcpy(to->name, cfg_title(cfg));
	config_parse_match(cfg_getstr(cfg, "match"), &to->match, &diag);
	take_prefixes(&to->from, cfg, "from");
	take_prefixes(&to->to, cfg, "to");
}

static void
take_rules(struct config *to, cfg_t *cfg, const struct places *places)
{
	for (unsigned i = 0; i < cfg_size(cfg, "wrap"); i++)
		take_wrap(&to->wraps[to->wrap_count++],
			cfg_getnsec(cfg, "wrap", i), places->lines[i],
			places->set_lines[i]);
	for (unsigned i = 0; i < cfg_size(cfg, "unwrap"); i++)
		take_unwrap(&to->unwraps[to->unwrap_count++],
			cfg_getnsec(cfg, "unwrap", i));
}

static void
take_file(char to[static CONFIG_PATH_SIZE], cfg_t *cfg)
{
	const char *file = cfg_getstr(cfg, "policy");

	if (file)
		strcpy(to, file);
}

static void
take_interface(struct config_interface *to, cfg_t *cfg)
{
	const char *tell = cfg_getstr(cfg, "tell");

	*to = interface_default();
	strncpy(to->name, cfg_title(cfg), IFNAMSIZ - 1);
	to->role = (enum config_role)settings_name_index(role_names,
		cfg_getstr(cfg, "role"));
	to->is_operator = cfg_getbool(cfg, "operator");
	to->tell_set = tell != NULL;
	if (tell)
		to->tell = (enum isa_who)settings_name_index(tell_names, tell);
	to->verify_checksum = cfg_getbool(cfg, "verify-checksum");
	to->ingress = cfg_getbool(cfg, "ingress");
	to->egress = cfg_getbool(cfg, "egress");
	take_file(to->policy_file, cfg);
	NUMBERS_INTERFACE(NUMBER_TAKE)
}

static void
take_addresses(struct config *config, cfg_t *cfg)
{
	for (unsigned i = 0; i < cfg_size(cfg, "address"); i++) {
		uint8_t addr[IP_ADDR_SIZE];

		ip_addr_parse(cfg_getnstr(cfg, "address", i), addr);
		if (ip_addr_is_v4(addr)) {
			config->has_v4 = true;
			memcpy(config->v4, addr, IP_ADDR_SIZE);
		} else {
			config->has_v6 = true;
			memcpy(config->v6, addr, IP_ADDR_SIZE);
		}
	}
}

static void
take_translate(struct translator_policy *to, cfg_t *cfg)
{
	to->mode = (enum translator_mode)settings_name_index(translate_names,
		cfg_getstr(cfg, "translate"));
	for (unsigned i = 0; i < cfg_size(cfg, "translate-programs") &&
	    to->listed_count < TRANSLATOR_LISTED_MAX; i++)
		to->listed_count += parse_hash(cfg_getnstr(cfg,
			"translate-programs", i),
			&to->listed[to->listed_count]);
}

static void
take(struct config *to, cfg_t *cfg)
{
	struct diag diag;

	set_name(to, cfg_getstr(cfg, "name"), &diag);
	take_addresses(to, cfg);
	take_prefixes(&to->operators, cfg, "operator-prefixes");
	take_prefixes(&to->clients, cfg, "client-prefixes");
	take_file(to->policy_file, cfg);
	NUMBERS_TOP(NUMBER_TAKE)
	to->datapath = (enum config_datapath)settings_name_index(
		datapath_names, cfg_getstr(cfg, "datapath"));
	to->fast = settings_name_index(mode_names, cfg_getstr(cfg, "mode"));
	take_translate(&to->translate, cfg);
	set_pins(to, cfg_getstr(cfg, "pin-directory"), &diag);
	to->log = (enum config_log)settings_name_index(log_names,
		cfg_getstr(cfg, "log"));
	to->syslog = cfg_getbool(cfg, "syslog");
	for (unsigned i = 0; i < cfg_size(cfg, "interface"); i++)
		take_interface(&to->interfaces[to->interface_count++],
			cfg_getnsec(cfg, "interface", i));
}

static void
set_checks(cfg_t *cfg)
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

static cfg_t *
make_parser(void)
{
	cfg_opt_t interface[] = {
		CFG_STR("role", "none", CFGF_NONE),
		CFG_BOOL("operator", cfg_false, CFGF_NONE),
		CFG_STR("tell", NULL, CFGF_NONE),
		CFG_BOOL("verify-checksum", cfg_false, CFGF_NONE),
		CFG_BOOL("ingress", cfg_true, CFGF_NONE),
		CFG_BOOL("egress", cfg_true, CFGF_NONE),
		CFG_STR("policy", NULL, CFGF_NONE),
		NUMBERS_INTERFACE(NUMBER_OPTION)
		CFG_END()
	};
	cfg_opt_t wrap[] = {
		CFG_STR("match", NULL, CFGF_NONE),
		CFG_STR("program", NULL, CFGF_NONE),
		CFG_STR_LIST("set", NULL, CFGF_NONE),
		CFG_END()
	};
	cfg_opt_t unwrap[] = {
		CFG_STR("match", NULL, CFGF_NONE),
		CFG_STR_LIST("from", NULL, CFGF_NONE),
		CFG_STR_LIST("to", NULL, CFGF_NONE),
		CFG_END()
	};
	cfg_opt_t top[] = {
		CFG_STR("name", "waspd", CFGF_NONE),
		CFG_SEC("interface", interface, CFGF_MULTI | CFGF_TITLE |
			CFGF_NO_TITLE_DUPES),
		CFG_SEC("wrap", wrap, CFGF_MULTI | CFGF_TITLE |
			CFGF_NO_TITLE_DUPES),
		CFG_SEC("unwrap", unwrap, CFGF_MULTI | CFGF_TITLE |
			CFGF_NO_TITLE_DUPES),
		CFG_STR_LIST("address", NULL, CFGF_NONE),
		CFG_STR_LIST("operator-prefixes", NULL, CFGF_NONE),
		CFG_STR_LIST("client-prefixes", NULL, CFGF_NONE),
		CFG_STR("policy", NULL, CFGF_NONE),
		NUMBERS_TOP(NUMBER_OPTION)
		CFG_STR("datapath", "auto", CFGF_NONE),
		CFG_STR("mode", "through", CFGF_NONE),
		CFG_STR("translate", "off", CFGF_NONE),
		CFG_STR_LIST("translate-programs", NULL, CFGF_NONE),
		CFG_STR("pin-directory", CONFIG_PINS_DEFAULT, CFGF_NONE),
		CFG_STR("log", "info", CFGF_NONE),
		CFG_BOOL("syslog", cfg_false, CFGF_NONE),
		SETTINGS_END_ROW,
		CFG_END()
	};

	return cfg_init(top, CFGF_NONE);
}

bool
config_read(struct config *config, const char *text, const char *file,
	diag_sink *sink, void *arg)
{
	struct places places = {0};
	struct settings settings = {.text = text, .file = file,
		.syntax = DIAG_CONFIG_SYNTAX, .unknown = DIAG_CONFIG_UNKNOWN,
		.value = DIAG_CONFIG_VALUE, .twice = DIAG_CONFIG_TWICE,
		.section = "section", .user = &places,
		.sink = sink, .arg = arg};
	cfg_t *cfg = make_parser();
	bool ok;

	config_defaults(config);
	if (cfg)
		set_checks(cfg);
	ok = settings_parse(&settings, cfg);
	if (ok) {
		take(config, cfg);
		take_rules(config, cfg, &places);
	}
	if (cfg)
		cfg_free(cfg);
	return ok;
}

/* "NAME=ROLE" or "NAME"; false with the reason in diag. */
static bool
parse_interface(struct config_interface *to, const char *word,
	struct diag *diag)
{
	const char *equals = strchr(word, '=');
	size_t size = equals ? (size_t)(equals - word) : strlen(word);
	int role = equals ? settings_name_index(role_names, equals + 1) : 0;
	char list[80];

	*to = interface_default();
	if (!is_interface_name(word, size, diag))
		return false;
	if (role < 0) {
		diag_set(diag, DIAG_CONFIG_VALUE, "'%.80s' is no role; allowed "
			"are %s", equals + 1, settings_name_list(role_names, list,
			sizeof(list)));
		return false;
	}
	memcpy(to->name, word, size);
	to->role = (enum config_role)role;
	return true;
}

bool
config_add_interface(struct config *config, const char *word,
	struct diag *diag)
{
	struct config_interface interface;

	if (!parse_interface(&interface, word, diag))
		return false;
	if (config_number(config, interface.name))
		diag_set(diag, DIAG_CONFIG_TWICE, "%s is named twice",
			interface.name);
	else if (config->interface_count == CONFIG_INTERFACE_MAX)
		diag_set(diag, DIAG_CONFIG_MANY, "more than %d interfaces",
			CONFIG_INTERFACE_MAX);
	else {
		config->interfaces[config->interface_count++] = interface;
		return true;
	}
	return false;
}

bool
config_set_name(struct config *config, const char *name, struct diag *diag)
{
	return set_name(config, name, diag);
}

/* The index of a word in names, or -1 with the reason in diag. */
static int
word_index(const char *const *names, const char *word, const char *what,
	struct diag *diag)
{
	int i = settings_name_index(names, word);
	char list[80];

	if (i < 0)
		diag_set(diag, DIAG_CONFIG_VALUE, "'%.80s' is no %s; allowed "
			"are %s", word, what,
			settings_name_list(names, list, sizeof(list)));
	return i;
}

bool
config_set_log(struct config *config, const char *level, struct diag *diag)
{
	int i = word_index(log_names, level, "level", diag);

	if (i >= 0)
		config->log = (enum config_log)i;
	return i >= 0;
}

bool
config_set_datapath(struct config *config, const char *which,
	struct diag *diag)
{
	int i = word_index(datapath_names, which, "data path", diag);

	if (i >= 0)
		config->datapath = (enum config_datapath)i;
	return i >= 0;
}

bool
config_set_pins(struct config *config, const char *directory,
	struct diag *diag)
{
	return set_pins(config, directory, diag);
}

bool
config_check(const struct config *config, const char *file, diag_sink *sink,
	void *arg)
{
	struct diag diag = {.file = file};

	if (config->interface_count > 0)
		return true;
	diag_set(&diag, DIAG_CONFIG_NO_INTERFACE, "no interface is named");
	diag_set_hint(&diag, "interface eth0 { role = client }");
	sink(arg, &diag);
	return false;
}

static bool
read_policy(struct verify_policy *policy, const char *path, config_load *load,
	void *load_arg, diag_sink *sink, void *arg)
{
	char *text = load(load_arg, path);
	bool ok = text && verify_policy_read(policy, text, path, sink, arg);

	free(text);
	return ok;
}

bool
config_read_policies(struct config *config, config_load *load, void *load_arg,
	diag_sink *sink, void *arg)
{
	bool has_common = config->policy_file[0], ok = true;

	if (has_common)
		ok = read_policy(&config->policy, config->policy_file, load, load_arg,
			sink, arg);
	for (unsigned i = 0; i < config->interface_count; i++) {
		struct config_interface *interface = &config->interfaces[i];

		interface->has_policy = has_common || interface->policy_file[0];
		if (interface->policy_file[0])
			ok &= read_policy(&interface->policy,
				interface->policy_file, load, load_arg, sink,
				arg);
		else if (has_common)
			interface->policy = config->policy;
	}
	return ok;
}

unsigned
config_number(const struct config *config, const char *name)
{
	for (unsigned i = 0; i < config->interface_count; i++)
		if (!strcmp(config->interfaces[i].name, name))
			return i + 1;
	return 0;
}

bool
config_prefix_covers(const struct config_prefix *prefix,
	const uint8_t addr[IP_ADDR_SIZE])
{
	unsigned bytes = prefix->length / 8, bits = prefix->length % 8;
	unsigned mask = 0xff00 >> bits & 0xff;

	if (memcmp(prefix->addr, addr, bytes))
		return false;
	return bits == 0 || ((prefix->addr[bytes] ^ addr[bytes]) & mask) == 0;
}

bool
config_covers(const struct config_prefixes *prefixes,
	const uint8_t addr[IP_ADDR_SIZE])
{
	for (unsigned i = 0; i < prefixes->count; i++)
		if (config_prefix_covers(&prefixes->list[i], addr))
			return true;
	return false;
}
