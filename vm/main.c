/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wasp-run: run a program in the reference machine, over one simulated node or
 * over a path of them, without privileges.
 */
#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "vm/debug-main.h"
#include "vm/engine-main.h"
#include "vm/measure-main.h"
#include "vm/request-main.h"
#include "vm/show.h"
#include "vm/store-json.h"
#include "vm/trace.h"

static const struct cli *const cli = &request_cli;

enum { LOAD_SIZE_MAX = 256 << 20 };	/* of a file, as of any input */

/* A program that the debugger loaded besides. */
struct loaded {
	struct loaded *next;
	struct input input;
	struct record_source source;
};

/* What goes on while the packets run. */
struct session {
	const struct request *request;
	struct input input;
	struct show show;
	struct tracer tracer;
	unsigned runs, faults;		/* of all packets */
	struct measure measure;
	const struct sim_run *run;	/* the one that is traced */
	unsigned step;			/* of it, from 1 */
	json_t *stores;			/* at the start; NULL: empty */
	struct loaded *loaded;		/* by the debugger */
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
	if (!request->is_back)
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
		cli_print_json(cli, show_step_json(&session->show,
			session->run, ++session->step, step));
	else
		trace_print(stdout, step);
}

static void
begin_run(void *arg, const struct sim_run *run, const struct sim_packet *packet)
{
	struct session *session = arg;

	session->tracer = (struct tracer){.notes = &session->input.object.notes,
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

/* What the options ask of a packet as it was captured. */
static const char *
captured_trouble(const struct request *request, const struct input *input)
{
	if (input->ip && request->sim.v6)
		return "--ipv6 is for objects: a captured packet has a "
			"version of its own";
	if (input->ip && input->info.wasp_off > SIM_HEADERS_MAX)
		return "more than 1024 bytes are before WASP in that packet";
	return NULL;
}

static struct sim_source
source_of(const struct input *input, const struct cli_input *in)
{
	return (struct sim_source){&input->object, input->ip, input->ip_size,
		cli_input_numbers(in)};
}

static void
run_packet(struct session *session)
{
	const struct request *request = session->request;
	struct sim *sim = session->show.sim;
	struct sim_watch watch = {.begin = begin_run, .end = end_run,
		.trace = is_watched(request) ? trace_step : NULL,
		.arg = session};
	struct sim_source source = source_of(&session->input, &request->in);
	struct sim_packet packet;

	sim_packet_make(sim, &source, &packet);
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
	session->show = (struct show){.object = &session->input.object,
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
	for (unsigned i = 0; i < session->request->repeat; i++) {
		if (i > 0)
			sim_next(session->show.sim);
		session->show.packet = i + 1;
		run_packet(session);
	}
}

/*
 * The debugger.
 */

/* The first error becomes the command's. */
static void
keep_error(void *arg, const struct diag *diag)
{
	char *error = arg;

	if (!*error)
		snprintf(error, COMMAND_ERROR_SIZE, "%.100s: %.200s",
			diag->file, diag->text);
}

/* A file that the functions below read, rather than end the debugger. */
static bool
is_readable(const char *path)
{
	struct stat st;

	if (access(path, R_OK) || stat(path, &st))
		return false;
	errno = S_ISDIR(st.st_mode) ? EISDIR : EFBIG;
	return !S_ISDIR(st.st_mode) && st.st_size <= LOAD_SIZE_MAX;
}

/* FILE, or FILE#N, N being 1 to 999999999. */
static bool
is_loadable(const char *file)
{
	const char *mark = strrchr(file, '#');
	size_t digits = mark ? strspn(mark + 1, "0123456789") : 0;
	char *path;
	bool is;

	if (!access(file, F_OK) || !digits || digits > 9 || mark[1 + digits] ||
	    !atol(mark + 1))
		return is_readable(file);
	path = strndup(file, (size_t)(mark - file));
	is = path && is_readable(path);
	free(path);
	return is;
}

static bool
load_input(const struct session *session, const char *file,
	struct input *input, char error[static COMMAND_ERROR_SIZE])
{
	struct cli_input in = session->request->in;
	bool read;

	in.path = file;
	in.filter = NULL;
	in.packet = 0;
	error[0] = '\0';
	if (!is_loadable(file)) {
		snprintf(error, COMMAND_ERROR_SIZE, "%.200s: %s", file,
			strerror(errno));
		return false;
	}
	cli_input_open(cli, &in);
	read = cli_input_parse(&in, input, keep_error, error);
	cli_input_done(&in);
	return read;
}

/* Another program to debug. */
static const struct record_source *
load(void *arg, const char *file, char error[static COMMAND_ERROR_SIZE])
{
	struct session *session = arg;
	struct loaded *loaded = calloc(1, sizeof(*loaded));
	const char *trouble;

	if (!loaded)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	loaded->next = session->loaded;
	session->loaded = loaded;
	if (!load_input(session, file, &loaded->input, error))
		return NULL;
	trouble = captured_trouble(session->request, &loaded->input);
	if (trouble) {
		snprintf(error, COMMAND_ERROR_SIZE, "%s", trouble);
		return NULL;
	}
	change_object(session->request, &loaded->input.object);
	loaded->source = (struct record_source){
		source_of(&loaded->input, &session->request->in),
		session->request->hook};
	return &loaded->source;
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

/* false where the user quit. */
static bool
debug_packets(struct session *session, struct command_session *commands)
{
	const struct request *request = session->request;
	struct record_source source = {
		source_of(&session->input, &request->in), request->hook};
	const char *path = request->in.path;
	struct debugger debugger = {.cli = cli,
		.world = {make_sim, session, &request->sim},
		.source = &source, .times = request->repeat,
		.commands = request->commands,
		.input_is_taken = !path || !strcmp(path, "-"),
		.load = load, .arg = session};
	const struct record *record = &commands->debug.record;
	bool finished = debugger_run(&debugger, commands);
	struct record_at at = commands->debug.at;

	session->faults = faults_until(record, finished ? record->run_count :
		at.run + record_is_end(record, at));
	session->show.sim = record->sim;
	return finished;
}

static void
free_loaded(struct loaded *loaded)
{
	struct loaded *next;

	for (; loaded; loaded = next) {
		next = loaded->next;
		input_done(&loaded->input);
		free(loaded);
	}
}

static void
finish(const struct session *session)
{
	if (!session->request->json)
		show_stores(stdout, &session->show);
	measure_tell(cli, session->request, &session->input.object,
		&session->measure);
	if (session->request->store)
		write_stores(session);
}

int
main(int argc, char **argv)
{
	struct request request;
	struct session session = {.request = &request};
	struct command_session commands;
	struct cli_input in;
	const char *trouble;

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
	in = request.in;
	cli_read_input(cli, &in, request.json, &session.input);
	trouble = captured_trouble(&request, &session.input);
	if (trouble)
		cli_misuse(cli, "%s", trouble);
	change_object(&request, &session.input.object);
	start(&session, &request);
	if (request.debug) {
		if (debug_packets(&session, &commands))
			finish(&session);
		command_done(&commands);
	} else {
		run_packets(&session);
		finish(&session);
		sim_free(session.show.sim);
	}
	json_decref(session.stores);
	free_loaded(session.loaded);
	input_done(&session.input);
	cli_close(cli);
	return session.faults ? CLI_NO : CLI_YES;
}
