/* SPDX-License-Identifier: BSD-2-Clause */
/* The two capabilities that the router needs, and giving up all others. */
#ifndef ROUTER_CAPS_H
#define ROUTER_CAPS_H

#include <stdbool.h>

/* The name of a capability that is missing, or NULL. */
const char *caps_missing(void);

/*
 * Keep these two, and CAP_BPF if so said, give up all others for good, and the
 * right to gain any.  false with errno.
 */
bool caps_keep_needed(bool bpf);

#endif
