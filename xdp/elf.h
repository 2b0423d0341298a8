/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A translation as an ordinary BPF object file: the template's (translated.bpf.h),
 * linked by `bpftool gen object`, in which the body of the program `translated`
 * is another one.  Functions, maps, types and licence stay what they are, so
 * bpftool and libbpf take it as they take what clang writes.
 */
#ifndef XDP_ELF_H
#define XDP_ELF_H

#include <stddef.h>

#include "xdp/translate.h"

/*
 * The object, which the caller frees, of *size bytes.  maps are the names that
 * the template calls the maps of a translation by.  NULL with errno: EINVAL,
 * the template is none; ENOMEM.
 */
void *elf_make(const void *template, size_t template_size,
	const char *const maps[TRANSLATE_MAP_COUNT],
	const struct translation *translation, size_t *size);

#endif
