/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs in any form, from the command line; see cli.h. */
#include <config.h>

#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { INPUT_MAX_MIB = 256 };
enum { PACKET, FILTER, NOTES, PROTOCOL, PORT };

static void
set_packet(const struct cli *cli, struct cli_input *in, const char *value)
{
	if (in->packet)
		cli_misuse(cli, "--packet was given twice");
	in->packet = cli_number(cli, "--packet", value, 1, UINT32_MAX);
}

void
cli_input_option(const struct cli *cli, struct cli_input *in, int option,
	const char *value)
{
	switch (option) {
	case PACKET:
		set_packet(cli, in, value);
		break;
	case FILTER:
		in->filter = value;
		break;
	case NOTES:
		if (in->notes_count == CLI_NOTES_MAX)
			cli_misuse(cli, "--notes: at most %d", CLI_NOTES_MAX);
		in->notes_paths[in->notes_count++] = value;
		break;
	case PROTOCOL:
		in->numbers.protocol = (uint8_t)cli_number(cli, "--protocol",
			value, 1, UINT8_MAX);
		break;
	case PORT:
		in->numbers.udp_port = (uint16_t)cli_number(cli, "--port",
			value, 1, UINT16_MAX);
		break;
	}
}

static bool
is_there(const char *path)
{
	return !strcmp(path, "-") || access(path, F_OK) == 0;
}

/* FILE#N: the path without #N in in->file, the number in in->packet. */
static void
split_number(const struct cli *cli, struct cli_input *in)
{
	const char *mark = in->path ? strrchr(in->path, '#') : NULL;

	if (!mark || is_there(in->path) || !mark[1] ||
	    mark[1 + strspn(mark + 1, "0123456789")])
		return;
	in->file = strndup(in->path, (size_t)(mark - in->path));
	if (!in->file)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	if (!is_there(in->file))
		return;
	in->path = in->file;
	set_packet(cli, in, mark + 1);
}

bool
cli_input_try_open(const struct cli *cli, struct cli_input *in)
{
	split_number(cli, in);
	if (in->packet && in->filter)
		cli_misuse(cli, "a packet's number and --filter exclude each "
			"other");
	in->bytes = cli_read_or_tell(cli, in->path, INPUT_MAX_MIB, &in->size);
	for (unsigned i = 0; in->bytes && i < in->notes_count; i++)
		in->notes[i] = cli_read(cli, in->notes_paths[i],
			&in->notes_sizes[i]);
	return in->bytes != NULL;
}

void
cli_input_open(const struct cli *cli, struct cli_input *in)
{
	if (!cli_input_try_open(cli, in))
		exit(CLI_INPUT);
}

/* Passes diagnostics on and sees whether the user or the file is to blame. */
struct blame {
	diag_sink *sink;
	void *arg;
	bool bad_filter;
};

static void
blame_sink(void *arg, const struct diag *diag)
{
	struct blame *blame = arg;

	blame->bad_filter |= diag->id == DIAG_CAPTURE_FILTER;
	blame->sink(blame->arg, diag);
}

/* Names from the first of these objects that is the same program. */
static bool
lend_notes(const struct cli_input *in, struct object *object, diag_sink *sink,
	void *arg)
{
	struct diag diag = {.file = in->notes_paths[0]};
	bool found = in->notes_count == 0;

	for (unsigned i = 0; i < in->notes_count && !found; i++) {
		struct object program;

		if (!object_read(&program, (uint8_t *)in->notes[i],
		    in->notes_sizes[i], cli_file_name(in->notes_paths[i]),
		    sink, arg))
			return false;
		found = program.notes.present && object_is_program(&program,
			object->packet, &object->header);
		if (found)
			object_take_notes(object, &program);
		object_done(&program);
	}
	if (found)
		return true;
	diag_set(&diag, DIAG_INPUT_NOTES, in->notes_count == 1 ?
		"it has no notes for the code of this program" :
		"no object of --notes has notes for the code of this program");
	sink(arg, &diag);
	return false;
}

struct ip_numbers
cli_input_numbers(const struct cli_input *in)
{
	struct ip_numbers numbers = in->numbers;

	if (!numbers.protocol)
		numbers.protocol = IP_NUMBERS_DEFAULT.protocol;
	if (!numbers.udp_port)
		numbers.udp_port = IP_NUMBERS_DEFAULT.udp_port;
	return numbers;
}

bool
cli_input_parse(const struct cli_input *in, struct input *input,
	diag_sink *sink, void *arg)
{
	struct blame blame = {.sink = sink, .arg = arg};
	struct input_choice choice = {.file = cli_file_name(in->path),
		.packet = in->packet, .filter = in->filter,
		.numbers = cli_input_numbers(in)};

	if (input_read(input, (uint8_t *)in->bytes, in->size, &choice,
	    blame_sink, &blame))
		return lend_notes(in, &input->object, sink, arg);
	if (blame.bad_filter)
		exit(CLI_USAGE);
	return false;
}

void
cli_input_done(struct cli_input *in)
{
	for (unsigned i = 0; i < in->notes_count; i++)
		free(in->notes[i]);
	free(in->bytes);
	free(in->file);
	*in = (struct cli_input){.path = NULL};
}

void
cli_tell_choice(const struct cli *cli, const struct cli_input *in,
	const struct input *input)
{
	char place[INPUT_PLACE_SIZE];

	if (input->wasp_packets > 1 && !in->packet)
		fprintf(stderr, "%s: took %s\n", cli->name,
			input_place(input, place));
}

void
cli_read_input(const struct cli *cli, struct cli_input *in, bool json,
	struct input *input)
{
	struct diag_printer printer = {.out = stderr, .json = json};
	struct diag_filter filter = cli->warnings ? *cli->warnings :
		(struct diag_filter){0};

	filter.sink = diag_printer_sink;
	filter.arg = &printer;
	cli_input_open(cli, in);
	if (!cli_input_parse(in, input, diag_filter_sink, &filter) ||
	    filter.promoted) {
		input_done(input);
		exit(CLI_INPUT);
	}
	if (!json)
		cli_tell_choice(cli, in, input);
	cli_input_done(in);
}
