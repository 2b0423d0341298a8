/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Three machines, one answer: random programs, legal and not, with random
 * packets, stores and visits, run by the reference machine, by the one inside
 * the kernel, and by translations.  Verdict, fault, counts, every byte of the
 * packet, and the stores must be the same.
 *
 *	xdp-diff [-n CASES] [-p PACKETS] [-s SEED] [tc]
 *
 * A case is one packet at one hook; a program has 20 of them.  The first difference is printed, and ends
 * this with 1; 77: it can not be tried here.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/kernel-machine.h"
#include "wasp/hex.h"

enum {
	WORDS = 16,		/* of the scratchpad that code likes to use */
	CAPACITY_MAX = 12,
	STORE_MAX = 64,
	BRANCH_CODE = 5,	/* instructions of map_and_branch */
	MACHINES = 3
};
static const char *const names[MACHINES] = {"reference", "interpreter",
	"translation"};

/* An entry of a store. */
struct entry {
	uint64_t key, created_ns;
	uint8_t words[ENTRY_SIZE];
};

/* A machine, and what it has made of the packet. */
struct machine {
	struct kernel *kernel;		/* NULL: the reference */
	struct node node;
	struct packet_header header;
	uint8_t packet[PACKET_SIZE_MAX];
	struct node_outcome outcome;
	struct entry store[STORE_MAX];
	unsigned entry_count;
};

struct diff {
	uint64_t random;
	struct machine machines[MACHINES];
	uint8_t packet[PACKET_SIZE_MAX];	/* before */
	struct packet_header header;
	size_t size;
	struct node_visit visit;
	struct engine_targets targets;
	uint64_t now_ns;
	unsigned packets;		/* of one program */
	unsigned long cases, faults, maps;
};

/* Numbers */

static uint32_t
draw(struct diff *d)
{
	d->random = d->random * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (uint32_t)(d->random >> 32);
}

static unsigned
below(struct diff *d, unsigned limit)
{
	return draw(d) % limit;
}

/* Often small, sometimes the largest. */
static uint32_t
draw_word(struct diff *d)
{
	switch (below(d, 4)) {
	case 0:
		return below(d, 4);
	case 1:
		return UINT32_MAX - below(d, 4);
	default:
		return draw(d) >> below(d, 32);
	}
}

/* Programs */

/* An operand: few words and keys, near jumps, so that there is much to meet. */
static int32_t
draw_operand(struct diff *d, struct isa_operand operand)
{
	int32_t min, max;

	isa_operand_range(operand, &min, &max);
	if (operand.kind == ISA_KIND_FIELD)
		max = ISA_ENV_COUNT - 1;
	else if (operand.kind == ISA_KIND_WORD && below(d, 16))
		max = WORDS - 1;
	else if (operand.kind == ISA_KIND_KEY && below(d, 16))
		max = WORDS / 2;
	else if (operand.kind == ISA_KIND_DISP && below(d, 8))
		max = 7;
	else if (operand.kind == ISA_KIND_REG && below(d, 4))
		max = 2;
	return min + (int32_t)below(d, (unsigned)(max - min + 1));
}

/*
 * Any instruction, but what ends the run seldom, and what has to do with the
 * mapped entry, and with whether there is one, more often.
 */
static enum isa_op
draw_op(struct diff *d)
{
	static const enum isa_op often[] = {ISA_MOV_TR, ISA_MOV_RT, ISA_LD_T,
		ISA_BZ, ISA_BNZ, ISA_LDI, ISA_INSERT, ISA_LOOKUP};
	enum isa_op op;

	if (below(d, 3) == 0)
		return often[below(d, sizeof(often) / sizeof(*often))];
	do
		op = (enum isa_op)below(d, ISA_OP_COUNT);
	while (isa_insns[op].effects & ISA_END && op != ISA_JMP &&
		below(d, 8));
	return op;
}

