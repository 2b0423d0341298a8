/* SPDX-License-Identifier: BSD-2-Clause */
/* wasp-dis: disassemble an object to a source that assembles to it again. */
#include <config.h>

#include <stdlib.h>

#include "cli/cli.h"
#include "disasm/disasm.h"

enum { OUTPUT, JSON };
static const struct cli_option options[] = {
	{'o', "output", "FILE", "write to FILE instead of standard output"},
	{0, "json", NULL, "print one line of JSON instead of a source"},
	{0}
};
static struct diag_filter warnings;
static const struct cli cli = {"wasp-dis", "[FILE]",
	"Disassemble a WASP object.", options, &warnings};

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
	const char *output = NULL, *input, *value;
	struct object object;
	bool json = false;
	size_t size;
	char *text;
	int option;

	while ((option = cli_next(&cli, argc, argv, &value)) >= 0) {
		if (option == OUTPUT)
			output = value;
		else
			json = true;
	}
	input = cli_operand(&cli, argc, argv);
	cli_read_object(&cli, input, json, &object);
	text = disassemble(&object, json, &size);
	object_done(&object);
	if (!text)
		cli_die(&cli, CLI_SYSTEM, "out of memory");
	cli_write(&cli, output, text, size, false);
	free(text);
	cli_close(&cli);
	return CLI_YES;
}
