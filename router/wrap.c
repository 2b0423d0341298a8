/* SPDX-License-Identifier: BSD-2-Clause */
/* Wrapping; see wrap.h.  RFC 791, RFC 792, RFC 2003, RFC 4443, RFC 8200. */
#include "router/wrap.h"

#include <string.h>

enum {
	V4_SIZE = 20, V4_OFF_TOS = 1, V4_OFF_LENGTH = 2, V4_OFF_FRAGMENT = 6,
	V4_OFF_TTL = 8, V4_OFF_PROTOCOL = 9, V4_OFF_CHECKSUM = 10,
	V4_OFF_SRC = 12, V4_OFF_DST = 16,
	V6_SIZE = 40, V6_OFF_LENGTH = 4, V6_OFF_NEXT = 6, V6_OFF_HOP_LIMIT = 7,
	V6_OFF_SRC = 8, V6_OFF_DST = 24,

	PROTOCOL_ICMP = 1, PROTOCOL_IPV4 = 4, PROTOCOL_TCP = 6,
	PROTOCOL_IPV6 = 41, PROTOCOL_ICMPV6 = 58,

	UDP_SIZE = 8, TCP_SIZE = 20, TCP_OFF_DATA = 12,
	ICMP_SIZE = 8, ICMP_OFF_CHECKSUM = 2, ICMP_OFF_MTU = 4,
	ICMP_ECHO_REPLY = 0, ICMP_UNREACHABLE = 3, ICMP_ECHO = 8,
	ICMP_CODE_TOO_LARGE = 4, ICMP_QUOTE_MAX = 548,	/* RFC 1812, 4.3.2.3 */
	ICMP6_TOO_BIG = 2, ICMP6_ECHO = 128, ICMP6_ECHO_REPLY = 129,
	QUOTED_MIN = 8,		/* bytes behind the IP header in a quotation */
	ERROR_HOP_LIMIT = 64, ERROR_TOS = 0xc0	/* RFC 1812, 4.3.2.5 */
};

static size_t
header_size(unsigned family)
{
	return family == 4 ? V4_SIZE : V6_SIZE;
}

static void
v4_set_checksum(uint8_t *p)
{
	packet_put16(p + V4_OFF_CHECKSUM, 0);
	packet_put16(p + V4_OFF_CHECKSUM, (uint16_t)~packet_sum(p, V4_SIZE));
}

/* Packets that rules name */

static bool
is_icmp(const struct ip_info *ip)
{
	return ip->protocol == (ip->family == 4 ? PROTOCOL_ICMP :
		PROTOCOL_ICMPV6);
}

static bool
is_echo(const uint8_t *icmp, unsigned family)
{
	return family == 4 ? *icmp == ICMP_ECHO || *icmp == ICMP_ECHO_REPLY :
		*icmp == ICMP6_ECHO || *icmp == ICMP6_ECHO_REPLY;
}

/* Ports, and where the payload begins, which is in the packet or at its end. */
static bool
find_payload(const uint8_t *p, struct wrap_view *view)
{
	const uint8_t *upper = p + view->ip.upper_off;
	size_t room = view->ip.total_size - view->ip.upper_off, size = 0;

	if (view->ip.protocol == IP_PROTOCOL_UDP) {
		size = UDP_SIZE;
	} else if (view->ip.protocol == PROTOCOL_TCP) {
		if (room < TCP_SIZE)
			return false;
		size = (size_t)(upper[TCP_OFF_DATA] >> 4) * 4;
		if (size < TCP_SIZE)
			return false;
	} else if (is_icmp(&view->ip)) {
		if (room < ICMP_SIZE || !is_echo(upper, view->ip.family))
			return false;
		size = ICMP_SIZE;
	}
	if (size > room)
		return false;
	if (view->ip.protocol == IP_PROTOCOL_UDP ||
	    view->ip.protocol == PROTOCOL_TCP) {
		view->sport = packet_get16(upper);
		view->dport = packet_get16(upper + 2);
	}
	view->payload_off = view->ip.upper_off + size;
	return true;
}

