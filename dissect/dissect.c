/* SPDX-License-Identifier: BSD-2-Clause */
/* From a frame to its WASP, and what is wrong with it; see dissect.h. */
#include "dissect/dissect.h"

#include <stdarg.h>
#include <string.h>

#include "capture/link.h"

enum {
	V4_OFF_FRAGMENT = 6,
	V4_FRAGMENT_OFFSET = 0x1fff,
	V6_HOP_BY_HOP = 0,
	V6_ROUTING = 43,
	V6_FRAGMENT = 44,
	V6_DESTINATION = 60,
	V6_FRAGMENT_OFFSET = 0xfff8,
	PROTOCOL_IPV4 = 4,
	PROTOCOL_TCP = 6,
	PROTOCOL_IPV6 = 41
};

static void __attribute__((format(printf, 2, 3)))
note(char text[static DISSECT_TEXT_SIZE], const char *format, ...)
{
	va_list ap;

	if (*text)
		return;		/* the first cause is the one to tell */
	va_start(ap, format);
	vsnprintf(text, DISSECT_TEXT_SIZE, format, ap);
	va_end(ap);
}

/*
 * The WASP header from the bytes at hand.  What is not at hand is taken from a
 * header with nothing wrong in it, so an error is always one of the packet's.
 */
static void
read_header(struct dissect_packet *packet)
{
	uint8_t bytes[PACKET_HEADER_SIZE] = {PACKET_MAGIC_0, PACKET_MAGIC_1,
		PACKET_VERSION << 4, PACKET_NEXT_NONE, 1};
	enum packet_error error;

	memcpy(bytes, packet->wasp, packet->have < sizeof(bytes) ?
		packet->have : sizeof(bytes));
	packet->version = bytes[PACKET_OFF_FLAGS] >> 4;
	error = packet_parse(bytes, sizeof(bytes), &packet->ip.wasp);
	if (error == PACKET_BAD_MAGIC || error == PACKET_BAD_VERSION ||
	    error == PACKET_BAD_CODE_COUNT || error == PACKET_BAD_PAD_COUNT)
		note(packet->malformed, "%s", packet_error_text(error));
	packet->magic = error != PACKET_BAD_MAGIC;
	packet->readable = packet->magic && error != PACKET_BAD_VERSION;
}

/* Does what the lengths promise fit into the packet, and was it captured? */
static void
check_extent(struct dissect_packet *packet)
{
	const struct packet_header *header = &packet->ip.wasp;
	size_t room = packet->ip.wasp_room, pad_off;

	if (room < PACKET_HEADER_SIZE)
		note(packet->truncated, "%s",
			packet_error_text(PACKET_SHORT_HEADER));
	if (!packet->readable || *packet->malformed ||
	    packet->have <= PACKET_OFF_PAD_COUNT)
		return;
	pad_off = packet_pad_off(header->code_count);
	packet->ip.wasp_size = packet_size(header->code_count,
		header->pad_count);
	if (room < pad_off)
		note(packet->truncated, "%s",
			packet_error_text(PACKET_SHORT_CODE));
	else if (room < packet->ip.wasp_size)
		note(packet->truncated, "%s",
			packet_error_text(PACKET_SHORT_PAD));
	packet->whole = packet->have >= packet->ip.wasp_size;
	if (packet->have >= pad_off && (header->code_count & 1) &&
	    packet_insn(packet->wasp, header->code_count))
		note(packet->malformed, "%s",
			packet_error_text(PACKET_BAD_PADDING));
}

/* A whole IP packet behind the scratchpad, as far as it is at hand. */
static void
read_inside(struct dissect_packet *packet)
{
	const struct ip_numbers numbers = IP_NUMBERS_DEFAULT;
	struct ip_info *inside = &packet->inside;
	size_t off = packet->ip.wasp_size, upper;
	uint8_t next = packet->ip.wasp.next_header;
	enum ip_error error;

	if (!packet->whole || packet->have == off ||
	    (next != PROTOCOL_IPV4 && next != PROTOCOL_IPV6))
		return;
	error = ip_find(packet->wasp + off, packet->have - off, &numbers,
		inside);
	upper = off + inside->upper_off;
	if (inside->family != (next == PROTOCOL_IPV4 ? 4 : 6))
		*inside = (struct ip_info){0};
	if (inside->upper_off && error != IP_FRAGMENT &&
	    packet->have >= upper + 4 &&
	    (inside->protocol == PROTOCOL_TCP ||
	     inside->protocol == IP_PROTOCOL_UDP)) {
		inside->sport = packet_get16(packet->wasp + upper);
		inside->dport = packet_get16(packet->wasp + upper + 2);
	}
}

