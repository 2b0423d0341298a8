/* SPDX-License-Identifier: BSD-2-Clause */
/* The files that wasp-as includes: where they are found, and rules for make. */
#ifndef ASM_INCLUDE_MAIN_H
#define ASM_INCLUDE_MAIN_H

#include "asm/asm.h"

/* Zero-initialised but for the directories, which are borrowed. */
struct includes {
	const char *const *directories;	/* of -I, ended by NULL; may be NULL */
	struct included {
		char *path, *text;
	} *files;			/* in the order they were opened */
	unsigned count;
};

/*
 * An asm_open: in the directory of the file that includes it, then in those of
 * -I.  What it opens is kept until includes_done.
 */
bool includes_open(void *includes, struct asm_file *file);
void includes_done(struct includes *includes);

/*
 * Rules for make: the target depends on the source (NULL: standard input) and on
 * what was opened, and each of these on nothing, so that one that goes away is no
 * error.  The caller frees them; NULL without memory.
 */
char *includes_rules(const struct includes *includes, const char *target,
	const char *source, size_t *size);

#endif
