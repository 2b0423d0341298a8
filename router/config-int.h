/* SPDX-License-Identifier: BSD-2-Clause */
/* What reads the configuration file, in parts; see config.h. */
#ifndef ROUTER_CONFIG_INT_H
#define ROUTER_CONFIG_INT_H

#include "router/config.h"
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

#define NUMBER_INITIAL(name, min, max, initial, member) .member = initial,
#define NUMBER_OPTION(name, min, max, initial, member) \
	CFG_INT(name, initial, CFGF_NONE),
#define NUMBER_TAKE(name, min, max, initial, member) \
	to->member = (__typeof__(to->member))cfg_getint(cfg, name);

/* The words that are values, by their numbers, NULL behind the last. */
extern const char *const config_role_names[], *const config_tell_names[],
	*const config_datapath_names[], *const config_translate_names[],
	*const config_mode_names[], *const config_sample_names[],
	*const config_log_names[];

/* Where values stand that are looked at when all has been read. */
struct config_places {
	unsigned wrap_count;		/* sections that were read */
	unsigned lines[CONFIG_WRAPS_MAX];	/* of their programs */
	unsigned set_lines[CONFIG_WRAPS_MAX][CONFIG_SETS_MAX];
};

struct config_interface config_interface_default(void);

/* A name of that size; false with the reason in diag. */
bool config_is_interface(const char *name, size_t size, struct diag *diag);

/* A program's name, as wasp-as --hash prints it. */
bool config_parse_hash(const char *text, uint64_t *hash);

/* Let a parser report wrong values; settings_user() is config_places. */
void config_set_checks(cfg_t *cfg);

/* All that was read, and found right. */
void config_take(struct config *to, cfg_t *cfg,
	const struct config_places *places);

#endif
