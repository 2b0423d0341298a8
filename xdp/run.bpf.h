/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * A run inside the kernel, for BPF programs.  Before including this, define
 * RUN_CTX as struct xdp_md or struct __sk_buff.  A program finds the packet,
 * fills what run.h calls facts and the machine's wasp_off, now_ns, access_max
 * and hook, sets env_have and both rights, and then
 *
 *	run_read_header(run, wasp);	while it has the packet at hand
 *	if (!run_starts(run)) ...	it does not run here: nothing changes
 *	run_interpret(ctx, run);	or a translation of it
 *	run_finish(ctx, run);		the header; then see the outcome in *run
 *
 * All of these are inlined.  What they call of the store and of the node are
 * global functions, each of which the verifier looks at once.  With
 * RUN_BPF_LOOP the machine's loop is bpf_loop, for kernels before 6.9.
 */
#ifndef XDP_RUN_BPF_H
#define XDP_RUN_BPF_H

#include <linux/bpf.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "wasp/packet.h"
#include "xdp/abi.h"
#include "xdp/run.h"

/*
 * Of a global function the verifier assumes nothing but its prototype; weak, so
 * that the compiler does not assume more either, and leave arguments out.
 */
#define RUN_GLOBAL __attribute__((noinline, weak))
#define RUN_INLINE static inline __attribute__((always_inline))

/*
 * The node's: defined by who includes this.  Each gets a run that may be NULL
 * as far as the verifier knows, and says so first; the numbers they give are 0
 * or 1.
 *
 * world_env: set run->env[field], and perhaps others, and their bits of
 * env_have.  What is not told or not known is ISA_ENV_UNKNOWN.
 * world_is_operator, world_may_invite: as in struct node_visit; asked once, and
 * only if the right is RUN_RIGHT_UNKNOWN.
 * world_may_reroute: may the packet go to run->target?  If so, env_have or env
 * is changed so that dst, local and flow read it from then on.
 */
int world_env(RUN_CTX *ctx, struct xdp_run *run, uint32_t field);
int world_is_operator(RUN_CTX *ctx, struct xdp_run *run);
int world_may_invite(RUN_CTX *ctx, struct xdp_run *run);
int world_may_reroute(RUN_CTX *ctx, struct xdp_run *run);

/*
 * The store's (store.bpf.h); the numbers are those of enum ess_result.
 * store_map finds the entry of a name, or also creates it, copies its words to
 * run->entry and holds it; store_unmap lets go of it, and before writes the
 * words back if asked to and if it lives.
 */
int store_map(struct xdp_run *run, uint64_t name, int create);
int store_unmap(struct xdp_run *run, int write);

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, struct xdp_settings);
} wasp_settings SEC(".maps");

RUN_INLINE struct xdp_settings *
run_settings(void)
{
	uint32_t zero = 0;

	return bpf_map_lookup_elem(&wasp_settings, &zero);
}

/*
 * A pointer into the packet, kept from being computed in a way that the
 * verifier does not understand; check it against the end before each use.
 */
#define RUN_HIDE(p) asm volatile("" : "+r"(p))

/*
 * A number that shall be masked for the verifier, though the compiler has found
 * out that it is small: before Linux 6.8 the verifier learns nothing of a number
 * that was compared with another that it does not know.  These kernels get the
 * other loop.
 */
#ifdef RUN_BPF_LOOP
#define RUN_FORGET(number) RUN_HIDE(number)
#else
#define RUN_FORGET(number)
#endif

RUN_INLINE uint8_t *
run_wasp(RUN_CTX *ctx, const struct xdp_run *run)
{
	return (uint8_t *)(long)ctx->data + (run->wasp_off & RUN_OFF_MASK);
}

/*
 * Names of entries.
 */