static uint16_t
draw_operands(struct diff *d, enum isa_op op)
{
	uint16_t word = isa_insns[op].word;

	for (unsigned i = 0; i < ISA_OPERAND_MAX; i++)
		if (isa_insns[op].operand[i].kind != ISA_KIND_NO)
			isa_operand_put(&word, isa_insns[op].operand[i],
				draw_operand(d, isa_insns[op].operand[i]));
	return word;
}

static uint16_t
draw_insn(struct diff *d)
{
	return draw_operands(d, draw_op(d));
}

/* So that entries are there to be worked with. */
static void
map_early(struct diff *d, uint8_t *code)
{
	uint16_t word = isa_insns[below(d, 3) ? ISA_INSERT : ISA_LOOKUP].word;

	packet_put16(code, (uint16_t)(word | below(d, ISA_REG_COUNT) << 9 |
		below(d, WORDS / 2)));
}

/*
 * Two ways that meet, of which one has written to the entry, before both do: what
 * is known of the one must not be believed of the other.
 */
static void
map_and_branch(struct diff *d, uint8_t *code)
{
	enum isa_op branch = below(d, 2) ? ISA_BZ : ISA_BNZ;
	const enum isa_op ops[] = {ISA_INSERT, ISA_LD_R, branch, ISA_MOV_TR,
		ISA_MOV_TR};

	for (unsigned pc = 0; pc < BRANCH_CODE; pc++) {
		uint16_t word = draw_operands(d, ops[pc]);

		if (ops[pc] == branch)
			isa_operand_put(&word, isa_insns[branch].operand[1], 1);
		packet_put16(code + ISA_INSN_SIZE * pc, word);
	}
}

static void
draw_code(struct diff *d)
{
	uint8_t *code = d->packet + PACKET_HEADER_SIZE;
	unsigned count = 1 + below(d, below(d, 4) ? 24 : PACKET_CODE_MAX);
	unsigned wild = below(d, 4) ? 0 : 1 + below(d, 30);

	d->header.code_count = (uint8_t)count;
	d->header.pad_count = (uint8_t)(below(d, 4) ? WORDS :
		below(d, PACKET_PAD_MAX + 1));
	memset(code, 0, packet_code_size(count));
	for (unsigned pc = 0; pc < count; pc++)
		packet_put16(code + ISA_INSN_SIZE * pc, wild &&
			below(d, wild) == 0 ? (uint16_t)draw(d) :
			draw_insn(d));
	if (count >= BRANCH_CODE && below(d, 4) == 0)
		map_and_branch(d, code);
	else if (below(d, 4))
		map_early(d, code);
	d->size = packet_size(count, d->header.pad_count);
}

/* Packets and visits */

/* Few keys, of all four spaces, so that packets meet. */
static void
draw_scratchpad(struct diff *d)
{
	uint8_t *pad = d->packet + packet_pad_off(d->header.code_count);

	for (unsigned n = 0; n < d->header.pad_count; n++)
		packet_put32(pad + PACKET_WORD_SIZE * n, n >= WORDS ||
			below(d, 2) ? draw_word(d) : n & 1 ? below(d, 3) :
			below(d, 4) << 30 & (below(d, 3) ? 0xffffffff : 0));
}

static void
draw_header(struct diff *d)
{
	struct packet_header *h = &d->header;

	h->flags = (uint8_t)(below(d, 8) ? PACKET_FLAG_INGRESS |
		PACKET_FLAG_EGRESS : below(d, 16));
	if (below(d, 8) == 0)
		h->flags |= PACKET_FLAG_RETURNED | PACKET_FLAG_BACK;
	h->next_header = PACKET_NEXT_NONE;
	h->cursor = (uint8_t)(below(d, 8) ? below(d, WORDS + 2) : draw(d));
	h->hops = (uint8_t)(below(d, 8) ? below(d, 4) : 253 + below(d, 3));
	h->status = (uint8_t)(below(d, 16) ? below(d, 4) << 6 : draw(d));
	h->fault_pc = (uint8_t)(below(d, 8) ? 0 : below(d, 128));
	h->rerouted = below(d, 8) == 0;
	h->checksum = (uint16_t)draw(d);
	h->ident = (uint16_t)draw(d);
	h->seq = (uint16_t)draw(d);
	packet_put_header(d->packet, h);
	if (below(d, 4))
		packet_set_checksum(d->packet, d->size);
	packet_parse(d->packet, d->size, h);
}

