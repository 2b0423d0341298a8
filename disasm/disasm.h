/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The disassembler: from an object, with or without notes, to a source that
 * assembles to the same packet, bit for bit, whatever its code, scratchpad and
 * header hold.  wasp-dis(1) specifies the text.
 *
 * Names come from the notes where they are good ones: damaged notes may give
 * one twice, or call a word `r0`.  A jump's target without one is called L and
 * its number.
 */
#ifndef DISASM_DISASM_H
#define DISASM_DISASM_H

#include "wasp/object.h"

/* What a disassembly shows beside the source. */
struct disasm_options {
	bool source;		/* each instruction below its source line */
	bool explain;		/* in words what is there, as comments */
	bool bytes;		/* to the left, places and bytes of all lines */
	bool arrows;		/* to the left, jumps */
	bool ascii;		/* arrows of ASCII instead of UTF-8 */
	bool color;		/* for a terminal */
	const char *heading;	/* a comment at the top; NULL, empty: none */
};

/*
 * Print it.  With bytes, arrows or color it is for people only; without, it
 * assembles.  Whether it could be written is for the caller to see from the
 * stream.  disasm_print shows the source alone.
 */
void disasm_list(FILE *out, const struct object *object,
	const struct disasm_options *how);
void disasm_print(FILE *out, const struct object *object);

/*
 * Print the jumps between basic blocks as a graph in the language of Graphviz,
 * with the cost of each block.
 */
void disasm_dot(FILE *out, const struct object *object);

/*
 * The same to memory, cut where it is too small and always terminated (size is
 * at least 1).  Returns the length without the cut, as snprintf does, or 0
 * without memory.
 */
size_t disasm_text(char *buf, size_t size, const struct object *object);

/*
 * All of it as JSON: v (1), program (null where there is none), code_hash,
 * header, instructions (pc, offset, word, bytes, label, text, words, cost,
 * target, reached, source), words (index, offset, name, value).  wasp-dis(1)
 * specifies it.  The caller owns the reference; NULL without memory.
 */
json_t *disasm_json(const struct object *object);

#endif
