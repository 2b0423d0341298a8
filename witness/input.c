/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a run depends on, and what each of it can be; see witness-int.h.  The
 * node's part is wasp-run's simulated node, with its defaults.
 */
#include "witness/witness-int.h"

#include <string.h>

enum {
	FREE_MAX = 1 << 20,
	IF_MAX = 64,
	MTU_MIN = 68,
	MTU_MAX = 65535,
	FILLER = 1		/* the name of an entry that only takes room */
};
#define TIME_MAX_NS ((uint64_t)INT64_MAX - 1000000000)

static const struct sim_config ordinary = WITNESS_SIM_DEFAULT;

static void
put_header(struct witness_input *input)
{
	packet_put_header(input->wasp, &input->header);
	packet_set_checksum(input->wasp, packet_size(input->header.code_count,
		input->header.pad_count));
	input->header.checksum = packet_get16(input->wasp +
		PACKET_OFF_CHECKSUM);
}

static uint8_t *
word_at(struct witness_input *input, unsigned n)
{
	return input->wasp + packet_pad_off(input->header.code_count) +
		PACKET_WORD_SIZE * (size_t)n;
}

static uint64_t
key_words(const struct object *object)
{
	uint64_t keys = 0;

	for (unsigned pc = 0; pc < object->header.code_count; pc++) {
		uint16_t word = packet_insn(object->packet, pc);
		enum isa_op op = isa_decode(word);

		if (op != ISA_ILLEGAL && op != ISA_INVITE &&
		    isa_insns[op].effects & ISA_STORE)
			keys |= UINT64_C(1) << isa_operand_of(word, op,
				ISA_KIND_KEY);
	}
	return keys;
}

void
input_start(struct witness_input *input, struct input_rules *rules,
	const struct object *object)
{
	const struct notes *notes = &object->notes;

	*input = (struct witness_input){.header = object->header,
		.hop_limit = PACKET_RETURN_HOP_LIMIT,
		.sim = ordinary};
	input->sim.capacity = SEARCH_CAPACITY;
	memcpy(input->wasp, object->packet, object->size);
	for (unsigned i = 0; i < notes->random_count; i++) {
		uint64_t key = key_in_space(notes->randoms[i].space,
			sim_draw(0, notes->randoms[i].first));

		packet_put64(word_at(input, notes->randoms[i].first), key);
	}
	input_default_address(input, false);
	input_default_address(input, true);
	input->header.hops = 0;
	input->header.status &= (uint8_t)~PACKET_STATUS_FAULT;
	input->header.fault_pc = 0;
	input->hook = input->header.flags & PACKET_FLAG_INGRESS ?
		NODE_INGRESS : NODE_EGRESS;
	put_header(input);
	*rules = (struct input_rules){.written = packet_words_written(
		object->packet, &object->header)};
	rules->spaces = key_words(object) & ~rules->written;
}

bool
input_set_word(struct witness_input *input, const struct input_rules *rules,
	unsigned n, uint32_t value)
{
	uint8_t *p;

	if (n >= input->header.pad_count || !(rules->chosen >> n & 1))
		return false;
	p = word_at(input, n);
	if (rules->spaces >> n & 1 && (packet_get32(p) ^ value) >> 30)
		return false;
	packet_put32(p, value);
	put_header(input);
	return true;
}

bool
input_set_cursor(struct witness_input *input, unsigned cursor)
{
	if (cursor > input->header.pad_count)
		return false;
	input->header.cursor = (uint8_t)cursor;
	put_header(input);
	return true;
}

bool
input_set_hook(struct witness_input *input, enum node_hook hook)
{
	unsigned flag = hook == NODE_INGRESS ? PACKET_FLAG_INGRESS :
		hook == NODE_EGRESS ? PACKET_FLAG_EGRESS : 0;

	if (!(input->header.flags & flag))
		return false;
	input->hook = hook;
	return true;
}

bool
input_set_back(struct witness_input *input, bool back)
{
	if (back && !(input->header.flags & PACKET_FLAG_BACK))
		return false;
	input->header.flags &= (uint8_t)~PACKET_FLAG_RETURNED;
	if (back)
		input->header.flags |= PACKET_FLAG_RETURNED;
	put_header(input);
	return true;
}

static bool
override(struct witness_input *input, enum isa_env field, uint32_t value)
{
	input->sim.overridden[field] = true;
	input->sim.env[field] = value;
	return true;
}

static bool
override_range(struct witness_input *input, enum isa_env field,
	uint32_t value, uint32_t min, uint32_t max)
{
	return value >= min && value <= max && override(input, field, value);
}

