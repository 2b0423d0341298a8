/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Link headers.  A header of the ethertype kind ends with the type, or has it
 * elsewhere (LINUX_SLL2); any number of VLAN tags may follow, each of them
 * taking the place of the type:
 *
 *	... | type = tag | priority, VLAN | type = tag | priority, VLAN | type | IP
 */
#include "capture/link.h"

#include <pcap/dlt.h>

#include "wasp/packet.h"

enum {
	TYPE_IPV4 = 0x0800,
	TYPE_IPV6 = 0x86dd,
	TYPE_VLAN = 0x8100,	/* IEEE 802.1Q */
	TYPE_QINQ = 0x88a8,	/* IEEE 802.1ad */
	TYPE_QINQ_OLD = 0x9100,
	TAG_SIZE = 4,
	FAMILY_IPV4 = 2,
	FAMILY_IPV6 = 10	/* Linux; other systems have 24, 28 and 30 */
};

enum link_kind { BARE, ETHERTYPE, FAMILY };

static const struct link {
	int dlt;
	enum link_kind kind;
	uint8_t type_off, size;
} links[] = {
	{DLT_EN10MB, ETHERTYPE, 12, 14},
	{DLT_RAW, BARE, 0, 0},
	{DLT_IPV4, BARE, 0, 0},
	{DLT_IPV6, BARE, 0, 0},
	{DLT_LINUX_SLL, ETHERTYPE, 14, 16},
	{DLT_LINUX_SLL2, ETHERTYPE, 0, 20},
	{DLT_NULL, FAMILY, 0, 4},
	{DLT_LOOP, FAMILY, 0, 4}
};

const char link_names[] =
	"EN10MB, RAW, IPV4, IPV6, LINUX_SLL, LINUX_SLL2, NULL and LOOP";

static const struct link *
link_of(int dlt)
{
	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++)
		if (links[i].dlt == dlt)
			return &links[i];
	return NULL;
}

bool
link_is_known(int dlt)
{
	return link_of(dlt) != NULL;
}

static bool
is_tag(uint16_t type)
{
	return type == TYPE_VLAN || type == TYPE_QINQ || type == TYPE_QINQ_OLD;
}

/* The type behind all tags. */
static enum link_result
skip_tags(const uint8_t *p, size_t size, size_t *off, uint16_t *type)
{
	while (is_tag(*type)) {
		if (size < *off + TAG_SIZE)
			return LINK_SHORT;
		*type = packet_get16(p + *off + 2);
		*off += TAG_SIZE;
	}
	return *type == TYPE_IPV4 || *type == TYPE_IPV6 ? LINK_IP : LINK_OTHER;
}

/* A protocol family, which NULL has in the byte order of who captured. */
static enum link_result
read_family(const uint8_t *p, uint16_t *type)
{
	uint32_t family = packet_get32(p);

	if (family > 0xffff)
		family = family >> 24 | (family >> 8 & 0xff00);
	if (family == FAMILY_IPV4)
		*type = TYPE_IPV4;
	else if (family == FAMILY_IPV6 || family == 24 || family == 28 ||
		 family == 30)
		*type = TYPE_IPV6;
	return *type ? LINK_IP : LINK_OTHER;
}

enum link_result
link_find(int dlt, const uint8_t *p, size_t size, size_t *off,
	uint16_t *ethertype)
{
	const struct link *link = link_of(dlt);

	*off = 0;
	*ethertype = 0;
	if (!link)
		return LINK_OTHER;
	if (link->kind == BARE)
		return LINK_IP;
	if (size < link->size)
		return LINK_SHORT;
	*off = link->size;
	if (link->kind == FAMILY)
		return read_family(p, ethertype);
	*ethertype = packet_get16(p + link->type_off);
	return skip_tags(p, size, off, ethertype);
}
