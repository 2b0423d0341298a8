/* SPDX-License-Identifier: BSD-2-Clause */
/* Options, the table and the file; see bench-main.h. */
#include <config.h>

#include "bench/bench-main.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

void
bench_begin(struct bench *bench, const struct cli *cli, int argc, char **argv,
	void (*option)(void *arg, int option, const char *value), void *arg)
{
	const char *value;
	int i;

	*bench = (struct bench){.cli = cli, .effort = BENCH_THOROUGH};
	while ((i = cli_next(cli, argc, argv, &value)) != -1) {
		if (i == 0)
			bench->quick = true;
		else if (i == 1)
			bench->path = value;
		else if (option)
			option(arg, i - BENCH_OPTION_COUNT, value);
	}
	if (optind < argc && !*cli->operands)
		cli_misuse(cli, "'%s' is too much", argv[optind]);
	if (bench->quick)
		bench->effort = BENCH_QUICK;
	if (bench->path && !(bench->out = fopen(bench->path, "a")))
		cli_die(cli, CLI_SYSTEM, "%s: %s", bench->path,
			strerror(errno));
}

void
bench_title(const struct bench *bench, unsigned row, const char *title)
{
	(void)bench;
	printf("\nrow %u: %-37s %10s %9s %7s\n", row, title, "median",
		"spread", "ratio");
	fflush(stdout);
}

static void
write_line(const struct bench *bench, json_t *json)
{
	if (!json)
		cli_die(bench->cli, CLI_SYSTEM, "out of memory");
	if (bench->out) {
		json_dumpf(json, bench->out, JSON_COMPACT |
			JSON_REAL_PRECISION(6));
		fputc('\n', bench->out);
	}
	json_decref(json);
}

void
bench_note(const struct bench *bench, unsigned row, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	printf("row %u: %s\n", row, text);
	write_line(bench, json_pack("{s:i, s:i, s:s}", "v", 1, "row", (int)row,
		"note", text));
}

void
bench_results(const struct bench *bench, unsigned row, const char *unit,
	const struct bench_case *cases, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		const struct bench_case *c = &cases[i];

		printf("  %-32s %9.0f %10.2f %9.2f", c->what, c->at, c->median,
			c->high - c->low);
		if (c->over)
			printf(" %7.2f", c->ratio);
		printf("  %s\n", unit);
		write_line(bench, bench_row(row, unit, c));
	}
	fflush(stdout);
}

void
bench_cases(const struct bench *bench, unsigned row, const char *unit,
	struct bench_case *cases, unsigned count)
{
	if (!bench_measure(cases, count, bench->effort))
		cli_die(bench->cli, CLI_SYSTEM, "out of memory");
	bench_results(bench, row, unit, cases, count);
}

int
bench_end(struct bench *bench)
{
	if (bench->out && (ferror(bench->out) || fclose(bench->out) == EOF))
		cli_die(bench->cli, CLI_SYSTEM, "%s: the results can not be "
			"written", bench->path);
	return CLI_YES;
}
