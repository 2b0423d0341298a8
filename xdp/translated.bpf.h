/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What translated programs are made of (translate.h), for BPF programs that
 * include run.bpf.h.  Before including this, define
 *
 *	TRANSLATED_SECTION	of the includer's kind of program, "xdp" or "tc"
 *	translated_goes_on(ctx, run)	a static function: what the program
 *				gives when a packet's run has ended and its
 *				header is written
 *	TRANSLATED_RUNS		the map of struct xdp_run
 *
 * The program `translated` is a template: it is loaded to
 * be taken apart (jit.h), or has its body replaced (elf.h), and never runs.
 */
#ifndef XDP_TRANSLATED_BPF_H
#define XDP_TRANSLATED_BPF_H

#include "xdp/hot.bpf.h"
#include "xdp/run.bpf.h"

/* A store instruction, by its isa_code, with a key that was checked. */
RUN_GLOBAL int
translated_access(RUN_CTX *ctx, struct xdp_run *run, uint32_t code,
	uint64_t key)
{
	if (!ctx || !run)
		return 0;
	return (int)vm_access(ctx, run, code, key);
}

/* The end of a run: where the program leaves. */
RUN_GLOBAL int
translated_finish(RUN_CTX *ctx, struct xdp_run *run)
{
	if (!ctx || !run)
		return 0;
	run_end(ctx, run);
	run_finish(ctx, run);
	return translated_goes_on(ctx, run);
}

/* All that a translation may name, once. */
SEC(TRANSLATED_SECTION)
int
translated(RUN_CTX *ctx)
{
	uint32_t zero = 0;
	struct xdp_run *run = bpf_map_lookup_elem(&TRANSLATED_RUNS, &zero);

	if (!run)
		return 0;
	run->steps = (uint32_t)(store_map(run, run->now_ns, 1) +
		store_unmap(run, 1) + world_env(ctx, run, 0) +
		translated_access(ctx, run, 0, 0));
	bpf_tail_call(ctx, &wasp_programs, HOT_INTERPRETER);
	return translated_finish(ctx, run);
}

#endif
