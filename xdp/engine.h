/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What a process tells engine.bpf.c of a packet at a hook, so that the machine
 * in the kernel can be asked what wasp-conform(1) asks any engine.
 */
#ifndef XDP_ENGINE_H
#define XDP_ENGINE_H

#include "xdp/run.h"

enum {
	ENGINE_TARGET_MAX = 8,
	ENGINE_OFF = 34			/* of 'W' in the frame */
};

/* Where a packet may be rerouted to, and what env then reads. */
struct engine_target {
	uint8_t to[RUN_ADDR_SIZE];
	uint32_t flow[2];
	uint32_t local;
};

struct engine_job {
	uint64_t now_ns;
	uint32_t interface, target_count;
	uint8_t hook, access_max;
	uint8_t is_operator, may_invite;	/* 0 or 1 */
	uint8_t src[RUN_ADDR_SIZE];
	uint32_t env[RUN_ENV_ROOM];
	struct engine_target targets[ENGINE_TARGET_MAX];
	uint32_t dispatch;		/* to a translation, if there is one */
	/* out */
	uint32_t executed, translated;
};

#endif
