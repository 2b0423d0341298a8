/* SPDX-License-Identifier: BSD-2-Clause */
/* wasp-bpf: translate a program into a BPF object file. */
#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "xdp/elf.h"
#include "xdp/template-tc.skel.h"
#include "xdp/template-xdp.skel.h"

enum { OUTPUT, HOOK, JSON, INPUT };
static const struct cli_option options[] = {
	{'o', "output", "FILE", "write the object there (default: standard output)"},
	{0, "hook", "HOOK", "ingress|egress: for XDP (default) or for tc"},
	{0, "json", NULL, "print diagnostics as JSON lines"},
	CLI_INPUT_OPTIONS('n'),
	CLI_NUMBERS_OPTIONS,
	{0}
};
static const struct cli cli = {"wasp-bpf", "[FILE]",
	"Translate a WASP program into a BPF object file.", options, NULL};

struct request {
	struct cli_input in;
	const char *output;
	enum translate_kind kind;
	bool json;
};

static enum translate_kind
kind_of(const char *hook)
{
	if (!strcmp(hook, "ingress"))
		return TRANSLATE_XDP;
	if (strcmp(hook, "egress"))
		cli_misuse(&cli, "--hook takes ingress or egress, not '%s'",
			hook);
	return TRANSLATE_TC;
}

static void
read_options(int argc, char **argv, struct request *request)
{
	const char *value;
	int option;

	while ((option = cli_next(&cli, argc, argv, &value)) >= 0)
		switch (option) {
		case OUTPUT:
			request->output = value;
			break;
		case HOOK:
			request->kind = kind_of(value);
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

/* The object of the hook's template, and what it calls the maps. */
static const void *
template_of(enum translate_kind kind, size_t *size)
{
	return kind == TRANSLATE_XDP ?
		wasp_template_xdp__elf_bytes(size) :
		wasp_template_tc__elf_bytes(size);
}

static void *
make_object(enum translate_kind kind, const struct object *object, size_t *size)
{
	const char *const maps[] = {
		[TRANSLATE_RUNS] = kind == TRANSLATE_XDP ? "wasp_run_xdp" :
			"wasp_run_tc",
		[TRANSLATE_PROGRAMS] = "wasp_programs"};
	struct translation *translation = calloc(1, sizeof(*translation));
	size_t template_size;
	const void *template = template_of(kind, &template_size);
	void *file = NULL;

	if (!translation)
		cli_die(&cli, CLI_SYSTEM, "out of memory");
	if (translate(kind, object->packet + PACKET_HEADER_SIZE,
		object->header.code_count, object->header.pad_count,
		translation))
		file = elf_make(template, template_size, maps, translation,
			size);
	free(translation);
	if (!file)
		cli_die(&cli, CLI_BUG, "it can not be translated: %s",
			strerror(errno));
	return file;
}

int
main(int argc, char **argv)
{
	struct request request = {.kind = TRANSLATE_XDP};
	struct input input;
	size_t size;
	void *file;

	read_options(argc, argv, &request);
	cli_read_input(&cli, &request.in, request.json, &input);
	file = make_object(request.kind, &input.object, &size);
	cli_write(&cli, request.output, file, size, true);
	free(file);
	input_done(&input);
	cli_input_done(&request.in);
	cli_close(&cli);
	return CLI_YES;
}
