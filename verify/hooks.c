/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a program runs, and with what it knows there; see hooks-int.h. */
#include "verify/hooks-int.h"

static bool
is_egress(unsigned hook)
{
	return hook == VERIFY_EGRESS || hook == VERIFY_EGRESS_BACK;
}

static bool
is_back(unsigned hook)
{
	return hook == VERIFY_INGRESS_BACK || hook == VERIFY_EGRESS_BACK;
}

/* A packet that is on its way back stays so; others may come to be. */
static bool
can_run(unsigned hook, uint8_t flags)
{
	uint8_t side = is_egress(hook) ? PACKET_FLAG_EGRESS :
		PACKET_FLAG_INGRESS;

	return flags & side && (is_back(hook) ? flags & PACKET_FLAG_BACK :
		!(flags & PACKET_FLAG_RETURNED));
}

static bool
are_alike(const struct code *code, unsigned a, unsigned b)
{
	bool reads_hook = code->fields >> ISA_ENV_HOOK & 1;
	bool reads_back = code->fields >> ISA_ENV_BACK & 1;

	return (is_egress(a) == is_egress(b) || !reads_hook) &&
		(is_back(a) == is_back(b) ||
			!(reads_back || code->has_rights));
}

/* The lane of an earlier hook like this one, or HOOKS_NO_LANE. */
static uint8_t
find_lane(const struct hooks *hooks, const struct code *code, unsigned hook)
{
	for (unsigned other = 0; other < hook; other++)
		if (hooks->lane[other] != HOOKS_NO_LANE &&
		    are_alike(code, other, hook))
			return hooks->lane[other];
	return HOOKS_NO_LANE;
}

static uint8_t
add_lane(struct flow *flow, unsigned hook)
{
	unsigned lane = flow->lanes++, egress = is_egress(hook);
	unsigned back = is_back(hook);

	flow->lane[lane].hook = RANGE_ONE(egress ? 2 : 1);
	flow->lane[lane].back = RANGE_ONE(back);
	flow->egress |= egress << lane;
	flow->back |= back << lane;
	return (uint8_t)lane;
}

static void
find_lanes(struct hooks *hooks, struct flow *flow, uint8_t flags)
{
	for (unsigned hook = 0; hook < VERIFY_HOOKS; hook++) {
		hooks->lane[hook] = HOOKS_NO_LANE;
		if (!can_run(hook, flags))
			continue;
		hooks->lane[hook] = find_lane(hooks, flow->code, hook);
		if (hooks->lane[hook] == HOOKS_NO_LANE)
			hooks->lane[hook] = add_lane(flow, hook);
	}
}

void
hooks_prepare(struct hooks *hooks, struct flow *flow, const struct code *code,
	const struct packet_header *header, const struct verify_limits *limits)
{
	unsigned accesses = limits && limits->no_accesses ? 0 :
		limits && limits->max_accesses ? limits->max_accesses :
		(unsigned)ISA_ACCESS_MAX;

	flow->code = code;
	flow->cursor = header->cursor;
	flow->access_limit = accesses;
	flow->lanes = flow->egress = flow->back = 0;
	find_lanes(hooks, flow, header->flags);
	hooks->runs = flow->lanes > 0;
	if (!hooks->runs) {
		flow->lanes = 1;
		flow->lane[0].hook = (struct range){1, 2};
		flow->lane[0].back = (struct range){0, 1};
	}
}
