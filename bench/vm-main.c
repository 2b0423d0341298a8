/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench-vm: what interpretation costs in user space.  Row 0: the machine, by
 * executed instruction.  Row 1: programs over ESP's operations carried out
 * natively, in one store of more and more live entries.  Row 7: several threads.
 * bench/README explains the rows.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "bench/bench-main.h"
#include "bench/packets.h"
#include "bench/plain.h"
#include "bench/scale.h"
#include "asm/asm.h"
#include "vm/node.h"

#define NOW UINT64_C(1000000000000)

enum { ENTRIES, OPERATION, SIDE, RUNS };
static const struct cli_option rows[] = {
	BENCH_OPTIONS,
	{0, "entries", "N", "live entries in the largest store (16777216)"},
	{0, "only", "OPERATION", "run nothing else, and measure nothing"},
	{0, "side", "SIDE", "with --only: native or wasp (wasp)"},
	{0, "runs", "N", "with --only: so many packets (1000)"},
	{0}
};
static const struct cli command = {
	.name = "bench-vm", .operands = "",
	.summary = "Measure interpreted programs against native operations.",
	.options = rows
};
static const struct cli *const cli = &command;

/* For callgrind: one thing, so many times. */
struct only {
	const char *operation;
	bool native;
	unsigned runs;
};

struct settings {
	uint64_t entries;
	struct only only;
};

static void
take_option(void *arg, int option, const char *value)
{
	struct settings *settings = arg;

	switch (option) {
	case ENTRIES:
		settings->entries = cli_number(cli, "--entries", value, 1,
			ESS_CAPACITY_MAX);
		break;
	case OPERATION:
		settings->only.operation = value;
		break;
	case SIDE:
		settings->only.native = strcmp(value, "native") == 0;
		break;
	case RUNS:
		settings->only.runs = (unsigned)cli_number(cli, "--runs",
			value, 1, 100000000);
		break;
	}
}

/*
 * Row 0: the machine alone, over code of 128 instructions.
 */

/* Sixteen instructions that are repeated; words 0 to 7 are there. */
static const struct kind {
	const char *name, *block;
} kinds[] = {
	{"add", "add r0, r1\n" "addi r1, 1\n" "add r2, r3\n" "addi r3, 1\n"
		"add r0, r1\n" "addi r1, 1\n" "add r2, r3\n" "addi r3, 1\n"
		"add r0, r1\n" "addi r1, 1\n" "add r2, r3\n" "addi r3, 1\n"
		"add r0, r1\n" "addi r1, 1\n" "add r2, r3\n" "addi r3, 1\n"},
	{"arithmetic", "ldi r0, 7\n" "addi r1, 3\n" "xor r0, r1\n"
		"shli r0, 3\n" "or r2, r0\n" "sub r2, r1\n" "mov r3, r2\n"
		"low r3, 9\n" "max r1, r3\n" "shri r2, 2\n" "and r2, r0\n"
		"min r4, r2\n" "bset r4, r1\n" "shl r4, r1\n" "sari r4, 1\n"
		"add r5, r4\n"},
	{"memory", "ld r0, [0]\n" "addi r0, 1\n" "st r0, [1]\n"
		"env r1, time_us\n" "st r1, [2]\n" "ld r2, [3]\n"
		"add r2, r1\n" "st r2, [4]\n" "ld r3, [1]\n" "env r4, ttl\n"
		"xor r3, r4\n" "st r3, [5]\n" "ld r5, [6]\n" "mov r6, r5\n"
		"addi r6, 2\n" "st r6, [7]\n"},
	{"branches", "bz r0, 1f\n" "1: bnz r7, 1f\n" "1: beq r0, r1, 1f\n"
		"1: addi r0, 1\n" "bne r0, r1, 1f\n" "1: bltu r0, r1, 1f\n"
		"1: addi r1, 1\n" "bgeu r0, r1, 1f\n" "1: bz r7, 1f\n"
		"1: addi r2, 5\n" "bltu r1, r2, 1f\n" "1: jmp 1f\n"
		"1: bnz r2, 1f\n" "1: mov r3, r2\n" "bne r2, r3, 1f\n"
		"1: addi r3, 1\n"},
};
enum { KINDS = sizeof(kinds) / sizeof(*kinds), BLOCK = 16, MIXES = 16 };

