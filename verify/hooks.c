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
	return (is_egress(a) == is_egress(b) || !code->reads_hook) &&
		(is_back(a) == is_back(b) ||
			!(code->reads_back || code->has_rights));
}

void
hooks_find(struct hooks *hooks, const struct code *code, uint8_t flags)
{
	bool runs = false;

	for (unsigned hook = 0; hook < HOOKS_ANY; hook++) {
		unsigned pass = 0;

		hooks->pass[hook] = HOOKS_COUNT;
		if (!can_run(hook, flags))
			continue;
		runs = true;
		while (pass < hook && (hooks->pass[pass] != pass ||
			!are_alike(code, pass, hook)))
			pass++;
		hooks->pass[hook] = (uint8_t)pass;
	}
	hooks->pass[HOOKS_ANY] = runs ? HOOKS_COUNT : HOOKS_ANY;
}

void
hooks_prepare(struct flow *flow, const struct code *code,
	const struct packet_header *header, const struct verify_limits *limits,
	unsigned hook)
{
	uint32_t number = is_egress(hook) ? 2 : 1;
	unsigned accesses = limits && limits->no_accesses ? 0 :
		limits && limits->max_accesses ? limits->max_accesses :
		(unsigned)ISA_ACCESS_MAX;

	flow->code = code;
	flow->cursor = header->cursor;
	flow->access_limit = accesses;
	flow->hook.hook = RANGE_ONE(number);
	flow->hook.back = RANGE_ONE(is_back(hook));
	if (hook == HOOKS_ANY)
		flow->hook = (struct flow_hook){{1, 2}, {0, 1}};
}