bool
wrap_view(const uint8_t *p, size_t size, const struct ip_numbers *numbers,
	struct wrap_view *view)
{
	*view = (struct wrap_view){0};
	return ip_find(p, size, numbers, &view->ip) == IP_OTHER &&
		view->ip.total_size == size &&
		view->ip.upper_off == header_size(view->ip.family) &&
		(view->ip.family == 6 || packet_sum(p, V4_SIZE) == 0xffff) &&
		ip_addr_returnable(view->ip.src) &&
		ip_addr_returnable(view->ip.dst) &&
		find_payload(p, view);
}

static bool
covers(const struct config_prefix *prefix, const uint8_t addr[IP_ADDR_SIZE])
{
	return prefix->length == 0 || config_prefix_covers(prefix, addr);
}

bool
wrap_matches(const struct config_match *match, const struct wrap_view *view)
{
	const struct ip_info *ip = &view->ip;

	if (!(ip->family == 4 ? match->v4 : match->v6))
		return false;
	if (match->protocol == CONFIG_PROTOCOL_ICMP ? !is_icmp(ip) :
	    match->protocol >= 0 && match->protocol != ip->protocol)
		return false;
	if (match->port && match->port != view->sport &&
	    match->port != view->dport)
		return false;
	return (!match->sport || match->sport == view->sport) &&
		(!match->dport || match->dport == view->dport) &&
		covers(&match->from, ip->src) && covers(&match->to, ip->dst);
}

const struct config_wrap *
wrap_rule(const struct config *config, const struct wrap_view *view)
{
	for (unsigned i = 0; i < config->wrap_count; i++)
		if (wrap_matches(&config->wraps[i].match, view))
			return &config->wraps[i];
	return NULL;
}

/* Putting it around */

size_t
wrap_overhead(const struct config_wrap *rule, unsigned family)
{
	return header_size(family) + rule->program_size;
}

/* The outer header: the inner one with another length and protocol. */
static void
put_outer(uint8_t *out, const uint8_t *p, unsigned family, size_t total,
	uint8_t protocol)
{
	memcpy(out, p, header_size(family));
	if (family == 4) {
		packet_put16(out + V4_OFF_LENGTH, (uint16_t)total);
		out[V4_OFF_PROTOCOL] = protocol;
		v4_set_checksum(out);
	} else {
		packet_put16(out + V6_OFF_LENGTH, (uint16_t)(total - V6_SIZE));
		out[V6_OFF_NEXT] = protocol;
	}
}

/* Bytes of the packet as a number; false: they are not all in it. */
static bool
bytes_of(const struct config_set *set, const uint8_t *p, size_t base,
	size_t total, uint32_t *value)
{
	size_t off = base + set->off;

	if (off + set->size > total)
		return false;
	*value = set->size == 1 ? p[off] : set->size == 2 ?
		packet_get16(p + off) : packet_get32(p + off);
	return true;
}

static bool
value_of(const struct config_set *set, const uint8_t *p,
	const struct wrap_view *view, uint32_t counter, uint32_t *value)
{
	switch (set->source) {
	case CONFIG_PAYLOAD:
		return bytes_of(set, p, view->payload_off, view->ip.total_size,
			value);
	case CONFIG_PACKET:
		return bytes_of(set, p, 0, view->ip.total_size, value);
	case CONFIG_LENGTH:
		*value = (uint32_t)view->ip.total_size;
		return true;
	case CONFIG_COUNTER:
		*value = counter;
		return true;
	}
	return false;
}

static void
put_words(const struct config_wrap *rule, uint8_t *wasp, const uint8_t *p,
	const struct wrap_view *view, uint32_t counter)
{
	uint8_t *pad = wasp + packet_pad_off(wasp[PACKET_OFF_CODE_COUNT]);
	uint32_t value;

	for (unsigned i = 0; i < rule->set_count; i++)
		if (value_of(&rule->sets[i], p, view, counter, &value))
			packet_put32(pad + PACKET_WORD_SIZE *
				(size_t)rule->sets[i].word, value);
}

