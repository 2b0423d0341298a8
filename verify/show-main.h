/* SPDX-License-Identifier: BSD-2-Clause */
/* What wasp-verify prints of a program that it has judged, for people. */
#ifndef VERIFY_SHOW_MAIN_H
#define VERIFY_SHOW_MAIN_H

#include "verify/verify.h"

/* A row for each hook: the shortest to the longest path by each measure. */
void show_figures(const struct object *object,
	const struct verify_result *result, unsigned hops);

/* The costliest path at each hook, line by line, with the sum so far. */
void show_critical(const struct object *object,
	const struct verify_result *result);

#endif
