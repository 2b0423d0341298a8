/* SPDX-License-Identifier: BSD-2-Clause */
/* What a verification found, as JSON; see verify.h. */
#include "verify/verify.h"

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
code_hash(const struct object *object)
{
	char hash[PACKET_HASH_SIZE];

	return !object ? json_null() : json_string(packet_hash_text(
		packet_code_hash(object->packet, object->header.code_count),
		hash));
}

json_t *
verify_json(const struct object *object, const struct verify_result *result)
{
	static const struct verify_result none;
	const struct verify_result *r = result ? result : &none;

	return json_pack("{s:i, s:o, s:b, s:o, s:o, s:o, s:o, s:o}",
		"v", 1, "code_hash", code_hash(object),
		"accepted", r->accepted,
		"max_cost", figure(result, r->max_cost),
		"max_steps", figure(result, r->max_steps),
		"max_accesses", figure(result, r->max_accesses),
		"hooks", hook_names(object), "keys", key_names(result));
}
