/* SPDX-License-Identifier: BSD-2-Clause */
/* Colours on a terminal (ECMA-48, SGR); see color.h. */
#include "wasp/color.h"

#include <ctype.h>
#include <string.h>

static const char *const starts[COLOR_COUNT] = {
	[COLOR_PLAIN] = "",
	[COLOR_LABEL] = "\033[33m",
	[COLOR_MNEMONIC] = "\033[1;34m",
	[COLOR_DIRECTIVE] = "\033[35m",
	[COLOR_REGISTER] = "\033[36m",
	[COLOR_NUMBER] = "\033[32m",
	[COLOR_COMMENT] = "\033[90m",
	[COLOR_PLACE] = "\033[90m",
	[COLOR_ARROW] = "\033[33m"
};

void
color_begin(FILE *out, bool on, enum color color)
{
	if (on)
		fputs(starts[color], out);
}

void
color_end(FILE *out, bool on, enum color color)
{
	if (on && *starts[color])
		fputs("\033[0m", out);
}

static void
put(FILE *out, bool on, enum color color, const char *text, size_t len)
{
	if (len == 0)
		return;
	color_begin(out, on, color);
	fwrite(text, 1, len, out);
	color_end(out, on, color);
}

void
color_put(FILE *out, bool on, enum color color, const char *text)
{
	put(out, on, color, text, strlen(text));
}

/* What a word is; the first one is what the statement does. */
static enum color
color_of(const char *word, size_t len, bool first)
{
	if (first)
		return *word == '.' ? COLOR_DIRECTIVE : COLOR_MNEMONIC;
	if (isdigit((unsigned char)*word))
		return COLOR_NUMBER;
	if (len == 2 && (*word == 'r' || *word == 't') &&
	    isdigit((unsigned char)word[1]))
		return COLOR_REGISTER;
	return COLOR_PLAIN;
}

void
color_put_statement(FILE *out, bool on, const char *text)
{
	static const char blanks[] = " ,[]+-";
	bool first = true;

	while (*text) {
		size_t gap = strspn(text, blanks);
		size_t len = strcspn(text + gap, blanks);

		put(out, on, COLOR_PLAIN, text, gap);
		text += gap;
		put(out, on, color_of(text, len, first), text, len);
		text += len;
		first = false;
	}
}
