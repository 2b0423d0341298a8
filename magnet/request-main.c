/* SPDX-License-Identifier: BSD-2-Clause */
/* The options of wasp-magnet; see request-main.h. */
#include <config.h>

#include "magnet/request-main.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum {
	METRIC, ADDRESS, SERVICE_PORT, EVERY, COUNT, FIRST, IPV4, IPV6, TIMEOUT,
	INTERFACE, SOURCE, PROTOCOL, UDP, PORT, JSON, OPTION_COUNT
};
static const struct cli_option options[] = {
	{'m', "metric", "N", "advertise: the smallest is best (100)"},
	{'a', "address", "ADDRESS", "advertise: where it is (own address)"},
	{'p', "service-port", "N", "advertise: its port (none)"},
	{'e', "every", "TIME", "advertise: so often (500ms)"},
	{'c', "count", "N", "advertise: so many times (until told to end)"},
	{'f', "first", NULL, "find: the first answer will do"},
	{'4', "ipv4", NULL, "take the IPv4 address of a name"},
	{'6', "ipv6", NULL, "take the IPv6 address of a name"},
	{'W', "timeout", "TIME", "wait for each answer (1s)"},
	{'I', "interface", "NAME", "send and listen on this interface only"},
	{'S', "source", "ADDRESS", "source address (default: as routed)"},
	{'P', "protocol", "N", "IP protocol that carries WASP (253)"},
	{'u', "udp", NULL, "find, list: carry it in UDP"},
	{0, "port", "N", "find, list: carry it in UDP, to this port (1021)"},
	{0, "json", NULL, "print JSON, one object a line"},
	{0}
};
const struct cli request_cli = {"wasp-magnet",
	"advertise|find|list SERVICE TARGET...",
	"Advertise a service at the routers on a path, and find it.", options,
	NULL};

#define SECOND_NS UINT64_C(1000000000)
#define EVERY_MIN_NS (SECOND_NS / 100)
#define EVERY_DEFAULT_NS (SECOND_NS / 2)
#define TIMEOUT_MIN_NS (SECOND_NS / 1000)
enum { METRIC_DEFAULT = 100 };

/* Which options belong to which command; those not here to all. */
static const struct {
	int option;
	bool is_providers;
} belongs[] = {
	{METRIC, true}, {ADDRESS, true}, {SERVICE_PORT, true}, {EVERY, true},
	{COUNT, true}, {FIRST, false}, {UDP, false}, {PORT, false}
};

/* The values while they are read. */
struct reading {
	struct request *request;
	struct ip_form form;
	bool given[OPTION_COUNT];
};

static unsigned
number(const char *option, const char *value, unsigned min, unsigned max)
{
	return (unsigned)cli_number(&request_cli, option, value, min, max);
}

static uint64_t
duration(const char *option, const char *value, uint64_t min_ns)
{
	uint64_t ns = cli_duration(&request_cli, option, value);

	if (ns < min_ns)
		cli_misuse(&request_cli, "%s: '%s' is less than %ums", option,
			value, (unsigned)(min_ns / 1000000));
	return ns;
}

static void
read_addr(const char *option, const char *value,
	uint8_t addr[static IP_ADDR_SIZE])
{
	if (!ip_addr_parse(value, addr))
		cli_misuse(&request_cli, "%s: '%s' is not an address", option,
			value);
}

static void
add_address(struct request *request, const char *value)
{
	uint8_t addr[IP_ADDR_SIZE];
	unsigned i;

	read_addr("--address", value, addr);
	i = ip_addr_is_v4(addr) ? 0 : 1;
	if (request->addr_given[i])
		cli_misuse(&request_cli, "--address: '%s' is a second address "
			"of its family", value);
	request->addr_given[i] = true;
	memcpy(request->addrs[i], addr, IP_ADDR_SIZE);
}

static void
read_option(struct reading *r, int option, const char *value)
{
	struct request *request = r->request;

	r->given[option] = true;
	switch (option) {
	case METRIC:
		request->metric = (uint16_t)number("--metric", value, 0,
			UINT16_MAX);
		break;
	case ADDRESS:
		add_address(request, value);
		break;
	case SERVICE_PORT:
		request->port = (uint16_t)number("--service-port", value, 0,
			UINT16_MAX);
		break;
	case EVERY:
		request->every_ns = duration("--every", value, EVERY_MIN_NS);
		break;
	case COUNT:
		request->count = number("--count", value, 1, UINT16_MAX);
		break;
	case FIRST:
		request->first = true;
		break;
	case IPV4:
		r->form.family = 4;
		break;
	case IPV6:
		r->form.family = 6;
		break;
	case TIMEOUT:
		request->timeout_ns = duration("--timeout", value,
			TIMEOUT_MIN_NS);
		break;
	case INTERFACE:
		request->if_name = value;
		break;
	case SOURCE:
		read_addr("--source", value, request->src_addr);
		request->src = request->src_addr;
		break;
	case PROTOCOL:
		r->form.protocol = (uint8_t)number("--protocol", value, 1,
			255);
		break;
	case PORT:
		r->form.dport = (uint16_t)number("--port", value, 1,
			UINT16_MAX);
		r->form.udp = true;
		break;
	case UDP:
		r->form.udp = true;
		break;
	case JSON:
		request->json = true;
		break;
	}
}

