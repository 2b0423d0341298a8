/* SPDX-License-Identifier: BSD-2-Clause */
/* The loader where nothing was built to be loaded; see load.h. */
#include "xdp/load.h"

#include "xdp/translator.h"

#include <stdio.h>

struct xdp_path *
xdp_path_open(const struct xdp_setup *setup, struct xdp_report *report)
{
	(void)setup;
	report->status = XDP_ABSENT;
	snprintf(report->text, sizeof(report->text),
		"built without the kernel's data path");
	return NULL;
}

void
xdp_path_close(struct xdp_path *path, bool keep)
{
	(void)path, (void)keep;
}

struct xdp_facts
xdp_path_facts(const struct xdp_path *path)
{
	(void)path;
	return (struct xdp_facts){0};
}

enum xdp_status
xdp_path_attach(struct xdp_path *path, struct xdp_at at,
	struct xdp_report *report)
{
	(void)path, (void)at;
	return report->status = XDP_ABSENT;
}

bool
xdp_path_attached(const struct xdp_path *path, struct xdp_at at)
{
	(void)path, (void)at;
	return false;
}

void
xdp_path_settle(struct xdp_path *path, const struct xdp_at at[],
	unsigned count)
{
	(void)path, (void)at, (void)count;
}

struct bpf_object *
xdp_path_object(const struct xdp_path *path, unsigned i)
{
	(void)path, (void)i;
	return NULL;
}

int
xdp_path_map(const struct xdp_path *path, const char *name)
{
	(void)path, (void)name;
	return -1;
}

void *
xdp_path_memory(const struct xdp_path *path, const char *name)
{
	(void)path, (void)name;
	return NULL;
}

bool
xdp_path_put(struct xdp_path *path, const char *name, const void *key,
	const void *value)
{
	(void)path, (void)name, (void)key, (void)value;
	return false;
}

bool
xdp_path_fill(struct xdp_path *path, const char *name, const void *keys,
	const void *values, unsigned count)
{
	(void)path, (void)name, (void)keys, (void)values, (void)count;
	return false;
}

uint64_t
xdp_path_sum(const struct xdp_path *path, const char *name, uint32_t index)
{
	(void)path, (void)name, (void)index;
	return 0;
}

bool
xdp_path_needs_bpf(const struct xdp_path *path)
{
	(void)path;
	return false;
}

int
xdp_clean(const char *pins, const char *name, struct xdp_report *report)
{
	(void)pins, (void)name;
	report->status = XDP_OK;
	return 0;
}

unsigned
xdp_path_hooks(const struct xdp_path *path, struct translator_hook *hooks)
{
	(void)path, (void)hooks;
	return 0;
}

bool
translator_start(struct translator_process *process,
	const struct translator_hook *hooks, unsigned hook_count,
	const struct translator_policy *policy)
{
	(void)hooks, (void)hook_count, (void)policy;
	*process = (struct translator_process){0, -1};
	return false;
}

bool
translator_tell(const struct translator_process *process,
	const struct translator_policy *policy)
{
	(void)process, (void)policy;
	return false;
}

bool
translator_hear(const struct translator_process *process,
	struct translator_event *event)
{
	(void)process, (void)event;
	return false;
}

void
translator_stop(struct translator_process *process)
{
	(void)process;
}
