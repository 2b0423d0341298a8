/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wasp-run: run a program in the reference machine, over one simulated node or
 * over a path of them, without privileges.
 */
#include <config.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "vm/sim.h"
#include "vm/store-json.h"
#include "vm/trace.h"
#include "wasp/report.h"

enum {
	SET, ENV, HOOK, HOPS, REPEAT, INTERVAL, TIME, STORE, CAPACITY, ROLE,
	OPERATOR, BACK, SIX, SEED, TRACE, JSON
};
static const struct cli_option options[] = {
	{'s', "set", "NAME=VALUE", "set a scratchpad word: a number or an address"},
	{'e', "env", "FIELD=VALUE", "what the environment field reads, everywhere"},
	{'k', "hook", "HOOK", "ingress or egress (default: the first of the program)"},
	{'n', "hops", "N", "send it over a path of N nodes, the last its destination"},
	{'r', "repeat", "N", "run, or send, the same packet N times"},
	{'i', "interval", "TIME", "time between two of them (default 1ms)"},
	{'t', "time", "SECONDS", "the clock at the start, since 1970"},
	{'S', "store", "FILE", "read the store from FILE, if it exists, and write it back"},
	{'c', "capacity", "N", "entries that a store has room for (default 1024)"},
	{0, "role", "ROLE", "of the interface towards the source: client, guest or internal"},
	{0, "operator", NULL, "the packet is the operator's own"},
	{0, "back", NULL, "the packet is on its way back"},
	{'6', "ipv6", NULL, "over IPv6"},
	{0, "seed", "N", "of secrets, random words, delays and queues"},
	{0, "trace", NULL, "print each step"},
	{0, "json", NULL, "print JSON lines"},
	{0}
};
static const struct cli cli = {"wasp-run", "[FILE]",
	"Run a WASP program over simulated nodes.", options};

static const char *const hook_names[] = {NULL, "ingress", "egress"};
static const char *const role_names[] = {NULL, "client", "guest", "internal"};
static const char *const verdict_names[] = VM_VERDICT_NAMES;
static const char *const fate_names[] = {
	[SIM_ARRIVED] = "arrived", [SIM_RETURNED] = "returned",
	[SIM_DROPPED] = "dropped", [SIM_EXPIRED] = "expired",
	[SIM_REROUTED] = "rerouted"
};

enum {
	SETS_MAX = 256,
	REPEAT_MAX = 1000000,
	CAPACITY_DEFAULT = 1024,
	CAPACITY_MAX = 1 << 20,
	INTERVAL_DEFAULT_NS = 1000000
};
#define TIME_DEFAULT_NS (UINT64_C(1700000000) * 1000000000)

struct request {
	const char *input, *store;
	const char *sets[SETS_MAX];
	unsigned set_count;
	enum node_hook hook;		/* 0: not given */
	unsigned repeat;
	bool has_time, trace, json;
	struct sim_config sim;
};

/* What goes on while the packets run. */
struct session {
	const struct request *request;
	struct object object;
	struct sim *sim;
	struct tracer tracer;
	unsigned packet;		/* from 1 */
	unsigned runs, faults;		/* of all packets */
	json_t *steps;			/* of this run, with --trace and --json */
};

/* One of the names, from 1 on. */
static int
name_option(const char *option, const char *value, const char *const *names,
	int count)
{
	for (int i = 1; i <= count; i++)
		if (!strcmp(value, names[i]))
			return i;
	cli_misuse(&cli, "%s: '%s' is neither %s nor %s%s%s", option, value,
		count > 2 ? "client" : names[1], count > 2 ? "guest" : names[2],
		count > 2 ? " nor " : "", count > 2 ? names[3] : "");
}

/* Seconds since 1970, with up to nine decimals. */
static uint64_t
time_option(const char *value)
{
	size_t whole = strspn(value, "0123456789"), decimals = 0;
	uint64_t ns;

	if (value[whole] == '.')
		decimals = strspn(value + whole + 1, "0123456789");
	if (whole == 0 || whole > 10 || decimals > 9 ||
	    value[whole + (value[whole] == '.') + decimals] ||
	    strtoull(value, NULL, 10) >= INT64_MAX / 1000000000)
		cli_misuse(&cli, "--time: '%s' is not a number of seconds since "
			"1970 such as 1700000000.5", value);
	ns = strtoull(value, NULL, 10) * 1000000000;
	for (uint64_t unit = 100000000, i = 0; i < decimals; i++, unit /= 10)
		ns += unit * (uint64_t)(value[whole + 1 + i] - '0');
	return ns;
}

