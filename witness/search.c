/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The search; see witness.h.  Inputs whose runs came near the goal wait in a
 * queue.  The nearest is run again; each branch on its way that could have gone
 * nearer, and each store access that could have had another result, is turned,
 * and what the runs of these changed inputs do decides whether they wait too.
 */
#include "witness/plan-int.h"

#include <stdlib.h>
#include <string.h>

enum {
	QUEUE_MAX = 96,
	TRIES = 6,		/* to turn one branch, ... */
	SUCCESSES = 2,		/* by as many numbers, ... */
	REPAIRS = 5,		/* and the others back */
	STALE_RUNS = 3000,	/* that went no new way: enough */
	POOL_MAX = 64,		/* numbers that were compared */
	FIRST_HOPS = 8,
	SEEN_SIZE = 4096,	/* ways that were gone, by their hash */
	RUN_STEPS = 8		/* what beginning a run counts as */
};

static const struct sim_config ordinary = WITNESS_SIM_DEFAULT;

struct waiting {
	struct witness_input input;
	unsigned distance, popped;
};

struct search {
	const struct object *object;
	struct witness_goal goal;
	struct plan plan;
	struct input_rules rules;
	struct witness *witness;
	uint64_t budget, random;
	struct shadow way;		/* of the input that is changed */
	struct shadow run;		/* of one that was */
	struct waiting queue[QUEUE_MAX];
	unsigned queue_count;
	uint32_t pool[POOL_MAX];
	unsigned pool_count;
	uint64_t seen[SEEN_SIZE];
	unsigned stops[PC_COUNT];	/* runs that a fault ended there */
	enum isa_fault stop_fault[PC_COUNT];
	uint64_t news;			/* when a run last went a new way */
	bool failed;			/* no memory */
};

/*
 * Runs.
 */

static bool
reached(const struct search *s, const struct shadow *run)
{
	const struct node_outcome *o = &run->outcome;

	switch (s->goal.kind) {
	case WITNESS_FAULT:
		return o->fault == s->goal.fault && o->fault_pc == s->goal.pc;
	case WITNESS_REACH:
		return memchr(run->pcs, (int)s->goal.pc, run->pc_count) != NULL;
	case WITNESS_BEYOND:
		return run->beyond_pc == s->goal.pc;
	case WITNESS_STEPS:
		return o->steps >= s->goal.least;
	case WITNESS_COST:
		return o->cost >= s->goal.least;
	case WITNESS_ACCESSES:
		return o->accesses >= s->goal.least;
	}
	return false;
}

static bool
spent(const struct search *s)
{
	return s->failed || s->witness->steps >= s->budget ||
		s->witness->runs > s->news + STALE_RUNS;
}

/* Run it and count it. */
static bool
try(struct search *s, const struct witness_input *input, struct shadow *run)
{
	s->failed |= !shadow_run(run, input);
	if (s->failed || !run->outcome.executed)
		return false;
	s->witness->runs++;
	s->witness->steps += run->outcome.steps + RUN_STEPS;
	plan_learn(&s->plan, run);
	if (!reached(s, run))
		return true;
	s->witness->found = true;
	s->witness->input = *input;
	s->witness->outcome = run->outcome;
	return true;
}

static unsigned
first_hops(const struct witness_input *input)
{
	return input->header.hops < FIRST_HOPS ? input->header.hops :
		FIRST_HOPS;
}

/*
 * Was this way gone before, at one of the first nodes?  From now on it was.
 */
static bool
is_new(struct search *s, const struct shadow *run,
	const struct witness_input *input)
{
	static const uint8_t none[KEY_SECRET_SIZE];
	const uint8_t state[] = {(uint8_t)run->outcome.fault,
		(uint8_t)first_hops(input)};
	struct siphash hash;
	uint64_t mark, *slot;
	bool is_new;

	siphash_start(&hash, none);
	siphash_add(&hash, run->pcs, run->pc_count);
	siphash_add(&hash, state, sizeof(state));
	mark = siphash_finish(&hash);
	slot = &s->seen[mark % SEEN_SIZE];
	is_new = *slot != mark;
	*slot = mark;
	return is_new;
}

static void
add_to_pool(struct search *s, uint32_t value)
{
	for (unsigned i = 0; i < POOL_MAX && i < s->pool_count; i++)
		if (s->pool[i] == value)
			return;
	s->pool[s->pool_count++ % POOL_MAX] = value;
}