struct machine {
	bool plain;			/* run by the plain interpreter */
	uint8_t code[MIXES][ISA_INSN_SIZE * PACKET_CODE_MAX];
	unsigned codes;			/* of them are there, run in turn */
	uint8_t pad[PACKET_WORD_SIZE * 8];
	uint32_t env[ISA_ENV_COUNT];
};

static void
take_code(struct machine *machine, const char *source, size_t size)
{
	const struct asm_options options = {.file = "bench"};
	struct object object;

	if (asm_assemble(&object, source, size, &options, NULL, NULL) !=
		ASM_OK || object.header.code_count != PACKET_CODE_MAX)
		cli_die(cli, CLI_BUG, "a program does not assemble");
	memcpy(machine->code[machine->codes++], object.packet +
		PACKET_HEADER_SIZE, sizeof(machine->code[0]));
	object_done(&object);
}

/* Kind KINDS: sixteen programs, each of blocks in another order. */
static void
make_machine(struct machine *machine, unsigned kind, bool plain)
{
	char source[16384];
	uint64_t random = 1;

	*machine = (struct machine){.plain = plain};
	for (unsigned i = 0; i < (kind < KINDS ? 1 : MIXES); i++) {
		size_t size = (size_t)snprintf(source, sizeof(source),
			"\t.hooks ingress\n\t.data\n\t.space 32\n\t.text\n");

		for (unsigned n = 0; n < PACKET_CODE_MAX; n += BLOCK)
			size += (size_t)snprintf(source + size,
				sizeof(source) - size, "%s1:\n",
				kinds[kind < KINDS ? kind :
				packets_random(&random) % KINDS].block);
		take_code(machine, source, size);
	}
}

static struct vm
start_machine(struct machine *machine)
{
	return (struct vm){
		.code_count = PACKET_CODE_MAX, .pad = machine->pad,
		.pad_count = sizeof(machine->pad) / PACKET_WORD_SIZE,
		.env = machine->env
	};
}

static double
run_machine(void *arg, unsigned count)
{
	struct machine *machine = arg;
	struct vm vm = start_machine(machine);
	unsigned steps = 0;
	double start = bench_now_ns();

	for (unsigned i = 0; i < count; i++) {
		vm.code = machine->code[i % machine->codes];
		if (machine->plain)
			plain_run(&vm);
		else
			vm_run(&vm);
		steps += vm.steps;
	}
	if (steps != count * PACKET_CODE_MAX)
		cli_die(cli, CLI_BUG, "a program did not run to its end");
	return bench_now_ns() - start;
}

/* What does something else is not comparable. */
static void
compare_machines(struct machine *machine, struct machine *plain)
{
	struct vm a = start_machine(machine), b = start_machine(plain);

	for (unsigned i = 0; i < machine->codes; i++) {
		a.code = machine->code[i];
		b.code = plain->code[i];
		vm_run(&a);
		if (!plain_run(&b) || a.steps != b.steps ||
		    a.change != b.change || memcmp(a.r, b.r, sizeof(a.r)) ||
		    memcmp(a.pad, b.pad, sizeof(machine->pad)))
			cli_die(cli, CLI_BUG, "the plain interpreter differs");
	}
}

