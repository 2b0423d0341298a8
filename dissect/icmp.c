/* SPDX-License-Identifier: BSD-2-Clause */
/* The names of ICMP errors (RFC 792, 1812, 4443) as people know them. */
#include "dissect/dissect.h"

enum { ANY = 256 };

static const struct {
	uint8_t family, type;
	uint16_t code;
	const char *text;
} names[] = {
	{4, 3, 0, "network unreachable"},
	{4, 3, 1, "host unreachable"},
	{4, 3, 2, "protocol unreachable"},
	{4, 3, 3, "port unreachable"},
	{4, 3, 4, "fragmentation needed"},
	{4, 3, 5, "source route failed"},
	{4, 3, 9, "network prohibited"},
	{4, 3, 10, "host prohibited"},
	{4, 3, 13, "administratively prohibited"},
	{4, 3, ANY, "destination unreachable"},
	{4, 4, ANY, "source quench"},
	{4, 5, ANY, "redirect"},
	{4, 11, 0, "time exceeded in transit"},
	{4, 11, ANY, "time exceeded"},
	{4, 12, ANY, "parameter problem"},
	{6, 1, 0, "no route"},
	{6, 1, 1, "administratively prohibited"},
	{6, 1, 3, "address unreachable"},
	{6, 1, 4, "port unreachable"},
	{6, 1, 5, "source policy"},
	{6, 1, 6, "reject route"},
	{6, 1, ANY, "destination unreachable"},
	{6, 2, ANY, "packet too big"},
	{6, 3, 0, "time exceeded in transit"},
	{6, 3, ANY, "time exceeded"},
	{6, 4, 1, "unrecognized next header"},
	{6, 4, ANY, "parameter problem"}
};

static const char *
name_of(uint8_t family, uint8_t type, uint8_t code)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i].family == family && names[i].type == type &&
		    (names[i].code == code || names[i].code == ANY))
			return names[i].text;
	return "error";
}

const char *
dissect_icmp_text(const struct dissect *dissect,
	char buf[static DISSECT_TEXT_SIZE])
{
	const char *name = name_of(dissect->packet.ip.family,
		dissect->icmp_type, dissect->icmp_code);

	if (dissect->icmp_mtu)
		snprintf(buf, DISSECT_TEXT_SIZE, "%s (mtu %u)", name,
			(unsigned)dissect->icmp_mtu);
	else
		snprintf(buf, DISSECT_TEXT_SIZE, "%s", name);
	return buf;
}
