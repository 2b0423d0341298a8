/* SPDX-License-Identifier: BSD-2-Clause */
/* What lies in maps, by system calls; see load.h. */
#include "xdp/load-int.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool
holds(const char *keys, unsigned count, const void *key, size_t size)
{
	for (unsigned i = 0; i < count; i++)
		if (!memcmp(keys + i * size, key, size))
			return true;
	return false;
}

/* Take out what is not among the keys; begun anew after each, since the next
 * of one that is gone is the first. */
static bool
empty_but(int fd, const void *keys, unsigned count, size_t size)
{
	char *at = calloc(2, size), *next = at ? at + size : NULL;
	bool first = true;

	while (at && bpf_map_get_next_key(fd, first ? NULL : at, next) == 0) {
		if (holds(keys, count, next, size)) {
			memcpy(at, next, size);
			first = false;
		} else if (bpf_map_delete_elem(fd, next) < 0 &&
		    errno != ENOENT) {
			break;
		}
	}
	free(at);
	return at != NULL;
}

bool
xdp_path_put(struct xdp_path *path, const char *name, const void *key,
	const void *value)
{
	return bpf_map_update_elem(xdp_path_map(path, name), key, value,
		BPF_ANY) == 0;
}

bool
xdp_path_fill(struct xdp_path *path, const char *name, const void *keys,
	const void *values, unsigned count)
{
	const struct bpf_map *map = bpf_object__find_map_by_name(
		path->objects[0], name);
	int fd = map ? bpf_map__fd(map) : -1;
	bool ok = fd >= 0 && empty_but(fd, keys, count,
		bpf_map__key_size(map));

	for (unsigned i = 0; i < count && ok; i++)
		ok = bpf_map_update_elem(fd,
			(const char *)keys + i * bpf_map__key_size(map),
			(const char *)values + i * bpf_map__value_size(map),
			BPF_ANY) == 0;
	return ok;
}

uint64_t
xdp_path_sum(const struct xdp_path *path, const char *name, uint32_t index)
{
	int count = libbpf_num_possible_cpus();
	uint64_t *values = count > 0 ? calloc((size_t)count,
		sizeof(*values)) : NULL;
	uint64_t sum = 0;

	if (values && bpf_map_lookup_elem(xdp_path_map(path, name), &index,
	    values) == 0)
		for (int i = 0; i < count; i++)
			sum += values[i];
	free(values);
	return sum;
}
