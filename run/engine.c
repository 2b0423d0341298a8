/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A machine as an engine; see engine.h.  A request with "node" begins with that
 * node and its store; one without goes on with the last.
 */
#include <config.h>

#include "run/engine.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "wasp/hex.h"

struct engine {
	const struct engine_machine *machine;
	struct node node;
	uint64_t now_ns;		/* of the last run, which never steps */
};

/* One request, while it is carried out. */
struct job {
	struct node_visit visit;
	struct engine_targets targets;	/* to which a rerouting is allowed */
	struct packet_header header;
	uint8_t packet[PACKET_SIZE_MAX];
	size_t size;
	json_t *trace, *keys;		/* NULL: not asked for */
	const char *wrong;		/* what the request lacks, or NULL */
};

static struct ess *
reference_store(void *arg, uint32_t capacity)
{
	static const uint8_t secret[KEY_SECRET_SIZE] = {1, 2, 3};

	(void)arg;
	return ess_new(capacity, secret);
}

static void
reference_run(void *arg, struct node *node, uint8_t *wasp,
	struct packet_header *header, struct node_visit *visit,
	const struct engine_targets *targets, struct node_outcome *outcome)
{
	(void)arg;
	(void)targets;
	node_run(node, wasp, header, visit, outcome);
}

static const struct engine_machine reference = {
	.name = "wasp-run " PACKAGE_VERSION, .traces = true,
	.store = reference_store, .run = reference_run
};

struct engine *
engine_new(const struct engine_machine *machine)
{
	struct engine *engine = calloc(1, sizeof(*engine));

	if (engine)
		engine->machine = machine ? machine : &reference;
	return engine;
}

void
engine_free(struct engine *engine)
{
	if (engine)
		ess_free(engine->node.store);
	free(engine);
}

static bool
get_hex(const json_t *object, const char *name, uint8_t *bytes, size_t size)
{
	return hex_exact(json_string_value(json_object_get(object, name)),
		bytes, size);
}

/* Nanoseconds, a string of decimal digits, since JSON's numbers are doubles. */
static bool
get_time(const json_t *object, const char *name, uint64_t *ns)
{
	const char *text = json_string_value(json_object_get(object, name));
	char *end;

	if (!text || !*text || text[strspn(text, "0123456789")])
		return false;
	errno = 0;
	*ns = strtoull(text, &end, 10);
	return !errno && *ns <= UINT64_MAX - ENTRY_LIFE_NS;
}

static bool
get_number(const json_t *number, uint32_t *value)
{
	json_int_t n = json_integer_value(number);

	*value = (uint32_t)n;
	return json_is_integer(number) && n >= 0 && n <= UINT32_MAX;
}

static bool
restore_entry(struct engine *engine, const json_t *entry, uint64_t now_ns)
{
	uint8_t key[KEY_SIZE], words[ENTRY_SIZE];
	uint64_t created_ns;

	return get_hex(entry, "key", key, sizeof(key)) &&
		get_hex(entry, "words", words, sizeof(words)) &&
		get_time(entry, "created_ns", &created_ns) &&
		ess_restore(engine->node.store, packet_get64(key), created_ns,
			now_ns, words);
}

/* Begin anew; what is wrong with the node, or NULL. */
static const char *
set_node(struct engine *engine, const json_t *node, uint64_t now_ns)
{
	const json_t *store = json_object_get(node, "store"), *entry;
	uint32_t capacity;
	size_t i;

	ess_free(engine->node.store);
	engine->node.store = NULL;
	engine->now_ns = 0;
	if (!get_hex(node, "private_secret", engine->node.private_secret,
		KEY_SECRET_SIZE) ||
	    !get_hex(node, "invite_secret", engine->node.invite_secret,
		KEY_SECRET_SIZE))
		return "a node without its secrets";
	if (!get_number(json_object_get(node, "capacity"), &capacity) ||
	    capacity == 0 || capacity > ENGINE_CAPACITY_MAX)
		return "a node without a capacity from 1 to 65536";
	engine->node.store = engine->machine->store(engine->machine->arg,
		capacity);
	if (!engine->node.store)
		return "no memory for a store";
	json_array_foreach((json_t *)store, i, entry)
		if (!restore_entry(engine, entry, now_ns))
			return "an entry that the store can not hold";
	return NULL;
}

