/* SPDX-License-Identifier: BSD-2-Clause */
/* The program that wasp-run sends; see program-main.h. */
#include <config.h>

#include "run/program-main.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct cli *const cli = &request_cli;

enum { LOAD_SIZE_MAX = 256 << 20 };	/* of a file, as of any input */

static void
draw_keys(const struct request *request, struct object *object)
{
	for (unsigned i = 0; i < object->notes.random_count; i++) {
		const struct notes_random *random = &object->notes.randoms[i];
		uint64_t key = key_in_space(random->space,
			sim_draw(request->sim.seed, random->first));

		object_put_word(object, random->first, (uint32_t)(key >> 32));
		object_put_word(object, random->first + 1, (uint32_t)key);
	}
}

static void
set_returned(struct object *object)
{
	object->header.flags |= PACKET_FLAG_RETURNED;
	packet_put_header(object->packet, &object->header);
	packet_set_checksum(object->packet, object->size);
	object->header.checksum =
		packet_get16(object->packet + PACKET_OFF_CHECKSUM);
}

/* What the options ask of a packet as it was captured. */
static bool
check_captured(const struct request *request, const struct input *input,
	char *error, size_t error_size)
{
	const char *trouble = NULL;

	if (input->ip && request->sim.v6)
		trouble = "--ipv6 is for objects: a captured packet has a "
			"version of its own";
	else if (input->ip && input->info.wasp_off > SIM_HEADERS_MAX)
		trouble = "more than 1024 bytes are before WASP in that packet";
	if (trouble)
		snprintf(error, error_size, "%s", trouble);
	return !trouble;
}

/* Change it as the options say. */
static bool
apply_options(struct program *program, const struct request *request,
	char *error, size_t error_size)
{
	struct input *input = &program->input;

	if (!check_captured(request, input, error, error_size))
		return false;
	draw_keys(request, &input->object);
	if (!cli_try_words(cli, &input->object, request->sets,
	    request->set_count, error, error_size))
		return false;
	if (request->is_back)
		set_returned(&input->object);
	program->source = (struct record_source){
		.sim = {&input->object, input->ip, input->ip_size,
			cli_input_numbers(&request->in)},
		.hook = request->hook};
	return true;
}

void
program_read(struct program *program, const struct request *request)
{
	struct cli_input in = request->in;
	char error[2 * DIAG_TEXT_SIZE];

	*program = (struct program){.next = NULL};
	cli_read_input(cli, &in, request->json, &program->input);
	if (!apply_options(program, request, error, sizeof(error)))
		cli_misuse(cli, "%s", error);
}

/*
 * Loading ends nothing, so what would make the functions of cli exit is looked
 * at before.
 */

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

/* The first error, and room for it. */
struct first_error {
	char *text;
	size_t size;
};

static void
keep_first(void *arg, const struct diag *diag)
{
	struct first_error *error = arg;

	if (!*error->text && diag->severity == DIAG_ERROR)
		snprintf(error->text, error->size, "%.100s: %.200s",
			diag->file, diag->text);
}

bool
program_load(struct program *program, const struct request *request,
	const char *file, char *error, size_t error_size)
{
	struct first_error first = {error, error_size};
	struct cli_input in = request->in;
	bool read;

	in.path = file;
	in.filter = NULL;
	in.packet = 0;
	error[0] = '\0';
	if (!is_loadable(file)) {
		snprintf(error, error_size, "%.200s: %s", file,
			strerror(errno));
		return false;
	}
	cli_input_open(cli, &in);
	read = cli_input_parse(&in, &program->input, keep_first, &first);
	cli_input_done(&in);
	return read && apply_options(program, request, error, error_size);
}