static bool
may_reroute(void *arg, const uint8_t to[IP_ADDR_SIZE],
	uint32_t env[ISA_ENV_COUNT])
{
	const struct diff *d = arg;

	return engine_may_reroute(&d->targets, to, env);
}

static void
draw_visit(struct diff *d)
{
	struct node_visit *v = &d->visit;

	d->now_ns += below(d, 4) ? below(d, 1000) :
		below(d, 4) * (ENTRY_LIFE_NS / 3);
	*v = (struct node_visit){
		.hook = below(d, 2) ? NODE_EGRESS : NODE_INGRESS,
		.now_ns = d->now_ns,
		.access_max = below(d, 8) ? ISA_ACCESS_MAX : below(d, 256),
		.is_operator = below(d, 2), .may_invite = below(d, 4) != 0,
		.interface = 1 + below(d, 2),
		.may_reroute = may_reroute, .reroute_arg = d};
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++)
		v->env[i] = below(d, 4) ? draw_word(d) : ISA_ENV_UNKNOWN;
	memset(v->src, (int)below(d, 3), IP_ADDR_SIZE);
	d->targets.count = below(d, 3);
	for (unsigned i = 0; i < d->targets.count; i++) {
		memset(d->targets.list[i].to, (int)i, IP_ADDR_SIZE);
		d->targets.list[i].local = below(d, 2);
		packet_put64(d->targets.list[i].flow,
			(uint64_t)draw(d) << 32 | draw(d));
	}
}

/* Machines */

static struct ess *
new_store(const struct machine *m, uint32_t capacity)
{
	static const uint8_t secret[KEY_SECRET_SIZE] = {1, 2, 3};

	return m->kernel ? kernel_store(m->kernel, capacity) :
		ess_new(capacity, secret);
}

static void
renew_stores(struct diff *d)
{
	uint32_t capacity = 1 + below(d, CAPACITY_MAX);

	d->now_ns = 1;
	for (int i = 0; i < MACHINES; i++) {
		struct machine *m = &d->machines[i];

		ess_free(m->node.store);
		m->node.store = new_store(m, capacity);
		if (!m->node.store)
			exit(1);
	}
}

static void
add_entry(void *arg, uint64_t key, uint64_t created_ns,
	const uint8_t words[ENTRY_SIZE])
{
	struct machine *m = arg;
	struct entry *entry = &m->store[m->entry_count++];

	*entry = (struct entry){key, created_ns, {0}};
	memcpy(entry->words, words, ENTRY_SIZE);
}

static int
by_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

static void
run(struct diff *d, struct machine *m)
{
	struct node_visit visit = d->visit;

	memcpy(m->packet, d->packet, d->size);
	m->header = d->header;
	if (m->kernel)
		kernel_run(m->kernel, &m->node, m->packet, &m->header, &visit,
			&d->targets, &m->outcome);
	else
		node_run(&m->node, m->packet, &m->header, &visit,
			&m->outcome);
	m->entry_count = 0;
	ess_each(m->node.store, d->now_ns, add_entry, m);
	qsort(m->store, m->entry_count, sizeof(*m->store), by_key);
}

/* What differs, or NULL. */
static const char *
compare(const struct diff *d, const struct machine *a, const struct machine *b)
{
	const struct node_outcome *x = &a->outcome, *y = &b->outcome;

	if (x->executed != y->executed)
		return "whether it runs";
	if (memcmp(a->packet, b->packet, d->size))
		return "the packet";
	if (a->entry_count != b->entry_count || memcmp(a->store, b->store,
	    a->entry_count * sizeof(*a->store)))
		return "the store";
	if (!x->executed)
		return NULL;
	if (x->verdict != y->verdict || x->rerouted != y->rerouted)
		return "the verdict";
	if (x->fault != y->fault || (x->fault && x->fault_pc != y->fault_pc))
		return "the fault";
	if (x->steps != y->steps || x->cost != y->cost ||
	    x->accesses != y->accesses)
		return "what is counted";
	if (x->rerouted && memcmp(x->reroute_to, y->reroute_to, IP_ADDR_SIZE))
		return "where it is rerouted to";
	return NULL;
}

