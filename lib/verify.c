/* SPDX-License-Identifier: BSD-2-Clause */
/* The verifier. */
#include "lib/lib-int.h"
#include "verify/verify.h"

enum wasp_result
wasp_verify(const struct wasp_object *object,
	const struct wasp_verify_options *options,
	struct wasp_verify_result *result, wasp_diag_fn *diag, void *arg)
{
	struct wasp_verify_options taken;
	struct wasp_verify_result given;
	struct verify_limits limits;
	struct verify_result found;
	struct lib_sink sink;

	if (!lib_take(&taken, sizeof(taken), options) ||
	    (result && !lib_has_size(result)))
		return WASP_INVALID;
	limits = (struct verify_limits){.max_steps = taken.max_steps,
		.max_cost = taken.max_cost,
		.max_accesses = taken.max_accesses};
	lib_sink_init(&sink, diag, arg);
	if (!lib_sink_choose(&sink, taken.warnings))
		return WASP_REJECTED;
	verify_object(&object->object, taken.file, &limits, &found,
		diag_filter_sink, &sink.filter);
	given = (struct wasp_verify_result){
		.accepted = found.accepted && !sink.filter.promoted,
		.keys_unknown = found.keys_unknown,
		.errors = found.errors + sink.filter.promoted,
		.warnings = found.warnings - sink.filter.promoted,
		.max_steps = found.max_steps, .max_cost = found.max_cost,
		.max_accesses = found.max_accesses,
		.key_spaces = found.key_spaces
	};
	if (result)
		lib_give(result, &given, sizeof(given));
	return given.accepted ? WASP_OK : WASP_REJECTED;
}
