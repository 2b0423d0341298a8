/* SPDX-License-Identifier: BSD-2-Clause */
/* Translations into the kernel; see jit.h. */
#include "xdp/jit.h"

#include "xdp/emit.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FUNCTION_MAX = 128, LOAD_MAX = 1 << 16 };

/* A function of the template: instructions first to end - 1. */
struct function {
	unsigned first, end;
	uint32_t type_id;
};

struct jit {
	const struct bpf_program *template;
	const struct bpf_insn *insns;
	unsigned insn_count;
	struct function functions[FUNCTION_MAX];	/* [0] is the template */
	unsigned function_count;
	unsigned named[TRANSLATE_FUNCTION_COUNT];	/* of functions[] */
	int maps[TRANSLATE_MAP_COUNT];
	int btf_fd;				/* the object's */
};

/* One program being put together. */
struct assembly {
	const struct jit *jit;
	struct bpf_insn *insns;
	unsigned count;
	unsigned placed[FUNCTION_MAX];		/* where it is now; 0: not yet */
	unsigned order[FUNCTION_MAX], placed_count;
	bool full;
};

/* A call, or the address of a function: imm leads there from the next. */
static bool
is_reference(const struct bpf_insn *insn)
{
	return emit_is_call(insn) || (insn->code == (BPF_LD | BPF_IMM | BPF_DW) &&
		insn->src_reg == BPF_PSEUDO_FUNC);
}

/* The template, taken apart */

static int
by_first(const void *a, const void *b)
{
	const struct function *x = a, *y = b;

	return (x->first > y->first) - (x->first < y->first);
}

static bool
add_function(struct jit *jit, unsigned first)
{
	for (unsigned i = 0; i < jit->function_count; i++)
		if (jit->functions[i].first == first)
			return true;
	if (jit->function_count == FUNCTION_MAX)
		return false;
	jit->functions[jit->function_count++].first = first;
	return true;
}

/* Where functions begin: where references lead. */
static bool
find_functions(struct jit *jit)
{
	bool ok = add_function(jit, 0);

	for (unsigned i = 0; i < jit->insn_count && ok; i++)
		if (is_reference(&jit->insns[i]))
			ok = add_function(jit,
				i + 1 + (unsigned)jit->insns[i].imm);
	qsort(jit->functions, jit->function_count, sizeof(*jit->functions),
		by_first);
	for (unsigned i = 0; i < jit->function_count; i++)
		jit->functions[i].end = i + 1 < jit->function_count ?
			jit->functions[i + 1].first : jit->insn_count;
	return ok;
}

static void
name_function(struct jit *jit, unsigned i, const char *name)
{
	for (unsigned j = 0; name && j < TRANSLATE_FUNCTION_COUNT; j++)
		if (!strcmp(name, translate_functions[j]))
			jit->named[j] = i;
}

static bool
all_named(const struct jit *jit)
{
	for (unsigned i = 0; i < TRANSLATE_FUNCTION_COUNT; i++)
		if (jit->named[i] == 0)
			return false;
	return true;
}

/* The kernel has the types of the functions, in their order. */
static bool
name_functions(struct jit *jit, const struct btf *btf,
	const struct bpf_func_info *types, unsigned count)
{
	if (count != jit->function_count)
		return false;
	for (unsigned i = 0; i < count; i++) {
		const struct btf_type *type =
			btf__type_by_id(btf, types[i].type_id);

		jit->functions[i].type_id = types[i].type_id;
		if (type)
			name_function(jit, i,
				btf__name_by_offset(btf, type->name_off));
	}
	return all_named(jit);
}

static bool
read_types(struct jit *jit, const struct bpf_object *object)
{
	struct bpf_func_info types[FUNCTION_MAX];
	struct bpf_prog_info info = {
		.func_info = (uintptr_t)types, .nr_func_info = FUNCTION_MAX,
		.func_info_rec_size = sizeof(*types)};
	uint32_t size = sizeof(info);

	if (bpf_obj_get_info_by_fd(bpf_program__fd(jit->template), &info,
		&size))
		return false;
	return name_functions(jit, bpf_object__btf(object), types,
		info.nr_func_info);
}

struct jit *
jit_new(const struct bpf_object *object, const int maps[TRANSLATE_MAP_COUNT])
{
	struct jit *jit = calloc(1, sizeof(*jit));

	if (!jit)
		return NULL;
	errno = ESRCH;
	jit->template = bpf_object__find_program_by_name(object, "translated");
	if (!jit->template) {
		free(jit);
		return NULL;
	}
	jit->insns = bpf_program__insns(jit->template);
	jit->insn_count = (unsigned)bpf_program__insn_cnt(jit->template);
	jit->btf_fd = bpf_object__btf_fd(object);
	memcpy(jit->maps, maps, sizeof(jit->maps));
	if (find_functions(jit) && read_types(jit, object))
		return jit;
	free(jit);
	return NULL;
}

