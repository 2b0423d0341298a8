/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine inside the kernel for tests, by BPF_PROG_TEST_RUN; the store is
 * filled and read through its mapped maps.  What fails is said on standard
 * error and ends the process: with 77 where privileges or BPF are missing.
 */
#ifndef TESTS_KERNEL_MACHINE_H
#define TESTS_KERNEL_MACHINE_H

#include <stdio.h>

#include "run/engine.h"

struct kernel_setup {
	const char *kind;	/* "xdp", "tc", or "trace", which tells steps */
	const char *loop;	/* "" is may_goto, "loop" bpf_loop */
	const char *file;	/* the object in this file; NULL: our own */
	bool translates;	/* run translations, and nothing else */
	bool tells;		/* print what work the verifier had */
};

/* NULL: there is none such. */
struct kernel *kernel_open(const struct kernel_setup *setup);
void kernel_close(struct kernel *kernel);

/* The calls of struct engine_machine; arg is the kernel. */
struct ess *kernel_store(void *arg, uint32_t capacity);
void kernel_run(void *arg, struct node *node, uint8_t *wasp,
	struct packet_header *header, struct node_visit *visit,
	const struct engine_targets *targets, struct node_outcome *outcome);

/* How many translations were loaded, and how long that took. */
void kernel_print_loads(const struct kernel *kernel, FILE *out);

#endif
