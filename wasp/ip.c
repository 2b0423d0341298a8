/* SPDX-License-Identifier: BSD-2-Clause */
/* IP around WASP; see ip.h.  RFC 791, RFC 8200, RFC 768. */
#include "wasp/ip.h"

#include <arpa/inet.h>
#include <string.h>

#include "wasp/key.h"

enum {
	V4_HEADER_SIZE = 20,
	V4_OFF_LENGTH = 2,
	V4_OFF_FRAGMENT = 6,
	V4_OFF_TTL = 8,
	V4_OFF_PROTOCOL = 9,
	V4_OFF_CHECKSUM = 10,
	V4_OFF_SRC = 12,
	V4_OFF_DST = 16,
	V4_DF = 0x4000,
	V4_FRAGMENT_MASK = 0x3fff,	/* more fragments, and the offset */
	V4_OPTION_END = 0,
	V4_OPTION_NOP = 1,
	V4_OPTION_LSRR = 131,
	V4_OPTION_SSRR = 137,

	V6_HEADER_SIZE = 40,
	V6_OFF_LENGTH = 4,
	V6_OFF_NEXT = 6,
	V6_OFF_HOP_LIMIT = 7,
	V6_OFF_SRC = 8,
	V6_OFF_DST = 24,
	V6_HOP_BY_HOP = 0,
	V6_ROUTING = 43,
	V6_FRAGMENT = 44,
	V6_DESTINATION = 60,
	V6_EXTENSIONS_MAX = 4,

	UDP_OFF_LENGTH = 4,
	UDP_OFF_CHECKSUM = 6,

	PROTOCOL_ICMP = 1,
	PROTOCOL_IPV4 = 4,
	PROTOCOL_IPV6 = 41,
	PROTOCOL_ICMPV6 = 58,
	ICMP_HEADER_SIZE = 8
};

static const uint8_t v4_prefix[IP_V4_OFF] = {[10] = 0xff, [11] = 0xff};

void
ip_addr_from_v4(uint8_t addr[static IP_ADDR_SIZE], const uint8_t *v4)
{
	memcpy(addr, v4_prefix, sizeof(v4_prefix));
	memcpy(addr + IP_V4_OFF, v4, 4);
}

/* Does a header of hl bytes carry a source route? */
static bool
v4_source_routed(const uint8_t *p, size_t hl)
{
	size_t i = V4_HEADER_SIZE;

	while (i < hl && p[i] != V4_OPTION_END) {
		if (p[i] == V4_OPTION_LSRR || p[i] == V4_OPTION_SSRR)
			return true;
		if (p[i] == V4_OPTION_NOP)
			i++;
		else if (i + 1 < hl && p[i + 1] >= 2)
			i += p[i + 1];
		else
			break;
	}
	return false;
}

static enum ip_error
find_v4(const uint8_t *p, size_t size, struct ip_info *info, uint8_t *next)
{
	size_t hl;

	if (size < V4_HEADER_SIZE)
		return IP_SHORT;
	hl = (size_t)(p[0] & 15) * 4;
	info->family = 4;
	info->traffic_class = p[1];
	info->total_size = packet_get16(p + V4_OFF_LENGTH);
	info->hop_limit = p[V4_OFF_TTL];
	*next = p[V4_OFF_PROTOCOL];
	ip_addr_from_v4(info->src, p + V4_OFF_SRC);
	ip_addr_from_v4(info->dst, p + V4_OFF_DST);
	if (hl < V4_HEADER_SIZE || info->total_size < hl)
		return IP_BAD_LENGTH;
	if (size < hl)
		return IP_SHORT;
	info->upper_off = hl;
	if (packet_get16(p + V4_OFF_FRAGMENT) & V4_FRAGMENT_MASK)
		return IP_FRAGMENT;
	return v4_source_routed(p, hl) ? IP_SOURCE_ROUTED : IP_OK;
}

