/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs, and what must come of them; see vector-int.h. */
#include "conform/vector-int.h"

#include <stdlib.h>
#include <string.h>

static const char *const hook_names[] = {NULL, PACKET_HOOK_NAMES};
static const char *const verdict_names[] = {VECTOR_VERDICT_NAMES};

/* Add an entry, or put it in the place of the one of its key. */
static void
store_put(struct vector_reader *reader, struct vector_store *store,
	const struct vector_entry *entry)
{
	unsigned i = 0;

	while (i < store->count && store->entries[i].key < entry->key)
		i++;
	if (i < store->count && store->entries[i].key == entry->key) {
		store->entries[i] = *entry;
		return;
	}
	if (store->count == VECTOR_ENTRIES_MAX) {
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"more than %d entries", VECTOR_ENTRIES_MAX);
		return;
	}
	memmove(&store->entries[i + 1], &store->entries[i],
		(store->count - i) * sizeof(*entry));
	store->entries[i] = *entry;
	store->count++;
}

void
statement_entry(struct vector_reader *reader, char **words)
{
	struct vector_entry entry = {.key = 0};
	uint64_t n;

	if (!vector_key(reader, words[0], &entry.key) ||
	    !vector_time(reader, words[1], &entry.created_ns))
		return;
	for (unsigned i = 0; words[2 + i]; i++)
		if (vector_number(reader, words[2 + i], UINT32_MAX, &n))
			packet_put32(entry.words + PACKET_WORD_SIZE * i,
				(uint32_t)n);
	store_put(reader, reader->place == PLACE_VECTOR ?
		&reader->vector->store : &reader->run->store, &entry);
}

/* What was expected of the run before goes on living, while it does. */
static void
keep_living(struct vector_store *store, uint64_t now_ns)
{
	unsigned count = 0;

	for (unsigned i = 0; i < store->count; i++)
		if (now_ns - store->entries[i].created_ns < ENTRY_LIFE_NS)
			store->entries[count++] = store->entries[i];
	store->count = count;
}

static void
check_times(struct vector_reader *reader, const struct vector_store *before,
	uint64_t last_ns)
{
	uint64_t now_ns = reader->run->now_ns;

	if (before->count > reader->vector->capacity)
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"more entries than the store has room for");
	if (now_ns < last_ns)
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"time never steps back");
	for (unsigned i = 0; i < before->count; i++)
		if (before->entries[i].created_ns > now_ns ||
		    (reader->vector->run_count == 1 && now_ns -
		    before->entries[i].created_ns >= ENTRY_LIFE_NS))
			vector_wrong(reader, DIAG_CONFORM_VALUE,
				"an entry of the store does not live then");
}

/* A run begins with what holds for all of the vector. */
static bool
begin_run(struct vector_reader *reader)
{
	struct vector *vector = reader->vector;
	struct vector_run *runs = reallocarray(vector->runs,
		vector->run_count + 1, sizeof(*runs));

	if (!runs)
		return vector_wrong(reader, DIAG_CONFORM_VECTOR, "no memory");
	vector->runs = runs;
	reader->run = &runs[vector->run_count++];
	*reader->run = reader->base;
	reader->run->line = reader->line;
	reader->set = reader->run;
	reader->place = PLACE_RUN;
	return true;
}

static const struct vector_run *
previous_run(const struct vector_reader *reader)
{
	return reader->vector->run_count > 1 ? reader->run - 1 : NULL;
}

void
statement_run(struct vector_reader *reader, char **words)
{
	const struct vector_run *last;
	int hook;

	vector_end_run(reader);
	if (reader->failed)
		return;
	hook = vector_choice(reader, words[0], hook_names, 1, 2);
	if (hook < 0 || !begin_run(reader))
		return;
	last = previous_run(reader);
	reader->run->hook = (enum vector_hook)hook;
	if (last)
		reader->run->now_ns = last->now_ns;
	for (words++; *words; words++)
		if (!strcmp(*words, "same")) {
			if (!last)
				vector_wrong(reader, DIAG_CONFORM_VALUE,
					"no run before this one");
			else
				reader->run->packet = last->after;
		} else {
			vector_time(reader, *words, &reader->run->now_ns);
		}
}

/* Protocol 253, no flow label, unless the vector says another flow. */
static uint64_t
flow_to(const struct vector_run *run, const uint8_t to[IP_ADDR_SIZE])
{
	struct ip_info info = {.protocol = PACKET_PROTOCOL};

	for (unsigned i = 0; i < IP_ADDR_SIZE / PACKET_WORD_SIZE; i++)
		packet_put32(info.src + PACKET_WORD_SIZE * i,
			run->env[ISA_ENV_SRC0 + i]);
	memcpy(info.dst, to, IP_ADDR_SIZE);
	return ip_flow_key(&info);
}

