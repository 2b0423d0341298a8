/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Diagnostics as JSON, and the ready sink that prints either way; see diag.h.
 * They are apart from diag.c so that libwasp does without the JSON library.
 */
#include "wasp/diag.h"

#include <stdlib.h>
#include <string.h>

static const char *const severity_names[] = DIAG_SEVERITY_NAMES;

json_t *
diag_text_json(const char *s)
{
	json_t *text = s ? json_string(s) : json_null();
	char *clean = text ? NULL : strdup(s);

	for (char *p = clean; p && *p; p++)
		if ((unsigned char)*p >= 0x80)
			*p = '?';
	if (clean)
		text = json_string(clean);
	free(clean);
	return text;
}

static json_t *
json_number_or_null(bool have, long n)
{
	return have ? json_integer(n) : json_null();
}

static json_t *
json_steps(const struct diag *diag)
{
	json_t *steps = diag->path ? json_array() : json_null();

	for (unsigned i = 0; diag->path && i < diag->path_count; i++)
		json_array_append_new(steps, json_integer(diag->path[i]));
	return steps;
}

static json_t *
json_path(const struct diag *diag)
{
	json_t *path = diag->path || diag->turns ? json_array() : json_null();

	for (unsigned i = 0; i < diag->turn_count; i++) {
		const struct diag_turn *turn = &diag->turns[i];

		json_array_append_new(path, json_pack("{s:i, s:o, s:o, s:s}",
			"pc", (int)turn->pc, "line",
			json_number_or_null(turn->line > 0, turn->line),
			"insn", diag_text_json(turn->insn),
			"outcome", turn->outcome));
	}
	return path;
}

json_t *
diag_json(const struct diag *diag)
{
	const char *class = diag_infos[diag->id].class;
	char code[16];
	json_t *json;

	snprintf(code, sizeof(code), "WASP-%s", diag_infos[diag->id].code);
	json = json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
		"s:o}",
		"id", diag->id ? json_string(code) : json_null(),
		"severity", severity_names[diag->severity],
		"class", *class ? json_string(class) : json_null(),
		"file", diag->file ? diag_text_json(diag->file) : json_null(),
		"line", json_number_or_null(diag->line > 0, diag->line),
		"col", json_number_or_null(diag->col > 0, diag->col),
		"offset", json_number_or_null(diag->in_object, diag->offset),
		"pc", json_number_or_null(diag->in_object && diag->pc >= 0,
			diag->pc),
		"path", json_path(diag),
		"message", diag_text_json(diag->text),
		"hint", diag->hint[0] ? diag_text_json(diag->hint) : json_null());
	if (diag->path)
		json_object_set_new(json, "steps", json_steps(diag));
	if (diag->why)
		json_object_set_new(json, "why", diag_text_json(diag->why));
	return json;
}

void
diag_printer_sink(void *arg, const struct diag *diag)
{
	struct diag_printer *printer = arg;
	json_t *json, *line;

	printer->errors += diag->severity == DIAG_ERROR;
	printer->warnings += diag->severity == DIAG_WARNING;
	if (!printer->out)
		return;
	if (!printer->json) {
		diag_print(printer->out, diag);
		return;
	}
	json = diag_json(diag);
	line = json_pack("{s:i}", "v", 1);
	if (line && json && json_object_update(line, json) == 0) {
		json_dumpf(line, printer->out, JSON_COMPACT);
		fputc('\n', printer->out);
	}
	json_decref(line);
	json_decref(json);
}