/* Bytes as a processor loads them, to the number whose lowest byte is first. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define RUN_LE64(x) (x)
#define RUN_LE16(x) (x)
#else
#define RUN_LE64(x) __builtin_bswap64(x)
#define RUN_LE16(x) __builtin_bswap16(x)
#endif

/* Once a run: SipHash of the secret and of the code, 8 bytes at a time. */
RUN_INLINE void
run_hash_code(RUN_CTX *ctx, struct xdp_run *run,
	const struct xdp_settings *settings)
{
	const uint8_t *end = (const uint8_t *)(long)ctx->data_end;
	const uint8_t *code = run_wasp(ctx, run) + PACKET_HEADER_SIZE;
	unsigned count = run->code_count, i;
	struct siphash hash;

	siphash_start(&hash, settings->private_secret);
#pragma clang loop unroll(disable)
	for (i = 0; i < PACKET_CODE_MAX / 4; i++) {
		const uint8_t *p = code + 8 * i;

		if (4 * i + 4 > count)
			break;
		RUN_HIDE(p);
		if (p + 8 > end)
			break;
		siphash_add_le64(&hash, RUN_LE64(*(const uint64_t *)p));
	}
	code += 8 * (count / 4 & 31);
	RUN_HIDE(code);
#pragma clang loop unroll(full)
	for (i = 0; i < 3; i++)
		if (i < count % 4 && code + 2 * i + 2 <= end) {
			hash.tail |= (uint64_t)RUN_LE16(
				*(const uint16_t *)(code + 2 * i)) << 16 * i;
			hash.size += 2;
		}
	run->code_hash = hash;
	run->hashed = 1;
}

RUN_GLOBAL uint64_t
run_private_name(RUN_CTX *ctx, struct xdp_run *run, uint64_t key)
{
	struct xdp_settings *settings = run_settings();

	if (!run || !settings)
		return key;
	if (!run->hashed)
		run_hash_code(ctx, run, settings);
	return key_private_name(&run->code_hash, key);
}

RUN_INLINE uint64_t
run_name(RUN_CTX *ctx, struct xdp_run *run, uint64_t key)
{
	return key_space(key) == KEY_PRIVATE ?
		run_private_name(ctx, run, key) : key;
}

RUN_INLINE bool
run_may_write(RUN_CTX *ctx, struct xdp_run *run, uint64_t name)
{
	enum key_space space = key_space(name);

	if (space != KEY_PROTECTED)
		return space != KEY_INVITATION;
	if (run->is_operator == RUN_RIGHT_UNKNOWN)
		run->is_operator = world_is_operator(ctx, run) ?
			RUN_RIGHT_YES : RUN_RIGHT_NO;
	return run->is_operator == RUN_RIGHT_YES;
}

/*
 * Invitations: as run_invite and run_reroute of vm/node.c.
 */

RUN_GLOBAL uint32_t
run_invite(RUN_CTX *ctx, struct xdp_run *run, uint64_t secret)
{
	struct xdp_settings *settings = run_settings();
	uint8_t bytes[KEY_SIZE];
	int result;

	if (!run || !settings)
		return 0;
	if (run->may_invite == RUN_RIGHT_UNKNOWN)
		run->may_invite = world_may_invite(ctx, run) ?
			RUN_RIGHT_YES : RUN_RIGHT_NO;
	if (run->may_invite != RUN_RIGHT_YES)
		return 0;
	*(uint64_t *)bytes = bpf_cpu_to_be64(secret);
	result = store_map(run, key_invitation_name(settings->invite_secret,
		run->interface, run->hook, key_of_secret(bytes)), 1);
	if (result != ESS_FOUND && result != ESS_CREATED) {
		run->marks |= PACKET_STATUS_REFUSED;
		return 0;
	}
	__builtin_memset(run->entry, 0, sizeof(run->entry));
	__builtin_memcpy(run->entry, run->src, sizeof(run->src));
	store_unmap(run, 1);
	return (uint32_t)result;
}