static enum ip_error
find_v6(const uint8_t *p, size_t size, struct ip_info *info, uint8_t *next)
{
	if (size < V6_HEADER_SIZE)
		return IP_SHORT;
	info->family = 6;
	info->traffic_class = (uint8_t)(packet_get16(p) >> 4);
	info->flow_label = packet_get32(p) & 0xfffff;
	info->total_size = V6_HEADER_SIZE +
		(size_t)packet_get16(p + V6_OFF_LENGTH);
	info->hop_limit = p[V6_OFF_HOP_LIMIT];
	memcpy(info->src, p + V6_OFF_SRC, IP_ADDR_SIZE);
	memcpy(info->dst, p + V6_OFF_DST, IP_ADDR_SIZE);
	info->upper_off = V6_HEADER_SIZE;
	*next = p[V6_OFF_NEXT];
	for (int i = 0; i < V6_EXTENSIONS_MAX; i++) {
		const uint8_t *ext = p + info->upper_off;

		if (*next != V6_HOP_BY_HOP && *next != V6_DESTINATION)
			break;
		if (info->total_size < info->upper_off + 8)
			return IP_BAD_LENGTH;
		if (size < info->upper_off + 8)
			return IP_SHORT;
		*next = ext[0];
		info->upper_off += 8 * ((size_t)ext[1] + 1);
		if (info->total_size < info->upper_off)
			return IP_BAD_LENGTH;
		if (size < info->upper_off)
			return IP_SHORT;
	}
	if (*next == V6_FRAGMENT)
		return IP_FRAGMENT;
	return *next == V6_ROUTING ? IP_SOURCE_ROUTED : IP_OK;
}

/* The UDP header: its ports, and where it says that its payload ends. */
static enum ip_error
find_udp(const uint8_t *p, size_t size, struct ip_info *info)
{
	const uint8_t *udp = p + info->upper_off;
	size_t length;

	if (info->total_size < info->upper_off + IP_UDP_HEADER_SIZE)
		return IP_BAD_LENGTH;
	if (size < info->upper_off + IP_UDP_HEADER_SIZE)
		return IP_SHORT;
	info->sport = packet_get16(udp);
	info->dport = packet_get16(udp + 2);
	length = packet_get16(udp + UDP_OFF_LENGTH);
	if (length < IP_UDP_HEADER_SIZE ||
	    length > info->total_size - info->upper_off)
		return IP_BAD_LENGTH;
	info->wasp_off = info->upper_off + IP_UDP_HEADER_SIZE;
	info->wasp_room = length - IP_UDP_HEADER_SIZE;
	return IP_OK;
}

/* All of ip_find but the look at what WASP itself carries. */
static enum ip_error
find_outer(const uint8_t *p, size_t size, const struct ip_numbers *numbers,
	struct ip_info *info)
{
	uint8_t next = 0;
	size_t room;
	enum ip_error error;

	memset(info, 0, sizeof(*info));
	if (size == 0)
		return IP_SHORT;
	if (p[0] >> 4 == 4)
		error = find_v4(p, size, info, &next);
	else if (p[0] >> 4 == 6)
		error = find_v6(p, size, info, &next);
	else
		return IP_NOT_IP;
	info->protocol = next;
	if (error)
		return error;
	if (size > info->total_size)
		size = info->total_size;
	info->wasp_off = info->upper_off;
	info->wasp_room = info->total_size - info->upper_off;
	if (next == IP_PROTOCOL_UDP)
		error = find_udp(p, size, info);
	else if (next != numbers->protocol)
		error = IP_OTHER;
	if (error)
		return error;
	if (next == IP_PROTOCOL_UDP && info->dport != numbers->udp_port &&
	    info->sport != numbers->udp_port)
		return IP_OTHER;

	room = size - info->wasp_off;
	if (room > info->wasp_room)
		room = info->wasp_room;
	info->wasp_error = packet_parse(p + info->wasp_off, room, &info->wasp);
	if (info->wasp_error)
		return IP_NO_WASP;
	info->wasp_size = packet_size(info->wasp.code_count,
		info->wasp.pad_count);
	if (next == IP_PROTOCOL_UDP && info->dport != numbers->udp_port &&
	    !(info->wasp.flags & PACKET_FLAG_RETURNED))
		return IP_OTHER;
	return IP_OK;
}

