/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * A run inside the kernel, for BPF programs.  Before including this, define
 * RUN_CTX as struct xdp_md or struct __sk_buff.  A program finds the packet,
 * fills what run.h calls facts, and then
 *
 *	run_read_header(run, wasp);	while it has the packet at hand
 *	if (!run_starts(run)) ...	it does not run here: nothing changes
 *	run_interpret(ctx, run);	or a translation of it
 *	run_finish(ctx, run);		the header; then see the outcome in *run
 *
 * All of these are inlined.  What they call of the store and of the node are
 * global functions, each of which the verifier looks at once; the includer
 * defines the node's:
 */
#ifndef XDP_RUN_BPF_H
#define XDP_RUN_BPF_H

#include <linux/bpf.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "wasp/packet.h"
#include "xdp/abi.h"
#include "xdp/run.h"

#define RUN_GLOBAL __attribute__((noinline))

/*
 * The includer's.  Each gets a run that may be NULL as far as the verifier
 * knows, and says so first; the numbers they give are 0 or 1.
 *
 * world_env: set run->env[field], and perhaps others, and their bits of
 * env_have.  What is not told or not known is ISA_ENV_UNKNOWN.
 * world_is_operator, world_may_invite: as in struct node_visit; asked once.
 * world_may_reroute: may the packet go to run->target?  If so, env_have (or env)
 * is changed so that dst, local and flow read it from then on.
 */
int world_env(RUN_CTX *ctx, struct xdp_run *run, uint32_t field);
int world_is_operator(RUN_CTX *ctx, struct xdp_run *run);
int world_may_invite(RUN_CTX *ctx, struct xdp_run *run);
int world_may_reroute(RUN_CTX *ctx, struct xdp_run *run);

/*
 * The store's; the numbers are those of enum ess_result.  store_map finds the
 * entry of a name, or also creates it, copies its words to run->entry and holds
 * it; store_unmap lets go of it, and first writes the words back if asked to
 * and if it lives.  store_free: entries that could still be created.
 */
int store_map(struct xdp_run *run, uint64_t name, int create);
int store_unmap(struct xdp_run *run, int write);
uint32_t store_free(uint64_t now_ns);

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, struct xdp_settings);
} wasp_settings SEC(".maps");

#endif