/* What the packet, the hook and the address say of the environment. */
static void
complete_env(struct vector_reader *reader)
{
	struct vector_run *run = reader->run;
	const uint8_t *p = run->packet.bytes;

	if (p[PACKET_OFF_FLAGS] & PACKET_FLAG_RETURNED && (run->is_operator ||
	    run->may_invite || run->target_count))
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"a packet on its way back has no rights");
	run->env[ISA_ENV_HOOK] = run->hook;
	run->env[ISA_ENV_BACK] = p[PACKET_OFF_FLAGS] & PACKET_FLAG_RETURNED;
	run->env[ISA_ENV_IDENT] = packet_get16(p + PACKET_OFF_IDENT);
	run->env[ISA_ENV_SEQ] = packet_get16(p + PACKET_OFF_SEQ);
	for (unsigned i = 0; i < run->target_count; i++)
		if (run->targets[i].flow == VECTOR_FLOW_DEFAULT)
			run->targets[i].flow = flow_to(run, run->targets[i].to);
	if (run->source[0] != UINT8_MAX)	/* no such address is unicast */
		return;
	for (unsigned i = 0; i < IP_ADDR_SIZE / PACKET_WORD_SIZE; i++)
		packet_put32(run->source + PACKET_WORD_SIZE * i,
			run->env[ISA_ENV_SRC0 + i]);
}

/* A run at the program's first hook, where no run was begun. */
static bool
have_run(struct vector_reader *reader)
{
	if (!reader->has_packet && !reader->failed)
		return vector_wrong(reader, DIAG_CONFORM_VECTOR,
			"a packet must be given first: program, words or "
			"packet");
	if (reader->place == PLACE_VECTOR) {
		if (!begin_run(reader))
			return false;
		reader->run->hook = (reader->run->packet.bytes[
			PACKET_OFF_FLAGS] & (PACKET_FLAG_INGRESS |
			PACKET_FLAG_EGRESS)) == PACKET_FLAG_EGRESS ?
			VECTOR_EGRESS : VECTOR_INGRESS;
	}
	return true;
}

/* hops, unless the vector says otherwise. */
static void
count_hop(struct vector_run *run)
{
	uint8_t *p = run->after.bytes;

	if ((run->hook == VECTOR_INGRESS ||
	    !(p[PACKET_OFF_FLAGS] & PACKET_FLAG_INGRESS)) &&
	    p[PACKET_OFF_HOPS] < UINT8_MAX)
		p[PACKET_OFF_HOPS]++;
}

/* The number of a fault by its name, or -1. */
static int
fault_number(struct vector_reader *reader, const char *word)
{
	const char *names[ISA_FAULT_LIMIT];
	char bufs[ISA_FAULT_LIMIT][ISA_FAULT_NAME_SIZE];

	for (unsigned i = 0; i < ISA_FAULT_LIMIT; i++)
		names[i] = isa_fault_name(i, bufs[i]);
	return vector_choice(reader, word, names, 1, ISA_FAULT_LIMIT - 1);
}

static char **
read_fault(struct vector_reader *reader, char **words)
{
	uint8_t *p = reader->run->after.bytes;
	int fault = words[0] ? fault_number(reader, words[0]) : -1;
	uint64_t pc;

	if (fault < 0 || !words[1] ||
	    !vector_number(reader, words[1], PACKET_CODE_MAX - 1, &pc)) {
		if (!reader->failed)
			vector_wrong(reader, DIAG_CONFORM_VALUE,
				"expect fault NAME PC");
		return words;
	}
	p[PACKET_OFF_STATUS] |= (uint8_t)fault;
	p[PACKET_OFF_FAULT_PC] |= (uint8_t)pc;
	return words + 2;
}

/* steps N cost N accesses N, each at most once. */
static void
read_counts(struct vector_reader *reader, char **words)
{
	static const char *const names[] = {"steps", "cost", "accesses"};
	struct vector_run *run = reader->run;
	unsigned *const counts[] = {&run->steps, &run->cost, &run->accesses};
	bool has_steps = false;
	uint64_t n;

	for (; words[0]; words += 2) {
		int which = vector_choice(reader, words[0], names, 0, 3);

		if (which < 0 || !words[1] ||
		    !vector_number(reader, words[1], UINT16_MAX, &n))
			break;
		*counts[which] = (unsigned)n;
		has_steps |= which == 0;
		reader->has_cost |= which == 1;
	}
	if ((words[0] || !has_steps) && !reader->failed)
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"expect VERDICT steps N [cost N] [accesses N]");
	if (!reader->has_cost)
		run->cost = run->steps;
}

