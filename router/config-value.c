/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Single values of the configuration, whether the file or the command line says
 * them, and those that hold where neither does; see config.h.
 */
#include "router/config-int.h"

#include <string.h>

#include "wasp/hex.h"

const char *const config_role_names[] = {"none", ISA_ROLE_NAMES, NULL};
const char *const config_tell_names[] = {ISA_WHO_NAMES, NULL};
const char *const config_datapath_names[] = {
	[CONFIG_AUTO] = "auto", [CONFIG_XDP] = "xdp",
	[CONFIG_PORTABLE] = "portable", NULL
};
const char *const config_translate_names[] = {TRANSLATOR_MODE_NAMES, NULL};
const char *const config_mode_names[] = {"through", "fast", NULL};
const char *const config_sample_names[] = {"always", "asked", NULL};
const char *const config_log_names[] = {
	[CONFIG_LOG_ERROR] = "error", [CONFIG_LOG_WARNING] = "warning",
	[CONFIG_LOG_INFO] = "info", [CONFIG_LOG_DEBUG] = "debug", NULL
};

const char *
config_role_name(enum config_role role)
{
	return config_role_names[role];
}

const char *
config_datapath_name(enum config_datapath datapath)
{
	return config_datapath_names[datapath];
}

struct config_interface
config_interface_default(void)
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

static bool
name_allowed(const char *name, size_t max)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";

	return *name && *name != '-' && strlen(name) <= max &&
		!name[strspn(name, letters)];
}

bool
config_set_name(struct config *config, const char *name, struct diag *diag)
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

/*
 * What the kernel takes as a name, less what means something else in a rule:
 * quotes, backslashes, and the plus that ends a prefix of names.
 */
bool
config_is_interface(const char *name, size_t size, struct diag *diag)
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

bool
config_set_pins(struct config *config, const char *directory,
	struct diag *diag)
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

bool
config_parse_hash(const char *text, uint64_t *hash)
{
	uint8_t bytes[sizeof(*hash)];

	if (!hex_exact(text, bytes, sizeof(bytes)))
		return false;
	*hash = packet_get64(bytes);
	return true;
}

/* "NAME=ROLE" or "NAME"; false with the reason in diag. */
static bool
parse_interface(struct config_interface *to, const char *word,
	struct diag *diag)
{
	const char *equals = strchr(word, '=');
	size_t size = equals ? (size_t)(equals - word) : strlen(word);
	int role = equals ? settings_name_index(config_role_names,
		equals + 1) : 0;
	char list[80];

	*to = config_interface_default();
	if (!config_is_interface(word, size, diag))
		return false;
	if (role < 0) {
		diag_set(diag, DIAG_CONFIG_VALUE, "'%.80s' is no role; allowed "
			"are %s", equals + 1, settings_name_list(
				config_role_names, list, sizeof(list)));
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
	int i = word_index(config_log_names, level, "level", diag);

	if (i >= 0)
		config->log = (enum config_log)i;
	return i >= 0;
}

bool
config_set_datapath(struct config *config, const char *which,
	struct diag *diag)
{
	int i = word_index(config_datapath_names, which, "data path", diag);

	if (i >= 0)
		config->datapath = (enum config_datapath)i;
	return i >= 0;
}
