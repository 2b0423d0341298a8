/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine at several nodes in a row, each with its own answers: whatever a
 * node can know, allow, hold and refuse.
 */
#ifndef TESTS_UNIT_JOURNEY_H
#define TESTS_UNIT_JOURNEY_H

#include "tests/unit/program.h"
#include "vm/vm.h"

/* One node's mood: what its operator allows, what its store holds. */
struct mood {
	uint64_t seed;
	bool is_operator, is_back;
};

static inline uint64_t
mood_name(struct vm *vm, uint64_t key)
{
	(void)vm;
	return key;
}

static inline bool
mood_may_write(struct vm *vm, uint64_t name)
{
	const struct mood *mood = vm->node;

	return key_space(name) != KEY_PROTECTED || mood->is_operator;
}

static inline uint32_t
mood_invite(struct vm *vm, uint64_t secret)
{
	struct mood *mood = vm->node;

	(void)secret;
	return mood->is_back ? 0 : random_next(&mood->seed) % 3;
}

static inline uint32_t
mood_reroute(struct vm *vm, uint64_t name)
{
	struct mood *mood = vm->node;

	(void)name;
	return mood->is_back ? 0 : random_next(&mood->seed) % 2;
}

static const struct vm_ops mood_ops = {mood_name, mood_may_write, mood_invite,
	mood_reroute};

/* Several nodes in a row, each with its own answers. */
enum { HOP_COUNT = 6, STORE_ENTRIES = 2 };

struct journey {
	unsigned hook, back;		/* what env reads */
	struct object object;		/* a copy, which the runs change */
	uint32_t env[ISA_ENV_COUNT];
	struct ess *store;
	struct vm vm;
};

static inline void
journey_start(struct journey *j, const struct object *object,
	struct mood *mood, unsigned hook, unsigned back)
{
	static const uint8_t secret[KEY_SECRET_SIZE];
	unsigned count = object->header.code_count;

	*j = (struct journey){.hook = hook, .back = back, .object = *object};
	mood->is_back = back;
	j->store = ess_new(STORE_ENTRIES, secret);
	assert_non_null(j->store);
	j->vm = (struct vm){.code = j->object.packet + PACKET_HEADER_SIZE,
		.pad = j->object.packet + packet_pad_off(count),
		.code_count = count, .pad_count = object->header.pad_count,
		.access_max = ISA_ACCESS_MAX, .env = j->env, .store = j->store,
		.ops = &mood_ops, .node = mood,
		.cursor = object->header.cursor};
}

/* Another node: another answer to everything, and entries of others. */
static inline void
journey_run(struct journey *j, struct mood *mood)
{
	mood->is_operator = !j->back && random_next(&mood->seed) % 2;
	j->vm.now_ns += random_next(&mood->seed) % 2 * 20 *
		UINT64_C(1000000000);
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++)
		j->env[i] = random_next(&mood->seed) % 2 ?
			random_next(&mood->seed) % 4 :
			random_next_sized(&mood->seed);
	j->env[ISA_ENV_HOOK] = j->hook;
	j->env[ISA_ENV_BACK] = j->back;
	j->env[ISA_ENV_FLOW0] >>= 2;
	for (unsigned n = 0; n < 6; n += 2) {
		struct ess_span span;

		if (random_next(&mood->seed) % 4 == 0 &&
		    ess_insert(j->store, packet_get64(j->vm.pad + 4 * n),
			j->vm.now_ns, &span, NULL) != ESS_NONE)
			ess_unmap(j->store, &span, j->vm.now_ns, NULL);
	}
	vm_run(&j->vm);
}

#endif
