/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line of wasp-run; see request-main.h. */
#include <config.h>

#include "run/request-main.h"

#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

enum {
	SET, ENV, HOOK, HOPS, REPEAT, INTERVAL, TIME, STORE, LOAD, CAPACITY, ROLE,
	OPERATOR, BACK, SIX, SEED, OUTPUT, DEBUG, COMMANDS, TRACE, PROFILE,
	COVERAGE, REPORT, ENGINE, JSON, INPUT
};
/* A letter that wasp-send or wasp-dump has means the same here. */
static const struct cli_option options[] = {
	{'s', "set", "NAME=VALUE", "a number or an address for scratchpad words"},
	{'e', "env", "FIELD=VALUE", "what an environment field reads"},
	{'k', "hook", "HOOK", "ingress|egress (default: its first)"},
	{0, "hops", "N", "over a path of N nodes, the last the destination"},
	{'c', "repeat", "N", "run, or send, the same packet N times"},
	{'i', "interval", "TIME", "time between two of them (default 1ms)"},
	{0, "time", "SECONDS", "the clock at the start, since 1970"},
	{0, "store", "FILE", "read the store from FILE, and write it back"},
	{0, "load", "FILE", "read the store from FILE, which stays as it is"},
	{0, "capacity", "N", "entries that fit in a store (default 1024)"},
	{0, "role", "ROLE", "of the way in: client|guest|internal"},
	{0, "operator", NULL, "the packet is the operator's own"},
	{0, "back", NULL, "the packet is on its way back"},
	{'6', "ipv6", NULL, "over IPv6"},
	{0, "seed", "N", "of secrets, random words, delays and queues"},
	{'o', "output", "FILE", "write what goes over links as a capture"},
	{0, "debug", NULL, "go through it by commands, forward and back"},
	{'x', "commands", "FILE", "debug by the commands of FILE"},
	{0, "trace", NULL, "print each step"},
	{0, "profile", NULL, "print where steps and cost went"},
	{0, "coverage", "FILE", "add to FILE what was executed"},
	{0, "report", "FORM", "print --coverage FILE as text|lcov, run nothing"},
	{0, "engine", NULL, "answer wasp-conform instead"},
	{0, "json", NULL, "print JSON lines"},
	CLI_INPUT_OPTIONS('n'),
	CLI_NUMBERS_OPTIONS,
	{0}
};
static struct diag_filter warnings;
const struct cli request_cli = {"wasp-run", "[FILE]",
	"Run a WASP program over simulated nodes.", options, &warnings};
static const struct cli *const cli = &request_cli;

static const char *const hook_names[] = {NULL, PACKET_HOOK_NAMES};
static const char *const role_names[] = {NULL, ISA_ROLE_NAMES};
static const char *const report_names[] = {NULL, "text", "lcov"};

enum {
	REPEAT_MAX = 1000000,
	CAPACITY_DEFAULT = 1024,
	CAPACITY_MAX = 1 << 20,
	INTERVAL_DEFAULT_NS = 1000000
};
#define TIME_DEFAULT_NS (UINT64_C(1700000000) * 1000000000)