RUN_GLOBAL uint32_t
run_reroute(RUN_CTX *ctx, struct xdp_run *run, uint64_t name)
{
	struct xdp_settings *settings = run_settings();
	int result;

	if (!run || !settings || run->marked)
		return 0;
	result = store_map(run, key_invitation_name(settings->invite_secret,
		run->interface, run->hook == NODE_INGRESS ? NODE_EGRESS :
		NODE_INGRESS, name), 0);
	if (result == ESS_BUSY)
		run->marks |= PACKET_STATUS_REFUSED;
	if (result != ESS_FOUND)
		return 0;
	store_unmap(run, 0);
	__builtin_memcpy(run->target, run->entry, sizeof(run->target));
	if (!world_may_reroute(ctx, run))
		return 0;
	__builtin_memcpy(run->reroute_to, run->target, sizeof(run->target));
	run->rerouted = 1;
	return 1;
}

#define VM_ARGS RUN_CTX *ctx __attribute__((unused)), struct xdp_run *vm
#define VM_PASS ctx, vm
#define VM_NAME(key) run_name(ctx, vm, key)
#define VM_MAY_WRITE(name) run_may_write(ctx, vm, name)
#define VM_MAP(name, create) store_map(vm, name, create)
#define VM_UNMAP(write) store_unmap(vm, write)
#define VM_INVITE(secret) run_invite(ctx, vm, secret)
#define VM_REROUTE(name) run_reroute(ctx, vm, name)
#include "vm/access.h"

/*
 * The machine.
 */

/* Where the packet lies, while it does; and where the run is. */
struct run_at {
	const uint8_t *code;
	uint8_t *pad;
	const uint8_t *end;
	uint32_t pc;
	uint32_t work;			/* steps << 16 | cost: both in one,
					   since registers are few */
};

/* A step costs one, but for what semantics.h adds. */
enum { RUN_STEPS = 1 << 16, RUN_COST = RUN_STEPS - 1, RUN_STEP = RUN_STEPS + 1 };

enum { RUN_GOES_ON, RUN_DONE, RUN_FAILED };

RUN_INLINE void
run_find(RUN_CTX *ctx, const struct xdp_run *run, struct run_at *at)
{
	uint8_t *wasp = run_wasp(ctx, run);

	at->end = (const uint8_t *)(long)ctx->data_end;
	at->code = wasp + PACKET_HEADER_SIZE;
	at->pad = wasp + PACKET_HEADER_SIZE +
		packet_code_size(run->code_count);
}

/* So many words of the packet at hand, or a fault where it has them not. */
#define RUN_WORDS_AT(p, n, count) \
	p = at->pad + PACKET_WORD_SIZE * (n); \
	RUN_HIDE(p); \
	if (p + PACKET_WORD_SIZE * (count) > at->end) \
		FAIL(SCRATCHPAD)

#define REG(i) vm->r[i]
#define WORD(n) \
	({ \
		const uint8_t *p_; \
		RUN_WORDS_AT(p_, n, 1); \
		bpf_ntohl(*(const uint32_t *)p_); \
	})
#define SET_WORD(n, value) \
	({ \
		uint32_t value_ = bpf_htonl(value); \
		uint8_t *p_; \
		RUN_WORDS_AT(p_, n, 1); \
		vm->change += (uint64_t)(uint32_t)~*(uint32_t *)p_ + value_; \
		*(uint32_t *)p_ = value_; \
	})
#define KEY(n) \
	({ \
		const uint8_t *p_; \
		RUN_WORDS_AT(p_, n, 2); \
		bpf_be64_to_cpu(*(const uint64_t *)p_); \
	})
#define ENTRY(i) bpf_ntohl(*(const uint32_t *)(vm->entry + 4 * (i)))
#define SET_ENTRY(i, value) \
	({ \
		*(uint32_t *)(vm->entry + 4 * (i)) = bpf_htonl(value); \
		vm->dirty = true; \
	})