static void
set_field(struct sim_config *sim, unsigned field, uint32_t value)
{
	sim->overridden[field] = true;
	sim->env[field] = value;
}

/* node, src or dst: all four words. */
static bool
set_address(struct sim_config *sim, const char *name, const char *value)
{
	char first[16];
	uint8_t addr[IP_ADDR_SIZE];
	int field;

	snprintf(first, sizeof(first), "%.12s.0", name);
	field = isa_env_number(first);
	if (field < 0)
		return false;
	if (!ip_addr_parse(value, addr))
		cli_misuse(&cli, "--env %s: '%s' is not an address", name,
			value);
	for (unsigned i = 0; i < IP_ADDR_SIZE / PACKET_WORD_SIZE; i++)
		set_field(sim, (unsigned)field + i,
			packet_get32(addr + PACKET_WORD_SIZE * i));
	return true;
}

static _Noreturn void
unknown_field(const char *name)
{
	const char *names[ISA_ENV_COUNT], *like;

	for (unsigned i = 0; i < ISA_ENV_COUNT; i++)
		names[i] = isa_envs[i].name;
	like = diag_suggest(name, names, ISA_ENV_COUNT);
	if (like)
		cli_misuse(&cli, "--env: there is no field '%s'; did you mean "
			"%s?", name, like);
	cli_misuse(&cli, "--env: there is no field '%s'", name);
}

static void
env_option(struct sim_config *sim, const char *assignment)
{
	char *name, option[64];
	const char *value = cli_assignment(&cli, "--env", assignment, &name);
	int field = isa_env_number(name);
	uint8_t addr[IP_ADDR_SIZE];

	snprintf(option, sizeof(option), "--env %s", name);
	if (field < 0 && set_address(sim, name, value)) {
		free(name);
		return;
	}
	if (field < 0)
		unknown_field(name);
	free(name);
	if (!strcmp(value, "unknown"))
		set_field(sim, (unsigned)field, ISA_ENV_UNKNOWN);
	else if (isa_envs[field].show == ISA_SHOW_ADDR &&
	    ip_addr_parse(value, addr) && ip_addr_is_v4(addr))
		set_field(sim, (unsigned)field,
			packet_get32(addr + IP_ADDR_SIZE - PACKET_WORD_SIZE));
	else
		set_field(sim, (unsigned)field, (uint32_t)cli_number(&cli,
			option, value, 0, UINT32_MAX));
}

static void
read_option(struct request *request, int option, const char *value)
{
	struct sim_config *sim = &request->sim;

	switch (option) {
	case SET:
		if (request->set_count == SETS_MAX)
			cli_misuse(&cli, "--set: more than %d", SETS_MAX);
		request->sets[request->set_count++] = value;
		break;
	case ENV:
		env_option(sim, value);
		break;
	case HOOK:
		request->hook = (enum node_hook)name_option("--hook", value,
			hook_names, 2);
		break;
	case HOPS:
		sim->is_path = true;
		sim->node_count = (unsigned)cli_number(&cli, "--hops", value, 1,
			SIM_NODES_MAX);
		break;
	case REPEAT:
		request->repeat = (unsigned)cli_number(&cli, "--repeat", value,
			1, REPEAT_MAX);
		break;
	case INTERVAL:
		sim->interval_ns = cli_duration(&cli, "--interval", value);
		break;
	case TIME:
		request->has_time = true;
		sim->time_ns = time_option(value);
		break;
	case STORE:
		request->store = value;
		break;
	case CAPACITY:
		sim->capacity = cli_number(&cli, "--capacity", value, 1,
			CAPACITY_MAX);
		break;
	case ROLE:
		sim->role = (enum node_role)name_option("--role", value,
			role_names, 3);
		break;
	case OPERATOR:
		sim->is_operator = true;
		break;
	case BACK:
		sim->is_back = true;
		break;
	case SIX:
		sim->v6 = true;
		break;
	case SEED:
		sim->seed = cli_number(&cli, "--seed", value, 0, UINT64_MAX);
		break;
	case TRACE:
		request->trace = true;
		break;
	case JSON:
		request->json = true;
		break;
	}
}

static void
read_options(int argc, char **argv, struct request *request)
{
	const char *value;
	int option;

	while ((option = cli_next(&cli, argc, argv, &value)) >= 0)
		read_option(request, option, value);
	request->input = cli_operand(&cli, argc, argv);
	if (request->hook && request->sim.is_path)
		cli_misuse(&cli, "--hook is for one node, and --hops for a "
			"path, which has both hooks");
}

