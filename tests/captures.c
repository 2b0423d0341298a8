/* SPDX-License-Identifier: BSD-2-Clause */
/* Captures for tests; see captures.h. */
#include "tests/captures.h"

#include <pcap/dlt.h>
#include <stdlib.h>
#include <string.h>

enum {
	FIRST_SECOND = 1763726400,
	TYPE_IPV4 = 0x0800,
	TYPE_IPV6 = 0x86dd,
	TYPE_ARP = 0x0806,
	V4_SIZE = 20,
	V6_SIZE = 40
};

/* Five instructions, so that the code is padded; six words, push from 2 on. */
static const uint16_t program[] = {
	0xf040,			/* insert r0, [0] */
	0xd002,			/* bz r0, .+3 */
	0x4107,			/* push node.3 */
	0x411e,			/* push ttl */
	0x0000			/* forward */
};
enum { PROGRAM_COUNT = 5, WORD_COUNT = 6 };

void
captures_object(struct object *object)
{
	struct packet_header header = {
		.flags = PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS,
		.next_header = PACKET_NEXT_NONE, .code_count = PROGRAM_COUNT,
		.pad_count = WORD_COUNT, .cursor = 2,
		.ident = 0x1234, .seq = 1
	};
	uint8_t *p = object->packet;

	memset(object, 0, sizeof(*object));
	packet_put_header(p, &header);
	for (unsigned pc = 0; pc < PROGRAM_COUNT; pc++)
		packet_put16(p + PACKET_HEADER_SIZE + 2 * pc, program[pc]);
	packet_put64(p + packet_pad_off(PROGRAM_COUNT),
		UINT64_C(0x1122334455667788));
	object->size = packet_size(PROGRAM_COUNT, WORD_COUNT);
	packet_set_checksum(p, object->size);
	packet_parse(p, object->size, &object->header);
	if (!notes_set_program(&object->notes, "walk") ||
	    !notes_add_word(&object->notes, 0, 2, NOTES_KEY, "flow") ||
	    !notes_add_word(&object->notes, 2, 4, NOTES_SPACE, "trail") ||
	    !notes_add_label(&object->notes, 4, "out"))
		abort();
}

/* The packet 10.0.1.2 > 10.0.3.2, or the same in IPv6 or UDP. */
struct shape {
	uint8_t family;
	bool udp;
	size_t payload;
};
static const struct shape v4 = {4, false, 0}, v6 = {6, false, 0},
	v4_udp = {4, true, 0}, v6_udp = {6, true, 0},
	v4_payload = {4, false, 20};

static struct captures_frame *
new_frame(struct captures *captures, uint16_t ethertype)
{
	struct captures_frame *frame = &captures->frames[captures->count++];

	if (captures->count > CAPTURES_FRAMES_MAX)
		abort();
	memset(frame, 0, sizeof(*frame));
	frame->ethertype = ethertype;
	return frame;
}

static struct captures_frame *
add_packet(struct captures *captures, struct shape shape)
{
	struct ip_form form = {.family = shape.family, .hop_limit = 62,
		.protocol = PACKET_PROTOCOL, .udp = shape.udp,
		.flow_label = 0x12345, .sport = 40000,
		.dport = PACKET_UDP_PORT};
	struct captures_frame *frame = new_frame(captures,
		shape.family == 4 ? TYPE_IPV4 : TYPE_IPV6);
	uint8_t bytes[PACKET_SIZE_MAX + 256] = {0};
	struct object object;

	captures_object(&object);
	memcpy(bytes, object.packet, object.size);
	ip_addr_parse(shape.family == 4 ? "10.0.1.2" : "2001:db8:1::2",
		form.src);
	ip_addr_parse(shape.family == 4 ? "10.0.3.2" : "2001:db8:3::2",
		form.dst);
	frame->size = ip_build(frame->bytes, sizeof(frame->bytes), &form, bytes,
		object.size + shape.payload);
	frame->length = frame->size;
	object_done(&object);
	return frame;
}

static uint8_t *
wasp_of(struct captures_frame *frame, struct ip_info *info)
{
	struct ip_numbers numbers = IP_NUMBERS_DEFAULT;

	if (ip_find(frame->bytes, frame->size, &numbers, info) != IP_OK)
		abort();
	return frame->bytes + info->wasp_off;
}

/* An IPv4 packet with one byte of its WASP changed. */
static struct captures_frame *
add_changed(struct captures *captures, size_t off, uint8_t value, bool mend)
{
	struct captures_frame *frame = add_packet(captures, v4);
	struct ip_info info;
	uint8_t *wasp = wasp_of(frame, &info);

	wasp[off] = value;
	if (mend)
		packet_set_checksum(wasp, info.wasp_size);
	return frame;
}

