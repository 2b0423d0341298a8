/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wasp-verify: prove a program safe, or say why not.  With -o it is a filter:
 * the bytes of an accepted object go through as they came.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "verify/policy-file.h"
#include "verify/show-main.h"
#include "verify/verify.h"
#include "verify/witness-main.h"
#include "witness/witness.h"

enum { OUTPUT, MAX_STEPS, MAX_COST, MAX_ACCESSES, HOPS, MTU, CRITICAL,
	POLICY, EXAMPLE, EXAMPLES, WORST, SEARCH, JSON, QUIET, INPUT };
static const struct cli_option options[] = {
	{'o', "output", "FILE", "pass an accepted object through to FILE"},
	{0, "max-steps", "N", "allow at most N steps on any path"},
	{0, "max-cost", "N", "allow at most N units of cost on any path"},
	{0, "max-accesses", "N", "allow at most N store accesses (default 4)"},
	{0, "hops", "N", "warn where push finds no room within N nodes"},
	{0, "mtu", "N", "warn of a packet larger than N bytes"},
	{0, "critical", NULL, "print the costliest path at each hook"},
	{0, "policy", "FILE", "reject what the policy in FILE does not admit"},
	{0, "counterexample", "PREFIX",
		"for each error write PREFIX-N.pcap, to replay it"},
	{0, "examples", "N", "write at most N of them (default 10)"},
	{0, "worst", "PREFIX", "write PREFIX.pcap, which costs the most"},
	{0, "search", "N", "search each for N steps (default 500000)"},
	{0, "json", NULL, "print the result as JSON"},
	{'q', "quiet", NULL, "print errors only"},
	CLI_INPUT_OPTIONS('n'),
	CLI_NUMBERS_OPTIONS,
	{0}
};
static struct diag_filter warnings;
static const struct cli cli = {"wasp-verify", "[FILE]",
	"Prove a WASP program safe, or say why it is not.", options, &warnings};

struct request {
	struct cli_input in;
	struct input input;
	const char *name, *output;	/* the input's, for messages */
	struct verify_limits limits;
	const char *policy_path;	/* NULL: none */
	struct verify_policy policy;
	struct examples examples, worst;
	bool critical, json, quiet;
};

/* What was found, for the one JSON object at the end, or printed at once. */
struct findings {
	struct request *request;
	json_t *errors, *warnings;
	json_t *example;		/* of the last one, not printed yet */
	bool shown;			/* so are the notes that follow it */
};

static unsigned
limit_option(const char *name, const char *value)
{
	return (unsigned)cli_number(&cli, name, value, 1, UINT16_MAX);
}

static void
read_options(int argc, char **argv, struct request *request)
{
	const char *value;
	int option;

	while ((option = cli_next(&cli, argc, argv, &value)) >= 0) {
		switch (option) {
		case OUTPUT:
			request->output = value;
			break;
		case MAX_STEPS:
			request->limits.max_steps =
				limit_option("--max-steps", value);
			break;
		case MAX_COST:
			request->limits.max_cost =
				limit_option("--max-cost", value);
			break;
		case MAX_ACCESSES:
			request->limits.max_accesses = (unsigned)cli_number(
				&cli, "--max-accesses", value, 0, UINT16_MAX);
			request->limits.no_accesses =
				request->limits.max_accesses == 0;
			break;
		case HOPS:
			request->limits.hops = limit_option("--hops", value);
			break;
		case MTU:
			request->limits.mtu = limit_option("--mtu", value);
			break;
		case CRITICAL:
			request->critical = true;
			break;
		case POLICY:
			request->policy_path = value;
			break;
		case EXAMPLE:
			request->examples.prefix = value;
			break;
		case EXAMPLES:
			request->examples.most = (unsigned)cli_number(&cli,
				"--examples", value, 1, UINT16_MAX);
			break;
		case WORST:
			request->worst.prefix = value;
			break;
		case SEARCH:
			request->examples.search = cli_number(&cli, "--search",
				value, 1, UINT32_MAX);
			break;
		case JSON:
			request->json = true;
			break;
		case QUIET:
			request->quiet = true;
			break;
		default:
			cli_input_option(&cli, &request->in, option - INPUT,
				value);
		}
	}
	request->in.path = cli_operand(&cli, argc, argv);
	request->name = cli_file_name(request->in.path);
	request->examples.object = &request->input.object;
	request->examples.limits = &request->limits;
	request->worst.cli = &cli;
	request->worst.object = &request->input.object;
	request->worst.search = request->examples.search;
}

