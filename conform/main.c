/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wasp-conform: run the conformance vectors against an engine, another
 * implementation of the machine and its node.
 */
#include <config.h>

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "conform/matrix.h"
#include "conform/peer.h"
#include "conform/show.h"

enum {
	SELECT, VECTORS, LIST, COVERAGE, ALLOW_SKIP, TIMEOUT, TAP, JSON, VERBOSE
};
static const struct cli_option options[] = {
	{'k', "select", "PATTERN", "only vectors of such a name, as in a shell"},
	{0, "vectors", "PATH", "a file of vectors, or a directory of them"},
	{'l', "list", NULL, "print the names of the vectors and end"},
	{0, "coverage", NULL, "print what the vectors have had executed"},
	{0, "allow-skip", NULL, "exit with 0 though vectors were skipped"},
	{0, "timeout", "TIME", "for the engine to answer (default 10)"},
	{0, "tap", NULL, "print the Test Anything Protocol"},
	{0, "json", NULL, "print JSON lines"},
	{'v', "verbose", NULL, "print also what passed"},
	{0}
};
static const struct cli command = {
	.name = "wasp-conform", .operands = "ENGINE [ARG]...",
	.summary = "Compare an engine with the conformance vectors.",
	.options = options
};
static const struct cli *const cli = &command;

enum { PATHS_MAX = 64, TIMEOUT_MS = 10000 };

struct session {
	const char *select, *paths[PATHS_MAX];
	unsigned path_count;
	bool list, allow_skip, json;
	unsigned timeout_ms;
	char *const *argv;		/* of the engine */
	char **names;			/* of the files; vectors borrow them */
	unsigned name_count;
	struct vectors vectors;
	struct matrix *matrix;	/* NULL: not asked for */
	struct show show;
	struct peer *peer;
	unsigned declines, last_id;
};

static void
read_option(struct session *session, int option, const char *value)
{
	switch (option) {
	case SELECT:
		session->select = value;
		break;
	case VECTORS:
		if (session->path_count == PATHS_MAX)
			cli_misuse(cli, "--vectors: more than %d", PATHS_MAX);
		session->paths[session->path_count++] = value;
		break;
	case LIST:
		session->list = true;
		break;
	case COVERAGE:
		session->matrix = matrix_new();
		if (!session->matrix)
			cli_die(cli, CLI_SYSTEM, "out of memory");
		break;
	case ALLOW_SKIP:
		session->allow_skip = true;
		break;
	case TIMEOUT:
		session->timeout_ms = (unsigned)(cli_duration(cli, "--timeout",
			value) / 1000000);
		if (session->timeout_ms == 0)
			cli_misuse(cli, "--timeout: at least 1ms is needed");
		break;
	case TAP:
		session->show.form = SHOW_TAP;
		break;
	case JSON:
		session->show.form = SHOW_JSON;
		break;
	case VERBOSE:
		session->show.verbose = true;
		break;
	}
}

static void
use_installed(struct session *session)
{
	if (access(VECTORS_DIR, R_OK))
		cli_die(cli, CLI_INPUT, "%s: %s; --vectors says where vectors "
			"are", VECTORS_DIR, strerror(errno));
	session->paths[session->path_count++] = VECTORS_DIR;
}

static void
read_options(struct session *session, int argc, char **argv)
{
	const char *value;
	int option;

	while ((option = cli_next(cli, argc, argv, &value)) >= 0)
		read_option(session, option, value);
	session->argv = argv + optind;
	session->json = session->show.form == SHOW_JSON;
	if (!session->list && optind == argc)
		cli_misuse(cli, "the engine is missing");
	if (session->matrix && session->show.form == SHOW_TAP)
		cli_misuse(cli, "--coverage can not be told in TAP");
	if (!session->path_count)
		use_installed(session);
}

static void
read_file(struct session *session, const char *path)
{
	struct diag_printer printer = {.out = stderr, .json = session->json};
	char *name = strdup(path), *text;
	size_t size;

	session->names = reallocarray(session->names,
		session->name_count + 1, sizeof(*session->names));
	if (!name || !session->names)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	session->names[session->name_count++] = name;
	text = cli_read(cli, path, &size);
	if (!vectors_read(&session->vectors, text, name, diag_printer_sink,
	    &printer))
		exit(CLI_INPUT);
	free(text);
}

