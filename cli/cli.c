/* SPDX-License-Identifier: BSD-2-Clause */
/* What all commands share; see cli.h. */
#include <config.h>

#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	OPTIONS_MAX = 64,
	VALUE_FIRST = 256,	/* of getopt_long: index of the row + this */
	VALUE_SHARED = 1000	/* the same, of a row that all commands share */
};

/* What is added to the tables; those of diagnostics where cli->warnings is. */
enum { SHARED_WARN, SHARED_NO_WARN, SHARED_EXPLAIN, SHARED_HELP, SHARED_VERSION };
static const struct cli_option shared[] = {
	[SHARED_WARN] = {'W', "warn", "NAME",
		"warn of NAME, or not of no-NAME; all, none, error"},
	[SHARED_NO_WARN] = {'w', "no-warn", NULL, "print no warnings"},
	[SHARED_EXPLAIN] = {0, "explain", "CODE",
		"say what a number such as A012 means; list: all"},
	[SHARED_HELP] = {'h', "help", NULL, "print this help"},
	[SHARED_VERSION] = {'V', "version", NULL, "print the version"}
};
enum { SHARED_COUNT = sizeof(shared) / sizeof(*shared) };

/* Not where the command has an option of its own by that name. */
static bool
is_offered(const struct cli *cli, int i)
{
	for (const struct cli_option *o = cli->options; o->name; o++)
		if (!strcmp(o->name, shared[i].name))
			return false;
	return cli->warnings || i >= SHARED_HELP;
}

/* Its letter, unless the command has another use for that; 0: none. */
static char
shared_letter(const struct cli *cli, int i)
{
	for (const struct cli_option *o = cli->options; o->name; o++)
		if (o->letter == shared[i].letter)
			return 0;
	return shared[i].letter;
}

static bool
is_dash(const char *path)
{
	return !path || !strcmp(path, "-");
}

static void __attribute__((format(printf, 2, 0)))
vmessage(const struct cli *cli, const char *format, va_list ap)
{
	fprintf(stderr, "%s: ", cli->name);
	vfprintf(stderr, format, ap);
}

