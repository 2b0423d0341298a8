/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wasp-send: send a WASP object, wait for it to come back, print what it
 * brought.  What needs a privilege is opened first; then every privilege is
 * given up for good; then the object is looked at.
 */
#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "cli/cli.h"
#include "verify/verify.h"
#include "wasp-send/exchange.h"
#include "wasp-send/route.h"
#include "wasp-send/show.h"

enum {
	COUNT, INTERVAL, TIMEOUT, HOP_LIMIT, TRAFFIC_CLASS, INTERFACE, SOURCE,
	SET, IDENT, PROTOCOL, UDP, PORT, DRY_RUN, FORCE, QUIET, VERBOSE,
	JSON
};
static const struct cli_option options[] = {
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
	{'n', "dry-run", NULL, "print the first packet, send nothing"},
	{'f', "force", NULL, "send what wasp-verify refuses"},
	{'q', "quiet", NULL, "print only the summary"},
	{'v', "verbose", NULL, "print drawn keys and verifier's warnings too"},
	{0, "json", NULL, "print JSON, one object a line"},
	{0}
};
static const struct cli cli = {"wasp-send", "FILE ADDRESS",
	"Send a WASP object and print what it brings back.", options};

enum {
	SETS_MAX = 256,
	INTERVAL_MIN_NS = 1000000
};
#define SECOND_NS UINT64_C(1000000000)

struct request {
	const char *file, *if_name;
	const char *sets[SETS_MAX];
	unsigned set_count, count;
	uint64_t interval_ns, timeout_ns;
	struct ip_form form;
	uint16_t ident;
	bool source_given, ident_given;
	bool dry_run, force, quiet, verbose, json;
};

/* What is opened while there are privileges. */
struct session {
	const struct request *request;
	struct object object;
	struct probe probe;
	struct route route;
	struct wire wire;
	struct capture capture;
	struct tally tally;
};

static volatile sig_atomic_t stop;

static void
handle_stop(int signal_number)
{
	(void)signal_number;
	stop = 1;
}

static void
read_source(struct request *request, const char *value)
{
	if (!ip_addr_parse(value, request->form.src))
		cli_misuse(&cli, "--source: '%s' is not an address", value);
	request->source_given = true;
}

static void
add_set(struct request *request, const char *value)
{
	if (request->set_count == SETS_MAX)
		cli_misuse(&cli, "--set is given more than %d times", SETS_MAX);
	request->sets[request->set_count++] = value;
}

static void
read_option(struct request *request, int option, const char *value)
{
	struct ip_form *form = &request->form;

	switch (option) {
	case COUNT:
		request->count = (unsigned)cli_number(&cli, "--count", value,
			1, UINT16_MAX);
		break;
	case INTERVAL:
		request->interval_ns = cli_duration(&cli, "--interval", value);
		if (request->interval_ns < INTERVAL_MIN_NS)
			cli_misuse(&cli, "--interval: '%s' is less than 1ms",
				value);
		break;
	case TIMEOUT:
		request->timeout_ns = cli_duration(&cli, "--timeout", value);
		break;
	case HOP_LIMIT:
		form->hop_limit = (uint8_t)cli_number(&cli, "--hop-limit",
			value, 1, 255);
		break;
	case TRAFFIC_CLASS:
		form->traffic_class = (uint8_t)cli_number(&cli,
			"--traffic-class", value, 0, 255);
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
		request->ident = (uint16_t)cli_number(&cli, "--ident", value,
			0, UINT16_MAX);
		request->ident_given = true;
		break;
	case PROTOCOL:
		form->protocol = (uint8_t)cli_number(&cli, "--protocol", value,
			1, 255);
		break;
	case PORT:
		form->dport = (uint16_t)cli_number(&cli, "--port", value,
			1, UINT16_MAX);
		form->udp = true;
		break;
	case UDP:
		form->udp = true;
		break;
	case DRY_RUN:
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
	}
}

static void
read_operands(struct request *request, int argc, char **argv)
{
	struct ip_form *form = &request->form;

	if (argc - optind < 2)
		cli_misuse(&cli, "FILE and ADDRESS are needed");
	if (argc - optind > 2)
		cli_misuse(&cli, "two operands are allowed, and '%s' is a third",
			argv[optind + 2]);
	request->file = argv[optind];
	if (!ip_addr_parse(argv[optind + 1], form->dst))
		cli_misuse(&cli, "'%s' is not an address", argv[optind + 1]);
	form->family = ip_addr_is_v4(form->dst) ? 4 : 6;
	if (request->source_given &&
	    ip_addr_is_v4(form->src) != ip_addr_is_v4(form->dst))
		cli_misuse(&cli, "source and destination are not of one family");
}