/* An example follows the notes on its error. */
static void
end_finding(struct findings *findings)
{
	if (findings->example && !findings->request->json)
		examples_print(stderr, findings->example);
	json_decref(findings->example);
	findings->example = NULL;
}

static void
add_finding(json_t *list, const struct diag *diag, json_t *example)
{
	json_t *json = diag_json(diag);

	if (example)
		json_object_set(json, "example", example);
	json_array_append_new(list, json);
}

static void
findings_sink(void *arg, const struct diag *diag)
{
	struct findings *findings = arg;
	struct request *request = findings->request;

	if (diag->severity != DIAG_NOTE)
		end_finding(findings);
	if (diag->severity == DIAG_ERROR)
		findings->example = examples_show(&request->examples, diag);
	if (diag->severity != DIAG_NOTE)
		findings->shown = !request->quiet ||
			diag->severity == DIAG_ERROR;
	if (!request->json) {
		if (findings->shown)
			diag_print(stderr, diag);
	} else if (diag->severity == DIAG_ERROR) {
		add_finding(findings->errors, diag, findings->example);
	} else if (diag->severity == DIAG_WARNING) {
		add_finding(findings->warnings, diag, NULL);
	}
}

/* "a, b" or "none". */
static void
print_names(const char *title, const json_t *names)
{
	printf("; %s ", title);
	for (size_t i = 0; i < json_array_size(names); i++)
		printf("%s%s", i ? ", " : "",
			json_string_value(json_array_get(names, i)));
	if (json_array_size(names) == 0)
		printf("none");
}

static const char *
plural(unsigned n, const char *ending)
{
	return n == 1 ? "" : ending;
}

static void
print_rejected(const struct request *request,
	const struct verify_result *result)
{
	fprintf(stderr, "%s: rejected: %u error%s", request->name,
		result->errors, plural(result->errors, "s"));
	if (result->following)
		fprintf(stderr, "; %u finding%s that follow%s from %s not "
			"shown", result->following,
			plural(result->following, "s"),
			result->following == 1 ? "s" : "",
			result->errors == 1 ? "it" : "them");
	fputc('\n', stderr);
}

static void
print_text(const struct request *request, const struct verify_result *result,
	const json_t *json)
{
	const struct object *object = &request->input.object;
	const char *name = request->name;

	if (request->quiet || (request->output && result->accepted))
		return;
	if (!result->accepted) {
		print_rejected(request, result);
		return;
	}
	printf("%s: safe: at most %u step%s, cost %u, %u store access%s", name,
		result->max_steps, plural(result->max_steps, "s"),
		result->max_cost, result->max_accesses,
		plural(result->max_accesses, "es"));
	print_names("hooks", json_object_get(json, "hooks"));
	print_names("keys", json_object_get(json, "keys"));
	putchar('\n');
	show_figures(object, result, request->limits.hops);
	if (request->critical)
		show_critical(object, result);
}

/* Standard output is the object's when -o - was given. */
static void
print_json(const struct findings *findings, json_t *json)
{
	const char *output = findings->request->output;
	FILE *out = output && !strcmp(output, "-") ? stderr : stdout;
	json_t *file = json_string(findings->request->name);

	json_object_set_new(json, "file", file ? file : json_null());
	json_object_set(json, "errors", findings->errors);
	json_object_set(json, "warnings", findings->warnings);
	json_dumpf(json, out, JSON_COMPACT | JSON_ENSURE_ASCII);
	fputc('\n', out);
}

