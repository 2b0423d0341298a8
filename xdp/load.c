/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Programs and maps into the kernel, with what an earlier start has pinned; see
 * load.h.
 *
 * Some maps are kept from start to start under names that hold XDP_ABI, so one
 * of another layout is not found.  Others are pinned only because the kernel
 * empties a map of programs when the last that holds it goes, even though an
 * attached program uses it; these have the number of their start in the name.
 */
#include "xdp/load-int.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "vm/ess-layout.h"
#include "xdp/path-tc-loop.skel.h"
#include "xdp/path-tc.skel.h"
#include "xdp/path-xdp-loop.skel.h"
#include "xdp/path-xdp.skel.h"
#include "xdp/translate.h"
#include "xdp/translator.h"

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

/* The settings have the secrets of the node, the rest is the store. */
static const char *const kept[] = {"wasp_settings", XDP_MAP_CONTROL,
	XDP_MAP_BUCKETS, XDP_MAP_RING};
enum { KEPT = sizeof(kept) / sizeof(*kept) };

/* Those that each hook has for itself, for its translator (hot.h). */
static const char *const apart[] = {"wasp_hot", "wasp_seen", "wasp_packets",
	"wasp_programs"};
enum { APART = sizeof(apart) / sizeof(*apart) };

static const char *const programs[PLACES] = {
	[PLACE_XDP] = "wasp_ingress", [PLACE_EGRESS] = "wasp_egress",
	[PLACE_SENDER] = "wasp_send"};

static enum xdp_status
fail(struct xdp_report *report, const char *what, int error)
{
	report->status = error == EPERM || error == EACCES ?
		XDP_NOT_PERMITTED : XDP_FAILED;
	snprintf(report->text, sizeof(report->text), "%s: %s", what,
		strerror(error));
	return report->status;
}

/* What the kernel can */

/* "may_goto" past nothing, and the end; clang 14 knows no such instruction. */
static bool
probe_may_goto(void)
{
	static const struct bpf_insn insns[] = {
		{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0},
		{.code = BPF_JMP | 0xe0},
		{.code = BPF_JMP | BPF_EXIT}};
	int fd = bpf_prog_load(BPF_PROG_TYPE_XDP, "wasp_probe", "Dual BSD/GPL",
		insns, sizeof(insns) / sizeof(*insns), NULL);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* Of this network namespace, never used again. */
static uint64_t
net_cookie(void)
{
	uint64_t cookie = 0;
	socklen_t size = sizeof(cookie);
	struct stat st;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 && getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, &cookie,
	    &size) < 0 && stat("/proc/self/ns/net", &st) == 0)
		cookie = st.st_ino;
	if (fd >= 0)
		close(fd);
	return cookie;
}

bool
xdp_path_needs_bpf(const struct xdp_path *path)
{
	struct utsname name;
	int major = 0, minor = 0;

	(void)path;
	return uname(&name) == 0 &&
		sscanf(name.release, "%d.%d", &major, &minor) == 2 &&
		(major < 5 || (major == 5 && minor < 19));
}

/* Network namespaces: marks among the pins, "net-" and a number. */

struct net_search {
	uint64_t mine;
	bool mine_found, other_found;
};

static bool
see_net(void *arg, const char *name)
{
	struct net_search *search = arg;

	if (strncmp(name, "net-", 4))
		return true;
	if (strtoull(name + 4, NULL, 16) == search->mine)
		search->mine_found = true;
	else
		search->other_found = true;
	return true;
}

static bool
check_net(const struct pins *pins, struct xdp_report *report)
{
	struct net_search search = {.mine = net_cookie()};
	char mark[PINS_PATH_SIZE];

	if (!pins_each(pins, see_net, &search)) {
		fail(report, pins->dir, errno);
	} else if (search.other_found) {
		report->status = XDP_HELD;
		snprintf(report->text, sizeof(report->text), "%s is of another "
			"network namespace; take it out, or use another name",
			pins->dir);
	} else {
		if (!search.mine_found)
			mkdir(pins_path(pins, mark, "net-%llx",
				(unsigned long long)search.mine), 0700);
		return true;
	}
	return false;
}