static void
measure_machine(const struct bench *bench)
{
	enum { CASES = 2 * (KINDS + 1) };
	static struct machine machines[CASES];
	struct bench_case cases[CASES] = {0};

	for (unsigned i = 0; i < CASES; i++) {
		unsigned kind = i / 2;
		bool plain = i % 2 == 0;

		make_machine(&machines[i], kind, plain);
		snprintf(cases[i].what, sizeof(cases[i].what), "%s%s",
			kind < KINDS ? kinds[kind].name : "sixteen in turn",
			plain ? ", plain" : "");
		cases[i].at = PACKET_CODE_MAX;
		cases[i].work = run_machine;
		cases[i].arg = &machines[i];
		cases[i].parts = PACKET_CODE_MAX;
		if (!plain) {
			cases[i].over = &cases[i - 1];
			compare_machines(&machines[i], &machines[i - 1]);
		}
	}
	bench_title(bench, 0, "an instruction, of a run of 128");
	bench_cases(bench, 0, "ns/instruction", cases, CASES);
}

/*
 * Row 1.
 */

enum { CHUNK = 64, BURST = 32 };

struct packet {
	struct packet_header header;
	uint8_t bytes[128];
};

/* One operation, on either side, one packet at a time or in bursts. */
struct side {
	struct node *node;
	struct packets packets;
	struct node_visit visit;
	uint64_t groups, random;	/* groups: of keys, in the store */
	bool native, burst, private;
	struct packet *chunk;
};

static uint8_t *
pad_of(const struct side *side, struct packet *packet)
{
	return packet->bytes + (side->native ? (size_t)PACKET_HEADER_SIZE :
		packet_pad_off(side->packets.wasp_header.code_count));
}

static void
fill_chunk(struct side *side, unsigned count)
{
	const struct packets *p = &side->packets;

	for (unsigned i = 0; i < count; i++) {
		struct packet *packet = &side->chunk[i];
		uint64_t random = packets_random(&side->random);
		uint8_t *pad = pad_of(side, packet);

		packet->header = side->native ? p->esp_header : p->wasp_header;
		memcpy(packet->bytes, side->native ? p->esp : p->wasp,
			side->native ? p->esp_size : p->wasp_size);
		packets_vary(p, pad, (random >> 32) % side->groups,
			(uint32_t)random);
		if (side->private)
			pad[0] |= KEY_PRIVATE << 6;
	}
}

static void
run_packet(struct side *side, struct packet *packet)
{
	if (side->native) {
		struct esp_outcome outcome;

		esp_run(side->node->store, packet->bytes, &packet->header,
			NOW, &outcome);
	} else {
		struct node_outcome outcome;

		node_run(side->node, packet->bytes, &packet->header,
			&side->visit, &outcome);
	}
}

/*
 * A burst: first the memory of what each packet will ask for begins to come, a
 * bucket's first line, then the entry's; then they run.
 */
static void
run_burst(struct side *side, struct packet *packets, unsigned count)
{
	struct ess *store = side->node->store;
	uint64_t prefetched[BURST];
	bool known[BURST];

	for (unsigned i = 0; i < count; i++) {
		struct packet *packet = &packets[i];
		uint64_t name = 0;

		if (side->native)
			name = packet_get64(packet->bytes + PACKET_HEADER_SIZE);
		known[i] = side->native || node_first_name(packet->bytes,
			&packet->header, &name);
		if (known[i])
			prefetched[i] = ess_prefetch(store, name);
	}
	for (unsigned i = 0; i < count; i++)
		if (known[i])
			ess_prefetch_entry(store, prefetched[i]);
	for (unsigned i = 0; i < count; i++)
		run_packet(side, &packets[i]);
}

/* Callgrind counts what happens in here, see bench/callgrind.sh. */
static void __attribute__((noinline))
run_chunk(struct side *side, unsigned count)
{
	for (unsigned i = 0; i < count; i += BURST)
		if (side->burst)
			run_burst(side, &side->chunk[i],
				count - i < BURST ? count - i : BURST);
	for (unsigned i = 0; i < count && !side->burst; i++)
		run_packet(side, &side->chunk[i]);
}

