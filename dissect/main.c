/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wasp-dump: what of a capture, or of what an interface sees, is WASP.
 * Specified in wasp-dump(1).
 */
#include <config.h>

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "capture/capture.h"
#include "dissect/view.h"

enum {
	OPT_READ, OPT_INTERFACE, OPT_VERBOSE, OPT_HEX, OPT_JSON, OPT_ALL,
	OPT_COUNT, OPT_NUMBER, OPT_STAMP, OPT_NO_NAMES, OPT_NOTES,
	OPT_PROTOCOL, OPT_PORT, OPT_NO_PROMISC
};

static const struct cli_option options[] = {
	[OPT_READ] = {'r', "read", "FILE",
		"read a capture file (default: standard input)"},
	[OPT_INTERFACE] = {'i', "interface", "NAME",
		"capture on an interface, or on any"},
	[OPT_VERBOSE] = {'v', "verbose", NULL,
		"print all fields, the code and the scratchpad"},
	[OPT_HEX] = {'x', "hex", NULL, "print the WASP part as bytes"},
	[OPT_JSON] = {0, "json", NULL, "print one JSON object a packet"},
	[OPT_ALL] = {'a', "all", NULL, "list also packets that are no WASP"},
	[OPT_COUNT] = {'c', "count", "N", "end after N packets were listed"},
	[OPT_NUMBER] = {'#', "number", NULL, "number the packets"},
	[OPT_STAMP] = {'t', "time", NULL,
		"tell the time otherwise: -t, -tt ... -ttttt"},
	[OPT_NO_NAMES] = {'n', "numeric", NULL,
		"no names for addresses; it is always so"},
	[OPT_NOTES] = {0, "notes", "OBJECT",
		"name programs, words, labels as this object does"},
	[OPT_PROTOCOL] = {0, "protocol", "N", "IP protocol (253)"},
	[OPT_PORT] = {0, "port", "N", "UDP port (1021)"},
	[OPT_NO_PROMISC] = {'p', "no-promiscuous", NULL,
		"only what the interface takes anyway"},
	{0}
};

static struct diag_filter warnings;
static const struct cli cli = {
	.name = "wasp-dump",
	.operands = "[EXPRESSION]...",
	.summary = "Show the WASP packets of a capture or an interface.",
	.options = options,
	.warnings = &warnings
};

enum { NOTES_MAX = 64 };

struct dump {
	const char *file, *interface;
	bool all, no_promisc, flush;
	uint64_t limit;				/* 0: none */
	struct ip_numbers ip_numbers;
	struct view view;
	const char *notes_paths[NOTES_MAX];
	char *notes_bytes[NOTES_MAX];
	size_t notes_sizes[NOTES_MAX];
	struct object programs[NOTES_MAX];
	unsigned program_count;
	uint64_t listed, wasp;
};

static struct capture capture;

static void
on_signal(int signal)
{
	(void)signal;
	capture_stop(&capture);
}

/* What may be given once. */
static void
set_once(const char **to, const char *option, const char *value)
{
	if (*to)
		cli_misuse(&cli, "%s was given twice", option);
	*to = value;
}

static void
take_option(struct dump *dump, int option, const char *value)
{
	switch (option) {
	case OPT_READ:
		set_once(&dump->file, "--read", value);
		break;
	case OPT_INTERFACE:
		set_once(&dump->interface, "--interface", value);
		break;
	case OPT_VERBOSE:
		dump->view.verbose = true;
		break;
	case OPT_HEX:
		dump->view.hex = true;
		break;
	case OPT_JSON:
		dump->view.json = true;
		break;
	case OPT_ALL:
		dump->all = true;
		break;
	case OPT_COUNT:
		dump->limit = cli_number(&cli, "--count", value, 1,
			UINT32_MAX);
		break;
	case OPT_NUMBER:
		dump->view.number = true;
		break;
	case OPT_STAMP:
		if (dump->view.stamp.mode + 1 == STAMP_MODE_COUNT)
			cli_misuse(&cli, "--time was given more than five "
				"times");
		dump->view.stamp.mode++;
		break;
	case OPT_NO_NAMES:
		break;
	case OPT_NOTES:
		if (dump->program_count == NOTES_MAX)
			cli_misuse(&cli, "--notes: at most %d", NOTES_MAX);
		dump->notes_paths[dump->program_count++] = value;
		break;
	case OPT_PROTOCOL:
		dump->ip_numbers.protocol = (uint8_t)cli_number(&cli,
			"--protocol", value, 1, 255);
		break;
	case OPT_PORT:
		dump->ip_numbers.udp_port = (uint16_t)cli_number(&cli,
			"--port", value, 1, 65535);
		break;
	case OPT_NO_PROMISC:
		dump->no_promisc = true;
		break;
	}
}