static int
is_vector_file(const struct dirent *entry)
{
	return !fnmatch("*.vec", entry->d_name, FNM_PERIOD);
}

static void
read_directory(struct session *session, const char *path)
{
	struct dirent **entries;
	int count = scandir(path, &entries, is_vector_file, alphasort);

	if (count <= 0)
		cli_die(cli, CLI_INPUT, "%s: %s", path, count < 0 ?
			strerror(errno) : "no files *.vec");
	for (int i = 0; i < count; i++) {
		char *file = NULL;

		if (asprintf(&file, "%s/%s", path, entries[i]->d_name) < 0)
			cli_die(cli, CLI_SYSTEM, "out of memory");
		read_file(session, file);
		free(file);
		free(entries[i]);
	}
	free(entries);
}

static void
read_vectors(struct session *session)
{
	struct stat st;

	for (unsigned i = 0; i < session->path_count; i++)
		if (!stat(session->paths[i], &st) && S_ISDIR(st.st_mode))
			read_directory(session, session->paths[i]);
		else
			read_file(session, session->paths[i]);
}

/* The engine's process group, which a signal to us alone would leave behind. */
static volatile sig_atomic_t engine_group;

static void
end_by_signal(int number)
{
	if (engine_group > 0)
		kill(-(pid_t)engine_group, SIGKILL);
	signal(number, SIG_DFL);
	raise(number);
}

/* Start an engine and greet it; without one there is nothing to do. */
static void
start_engine(struct session *session)
{
	json_t *hello = talk_hello(), *reply = NULL;
	const char *name = session->argv[0], *wrong;
	enum peer_result result;

	session->peer = peer_start(session->argv);
	if (!session->peer)
		cli_die(cli, CLI_SYSTEM, "%s: %s", name, strerror(errno));
	engine_group = peer_group(session->peer);
	result = peer_ask(session->peer, hello, session->timeout_ms, &reply);
	if (result)
		cli_die(cli, CLI_SYSTEM, "%s: greeted, the engine %s", name,
			peer_result_text(result));
	wrong = talk_read_hello(reply, &session->declines);
	if (wrong)
		cli_die(cli, CLI_SYSTEM, "%s: its greeting %s", name, wrong);
	session->show.no_counts = session->declines & TALK_COUNTS;
	json_decref(hello);
	json_decref(reply);
}

static void
stop_engine(struct session *session)
{
	engine_group = 0;
	peer_stop(session->peer);
	session->peer = NULL;
}

static void
keep_difference(void *arg, const struct talk_difference *difference)
{
	struct show_outcome *outcome = arg;
	struct talk_difference *list = reallocarray(outcome->differences,
		outcome->difference_count + 1, sizeof(*list));

	if (!list)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	outcome->differences = list;
	list[outcome->difference_count++] = *difference;
}

/* An engine that failed to answer is replaced by another. */
static void
replace_engine(struct session *session, enum peer_result result,
	struct show_outcome *outcome)
{
	struct talk_difference difference = {"engine", "a reply", ""};

	snprintf(difference.got, TALK_TEXT_SIZE, "none: the engine %s",
		peer_result_text(result));
	keep_difference(outcome, &difference);
	stop_engine(session);
	start_engine(session);
}

static void
cover(struct session *session, const struct vector_run *run,
	const json_t *reply)
{
	if (session->matrix &&
	    !matrix_add(session->matrix, run, reply))
		cli_die(cli, CLI_SYSTEM, "%s: the engine does not tell the "
			"steps of a run, which --coverage needs",
			session->argv[0]);
}