/* The store */

static bool
is_alike(const struct bpf_map *map, int fd)
{
	struct bpf_map_info info = {0};
	uint32_t size = sizeof(info);

	return bpf_obj_get_info_by_fd(fd, &info, &size) == 0 &&
		info.type == bpf_map__type(map) &&
		info.key_size == bpf_map__key_size(map) &&
		info.value_size == bpf_map__value_size(map) &&
		info.max_entries == bpf_map__max_entries(map) &&
		info.map_flags == bpf_map__map_flags(map);
}

static int
kept_fd(const struct xdp_path *path, unsigned i)
{
	char pin[PINS_PATH_SIZE];

	return bpf_obj_get(pins_path(&path->pins, pin, "abi%d-%s", XDP_ABI,
		kept[i]));
}

/* All of the kept maps or none, since they belong together. */
static bool
adopt(struct xdp_path *path)
{
	struct bpf_map *map;
	int fds[KEPT];
	bool all = true;

	for (unsigned i = 0; i < KEPT; i++) {
		map = bpf_object__find_map_by_name(path->objects[0], kept[i]);
		fds[i] = kept_fd(path, i);
		all = all && map && fds[i] >= 0 && is_alike(map, fds[i]);
	}
	for (unsigned i = 0; i < KEPT; i++) {
		map = bpf_object__find_map_by_name(path->objects[0], kept[i]);
		all = all && bpf_map__reuse_fd(map, fds[i]) == 0;
		if (fds[i] >= 0)
			close(fds[i]);
	}
	return all;
}

/* The first object's map that a map of another object is, too; or NULL. */
static const struct bpf_map *
shared_map(const struct xdp_path *path, unsigned object,
	const struct bpf_map *map)
{
	if (object == 0 || bpf_map__is_internal(map))
		return NULL;
	for (unsigned i = 0; i < APART; i++)
		if (!strcmp(apart[i], bpf_map__name(map)))
			return NULL;
	return bpf_object__find_map_by_name(path->objects[0],
		bpf_map__name(map));
}

static bool
share_maps(const struct xdp_path *path, unsigned object)
{
	const struct bpf_map *first;
	struct bpf_map *map;

	bpf_object__for_each_map(map, path->objects[object]) {
		first = shared_map(path, object, map);
		if (first && bpf_map__reuse_fd(map, bpf_map__fd(first)) < 0)
			return false;
	}
	return true;
}

static bool
pin_map(const struct xdp_path *path, unsigned object,
	const struct bpf_map *map, struct xdp_report *report)
{
	const char *name = bpf_map__name(map);
	char pin[PINS_PATH_SIZE];
	bool keep = false;

	for (unsigned i = 0; i < KEPT; i++)
		keep = keep || !strcmp(kept[i], name);
	if (keep && path->facts.adopted)
		return true;
	if (!keep && bpf_map__type(map) != BPF_MAP_TYPE_PROG_ARRAY)
		return true;
	if (keep)
		unlink(pins_path(&path->pins, pin, "abi%d-%s", XDP_ABI, name));
	else
		pins_path(&path->pins, pin, "%llx-%u-%s",
			(unsigned long long)path->start, object, name);
	return bpf_obj_pin(bpf_map__fd(map), pin) == 0 ||
		fail(report, pin, errno) == XDP_OK;
}

static bool
pin_maps(const struct xdp_path *path, struct xdp_report *report)
{
	const struct bpf_map *map;

	for (unsigned i = 0; i < XDP_OBJECTS; i++)
		bpf_object__for_each_map(map, path->objects[i])
			if (!shared_map(path, i, map) &&
			    !pin_map(path, i, map, report))
				return false;
	return true;
}

/* Memory */

/* An array's elements lie at multiples of eight. */
static size_t
memory_size(const struct bpf_map *map)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t size = (size_t)((bpf_map__value_size(map) + 7) & ~7u) *
		bpf_map__max_entries(map);

	return (size + page - 1) / page * page;
}

static bool
is_memory(const struct bpf_map *map)
{
	return bpf_map__map_flags(map) & BPF_F_MMAPABLE &&
		!bpf_map__is_internal(map);
}

