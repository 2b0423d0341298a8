/* SPDX-License-Identifier: BSD-2-Clause */
/* What programs use, remembered; see admit.h. */
#include "router/admit.h"

#include <string.h>

static bool
same_header(const struct packet_header *a, const struct packet_header *b)
{
	return a->flags == b->flags && a->code_count == b->code_count &&
		a->pad_count == b->pad_count && a->cursor == b->cursor;
}

/* The spaces of these keys, a mask for each of the two bits. */
static void
find_spaces(const uint8_t *packet, const struct packet_header *header,
	uint64_t keys, uint64_t spaces[static 2])
{
	spaces[0] = spaces[1] = 0;
	for (; keys; keys &= keys - 1) {
		unsigned n = (unsigned)__builtin_ctzll(keys);
		uint64_t word = packet_word(packet, header, n);

		spaces[0] |= (word >> 30 & 1) << n;
		spaces[1] |= (word >> 31) << n;
	}
}

static bool
is_same(const struct admit_entry *entry, const uint8_t *packet,
	const struct packet_header *header)
{
	uint64_t spaces[2];

	if (!same_header(&entry->header, header) ||
	    memcmp(entry->code, packet + PACKET_HEADER_SIZE,
		ISA_INSN_SIZE * (size_t)header->code_count))
		return false;
	find_spaces(packet, header, entry->keys, spaces);
	return !memcmp(entry->spaces, spaces, sizeof(spaces));
}

static uint64_t
find_keys(const uint8_t *packet, const struct packet_header *header)
{
	uint64_t keys = 0;

	for (unsigned pc = 0; pc < header->code_count; pc++) {
		uint16_t word = packet_insn(packet, pc);
		enum isa_op op = isa_decode(word);
		int32_t n = op == ISA_ILLEGAL ? -1 :
			isa_operand_of(word, op, ISA_KIND_KEY);

		if (n >= 0 && n < header->pad_count)
			keys |= UINT64_C(1) << n;
	}
	return keys & ~packet_words_written(packet, header);
}

static void
fill(struct admit_entry *entry, const uint8_t *packet,
	const struct packet_header *header)
{
	verify_use_find(&entry->use, packet, header, NULL);
	entry->header = *header;
	entry->keys = find_keys(packet, header);
	find_spaces(packet, header, entry->keys, entry->spaces);
	memcpy(entry->code, packet + PACKET_HEADER_SIZE,
		ISA_INSN_SIZE * (size_t)header->code_count);
}

/*
 * The set of a program, by its code with the padding.  No secret: whoever fills
 * a set with programs of his own could as well send many others.
 */
static unsigned
find_set(const uint8_t *packet, const struct packet_header *header)
{
	size_t end = packet_pad_off(header->code_count);
	uint64_t hash = header->code_count;

	for (size_t off = PACKET_HEADER_SIZE; off < end; off += 4) {
		hash = (hash ^ packet_get32(packet + off)) *
			UINT64_C(0x9e3779b97f4a7c15);
		hash ^= hash >> 32;
	}
	return hash % ADMIT_SETS;
}

const struct verify_use *
admit_use(struct admit *admit, const uint8_t *packet,
	const struct packet_header *header)
{
	unsigned set = find_set(packet, header);
	struct admit_entry *entry;

	for (unsigned way = 0; way < ADMIT_WAYS; way++) {
		entry = &admit->entries[set][way];
		if (is_same(entry, packet, header)) {
			admit->hits++;
			return &entry->use;
		}
	}
	admit->misses++;
	entry = &admit->entries[set][admit->next[set]++ % ADMIT_WAYS];
	fill(entry, packet, header);
	return &entry->use;
}
