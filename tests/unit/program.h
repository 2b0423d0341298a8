/* SPDX-License-Identifier: BSD-2-Clause */
/* Objects for tests, made of words rather than of sources. */
#ifndef TESTS_UNIT_PROGRAM_H
#define TESTS_UNIT_PROGRAM_H

#include <string.h>

#include "wasp/isa.h"
#include "wasp/object.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* An instruction by its operands, in the order they are written. */
static inline uint16_t
insn(enum isa_op op, int a, int b, int c)
{
	const int values[ISA_OPERAND_MAX] = {a, b, c};
	uint16_t word = isa_insns[op].word;

	for (unsigned i = 0; i < ISA_OPERAND_MAX; i++)
		if (isa_insns[op].operand[i].kind != ISA_KIND_NO &&
		    !isa_operand_put(&word, isa_insns[op].operand[i],
			values[i]))
			fail_msg("operand %u of %s: %d", i,
				isa_insns[op].name, values[i]);
	return word;
}
#define INSN_(op, a, b, c, ...) insn(ISA_##op, a, b, c)
#define INSN(...) INSN_(__VA_ARGS__, 0, 0, 0, 0)

/* A program with hook ingress; words may be NULL, for zeros. */
static inline void
program_make(struct object *object, const uint16_t *code, unsigned code_count,
	const uint32_t *words, unsigned pad_count)
{
	*object = (struct object){.size = packet_size(code_count, pad_count),
		.header = {.flags = PACKET_FLAG_INGRESS,
			.next_header = PACKET_NEXT_NONE,
			.code_count = (uint8_t)code_count,
			.pad_count = (uint8_t)pad_count}};
	packet_put_header(object->packet, &object->header);
	for (unsigned i = 0; i < code_count; i++)
		packet_put16(object->packet + PACKET_HEADER_SIZE + 2 * i,
			code[i]);
	for (unsigned i = 0; words && i < pad_count; i++)
		packet_put32(object->packet + packet_pad_off(code_count) +
			4 * i, words[i]);
	packet_set_checksum(object->packet, object->size);
	object->header.checksum =
		packet_get16(object->packet + PACKET_OFF_CHECKSUM);
}

/* After a change of object->header: write it, with the right checksum. */
static inline void
program_header_changed(struct object *object)
{
	packet_put_header(object->packet, &object->header);
	packet_set_checksum(object->packet, object->size);
	object->header.checksum =
		packet_get16(object->packet + PACKET_OFF_CHECKSUM);
}

/* A generator of its own, so that failures repeat everywhere. */
static inline uint32_t
random_next(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 32);
}

/* Small numbers as likely as large ones. */
static inline uint32_t
random_next_sized(uint64_t *state)
{
	uint32_t n = random_next(state);

	return n >> random_next(state) % 32;
}

#endif