void
cli_die(const struct cli *cli, enum cli_exit status, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vmessage(cli, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(status);
}

void
cli_misuse(const struct cli *cli, const char *format, ...)
{
	va_list ap;
	char *text;
	bool asks;

	va_start(ap, format);
	if (vasprintf(&text, format, ap) < 0)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	va_end(ap);
	asks = *text && text[strlen(text) - 1] == '?';
	fprintf(stderr, "%s: %s%s '%s --help'\n", cli->name, text,
		asks ? " Try" : "; try", cli->name);
	free(text);
	exit(CLI_USAGE);
}

static void
print_option(char letter, const char *name, const char *arg, const char *help)
{
	char left[64];

	snprintf(left, sizeof(left), "%c%c%s --%s%s%s", letter ? '-' : ' ',
		letter ? letter : ' ', letter ? "," : " ", name,
		arg && *arg != '[' ? " " : "", arg ? arg : "");
	if (strlen(left) > 26)
		printf("  %s\n  %-26s  %s\n", left, "", help);
	else
		printf("  %-26s  %s\n", left, help);
}

static _Noreturn void
print_help(const struct cli *cli)
{
	printf("Usage: %s [OPTION]...%s%s\n%s\n\n", cli->name,
		*cli->operands ? " " : "", cli->operands, cli->summary);
	for (const struct cli_option *o = cli->options; o->name; o++)
		print_option(o->letter, o->name, o->arg, o->help);
	for (int i = 0; i < SHARED_COUNT; i++)
		if (is_offered(cli, i))
			print_option(shared_letter(cli, i), shared[i].name,
				shared[i].arg, shared[i].help);
	printf("\nExit status: 0 yes, 1 no, 2 usage, 3 bad input, "
		"4 no permission,\n5 system or network, 70 own bug.\n"
		"The manual page %s says more.\n", cli->name);
	cli_close(cli);
	exit(CLI_YES);
}

static _Noreturn void
print_version(const struct cli *cli)
{
	printf("%s (WASP) %s\n", cli->name, PACKAGE_VERSION);
	cli_close(cli);
	exit(CLI_YES);
}

/* A row as getopt_long wants it; shorts moves behind what it adds. */
static struct option
getopt_row(const struct cli_option *o, char letter, int value, char **shorts)
{
	if (letter)
		*(*shorts)++ = letter;
	if (letter && o->arg)
		*(*shorts)++ = ':';
	return (struct option){o->name, !o->arg ? no_argument :
		*o->arg == '[' ? optional_argument : required_argument, NULL,
		value};
}

/* The tables for getopt_long; shorts needs 2 bytes an option, and 3. */
static void
getopt_tables(const struct cli *cli, struct option *longs, char *shorts)
{
	const struct cli_option *o = cli->options;
	unsigned n = 0;

	if (strstr(cli->operands, "[ARG]..."))
		*shorts++ = '+';	/* the options end at the first operand */
	*shorts++ = ':';
	for (; o[n].name; n++)
		longs[n] = getopt_row(&o[n], o[n].letter, VALUE_FIRST + (int)n,
			&shorts);
	for (int i = 0; i < SHARED_COUNT; i++)
		if (is_offered(cli, i))
			longs[n++] = getopt_row(&shared[i],
				shared_letter(cli, i), VALUE_SHARED + i,
				&shorts);
	longs[n] = (struct option){0};
	*shorts = '\0';
}

static _Noreturn void
unknown_option(const struct cli *cli, char **argv, const struct option *longs)
{
	const char *names[OPTIONS_MAX + SHARED_COUNT], *like, *word;
	char *written;
	size_t count = 0;

	if (optopt && optopt < VALUE_FIRST)
		cli_misuse(cli, "there is no option -%c", optopt);
	written = argv[optind - 1];
	word = written + strspn(written, "-");
	if (optopt)
		cli_misuse(cli, "the option %s takes no value", written);
	for (; longs[count].name; count++)
		names[count] = longs[count].name;
	like = diag_suggest(word, names, count);
	if (like)
		cli_misuse(cli, "there is no option %s; did you mean --%s?",
			written, like);
	cli_misuse(cli, "there is no option %s", written);
}

/*
 * Whoever was started with one of these closed must not get its number for a
 * socket, and then print into that.  What is held can be neither read nor
 * written, so using it stays the error that it was.
 */
static void
hold_standard_files(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)!open("/dev/null", O_PATH);
}

/* The row, or VALUE_SHARED and the shared row, of what getopt_long found. */
static int
row_of(const struct cli *cli, int c)
{
	if (c >= VALUE_SHARED)
		return c;
	if (c >= VALUE_FIRST)
		return c - VALUE_FIRST;
	for (int i = 0; cli->options[i].name; i++)
		if (cli->options[i].letter == c)
			return i;
	for (int i = 0; i < SHARED_COUNT; i++)
		if (shared[i].letter == c)
			return VALUE_SHARED + i;
	cli_die(cli, CLI_BUG, "option -%c is not in the table", c);
}

static void
choose_warnings(const struct cli *cli, const char *choice)
{
	struct diag diag;

	if (!diag_filter_choose(cli->warnings, choice, &diag))
		cli_misuse(cli, "-W: %s%s%s", diag.text,
			*diag.hint ? "; " : "", diag.hint);
}

static void
use_shared(const struct cli *cli, int i, const char *value)
{
	switch (i) {
	case SHARED_WARN:
		choose_warnings(cli, value);
		break;
	case SHARED_NO_WARN:
		choose_warnings(cli, "none");
		break;
	case SHARED_EXPLAIN:
		cli_explain(cli, value);
	case SHARED_HELP:
		print_help(cli);
	default:
		print_version(cli);
	}
}