#define ENV(field) run_env(ctx, vm, field)
#define JUMP(count) next += (count)
#define PUSH(value) \
	({ \
		uint32_t pushed_ = value; \
		if (vm->cursor < vm->pad_count) { \
			SET_WORD(vm->cursor, pushed_); \
			vm->cursor++; \
		} else \
			vm->marks |= PACKET_STATUS_FULL; \
	})

RUN_INLINE uint32_t
run_env(RUN_CTX *ctx, struct xdp_run *run, uint32_t field)
{
	field &= RUN_ENV_ROOM - 1;
	if (!(run->env_have >> field & 1))
		world_env(ctx, run, field);
	return run->env[field];
}

/* One instruction; who wants to see each defines RUN_TRACE before. */
#ifndef RUN_TRACE
#define RUN_TRACE(ctx, run, pc, word)
#endif
RUN_INLINE int
run_step(RUN_CTX *ctx, struct xdp_run *vm, struct run_at *at)
{
	uint32_t cost = at->work;
	unsigned word, fault;
	const uint8_t *p;
	uint32_t next, pc = at->pc;

	if (pc >= vm->code_count)
		return RUN_DONE;
	RUN_FORGET(pc);
	p = at->code + ISA_INSN_SIZE * (pc & UINT8_MAX);
	RUN_HIDE(p);
	if (p + ISA_INSN_SIZE > at->end)
		return RUN_DONE;
	word = bpf_ntohs(*(const uint16_t *)p);
	next = at->pc + 1;
	RUN_HIDE(word);
	RUN_TRACE(ctx, vm, at->pc, word);
#include "vm/semantics.h"
	at->work = cost + RUN_STEP;
	at->pc = next;
	return RUN_GOES_ON;
done:
	at->work = cost + RUN_STEP;
	return RUN_DONE;
failed:
	at->work = cost + RUN_STEP;
	vm->fault = (uint8_t)fault;
	vm->fault_pc = (uint8_t)at->pc;
	return RUN_FAILED;
}

/* What the loop keeps in registers. */
RUN_INLINE void
run_put_at(struct xdp_run *run, const struct run_at *at)
{
	run->pc = at->pc;
	run->steps = at->work / RUN_STEPS;
	run->cost = at->work & RUN_COST;
}

#ifdef RUN_BPF_LOOP

struct run_loop {
	RUN_CTX *ctx;
	struct xdp_run *run;
	int result;
};

static long
run_loop_step(uint32_t i, struct run_loop *loop)
{
	struct xdp_run *run = loop->run;
	struct run_at at = {.pc = run->pc,
		.work = run->steps * RUN_STEPS | run->cost};

	(void)i;
	run_find(loop->ctx, run, &at);
	loop->result = run_step(loop->ctx, run, &at);
	run_put_at(run, &at);
	return loop->result != RUN_GOES_ON;
}

RUN_INLINE int
run_loop(RUN_CTX *ctx, struct xdp_run *run)
{
	struct run_loop loop = {.ctx = ctx, .run = run};

	bpf_loop(PACKET_CODE_MAX + 1, run_loop_step, &loop, 0);
	return loop.result;
}

#else

/*
 * Go to the label when the kernel's budget is used up, which is far beyond what
 * a program without loops can need: but now the verifier knows that this ends.
 */
#define RUN_MAY_GOTO(label) \
	asm volatile goto("1:.byte 0xe5; .byte 0;" \
		".long ((%l[" #label "] - 1b - 8) / 8) & 0xffff; .short 0" \
		:::: label)

RUN_INLINE int
run_loop(RUN_CTX *ctx, struct xdp_run *run)
{
	struct run_at at = {0};
	int result;

	/* From the map, so that the verifier does not think it always 0. */
	asm volatile("" : : : "memory");
	at.pc = run->pc & 0x1fff;
	run_find(ctx, run, &at);
	for (;;) {
		result = run_step(ctx, run, &at);
		if (result != RUN_GOES_ON)
			break;
		RUN_MAY_GOTO(out);
	}
out:
	run_put_at(run, &at);
	return result;
}

