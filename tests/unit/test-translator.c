/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which programs are translated, with the machine inside the kernel as the hook:
 * what is seen often, what is listed, how room and time are kept.  Skipped
 * without root or BPF.
 */
#include "tests/unit/test.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/unit/program.h"
#include "wasp/packet.h"
#include "xdp/abi.h"
#include "xdp/engine.h"
#include "xdp/engine-loop.skel.h"
#include "xdp/hot.h"
#include "xdp/translate.h"
#include "xdp/translator.h"

#define SECOND UINT64_C(1000000000)
enum { OFF = JOB_OFF, CODE_COUNT = 8, FRAME_SIZE = 128 };
/* Programs that are sent beside others, half of them at a time. */
enum { BESIDE_FIRST = 2000, BESIDE_COUNT = 40 };

/* The loaded machine, and the frame that it is given. */
struct scene {
	struct wasp_engine_loop *engine;
	struct engine_job *job;
	struct xdp_run *run;
	struct translator_hook hook;
	struct translator_policy policy;
	struct translator *t;
	uint64_t now_ns;
};
static struct scene scene;

static void *
map_memory(const struct bpf_map *map, size_t size)
{
	void *p = mmap(NULL, (size + 4095) & ~(size_t)4095,
		PROT_READ | PROT_WRITE, MAP_SHARED, bpf_map__fd(map), 0);

	assert_ptr_not_equal(p, MAP_FAILED);
	return p;
}

static int
prepare(void **state)
{
	struct scene *s = &scene;
	const struct translator_policy policy = TRANSLATOR_POLICY_DEFAULT;

	s->job = map_memory(s->engine->maps.engine_jobs, sizeof(*s->job));
	s->run = map_memory(s->engine->maps.engine_runs, sizeof(*s->run));
	s->hook = (struct translator_hook){
		.object = s->engine->obj,
		.kind = TRANSLATE_XDP,
		.interpreter_fd = bpf_program__fd(s->engine->progs.interpret),
		.runs_fd = bpf_map__fd(s->engine->maps.engine_runs),
		.hot_fd = bpf_map__fd(s->engine->maps.wasp_hot),
		.seen_fd = bpf_map__fd(s->engine->maps.wasp_seen),
		.programs_fd = bpf_map__fd(s->engine->maps.wasp_programs)};
	memset(s->job, 0, sizeof(*s->job));
	s->job->now_ns = 1;
	s->job->hook = NODE_INGRESS;
	s->job->access_max = ISA_ACCESS_MAX;
	s->job->dispatch = JOB_DISPATCH;
	s->policy = policy;
	s->policy.mode = TRANSLATOR_HOT;
	s->policy.sightings = 1000;
	s->now_ns = SECOND;
	*state = s;
	return 0;
}

static int
clean(void **state)
{
	struct scene *s = *state;

	translator_free(s->t);
	s->t = NULL;
	munmap(s->job, (sizeof(*s->job) + 4095) & ~(size_t)4095);
	munmap(s->run, 4096);
	return 0;
}

/* Look with empty eyes: what was seen in an earlier test is forgotten. */
static void
forget_seen(const struct scene *s)
{
	unsigned count = (unsigned)libbpf_num_possible_cpus();
	struct hot_seen *none = calloc(count, sizeof(*none));

	assert_non_null(none);
	for (uint32_t place = 0; place < HOT_SEEN; place++)
		bpf_map_update_elem(s->hook.seen_fd, &place, none, BPF_ANY);
	free(none);
}

/* A program by number: no two have the same code.  It adds them up in r0. */
static void
make_program(struct object *object, unsigned number)
{
	uint16_t code[CODE_COUNT];

	code[0] = INSN(LDI, 0, number & 511);
	code[1] = INSN(LDI, 1, number >> 9 & 511);
	for (unsigned i = 2; i < CODE_COUNT - 2; i++)
		code[i] = INSN(ADD, 0, 1);
	code[CODE_COUNT - 2] = INSN(ST_R, 0, 0);
	code[CODE_COUNT - 1] = INSN(DROP);
	program_make(object, code, CODE_COUNT, NULL, 1);
}

