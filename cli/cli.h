/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What all commands share: option tables, exit statuses, reading and writing
 * files with `-`, names of hosts, privileges, signals, the last flush.  The only
 * room whose functions print and exit, so only a command's main includes it.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <signal.h>

#include "capture/input.h"
#include "wasp/object.h"

/* One meaning each, the same in every command; EXIT STATUS in the manual. */
enum cli_exit {
	CLI_YES = 0,		/* it worked, the answer is yes */
	CLI_NO = 1,		/* the answer is no: rejected, faulted, no reply */
	CLI_USAGE = 2,		/* misuse of the command line */
	CLI_INPUT = 3,		/* input that can not be read or is damaged */
	CLI_PERMISSION = 4,	/* a privilege is missing */
	CLI_SYSTEM = 5,		/* the system or the network failed */
	CLI_BUG = 70		/* an error of ours */
};

/*
 * One row per option; the table ends with a row whose name is NULL.  --help and
 * --version are added to every table.
 */
struct cli_option {
	char letter;		/* 0: none */
	const char *name;	/* long name, without "--" */
	const char *arg;	/* what --help calls the value; NULL: takes none;
				   "[=FILE]": may be left out, NULL then */
	const char *help;
};

/*
 * A command.  Where it has warnings, -W, -w and --explain are added too: what
 * -W chooses is collected there, and --explain prints and exits.  A row of the
 * command's own by one of these names takes its place.
 */
struct cli {
	const char *name;		/* "wasp-as" */
	const char *operands;		/* "[FILE]"; with "[ARG]..." they are another
					   command, whose options are its own */
	const char *summary;		/* one sentence for --help */
	const struct cli_option *options;
	struct diag_filter *warnings;	/* NULL: none */
};

/*
 * The index of the next option in the table, its value in *value; -1 at the
 * first operand, which is then argv[optind].  --help and --version print to
 * standard output and exit with 0; a wrong option prints one line and exits
 * with CLI_USAGE.
 */
int cli_next(const struct cli *cli, int argc, char **argv, const char **value);

/*
 * Is what is written to output (NULL or "-": standard output) to be coloured?
 * when is the value of --color: always, never, or auto, which is on a terminal
 * and not where NO_COLOR is set (https://no-color.org).
 */
bool cli_color(const struct cli *cli, const char *when, const char *output);

/*
 * The only operand, or NULL when there is none; exits with CLI_USAGE when there
 * are more.
 */
const char *cli_operand(const struct cli *cli, int argc, char **argv);

/* "NAME: text" on standard error, and exit. */
_Noreturn void cli_die(const struct cli *cli, enum cli_exit status,
	const char *format, ...) __attribute__((format(printf, 3, 4)));

/* "NAME: text; try 'NAME --help'", behind a question "Try", and exit with
   CLI_USAGE. */