static void
read_policy(struct request *request)
{
	struct diag_printer printer = {.out = stderr, .json = request->json};
	size_t size;
	char *text;
	bool ok;

	if (!request->policy_path)
		return;
	text = cli_read(&cli, request->policy_path, &size);
	ok = verify_policy_read(&request->policy, text,
		cli_file_name(request->policy_path), diag_printer_sink,
		&printer);
	free(text);
	if (!ok)
		exit(CLI_INPUT);
}

/* Where wasp-run finds the names of the program, for the examples. */
static void
name_notes(struct request *request)
{
	const char *path = request->in.path;

	if (request->input.object.notes.present && path && strcmp(path, "-") &&
	    request->input.form == INPUT_OBJECT)
		request->examples.notes = request->worst.notes = path;
}

static enum cli_exit
verify_input(struct request *request, struct findings *findings)
{
	const struct object *object = &request->input.object;
	struct verify_result result;
	bool readable;
	json_t *json, *worst = NULL;

	warnings.sink = findings_sink;
	warnings.arg = findings;
	readable = cli_input_parse(&request->in, &request->input,
		diag_filter_sink, &warnings);
	if (request->input.name)
		request->name = request->input.name;
	if (readable) {
		name_notes(request);
		verify_object(object, request->name, &request->limits, &result,
			diag_filter_sink, &warnings);
		if (request->policy_path)
			result.errors += verify_policy_report(&request->policy,
				cli_file_name(request->policy_path), object,
				request->name, diag_filter_sink, &warnings);
		result.accepted = result.errors == 0 && !warnings.promoted;
		result.errors += warnings.promoted;
		end_finding(findings);
		worst = examples_worst(&request->worst, &result);
	}
	json = readable ? verify_json(object, &result) :
		verify_json(NULL, NULL);
	if (!json)
		cli_die(&cli, CLI_SYSTEM, "out of memory");
	if (worst)
		json_object_set(json, "worst", worst);
	if (request->json)
		print_json(findings, json);
	else if (readable)
		print_text(request, &result, json);
	if (worst && !request->json)
		examples_print(stderr, worst);
	json_decref(worst);
	json_decref(json);
	if (!readable)
		return CLI_INPUT;
	return result.accepted ? CLI_YES : CLI_NO;
}

/* An object as it came; what was in a packet, as an object. */
static void
pass_through(const struct request *request)
{
	const struct input *input = &request->input;
	size_t size = request->in.size;
	uint8_t *bytes = NULL;

	if (input->form != INPUT_OBJECT)
		bytes = object_bytes(&input->object, &size);
	if (input->form != INPUT_OBJECT && !bytes)
		cli_die(&cli, CLI_SYSTEM, "out of memory");
	cli_write(&cli, request->output, bytes ? (char *)bytes :
		request->in.bytes, size, true);
	free(bytes);
}

int
main(int argc, char **argv)
{
	struct request request = {.examples = {.cli = &cli, .most = 10,
		.search = WITNESS_SEARCH_DEFAULT}};
	struct findings findings = {&request, json_array(), json_array(),
		NULL, false};
	enum cli_exit status;

	read_options(argc, argv, &request);
	read_policy(&request);
	cli_input_open(&cli, &request.in);
	status = verify_input(&request, &findings);
	if (!request.json && status != CLI_INPUT)
		cli_tell_choice(&cli, &request.in, &request.input);
	if (status == CLI_YES && request.output)
		pass_through(&request);
	input_done(&request.input);
	cli_input_done(&request.in);
	json_decref(findings.errors);
	json_decref(findings.warnings);
	cli_close(&cli);
	return status;
}
