/* SPDX-License-Identifier: BSD-2-Clause */
/* A step of a run as JSON; see trace.h. */
#include <inttypes.h>

#include "run/trace.h"

static json_t *
values_json(const struct trace_value *values, unsigned count)
{
	json_t *object = json_object();

	for (unsigned i = 0; i < count; i++)
		json_object_set_new(object, values[i].name, values[i].is_key ?
			json_sprintf("0x%016" PRIx64, values[i].value) :
			json_integer((json_int_t)values[i].value));
	return object;
}

json_t *
trace_json(const struct trace_step *step)
{
	return json_pack("{s:i, s:s, s:o, s:o, s:s}", "pc", step->pc,
		"insn", step->insn,
		"reads", values_json(step->reads, step->read_count),
		"writes", values_json(step->writes, step->write_count),
		"remark", step->remark);
}
