/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What was found in a program, at whatever hook, each thing once: gathered while
 * passes run, and told afterwards in the order of the program.
 */
#ifndef VERIFY_FINDINGS_INT_H
#define VERIFY_FINDINGS_INT_H

#include "verify/hooks-int.h"

enum { FINDINGS_MAX = 16 * PACKET_CODE_MAX };

/* Where a finding is: before the code, at an instruction, in the scratchpad. */
enum {
	FINDINGS_HEADER = -1,
	FINDINGS_WORD = PACKET_CODE_MAX		/* + its number */
};

struct finding {
	uint16_t id;			/* enum diag_id */
	int16_t place;			/* pc, or FINDINGS_... */
	uint8_t state;			/* the first one that it is in */
	uint8_t lane;			/* the first of that */
	uint8_t lanes;			/* all: bits 1 << lane */
	uint8_t bound;			/* of the path that shows it */
	bool follows, has_path;
	uint16_t number;		/* what it is about: a register, a count */
};

struct findings {
	unsigned count;
	struct finding finding[FINDINGS_MAX];
};

/* Add one, or note that it is found in other lanes, too. */
void findings_add(struct findings *findings, const struct finding *finding);

/* Is there an error at that place? */
bool findings_has_error(const struct findings *findings, int place);

/* Put them in order; what came first at one place stays first. */
void findings_sort(struct findings *findings);

/*
 * Advice about a program that may well be safe.  seen are the instructions that
 * some pass reaches, seen_back those that one on the way back does.
 */
struct lint {
	const struct object *object;
	const struct code *code;
	const struct verify_limits *limits;	/* may be NULL */
	const struct verify_result *result;
	const bool *seen, *seen_back;
};
void lint_find(const struct lint *lint, struct findings *findings);

#endif
