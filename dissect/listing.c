/* SPDX-License-Identifier: BSD-2-Clause */
/* What of code and scratchpad is at hand, and names for it. */
#include "dissect/dissect-int.h"

static unsigned
at_hand(size_t have, size_t off, size_t size, unsigned count)
{
	size_t n = have > off ? (have - off) / size : 0;

	return n < count ? (unsigned)n : count;
}

unsigned
dissect_insns_at_hand(const struct dissect_packet *packet)
{
	if (!packet->ip.wasp_size)
		return 0;
	return at_hand(packet->have, PACKET_HEADER_SIZE, ISA_INSN_SIZE,
		packet->ip.wasp.code_count);
}

unsigned
dissect_words_at_hand(const struct dissect_packet *packet)
{
	if (!packet->ip.wasp_size)
		return 0;
	return at_hand(packet->have, packet_pad_off(packet->ip.wasp.code_count),
		PACKET_WORD_SIZE, packet->ip.wasp.pad_count);
}

size_t
dissect_payload_size(const struct dissect_packet *packet)
{
	size_t size = packet->ip.wasp_size, room = packet->ip.wasp_room;

	return size && room > size ? room - size : 0;
}

size_t
dissect_quoted_size(const struct dissect *dissect)
{
	const struct dissect_packet *packet = &dissect->packet;
	size_t not_captured = packet->length - packet->captured;

	return dissect->quoted.captured + not_captured;
}

struct report
dissect_report(const struct dissect_packet *packet,
	const struct object *program)
{
	static const struct notes none;

	return (struct report){
		.notes = program ? &program->notes : &none,
		.packet = packet->wasp,
		.header = &packet->ip.wasp,
		.first_cursor = program ? program->header.cursor : -1};
}

static const char *
name_word(void *arg, unsigned n)
{
	struct listing *listing = arg;

	return listing->program ? notes_word_text(&listing->program->notes, n,
		listing->word) : NULL;
}

static const char *
name_label(void *arg, unsigned pc)
{
	return listing_label(arg, pc);
}

const char *
listing_label(struct listing *listing, unsigned pc)
{
	const char *name = listing->program ?
		notes_label_at(&listing->program->notes, pc) : NULL;

	if (name || pc > PACKET_CODE_MAX || !listing->target[pc])
		return name;
	snprintf(listing->label, sizeof(listing->label), "L%u",
		pc & 0xff);
	return listing->label;
}

unsigned
listing_start(struct listing *listing, const struct dissect_packet *packet,
	const struct object *program)
{
	unsigned count = dissect_insns_at_hand(packet);

	*listing = (struct listing){.program = program,
		.names = {name_word, name_label, listing}};
	for (unsigned pc = 0; pc < count; pc++) {
		uint16_t word = packet_insn(packet->wasp, pc);
		enum isa_op op = isa_decode(word);
		unsigned target;

		if (op == ISA_ILLEGAL || !(isa_insns[op].effects & ISA_JUMP))
			continue;
		target = isa_target(word, op, pc);
		if (target < packet->ip.wasp.code_count)
			listing->target[target] = true;
	}
	return count;
}
