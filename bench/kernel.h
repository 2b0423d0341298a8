/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The programs of xdp/esp.bpf.c in the kernel, with a store that this process
 * maps too, and how to run them on a frame by BPF_PROG_TEST_RUN.
 */
#ifndef BENCH_KERNEL_H
#define BENCH_KERNEL_H

#include "bench/packets.h"
#include "xdp/esp.h"

enum { KERNEL_FRAME_SIZE = ESP_OFF + 256 };

/* What a packet's operation is carried out by, see xdp/esp.bpf.c. */
enum kernel_how {
	KERNEL_EMPTY,		/* nothing, for what a run costs at least */
	KERNEL_INTERPRET,
	KERNEL_DISPATCH,	/* with what kernel_install put there */
	KERNEL_NATIVE,		/* for kernel_install */
	KERNEL_ALONE,
	KERNEL_INLINED
};

struct kernel;

/* NULL with errno; EPERM: not allowed.  kernel_close accepts NULL. */
struct kernel *kernel_open(uint32_t capacity);
void kernel_close(struct kernel *kernel);

/* The store of the programs; theirs is CLOCK_MONOTONIC. */
struct ess *kernel_store(const struct kernel *kernel);
uint64_t kernel_now_ns(void);

/* The file descriptor of a program, the kernel's; -1: there is none such. */
int kernel_program(const struct kernel *kernel, enum kernel_how how,
	enum esp_op op);

/*
 * A translation of the packet's program; the caller closes it.  -1 with errno.
 * load_ns: how long the kernel took.
 */
int kernel_translate(const struct kernel *kernel, const uint8_t *wasp,
	uint64_t *load_ns);

/* Let KERNEL_DISPATCH go on with that program for such packets; -1: none. */
bool kernel_install(struct kernel *kernel, const uint8_t *wasp, int program);

/* A frame for a packet; its size. */
size_t kernel_frame(uint8_t frame[KERNEL_FRAME_SIZE], const uint8_t *wasp,
	size_t wasp_size);

/*
 * Run a program on a frame so often; what it gave the last time, -1 with errno.
 * Where out is not NULL it is told what the frame has become.  run_ns is how
 * long the kernel says that one run took: a whole number, rounded down.
 */
int kernel_run(int program, const uint8_t *frame, size_t size, unsigned repeat,
	uint8_t *out, uint32_t *run_ns);

/* Bytes of machine code, and instructions of BPF, of a loaded program. */
struct kernel_size {
	unsigned machine_bytes, insns;
};
bool kernel_size_of(int program, struct kernel_size *size);

#endif
