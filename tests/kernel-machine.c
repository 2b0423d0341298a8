/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine inside the kernel, for tests; see kernel-machine.h. */
#include <config.h>

#include "tests/kernel-machine.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "xdp/abi.h"
#include "xdp/engine.h"
#include "xdp/jit.h"

#include "xdp/engine-loop.skel.h"
#include "xdp/engine-tc-loop.skel.h"
#include "xdp/engine-tc.skel.h"
#include "xdp/engine-trace-loop.skel.h"
#include "xdp/engine-trace.skel.h"
#include "xdp/engine.skel.h"

enum { LOG_SIZE = 1 << 20, SKIP = 77 };

static const struct object {
	const char *kind, *loop;
	const void *(*bytes)(size_t *size);
} objects[] = {
	{"xdp", "", wasp_engine__elf_bytes},
	{"xdp", "loop", wasp_engine_loop__elf_bytes},
	{"tc", "", wasp_engine_tc__elf_bytes},
	{"tc", "loop", wasp_engine_tc_loop__elf_bytes},
	{"trace", "", wasp_engine_trace__elf_bytes},
	{"trace", "loop", wasp_engine_trace_loop__elf_bytes}
};

/* The loaded program, and its maps as memory. */
struct kernel {
	struct bpf_object *object;
	int prog;
	struct jit *jit;		/* NULL: interpret */
	enum translate_kind kind;
	int programs;			/* the map of translations */
	struct packet_header last;	/* what is translated now */
	uint8_t last_code[ISA_INSN_SIZE * PACKET_CODE_MAX];
	uint64_t loads, load_ns, load_max_ns;
	struct xdp_settings *settings;
	struct engine_job *job;
	struct xdp_run *run;
	struct ess_control *control;
	struct ess_bucket *buckets;
	uint64_t *ring;
};

static void
fail(const char *what)
{
	fprintf(stderr, "kernel: %s: %s\n", what, strerror(errno));
	exit(errno == EPERM || errno == ENOSYS || errno == EACCES ? SKIP : 1);
}

static void *
map_memory(const struct kernel *kernel, const char *name)
{
	struct bpf_map *map = bpf_object__find_map_by_name(kernel->object,
		name);
	size_t page = (size_t)sysconf(_SC_PAGESIZE), size;
	void *p;

	if (!map)
		fail(name);
	size = (size_t)((bpf_map__value_size(map) + 7) & ~7u) *
		bpf_map__max_entries(map);
	p = mmap(NULL, (size + page - 1) & ~(page - 1), PROT_READ | PROT_WRITE,
		MAP_SHARED, bpf_map__fd(map), 0);
	if (p == MAP_FAILED)
		fail(name);
	return p;
}

static void
set_size(struct kernel *kernel, const char *name, uint32_t count)
{
	bpf_map__set_max_entries(bpf_object__find_map_by_name(kernel->object,
		name), count);
}

/* What the verifier counted, and what the interpreter became. */
static void
print_work(const struct kernel *kernel)
{
	struct bpf_program *prog = bpf_object__find_program_by_name(
		kernel->object, "interpret");
	uint32_t lengths[1] = {0};
	struct bpf_prog_info info = {
		.nr_jited_func_lens = 1,
		.jited_func_lens = (uint64_t)(uintptr_t)lengths
	};
	uint32_t size = sizeof(info);

	if (bpf_obj_get_info_by_fd(bpf_program__fd(prog), &info, &size))
		fail("info");
	printf("%u instructions verified, interpreter %u bytes\n",
		info.verified_insns, lengths[0]);
}

