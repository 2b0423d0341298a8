/* SPDX-License-Identifier: BSD-2-Clause */
/* Diagnostics about a program; see report-int.h. */
#include "verify/report-int.h"

#include <stdarg.h>
#include <string.h>

enum { WAY_SIZE = 240 };

void
report_init(struct reporter *reporter)
{
	const struct notes *notes = &reporter->object->notes;

	for (unsigned i = 0; i < notes->line_count; i++) {
		const struct notes_line *line = &notes->lines[i];

		if (line->line && !reporter->line[line->pc])
			reporter->line[line->pc] = line;
	}
}

const char *
report_place(const struct reporter *reporter, unsigned pc,
	char buf[static REPORT_PLACE_SIZE])
{
	const struct notes_line *line = reporter->line[pc];

	snprintf(buf, REPORT_PLACE_SIZE, line ? "line %u" : "instruction %u",
		line ? line->line : pc);
	return buf;
}

/*
 * The place of an instruction: its source line if the notes have it.  There is
 * no column, since they keep lines without their indentation.
 */
static void
place_insn(const struct reporter *reporter, unsigned pc, struct diag *diag,
	char quote[static ISA_TEXT_SIZE])
{
	const struct object *object = reporter->object;
	const struct notes_line *line = reporter->line[pc];

	*diag = (struct diag){.file = reporter->file, .in_object = true,
		.pc = (int)pc, .offset = PACKET_HEADER_SIZE +
			ISA_INSN_SIZE * (long)pc};
	if (!line) {
		diag->quote = isa_print(quote, ISA_TEXT_SIZE,
			packet_insn(object->packet, pc), pc, NULL);
		return;
	}
	if (line->file)
		diag->file = line->file;
	diag->line = line->line;
	diag->quote = line->text;
}

static void
send_diag(const struct reporter *reporter, struct diag *diag)
{
	diag_set_hint(diag, "%s", diag_infos[diag->id].why);
	reporter->result->errors += diag->severity == DIAG_ERROR;
	reporter->result->warnings += diag->severity == DIAG_WARNING;
	if (reporter->sink)
		reporter->sink(reporter->arg, diag);
}

/* The file of an instruction, where it is another than the program's source. */
static const char *
other_file(const struct reporter *reporter, unsigned pc)
{
	const char *source = reporter->object->notes.file;
	const struct notes_line *line = reporter->line[pc];

	return line && line->file && strcmp(line->file, source) ?
		line->file : NULL;
}

static bool
same_file(const struct reporter *reporter, unsigned a, unsigned b)
{
	const char *one = other_file(reporter, a);
	const char *two = other_file(reporter, b);

	return one && two ? !strcmp(one, two) : one == two;
}

/* The index behind the instructions from i on that follow one another. */
static unsigned
run_end(const struct reporter *reporter, const struct graph_path *path,
	unsigned i)
{
	do
		i++;
	while (i < path->count && path->pc[i] == path->pc[i - 1] + 1 &&
	    same_file(reporter, path->pc[i], path->pc[i - 1]));
	return i;
}

static bool
has_lines(const struct reporter *reporter, const struct graph_path *path)
{
	for (unsigned i = 0; i < path->count; i++)
		if (!reporter->line[path->pc[i]])
			return false;
	return true;
}

/*
 * "by way of lines 9-12, 17, keys.wasp:3", or of instructions where a line is
 * missing.
 */
static void
send_way(const struct reporter *reporter, const struct graph_path *path)
{
	bool lines = has_lines(reporter, path);
	struct diag diag = {.pc = -1};
	char way[WAY_SIZE] = "";
	size_t len = 0;

	for (unsigned i = 0, end; i < path->count && len < sizeof(way);
	     i = end) {
		unsigned from = path->pc[i], to;
		const char *file = lines ? other_file(reporter, from) : NULL;

		end = run_end(reporter, path, i);
		to = path->pc[end - 1];
		if (lines) {
			from = reporter->line[from]->line;
			to = reporter->line[to]->line;
		}
		len += (size_t)snprintf(way + len, sizeof(way) - len,
			from == to ? "%s%s%s%u" : "%s%s%s%u-%u", i ? ", " : "",
			file ? file : "", file ? ":" : "", from, to);
	}
	diag_set_note(&diag, "by way of %s %s%s",
		lines ? "lines" : "instructions", way,
		len < sizeof(way) ? "" : "...");
	reporter->sink(reporter->arg, &diag);
}

void
report_insn(const struct reporter *reporter, enum diag_id id, unsigned pc,
	const struct graph_path *path, const char *format, ...)
{
	char quote[ISA_TEXT_SIZE], text[DIAG_TEXT_SIZE];
	struct diag diag;
	va_list ap;

	place_insn(reporter, pc, &diag, quote);
	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	diag_set(&diag, id, "%s", text);
	if (path) {
		diag.path = path->pc;
		diag.path_count = path->count;
	}
	send_diag(reporter, &diag);
	if (reporter->sink && diag.severity == DIAG_ERROR &&
	    path && path->count > 1)
		send_way(reporter, path);
}

void
report_header(const struct reporter *reporter, enum diag_id id, long offset,
	const char *text)
{
	struct diag diag = {.file = reporter->file, .in_object = true,
		.pc = -1, .offset = offset};

	diag_set(&diag, id, "%s", text);
	send_diag(reporter, &diag);
}