static void
note_compared(struct search *s, const struct shadow *run)
{
	for (unsigned i = 0; i < run->turn_count; i++) {
		add_to_pool(s, run->terms[run->turns[i].a].value);
		add_to_pool(s, run->terms[run->turns[i].b].value);
	}
}

/* The place for another one: the end, or that of the worst. */
static struct waiting *
queue_place(struct search *s, unsigned distance)
{
	struct waiting *worst = s->queue;

	if (s->queue_count < QUEUE_MAX)
		return &s->queue[s->queue_count++];
	for (unsigned i = 1; i < QUEUE_MAX; i++)
		if (s->queue[i].distance + s->queue[i].popped >
		    worst->distance + worst->popped)
			worst = &s->queue[i];
	return worst->distance + worst->popped < distance ? NULL : worst;
}

/* Run a changed input; one that went another way waits to be changed, too. */
static void
consider(struct search *s, const struct witness_input *input)
{
	struct waiting *place;
	unsigned distance, pc = s->goal.pc;

	if (spent(s) || s->witness->found || !try(s, input, &s->run) ||
	    s->witness->found)
		return;
	distance = plan_distance(&s->plan, &s->run);
	if (s->run.outcome.fault && (s->plan.counts || distance > 0 ||
	    s->run.outcome.fault_pc != pc)) {
		s->stops[s->run.outcome.fault_pc]++;
		s->stop_fault[s->run.outcome.fault_pc] = s->run.outcome.fault;
	}
	if (!is_new(s, &s->run, input))
		return;
	s->news = s->witness->runs;
	note_compared(s, &s->run);
	place = queue_place(s, distance + first_hops(input));
	if (place)
		*place = (struct waiting){*input,
			distance + first_hops(input), 0};
}

static struct waiting *
nearest(struct search *s)
{
	struct waiting *best = s->queue;

	for (unsigned i = 1; i < s->queue_count; i++)
		if (s->queue[i].distance + 2 * s->queue[i].popped <
		    best->distance + 2 * best->popped)
			best = &s->queue[i];
	return best;
}

/*
 * Changes.
 */

static uint32_t
any_number(struct search *s)
{
	uint32_t n = random_draw(&s->random);
	unsigned known = s->pool_count < POOL_MAX ? s->pool_count : POOL_MAX;

	if (known && n & 1)
		return s->pool[(n >> 8) % known] + (n >> 1) % 3 - 1;
	return random_draw(&s->random) >> (n >> 1) % 32;
}

/* A number that is less than `limit` is, or not less. */
static uint32_t
number_below(struct search *s, uint32_t limit)
{
	uint32_t n = random_draw(&s->random);

	switch (n % 4) {
	case 0:
		return 0;
	case 1:
		n = any_number(s);
		return limit ? n % limit : 0;
	default:
		return limit - 1;
	}
}

static uint32_t
number_from(struct search *s, uint32_t limit)
{
	uint32_t n = random_draw(&s->random);

	switch (n % 4) {
	case 0:
		return UINT32_MAX;
	case 1:
		n = any_number(s);
		return n < limit ? limit + n : n;
	default:
		return limit;
	}
}

/* Let two terms be in a relation; false where no way is known. */
static bool
make_equal(struct search *s, struct inverter *v, const struct turn *turn)
{
	uint32_t a = v->shadow->terms[turn->a].value;
	uint32_t b = v->shadow->terms[turn->b].value;
	bool first = random_draw(&s->random) & 1;

	if (turn->b != NO_TERM && random_draw(&s->random) % 8 == 0) {
		uint32_t n = any_number(s);

		return invert(v, turn->a, n) && invert(v, turn->b, n);
	}
	return first ? invert(v, turn->a, b) || invert(v, turn->b, a) :
		invert(v, turn->b, a) || invert(v, turn->a, b);
}

static bool
make_unequal(struct search *s, struct inverter *v,
	const struct turn *turn)
{
	bool first = random_draw(&s->random) & 1;
	uint32_t old = v->shadow->terms[first ? turn->a : turn->b].value;
	uint32_t n = random_draw(&s->random) & 1 ? any_number(s) : old ^ 1;

	return invert(v, first ? turn->a : turn->b, n) ||
		invert(v, first ? turn->b : turn->a, n);
}

