/* SPDX-License-Identifier: BSD-2-Clause */
/* Telling replies and ICMP errors apart; see match.h.  RFC 792, RFC 4443. */
#include "wasp-send/match.h"

#include <string.h>

enum {
	PROTOCOL_ICMP = 1,
	PROTOCOL_ICMPV6 = 58,
	ICMP_HEADER_SIZE = 8,
	ICMP_OFF_MTU4 = 6,
	ICMP_OFF_MTU6 = 4,
	ICMP4_UNREACHABLE = 3,
	ICMP4_FRAGMENTATION_NEEDED = 4,
	ICMP6_TOO_BIG = 2
};

/* The first row that fits counts; each family and type ends with a -1. */
static const struct match_reason reasons[] = {
	{4, 3, 0, "network-unreachable", "network unreachable"},
	{4, 3, 1, "host-unreachable", "host unreachable"},
	{4, 3, 2, "protocol-unreachable",
		"protocol unreachable: no WASP there"},
	{4, 3, 3, "port-unreachable", "port unreachable: no WASP there"},
	{4, 3, 4, "fragmentation-needed", "too big for the next link"},
	{4, 3, 9, "prohibited", "network prohibited by its administrator"},
	{4, 3, 10, "prohibited", "host prohibited by its administrator"},
	{4, 3, 13, "prohibited", "prohibited by an administrator"},
	{4, 3, -1, "unreachable", "destination unreachable"},
	{4, 11, 0, "time-exceeded", "hop limit exceeded"},
	{4, 11, -1, "reassembly-time-exceeded", "reassembly time exceeded"},
	{4, 12, -1, "parameter-problem", "the IP header is refused"},
	{6, 1, 0, "network-unreachable", "no route"},
	{6, 1, 1, "prohibited", "prohibited by an administrator"},
	{6, 1, 3, "host-unreachable", "address unreachable"},
	{6, 1, 4, "port-unreachable", "port unreachable: no WASP there"},
	{6, 1, -1, "unreachable", "destination unreachable"},
	{6, 2, -1, "fragmentation-needed", "too big for the next link"},
	{6, 3, 0, "time-exceeded", "hop limit exceeded"},
	{6, 3, -1, "reassembly-time-exceeded", "reassembly time exceeded"},
	{6, 4, 1, "protocol-unreachable",
		"next header not recognised: no WASP there"},
	{6, 4, -1, "parameter-problem", "the IP header is refused"},
	{0, 0, 0, NULL, NULL}
};

static const struct match_reason *
find_reason(uint8_t family, uint8_t type, uint8_t code)
{
	const struct match_reason *r = reasons;

	while (r->family && !(r->family == family && r->type == type &&
	    (r->code == code || r->code == -1)))
		r++;
	return r->family ? r : NULL;
}

static bool
same_addr(const uint8_t a[static IP_ADDR_SIZE],
	const uint8_t b[static IP_ADDR_SIZE])
{
	return !memcmp(a, b, IP_ADDR_SIZE);
}

/* Is this header that of our program?  All of it but what nodes change. */
static bool
same_header(const struct probe *probe, const struct packet_header *header)
{
	return header->ident == probe->ident &&
		header->code_count == probe->object->header.code_count &&
		header->pad_count == probe->object->header.pad_count;
}

static bool
same_code(const struct probe *probe, const uint8_t *wasp)
{
	return !memcmp(wasp + PACKET_HEADER_SIZE,
		probe->object->packet + PACKET_HEADER_SIZE,
		packet_code_size(probe->object->header.code_count));
}

static bool
is_undamaged(const uint8_t *wasp, const struct ip_info *info)
{
	return packet_checksum(wasp, info->wasp_size) == info->wasp.checksum;
}

