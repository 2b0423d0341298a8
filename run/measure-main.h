/* SPDX-License-Identifier: BSD-2-Clause */
/* What wasp-run counts while packets run: --coverage, --report, --profile. */
#ifndef RUN_MEASURE_MAIN_H
#define RUN_MEASURE_MAIN_H

#include "run/coverage.h"
#include "run/profile.h"
#include "run/request-main.h"

/* Zero-initialised, nothing was counted. */
struct measure {
	struct count count;
	struct counter counter;		/* for count_hook */
	struct profile profile;
};

/* Before and after each run. */
void measure_begin(struct measure *measure);
void measure_end(struct measure *measure, const struct sim_run *run);

/* After all: print the profile and add to the file, where asked for. */
void measure_tell(const struct cli *cli, const struct request *request,
	const struct object *object, const struct measure *measure);

/* Print the file of --coverage. */
void measure_report(const struct cli *cli, const struct request *request);

#endif
