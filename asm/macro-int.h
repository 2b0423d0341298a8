/* SPDX-License-Identifier: BSD-2-Clause */
/* What macro.c, argument.c and expand.c share: a macro, and an expansion of it. */
#ifndef ASM_MACRO_INT_H
#define ASM_MACRO_INT_H

#include "asm/asm-int.h"

struct parameter {
	const char *name;
	struct span preset;		/* the default, or empty */
	bool required, rest;
};

struct macro {
	const char *name;		/* or .rept, .irp */
	struct place place;		/* of the name, where it is defined */
	struct parameter parameters[PARAMETER_MAX];
	unsigned parameter_count;
	struct place body;		/* its first line */
	struct span text;		/* all of its lines */
	/* of a repetition */
	bool repeats;
	unsigned times;
	struct span *values;		/* .irp: for each time */
};

struct expansion {
	const struct macro *macro;
	const struct span *arguments;	/* for each parameter */
	unsigned number, time;		/* what \@ and \+ are */
	char *out;			/* NULL: only find out the size */
	size_t size;
};

/* expand.c */
void expand_text(struct expansion *expansion);

/*
 * argument.c: the parameters of a definition; the arguments of an invocation at
 * a place.  false after a report.
 */
bool argument_declare(struct assembler *as, struct macro *macro,
	struct raw *raw);
bool argument_bind(struct assembler *as, const struct macro *macro,
	struct place place, struct raw *raw,
	struct span arguments[static PARAMETER_MAX]);

#endif