static void
add_right(struct captures *captures)
{
	struct captures_frame *frame;
	struct ip_info info;
	uint8_t *wasp;

	add_packet(captures, v4);
	add_packet(captures, v6);

	frame = add_packet(captures, v4);
	wasp = wasp_of(frame, &info);
	wasp[PACKET_OFF_HOPS] = 2;
	wasp[PACKET_OFF_CURSOR] = 6;
	packet_put32(wasp + packet_pad_off(PROGRAM_COUNT) + 8, 0x0a000201);
	packet_put32(wasp + packet_pad_off(PROGRAM_COUNT) + 12, 63);
	packet_put32(wasp + packet_pad_off(PROGRAM_COUNT) + 16, 0x0a000301);
	packet_put32(wasp + packet_pad_off(PROGRAM_COUNT) + 20, 62);
	packet_set_checksum(wasp, info.wasp_size);
	packet_parse(wasp, info.wasp_room, &info.wasp);
	ip_turn_back(frame->bytes, &info);

	frame = add_changed(captures, PACKET_OFF_STATUS, 3, false);
	wasp = wasp_of(frame, &info);
	wasp[PACKET_OFF_FAULT_PC] = 7;
	packet_set_checksum(wasp, info.wasp_size);
	add_changed(captures, PACKET_OFF_STATUS,
		PACKET_STATUS_FULL | PACKET_STATUS_REFUSED, true);
	add_changed(captures, PACKET_OFF_STATUS, 32 + 5, true);
	frame = add_packet(captures, v4_payload);
	wasp = wasp_of(frame, &info);
	wasp[PACKET_OFF_NEXT_HEADER] = 6;
	packet_set_checksum(wasp, info.wasp_size);
}

/* A whole packet behind the program: UDP in IPv4, TCP in IPv6. */
static void
add_wrapped(struct captures *captures)
{
	static const struct shape shapes[] = {{4, false, 32}, {6, false, 60}};

	for (unsigned i = 0; i < 2; i++) {
		struct captures_frame *frame = add_packet(captures,
			shapes[i]);
		struct ip_info info;
		uint8_t *wasp = wasp_of(frame, &info);
		uint8_t *inner = wasp + info.wasp_size;
		size_t head = i ? V6_SIZE : V4_SIZE;

		memcpy(inner, frame->bytes, head);
		packet_put16(inner + (i ? 4 : 2), i ? 20 : 32);
		inner[i ? 6 : 9] = i ? 6 : 17;
		packet_put32(inner + head, 40000u << 16 | (i ? 80 : 5004));
		packet_put16(inner + head + 4, i ? 0 : 12);
		wasp[PACKET_OFF_NEXT_HEADER] = i ? 41 : 4;
		packet_set_checksum(wasp, info.wasp_size);
	}
}

static void
add_udp(struct captures *captures)
{
	struct captures_frame *frame;
	struct ip_info info;

	add_packet(captures, v4_udp);
	add_packet(captures, v6_udp);
	frame = add_packet(captures, v4_udp);
	wasp_of(frame, &info);
	ip_turn_back(frame->bytes, &info);
	/* from the port, but not on its way back: something else */
	frame = add_packet(captures, v4_udp);
	packet_put16(frame->bytes + V4_SIZE, PACKET_UDP_PORT);
	packet_put16(frame->bytes + V4_SIZE + 2, 40000);
}

/* An IPv6 packet with an extension header of 8 bytes. */
static void
add_extended(struct captures *captures, uint8_t next, const uint8_t *ext)
{
	struct captures_frame *frame = add_packet(captures, v6);

	memmove(frame->bytes + V6_SIZE + 8, frame->bytes + V6_SIZE,
		frame->size - V6_SIZE);
	memcpy(frame->bytes + V6_SIZE, ext, 8);
	frame->bytes[V6_SIZE] = frame->bytes[6];
	frame->bytes[6] = next;
	frame->size += 8;
	frame->length += 8;
	packet_put16(frame->bytes + 4,
		(uint16_t)(packet_get16(frame->bytes + 4) + 8));
}

