/* SPDX-License-Identifier: BSD-2-Clause */
/* Choosing names for a disassembly; see names-int.h. */
#include "disasm/names-int.h"

#include <ctype.h>
#include <string.h>

enum { NAME_LENGTH_MAX = 64 };

static bool
is_used(const struct names *names, const char *name)
{
	for (unsigned i = 0; i < PACKET_PAD_MAX; i++)
		if (names->word[i] && !strcmp(names->word[i], name))
			return true;
	for (unsigned i = 0; i <= PACKET_CODE_MAX; i++)
		if (names->label[i] && !strcmp(names->label[i], name))
			return true;
	return false;
}

bool
names_can_be(const char *name)
{
	size_t len = strlen(name);

	if (len == 0 || len > NAME_LENGTH_MAX)
		return false;
	if (!isalpha((unsigned char)*name) && !strchr("_$", *name))
		return false;
	for (const char *p = name; *p; p++)
		if (!isalnum((unsigned char)*p) && !strchr("_$.", *p))
			return false;
	return !isa_reserved(name);
}

static bool
is_free_name(const struct names *names, const char *name)
{
	return names_can_be(name) && !is_used(names, name);
}

/* One whose name can not be written is none: its words stand alone. */
static void
take_block(struct names *names, const struct notes_word *block)
{
	if (block->count == 0 || !is_free_name(names, block->name))
		return;
	for (unsigned i = 0; i < block->count; i++)
		if (names->first[block->first + i])
			return;
	for (unsigned i = 0; i < block->count; i++)
		names->first[block->first + i] = (uint8_t)(block->first + 1);
	names->block[block->first] = block;
	names->word[block->first] = block->name;
}

static void
make_label(struct names *names, unsigned pc)
{
	char *name = names->made[pc];
	int len = snprintf(name, NOTES_NAME_SIZE, "L%u", pc);

	while (is_used(names, name) && len < NAME_LENGTH_MAX) {
		name[len++] = '_';
		name[len] = '\0';
	}
	if (!is_used(names, name))
		names->label[pc] = name;
}

void
names_init(struct names *names, const struct object *object)
{
	const struct notes *notes = &object->notes;
	unsigned count = object->header.code_count;

	*names = (struct names){.object = object};
	for (unsigned i = 0; i < notes->word_count; i++)
		take_block(names, &notes->words[i]);
	for (unsigned i = 0; i < notes->label_count; i++) {
		const struct notes_label *label = &notes->labels[i];

		if (!names->label[label->pc] &&
		    is_free_name(names, label->name))
			names->label[label->pc] = label->name;
	}
	for (unsigned pc = 0; pc < count; pc++) {
		uint16_t word = packet_insn(object->packet, pc);
		enum isa_op op = isa_decode(word);
		unsigned target;

		if (op == ISA_ILLEGAL || !(isa_insns[op].effects & ISA_JUMP))
			continue;
		target = isa_target(word, op, pc);
		if (target <= count && !names->label[target])
			make_label(names, target);
	}
}

/* For isa_print: "flow", "flow+1", or NULL for a number. */
const char *
names_word(void *arg, unsigned n)
{
	struct names *names = arg;
	unsigned first;

	if (n >= names->object->header.pad_count || !names->first[n])
		return NULL;
	first = names->first[n] - 1u;
	if (first == n)
		return names->word[first];
	snprintf(names->buf, sizeof(names->buf), "%s+%u", names->word[first],
		n - first);
	return names->buf;
}

static const char *
names_label(void *arg, unsigned pc)
{
	struct names *names = arg;

	return pc <= names->object->header.code_count ? names->label[pc] : NULL;
}

const char *
names_insn_text(struct names *names, unsigned pc, char buf[static ISA_TEXT_SIZE])
{
	struct isa_names callbacks = {names_word, names_label, names};

	return isa_print(buf, ISA_TEXT_SIZE,
		packet_insn(names->object->packet, pc), pc, &callbacks);
}

uint32_t
names_word_at(const struct names *names, unsigned n)
{
	return packet_word(names->object->packet, &names->object->header, n);
}

const char *
names_explain(struct names *names, unsigned pc,
	char buf[static ISA_EXPLAIN_SIZE])
{
	struct isa_names callbacks = {names_word, names_label, names};

	return isa_explain(buf, ISA_EXPLAIN_SIZE,
		packet_insn(names->object->packet, pc), pc, &callbacks);
}