size_t
wrap_put(const struct config_wrap *rule, const struct ip_numbers *numbers,
	const struct wrap_numbers *words, const uint8_t *p,
	const struct wrap_view *view, uint8_t *out, size_t room)
{
	unsigned family = view->ip.family;
	size_t head = header_size(family);
	size_t total = view->ip.total_size + wrap_overhead(rule, family);
	uint8_t *wasp = out + head;

	if (total > room || total - (family == 6 ? V6_SIZE : 0) > UINT16_MAX)
		return 0;
	put_outer(out, p, family, total, numbers->protocol);
	memcpy(wasp, rule->program, rule->program_size);
	wasp[PACKET_OFF_NEXT_HEADER] = family == 4 ? PROTOCOL_IPV4 :
		PROTOCOL_IPV6;
	wasp[PACKET_OFF_HOPS] = 0;
	wasp[PACKET_OFF_STATUS] = 0;
	wasp[PACKET_OFF_FAULT_PC] = 0;
	packet_put16(wasp + PACKET_OFF_IDENT, words->ident);
	packet_put16(wasp + PACKET_OFF_SEQ, words->seq);
	put_words(rule, wasp, p, view, words->counter);
	packet_set_checksum(wasp, rule->program_size);
	memcpy(wasp + rule->program_size, p, view->ip.total_size);
	return total;
}

/* Taking it off */

static bool
same(const uint8_t a[IP_ADDR_SIZE], const uint8_t b[IP_ADDR_SIZE])
{
	return !memcmp(a, b, IP_ADDR_SIZE);
}

/* Does a rule name what is inside, and may it be between these addresses? */
static enum wrap_inside
find_unwrap(const struct config *config, const struct ip_info *outer,
	const struct wrap_view *inner)
{
	for (unsigned i = 0; i < config->unwrap_count; i++) {
		const struct config_unwrap *rule = &config->unwraps[i];

		if (!wrap_matches(&rule->match, inner))
			continue;
		return (same(outer->src, inner->ip.src) ||
				config_covers(&rule->from, inner->ip.src)) &&
			(same(outer->dst, inner->ip.dst) ||
				config_covers(&rule->to, inner->ip.dst)) ?
			WRAP_OURS : WRAP_BAD_ADDRESS;
	}
	return WRAP_NOT_WRAPPED;
}

enum wrap_inside
wrap_inside(const struct config *config, const uint8_t *p, size_t size,
	struct ip_info *outer, struct wrap_view *inner, size_t *off)
{
	enum wrap_inside answer;

	if (ip_find(p, size, &config->numbers, outer) != IP_OK ||
	    outer->total_size != size ||
	    outer->protocol != config->numbers.protocol ||
	    outer->upper_off != header_size(outer->family) ||
	    outer->wasp.flags & PACKET_FLAG_RETURNED ||
	    outer->wasp.next_header != (outer->family == 4 ? PROTOCOL_IPV4 :
		PROTOCOL_IPV6))
		return WRAP_NOT_WRAPPED;
	*off = outer->wasp_off + outer->wasp_size;
	if (!wrap_view(p + *off, size - *off, &config->numbers, inner) ||
	    inner->ip.family != outer->family)
		return WRAP_NOT_WRAPPED;
	answer = find_unwrap(config, outer, inner);
	if (answer == WRAP_OURS && packet_checksum(p + outer->wasp_off,
	    outer->wasp_size) != outer->wasp.checksum)
		return WRAP_BAD_CHECKSUM;
	return answer;
}

size_t
wrap_take(uint8_t *p, const struct ip_info *outer,
	const struct wrap_view *inner, size_t off)
{
	size_t size = inner->ip.total_size;

	memmove(p, p + off, size);
	if (inner->ip.family == 4) {
		p[V4_OFF_TOS] = outer->traffic_class;
		p[V4_OFF_TTL] = outer->hop_limit;
		v4_set_checksum(p);
	} else {
		packet_put16(p, (uint16_t)((packet_get16(p) & 0xf00f) |
			outer->traffic_class << 4));
		p[V6_OFF_HOP_LIMIT] = outer->hop_limit;
	}
	return size;
}

/* ICMP */