int
cli_next(const struct cli *cli, int argc, char **argv, const char **value)
{
	struct option longs[OPTIONS_MAX + SHARED_COUNT + 1];
	char shorts[2 * (OPTIONS_MAX + SHARED_COUNT) + 3];
	int c, row;

	hold_standard_files();
	getopt_tables(cli, longs, shorts);
	do {
		opterr = 0;
		optopt = 0;
		c = getopt_long(argc, argv, shorts, longs, NULL);
		*value = optarg;
		if (c == -1)
			return -1;
		if (c == ':')
			cli_misuse(cli, "the option %s needs a value",
				argv[optind - 1]);
		if (c == '?')
			unknown_option(cli, argv, longs);
		row = row_of(cli, c);
		if (row >= VALUE_SHARED)
			use_shared(cli, row - VALUE_SHARED, *value);
	} while (row >= VALUE_SHARED);
	return row;
}

bool
cli_color(const struct cli *cli, const char *when, const char *output)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (!strcmp(when, "always") || !strcmp(when, "never"))
		return *when == 'a';
	if (strcmp(when, "auto"))
		cli_misuse(cli, "--color: '%s' is none of auto, always and "
			"never", when);
	return is_dash(output) && isatty(STDOUT_FILENO) &&
		!(no_color && *no_color) && term && strcmp(term, "dumb");
}

const char *
cli_operand(const struct cli *cli, int argc, char **argv)
{
	if (argc - optind > 1)
		cli_misuse(cli, "one operand is allowed, and '%s' is a second",
			argv[optind + 1]);
	return optind < argc ? argv[optind] : NULL;
}

uint64_t
cli_number(const struct cli *cli, const char *option, const char *value,
	uint64_t min, uint64_t max)
{
	bool hex = value[0] == '0' && (value[1] | 32) == 'x';
	const char *digits = hex ? "0123456789abcdefABCDEF" : "0123456789";
	const char *start = value + 2 * hex;
	unsigned long long n;

	errno = 0;
	n = strtoull(start, NULL, hex ? 16 : 10);
	if (!*start || start[strspn(start, digits)] || errno ||
	    n < min || n > max)
		cli_misuse(cli, "%s: '%s' is not a number from %llu to %llu",
			option, value, (unsigned long long)min,
			(unsigned long long)max);
	return n;
}

uint64_t
cli_duration(const struct cli *cli, const char *option, const char *value)
{
	static const struct {
		const char *unit;
		double ns;
	} units[] = {{"", 1e9}, {"s", 1e9}, {"ms", 1e6}, {"us", 1e3}, {"m", 60e9}};
	char *end;
	double n = strtod(value, &end);

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (end != value && strspn(value, "0123456789.") ==
		    (size_t)(end - value) && !strcmp(end, units[i].unit) &&
		    n * units[i].ns <= 86400e9)
			return (uint64_t)(n * units[i].ns);
	cli_misuse(cli, "%s: '%s' is not a time of at most a day, such "
		"as 1.5, 200ms or 50us",
		option, value);
}

const char *
cli_assignment(const struct cli *cli, const char *option, const char *value,
	char **name)
{
	const char *equals = strchr(value, '=');

	if (!equals || equals == value)
		cli_misuse(cli, "%s: '%s' is not of the form NAME=VALUE",
			option, value);
	*name = strndup(value, (size_t)(equals - value));
	if (!*name)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	return equals + 1;
}

bool
cli_try_words(const struct cli *cli, struct object *object,
	const char *const *sets, unsigned count, char *text, size_t text_size)
{
	struct diag diag;

	for (unsigned i = 0; i < count; i++) {
		char *name;
		const char *value = cli_assignment(cli, "--set", sets[i],
			&name);
		bool set = object_set(object, name, value, &diag);

		free(name);
		if (set)
			continue;
		snprintf(text, text_size, "--set: %s%s%s", diag.text,
			*diag.hint ? "; " : "", diag.hint);
		return false;
	}
	return true;
}

void
cli_set_words(const struct cli *cli, struct object *object,
	const char *const *sets, unsigned count)
{
	char text[2 * DIAG_TEXT_SIZE + 16];

	if (!cli_try_words(cli, object, sets, count, text, sizeof(text)))
		cli_misuse(cli, "%s", text);
}

