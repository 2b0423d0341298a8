/* SPDX-License-Identifier: BSD-2-Clause */
/* Counterexamples of wasp-verify; see witness-main.h. */
#include <config.h>

#include "verify/witness-main.h"

#include <stdlib.h>
#include <string.h>

#include "capture/write.h"
#include "run/store-json.h"
#include "witness/witness.h"

/* What a run does where the verifier reports this. */
static const struct shows {
	enum witness_kind kind;
	enum isa_fault fault;
	bool is_set;
} shows[DIAG_COUNT] = {
	[DIAG_VERIFY_ILLEGAL] = {WITNESS_FAULT, ISA_FAULT_ILLEGAL, true},
	[DIAG_VERIFY_JUMP] = {WITNESS_BEYOND, ISA_FAULT_NONE, true},
	[DIAG_VERIFY_SCRATCHPAD] = {WITNESS_FAULT, ISA_FAULT_SCRATCHPAD, true},
	[DIAG_VERIFY_UNMAPPED] = {WITNESS_FAULT, ISA_FAULT_UNMAPPED, true},
	[DIAG_VERIFY_ACCESSES] = {WITNESS_FAULT, ISA_FAULT_ACCESSES, true},
	[DIAG_VERIFY_STEPS] = {WITNESS_STEPS, ISA_FAULT_NONE, true},
	[DIAG_VERIFY_COST] = {WITNESS_COST, ISA_FAULT_NONE, true},
	[DIAG_VERIFY_KEYSPACE] = {WITNESS_FAULT, ISA_FAULT_KEYSPACE, true},
	[DIAG_VERIFY_READONLY] = {WITNESS_FAULT, ISA_FAULT_READONLY, true},
	[DIAG_VERIFY_COMPUTED_NAME] = {WITNESS_FAULT, ISA_FAULT_KEYSPACE, true},
};

/* The goal of a finding; false: it has none. */
static bool
goal_of(const struct diag *diag, const struct verify_limits *limits,
	struct witness_goal *goal)
{
	const struct shows *row = &shows[diag->id];

	*goal = (struct witness_goal){.kind = row->kind, .fault = row->fault,
		.pc = diag->pc < 0 ? 0 : (unsigned)diag->pc};
	if (row->kind == WITNESS_STEPS)
		goal->least = limits->max_steps + 1;
	else if (row->kind == WITNESS_COST)
		goal->least = limits->max_cost + 1;
	else if (row->fault == ISA_FAULT_ACCESSES && (limits->no_accesses ||
	    (limits->max_accesses &&
		limits->max_accesses != ISA_ACCESS_MAX)))
		*goal = (struct witness_goal){.kind = WITNESS_ACCESSES,
			.least = limits->max_accesses + 1};
	return row->is_set && diag->pc >= 0;
}

static _Noreturn void
no_memory(const struct examples *examples)
{
	cli_die(examples->cli, CLI_SYSTEM, "out of memory");
}

static json_t *
file_name(const char *stem, const char *ending)
{
	return json_sprintf("%s%s", stem, ending);
}

static void
write_packet(const struct examples *examples, const char *path,
	const struct witness_input *input)
{
	uint8_t ip[WITNESS_IP_SIZE];
	size_t ip_size = witness_ip(input, ip), size;
	char *bytes = NULL;
	FILE *out = open_memstream(&bytes, &size);

	if (!out)
		no_memory(examples);
	capture_write_begin(out);
	capture_write_packet(out, input->sim.time_ns, ip, ip_size);
	if (fclose(out))
		no_memory(examples);
	cli_write(examples->cli, path, bytes, size, true);
	free(bytes);
}

static void
write_store(const struct examples *examples, const char *path,
	const struct witness_input *input)
{
	json_t *store = witness_store(input);
	size_t size;
	char *text = store ? store_json_text(store, &size) : NULL;

	if (!text)
		no_memory(examples);
	cli_write(examples->cli, path, text, size, false);
	free(text);
	json_decref(store);
}

/* A store file only where the store is not empty. */
static json_t *
command(const struct examples *examples, const struct witness_input *input,
	const json_t *pcap, const json_t *store)
{
	json_t *words = json_array(), *options = witness_options(input);

	json_array_append_new(words, json_string("wasp-run"));
	if (store) {
		json_array_append_new(words, json_string("--load"));
		json_array_append(words, (json_t *)store);
	}
	json_array_extend(words, options);
	if (examples->notes) {
		json_array_append_new(words, json_string("--notes"));
		json_array_append_new(words, json_string(examples->notes));
	}
	json_array_append(words, (json_t *)pcap);
	json_decref(options);
	return words;
}