/* The sum of addresses, length and protocol that is part of upper checksums. */
static uint64_t
v6_pseudo_sum(const uint8_t *p, size_t size)
{
	return (uint64_t)packet_sum(p + V6_OFF_SRC, 2 * IP_ADDR_SIZE) + size +
		PROTOCOL_ICMPV6;
}

static void
icmp_set_checksum(uint8_t *p, unsigned family, size_t size)
{
	uint8_t *icmp = p + header_size(family);
	size_t icmp_size = size - header_size(family);
	uint64_t sum = family == 6 ? v6_pseudo_sum(p, icmp_size) : 0;

	packet_put16(icmp + ICMP_OFF_CHECKSUM, 0);
	sum += packet_sum(icmp, icmp_size);
	packet_put16(icmp + ICMP_OFF_CHECKSUM, (uint16_t)~packet_fold(sum));
}

static void
put_error_v4(uint8_t *out, const uint8_t *src, const uint8_t *dst, size_t size)
{
	memset(out, 0, V4_SIZE);
	out[0] = 0x45;
	out[V4_OFF_TOS] = ERROR_TOS;
	packet_put16(out + V4_OFF_LENGTH, (uint16_t)size);
	out[V4_OFF_TTL] = ERROR_HOP_LIMIT;
	out[V4_OFF_PROTOCOL] = PROTOCOL_ICMP;
	memcpy(out + V4_OFF_SRC, src + IP_V4_OFF, 4);
	memcpy(out + V4_OFF_DST, dst + IP_V4_OFF, 4);
	v4_set_checksum(out);
}

static void
put_error_v6(uint8_t *out, const uint8_t *src, const uint8_t *dst, size_t size)
{
	packet_put32(out, UINT32_C(6) << 28);
	packet_put16(out + V6_OFF_LENGTH, (uint16_t)(size - V6_SIZE));
	out[V6_OFF_NEXT] = PROTOCOL_ICMPV6;
	out[V6_OFF_HOP_LIMIT] = ERROR_HOP_LIMIT;
	memcpy(out + V6_OFF_SRC, src, IP_ADDR_SIZE);
	memcpy(out + V6_OFF_DST, dst, IP_ADDR_SIZE);
}

size_t
wrap_too_large(const uint8_t *p, const struct wrap_view *view,
	const uint8_t src[IP_ADDR_SIZE], uint32_t mtu,
	uint8_t out[static WRAP_ERROR_SIZE])
{
	unsigned family = view->ip.family;
	size_t head = header_size(family) + ICMP_SIZE;
	size_t most = family == 4 ? ICMP_QUOTE_MAX : WRAP_ERROR_SIZE - head;
	size_t quote = view->ip.total_size < most ? view->ip.total_size : most;
	uint8_t *icmp = out + header_size(family);

	if (family == 4)
		put_error_v4(out, src, view->ip.src, head + quote);
	else
		put_error_v6(out, src, view->ip.src, head + quote);
	icmp[0] = family == 4 ? ICMP_UNREACHABLE : ICMP6_TOO_BIG;
	icmp[1] = family == 4 ? ICMP_CODE_TOO_LARGE : 0;
	packet_put32(icmp + ICMP_OFF_MTU, mtu);
	memcpy(icmp + ICMP_SIZE, p, quote);
	icmp_set_checksum(out, family, head + quote);
	return head + quote;
}

/*
 * What a router quotes of a packet that we have wrapped: off is where the inner
 * packet begins in the quotation, of which size bytes are there.
 */