/*
 * Is the payload behind the scratchpad itself a WASP packet?  What that one
 * carries does not matter, so this goes no deeper.
 */
static bool
is_nested(const uint8_t *p, size_t size, const struct ip_numbers *numbers,
	const struct ip_info *info)
{
	size_t off = info->wasp_off + info->wasp_size;
	struct ip_info inner;

	if (info->wasp.next_header == numbers->protocol)
		return true;
	if (info->wasp.next_header == IP_PROTOCOL_UDP)
		return size >= off + 4 &&
			(packet_get16(p + off) == numbers->udp_port ||
			 packet_get16(p + off + 2) == numbers->udp_port);
	if ((info->wasp.next_header != PROTOCOL_IPV4 &&
	     info->wasp.next_header != PROTOCOL_IPV6) || size <= off)
		return false;
	return find_outer(p + off, size - off, numbers, &inner) == IP_OK;
}

enum ip_error
ip_find(const uint8_t *p, size_t size, const struct ip_numbers *numbers,
	struct ip_info *info)
{
	enum ip_error error = find_outer(p, size, numbers, info);

	if (error)
		return error;
	if (size > info->total_size)
		size = info->total_size;
	return is_nested(p, size, numbers, info) ? IP_NESTED : IP_OK;
}

/* RFC 792, RFC 4443. */
size_t
ip_quote_off(const uint8_t *p, size_t size, const struct ip_info *info)
{
	bool v6 = info->family == 6;
	size_t off = info->upper_off;
	uint8_t type;

	if (info->protocol != (v6 ? PROTOCOL_ICMPV6 : PROTOCOL_ICMP) ||
	    size < off + ICMP_HEADER_SIZE)
		return 0;
	type = p[off];
	if (v6 ? type < 1 || type > 4 : type != 3 && type != 4 && type != 5 &&
	    type != 11 && type != 12)
		return 0;
	return off + ICMP_HEADER_SIZE;
}

const char *
ip_error_text(enum ip_error error)
{
	switch (error) {
	case IP_OK:
		return "IP with WASP";
	case IP_NOT_IP:
		return "neither IPv4 nor IPv6";
	case IP_SHORT:
		return "the bytes end before the headers do";
	case IP_BAD_LENGTH:
		return "a length field contradicts another";
	case IP_OTHER:
		return "another protocol";
	case IP_FRAGMENT:
		return "a fragment";
	case IP_SOURCE_ROUTED:
		return "source routed";
	case IP_NO_WASP:
		return "the content is not WASP";
	case IP_NESTED:
		return "WASP inside WASP";
	}
	return "unknown error";
}

static size_t
build_v4(uint8_t *p, const struct ip_form *form, size_t upper_size)
{
	memset(p, 0, V4_HEADER_SIZE);
	p[0] = 0x45;
	p[1] = form->traffic_class;
	packet_put16(p + V4_OFF_LENGTH, (uint16_t)(V4_HEADER_SIZE + upper_size));
	packet_put16(p + V4_OFF_FRAGMENT, V4_DF);
	p[V4_OFF_TTL] = form->hop_limit;
	p[V4_OFF_PROTOCOL] = form->udp ? IP_PROTOCOL_UDP : form->protocol;
	memcpy(p + V4_OFF_SRC, form->src + IP_V4_OFF, 4);
	memcpy(p + V4_OFF_DST, form->dst + IP_V4_OFF, 4);
	packet_put16(p + V4_OFF_CHECKSUM,
		(uint16_t)~packet_sum(p, V4_HEADER_SIZE));
	return V4_HEADER_SIZE;
}

