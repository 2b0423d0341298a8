/* SPDX-License-Identifier: BSD-2-Clause */
/* What wasp-conform tells; see show.h. */
#include "conform/show.h"

static const char *const results[] = {"passed", "failed", "skipped"};

static void
print_differences(const struct show *show, const struct show_outcome *outcome,
	const char *before)
{
	for (unsigned i = 0; i < outcome->difference_count; i++) {
		const struct talk_difference *d = &outcome->differences[i];

		fprintf(show->out, "%s%s: expected %s, got %s\n", before,
			d->field, d->expected, d->got);
	}
}

static void
print_text(const struct show *show, const struct show_outcome *outcome)
{
	const struct vector *vector = outcome->vector;

	if (outcome->result == SHOW_FAILED) {
		fprintf(show->out, "%s:%u: %s: run %u of %u failed\n",
			vector->file, vector->runs[outcome->run - 1].line,
			vector->name, outcome->run, vector->run_count);
		print_differences(show, outcome, "    ");
	} else if (outcome->result == SHOW_SKIPPED) {
		fprintf(show->out, "%s:%u: %s: skipped, the engine declines "
			"%s\n", vector->file, vector->line, vector->name,
			outcome->declined);
	} else if (show->verbose) {
		fprintf(show->out, "%s:%u: %s: passed\n", vector->file,
			vector->line, vector->name);
	}
}

static void
print_tap(const struct show *show, const struct show_outcome *outcome)
{
	unsigned number = show->counts[SHOW_PASSED] +
		show->counts[SHOW_FAILED] + show->counts[SHOW_SKIPPED];

	fprintf(show->out, "%sok %u - %s",
		outcome->result == SHOW_FAILED ? "not " : "", number,
		outcome->vector->name);
	if (outcome->result == SHOW_SKIPPED)
		fprintf(show->out, " # SKIP the engine declines %s",
			outcome->declined);
	fputc('\n', show->out);
	if (outcome->result == SHOW_FAILED)
		fprintf(show->out, "# run %u of %u, %s:%u\n", outcome->run,
			outcome->vector->run_count, outcome->vector->file,
			outcome->vector->runs[outcome->run - 1].line);
	print_differences(show, outcome, "#     ");
}

static void
print_json(const struct show *show, json_t *json)
{
	json_dumpf(json, show->out, JSON_COMPACT | JSON_ENSURE_ASCII);
	fputc('\n', show->out);
	json_decref(json);
}

static json_t *
outcome_json(const struct show_outcome *outcome)
{
	json_t *differences = json_array();

	for (unsigned i = 0; i < outcome->difference_count; i++) {
		const struct talk_difference *d = &outcome->differences[i];

		json_array_append_new(differences, json_pack(
			"{s:s, s:s, s:s}", "field", d->field,
			"expected", d->expected, "got", d->got));
	}
	return json_pack("{s:i, s:s, s:s, s:o, s:i, s:s, s:o, s:s?, s:o}",
		"v", 1, "type", "vector", "name", outcome->vector->name,
		"file", diag_text_json(outcome->vector->file), "line", outcome->vector->line,
		"result", results[outcome->result],
		"run", outcome->run ? json_integer(outcome->run) : json_null(),
		"declined", outcome->declined, "differences", differences);
}

void
show_outcome(struct show *show, const struct show_outcome *outcome)
{
	show->counts[outcome->result]++;
	if (show->form == SHOW_JSON)
		print_json(show, outcome_json(outcome));
	else if (show->form == SHOW_TAP)
		print_tap(show, outcome);
	else
		print_text(show, outcome);
}

void
show_end(const struct show *show)
{
	unsigned count = show->counts[SHOW_PASSED] +
		show->counts[SHOW_FAILED] + show->counts[SHOW_SKIPPED];

	if (show->form == SHOW_TAP)
		fprintf(show->out, "1..%u\n", count);
	else if (show->form == SHOW_JSON)
		print_json(show, json_pack(
			"{s:i, s:s, s:i, s:i, s:i, s:i, s:b}",
			"v", 1, "type", "end", "vectors", count,
			"passed", show->counts[SHOW_PASSED],
			"failed", show->counts[SHOW_FAILED],
			"skipped", show->counts[SHOW_SKIPPED],
			"counts", !show->no_counts));
	else
		fprintf(show->out, "%u vector%s: %u passed, %u failed, %u "
			"skipped%s\n", count, count == 1 ? "" : "s",
			show->counts[SHOW_PASSED], show->counts[SHOW_FAILED],
			show->counts[SHOW_SKIPPED], show->no_counts ?
			"; steps, cost and accesses not compared" : "");
}
