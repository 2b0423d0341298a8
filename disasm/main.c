/* SPDX-License-Identifier: BSD-2-Clause */
/* wasp-dis: disassemble a program to a source that assembles to it again. */
#include <config.h>

#include <stdlib.h>

#include "cli/cli.h"
#include "disasm/disasm.h"

enum { OUTPUT, JSON, INPUT };
static const struct cli_option options[] = {
	{'o', "output", "FILE", "write to FILE instead of standard output"},
	{0, "json", NULL, "print one line of JSON instead of a source"},
	CLI_INPUT_OPTIONS('n'),
	CLI_NUMBERS_OPTIONS,
	{0}
};
static struct diag_filter warnings;
static const struct cli cli = {"wasp-dis", "[FILE]",
	"Disassemble a WASP program.", options, &warnings};

/* The text, allocated; NULL without memory. */
static char *
disassemble(const struct object *object, bool json, size_t *size)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, size);
	json_t *root = json ? disasm_json(object) : NULL;
	bool ok = out && (root || !json);

	if (ok && json) {
		json_dumpf(root, out, JSON_COMPACT | JSON_ENSURE_ASCII);
		fputc('\n', out);
	} else if (ok) {
		disasm_print(out, object);
	}
	json_decref(root);
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
	const char *output = NULL, *value;
	struct cli_input in = {.path = NULL};
	struct input input;
	bool json = false;
	size_t size;
	char *text;
	int option;

	while ((option = cli_next(&cli, argc, argv, &value)) >= 0) {
		if (option == OUTPUT)
			output = value;
		else if (option == JSON)
			json = true;
		else
			cli_input_option(&cli, &in, option - INPUT, value);
	}
	in.path = cli_operand(&cli, argc, argv);
	cli_read_input(&cli, &in, json, &input);
	text = disassemble(&input.object, json, &size);
	input_done(&input);
	if (!text)
		cli_die(&cli, CLI_SYSTEM, "out of memory");
	cli_write(&cli, output, text, size, false);
	free(text);
	cli_close(&cli);
	return CLI_YES;
}