static void
read_command_line(struct request *request, int argc, char **argv)
{
	const char *value;
	int option;

	*request = (struct request){.count = 1, .interval_ns = SECOND_NS,
		.timeout_ns = SECOND_NS};
	request->form.hop_limit = PACKET_RETURN_HOP_LIMIT;
	request->form.protocol = PACKET_PROTOCOL;
	request->form.dport = PACKET_UDP_PORT;
	while ((option = cli_next(&cli, argc, argv, &value)) >= 0)
		read_option(request, option, value);
	read_operands(request, argc, argv);
	if (!request->ident_given && getrandom(&request->ident,
	    sizeof(request->ident), 0) != sizeof(request->ident))
		cli_die(&cli, CLI_SYSTEM, "no random bytes: %s",
			strerror(errno));
}

static _Noreturn void
die_of(const struct send_error *error)
{
	static const enum cli_exit statuses[] = {
		[SEND_ERROR_SYSTEM] = CLI_SYSTEM,
		[SEND_ERROR_USAGE] = CLI_USAGE,
		[SEND_ERROR_PERMISSION] = CLI_PERMISSION
	};
	char path[256] = "";

	if (error->kind != SEND_ERROR_PERMISSION)
		cli_die(&cli, statuses[error->kind], "%s", error->text);
	if (readlink("/proc/self/exe", path, sizeof(path) - 1) < 0)
		path[0] = '\0';
	cli_die(&cli, CLI_PERMISSION, "%s: CAP_NET_RAW is missing; run it with "
		"sudo, or give it that: sudo setcap cap_net_raw+ep %s",
		error->text, *path ? path : "$(command -v wasp-send)");
}

/* Interface, source and size; a dry run does without a route. */
static void
find_route(struct session *s)
{
	const struct request *request = s->request;
	struct send_error error;
	const uint8_t *src = request->source_given ? request->form.src : NULL;

	if (request->if_name && !route_check_interface(request->if_name, &error))
		die_of(&error);
	if (!route_find(request->form.dst, request->if_name, src, &s->route,
	    &error) && !request->dry_run)
		die_of(&error);
	memcpy(s->probe.form.src, src ? src : s->route.src, IP_ADDR_SIZE);
	if (src && !request->dry_run && !route_is_ours(src))
		fprintf(stderr, "wasp-send: the source is no address of this "
			"machine: answers may go elsewhere\n");
}

static void
open_all(struct session *s)
{
	const struct request *request = s->request;
	struct ip_form *form = &s->probe.form;
	struct wire_form wire = {form->family, form->protocol, form->udp,
		request->if_name, request->source_given &&
		route_is_ours(form->src) ? form->src : NULL};
	struct send_error error;

	if (!wire_open(&s->wire, &wire, &error))
		die_of(&error);
	form->sport = s->wire.port;
	if (!capture_open(&s->capture, s->route.if_name, &s->probe, &error))
		die_of(&error);
}

/* The verifier's warnings were wasp-verify's to print. */
static void
diag_sink_of_request(void *arg, const struct diag *diag)
{
	const struct request *request = arg;
	struct diag_printer printer = {.out = stderr, .json = request->json};

	if (diag->severity == DIAG_ERROR || request->verbose)
		diag_printer_sink(&printer, diag);
}

static void
set_words(struct session *s)
{
	struct diag diag;

	for (unsigned i = 0; i < s->request->set_count; i++) {
		char *name;
		const char *value = cli_assignment(&cli, "--set",
			s->request->sets[i], &name);

		if (!object_set(&s->object, name, value, &diag))
			cli_misuse(&cli, "--set: %s%s%s", diag.text,
				*diag.hint ? "; " : "", diag.hint);
		free(name);
	}
}