static void
add_not_run(struct captures *captures)
{
	static const uint8_t first[8] = {0, 0, 0, 1}, later[8] = {0, 0, 0, 0x49};
	static const uint8_t routing[8] = {0}, options[8] = {0, 0, 1, 4};
	struct captures_frame *frame;
	struct ip_info info;
	uint8_t *wasp;

	add_extended(captures, 60, options);
	add_extended(captures, 44, first);
	add_extended(captures, 44, later);
	add_extended(captures, 43, routing);
	frame = add_packet(captures, v4);
	packet_put16(frame->bytes + 6, 0x2000);
	frame = add_packet(captures, v4);
	packet_put16(frame->bytes + 6, 0x0010);
	/* the first of two: that the rest is elsewhere is no fault */
	frame = add_packet(captures, v4);
	packet_put16(frame->bytes + 6, 0x2000);
	packet_put16(frame->bytes + 2, V4_SIZE + 24);
	frame = add_packet(captures, v4_udp);
	packet_put16(frame->bytes + 6, 0x2000);
	frame = add_packet(captures, v4);
	wasp = wasp_of(frame, &info);
	wasp[PACKET_OFF_NEXT_HEADER] = PACKET_PROTOCOL;
	packet_set_checksum(wasp, info.wasp_size);
}

static void
add_truncated(struct captures *captures)
{
	struct captures_frame *frame;

	/* lengths of the WASP packet beyond the IP packet */
	add_changed(captures, PACKET_OFF_PAD_COUNT, 7, true);
	add_changed(captures, PACKET_OFF_CODE_COUNT, 30, true);
	frame = add_packet(captures, v4);
	packet_put16(frame->bytes + 2, V4_SIZE + 12);
	frame = add_packet(captures, v4);
	packet_put16(frame->bytes + 2,
		(uint16_t)(V4_SIZE + packet_pad_off(PROGRAM_COUNT)));
	/* an IP packet that says more than there was */
	frame = add_packet(captures, v4);
	packet_put16(frame->bytes + 2, 200);
	/* UDP that says more than IP */
	frame = add_packet(captures, v4_udp);
	packet_put16(frame->bytes + V4_SIZE + 4, 400);
	/* a frame that ends within a header */
	frame = add_packet(captures, v4);
	frame->size = frame->length = 15;
	frame = add_packet(captures, v4_udp);
	frame->size = frame->length = 22;
}

static void
add_malformed(struct captures *captures)
{
	struct captures_frame *frame;

	add_changed(captures, PACKET_OFF_MAGIC, 'X', false);
	add_changed(captures, PACKET_OFF_FLAGS, 0x2c, false);
	add_changed(captures, PACKET_OFF_CODE_COUNT, 0, false);
	add_changed(captures, PACKET_OFF_CODE_COUNT, 129, false);
	add_changed(captures, PACKET_OFF_PAD_COUNT, 65, false);
	add_changed(captures, PACKET_HEADER_SIZE + 2 * PROGRAM_COUNT, 1, true);
	add_changed(captures, PACKET_OFF_SEQ, 9, false);	/* checksum */
	frame = add_packet(captures, v4);
	frame->bytes[0] = 0x44;
	frame = add_packet(captures, v4_udp);
	packet_put16(frame->bytes + V4_SIZE + 4, 7);
}

/* Someone's ICMP error about the last packet, quoting at most size bytes. */
static void
add_icmp(struct captures *captures, const char *from, uint8_t type,
	uint8_t code, uint32_t rest, size_t size)
{
	struct captures_frame about = captures->frames[captures->count - 1];
	uint8_t family = about.ethertype == TYPE_IPV4 ? 4 : 6;
	struct ip_form form = {.family = family, .hop_limit = 63,
		.protocol = family == 4 ? 1 : 58};
	struct captures_frame *frame = new_frame(captures, about.ethertype);
	uint8_t icmp[8 + CAPTURES_FRAME_MAX] = {type, code};

	if (size > about.size)
		size = about.size;
	packet_put32(icmp + 4, rest);
	memcpy(icmp + 8, about.bytes, size);
	packet_put16(icmp + 2, (uint16_t)~packet_sum(icmp, 8 + size));
	ip_addr_parse(from, form.src);
	ip_addr_parse(family == 4 ? "10.0.1.2" : "2001:db8:1::2", form.dst);
	frame->size = ip_build(frame->bytes, sizeof(frame->bytes), &form, icmp,
		8 + size);
	frame->length = frame->size;
}

