/* SPDX-License-Identifier: BSD-2-Clause */
/* From a place in the source to a diagnostic for the sink. */
#include "asm/asm-int.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

enum { CHAIN_MAX = 8 };		/* notes on how a place was reached */

/* An error with its notes, or a note. */
struct report {
	struct place place;
	enum diag_id id;		/* DIAG_NONE: a note */
	const char *text, *hint;
	struct report *next, *notes;
};

static struct report *__attribute__((format(printf, 4, 0)))
make(struct assembler *as, struct place place, enum diag_id id,
	const char *format, va_list ap)
{
	struct report *report = arena_alloc(as, sizeof(*report));
	char text[DIAG_TEXT_SIZE];

	if (!report)
		return NULL;
	vsnprintf(text, sizeof(text), format, ap);
	report->place = place;
	report->id = id;
	report->text = arena_copy(as, text, strlen(text));
	return report->text ? report : NULL;
}

/* Whether a stands before b, or at the same place. */
static bool
precedes(const struct report *a, const struct report *b)
{
	return a->place.order != b->place.order ?
		a->place.order < b->place.order : a->place.col <= b->place.col;
}

/* Errors are found in several passes and told in the order of the source. */
static void
insert(struct assembler *as, struct report *report)
{
	struct report **at = &as->reports;

	while (*at && precedes(*at, report))
		at = &(*at)->next;
	report->next = *at;
	*at = report;
}

void
report_warning(struct assembler *as, struct place place, enum diag_id id,
	const char *format, ...)
{
	struct report *report = NULL;
	va_list ap;

	va_start(ap, format);
	if (as->warnings++ < ASM_ERROR_MAX)
		report = make(as, place, id, format, ap);
	va_end(ap);
	as->last_report = report;
	if (report)
		insert(as, report);
}

void
report_error(struct assembler *as, struct place place, enum diag_id id,
	const char *hint, const char *format, ...)
{
	struct report *report = NULL;
	va_list ap;

	va_start(ap, format);
	if (as->errors++ < ASM_ERROR_MAX)
		report = make(as, place, id, format, ap);
	va_end(ap);
	as->last_report = report;
	if (!report)
		return;
	report->hint = hint ? arena_copy(as, hint, strlen(hint)) : NULL;
	insert(as, report);
}

void
report_note(struct assembler *as, struct place place, const char *format, ...)
{
	struct report **end;
	va_list ap;

	if (!as->last_report)
		return;
	for (end = &as->last_report->notes; *end; end = &(*end)->next)
		;
	va_start(ap, format);
	*end = make(as, place, DIAG_NONE, format, ap);
	va_end(ap);
}

static void
emit(const struct assembler *as, const struct report *report)
{
	struct place place = report->place;
	const struct source *source = place.source;
	struct diag diag = {.file = source->file->name, .pc = -1,
		.line = source->file_line + place.line - 1, .col = place.col,
		.len = place.len, .quote = source->lines[place.line - 1]};

	if (report->id == DIAG_NONE)
		diag_set_note(&diag, "%s", report->text);
	else
		diag_set(&diag, report->id, "%s", report->text);
	if (report->hint)
		diag_set_hint(&diag, "%s", report->hint);
	as->sink(as->sink_arg, &diag);
}

/* A note that the place of something in another text was read from there. */
static void
emit_from(const struct assembler *as, const struct source *source)
{
	const struct report note = {.place = source->from, .id = DIAG_NONE,
		.text = source->title};

	emit(as, &note);
}

/* The texts that a place is in, from the innermost; of very many, the ends. */
static void
emit_chain(const struct assembler *as, struct place place)
{
	struct diag diag = {.pc = -1};
	unsigned count = 0, i = 0;

	for (const struct source *s = place.source; s->title;
	     s = s->from.source)
		count++;
	for (const struct source *s = place.source; s->title;
	     s = s->from.source, i++)
		if (count <= CHAIN_MAX || i < CHAIN_MAX / 2 ||
		    i >= count - CHAIN_MAX / 2) {
			emit_from(as, s);
		} else if (i == CHAIN_MAX / 2) {
			diag_set_note(&diag, "%u more like these are left out",
				count - CHAIN_MAX);
			as->sink(as->sink_arg, &diag);
		}
}

void
report_all(const struct assembler *as)
{
	for (const struct report *r = as->reports; as->sink && r; r = r->next) {
		emit(as, r);
		emit_chain(as, r->place);
		for (const struct report *n = r->notes; n; n = n->next)
			emit(as, n);
	}
}

const struct report *
report_next(const struct assembler *as, const struct report *before,
	unsigned order)
{
	const struct report *r = before ? before->next : as->reports;

	while (r && (r->place.order < order || (r->place.order == order &&
		diag_infos[r->id].severity != DIAG_ERROR)))
		r = r->next;
	return r && r->place.order == order ? r : NULL;
}

const char *
report_text(const struct report *report)
{
	return report->text;
}

enum diag_id
report_id(const struct report *report)
{
	return report->id;
}

const char *
report_quote(struct place place, char buf[static QUOTE_SIZE])
{
	const char *text = place.source->lines[place.line - 1] + place.col - 1;
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
	char small[NAME_LENGTH_MAX + 1];
	const char *name;
	size_t i = 0;

	for (; word[i] && i < NAME_LENGTH_MAX; i++)
		small[i] = (char)tolower((unsigned char)word[i]);
	small[i] = '\0';
	name = diag_suggest(word, names, count);
	if (!name)
		name = diag_suggest(small, names, count);
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