#endif

/* The header's fields of the packet; the caller knows that they are there. */
RUN_INLINE void
run_read_header(struct xdp_run *run, const uint8_t *wasp)
{
	run->flags = wasp[PACKET_OFF_FLAGS] & PACKET_FLAGS;
	run->code_count = wasp[PACKET_OFF_CODE_COUNT];
	run->pad_count = wasp[PACKET_OFF_PAD_COUNT];
	run->cursor = wasp[PACKET_OFF_CURSOR];
	run->hops = wasp[PACKET_OFF_HOPS];
	run->status = wasp[PACKET_OFF_STATUS];
	run->marked = wasp[PACKET_OFF_FAULT_PC] >> 7;
	run->ident = bpf_ntohs(*(const uint16_t *)(wasp + PACKET_OFF_IDENT));
	run->seq = bpf_ntohs(*(const uint16_t *)(wasp + PACKET_OFF_SEQ));
}

/* Does it run here?  If so, a hop is counted, and the machine made new. */
RUN_INLINE bool
run_starts(struct xdp_run *run)
{
	if (!node_flags_run(run->flags, run->status, run->hook))
		return false;
	if (node_flags_count_hop(run->flags, run->hook) &&
	    run->hops < UINT8_MAX)
		run->hops++;
	__builtin_memset(run->r, 0, sizeof(run->r));
	run->change = 0;
	run->marks = run->accesses = 0;
	run->mapped = run->writable = run->dirty = false;
	run->hashed = run->created = 0;
	run->verdict = VM_FORWARD;
	run->fault = ISA_FAULT_NONE;
	run->rerouted = 0;
	run->fault_pc = 0;
	run->pc = run->steps = run->cost = 0;
	return true;
}

/*
 * The end of a run, also of a translated one: what is mapped is written back,
 * but lost with a fault; what a verdict means here.
 */
RUN_INLINE void
run_end(RUN_CTX *ctx, struct xdp_run *run)
{
	if (run->fault)
		run->dirty = run->verdict = run->rerouted = 0;
	vm_unmap(ctx, run);
	if (run->flags & PACKET_FLAG_RETURNED && run->verdict == VM_RETURN)
		run->verdict = VM_FORWARD;
}

RUN_INLINE void
run_interpret(RUN_CTX *ctx, struct xdp_run *run)
{
	run_loop(ctx, run);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	/* Summed as loaded; modulo 0xffff this puts the bytes in order. */
	run->change <<= 8;
#endif
	run_end(ctx, run);
}

/* Write what a run may change of the header, as put_changes of vm/node.c. */
RUN_INLINE void
run_finish(RUN_CTX *ctx, struct xdp_run *run)
{
	const uint8_t *end = (const uint8_t *)(long)ctx->data_end;
	uint8_t *p = run_wasp(ctx, run);
	uint16_t *checksum;
	uint32_t *fields;
	uint64_t change;

	RUN_HIDE(p);
	if (p + PACKET_HEADER_SIZE > end)
		return;
	fields = (uint32_t *)(p + PACKET_OFF_CURSOR);
	checksum = (uint16_t *)(p + PACKET_OFF_CHECKSUM);
	change = run->change + (uint32_t)~bpf_ntohl(*fields);
	run->status |= run->marks | run->fault;
	*fields = bpf_htonl((uint32_t)run->cursor << 24 | run->hops << 16 |
		run->status << 8 | packet_fault_pc(run->fault_pc,
			run->marked | run->rerouted));
	change += bpf_ntohl(*fields);
	*checksum = bpf_htons(packet_checksum_update(bpf_ntohs(*checksum), 0,
		packet_fold(change)));
}

#endif