/* The WASP of a packet whose ip.wasp_off and ip.wasp_room are known. */
static enum dissect_kind
read_wasp(struct dissect_packet *packet, const uint8_t *p)
{
	size_t off = packet->ip.wasp_off;

	packet->have = packet->captured > off ? packet->captured - off : 0;
	if (packet->have > packet->ip.wasp_room)
		packet->have = packet->ip.wasp_room;
	packet->wasp = packet->have ? p + off : NULL;
	if (packet->have)
		read_header(packet);
	check_extent(packet);
	if (packet->whole)
		packet->checksum_right = packet_checksum(packet->wasp,
			packet->ip.wasp_size);
	read_inside(packet);
	return DISSECT_WASP;
}

static bool
is_extension(uint8_t protocol)
{
	return protocol == V6_HOP_BY_HOP || protocol == V6_ROUTING ||
		protocol == V6_FRAGMENT || protocol == V6_DESTINATION;
}

/*
 * The protocol and the place of what a fragmented or source-routed packet
 * carries; false where this piece does not hold its beginning.
 */
static bool
find_upper(struct ip_info *ip, const uint8_t *p, size_t captured)
{
	if (ip->family == 4)
		return !(packet_get16(p + V4_OFF_FRAGMENT) & V4_FRAGMENT_OFFSET);
	while (is_extension(ip->protocol)) {
		const uint8_t *ext = p + ip->upper_off;
		bool fragment = ip->protocol == V6_FRAGMENT;

		if (captured < ip->upper_off + 8)
			return false;
		ip->protocol = ext[0];
		ip->upper_off += fragment ? 8 : 8 * ((size_t)ext[1] + 1);
		if (fragment && packet_get16(ext + 2) & V6_FRAGMENT_OFFSET)
			return false;
	}
	return true;
}

static bool
is_wasp_port(const struct ip_info *ip, const struct ip_numbers *numbers)
{
	return ip->dport == numbers->udp_port || ip->sport == numbers->udp_port;
}

/*
 * A fragment or a source-routed packet, which ip_find does not look into.
 * That a fragment ends early is no fault of it.
 */
static enum dissect_kind
read_plain(struct dissect_packet *packet, const uint8_t *p,
	const struct ip_numbers *numbers, enum ip_error error)
{
	struct ip_info *ip = &packet->ip;
	bool begins = find_upper(ip, p, packet->captured);
	bool udp = ip->protocol == IP_PROTOCOL_UDP;
	bool cut = *packet->truncated;

	packet->plain = ip_error_text(error);
	if (ip->family == 6 && is_extension(ip->protocol))
		return DISSECT_UNKNOWN;
	if (ip->protocol != numbers->protocol && !(udp && begins))
		return DISSECT_OTHER;
	if (!begins)
		return DISSECT_WASP;
	if (udp && packet->captured < ip->upper_off + 4)
		return DISSECT_UNKNOWN;
	if (udp) {
		ip->sport = packet_get16(p + ip->upper_off);
		ip->dport = packet_get16(p + ip->upper_off + 2);
		if (!is_wasp_port(ip, numbers))
			return DISSECT_OTHER;
	}
	ip->wasp_off = ip->upper_off + (udp ? IP_UDP_HEADER_SIZE : 0);
	ip->wasp_room = ip->total_size > ip->wasp_off ?
		ip->total_size - ip->wasp_off : 0;
	read_wasp(packet, p);
	if (error == IP_FRAGMENT && !cut)
		*packet->truncated = '\0';
	return DISSECT_WASP;
}

/* Headers that are cut off: what is it, as far as it can be told? */
static enum dissect_kind
kind_of_short(const struct dissect_packet *packet,
	const struct ip_numbers *numbers)
{
	const struct ip_info *ip = &packet->ip;

	if (ip->family && ip->protocol == numbers->protocol)
		return DISSECT_WASP;
	if (is_wasp_port(ip, numbers))
		return DISSECT_WASP;
	if (!ip->family || ip->protocol == IP_PROTOCOL_UDP ||
	    (ip->family == 6 && is_extension(ip->protocol)))
		return DISSECT_UNKNOWN;
	return DISSECT_OTHER;
}

/*
 * A length that contradicts another.  Behind a UDP header that says more or
 * less than there is, the WASP can be read all the same.
 */
static enum dissect_kind
read_bad_length(struct dissect_packet *packet, const uint8_t *p,
	const struct ip_numbers *numbers)
{
	struct ip_info *ip = &packet->ip;
	size_t wasp_off = ip->upper_off + IP_UDP_HEADER_SIZE;
	size_t said;

	if (ip->protocol == IP_PROTOCOL_UDP && is_wasp_port(ip, numbers)) {
		said = packet_get16(p + ip->upper_off + 4);
		if (said < IP_UDP_HEADER_SIZE)
			note(packet->malformed, "the UDP length is %zu", said);
		else
			note(packet->truncated,
				"UDP says %zu bytes, the packet has room for %zu",
				said, ip->total_size - ip->upper_off);
		ip->wasp_off = wasp_off;
		ip->wasp_room = ip->total_size - wasp_off;
		return read_wasp(packet, p);
	}
	if (ip->protocol != numbers->protocol)
		return DISSECT_OTHER;
	note(packet->malformed, "%s", ip_error_text(IP_BAD_LENGTH));
	return DISSECT_WASP;
}

