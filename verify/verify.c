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

static void
take_figures(struct verify_figures *figures, const struct flow *flow)
{
	figures->runs = true;
	figures->ends = flow->ends;
	figures->opcodes = flow->uses.opcodes;
	figures->fields = flow->uses.fields;
	figures->key_spaces = flow->spaces_unknown ? CODE_SPACES :
		flow->spaces;
	for (unsigned i = 0; i < VERIFY_MEASURES; i++) {
		figures->min[i] = flow_sum(flow->bound, i, true);
		figures->max[i] = flow_sum(flow->bound, i, false);
	}
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
run_pass(struct flow *flow, struct verify_figures *figures,
	struct verify_result *result)
{
	flow_run(flow);
	take_figures(figures, flow);
	take_maxima(result, figures);
	result->accepted &= !flow->wrong;
	result->key_spaces |= flow->spaces;
	result->keys_unknown |= flow->spaces_unknown;
	result->states += flow->work;
}

void
verify_code(const uint8_t *packet, const struct packet_header *header,
	const struct notes *notes, const struct verify_limits *limits,
	struct verify_result *result)
{
	struct verify_figures anywhere;
	struct hooks hooks;
	struct code code;
	struct flow flow;

	*result = (struct verify_result){.accepted = true};
	code_build(&code, packet, header, notes);
	hooks_find(&hooks, &code, header->flags);
	flow.record = NULL;
	flow.found = NULL;
	for (unsigned hook = 0; hook < HOOKS_COUNT; hook++) {
		struct verify_figures *figures = hook == HOOKS_ANY ? &anywhere :
			&result->hook[hook];
		unsigned pass = hooks.pass[hook];

		if (pass == HOOKS_COUNT)
			continue;
		if (pass != hook) {
			*figures = result->hook[pass];
			continue;
		}
		hooks_prepare(&flow, &code, header, limits, hook);
		run_pass(&flow, figures, result);
	}
	result->accepted &= is_within(result, limits);
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

	code_build(&code, object->packet, &object->header, &object->notes);
	hooks_find(&hooks, &code, object->header.flags);
	if (hooks.pass[hook] == HOOKS_COUNT)
		return 0;
	hooks_prepare(&flow, &code, &object->header, NULL, hook);
	flow.record = &record;
	flow.found = NULL;
	flow_run(&flow);
	way_find(&way, &record, flow.from[bound], bound);
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