static bool
make_less(struct search *s, struct inverter *v, unsigned a, unsigned b)
{
	uint32_t low = v->shadow->terms[a].value;
	uint32_t high = v->shadow->terms[b].value;

	switch (random_draw(&s->random) % 4) {
	case 0:
		return invert(v, a, 0) && invert(v, b, number_from(s, 1));
	case 1:
		return (low < UINT32_MAX &&
			invert(v, b, number_from(s, low + 1))) ||
			(high && invert(v, a, number_below(s, high)));
	default:
		return (high && invert(v, a, number_below(s, high))) ||
			(low < UINT32_MAX &&
			invert(v, b, number_from(s, low + 1)));
	}
}

static bool
make_not_less(struct search *s, struct inverter *v, unsigned a,
	unsigned b)
{
	uint32_t high = v->shadow->terms[a].value;
	uint32_t low = v->shadow->terms[b].value;

	if (random_draw(&s->random) & 1)
		return invert(v, a, number_from(s, low)) ||
			invert(v, b, number_below(s, high + 1));
	return invert(v, b, number_below(s, high + 1)) ||
		invert(v, a, number_from(s, low));
}

static bool
make_turn(struct search *s, struct inverter *v, const struct turn *turn)
{
	bool want = !turn->taken;

	switch (turn->op) {
	case ISA_BNE:
	case ISA_BNZ:
		want = !want;
		/* fallthrough */
	case ISA_BEQ:
	case ISA_BZ:
		return want ? make_equal(s, v, turn) :
			make_unequal(s, v, turn);
	case ISA_BGEU:
		want = !want;
		/* fallthrough */
	default:
		return want ? make_less(s, v, turn->a, turn->b) :
			make_not_less(s, v, turn->a, turn->b);
	}
}

static struct inverter
begin_change(struct search *s, const struct witness_input *from,
	struct witness_input *to)
{
	*to = *from;
	return (struct inverter){&s->way, &s->rules, to, &s->random, {0}};
}

/*
 * The first branch of the last run that went another way than it should: as
 * before up to that one, which shall be turned.  NULL: none.
 */
static const struct turn *
first_wrong(const struct search *s, unsigned turned)
{
	for (unsigned i = 0; i <= turned; i++) {
		const struct turn *was = &s->way.turns[i];
		const struct turn *is = &s->run.turns[i];

		if (i >= s->run.turn_count || is->pc != was->pc)
			return NULL;
		if (is->taken != (i == turned ? !was->taken : was->taken))
			return is;
	}
	return NULL;
}

enum turned { TURN_IMPOSSIBLE, TURN_FAILED, TURN_DONE };

/*
 * Turn one branch.  Where an earlier one turned with it, that is turned back by
 * other inputs than those that were changed so far.
 */
static enum turned
turn_branch(struct search *s, const struct witness_input *input, unsigned i)
{
	const struct turn *wrong = &s->way.turns[i];
	struct witness_input changed;
	struct inverter v = begin_change(s, input, &changed);

	for (unsigned n = 0; n < REPAIRS && wrong; n++) {
		if (!make_turn(s, &v, wrong))
			return n ? TURN_FAILED : TURN_IMPOSSIBLE;
		consider(s, &changed);
		if (s->witness->found || spent(s))
			return TURN_DONE;
		v.shadow = &s->run;
		wrong = first_wrong(s, i);
	}
	return wrong ? TURN_FAILED : TURN_DONE;
}

static void
turn_branch_often(struct search *s, const struct witness_input *input,
	unsigned i)
{
	const struct turn *turn = &s->way.turns[i];
	unsigned done = 0, tries = 0;
	bool possible = false;

	while (tries < TRIES && done < SUCCESSES &&
	    plan_leads_turned(&s->plan, &s->way, turn)) {
		enum turned turned = turn_branch(s, input, i);

		tries++;
		done += turned == TURN_DONE;
		possible |= turned != TURN_IMPOSSIBLE;
	}
	if (tries > 0 && !possible)
		plan_give_up(&s->plan, turn);
}

static void
turn_branches(struct search *s, const struct witness_input *input)
{
	for (unsigned i = s->way.turn_count; i-- > 0;)
		turn_branch_often(s, input, i);
}

/* Turn just that one; true if something came nearer, which is to go on with. */
static bool
go_straight(struct search *s, const struct witness_input *input,
	unsigned distance)
{
	unsigned i = plan_left(&s->plan, &s->way);

	if (i < s->way.turn_count)
		turn_branch_often(s, input, i);
	return nearest(s)->distance < distance;
}