/* Those of the targets that can be understood. */
static void
read_targets(struct engine_targets *targets, const json_t *list)
{
	const json_t *each;
	size_t i;

	json_array_foreach((json_t *)list, i, each) {
		struct engine_target *target = &targets->list[targets->count];

		if (targets->count < ENGINE_TARGETS_MAX &&
		    get_hex(each, "to", target->to, IP_ADDR_SIZE) &&
		    get_hex(each, "flow", target->flow, KEY_SIZE) &&
		    get_number(json_object_get(each, "local"),
			&target->local))
			targets->count++;
	}
}

static const struct engine_target *
find_target(const struct engine_targets *targets,
	const uint8_t to[IP_ADDR_SIZE])
{
	for (unsigned i = 0; i < targets->count; i++)
		if (!memcmp(targets->list[i].to, to, IP_ADDR_SIZE))
			return &targets->list[i];
	return NULL;
}

bool
engine_may_reroute(const struct engine_targets *targets,
	const uint8_t to[IP_ADDR_SIZE], uint32_t env[ISA_ENV_COUNT])
{
	const struct engine_target *target = find_target(targets, to);

	if (!target)
		return false;
	node_env_addr(env, ISA_ENV_DST0, to);
	env[ISA_ENV_LOCAL] = target->local;
	env[ISA_ENV_FLOW0] = packet_get32(target->flow);
	env[ISA_ENV_FLOW1] = packet_get32(target->flow + PACKET_WORD_SIZE);
	return true;
}

static bool
may_reroute(void *arg, const uint8_t to[IP_ADDR_SIZE],
	uint32_t env[ISA_ENV_COUNT])
{
	const struct job *job = arg;

	return engine_may_reroute(&job->targets, to, env);
}

/* Which instructions are begun, and with what keys. */
static void
note_step(struct vm *vm, void *arg)
{
	struct job *job = arg;
	uint16_t word;
	enum isa_op op;
	int n;

	if (vm->pc >= vm->code_count)
		return;
	json_array_append_new(job->trace, json_integer(vm->pc));
	word = packet_get16(vm->code + ISA_INSN_SIZE * vm->pc);
	op = isa_decode(word);
	n = op == ISA_ILLEGAL ? -1 : isa_operand_of(word, op, ISA_KIND_KEY);
	if (n >= 0 && (unsigned)n + 1 < vm->pad_count)
		json_array_append_new(job->keys, json_sprintf("%016" PRIx64,
			packet_get64(vm->pad + PACKET_WORD_SIZE * n)));
}

static void
read_visit(struct job *job, const json_t *request)
{
	const char *hook = json_string_value(json_object_get(request, "hook"));
	const json_t *env = json_object_get(request, "env");
	struct node_visit *visit = &job->visit;
	uint32_t access_max;

	visit->hook = hook && !strcmp(hook, "egress") ? NODE_EGRESS :
		NODE_INGRESS;
	if (!hook || (strcmp(hook, "ingress") && strcmp(hook, "egress")))
		job->wrong = "no hook";
	if (!get_number(json_object_get(request, "access_max"), &access_max) ||
	    !get_number(json_object_get(request, "interface"),
		&visit->interface))
		job->wrong = "no access_max or no interface";
	visit->access_max = access_max;
	if (!get_hex(request, "source", visit->src, IP_ADDR_SIZE))
		job->wrong = "no source";
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++)
		if (!get_number(json_array_get(env, i), &visit->env[i]))
			job->wrong = "no number for a field of env";
	visit->is_operator = json_is_true(json_object_get(request,
		"operator"));
	visit->may_invite = json_is_true(json_object_get(request, "invite"));
	read_targets(&job->targets, json_object_get(request, "reroute"));
	visit->may_reroute = may_reroute;
	visit->reroute_arg = job;
}