static const char *const commands[] = {
	[REQUEST_ADVERTISE] = "advertise", [REQUEST_FIND] = "find",
	[REQUEST_LIST] = "list"
};

static void
read_command(struct request *request, const char *text)
{
	for (unsigned i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (!strcmp(text, commands[i])) {
			request->command = (enum request_command)i;
			return;
		}
	cli_misuse(&request_cli, "'%s' is no command; there are advertise, "
		"find and list", text);
}

static void
check_options(const struct reading *r)
{
	bool is_provider = r->request->command == REQUEST_ADVERTISE;

	for (unsigned i = 0; i < sizeof(belongs) / sizeof(*belongs); i++)
		if (r->given[belongs[i].option] &&
		    belongs[i].is_providers != is_provider)
			cli_misuse(&request_cli, "%s has no option --%s",
				commands[r->request->command],
				options[belongs[i].option].name);
	if (r->given[FIRST] && r->request->command == REQUEST_LIST)
		cli_misuse(&request_cli, "list has no option --first");
}

static void
read_target(struct reading *r, const char *text)
{
	struct request *request = r->request;
	struct request_target *target;

	if (request->target_count == LISTEN_MAX)
		cli_misuse(&request_cli, "there are more than %d targets",
			LISTEN_MAX);
	target = &request->targets[request->target_count++];
	target->text = text;
	target->form = r->form;
	target->form.family = cli_address(&request_cli, r->form.family, text,
		target->form.dst);
	if (request->src && ip_addr_is_v4(request->src) !=
	    (target->form.family == 4))
		cli_misuse(&request_cli, "--source is not of the family of %s",
			text);
}

/* An address that no target is told of is a mistake. */
static void
check_addresses(const struct request *request)
{
	for (unsigned i = 0; i < 2; i++) {
		bool used = !request->addr_given[i];

		for (unsigned t = 0; t < request->target_count; t++)
			used |= request->targets[t].form.family == (i ? 6 : 4);
		if (!used)
			cli_misuse(&request_cli, "--address: no target is an "
				"IPv%d address", i ? 6 : 4);
	}
}

static void
read_operands(struct reading *r, int argc, char **argv)
{
	struct request *request = r->request;

	if (argc > optind)
		read_command(request, argv[optind]);
	if (argc - optind < 3)
		cli_misuse(&request_cli, "a command, SERVICE and TARGET are "
			"needed");
	check_options(r);
	if (!service_name(argv[optind + 1], request->service))
		cli_misuse(&request_cli, "'%s' is no name of a service: 1 to "
			"%d letters, digits and any of . _ + / -",
			argv[optind + 1], SERVICE_NAME_MAX);
	if (request->command != REQUEST_ADVERTISE && argc - optind > 3)
		cli_misuse(&request_cli, "one TARGET is allowed, and '%s' is "
			"a second", argv[optind + 3]);
	for (int i = optind + 2; i < argc; i++)
		read_target(r, argv[i]);
	check_addresses(request);
}

void
request_read(struct request *request, int argc, char **argv)
{
	struct reading r = {.request = request, .form = {
		.hop_limit = PACKET_RETURN_HOP_LIMIT,
		.protocol = PACKET_PROTOCOL, .dport = PACKET_UDP_PORT}};
	const char *value;
	int option;

	*request = (struct request){.metric = METRIC_DEFAULT,
		.every_ns = EVERY_DEFAULT_NS, .timeout_ns = SECOND_NS};
	while ((option = cli_next(&request_cli, argc, argv, &value)) >= 0)
		read_option(&r, option, value);
	request->numbers = (struct ip_numbers){r.form.protocol, r.form.dport};
	read_operands(&r, argc, argv);
}

void
request_die(const struct send_error *error)
{
	if (error->kind == SEND_ERROR_PERMISSION)
		cli_die_without_raw(&request_cli, error->text);
	cli_die(&request_cli, error->kind == SEND_ERROR_USAGE ? CLI_USAGE :
		CLI_SYSTEM, "%s", error->text);
}

void
request_open(const struct request *request,
	const struct request_target *target, struct object *object,
	struct line *line)
{
	struct send_error error;

	line->probe = (struct probe){object, target->form, request->numbers, 0};
	if (getrandom(&line->probe.ident, sizeof(line->probe.ident), 0) !=
	    sizeof(line->probe.ident))
		cli_die(&request_cli, CLI_SYSTEM, "no random bytes: %s",
			strerror(errno));
	if (!line_find(line, request->if_name, request->src, &error) ||
	    !line_open(line, request->if_name, request->src, &error) ||
	    !line_fits(line, &error))
		request_die(&error);
}
