/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The translator: a WASP program becomes the body of a BPF program, which does
 * to a packet with the same code and the same scratchpad length what the
 * interpreter does, and leaves all other packets to it.  Pure: nothing is
 * loaded, asked or allocated.  jit.h loads what comes out of it into the
 * kernel, elf.h writes it to a file.
 *
 * The body is called for a packet whose run has begun: struct xdp_run is there,
 * and says where the packet is.  It ends in the global function
 * translated_finish, as the interpreter does.
 */
#ifndef XDP_TRANSLATE_H
#define XDP_TRANSLATE_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>

/* What kind of program the body is for: where its context has the packet. */
enum translate_kind { TRANSLATE_XDP, TRANSLATE_TC };

/*
 * Functions and maps that the body names.  In a translation a call of one is
 * BPF_PSEUDO_CALL with its number here as imm, and a map is BPF_PSEUDO_MAP_FD
 * with its number; whoever makes a program of it puts in what they are there.
 */
#define TRANSLATE_FUNCTIONS(X) \
	X(MAP, "store_map") \
	X(UNMAP, "store_unmap") \
	X(ENV, "world_env") \
	X(ACCESS, "translated_access") \
	X(FINISH, "translated_finish")
enum translate_function {
#define X(name, symbol) TRANSLATE_##name,
	TRANSLATE_FUNCTIONS(X)
#undef X
	TRANSLATE_FUNCTION_COUNT
};
enum translate_map {
	TRANSLATE_RUNS,			/* struct xdp_run, one for each CPU */
	TRANSLATE_PROGRAMS,		/* PROG_ARRAY: see hot.h */
	TRANSLATE_MAP_COUNT
};
extern const char *const translate_functions[TRANSLATE_FUNCTION_COUNT];

enum { TRANSLATE_INSN_MAX = 8192 };

struct translation {
	unsigned count;
	struct bpf_insn insns[TRANSLATE_INSN_MAX];
};

/*
 * Translate code_count instructions, 1 to 128, as they lie in a packet (with
 * their padding), for packets with pad_count words of scratchpad, 0 to 64.  An
 * instruction that is none is translated to its fault, so there is no program
 * that can not be translated.  false: it did not fit, which is a bug.
 */
bool translate(enum translate_kind kind, const uint8_t *code,
	unsigned code_count, unsigned pad_count, struct translation *out);

#endif