static void
read_job(struct engine *engine, struct job *job, const json_t *request)
{
	const json_t *node = json_object_get(request, "node");
	const char *packet = json_string_value(json_object_get(request,
		"packet"));

	read_visit(job, request);
	if (!packet || !hex_bytes(packet, job->packet, sizeof(job->packet),
		&job->size) || packet_parse(job->packet, job->size,
		&job->header) || job->size != packet_size(
		job->header.code_count, job->header.pad_count))
		job->wrong = "no WASP packet";
	if (!get_time(request, "now_ns", &job->visit.now_ns))
		job->wrong = "no now_ns";
	if (!job->wrong && node)
		job->wrong = set_node(engine, node, job->visit.now_ns);
	if (job->wrong)
		return;
	if (!engine->node.store)
		job->wrong = "no node, and none before";
	else if (job->visit.now_ns < engine->now_ns)
		job->wrong = "a time before that of the last run";
	engine->now_ns = job->visit.now_ns;
	if (!json_is_true(json_object_get(request, "trace")) ||
	    !engine->machine->traces)
		return;
	job->trace = json_array();
	job->keys = json_array();
	job->visit.trace = note_step;
	job->visit.trace_arg = job;
}

static void
add_entry(void *arg, uint64_t key, uint64_t created_ns,
	const uint8_t words[ENTRY_SIZE])
{
	char text[2 * ENTRY_SIZE + 1];

	json_array_append_new(arg, json_pack("{s:o, s:o, s:s}",
		"key", json_sprintf("%016" PRIx64, key),
		"created_ns", json_sprintf("%" PRIu64, created_ns),
		"words", hex_text(text, words, ENTRY_SIZE)));
}

static json_t *
run_job(struct engine *engine, struct job *job)
{
	static const char *const verdicts[] = VM_VERDICT_NAMES;
	char packet[2 * PACKET_SIZE_MAX + 1], to[2 * IP_ADDR_SIZE + 1];
	struct node_outcome outcome;
	json_t *store = json_array(), *reply;

	engine->machine->run(engine->machine->arg, &engine->node, job->packet,
		&job->header, &job->visit, &job->targets, &outcome);
	ess_each(engine->node.store, engine->now_ns, add_entry, store);
	hex_text(to, outcome.reroute_to, IP_ADDR_SIZE);
	reply = json_pack(
		"{s:i, s:s, s:b, s:s, s:i, s:i, s:i, s:s, s:s?, s:o}",
		"v", 1, "type", "ran", "executed", outcome.executed,
		"verdict", verdicts[outcome.verdict],
		"steps", outcome.steps, "cost", outcome.cost,
		"accesses", outcome.accesses,
		"packet", hex_text(packet, job->packet, job->size),
		"rerouted", outcome.rerouted ? to : NULL, "store", store);
	if (job->trace) {
		json_object_set(reply, "trace", job->trace);
		json_object_set(reply, "keys", job->keys);
	}
	return reply;
}

static json_t *
error_reply(const char *text)
{
	return json_pack("{s:i, s:s, s:s}", "v", 1, "type", "error",
		"text", text);
}

static json_t *
run_reply(struct engine *engine, const json_t *request)
{
	struct job job = {.wrong = NULL};
	json_t *reply;

	read_job(engine, &job, request);
	reply = job.wrong ? error_reply(job.wrong) : run_job(engine, &job);
	json_decref(job.trace);
	json_decref(job.keys);
	return reply;
}

json_t *
engine_reply(struct engine *engine, const char *line, size_t size)
{
	json_t *request = json_loadb(line, size, JSON_REJECT_DUPLICATES, NULL);
	const char *type = json_string_value(json_object_get(request, "type"));
	json_t *reply;

	if (json_integer_value(json_object_get(request, "v")) != 1 || !type)
		reply = error_reply("not a request of version 1");
	else if (!strcmp(type, "hello"))
		reply = json_pack("{s:i, s:s, s:s, s:[]}", "v", 1,
			"type", "hello", "engine", engine->machine->name,
			"declines");
	else if (!strcmp(type, "run"))
		reply = run_reply(engine, request);
	else
		reply = error_reply("a request of unknown type");
	if (json_object_get(request, "id"))
		json_object_set(reply, "id", json_object_get(request, "id"));
	json_decref(request);
	return reply;
}
