/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a packet brought, for people and as JSON: its scratchpad words by name,
 * what was pushed as a table of one row a run, its fault and its marks.
 */
#ifndef WASP_REPORT_H
#define WASP_REPORT_H

#include "wasp/object.h"

/*
 * A packet to report on.  All is borrowed.  A whole packet is at hand, and
 * header is what packet_parse took from it.
 */
struct report {
	const struct notes *notes;	/* of the program; may be empty */
	const uint8_t *packet;
	const struct packet_header *header;
	int first_cursor;		/* when it was sent; -1: not known, then
					   the block with the cursor tells */
};

/*
 * Every named word in a line of its own ("seen  3"), in the order of the
 * scratchpad; words without a name by their index.  The words that were pushed
 * follow as a table, where the pushes of the program stand together, so that
 * each run that pushes makes one record: a column for each push, named after
 * what it pushed.
 *	node4	192.0.2.1; four pushes of node.0 to node.3 are one column
 *	time_us	the first one, and what passed since then (+312)
 *	queue	a number; - where a node did not know or did not tell
 */
void report_print_words(FILE *out, const struct report *report);

/*
 * The value of one block of words as that prints it, and a newline.
 */
void report_print_block(FILE *out, const struct report *report,
	const struct notes_word *block);

/* A value of a field as it is shown: "egress", "0x00000007", "312". */
enum { REPORT_TEXT_SIZE = 46 };
const char *report_value_text(uint32_t value, enum isa_show show,
	char text[static REPORT_TEXT_SIZE]);

/*
 * A line on the fault with the instruction that raised it and its source line,
 * and a line for each mark of the status; nothing when there is none.
 */
void report_print_status(FILE *out, const struct report *report);

/*
 * A new JSON object, to which the caller adds its own; NULL without memory.
 *	code_hash: of the program, as packet_hash_text writes it
 *	status, fault (name or null), fault_pc, marked_rerouted, hops, cursor:
 *		of the header
 *	scratchpad: array of numbers
 *	words: by name, a number; an array; "0x..." (keys, secrets); an address
 *	records: array of objects with a value for each push, addresses as text,
 *		null what is not known; or null where there is no table
 */
json_t *report_json(const struct report *report);

/* Flags of a header: ingress, egress, back, returned, each true or false. */
json_t *report_flags_json(uint8_t flags);

#endif
