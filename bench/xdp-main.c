/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench-xdp: what interpretation costs in the kernel.  Row 2: programs,
 * interpreted and translated, over ESP's operations written as XDP programs.
 * Row 4: operations of the store.
 * Row 5: how long a translation takes, with the kernel's own look at it.  Row 6:
 * how large all of these are.  bench/README explains the rows.
 */
#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/bench-main.h"
#include "bench/drill.h"
#include "bench/kernel.h"
#include "bench/scale.h"
#include "vm/ess.h"
#include "xdp/translate.h"

static const struct cli_option rows[] = {BENCH_OPTIONS, {0}};
static const struct cli command = {
	.name = "bench-xdp", .operands = "",
	.summary = "Measure programs against native operations in the kernel.",
	.options = rows
};
static const struct cli *const cli = &command;

enum { CAPACITY = 1000 };

/* Ways to carry an operation out, and what each is compared with. */
enum way { EMPTY, NATIVE, INTERPRETED, TRANSLATED, ALONE, DIRECT, INLINED, WAYS };
static const struct {
	const char *name;
	enum kernel_how how;
	enum way over;
} ways[WAYS] = {
	[EMPTY] = {"empty", KERNEL_EMPTY, WAYS},
	[NATIVE] = {"native", KERNEL_DISPATCH, WAYS},
	[INTERPRETED] = {"interpreted", KERNEL_DISPATCH, NATIVE},
	[TRANSLATED] = {"translated", KERNEL_DISPATCH, NATIVE},
	[ALONE] = {"native, not dispatched", KERNEL_ALONE, WAYS},
	[DIRECT] = {"interpreted, not dispatched", KERNEL_INTERPRET, ALONE},
	[INLINED] = {"native, all inlined", KERNEL_INLINED, WAYS},
};

struct job {
	struct kernel *kernel;
	const struct packets *packets;
	uint8_t frame[KERNEL_FRAME_SIZE];
	size_t size;
	int program, installed;
};

static _Noreturn void
fail(const char *what)
{
	cli_die(cli, CLI_SYSTEM, "%s: %s", what, strerror(errno));
}

/* The packet's entry as it is at first, though ten seconds may be over. */
static void
prime(const struct job *job)
{
	struct ess *store = kernel_store(job->kernel);
	uint64_t now_ns = kernel_now_ns();
	struct ess_span span;

	if (ess_insert(store, packet_get64(job->packets->wasp_pad), now_ns,
		&span, NULL) != ESS_NONE)
		ess_unmap(store, &span, now_ns, job->packets->entry);
}

/*
 * The kernel's own clock: a call takes milliseconds besides, in which the kernel
 * makes the program known.  Half a nanosecond is what rounding down takes off.
 */
static double
run(void *arg, unsigned count)
{
	struct job *job = arg;
	uint32_t run_ns;

	prime(job);
	if (!kernel_install(job->kernel, job->packets->wasp, job->installed))
		fail("a program can not be put into its slot");
	if (kernel_run(job->program, job->frame, job->size, count, NULL,
		&run_ns) < 0)
		fail("BPF_PROG_TEST_RUN");
	return (run_ns + 0.5) * count;
}

static void
measure_op(const struct bench *bench, struct kernel *kernel,
	const struct packets *packets, int translation)
{
	const char *name = esp_infos[packets->op].name;
	struct bench_case cases[WAYS] = {0};
	struct job jobs[WAYS];

	for (unsigned i = 0; i < WAYS; i++) {
		jobs[i] = (struct job){.kernel = kernel, .packets = packets,
			.program = kernel_program(kernel, ways[i].how,
				packets->op), .installed = -1};
		if (i == NATIVE)
			jobs[i].installed = kernel_program(kernel,
				KERNEL_NATIVE, packets->op);
		if (i == TRANSLATED)
			jobs[i].installed = translation;
		jobs[i].size = kernel_frame(jobs[i].frame, packets->wasp,
			packets->wasp_size);
		snprintf(cases[i].what, sizeof(cases[i].what), "%s %s", name,
			ways[i].name);
		cases[i].work = run;
		cases[i].arg = &jobs[i];
		cases[i].less = i != EMPTY ? &cases[EMPTY] : NULL;
		if (ways[i].over != WAYS)
			cases[i].over = &cases[ways[i].over];
	}
	bench_cases(bench, 2, "ns", cases, WAYS);
}