static uint64_t
hash_program(const struct hot_settings *settings, unsigned number)
{
	enum { SIZE = ISA_INSN_SIZE * CODE_COUNT };
	uint64_t first, middle, last;
	struct object object;
	const uint8_t *code;

	make_program(&object, number);
	code = object.packet + PACKET_HEADER_SIZE;
	memcpy(&first, code, sizeof(first));
	memcpy(&middle, code + hot_middle(SIZE), sizeof(middle));
	memcpy(&last, code + hot_last(SIZE), sizeof(last));
	return hot_hash(settings, first, middle, last, CODE_COUNT, 1);
}

/*
 * Do programs that are looked at share no place and no slot, with each other or
 * with those that are only sent beside them?  Of two that do one is not counted,
 * as is meant, but tests are about others.
 */
static bool
are_apart(const struct scene *s)
{
	static const uint8_t numbers[] = {11, 12, 13, 20, 21, 22, 23};
	enum { COUNT = sizeof(numbers) };
	struct hot_settings settings;
	uint64_t hash[COUNT + BESIDE_COUNT];
	uint32_t zero = 0;

	assert_false(bpf_map_lookup_elem(s->hook.hot_fd, &zero, &settings));
	for (unsigned i = 0; i < COUNT + BESIDE_COUNT; i++) {
		hash[i] = hash_program(&settings, i < COUNT ? numbers[i] :
			BESIDE_FIRST + i - COUNT);
		for (unsigned j = 0; j < i && j < COUNT; j++)
			if (hot_place(hash[i]) == hot_place(hash[j]) ||
			    hot_slot(hash[i]) == hot_slot(hash[j]))
				return false;
	}
	return true;
}

static void
start(struct scene *s)
{
	do {
		translator_free(s->t);
		forget_seen(s);
		s->t = translator_new(&s->hook, 1, &s->policy);
		assert_non_null(s->t);
	} while (!are_apart(s));
}

/* So many packets of it; were they translated, the last of them? */
static bool
send_packets(struct scene *s, unsigned number, unsigned count)
{
	uint8_t frame[FRAME_SIZE] = {[12] = 8}, out[FRAME_SIZE];
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = frame,
		.data_out = out, .data_size_out = sizeof(out), .repeat = 1);
	struct object object;

	make_program(&object, number);
	memcpy(frame + OFF, object.packet, object.size);
	opts.data_size_in = (uint32_t)(OFF + object.size);
	/* Not by .repeat: for that the kernel waits until all have seen it. */
	while (count-- > 0)
		assert_false(bpf_prog_test_run_opts(
			bpf_program__fd(s->engine->progs.engine), &opts));
	assert_true(s->job->executed);
	assert_int_equal(s->run->verdict, VM_DROP);
	assert_int_equal(s->run->steps, CODE_COUNT);
	assert_int_equal(packet_word(out + OFF, &object.header, 0),
		(number & 511) + 4 * (number >> 9 & 511));
	return s->job->translated;
}

static void
turn(struct scene *s)
{
	s->now_ns += TRANSLATOR_TURN_MS * UINT64_C(1000000);
	translator_turn(s->t, s->now_ns);
}

static void
translates_what_is_seen_often(void **state)
{
	struct scene *s = *state;

	start(s);
	assert_false(send_packets(s, 1, 999));
	turn(s);
	assert_false(send_packets(s, 1, 1));
	turn(s);
	assert_true(send_packets(s, 1, 1));
	assert_false(send_packets(s, 2, 1));
	assert_int_equal(translator_counted(s->t)->loaded, 1);
}

static void
takes_samples(void **state)
{
	struct scene *s = *state;

	s->hook.sample_shift = 6;
	start(s);
	send_packets(s, 3, 16 * 64);
	turn(s);
	assert_true(send_packets(s, 3, 1));
	send_packets(s, 4, 15 * 64);
	turn(s);
	assert_false(send_packets(s, 4, 1));
}

