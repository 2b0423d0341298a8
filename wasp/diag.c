/* SPDX-License-Identifier: BSD-2-Clause */
/* Diagnostics, and how people read them; see diag.h. */
#include "wasp/diag.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#define ERROR DIAG_ERROR, true
#define WARNING DIAG_WARNING, true
#define OPTIONAL DIAG_WARNING, false

const struct diag_info diag_infos[DIAG_COUNT] = {
	[DIAG_NONE] = {"", DIAG_NOTE, true, "", "", "", ""},
#define WASP_DIAG(name, code, severity, class, title, why, mend) \
	[DIAG_##name] = {code, severity, class, title, why, mend},
#include "wasp/diags.def"
};

static const struct diag_example examples[DIAG_COUNT] = {
#define WASP_EXAMPLE(name, wrong, mended) [DIAG_##name] = {wrong, mended},
#include "wasp/diag-examples.def"
};

const struct diag_example *
diag_example(enum diag_id id)
{
	return examples[id].wrong ? &examples[id] : NULL;
}

enum diag_id
diag_numbered(const char *number)
{
	if (!strncasecmp(number, "WASP-", 5))
		number += 5;
	for (int id = DIAG_NONE + 1; id < DIAG_COUNT; id++)
		if (!strcasecmp(number, diag_infos[id].code))
			return (enum diag_id)id;
	return DIAG_NONE;
}

enum { QUOTE_MAX = 160 };	/* columns of a line that are shown */

static const char *const severity_names[] = DIAG_SEVERITY_NAMES;

void
diag_set(struct diag *diag, enum diag_id id, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	diag_set_va(diag, id, format, ap);
	va_end(ap);
}

void
diag_set_va(struct diag *diag, enum diag_id id, const char *format, va_list ap)
{
	diag->id = id;
	diag->severity = diag_infos[id].severity;
	snprintf(diag->hint, sizeof(diag->hint), "%s", diag_infos[id].mend);
	vsnprintf(diag->text, sizeof(diag->text), format, ap);
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

/* " [WASP-A012]", or with the option that silences a warning behind it. */
static void
print_number(FILE *out, const struct diag *diag)
{
	const struct diag_info *info = &diag_infos[diag->id];

	if (diag->id == DIAG_NONE)
		return;
	fprintf(out, " [WASP-%s", info->code);
	if (*info->class)
		fprintf(out, " -W%s%s", diag->severity == DIAG_ERROR ?
			"error=" : "", info->class);
	fputc(']', out);
}

void
diag_print(FILE *out, const struct diag *diag)
{
	print_place(out, diag);
	fprintf(out, "%s: %s", severity_names[diag->severity], diag->text);
	print_number(out, diag);
	fputc('\n', out);
	if (diag->quote) {
		struct shown shown = shown_part(diag);

		print_quote(out, diag->quote + shown.start, shown.len);
		if (diag->line && diag->col)
			print_caret(out, diag, shown);
	}
	if (diag->why)
		fprintf(out, "    why: %s\n", diag->why);
	for (unsigned i = 0; i < diag->turn_count; i++)
		fprintf(out, "    %s %s: %s: %s\n", i ? "     " : "path:",
			diag->turns[i].place, diag->turns[i].insn,
			diag->turns[i].outcome);
	if (diag->hint[0])
		fprintf(out, "    hint: %s\n", diag->hint);
}

enum { NAME_MAX_SUGGESTED = 63 };

static size_t
least(size_t a, size_t b, size_t c)
{
	return a < b ? (a < c ? a : c) : b < c ? b : c;
}

/*
 * Edits from a to b, where swapping two neighbours is one (Damerau's distance,
 * no part edited twice); names longer than a row are not near.
 */
static size_t
edit_distance(const char *a, const char *b)
{
	size_t rows[3][NAME_MAX_SUGGESTED + 1], len = strlen(b), i = 0;

	if (len > NAME_MAX_SUGGESTED)
		return SIZE_MAX;
	for (size_t j = 0; j <= len; j++)
		rows[0][j] = j;
	while (a[i++]) {
		size_t *row = rows[i % 3], *above = rows[(i - 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= len; j++) {
			row[j] = least(above[j] + 1, row[j - 1] + 1,
				above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				row[j] = least(row[j], row[j],
					rows[(i - 2) % 3][j - 2] + 1);
		}
	}
	return rows[(i - 1) % 3][len];
}

const char *
diag_suggest(const char *word, const char *const *names, size_t count)
{
	size_t len = strlen(word);
	size_t best = len < 2 ? 0 : len <= 4 ? 2 : len <= 8 ? 3 : 4;
	const char *name = NULL;

	for (size_t i = 0; i < count; i++) {
		size_t distance = edit_distance(word, names[i]);

		if (distance < best) {
			best = distance;
			name = names[i];
		}
	}
	for (size_t i = 0; !name && len > 2 && i < count; i++)
		if (!strncmp(word, names[i], len))
			name = names[i];
	return name;
}
