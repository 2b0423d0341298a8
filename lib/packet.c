/* SPDX-License-Identifier: BSD-2-Clause */
/* Packets from 'W' on, IP packets around them, addresses and keys. */
#include <string.h>

#include "lib/lib-int.h"
#include "vm/node.h"
#include "wasp/key.h"

const char *
wasp_packet_error_text(enum wasp_packet_error error)
{
	return packet_error_text((enum packet_error)error);
}

enum wasp_packet_error
wasp_packet_parse(const uint8_t *packet, size_t size,
	struct wasp_header *header)
{
	struct packet_header found = {0};
	enum packet_error error = packet_parse(packet, size, &found);

	if (error == PACKET_OK || error >= PACKET_BAD_CODE_COUNT)
		lib_header(header, &found);
	return (enum wasp_packet_error)error;
}

size_t
wasp_packet_size(const struct wasp_header *header)
{
	return packet_size(header->code_count, header->word_count);
}

uint32_t
wasp_packet_word(const uint8_t *packet, size_t size, unsigned n)
{
	struct packet_header header;

	return packet_parse(packet, size, &header) == PACKET_OK &&
		n < header.pad_count ? packet_word(packet, &header, n) : 0;
}

enum wasp_result
wasp_packet_set_word(uint8_t *packet, size_t size, unsigned n, uint32_t value)
{
	struct packet_header header;
	size_t off;

	if (packet_parse(packet, size, &header) || n >= header.pad_count)
		return WASP_INVALID;
	off = packet_pad_off(header.code_count) + PACKET_WORD_SIZE * (size_t)n;
	packet_change16(packet, off, (uint16_t)(value >> 16));
	packet_change16(packet, off + 2, (uint16_t)value);
	return WASP_OK;
}

uint16_t
wasp_packet_checksum(const uint8_t *packet, size_t size)
{
	return packet_checksum(packet, size);
}

bool
wasp_packet_checksum_right(const uint8_t *packet, size_t size)
{
	return packet_get16(packet + PACKET_OFF_CHECKSUM) ==
		packet_checksum(packet, size);
}

void
wasp_packet_checksum_set(uint8_t *packet, size_t size)
{
	packet_set_checksum(packet, size);
}

uint16_t
wasp_checksum_update(uint16_t checksum, uint16_t old_word, uint16_t new_word)
{
	return packet_checksum_update(checksum, old_word, new_word);
}

const char *
wasp_ip_error_text(enum wasp_ip_error error)
{
	return ip_error_text((enum ip_error)error);
}

static enum ip_error
find(const uint8_t *bytes, size_t size, const struct wasp_numbers *numbers,
	struct ip_info *info)
{
	struct ip_numbers known = IP_NUMBERS_DEFAULT;

	if (numbers)
		known = (struct ip_numbers){numbers->protocol,
			numbers->udp_port};
	*info = (struct ip_info){0};
	return ip_find(bytes, size, &known, info);
}

enum wasp_ip_error
wasp_ip_parse(const uint8_t *bytes, size_t size,
	const struct wasp_numbers *numbers, struct wasp_ip *ip)
{
	struct ip_info info;
	enum ip_error error = find(bytes, size, numbers, &info);
	struct wasp_ip found = {
		.family = info.family, .hop_limit = info.hop_limit,
		.traffic_class = info.traffic_class,
		.protocol = info.protocol, .flow_label = info.flow_label,
		.sport = info.sport, .dport = info.dport,
		.total_size = info.total_size, .wasp_off = info.wasp_off,
		.wasp_size = info.wasp_size,
		.packet_error = (enum wasp_packet_error)info.wasp_error,
		.may_return = error == IP_OK && node_may_return(&info)
	};

	memcpy(found.src, info.src, sizeof(found.src));
	memcpy(found.dst, info.dst, sizeof(found.dst));
	lib_header(&found.wasp, &info.wasp);
	if (lib_has_size(ip))
		lib_give(ip, &found, sizeof(found));
	return (enum wasp_ip_error)error;
}

enum wasp_result
wasp_ip_build(uint8_t *bytes, size_t room, const struct wasp_ip *ip,
	const uint8_t *wasp, size_t size, size_t *built)
{
	struct wasp_ip taken;
	struct ip_form form;

	*built = 0;
	if (!lib_take(&taken, sizeof(taken), ip) ||
	    (taken.family != 4 && taken.family != 6) ||
	    (taken.family == 4) != ip_addr_is_v4(taken.src) ||
	    (taken.family == 4) != ip_addr_is_v4(taken.dst))
		return WASP_INVALID;
	form = (struct ip_form){
		.family = taken.family, .hop_limit = taken.hop_limit,
		.traffic_class = taken.traffic_class,
		.flow_label = taken.flow_label, .protocol = taken.protocol,
		.udp = taken.protocol == IP_PROTOCOL_UDP,
		.sport = taken.sport, .dport = taken.dport
	};
	memcpy(form.src, taken.src, sizeof(form.src));
	memcpy(form.dst, taken.dst, sizeof(form.dst));
	*built = ip_build(bytes, room, &form, wasp, size);
	return *built ? WASP_OK : WASP_NO_ROOM;
}

enum wasp_result
wasp_ip_turn_back(uint8_t *bytes, size_t size,
	const struct wasp_numbers *numbers)
{
	struct ip_info info;

	if (find(bytes, size, numbers, &info))
		return WASP_INVALID;
	ip_turn_back(bytes, &info);
	return WASP_OK;
}

enum wasp_result
wasp_ip_set_hop_limit(uint8_t *bytes, size_t size,
	const struct wasp_numbers *numbers, uint8_t hop_limit)
{
	struct ip_info info;

	if (find(bytes, size, numbers, &info))
		return WASP_INVALID;
	ip_set_hop_limit(bytes, &info, hop_limit);
	return WASP_OK;
}

enum wasp_result
wasp_ip_set_destination(uint8_t *bytes, size_t size,
	const struct wasp_numbers *numbers, const uint8_t *addr)
{
	struct ip_info info;

	if (find(bytes, size, numbers, &info) ||
	    (info.family == 4) != ip_addr_is_v4(addr))
		return WASP_INVALID;
	ip_set_destination(bytes, &info, addr);
	return WASP_OK;
}

const char *
wasp_addr_text(const uint8_t *addr, char *buf)
{
	return ip_addr_text(addr, buf);
}

bool
wasp_addr_parse(const char *text, uint8_t *addr)
{
	return ip_addr_parse(text, addr);
}

uint64_t
wasp_key(enum wasp_space space, uint64_t bits)
{
	return key_in_space((enum key_space)space, bits);
}

uint64_t
wasp_key_of_string(enum wasp_space space, const char *string, size_t size)
{
	return key_of_string((enum key_space)space, string, size);
}

uint64_t
wasp_key_of_secret(const uint8_t *secret)
{
	return key_of_secret(secret);
}
