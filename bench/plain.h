/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the machine's speed is compared with: a plain interpreter, by computed
 * goto, of the instructions that row 0 of the benchmark executes.  It is none for
 * packets: it knows no store, no trace, no cost, and does not look at the bits
 * that must be zero.
 */
#ifndef BENCH_PLAIN_H
#define BENCH_PLAIN_H

#include "vm/vm.h"

/*
 * As vm_run, for code, pad and env: registers, the words of the packet, change
 * and steps are as there.  false: there is another instruction, or a word that
 * pad or env have not.
 */
bool plain_run(struct vm *vm);

#endif
