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

/*
 * Print the source.  Whether it could be written is for the caller to see from
 * the stream.
 */
void disasm_print(FILE *out, const struct object *object);

/*
 * The same to memory, cut where it is too small and always terminated (size is
 * at least 1).  Returns the length without the cut, as snprintf does, or 0
 * without memory.
 */
size_t disasm_text(char *buf, size_t size, const struct object *object);

/*
 * The same as JSON: v (1), program (null where there is none), header,
 * instructions (pc, word, label, text), words (index, name, value).  The caller
 * owns the reference; NULL without memory.
 */
json_t *disasm_json(const struct object *object);

#endif