static void
add_icmps(struct captures *captures)
{
	add_packet(captures, v4);
	add_icmp(captures, "10.0.2.1", 11, 0, 0, 576);
	add_packet(captures, v4);
	add_icmp(captures, "10.0.3.2", 3, 2, 0, 28);
	add_packet(captures, v4);
	add_icmp(captures, "10.0.2.1", 3, 4, 60, 36);
	add_packet(captures, v4_udp);
	add_icmp(captures, "10.0.3.2", 3, 3, 0, 576);
	add_packet(captures, v6);
	add_icmp(captures, "2001:db8:2::1", 3, 0, 0, 1232);
	add_packet(captures, v6);
	add_icmp(captures, "2001:db8:2::1", 2, 0, 1280, 1232);
	add_packet(captures, v6);
	add_icmp(captures, "2001:db8:3::2", 4, 1, 6, 1232);
	/* the frame is longer than what it holds: that is no part of the quote */
	add_packet(captures, v4);
	add_icmp(captures, "10.0.2.1", 11, 0, 0, 28);
	captures->frames[captures->count - 1].size += 10;
	captures->frames[captures->count - 1].length += 10;
	/* an answer to ping is no error, whatever it holds */
	add_packet(captures, v4);
	add_icmp(captures, "10.0.3.2", 0, 0, 0, 576);
	add_packet(captures, v6);
	add_icmp(captures, "2001:db8:3::2", 129, 0, 0, 576);
}

static void
add_others(struct captures *captures)
{
	struct captures_frame *frame = new_frame(captures, TYPE_ARP);

	frame->size = frame->length = 28;
	packet_put32(frame->bytes, 0x00010800);
	frame = add_packet(captures, v4);
	frame->bytes[9] = 6;
	frame = add_packet(captures, v4_udp);
	packet_put16(frame->bytes + V4_SIZE + 2, 53);
	frame = add_packet(captures, v6);
	frame->bytes[6] = 58;
	frame = add_packet(captures, v4);
	frame->bytes[0] = 0x75;
	frame = add_packet(captures, v4_udp);
	packet_put16(frame->bytes + V4_SIZE, PACKET_UDP_PORT);
	packet_put16(frame->bytes + V4_SIZE + 2, 9);
	frame->bytes[V4_SIZE + IP_UDP_HEADER_SIZE] = 'X';
	/* the middle of something, which looks like an ICMP error */
	add_packet(captures, v4);
	add_icmp(captures, "10.0.2.1", 11, 0, 0, 576);
	frame = &captures->frames[captures->count - 2];
	*frame = captures->frames[--captures->count];
	packet_put16(frame->bytes + 6, 0x0010);
}

/*
 * Code that no assembler makes: a jump past the end, and no instruction; and a
 * scratchpad with much room.
 */
static void
add_odd(struct captures *captures)
{
	struct captures_frame *frame = add_packet(captures, v4);
	struct ip_info info;
	uint8_t *wasp = wasp_of(frame, &info);

	packet_put16(wasp + PACKET_HEADER_SIZE, 0xe00a);
	packet_put16(wasp + PACKET_HEADER_SIZE + 2, 0xd003);
	packet_put16(wasp + PACKET_HEADER_SIZE + 4, 0xffff);
	packet_set_checksum(wasp, info.wasp_size);

	/* much room, of which little is used */
	frame = add_packet(captures, v4_payload);
	wasp = wasp_of(frame, &info);
	wasp[PACKET_OFF_PAD_COUNT] += 5;
	packet_put32(wasp + info.wasp_size + 12, 7);
	packet_set_checksum(wasp, packet_size(PROGRAM_COUNT, WORD_COUNT + 5));
	frame = add_packet(captures, v4_payload);
	wasp = wasp_of(frame, &info);
	wasp[PACKET_OFF_PAD_COUNT] += 4;
	packet_set_checksum(wasp, packet_size(PROGRAM_COUNT, WORD_COUNT + 4));
}

bool
captures_add(struct captures *captures, const char *set)
{
	static const struct {
		const char *name;
		void (*add)(struct captures *captures);
	} sets[] = {
		{"right", add_right}, {"udp", add_udp},
		{"not-run", add_not_run}, {"truncated", add_truncated},
		{"malformed", add_malformed}, {"icmp", add_icmps},
		{"other", add_others}, {"odd", add_odd},
		{"wrapped", add_wrapped}	/* not of all */
	};
	enum { ALL = sizeof(sets) / sizeof(*sets) - 1 };
	bool found = false;

	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++)
		if (!strcmp(set, sets[i].name) ||
		    (i < ALL && !strcmp(set, "all"))) {
			sets[i].add(captures);
			found = true;
		}
	return found;
}

/*
 * Link headers: prefix bytes with the ethertype at an offset, -1: none.
 */
