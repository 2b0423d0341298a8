/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Running iptables-save and iptables-restore; see rules.h.  There are up to
 * three of each: the system's choice under the plain name, and the two front
 * ends by name.  Ours go in by the first that works; what an earlier start left
 * is looked for in all.
 */
#define _GNU_SOURCE
#include "router/rules.h"

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const front_ends[] = {"", "-nft", "-legacy"};
enum {
	FRONT_ENDS = sizeof(front_ends) / sizeof(*front_ends),
	NOT_THERE = 127, PROGRAM_SIZE = 40
};

static const int families[] = {4, 6};

/* What was written to a file, to be freed. */
static char *
read_back(int fd)
{
	off_t size = lseek(fd, 0, SEEK_END);
	char *text = size >= 0 ? calloc(1, (size_t)size + 1) : NULL;

	if (text && size > 0 && pread(fd, text, (size_t)size, 0) < 0)
		*text = '\0';
	return text;
}

/* Run a program on three files; its exit status, NOT_THERE if it can not be. */
static int
run_on(char *const argv[], const int fds[3])
{
	posix_spawn_file_actions_t actions;
	int status = NOT_THERE << 8;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	for (int i = 0; i < 3; i++)
		posix_spawn_file_actions_adddup2(&actions, fds[i], i);
	if (posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) == 0)
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	posix_spawn_file_actions_destroy(&actions);
	return WIFEXITED(status) ? WEXITSTATUS(status) : NOT_THERE;
}

/*
 * Run a program with input on its standard input; what it prints is in *output
 * and its complaints in *errors (both to be freed, NULL allowed).
 */
static int
run(char *const argv[], const char *input, char **output, char **errors)
{
	int fds[3] = {memfd_create("in", MFD_CLOEXEC),
		memfd_create("out", MFD_CLOEXEC),
		memfd_create("err", MFD_CLOEXEC)};
	size_t size = input ? strlen(input) : 0;
	int status = NOT_THERE;

	if (size == 0 || (write(fds[0], input, size) == (ssize_t)size &&
	    lseek(fds[0], 0, SEEK_SET) == 0))
		status = run_on(argv, fds);
	if (output)
		*output = read_back(fds[1]);
	if (errors)
		*errors = read_back(fds[2]);
	for (int i = 0; i < 3; i++)
		close(fds[i]);
	return status;
}

static void
program_name(char program[static PROGRAM_SIZE], int family, unsigned front_end,
	const char *what)
{
	snprintf(program, PROGRAM_SIZE, "%s%s-%s",
		family == 4 ? "iptables" : "ip6tables", front_ends[front_end],
		what);
}

/* The rules that a front end shows, to be freed; NULL: it is not there. */
static char *
save(int family, unsigned front_end)
{
	char program[PROGRAM_SIZE];
	char *argv[] = {program, NULL}, *saved = NULL;

	program_name(program, family, front_end, "save");
	if (run(argv, NULL, &saved, NULL) == 0)
		return saved;
	free(saved);
	return NULL;
}

/* Give a text to a front end; its complaint is in error after false. */
static bool
restore(int family, unsigned front_end, const char *text,
	char error[static RULES_ERROR_SIZE])
{
	char program[PROGRAM_SIZE];
	char noflush[] = "--noflush", wait[] = "-w", seconds[] = "10";
	char *argv[] = {program, noflush, wait, seconds, NULL};
	char *complaint = NULL;
	int status;

	program_name(program, family, front_end, "restore");
	status = run(argv, text, NULL, &complaint);
	if (status != 0)
		snprintf(error, RULES_ERROR_SIZE, "%s: %.200s", program,
			status == NOT_THERE ? "not there" :
			complaint && *complaint ? complaint : "failed");
	error[strcspn(error, "\n")] = '\0';
	free(complaint);
	return status == 0;
}

/* What rules_write or rules_write_removal writes; NULL: nothing to do. */
static char *
removal_text(const char *name, const char *saved, unsigned *count)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	*count = rules_write_removal(out, name, saved);
	fclose(out);
	if (*count > 0)
		return text;
	free(text);
	return NULL;
}

static char *
install_text(const struct config *config, int family, bool tracking)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	rules_write(out, config, family, tracking);
	fclose(out);
	return text;
}

static bool
remove_from(int family, unsigned front_end, const char *name,
	struct rules_report *report)
{
	char *saved = save(family, front_end), *text;
	unsigned count = 0;
	bool ok = true;

	text = saved ? removal_text(name, saved, &count) : NULL;
	if (text)
		ok = restore(family, front_end, text, report->error);
	if (ok)
		report->removed += count;
	free(text);
	free(saved);
	return ok;
}

bool
rules_remove(const char *name, struct rules_report *report)
{
	bool ok = true;

	*report = (struct rules_report){0};
	for (unsigned i = 0; i < 2; i++)
		for (unsigned f = 0; f < FRONT_ENDS; f++)
			ok &= remove_from(families[i], f, name, report);
	return ok;
}

static bool
install_by(const struct config *config, int family, unsigned front_end,
	bool tracking, struct rules_report *report)
{
	char *text = install_text(config, family, tracking);
	bool ok = text && restore(family, front_end, text, report->error);

	free(text);
	return ok;
}

/* By the first that works; what the system's choice says is the reason. */
static bool
install_family(const struct config *config, int family,
	struct rules_report *report)
{
	char first[RULES_ERROR_SIZE] = "";

	for (unsigned f = 0; f < FRONT_ENDS; f++) {
		if (install_by(config, family, f, true, report) ||
		    install_by(config, family, f, false, report)) {
			report->program = *front_ends[f] ? front_ends[f] + 1 :
				"iptables";
			return true;
		}
		if (f == 0)
			memcpy(first, report->error, sizeof(first));
	}
	memcpy(report->error, first, sizeof(first));
	return false;
}

static bool
kernel_has_v6(void)
{
	return access("/proc/net/if_inet6", F_OK) == 0;
}

/* When the second family fails, the first is taken out again. */
bool
rules_install(const struct config *config, struct rules_report *report)
{
	struct rules_report undone;

	if (!rules_remove(config->name, report) ||
	    !install_family(config, 4, report))
		return false;
	if (!kernel_has_v6() || install_family(config, 6, report))
		return true;
	rules_remove(config->name, &undone);
	return false;
}
