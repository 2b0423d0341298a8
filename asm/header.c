/* SPDX-License-Identifier: BSD-2-Clause */
/* The packet's header: computed, then what .header says, then the checksum. */
#include "asm/asm-int.h"

#include <string.h>

/* Where a field lies: byte offset, and width in bits above the shift. */
static const struct {
	uint8_t offset, shift, width;
} fields[HEADER_FIELD_COUNT] = {
	[HEADER_MAGIC] = {PACKET_OFF_MAGIC, 0, 16},
	[HEADER_VERSION] = {PACKET_OFF_FLAGS, 4, 4},
	[HEADER_FLAGS] = {PACKET_OFF_FLAGS, 0, 4},
	[HEADER_NEXT_HEADER] = {PACKET_OFF_NEXT_HEADER, 0, 8},
	[HEADER_CODE_LENGTH] = {PACKET_OFF_CODE_COUNT, 0, 8},
	[HEADER_PAD_LENGTH] = {PACKET_OFF_PAD_COUNT, 0, 8},
	[HEADER_CURSOR] = {PACKET_OFF_CURSOR, 0, 8},
	[HEADER_HOPS] = {PACKET_OFF_HOPS, 0, 8},
	[HEADER_STATUS] = {PACKET_OFF_STATUS, 0, 8},
	[HEADER_REROUTED] = {PACKET_OFF_FAULT_PC, 7, 1},
	[HEADER_FAULT_PC] = {PACKET_OFF_FAULT_PC, 0, 7},
	[HEADER_CHECKSUM] = {PACKET_OFF_CHECKSUM, 0, 16},
	[HEADER_IDENT] = {PACKET_OFF_IDENT, 0, 16},
	[HEADER_SEQ] = {PACKET_OFF_SEQ, 0, 16}
};

static const char *const names[HEADER_FIELD_COUNT] = {
	[HEADER_MAGIC] = "magic",
	[HEADER_VERSION] = "version",
	[HEADER_FLAGS] = "flags",
	[HEADER_NEXT_HEADER] = "next_header",
	[HEADER_CODE_LENGTH] = "code_length",
	[HEADER_PAD_LENGTH] = "pad_length",
	[HEADER_CURSOR] = "cursor",
	[HEADER_HOPS] = "hops",
	[HEADER_STATUS] = "status",
	[HEADER_REROUTED] = "rerouted",
	[HEADER_FAULT_PC] = "fault_pc",
	[HEADER_CHECKSUM] = "checksum",
	[HEADER_IDENT] = "ident",
	[HEADER_SEQ] = "seq"
};

int
header_field(struct assembler *as, const struct operand *operand)
{
	return operand_choice(as, operand, "header field", names,
		HEADER_FIELD_COUNT);
}

static void
put_field(uint8_t *p, enum header_field field, unsigned value)
{
	unsigned mask = (1u << fields[field].width) - 1;

	p += fields[field].offset;
	if (fields[field].width == 16)
		packet_put16(p, (uint16_t)value);
	else
		*p = (uint8_t)((*p & ~(mask << fields[field].shift)) |
			value << fields[field].shift);
}

static void
override_field(struct assembler *as, enum header_field field)
{
	const struct operand *operand = as->header[field].operand;
	char what[64];
	wide n;

	if (!as->header[field].given)
		return;
	snprintf(what, sizeof(what), "the header field '%s'", names[field]);
	if (expr_eval_within(as, operand, 0,
		    ((wide)1 << fields[field].width) - 1, what, &n))
		put_field(as->object->packet, field, (unsigned)n);
}

void
header_write(struct assembler *as)
{
	struct object *object = as->object;

	object->header = (struct packet_header){
		.flags = as->flags,
		.next_header = PACKET_NEXT_NONE,
		.code_count = (uint8_t)as->code_count,
		.pad_count = (uint8_t)as->words,
		.cursor = (uint8_t)(as->cursor_block ?
			as->cursor_block->first : 0)
	};
	object->size = packet_size(as->code_count, as->words);
	packet_put_header(object->packet, &object->header);
	for (int field = 0; field < HEADER_FIELD_COUNT; field++)
		override_field(as, (enum header_field)field);
	/* With errors there may be more words than the packet has room for. */
	if (as->errors == 0 && !as->header[HEADER_CHECKSUM].given)
		packet_set_checksum(object->packet, object->size);
}