void
input_default_address(struct witness_input *input, bool destination)
{
	static const char *const addresses[2][2] = {
		{"198.51.100.1", "203.0.113.1"},
		{"2001:db8:1::1", "2001:db8:2::1"}};

	ip_addr_parse(addresses[input->v6][destination],
		destination ? input->dst : input->src);
}

/*
 * A word of an address that a source or destination can have.  Any word but the
 * last of an IPv4 address makes it one of IPv6, and the other one too.
 */
static bool
set_address(struct witness_input *input, bool destination, unsigned n,
	uint32_t value)
{
	struct witness_input changed = *input;
	uint8_t *addr = destination ? changed.dst : changed.src;

	if (n < 3 && !changed.v6) {
		changed.v6 = true;
		input_default_address(&changed, false);
		input_default_address(&changed, true);
	}
	packet_put32(addr + PACKET_WORD_SIZE * n, value);
	if (!ip_addr_returnable(addr) ||
	    ip_addr_is_v4(addr) == changed.v6)
		return false;
	*input = changed;
	return true;
}

/* This node's own address: likewise, but the family is the packet's. */
static bool
set_node(struct witness_input *input, unsigned n, uint32_t value)
{
	if (value == ISA_ENV_UNKNOWN) {
		for (unsigned i = 0; i < 4; i++)
			override(input, ISA_ENV_NODE0 + i, value);
		return true;
	}
	if (n < 3 && !input->v6)
		return false;
	return (n > 0 || value >> 24 != 0xff) &&
		override(input, ISA_ENV_NODE0 + n, value);
}

/* The clock is one, so its three fields can not be chosen apart. */
static bool
set_time(struct witness_input *input, enum isa_env field, uint32_t value)
{
	uint64_t unit = field == ISA_ENV_TIME_NS ? 1 :
		field == ISA_ENV_TIME_US ? 1000 : 1000000000;
	uint64_t now = input->sim.time_ns / unit, then;

	then = (now & ~(uint64_t)UINT32_MAX) | value;
	if (then > TIME_MAX_NS / unit)
		return false;
	input->sim.time_ns = then * unit + input->sim.time_ns % unit;
	return true;
}

static bool
set_hops(struct witness_input *input, uint32_t value)
{
	bool counts = node_counts_hop(&input->header, input->hook);

	if (value > UINT8_MAX || value < counts)
		return false;
	input->header.hops = (uint8_t)(value - counts);
	put_header(input);
	return true;
}

static bool
set_number(struct witness_input *input, uint16_t *field, uint32_t value)
{
	if (value > UINT16_MAX)
		return false;
	*field = (uint16_t)value;
	put_header(input);
	return true;
}

static bool
set_role(struct witness_input *input, uint32_t value)
{
	if (value < NODE_CLIENT || value > NODE_INTERNAL)
		return false;
	input->sim.role = (enum node_role)value;
	if (input->sim.is_operator)
		return true;
	return override(input, ISA_ENV_ROLE, value);
}

/* What is not told to everybody can always be unknown. */
static bool
may_be_unknown(enum isa_env field)
{
	return isa_envs[field].who != ISA_WHO_ALL;
}

