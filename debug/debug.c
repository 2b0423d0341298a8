/* SPDX-License-Identifier: BSD-2-Clause */
/* A debugger's place in a record; see debug.h. */
#include "debug/debug.h"

#include <string.h>

/* Two states next to each other in a run: what one step did. */
struct pair {
	struct record_at before, after;
	bool exists;
};

enum record_result
debug_init(struct debug *debug, const struct record_world *world,
	const struct record_source *source, unsigned times)
{
	*debug = (struct debug){.sent = RECORD_NO_MEMORY};
	if (record_init(&debug->record, world) &&
	    record_plan(&debug->record, 0, source, times))
		debug->sent = record_send(&debug->record);
	return debug->sent;
}

void
debug_done(struct debug *debug)
{
	record_done(&debug->record);
}

const struct record_run *
debug_run(const struct debug *debug)
{
	return record_run_at(&debug->record, debug->at);
}

const struct record_state *
debug_state(const struct debug *debug)
{
	return record_state_at(&debug->record, debug->at);
}

static const struct object *
object_at(const struct debug *debug, struct record_at at)
{
	const struct record *record = &debug->record;

	return record->packets[record_run_at(record, at)->packet]
		.source->sim.object;
}

const struct object *
debug_object(const struct debug *debug)
{
	return object_at(debug, debug->at);
}

struct eval
debug_eval(const struct debug *debug, struct record_at at)
{
	return (struct eval){.record = &debug->record, .at = at};
}

enum isa_op
debug_op(const struct debug *debug, struct record_at at, uint16_t *word)
{
	const struct sim_packet *packet =
		&record_run_at(&debug->record, at)->before;

	*word = 0;
	if (record_is_end(&debug->record, at))
		return ISA_ILLEGAL;
	*word = packet_insn(packet->ip + packet->info.wasp_off,
		record_state_at(&debug->record, at)->pc);
	return isa_decode(*word);
}

/*
 * Moving.
 */

/* A packet more, where all runs are behind; false where there is none. */
static bool
send_next(struct debug *debug)
{
	debug->sent = record_send(&debug->record);
	return debug->sent == RECORD_SENT;
}

static bool
step_forward(struct debug *debug)
{
	if (!record_is_end(&debug->record, debug->at))
		debug->at.state++;
	else if (debug->at.run + 1 < debug->record.run_count ||
	    send_next(debug))
		debug->at = (struct record_at){debug->at.run + 1, 0};
	else
		return false;
	if (record_is_end(&debug->record, debug->at) && debug->passed)
		debug->passed(debug->arg, debug);
	return true;
}

static bool
step_back(struct debug *debug)
{
	if (debug->at.state > 0)
		debug->at.state--;
	else if (debug->at.run > 0) {
		debug->at.run--;
		debug->at.state = debug_run(debug)->state_count - 1;
	} else
		return false;
	return true;
}

bool
debug_step(struct debug *debug, bool forward)
{
	return forward ? step_forward(debug) : step_back(debug);
}

/* Forward to a state 0, by way of all that lies between. */
static bool
forward_to_run(struct debug *debug, unsigned run)
{
	while (debug->at.run < run)
		if (!step_forward(debug))
			return false;
	return true;
}

bool
debug_step_run(struct debug *debug, bool forward)
{
	struct record *record = &debug->record;

	if (!forward && debug->at.run == 0)
		return false;
	if (!forward) {
		debug->at = (struct record_at){debug->at.run - 1, 0};
		return true;
	}
	if (debug->at.run + 1 == record->run_count && !send_next(debug))
		return false;
	return forward_to_run(debug, debug->at.run + 1);
}

bool
debug_step_packet(struct debug *debug, bool forward)
{
	struct record *record = &debug->record;
	unsigned packet = debug_run(debug)->packet;

	if (!forward && packet == 0)
		return false;
	if (!forward) {
		debug->at = (struct record_at)
			{record->packets[packet - 1].first_run, 0};
		return true;
	}
	if (packet + 1 == record->packet_count && !send_next(debug))
		return false;
	return forward_to_run(debug, record->packets[packet + 1].first_run);
}

void
debug_restart(struct debug *debug)
{
	debug->at = (struct record_at){0, 0};
}

bool
debug_finish(struct debug *debug)
{
	if (record_is_end(&debug->record, debug->at))
		return false;
	while (!record_is_end(&debug->record, debug->at))
		step_forward(debug);
	return true;
}

/*
 * Stops.
 */

static bool
is_of_line(const struct notes *notes, const struct debug_stop *stop,
	unsigned pc)
{
	const struct notes_line *line = notes_line_at(notes, pc);

	return line && line->line == stop->number &&
		(!stop->name[0] || (line->file &&
		!strcmp(line->file, stop->name)));
}

/* At the first instruction of the line. */
static bool
is_at_line(const struct notes *notes, const struct debug_stop *stop,
	unsigned pc)
{
	return is_of_line(notes, stop, pc) &&
		(pc == 0 || !is_of_line(notes, stop, pc - 1));
}

