/* SPDX-License-Identifier: BSD-2-Clause */
/* Diagnostics, and how people read them; see diag.h. */
#include "wasp/diag.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#define ERROR DIAG_ERROR
#define WARNING DIAG_WARNING

const struct diag_info diag_infos[DIAG_COUNT] = {
	[DIAG_NONE] = {"", DIAG_NOTE, "", "", "", ""},
#define WASP_DIAG(name, code, severity, class, title, why, mend) \
	[DIAG_##name] = {code, severity, class, title, why, mend},
#include "wasp/diags.def"
};

enum { QUOTE_MAX = 160 };	/* columns of a line that are shown */

static const char *const severity_names[] = DIAG_SEVERITY_NAMES;

void
diag_set(struct diag *diag, enum diag_id id, const char *format, ...)
{
	va_list ap;

	diag->id = id;
	diag->severity = diag_infos[id].severity;
	va_start(ap, format);
	vsnprintf(diag->text, sizeof(diag->text), format, ap);
	va_end(ap);
}

void
diag_set_note(struct diag *diag, const char *format, ...)
{
	va_list ap;

	diag->id = DIAG_NONE;
	diag->severity = DIAG_NOTE;
	va_start(ap, format);
	vsnprintf(diag->text, sizeof(diag->text), format, ap);
	va_end(ap);
}

void
diag_set_hint(struct diag *diag, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(diag->hint, sizeof(diag->hint), format, ap);
	va_end(ap);
}

static void
print_place(FILE *out, const struct diag *diag)
{
	if (diag->file)
		fprintf(out, "%s:", diag->file);
	if (diag->line)
		fprintf(out, "%u:", diag->line);
	if (diag->line && diag->col)
		fprintf(out, "%u:", diag->col);
	if (diag->in_object && !diag->line)
		fprintf(out, "+0x%02lx:", diag->offset);
	if (diag->file || diag->line || diag->in_object)
		fputc(' ', out);
}

/* The part of a long line that is shown: around the marked columns. */
struct shown {
	size_t start, len;
};

static struct shown
shown_part(const struct diag *diag)
{
	struct shown shown = {0, strcspn(diag->quote, "\r\n")};
	size_t col = diag->line && diag->col ? diag->col - 1 : 0;

	if (shown.len <= QUOTE_MAX)
		return shown;
	if (col > shown.len)
		col = shown.len;
	if (col > QUOTE_MAX / 2)
		shown.start = col - QUOTE_MAX / 2;
	shown.len -= shown.start;
	if (shown.len > QUOTE_MAX)
		shown.len = QUOTE_MAX;
	return shown;
}

/* The quoted line, control characters made visible; tabs stay. */
static void
print_quote(FILE *out, const char *quote, size_t len)
{
	fputs("    ", out);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)quote[i];

		fputc(c == '\t' || (c >= ' ' && c != 0x7f) ? c : '?', out);
	}
	fputc('\n', out);
}

/* Carets below columns col..col + len - 1, tabs copied so that they line up. */
static void
print_caret(FILE *out, const struct diag *diag, struct shown shown)
{
	size_t col = diag->col - 1 - shown.start, len = diag->len;

	if (diag->col <= shown.start || col > shown.len)
		return;
	if (len > shown.len - col)
		len = shown.len - col;
	fputs("    ", out);
	for (size_t i = 0; i < col; i++)
		fputc(diag->quote[shown.start + i] == '\t' ? '\t' : ' ', out);
	for (size_t i = 0; i < len || i == 0; i++)
		fputc('^', out);
	fputc('\n', out);
}

void
diag_print(FILE *out, const struct diag *diag)
{
	print_place(out, diag);
	fprintf(out, "%s: %s", severity_names[diag->severity], diag->text);
	if (diag->id != DIAG_NONE)
		fprintf(out, " [WASP-%s]", diag_infos[diag->id].code);
	fputc('\n', out);
	if (diag->quote) {
		struct shown shown = shown_part(diag);

		print_quote(out, diag->quote + shown.start, shown.len);
		if (diag->line && diag->col)
			print_caret(out, diag, shown);
	}
	if (diag->hint[0])
		fprintf(out, "    hint: %s\n", diag->hint);
}

/* Edits (Levenshtein) from a to b; names longer than the row are not near. */
static size_t
edit_distance(const char *a, const char *b)
{
	size_t row[64], len = strlen(b);

	if (len + 1 > sizeof(row) / sizeof(*row))
		return SIZE_MAX;
	for (size_t j = 0; j <= len; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= len; j++) {
			size_t edit = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < edit)
				edit = row[j] + 1;
			if (row[j - 1] + 1 < edit)
				edit = row[j - 1] + 1;
			row[j] = edit;
		}
	}
	return row[len];
}

const char *
diag_suggest(const char *word, const char *const *names, size_t count)
{
	size_t len = strlen(word), best = len < 2 ? len : (len + 2) / 3 + 1;
	const char *name = NULL;

	for (size_t i = 0; i < count; i++) {
		size_t distance = edit_distance(word, names[i]);

		if (distance < best) {
			best = distance;
			name = names[i];
		}
	}
	return name;
}