void
statement_expect(struct vector_reader *reader, char **words)
{
	struct vector_run *run;
	const struct vector_run *last;
	int verdict;

	if (!have_run(reader))
		return;
	complete_env(reader);
	run = reader->run;
	last = previous_run(reader);
	run->store = last ? last->store : reader->vector->store;
	check_times(reader, &run->store, last ? last->now_ns : 0);
	keep_living(&run->store, run->now_ns);
	run->after = run->packet;
	reader->has_cost = reader->has_checksum = false;
	reader->place = PLACE_EXPECT;
	if (!strcmp(words[0], "nothing") && !words[1])
		return;
	run->executed = true;
	run->after.bytes[PACKET_OFF_FAULT_PC] &= PACKET_REROUTED;
	count_hop(run);
	if (!strcmp(words[0], "fault")) {
		words = read_fault(reader, words + 1);
	} else {
		verdict = vector_choice(reader, *words++, verdict_names, 0, 3);
		run->verdict = verdict < 0 ? VECTOR_FORWARD :
			(enum vector_verdict)verdict;
	}
	if (!reader->failed)
		read_counts(reader, words);
}

static void
read_byte(struct vector_reader *reader, const char *word, unsigned off)
{
	uint64_t n;

	if (vector_number(reader, word, UINT8_MAX, &n))
		reader->run->after.bytes[off] = (uint8_t)n;
}

void
statement_cursor(struct vector_reader *reader, char **words)
{
	read_byte(reader, words[0], PACKET_OFF_CURSOR);
}

void
statement_hops(struct vector_reader *reader, char **words)
{
	read_byte(reader, words[0], PACKET_OFF_HOPS);
}

void
statement_marks(struct vector_reader *reader, char **words)
{
	static const char *const names[] = {"refused", "full"};
	uint8_t *status = &reader->run->after.bytes[PACKET_OFF_STATUS];

	for (; *words; words++) {
		int mark = vector_choice(reader, *words, names, 0, 2);

		if (mark >= 0)
			*status |= (uint8_t)(PACKET_STATUS_REFUSED << mark);
	}
}

void
statement_checksum(struct vector_reader *reader, char **words)
{
	uint64_t n;

	if (!vector_number(reader, words[0], UINT16_MAX, &n))
		return;
	packet_put16(reader->run->after.bytes + PACKET_OFF_CHECKSUM,
		(uint16_t)n);
	reader->has_checksum = true;
}

void
statement_word(struct vector_reader *reader, char **words)
{
	struct vector_packet *after = &reader->run->after;
	unsigned index;
	uint64_t n;

	if (!vector_index(reader, words[0], &index))
		return;
	for (unsigned i = 0; words[1 + i]; i++, index++) {
		if (!vector_number(reader, words[1 + i], UINT32_MAX, &n))
			return;
		if (index >= after->bytes[PACKET_OFF_PAD_COUNT]) {
			vector_wrong(reader, DIAG_CONFORM_VALUE,
				"there is no word %u", index);
			return;
		}
		packet_put32(after->bytes + packet_pad_off(after->bytes[
			PACKET_OFF_CODE_COUNT]) + PACKET_WORD_SIZE * index,
			(uint32_t)n);
	}
}

void
statement_rerouted(struct vector_reader *reader, char **words)
{
	reader->run->rerouted = vector_address(reader, words[0],
		reader->run->rerouted_to);
	reader->run->after.bytes[PACKET_OFF_FAULT_PC] |= PACKET_REROUTED;
}

/*
 * The checksum that comes of what is expected to change: by differences, all
 * at once (RFC 1624, equation 3), 0xffff as 0.
 */
static void
put_checksum(struct vector_run *run)
{
	const uint8_t *before = run->packet.bytes;
	uint8_t *after = run->after.bytes;
	uint64_t sum = (uint16_t)~packet_get16(before + PACKET_OFF_CHECKSUM);

	for (size_t i = 0; i < run->packet.size; i += 2)
		if (i != PACKET_OFF_CHECKSUM)
			sum += (uint64_t)(uint16_t)~packet_get16(before + i) +
				packet_get16(after + i);
	sum = (uint16_t)~packet_fold(sum);
	packet_put16(after + PACKET_OFF_CHECKSUM,
		sum == UINT16_MAX ? 0 : (uint16_t)sum);
}

/* What is missing is told where it should belong to. */
void
vector_lacks_expect(struct vector_reader *reader, unsigned line, const char *what)
{
	reader->line = line;
	reader->line_start = NULL;
	vector_wrong(reader, DIAG_CONFORM_VECTOR, "a %s without expect", what);
}

void
vector_end_run(struct vector_reader *reader)
{
	struct vector_run *run = reader->run;

	if (reader->place == PLACE_RUN)
		vector_lacks_expect(reader, run->line, "run");
	else if (reader->place == PLACE_EXPECT && run->executed &&
	    !reader->has_checksum)
		put_checksum(run);
}
