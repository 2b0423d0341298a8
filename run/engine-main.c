/* SPDX-License-Identifier: BSD-2-Clause */
/* The loop of wasp-run --engine; see engine-main.h. */
#include <config.h>

#include "run/engine-main.h"

#include <stdlib.h>

#include "run/engine.h"

void
engine_serve(const struct cli *cli)
{
	struct engine *engine = engine_new(NULL);
	char *line = NULL;
	size_t room = 0;
	ssize_t size;

	if (!engine)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	while ((size = getline(&line, &room, stdin)) >= 0) {
		cli_print_json(cli, engine_reply(engine, line, (size_t)size));
		cli_flush(cli);
	}
	free(line);
	engine_free(engine);
}