/* Let the key of an access be of another space, if it is computed. */
static void
change_space(struct search *s, const struct witness_input *input,
	const struct access *access, enum key_space space)
{
	struct witness_input changed;
	struct inverter v = begin_change(s, input, &changed);
	uint32_t old = packet_get32(access->key);
	uint32_t word = (uint32_t)space << 30 | (old & UINT32_MAX >> 2);

	if (word != old && invert(&v, access->key_terms[0], word))
		consider(s, &changed);
}

/* An entry of the operator's, and a packet that is not. */
static void
protect(struct search *s, const struct witness_input *input,
	const struct access *access)
{
	struct witness_input changed;
	struct inverter v = begin_change(s, input, &changed);
	uint32_t word = (uint32_t)KEY_PROTECTED << 30 |
		(packet_get32(access->key) & UINT32_MAX >> 2);
	uint64_t name = (uint64_t)word << 32 | packet_get32(access->key + 4);

	changed.sim.is_operator = false;
	if (invert(&v, access->key_terms[0], word) &&
	    input_set_entry(&changed, name, 0, 1))
		consider(s, &changed);
}

static void
turn_accesses(struct search *s, const struct witness_input *input)
{
	struct witness_input changed;

	for (unsigned i = 0; i < s->way.access_count; i++) {
		const struct access *access = &s->way.accesses[i];

		for (uint32_t result = 0; result <= 2; result++) {
			begin_change(s, input, &changed);
			if (input_set_result(&changed, access, result))
				consider(s, &changed);
		}
		for (unsigned space = 0; space < KEY_SPACE_COUNT; space++)
			change_space(s, input, access, (enum key_space)space);
		if (access->named)
			protect(s, input, access);
	}
}

/* What no number on the way was made of, but decides all the same. */
static void
change_packet(struct search *s, const struct witness_input *input)
{
	struct witness_input changed;

	begin_change(s, input, &changed);
	if (input_set_hook(&changed, input->hook == NODE_INGRESS ?
	    NODE_EGRESS : NODE_INGRESS))
		consider(s, &changed);
	begin_change(s, input, &changed);
	if (input_set_back(&changed, !(input->header.flags &
	    PACKET_FLAG_RETURNED)))
		consider(s, &changed);
	begin_change(s, input, &changed);
	changed.sim.is_operator = !input->sim.is_operator;
	consider(s, &changed);
	begin_change(s, input, &changed);
	if (input_next_hop(&changed, &s->failed))
		consider(s, &changed);
	begin_change(s, input, &changed);
	if (s->rules.chosen && input_set_cursor(&changed,
	    random_draw(&s->random) % (input->header.pad_count + 1u)))
		consider(s, &changed);
}

/* Some of the inputs that were looked at become anything. */
static void
change_at_random(struct search *s, const struct witness_input *input)
{
	struct witness_input changed;

	for (unsigned n = 0; n < TRIES; n++) {
		struct inverter v = begin_change(s, input, &changed);
		unsigned count = 1 + random_draw(&s->random) % 3;

		while (count-- > 0) {
			unsigned term = random_draw(&s->random) %
				s->way.term_count;

			invert(&v, term, any_number(s));
		}
		consider(s, &changed);
	}
}

/*
 * The whole.
 */

static void
search_from(struct search *s, const struct witness_input *start,
	uint64_t budget, uint64_t chosen)
{
	s->rules.chosen = chosen;
	s->budget = budget;
	s->news = s->witness->runs;
	plan_renew(&s->plan);
	memset(s->seen, 0, sizeof(s->seen));
	for (unsigned i = 0; i < s->queue_count; i++)
		s->queue[i].popped = 0;
	consider(s, start);
	while (s->queue_count && !spent(s) && !s->witness->found) {
		struct waiting *next = nearest(s);
		struct witness_input input = next->input;
		unsigned distance = next->distance;

		next->popped++;
		if (!try(s, &input, &s->way))
			break;
		next->distance = plan_distance(&s->plan, &s->way) +
			first_hops(&input);
		if (next->popped == 1 && go_straight(s, &input, distance))
			continue;
		turn_branches(s, &input);
		turn_accesses(s, &input);
		change_packet(s, &input);
		change_at_random(s, &input);
	}
}

/* Take back a change that was not needed. */
static void
keep_if_reached(struct search *s, const struct witness_input *input)
{
	s->witness->found = false;
	if (!try(s, input, &s->run) || !s->witness->found)
		s->witness->found = true;
}