/* The operands, joined by spaces; the caller frees them. */
static char *
join(char **words)
{
	size_t size = 1;
	char *text;

	for (char **w = words; *w; w++)
		size += strlen(*w) + 1;
	text = calloc(size, 1);
	if (!text)
		cli_die(&cli, CLI_SYSTEM, "out of memory");
	for (char **w = words; *w; w++) {
		strcat(text, *w);
		if (w[1])
			strcat(text, " ");
	}
	return text;
}

static enum cli_exit
exit_of(enum capture_result result)
{
	switch (result) {
	case CAPTURE_BAD_FILTER:
		return CLI_USAGE;
	case CAPTURE_UNREADABLE:
		return CLI_INPUT;
	case CAPTURE_DENIED:
		return CLI_PERMISSION;
	case CAPTURE_FAILED:
		return CLI_SYSTEM;
	case CAPTURE_OK:
	case CAPTURE_END:
		break;
	}
	return CLI_YES;
}

static void
print_diag(const struct dump *dump, const struct diag *diag)
{
	struct diag_printer printer = {.out = stderr, .json = dump->view.json};

	fflush(stdout);
	if (!diag->file && !printer.json)
		fprintf(stderr, "%s: ", cli.name);
	diag_printer_sink(&printer, diag);
}

static void
must(const struct dump *dump, enum capture_result result,
	const struct diag *diag)
{
	if (result == CAPTURE_OK)
		return;
	print_diag(dump, diag);
	exit((int)exit_of(result));
}

/*
 * Files are read before privileges are dropped, which could forbid it, and
 * understood after.
 */
static void
read_notes(struct dump *dump)
{
	for (unsigned i = 0; i < dump->program_count; i++)
		dump->notes_bytes[i] = cli_read(&cli, dump->notes_paths[i],
			&dump->notes_sizes[i]);
}

static void
parse_notes(struct dump *dump)
{
	struct diag_printer printer = {.out = stderr, .json = dump->view.json};

	warnings.sink = diag_printer_sink;
	warnings.arg = &printer;
	for (unsigned i = 0; i < dump->program_count; i++) {
		const char *name = cli_file_name(dump->notes_paths[i]);
		bool ok = object_read(&dump->programs[i],
			(const uint8_t *)dump->notes_bytes[i],
			dump->notes_sizes[i], name, diag_filter_sink,
			&warnings);

		free(dump->notes_bytes[i]);
		if (!ok || warnings.promoted)
			exit(CLI_INPUT);
		if (!dump->programs[i].notes.present)
			cli_die(&cli, CLI_INPUT, "%s: the object has no notes",
				name);
	}
}

/* Said as the other commands say it: libpcap's words are others. */
static void
must_be_readable(const char *file)
{
	struct stat status;
	int error = access(file, R_OK) ? errno :
		!stat(file, &status) && S_ISDIR(status.st_mode) ? EISDIR : 0;

	if (error)
		cli_die(&cli, CLI_INPUT, "%s: %s", file, strerror(error));
}

static void
open_capture(struct dump *dump, const char *expression)
{
	struct diag diag;

	if (dump->interface) {
		must(dump, capture_open_live(&capture, dump->interface,
			!dump->no_promisc, &diag), &diag);
		cli_drop_privileges(&cli);
	} else {
		if (dump->file && strcmp(dump->file, "-"))
			must_be_readable(dump->file);
		must(dump, capture_open_file(&capture,
			dump->file ? dump->file : "-", &diag), &diag);
	}
	if (*expression)
		must(dump, capture_filter(&capture, expression, &diag), &diag);
}

/* Whoever waits for this line may send packets and signals from then on. */
static void
say_listening(void)
{
	fprintf(stderr, "%s: listening on %s, link type %s\n", cli.name,
		capture.name, pcap_datalink_val_to_name(capture.link));
}

