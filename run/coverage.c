/* SPDX-License-Identifier: BSD-2-Clause */
/* Coverage over many runs; see coverage.h. */
#include "run/coverage.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "wasp/hex.h"

enum { CODE_TEXT_SIZE = 2 * ISA_INSN_SIZE * PACKET_CODE_MAX + 1 };

json_t *
coverage_new(void)
{
	return json_pack("{s:i, s:[]}", "v", 1, "programs");
}

static json_t *
programs_of(const json_t *coverage)
{
	return json_object_get(coverage, "programs");
}

static json_int_t
number(const json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}

static const char *
string(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

/*
 * Reading a file.
 */

static bool
is_count(const json_t *object, const char *name)
{
	return json_is_integer(json_object_get(object, name)) &&
		number(object, name) >= 0;
}

/* taken and not_taken, both or neither; file, line and text likewise. */
static bool
is_insn(const json_t *insn)
{
	bool has_sides = json_object_get(insn, "taken");
	bool has_line = json_object_get(insn, "line");

	return is_count(insn, "begun") && string(insn, "insn") &&
		(!has_sides || (is_count(insn, "taken") &&
			is_count(insn, "not_taken"))) &&
		(!has_line || (is_count(insn, "line") &&
			string(insn, "file") && string(insn, "text")));
}

static bool
is_program(const json_t *program)
{
	uint8_t code[ISA_INSN_SIZE * PACKET_CODE_MAX];
	const char *text = string(program, "code");
	const json_t *insns = json_object_get(program, "insns");
	size_t size;

	if (!text || !hex_bytes(text, code, sizeof(code), &size) || size == 0 ||
	    json_array_size(insns) != size / ISA_INSN_SIZE ||
	    size % ISA_INSN_SIZE || !is_count(program, "runs") ||
	    !string(program, "program"))
		return false;
	for (size_t i = 0; i < json_array_size(insns); i++)
		if (!is_insn(json_array_get(insns, i)))
			return false;
	return true;
}

static bool
is_coverage(const json_t *coverage)
{
	const json_t *programs = programs_of(coverage);

	if (number(coverage, "v") != 1 || !json_is_array(programs))
		return false;
	for (size_t i = 0; i < json_array_size(programs); i++)
		if (!is_program(json_array_get(programs, i)))
			return false;
	return true;
}

json_t *
coverage_parse(const char *text, size_t size, const char *file,
	diag_sink *sink, void *arg)
{
	json_error_t error;
	json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
	struct diag diag = {.file = file, .pc = -1};

	if (json && is_coverage(json))
		return json;
	if (!json) {
		diag.line = error.line > 0 ? (unsigned)error.line : 1;
		diag.col = error.column > 0 ? (unsigned)error.column : 1;
	}
	diag_set(&diag, DIAG_RUN_COVERAGE, "not a file of coverage: %s",
		json ? "no programs with their instructions" : error.text);
	if (sink)
		sink(arg, &diag);
	json_decref(json);
	return NULL;
}

/*
 * Adding.
 */

static json_t *
find_program(const json_t *coverage, const char *code)
{
	json_t *programs = programs_of(coverage), *program;
	size_t i;

	json_array_foreach(programs, i, program)
		if (!strcmp(string(program, "code"), code))
			return program;
	return NULL;
}

/* Adding what does not fit stays at the largest number. */
static void
add_number(json_t *object, const char *name, uint64_t n)
{
	uint64_t sum = (uint64_t)number(object, name);

	if (__builtin_add_overflow(sum, n, &sum) || sum > INT64_MAX)
		sum = INT64_MAX;
	json_object_set_new(object, name, json_integer((json_int_t)sum));
}

/* The names and the line that the notes know, which other runs may have lacked. */
static void
set_source(json_t *insn, const struct object *object, unsigned pc)
{
	const struct notes_line *line = notes_line_at(&object->notes, pc);
	char text[ISA_TEXT_SIZE];

	if (json_object_get(insn, "line") && !line)
		return;
	json_object_set_new(insn, "insn", json_string(notes_insn_text(
		&object->notes, packet_insn(object->packet, pc), pc, text)));
	if (!line)
		return;
	json_object_set_new(insn, "file", diag_text_json(line->file ?
		line->file : "<stdin>"));
	json_object_set_new(insn, "line", json_integer(line->line));
	json_object_set_new(insn, "text", diag_text_json(line->text));
}

static json_t *
new_program(json_t *coverage, const struct object *object, const char *code)
{
	json_t *insns = json_array(), *program;

	for (unsigned pc = 0; pc < object->header.code_count; pc++)
		json_array_append_new(insns, json_pack("{s:i}", "pc", pc));
	program = json_pack("{s:s, s:s, s:i, s:o}", "code", code, "program", "",
		"runs", 0, "insns", insns);
	json_array_append_new(programs_of(coverage), program);
	return program;
}

bool
coverage_add(json_t *coverage, const struct object *object,
	const struct count *count)
{
	unsigned code_count = object->header.code_count;
	char code[CODE_TEXT_SIZE];
	json_t *program, *insn;
	size_t pc;

	hex_text(code, object->packet + PACKET_HEADER_SIZE,
		ISA_INSN_SIZE * (size_t)code_count);
	program = find_program(coverage, code);
	if (!program)
		program = new_program(coverage, object, code);
	if (!program)
		return false;
	if (object->notes.program)
		json_object_set_new(program, "program",
			diag_text_json(object->notes.program));
	add_number(program, "runs", count->runs);
	json_array_foreach(json_object_get(program, "insns"), pc, insn) {
		set_source(insn, object, (unsigned)pc);
		add_number(insn, "begun", count->insns[pc].begun);
		if (!count_has_sides(packet_insn(object->packet,
		    (unsigned)pc), (unsigned)pc))
			continue;
		add_number(insn, "taken", count->insns[pc].taken);
		add_number(insn, "not_taken", count->insns[pc].not_taken);
	}
	return is_program(program);
}

char *
coverage_text(const json_t *coverage, size_t *size)
{
	char *text = json_dumps(coverage, JSON_INDENT(1) | JSON_ENSURE_ASCII);

	*size = text ? strlen(text) + 1 : 0;
	if (text)
		text[*size - 1] = '\n';		/* in place of the NUL */
	return text;
}

/*
 * Reports.
 */

/* How many there are, and how many were reached. */
struct part {
	unsigned reached, all;
};

static void
add_part(struct part *part, bool reached)
{
	part->all++;
	part->reached += reached;
}

static void
print_heading(FILE *out, const json_t *program)
{
	const json_t *insns = json_object_get(program, "insns"), *insn;
	struct part lines = {0, 0}, sides = {0, 0};
	const char *name = string(program, "program");
	size_t i;

	json_array_foreach((json_t *)insns, i, insn) {
		add_part(&lines, number(insn, "begun"));
		if (!json_object_get(insn, "taken"))
			continue;
		add_part(&sides, number(insn, "taken"));
		add_part(&sides, number(insn, "not_taken"));
	}
	fprintf(out, "%s: %" JSON_INTEGER_FORMAT " run%s; %u of %u "
		"instructions, %u of %u sides of branches\n",
		*name ? name : "program", number(program, "runs"),
		number(program, "runs") == 1 ? "" : "s", lines.reached,
		lines.all, sides.reached, sides.all);
}

static void
print_number(FILE *out, const json_t *insn, const char *name)
{
	if (!json_object_get(insn, name))
		fprintf(out, " %9s", "");
	else if (!number(insn, name))
		fprintf(out, " %9s", "never");
	else
		fprintf(out, " %9" JSON_INTEGER_FORMAT, number(insn, name));
}

/* Are both of one source line, as those of a macro are? */
static bool
share_line(const json_t *insns, size_t pc, size_t other)
{
	const json_t *a = json_array_get(insns, pc);
	const json_t *b = json_array_get(insns, other);
	const char *file = string(a, "file");

	return file && string(b, "file") && !strcmp(file, string(b, "file")) &&
		number(a, "line") == number(b, "line");
}

static void
print_line(FILE *out, const json_t *insn)
{
	fprintf(out, " %5" JSON_INTEGER_FORMAT "  %s\n", number(insn, "line"),
		string(insn, "text"));
}

/*
 * A line of source that is one instruction stands beside its counts, one that is
 * several above theirs.
 */
static void
print_insn(FILE *out, const json_t *insns, size_t pc)
{
	const json_t *insn = json_array_get(insns, pc);
	bool follows = pc > 0 && share_line(insns, pc, pc - 1);
	bool is_many = follows || share_line(insns, pc, pc + 1);

	if (is_many && !follows) {
		fprintf(out, "%34s", "");
		print_line(out, insn);
	}
	fprintf(out, "%4zu", pc);
	print_number(out, insn, "begun");
	print_number(out, insn, "taken");
	print_number(out, insn, "not_taken");
	if (string(insn, "text") && !is_many)
		print_line(out, insn);
	else
		fprintf(out, " %5s  %s%s\n", "", is_many ? "  " : "",
			string(insn, "insn"));
}

void
coverage_print(FILE *out, const json_t *coverage)
{
	json_t *programs = programs_of(coverage), *program, *insns, *insn;
	const char *last, *file;
	size_t i, pc;

	json_array_foreach(programs, i, program) {
		print_heading(out, program);
		last = "";
		fprintf(out, "%4s %9s %9s %9s %5s\n", "pc", "begun", "taken",
			"not", "line");
		insns = json_object_get(program, "insns");
		json_array_foreach(insns, pc, insn) {
			file = string(insn, "file");
			if (file && strcmp(file, last))
				fprintf(out, "%40s  %s:\n", "", file);
			last = file ? file : "";
			print_insn(out, insns, pc);
		}
	}
}

/*
 * lcov tracefiles; see geninfo(1), FILES.
 */

/* Letters, digits and _ only. */
static void
print_test_name(FILE *out, const char *name)
{
	fputs("TN:", out);
	for (; *name; name++)
		fputc(isalnum((unsigned char)*name) ? *name : '_', out);
	fputc('\n', out);
}

static bool
is_in(const json_t *insn, const char *file)
{
	const char *its = string(insn, "file");

	return its && !strcmp(its, file);
}

/* A branch is a block of two sides; "-" where it was never reached. */
static void
lcov_branches(FILE *out, const json_t *insns, const char *file)
{
	static const char *const sides[] = {"taken", "not_taken"};
	struct part part = {0, 0};
	const json_t *insn;
	size_t pc;

	json_array_foreach((json_t *)insns, pc, insn) {
		if (!is_in(insn, file) || !json_object_get(insn, "taken"))
			continue;
		for (unsigned i = 0; i < 2; i++) {
			fprintf(out, "BRDA:%" JSON_INTEGER_FORMAT ",%zu,%u,",
				number(insn, "line"), pc, i);
			if (number(insn, "begun"))
				fprintf(out, "%" JSON_INTEGER_FORMAT "\n",
					number(insn, sides[i]));
			else
				fputs("-\n", out);
			add_part(&part, number(insn, sides[i]));
		}
	}
	fprintf(out, "BRF:%u\nBRH:%u\n", part.all, part.reached);
}

/* The smallest line number above one, and how often its first was begun. */
static json_int_t
next_line(const json_t *insns, const char *file, json_int_t above,
	json_int_t *begun)
{
	json_int_t line = 0;
	const json_t *insn;
	size_t pc;

	json_array_foreach((json_t *)insns, pc, insn) {
		json_int_t its = number(insn, "line");

		if (!is_in(insn, file) || its <= above || (line && its > line))
			continue;
		if (its != line || number(insn, "begun") > *begun)
			*begun = number(insn, "begun");
		line = its;
	}
	return line;
}

static void
lcov_lines(FILE *out, const json_t *insns, const char *file)
{
	struct part part = {0, 0};
	json_int_t line = 0, begun = 0;

	while ((line = next_line(insns, file, line, &begun))) {
		fprintf(out, "DA:%" JSON_INTEGER_FORMAT ",%"
			JSON_INTEGER_FORMAT "\n", line, begun);
		add_part(&part, begun);
	}
	fprintf(out, "LF:%u\nLH:%u\n", part.all, part.reached);
}

/* Is it the first instruction of its file? */
static bool
begins_file(const json_t *insns, size_t pc)
{
	const char *file = string(json_array_get(insns, pc), "file");

	for (size_t i = 0; file && i < pc; i++)
		if (is_in(json_array_get(insns, i), file))
			return false;
	return file;
}

unsigned
coverage_lcov(FILE *out, const json_t *coverage)
{
	json_t *programs = programs_of(coverage), *program, *insns;
	unsigned left_out = 0;
	size_t i, pc;

	json_array_foreach(programs, i, program) {
		bool told = false;

		insns = json_object_get(program, "insns");
		for (pc = 0; pc < json_array_size(insns); pc++) {
			const char *file = string(json_array_get(insns, pc),
				"file");

			if (!begins_file(insns, pc))
				continue;
			print_test_name(out, string(program, "program"));
			fprintf(out, "SF:%s\n", file);
			lcov_branches(out, insns, file);
			lcov_lines(out, insns, file);
			fputs("end_of_record\n", out);
			told = true;
		}
		left_out += !told;
	}
	return left_out;
}