static void
translates_what_is_listed(void **state)
{
	struct scene *s = *state;
	struct object object;

	make_program(&object, 5);
	s->policy.mode = TRANSLATOR_LISTED;
	s->policy.listed[s->policy.listed_count++] =
		packet_code_hash(object.packet, CODE_COUNT);
	start(s);
	send_packets(s, 5, 1);
	send_packets(s, 6, 5000);
	turn(s);
	assert_true(send_packets(s, 5, 1));
	assert_false(send_packets(s, 6, 1));
}

static void
does_nothing_when_off(void **state)
{
	struct scene *s = *state;

	s->policy.mode = TRANSLATOR_OFF;
	start(s);
	send_packets(s, 7, 5000);
	turn(s);
	assert_false(send_packets(s, 7, 1));
	assert_int_equal(translator_counted(s->t)->loaded, 0);
}

static void
takes_out_what_a_new_policy_does_not_allow(void **state)
{
	struct scene *s = *state;

	start(s);
	send_packets(s, 8, 2000);
	turn(s);
	assert_true(send_packets(s, 8, 1));
	s->policy.mode = TRANSLATOR_LISTED;
	assert_true(translator_set_policy(s->t, &s->policy));
	assert_false(send_packets(s, 8, 1));
	s->policy.mode = TRANSLATOR_OFF;
	assert_true(translator_set_policy(s->t, &s->policy));
	assert_false(send_packets(s, 8, 1));
}

/* What is in another program's slot compares the code, and gives it back. */
static void
interprets_other_code_in_the_slot(void **state)
{
	struct scene *s = *state;
	int fd = -1;

	start(s);
	send_packets(s, 9, 2000);
	turn(s);
	assert_true(send_packets(s, 9, 1));
	for (uint32_t i = 0; i < HOT_SLOTS && fd < 0; i++) {
		uint32_t id;

		if (bpf_map_lookup_elem(s->hook.programs_fd, &i, &id) == 0)
			fd = bpf_prog_get_fd_by_id(id);
	}
	assert_true(fd >= 0);
	for (uint32_t i = 0; i < HOT_SLOTS; i++)
		assert_false(bpf_map_update_elem(s->hook.programs_fd, &i, &fd,
			BPF_ANY));
	assert_false(send_packets(s, 10, 1));
	assert_false(send_packets(s, 9 + 512, 1));
	assert_true(send_packets(s, 9, 1));
	close(fd);
}

static void
evicts_what_is_used_least(void **state)
{
	struct scene *s = *state;

	s->policy.programs = 2;
	start(s);
	send_packets(s, 11, 4000);
	send_packets(s, 12, 3000);
	turn(s);
	assert_true(send_packets(s, 11, 4000));
	assert_true(send_packets(s, 12, 10));
	send_packets(s, 13, 2000);
	turn(s);
	assert_false(send_packets(s, 13, 2000));
	for (int i = 0; i < 8 && !send_packets(s, 13, 2000); i++) {
		send_packets(s, 11, 4000);
		turn(s);
	}
	assert_true(send_packets(s, 13, 1));
	assert_true(send_packets(s, 11, 1));
	assert_false(send_packets(s, 12, 1));
	assert_int_equal(translator_counted(s->t)->evicted, 1);
}

/* A sender of many programs gets no more than its time. */
static void
spends_no_more_time_than_it_may(void **state)
{
	struct scene *s = *state;
	const struct translator_counts *counts;
	enum { PROGRAMS = 600, TURNS = 8 };

	s->policy.sightings = 10;
	s->policy.load_ms = 4;
	start(s);
	counts = translator_counted(s->t);
	for (int i = 0; i < TURNS; i++) {
		for (unsigned n = 0; n < PROGRAMS; n++)
			send_packets(s, 1000 + n, 20);
		turn(s);
	}
	/* The first turn has a second's, and one load may end beyond it. */
	assert_true(counts->loaded > 0);
	assert_true(counts->load_ns < (4 + TURNS) * UINT64_C(1000000) +
		TRANSLATOR_CEILING_MS * UINT64_C(1000000));
	assert_true(counts->loaded < PROGRAMS);
}

