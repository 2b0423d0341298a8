/* SPDX-License-Identifier: BSD-2-Clause */
/* Diagnostics about a program; see report-int.h. */
#include "verify/report-int.h"

#include <string.h>

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

/* The file of a line, where it is another than the program's source. */
static const char *
other_file(const struct reporter *reporter, const struct notes_line *line)
{
	const char *source = reporter->object->notes.file;

	return line->file && (!source || strcmp(line->file, source)) ?
		line->file : NULL;
}

const char *
report_place(const struct reporter *reporter, unsigned pc,
	char buf[static REPORT_PLACE_SIZE])
{
	const struct notes_line *line = reporter->line[pc];
	const char *file = line ? other_file(reporter, line) : NULL;

	if (file)
		snprintf(buf, REPORT_PLACE_SIZE, "%s:%u", file, line->line);
	else
		snprintf(buf, REPORT_PLACE_SIZE,
			line ? "line %u" : "instruction %u",
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
	const char *why = diag_infos[diag->id].why;

	diag->why = *why ? why : NULL;
	reporter->result->errors += diag->severity == DIAG_ERROR;
	reporter->result->warnings += diag->severity == DIAG_WARNING;
	if (reporter->sink)
		reporter->sink(reporter->arg, diag);
}

/* The texts of turns: a path has at most one an instruction. */
struct turn_texts {
	char place[REPORT_PLACE_SIZE], insn[ISA_TEXT_SIZE];
	char outcome[WAY_TEXT_SIZE];
};

static unsigned
find_turns(const struct reporter *reporter, const struct way *way,
	const struct flow *flow, struct diag_turn *turns,
	struct turn_texts *texts)
{
	const struct object *object = reporter->object;
	unsigned count = 0;

	for (unsigned i = 0; i + 1 < way->count; i++) {
		struct turn_texts *text = &texts[count];
		unsigned pc = way_pc(way->node[i]);

		way_choice(way, i, flow, text->outcome);
		if (!text->outcome[0])
			continue;
		turns[count++] = (struct diag_turn){
			.place = report_place(reporter, pc, text->place),
			.insn = notes_insn_text(&object->notes,
				reporter->code->insn[pc].word, pc, text->insn),
			.outcome = text->outcome, .pc = pc,
			.line = reporter->line[pc] ?
				reporter->line[pc]->line : 0};
	}
	return count;
}

static bool
is_same_line(const struct reporter *reporter, unsigned a, unsigned b)
{
	const struct notes_line *line = reporter->line[a];
	const struct notes_line *other = reporter->line[b];

	return line && other && line->line == other->line &&
		(line->file == other->file || (line->file && other->file &&
			!strcmp(line->file, other->file)));
}

/* A line that became several instructions, by a macro: which of them it is. */
static void
tell_which(const struct reporter *reporter, unsigned pc)
{
	const struct object *object = reporter->object;
	unsigned first = pc, end = pc + 1;
	char quote[ISA_TEXT_SIZE], insn[ISA_TEXT_SIZE];
	struct diag diag;

	while (first > 0 && is_same_line(reporter, first - 1, pc))
		first--;
	while (end < object->header.code_count && is_same_line(reporter, end, pc))
		end++;
	if (end - first == 1 || !reporter->sink)
		return;
	place_insn(reporter, pc, &diag, quote);
	diag.quote = NULL;
	diag_set_note(&diag, "the line became %u instructions; this is '%s', "
		"number %u", end - first, notes_insn_text(&object->notes,
		packet_insn(object->packet, pc), pc, insn), pc - first + 1);
	reporter->sink(reporter->arg, &diag);
}

void
report_insn(const struct reporter *reporter, enum diag_id id, unsigned pc,
	const char *text, const struct way *way, const struct flow *flow)
{
	struct turn_texts texts[PACKET_CODE_MAX];
	struct diag_turn turns[PACKET_CODE_MAX];
	uint8_t path[PACKET_CODE_MAX];
	char quote[ISA_TEXT_SIZE];
	struct diag diag;

	place_insn(reporter, pc, &diag, quote);
	diag_set(&diag, id, "%s", text);
	if (way) {
		diag.path = path;
		diag.path_count = way_path(way, reporter->code->count, path);
		diag.turns = turns;
		diag.turn_count = find_turns(reporter, way, flow, turns,
			texts);
	}
	send_diag(reporter, &diag);
	tell_which(reporter, pc);
}

void
report_offset(const struct reporter *reporter, enum diag_id id, long offset,
	const char *text)
{
	struct diag diag = {.file = reporter->file, .in_object = true,
		.pc = -1, .offset = offset};

	diag_set(&diag, id, "%s", text);
	send_diag(reporter, &diag);
}