_Noreturn void cli_misuse(const struct cli *cli, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * A number as an option's value, decimal or 0x; CLI_USAGE with the range when
 * it is none.  A duration in nanoseconds: seconds with a fraction, or with a
 * unit us, ms, s, m ("1.5", "200ms"), at most a day.
 */
uint64_t cli_number(const struct cli *cli, const char *option,
	const char *value, uint64_t min, uint64_t max);
uint64_t cli_duration(const struct cli *cli, const char *option,
	const char *value);

/*
 * NAME=NUMBER or NAME=ADDRESS of --set and --env, split: *name is allocated,
 * the value returned is what follows '='.
 */
const char *cli_assignment(const struct cli *cli, const char *option,
	const char *value, char **name);

/* Change an object as such options of --set say; CLI_USAGE where it can not. */
void cli_set_words(const struct cli *cli, struct object *object,
	const char *const *sets, unsigned count);

/* The same, but false and what is wrong in text where it can not. */
bool cli_try_words(const struct cli *cli, struct object *object,
	const char *const *sets, unsigned count, char *text, size_t text_size);

/* How messages call a path: "<stdin>" for NULL and "-". */
const char *cli_file_name(const char *path);

/*
 * The whole of a file, or of standard input (path NULL or "-"), terminated by a
 * NUL that *size does not count.  The caller frees it.  Exits with CLI_INPUT
 * when it can not be read or holds more than 16 MiB, or so many MiB.
 */
enum { CLI_READ_MAX_MIB = 16 };
char *cli_read(const struct cli *cli, const char *path, size_t *size);
char *cli_read_large(const struct cli *cli, const char *path, size_t max_mib,
	size_t *size);

/* The same, but NULL, after it was told why, when it can not be done. */
char *cli_read_or_tell(const struct cli *cli, const char *path, size_t max_mib,
	size_t *size);

/* The same, but silent, with errno (EFBIG: too large). */
char *cli_try_read(const char *path, size_t max_mib, size_t *size);

/*
 * Print on standard output what a diagnostic means, by its number ("A012",
 * "WASP-A012") or by the name of a warning; "list" prints all numbers with their
 * titles.  Exits with CLI_YES, or CLI_USAGE where there is none such.
 */
_Noreturn void cli_explain(const struct cli *cli, const char *what);

/*
 * Where a command takes a program from, in any form that capture/input.h reads.
 * Rows of an option table, in this order, and what takes their values: option
 * is the index of the row minus that of the first.  The letter of --packet is 0
 * for none.
 */
#define CLI_INPUT_OPTIONS(letter) \
	{letter, "packet", "N", "take packet N of a capture, as FILE#N does"}, \
	{0, "filter", "EXPRESSION", "take the first packet that matches"}, \
	{0, "notes", "OBJECT", "take names from an object of the same code"}
#define CLI_NUMBERS_OPTIONS \
	{0, "protocol", "N", "IP protocol of WASP in captures (253)"}, \
	{0, "port", "N", "UDP port of WASP in captures (1021)"}
enum {
	CLI_INPUT_COUNT = 3,		/* rows of CLI_INPUT_OPTIONS */
	CLI_INPUT_ALL_COUNT = 5,	/* with CLI_NUMBERS_OPTIONS behind them */
	CLI_NOTES_MAX = 16
};

/* Zero-initialised, it is standard input.  What is borrowed is argv's. */
struct cli_input {
	const char *path, *filter;
	unsigned long packet;
	struct ip_numbers numbers;	/* 0: the default */
	const char *notes_paths[CLI_NOTES_MAX];
	unsigned notes_count;
	/* From cli_input_open to cli_input_parse. */
	char *file, *bytes, *notes[CLI_NOTES_MAX];
	size_t size, notes_sizes[CLI_NOTES_MAX];
};

void cli_input_option(const struct cli *cli, struct cli_input *in, int option,
	const char *value);

/*
 * Read the file, and those of --notes.  A path FILE#N names packet N of FILE,
 * unless there is a file with just that name.  Exits with CLI_INPUT when one
 * can not be read or is larger than 256 MiB; the second returns false instead,
 * after it was told why, if it is not one of --notes.
 */
void cli_input_open(const struct cli *cli, struct cli_input *in);
bool cli_input_try_open(const struct cli *cli, struct cli_input *in);

/*
 * Find the program in what was read; errors go to the sink.  false if there was
 * one, but a wrong filter, after which it exits with CLI_USAGE.  input_done
 * frees the input, cli_input_done what was read.
 */
bool cli_input_parse(const struct cli_input *in, struct input *input,
	diag_sink *sink, void *arg);
void cli_input_done(struct cli_input *in);

/* By which WASP is known, as the options say, or the defaults. */
struct ip_numbers cli_input_numbers(const struct cli_input *in);

/*
 * Both, the errors printed on standard error (as JSON lines), exiting with
 * CLI_INPUT after one; cli_tell_choice is done, too.
 */
void cli_read_input(const struct cli *cli, struct cli_input *in, bool json,
	struct input *input);

/*
 * On standard error: which packet was taken, if there are others with WASP and
 * none was asked for.
 */
void cli_tell_choice(const struct cli *cli, const struct cli_input *in,
	const struct input *input);

/*
 * Write a file, or standard output (path NULL or "-"), where binary data is
 * refused to a terminal (CLI_USAGE).  A file that can not be written whole is
 * removed again and the command exits with CLI_SYSTEM.
 */
void cli_write(const struct cli *cli, const char *path, const void *bytes,
	size_t size, bool binary);

/* Print as one line on standard output and release it; NULL is no memory. */
void cli_print_json(const struct cli *cli, json_t *json);

/*
 * Give up for good what a process may more than anybody: capabilities, the
 * identity of root (for the real user's, or nobody's where that is root too)
 * and getting new ones.  What is open stays open.
 */
void cli_drop_privileges(const struct cli *cli);

/*
 * Do without capabilities for a while: what needs none, such as looking up a
 * name, runs between these two.
 */
void cli_lower_privileges(const struct cli *cli);
void cli_raise_privileges(const struct cli *cli);

/*
 * Exit with CLI_PERMISSION: what could not be done, that CAP_NET_RAW is missing,
 * and how this command is given it.
 */
_Noreturn void cli_die_without_raw(const struct cli *cli, const char *text);

/*
 * An address, or the first that the resolver gives for the name of a host, of
 * family 4 or 6, or of any (0).  Returns its family; exits when there is none.
 */
uint8_t cli_address(const struct cli *cli, uint8_t family, const char *text,
	uint8_t addr[static IP_ADDR_SIZE]);

/*
 * Let SIGINT and SIGTERM call the handler, but only while the process waits
 * with *mask, which is filled in (ppoll, sigsuspend).
 */
void cli_catch_end(void (*handler)(int signal_number), sigset_t *mask);

/*
 * Flush and check standard output, where somebody waits for each line of it;
 * the same, and close it, at the end: a full disk is an error (CLI_SYSTEM).
 */
void cli_flush(const struct cli *cli);
void cli_close(const struct cli *cli);

#endif