static void
load(struct kernel *kernel, const char *file, const struct object *object,
	bool translates, bool tell)
{
	static char log[LOG_SIZE];
	struct bpf_program *prog;
	size_t size;
	const void *bytes = object->bytes(&size);

	kernel->object = file ? bpf_object__open_file(file, NULL) :
		bpf_object__open_mem(bytes, size, NULL);
	if (!kernel->object)
		fail("open");
	set_size(kernel, "store_buckets",
		ess_bucket_count(ENGINE_CAPACITY_MAX));
	set_size(kernel, "store_ring", ENGINE_CAPACITY_MAX);
	bpf_program__set_autoload(bpf_object__find_program_by_name(
		kernel->object, "translated"), translates);
	prog = bpf_object__find_program_by_name(kernel->object, "engine");
	bpf_program__set_log_buf(prog, log, sizeof(log));
	bpf_program__set_log_level(prog, 4);
	if (bpf_object__load(kernel->object)) {
		fputs(log, stderr);
		fail("load");
	}
	if (tell)
		print_work(kernel);
	kernel->prog = bpf_program__fd(prog);
	kernel->settings = map_memory(kernel, "wasp_settings");
	kernel->job = map_memory(kernel, "engine_jobs");
	kernel->run = map_memory(kernel, "engine_runs");
	kernel->control = map_memory(kernel, "store_control");
	kernel->buckets = map_memory(kernel, "store_buckets");
	kernel->ring = map_memory(kernel, "store_ring");
}

struct ess *
kernel_store(void *arg, uint32_t capacity)
{
	static const uint8_t secret[KEY_SECRET_SIZE] = {1, 2, 3};
	struct kernel *kernel = arg;

	memset(kernel->buckets, 0,
		sizeof(*kernel->buckets) * ess_bucket_count(capacity));
	memset(kernel->ring, 0, sizeof(*kernel->ring) * capacity);
	ess_control_init(kernel->control, capacity, secret);
	return ess_at(kernel->control, kernel->buckets, kernel->ring);
}

static void
put_job(struct engine_job *job, const struct node_visit *visit,
	const struct engine_targets *targets)
{
	memset(job, 0, sizeof(*job));
	job->now_ns = visit->now_ns;
	job->interface = visit->interface;
	job->hook = (uint8_t)visit->hook;
	job->access_max = visit->access_max < UINT8_MAX ?
		(uint8_t)visit->access_max : UINT8_MAX;
	job->is_operator = visit->is_operator;
	job->may_invite = visit->may_invite;
	memcpy(job->src, visit->src, sizeof(job->src));
	memcpy(job->env, visit->env, sizeof(visit->env));
	job->target_count = targets->count;
	for (unsigned i = 0; i < targets->count && i < JOB_TARGETS; i++) {
		const struct engine_target *from = &targets->list[i];

		memcpy(job->targets[i].to, from->to, IP_ADDR_SIZE);
		job->targets[i].local = from->local;
		job->targets[i].flow[0] = packet_get32(from->flow);
		job->targets[i].flow[1] = packet_get32(from->flow + 4);
	}
}

static void
get_outcome(const struct kernel *kernel, struct node_outcome *outcome)
{
	const struct xdp_run *run = kernel->run;

	*outcome = (struct node_outcome){.executed = kernel->job->executed};
	if (!outcome->executed)
		return;
	outcome->verdict = (enum vm_verdict)run->verdict;
	outcome->fault = (enum isa_fault)run->fault;
	outcome->fault_pc = run->fault_pc;
	outcome->steps = run->steps;
	outcome->cost = run->cost;
	outcome->accesses = run->accesses;
	outcome->rerouted = run->rerouted;
	memcpy(outcome->reroute_to, run->reroute_to, IP_ADDR_SIZE);
}

/* Tell the steps afterwards, each as if it were about to be begun. */
static void
tell_steps(const struct kernel *kernel, const struct node_visit *visit,
	const uint8_t *wasp, const struct packet_header *header)
{
	uint8_t pad[PACKET_WORD_SIZE * PACKET_PAD_MAX] = {0};
	struct vm vm = {.code = wasp + PACKET_HEADER_SIZE,
		.code_count = header->code_count,
		.pad = pad, .pad_count = header->pad_count};

	for (unsigned i = 0; visit->trace && i < kernel->job->step_count; i++) {
		const struct job_step *step = &kernel->job->steps[i];
		unsigned word;

		vm.pc = step->pc;
		word = packet_get16(vm.code + ISA_INSN_SIZE * step->pc);
		if (step->has_key)
			packet_put64(pad + PACKET_WORD_SIZE * (word & 63),
				step->key);
		visit->trace(&vm, visit->trace_arg);
	}
}