static void
add_files(const struct examples *examples, const char *stem,
	const struct witness *witness, json_t *json)
{
	json_t *pcap = file_name(stem, ".pcap");
	json_t *store = witness->input.entry_count ?
		file_name(stem, ".store") : NULL;
	char does[WITNESS_TEXT_SIZE];

	if (!pcap)
		no_memory(examples);
	write_packet(examples, json_string_value(pcap), &witness->input);
	if (store)
		write_store(examples, json_string_value(store),
			&witness->input);
	json_object_set_new(json, "command",
		command(examples, &witness->input, pcap, store));
	json_object_set_new(json, "pcap", pcap);
	if (store)
		json_object_set_new(json, "store", store);
	json_object_set_new(json, "does",
		json_string(witness_text(witness, does)));
}

static json_t *
search(const struct examples *examples, const char *stem,
	const struct witness_goal *goal)
{
	struct witness *witness = malloc(sizeof(*witness));
	char name[ISA_FAULT_NAME_SIZE];
	json_t *json;

	if (!witness || !witness_find(examples->object, goal,
	    examples->search, 0, witness))
		no_memory(examples);
	json = json_pack("{s:n, s:n, s:n, s:n, s:I, s:I, s:o, s:o}",
		"pcap", "store", "command", "does",
		"runs", (json_int_t)witness->runs,
		"steps", (json_int_t)witness->steps,
		"stopped_by", witness->stopped_by ? json_string(
			isa_fault_name(witness->stopped_by, name)) :
			json_null(),
		"stopped_pc", witness->stopped_by ?
			json_integer(witness->stopped_pc) : json_null());
	if (!json)
		no_memory(examples);
	if (witness->found)
		add_files(examples, stem, witness, json);
	free(witness);
	return json;
}

json_t *
examples_show(struct examples *examples, const struct diag *diag)
{
	struct witness_goal goal;
	json_t *stem, *json;

	if (!examples->prefix || examples->searched == examples->most ||
	    !goal_of(diag, examples->limits, &goal))
		return NULL;
	stem = json_sprintf("%s-%u", examples->prefix, ++examples->searched);
	if (!stem)
		no_memory(examples);
	json = search(examples, json_string_value(stem), &goal);
	json_decref(stem);
	return json;
}

json_t *
examples_worst(struct examples *examples, const struct verify_result *result)
{
	struct witness_goal goal = {.kind = WITNESS_COST,
		.least = result->max_cost};

	return examples->prefix ? search(examples, examples->prefix, &goal) :
		NULL;
}

/* A word as sh reads it. */
static void
print_word(FILE *out, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=,+-@%";

	if (*word && !word[strspn(word, plain)]) {
		fputs(word, out);
		return;
	}
	fputc('\'', out);
	for (; *word; word++)
		if (*word == '\'')
			fputs("'\\''", out);
		else
			fputc(*word, out);
	fputc('\'', out);
}

static void
print_found(FILE *out, const json_t *example)
{
	const json_t *words = json_object_get(example, "command");

	fprintf(out, "note: a run %s:\n     ", json_string_value(
		json_object_get(example, "does")));
	for (size_t i = 0; i < json_array_size(words); i++) {
		fputc(' ', out);
		print_word(out, json_string_value(json_array_get(words, i)));
	}
	fputc('\n', out);
}

void
examples_print(FILE *out, const json_t *example)
{
	const char *stopped = json_string_value(json_object_get(example,
		"stopped_by"));

	if (!json_is_null(json_object_get(example, "pcap"))) {
		print_found(out, example);
		return;
	}
	fprintf(out, "note: no example in %" JSON_INTEGER_FORMAT " runs, %"
		JSON_INTEGER_FORMAT " steps; that proves nothing",
		json_integer_value(json_object_get(example, "runs")),
		json_integer_value(json_object_get(example, "steps")));
	if (stopped)
		fprintf(out, ";\n      most ended before it, with %s at "
			"instruction %" JSON_INTEGER_FORMAT, stopped, json_integer_value(
				json_object_get(example, "stopped_pc")));
	fputc('\n', out);
}