static bool
is_at_label(const struct notes *notes, const char *name, unsigned pc)
{
	for (unsigned i = 0; i < notes->label_count; i++)
		if (notes->labels[i].pc == pc &&
		    !strcmp(notes->labels[i].name, name))
			return true;
	return false;
}

bool
debug_stops_at(const struct debug *debug, const struct debug_stop *stop,
	unsigned pc)
{
	const struct notes *notes = &debug_object(debug)->notes;

	switch (stop->kind) {
	case DEBUG_AT_PC:
		return pc == stop->number;
	case DEBUG_AT_LABEL:
		return is_at_label(notes, stop->name, pc);
	case DEBUG_AT_LINE:
		return is_at_line(notes, stop, pc);
	default:
		return false;
	}
}

/* Of those that are before a step. */
static bool
is_at_step(const struct debug *debug, const struct debug_stop *stop)
{
	const struct record_run *run = debug_run(debug);
	bool last = debug->at.state + 2 == run->state_count;
	enum isa_op op;
	uint16_t word;

	switch (stop->kind) {
	case DEBUG_AT_FAULT:
		return last && run->run.outcome.fault;
	case DEBUG_AT_VERDICT:
		return last && !run->run.outcome.fault &&
			run->run.outcome.verdict == stop->number;
	case DEBUG_AT_ACCESS:
		op = debug_op(debug, debug->at, &word);
		return op != ISA_ILLEGAL && isa_insns[op].effects & ISA_STORE;
	default:
		return debug_stops_at(debug, stop, debug_state(debug)->pc);
	}
}

/* Of those that are where a run begins. */
static bool
is_at_begin(const struct debug *debug, const struct debug_stop *stop)
{
	const struct record_run *run = debug_run(debug);
	const struct record_packet *packet =
		&debug->record.packets[run->packet];

	switch (stop->kind) {
	case DEBUG_AT_HOOK:
		return run->run.hook == stop->number;
	case DEBUG_AT_NODE:
		return run->run.node == stop->number;
	case DEBUG_AT_HOP:
		return run->run.outcome.executed &&
			run->after.info.wasp.hops == stop->number;
	case DEBUG_AT_PACKET:
		return run->packet + 1 == stop->number &&
			debug->at.run == packet->first_run;
	default:
		return false;
	}
}

static bool
is_due(const struct debug *debug, const struct debug_stop *stop)
{
	return (!record_is_end(&debug->record, debug->at) &&
		is_at_step(debug, stop)) ||
		(debug->at.state == 0 && is_at_begin(debug, stop));
}

static bool
value_changed(const struct debug *debug, const struct debug_stop *stop,
	const struct pair *pair)
{
	struct eval before = debug_eval(debug, pair->before);
	struct eval after = debug_eval(debug, pair->after);
	uint32_t old = 0, new = 0;
	enum eval_result had = eval_number(&before, stop->name, &old);
	enum eval_result has = eval_number(&after, stop->name, &new);

	/* That the entry is unmapped at the end is nothing that changed. */
	if (has == EVAL_NO_VALUE && record_is_end(&debug->record, pair->after))
		return false;
	return had != has || (had == EVAL_OK && old != new);
}

static bool
same_entry(const struct record_entry *a, const struct record_entry *b)
{
	return a == b || (a && b && !memcmp(a, b, sizeof(*a)));
}

static bool
store_changed(const struct debug *debug, const struct debug_stop *stop,
	const struct pair *pair)
{
	const struct record_store *before =
		record_state_at(&debug->record, pair->before)->store;
	const struct record_store *after =
		record_state_at(&debug->record, pair->after)->store;

	return before != after && (stop->any_key ||
		!same_entry(record_entry_find(before, stop->key),
			record_entry_find(after, stop->key)));
}

static bool
is_met(const struct debug *debug, const struct debug_stop *stop)
{
	struct eval eval = debug_eval(debug, debug->at);
	uint32_t value = 0;

	return !stop->condition[0] || (eval_number(&eval, stop->condition,
		&value) == EVAL_OK && value != 0);
}

static bool
stops_here(const struct debug *debug, const struct debug_stop *stop,
	const struct pair *pair)
{
	bool due;

	if (stop->kind == DEBUG_ON_CHANGE)
		due = pair->exists && value_changed(debug, stop, pair);
	else if (stop->kind == DEBUG_ON_STORE)
		due = pair->exists && store_changed(debug, stop, pair);
	else
		due = is_due(debug, stop);
	return due && is_met(debug, stop);
}

/* The stops that are due after a step, and counted. */
static uint64_t
count_due(struct debug *debug, const struct pair *pair)
{
	uint64_t due = 0;

	for (unsigned i = 0; i < debug->stop_count; i++)
		if (stops_here(debug, &debug->stops[i], pair)) {
			due |= UINT64_C(1) << i;
			debug->stops[i].hits++;
		}
	return due;
}

uint64_t
debug_due(struct debug *debug)
{
	return count_due(debug, &(struct pair){.exists = false});
}