static size_t
build_v6(uint8_t *p, const struct ip_form *form, size_t upper_size)
{
	packet_put32(p, UINT32_C(6) << 28 |
		(uint32_t)form->traffic_class << 20 |
		(form->flow_label & 0xfffff));
	packet_put16(p + V6_OFF_LENGTH, (uint16_t)upper_size);
	p[V6_OFF_NEXT] = form->udp ? IP_PROTOCOL_UDP : form->protocol;
	p[V6_OFF_HOP_LIMIT] = form->hop_limit;
	memcpy(p + V6_OFF_SRC, form->src, IP_ADDR_SIZE);
	memcpy(p + V6_OFF_DST, form->dst, IP_ADDR_SIZE);
	return V6_HEADER_SIZE;
}

/* UDP header; the checksum 0 is written 0xffff (RFC 768, RFC 8200). */
static void
build_udp(uint8_t *p, const struct ip_form *form, size_t size)
{
	size_t skip = form->family == 4 ? IP_V4_OFF : 0;
	size_t addr_size = IP_ADDR_SIZE - skip;
	uint64_t sum;
	uint16_t checksum;

	packet_put16(p, form->sport);
	packet_put16(p + 2, form->dport);
	packet_put16(p + UDP_OFF_LENGTH, (uint16_t)size);
	packet_put16(p + UDP_OFF_CHECKSUM, 0);
	sum = (uint64_t)packet_sum(form->src + skip, addr_size) +
		packet_sum(form->dst + skip, addr_size) +
		IP_PROTOCOL_UDP + size + packet_sum(p, size);
	checksum = (uint16_t)~packet_fold(sum);
	packet_put16(p + UDP_OFF_CHECKSUM, checksum ? checksum : 0xffff);
}

size_t
ip_build(uint8_t *p, size_t room, const struct ip_form *form,
	const uint8_t *wasp, size_t size)
{
	size_t udp_size = form->udp ? IP_UDP_HEADER_SIZE : 0;
	size_t ip_size = form->family == 4 ? V4_HEADER_SIZE : V6_HEADER_SIZE;
	size_t total = ip_size + udp_size + size;

	if (room < total || total > UINT16_MAX)
		return 0;
	if (form->family == 4)
		build_v4(p, form, udp_size + size);
	else
		build_v6(p, form, udp_size + size);
	memcpy(p + ip_size + udp_size, wasp, size);
	if (form->udp)
		build_udp(p + ip_size, form, udp_size + size);
	return total;
}

/* The IPv4 header checksum after a 16-bit word of the header changed. */
static void
v4_word_changed(uint8_t *p, uint16_t old_word, uint16_t new_word)
{
	packet_put16(p + V4_OFF_CHECKSUM, packet_checksum_update(
		packet_get16(p + V4_OFF_CHECKSUM), old_word, new_word));
}

void
ip_set_hop_limit(uint8_t *p, struct ip_info *info, uint8_t hop_limit)
{
	uint16_t old;

	info->hop_limit = hop_limit;
	if (info->family == 6) {
		p[V6_OFF_HOP_LIMIT] = hop_limit;
		return;
	}
	old = packet_get16(p + V4_OFF_TTL);
	p[V4_OFF_TTL] = hop_limit;
	v4_word_changed(p, old, packet_get16(p + V4_OFF_TTL));
}

static void
swap_bytes(uint8_t *a, uint8_t *b, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		uint8_t t = a[i];

		a[i] = b[i];
		b[i] = t;
	}
}

void
ip_turn_back(uint8_t *p, struct ip_info *info)
{
	uint8_t *wasp = p + info->wasp_off;
	uint16_t port = info->sport;

	if (info->family == 4)
		swap_bytes(p + V4_OFF_SRC, p + V4_OFF_DST, 4);
	else
		swap_bytes(p + V6_OFF_SRC, p + V6_OFF_DST, IP_ADDR_SIZE);
	swap_bytes(info->src, info->dst, IP_ADDR_SIZE);
	if (info->protocol == IP_PROTOCOL_UDP)
		swap_bytes(p + info->upper_off, p + info->upper_off + 2, 2);
	info->sport = info->dport;
	info->dport = port;
	ip_set_hop_limit(p, info, PACKET_RETURN_HOP_LIMIT);

	info->wasp.flags |= PACKET_FLAG_RETURNED;
	packet_change16(wasp, PACKET_OFF_FLAGS, packet_get16(wasp +
		PACKET_OFF_FLAGS) | PACKET_FLAG_RETURNED << 8);
	info->wasp.checksum = packet_get16(wasp + PACKET_OFF_CHECKSUM);
}

