/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Dropping privileges, for good or for a while.  In a user namespace that knows no user but root the
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

/* The capabilities in effect: all that are permitted, or none. */
static void
set_effective(const struct cli *cli, bool effective)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct caps[_LINUX_CAPABILITY_U32S_3];
	bool ok = syscall(SYS_capget, &header, caps) == 0;

	for (unsigned i = 0; ok && i < _LINUX_CAPABILITY_U32S_3; i++)
		caps[i].effective = effective ? caps[i].permitted : 0;
	if (!ok || syscall(SYS_capset, &header, caps))
		cli_die(cli, CLI_SYSTEM, "can not change capabilities: %s",
			strerror(errno));
}

void
cli_lower_privileges(const struct cli *cli)
{
	set_effective(cli, false);
}

void
cli_raise_privileges(const struct cli *cli)
{
	set_effective(cli, true);
}

void
cli_die_without_raw(const struct cli *cli, const char *text)
{
	char path[256] = "";

	if (readlink("/proc/self/exe", path, sizeof(path) - 1) < 0)
		path[0] = '\0';
	cli_die(cli, CLI_PERMISSION, "%s: CAP_NET_RAW is missing; run it with "
		"sudo, or give it that: sudo setcap cap_net_raw+ep %s%s%s", text,
		*path ? path : "$(command -v ", *path ? "" : cli->name,
		*path ? "" : ")");
}
