/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Diagnostics.  Libraries never print: they fill a struct diag and hand it to a
 * sink, which counts, prints, collects or drops it.  Two printers: text for
 * people (file:line:col: error: text [WASP-A012], the line, a caret) and JSON.
 */
#ifndef WASP_DIAG_H
#define WASP_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <jansson.h>

enum diag_id {
	DIAG_NONE,		/* a note, or a message without a number */
#define WASP_DIAG(name, code, severity, class, title, why, mend) DIAG_##name,
#include "wasp/diags.def"
	DIAG_COUNT
};

enum diag_severity { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE };
#define DIAG_SEVERITY_NAMES {"error", "warning", "note"}

enum { DIAG_TEXT_SIZE = 320 };

/* A choice on the way to what is wrong: a side of a branch, a result. */
struct diag_turn {
	const char *place;	/* "line 12" */
	const char *insn;	/* "bz r0, out" */
	const char *outcome;	/* "taken (r0 is 0)" */
	unsigned pc, line;	/* line 0: not known */
};

/*
 * One diagnostic.  Zero-initialised, it has no place.  line (source) or offset
 * (object) say where; people are told the line when both are there.  Pointers
 * are borrowed for the call.
 */
struct diag {
	enum diag_id id;
	enum diag_severity severity;
	const char *file;	/* as the user named it; NULL: none */
	unsigned line, col;	/* from 1; 0: none */
	unsigned len;		/* columns to mark, at least 1 is */
	bool in_object;		/* offset is valid, and pc if it is >= 0 */
	long offset;		/* bytes from the start of the object */
	int pc;			/* index of the instruction */
	const char *quote;	/* the source line (to '\n' or the end), or the
				   instruction; NULL: none */
	const uint8_t *path;	/* instructions run on the way; NULL: none */
	unsigned path_count;
	const struct diag_turn *turns;	/* the choices on it; NULL: none */
	unsigned turn_count;
	const char *why;	/* what it does, and to whom; NULL: not said */
	char text[DIAG_TEXT_SIZE];	/* no full stop, no newline */
	char hint[DIAG_TEXT_SIZE];	/* what would mend it; empty: none */
};

/* Called for each; notes follow what they belong to. */
typedef void diag_sink(void *arg, const struct diag *diag);

struct diag_info {
	const char *code;	/* "A012" */
	enum diag_severity severity;
	bool on;		/* told unless the user says otherwise */
	const char *class;	/* name of a warning, for -W; "" for an error */
	const char *title, *why, *mend;	/* "" where there is nothing to say */
};
extern const struct diag_info diag_infos[DIAG_COUNT];

/* The one with a number, "WASP-A012", "A012" or "a012", or DIAG_NONE. */
enum diag_id diag_numbered(const char *number);

/*
 * Two sources that show it: the first is wrong in just that way, the second is
 * mended.  NULL where there are none.
 */
struct diag_example {
	const char *wrong, *mended;
};
const struct diag_example *diag_example(enum diag_id id);

/*
 * Set id and its severity, format the text, which is cut where too long, and
 * take what mends it from the row for a hint; diag_set_hint knows better.
 */
void diag_set(struct diag *diag, enum diag_id id, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void diag_set_va(struct diag *diag, enum diag_id id, const char *format,
	va_list ap) __attribute__((format(printf, 3, 0)));

/* Make it a note. */
void diag_set_note(struct diag *diag, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

void diag_set_hint(struct diag *diag, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Print for people: place, severity, text, number, and the option that rules a
 * warning; quote and caret; why, the choices that lead there, hint.
 */
void diag_print(FILE *out, const struct diag *diag);

/*
 * The same as a JSON object: id, severity, class, file, line, col, offset, pc,
 * path (of turns: pc, line, insn, outcome), message, hint, each null where there
 * is none; and where there are such, steps (the instructions of the path) and
 * why.  The caller owns the reference; NULL without memory.
 */
json_t *diag_json(const struct diag *diag);

/*
 * Text of unknown origin, such as a file's name or a source line, as JSON: where
 * it is no UTF-8, its bytes beyond ASCII are question marks.  NULL is null.
 */
json_t *diag_text_json(const char *s);

/*
 * The name most like a word that was not found, for "did you mean".  A letter
 * too many, missing or changed, or two that are swapped, is one difference: one
 * is allowed in words of up to four letters, two up to eight, then three.  NULL:
 * none is near.
 */
const char *diag_suggest(const char *word, const char *const *names,
	size_t count);

/*
 * A ready sink: counts, and prints each to a stream as text or as a JSON line,
 * which is that of diag_json after "v":1.
 */
struct diag_printer {
	FILE *out;
	bool json;
	unsigned errors, warnings;
};
void diag_printer_sink(void *printer, const struct diag *diag);

enum diag_choice { DIAG_AS_ROW, DIAG_NO, DIAG_YES };

/*
 * A ready sink before another, which may be NULL: what users want of the
 * warnings (-W).  It drops those that are off, with their notes, and makes errors
 * of those that shall be.  Zero-initialised but for the sink, it does what the
 * rows of diags.def say.  Set it with diag_filter_choose only.
 */
struct diag_filter {
	diag_sink *sink;
	void *arg;
	uint8_t told[DIAG_COUNT], fatal[DIAG_COUNT];	/* enum diag_choice */
	bool all_fatal;			/* where fatal says nothing */
	bool dropping;			/* the one before was dropped */
	unsigned promoted;		/* warnings that were made errors */
};
void diag_filter_sink(void *filter, const struct diag *diag);

/*
 * What `-W CHOICE` says, each after those before it:
 *	NAME, no-NAME		warnings of that class: tell them, or not
 *	all, none		the same for all classes
 *	error, no-error		what is told is an error, or is not
 *	error=NAME, no-error=NAME	the same for a class, which is told
 * false, nothing changed, and a message (and hint) in diag where it says nothing.
 */
bool diag_filter_choose(struct diag_filter *filter, const char *choice,
	struct diag *diag);

#endif
