/* SPDX-License-Identifier: BSD-2-Clause */
/* What the file said, and was found right, into struct config; see config.h. */
#include "router/config-int.h"

#include <string.h>

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
take_rules(struct config *to, cfg_t *cfg, const struct config_places *places)
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

	*to = config_interface_default();
	strncpy(to->name, cfg_title(cfg), IFNAMSIZ - 1);
	to->role = (enum config_role)settings_name_index(config_role_names,
		cfg_getstr(cfg, "role"));
	to->is_operator = cfg_getbool(cfg, "operator");
	to->tell_set = tell != NULL;
	if (tell)
		to->tell = (enum isa_who)settings_name_index(
			config_tell_names, tell);
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
	to->mode = (enum translator_mode)settings_name_index(
		config_translate_names, cfg_getstr(cfg, "translate"));
	for (unsigned i = 0; i < cfg_size(cfg, "translate-programs") &&
	    to->listed_count < TRANSLATOR_LISTED_MAX; i++)
		to->listed_count += config_parse_hash(cfg_getnstr(cfg,
			"translate-programs", i),
			&to->listed[to->listed_count]);
}

void
config_take(struct config *to, cfg_t *cfg, const struct config_places *places)
{
	struct diag diag;

	config_set_name(to, cfg_getstr(cfg, "name"), &diag);
	take_addresses(to, cfg);
	take_prefixes(&to->operators, cfg, "operator-prefixes");
	take_prefixes(&to->clients, cfg, "client-prefixes");
	take_file(to->policy_file, cfg);
	NUMBERS_TOP(NUMBER_TAKE)
	to->datapath = (enum config_datapath)settings_name_index(
		config_datapath_names, cfg_getstr(cfg, "datapath"));
	to->fast = settings_name_index(config_mode_names,
		cfg_getstr(cfg, "mode"));
	to->sample_asked = settings_name_index(config_sample_names,
		cfg_getstr(cfg, "sample"));
	take_translate(&to->translate, cfg);
	config_set_pins(to, cfg_getstr(cfg, "pin-directory"), &diag);
	to->log = (enum config_log)settings_name_index(config_log_names,
		cfg_getstr(cfg, "log"));
	to->syslog = cfg_getbool(cfg, "syslog");
	for (unsigned i = 0; i < cfg_size(cfg, "interface"); i++)
		take_interface(&to->interfaces[to->interface_count++],
			cfg_getnsec(cfg, "interface", i));
	take_rules(to, cfg, places);
}