static bool
only_source_port(const struct ip_info *ip, const struct ip_numbers *numbers)
{
	return ip->protocol == IP_PROTOCOL_UDP &&
		ip->dport != numbers->udp_port;
}

/* The packet's own total length against the bytes that there were. */
static void
check_total(struct dissect_packet *packet)
{
	size_t total = packet->ip.total_size;

	if (packet->ip.family && total > packet->length)
		note(packet->truncated, "IP says %zu bytes, there were %zu",
			total, packet->length);
}

static enum dissect_kind
read_packet(struct dissect_packet *packet, const uint8_t *p,
	const struct ip_numbers *numbers)
{
	enum ip_error error = ip_find(p, packet->captured, numbers, &packet->ip);

	check_total(packet);
	switch (error) {
	case IP_NOT_IP:
	case IP_OTHER:
		return DISSECT_OTHER;
	case IP_SHORT:
		if (packet->captured >= packet->length)
			note(packet->truncated, "%s", ip_error_text(error));
		return kind_of_short(packet, numbers);
	case IP_BAD_LENGTH:
		return read_bad_length(packet, p, numbers);
	case IP_FRAGMENT:
	case IP_SOURCE_ROUTED:
		return read_plain(packet, p, numbers, error);
	case IP_NO_WASP:
		if (packet->ip.wasp_error == PACKET_BAD_MAGIC &&
		    only_source_port(&packet->ip, numbers))
			return DISSECT_OTHER;
		break;
	case IP_NESTED:
		packet->plain = ip_error_text(error);
		break;
	case IP_OK:
		break;
	}
	return read_wasp(packet, p);
}

/*
 * The packet that an ICMP error quotes.  A quotation may be shorter than what
 * it quotes without anything being wrong.
 */
static void
read_quote(struct dissect *dissect, const uint8_t *p,
	const struct ip_numbers *numbers)
{
	struct dissect_packet *outer = &dissect->packet;
	struct dissect_packet *quoted = &dissect->quoted;
	const uint8_t *icmp = p + outer->ip.upper_off;
	size_t size = outer->captured, off;

	if (size > outer->ip.total_size)
		size = outer->ip.total_size;
	off = outer->plain ? 0 : ip_quote_off(p, size, &outer->ip);
	if (!off)
		return;
	dissect->icmp_type = icmp[0];
	dissect->icmp_code = icmp[1];
	if (outer->ip.family == 4 && icmp[0] == 3 && icmp[1] == 4)
		dissect->icmp_mtu = packet_get16(icmp + 6);
	if (outer->ip.family == 6 && icmp[0] == 2)
		dissect->icmp_mtu = packet_get32(icmp + 4);
	quoted->captured = size - off;
	quoted->length = SIZE_MAX;
	if (read_packet(quoted, p + off, numbers) != DISSECT_WASP)
		return;
	quoted->length = quoted->ip.total_size;
	dissect->kind = DISSECT_QUOTE;
}

void
dissect_frame(struct dissect *dissect, int dlt, const uint8_t *p,
	size_t captured, size_t length, const struct ip_numbers *numbers)
{
	struct dissect_packet *packet = &dissect->packet;
	enum link_result result;
	size_t off;

	memset(dissect, 0, sizeof(*dissect));
	dissect->captured = captured;
	dissect->length = length < captured ? captured : length;
	result = link_find(dlt, p, captured, &off, &dissect->ethertype);
	if (result != LINK_IP) {
		dissect->kind = result == LINK_SHORT ? DISSECT_UNKNOWN :
			DISSECT_OTHER;
		return;
	}
	packet->captured = captured - off;
	packet->length = dissect->length - off;
	dissect->kind = read_packet(packet, p + off, numbers);
	if (dissect->kind == DISSECT_OTHER && packet->ip.family)
		read_quote(dissect, p + off, numbers);
}

const struct dissect_packet *
dissect_wasp(const struct dissect *dissect)
{
	if (dissect->kind == DISSECT_WASP)
		return &dissect->packet;
	return dissect->kind == DISSECT_QUOTE ? &dissect->quoted : NULL;
}

/* Are all of the code's bytes at hand? */
static bool
has_code(const struct dissect_packet *packet)
{
	return packet->ip.wasp_size && packet->have >=
		packet_pad_off(packet->ip.wasp.code_count);
}

const struct object *
dissect_program(const struct dissect *dissect, const struct object *programs,
	unsigned count)
{
	const struct dissect_packet *packet = dissect_wasp(dissect);

	if (!packet || !has_code(packet))
		return NULL;
	for (unsigned i = 0; i < count; i++)
		if (object_is_program(&programs[i], packet->wasp,
		    &packet->ip.wasp))
			return &programs[i];
	return NULL;
}