void
ip_set_destination(uint8_t *p, struct ip_info *info,
	const uint8_t dst[static IP_ADDR_SIZE])
{
	uint16_t old_sum;

	memcpy(info->dst, dst, IP_ADDR_SIZE);
	if (info->family == 6) {
		memcpy(p + V6_OFF_DST, dst, IP_ADDR_SIZE);
		return;
	}
	old_sum = packet_sum(p + V4_OFF_DST, 4);
	memcpy(p + V4_OFF_DST, dst + IP_V4_OFF, 4);
	v4_word_changed(p, old_sum, packet_sum(p + V4_OFF_DST, 4));
}

uint64_t
ip_flow_key(const struct ip_info *info)
{
	uint8_t bytes[2 * IP_ADDR_SIZE + 1 + 4];
	uint8_t *p = bytes;

	memcpy(p, info->src, IP_ADDR_SIZE);
	memcpy(p + IP_ADDR_SIZE, info->dst, IP_ADDR_SIZE);
	p += 2 * IP_ADDR_SIZE;
	*p++ = info->protocol;
	if (info->protocol == IP_PROTOCOL_UDP)
		packet_put32(p, (uint32_t)info->sport << 16 | info->dport);
	else
		packet_put32(p, info->flow_label);
	return key_in_space(KEY_PUBLIC, key_public_hash(bytes, sizeof(bytes)));
}

bool
ip_addr_is_v4(const uint8_t addr[static IP_ADDR_SIZE])
{
	return !memcmp(addr, v4_prefix, sizeof(v4_prefix));
}

bool
ip_addr_is_multicast(const uint8_t addr[static IP_ADDR_SIZE])
{
	return ip_addr_is_v4(addr) ? addr[IP_V4_OFF] >> 4 == 0xe :
		addr[0] == 0xff;
}

bool
ip_addr_returnable(const uint8_t addr[static IP_ADDR_SIZE])
{
	static const uint8_t loopback[IP_ADDR_SIZE] = {[15] = 1};
	static const uint8_t unspecified[IP_ADDR_SIZE] = {0};
	const uint8_t *v4 = addr + IP_V4_OFF;

	if (ip_addr_is_v4(addr))	/* 0/8, 127/8, 224/3, 169.254/16 */
		return v4[0] != 0 && v4[0] != 127 && v4[0] < 224 &&
			!(v4[0] == 169 && v4[1] == 254);
	return memcmp(addr, loopback, IP_ADDR_SIZE) &&
		memcmp(addr, unspecified, IP_ADDR_SIZE) && addr[0] != 0xff &&
		!(addr[0] == 0xfe && (addr[1] & 0xc0) == 0x80);
}

const char *
ip_addr_text(const uint8_t addr[static IP_ADDR_SIZE],
	char buf[static IP_TEXT_SIZE])
{
	if (ip_addr_is_v4(addr))
		inet_ntop(AF_INET, addr + IP_V4_OFF, buf, IP_TEXT_SIZE);
	else
		inet_ntop(AF_INET6, addr, buf, IP_TEXT_SIZE);
	return buf;
}

bool
ip_addr_parse(const char *text, uint8_t addr[static IP_ADDR_SIZE])
{
	uint8_t v4[4];

	if (inet_pton(AF_INET, text, v4) == 1) {
		ip_addr_from_v4(addr, v4);
		return true;
	}
	return inet_pton(AF_INET6, text, addr) == 1;
}
