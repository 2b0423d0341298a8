/* SPDX-License-Identifier: BSD-2-Clause */
/* wasp-as: assemble a program into an object file. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "asm/asm.h"
#include "cli/cli.h"

enum { OPTION_OUTPUT, OPTION_STRIP, OPTION_JSON, OPTION_MAX_ERRORS };
enum { MAX_ERRORS = 20 };

static const struct cli_option options[] = {
	{'o', "output", "FILE", "write the object there (default: standard output)"},
	{0, "strip", NULL, "leave the notes off: names, labels, source lines"},
	{0, "json", NULL, "print diagnostics as JSON lines"},
	{0, "max-errors", "N", "print at most N errors (default 20, 0: all)"},
	{0, NULL, NULL, NULL}
};
static struct diag_filter warnings;
static const struct cli command = {
	"wasp-as", "[FILE]",
	"Assemble a WASP program, from FILE or standard input.", options,
	&warnings
};

/* Prints the first errors and counts the others. */
struct limited {
	struct diag_printer printer;
	unsigned max, hidden;
};

static void
limited_sink(void *arg, const struct diag *diag)
{
	struct limited *limited = arg;

	if (limited->hidden == 0 && (diag->severity != DIAG_ERROR ||
		!limited->max || limited->printer.errors < limited->max))
		diag_printer_sink(&limited->printer, diag);
	else
		limited->hidden += diag->severity == DIAG_ERROR;
}

static void
say_hidden(const struct limited *limited)
{
	bool cut = limited->printer.errors + limited->hidden == ASM_ERROR_MAX;

	if (limited->hidden && !limited->printer.json)
		fprintf(stderr, "%s: %s%u more error%s; --max-errors sets how "
			"many are printed\n", command.name,
			cut ? "at least " : "", limited->hidden,
			limited->hidden == 1 ? "" : "s");
}

static void
write_object(const struct object *object, const char *output)
{
	size_t size;
	uint8_t *bytes = object_bytes(object, &size);

	if (!bytes)
		cli_die(&command, CLI_SYSTEM, "out of memory");
	cli_write(&command, output, bytes, size, true);
	free(bytes);
}

int
main(int argc, char **argv)
{
	struct limited limited = {.printer.out = stderr, .max = MAX_ERRORS};
	struct asm_options how = {0};
	const char *value, *path, *output = NULL;
	struct object object;
	enum asm_result result;
	char *source;
	size_t size;

	for (int i; (i = cli_next(&command, argc, argv, &value)) >= 0;)
		switch (i) {
		case OPTION_OUTPUT:
			output = value;
			break;
		case OPTION_STRIP:
			how.strip = true;
			break;
		case OPTION_JSON:
			limited.printer.json = true;
			break;
		case OPTION_MAX_ERRORS:
			limited.max = (unsigned)cli_number(&command,
				"--max-errors", value, 0, 1000000);
			break;
		}
	path = cli_operand(&command, argc, argv);
	how.file = path && strcmp(path, "-") ? path : NULL;
	source = cli_read(&command, path, &size);
	warnings.sink = limited_sink;
	warnings.arg = &limited;
	result = asm_assemble(&object, source, size, &how, diag_filter_sink,
		&warnings);
	free(source);
	say_hidden(&limited);
	if (result == ASM_NO_MEMORY)
		cli_die(&command, CLI_SYSTEM, "out of memory");
	if (result == ASM_REJECTED || warnings.promoted) {
		object_done(&object);
		return CLI_INPUT;
	}
	write_object(&object, output);
	object_done(&object);
	cli_close(&command);
	return CLI_YES;
}
