/* SPDX-License-Identifier: BSD-2-Clause */
/* wasp-run --engine: answer wasp-conform, line by line, to the end of input. */
#ifndef RUN_ENGINE_MAIN_H
#define RUN_ENGINE_MAIN_H

#include "cli/cli.h"

void engine_serve(const struct cli *cli);

#endif