/* Have this packet's program translated, if it is not the last one's. */
static void
put_translation(struct kernel *kernel, const uint8_t *wasp,
	const struct packet_header *header)
{
	static struct translation body;
	const uint8_t *code = wasp + PACKET_HEADER_SIZE;
	size_t size = ISA_INSN_SIZE * (size_t)header->code_count;
	uint32_t slot = 0;
	uint64_t load_ns;
	int fd;

	kernel->job->dispatch = JOB_FIRST;
	if (kernel->last.code_count == header->code_count &&
	    kernel->last.pad_count == header->pad_count &&
	    !memcmp(kernel->last_code, code, size))
		return;
	if (!translate(kernel->kind, code, header->code_count,
		header->pad_count, &body))
		fail("translate");
	fd = jit_load(kernel->jit, &body, NULL, &load_ns);
	if (fd < 0 || bpf_map_update_elem(kernel->programs, &slot, &fd,
	    BPF_ANY))
		fail("load a translation");
	close(fd);
	kernel->last = *header;
	memcpy(kernel->last_code, code, size);
	kernel->loads++;
	kernel->load_ns += load_ns;
	if (load_ns > kernel->load_max_ns)
		kernel->load_max_ns = load_ns;
}

void
kernel_run(void *arg, struct node *node, uint8_t *wasp, struct packet_header *header,
	struct node_visit *visit, const struct engine_targets *targets,
	struct node_outcome *outcome)
{
	struct kernel *kernel = arg;
	uint8_t frame[JOB_OFF + PACKET_SIZE_MAX] = {[12] = 8}, out[4096];
	size_t size = packet_size(header->code_count, header->pad_count);
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = frame,
		.data_size_in = (uint32_t)(JOB_OFF + size), .data_out = out,
		.data_size_out = sizeof(out), .repeat = 1);

	memcpy(frame + JOB_OFF, wasp, size);
	memcpy(kernel->settings->private_secret, node->private_secret,
		KEY_SECRET_SIZE);
	memcpy(kernel->settings->invite_secret, node->invite_secret,
		KEY_SECRET_SIZE);
	put_job(kernel->job, visit, targets);
	if (kernel->jit)
		put_translation(kernel, wasp, header);
	if (bpf_prog_test_run_opts(kernel->prog, &opts))
		fail("run");
	get_outcome(kernel, outcome);
	if (outcome->executed && kernel->job->translated !=
	    (kernel->jit != NULL))
		fail("the translation was not run");
	tell_steps(kernel, visit, wasp, header);
	memcpy(wasp, out + JOB_OFF, size);
	packet_parse(wasp, size, header);
}

static void
prepare_jit(struct kernel *kernel, const char *kind)
{
	int maps[TRANSLATE_MAP_COUNT];

	kernel->programs = bpf_object__find_map_fd_by_name(kernel->object,
		"wasp_programs");
	maps[TRANSLATE_RUNS] = bpf_object__find_map_fd_by_name(kernel->object,
		"engine_runs");
	maps[TRANSLATE_PROGRAMS] = kernel->programs;
	kernel->kind = strcmp(kind, "tc") ? TRANSLATE_XDP : TRANSLATE_TC;
	kernel->jit = jit_new(kernel->object, maps);
	if (!kernel->jit)
		fail("the template");
}

struct kernel *
kernel_open(const struct kernel_setup *setup)
{
	struct kernel *kernel = calloc(1, sizeof(*kernel));

	for (size_t i = 0; i < sizeof(objects) / sizeof(objects[0]); i++)
		if (kernel && !strcmp(objects[i].kind, setup->kind) &&
		    !strcmp(objects[i].loop, setup->loop))
			load(kernel, setup->file, &objects[i],
				setup->translates, setup->tells);
	if (!kernel || !kernel->object) {
		free(kernel);
		return NULL;
	}
	if (setup->translates)
		prepare_jit(kernel, setup->kind);
	return kernel;
}

void
kernel_close(struct kernel *kernel)
{
	jit_free(kernel->jit);
	bpf_object__close(kernel->object);
	free(kernel);
}

void
kernel_print_loads(const struct kernel *kernel, FILE *out)
{
	if (kernel->loads)
		fprintf(out, "%llu translations, loaded in %.2f ms, at most "
			"%.2f ms\n", (unsigned long long)kernel->loads,
			(double)kernel->load_ns / 1e6 / (double)kernel->loads,
			(double)kernel->load_max_ns / 1e6);
}
