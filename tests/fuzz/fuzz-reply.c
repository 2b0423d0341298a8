/* SPDX-License-Identifier: BSD-2-Clause */
/* What wasp-send makes of a packet that comes while it waits. */
#include "tests/fuzz/wire.h"

#include <string.h>

#include "wasp-send/match.h"

const char fuzz_name[] = "reply";
const unsigned fuzz_runs = 100000;
const char *const fuzz_words[] = {"WA", "\x03\xfd", "\xfd", "\x45", NULL};

/* The first of the objects, as it is sent. */
static void
take_first(void *arg, const struct object *object)
{
	struct object *first = arg;

	if (first->size)
		return;
	first->size = object->size;
	first->header = object->header;
	memcpy(first->packet, object->packet, object->size);
}

static void
make_probe(struct probe *probe, uint8_t family)
{
	static struct object object;

	if (!object.size)
		fuzz_each_object(take_first, &object);
	*probe = (struct probe){.object = &object,
		.numbers = IP_NUMBERS_DEFAULT, .ident = object.header.ident,
		.form = {.family = family, .hop_limit = 64,
			.protocol = PACKET_PROTOCOL, .sport = 4000,
			.dport = PACKET_UDP_PORT}};
	ip_addr_parse(family == 4 ? "10.0.3.7" : "2001:db8:3::7",
		probe->form.src);
	ip_addr_parse(family == 4 ? "10.0.1.7" : "2001:db8:1::7",
		probe->form.dst);
}

/* An error from a router on the way that quotes what was sent. */
static void
add_quote(struct fuzz_seeds *seeds, uint8_t family)
{
	uint8_t bytes[1 + 60 + PROBE_SIZE_MAX] = {family == 6};
	uint8_t *p = bytes + 1;
	size_t head = family == 4 ? 20 : 40, size;
	struct probe probe;

	make_probe(&probe, family);
	size = probe_build(&probe, 3, p + head + 8) + head + 8;
	memcpy(p, p + head + 8, head);
	packet_put16(p + (family == 4 ? 2 : 4),
		(uint16_t)(family == 4 ? size : size - head));
	p[family == 4 ? 9 : 6] = family == 4 ? 1 : 58;
	p[head] = family == 4 ? 11 : 3;
	memcpy(p + (family == 4 ? 16 : 24), probe.form.src +
		(family == 4 ? 12 : 0), family == 4 ? 4 : 16);
	fuzz_add(seeds, bytes, 1 + size);
	fuzz_add(seeds, bytes, 1 + head + 8 + head + 8);
}

void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	wire_add_seeds(seeds, 1);
	add_quote(seeds, 4);
	add_quote(seeds, 6);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct fuzz_input input = {bytes, size};
	unsigned choice = fuzz_byte(&input);
	struct probe probe;
	struct match match;

	make_probe(&probe, choice & 1 ? 6 : 4);
	probe.form.udp = choice & 2;
	match_packet(&probe, input.p, input.size, &match);
	if (match.kind == MATCH_ICMP)
		FUZZ_CHECK(match.reason && match.reason->name);
	if (match.kind == MATCH_REPLY || match.kind == MATCH_DAMAGED)
		FUZZ_CHECK(match.wasp && match.seq_known &&
			match.header.flags & PACKET_FLAG_RETURNED);
	if (!match.wasp)
		return 0;
	FUZZ_CHECK(match.wasp >= input.p && match.wasp +
		packet_size(match.header.code_count, match.header.pad_count) <=
		input.p + input.size);
	FUZZ_CHECK(!memcmp(match.wasp + PACKET_HEADER_SIZE,
		probe.object->packet + PACKET_HEADER_SIZE,
		packet_code_size(match.header.code_count)));
	return 0;
}
