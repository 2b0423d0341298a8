/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Labels that are numbers, any number of times.  The third label 1 is the symbol
 * "1:3"; the symbol "1" counts them.  "1f" is the next one; "1b" the last, which
 * only a word of the scratchpad can be, since no jump goes there.
 */
#include "asm/asm-int.h"

#include <ctype.h>
#include <string.h>

enum { DIGITS_MAX = 9, LOCAL_SIZE = 2 * DIGITS_MAX + 4 };

bool
local_is_name(const char *name)
{
	return isdigit((unsigned char)name[0]);
}

static const char *
full_name(const char *digits, unsigned number, char buf[static LOCAL_SIZE])
{
	snprintf(buf, LOCAL_SIZE, "%.*s:%u", (int)strspn(digits, "0123456789"),
		digits, number);
	return buf;
}

/* How often a label was defined, or NULL for never. */
static struct symbol *
find_count(const struct assembler *as, const char *text)
{
	char digits[DIGITS_MAX + 1] = "";

	memcpy(digits, text, strspn(text, "0123456789"));
	return symbol_find(as, digits);
}

static struct symbol *
add(struct assembler *as, struct place place, const char *name)
{
	const char *copy = arena_copy(as, name, strlen(name));

	return copy ? symbol_add(as, place, copy) : NULL;
}

void
local_define(struct assembler *as, struct place place)
{
	char digits[QUOTE_SIZE], name[LOCAL_SIZE];
	struct symbol *count, *label;
	size_t len;

	report_quote(place, digits);
	len = strspn(digits, "0123456789");
	if (digits[len] || digits[0] == '0' || len > DIGITS_MAX) {
		report_error(as, place, DIAG_ASM_SYNTAX, NULL,
			"a label is a name, or a decimal number of at most %d "
			"digits that does not begin with 0", DIGITS_MAX);
		return;
	}
	count = find_count(as, digits);
	if (!count)
		count = add(as, place, digits);
	if (!count)
		return;
	count->kind = SYMBOL_COUNT;
	label = add(as, place, full_name(digits, ++count->count, name));
	if (label)
		symbol_place_here(as, label);
}

/* The last label of a number, where it may be used; NULL after a report. */
static struct expr *
use_before(struct assembler *as, struct place place, const char *text,
	unsigned count)
{
	char name[LOCAL_SIZE];
	const struct symbol *label = symbol_find(as,
		full_name(text, count, name));

	if (label && label->position.section == SECTION_DATA)
		return expr_name(as, place, label->name);
	if (!label) {
		report_error(as, place, DIAG_ASM_UNDEFINED, LOCAL_HINT,
			"no label '%.*s:' stands before this",
			(int)strspn(text, "0123456789"), text);
		return NULL;
	}
	report_error(as, place, DIAG_ASM_BACKWARD, NULL,
		"'%s' is a place in the code that lies behind, and jumps only "
		"go forward", text);
	report_note(as, label->place, "this is it");
	return NULL;
}

struct expr *
local_use(struct assembler *as, struct place place, const char *text)
{
	size_t len = strspn(text, "0123456789");
	const struct symbol *counter;
	unsigned count;
	char name[LOCAL_SIZE], *copy;

	if (len > DIGITS_MAX) {
		report_error(as, place, DIAG_ASM_NUMBER, NULL,
			"a label that is a number has at most %d digits",
			DIGITS_MAX);
		return NULL;
	}
	counter = find_count(as, text);
	count = counter ? counter->count : 0;
	if (text[len] == 'b')
		return use_before(as, place, text, count);
	full_name(text, count + 1, name);
	copy = arena_copy(as, name, strlen(name));
	return copy ? expr_name(as, place, copy) : NULL;
}
