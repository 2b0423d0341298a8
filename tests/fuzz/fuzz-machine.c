/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A packet through node_run, four times at either hook, with any environment,
 * store and rights: what may change changes, the checksum is kept, limits hold,
 * what the verifier accepted ends as it promised, and before each instruction the
 * machine is as the verifier claims of any program.
 */
#include "tests/fuzz/wire.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/claims.h"
#include "verify/verify.h"
#include "vm/node.h"
#include "run/trace.h"

const char fuzz_name[] = "machine";
const unsigned fuzz_runs = 120000;
const char *const fuzz_words[] = {"WA", "\xf0", "\xf2", "\xf0\x40", "\xf0\x80",
	"\xf0\xc0", "\x30", "\x32\x80", "\x41", "\x44", "\xd0\x01", "\xe0\x01",
	"\x80", "\xc0", NULL};

enum { PARAMS_SIZE = 16, RUNS = 4 };

static void
add_object(void *arg, const struct object *object)
{
	uint8_t bytes[PARAMS_SIZE + PACKET_SIZE_MAX] = {0};

	for (unsigned i = 0; i < 4; i++) {
		memset(bytes, "\0\x55\xaa\xff"[i], PARAMS_SIZE);
		memcpy(bytes + PARAMS_SIZE, object->packet, object->size);
		fuzz_add(arg, bytes, PARAMS_SIZE + object->size);
	}
}

void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	fuzz_each_object(add_object, seeds);
}

/* One input: a node and a packet. */
struct course {
	struct node node;
	uint8_t *wasp;
	size_t size;
	struct packet_header header;
	uint64_t random;
	bool verified;
	struct verify_result promise;
	unsigned told[DIAG_COUNT];
	bool asked_reroute;
	bool traced;
	unsigned steps_traced;
	struct claims claims;		/* of the hook and way of this visit */
};

static bool
may_reroute(void *arg, const uint8_t to[IP_ADDR_SIZE],
	uint32_t env[ISA_ENV_COUNT])
{
	struct course *course = arg;

	course->asked_reroute = true;
	node_env_addr(env, ISA_ENV_DST0, to);
	return fuzz_random(&course->random) % 4 != 0;
}

static void
take_step(void *arg, const struct trace_step *step)
{
	struct course *course = arg;
	json_t *json = trace_json(step);

	FUZZ_CHECK(json);
	json_decref(json);
	trace_print(fuzz_null(), step);
	course->steps_traced++;
}

static void
check_claim(struct vm *vm, void *arg)
{
	FUZZ_CHECK(claims_hold(arg, vm));
}

/* What every node tells of its hook and of the packet. */
static void
tell_facts(const struct course *course, struct node_visit *visit)
{
	bool back = course->header.flags & PACKET_FLAG_RETURNED;

	visit->env[ISA_ENV_HOOK] = visit->hook;
	visit->env[ISA_ENV_BACK] = back;
	visit->env[ISA_ENV_FLOW0] >>= 2;
	if (!back)
		return;
	visit->is_operator = visit->may_invite = false;
	visit->may_reroute = NULL;
}

static enum verify_hook
hook_of(const struct course *course, const struct node_visit *visit)
{
	bool back = course->header.flags & PACKET_FLAG_RETURNED;

	return visit->hook == NODE_EGRESS ?
		(back ? VERIFY_EGRESS_BACK : VERIFY_EGRESS) :
		(back ? VERIFY_INGRESS_BACK : VERIFY_INGRESS);
}

static void
fill_visit(struct course *course, struct node_visit *visit,
	struct fuzz_input *input)
{
	uint8_t bits = fuzz_byte(input), more = fuzz_byte(input);

