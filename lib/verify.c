/* SPDX-License-Identifier: BSD-2-Clause */
/* The verifier. */
#include "lib/lib-int.h"
#include "verify/verify.h"

/* Which verdicts, of a set of the instructions that end a run. */
static unsigned
verdicts_of(unsigned ends)
{
	return !!(ends & 1u << ISA_FORWARD) << WASP_FORWARD |
		!!(ends & 1u << ISA_DROP) << WASP_DROP |
		!!(ends & 1u << ISA_RETURN) << WASP_RETURN;
}

static void
give_figures(struct wasp_figures *to, const struct verify_figures *from)
{
	*to = (struct wasp_figures){
		.runs = from->runs,
		.ends_itself = from->ends & 1u << ISA_FAULT,
		.verdicts = verdicts_of(from->ends),
		.key_spaces = from->key_spaces,
		.min_steps = from->min[VERIFY_STEPS],
		.max_steps = from->max[VERIFY_STEPS],
		.min_cost = from->min[VERIFY_COST],
		.max_cost = from->max[VERIFY_COST],
		.min_accesses = from->min[VERIFY_ACCESSES],
		.max_accesses = from->max[VERIFY_ACCESSES],
		.min_pushes = from->min[VERIFY_PUSHES],
		.max_pushes = from->max[VERIFY_PUSHES],
		.insns = {from->opcodes}, .fields = {from->fields}
	};
}

/* What was told is counted by the sink, behind the choice of warnings. */
static void
give_result(struct wasp_verify_result *to, const struct verify_result *from,
	const struct lib_sink *sink)
{
	struct wasp_verify_result given = {
		.accepted = sink->errors == 0,
		.keys_unknown = from->keys_unknown,
		.errors = sink->errors, .warnings = sink->warnings,
		.following = from->following, .key_spaces = from->key_spaces,
		.max_steps = from->max_steps, .max_cost = from->max_cost,
		.max_accesses = from->max_accesses,
		.max_pushes = from->max_pushes
	};

	for (unsigned way = 0; way < WASP_WAYS; way++)
		give_figures(&given.way[way], &from->hook[way]);
	lib_give(to, &given, sizeof(given));
}

enum wasp_result
wasp_verify(const struct wasp_object *object,
	const struct wasp_verify_options *options,
	struct wasp_verify_result *result, wasp_diag_fn *diag, void *arg)
{
	struct wasp_verify_options taken;
	struct verify_limits limits;
	struct verify_result found;
	struct lib_sink sink;

	if (!lib_take(&taken, sizeof(taken), options) ||
	    (result && !lib_has_size(result)))
		return WASP_INVALID;
	limits = (struct verify_limits){.max_steps = taken.max_steps,
		.max_cost = taken.max_cost,
		.max_accesses = taken.max_accesses,
		.hops = taken.hops, .mtu = taken.mtu};
	lib_sink_init(&sink, diag, arg);
	if (!lib_sink_choose(&sink, taken.warnings))
		return WASP_REJECTED;
	verify_object(&object->object, taken.file, &limits, &found,
		diag_filter_sink, &sink.filter);
	if (result)
		give_result(result, &found, &sink);
	return sink.errors ? WASP_REJECTED : WASP_OK;
}