static void
simplify_node(struct search *s, const struct witness_input *start)
{
	struct witness_input *found = &s->witness->input, less;

	less = *found;
	less.sim.is_operator = false;
	keep_if_reached(s, &less);
	less = *found;
	less.sim.role = start->sim.role;
	keep_if_reached(s, &less);
	less = *found;
	less.sim.capacity = ordinary.capacity;
	keep_if_reached(s, &less);
	less = *found;
	less.sim.time_ns = start->sim.time_ns;
	keep_if_reached(s, &less);
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++) {
		if (!found->sim.overridden[i])
			continue;
		less = *found;
		less.sim.overridden[i] = false;
		keep_if_reached(s, &less);
	}
}

/* What an earlier node left belongs together; what a sender chose does not. */
static void
simplify_words(struct search *s, const struct witness_input *start)
{
	struct witness_input *found = &s->witness->input, less;

	less = *found;
	input_copy_header(&less, start);
	keep_if_reached(s, &less);
	for (unsigned n = 0; n < start->header.pad_count; n++) {
		less = *found;
		if (input_copy_word(&less, start, n))
			keep_if_reached(s, &less);
	}
}

static void
simplify_addresses(struct search *s, const struct witness_input *start)
{
	struct witness_input *found = &s->witness->input, less = *found;

	memcpy(less.src, start->src, sizeof(less.src));
	memcpy(less.dst, start->dst, sizeof(less.dst));
	less.v6 = start->v6;
	keep_if_reached(s, &less);
	for (unsigned i = 0; i < 2; i++) {
		less = *found;
		input_default_address(&less, i);
		keep_if_reached(s, &less);
	}
}

static void
simplify_packet(struct search *s, const struct witness_input *start)
{
	struct witness_input *found = &s->witness->input, less;

	less = *found;
	memcpy(less.wasp, start->wasp, sizeof(less.wasp));
	less.header = start->header;
	keep_if_reached(s, &less);
	simplify_addresses(s, start);
	less = *found;
	less.hop_limit = start->hop_limit;
	keep_if_reached(s, &less);
	less = *found;
	input_set_hook(&less, start->hook);
	keep_if_reached(s, &less);
	if (s->rules.chosen)
		simplify_words(s, start);
}

static void
simplify_entries(struct search *s)
{
	struct witness_input *found = &s->witness->input, less;

	for (unsigned i = found->entry_count; i-- > 0;) {
		less = *found;
		less.entries[i] = less.entries[--less.entry_count];
		keep_if_reached(s, &less);
	}
	for (unsigned i = 0; i < found->entry_count; i++)
		for (unsigned n = 0; n < ISA_ENTRY_COUNT; n++) {
			if (!found->entries[i].words[n] ||
			    key_space(found->entries[i].name) == KEY_INVITATION)
				continue;
			less = *found;
			less.entries[i].words[n] = 0;
			keep_if_reached(s, &less);
		}
}

/* What stopped the runs most often. */
static void
tell_stop(const struct search *s, struct witness *witness)
{
	unsigned most = 0;

	for (unsigned pc = 0; pc < PC_COUNT; pc++) {
		if (s->stops[pc] <= most)
			continue;
		most = s->stops[pc];
		witness->stopped_by = s->stop_fault[pc];
		witness->stopped_pc = pc;
	}
}

bool
witness_find(const struct object *object, const struct witness_goal *goal,
	uint64_t budget, uint64_t seed, struct witness *witness)
{
	struct search *s = calloc(1, sizeof(*s));
	struct witness_input start;
	bool ok;

	*witness = (struct witness){.goal = *goal};
	if (!s)
		return false;
	s->object = object;
	s->goal = *goal;
	s->witness = witness;
	s->random = seed;
	plan_init(&s->plan, object, goal);
	input_start(&start, &s->rules, object);
	if (plan_leads(&s->plan, 0, 0)) {
		search_from(s, &start, budget / 4, 0);
		if (!witness->found && s->rules.written)
			search_from(s, &start, budget / 2, s->rules.written);
		if (!witness->found)
			search_from(s, &start, budget, UINT64_MAX);
	}
	if (witness->found) {
		simplify_packet(s, &start);
		simplify_node(s, &start);
		simplify_entries(s);
	} else {
		tell_stop(s, witness);
	}
	ok = !s->failed;
	free(s);
	return ok;
}
