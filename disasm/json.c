/* SPDX-License-Identifier: BSD-2-Clause */
/* A disassembly as JSON; see disasm.h. */
#include "disasm/disasm.h"
#include "disasm/names-int.h"
#include "wasp/report.h"

static json_t *
string_or_null(const char *s)
{
	return s ? json_string(s) : json_null();
}

/* With the names that .header has for the fields. */
static json_t *
header_json(const struct object *object)
{
	const struct packet_header *header = &object->header;

	return json_pack("{s:i, s:o, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, "
		"s:b, s:i, s:i}", "version", PACKET_VERSION,
		"flags", report_flags_json(header->flags),
		"next_header", header->next_header,
		"code_length", header->code_count,
		"pad_length", header->pad_count, "cursor", header->cursor,
		"hops", header->hops, "status", header->status,
		"fault_pc", header->fault_pc, "checksum", header->checksum,
		"checksum_right", header->checksum ==
			packet_checksum(object->packet, object->size),
		"ident", header->ident, "seq", header->seq);
}

static json_t *
code_json(struct names *names)
{
	json_t *array = json_array();
	char text[ISA_TEXT_SIZE];

	for (unsigned pc = 0; pc < names->object->header.code_count; pc++)
		json_array_append_new(array, json_pack("{s:i, s:i, s:o, s:s}",
			"pc", pc, "word",
			packet_insn(names->object->packet, pc),
			"label", string_or_null(names->label[pc]),
			"text", names_insn_text(names, pc, text)));
	return array;
}

static json_t *
words_json(struct names *names)
{
	json_t *array = json_array();

	for (unsigned n = 0; n < names->object->header.pad_count; n++)
		json_array_append_new(array, json_pack("{s:i, s:o, s:I}",
			"index", n, "name",
			string_or_null(names_word(names, n)), "value",
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
		"program", string_or_null(object->notes.program),
		"code_hash", packet_hash_text(packet_code_hash(object->packet,
			object->header.code_count), hash),
		"header", header_json(object), "instructions",
		code_json(&names), "words", words_json(&names));
}