bool
input_set_env(struct witness_input *input, enum isa_env field, uint32_t value)
{
	bool egress = input->hook == NODE_EGRESS;
	uint8_t least_ttl = egress ? 1 : 2;

	if (value == ISA_ENV_UNKNOWN && may_be_unknown(field) &&
	    (field < ISA_ENV_NODE0 || field > ISA_ENV_NODE3))
		return override(input, field, value);
	switch (field) {
	case ISA_ENV_HOOK:
		return input_set_hook(input, (enum node_hook)value);
	case ISA_ENV_BACK:
		return value <= 1 && input_set_back(input, value);
	case ISA_ENV_LOCAL:
		return override_range(input, field, value, 0, !egress);
	case ISA_ENV_LAST:
		return egress && override_range(input, field, value, 0, 1);
	case ISA_ENV_NODE0 ... ISA_ENV_NODE3:
		return set_node(input, field - ISA_ENV_NODE0, value);
	case ISA_ENV_SRC0 ... ISA_ENV_SRC3:
		return set_address(input, false, field - ISA_ENV_SRC0, value);
	case ISA_ENV_DST0 ... ISA_ENV_DST3:
		return set_address(input, true, field - ISA_ENV_DST0, value);
	case ISA_ENV_FLOW0:
		return override_range(input, field, value, 0, UINT32_MAX >> 2);
	case ISA_ENV_IN_IF:
		return override_range(input, field, value, 1, IF_MAX);
	case ISA_ENV_OUT_IF:
		return egress && override_range(input, field, value, 1, IF_MAX);
	case ISA_ENV_ROLE:
		return set_role(input, value);
	case ISA_ENV_MTU:
		return override_range(input, field, value, MTU_MIN, MTU_MAX);
	case ISA_ENV_TTL:
		if (value < least_ttl || value > UINT8_MAX)
			return false;
		input->hop_limit = (uint8_t)value;
		return true;
	case ISA_ENV_LENGTH:
		return override_range(input, field, value,
			packet_size(input->header.code_count,
			input->header.pad_count) + (input->v6 ? 40 : 20),
			UINT16_MAX);
	case ISA_ENV_HOPS:
		return set_hops(input, value);
	case ISA_ENV_IDENT:
		return set_number(input, &input->header.ident, value);
	case ISA_ENV_SEQ:
		return set_number(input, &input->header.seq, value);
	case ISA_ENV_TIME_US:
	case ISA_ENV_TIME_NS:
	case ISA_ENV_TIME_S:
		return set_time(input, field, value);
	case ISA_ENV_TRANSIT:
		return egress && override(input, field, value);
	case ISA_ENV_FREE:
		return override_range(input, field, value, 0, FREE_MAX);
	default:	/* counters, random: any number */
		return override(input, field, value);
	}
}

static struct witness_entry *
find_entry(struct witness_input *input, uint64_t name)
{
	for (unsigned i = 0; i < input->entry_count; i++)
		if (input->entries[i].name == name)
			return &input->entries[i];
	return NULL;
}

static struct witness_entry *
make_entry(struct witness_input *input, uint64_t name)
{
	struct witness_entry *entry = find_entry(input, name);

	if (entry || input->entry_count == WITNESS_ENTRY_MAX ||
	    input->entry_count == input->sim.capacity)
		return entry;
	entry = &input->entries[input->entry_count++];
	*entry = (struct witness_entry){.name = name};
	return entry;
}

bool
input_set_entry(struct witness_input *input, uint64_t name, unsigned n,
	uint32_t value)
{
	struct witness_entry *entry = make_entry(input, name);

	if (entry)
		entry->words[n] = value;
	return entry != NULL;
}

static void
remove_entry(struct witness_input *input, uint64_t name)
{
	struct witness_entry *entry = find_entry(input, name);

	if (entry)
		*entry = input->entries[--input->entry_count];
}

/*
 * A store that is full when the access comes, or the least room for one that
 * was.
 */
static bool
refuse(struct witness_input *input, size_t live)
{
	if (live == 0 && !make_entry(input, FILLER))
		return false;
	input->sim.capacity = live ? live : 1;
	return input->entry_count <= input->sim.capacity;
}

/* The address that an invitation holds: another one of the packet's family. */
static bool
make_invitation(struct witness_input *input, uint64_t name)
{
	struct witness_entry *entry = make_entry(input, name);
	uint8_t addr[IP_ADDR_SIZE];

	ip_addr_parse(input->v6 ? "2001:db8:3::1" : "192.0.2.77", addr);
	for (unsigned i = 0; entry && i < IP_ADDR_SIZE / PACKET_WORD_SIZE; i++)
		entry->words[i] = packet_get32(addr + PACKET_WORD_SIZE * i);
	return entry != NULL;
}

static uint64_t
invitation_name(const struct witness_input *input, const struct access *access)
{
	bool follows = access->op == ISA_REROUTE;
	enum node_hook other = input->hook == NODE_INGRESS ?
		NODE_EGRESS : NODE_INGRESS;
	struct sim *sim = sim_new(&input->sim);
	uint64_t name;

	if (!sim)
		return 0;
	name = sim_invitation_name(sim, input->hook,
		input->header.flags & PACKET_FLAG_RETURNED,
		follows ? other : input->hook, follows ?
		packet_get64(access->key) : key_of_secret(access->key));
	sim_free(sim);
	return name;
}

/* invite and reroute: nobody's packet, or one that may. */
static bool
set_invitation(struct witness_input *input, const struct access *access,
	uint32_t result)
{
	uint64_t name = invitation_name(input, access);

	input->sim.capacity = SEARCH_CAPACITY;
	remove_entry(input, name);
	if (result == 0)
		return access->op == ISA_REROUTE ||
			input_set_back(input, true) ||
			refuse(input, access->live);
	input_set_back(input, false);
	if (access->op == ISA_REROUTE)
		return make_invitation(input, name);
	if (input->hook == NODE_EGRESS)
		input->sim.role = NODE_CLIENT;
	return result == 2 || make_invitation(input, name);
}

