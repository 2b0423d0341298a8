/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The store alone, exercised by BPF_PROG_TEST_RUN, for the test that processors
 * and processes lose nothing on one store.
 */
#include "xdp/store.bpf.h"

#include "xdp/drill.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, DRILL_JOBS);
	__type(key, uint32_t);
	__type(value, struct drill_job);
} drill_jobs SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, struct xdp_run);
} drill_runs SEC(".maps");

static uint64_t
next_key(struct drill_job *job)
{
	uint64_t i = job->i++;

	if (job->seed) {
		job->seed = job->seed * UINT64_C(6364136223846793005) + 1;
		i = (job->seed >> 32) * job->keys >> 32;
	} else if (i + 1 >= job->keys) {
		job->i = 0;
	}
	return job->first + i;
}

/* All eight words have the same number, so that half of a write is seen. */
static void
count_up(struct xdp_run *run, struct drill_job *job, uint64_t key)
{
	uint64_t *words = (uint64_t *)run->entry;
	int result = store_map(run, key, 1);

	job->results[result & 3]++;
	if (result != ESS_FOUND && result != ESS_CREATED)
		return;
	job->wrong += words[0] != words[1] || words[0] != words[2] ||
		words[0] != words[3];
	words[0]++;
	words[1] = words[2] = words[3] = words[0];
	job->written += (uint64_t)store_unmap(run, 1);
}

static void
look_up(struct xdp_run *run, struct drill_job *job, uint64_t key)
{
	int result = store_map(run, key, 0);

	job->results[result & 3]++;
	if (result == ESS_FOUND)
		store_unmap(run, 0);
}

static long
do_one(uint32_t n, const uint32_t *place)
{
	struct drill_job *job = bpf_map_lookup_elem(&drill_jobs, place);
	uint32_t zero = 0;
	struct xdp_run *run = bpf_map_lookup_elem(&drill_runs, &zero);
	uint64_t key;

	(void)n;
	if (!job || !run)
		return 1;
	key = next_key(job);
	run->now_ns = bpf_ktime_get_ns();
	if (job->op == DRILL_COUNT)
		count_up(run, job, key);
	else if (job->op == DRILL_LOOKUP)
		look_up(run, job, key);
	else if (job->op == DRILL_FREE)
		job->free = store_free(run->now_ns);
	return 0;
}

/* The first byte of the frame names the job. */
SEC("xdp")
int
drill(struct xdp_md *ctx)
{
	const uint8_t *data = (const uint8_t *)(long)ctx->data;
	struct drill_job *job;
	uint32_t place;

	if (data + 1 > (const uint8_t *)(long)ctx->data_end)
		return XDP_ABORTED;
	place = data[0];
	job = bpf_map_lookup_elem(&drill_jobs, &place);
	if (!job)
		return XDP_ABORTED;
	bpf_loop(job->ops, do_one, &place, 0);
	return XDP_PASS;
}
