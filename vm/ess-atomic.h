/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Memory that others read and write at the same time, as the store uses it.
 * BPF knows compare-and-swap, which orders everything, and nothing weaker; its
 * plain loads and stores are those of the processor.
 *
 * ess_get, ess_put: one load or store, in no order.  ess_get_first: before all
 * that follows.  ess_put_last: after all that went before.  ess_fence: loads
 * before it from loads after it.  ess_swap: put `to` where `from` was, and tell
 * whether it was; before and after everything else.
 */
#ifndef VM_ESS_ATOMIC_H
#define VM_ESS_ATOMIC_H

#include <stdbool.h>

#ifdef __bpf__

#define ess_get(p) (*(const volatile __typeof__(*(p)) *)(p))
#define ess_put(p, value) (*(volatile __typeof__(*(p)) *)(p) = (value))
#define ess_swap(p, from, to) \
	(__sync_val_compare_and_swap(p, from, to) == (from))
#ifdef __TARGET_ARCH_x86
/* Loads are in order, stores are, and no store passes an earlier load. */
#define ess_fence() __asm__ volatile("" : : : "memory")
#else
/* An exchange is the one full barrier that there is. */
#define ess_fence() \
	do { \
		uint64_t ess_any = 0; \
		ess_any = __sync_lock_test_and_set(&ess_any, 1); \
		__asm__ volatile("" : : "r"(ess_any) : "memory"); \
	} while (0)
#endif
#define ess_get_first(p) \
	({ __typeof__(*(p)) ess_value = ess_get(p); ess_fence(); ess_value; })
#define ess_put_last(p, value) do { ess_fence(); ess_put(p, value); } while (0)

#else

#define ess_get(p) __atomic_load_n(p, __ATOMIC_RELAXED)
#define ess_put(p, value) __atomic_store_n(p, value, __ATOMIC_RELAXED)
#define ess_get_first(p) __atomic_load_n(p, __ATOMIC_ACQUIRE)
#define ess_put_last(p, value) __atomic_store_n(p, value, __ATOMIC_RELEASE)
#ifdef __SANITIZE_THREAD__
/* Every access here is atomic, and it knows no fences. */
#define ess_fence() ((void)0)
#else
#define ess_fence() __atomic_thread_fence(__ATOMIC_ACQ_REL)
#endif
#define ess_swap(p, from, to) __extension__ ({ \
	__typeof__(*(p)) ess_from = (from); \
	bool ess_done = __atomic_compare_exchange_n(p, &ess_from, to, false, \
		__ATOMIC_SEQ_CST, __ATOMIC_RELAXED); \
	ess_fence(); \
	ess_done; })

#endif
#endif
