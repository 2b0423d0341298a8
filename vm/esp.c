/* SPDX-License-Identifier: BSD-2-Clause */
/* ESP's operations over the store; see esp.h and esp-core.h. */
#include "vm/esp.h"

#include "vm/node.h"

#include <string.h>

const struct esp_info esp_infos[ESP_OP_COUNT] = {
#define ESP_OP(name, text, words, keys, program) {text, words, keys, program},
	ESP_OPS
#undef ESP_OP
};

/* One packet at one store. */
struct run {
	struct ess *store;
	uint64_t now_ns;
	uint8_t *pad;
	uint64_t change;
	uint8_t marks;
	struct ess_span span;
	uint8_t entry[ENTRY_SIZE];
};

static bool
begin(struct run *run, unsigned key)
{
	enum ess_result result = ess_insert(run->store, packet_get64(run->pad +
		PACKET_WORD_SIZE * key), run->now_ns, &run->span, run->entry);

	if (result != ESS_FOUND && result != ESS_CREATED)
		run->marks |= PACKET_STATUS_REFUSED;
	return result == ESS_FOUND || result == ESS_CREATED;
}

static bool
end(struct run *run, int todo)
{
	ess_unmap(run->store, &run->span, run->now_ns,
		todo & ESP_WRITE ? run->entry : NULL);
	return todo & ESP_DROP;
}

static bool
run_rchld(struct run *run, bool collect)
{
	uint32_t set = esp_members(run->pad, &run->change);

	if (!begin(run, ESP_KEY))
		return false;
	return end(run, collect ? esp_rcollect(run->entry, run->pad, set,
		&run->change) : esp_rchld(run->entry, set));
}

static bool
run_collect_keys(struct run *run)
{
	uint32_t left = 0, sum, members;

	if (!begin(run, ESP_KEYS_COME))
		return false;
	if (end(run, esp_keys_come(run->entry, run->pad, &left)))
		return true;
	if (!begin(run, ESP_KEYS_SUM))
		return false;
	sum = esp_keys_add(run->entry, run->pad, ESP_KEYS_VALUE);
	end(run, ESP_WRITE);
	if (!begin(run, ESP_KEYS_MEMBERS))
		return false;
	members = esp_keys_add(run->entry, run->pad, ESP_KEYS_MEMBER_COUNT);
	end(run, ESP_WRITE);
	if (left > 0)
		return true;
	esp_put(run->pad, ESP_KEYS_VALUE, sum, &run->change);
	esp_put(run->pad, ESP_KEYS_MEMBER_COUNT, members, &run->change);
	return false;
}

/* Is the packet dropped? */
static bool
run_op(struct run *run, unsigned op)
{
	switch (op) {
	case ESP_COUNT:
		return begin(run, ESP_KEY) && end(run,
			esp_count(run->entry, run->pad, &run->change));
	case ESP_COMPARE:
		return begin(run, ESP_KEY) && end(run,
			esp_compare(run->entry, run->pad));
	case ESP_COLLECT:
		return begin(run, ESP_KEY) && end(run,
			esp_collect(run->entry, run->pad, &run->change));
	case ESP_RCHLD:
		return run_rchld(run, false);
	case ESP_RCOLLECT:
		return run_rchld(run, true);
	default:
		return run_collect_keys(run);
	}
}

void
esp_run(struct ess *store, uint8_t *esp, struct packet_header *header,
	uint64_t now_ns, struct esp_outcome *outcome)
{
	unsigned op = header->code_count;
	struct run run = {
		.store = store, .now_ns = now_ns,
		.pad = esp + PACKET_HEADER_SIZE
	};

	*outcome = (struct esp_outcome){
		.executed = node_runs(header, NODE_INGRESS) &&
			op < ESP_OP_COUNT &&
			header->pad_count >= esp_infos[op].words
	};
	if (!outcome->executed)
		return;
	header->hops += header->hops < UINT8_MAX;
	outcome->drop = run_op(&run, op);
	header->status |= run.marks;
	node_put_changes(esp, header, run.change);
}
