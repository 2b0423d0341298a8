/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What a process tells engine.bpf.c of a packet at a hook, and is told of its
 * run, so that the machine in the kernel can be asked what wasp-conform(1) asks
 * any engine.
 */
#ifndef XDP_ENGINE_H
#define XDP_ENGINE_H

#include "wasp/packet.h"
#include "xdp/run.h"

enum {
	JOB_TARGETS = 8,
	JOB_OFF = 34			/* of 'W' in the frame */
};

/* To a translation: never, if there is one, to that in the first slot. */
enum { JOB_INTERPRET, JOB_DISPATCH, JOB_FIRST };

/* Where a packet may be rerouted to, and what env then reads. */
struct job_target {
	uint8_t to[RUN_ADDR_SIZE];
	uint32_t flow[2];
	uint32_t local, spare;
};

/* An instruction that was begun, and the key that it names, or 0. */
struct job_step {
	uint64_t key;
	uint32_t pc;
	uint32_t has_key;
};

struct engine_job {
	uint64_t now_ns;
	uint32_t interface, target_count;
	uint8_t hook, access_max;
	uint8_t is_operator, may_invite;	/* 0 or 1 */
	uint32_t executed;			/* out */
	uint8_t src[RUN_ADDR_SIZE];
	uint32_t env[RUN_ENV_ROOM];
	struct job_target targets[JOB_TARGETS];
	uint32_t dispatch;		/* JOB_... */
	uint32_t translated;			/* out */
	/* out, where the program traces */
	uint32_t step_count, spare;
	struct job_step steps[PACKET_CODE_MAX];
};

#endif