static double
run_side(void *arg, unsigned count)
{
	struct side *side = arg;
	double spent = 0;

	while (count > 0) {
		unsigned some = count < CHUNK ? count : CHUNK;
		double start;

		fill_chunk(side, some);
		start = bench_now_ns();
		run_chunk(side, some);
		spent += bench_now_ns() - start;
		count -= some;
	}
	return spent;
}

/* Every entry as the operation wants it at first. */
static void
fill_store(const struct side *side, uint64_t entries)
{
	const struct packets *p = &side->packets;
	struct ess *store = side->node->store;
	struct ess_span span;

	for (uint64_t i = 0; i < entries; i++) {
		uint64_t name = packets_key(i);

		if (side->private) {
			uint8_t key[KEY_SIZE];

			packet_put64(key, key_in_space(KEY_PRIVATE, name));
			name = node_key_name(side->node, p->wasp +
				PACKET_HEADER_SIZE, ISA_INSN_SIZE *
				(size_t)p->wasp_header.code_count, key);
		}
		if (ess_insert(store, name, NOW, &span, NULL) == ESS_NONE)
			cli_die(cli, CLI_BUG, "there is no room in the store");
		ess_unmap(store, &span, NOW, p->entry);
	}
}

static void
make_side(struct side *side, struct node *node, enum esp_op op,
	struct packet *chunk, uint64_t entries)
{
	*side = (struct side){
		.node = node, .random = 88172645463325252, .chunk = chunk,
		.groups = entries / esp_infos[op].keys,
		.visit = {.hook = NODE_INGRESS, .now_ns = NOW,
			.access_max = ISA_ACCESS_MAX}
	};
	if (!packets_make(&side->packets, op, EXAMPLES_DIR))
		cli_die(cli, CLI_INPUT, "%s: %s.wasp can not be used",
			EXAMPLES_DIR, esp_infos[op].program);
	if (side->packets.wasp_size > sizeof(chunk->bytes))
		cli_die(cli, CLI_BUG, "a packet is too long");
}

static struct node
new_node(uint64_t entries)
{
	static const uint8_t secret[KEY_SECRET_SIZE] = {7, 6, 5};
	struct node node = {.store = ess_new(entries, secret)};

	if (!node.store)
		cli_die(cli, CLI_SYSTEM, "no memory for %llu entries",
			(unsigned long long)entries);
	return node;
}

enum { NATIVE, WASP, NATIVE_BURST, WASP_BURST, SIDES };
static const char *const side_names[SIDES] = {
	"native", "wasp", "native, bursts", "wasp, bursts"
};

/* Both sides of an operation in one store; private: in keys of its own. */
static void
measure_op(const struct bench *bench, struct node *node, enum esp_op op,
	bool private, uint64_t entries)
{
	struct packet chunk[CHUNK];
	struct side sides[SIDES];
	struct bench_case cases[SIDES] = {0};

	for (unsigned i = 0; i < SIDES; i++) {
		make_side(&sides[i], node, op, chunk, entries);
		sides[i].native = i == NATIVE || i == NATIVE_BURST;
		sides[i].burst = i >= NATIVE_BURST;
		sides[i].private = private && i == WASP;
		sides[i].random += i;	/* never what the other just touched */
		if (i == NATIVE || sides[i].private)
			fill_store(&sides[i], entries);
		snprintf(cases[i].what, sizeof(cases[i].what), "%s %s%s",
			esp_infos[op].name, sides[i].private ? "private " : "",
			side_names[i]);
		cases[i].at = (double)entries;
		cases[i].work = run_side;
		cases[i].arg = &sides[i];
		cases[i].over = !sides[i].native ? &cases[i - 1] : NULL;
	}
	bench_cases(bench, 1, "ns", cases, private ? NATIVE_BURST : SIDES);
}