/* The object from its bytes, as it will be sent; exits when it must not be. */
static void
prepare_object(struct session *s, const char *bytes, size_t size)
{
	const struct request *request = s->request;
	const char *name = cli_file_name(request->file);
	struct verify_result result;

	if (!object_read(&s->object, (const uint8_t *)bytes, size, name,
	    diag_sink_of_request, (void *)request))
		exit(CLI_INPUT);
	if (!request->force && s->object.header.checksum !=
	    packet_checksum(s->object.packet, s->object.size))
		cli_die(&cli, CLI_INPUT, "%s: its checksum is wrong; --force "
			"sends it so", name);
	if (!probe_draw_keys(&s->object))
		cli_die(&cli, CLI_SYSTEM, "no random bytes: %s",
			strerror(errno));
	set_words(s);
	if (request->force)
		return;
	verify_object(&s->object, name, NULL, &result, diag_sink_of_request,
		(void *)request);
	if (!result.accepted)
		exit(CLI_NO);
}

static void
print_keys(const struct session *s)
{
	if (!s->request->verbose || s->object.notes.random_count == 0)
		return;
	if (s->request->json)
		cli_print_json(&cli, show_keys_json(&s->object));
	else
		show_keys(stdout, &s->object);
}

static void
check_size(const struct session *s)
{
	size_t size = probe_size(&s->probe);
	char to[IP_TEXT_SIZE];

	if (s->route.mtu && size > s->route.mtu)
		cli_die(&cli, CLI_SYSTEM, "the packet has %zu bytes, and the "
			"way to %s by %s takes %u", size,
			ip_addr_text(s->probe.form.dst, to), s->route.if_name,
			s->route.mtu);
}

static void
print_packet(const struct session *s)
{
	if (s->request->json)
		cli_print_json(&cli, show_packet_json(&s->probe, 1));
	else
		show_packet(stdout, &s->probe, 1);
}

static void
print_event(void *arg, const struct exchange_event *event)
{
	const struct session *s = arg;

	if (s->request->quiet)
		return;
	if (s->request->json)
		cli_print_json(&cli, show_event_json(&s->probe, event));
	else
		show_event(stdout, &s->probe, event);
}

/* SIGINT and SIGTERM come only while waiting; *mask is what to wait with. */
static void
catch_signals(sigset_t *mask)
{
	struct sigaction action = {.sa_handler = handle_stop};
	sigset_t blocked;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGINT);
	sigaddset(&blocked, SIGTERM);
	sigprocmask(SIG_BLOCK, &blocked, mask);
	sigdelset(mask, SIGINT);
	sigdelset(mask, SIGTERM);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

static enum cli_exit
run(struct session *s)
{
	const struct request *request = s->request;
	sigset_t mask;
	struct exchange exchange = {&s->probe, &s->wire, &s->capture,
		&s->tally, request->interval_ns, request->timeout_ns, &stop,
		&mask, print_event, s};
	struct send_error error;
	bool ok;

	catch_signals(&mask);
	if (!request->json && !request->quiet)
		show_start(stdout, &s->probe, s->route.if_name);
	ok = exchange_run(&exchange, &error);
	if (request->json)
		cli_print_json(&cli, show_summary_json(&s->probe, &s->tally));
	else
		show_summary(stdout, &s->probe, &s->tally);
	if (!ok)
		die_of(&error);
	if (request->timeout_ns == 0)
		return s->tally.sent == request->count ? CLI_YES : CLI_NO;
	return tally_good(&s->tally) ? CLI_YES : CLI_NO;
}

int
main(int argc, char **argv)
{
	struct request request;
	struct session s = {.request = &request, .wire.hold_fd = -1};
	enum cli_exit status = CLI_YES;
	char *bytes;
	size_t size;

	read_command_line(&request, argc, argv);
	setvbuf(stdout, NULL, _IOLBF, 0);
	s.probe = (struct probe){&s.object, request.form,
		{request.form.protocol, request.form.dport}, request.ident};
	find_route(&s);
	if (!request.dry_run)
		open_all(&s);
	bytes = cli_read(&cli, request.file, &size);
	cli_drop_privileges(&cli);
	prepare_object(&s, bytes, size);
	free(bytes);
	print_keys(&s);
	if (request.dry_run) {
		print_packet(&s);
	} else {
		check_size(&s);
		if (!tally_init(&s.tally, request.count))
			cli_die(&cli, CLI_SYSTEM, "out of memory");
		status = run(&s);
	}
	tally_done(&s.tally);
	capture_close(&s.capture);
	wire_close(&s.wire);
	object_done(&s.object);
	cli_close(&cli);
	return status;
}