/* Change the object as the options say. */
static void
change_object(const struct request *request, struct object *object)
{
	struct diag diag;

	for (unsigned i = 0; i < object->notes.random_count; i++) {
		const struct notes_random *random = &object->notes.randoms[i];
		uint64_t key = key_in_space(random->space,
			sim_draw(request->sim.seed, random->first));

		object_put_word(object, random->first, (uint32_t)(key >> 32));
		object_put_word(object, random->first + 1, (uint32_t)key);
	}
	for (unsigned i = 0; i < request->set_count; i++) {
		char *name;
		const char *value = cli_assignment(&cli, "--set",
			request->sets[i], &name);

		if (!object_set(object, name, value, &diag))
			cli_misuse(&cli, "--set: %s%s%s", diag.text,
				*diag.hint ? "; " : "", diag.hint);
		free(name);
	}
	if (!request->sim.is_back)
		return;
	object->header.flags |= PACKET_FLAG_RETURNED;
	packet_put_header(object->packet, &object->header);
	packet_set_checksum(object->packet, object->size);
	object->header.checksum =
		packet_get16(object->packet + PACKET_OFF_CHECKSUM);
}

static struct report
report_of(const struct session *session, const struct sim_packet *packet)
{
	return (struct report){&session->object.notes,
		packet->ip + packet->info.wasp_off, &packet->info.wasp,
		session->object.header.cursor};
}

/*
 * Printing for people.
 */

static void
print_step(void *arg, const struct trace_step *step)
{
	struct session *session = arg;

	if (session->request->json)
		json_array_append_new(session->steps, trace_json(step));
	else
		trace_print(stdout, step);
}

static const char *
plural(unsigned count)
{
	return count == 1 ? "" : "s";
}

/* "node 192.0.2.1, ingress: forward; 7 steps, cost 30, 1 store access" */
static void
print_run(const struct session *session, const struct sim_run *run)
{
	const struct node_outcome *outcome = &run->outcome;
	char addr[IP_TEXT_SIZE];

	if (session->request->repeat > 1)
		printf("%u: ", session->packet);
	printf("node %s, %s: %s%s", ip_addr_text(run->addr, addr),
		hook_names[run->hook], verdict_names[outcome->verdict],
		outcome->fault ? " with a fault" : "");
	if (outcome->rerouted)
		printf(" to %s", ip_addr_text(outcome->reroute_to, addr));
	printf("; %u step%s, cost %u", outcome->steps, plural(outcome->steps),
		outcome->cost);
	if (outcome->accesses)
		printf(", %u store access%s", outcome->accesses,
			outcome->accesses == 1 ? "" : "es");
	putchar('\n');
}

/* Why a packet does not run at a hook, for a sentence. */
static const char *
why_not(const struct packet_header *header, enum node_hook hook)
{
	if (header->status & PACKET_STATUS_FAULT)
		return "it ended with a fault before";
	if (!(header->flags & (hook == NODE_INGRESS ? PACKET_FLAG_INGRESS :
	    PACKET_FLAG_EGRESS)))
		return hook == NODE_INGRESS ? "it has no hook ingress" :
			"it has no hook egress";
	return "it is on its way back and has no hook back";
}

static void
print_report(const struct session *session, const struct sim_packet *packet)
{
	struct report report = report_of(session, packet);

	report_print_status(stdout, &report);
	report_print_words(stdout, &report);
}

static void
print_entry(const json_t *entry, bool is_path)
{
	static const char *const spaces[] = KEY_SPACE_NAMES;
	const char *key = json_string_value(json_object_get(entry, "key"));
	json_t *words = json_object_get(entry, "words");

	printf("  ");
	if (is_path)
		printf("node %-3" JSON_INTEGER_FORMAT "  ", json_integer_value(
			json_object_get(entry, "node")));
	printf("%-10s %s  %5" JSON_INTEGER_FORMAT " ms ",
		spaces[key_space(strtoull(key, NULL, 16))], key,
		json_integer_value(json_object_get(entry, "age_ms")));
	for (size_t i = 0; i < json_array_size(words); i++)
		printf(" %" JSON_INTEGER_FORMAT,
			json_integer_value(json_array_get(words, i)));
	putchar('\n');
}

static json_t *
stores_json(const struct session *session, unsigned first, unsigned last)
{
	json_t *array = json_array();

	for (unsigned node = first; node <= last; node++)
		array = store_json_append(array, node,
			sim_store(session->sim, node), sim_time(session->sim));
	return array;
}

