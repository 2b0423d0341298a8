/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a debugger tells of the place where it is, as text for people.  Each
 * prints whole lines.
 */
#ifndef DEBUG_SHOW_H
#define DEBUG_SHOW_H

#include "debug/debug.h"

/* The packet, node and hook of the run. */
void debug_show_run(FILE *out, const struct debug *debug);

/* The instruction that comes next, with its label and source line; at the end
   of a run, what came of it. */
void debug_show_next(FILE *out, const struct debug *debug);

/* What came of the run that ends here, and of the packet after its last. */
void debug_show_end(FILE *out, const struct debug *debug);

/* What the step that begins at a place did. */
void debug_show_step(FILE *out, const struct debug *debug, struct record_at at);

/* The same with the place where that was. */
void debug_show_where(FILE *out, const struct debug *debug,
	struct record_at at);

/* Instructions first..last of the program, an arrow at the next one. */
void debug_show_code(FILE *out, const struct debug *debug, unsigned first,
	unsigned last);

/* Source lines around an instruction, as far as they are noted. */
void debug_show_source(FILE *out, const struct debug *debug, unsigned pc);

void debug_show_registers(FILE *out, const struct debug *debug);
void debug_show_entry(FILE *out, const struct debug *debug);
void debug_show_words(FILE *out, const struct debug *debug);
void debug_show_env(FILE *out, const struct debug *debug);
void debug_show_store(FILE *out, const struct debug *debug, unsigned node);
void debug_show_packet(FILE *out, const struct debug *debug);
void debug_show_path(FILE *out, const struct debug *debug);
void debug_show_stops(FILE *out, const struct debug *debug);
void debug_show_changes(FILE *out, const struct debug *debug);

/* One entry of a store; entry may be NULL. */
void debug_show_stored(FILE *out, const struct debug *debug, uint64_t key,
	const struct record_entry *entry);

/*
 * What became of the store's entry of a key, or of each that is another one
 * (key NULL), from the state before a place to the one there.
 */
void debug_show_store_change(FILE *out, const struct debug *debug,
	struct record_at after, const uint64_t *key);

/* A stop as the user gave it: "break at line 7". */
enum { DEBUG_STOP_TEXT_SIZE = 2 * DEBUG_CONDITION_SIZE + 64 };
const char *debug_stop_text(const struct debug_stop *stop,
	char buf[static DEBUG_STOP_TEXT_SIZE]);

/*
 * A value, and what is called by it: "r3 = 7".  format is one of print's: 0 as
 * it is, x, d (with sign), u, t (binary), a (address).
 */
void debug_show_number(FILE *out, uint32_t value, char format);
void debug_show_value(FILE *out, struct record_place place, uint32_t value);
void debug_show_name(FILE *out, const struct debug *debug, const char *text,
	const struct eval_name *name, char format);

#endif