static const struct link {
	const char *name;
	int dlt;
	size_t size;
	int type_off;
	uint8_t bytes[24];
} links[] = {
	{"EN10MB", DLT_EN10MB, 14, 12, {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2}},
	{"VLAN", DLT_EN10MB, 18, 16,
		{2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x81, 0, 0, 7}},
	{"QINQ", DLT_EN10MB, 22, 20, {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2,
		0x88, 0xa8, 0, 7, 0x81, 0, 0, 8}},
	{"RAW", DLT_RAW, 0, -1, {0}},
	{"IPV4", DLT_IPV4, 0, -1, {0}},
	{"IPV6", DLT_IPV6, 0, -1, {0}},
	{"LINUX_SLL", DLT_LINUX_SLL, 16, 14, {0, 0, 0, 1, 0, 6, 2}},
	{"LINUX_SLL2", DLT_LINUX_SLL2, 20, 0, {0}},
	{"NULL", DLT_NULL, 4, -1, {2, 0, 0, 0}},
	{"LOOP", DLT_LOOP, 4, -1, {0, 0, 0, 2}},
	{"PPP", DLT_PPP, 4, -1, {0xff, 3, 0, 0x21}}
};

static const struct link *
link_of(const char *name)
{
	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++)
		if (!strcmp(name, links[i].name))
			return &links[i];
	return NULL;
}

int
captures_link(const char *name)
{
	const struct link *link = link_of(name);

	return link ? link->dlt : -1;
}

size_t
captures_with_link(const struct captures_frame *frame, const char *name,
	uint8_t out[static CAPTURES_FRAME_MAX + 32])
{
	const struct link *link = link_of(name);

	memcpy(out, link->bytes, link->size);
	memcpy(out + link->size, frame->bytes, frame->size);
	if (link->type_off >= 0)
		packet_put16(out + link->type_off, frame->ethertype);
	if (link->dlt == DLT_NULL && frame->ethertype == TYPE_IPV6)
		out[0] = 10;
	if (link->dlt == DLT_LOOP && frame->ethertype == TYPE_IPV6)
		out[3] = 24;
	return link->size + frame->size;
}

static void
put16(FILE *out, uint16_t n)
{
	fputc(n >> 8, out);
	fputc(n & 0xff, out);
}

static void
put32(FILE *out, uint32_t n)
{
	put16(out, (uint16_t)(n >> 16));
	put16(out, (uint16_t)n);
}

static void
pcap_start(FILE *out, uint32_t dlt)
{
	put32(out, 0xa1b2c3d4);
	put16(out, 2);
	put16(out, 4);
	put32(out, 0);
	put32(out, 0);
	put32(out, 65535);
	put32(out, dlt);
}

static void
pcap_frame(FILE *out, uint32_t s, const uint8_t *p, size_t size, size_t length)
{
	put32(out, s);
	put32(out, 0);
	put32(out, (uint32_t)size);
	put32(out, (uint32_t)length);
	fwrite(p, 1, size, out);
}

/* A section header and one interface; microseconds are the default. */
static void
pcapng_start(FILE *out, uint32_t dlt)
{
	put32(out, 0x0a0d0d0a);
	put32(out, 28);
	put32(out, 0x1a2b3c4d);
	put16(out, 1);
	put16(out, 0);
	put32(out, 0xffffffff);
	put32(out, 0xffffffff);
	put32(out, 28);
	put32(out, 1);
	put32(out, 20);
	put16(out, (uint16_t)dlt);
	put16(out, 0);
	put32(out, 65535);
	put32(out, 20);
}

static void
pcapng_frame(FILE *out, uint32_t s, const uint8_t *p, size_t size,
	size_t length)
{
	size_t padded = (size + 3) & ~(size_t)3;
	uint64_t us = s * UINT64_C(1000000);

	put32(out, 6);
	put32(out, (uint32_t)(32 + padded));
	put32(out, 0);
	put32(out, (uint32_t)(us >> 32));
	put32(out, (uint32_t)us);
	put32(out, (uint32_t)size);
	put32(out, (uint32_t)length);
	fwrite(p, 1, size, out);
	for (size_t i = size; i < padded; i++)
		fputc(0, out);
	put32(out, (uint32_t)(32 + padded));
}

/* In files RAW is 101; the others have the numbers of their DLT_. */
void
captures_write(FILE *out, const struct captures *captures, const char *link,
	size_t snaplen, bool pcapng)
{
	uint32_t dlt = (uint32_t)captures_link(link);

	if (dlt == DLT_RAW)
		dlt = 101;
	(pcapng ? pcapng_start : pcap_start)(out, dlt);
	for (unsigned i = 0; i < captures->count; i++) {
		const struct captures_frame *frame = &captures->frames[i];
		uint8_t bytes[CAPTURES_FRAME_MAX + 32];
		size_t size = captures_with_link(frame, link, bytes);
		size_t length = size - frame->size + frame->length;

		(pcapng ? pcapng_frame : pcap_frame)(out, FIRST_SECOND + i,
			bytes, size < snaplen ? size : snaplen, length);
	}
}