static bool
map_memory(struct xdp_path *path, struct xdp_report *report)
{
	const struct bpf_map *map;

	bpf_object__for_each_map(map, path->objects[0]) {
		struct xdp_memory *m = &path->memory[path->memory_count];

		if (!is_memory(map) || path->memory_count == MEMORY_MAX)
			continue;
		m->name = bpf_map__name(map);
		m->size = memory_size(map);
		m->p = mmap(NULL, m->size, PROT_READ | PROT_WRITE, MAP_SHARED,
			bpf_map__fd(map), 0);
		if (m->p == MAP_FAILED)
			return fail(report, m->name, errno) == XDP_OK;
		path->memory_count++;
	}
	return true;
}

struct bpf_object *
xdp_path_object(const struct xdp_path *path, unsigned i)
{
	return path->objects[i];
}

int
xdp_path_map(const struct xdp_path *path, const char *name)
{
	return bpf_object__find_map_fd_by_name(path->objects[0], name);
}

void *
xdp_path_memory(const struct xdp_path *path, const char *name)
{
	for (unsigned i = 0; i < path->memory_count; i++)
		if (!strcmp(path->memory[i].name, name))
			return path->memory[i].p;
	return NULL;
}

/* Loading */

static bool
open_object(struct xdp_path *path, unsigned i, struct xdp_report *report)
{
	typedef const void *elf_bytes(size_t *size);
	static elf_bytes *const bytes[XDP_OBJECTS][2] = {
		{wasp_path_xdp_loop__elf_bytes, wasp_path_xdp__elf_bytes},
		{wasp_path_tc_loop__elf_bytes, wasp_path_tc__elf_bytes}};
	size_t size;
	const void *elf = bytes[i][path->facts.may_goto](&size);
	LIBBPF_OPTS(bpf_object_open_opts, opts, .object_name = "wasp",
		.kernel_log_buf = path->log, .kernel_log_size = LOG_SIZE);

	path->objects[i] = bpf_object__open_mem(elf, size, &opts);
	return path->objects[i] ||
		fail(report, "the BPF object", errno) == XDP_OK;
}

/* The store's maps as large as the entries promised ask for. */
static bool
set_sizes(struct xdp_path *path, uint32_t store)
{
	struct bpf_map *buckets, *ring;

	for (unsigned i = 0; i < XDP_OBJECTS; i++) {
		buckets = bpf_object__find_map_by_name(path->objects[i],
			XDP_MAP_BUCKETS);
		ring = bpf_object__find_map_by_name(path->objects[i],
			XDP_MAP_RING);
		if ((buckets && bpf_map__set_max_entries(buckets,
			ess_bucket_count(store)) < 0) ||
		    (ring && bpf_map__set_max_entries(ring, store) < 0))
			return false;
	}
	return true;
}

/* The last line but one of what the verifier says is the reason. */
static bool
refused(struct xdp_path *path, struct xdp_report *report)
{
	char *end = strstr(path->log, "\nprocessed "), *line;
	int error = errno;

	if (end)
		*end = '\0';
	line = strrchr(path->log, '\n');
	fail(report, "the kernel does not take the programs", error);
	if (end)
		snprintf(report->text, sizeof(report->text), "the kernel does "
			"not take the programs: %.200s",
			line ? line + 1 : path->log);
	return false;
}

static bool
load_objects(struct xdp_path *path, struct xdp_report *report)
{
	const struct bpf_program *program;

	for (unsigned i = 0; i < XDP_OBJECTS; i++) {
		if (!share_maps(path, i))
			return fail(report, "maps", errno) == XDP_OK;
		if (bpf_object__load(path->objects[i]) < 0)
			return refused(path, report);
		for (unsigned place = 0; place < PLACES; place++) {
			program = bpf_object__find_program_by_name(
				path->objects[i], programs[place]);
			if (program)
				path->programs[place] =
					bpf_program__fd(program);
		}
	}
	return true;
}

static bool
draw(void *p, size_t size)
{
	return getrandom(p, size, 0) == (ssize_t)size;
}

