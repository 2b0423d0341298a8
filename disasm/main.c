/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wasp-dis: disassemble a program, to a source that assembles to it again, or
 * to a listing, a graph or JSON, which show more of it.
 */
#include <config.h>

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "disasm/disasm.h"

enum {
	OUTPUT, SOURCE, EXPLAIN, BYTES, ARROWS, ASCII, COLOR, DOT, JSON, INPUT
};
static const struct cli_option options[] = {
	{'o', "output", "FILE", "write to FILE instead of standard output"},
	{'s', "source", NULL, "print the source lines that the notes hold"},
	{'e', "explain", NULL, "say in words what each line does"},
	{'b', "bytes", NULL, "list places and bytes, of the header, too"},
	{'a', "arrows", NULL, "list jumps as arrows"},
	{0, "ascii", NULL, "draw arrows with ASCII characters"},
	{0, "color", "WHEN", "colour: auto|always|never; auto: on a terminal"},
	{0, "dot", NULL, "print the jumps as a graph for dot"},
	{0, "json", NULL, "print one line of JSON"},
	CLI_INPUT_OPTIONS('n'),
	CLI_NUMBERS_OPTIONS,
	{0}
};
static struct diag_filter warnings;
static const struct cli cli = {"wasp-dis", "[FILE]",
	"Disassemble a WASP program.", options, &warnings};

struct request {
	struct cli_input in;
	struct disasm_options how;
	const char *output, *color;
	bool dot, json;
};

static void
read_options(int argc, char **argv, struct request *request)
{
	struct disasm_options *how = &request->how;
	const char *value;
	int option;

	while ((option = cli_next(&cli, argc, argv, &value)) >= 0)
		switch (option) {
		case OUTPUT:
			request->output = value;
			break;
		case SOURCE:
			how->source = true;
			break;
		case EXPLAIN:
			how->explain = true;
			break;
		case BYTES:
			how->bytes = true;
			break;
		case ARROWS:
			how->arrows = true;
			break;
		case ASCII:
			how->ascii = true;
			break;
		case COLOR:
			request->color = value;
			break;
		case DOT:
			request->dot = true;
			break;
		case JSON:
			request->json = true;
			break;
		default:
			cli_input_option(&cli, &request->in, option - INPUT,
				value);
		}
	request->in.path = cli_operand(&cli, argc, argv);
}

/* A graph and JSON have one form each. */
static void
check_options(const struct request *request)
{
	const struct disasm_options *how = &request->how;

	if (request->dot && request->json)
		cli_misuse(&cli, "--dot and --json exclude each other");
	if ((request->dot || request->json) &&
	    (how->source || how->explain || how->bytes || how->arrows))
		cli_misuse(&cli, "--source, --explain, --bytes and --arrows "
			"are for text, not for --%s",
			request->dot ? "dot" : "json");
}

/* What can be shown where the output goes. */
static void
look_at_terminal(struct request *request)
{
	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8"))
		request->how.ascii = true;
	request->how.color = cli_color(&cli, request->color, request->output);
}

/* Where the program was, or null. */
static json_t *
input_json(const struct input *input)
{
	if (input->form == INPUT_OBJECT)
		return json_null();
	return json_pack("{s:s, s:I, s:I, s:I, s:o, s:b, s:s}",
		"form", input->form == INPUT_CAPTURE ? "capture" : "text",
		"packet", (json_int_t)input->packet,
		"packets", (json_int_t)input->packets,
		"wasp_packets", (json_int_t)input->wasp_packets,
		"time_us", input->form == INPUT_CAPTURE ?
			json_integer(input->time_us) : json_null(),
		"quoted", input->quoted, "text", input->text);
}

static bool
print_json(FILE *out, const struct input *input)
{
	json_t *root = disasm_json(&input->object);

	if (!root || json_object_set_new(root, "input", input_json(input)))
		return false;
	json_dumpf(root, out, JSON_COMPACT | JSON_ENSURE_ASCII);
	fputc('\n', out);
	json_decref(root);
	return true;
}

/* The text, allocated; NULL without memory. */
static char *
disassemble(const struct request *request, const struct input *input,
	size_t *size)
{
	const struct object *object = &input->object;
	char *text = NULL;
	FILE *out = open_memstream(&text, size);
	bool ok = out;

	if (ok && request->json)
		ok = print_json(out, input);
	else if (ok && request->dot)
		disasm_dot(out, object);
	else if (ok)
		disasm_list(out, object, &request->how);
	if (out && fclose(out))
		ok = false;
	if (ok)
		return text;
	free(text);
	return NULL;
}

int
main(int argc, char **argv)
{
	struct request request = {.color = "auto"};
	char place[INPUT_PLACE_SIZE];
	struct input input;
	size_t size;
	char *text;

	read_options(argc, argv, &request);
	check_options(&request);
	look_at_terminal(&request);
	cli_read_input(&cli, &request.in, request.json, &input);
	request.how.heading = input_place(&input, place);
	text = disassemble(&request, &input, &size);
	input_done(&input);
	if (!text)
		cli_die(&cli, CLI_SYSTEM, "out of memory");
	cli_write(&cli, request.output, text, size, false);
	free(text);
	cli_close(&cli);
	return CLI_YES;
}