	*visit = (struct node_visit){
		.hook = bits & 1 ? NODE_EGRESS : NODE_INGRESS,
		.now_ns = 1 + (uint64_t)(bits >> 6) * 4 * ENTRY_LIFE_NS / 5,
		.access_max = ISA_ACCESS_MAX,
		.is_operator = bits & 2, .may_invite = !(bits & 4),
		.interface = 1 + (bits >> 3 & 1),
		.may_reroute = bits & 16 ? NULL : may_reroute,
		.reroute_arg = course};
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++)
		visit->env[i] = bits & 32 ? ISA_ENV_UNKNOWN :
			fuzz_random(&course->random) >> (more & 31);
	memset(visit->src, more, IP_ADDR_SIZE);
	tell_facts(course, visit);
}

/* Of the header only cursor to checksum, of the rest only the scratchpad. */
static void
check_bytes(const struct course *course, const uint8_t *before)
{
	const uint8_t *after = course->wasp;
	size_t pad_off = packet_pad_off(course->header.code_count);
	struct packet_header header;
	uint8_t bytes[PACKET_HEADER_SIZE];

	FUZZ_CHECK(!memcmp(before, after, PACKET_OFF_CURSOR));
	FUZZ_CHECK(!memcmp(before + PACKET_OFF_IDENT, after + PACKET_OFF_IDENT,
		pad_off - PACKET_OFF_IDENT));
	FUZZ_CHECK(packet_parse(after, course->size, &header) == PACKET_OK);
	packet_put_header(bytes, &course->header);
	FUZZ_CHECK(!memcmp(bytes, after, sizeof(bytes)));
	if (packet_checksum(before, course->size) ==
	    packet_get16(before + PACKET_OFF_CHECKSUM))
		FUZZ_CHECK(packet_checksum(after, course->size) ==
			header.checksum);
}

static void
check_header(const struct packet_header *before,
	const struct packet_header *after, const struct node_outcome *outcome)
{
	unsigned kept = before->status & ~PACKET_STATUS_FAULT;

	FUZZ_CHECK(after->cursor >= before->cursor);
	FUZZ_CHECK(after->cursor == before->cursor ||
		after->cursor <= after->pad_count);
	FUZZ_CHECK(after->hops == before->hops ||
		after->hops == before->hops + 1);
	FUZZ_CHECK((after->status & kept) == kept);
	FUZZ_CHECK((after->status & PACKET_STATUS_FAULT) == outcome->fault);
	FUZZ_CHECK(after->fault_pc == outcome->fault_pc || !outcome->fault);
	FUZZ_CHECK(outcome->fault || after->fault_pc == 0);
	FUZZ_CHECK(after->rerouted == (before->rerouted || outcome->rerouted));
	FUZZ_CHECK(!before->rerouted || !outcome->rerouted);
}

static void
check_outcome(const struct packet_header *before,
	const struct node_outcome *outcome)
{
	FUZZ_CHECK(outcome->steps <= before->code_count);
	FUZZ_CHECK(outcome->accesses <= ISA_ACCESS_MAX + 1);
	FUZZ_CHECK(outcome->accesses <= ISA_ACCESS_MAX || outcome->fault);
	FUZZ_CHECK(outcome->fault < ISA_FAULT_LIMIT);
	FUZZ_CHECK(!outcome->fault || outcome->fault_pc < before->code_count);
	FUZZ_CHECK(!outcome->fault || outcome->verdict == VM_FORWARD);
	FUZZ_CHECK(!outcome->fault || !outcome->rerouted);
	FUZZ_CHECK(!(before->flags & PACKET_FLAG_RETURNED) ||
		outcome->verdict != VM_RETURN);
}

