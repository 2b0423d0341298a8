/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An input as others take it: the packet, the store, the options of wasp-run.
 * See witness.h.
 */
#include "witness/witness.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

size_t
witness_ip(const struct witness_input *input,
	uint8_t ip[static WITNESS_IP_SIZE])
{
	struct ip_form form = {
		.family = input->v6 ? 6 : 4,
		.hop_limit = input->hop_limit,
		.protocol = PACKET_PROTOCOL
	};

	memcpy(form.src, input->src, IP_ADDR_SIZE);
	memcpy(form.dst, input->dst, IP_ADDR_SIZE);
	return ip_build(ip, WITNESS_IP_SIZE, &form, input->wasp,
		packet_size(input->header.code_count,
			input->header.pad_count));
}

json_t *
witness_store(const struct witness_input *input)
{
	json_t *array = json_array();

	for (unsigned i = 0; i < input->entry_count; i++) {
		const struct witness_entry *entry = &input->entries[i];
		json_t *words = json_array();

		for (unsigned n = 0; n < ISA_ENTRY_COUNT; n++)
			json_array_append_new(words,
				json_integer(entry->words[n]));
		json_array_append_new(array, json_pack("{s:o, s:o, s:I}",
			"key", json_sprintf("0x%016" PRIx64, entry->name),
			"words", words,
			"created", (json_int_t)input->sim.time_ns));
	}
	return array;
}

static void __attribute__((format(printf, 3, 4)))
add(json_t *options, const char *name, const char *format, ...)
{
	char value[64];
	va_list ap;

	va_start(ap, format);
	vsnprintf(value, sizeof(value), format, ap);
	va_end(ap);
	json_array_append_new(options, json_string(name));
	if (*value)
		json_array_append_new(options, json_string(value));
}

static void
add_env(json_t *options, const struct sim_config *sim)
{
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++) {
		if (!sim->overridden[i])
			continue;
		if (sim->env[i] == ISA_ENV_UNKNOWN)
			add(options, "-e", "%s=unknown", isa_envs[i].name);
		else
			add(options, "-e", "%s=%" PRIu32, isa_envs[i].name,
				sim->env[i]);
	}
}

/* What wasp-run takes where nothing is said: the first hook, a client's. */
json_t *
witness_options(const struct witness_input *input)
{
	static const char *const hooks[] = {NULL, PACKET_HOOK_NAMES};
	static const char *const roles[] = {NULL, ISA_ROLE_NAMES};
	static const struct sim_config ordinary = WITNESS_SIM_DEFAULT;
	const struct sim_config *sim = &input->sim;
	json_t *options = json_array();

	if (!options)
		return NULL;
	if (input->hook == NODE_EGRESS &&
	    input->header.flags & PACKET_FLAG_INGRESS)
		add(options, "--hook", "%s", hooks[input->hook]);
	if (sim->is_operator)
		add(options, "--operator", "%s", "");
	if (sim->role != ordinary.role)
		add(options, "--role", "%s", roles[sim->role]);
	if (sim->capacity != ordinary.capacity)
		add(options, "--capacity", "%zu", sim->capacity);
	if (sim->time_ns != ordinary.time_ns)
		add(options, "--time", "%" PRIu64 ".%09" PRIu64,
			sim->time_ns / 1000000000, sim->time_ns % 1000000000);
	add_env(options, sim);
	return options;
}

const char *
witness_text(const struct witness *witness, char buf[static WITNESS_TEXT_SIZE])
{
	const struct witness_goal *goal = &witness->goal;
	const struct node_outcome *o = &witness->outcome;
	char name[ISA_FAULT_NAME_SIZE];

	switch (goal->kind) {
	case WITNESS_FAULT:
		snprintf(buf, WITNESS_TEXT_SIZE, "ends with %s at instruction "
			"%u", isa_fault_name(o->fault, name), o->fault_pc);
		break;
	case WITNESS_REACH:
		snprintf(buf, WITNESS_TEXT_SIZE, "comes to instruction %u",
			goal->pc);
		break;
	case WITNESS_BEYOND:
		snprintf(buf, WITNESS_TEXT_SIZE, "jumps past the end at "
			"instruction %u", goal->pc);
		break;
	case WITNESS_STEPS:
	case WITNESS_COST:
	case WITNESS_ACCESSES:
		snprintf(buf, WITNESS_TEXT_SIZE, "takes %u step%s, cost %u, "
			"%u store access%s", o->steps, o->steps == 1 ? "" : "s",
			o->cost, o->accesses, o->accesses == 1 ? "" : "es");
		break;
	}
	return buf;
}
