/* SPDX-License-Identifier: BSD-2-Clause */
/* The answer without reasons; see verify.h. */
#include "verify/verify.h"

#include <limits.h>
#include <string.h>

#include "verify/hooks-int.h"
#include "verify/way-int.h"

static unsigned
larger(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

static struct verify_figures
figures_of(const struct flow_lane *lane)
{
	struct verify_figures figures = {
		.runs = true,
		.ends = lane->ends,
		.opcodes = lane->uses[CODE_OPCODES],
		.fields = lane->uses[CODE_FIELDS],
		.key_spaces = lane->spaces_unknown ? CODE_SPACES :
			lane->spaces
	};

	for (unsigned i = 0; i < VERIFY_MEASURES; i++) {
		figures.min[i] = flow_sum(lane->bound, i, true);
		figures.max[i] = flow_sum(lane->bound, i, false);
	}
	return figures;
}

static void
take_maxima(struct verify_result *result, const struct verify_figures *figures)
{
	const unsigned *max = figures->max;

	result->max_steps = larger(result->max_steps, max[VERIFY_STEPS]);
	result->max_cost = larger(result->max_cost, max[VERIFY_COST]);
	result->max_accesses = larger(result->max_accesses,
		max[VERIFY_ACCESSES]);
	result->max_pushes = larger(result->max_pushes, max[VERIFY_PUSHES]);
}

static bool
is_within(const struct verify_result *result,
	const struct verify_limits *limits)
{
	return !limits ||
		((!limits->max_steps || result->max_steps <= limits->max_steps)
		&& (!limits->max_cost || result->max_cost <= limits->max_cost));
}

static void
take_lanes(struct verify_result *result, const struct hooks *hooks,
	const struct flow *flow)
{
	struct verify_figures figures[SET_LANES];

	for (unsigned i = 0; i < flow->lanes; i++) {
		figures[i] = figures_of(&flow->lane[i]);
		take_maxima(result, &figures[i]);
		result->key_spaces |= flow->lane[i].spaces;
		result->keys_unknown |= flow->lane[i].spaces_unknown;
	}
	for (unsigned hook = 0; hook < VERIFY_HOOKS; hook++)
		if (hooks->lane[hook] != HOOKS_NO_LANE)
			result->hook[hook] = figures[hooks->lane[hook]];
}

void
verify_code(const uint8_t *packet, const struct packet_header *header,
	const struct notes *notes, const struct verify_limits *limits,
	struct verify_result *result)
{
	struct hooks hooks;
	struct code code;
	struct flow flow;

	code_build(&code, packet, header, notes);
	hooks_prepare(&hooks, &flow, &code, header, limits);
	flow.record = NULL;
	flow.found = NULL;
	flow_run(&flow);
	*result = (struct verify_result){.states = flow.states.made};
	take_lanes(result, &hooks, &flow);
	result->accepted = !flow.wrong && is_within(result, limits);
}

unsigned
verify_path(const struct object *object, enum verify_hook hook,
	enum verify_measure measure, bool min,
	uint8_t path[static PACKET_CODE_MAX])
{
	unsigned bound = measure + (min ? CODE_MEASURES : 0);
	struct flow_record record;
	struct hooks hooks;
	struct flow flow;
	struct code code;
	struct way way;
	unsigned lane;

	code_build(&code, object->packet, &object->header, &object->notes);
	hooks_prepare(&hooks, &flow, &code, &object->header, NULL);
	lane = hooks.lane[hook];
	if (lane == HOOKS_NO_LANE)
		return 0;
	flow.record = &record;
	flow.found = NULL;
	flow_run(&flow);
	way_find(&way, &record, flow.lane[lane].from[bound], lane, bound);
	return way_path(&way, code.count, path);
}

unsigned
verify_words(const struct verify_result *result)
{
	unsigned words = 0;

	for (unsigned hook = 0; hook < VERIFY_HOOKS; hook++)
		words += result->hook[hook].max[VERIFY_PUSHES];
	return words;
}

unsigned
verify_room(const struct object *object, const struct verify_result *result)
{
	const struct packet_header *header = &object->header;
	unsigned room = 0, words = verify_words(result);

	if (header->pad_count > header->cursor)
		room = (unsigned)header->pad_count - header->cursor;
	return words ? room / words : UINT_MAX;
}
