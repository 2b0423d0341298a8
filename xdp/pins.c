/* SPDX-License-Identifier: BSD-2-Clause */
/* Directories of pins; see pins.h. */
#include "xdp/pins.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

const char *
pins_path(const struct pins *pins, char path[PINS_PATH_SIZE],
	const char *format, ...)
{
	size_t size = strlen(pins->dir);
	va_list args;

	memcpy(path, pins->dir, size);
	path[size] = '/';
	va_start(args, format);
	vsnprintf(path + size + 1, PINS_PATH_SIZE - size - 1, format, args);
	va_end(args);
	return path;
}

static bool
is_bpf(const char *path)
{
	struct statfs fs;

	return statfs(path, &fs) == 0 && fs.f_type == BPF_FS_MAGIC;
}

/*
 * Make the directories of a path, its last component not.  Where none can be
 * made, as in /sys/fs/bpf before it is mounted, the file system goes.
 */
static bool
make_root(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash;
	    slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0700) < 0 && errno != EEXIST)
			return false;
		*slash = '/';
	}
	return true;
}

/* Cut the path behind the deepest directory that exists. */
static void
cut_to_directory(char *path)
{
	struct stat st;
	char *slash;

	while (stat(path, &st) < 0 && (slash = strrchr(path, '/')) > path)
		*slash = '\0';
}

static bool
make_file_system(const char *root)
{
	char path[PINS_PATH_SIZE];
	int saved;

	snprintf(path, sizeof(path), "%s/", root);
	if (!make_root(path)) {
		saved = errno;
		cut_to_directory(path);
		if (is_bpf(path)) {
			errno = saved;	/* there is one; it takes none */
			return false;
		}
		if (mount("bpf", path, "bpf", 0, "mode=0700"))
			return false;
		snprintf(path, sizeof(path), "%s/", root);
		return make_root(path);
	}
	return is_bpf(root) || mount("bpf", root, "bpf", 0, "mode=0700") == 0;
}

static enum xdp_status
fail(struct xdp_report *report, const char *what, const char *path)
{
	report->status = errno == EPERM || errno == EACCES ?
		XDP_NOT_PERMITTED : errno == ENODEV ? XDP_ABSENT : XDP_FAILED;
	snprintf(report->text, sizeof(report->text), "%s %s: %s", what, path,
		strerror(errno));
	return report->status;
}

/* The file system of pins takes no dots in names. */
static void
set_dir(struct pins *pins, const char *root, const char *name)
{
	size_t size = strlen(root);

	snprintf(pins->dir, sizeof(pins->dir), "%s/%s", root, name);
	for (char *p = pins->dir + size; *p; p++)
		if (*p == '.')
			*p = ':';
}

/*
 * Hold the directory.  Who was killed a moment ago may have a child that is
 * about to end and holds it still, so this tries for a while.
 */
static bool
hold(const struct pins *pins)
{
	static const struct timespec pause = {0, 20000000};

	for (int tries = 0; tries < 25; tries++) {
		if (flock(pins->fd, LOCK_EX | LOCK_NB) == 0)
			return true;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return false;
		nanosleep(&pause, NULL);
	}
	return false;
}

enum xdp_status
pins_open(struct pins *pins, const char *root, const char *name, bool make,
	struct xdp_report *report)
{
	*pins = (struct pins){.fd = -1};
	set_dir(pins, root, name);
	if (make && !make_file_system(root))
		return fail(report, "no BPF file system at", root);
	if (make && mkdir(pins->dir, 0700) < 0 && errno != EEXIST)
		return fail(report, "can not make", pins->dir);
	pins->fd = open(pins->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (pins->fd < 0 && errno == ENOENT && !make)
		return XDP_ABSENT;
	if (pins->fd < 0 || !is_bpf(pins->dir)) {
		fail(report, "can not open", pins->dir);
	} else if (!hold(pins)) {
		report->status = XDP_HELD;
		snprintf(report->text, sizeof(report->text), "%s is held by a "
			"waspd that runs", pins->dir);
	} else {
		return XDP_OK;
	}
	pins_close(pins, false);
	return report->status;
}

void
pins_close(struct pins *pins, bool remove)
{
	if (remove)
		rmdir(pins->dir);
	if (pins->fd >= 0)
		close(pins->fd);
	pins->fd = -1;
}

bool
pins_each(const struct pins *pins, pins_visit *visit, void *arg)
{
	DIR *dir = opendir(pins->dir);
	const struct dirent *entry;
	bool more = dir != NULL;

	while (more && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			more = visit(arg, entry->d_name);
	if (dir)
		closedir(dir);
	return more;
}