static void
match_reply(const struct probe *probe, const uint8_t *p,
	const struct ip_info *info, struct match *match)
{
	const uint8_t *wasp = p + info->wasp_off;

	if (!(info->wasp.flags & PACKET_FLAG_RETURNED) ||
	    !same_header(probe, &info->wasp) || !same_code(probe, wasp) ||
	    !same_addr(info->dst, probe->form.src))
		return;
	if (probe->form.udp ? info->protocol != IP_PROTOCOL_UDP ||
	    info->dport != probe->form.sport : info->protocol !=
	    probe->form.protocol)
		return;
	match->rerouted = !same_addr(info->src, probe->form.dst);
	if (match->rerouted && !probe_reroutes(probe->object))
		return;
	match->kind = is_undamaged(wasp, info) ? MATCH_REPLY : MATCH_DAMAGED;
	match->seq_known = true;
	match->seq = info->wasp.seq;
	match->header = info->wasp;
	match->wasp = wasp;
}

/*
 * Is the quote ours?  RFC 792 wants only 8 bytes behind the IP header, which
 * end before the identifier; then addresses, protocol and lengths must do.
 */
static bool
match_quote(const struct probe *probe, const uint8_t *p, size_t size,
	struct match *match)
{
	struct ip_info quote;
	enum ip_error error = ip_find(p, size, &probe->numbers, &quote);

	if ((error != IP_OK && error != IP_NO_WASP && error != IP_NESTED) ||
	    !same_addr(quote.src, probe->form.src))
		return false;
	if (probe->form.udp ? quote.protocol != IP_PROTOCOL_UDP ||
	    quote.sport != probe->form.sport : quote.protocol !=
	    probe->form.protocol)
		return false;
	match->rerouted = !same_addr(quote.dst, probe->form.dst);
	if (match->rerouted && !probe_reroutes(probe->object))
		return false;
	if (quote.wasp_error == PACKET_SHORT_HEADER)
		return true;
	match->seq_known = true;
	match->header = quote.wasp;
	match->seq = quote.wasp.seq;
	if (!same_header(probe, &quote.wasp))
		return false;
	if (error != IP_NO_WASP && same_code(probe, p + quote.wasp_off) &&
	    is_undamaged(p + quote.wasp_off, &quote))
		match->wasp = p + quote.wasp_off;
	return true;
}

static void
match_icmp(const struct probe *probe, const uint8_t *p, size_t size,
	const struct ip_info *info, struct match *match)
{
	const uint8_t *icmp = p + info->upper_off;
	const struct match_reason *reason;

	if (size < info->upper_off + ICMP_HEADER_SIZE)
		return;
	reason = find_reason(info->family, icmp[0], icmp[1]);
	if (!reason || !match_quote(probe, icmp + ICMP_HEADER_SIZE,
	    size - info->upper_off - ICMP_HEADER_SIZE, match))
		return;
	match->kind = MATCH_ICMP;
	match->reason = reason;
	match->icmp_type = icmp[0];
	match->icmp_code = icmp[1];
	if (info->family == 6 && icmp[0] == ICMP6_TOO_BIG)
		match->icmp_mtu = packet_get32(icmp + ICMP_OFF_MTU6);
	else if (info->family == 4 && icmp[0] == ICMP4_UNREACHABLE &&
	    icmp[1] == ICMP4_FRAGMENTATION_NEEDED)
		match->icmp_mtu = packet_get16(icmp + ICMP_OFF_MTU4);
}

void
match_packet(const struct probe *probe, const uint8_t *p, size_t size,
	struct match *match)
{
	struct ip_info info;
	enum ip_error error = ip_find(p, size, &probe->numbers, &info);

	*match = (struct match){.kind = MATCH_NONE};
	if (info.family != probe->form.family)
		return;
	memcpy(match->from, info.src, IP_ADDR_SIZE);
	match->hop_limit = info.hop_limit;
	if (size > info.total_size)
		size = info.total_size;		/* Ethernet pads short frames */
	if (error == IP_OK || error == IP_NESTED)
		match_reply(probe, p, &info, match);
	else if (error == IP_OTHER && info.protocol ==
	    (info.family == 4 ? PROTOCOL_ICMP : PROTOCOL_ICMPV6) &&
	    same_addr(info.dst, probe->form.src))
		match_icmp(probe, p, size, &info, match);
}