const char *
cli_file_name(const char *path)
{
	return is_dash(path) ? "<stdin>" : path;
}

/* All of a stream; NULL, errno saying why. */
static char *
read_stream(FILE *in, size_t max_mib, size_t *size)
{
	size_t room = 4096, max = max_mib << 20;
	char *bytes = NULL, *more;

	*size = 0;
	do {
		room *= 2;
		more = realloc(bytes, room + 1);
		if (!more) {
			free(bytes);
			return NULL;
		}
		bytes = more;
		*size += fread(bytes + *size, 1, room - *size, in);
	} while (*size == room && room <= max);
	bytes[*size] = '\0';
	if (!ferror(in) && *size <= max)
		return bytes;
	free(bytes);
	if (!ferror(in))
		errno = EFBIG;
	return NULL;
}

char *
cli_try_read(const char *path, size_t max_mib, size_t *size)
{
	FILE *in = is_dash(path) ? stdin : fopen(path, "rb");
	char *bytes = in ? read_stream(in, max_mib, size) : NULL;
	int error = errno;

	if (in && in != stdin)
		fclose(in);
	errno = error;
	return bytes;
}

char *
cli_read_or_tell(const struct cli *cli, const char *path, size_t max_mib,
	size_t *size)
{
	char *bytes = cli_try_read(path, max_mib, size);

	if (bytes)
		return bytes;
	if (errno == ENOMEM)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	if (errno == EFBIG)
		fprintf(stderr, "%s: %s: more than %zu MiB\n", cli->name,
			cli_file_name(path), max_mib);
	else
		fprintf(stderr, "%s: %s: %s\n", cli->name,
			cli_file_name(path), strerror(errno));
	return NULL;
}

char *
cli_read_large(const struct cli *cli, const char *path, size_t max_mib,
	size_t *size)
{
	char *bytes = cli_read_or_tell(cli, path, max_mib, size);

	if (!bytes)
		exit(CLI_INPUT);
	return bytes;
}

char *
cli_read(const struct cli *cli, const char *path, size_t *size)
{
	return cli_read_large(cli, path, CLI_READ_MAX_MIB, size);
}

static _Noreturn void
write_failed(const struct cli *cli, const char *path)
{
	if (is_dash(path) && errno == EPIPE) {
		/* For those who ignore the signal: end as the others do. */
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	cli_die(cli, CLI_SYSTEM, "%s: %s", is_dash(path) ? "<stdout>" : path,
		strerror(errno));
}

static void
write_file(const struct cli *cli, const char *path, const void *bytes,
	size_t size)
{
	FILE *out = fopen(path, "wb");
	struct stat st;
	bool ok;
	int error;

	if (!out)
		write_failed(cli, path);
	ok = fwrite(bytes, 1, size, out) == size;
	error = errno;
	if (fclose(out) == 0 && ok)
		return;
	if (ok)
		error = errno;
	if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
		unlink(path);
	errno = error;
	write_failed(cli, path);
}

void
cli_write(const struct cli *cli, const char *path, const void *bytes,
	size_t size, bool binary)
{
	if (!is_dash(path)) {
		write_file(cli, path, bytes, size);
		return;
	}
	if (binary && isatty(STDOUT_FILENO))
		cli_die(cli, CLI_USAGE, "binary output is not for a terminal; "
			"use -o FILE, or a pipe");
	if (fwrite(bytes, 1, size, stdout) != size)
		write_failed(cli, path);
}

void
cli_print_json(const struct cli *cli, json_t *json)
{
	if (!json)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	json_dumpf(json, stdout, JSON_COMPACT | JSON_ENSURE_ASCII);
	putchar('\n');
	json_decref(json);
}

void
cli_flush(const struct cli *cli)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return;
	if (errno == 0)
		errno = EIO;	/* of an earlier write, whose reason is lost */
	write_failed(cli, NULL);
}

void
cli_close(const struct cli *cli)
{
	cli_flush(cli);
	if (fclose(stdout))
		write_failed(cli, NULL);
}
