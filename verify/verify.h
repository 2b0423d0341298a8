/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prove a program safe, or say why not.  Jumps only go forward, so the program
 * is a graph without cycles in the order of its instructions, and one pass
 * finds the exact longest path.  wasp-verify(1) specifies the rules.
 */
#ifndef VERIFY_VERIFY_H
#define VERIFY_VERIFY_H

#include "wasp/object.h"

/*
 * Limits; 0 is no limit beyond the machine's own: every path is at most as
 * long as the program, and makes ISA_ACCESS_MAX store accesses.
 */
struct verify_limits {
	unsigned max_steps, max_cost, max_accesses;
};

struct verify_result {
	bool accepted;			/* no error was found */
	unsigned max_steps, max_cost, max_accesses;	/* of the worst path, each
					   over the instructions that are legal */
	unsigned errors, warnings;
	unsigned key_spaces;		/* bit 1 << enum key_space: may be accessed;
					   of keys whose first word no
					   instruction changes */
	bool keys_unknown;		/* some key is computed or overwritten */
	unsigned states;		/* the work: abstract states that were
					   followed, at most 3 an instruction */
};

/*
 * Verify an object that object_read took.  Every error and warning is reported
 * to the sink (which may be NULL), in the order of the program, without those
 * that only follow from another; a note with the path follows an error that
 * has one.  file is how messages call the object; places are offsets in the
 * object, and source lines where its notes have them.  limits may be NULL.
 */
void verify_object(const struct object *object, const char *file,
	const struct verify_limits *limits, struct verify_result *result,
	diag_sink *sink, void *arg);

/*
 * The result as JSON: v (1), code_hash, accepted, max_cost, max_steps, max_accesses, and
 * the names of hooks and keys.  Both are NULL for an object that could not be
 * read: not accepted, no figures.  The caller owns the reference; NULL without
 * memory.
 */
json_t *verify_json(const struct object *object,
	const struct verify_result *result);

#endif
