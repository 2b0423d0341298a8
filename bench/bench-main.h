/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the mains of the benchmarks share: --quick and -o, a table on standard
 * output, the same as JSON lines in a file.
 */
#ifndef BENCH_BENCH_MAIN_H
#define BENCH_BENCH_MAIN_H

#include "bench/bench.h"
#include "cli/cli.h"

struct bench {
	const struct cli *cli;
	struct bench_effort effort;
	bool quick;		/* only to see that it runs: small and short */
	const char *path;
	FILE *out;		/* NULL: no file was asked for */
};

/* Rows of a main's option table, the first of it; more may follow. */
#define BENCH_OPTIONS \
	{0, "quick", NULL, "only see that it runs: small and short"}, \
	{'o', "output", "FILE", "append the results to FILE as JSON lines"}
enum { BENCH_OPTION_COUNT = 2 };

/*
 * Read the command line, open the file.  option takes the main's own options,
 * from 0 for the one behind BENCH_OPTIONS; NULL: it has none.
 */
void bench_begin(struct bench *bench, const struct cli *cli, int argc,
	char **argv, void (*option)(void *arg, int option, const char *value),
	void *arg);

/* A heading of the table. */
void bench_title(const struct bench *bench, unsigned row, const char *title);

/* A sentence about what is left out, or found; also in the file. */
void bench_note(const struct bench *bench, unsigned row, const char *format,
	...) __attribute__((format(printf, 3, 4)));

/* Print and write results; bench_cases measures them before. */
void bench_results(const struct bench *bench, unsigned row, const char *unit,
	const struct bench_case *cases, unsigned count);
void bench_cases(const struct bench *bench, unsigned row, const char *unit,
	struct bench_case *cases, unsigned count);

/* Close the file; the exit status. */
int bench_end(struct bench *bench);

#endif
