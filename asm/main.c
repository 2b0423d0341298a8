/* SPDX-License-Identifier: BSD-2-Clause */
/* wasp-as: assemble a program into an object file. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "asm/asm.h"
#include "asm/include-main.h"
#include "asm/tables-main.h"
#include "cli/cli.h"
#include "verify/verify.h"

enum {
	OPTION_OUTPUT, OPTION_INCLUDE, OPTION_DEFINE, OPTION_DEPS, OPTION_STRIP,
	OPTION_LIST, OPTION_HASH, OPTION_OPCODES, OPTION_JSON, OPTION_MAX_ERRORS
};
enum { MAX_ERRORS = 20 };

static const struct cli_option options[] = {
	{'o', "output", "FILE", "write the object there (default: standard output)"},
	{'I', "include", "DIRECTORY", "look for included files there, too"},
	{'D', "define", "NAME[=EXPR]", "define a name before the source is read"},
	{'M', "deps", "FILE", "write rules for make there: what the object needs"},
	{0, "strip", NULL, "leave the notes off: names, labels, source lines"},
	{0, "list", "[=FILE]", "write a listing; alone, to standard output"},
	{0, "hash", NULL, "print the hash of the code of any program"},
	{0, "print-opcodes", NULL, "print instructions, fields, directives"},
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

/* What the command line says. */
struct request {
	const char *output, *deps;
	const char *list;		/* file of the listing */
	bool listed, hash, tables;
	const char **defines, **directories;	/* ended by NULL */
	struct includes includes;
	struct asm_options how;
	struct limited limited;
};

/* --define takes a name, and '=' and an expression, on one line. */
static const char *
checked_define(const char *value)
{
	size_t len = strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789_$.");

	if (len == 0 || strchr("0123456789.", *value) ||
	    (value[len] && value[len] != '=') || strchr(value, '\n'))
		cli_misuse(&command, "--define takes NAME or NAME=EXPR, "
			"not '%s'", value);
	return value;
}

/* As many values of an option as there may be, and NULL. */
static const char **
make_list(int argc)
{
	const char **list = calloc((size_t)argc, sizeof(*list));

	if (!list)
		cli_die(&command, CLI_SYSTEM, "out of memory");
	return list;
}

static void
read_options(struct request *request, int argc, char **argv)
{
	unsigned define_count = 0, directory_count = 0;
	const char *value;

	request->defines = make_list(argc);
	request->directories = make_list(argc);
	request->includes.directories = request->directories;
	request->how.defines = request->defines;
	request->how.open = includes_open;
	request->how.open_arg = &request->includes;
	for (int i; (i = cli_next(&command, argc, argv, &value)) >= 0;)
		switch (i) {
		case OPTION_OUTPUT:
			request->output = value;
			break;
		case OPTION_DEFINE:
			request->defines[define_count++] =
				checked_define(value);
			break;
		case OPTION_INCLUDE:
			request->directories[directory_count++] = value;
			break;
		case OPTION_DEPS:
			request->deps = value;
			break;
		case OPTION_STRIP:
			request->how.strip = true;
			break;
		case OPTION_LIST:
			request->listed = true;
			request->list = value;
			break;
		case OPTION_HASH:
			request->hash = true;
			break;
		case OPTION_OPCODES:
			request->tables = true;
			break;
		case OPTION_JSON:
			request->limited.printer.json = true;
			break;
		case OPTION_MAX_ERRORS:
			request->limited.max = (unsigned)cli_number(&command,
				"--max-errors", value, 0, 1000000);
			break;
		}
}

/* What the longest path takes, below the listing. */
static void
print_worst_case(FILE *list, const struct object *object)
{
	struct packet_header header;
	struct verify_result r;

	if (packet_parse(object->packet, object->size, &header))
		return;
	verify_code(object->packet, &header, &object->notes, NULL, &r);
	if (r.accepted)
		fprintf(list, "At most %u step%s, cost %u, %u store access%s\n",
			r.max_steps, r.max_steps == 1 ? "" : "s", r.max_cost,
			r.max_accesses, r.max_accesses == 1 ? "" : "es");
	else
		fprintf(list, "wasp-verify refuses it\n");
}

/* The same with a listing, which is written for a source with errors, too. */
static enum asm_result
assemble_listed(struct request *request, const char *source, size_t size,
	struct object *object)
{
	char *text = NULL;
	size_t text_size;
	FILE *list = open_memstream(&text, &text_size);
	enum asm_result result;

	if (!list)
		return ASM_NO_MEMORY;
	request->how.list = list;
	result = asm_assemble(object, source, size, &request->how,
		diag_filter_sink, &warnings);
	if (result == ASM_OK)
		print_worst_case(list, object);
	if (fclose(list))
		return ASM_NO_MEMORY;
	if (result != ASM_NO_MEMORY)
		cli_write(&command, request->list, text, text_size, false);
	free(text);
	return result;
}

