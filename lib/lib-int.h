/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the door share.  Their functions turn the structs of wasp.h
 * into those of the rooms and back, and do nothing else.
 */
#ifndef LIB_LIB_INT_H
#define LIB_LIB_INT_H

#include "lib/wasp.h"
#include "wasp/ip.h"
#include "wasp/object.h"

struct wasp_object {
	struct object object;
};

/*
 * Structs that begin with struct_size.  lib_take copies what the caller has of
 * one, which is all zeros where from is NULL; false if struct_size was not set,
 * or if something is asked for that is not known here.  lib_give copies what
 * the caller has room for to one whose struct_size lib_has_size found set.
 */
bool lib_take(void *to, size_t size, const void *from);
bool lib_has_size(const void *given);
void lib_give(void *to, const void *from, size_t size);

/* As snprintf does with a text that is there. */
size_t lib_copy_text(char *buf, size_t size, const char *text);

/* Between a sink of the rooms and a caller's function. */
struct lib_sink {
	struct diag_filter filter;	/* pass it with diag_filter_sink */
	wasp_diag_fn *diag;		/* may be NULL */
	void *arg;
	unsigned errors, warnings;	/* told, that have a code */
	bool nameless;			/* the source has no name */
};
void lib_sink_init(struct lib_sink *sink, wasp_diag_fn *diag, void *arg);

/* Choices of -W between commas, or NULL; false after an error was told. */
bool lib_sink_choose(struct lib_sink *sink, const char *warnings);

/* Tell one that did not come through the filter. */
void lib_tell(void *lib_sink, const struct diag *diag);

void lib_header(struct wasp_header *to, const struct packet_header *from);

#endif
