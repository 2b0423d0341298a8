/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a debugger's user writes for a value: names of the machine and of the
 * program, numbers, and the operators of C, in the machine's 32 bits without
 * sign.
 *
 *	r3  t0  [limit]  [3]  [trail+2]  queue  src4  cursor  pc  a label
 *	limit, trail+2	the same words, where no operator is meant
 *	$pc, $r3	the machine's, where the program has such a name, too
 */
#ifndef DEBUG_EVAL_H
#define DEBUG_EVAL_H

#include "debug/record.h"

/* A name at a place in a record; some are several words. */
enum eval_kind { EVAL_PLACE, EVAL_LABEL, EVAL_FACT };
struct eval_name {
	enum eval_kind kind;
	struct record_place place;	/* of the first word */
	unsigned index;			/* pc of a label, number of a fact */
	unsigned count;			/* words: all four of src */
};

enum eval_result {
	EVAL_OK,
	EVAL_NO_VALUE,		/* not now: nothing is mapped, by zero */
	EVAL_WRONG		/* never: not understood, or no such name */
};

enum { EVAL_TEXT_SIZE = 256 };

/* Where to look, and why it failed, for people. */
struct eval {
	const struct record *record;
	struct record_at at;
	char error[EVAL_TEXT_SIZE];
};

/* The value of a text; only with EVAL_OK it and nothing else is changed. */
enum eval_result eval_number(struct eval *eval, const char *text,
	uint32_t *value);

/*
 * What a text that is one name and no more means; EVAL_WRONG where it is not.
 * The value of word n of it, which may have none now.
 */
enum eval_result eval_find(struct eval *eval, const char *text,
	struct eval_name *name);
enum eval_result eval_word(struct eval *eval, const struct eval_name *name,
	unsigned n, uint32_t *value);

/* The same of a place, in a state that need not be that of eval->at. */
enum eval_result eval_place(const struct record_state *state,
	struct record_place place, uint32_t *value);

/* How a place is called: "r3", "[trail+2]", "queue"; returns buf. */
const char *eval_place_text(const struct notes *notes,
	struct record_place place, char buf[static EVAL_TEXT_SIZE]);

/* Every name that eval_find knows there, for completion. */
void eval_each_name(const struct eval *eval,
	void (*visit)(void *arg, const char *name), void *arg);

#endif