/* Row 7: COUNT on both processors; each its own entry, or both one. */
static double
run_again(void *arg, unsigned count)
{
	const struct job *job = arg;
	uint32_t run_ns;

	if (kernel_run(job->program, job->frame, job->size, count, NULL,
		&run_ns) < 0)
		fail("BPF_PROG_TEST_RUN");
	return (run_ns + 0.5) * count;
}

static void
measure_scaling(const struct bench *bench, struct kernel *kernel,
	const struct packets *packets, int translation)
{
	enum { PAD_OFF = ESP_OFF + PACKET_HEADER_SIZE };
	struct job jobs[SCALE_CPUS_MAX];
	struct scale scales[SCALE_CPUS_MAX];
	unsigned cpus = scale_cpus();

	bench_title(bench, 7, "XDP, count translated, by processors");
	kernel_install(kernel, packets->wasp, translation);
	for (unsigned one = 0; one < 2; one++) {
		struct bench_case cases[SCALE_CPUS_MAX] = {0};

		for (unsigned i = 0; i < cpus; i++) {
			jobs[i] = (struct job){.program = kernel_program(kernel,
				KERNEL_DISPATCH, ESP_COUNT)};
			jobs[i].size = kernel_frame(jobs[i].frame,
				packets->wasp, packets->wasp_size);
			packets_vary(packets, jobs[i].frame + PAD_OFF +
				packet_code_size(packets->wasp_header
				.code_count), one ? 0 : i, 0);
			scales[i] = (struct scale){.work = run_again,
				.cpus = i + 1, .args = {&jobs[0], &jobs[1]}};
			snprintf(cases[i].what, sizeof(cases[i].what),
				"count translated, %s", one ? "one entry" :
				"own entries");
			cases[i].at = i + 1;
			cases[i].work = scale_run;
			cases[i].arg = &scales[i];
			cases[i].over = i ? &cases[0] : NULL;
		}
		if (!bench_measure(cases, cpus, (struct bench_effort){
			bench->effort.rounds, 0, bench->quick ? 100 : 50000}))
			cli_die(cli, CLI_SYSTEM, "out of memory");
		bench_invert(cases, cpus);
		bench_results(bench, 7, "packets/s", cases, cpus);
	}
}

static void
put_size(const struct bench *bench, const char *what, const char *unit,
	double size)
{
	struct bench_case c = {.median = size, .low = size, .high = size};

	snprintf(c.what, sizeof(c.what), "%s", what);
	bench_results(bench, 6, unit, &c, 1);
}

static void
measure_size(const struct bench *bench, const char *what, int program)
{
	struct kernel_size size;
	char name[BENCH_WHAT_SIZE];

	if (!kernel_size_of(program, &size))
		fail("the size of a program");
	put_size(bench, what, "bytes of machine code", size.machine_bytes);
	snprintf(name, sizeof(name), "%s, BPF", what);
	put_size(bench, name, "instructions", size.insns);
}

static void
measure_sizes(const struct bench *bench, const struct kernel *kernel,
	const struct packets *packets, const int *translations)
{
	char what[BENCH_WHAT_SIZE];

	bench_title(bench, 6, "sizes in the kernel, store included");
	measure_size(bench, "interpreter", kernel_program(kernel,
		KERNEL_INTERPRET, 0));
	for (unsigned op = 0; op < ESP_COLLECT3; op++) {
		snprintf(what, sizeof(what), "%s translated",
			esp_infos[op].name);
		measure_size(bench, what, translations[op]);
		snprintf(what, sizeof(what), "%s native", esp_infos[op].name);
		measure_size(bench, what, kernel_program(kernel,
			KERNEL_NATIVE, packets[op].op));
	}
}

