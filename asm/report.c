/* SPDX-License-Identifier: BSD-2-Clause */
/* From a place in the source to a diagnostic for the sink. */
#include "asm/asm-int.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

static void
set_place(const struct assembler *as, struct diag *diag, struct place place)
{
	diag->file = as->file;
	diag->line = place.line;
	diag->col = place.col;
	diag->len = place.len;
	diag->pc = -1;
	if (place.line >= 1 && place.line <= as->line_count)
		diag->quote = as->lines[place.line - 1];
}

void
report_error(struct assembler *as, struct place place, enum diag_id id,
	const char *hint, const char *format, ...)
{
	struct diag diag = {0};
	char text[DIAG_TEXT_SIZE];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	set_place(as, &diag, place);
	diag_set(&diag, id, "%s", text);
	if (hint)
		diag_set_hint(&diag, "%s", hint);
	as->errors += diag.severity == DIAG_ERROR;
	if (as->sink)
		as->sink(as->sink_arg, &diag);
}

void
report_note(struct assembler *as, struct place place, const char *format, ...)
{
	struct diag diag = {0};
	char text[DIAG_TEXT_SIZE];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	set_place(as, &diag, place);
	diag_set_note(&diag, "%s", text);
	if (as->sink)
		as->sink(as->sink_arg, &diag);
}

const char *
report_quote(const struct assembler *as, struct place place,
	char buf[static QUOTE_SIZE])
{
	const char *text = as->lines[place.line - 1] + place.col - 1;
	size_t len = strcspn(text, "\r\n"), max = QUOTE_SIZE - 4;
	bool cut;

	if (len > place.len)
		len = place.len;
	cut = len > max;
	if (cut)
		len = max;
	for (size_t i = 0; i < len; i++)
		buf[i] = text[i] >= ' ' && text[i] < 0x7f ? text[i] : '?';
	strcpy(buf + len, cut ? "..." : "");
	return buf;
}

const char *
report_suggest(const char *word, const char *const *names, size_t count,
	char buf[static HINT_SIZE])
{
	const char *name = diag_suggest(word, names, count);

	if (!name)
		return NULL;
	snprintf(buf, HINT_SIZE, "did you mean '%s'?", name);
	return buf;
}

const char *
report_number(wide n, char buf[static NUMBER_SIZE])
{
	if (n < 0)
		snprintf(buf, NUMBER_SIZE, "%" PRId64, (int64_t)n);
	else
		snprintf(buf, NUMBER_SIZE, "%" PRIu64, (uint64_t)n);
	return buf;
}
