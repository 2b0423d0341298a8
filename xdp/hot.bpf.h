/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * To a packet's translation, if there is one; see hot.h.  For BPF programs that
 * include run.bpf.h.
 */
#ifndef XDP_HOT_BPF_H
#define XDP_HOT_BPF_H

#include "xdp/hot.h"
#include "xdp/run.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, struct hot_settings);
} wasp_hot SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, HOT_SEEN);
	__type(key, uint32_t);
	__type(value, struct hot_seen);
} wasp_seen SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, uint32_t);
} wasp_packets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, HOT_SLOTS + 1);
	__uint(key_size, sizeof(uint32_t));
	__uint(value_size, sizeof(uint32_t));
} wasp_programs SEC(".maps");

/* Eight bytes of the code, 0 beyond the packet. */
RUN_INLINE uint64_t
hot_bytes(RUN_CTX *ctx, const uint8_t *code, uint32_t off)
{
	const uint8_t *p = code + (off & (HOT_CODE_SIZE_MAX - 1));

	RUN_HIDE(p);
	if (p + 8 > (const uint8_t *)(long)ctx->data_end)
		return 0;
	return *(const uint64_t *)p;
}

/* The code as it lies, for who translates it. */
RUN_INLINE void
hot_copy_code(RUN_CTX *ctx, struct hot_seen *seen, const uint8_t *code)
{
	const uint8_t *end = (const uint8_t *)(long)ctx->data_end;

#pragma clang loop unroll(disable)
	for (uint32_t i = 0; i < HOT_CODE_SIZE_MAX / 4; i++) {
		const uint8_t *p = code + 4 * i;

		if (2 * i >= seen->code_count)
			break;
		RUN_HIDE(p);
		if (p + 4 > end)
			break;
		*(uint32_t *)(seen->code + 4 * i) = *(const uint32_t *)p;
	}
}

/* Boyer and Moore's vote, for one place. */
RUN_GLOBAL int
hot_note(RUN_CTX *ctx, struct xdp_run *run, uint64_t hash)
{
	uint32_t place = hot_place(hash);
	struct hot_seen *seen = bpf_map_lookup_elem(&wasp_seen, &place);

	if (!run || !seen)
		return 0;
	if (seen->hash == hash) {
		seen->count++;
		return 1;
	}
	if (seen->count > 0) {
		seen->count--;
		return 0;
	}
	seen->hash = hash;
	seen->count = 1;
	seen->code_count = run->code_count;
	seen->pad_count = run->pad_count;
	hot_copy_code(ctx, seen, run_wasp(ctx, run) + PACKET_HEADER_SIZE);
	return 1;
}

/* One packet in so many on this CPU. */
RUN_INLINE bool
hot_is_sample(const struct hot_settings *settings)
{
	uint32_t zero = 0, *count = bpf_map_lookup_elem(&wasp_packets, &zero);

	return count && (++*count & ((1u << (settings->sample_shift & 31)) -
		1)) == 0;
}

/*
 * After run_starts: leave for the translation, which ends the program; where
 * there is none this returns, and the packet is the interpreter's.
 */
RUN_INLINE void
hot_dispatch(RUN_CTX *ctx, struct xdp_run *run)
{
	uint32_t zero = 0, size = 2 * run->code_count;
	const struct hot_settings *settings =
		bpf_map_lookup_elem(&wasp_hot, &zero);
	const uint8_t *code;
	uint64_t hash;

	if (!settings || !settings->on || run->code_count < HOT_CODE_MIN)
		return;
	code = run_wasp(ctx, run) + PACKET_HEADER_SIZE;
	hash = hot_hash(settings, hot_bytes(ctx, code, 0),
		hot_bytes(ctx, code, hot_middle(size)),
		hot_bytes(ctx, code, hot_last(size)), run->code_count,
		run->pad_count);
	if (hot_is_sample(settings))
		hot_note(ctx, run, hash);
	bpf_tail_call(ctx, &wasp_programs, hot_slot(hash));
}

#endif