bool
input_set_result(struct witness_input *input, const struct access *access,
	uint32_t result)
{
	bool is_protected = key_space(access->name) == KEY_PROTECTED;

	if (!access->named)
		return set_invitation(input, access, result);
	input->sim.capacity = SEARCH_CAPACITY;
	if (access->op == ISA_INSERT && is_protected) {
		input->sim.is_operator = result != 0;
		if (result)
			input_set_back(input, false);
	}
	if (result == 1)
		return make_entry(input, access->name) != NULL;
	remove_entry(input, access->name);
	if (result == 0 && access->op == ISA_INSERT && !is_protected)
		return refuse(input, access->live);
	return true;
}

void
input_copy_header(struct witness_input *input,
	const struct witness_input *from)
{
	input->header = from->header;
	put_header(input);
}

bool
input_copy_word(struct witness_input *input, const struct witness_input *from,
	unsigned n)
{
	uint32_t value = packet_word(from->wasp, &from->header, n);

	if (packet_get32(word_at(input, n)) == value)
		return false;
	packet_put32(word_at(input, n), value);
	put_header(input);
	return true;
}

/* As wasp-run takes it from a capture. */
static bool
make_packet(const struct witness_input *input, struct sim *sim,
	struct sim_packet *packet)
{
	struct object object = {.header = input->header,
		.size = packet_size(input->header.code_count,
			input->header.pad_count)};
	uint8_t ip[WITNESS_IP_SIZE];
	struct sim_source source = {&object, ip, witness_ip(input, ip),
		IP_NUMBERS_DEFAULT};

	memcpy(object.packet, input->wasp, object.size);
	if (source.ip_size > 0)
		sim_packet_make(sim, &source, packet);
	return source.ip_size > 0;
}

static void
put_entries(struct sim *sim, const struct witness_input *input)
{
	for (unsigned i = 0; i < input->entry_count; i++) {
		const struct witness_entry *entry = &input->entries[i];
		uint8_t words[ENTRY_SIZE];

		for (unsigned n = 0; n < ISA_ENTRY_COUNT; n++)
			packet_put32(words + PACKET_WORD_SIZE * n,
				entry->words[n]);
		ess_restore(sim_store(sim, 1), entry->name,
			input->sim.time_ns, input->sim.time_ns, words);
	}
}

/* What a visit is told, and what it gave. */
struct visit {
	vm_trace *trace;		/* may be NULL */
	void *arg;
	struct node_outcome outcome;
	struct sim_packet packet;	/* as the run left it */
};

static void
begin(void *arg, const struct sim_run *run, const struct sim_packet *packet)
{
	(void)arg;
	(void)run;
	(void)packet;
}

static void
end(void *arg, const struct sim_run *run, const struct sim_packet *packet)
{
	struct visit *visit = arg;

	(void)packet;
	visit->outcome = run->outcome;
}

static void
step(struct vm *vm, void *arg)
{
	const struct visit *visit = arg;

	visit->trace(vm, visit->arg);
}

static bool
run(const struct witness_input *input, struct visit *visit)
{
	struct sim_watch watch = {.begin = begin, .end = end,
		.trace = visit->trace ? step : NULL, .arg = visit};
	struct sim *sim = sim_new(&input->sim);

	if (!sim)
		return false;
	put_entries(sim, input);
	if (make_packet(input, sim, &visit->packet))
		sim_visit(sim, input->hook, &visit->packet, &watch);
	sim_free(sim);
	return true;
}

bool
witness_run(const struct witness_input *input, vm_trace *trace,
	void *trace_arg, struct node_outcome *outcome)
{
	struct visit visit = {.trace = trace, .arg = trace_arg};

	if (!run(input, &visit))
		return false;
	*outcome = visit.outcome;
	return true;
}

bool
input_next_hop(struct witness_input *input, bool *no_memory)
{
	struct visit visit = {0};

	if (!run(input, &visit)) {
		*no_memory = true;
		return false;
	}
	if (!visit.outcome.executed || visit.outcome.fault ||
	    visit.outcome.verdict == VM_DROP)
		return false;
	memcpy(input->wasp, visit.packet.ip + visit.packet.info.wasp_off,
		visit.packet.info.wasp_size);
	input->header = visit.packet.info.wasp;
	return true;
}