/* Row 5: translating, and loading what came of it. */
static double
translate_work(void *arg, unsigned count)
{
	static struct translation translation;
	const struct packets *packets = arg;
	double start = bench_now_ns();

	for (unsigned i = 0; i < count; i++)
		if (!translate(TRANSLATE_XDP, packets->wasp +
			PACKET_HEADER_SIZE, packets->wasp_header.code_count,
			packets->wasp_header.pad_count, &translation))
			fail("a program is not translated");
	return bench_now_ns() - start;
}

struct load {
	const struct kernel *kernel;
	const struct packets *packets;
};

static double
load_work(void *arg, unsigned count)
{
	const struct load *load = arg;
	uint64_t spent_ns = 0;

	for (unsigned i = 0; i < count; i++) {
		uint64_t load_ns;
		int fd = kernel_translate(load->kernel, load->packets->wasp,
			&load_ns);

		if (fd < 0)
			fail("a translation is not loaded");
		close(fd);
		spent_ns += load_ns;
	}
	return (double)spent_ns;
}

static void
measure_translating(const struct bench *bench, const struct kernel *kernel,
	struct packets *packets)
{
	bench_title(bench, 5, "translation, by instruction");
	for (unsigned op = 0; op < ESP_COLLECT3; op++) {
		struct load load = {kernel, &packets[op]};
		unsigned length = packets[op].wasp_header.code_count;
		struct bench_case cases[2] = {
			{.work = translate_work, .arg = &packets[op]},
			{.work = load_work, .arg = &load}
		};

		for (unsigned i = 0; i < 2; i++) {
			cases[i].at = cases[i].parts = length;
			snprintf(cases[i].what, sizeof(cases[i].what), "%s %s",
				i ? "load" : "translate", esp_infos[op].name);
		}
		bench_cases(bench, 5, "ns/instruction", cases, 2);
	}
}

int
main(int argc, char **argv)
{
	struct packets packets[ESP_COLLECT3];
	int translations[ESP_COLLECT3];
	struct kernel *kernel;
	struct bench bench;
	uint64_t load_ns;

	bench_begin(&bench, cli, argc, argv, NULL, NULL);
	kernel = kernel_open(CAPACITY);
	if (!kernel && (errno == EPERM || errno == EACCES)) {
		bench_note(&bench, 2, "left out, as row 6 and the translator's "
			"part of row 5: BPF programs can not be loaded: %s",
			strerror(errno));
		return bench_end(&bench);
	}
	if (!kernel)
		fail("the programs can not be loaded");
	if (!bench.quick)
		bench.effort = (struct bench_effort){21, 2e6, 0};
	bench_title(&bench, 2, "a packet in XDP, net of an empty program");
	for (unsigned op = 0; op < ESP_COLLECT3; op++) {
		if (!packets_make(&packets[op], op, EXAMPLES_DIR))
			cli_die(cli, CLI_INPUT, "%s: %s.wasp can not be used",
				EXAMPLES_DIR, esp_infos[op].program);
		packets_vary(&packets[op], packets[op].wasp_pad, op, op);
		translations[op] = kernel_translate(kernel, packets[op].wasp,
			&load_ns);
		if (translations[op] < 0)
			fail("a translation is not loaded");
		measure_op(&bench, kernel, &packets[op], translations[op]);
	}
	measure_scaling(&bench, kernel, &packets[ESP_COUNT],
		translations[ESP_COUNT]);
	drill_measure(&bench, cli);
	measure_translating(&bench, kernel, packets);
	measure_sizes(&bench, kernel, packets, translations);
	for (unsigned op = 0; op < ESP_COLLECT3; op++)
		close(translations[op]);
	kernel_close(kernel);
	return bench_end(&bench);
}
