/* SPDX-License-Identifier: BSD-2-Clause */
/* The options of wasp-send; see request-main.h. */
#include <config.h>

#include "wasp-send/request-main.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "cli/cli.h"

enum {
	IPV4, IPV6, COUNT, INTERVAL, TIMEOUT, HOP_LIMIT, TRAFFIC_CLASS, INTERFACE, SOURCE,
	SET, IDENT, PROTOCOL, UDP, PORT, SOURCE_PORT, FLOW_LABEL, DRY_RUN, OUTPUT, FORCE, QUIET, VERBOSE,
	JSON, INPUT
};
static const struct cli_option options[] = {
	{'4', "ipv4", NULL, "send IPv4"},
	{'6', "ipv6", NULL, "send IPv6"},
	{'c', "count", "N", "send N packets, one after the other (1)"},
	{'i', "interval", "TIME", "from one packet to the next (1s)"},
	{'W', "timeout", "TIME", "wait for each answer (1s); 0: do not wait"},
	{'t', "hop-limit", "N", "hop limit, or time to live (64)"},
	{'Q', "traffic-class", "N", "traffic class: DSCP and ECN (0)"},
	{'I', "interface", "NAME", "send and listen on this interface only"},
	{'S', "source", "ADDRESS", "source address (default: as routed)"},
	{'s', "set", "NAME=VALUE", "set a scratchpad word before sending"},
	{0, "ident", "N", "identifier of the packets (default: random)"},
	{'P', "protocol", "N", "IP protocol that carries WASP (253)"},
	{'u', "udp", NULL, "carry it in UDP"},
	{0, "port", "N", "carry it in UDP, to this port (1021)"},
	{0, "source-port", "N", "carry it in UDP, from this port (any)"},
	{0, "flow-label", "N", "flow label of IPv6 (0)"},
	{'n', "dry-run", NULL, "print the first packet, send nothing"},
	{'o', "output", "FILE", "write all packets as a capture, send nothing"},
	{'f', "force", NULL, "send what wasp-verify refuses"},
	{'q', "quiet", NULL, "print only the summary"},
	{'v', "verbose", NULL, "print drawn keys and verifier's warnings too"},
	{0, "json", NULL, "print JSON, one object a line"},
	CLI_INPUT_OPTIONS(0),
	{0}
};
static struct diag_filter warnings;
const struct cli request_cli = {"wasp-send", "FILE ADDRESS",
	"Send a WASP object and print what it brings back.", options,
	&warnings};

#define SECOND_NS UINT64_C(1000000000)
enum { INTERVAL_MIN_NS = 1000000, FLOW_LABEL_MAX = 0xfffff };

static unsigned
number(const char *option, const char *value, unsigned min, unsigned max)
{
	return (unsigned)cli_number(&request_cli, option, value, min, max);
}

static uint64_t
interval(const char *value)
{
	uint64_t ns = cli_duration(&request_cli, "--interval", value);

	if (ns < INTERVAL_MIN_NS)
		cli_misuse(&request_cli, "--interval: '%s' is less than 1ms",
			value);
	return ns;
}

static void
read_source(struct request *request, const char *value)
{
	if (!ip_addr_parse(value, request->form.src))
		cli_misuse(&request_cli, "--source: '%s' is not an address",
			value);
	request->source_given = true;
}

static void
add_set(struct request *request, const char *value)
{
	if (request->set_count == REQUEST_SETS_MAX)
		cli_misuse(&request_cli, "--set is given more than %d times",
			REQUEST_SETS_MAX);
	request->sets[request->set_count++] = value;
}

static void
read_option(struct request *request, int option, const char *value)
{
	struct ip_form *form = &request->form;

	switch (option) {
	case IPV4:
		request->form.family = 4;
		break;
	case IPV6:
		request->form.family = 6;
		break;
	case COUNT:
		request->count = number("--count", value, 1, UINT16_MAX);
		break;
	case INTERVAL:
		request->interval_ns = interval(value);
		break;
	case TIMEOUT:
		request->timeout_ns = cli_duration(&request_cli, "--timeout",
			value);
		break;
	case HOP_LIMIT:
		form->hop_limit = (uint8_t)number("--hop-limit", value, 1, 255);
		break;
	case TRAFFIC_CLASS:
		form->traffic_class = (uint8_t)number("--traffic-class", value,
			0, 255);
		break;
	case INTERFACE:
		request->if_name = value;
		break;
	case SOURCE:
		read_source(request, value);
		break;
	case SET:
		add_set(request, value);
		break;
	case IDENT:
		request->ident = (uint16_t)number("--ident", value, 0,
			UINT16_MAX);
		request->ident_given = true;
		break;
	case PROTOCOL:
		form->protocol = (uint8_t)number("--protocol", value, 1, 255);
		break;
	case PORT:
		form->dport = (uint16_t)number("--port", value, 1, UINT16_MAX);
		form->udp = true;
		break;
	case UDP:
		form->udp = true;
		break;
	case SOURCE_PORT:
		form->sport = (uint16_t)number("--source-port", value, 1,
			UINT16_MAX);
		form->udp = true;
		break;
	case FLOW_LABEL:
		form->flow_label = number("--flow-label", value, 0,
			FLOW_LABEL_MAX);
		break;
	case DRY_RUN:
		request->dry_run = true;
		break;
	case OUTPUT:
		request->output = value;
		request->dry_run = true;
		break;
	case FORCE:
		request->force = true;
		break;
	case QUIET:
		request->quiet = true;
		break;
	case VERBOSE:
		request->verbose = true;
		break;
	case JSON:
		request->json = true;
		break;
	default:
		cli_input_option(&request_cli, &request->in, option - INPUT,
			value);
	}
}

static void
read_operands(struct request *request, int argc, char **argv)
{
	struct ip_form *form = &request->form;

	if (argc - optind < 2)
		cli_misuse(&request_cli, "FILE and ADDRESS are needed");
	if (argc - optind > 2)
		cli_misuse(&request_cli, "two operands are allowed, and '%s' "
			"is a third", argv[optind + 2]);
	request->in.path = argv[optind];
	form->family = cli_address(&request_cli, form->family,
		argv[optind + 1], form->dst);
	if (request->source_given &&
	    ip_addr_is_v4(form->src) != ip_addr_is_v4(form->dst))
		cli_misuse(&request_cli, "source and destination are not of "
			"one family");
	if (form->flow_label && form->family == 4)
		cli_misuse(&request_cli, "--flow-label: IPv4 has none");
}

void
request_read(struct request *request, int argc, char **argv)
{
	const char *value;
	int option;

	*request = (struct request){.count = 1, .interval_ns = SECOND_NS,
		.timeout_ns = SECOND_NS};
	request->form.hop_limit = PACKET_RETURN_HOP_LIMIT;
	request->form.protocol = PACKET_PROTOCOL;
	request->form.dport = PACKET_UDP_PORT;
	while ((option = cli_next(&request_cli, argc, argv, &value)) >= 0)
		read_option(request, option, value);
	read_operands(request, argc, argv);
	request->in.numbers = (struct ip_numbers){request->form.protocol,
		request->form.dport};
	if (!request->ident_given && getrandom(&request->ident,
	    sizeof(request->ident), 0) != sizeof(request->ident))
		cli_die(&request_cli, CLI_SYSTEM, "no random bytes: %s",
			strerror(errno));
}
