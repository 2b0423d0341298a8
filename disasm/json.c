/* SPDX-License-Identifier: BSD-2-Clause */
/* A disassembly as JSON; see disasm.h. */
#include "disasm/disasm.h"
#include "disasm/line-int.h"
#include "wasp/report.h"

/* With the names that .header has for the fields. */
static json_t *
header_json(const struct object *object)
{
	const struct packet_header *header = &object->header;

	return json_pack("{s:i, s:o, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, "
		"s:b, s:i, s:i, s:b}", "version", PACKET_VERSION,
		"flags", report_flags_json(header->flags),
		"next_header", header->next_header,
		"code_length", header->code_count,
		"pad_length", header->pad_count, "cursor", header->cursor,
		"hops", header->hops, "status", header->status,
		"fault_pc", header->fault_pc, "checksum", header->checksum,
		"checksum_right", header->checksum ==
			packet_checksum(object->packet, object->size),
		"ident", header->ident, "seq", header->seq,
		"rerouted", header->rerouted);
}

/* Its source line, or null. */
static json_t *
source_json(const struct object *object, unsigned pc)
{
	const struct notes_line *line = notes_line_at(&object->notes, pc);

	if (!line)
		return json_null();
	return json_pack("{s:o, s:i, s:o}", "file", diag_text_json(line->file),
		"line", (int)line->line, "text", diag_text_json(line->text));
}

/* Where it jumps to, which may be past the end, or null. */
static json_t *
target_json(uint16_t word, enum isa_op op, unsigned pc)
{
	if (op == ISA_ILLEGAL || !(isa_insns[op].effects & ISA_JUMP))
		return json_null();
	return json_integer(isa_target(word, op, pc));
}

static json_t *
insn_json(struct names *names, const struct flow *flow, unsigned pc)
{
	uint16_t word = packet_insn(names->object->packet, pc);
	enum isa_op op = isa_decode(word);
	char text[ISA_TEXT_SIZE], words[ISA_EXPLAIN_SIZE], bytes[8];

	snprintf(bytes, sizeof(bytes), "%04x", word);
	return json_pack("{s:i, s:i, s:i, s:s, s:o, s:s, s:s, s:i, s:o, s:b, "
		"s:o}", "pc", pc, "offset",
		(int)(PACKET_HEADER_SIZE + ISA_INSN_SIZE * pc),
		"word", word, "bytes", bytes,
		"label", diag_text_json(names->label[pc]),
		"text", names_insn_text(names, pc, text),
		"words", names_explain(names, pc, words),
		"cost", op == ISA_ILLEGAL ? 0 : isa_insns[op].cost,
		"target", target_json(word, op, pc),
		"reached", flow->reached[pc],
		"source", source_json(names->object, pc));
}

static json_t *
code_json(struct names *names)
{
	json_t *array = json_array();
	struct flow flow;

	flow_init(&flow, names->object->packet,
		names->object->header.code_count);
	for (unsigned pc = 0; pc < flow.count; pc++)
		json_array_append_new(array, insn_json(names, &flow, pc));
	return array;
}

static json_t *
words_json(struct names *names)
{
	json_t *array = json_array();

	for (unsigned n = 0; n < names->object->header.pad_count; n++)
		json_array_append_new(array, json_pack("{s:i, s:i, s:o, s:I}",
			"index", n, "offset", (int)(packet_pad_off(
			names->object->header.code_count) +
			PACKET_WORD_SIZE * n), "name",
			diag_text_json(names_word(names, n)), "value",
			(json_int_t)names_word_at(names, n)));
	return array;
}

json_t *
disasm_json(const struct object *object)
{
	struct names names;
	char hash[PACKET_HASH_SIZE];

	names_init(&names, object);
	return json_pack("{s:i, s:o, s:s, s:o, s:o, s:o}", "v", 1,
		"program", diag_text_json(object->notes.program),
		"code_hash", packet_hash_text(packet_code_hash(object->packet,
			object->header.code_count), hash),
		"header", header_json(object), "instructions",
		code_json(&names), "words", words_json(&names));
}
