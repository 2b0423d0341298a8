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
#include <time.h>
#include <unistd.h>

#include "capture/write.h"
#include "cli/cli.h"
#include "verify/verify.h"
#include "wasp-send/exchange.h"
#include "wasp-send/request-main.h"
#include "wasp-send/route.h"
#include "wasp-send/show.h"

/* What is opened while there are privileges. */
struct session {
	const struct request *request;
	struct input input;
	struct probe probe;
	struct route route;
	struct wire wire;
	struct listener listener;
	struct tally tally;
};

static volatile sig_atomic_t stop;

static void
handle_stop(int signal_number)
{
	(void)signal_number;
	stop = 1;
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
		cli_die(&request_cli, statuses[error->kind], "%s", error->text);
	if (readlink("/proc/self/exe", path, sizeof(path) - 1) < 0)
		path[0] = '\0';
	cli_die(&request_cli, CLI_PERMISSION, "%s: CAP_NET_RAW is missing; "
		"run it with sudo, or give it that: "
		"sudo setcap cap_net_raw+ep %s", error->text,
		*path ? path : "$(command -v wasp-send)");
}

/* Interface, source and size; a dry run does without a route. */
static void
find_route(struct session *s)
{
	const struct request *request = s->request;
	struct send_error error;
	const uint8_t *src = request->source_given ? request->form.src : NULL;

	if (request->if_name &&
	    !route_check_interface(request->if_name, &error))
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
		form->sport, request->if_name, request->source_given &&
		route_is_ours(form->src) ? form->src : NULL};
	struct send_error error;

	if (!wire_open(&s->wire, &wire, &error))
		die_of(&error);
	form->sport = s->wire.port;
	if (!listen_open(&s->listener, s->route.if_name, &s->probe, &error))
		die_of(&error);
}

/* What is wrong with the object; warnings were wasp-verify's to print. */
struct complaints {
	struct diag_printer printer;
	bool verbose, shown;	/* shown: and so are the notes that follow */
};

static void
complain(void *arg, const struct diag *diag)
{
	struct complaints *complaints = arg;

	if (diag->severity != DIAG_NOTE)
		complaints->shown = complaints->verbose ||
			diag->severity == DIAG_ERROR;
	if (complaints->shown)
		diag_printer_sink(&complaints->printer, diag);
}

/* The object from what was read, as it will be sent; exits if it must not be. */
static void
prepare_object(struct session *s)
{
	const struct request *request = s->request;
	struct object *object = &s->input.object;
	struct complaints complaints = {{.out = stderr, .json = request->json},
		request->verbose, false};
	struct diag_filter *warnings = request_cli.warnings;
	struct verify_result result;

	warnings->sink = complain;
	warnings->arg = &complaints;
	if (!cli_input_parse(&request->in, &s->input, diag_filter_sink,
	    warnings))
		exit(CLI_INPUT);
	if (!request->json)
		cli_tell_choice(&request_cli, &request->in, &s->input);
	if (!request->force && object->header.checksum !=
	    packet_checksum(object->packet, object->size))
		cli_die(&request_cli, CLI_INPUT, "%s: its checksum is wrong; "
			"--force sends it so", s->input.name);
	if (!probe_draw_keys(object))
		cli_die(&request_cli, CLI_SYSTEM, "no random bytes: %s",
			strerror(errno));
	cli_set_words(&request_cli, object, request->sets, request->set_count);
	if (request->force)
		return;
	verify_object(object, s->input.name, NULL, &result, diag_filter_sink,
		warnings);
	if (!result.accepted || warnings->promoted)
		exit(CLI_NO);
}

static void
print_keys(const struct session *s)
{
	if (!s->request->verbose || s->input.object.notes.random_count == 0)
		return;
	if (s->request->json)
		cli_print_json(&request_cli, show_keys_json(&s->input.object));
	else
		show_keys(stdout, &s->input.object);
}

static void
check_size(const struct session *s)
{
	size_t size = probe_size(&s->probe);
	char to[IP_TEXT_SIZE];

	if (s->route.mtu && size > s->route.mtu)
		cli_die(&request_cli, CLI_SYSTEM, "the packet has %zu bytes, "
			"and the way to %s by %s takes %u", size,
			ip_addr_text(s->probe.form.dst, to), s->route.if_name,
			s->route.mtu);
}

static void
print_packet(const struct session *s)
{
	if (s->request->json)
		cli_print_json(&request_cli, show_packet_json(&s->probe, 1));
	else
		show_packet(stdout, &s->probe, 1);
}

/* As if each had been sent at its time, from now on. */
static void
write_packets(const struct session *s, FILE *out)
{
	uint8_t p[PROBE_SIZE_MAX];
	struct timespec now;
	uint64_t time_ns;

	clock_gettime(CLOCK_REALTIME, &now);
	time_ns = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
	capture_write_begin(out);
	for (unsigned seq = 1; seq <= s->request->count; seq++) {
		capture_write_packet(out, time_ns, p, probe_build(&s->probe,
			(uint16_t)seq, p));
		time_ns += s->request->interval_ns;
	}
}

static void
write_capture(const struct session *s)
{
	char *bytes = NULL;
	size_t size;
	FILE *out = open_memstream(&bytes, &size);

	if (out)
		write_packets(s, out);
	if (!out || fclose(out))
		cli_die(&request_cli, CLI_SYSTEM, "out of memory");
	cli_write(&request_cli, s->request->output, bytes, size, true);
	free(bytes);
}

static void
print_event(void *arg, const struct exchange_event *event)
{
	const struct session *s = arg;

	if (s->request->quiet)
		return;
	if (s->request->json)
		cli_print_json(&request_cli, show_event_json(&s->probe, event));
	else
		show_event(stdout, &s->probe, event);
	cli_flush(&request_cli);
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
	struct exchange exchange = {&s->probe, &s->wire, &s->listener,
		&s->tally, request->interval_ns, request->timeout_ns, &stop,
		&mask, print_event, s};
	struct send_error error;
	bool ok;

	catch_signals(&mask);
	if (!request->json && !request->quiet)
		show_start(stdout, &s->probe, s->route.if_name);
	cli_flush(&request_cli);
	ok = exchange_run(&exchange, &error);
	if (request->json)
		cli_print_json(&request_cli, show_summary_json(&s->probe,
			&s->tally));
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
	struct session s = {.request = &request};
	enum cli_exit status = CLI_YES;

	request_read(&request, argc, argv);
	s.probe = (struct probe){&s.input.object, request.form,
		{request.form.protocol, request.form.dport}, request.ident};
	find_route(&s);
	if (!request.dry_run)
		open_all(&s);
	cli_input_open(&request_cli, &request.in);
	/* Who is root writes files as root, as with other commands. */
	if (!request.output || getuid() != 0)
		cli_drop_privileges(&request_cli);
	prepare_object(&s);
	cli_input_done(&request.in);
	print_keys(&s);
	if (request.output) {
		write_capture(&s);
	} else if (request.dry_run) {
		print_packet(&s);
	} else {
		check_size(&s);
		if (!tally_init(&s.tally, request.count))
			cli_die(&request_cli, CLI_SYSTEM, "out of memory");
		status = run(&s);
	}
	tally_done(&s.tally);
	listen_close(&s.listener);
	wire_close(&s.wire);
	input_done(&s.input);
	cli_close(&request_cli);
	return status;
}
