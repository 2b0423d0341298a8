/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wasp-run: run a program in the reference machine, over one simulated node or
 * over a path of them, without privileges.
 */
#include <config.h>

#include <stdlib.h>
#include <unistd.h>

#include "capture/write.h"
#include "cli/cli.h"
#include "run/debug-main.h"
#include "run/engine-main.h"
#include "run/measure-main.h"
#include "run/program-main.h"
#include "run/request-main.h"
#include "run/show.h"
#include "run/store-json.h"
#include "run/trace.h"

static const struct cli *const cli = &request_cli;

/* What goes on while the packets run. */
struct session {
	const struct request *request;
	struct program program;
	struct show show;
	struct tracer tracer;
	unsigned runs, faults;		/* of all packets */
	struct measure measure;
	const struct sim_run *run;	/* the one that is traced */
	unsigned step;			/* of it, from 1 */
	json_t *stores;			/* at the start; NULL: empty */
	/* What goes over links, until it is written; NULL: not wanted. */
	FILE *capture;
	char *capture_bytes;
	size_t capture_size;
};

static void
end_step(void *arg, const struct trace_step *step)
{
	struct session *session = arg;

	if (session->request->json)
		cli_print_json(cli, show_step_json(&session->show,
			session->run, ++session->step, step));
	else
		trace_print(stdout, step);
}

static void
begin_run(void *arg, const struct sim_run *run, const struct sim_packet *packet)
{
	struct session *session = arg;

	session->tracer = (struct tracer){.notes = &session->program.input.object.notes,
		.sink = end_step, .arg = session};
	session->run = run;
	session->step = 0;
	measure_begin(&session->measure);
	if (session->request->trace && !session->request->json &&
	    !packet->error && node_runs(&packet->info.wasp, run->hook))
		show_begin(stdout, run);
}

static void
end_run(void *arg, const struct sim_run *run, const struct sim_packet *packet)
{
	struct session *session = arg;

	trace_end(&session->tracer, run->outcome.verdict, run->outcome.fault);
	measure_end(&session->measure, run);
	session->runs += run->outcome.executed;
	session->faults += run->outcome.fault != ISA_FAULT_NONE;
	if (session->request->sim.is_path && !run->outcome.executed)
		; /* nothing happened there */
	else if (session->request->json)
		cli_print_json(cli, show_run_json(&session->show, run,
			packet));
	else
		show_run(stdout, &session->show, run, packet);
}

/* The tracer begins anew with each run, so the machine is given the session. */
static void
trace_step(struct vm *vm, void *arg)
{
	struct session *session = arg;

	if (session->request->trace)
		trace_hook(vm, &session->tracer);
	count_hook(vm, &session->measure.counter);
}

/* Its payload is not here, but its length is. */
static void
capture_link(void *arg, uint64_t time_ns, const struct sim_packet *packet)
{
	const struct session *session = arg;
	size_t length = packet->error == IP_OK ? packet->info.total_size : 0;

	if (packet->size)
		capture_write_cut(session->capture, time_ns, packet->ip,
			packet->size, length < packet->size ? packet->size :
			length);
}

static void
begin_capture(struct session *session)
{
	session->capture = open_memstream(&session->capture_bytes,
		&session->capture_size);
	if (!session->capture)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	capture_write_begin(session->capture);
}

static void
end_capture(struct session *session)
{
	if (fclose(session->capture))
		cli_die(cli, CLI_SYSTEM, "out of memory");
	cli_write(cli, session->request->output, session->capture_bytes,
		session->capture_size, true);
	free(session->capture_bytes);
}

/* What costs time is done only where it is asked for. */
static bool
is_watched(const struct request *request)
{
	return request->trace || request->coverage || request->profile;
}

static void
send_packet(struct session *session, struct sim_packet *packet,
	const struct sim_watch *watch)
{
	const struct show *show = &session->show;
	struct sim_way way;

	sim_send(show->sim, packet, watch, &way);
	if (session->request->json)
		cli_print_json(cli, show_end_json(show, packet, &way));
	else
		show_end(stdout, show, packet, &way);
}

