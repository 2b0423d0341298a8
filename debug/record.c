/* SPDX-License-Identifier: BSD-2-Clause */
/* A record of simulated packets; see record.h. */
#include "debug/record.h"

#include <stdlib.h>
#include <string.h>

/* While a packet is on its way. */
struct recorder {
	struct record *record;
	struct record_run *run;		/* the one that goes on */
	bool stored;			/* the step before accessed the store */
	bool past_code;			/* the run passed the end of it */
	uint64_t key;			/* what it looked for */
};

/* Room for one more; the array may move.  false without memory. */
static bool
grow(struct record *record, void *array, unsigned count, size_t size)
{
	void **p = array, *bigger;

	if (count & (count - 1))
		return true;
	bigger = reallocarray(*p, count ? 2 * (size_t)count : 1, size);
	if (!bigger) {
		record->no_memory = true;
		return false;
	}
	*p = bigger;
	return true;
}

/*
 * Stores: a new copy where something changed since the last one.
 */

struct collection {
	struct record_store *store;
	unsigned room;
};

static void
collect_entry(void *arg, uint64_t key, uint64_t created_ns,
	const uint8_t words[ENTRY_SIZE])
{
	struct collection *c = arg;
	struct record_entry *entry;

	if (c->store->count == c->room)
		return;
	entry = &c->store->entries[c->store->count++];
	/* All of its bytes, so that entries can be compared as such. */
	memset(entry, 0, sizeof(*entry));
	entry->key = key;
	entry->created_ns = created_ns;
	memcpy(entry->words, words, ENTRY_SIZE);
}

