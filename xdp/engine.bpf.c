/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The machine alone, for conformance vectors, by BPF_PROG_TEST_RUN: what a node
 * knows comes from a process (engine.h), and nothing is asked of the kernel.
 * The WASP packet lies at JOB_OFF of the frame.  Also compiled as a tc program
 * (ENGINE_TC), and with a machine that tells its steps (ENGINE_TRACE).
 */
#ifdef ENGINE_TC
#define RUN_CTX struct __sk_buff
#else
#define RUN_CTX struct xdp_md
#endif
#ifdef ENGINE_TRACE
#include <linux/bpf.h>
#include "xdp/run.h"
#define RUN_TRACE(ctx, run, pc, word) engine_trace(ctx, run, pc, word)
int engine_trace(RUN_CTX *ctx, struct xdp_run *run, unsigned pc,
	unsigned word);
#endif
#include "xdp/run.bpf.h"
#include "xdp/store.bpf.h"
#include "xdp/engine.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, struct engine_job);
} engine_jobs SEC(".maps");

/* One at a time, and read from outside: so not one for each CPU. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, struct xdp_run);
} engine_runs SEC(".maps");

static struct engine_job *
find_job(void)
{
	uint32_t zero = 0;

	return bpf_map_lookup_elem(&engine_jobs, &zero);
}

RUN_GLOBAL int
world_env(RUN_CTX *ctx, struct xdp_run *run, uint32_t field)
{
	const struct engine_job *job = find_job();

	(void)ctx;
	field &= RUN_ENV_ROOM - 1;
	if (!run || !job)
		return 0;
	run->env[field] = field == ISA_ENV_HOPS ? run->hops : job->env[field];
	run->env_have |= UINT64_C(1) << field;
	return 1;
}

RUN_GLOBAL int
world_is_operator(RUN_CTX *ctx, struct xdp_run *run)
{
	const struct engine_job *job = find_job();

	(void)ctx;
	return run && job && job->is_operator;
}

RUN_GLOBAL int
world_may_invite(RUN_CTX *ctx, struct xdp_run *run)
{
	const struct engine_job *job = find_job();

	(void)ctx;
	return run && job && job->may_invite;
}

static bool
is_target(const struct job_target *target, const struct xdp_run *run)
{
	const uint64_t *a = (const uint64_t *)target->to;
	const uint64_t *b = (const uint64_t *)run->target;

	return a[0] == b[0] && a[1] == b[1];
}

static void
put_env(struct xdp_run *run, uint32_t field, uint32_t value)
{
	run->env[field] = value;
	run->env_have |= UINT64_C(1) << field;
}

RUN_GLOBAL int
world_may_reroute(RUN_CTX *ctx, struct xdp_run *run)
{
	const struct engine_job *job = find_job();

	(void)ctx;
	if (!run || !job)
		return 0;
	for (unsigned i = 0; i < JOB_TARGETS; i++) {
		const struct job_target *target = &job->targets[i];

		if (i >= job->target_count || !is_target(target, run))
			continue;
		for (unsigned k = 0; k < 4; k++)
			put_env(run, ISA_ENV_DST0 + k, bpf_ntohl(
				*(const uint32_t *)(run->target + 4 * k)));
		put_env(run, ISA_ENV_LOCAL, target->local);
		put_env(run, ISA_ENV_FLOW0, target->flow[0]);
		put_env(run, ISA_ENV_FLOW1, target->flow[1]);
		return 1;
	}
	return 0;
}

#ifdef ENGINE_TRACE
/* A store instruction's key, if the scratchpad has it. */
static void
trace_key(RUN_CTX *ctx, const struct xdp_run *run, unsigned word,
	struct job_step *step)
{
	const uint8_t *p = run_wasp(ctx, run) + PACKET_HEADER_SIZE +
		packet_code_size(run->code_count) + 4 * (word & 63);

	RUN_HIDE(p);
	if (word >> 12 != 0xf || (word >> 6 & 7) > 3 ||
	    (word & 63) + 1 >= run->pad_count ||
	    p + KEY_SIZE > (const uint8_t *)(long)ctx->data_end)
		return;
	step->has_key = 1;
	step->key = bpf_be64_to_cpu(*(const uint64_t *)p);
}

RUN_GLOBAL int
engine_trace(RUN_CTX *ctx, struct xdp_run *run, unsigned pc, unsigned word)
{
	struct engine_job *job = find_job();
	struct job_step *step;

	if (!run || !job || job->step_count >= PACKET_CODE_MAX)
		return 0;
	step = &job->steps[job->step_count & (PACKET_CODE_MAX - 1)];
	job->step_count++;
	step->pc = pc;
	step->has_key = 0;
	trace_key(ctx, run, word, step);
	return 0;
}
#endif

RUN_INLINE bool
begin(RUN_CTX *ctx, struct xdp_run *run, const struct engine_job *job)
{
	const uint8_t *wasp;

	run->wasp_off = JOB_OFF;
	wasp = run_wasp(ctx, run);
	RUN_HIDE(wasp);
	if (wasp + PACKET_HEADER_SIZE > (const uint8_t *)(long)ctx->data_end)
		return false;
	run->now_ns = job->now_ns;
	run->access_max = job->access_max;
	run->hook = job->hook;
	run->interface = job->interface;
	run->env_have = 0;
	run->is_operator = run->may_invite = RUN_RIGHT_UNKNOWN;
	__builtin_memcpy(run->src, job->src, sizeof(run->src));
	run_read_header(run, wasp);
	return run_starts(run);
}

#ifdef ENGINE_TC
#define ENGINE_SECTION "tc"
#else
#define ENGINE_SECTION "xdp"
#endif

/* What translations are made of; one of them ends here. */
static inline int
translated_goes_on(RUN_CTX *ctx, struct xdp_run *run)
{
	struct engine_job *job = find_job();

	(void)ctx;
	(void)run;
	if (job)
		job->translated = 1;
	return 0;
}
#define TRANSLATED_SECTION ENGINE_SECTION
#define TRANSLATED_RUNS engine_runs
#include "xdp/translated.bpf.h"

/* Where a translation sends the packets of other programs. */
SEC(ENGINE_SECTION)
int
interpret(RUN_CTX *ctx)
{
	uint32_t zero = 0;
	struct xdp_run *run = bpf_map_lookup_elem(&engine_runs, &zero);

	if (!run)
		return 0;
	run_interpret(ctx, run);
	run_finish(ctx, run);
	return 0;
}

SEC(ENGINE_SECTION)
int
engine(RUN_CTX *ctx)
{
	struct engine_job *job = find_job();
	uint32_t zero = 0;
	struct xdp_run *run = bpf_map_lookup_elem(&engine_runs, &zero);

	if (!job || !run)
		return 0;
	job->executed = begin(ctx, run, job);
	job->translated = 0;
	if (!job->executed)
		return 0;
	if (job->dispatch == JOB_DISPATCH)
		hot_dispatch(ctx, run);
	else if (job->dispatch == JOB_FIRST)
		bpf_tail_call(ctx, &wasp_programs, 0);
	run_interpret(ctx, run);
	run_finish(ctx, run);
	return 0;
}