/* One of the names, from 1 on. */
static int
name_option(const char *option, const char *value, const char *const *names,
	int count)
{
	for (int i = 1; i <= count; i++)
		if (!strcmp(value, names[i]))
			return i;
	cli_misuse(cli, "%s: '%s' is neither %s nor %s%s%s", option, value,
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
		cli_misuse(cli, "--time: '%s' is not a number of seconds since "
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
		cli_misuse(cli, "--env %s: '%s' is not an address", name,
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
		cli_misuse(cli, "--env: there is no field '%s'; did you mean "
			"%s?", name, like);
	cli_misuse(cli, "--env: there is no field '%s'; wasp-isa(7) lists them",
		name);
}

static void
env_option(struct sim_config *sim, const char *assignment)
{
	char *name, option[64];
	const char *value = cli_assignment(cli, "--env", assignment, &name);
	int field = isa_env_number(name);
	uint8_t addr[IP_ADDR_SIZE];

	snprintf(option, sizeof(option), "--env %s", name);
	if (field < 0 && set_address(sim, name, value)) {
		free(name);
		return;
	}
	if (field < 0)
		unknown_field(name);
	if (field == ISA_ENV_HOPS)
		cli_misuse(cli, "--env: hops is counted in the packet, which "
			".header hops of the source can set");
	free(name);
	if (!strcmp(value, "unknown"))
		set_field(sim, (unsigned)field, ISA_ENV_UNKNOWN);
	else if (isa_envs[field].show == ISA_SHOW_ADDR &&
	    ip_addr_parse(value, addr) && ip_addr_is_v4(addr))
		set_field(sim, (unsigned)field,
			packet_get32(addr + IP_ADDR_SIZE - PACKET_WORD_SIZE));
	else
		set_field(sim, (unsigned)field, (uint32_t)cli_number(cli,
			option, value, 0, UINT32_MAX));
}

static void
read_option(struct request *request, int option, const char *value)
{
	struct sim_config *sim = &request->sim;

	switch (option) {
	case SET:
		if (request->set_count == REQUEST_SETS_MAX)
			cli_misuse(cli, "--set: more than %d",
				REQUEST_SETS_MAX);
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
		sim->node_count = (unsigned)cli_number(cli, "--hops", value, 1,
			SIM_NODES_MAX);
		break;
	case REPEAT:
		request->repeat = (unsigned)cli_number(cli, "--repeat", value,
			1, REPEAT_MAX);
		break;
	case INTERVAL:
		sim->interval_ns = cli_duration(cli, "--interval", value);
		break;
	case TIME:
		request->has_time = true;
		sim->time_ns = time_option(value);
		break;
	case STORE:
		request->store = value;
		break;
	case LOAD:
		request->load = value;
		break;
	case CAPACITY:
		sim->capacity = cli_number(cli, "--capacity", value, 1,
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
		request->is_back = true;
		break;
	case SIX:
		sim->v6 = true;
		break;
	case SEED:
		sim->seed = cli_number(cli, "--seed", value, 0, UINT64_MAX);
		break;
	case OUTPUT:
		if (!strcmp(value, "-"))
			cli_misuse(cli, "--output needs a file: standard "
				"output is for what happened");
		request->output = value;
		break;
	case DEBUG:
		request->debug = true;
		break;
	case COMMANDS:
		request->debug = true;
		request->commands = value;
		break;
	case TRACE:
		request->trace = true;
		break;
	case PROFILE:
		request->profile = true;
		break;
	case COVERAGE:
		request->coverage = value;
		break;
	case REPORT:
		request->report = (enum request_report)name_option("--report",
			value, report_names, 2);
		break;
	case ENGINE:
		request->engine = true;
		break;
	case JSON:
		request->json = true;
		break;
	default:
		cli_input_option(cli, &request->in, option - INPUT, value);
	}
}

void
request_read(struct request *request, int argc, char **argv)
{
	const char *value;
	int option;

	*request = (struct request){.repeat = 1, .sim = {
		.node_count = 1, .time_ns = TIME_DEFAULT_NS,
		.interval_ns = INTERVAL_DEFAULT_NS,
		.capacity = CAPACITY_DEFAULT, .role = NODE_CLIENT}};
	while ((option = cli_next(cli, argc, argv, &value)) >= 0)
		read_option(request, option, value);
	request->in.path = cli_operand(cli, argc, argv);
	if (request->store && request->load)
		cli_misuse(cli, "--store and --load both name a saved store");
	if (request->debug && (request->json || request->trace))
		cli_misuse(cli, "--debug shows steps as they are asked for, "
			"without --trace and --json");
	if (request->debug && request->repeat > REQUEST_DEBUG_REPEAT_MAX)
		cli_misuse(cli, "--debug keeps every step, so --repeat is at "
			"most %d", REQUEST_DEBUG_REPEAT_MAX);
	if (request->debug && (request->coverage || request->profile))
		cli_misuse(cli, "--coverage and --profile are of runs as they "
			"are, without --debug");
	if (request->debug && request->output)
		cli_misuse(cli, "--output is of runs as they are, without "
			"--debug");
	if (request->report && (!request->coverage || request->in.path))
		cli_misuse(cli, "--report prints the file of --coverage, and "
			"runs nothing");
	if (request->engine && request->in.path)
		cli_misuse(cli, "--engine reads requests, and no program");
	if (request->hook && request->sim.is_path)
		cli_misuse(cli, "--hook is for one node, and --hops "
			"for a path, which has both hooks");
}