static void
print_stores(const struct session *session)
{
	json_t *stores = stores_json(session, 1,
		session->request->sim.node_count);
	size_t count = json_array_size(stores);

	if (count)
		printf("store: %zu %s\n", count,
			count == 1 ? "entry" : "entries");
	for (size_t i = 0; i < count; i++)
		print_entry(json_array_get(stores, i),
			session->request->sim.is_path);
	json_decref(stores);
}

static void
print_fate(const struct session *session, const struct sim_packet *packet,
	enum sim_fate fate, unsigned node)
{
	uint64_t ns = sim_time(session->sim) - sim_started(session->sim);
	char addr[IP_TEXT_SIZE];

	if (session->request->repeat > 1)
		printf("%u: ", session->packet);
	if (fate == SIM_RETURNED)
		printf("came back to the source");
	else if (fate == SIM_ARRIVED)
		printf("arrived at its destination, node %u", node);
	else if (fate == SIM_REROUTED)
		printf("rerouted to %s by node %u",
			ip_addr_text(packet->info.dst, addr), node);
	else
		printf("%s at node %u", fate_names[fate], node);
	printf(" after %" PRIu64 ".%03u ms; hops %u\n", ns / 1000000,
		(unsigned)(ns / 1000 % 1000), packet->info.wasp.hops);
}

/*
 * Printing as JSON.
 */

/* What one run did, and the packet after it. */
static json_t *
run_json(const struct session *session, const struct sim_run *run,
	const struct sim_packet *packet)
{
	const struct node_outcome *outcome = &run->outcome;
	struct report report = report_of(session, packet);
	json_t *json;

	json = json_pack("{s:i, s:s, s:i, s:i, s:s, s:I, s:b, s:s, s:i, s:i, s:i}",
		"v", 1, "type", "run", "packet", session->packet,
		"node", run->node,
		"hook", hook_names[run->hook],
		"time_ns", (json_int_t)run->time_ns,
		"executed", outcome->executed,
		"verdict", verdict_names[outcome->verdict],
		"steps", outcome->steps, "cost", outcome->cost,
		"accesses", outcome->accesses);
	json_object_update_new(json, report_json(&report));
	if (!outcome->executed)
		json_object_set_new(json, "reason", json_string(
			why_not(&packet->info.wasp, run->hook)));
	if (session->request->trace)
		json_object_set(json, "trace", session->steps);
	json_object_set_new(json, "store",
		stores_json(session, run->node, run->node));
	return json;
}

static json_t *
fate_json(const struct session *session, const struct sim_packet *packet,
	enum sim_fate fate, unsigned node, bool executed)
{
	struct report report = report_of(session, packet);
	json_t *json;

	json = json_pack("{s:i, s:s, s:i, s:s, s:i, s:I, s:b}", "v", 1,
		"type", "end", "packet", session->packet,
		"fate", fate_names[fate],
		"node", node, "time_ns", (json_int_t)sim_time(session->sim),
		"executed", executed);
	json_object_update_new(json, report_json(&report));
	return json;
}

/*
 * Running.
 */

static void
begin_run(void *arg, const struct sim_run *run, const struct sim_packet *packet)
{
	struct session *session = arg;
	char addr[IP_TEXT_SIZE];

	session->tracer = (struct tracer){.notes = &session->object.notes,
		.sink = print_step, .arg = session};
	if (!session->request->trace)
		return;
	if (session->request->json)
		session->steps = json_array();
	else if (node_runs(&packet->info.wasp, run->hook))
		printf("node %s, %s\n", ip_addr_text(run->addr, addr),
			hook_names[run->hook]);
}

static void
end_run(void *arg, const struct sim_run *run, const struct sim_packet *packet)
{
	struct session *session = arg;
	bool is_path = session->request->sim.is_path;

	trace_end(&session->tracer, run->outcome.verdict, run->outcome.fault);
	session->runs += run->outcome.executed;
	session->faults += run->outcome.fault != ISA_FAULT_NONE;
	if (is_path && !run->outcome.executed)
		; /* nothing happened there */
	else if (session->request->json)
		cli_print_json(&cli, run_json(session, run, packet));
	else if (run->outcome.executed)
		print_run(session, run);
	else
		printf("not run: %s\n", why_not(&packet->info.wasp, run->hook));
	if (!is_path && !session->request->json)
		print_report(session, packet);
	json_decref(session->steps);
	session->steps = NULL;
}

/* The tracer begins anew with each run, so the machine is given the session. */
static void
trace_step(struct vm *vm, void *arg)
{
	trace_hook(vm, &((struct session *)arg)->tracer);
}