enum debug_moved
debug_continue(struct debug *debug, bool forward, uint64_t *due)
{
	struct record_at from;
	struct pair pair;

	for (*due = 0;;) {
		from = debug->at;
		if (!debug_step(debug, forward))
			return DEBUG_AT_EDGE;
		pair = (struct pair){forward ? from : debug->at,
			forward ? debug->at : from,
			from.run == debug->at.run};
		*due = count_due(debug, &pair);
		if (*due)
			return DEBUG_STOPPED;
		if (debug->interrupted && debug->interrupted(debug->arg))
			return DEBUG_INTERRUPTED;
	}
}

bool
debug_add_stop(struct debug *debug, const struct debug_stop *stop)
{
	if (debug->stop_count == DEBUG_STOPS_MAX)
		return false;
	debug->stops[debug->stop_count] = *stop;
	debug->stops[debug->stop_count++].id = ++debug->last_id;
	return true;
}

void
debug_remove_stop(struct debug *debug, unsigned i)
{
	debug->stop_count--;
	memmove(&debug->stops[i], &debug->stops[i + 1],
		(debug->stop_count - i) * sizeof(*debug->stops));
}

/*
 * Who wrote it.
 */

/* Did the instruction, which did not fault, write the place? */
static bool
insn_writes(const struct debug *debug, const struct pair *pair,
	struct record_place place)
{
	const struct record_state *before =
		record_state_at(&debug->record, pair->before);
	const struct record_state *after =
		record_state_at(&debug->record, pair->after);
	uint16_t word;
	enum isa_op op = debug_op(debug, pair->before, &word);
	unsigned effects = op == ISA_ILLEGAL ? 0 : isa_insns[op].effects;
	int index = (int)place.index;

	if (after->unchanged)
		after = after->unchanged;
	switch (place.kind) {
	case RECORD_REG:
		return effects & ISA_W_A && isa_reg(word, op, 0) == index;
	case RECORD_ENTRY:
		return effects & ISA_STORE || (effects & ISA_W_T &&
			isa_operand_of(word, op, ISA_KIND_ENTRY) == index);
	case RECORD_WORD:
		return (effects & ISA_W_N &&
			isa_operand_of(word, op, ISA_KIND_WORD) == index) ||
			(effects & ISA_PUSH && before->cursor == index &&
			after->cursor != index);
	case RECORD_CURSOR:
		return before->cursor != after->cursor;
	case RECORD_FIELD:
		return before->env[index] != after->env[index];
	case RECORD_PC:
		return true;
	}
	return false;
}

static bool
is_changed_by_hand(const struct debug *debug, struct record_at at,
	struct record_place place)
{
	for (unsigned i = 0; i < debug->record.change_count; i++) {
		const struct record_change *change =
			&debug->record.changes[i];

		if (change->at.run == at.run && change->at.state == at.state &&
		    change->place.kind == place.kind &&
		    change->place.index == place.index)
			return true;
	}
	return false;
}

/* The step before `at` in its run. */
static struct pair
step_to(struct record_at at)
{
	return (struct pair){{at.run, at.state - 1}, at, at.state > 0};
}

/* A faulting instruction writes nothing. */
static bool
faulted(const struct debug *debug, const struct pair *pair)
{
	return record_is_end(&debug->record, pair->after) &&
		record_run_at(&debug->record, pair->after)->run.outcome.fault;
}

bool
debug_find_writer(const struct debug *debug, struct record_place place,
	struct debug_writer *writer)
{
	bool stays = place.kind == RECORD_WORD || place.kind == RECORD_CURSOR;
	unsigned packet = debug_run(debug)->packet;
	unsigned first = stays ? debug->record.packets[packet].first_run :
		debug->at.run;
	struct record_at at = debug->at;
	struct pair pair;

	for (;;) {
		*writer = (struct debug_writer){at, true};
		if (is_changed_by_hand(debug, at, place))
			return true;
		pair = step_to(at);
		*writer = (struct debug_writer){pair.before, false};
		if (pair.exists && !faulted(debug, &pair) &&
		    insn_writes(debug, &pair, place))
			return true;
		if (pair.exists)
			at = pair.before;
		else if (at.run > first) {
			at.run--;
			at.state = debug->record.runs[at.run].state_count - 1;
		} else
			return false;
	}
}

bool
debug_find_store_writer(const struct debug *debug, uint64_t key,
	struct debug_writer *writer)
{
	unsigned node = debug_run(debug)->run.node;
	struct debug_stop stop = {.key = key};
	struct record_at at = debug->at;

	for (;;) {
		struct pair pair = step_to(at);

		if (pair.exists && debug->record.runs[at.run].run.node ==
		    node && store_changed(debug, &stop, &pair)) {
			*writer = (struct debug_writer){pair.before, false};
			return true;
		}
		if (pair.exists)
			at = pair.before;
		else if (at.run > 0) {
			at.run--;
			at.state = debug->record.runs[at.run].state_count - 1;
		} else
			return false;
	}
}
