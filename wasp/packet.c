/* SPDX-License-Identifier: BSD-2-Clause */
/* Parsing and building of the WASP header; see packet.h. */
#include "wasp/packet.h"

#include "wasp/isa.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "wasp/key.h"

enum packet_error
packet_parse(const uint8_t *p, size_t size, struct packet_header *header)
{
	if (size >= 2 && (p[0] != PACKET_MAGIC_0 || p[1] != PACKET_MAGIC_1))
		return PACKET_BAD_MAGIC;
	if (size < PACKET_HEADER_SIZE)
		return PACKET_SHORT_HEADER;
	if (p[PACKET_OFF_FLAGS] >> 4 != PACKET_VERSION)
		return PACKET_BAD_VERSION;
	header->flags = p[PACKET_OFF_FLAGS] & PACKET_FLAGS;
	header->next_header = p[PACKET_OFF_NEXT_HEADER];
	header->code_count = p[PACKET_OFF_CODE_COUNT];
	header->pad_count = p[PACKET_OFF_PAD_COUNT];
	header->cursor = p[PACKET_OFF_CURSOR];
	header->hops = p[PACKET_OFF_HOPS];
	header->status = p[PACKET_OFF_STATUS];
	header->fault_pc = p[PACKET_OFF_FAULT_PC] & PACKET_FAULT_PC;
	header->rerouted = p[PACKET_OFF_FAULT_PC] & PACKET_REROUTED;
	header->checksum = packet_get16(p + PACKET_OFF_CHECKSUM);
	header->ident = packet_get16(p + PACKET_OFF_IDENT);
	header->seq = packet_get16(p + PACKET_OFF_SEQ);

	if (header->code_count == 0 || header->code_count > PACKET_CODE_MAX)
		return PACKET_BAD_CODE_COUNT;
	if (header->pad_count > PACKET_PAD_MAX)
		return PACKET_BAD_PAD_COUNT;
	if (size < packet_pad_off(header->code_count))
		return PACKET_SHORT_CODE;
	if (size < packet_size(header->code_count, header->pad_count))
		return PACKET_SHORT_PAD;
	if ((header->code_count & 1) && packet_insn(p, header->code_count))
		return PACKET_BAD_PADDING;
	return PACKET_OK;
}

const char *
packet_error_text(enum packet_error error)
{
	switch (error) {
	case PACKET_OK:
		return "a WASP packet";
	case PACKET_SHORT_HEADER:
		return "shorter than the 16 bytes of a header";
	case PACKET_BAD_MAGIC:
		return "does not begin with 'WA'";
	case PACKET_BAD_VERSION:
		return "the version is not 1";
	case PACKET_BAD_CODE_COUNT:
		return "the code length is not within 1..128 instructions";
	case PACKET_BAD_PAD_COUNT:
		return "the pad length is above 64 words";
	case PACKET_SHORT_CODE:
		return "ends within the code";
	case PACKET_SHORT_PAD:
		return "ends within the scratchpad";
	case PACKET_BAD_PADDING:
		return "the padding after the code is not zero";
	}
	return "unknown error";
}

void
packet_put_header(uint8_t p[static PACKET_HEADER_SIZE],
	const struct packet_header *header)
{
	p[0] = PACKET_MAGIC_0;
	p[1] = PACKET_MAGIC_1;
	p[PACKET_OFF_FLAGS] = (uint8_t)(PACKET_VERSION << 4 |
		(header->flags & PACKET_FLAGS));
	p[PACKET_OFF_NEXT_HEADER] = header->next_header;
	p[PACKET_OFF_CODE_COUNT] = header->code_count;
	p[PACKET_OFF_PAD_COUNT] = header->pad_count;
	p[PACKET_OFF_CURSOR] = header->cursor;
	p[PACKET_OFF_HOPS] = header->hops;
	p[PACKET_OFF_STATUS] = header->status;
	p[PACKET_OFF_FAULT_PC] = packet_fault_pc(header->fault_pc,
		header->rerouted);
	packet_put16(p + PACKET_OFF_CHECKSUM, header->checksum);
	packet_put16(p + PACKET_OFF_IDENT, header->ident);
	packet_put16(p + PACKET_OFF_SEQ, header->seq);
}

uint16_t
packet_checksum(const uint8_t *p, size_t size)
{
	uint16_t sum = packet_fold((uint64_t)packet_sum(p, PACKET_OFF_CHECKSUM) +
		packet_sum(p + PACKET_OFF_IDENT, size - PACKET_OFF_IDENT));

	return (uint16_t)~sum;
}

void
packet_set_checksum(uint8_t *p, size_t size)
{
	packet_put16(p + PACKET_OFF_CHECKSUM, packet_checksum(p, size));
}

void
packet_change16(uint8_t *p, size_t off, uint16_t value)
{
	packet_put16(p + PACKET_OFF_CHECKSUM, packet_checksum_update(
		packet_get16(p + PACKET_OFF_CHECKSUM),
		packet_get16(p + off), value));
	packet_put16(p + off, value);
}

uint16_t
packet_insn(const uint8_t *p, unsigned pc)
{
	return packet_get16(p + PACKET_HEADER_SIZE + 2 * (size_t)pc);
}

uint32_t
packet_word(const uint8_t *p, const struct packet_header *header, unsigned n)
{
	return packet_get32(p + packet_pad_off(header->code_count) +
		PACKET_WORD_SIZE * (size_t)n);
}

uint64_t
packet_code_hash(const uint8_t *p, unsigned code_count)
{
	return key_code_hash(p + PACKET_HEADER_SIZE,
		2 * (size_t)code_count);
}

const char *
packet_hash_text(uint64_t hash, char buf[static PACKET_HASH_SIZE])
{
	snprintf(buf, PACKET_HASH_SIZE, "%016" PRIx64, hash);
	return buf;
}

const char *
packet_flags_text(uint8_t flags, char buf[static 5])
{
	static const char letters[] = "IEBR";

	for (unsigned i = 0; i < 4; i++)
		buf[i] = flags & PACKET_FLAG_INGRESS >> i ? letters[i] : '-';
	buf[4] = '\0';
	return buf;
}

uint64_t
packet_words_written(const uint8_t *p, const struct packet_header *header)
{
	uint64_t written = 0;

	for (unsigned pc = 0; pc < header->code_count; pc++) {
		uint16_t word = packet_insn(p, pc);
		enum isa_op op = isa_decode(word);
		unsigned effects = op == ISA_ILLEGAL ? 0 :
			isa_insns[op].effects;
		int32_t n;

		if (effects & ISA_PUSH && header->cursor < PACKET_PAD_MAX)
			written |= UINT64_MAX << header->cursor;
		if (!(effects & ISA_W_N))
			continue;
		n = isa_operand_of(word, op, ISA_KIND_WORD);
		if (n < PACKET_PAD_MAX)
			written |= UINT64_C(1) << n;
	}
	return written;
}