static void
run_packet(struct session *session)
{
	const struct request *request = session->request;
	struct sim *sim = session->show.sim;
	struct sim_watch watch = {.begin = begin_run, .end = end_run,
		.trace = is_watched(request) ? trace_step : NULL,
		.link = request->output ? capture_link : NULL,
		.arg = session};
	struct sim_packet packet;

	sim_packet_make(sim, &session->program.source.sim, &packet);
	if (request->sim.is_path)
		send_packet(session, &packet, &watch);
	else
		sim_visit(sim, request->hook ? request->hook :
			node_first_hook(&packet.info.wasp), &packet, &watch);
}

/* The file with the saved stores, or NULL. */
static const char *
store_file(const struct request *request)
{
	return request->load ? request->load : request->store;
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
	if (!request->load &&
	    (!request->store || access(request->store, F_OK)))
		return NULL;
	text = cli_read(cli, store_file(request), &size);
	stores = store_json_parse(text, size, store_file(request),
		request->sim.node_count, latest_ns, diag_printer_sink, printer);
	free(text);
	if (!stores)
		exit(CLI_INPUT);
	return stores;
}

/* A simulation with the stores as at the start; NULL without memory. */
static struct sim *
make_sim(void *arg)
{
	const struct session *session = arg;
	const struct request *request = session->request;
	struct diag_printer printer = {.out = stderr, .json = request->json};
	struct sim *sim = sim_new(&request->sim);

	for (unsigned node = 1; sim && node <= request->sim.node_count; node++)
		if (!store_json_restore(session->stores, node,
		    sim_store(sim, node), request->sim.time_ns,
		    store_file(request), diag_printer_sink, &printer))
			exit(CLI_INPUT);
	return sim;
}

static void
start(struct session *session, struct request *request)
{
	struct diag_printer printer = {.out = stderr, .json = request->json};
	uint64_t latest_ns;

	session->stores = read_stores(request, &printer, &latest_ns);
	if (!request->has_time && latest_ns > request->sim.time_ns)
		request->sim.time_ns = latest_ns;
	session->show = (struct show){.object = &session->program.input.object,
		.config = &request->sim, .numbered = request->repeat > 1};
}

static void
write_stores(const struct session *session)
{
	json_t *stores = show_stores_json(&session->show);
	size_t size;
	char *text = stores ? store_json_text(stores, &size) : NULL;

	if (!text)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	cli_write(cli, session->request->store, text, size, false);
	free(text);
	json_decref(stores);
}

static void
run_packets(struct session *session)
{
	session->show.sim = make_sim(session);
	if (!session->show.sim)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	if (session->request->output)
		begin_capture(session);
	for (unsigned i = 0; i < session->request->repeat; i++) {
		if (i > 0)
			sim_next(session->show.sim);
		session->show.packet = i + 1;
		run_packet(session);
	}
	if (session->request->output)
		end_capture(session);
}

static void
finish(const struct session *session)
{
	if (!session->request->json)
		show_stores(stdout, &session->show);
	measure_tell(cli, session->request, &session->program.input.object,
		&session->measure);
	if (session->request->store)
		write_stores(session);
}

/* Runs with a fault, as far as the user went. */
static unsigned
faults_until(const struct record *record, unsigned run_count)
{
	unsigned faults = 0;

	for (unsigned i = 0; i < run_count; i++)
		faults += record->runs[i].run.outcome.fault != ISA_FAULT_NONE;
	return faults;
}

static void
debug_packets(struct session *session)
{
	struct debugger debugger = {.request = session->request,
		.program = &session->program, .world = {make_sim, session,
		&session->request->sim}};
	const struct record *record = &debugger.session.debug.record;
	bool finished = debugger_run(&debugger);
	struct record_at at = debugger.session.debug.at;

	session->faults = faults_until(record, finished ? record->run_count :
		at.run + record_is_end(record, at));
	session->show.sim = record->sim;
	if (finished)
		finish(session);
	debugger_done(&debugger);
}

int
main(int argc, char **argv)
{
	struct request request;
	struct session session = {.request = &request};

	request_read(&request, argc, argv);
	if (request.engine) {
		engine_serve(cli);
		cli_close(cli);
		return CLI_YES;
	}
	if (request.report) {
		measure_report(cli, &request);
		cli_close(cli);
		return CLI_YES;
	}
	program_read(&session.program, &request);
	start(&session, &request);
	if (request.debug) {
		debug_packets(&session);
	} else {
		run_packets(&session);
		finish(&session);
		sim_free(session.show.sim);
	}
	json_decref(session.stores);
	input_done(&session.program.input);
	cli_close(cli);
	return session.faults ? CLI_NO : CLI_YES;
}
