/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The search for counterexamples, in any object: it ends, what it finds does
 * what it says when it is run again, could be sent and saved, and no run
 * contradicts what the verifier proves.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "verify/verify.h"
#include "witness/witness.h"

const char fuzz_name[] = "witness";
const unsigned fuzz_runs = 10000;
const char *const fuzz_words[] = {"WASP-NOTES 1\n", "random ", "private",
	"invitation", "\n", "63 ", NULL};

enum { SEARCH = 4000 };

static void
add_object(void *arg, const struct object *object)
{
	uint8_t bytes[1 + PACKET_SIZE_MAX];

	for (unsigned goal = 0; goal < 8; goal++) {
		bytes[0] = (uint8_t)(goal << 5 | goal);
		memcpy(bytes + 1, object->packet, object->size);
		fuzz_add(arg, bytes, 1 + object->size);
	}
}

void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	fuzz_each_object(add_object, seeds);
}

static struct witness_goal
goal_of(unsigned choice, const struct object *object)
{
	static const enum isa_fault faults[] = {ISA_FAULT_ILLEGAL,
		ISA_FAULT_SCRATCHPAD, ISA_FAULT_UNMAPPED, ISA_FAULT_READONLY,
		ISA_FAULT_ACCESSES, ISA_FAULT_KEYSPACE};
	unsigned kind = choice >> 5;
	struct witness_goal goal = {.pc = (choice & 31) *
		object->header.code_count / 32};

	if (kind < COUNT(faults))
		return (struct witness_goal){.kind = WITNESS_FAULT,
			.fault = faults[kind], .pc = goal.pc};
	goal.kind = kind == 6 ? WITNESS_COST : WITNESS_REACH;
	goal.least = kind == 6 ? choice & 31 : 0;
	return goal;
}

/* Faults of the machine that an accepted program can end with. */
static bool
is_announced(enum isa_fault fault)
{
	return fault >= ISA_FAULT_PROGRAM || fault == ISA_FAULT_READONLY ||
		fault == ISA_FAULT_KEYSPACE;
}

static void
check_found(const struct witness *witness, const struct object *object)
{
	const struct witness_goal *goal = &witness->goal;
	const struct node_outcome *o = &witness->outcome;
	uint8_t ip[WITNESS_IP_SIZE];
	char text[WITNESS_TEXT_SIZE];
	struct node_outcome again;
	struct verify_result result;
	json_t *store = witness_store(&witness->input);
	json_t *options = witness_options(&witness->input);

	FUZZ_CHECK(witness_run(&witness->input, NULL, NULL, &again));
	FUZZ_CHECK(!memcmp(&again, o, sizeof(again)));
	if (goal->kind == WITNESS_FAULT)
		FUZZ_CHECK(o->fault == goal->fault && o->fault_pc == goal->pc);
	if (goal->kind == WITNESS_COST)
		FUZZ_CHECK(o->cost >= goal->least);
	verify_object(object, "x", NULL, &result, NULL, NULL);
	FUZZ_CHECK(o->cost <= result.max_cost &&
		o->steps <= result.max_steps + 1);
	FUZZ_CHECK(!result.accepted || !o->fault || is_announced(o->fault));
	FUZZ_CHECK(witness_ip(&witness->input, ip) > 0);
	FUZZ_CHECK(store && options && *witness_text(witness, text));
	FUZZ_CHECK(!memcmp(witness->input.wasp + PACKET_HEADER_SIZE,
		object->packet + PACKET_HEADER_SIZE,
		packet_code_size(object->header.code_count)));
	json_decref(store);
	json_decref(options);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct witness witness;
	struct witness_goal goal;
	struct object object;

	if (size == 0)
		return 0;
	if (object_read(&object, bytes + 1, size - 1, "x", fuzz_sink, NULL)) {
		goal = goal_of(bytes[0], &object);
		FUZZ_CHECK(witness_find(&object, &goal, SEARCH, bytes[0],
			&witness));
		if (witness.found)
			check_found(&witness, &object);
	}
	object_done(&object);
	return 0;
}
