/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wasp-run: run a program in the reference machine, over one simulated node or
 * over a path of them, without privileges.
 */
#include <config.h>

#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "vm/engine-main.h"
#include "vm/request-main.h"
#include "vm/show.h"
#include "vm/store-json.h"
#include "vm/trace.h"

static const struct cli *const cli = &request_cli;

/* What goes on while the packets run. */
struct session {
	const struct request *request;
	struct input input;
	struct show show;
	struct tracer tracer;
	unsigned runs, faults;		/* of all packets */
	json_t *steps;			/* of this run; NULL: not wanted */
};

/* Change the object as the options say. */
static void
change_object(const struct request *request, struct object *object)
{
	for (unsigned i = 0; i < object->notes.random_count; i++) {
		const struct notes_random *random = &object->notes.randoms[i];
		uint64_t key = key_in_space(random->space,
			sim_draw(request->sim.seed, random->first));

		object_put_word(object, random->first, (uint32_t)(key >> 32));
		object_put_word(object, random->first + 1, (uint32_t)key);
	}
	cli_set_words(cli, object, request->sets, request->set_count);
	if (!request->sim.is_back)
		return;
	object->header.flags |= PACKET_FLAG_RETURNED;
	packet_put_header(object->packet, &object->header);
	packet_set_checksum(object->packet, object->size);
	object->header.checksum =
		packet_get16(object->packet + PACKET_OFF_CHECKSUM);
}

static void
end_step(void *arg, const struct trace_step *step)
{
	struct session *session = arg;

	if (session->request->json)
		json_array_append_new(session->steps, trace_json(step));
	else
		trace_print(stdout, step);
}

static void
begin_run(void *arg, const struct sim_run *run, const struct sim_packet *packet)
{
	struct session *session = arg;

	session->tracer = (struct tracer){.notes = &session->input.object.notes,
		.sink = end_step, .arg = session};
	if (!session->request->trace)
		return;
	if (session->request->json)
		session->steps = json_array();
	else if (!packet->error && node_runs(&packet->info.wasp, run->hook))
		show_begin(stdout, run);
}

static void
end_run(void *arg, const struct sim_run *run, const struct sim_packet *packet)
{
	struct session *session = arg;

	trace_end(&session->tracer, run->outcome.verdict, run->outcome.fault);
	session->runs += run->outcome.executed;
	session->faults += run->outcome.fault != ISA_FAULT_NONE;
	if (session->request->sim.is_path && !run->outcome.executed)
		; /* nothing happened there */
	else if (session->request->json)
		cli_print_json(cli, show_run_json(&session->show, run,
			packet, session->steps));
	else
		show_run(stdout, &session->show, run, packet);
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
	const struct show *show = &session->show;
	unsigned node, runs = session->runs;
	enum sim_fate fate = sim_send(show->sim, packet, watch, &node);
	bool ran = session->runs > runs;

	if (session->request->json)
		cli_print_json(cli, show_end_json(show, packet, fate,
			node, ran));
	else
		show_end(stdout, show, packet, fate, node, ran);
}

static void
run_packet(struct session *session)
{
	const struct request *request = session->request;
	struct sim *sim = session->show.sim;
	struct sim_watch watch = {.begin = begin_run, .end = end_run,
		.trace = request->trace ? trace_step : NULL, .arg = session};
	struct sim_packet packet;

	sim_packet_make(sim, &session->input.object, &packet);
	if (request->sim.is_path)
		send_packet(session, &packet, &watch);
	else
		sim_visit(sim, request->hook ? request->hook :
			first_hook(&packet.info.wasp), &packet, &watch);
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

static void
start(struct session *session, struct request *request)
{
	struct diag_printer printer = {.out = stderr, .json = request->json};
	uint64_t latest_ns;
	json_t *stores = read_stores(request, &printer, &latest_ns);

	if (!request->has_time && latest_ns > request->sim.time_ns)
		request->sim.time_ns = latest_ns;
	session->show = (struct show){.object = &session->input.object,
		.sim = sim_new(&request->sim), .config = &request->sim,
		.numbered = request->repeat > 1};
	if (!session->show.sim)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	for (unsigned node = 1; node <= request->sim.node_count; node++)
		if (!store_json_restore(stores, node,
		    sim_store(session->show.sim, node), request->sim.time_ns,
		    store_file(request), diag_printer_sink, &printer))
			exit(CLI_INPUT);
	json_decref(stores);
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

int
main(int argc, char **argv)
{
	struct request request;
	struct session session = {.request = &request};
	struct show *show = &session.show;

	request_read(&request, argc, argv);
	if (request.engine) {
		engine_serve(cli);
		cli_close(cli);
		return CLI_YES;
	}
	cli_read_input(cli, &request.in, request.json, &session.input);
	change_object(&request, &session.input.object);
	start(&session, &request);
	for (unsigned i = 0; i < request.repeat; i++) {
		if (i > 0)
			sim_next(show->sim);
		show->packet = i + 1;
		run_packet(&session);
	}
	if (!request.json)
		show_stores(stdout, show);
	if (request.store)
		write_stores(&session);
	sim_free(show->sim);
	input_done(&session.input);
	cli_close(cli);
	return session.faults ? CLI_NO : CLI_YES;
}
