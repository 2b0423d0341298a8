/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine inside the kernel as an engine that wasp-conform asks.
 *
 *	xdp-engine [-c] [-o FILE] [tc | trace] [loop] [translate]
 *
 * runs the XDP program with a may_goto loop, the tc program, or the XDP program
 * that tells its steps; with `loop` that with a bpf_loop; with `translate` what
 * each packet's program is translated to.  -o FILE: the object in this file
 * instead; -c: only see whether the kernel takes it, and print how many
 * instructions its verifier looked at, and the bytes of machine code of the
 * interpreter itself.  Ends with 77 where it can not be tried, without
 * privileges or BPF.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/kernel-machine.h"

static void
serve(struct engine *engine)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t size;

	while ((size = getline(&line, &room, stdin)) >= 0) {
		json_t *reply = engine_reply(engine, line, (size_t)size);

		json_dumpf(reply, stdout, JSON_COMPACT);
		putchar('\n');
		fflush(stdout);
		json_decref(reply);
	}
	free(line);
}

static void
read_word(struct kernel_setup *setup, const char *word)
{
	if (!strcmp(word, "loop"))
		setup->loop = word;
	else if (!strcmp(word, "translate"))
		setup->translates = true;
	else
		setup->kind = word;
}

int
main(int argc, char **argv)
{
	struct kernel_setup setup = {.kind = "xdp", .loop = ""};
	struct engine_machine machine = {.name = "xdp-engine",
		.store = kernel_store, .run = kernel_run};
	struct engine *engine;
	int c;

	while ((c = getopt(argc, argv, "co:")) != -1) {
		if (c == 'c')
			setup.tells = true;
		else if (c == 'o')
			setup.file = optarg;
		else
			return 2;
	}
	for (; optind < argc; optind++)
		read_word(&setup, argv[optind]);
	machine.arg = kernel_open(&setup);
	if (!machine.arg)
		return 2;
	machine.traces = !strcmp(setup.kind, "trace");
	engine = engine_new(&machine);
	if (!engine)
		return 1;
	if (!setup.tells)
		serve(engine);
	engine_free(engine);
	kernel_close(machine.arg);
	return 0;
}