static enum node_hook
first_hook(const struct packet_header *header)
{
	unsigned hooks = header->flags &
		(PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS);

	return hooks == PACKET_FLAG_EGRESS ? NODE_EGRESS : NODE_INGRESS;
}

static void
send_packet(struct session *session, struct sim_packet *packet,
	const struct sim_watch *watch)
{
	unsigned node, runs = session->runs;
	enum sim_fate fate = sim_send(session->sim, packet, watch, &node);

	if (session->request->json) {
		cli_print_json(&cli, fate_json(session, packet, fate, node,
			session->runs > runs));
		return;
	}
	if (session->runs == runs)
		puts("no node ran it");
	print_fate(session, packet, fate, node);
	print_report(session, packet);
}

static void
run_packet(struct session *session)
{
	const struct request *request = session->request;
	struct sim_watch watch = {.begin = begin_run, .end = end_run,
		.trace = request->trace ? trace_step : NULL, .arg = session};
	struct sim_packet packet;
	enum ip_error error = sim_packet_make(session->sim, &session->object,
		&packet);

	if (error)
		cli_die(&cli, CLI_INPUT, "%s: routers take it for plain IP: %s",
			cli_file_name(request->input), ip_error_text(error));
	if (request->sim.is_path)
		send_packet(session, &packet, &watch);
	else
		sim_visit(session->sim, request->hook ? request->hook :
			first_hook(&packet.info.wasp), &packet, &watch);
}

/* The saved stores, or NULL without a file; exits where it is damaged. */
static json_t *
read_stores(const struct request *request, struct diag_printer *printer,
	uint64_t *latest_ns)
{
	json_t *stores;
	size_t size;
	char *text;

	*latest_ns = 0;
	if (!request->store || access(request->store, F_OK))
		return NULL;
	text = cli_read(&cli, request->store, &size);
	stores = store_json_parse(text, size, request->store,
		request->sim.node_count, latest_ns, diag_printer_sink, printer);
	free(text);
	if (!stores)
		exit(CLI_INPUT);
	return stores;
}

static void
start(struct session *session, struct request *request)
{
	struct diag_printer printer = {.out = stderr, .json = request->json};
	uint64_t latest_ns;
	json_t *stores = read_stores(request, &printer, &latest_ns);

	if (!request->has_time && latest_ns > request->sim.time_ns)
		request->sim.time_ns = latest_ns;
	session->sim = sim_new(&request->sim);
	if (!session->sim)
		cli_die(&cli, CLI_SYSTEM, "out of memory");
	for (unsigned node = 1; node <= request->sim.node_count; node++)
		if (!store_json_restore(stores, node,
		    sim_store(session->sim, node), request->sim.time_ns,
		    request->store, diag_printer_sink, &printer))
			exit(CLI_INPUT);
	json_decref(stores);
}

/* An entry a line, so that two files can be compared. */
static void
write_stores(const struct session *session)
{
	json_t *stores = stores_json(session, 1,
		session->request->sim.node_count);
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out || !stores)
		cli_die(&cli, CLI_SYSTEM, "out of memory");
	for (size_t i = 0; i < json_array_size(stores); i++) {
		fputs(i ? ",\n " : "[", out);
		json_dumpf(json_array_get(stores, i), out, 0);
	}
	fputs(json_array_size(stores) ? "]\n" : "[]\n", out);
	if (fclose(out))
		cli_die(&cli, CLI_SYSTEM, "out of memory");
	cli_write(&cli, session->request->store, text, size, false);
	free(text);
	json_decref(stores);
}

int
main(int argc, char **argv)
{
	struct request request = {.repeat = 1, .sim = {
		.node_count = 1, .time_ns = TIME_DEFAULT_NS,
		.interval_ns = INTERVAL_DEFAULT_NS,
		.capacity = CAPACITY_DEFAULT, .role = NODE_CLIENT}};
	struct session session = {.request = &request};

	read_options(argc, argv, &request);
	cli_read_object(&cli, request.input, request.json, &session.object);
	change_object(&request, &session.object);
	start(&session, &request);
	for (session.packet = 1; session.packet <= request.repeat;
	    session.packet++) {
		if (session.packet > 1)
			sim_next(session.sim);
		run_packet(&session);
	}
	if (!request.json)
		print_stores(&session);
	if (request.store)
		write_stores(&session);
	sim_free(session.sim);
	object_done(&session.object);
	cli_close(&cli);
	return session.faults ? CLI_NO : CLI_YES;
}
