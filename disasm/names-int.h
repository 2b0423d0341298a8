/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The names of words and labels in a disassembly: those of the notes where they
 * are good ones, made ones for the other targets of jumps.
 */
#ifndef DISASM_NAMES_INT_H
#define DISASM_NAMES_INT_H

#include "wasp/object.h"

/* The names and blocks of an object that hold up. */
struct names {
	const struct object *object;
	/* The block that begins at a word; 1 + the first word of the block
	   that holds it.  Blocks do not overlap. */
	const struct notes_word *block[PACKET_PAD_MAX];
	uint8_t first[PACKET_PAD_MAX];
	const char *word[PACKET_PAD_MAX];	/* name of block, or NULL */
	const char *label[PACKET_CODE_MAX + 1];
	char made[PACKET_CODE_MAX + 1][NOTES_NAME_SIZE];
	char buf[NOTES_NAME_SIZE];
};

/* May the assembler's source define it? */
bool names_can_be(const char *name);

/* The object is borrowed. */
void names_init(struct names *names, const struct object *object);

/*
 * "flow", "flow+1", or NULL for word n without a name; as isa_names wants it,
 * so arg is the struct names, whose buffer the next call writes again.
 */
const char *names_word(void *arg, unsigned n);

/* The instruction at pc with these names; returns buf. */
const char *names_insn_text(struct names *names, unsigned pc,
	char buf[static ISA_TEXT_SIZE]);

/* What it does, in words, with these names; returns buf. */
const char *names_explain(struct names *names, unsigned pc,
	char buf[static ISA_EXPLAIN_SIZE]);

/* The value of scratchpad word n. */
uint32_t names_word_at(const struct names *names, unsigned n);

#endif