static int
compare_entries(const void *a, const void *b)
{
	const struct record_entry *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

static bool
same_store(const struct record_store *a, const struct record_store *b)
{
	return a && b && a->count == b->count && !memcmp(a->entries,
		b->entries, a->count * sizeof(*a->entries));
}

static void
copy_store(struct record *record, unsigned node, uint64_t now_ns)
{
	struct ess *ess = sim_store(record->sim, node);
	unsigned room = (unsigned)ess_live_count(ess, now_ns);
	struct collection c = {.room = room};

	c.store = malloc(sizeof(*c.store) +
		room * sizeof(*c.store->entries));
	if (!c.store) {
		record->no_memory = true;
		return;
	}
	c.store->count = 0;
	ess_each(ess, now_ns, collect_entry, &c);
	qsort(c.store->entries, c.store->count, sizeof(*c.store->entries),
		compare_entries);
	if (same_store(c.store, record->last_stores[node - 1])) {
		free(c.store);
		return;
	}
	c.store->next = record->stores;
	record->stores = c.store;
	record->last_stores[node - 1] = c.store;
}

/* What died since the last copy is not there any more. */
static void
bury_dead(struct record *record, unsigned node, uint64_t now_ns)
{
	const struct record_store *store = record->last_stores[node - 1];

	for (unsigned i = 0; store && i < store->count; i++)
		if (now_ns - store->entries[i].created_ns >= ENTRY_LIFE_NS) {
			copy_store(record, node, now_ns);
			return;
		}
}

/*
 * Runs.
 */

static void
begin_run(void *arg, const struct sim_run *run, const struct sim_packet *packet)
{
	struct recorder *recorder = arg;
	struct record *record = recorder->record;
	struct record_run *r;

	recorder->run = NULL;
	recorder->stored = recorder->past_code = false;
	if (record->no_memory || !grow(record, &record->runs,
	    record->run_count, sizeof(*record->runs)))
		return;
	r = &record->runs[record->run_count];
	*r = (struct record_run){.packet = record->packet_count - 1,
		.run = *run, .before = *packet};
	r->states = malloc((PACKET_CODE_MAX + 1) * sizeof(*r->states));
	if (!r->states) {
		record->no_memory = true;
		return;
	}
	if (run->node)
		bury_dead(record, run->node, run->time_ns);
	record->run_count++;
	recorder->run = r;
}

static void
change_place(struct vm *vm, struct record_place place, uint32_t value)
{
	uint8_t *p;

	switch (place.kind) {
	case RECORD_REG:
		vm->r[place.index] = value;
		break;
	case RECORD_ENTRY:
		packet_put32(vm->entry + PACKET_WORD_SIZE * place.index, value);
		vm->dirty = vm->writable;
		break;
	case RECORD_WORD:
		p = vm->pad + PACKET_WORD_SIZE * place.index;
		vm->change += (uint64_t)~packet_get32(p) + value;
		packet_put32(p, value);
		break;
	case RECORD_FIELD:
		vm->env[place.index] = value;
		break;
	case RECORD_CURSOR:
		vm->cursor = (uint8_t)value;
		break;
	case RECORD_PC:
		vm->pc = value;
		break;
	}
}

static void
copy_state(const struct recorder *recorder, const struct vm *vm,
	struct record_state *state)
{
	const struct record_run *run = recorder->run;

	*state = (struct record_state){.cursor = vm->cursor,
		.status = run->before.info.wasp.status | vm->marks,
		.mapped = vm->mapped, .writable = vm->writable,
		.dirty = vm->dirty,
		.mapped_key = vm->mapped ? recorder->key : 0,
		.pc = vm->pc, .steps = vm->steps, .cost = vm->cost,
		.accesses = vm->accesses,
		.store = recorder->record->last_stores[run->run.node - 1]};
	memcpy(state->r, vm->r, sizeof(state->r));
	memcpy(state->env, vm->env, sizeof(state->env));
	memcpy(state->entry, vm->entry, sizeof(state->entry));
	memcpy(state->pad, vm->pad, PACKET_WORD_SIZE * vm->pad_count);
}

/* The state before the changes made here, NULL without memory. */
static const struct record_state *
keep_unchanged(struct record *record, const struct record_state *state)
{
	struct record_state *copy;

	if (state->unchanged)
		return state->unchanged;
	copy = malloc(sizeof(*copy));
	if (copy)
		*copy = *state;
	else
		record->no_memory = true;
	return copy;
}

/* The changes by hand that belong before this step. */
static void
make_changes(struct recorder *recorder, struct vm *vm)
{
	struct record *record = recorder->record;
	struct record_run *run = recorder->run;
	struct record_state *state = &run->states[run->state_count];

	for (unsigned i = 0; i < record->change_count; i++) {
		const struct record_change *change = &record->changes[i];
		const struct record_state *unchanged;

		if (change->at.run != record->run_count - 1 ||
		    change->at.state != run->state_count)
			continue;
		unchanged = keep_unchanged(record, state);
		change_place(vm, change->place, change->value);
		copy_state(recorder, vm, state);
		state->unchanged = unchanged;
	}
}

/* What the step that begins will look for in the store. */
static void
note_access(struct recorder *recorder, const struct vm *vm)
{
	uint16_t word = packet_get16(vm->code + ISA_INSN_SIZE * vm->pc);
	enum isa_op op = isa_decode(word);
	int n;

	recorder->stored = op != ISA_ILLEGAL &&
		isa_insns[op].effects & ISA_STORE;
	if (!recorder->stored)
		return;
	n = isa_operand_of(word, op, ISA_KIND_KEY);
	if ((unsigned)n + 1 < vm->pad_count)
		recorder->key = sim_key_name(recorder->record->sim,
			recorder->run->run.node, &recorder->run->before,
			vm->pad + PACKET_WORD_SIZE * n);
}

static void
record_step(struct vm *vm, void *arg)
{
	struct recorder *recorder = arg;
	struct record_run *run = recorder->run;

	if (!run)
		return;
	if (recorder->stored)
		copy_store(recorder->record, run->run.node, vm->now_ns);
	recorder->stored = false;
	copy_state(recorder, vm, &run->states[run->state_count]);
	make_changes(recorder, vm);
	recorder->past_code = vm->pc >= vm->code_count;
	if (recorder->past_code)
		return;
	note_access(recorder, vm);
	run->state_count++;
}

/*
 * The end of a run.  A verdict and a fault leave the registers as they were,
 * so only what the node did after them is new.
 */
static void
add_end(struct recorder *recorder, const struct sim_run *run,
	const struct sim_packet *packet)
{
	const struct packet_header *header = &packet->info.wasp;
	struct record_run *r = recorder->run;
	struct record_state *end = &r->states[r->state_count++];

	if (!run->outcome.executed)
		*end = (struct record_state){0};
	else if (!recorder->past_code) {
		*end = end[-1];
		end->unchanged = NULL;
	}
	end->mapped = end->writable = end->dirty = false;
	end->mapped_key = 0;
	end->steps = run->outcome.steps;
	end->cost = run->outcome.cost;
	end->accesses = run->outcome.accesses;
	end->store = run->node ?
		recorder->record->last_stores[run->node - 1] : NULL;
	if (packet->error)
		return;
	end->cursor = header->cursor;
	end->status = header->status;
	memcpy(end->pad, packet->ip + packet->info.wasp_off +
		packet_pad_off(header->code_count),
		PACKET_WORD_SIZE * (size_t)header->pad_count);
}

static void
end_run(void *arg, const struct sim_run *run, const struct sim_packet *packet)
{
	struct recorder *recorder = arg;
	struct record *record = recorder->record;
	struct record_run *r = recorder->run;
	struct record_state *fitting;

	if (!r)
		return;
	r->run = *run;
	r->after = *packet;
	if (run->outcome.accesses)
		copy_store(record, run->node, run->time_ns);
	add_end(recorder, run, packet);
	record->step_count += r->state_count;
	fitting = reallocarray(r->states, r->state_count, sizeof(*r->states));
	if (fitting)
		r->states = fitting;
	recorder->run = NULL;
}

static void
free_run(struct record_run *run)
{
	for (unsigned i = 0; i < run->state_count; i++)
		free((void *)run->states[i].unchanged);
	free(run->states);
}

/* On a path, a node where the packet does not run is not worth a stop. */
static void
end_visit(void *arg, const struct sim_run *run, const struct sim_packet *packet)
{
	struct recorder *recorder = arg;
	struct record *record = recorder->record;

	if (!run->outcome.executed && record->world.config->is_path &&
	    recorder->run) {
		free_run(&record->runs[--record->run_count]);
		recorder->run = NULL;
	}
	end_run(arg, run, packet);
}

/*
 * Packets.
 */

/* A packet that no node ran has one end all the same. */
static void
add_no_run(struct recorder *recorder, const struct sim_packet *packet)
{
	struct sim_run none = {.time_ns = sim_time(recorder->record->sim)};

	begin_run(recorder, &none, packet);
	end_run(recorder, &none, packet);
}

static const struct record_source *
planned(const struct record *record, unsigned packet)
{
	const struct record_source *source = NULL;

	for (unsigned i = 0; i < record->plan_count; i++)
		if (record->plans[i].first <= packet)
			source = record->plans[i].source;
	return source;
}

static void
send_source(struct record *record, struct record_packet *p)
{
	struct recorder recorder = {.record = record};
	struct sim_watch watch = {.begin = begin_run, .end = end_visit,
		.trace = record_step, .arg = &recorder};
	const struct record_source *source = p->source;
	struct sim_packet packet;

	sim_packet_make(record->sim, &source->sim, &packet);
	if (record->world.config->is_path)
		sim_send(record->sim, &packet, &watch, &p->way);
	else
		sim_visit(record->sim, source->hook ? source->hook :
			node_first_hook(&packet.info.wasp), &packet, &watch);
	if (record->run_count == p->first_run)
		add_no_run(&recorder, &packet);
}

enum record_result
record_send(struct record *record)
{
	unsigned n = record->packet_count;
	struct record_packet *packet;

	if (record->no_memory)
		return RECORD_NO_MEMORY;
	if (n == record->packet_max || !planned(record, n))
		return RECORD_ALL_SENT;
	if (record->step_count >= RECORD_STEPS_MAX)
		return RECORD_FULL;
	if (!grow(record, &record->packets, n, sizeof(*record->packets)))
		return RECORD_NO_MEMORY;
	if (n > 0)
		sim_next(record->sim);
	packet = &record->packets[record->packet_count++];
	*packet = (struct record_packet){.source = planned(record, n),
		.first_run = record->run_count};
	send_source(record, packet);
	packet->run_count = record->run_count - packet->first_run;
	return record->no_memory ? RECORD_NO_MEMORY : RECORD_SENT;
}

/*
 * The whole.
 */

static void
forget(struct record *record)
{
	struct record_store *next;

	for (unsigned i = 0; i < record->run_count; i++)
		free_run(&record->runs[i]);
	for (; record->stores; record->stores = next) {
		next = record->stores->next;
		free(record->stores);
	}
	sim_free(record->sim);
	record->sim = NULL;
	record->run_count = record->packet_count = record->step_count = 0;
}

static bool
begin(struct record *record)
{
	const struct sim_config *config = record->world.config;

	record->sim = record->world.make(record->world.arg);
	if (!record->sim) {
		record->no_memory = true;
		return false;
	}
	for (unsigned node = 1; node <= config->node_count; node++) {
		record->last_stores[node - 1] = NULL;
		copy_store(record, node, config->time_ns);
		record->first_stores[node - 1] = record->last_stores[node - 1];
	}
	return !record->no_memory;
}

bool
record_init(struct record *record, const struct record_world *world)
{
	unsigned nodes = world->config->node_count;

	*record = (struct record){.world = *world};
	record->first_stores = calloc(nodes, sizeof(*record->first_stores));
	record->last_stores = calloc(nodes, sizeof(*record->last_stores));
	return record->first_stores && record->last_stores && begin(record);
}

void
record_done(struct record *record)
{
	forget(record);
	free(record->packets);
	free(record->runs);
	free(record->plans);
	free(record->changes);
	free(record->first_stores);
	free(record->last_stores);
	*record = (struct record){0};
}

/* Send the packets again, so many of them. */
static enum record_result
send_again(struct record *record, unsigned packet_count)
{
	enum record_result result = RECORD_SENT;

	forget(record);
	if (!begin(record))
		return RECORD_NO_MEMORY;
	while (record->packet_count < packet_count && result == RECORD_SENT)
		result = record_send(record);
	return result;
}

/* Keep the changes before a place, and those at it. */
static void
forget_changes(struct record *record, struct record_at after)
{
	while (record->change_count && record_before(after,
	    record->changes[record->change_count - 1].at))
		record->change_count--;
}

bool
record_plan(struct record *record, unsigned packet_count,
	const struct record_source *source, unsigned times)
{
	const struct record_packet *last;

	while (record->plan_count &&
	    record->plans[record->plan_count - 1].first >= packet_count)
		record->plan_count--;
	if (!grow(record, &record->plans, record->plan_count,
	    sizeof(*record->plans)))
		return false;
	record->plans[record->plan_count++] =
		(struct record_plan){packet_count, source};
	record->packet_max = packet_count + times;
	if (packet_count >= record->packet_count)
		return true;
	last = &record->packets[packet_count];
	forget_changes(record, (struct record_at){last->first_run, 0});
	return send_again(record, packet_count) == RECORD_SENT;
}

enum record_result
record_change(struct record *record, const struct record_change *change)
{
	unsigned packets = record->runs[change->at.run].packet + 1;

	forget_changes(record, change->at);
	if (!grow(record, &record->changes, record->change_count,
	    sizeof(*record->changes)))
		return RECORD_NO_MEMORY;
	record->changes[record->change_count++] = *change;
	return send_again(record, packets);
}

enum record_result
record_undo(struct record *record, struct record_at *at)
{
	if (!record->change_count)
		return RECORD_ALL_SENT;
	*at = record->changes[--record->change_count].at;
	return send_again(record, record->runs[at->run].packet + 1);
}

/*
 * Looking.
 */

const struct record_run *
record_run_at(const struct record *record, struct record_at at)
{
	return &record->runs[at.run];
}

const struct record_state *
record_state_at(const struct record *record, struct record_at at)
{
	return &record->runs[at.run].states[at.state];
}

bool
record_is_end(const struct record *record, struct record_at at)
{
	return at.state + 1 == record->runs[at.run].state_count;
}

const struct record_store *
record_store_at(const struct record *record, struct record_at at, unsigned node)
{
	const struct record_run *run = &record->runs[at.run];

	if (run->run.node == node)
		return run->states[at.state].store;
	while (run-- > record->runs)
		if (run->run.node == node)
			return run->states[run->state_count - 1].store;
	return record->first_stores[node - 1];
}

const struct record_entry *
record_entry_find(const struct record_store *store, uint64_t key)
{
	for (unsigned i = 0; store && i < store->count; i++)
		if (store->entries[i].key == key)
			return &store->entries[i];
	return NULL;
}