/* A store and secrets of its own. */
static bool
begin(struct xdp_path *path, uint32_t store)
{
	struct xdp_settings *settings = xdp_path_memory(path, kept[0]);
	uint8_t secret[KEY_SECRET_SIZE];

	if (!draw(secret, sizeof(secret)) ||
	    !draw(settings->private_secret, KEY_SECRET_SIZE) ||
	    !draw(settings->invite_secret, KEY_SECRET_SIZE) ||
	    !draw(settings->random_secret, KEY_SECRET_SIZE) ||
	    !draw(&settings->meta_secret, sizeof(settings->meta_secret)))
		return false;
	ess_control_init(xdp_path_memory(path, XDP_MAP_CONTROL), store,
		secret);
	return true;
}

static uint64_t
start_number(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static bool
load(struct xdp_path *path, const struct xdp_setup *setup,
	struct xdp_report *report)
{
	if (access("/sys/kernel/btf/vmlinux", R_OK) < 0) {
		report->status = XDP_ABSENT;
		snprintf(report->text, sizeof(report->text),
			"this kernel has no BTF");
		return false;
	}
	path->facts.may_goto = !setup->no_may_goto && probe_may_goto();
	path->facts.tcx = !setup->no_tcx;
	for (unsigned i = 0; i < XDP_OBJECTS; i++)
		if (!open_object(path, i, report))
			return false;
	if (!set_sizes(path, setup->store))
		return fail(report, "the store", errno) == XDP_OK;
	path->facts.adopted = adopt(path);
	if (!load_objects(path, report) || !map_memory(path, report))
		return false;
	if (!path->facts.adopted && !begin(path, setup->store))
		return fail(report, "randomness", errno) == XDP_OK;
	return pin_maps(path, report);
}

struct xdp_path *
xdp_path_open(const struct xdp_setup *setup, struct xdp_report *report)
{
	struct xdp_path *path = calloc(1, sizeof(*path));

	*report = (struct xdp_report){0};
	if (!path) {
		fail(report, "memory", ENOMEM);
		return NULL;
	}
	path->start = start_number();
	libbpf_set_print(NULL);
	if (pins_open(&path->pins, setup->pins, setup->name, true, report) ==
	    XDP_OK && check_net(&path->pins, report) &&
	    load(path, setup, report))
		return path;
	xdp_path_close(path, true);
	return NULL;
}

struct xdp_facts
xdp_path_facts(const struct xdp_path *path)
{
	return path->facts;
}

void
xdp_path_close(struct xdp_path *path, bool keep)
{
	if (!path)
		return;
	xdp_links_close(path, keep);
	for (unsigned i = 0; i < path->memory_count; i++)
		munmap(path->memory[i].p, path->memory[i].size);
	if (!keep)
		xdp_pins_empty(&path->pins);
	for (unsigned i = 0; i < XDP_OBJECTS; i++)
		bpf_object__close(path->objects[i]);
	pins_close(&path->pins, !keep);
	free(path);
}

/* For the translator: one packet in so many is noted. */
enum { SAMPLE_SHIFT = 5 };

unsigned
xdp_path_hooks(const struct xdp_path *path, struct translator_hook *hooks)
{
	static const char *const runs[XDP_OBJECTS] = {"wasp_run_xdp",
		"wasp_run_tc"};

	for (unsigned i = 0; i < XDP_OBJECTS; i++) {
		struct bpf_object *object = path->objects[i];

		hooks[i] = (struct translator_hook){
			.object = object,
			.kind = i == 0 ? TRANSLATE_XDP : TRANSLATE_TC,
			.interpreter_fd = bpf_program__fd(
				bpf_object__find_program_by_name(object,
					"wasp_interpret")),
			.runs_fd = bpf_object__find_map_fd_by_name(object,
				runs[i]),
			.hot_fd = bpf_object__find_map_fd_by_name(object,
				"wasp_hot"),
			.seen_fd = bpf_object__find_map_fd_by_name(object,
				"wasp_seen"),
			.programs_fd = bpf_object__find_map_fd_by_name(object,
				"wasp_programs"),
			.sample_shift = SAMPLE_SHIFT};
	}
	return XDP_OBJECTS;
}
