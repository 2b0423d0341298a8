/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The assembler: source text in, object out.  wasp-asm(5) specifies the
 * language.  Nothing is printed and nothing is kept between calls.
 */
#ifndef ASM_ASM_H
#define ASM_ASM_H

#include "wasp/object.h"

enum asm_result {
	ASM_OK,
	ASM_REJECTED,		/* at least one error went to the sink */
	ASM_NO_MEMORY
};

enum {
	ASM_SOURCE_MAX = 64 << 20,	/* bytes */
	ASM_ERROR_MAX = 1000		/* that are told */
};

/*
 * A file that a source includes.  Path, text and size are filled in by who opens
 * it, and last until asm_assemble returns; a zero byte stands behind the text.
 */
struct asm_file {
	const char *name;	/* as .include has it */
	const char *from;	/* the path of the file that has it; NULL:
				   standard input */
	const char *path;	/* as messages call it; a path is not read again
				   while it is read */
	const char *text;
	size_t size;		/* bytes */
	char message[DIAG_TEXT_SIZE], hint[DIAG_TEXT_SIZE];	/* why not */
};

/* Open a file; false, with a message and perhaps a hint, where it can not be. */
typedef bool asm_open(void *arg, struct asm_file *file);

struct asm_options {
	const char *file;	/* as the user named it; NULL: standard input */
	bool strip;		/* make no notes, refuse what needs them */
	/*
	 * Names that are defined before the source is read: NAME (which is 1) or
	 * NAME=EXPRESSION, each one line, ended by NULL.  NULL: none.  Messages
	 * call them "--define".
	 */
	const char *const *defines;
	asm_open *open;		/* NULL: nothing can be included */
	void *open_arg;
	FILE *list;		/* write a listing there, with errors too;
				   NULL: none */
};

/*
 * Assemble size bytes (at most ASM_SOURCE_MAX, more is ASM_NO_MEMORY) into the
 * object.  The errors of the source, or the first ASM_ERROR_MAX found, go to the
 * sink (may be NULL) in the order of its lines; an error's note follows it.
 *
 * The object needs no initialisation.  On ASM_OK the caller frees what it holds
 * with object_done; else it is empty.  Its header is that of the packet, but
 * where .header gave lengths that are not those of the packet.
 */
enum asm_result asm_assemble(struct object *object, const char *source,
	size_t size, const struct asm_options *options, diag_sink *sink,
	void *arg);

/* The directives, for whoever lists them; NULL behind the last. */
struct asm_directive {
	const char *name, *operands, *sentence;
};
const struct asm_directive *asm_directive(unsigned i);

#endif