/* False when there is an error. */
static bool
assemble(struct request *request, const char *path, const char *source,
	size_t size, struct object *object)
{
	enum asm_result result;

	request->how.file = path && strcmp(path, "-") ? path : NULL;
	result = request->listed ?
		assemble_listed(request, source, size, object) :
		asm_assemble(object, source, size, &request->how,
			diag_filter_sink, &warnings);
	say_hidden(&request->limited);
	if (result == ASM_NO_MEMORY)
		cli_die(&command, CLI_SYSTEM, "out of memory");
	return result != ASM_REJECTED && !warnings.promoted;
}

/* Is it a program that is assembled already, in an object or a capture? */
static bool
is_assembled(const struct cli_input *in)
{
	const uint8_t *bytes = (const uint8_t *)in->bytes;
	struct packet_header header;

	return in->packet || input_is_capture(bytes, in->size) ||
		packet_parse(bytes, in->size, &header) == PACKET_OK;
}

static bool
load(struct request *request, const struct cli_input *in, struct object *object)
{
	struct input input;

	if (!cli_input_parse(in, &input, diag_filter_sink, &warnings))
		return false;
	if (!request->limited.printer.json)
		cli_tell_choice(&command, in, &input);
	*object = input.object;
	input.object = (struct object){.size = 0};
	input_done(&input);
	return true;
}

/*
 * What the program of a source, an object or a packet is called by, as text;
 * false after a report.
 */
static bool
find_hash(struct request *request, const char *path,
	char hash[static PACKET_HASH_SIZE])
{
	struct cli_input in = {.path = path};
	struct object object = {.size = 0};
	bool ok = cli_input_try_open(&command, &in);

	request->limited.printer.errors = request->limited.hidden = 0;
	warnings.promoted = 0;
	if (ok)
		ok = is_assembled(&in) ? load(request, &in, &object) :
			assemble(request, path, in.bytes, in.size, &object);
	if (ok)
		packet_hash_text(packet_code_hash(object.packet,
			object.header.code_count), hash);
	object_done(&object);
	cli_input_done(&in);
	return ok;
}

static bool
print_hash(struct request *request, const char *path, bool named)
{
	char hash[PACKET_HASH_SIZE];

	if (!find_hash(request, path, hash))
		return false;
	if (request->limited.printer.json)
		cli_print_json(&command, json_pack("{s:i, s:s, s:s}", "v", 1,
			"file", cli_file_name(path), "code_hash", hash));
	else
		printf("%s%s%s\n", hash, named ? "  " : "",
			named ? cli_file_name(path) : "");
	cli_flush(&command);	/* before what is said of the next one */
	return true;
}

/* One that is none does not keep the others from being told. */
static enum cli_exit
print_hashes(struct request *request, int count, char **paths)
{
	bool ok = count > 0 || print_hash(request, NULL, false);

	for (int i = 0; i < count; i++)
		ok &= print_hash(request, paths[i], count > 1);
	return ok ? CLI_YES : CLI_INPUT;
}

static void
write_deps(const struct request *request)
{
	size_t size;
	char *rules = includes_rules(&request->includes, request->output,
		request->how.file, &size);

	if (!rules)
		cli_die(&command, CLI_SYSTEM, "out of memory");
	cli_write(&command, request->deps, rules, size, false);
	free(rules);
}

static void
make_object(struct request *request, const char *path)
{
	struct packet_header header;
	struct object object;
	size_t size;
	char *source;

	if (request->deps && (!request->output ||
	    !strcmp(request->output, "-")))
		cli_misuse(&command, "--deps needs the name of the object, "
			"--output FILE");
	source = cli_read(&command, path, &size);
	if (packet_parse((uint8_t *)source, size, &header) == PACKET_OK)
		cli_die(&command, CLI_INPUT, "%s: this is an object, not a "
			"source; wasp-dis makes one of it",
			cli_file_name(path));
	if (!assemble(request, path, source, size, &object)) {
		cli_flush(&command);
		exit(CLI_INPUT);
	}
	free(source);
	/* A listing that goes to standard output leaves no room for it there. */
	if (!request->listed || request->list || request->output)
		write_object(&object, request->output);
	object_done(&object);
	if (request->deps)
		write_deps(request);
}

static void
print_tables(const struct request *request, int argc, char **argv)
{
	if (optind < argc)
		cli_misuse(&command, "--print-opcodes takes no FILE, and '%s' "
			"is one", argv[optind]);
	if (request->limited.printer.json)
		cli_print_json(&command, tables_json());
	else
		tables_print(stdout);
}

int
main(int argc, char **argv)
{
	struct request request = {.limited = {.printer.out = stderr,
		.max = MAX_ERRORS}};
	enum cli_exit status = CLI_YES;

	read_options(&request, argc, argv);
	warnings.sink = limited_sink;
	warnings.arg = &request.limited;
	if (request.listed && !request.list && request.output &&
	    !strcmp(request.output, "-"))
		cli_misuse(&command, "--list and -o - both want standard output");
	if (request.hash && (request.listed || request.output || request.deps))
		cli_misuse(&command, "--hash writes nothing else: no object, "
			"no listing, no rules");
	if (request.tables)
		print_tables(&request, argc, argv);
	else if (request.hash)
		status = print_hashes(&request, argc - optind, argv + optind);
	else
		make_object(&request, cli_operand(&command, argc, argv));
	includes_done(&request.includes);
	free(request.directories);
	free(request.defines);
	cli_close(&command);
	return status;
}
