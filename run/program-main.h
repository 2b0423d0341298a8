/* SPDX-License-Identifier: BSD-2-Clause */
/* The program that wasp-run sends, and others that its debugger loads. */
#ifndef RUN_PROGRAM_MAIN_H
#define RUN_PROGRAM_MAIN_H

#include "debug/record.h"
#include "run/request-main.h"

struct program {
	struct program *next;		/* for lists of the caller's */
	struct input input;		/* input_done frees it */
	struct record_source source;	/* with what the options change */
};

/* That of the command line.  Exits where it, or an option for it, is wrong. */
void program_read(struct program *program, const struct request *request);

/*
 * That of another file, FILE or FILE#N, with the same options; false, and why in
 * error, where it can not be read or an option is wrong for it.
 */
bool program_load(struct program *program, const struct request *request,
	const char *file, char *error, size_t error_size);

#endif