void
jit_free(struct jit *jit)
{
	free(jit);
}

/* A translation, put together */

static unsigned
function_at(const struct jit *jit, unsigned first)
{
	unsigned i = 0;

	while (jit->functions[i].first != first)
		i++;
	return i;
}

/* Put a function behind the others, if it is not there yet. */
static void
place(struct assembly *a, unsigned i)
{
	const struct function *function = &a->jit->functions[i];
	unsigned size = function->end - function->first;

	if (a->placed[i])
		return;
	if (a->count + size > LOAD_MAX) {
		a->full = true;
		return;
	}
	memcpy(a->insns + a->count, a->jit->insns + function->first,
		size * sizeof(*a->insns));
	a->placed[i] = a->count;
	a->order[a->placed_count++] = i;
	a->count += size;
}

static void
place_body(struct assembly *a, const struct translation *translation)
{
	memcpy(a->insns, translation->insns,
		translation->count * sizeof(*a->insns));
	a->count = translation->count;
	for (unsigned i = 0; i < translation->count; i++)
		if (emit_is_map(&a->insns[i]))
			a->insns[i].imm = a->jit->maps[a->insns[i].imm];
}

/* The functions that the one at placed[] reaches, and where they are now. */
static void
link_function(struct assembly *a, unsigned i)
{
	const struct function *function = &a->jit->functions[i];

	for (unsigned j = function->first; j < function->end; j++) {
		unsigned to, here = a->placed[i] + j - function->first;

		if (!is_reference(&a->jit->insns[j]))
			continue;
		to = function_at(a->jit,
			j + 1 + (unsigned)a->jit->insns[j].imm);
		place(a, to);
		a->insns[here].imm = (int32_t)(a->placed[to] - here - 1);
	}
}

static void
link_body(struct assembly *a, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (emit_is_call(&a->insns[i])) {
			unsigned to = a->jit->named[a->insns[i].imm];

			place(a, to);
			a->insns[i].imm = (int32_t)(a->placed[to] - i - 1);
		}
}

static bool
assemble(struct assembly *a, const struct jit *jit,
	const struct translation *translation)
{
	*a = (struct assembly){.jit = jit};
	a->insns = calloc(LOAD_MAX, sizeof(*a->insns));
	if (!a->insns)
		return false;
	place_body(a, translation);
	link_body(a, translation->count);
	for (unsigned i = 0; i < a->placed_count && !a->full; i++)
		link_function(a, a->order[i]);
	if (!a->full)
		return true;
	free(a->insns);
	errno = E2BIG;
	return false;
}

static unsigned
list_types(const struct assembly *a, struct bpf_func_info types[FUNCTION_MAX])
{
	types[0] = (struct bpf_func_info){0, a->jit->functions[0].type_id};
	for (unsigned i = 0; i < a->placed_count; i++)
		types[i + 1] = (struct bpf_func_info){
			a->placed[a->order[i]],
			a->jit->functions[a->order[i]].type_id};
	return a->placed_count + 1;
}

/* Of the processor, for this thread: what others do meanwhile does not count. */
static uint64_t
used_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static int
load(const struct assembly *a, const struct jit_log *log, uint64_t *load_ns)
{
	const struct bpf_program *template = a->jit->template;
	struct bpf_func_info types[FUNCTION_MAX];
	LIBBPF_OPTS(bpf_prog_load_opts, options,
		.expected_attach_type =
			bpf_program__expected_attach_type(template),
		.prog_flags = bpf_program__flags(template),
		.attempts = 1,
		.prog_btf_fd = (uint32_t)a->jit->btf_fd,
		.func_info = types,
		.func_info_cnt = list_types(a, types),
		.func_info_rec_size = sizeof(*types));
	uint64_t begin = used_ns();
	int fd;

	if (log) {
		options.log_buf = log->text;
		options.log_size = log->size;
		options.log_level = log->level;
	}
	fd = bpf_prog_load(bpf_program__type(template), "wasp_translated",
		"Dual BSD/GPL", a->insns, a->count, &options);
	*load_ns = used_ns() - begin;
	return fd < 0 ? -1 : fd;
}

int
jit_load(const struct jit *jit, const struct translation *translation,
	const struct jit_log *log, uint64_t *load_ns)
{
	struct assembly a;
	int fd;

	if (!assemble(&a, jit, translation))
		return -1;
	fd = load(&a, log, load_ns);
	free(a.insns);
	return fd;
}

unsigned
jit_size(const struct jit *jit, const struct translation *translation)
{
	struct assembly a;

	if (!assemble(&a, jit, translation))
		return 0;
	free(a.insns);
	return a.count;
}