/* Telling */

static void
print_packet(const struct diff *d, const char *name, const uint8_t *packet)
{
	char text[2 * PACKET_SIZE_MAX + 1];

	printf("%-12s %s\n", name, hex_text(text, packet, d->size));
}

static void
print_machine(const struct diff *d, int i)
{
	const struct machine *m = &d->machines[i];
	const struct node_outcome *o = &m->outcome;

	print_packet(d, names[i], m->packet);
	printf("%-12s executed %d verdict %d fault %d at %u, %u steps, "
		"cost %u, %u accesses, rerouted %d, %u entries\n", "",
		o->executed, (int)o->verdict, (int)o->fault, o->fault_pc,
		o->steps, o->cost, o->accesses, o->rerouted, m->entry_count);
}

static void
print_difference(const struct diff *d, int i, const char *what)
{
	char text[ISA_TEXT_SIZE];

	printf("case %lu: the %s differs in %s\n", d->cases, names[i], what);
	print_packet(d, "before", d->packet);
	for (int k = 0; k < MACHINES; k++)
		print_machine(d, k);
	for (unsigned pc = 0; pc < d->header.code_count; pc++)
		printf("%4u  %s\n", pc, isa_print(text, sizeof(text),
			packet_insn(d->packet, pc), pc, NULL));
}

/* One packet of the program at a hook; false: not the same for all. */
static bool
try_packet(struct diff *d)
{
	draw_scratchpad(d);
	draw_header(d);
	draw_visit(d);
	d->cases++;
	for (int i = 0; i < MACHINES; i++) {
		const char *what;

		run(d, &d->machines[i]);
		what = compare(d, &d->machines[0], &d->machines[i]);
		if (what) {
			print_difference(d, i, what);
			return false;
		}
	}
	d->faults += d->machines[0].outcome.fault != ISA_FAULT_NONE;
	d->maps += d->machines[0].entry_count > 0;
	return true;
}

static bool
try_program(struct diff *d, unsigned long cases)
{
	draw_code(d);
	if (below(d, 4) == 0)
		renew_stores(d);
	for (unsigned i = 0; i < d->packets && d->cases < cases;
	    i++)
		if (!try_packet(d))
			return false;
	return true;
}

static void
open_machines(struct diff *d, const char *kind)
{
	struct kernel_setup setup = {.kind = kind, .loop = "loop"};

	d->machines[1].kernel = kernel_open(&setup);
	setup.translates = true;
	d->machines[2].kernel = kernel_open(&setup);
	for (int i = 0; i < MACHINES; i++)
		d->machines[i].node = (struct node){.private_secret = {2},
			.invite_secret = {3}};
	renew_stores(d);
}

static void
close_machines(struct diff *d)
{
	for (int i = 0; i < MACHINES; i++) {
		ess_free(d->machines[i].node.store);
		if (d->machines[i].kernel)
			kernel_close(d->machines[i].kernel);
	}
}

int
main(int argc, char **argv)
{
	static struct diff d = {.packets = 20};
	unsigned long cases = 10000;
	bool same = true;
	int c;

	while ((c = getopt(argc, argv, "n:p:s:")) != -1) {
		if (c == 'n')
			cases = strtoul(optarg, NULL, 0);
		else if (c == 'p')
			d.packets = (unsigned)strtoul(optarg, NULL, 0);
		else if (c == 's')
			d.random = strtoull(optarg, NULL, 0);
		else
			return 2;
	}
	open_machines(&d, optind < argc ? argv[optind] : "xdp");
	while (same && d.cases < cases)
		same = try_program(&d, cases);
	if (same)
		printf("%lu cases are the same; %lu faults, %lu with "
			"entries\n", d.cases, d.faults, d.maps);
	kernel_print_loads(d.machines[2].kernel, stdout);
	close_machines(&d);
	return !same;
}
