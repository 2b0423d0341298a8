/* SPDX-License-Identifier: BSD-2-Clause */
/* What wasp-run counts; see measure-main.h. */
#include <config.h>

#include "run/measure-main.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

void
measure_begin(struct measure *measure)
{
	measure->counter = (struct counter){&measure->count, -1};
}

void
measure_end(struct measure *measure, const struct sim_run *run)
{
	profile_add(&measure->profile, run);
}

/* Of what is no file, such as /dev/null, nothing is read. */
static bool
is_empty(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && !S_ISREG(st.st_mode);
}

static json_t *
read_coverage(const struct cli *cli, const struct request *request)
{
	struct diag_printer printer = {.out = stderr, .json = request->json};
	size_t size;
	char *text = cli_read(cli, request->coverage, &size);
	json_t *coverage = size ? coverage_parse(text, size, request->coverage,
		diag_printer_sink, &printer) : coverage_new();

	free(text);
	if (!coverage)
		exit(CLI_INPUT);
	return coverage;
}

/* Several commands may add to one file at a time. */
static int
lock_file(const struct cli *cli, const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

	if (fd < 0 || flock(fd, LOCK_EX))
		cli_die(cli, errno == EISDIR ? CLI_INPUT : CLI_SYSTEM,
			"%s: %s", path, strerror(errno));
	return fd;
}

static void
add_coverage(const struct cli *cli, const struct request *request,
	const struct object *object, const struct measure *measure)
{
	int lock = lock_file(cli, request->coverage);
	json_t *coverage = is_empty(lock) ? coverage_new() :
		read_coverage(cli, request);
	size_t size;
	char *text = coverage && coverage_add(coverage, object, &measure->count) ?
		coverage_text(coverage, &size) : NULL;

	if (!text)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	cli_write(cli, request->coverage, text, size, false);
	free(text);
	json_decref(coverage);
	close(lock);
}

void
measure_tell(const struct cli *cli, const struct request *request,
	const struct object *object, const struct measure *measure)
{
	if (request->profile && request->json)
		cli_print_json(cli, profile_json(&measure->profile, object,
			&measure->count));
	else if (request->profile)
		profile_print(stdout, &measure->profile, object,
			&measure->count);
	if (request->coverage)
		add_coverage(cli, request, object, measure);
}

void
measure_report(const struct cli *cli, const struct request *request)
{
	json_t *coverage = read_coverage(cli, request);
	unsigned left_out = 0;

	if (request->report == REPORT_TEXT)
		coverage_print(stdout, coverage);
	else
		left_out = coverage_lcov(stdout, coverage);
	if (left_out)
		fprintf(stderr, "%s: %u program%s without source lines left "
			"out\n", cli->name, left_out, left_out == 1 ? "" : "s");
	json_decref(coverage);
}
