/* SPDX-License-Identifier: BSD-2-Clause */
/* waspd: the router; waspd(8) specifies it. */
#include "cli/cli.h"
#include "router/caps.h"
#include "router/daemon.h"
#include "router/rules.h"
#include "xdp/load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

enum { FILE_MAX = 1 << 20 };	/* bytes of a configuration read again */

enum option { OPTION_CONFIG, OPTION_FOREGROUND, OPTION_TEST, OPTION_CLEAN,
	OPTION_DATAPATH, OPTION_PINS, OPTION_NAME, OPTION_LEVEL, OPTION_SYSLOG,
	OPTION_JSON };

static const struct cli_option options[] = {
	[OPTION_CONFIG] = {'c', "config", "FILE", "read the configuration"},
	[OPTION_FOREGROUND] = {'f', "foreground", NULL,
		"stay in the foreground, as it always does"},
	[OPTION_TEST] = {'t', "test", NULL,
		"check the configuration and end"},
	[OPTION_CLEAN] = {0, "clean", NULL,
		"take out what an earlier start has left and end"},
	[OPTION_DATAPATH] = {0, "datapath", "WHICH",
		"auto|xdp|portable"},
	[OPTION_PINS] = {0, "pin-directory", "DIR",
		"pin what is in the kernel there"},
	[OPTION_NAME] = {0, "name", "INSTANCE",
		"call this instance, and its rules, so"},
	[OPTION_LEVEL] = {'l', "level", "LEVEL",
		"log error|warning|info|debug"},
	[OPTION_SYSLOG] = {0, "syslog", NULL, "log to syslog"},
	[OPTION_JSON] = {0, "json", NULL,
		"print what is wrong in a file as JSON lines"},
	{0}
};

static struct diag_filter warnings;
static const struct cli cli = {"waspd", "[INTERFACE[=ROLE]...]",
	"Run WASP packets at the interfaces named; roles are client, guest and "
	"internal.", options, &warnings};

/* What the command line says. */
struct request {
	const char *file, *name, *level, *datapath, *pins;
	char **words;
	bool test, clean, syslog, json;
	FILE *errors;			/* where what is wrong is said */
};

static struct request
read_options(int argc, char **argv)
{
	struct request request = {.errors = stderr};
	const char *value;
	int option;

	while ((option = cli_next(&cli, argc, argv, &value)) >= 0) {
		switch ((enum option)option) {
		case OPTION_CONFIG:
			request.file = value;
			break;
		case OPTION_FOREGROUND:
			break;
		case OPTION_TEST:
			request.test = true;
			break;
		case OPTION_CLEAN:
			request.clean = true;
			break;
		case OPTION_DATAPATH:
			request.datapath = value;
			break;
		case OPTION_PINS:
			request.pins = value;
			break;
		case OPTION_NAME:
			request.name = value;
			break;
		case OPTION_LEVEL:
			request.level = value;
			break;
		case OPTION_SYSLOG:
			request.syslog = true;
			break;
		case OPTION_JSON:
			request.json = true;
			break;
		}
	}
	request.words = argv + optind;
	return request;
}

/* What the command line adds to the file; false with the reason in diag. */
static bool
add_words(const struct request *request, struct config *config,
	struct diag *diag)
{
	for (char **word = request->words; *word; word++)
		if (!config_add_interface(config, *word, diag))
			return false;
	config->syslog |= request->syslog;
	return (!request->name ||
			config_set_name(config, request->name, diag)) &&
		(!request->level ||
			config_set_log(config, request->level, diag)) &&
		(!request->datapath || config_set_datapath(config,
			request->datapath, diag)) &&
		(!request->pins || config_set_pins(config, request->pins,
			diag));
}

/* Reading must not end the daemon, as cli_read would. */
static bool
read_file(FILE *errors, const char *path, char text[static FILE_MAX + 1],
	size_t *read_size)
{
	FILE *in = fopen(path, "r");
	size_t size = in ? fread(text, 1, FILE_MAX, in) : 0;
	bool ok = in && !ferror(in) && size < FILE_MAX;

	*read_size = size;

	if (!ok)
		fprintf(errors, "%s: %s: %s\n", cli.name, path,
			size == FILE_MAX ? "too large" : strerror(errno));
	if (in)
		fclose(in);
	return ok;
}

/* The bytes of a program, or the text of a policy; NULL: it was said why. */
static char *
load_program(void *arg, const char *path, size_t *size)
{
	const struct request *request = arg;
	char *text = calloc(1, FILE_MAX + 1);

	if (text && read_file(request->errors, path, text, size))
		return text;
	free(text);
	return NULL;
}

static char *
load_policy(void *arg, const char *path)
{
	size_t size;

	return load_program(arg, path, &size);
}

/* The configuration from the text of the file, if there is one. */
static bool
make_config(const struct request *request, const char *text,
	struct config *config)
{
	struct diag_printer printer = {.out = request->errors,
		.json = request->json};
	void *load_arg = (void *)request;
	const char *file = text ? cli_file_name(request->file) : NULL;
	struct diag diag = {0};

