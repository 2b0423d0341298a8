/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Translations into the kernel.  A template is a BPF program, loaded by libbpf,
 * that calls every function a translation may call (translated.bpf.h); what
 * libbpf made of it, with maps and kernel types put in, is taken apart here, and
 * a translation is loaded with just those of its functions that it reaches.
 * The store's and the node's are global ones in the template's BTF and so in
 * every translation: the verifier looks at each once, not at each call.
 */
#ifndef XDP_JIT_H
#define XDP_JIT_H

#include <bpf/libbpf.h>
#include <stdint.h>

#include "xdp/translate.h"

struct jit;

/*
 * Prepare for translations like the program `translated` of this object, which is
 * loaded, and borrowed.  The maps are those that a translation names.
 * NULL with errno: ESRCH, there is no such program, or it lacks a function.
 */
struct jit *jit_new(const struct bpf_object *object,
	const int maps[TRANSLATE_MAP_COUNT]);
void jit_free(struct jit *jit);		/* NULL is allowed */

/*
 * Load a translation; its file descriptor, the caller's to close, or -1 with
 * errno.  What the verifier says goes to log, if that is not NULL: with
 * level 1 all of it, with 4 how much work it had.  load_ns is the processor's time
 * that it took.
 */
struct jit_log {
	char *text;
	uint32_t size, level;
};
int jit_load(const struct jit *jit, const struct translation *translation,
	const struct jit_log *log, uint64_t *load_ns);

/* How many BPF instructions it is with the functions that it reaches. */
unsigned jit_size(const struct jit *jit,
	const struct translation *translation);

#endif
