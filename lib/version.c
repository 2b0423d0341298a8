/* SPDX-License-Identifier: BSD-2-Clause */
/* Which library this is. */
#include <config.h>

#include "lib/wasp.h"

const char *
wasp_version(void)
{
	return PACKAGE_VERSION;
}