	config_defaults(config);
	if (text && !config_read(config, text, file, diag_printer_sink,
	    &printer))
		return false;
	if (!add_words(request, config, &diag)) {
		fprintf(request->errors, "%s: ", cli.name);
		diag_print(request->errors, &diag);
		return false;
	}
	return request->clean ||
		(config_check(config, file, diag_printer_sink, &printer) &&
		config_read_policies(config, load_policy, load_arg,
			diag_printer_sink, &printer) &&
		config_read_programs(config, file, load_program, load_arg,
			diag_printer_sink, &printer));
}

/* Words that are wrong in themselves are misuse, whatever the file says. */
static void
check_words(const struct request *request)
{
	struct config config;
	struct diag diag = {0};

	config_defaults(&config);
	if (!add_words(request, &config, &diag))
		cli_misuse(&cli, "%s", diag.text);
}

static void
first_config(const struct request *request, struct config *config)
{
	size_t size;
	char *text = request->file ? cli_read(&cli, request->file, &size) :
		NULL;
	bool ok = make_config(request, text, config);

	free(text);
	if (!ok)
		exit(CLI_INPUT);
}

/* What is wrong is logged where all else is by now, line by line. */
struct reloading {
	const struct request *request;
	struct log *log;
};

static void
log_lines(struct log *log, char *lines)
{
	for (char *line = strtok(lines, "\n"); line; line = strtok(NULL, "\n"))
		log_line(log, CONFIG_LOG_ERROR, "%s", line);
}

static bool
reload(void *arg, struct config *config)
{
	const struct reloading *reloading = arg;
	struct request request = *reloading->request;
	char *text = calloc(1, FILE_MAX + 1), *said = NULL;
	FILE *errors = reloading->log->syslog ?
		open_memstream(&said, &(size_t){0}) : NULL;
	size_t size;
	bool ok;

	request.errors = errors ? errors : stderr;
	ok = text && read_file(request.errors, request.file, text, &size) &&
		make_config(&request, text, config);
	if (errors && fclose(errors) == 0)
		log_lines(reloading->log, said);
	free(said);
	free(text);
	return ok;
}

/* The configuration is right, but may not be what was meant. */
static int
test(const struct request *request, const struct config *config)
{
	struct diag_printer printer = {.out = stderr, .json = request->json};
	struct diag diag = {.file = request->file ?
		cli_file_name(request->file) : NULL};

	warnings.sink = diag_printer_sink;
	warnings.arg = &printer;
	if (config->fast && config->datapath != CONFIG_PORTABLE &&
	    rules_forward_chain()) {
		diag_set(&diag, DIAG_CONFIG_FAST, "mode is fast, and there is "
			"a chain at the hook forward, which packets will pass "
			"by");
		diag_filter_sink(&warnings, &diag);
	}
	return printer.errors ? CLI_INPUT : CLI_YES;
}

static int
clean(const struct config *config)
{
	const char *missing = caps_missing();
	struct rules *rules = missing ? NULL : rules_open();
	struct xdp_report xdp = {0};
	struct rules_report report;
	int interfaces;

	if (missing)
		cli_die(&cli, CLI_PERMISSION, "%s is missing", missing);
	if (!rules)
		cli_die(&cli, CLI_SYSTEM, "%s", strerror(errno));
	interfaces = xdp_clean(config->pins, config->name, &xdp);
	if (interfaces < 0)
		cli_die(&cli, CLI_SYSTEM, "%s", xdp.text);
	if (!rules_remove(rules, config->name, &report))
		cli_die(&cli, CLI_SYSTEM, "%s", report.error);
	rules_close(rules);
	printf("%u tables and %d interfaces of %s taken out\n",
		report.removed, interfaces, config->name);
	cli_close(&cli);
	return CLI_YES;
}

int
main(int argc, char **argv)
{
	struct request request = read_options(argc, argv);
	struct config config;
	struct log log = {.name = "waspd"};
	struct reloading reloading = {&request, &log};
	struct daemon_setup setup = {&config,
		request.file && strcmp(request.file, "-") ? reload : NULL,
		&reloading, &log};

	if (!request.file && !*request.words && !request.clean)
		cli_misuse(&cli, "no interface is named, and no file");
	if (request.clean && (request.test || *request.words))
		cli_misuse(&cli, "--clean takes neither --test nor interfaces");
	check_words(&request);
	first_config(&request, &config);
	if (request.test)
		return test(&request, &config);
	if (request.clean)
		return clean(&config);
	log.level = config.log;
	log.syslog = config.syslog;
	if (log.syslog)
		openlog("waspd", LOG_PID, LOG_DAEMON);
	switch (daemon_run(&setup)) {
	case DAEMON_DONE:
		return CLI_YES;
	case DAEMON_NOT_PERMITTED:
		return CLI_PERMISSION;
	case DAEMON_FAILED:
		break;
	}
	return CLI_SYSTEM;
}