/* "A program that is accepted never ends with one of the machine's faults." */
static void
check_promise(const struct course *course, const struct node_visit *visit,
	const struct node_outcome *outcome)
{
	const struct verify_figures *figures =
		&course->promise.hook[hook_of(course, visit)];

	if (!course->verified)
		return;
	FUZZ_CHECK(figures->runs);
	FUZZ_CHECK(outcome->steps <= figures->max[VERIFY_STEPS]);
	FUZZ_CHECK(outcome->cost <= figures->max[VERIFY_COST]);
	FUZZ_CHECK(outcome->accesses <= figures->max[VERIFY_ACCESSES]);
	if (outcome->fault && outcome->fault < ISA_FAULT_PROGRAM)
		FUZZ_CHECK(outcome->fault == ISA_FAULT_READONLY ||
			outcome->fault == ISA_FAULT_KEYSPACE);
	else
		FUZZ_CHECK(outcome->cost >= figures->min[VERIFY_COST]);
	if (outcome->fault == ISA_FAULT_READONLY)
		FUZZ_CHECK(course->told[DIAG_VERIFY_READONLY]);
	else if (outcome->fault == ISA_FAULT_KEYSPACE)
		FUZZ_CHECK(course->told[DIAG_VERIFY_COMPUTED_NAME]);
	else
		FUZZ_CHECK(!outcome->fault ||
			outcome->fault >= ISA_FAULT_PROGRAM);
}

static void
run(struct course *course, struct node_visit *visit,
	struct node_outcome *outcome)
{
	struct notes notes = {0};
	struct tracer tracer = {.notes = &notes, .sink = take_step,
		.arg = course};

	course->asked_reroute = false;
	course->steps_traced = 0;
	if (course->traced) {
		visit->trace = trace_hook;
		visit->trace_arg = &tracer;
	} else if (node_runs(&course->header, visit->hook)) {
		claims_make(&course->claims, course->wasp, &course->header,
			hook_of(course, visit));
		visit->trace = check_claim;
		visit->trace_arg = &course->claims;
	}
	node_run(&course->node, course->wasp, &course->header, visit, outcome);
	if (course->traced && outcome->executed) {
		trace_end(&tracer, outcome->verdict, outcome->fault);
		FUZZ_CHECK(course->steps_traced >= outcome->steps);
	}
}

static void
visit_once(struct course *course, struct fuzz_input *input)
{
	struct packet_header header = course->header;
	uint8_t before[PACKET_SIZE_MAX];
	struct node_visit visit;
	struct node_outcome outcome;

	memcpy(before, course->wasp, course->size);
	fill_visit(course, &visit, input);
	run(course, &visit, &outcome);
	FUZZ_CHECK(outcome.executed == node_runs(&header, visit.hook));
	check_bytes(course, before);
	if (!outcome.executed) {
		FUZZ_CHECK(!memcmp(before, course->wasp, course->size));
		return;
	}
	check_header(&header, &course->header, &outcome);
	FUZZ_CHECK(!outcome.rerouted || course->asked_reroute);
	check_outcome(&header, &outcome);
	check_promise(course, &visit, &outcome);
}

static void
verify(struct course *course)
{
	struct object object = {.size = course->size,
		.header = course->header};

	memcpy(object.packet, course->wasp, course->size);
	verify_object(&object, "packet", NULL, &course->promise, fuzz_sink,
		course->told);
	course->verified = course->promise.accepted;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const uint8_t secret[KEY_SECRET_SIZE] = {1};
	struct fuzz_input input = {bytes, size < PARAMS_SIZE ? size :
		PARAMS_SIZE};
	const uint8_t *packet = bytes + input.size;
	size_t room = size - input.size;
	struct course course = {.node = {.private_secret = {2},
		.invite_secret = {3}}};
	unsigned choice = fuzz_byte(&input);

	course.traced = (choice & 0x78) == 0x28;
	course.random = fuzz_word(&input);
	if (packet_parse(packet, room, &course.header))
		return 0;
	course.size = packet_size(course.header.code_count,
		course.header.pad_count);
	course.wasp = malloc(course.size);
	course.node.store = ess_new(1 + (choice & 3), secret);
	FUZZ_CHECK(course.wasp && course.node.store);
	memcpy(course.wasp, packet, course.size);
	if (choice & 4) {
		packet_set_checksum(course.wasp, course.size);
		packet_parse(course.wasp, course.size, &course.header);
	}
	verify(&course);
	for (int i = 0; i < RUNS; i++)
		visit_once(&course, &input);
	ess_free(course.node.store);
	free(course.wasp);
	return 0;
}