/* What is in use stays, whoever sends whatever else. */
static void
is_not_made_to_thrash(void **state)
{
	struct scene *s = *state;
	enum { TURNS = 10, PROGRAMS = BESIDE_COUNT / 2 };

	s->policy.programs = 4;
	s->policy.sightings = 100;
	start(s);
	for (unsigned n = 0; n < 4; n++)
		send_packets(s, 20 + n, 1000);
	turn(s);
	for (unsigned i = 0; i < TURNS; i++) {
		for (unsigned n = 0; n < 4; n++)
			assert_true(send_packets(s, 20 + n, 500));
		for (unsigned n = 0; n < PROGRAMS; n++)
			send_packets(s, BESIDE_FIRST + n + i % 2 * PROGRAMS,
				500);
		turn(s);
	}
	assert_int_equal(translator_counted(s->t)->evicted, 0);
}

static void
does_not_try_again_what_was_refused(void **state)
{
	struct scene *s = *state;

	s->hook.runs_fd = -1;		/* no program can be loaded */
	start(s);
	for (int i = 0; i < 5; i++) {
		assert_false(send_packets(s, 30, 2000));
		turn(s);
	}
	assert_int_equal(translator_counted(s->t)->refused, 1);
	assert_int_equal(translator_counted(s->t)->loaded, 0);
}

static void
takes_an_earlier_translators_work_out(void **state)
{
	struct scene *s = *state;
	uint32_t slot = 5, id;

	assert_false(bpf_map_update_elem(s->hook.programs_fd, &slot,
		&s->hook.interpreter_fd, BPF_ANY));
	start(s);
	assert_true(bpf_map_lookup_elem(s->hook.programs_fd, &slot, &id));
}

static void
works_as_a_process_of_its_own(void **state)
{
	struct scene *s = *state;
	struct translator_process process;
	struct translator_event event;
	struct pollfd fd = {.events = POLLIN};
	struct object object;

	forget_seen(s);
	s->policy.mode = TRANSLATOR_OFF;
	assert_true(translator_start(&process, &s->hook, 1, &s->policy));
	s->policy.mode = TRANSLATOR_HOT;
	assert_true(translator_tell(&process, &s->policy));
	fd.fd = process.fd;
	for (int i = 0; i < 100 && poll(&fd, 1, 100) == 0; i++)
		send_packets(s, 40, 500);
	assert_true(translator_hear(&process, &event));
	make_program(&object, 40);
	assert_int_equal(event.what, TRANSLATOR_LOADED);
	assert_int_equal(event.code_count, CODE_COUNT);
	assert_true(event.code_hash ==
		packet_code_hash(object.packet, CODE_COUNT));
	assert_true(event.load_ns > 0);
	assert_true(send_packets(s, 40, 1));
	translator_stop(&process);
	assert_true(send_packets(s, 40, 1));
	translator_stop(&process);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, prepare, clean)
static const struct CMUnitTest tests[] = {
	TEST(translates_what_is_seen_often),
	TEST(takes_samples),
	TEST(translates_what_is_listed),
	TEST(does_nothing_when_off),
	TEST(takes_out_what_a_new_policy_does_not_allow),
	TEST(interprets_other_code_in_the_slot),
	TEST(evicts_what_is_used_least),
	TEST(spends_no_more_time_than_it_may),
	TEST(is_not_made_to_thrash),
	TEST(does_not_try_again_what_was_refused),
	TEST(takes_an_earlier_translators_work_out),
	TEST(works_as_a_process_of_its_own)
};

int
main(void)
{
	scene.engine = wasp_engine_loop__open_and_load();
	if (!scene.engine && (geteuid() != 0 || errno == EPERM)) {
		puts("1..0 # SKIP programs can not be loaded");
		return 0;
	}
	return scene.engine ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
