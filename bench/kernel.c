/* SPDX-License-Identifier: BSD-2-Clause */
/* Loading and running; see kernel.h. */
#include "bench/kernel.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "vm/ess.h"
#include "xdp/abi.h"
#include "xdp/esp.skel.h"
#include "xdp/hot.h"
#include "xdp/jit.h"

enum { MAPPED_COUNT = 3, NEVER_SAMPLE = 31 };

struct kernel {
	struct wasp_esp *skel;
	struct ess *store;
	struct jit *jit;
	struct hot_settings hot;
	struct {
		void *p;
		size_t size;
	} mapped[MAPPED_COUNT];
};

uint64_t
kernel_now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void *
map_memory(struct kernel *kernel, unsigned i, const struct bpf_map *map,
	size_t size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	void *p;

	size = (size + page - 1) / page * page;
	p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED,
		bpf_map__fd(map), 0);
	if (p == MAP_FAILED)
		return NULL;
	kernel->mapped[i].p = p;
	kernel->mapped[i].size = size;
	return p;
}

static bool
open_store(struct kernel *kernel, uint32_t capacity)
{
	static const uint8_t secret[KEY_SECRET_SIZE] = {9, 8, 7};
	struct wasp_esp *skel = kernel->skel;
	struct ess_control *control = map_memory(kernel, 0,
		skel->maps.store_control, sizeof(*control));
	struct ess_bucket *buckets = map_memory(kernel, 1,
		skel->maps.store_buckets, ess_bucket_count(capacity) *
		sizeof(*buckets));
	uint64_t *ring = map_memory(kernel, 2, skel->maps.store_ring,
		capacity * sizeof(*ring));

	if (!control || !buckets || !ring)
		return false;
	ess_control_init(control, capacity, secret);
	kernel->store = ess_at(control, buckets, ring);
	return kernel->store;
}

static bool
open_translations(struct kernel *kernel)
{
	struct wasp_esp *skel = kernel->skel;
	const int maps[TRANSLATE_MAP_COUNT] = {
		[TRANSLATE_RUNS] = bpf_map__fd(skel->maps.esp_runs),
		[TRANSLATE_PROGRAMS] = bpf_map__fd(skel->maps.wasp_programs)
	};
	uint32_t zero = 0;

	kernel->hot = (struct hot_settings){
		.factors = {0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9,
			0x94d049bb133111eb, 0xd6e8feb86659fd93},
		.on = 1, .sample_shift = NEVER_SAMPLE};
	kernel->jit = jit_new(skel->obj, maps);
	return kernel->jit && bpf_map_update_elem(bpf_map__fd(
		skel->maps.wasp_hot), &zero, &kernel->hot, BPF_ANY) == 0;
}

struct kernel *
kernel_open(uint32_t capacity)
{
	struct kernel *kernel = calloc(1, sizeof(*kernel));
	struct wasp_esp *skel = kernel ? wasp_esp__open() : NULL;
	int error = errno;

	if (kernel && skel) {
		kernel->skel = skel;
		bpf_map__set_max_entries(skel->maps.store_buckets,
			ess_bucket_count(capacity));
		bpf_map__set_max_entries(skel->maps.store_ring, capacity);
		error = -wasp_esp__load(skel);
		if (!error && open_store(kernel, capacity) &&
		    open_translations(kernel))
			return kernel;
		error = error ? error : errno;
	}
	kernel_close(kernel);
	errno = error;
	return NULL;
}

void
kernel_close(struct kernel *kernel)
{
	if (!kernel)
		return;
	jit_free(kernel->jit);
	ess_free(kernel->store);
	for (unsigned i = 0; i < MAPPED_COUNT; i++)
		if (kernel->mapped[i].p)
			munmap(kernel->mapped[i].p, kernel->mapped[i].size);
	wasp_esp__destroy(kernel->skel);
	free(kernel);
}

struct ess *
kernel_store(const struct kernel *kernel)
{
	return kernel->store;
}

int
kernel_program(const struct kernel *kernel, enum kernel_how how,
	enum esp_op op)
{
	static const char *const names[] = {"esp_empty", "esp_interpret",
		"esp_dispatch", "esp_native_", "esp_alone_", "esp_inlined_"};
	struct bpf_program *program;
	char name[64];

	snprintf(name, sizeof(name), "%s%s", names[how],
		how < KERNEL_NATIVE ? "" : esp_infos[op].name);
	program = bpf_object__find_program_by_name(kernel->skel->obj, name);
	return program ? bpf_program__fd(program) : -1;
}

int
kernel_translate(const struct kernel *kernel, const uint8_t *wasp,
	uint64_t *load_ns)
{
	struct translation *translation = malloc(sizeof(*translation));
	int fd = -1;

	if (translation && translate(TRANSLATE_XDP, wasp + PACKET_HEADER_SIZE,
		wasp[PACKET_OFF_CODE_COUNT], wasp[PACKET_OFF_PAD_COUNT],
		translation))
		fd = jit_load(kernel->jit, translation, NULL, load_ns);
	free(translation);
	return fd;
}

/* Eight bytes as the BPF program loads them. */
static uint64_t
load64(const uint8_t *p)
{
	uint64_t x;

	memcpy(&x, p, sizeof(x));
	return x;
}

bool
kernel_install(struct kernel *kernel, const uint8_t *wasp, int program)
{
	const uint8_t *code = wasp + PACKET_HEADER_SIZE;
	unsigned count = wasp[PACKET_OFF_CODE_COUNT], size = 2 * count;
	uint32_t slot = hot_slot(hot_hash(&kernel->hot, load64(code),
		load64(code + hot_middle(size)), load64(code + hot_last(size)),
		count, wasp[PACKET_OFF_PAD_COUNT]));
	int map = bpf_map__fd(kernel->skel->maps.wasp_programs);

	if (program >= 0)
		return bpf_map_update_elem(map, &slot, &program, BPF_ANY) == 0;
	return bpf_map_delete_elem(map, &slot) == 0 || errno == ENOENT;
}

size_t
kernel_frame(uint8_t frame[KERNEL_FRAME_SIZE], const uint8_t *wasp,
	size_t wasp_size)
{
	memset(frame, 0, ESP_OFF);
	memcpy(frame + ESP_OFF, wasp, wasp_size);
	return ESP_OFF + wasp_size;
}

int
kernel_run(int program, const uint8_t *frame, size_t size, unsigned repeat,
	uint8_t *out, uint32_t *run_ns)
{
	LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = frame,
		.data_size_in = (uint32_t)size, .data_out = out,
		.data_size_out = out ? (uint32_t)size : 0,
		.repeat = (int)repeat);

	if (bpf_prog_test_run_opts(program, &options))
		return -1;
	*run_ns = options.duration;
	return (int)options.retval;
}

bool
kernel_size_of(int program, struct kernel_size *size)
{
	struct bpf_prog_info info = {0};
	uint32_t info_size = sizeof(info);

	if (bpf_obj_get_info_by_fd(program, &info, &info_size))
		return false;
	size->machine_bytes = info.jited_prog_len;
	size->insns = info.xlated_prog_len / 8;
	return true;
}
