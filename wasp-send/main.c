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
#include "wasp-send/show.h"

/* What is opened while there are privileges. */
struct session {
	const struct request *request;
	struct input input;
	struct line line;
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
	if (error->kind == SEND_ERROR_PERMISSION)
		cli_die_without_raw(&request_cli, error->text);
	cli_die(&request_cli, error->kind == SEND_ERROR_USAGE ? CLI_USAGE :
		CLI_SYSTEM, "%s", error->text);
}

/* Interface, source and size; a dry run does without a route. */
static void
open_line(struct session *s)
{
	const struct request *request = s->request;
	struct send_error error;
	const uint8_t *src = request->source_given ? request->form.src : NULL;

	if (!line_find(&s->line, request->if_name, src, &error) &&
	    (!request->dry_run || error.kind == SEND_ERROR_USAGE))
		die_of(&error);
	if (request->dry_run)
		return;
	if (src && !route_is_ours(src))
		fprintf(stderr, "wasp-send: the source is no address of this "
			"machine: answers may go elsewhere\n");
	if (!line_open(&s->line, request->if_name, src, &error))
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
	if (!object_draw_keys(object))
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
	struct send_error error;

	if (!line_fits(&s->line, &error))
		die_of(&error);
}

static void
print_packet(const struct session *s)
{
	if (s->request->json)
		cli_print_json(&request_cli,
			show_packet_json(&s->line.probe, 1));
	else
		show_packet(stdout, &s->line.probe, 1);
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
		capture_write_packet(out, time_ns, p,
			probe_build(&s->line.probe, (uint16_t)seq, p));
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
		cli_print_json(&request_cli,
			show_event_json(&s->line.probe, event));
	else
		show_event(stdout, &s->line.probe, event);
	cli_flush(&request_cli);
}

static enum cli_exit
run(struct session *s)
{
	const struct request *request = s->request;
	sigset_t mask;
	const struct tally *tally = &s->line.tally;
	struct exchange exchange = {.lines = &s->line, .line_count = 1,
		.interval_ns = request->interval_ns,
		.timeout_ns = request->timeout_ns, .stop = &stop,
		.mask = &mask, .sink = print_event, .arg = s};
	struct send_error error;
	bool ok;

	cli_catch_end(handle_stop, &mask);
	if (!request->json && !request->quiet)
		show_start(stdout, &s->line.probe, s->line.route.if_name);
	cli_flush(&request_cli);
	ok = exchange_run(&exchange, &error);
	if (request->json)
		cli_print_json(&request_cli, show_summary_json(&s->line.probe,
			tally));
	else
		show_summary(stdout, &s->line.probe, tally,
			request->timeout_ns != 0);
	if (!ok)
		die_of(&error);
	if (request->timeout_ns == 0)
		return tally->sent == request->count ? CLI_YES : CLI_NO;
	return tally_good(tally) ? CLI_YES : CLI_NO;
}

int
main(int argc, char **argv)
{
	struct request request;
	struct session s = {.request = &request};
	enum cli_exit status = CLI_YES;

	request_read(&request, argc, argv);
	s.line.probe = (struct probe){&s.input.object, request.form,
		{request.form.protocol, request.form.dport}, request.ident};
	open_line(&s);
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
		if (!tally_init(&s.line.tally, request.count))
			cli_die(&request_cli, CLI_SYSTEM, "out of memory");
		status = run(&s);
	}
	line_close(&s.line);
	input_done(&s.input);
	cli_close(&request_cli);
	return status;
}
