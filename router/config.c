/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The configuration file by libconfuse; see config.h.
 *
 * libconfuse parses, and gives up after an error of syntax; config-check.c says
 * which values are allowed, and config-take.c where a value goes.
 */
#include "router/config-int.h"

#include <stdlib.h>
#include <string.h>

#include "verify/policy-file.h"

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
		CFG_STR("sample", "always", CFGF_NONE),
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
	struct config_places places = {0};
	struct settings settings = {.text = text, .file = file,
		.syntax = DIAG_CONFIG_SYNTAX, .unknown = DIAG_CONFIG_UNKNOWN,
		.value = DIAG_CONFIG_VALUE, .twice = DIAG_CONFIG_TWICE,
		.section = "section", .user = &places,
		.sink = sink, .arg = arg};
	cfg_t *cfg = make_parser();
	bool ok;

	config_defaults(config);
	if (cfg)
		config_set_checks(cfg);
	ok = settings_parse(&settings, cfg);
	if (ok)
		config_take(config, cfg, &places);
	if (cfg)
		cfg_free(cfg);
	return ok;
}

/* Only what is no WASP is wrapped. */
static bool
wraps_others(const struct config *config, const struct config_wrap *wrap,
	const char *file, diag_sink *sink, void *arg)
{
	struct diag diag = {.file = file, .line = wrap->line};

	if (wrap->match.protocol != config->numbers.protocol)
		return true;
	diag_set(&diag, DIAG_CONFIG_RULE, "the wrap '%.80s' matches only "
		"protocol %d, which is WASP's own and is not wrapped",
		wrap->name, wrap->match.protocol);
	sink(arg, &diag);
	return false;
}

bool
config_check(const struct config *config, const char *file, diag_sink *sink,
	void *arg)
{
	struct diag diag = {.file = file};
	bool ok = true;

	for (unsigned i = 0; i < config->wrap_count; i++)
		ok &= wraps_others(config, &config->wraps[i], file, sink, arg);
	if (config->interface_count > 0)
		return ok;
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

uint32_t
config_interface_id(const struct config_interface *interface)
{
	return (uint32_t)key_public_hash((const uint8_t *)interface->name,
		strlen(interface->name));
}

unsigned
config_number(const struct config *config, const char *name)
{
	for (unsigned i = 0; i < config->interface_count; i++)
		if (!strcmp(config->interfaces[i].name, name))
			return i + 1;
	return 0;
}
