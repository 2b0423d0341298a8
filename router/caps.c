/* SPDX-License-Identifier: BSD-2-Clause */
/* Capabilities by the system calls themselves; see caps.h. */
#include "router/caps.h"

#include <linux/capability.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct {
	unsigned number;
	const char *name;
} needed[] = {
	{CAP_NET_ADMIN, "CAP_NET_ADMIN"},
	{CAP_NET_RAW, "CAP_NET_RAW"}
};
enum { NEEDED = sizeof(needed) / sizeof(*needed) };

#define WORDS _LINUX_CAPABILITY_U32S_3

const char *
caps_missing(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[WORDS] = {{0}};

	if (syscall(SYS_capget, &header, data) < 0)
		return "capabilities";
	for (unsigned i = 0; i < NEEDED; i++)
		if (!(data[needed[i].number / 32].effective &
		    UINT32_C(1) << needed[i].number % 32))
			return needed[i].name;
	return NULL;
}

/* Those that the kernel has and we do not need leave the bounding set. */
static void
drop_bounds(uint64_t kept)
{
	for (unsigned i = 0; prctl(PR_CAPBSET_READ, i, 0, 0, 0) >= 0; i++)
		if (i >= 64 || !(kept & UINT64_C(1) << i))
			prctl(PR_CAPBSET_DROP, i, 0, 0, 0);
}

bool
caps_keep_needed(bool bpf)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[WORDS] = {{0}};
	uint64_t kept = bpf ? UINT64_C(1) << CAP_BPF : 0;

	for (unsigned i = 0; i < NEEDED; i++)
		kept |= UINT64_C(1) << needed[i].number;
	drop_bounds(kept);
	for (unsigned i = 0; i < WORDS; i++)
		data[i].effective = data[i].permitted =
			(uint32_t)(kept >> 32 * i);
	if (syscall(SYS_capset, &header, data) < 0)
		return false;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}
