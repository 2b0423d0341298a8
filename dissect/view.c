/* SPDX-License-Identifier: BSD-2-Clause */
/* One packet after the other; see view.h. */
#include "dissect/view.h"

static void
print_json(FILE *out, const struct dissect *dissect, unsigned long number,
	int64_t time_us, const struct object *program)
{
	json_t *fields = dissect_json(dissect, program);
	json_t *json = json_pack("{si sI sI}", "v", 1,
		"number", (json_int_t)number, "time_us", (json_int_t)time_us);

	json_object_update(json, fields);
	json_dumpf(json, out, JSON_COMPACT | JSON_ENSURE_ASCII);
	fputc('\n', out);
	json_decref(fields);
	json_decref(json);
}

void
view_print(FILE *out, struct view *view, const struct dissect *dissect,
	unsigned long number, int64_t time_us, const struct object *program)
{
	if (view->json) {
		print_json(out, dissect, number, time_us, program);
		return;
	}
	if (view->number)
		fprintf(out, "%5lu  ", number);
	stamp_print(out, &view->stamp, time_us);
	dissect_print_line(out, dissect, program);
	fputc('\n', out);
	if (view->verbose)
		dissect_print_fields(out, dissect, program);
	if (view->hex)
		dissect_print_hex(out, dissect);
}
