/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The machine alone, for conformance vectors: what a node knows comes from user
 * space, and nothing is asked of the kernel.
 */
#define RUN_CTX struct xdp_md
#include "xdp/run.bpf.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("xdp")
int
engine(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}