static bool
find_quoted(const struct config *config, const uint8_t *quote, size_t size,
	unsigned family, size_t *off, struct wrap_quoted *quoted)
{
	struct ip_info outer;
	struct wrap_view inner = {0};
	size_t room;
	enum ip_error error = ip_find(quote, size, &config->numbers, &outer);

	/* what lies behind the quoted part of the inner packet is cut off */
	if (error != IP_OK || outer.family != family ||
	    outer.protocol != config->numbers.protocol ||
	    outer.upper_off != header_size(family) ||
	    outer.wasp.next_header != (family == 4 ? PROTOCOL_IPV4 :
		PROTOCOL_IPV6))
		return false;
	*off = outer.wasp_off + outer.wasp_size;
	room = size - *off;
	if (*off > size || room < header_size(family) + QUOTED_MIN ||
	    ip_find(quote + *off, room, &config->numbers, &inner.ip) !=
		IP_OTHER ||
	    inner.ip.family != family ||
	    inner.ip.upper_off != header_size(family))
		return false;
	if (inner.ip.protocol == IP_PROTOCOL_UDP ||
	    inner.ip.protocol == PROTOCOL_TCP) {
		inner.sport = packet_get16(quote + *off + inner.ip.upper_off);
		inner.dport = packet_get16(quote + *off + inner.ip.upper_off +
			2);
	}
	*quoted = (struct wrap_quoted){.rule = wrap_rule(config, &inner),
		.ident = outer.wasp.ident};
	memcpy(quoted->dst, inner.ip.dst, IP_ADDR_SIZE);
	return quoted->rule != NULL;
}

static bool
is_too_large(const uint8_t *icmp, unsigned family)
{
	return family == 4 ? icmp[0] == ICMP_UNREACHABLE &&
		icmp[1] == ICMP_CODE_TOO_LARGE : icmp[0] == ICMP6_TOO_BIG;
}

/*
 * Where an error says how much it quotes, since extensions follow (RFC 4884);
 * they are left out.
 */
static size_t
length_off(unsigned family)
{
	return family == 4 ? ICMP_OFF_MTU + 1 : ICMP_OFF_MTU;
}

static size_t
quoted_size(const uint8_t *icmp, unsigned family, size_t room)
{
	size_t said = (family == 4 ? 4u : 8u) * icmp[length_off(family)];

	if (is_too_large(icmp, family) && family == 6)
		return room;
	return said && said < room ? said : room;
}

/*
 * The MTU of "too large", as it was, and less what wrapping adds; false: it is
 * none.
 */
static bool
lower_mtu(uint8_t *icmp, unsigned family, size_t overhead, uint32_t *was)
{
	size_t least = family == 4 ? WRAP_V4_MTU_MIN : WRAP_V6_MTU_MIN;
	size_t mtu = packet_get32(icmp + ICMP_OFF_MTU);

	if (!is_too_large(icmp, family))
		return false;
	if (family == 4)	/* the length is in the first half */
		mtu &= UINT16_MAX;
	*was = (uint32_t)mtu;
	packet_put32(icmp + ICMP_OFF_MTU, (uint32_t)(mtu > least + overhead ?
		mtu - overhead : least));
	return true;
}

/*
 * Is it about the protocol of WASP itself?  Then it says nothing of what was
 * inside.
 */
static bool
is_about_protocol(const uint8_t *icmp, unsigned family)
{
	return family == 4 ? icmp[0] == ICMP_UNREACHABLE && icmp[1] == 2 :
		icmp[0] == 4;
}

size_t
wrap_unquote(const struct config *config, uint8_t *p, size_t size,
	struct wrap_quoted *quoted)
{
	struct ip_info info;
	size_t at, off, quote_size, rest;
	uint8_t *icmp;

	if (ip_find(p, size, &config->numbers, &info) != IP_OTHER ||
	    info.total_size != size ||
	    info.upper_off != header_size(info.family))
		return 0;
	at = ip_quote_off(p, size, &info);
	icmp = p + info.upper_off;
	if (!at || is_about_protocol(icmp, info.family))
		return 0;
	quote_size = quoted_size(icmp, info.family, size - at);
	if (!find_quoted(config, p + at, quote_size, info.family, &off, quoted))
		return 0;
	rest = quote_size - off;
	if (!lower_mtu(icmp, info.family, off, &quoted->mtu))
		icmp[length_off(info.family)] = 0;
	memmove(p + at, p + at + off, rest);
	size = at + rest;
	if (info.family == 4) {
		packet_put16(p + V4_OFF_LENGTH, (uint16_t)size);
		v4_set_checksum(p);
	} else {
		packet_put16(p + V6_OFF_LENGTH, (uint16_t)(size - V6_SIZE));
	}
	icmp_set_checksum(p, info.family, size);
	return size;
}
