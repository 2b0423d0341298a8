/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Dropping privileges.  In a user namespace that knows no user but root the
 * identity can not be changed (EINVAL, EPERM); capabilities go all the same,
 * and without them that root is nobody outside.
 */
#include <config.h>

#include "cli/cli.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NOBODY = 65534 };

static bool
become_nobody(void)
{
	uid_t uid = getuid() ? getuid() : NOBODY;
	gid_t gid = getuid() ? getgid() : NOBODY;

	return setgroups(0, NULL) == 0 && setresgid(gid, gid, gid) == 0 &&
		setresuid(uid, uid, uid) == 0;
}

void
cli_drop_privileges(const struct cli *cli)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};

	if (geteuid() == 0 && !become_nobody() &&
	    errno != EINVAL && errno != EPERM)
		cli_die(cli, CLI_SYSTEM, "can not become nobody: %s",
			strerror(errno));
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    syscall(SYS_capset, &header, none))
		cli_die(cli, CLI_SYSTEM, "can not drop capabilities: %s",
			strerror(errno));
}
