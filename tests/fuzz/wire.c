/* SPDX-License-Identifier: BSD-2-Clause */
/* Packets on the wire for targets; see wire.h.  RFC 1071, RFC 768, RFC 8200. */
#include "tests/fuzz/wire.h"

#include <string.h>

enum {
	V4_CHECKSUM = 10, V4_SRC = 12, V4_ADDRS_SIZE = 8,
	V6_SRC = 8, V6_ADDRS_SIZE = 32,
	UDP_LENGTH = 4, UDP_CHECKSUM = 6,
	PARAMS_MAX = 64
};

/* Of any bytes, on top of another sum. */
static uint32_t
sum_of(uint32_t sum, const uint8_t *p, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		sum += i % 2 ? p[i] : (uint32_t)p[i] << 8;
		sum = (sum & 0xffff) + (sum >> 16);
	}
	return sum;
}

static uint32_t
udp_sum(const uint8_t *p, const struct ip_info *info)
{
	const uint8_t *udp = p + info->upper_off;
	size_t length = packet_get16(udp + UDP_LENGTH);
	uint32_t sum = info->family == 4 ?
		sum_of(0, p + V4_SRC, V4_ADDRS_SIZE) :
		sum_of(0, p + V6_SRC, V6_ADDRS_SIZE);
	const uint8_t rest[] = {0, IP_PROTOCOL_UDP, udp[UDP_LENGTH],
		udp[UDP_LENGTH + 1]};

	return sum_of(sum_of(sum, rest, sizeof(rest)), udp, length);
}

static bool
whole_udp(const uint8_t *p, size_t size, const struct ip_info *info)
{
	return info->protocol == IP_PROTOCOL_UDP && size - info->upper_off >=
		packet_get16(p + info->upper_off + UDP_LENGTH);
}

static size_t
v4_header_size(const uint8_t *p)
{
	return 4 * (size_t)(p[0] & 15);
}

struct wire_right
wire_right(const uint8_t *p, size_t size, const struct ip_info *info)
{
	struct wire_right right = {true, true, true};

	if (info->family == 4)
		right.ip = sum_of(0, p, v4_header_size(p)) == 0xffff;
	if (whole_udp(p, size, info))
		right.udp = packet_get16(p + info->upper_off + UDP_CHECKSUM) ?
			udp_sum(p, info) == 0xffff : info->family == 4;
	right.wasp = sum_of(0, p + info->wasp_off, info->wasp_size) == 0xffff;
	return right;
}

void
wire_check(struct wire_right before, struct wire_right after)
{
	FUZZ_CHECK(!before.ip || after.ip);
	FUZZ_CHECK(!before.udp || after.udp);
	FUZZ_CHECK(!before.wasp || after.wasp);
}

void
wire_mend(uint8_t *p, size_t size, const struct ip_info *info)
{
	uint8_t *wasp = p + info->wasp_off, *udp = p + info->upper_off;
	uint16_t sum;

	packet_put16(wasp + PACKET_OFF_CHECKSUM, 0);
	packet_put16(wasp + PACKET_OFF_CHECKSUM,
		(uint16_t)~sum_of(0, wasp, info->wasp_size));
	if (whole_udp(p, size, info)) {
		packet_put16(udp + UDP_CHECKSUM, 0);
		sum = (uint16_t)~udp_sum(p, info);
		packet_put16(udp + UDP_CHECKSUM, sum ? sum : 0xffff);
	}
	if (info->family == 4) {
		packet_put16(p + V4_CHECKSUM, 0);
		packet_put16(p + V4_CHECKSUM,
			(uint16_t)~sum_of(0, p, v4_header_size(p)));
	}
}

struct adding {
	struct fuzz_seeds *seeds;
	size_t params_size;
	unsigned number;
};

/*
 * Put four NOPs into an IPv4 header, or a destination options header of eight
 * bytes behind an IPv6 header.
 */
static size_t
widen(uint8_t *p, size_t size)
{
	static const uint8_t nops[4] = {1, 1, 1, 1};
	uint8_t options[8] = {0, 0, 1, 4};
	bool is_v4 = p[0] >> 4 == 4;
	size_t at = is_v4 ? 20 : 40, n = is_v4 ? sizeof(nops) : sizeof(options);
	uint8_t *length = p + (is_v4 ? 2 : 4);

	memmove(p + at + n, p + at, size - at);
	if (is_v4)
		p[0]++;
	else {
		options[0] = p[6];
		p[6] = 60;
	}
	memcpy(p + at, is_v4 ? nops : options, n);
	packet_put16(length, (uint16_t)(packet_get16(length) + n));
	return size + n;
}

/* A packet of a kind: bits for IPv6, UDP, back, payload, a wider header. */
static void
add_kind(struct adding *adding, const struct object *object, unsigned kind)
{
	const struct ip_numbers numbers = IP_NUMBERS_DEFAULT;
	uint8_t bytes[PARAMS_MAX + IP_HEADERS_MAX + PACKET_SIZE_MAX + 32];
	uint8_t wasp[PACKET_SIZE_MAX + 16] = {0};
	uint8_t *p = bytes + adding->params_size;
	bool v6 = kind & 1, udp = kind & 2, back = kind & 4;
	struct ip_form form = {.family = v6 ? 6 : 4, .hop_limit = 9, .udp = udp,
		.protocol = PACKET_PROTOCOL,
		.sport = back ? PACKET_UDP_PORT : 4000,
		.dport = back ? 4000 : PACKET_UDP_PORT};
	struct ip_info info;
	size_t size;

	ip_addr_parse(v6 ? "2001:db8:1::7" : "10.0.1.7", form.src);
	ip_addr_parse(v6 ? "2001:db8:3::7" : "10.0.3.7", form.dst);
	memcpy(wasp, object->packet, object->size);
	wasp[PACKET_OFF_FLAGS] |= back ? PACKET_FLAG_RETURNED : 0;
	wasp[PACKET_OFF_FLAGS] |= adding->number % 2 ? PACKET_FLAG_BACK : 0;
	memset(bytes, adding->number % 3 ? 0 : 0xff, adding->params_size);
	size = ip_build(p, sizeof(bytes) - adding->params_size, &form, wasp,
		object->size + (kind & 8 ? 11 : 0));
	FUZZ_CHECK(size);
	if (kind & 16)
		size = widen(p, size);
	FUZZ_CHECK(ip_find(p, size, &numbers, &info) == IP_OK);
	wire_mend(p, size, &info);
	fuzz_add(adding->seeds, bytes, adding->params_size + size);
}

static void
add_object(void *arg, const struct object *object)
{
	struct adding *adding = arg;

	for (unsigned i = 0; i < 8; i++)
		add_kind(adding, object, 5 * ++adding->number % 32);
}

void
wire_add_seeds(struct fuzz_seeds *seeds, size_t params_size)
{
	struct adding adding = {seeds, params_size, 0};

	FUZZ_CHECK(params_size <= PARAMS_MAX);
	fuzz_each_object(add_object, &adding);
}