/* true: the run went as expected. */
static bool
run_one(struct session *session, struct show_outcome *outcome, unsigned i)
{
	const struct vector_run *run = &outcome->vector->runs[i];
	json_t *request = talk_run(outcome->vector, i, ++session->last_id,
		session->matrix != NULL);
	json_t *reply;
	enum peer_result result = peer_ask(session->peer, request,
		session->timeout_ms, &reply);

	json_decref(request);
	if (result)
		replace_engine(session, result, outcome);
	else
		talk_compare(run, reply, session->declines, keep_difference,
			outcome);
	if (!outcome->difference_count)
		cover(session, run, reply);
	json_decref(reply);
	return !outcome->difference_count;
}

static void
run_vector(struct session *session, const struct vector *vector)
{
	static const char *const features[] = {VECTOR_FEATURE_NAMES};
	struct show_outcome outcome = {.vector = vector,
		.result = SHOW_PASSED};
	unsigned i = 0;

	for (; i < VECTOR_FEATURE_COUNT; i++)
		if (vector->features & session->declines & 1u << i) {
			outcome.result = SHOW_SKIPPED;
			outcome.declined = features[i];
		}
	for (i = 0; outcome.result == SHOW_PASSED && i < vector->run_count;
	    i++)
		if (!run_one(session, &outcome, i)) {
			outcome.result = SHOW_FAILED;
			outcome.run = i + 1;
		}
	show_outcome(&session->show, &outcome);
	free(outcome.differences);
}

static bool
is_selected(const struct session *session, const struct vector *vector)
{
	return !session->select ||
		!fnmatch(session->select, vector->name, 0);
}

/* A pattern with a slip must not look like success. */
static void
check_selection(const struct session *session)
{
	for (unsigned i = 0; i < session->vectors.count; i++)
		if (is_selected(session, &session->vectors.list[i]))
			return;
	if (session->select)
		cli_misuse(cli, "--select: no vector is called '%s'",
			session->select);
	cli_die(cli, CLI_INPUT, "%s: no vectors", session->paths[0]);
}

static void
list_vectors(const struct session *session)
{
	for (unsigned i = 0; i < session->vectors.count; i++) {
		const struct vector *vector = &session->vectors.list[i];

		if (!is_selected(session, vector))
			continue;
		if (session->json)
			cli_print_json(cli, json_pack("{s:i, s:s, s:o, s:i}",
				"v", 1, "name", vector->name,
				"file", diag_text_json(vector->file),
				"line", vector->line));
		else
			printf("%-40s %s:%u\n", vector->name, vector->file,
				vector->line);
	}
}

/* How many rows of the matrix no vector has filled. */
static unsigned
tell_coverage(const struct session *session)
{
	unsigned missing;

	if (!session->matrix)
		return 0;
	missing = matrix_print(session->json ? NULL : stdout,
		session->matrix);
	if (session->json)
		cli_print_json(cli, matrix_json(session->matrix));
	else
		printf("%u not covered\n", missing);
	return missing;
}

static int
run_vectors(struct session *session)
{
	struct show *show = &session->show;
	unsigned missing;

	signal(SIGPIPE, SIG_IGN);
	signal(SIGINT, end_by_signal);
	signal(SIGTERM, end_by_signal);
	start_engine(session);
	for (unsigned i = 0; i < session->vectors.count; i++)
		if (is_selected(session, &session->vectors.list[i]))
			run_vector(session, &session->vectors.list[i]);
	stop_engine(session);
	missing = tell_coverage(session);
	show_end(show);
	return show->counts[SHOW_FAILED] || missing ||
		(!session->allow_skip && (show->counts[SHOW_SKIPPED] ||
		show->no_counts)) ? CLI_NO : CLI_YES;
}

int
main(int argc, char **argv)
{
	struct session session = {.timeout_ms = TIMEOUT_MS,
		.show.out = stdout};
	int status = CLI_YES;

	read_options(&session, argc, argv);
	read_vectors(&session);
	check_selection(&session);
	if (session.list)
		list_vectors(&session);
	else
		status = run_vectors(&session);
	vectors_done(&session.vectors);
	for (unsigned i = 0; i < session.name_count; i++)
		free(session.names[i]);
	free(session.names);
	matrix_free(session.matrix);
	cli_close(cli);
	return status;
}
