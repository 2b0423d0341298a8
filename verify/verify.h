/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prove a program safe, or say why not.  Jumps only go forward, so the program
 * is a graph without cycles in the order of its instructions, and one pass
 * finds what can happen before each of them and how long its paths are.
 * wasp-verify(1) specifies the rules.
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
	bool no_accesses;		/* whatever max_accesses says */
	/* For warnings only; 0: not known. */
	unsigned hops;			/* nodes that the packet crosses */
	unsigned mtu;			/* bytes of the smallest link */
};

/* Where, and which way, a program can run. */
enum verify_hook {
	VERIFY_INGRESS, VERIFY_EGRESS, VERIFY_INGRESS_BACK, VERIFY_EGRESS_BACK,
	VERIFY_HOOKS			/* how many there are */
};
#define VERIFY_HOOK_NAMES \
	"ingress", "egress", "ingress, back", "egress, back"

/* What is counted; cost in the units of the instructions' table. */
enum verify_measure {
	VERIFY_STEPS, VERIFY_COST, VERIFY_ACCESSES, VERIFY_PUSHES,
	VERIFY_MEASURES
};
#define VERIFY_MEASURE_NAMES "steps", "cost", "accesses", "pushes"

/*
 * One run at a hook, of the shortest and of the longest path by each measure.
 * A push counts where there is no room for it too.
 */
struct verify_figures {
	bool runs;			/* the flags allow it; else all is 0 */
	unsigned min[VERIFY_MEASURES], max[VERIFY_MEASURES];
	unsigned ends;			/* bit 1 << op of the verdicts and fault
					   that can end it (ISA_FORWARD...) */
	unsigned key_spaces;		/* bit 1 << enum key_space: may be
					   accessed; all, of a key of which
					   nothing is known */
	uint64_t opcodes, fields;	/* bit 1 << enum isa_op, enum isa_env:
					   may be run, may be read */
};

struct verify_result {
	bool accepted;			/* no error was found */
	unsigned max_steps, max_cost, max_accesses, max_pushes;	/* of the worst
					   path at any hook, over the
					   instructions that are legal */
	struct verify_figures hook[VERIFY_HOOKS];
	unsigned errors, warnings;	/* that were reported; none by
					   verify_code */
	unsigned following;		/* findings not reported, since they
					   follow from one that was */
	unsigned key_spaces;		/* bit 1 << enum key_space: may be accessed;
					   of keys of which something is known */
	bool keys_unknown;		/* of some key nothing is: it is computed,
					   or changes on the way */
	unsigned states;		/* the work: how often paths parted, see
					   flow-int.h */
};

/*
 * Judge the program of a packet whose header packet_parse took, quickly: for
 * whoever wants an answer and no reasons.  limits may be NULL.  notes say which
 * keys are drawn when it is sent; NULL for a packet that was.  The answer depends
 * on flags, lengths, cursor and code, and of the scratchpad only on the spaces of
 * keys in words that no instruction writes.  Nothing is allocated; there must
 * be 200 KB of stack, of which a few are touched.
 */
void verify_code(const uint8_t *packet, const struct packet_header *header,
	const struct notes *notes, const struct verify_limits *limits,
	struct verify_result *result);

/*
 * Verify an object that object_read took: the same answer, with reasons.  Every
 * error and warning is reported to the sink (which may be NULL), in the order of
 * the program, without those that only follow from another.  file is how
 * messages call the object; places are offsets in the object, and source lines
 * where its notes have them.  limits may be NULL.
 */
void verify_object(const struct object *object, const char *file,
	const struct verify_limits *limits, struct verify_result *result,
	diag_sink *sink, void *arg);

/*
 * The longest path at a hook by one measure, or the shortest (min): its
 * instructions in order.  Returns how many; 0 where the program does not run.
 */
unsigned verify_path(const struct object *object, enum verify_hook hook,
	enum verify_measure measure, bool min,
	uint8_t path[static PACKET_CODE_MAX]);

/*
 * How many words all runs at one node can push, there and back; and how many
 * nodes a packet crosses before a push can find no room, UINT_MAX where it
 * pushes nothing.
 */
unsigned verify_words(const struct verify_result *result);
unsigned verify_room(const struct object *object,
	const struct verify_result *result);

/*
 * The result as JSON: v (1), code_hash, accepted, max_cost, max_steps,
 * max_accesses, max_pushes, push_nodes, the names of hooks and keys, runs (the
 * figures of each hook), following.  Both are NULL for an object that could not be read: not accepted, no figures.  The
 * caller owns the reference; NULL without memory.
 */
json_t *verify_json(const struct object *object,
	const struct verify_result *result);

#endif