static void
show(struct dump *dump, const struct capture_frame *frame)
{
	struct dissect dissect;
	const struct object *program;

	dissect_frame(&dissect, capture.link, frame->bytes, frame->captured,
		frame->length, &dump->ip_numbers);
	dump->wasp += dissect_wasp(&dissect) != NULL;
	if (dissect.kind == DISSECT_OTHER && !dump->all)
		return;
	dump->listed++;
	program = dissect_program(&dissect, dump->programs,
		dump->program_count);
	view_print(stdout, &dump->view, &dissect, frame->number,
		frame->time_us, program);
	if (dump->flush)
		cli_flush(&cli);
}

static void
print_counts(const struct dump *dump)
{
	fflush(stdout);
	fprintf(stderr, "%s: %lu packets seen, %llu listed", cli.name,
		capture.count, (unsigned long long)dump->listed);
	if (capture.live)
		fprintf(stderr, ", %u dropped by the kernel",
			capture_dropped(&capture));
	fputc('\n', stderr);
}

/* Everything until the end, the limit, or a signal. */
static enum cli_exit
run(struct dump *dump)
{
	enum capture_result result;
	struct capture_frame frame;
	struct diag diag;

	while ((result = capture_next(&capture, &frame, &diag)) == CAPTURE_OK) {
		show(dump, &frame);
		if (dump->limit && dump->listed >= dump->limit)
			break;
	}
	if (dump->interface || capture.stopped)
		print_counts(dump);
	if (exit_of(result) != CLI_YES) {
		print_diag(dump, &diag);
		return exit_of(result);
	}
	return dump->wasp ? CLI_YES : CLI_NO;
}

static void
take_options(struct dump *dump, int argc, char **argv)
{
	const char *value;
	int option;

	while ((option = cli_next(&cli, argc, argv, &value)) >= 0)
		take_option(dump, option, value);
	if (dump->file && dump->interface)
		cli_misuse(&cli, "--read and --interface exclude each other");
	if (!dump->file && !dump->interface && isatty(STDIN_FILENO))
		cli_misuse(&cli, "give -r FILE or -i INTERFACE");
	if (dump->view.json && (dump->view.verbose || dump->view.hex))
		cli_misuse(&cli, "--json has all fields; "
			"-v and -x are for text");
}

/* The mistake to expect of somebody whose other commands take a FILE. */
static void
refuse_file_operand(const struct dump *dump, char **operands)
{
	const char *only = operands[0];

	if (dump->file || dump->interface || !only || operands[1])
		return;
	if (!strcmp(only, "-") ||
	    (strpbrk(only, "./") && access(only, F_OK) == 0))
		cli_misuse(&cli, "'%s' is no filter expression; to read a "
			"capture say -r %s", only, only);
}

static bool
is_regular(int result, const struct stat *st)
{
	return result == 0 && S_ISREG(st->st_mode);
}

/* Output is held back only where nobody waits for it: from file to file. */
static bool
must_flush(const struct dump *dump)
{
	bool standard = !dump->file || !strcmp(dump->file, "-");
	struct stat st;

	if (dump->interface || !is_regular(fstat(STDOUT_FILENO, &st), &st))
		return true;
	return !is_regular(standard ? fstat(STDIN_FILENO, &st) :
		stat(dump->file, &st), &st);
}

static void
catch_signals(void)
{
	struct sigaction action = {.sa_handler = on_signal};

	signal(SIGPIPE, SIG_DFL);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

int
main(int argc, char **argv)
{
	static struct dump dump = {.ip_numbers = {PACKET_PROTOCOL,
		PACKET_UDP_PORT}};
	enum cli_exit status;
	char *expression;

	take_options(&dump, argc, argv);
	refuse_file_operand(&dump, argv + optind);
	expression = join(argv + optind);
	read_notes(&dump);
	open_capture(&dump, expression);
	parse_notes(&dump);
	dump.flush = must_flush(&dump);
	catch_signals();
	if (capture.live)
		say_listening();
	status = run(&dump);

	for (unsigned i = 0; i < dump.program_count; i++)
		object_done(&dump.programs[i]);
	capture_close(&capture);
	free(expression);
	cli_close(&cli);
	return (int)status;
}
