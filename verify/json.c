/* SPDX-License-Identifier: BSD-2-Clause */
/* What a verification found, as JSON; see verify.h. */
#include "verify/verify.h"

#include <limits.h>

static json_t *
hook_names(const struct object *object)
{
	static const char *const names[] = {PACKET_HOOK_NAMES};
	json_t *array = json_array();

	for (unsigned i = 0; object && i < 3; i++)
		if (object->header.flags & PACKET_FLAG_INGRESS >> i)
			json_array_append_new(array, json_string(names[i]));
	return array;
}

static json_t *
key_names(const struct verify_result *result)
{
	static const char *const names[] = KEY_SPACE_NAMES;
	json_t *array = json_array();

	for (unsigned i = 0; result && i < KEY_SPACE_COUNT; i++)
		if (result->key_spaces & 1u << i)
			json_array_append_new(array, json_string(names[i]));
	if (result && result->keys_unknown)
		json_array_append_new(array, json_string("computed"));
	return array;
}

static json_t *
figure(const struct verify_result *result, unsigned n)
{
	return result ? json_integer(n) : json_null();
}

static json_t *
measures(const unsigned sums[static VERIFY_MEASURES])
{
	static const char *const names[] = {VERIFY_MEASURE_NAMES};
	json_t *object = json_object();

	for (unsigned i = 0; i < VERIFY_MEASURES; i++)
		json_object_set_new(object, names[i], json_integer(sums[i]));
	return object;
}

static json_t *
end_names(unsigned ends)
{
	json_t *array = json_array();

	for (unsigned op = 0; ends >> op; op++)
		if (ends >> op & 1)
			json_array_append_new(array,
				json_string(isa_insns[op].mnemonic));
	return array;
}

static json_t *
critical_path(const struct object *object, enum verify_hook hook)
{
	uint8_t path[PACKET_CODE_MAX];
	unsigned count = verify_path(object, hook, VERIFY_COST, false, path);
	json_t *array = json_array();

	for (unsigned i = 0; i < count; i++)
		json_array_append_new(array, json_integer(path[i]));
	return array;
}

/* The figures of each hook where it runs. */
static json_t *
run_figures(const struct object *object, const struct verify_result *result)
{
	json_t *array = json_array();

	for (unsigned hook = 0; object && hook < VERIFY_HOOKS; hook++) {
		const struct verify_figures *figures = &result->hook[hook];

		if (figures->runs)
			json_array_append_new(array, json_pack(
				"{s:s, s:b, s:o, s:o, s:o, s:o}",
				"hook", hook == VERIFY_EGRESS ||
					hook == VERIFY_EGRESS_BACK ?
					"egress" : "ingress",
				"back", hook == VERIFY_INGRESS_BACK ||
					hook == VERIFY_EGRESS_BACK,
				"min", measures(figures->min),
				"max", measures(figures->max),
				"ends", end_names(figures->ends),
				"critical", critical_path(object, hook)));
	}
	return array;
}

static json_t *
code_hash(const struct object *object)
{
	char hash[PACKET_HASH_SIZE];

	return !object ? json_null() : json_string(packet_hash_text(
		packet_code_hash(object->packet, object->header.code_count),
		hash));
}

static json_t *
push_nodes(const struct object *object, const struct verify_result *result)
{
	unsigned nodes = object ? verify_room(object, result) : UINT_MAX;

	return nodes == UINT_MAX ? json_null() : json_integer(nodes);
}

json_t *
verify_json(const struct object *object, const struct verify_result *result)
{
	static const struct verify_result none;
	const struct verify_result *r = result ? result : &none;

	return json_pack("{s:i, s:o, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
		"s:o, s:i}",
		"v", 1, "code_hash", code_hash(object),
		"accepted", r->accepted,
		"max_cost", figure(result, r->max_cost),
		"max_steps", figure(result, r->max_steps),
		"max_accesses", figure(result, r->max_accesses),
		"max_pushes", figure(result, r->max_pushes),
		"push_nodes", push_nodes(object, r),
		"hooks", hook_names(object), "keys", key_names(result),
		"runs", run_figures(object, r),
		"following", (int)r->following);
}