static void
measure_ops(const struct bench *bench, uint64_t entries_max)
{
	static const uint64_t sizes[] = {1000, 30000, 1000000, 16777216};

	bench_title(bench, 1, "a packet, by live entries");
	for (unsigned i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct node node;

		if (sizes[i] > entries_max)
			continue;
		node = new_node(2 * sizes[0] + sizes[i]);
		for (unsigned op = 0; op < ESP_OP_COUNT; op++)
			measure_op(bench, &node, op, false, sizes[i]);
		if (i == 0)
			measure_op(bench, &node, ESP_RCHLD, true, sizes[i]);
		ess_free(node.store);
	}
	if (entries_max < sizes[3])
		bench_note(bench, 1, "stores of more than %llu entries were "
			"not asked for", (unsigned long long)entries_max);
}

/*
 * Row 7: COUNT in one store, by one and by two threads; each of its own entries
 * out of many, or both of one.
 */
static void
measure_scaling(const struct bench *bench, uint64_t entries)
{
	static struct packet chunks[SCALE_CPUS_MAX][CHUNK];
	struct node node = new_node(entries);
	struct side sides[SCALE_CPUS_MAX];
	struct scale scales[SCALE_CPUS_MAX];
	uint64_t groups[] = {entries, 1};

	bench_title(bench, 7, "a packet, by threads");
	for (unsigned g = 0; g < 2; g++) {
		struct bench_case cases[SCALE_CPUS_MAX] = {0};

		for (unsigned i = 0; i < scale_cpus(); i++) {
			make_side(&sides[i], &node, ESP_COUNT, chunks[i],
				entries);
			sides[i].groups = groups[g];
			sides[i].random += i;
			scales[i] = (struct scale){.work = run_side,
				.cpus = i + 1, .args = {&sides[0], &sides[1]}};
			snprintf(cases[i].what, sizeof(cases[i].what),
				"count wasp, %s", g ? "one entry" :
				"many entries");
			cases[i].at = i + 1;
			cases[i].work = scale_run;
			cases[i].arg = &scales[i];
			cases[i].over = i ? &cases[0] : NULL;
		}
		fill_store(&sides[0], groups[g]);
		if (!bench_measure(cases, scale_cpus(), (struct bench_effort){
			bench->effort.rounds, 10 * bench->effort.batch_ns, 0}))
			cli_die(cli, CLI_SYSTEM, "out of memory");
		bench_invert(cases, scale_cpus());
		bench_results(bench, 7, "packets/s", cases, scale_cpus());
	}
	if (scale_cpus() == 1)
		bench_note(bench, 7, "there is only one processor");
	ess_free(node.store);
}

/* One side of one operation, for callgrind. */
static void
run_only(const struct only *only)
{
	enum { ENTRIES_HOT = 1000 };
	struct node node = new_node(ENTRIES_HOT);
	struct packet chunk[CHUNK];
	struct side side;
	unsigned op = 0;

	while (op < ESP_OP_COUNT && strcmp(esp_infos[op].name, only->operation))
		op++;
	if (op == ESP_OP_COUNT)
		cli_misuse(cli, "'%s' is no operation", only->operation);
	make_side(&side, &node, op, chunk, ENTRIES_HOT);
	side.native = only->native;
	fill_store(&side, ENTRIES_HOT);
	run_side(&side, only->runs);
	ess_free(node.store);
}

int
main(int argc, char **argv)
{
	struct settings settings = {.entries = 16777216, .only.runs = 1000};
	struct bench bench;

	bench_begin(&bench, cli, argc, argv, take_option, &settings);
	if (settings.only.operation) {
		run_only(&settings.only);
		return bench_end(&bench);
	}
	if (bench.quick)
		settings.entries = 1000;
	measure_machine(&bench);
	measure_ops(&bench, settings.entries);
	measure_scaling(&bench, bench.quick ? 1000 : 1000000);
	return bench_end(&bench);
}
