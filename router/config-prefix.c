/* SPDX-License-Identifier: BSD-2-Clause */
/* Prefixes of addresses; see config.h. */
#include "router/config.h"

#include <stdlib.h>
#include <string.h>

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
