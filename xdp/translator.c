/* SPDX-License-Identifier: BSD-2-Clause */
/* Which programs are translated, and when; see translator.h. */
#include "xdp/translator.h"

#include "xdp/hot.h"
#include "xdp/jit.h"
#include "wasp/isa.h"
#include "wasp/key.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/time.h>
#include <unistd.h>

#define SECOND_NS UINT64_C(1000000000)
#define MS_NS UINT64_C(1000000)

/* Hashes of what was refused, the oldest forgotten first. */
enum { REFUSED_MAX = 4096 };

/* A program as it was seen on all CPUs together. */
struct sighting {
	uint64_t hash;
	uint64_t total, lately;		/* samples; those since the last turn */
	const struct hot_seen *seen;
};

/* What is in a slot. */
struct slot {
	uint64_t hash;
	uint64_t used;			/* samples, older ones count less */
	uint64_t code_hash;		/* packet_code_hash */
	int fd;				/* -1: empty */
};

struct hook {
	struct translator_hook with;
	struct jit *jit;
	struct hot_settings settings;
	struct slot slots[HOT_SLOTS];
	unsigned used_count;
	struct hot_seen *seen, *before;	/* now, and at the last turn: place by
					   place, for each CPU */
	struct sighting *sightings;
	unsigned sighting_count;
	uint64_t refused[REFUSED_MAX];
	unsigned refused_next;
};

struct translator {
	struct translator_policy policy;
	struct translator_counts counts;
	translator_sink *sink;
	void *sink_arg;
	bool breaks_off;
	uint64_t last_ns;
	int64_t budget_ns;		/* of loading, that may be spent now */
	unsigned cpu_count, hook_count;
	struct hook hooks[TRANSLATOR_HOOKS_MAX];
	struct translation translation;
};

/* What was seen */

static size_t
seen_count(const struct translator *t)
{
	return (size_t)HOT_SEEN * t->cpu_count;
}

static uint64_t
number_at(const uint8_t *p)
{
	uint64_t number;

	memcpy(&number, p, sizeof(number));
	return number;
}

/* It may have been changed while it was read: then its hash is another one. */
static bool
is_whole(const struct hook *hook, const struct hot_seen *seen)
{
	unsigned size = ISA_INSN_SIZE * seen->code_count;

	return seen->count > 0 && seen->code_count >= HOT_CODE_MIN &&
		seen->code_count <= PACKET_CODE_MAX &&
		seen->pad_count <= PACKET_PAD_MAX &&
		seen->hash == hot_hash(&hook->settings,
			number_at(seen->code),
			number_at(seen->code + hot_middle(size)),
			number_at(seen->code + hot_last(size)),
			seen->code_count, seen->pad_count);
}

static void
read_seen(struct translator *t, struct hook *hook)
{
	struct hot_seen *other = hook->before;

	hook->before = hook->seen;
	hook->seen = other;
	for (uint32_t place = 0; place < HOT_SEEN; place++)
		if (bpf_map_lookup_elem(hook->with.seen_fd, &place,
			hook->seen + (size_t)place * t->cpu_count))
			memset(hook->seen + (size_t)place * t->cpu_count, 0,
				t->cpu_count * sizeof(*hook->seen));
}

static uint64_t
count_lately(const struct hot_seen *now, const struct hot_seen *before)
{
	if (now->hash != before->hash)
		return now->count;
	return now->count > before->count ? now->count - before->count : 0;
}

static void
add_sighting(struct hook *hook, unsigned first, const struct hot_seen *seen,
	uint64_t lately)
{
	struct sighting *s = hook->sightings + first;

	for (; s < hook->sightings + hook->sighting_count; s++)
		if (s->hash == seen->hash)
			break;
	if (s == hook->sightings + hook->sighting_count) {
		hook->sighting_count++;
		*s = (struct sighting){.hash = seen->hash, .seen = seen};
	}
	s->total += seen->count;
	s->lately += lately;
}

static int
by_lately(const void *a, const void *b)
{
	const struct sighting *x = a, *y = b;

	return (x->lately < y->lately) - (x->lately > y->lately);
}

/* The same program has the same place on each CPU. */
static void
sum_seen(struct translator *t, struct hook *hook)
{
	hook->sighting_count = 0;
	for (size_t i = 0; i < seen_count(t); i += t->cpu_count) {
		unsigned first = hook->sighting_count;

		for (size_t j = i; j < i + t->cpu_count; j++)
			if (is_whole(hook, &hook->seen[j]))
				add_sighting(hook, first, &hook->seen[j],
					count_lately(&hook->seen[j],
						&hook->before[j]));
	}
	qsort(hook->sightings, hook->sighting_count, sizeof(*hook->sightings),
		by_lately);
}

static void
tell(const struct translator *t, enum translator_what what,
	const struct hook *hook, const struct hot_seen *seen,
	uint64_t code_hash, uint64_t load_ns)
{
	const struct translator_event event = {.what = (uint8_t)what,
		.hook = (uint8_t)(hook - t->hooks),
		.code_count = seen ? seen->code_count : 0,
		.pad_count = seen ? seen->pad_count : 0,
		.code_hash = code_hash, .load_ns = load_ns};

	if (t->sink)
		t->sink(t->sink_arg, &event);
}

/* Slots */

static void
empty_slot(struct hook *hook, unsigned i)
{
	uint32_t key = i;

	if (hook->slots[i].fd < 0)
		return;
	bpf_map_delete_elem(hook->with.programs_fd, &key);
	close(hook->slots[i].fd);
	hook->slots[i].fd = -1;
	hook->used_count--;
}

static bool
is_listed(const struct translator_policy *policy, uint64_t code_hash)
{
	for (unsigned i = 0; i < policy->listed_count; i++)
		if (policy->listed[i] == code_hash)
			return true;
	return false;
}

static bool
is_allowed(const struct translator_policy *policy, uint64_t code_hash)
{
	return policy->mode == TRANSLATOR_HOT ||
		(policy->mode == TRANSLATOR_LISTED &&
		 is_listed(policy, code_hash));
}

static unsigned
least_used(const struct hook *hook)
{
	unsigned least = HOT_SLOTS;

	for (unsigned i = 0; i < HOT_SLOTS; i++)
		if (hook->slots[i].fd >= 0 && (least == HOT_SLOTS ||
		    hook->slots[i].used < hook->slots[least].used))
			least = i;
	return least;
}

/* What was used counts half as much a turn later. */
static void
note_use(struct hook *hook)
{
	for (unsigned i = 0; i < HOT_SLOTS; i++)
		hook->slots[i].used /= 2;
	for (unsigned i = 0; i < hook->sighting_count; i++) {
		const struct sighting *s = &hook->sightings[i];
		struct slot *slot = &hook->slots[hot_slot(s->hash)];

		if (slot->fd >= 0 && slot->hash == s->hash)
			slot->used += s->lately;
	}
}

/*
 * Is there a slot for it, or is what is in the way used so much less that it
 * must go?  So two programs that take turns do not push each other out.
 */
static bool
make_room(struct translator *t, struct hook *hook, const struct sighting *s)
{
	unsigned slot = hot_slot(s->hash);

	if (hook->slots[slot].fd < 0) {
		if (hook->used_count < t->policy.programs)
			return true;
		slot = least_used(hook);
	}
	if (hook->slots[slot].used >= s->lately / 4)
		return false;
	tell(t, TRANSLATOR_EVICTED, hook, NULL, hook->slots[slot].code_hash,
		0);
	empty_slot(hook, slot);
	t->counts.evicted++;
	return true;
}

/* Loading */

static bool
was_refused(const struct hook *hook, uint64_t hash)
{
	for (unsigned i = 0; i < REFUSED_MAX; i++)
		if (hook->refused[i] == hash)
			return true;
	return false;
}

static void
refuse(struct hook *hook, uint64_t hash)
{
	hook->refused[hook->refused_next++ % REFUSED_MAX] = hash;
}

/* Be sent a signal, which the verifier heeds, after so long; 0: not any more. */
static void
set_alarm(const struct translator *t, unsigned ms)
{
	const struct itimerval timer = {.it_value = {.tv_usec = 1000 * ms}};

	if (t->breaks_off)
		setitimer(ITIMER_PROF, &timer, NULL);
}

static int
load(struct translator *t, struct hook *hook, const struct hot_seen *seen,
	uint64_t *load_ns)
{
	int fd;

	*load_ns = 0;
	if (!translate((enum translate_kind)hook->with.kind, seen->code,
		seen->code_count, seen->pad_count, &t->translation))
		return -1;
	set_alarm(t, TRANSLATOR_CEILING_MS);
	fd = jit_load(hook->jit, &t->translation, NULL, load_ns);
	set_alarm(t, 0);
	t->budget_ns -= (int64_t)*load_ns;
	t->counts.load_ns += *load_ns;
	if (fd >= 0 && *load_ns > TRANSLATOR_CEILING_MS * MS_NS) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* It came to nothing: never again. */
static void
give_up(struct translator *t, struct hook *hook, const struct sighting *s,
	uint64_t code_hash, uint64_t load_ns)
{
	refuse(hook, s->hash);
	t->counts.refused++;
	t->counts.slow += load_ns > TRANSLATOR_CEILING_MS * MS_NS;
	tell(t, TRANSLATOR_REFUSED, hook, s->seen, code_hash, load_ns);
}

static void
put_program(struct translator *t, struct hook *hook, const struct sighting *s,
	uint64_t code_hash)
{
	uint32_t slot = hot_slot(s->hash);
	uint64_t load_ns;
	int fd = load(t, hook, s->seen, &load_ns);

	if (fd < 0 || bpf_map_update_elem(hook->with.programs_fd, &slot, &fd,
	    BPF_ANY)) {
		give_up(t, hook, s, code_hash, load_ns);
		if (fd >= 0)
			close(fd);
		return;
	}
	hook->slots[slot] = (struct slot){.hash = s->hash, .used = s->lately,
		.code_hash = code_hash, .fd = fd};
	hook->used_count++;
	t->counts.loaded++;
	tell(t, TRANSLATOR_LOADED, hook, s->seen, code_hash, load_ns);
}

static bool
is_due(const struct translator *t, const struct hook *hook,
	const struct sighting *s)
{
	const struct slot *slot = &hook->slots[hot_slot(s->hash)];

	if (s->lately == 0 || (slot->fd >= 0 && slot->hash == s->hash) ||
	    was_refused(hook, s->hash))
		return false;
	return t->policy.mode == TRANSLATOR_LISTED ||
		s->total << hook->with.sample_shift >= t->policy.sightings;
}

static void
consider(struct translator *t, struct hook *hook, const struct sighting *s)
{
	uint64_t code_hash = key_code_hash(s->seen->code,
		ISA_INSN_SIZE * (size_t)s->seen->code_count);

	if (is_allowed(&t->policy, code_hash) && make_room(t, hook, s))
		put_program(t, hook, s, code_hash);
}

/* So much loading in a second, and never more than that at once. */
static void
add_budget(struct translator *t, uint64_t now_ns)
{
	int64_t most = (int64_t)(t->policy.load_ms * MS_NS);
	uint64_t passed = now_ns - t->last_ns;

	if (t->last_ns == 0 || passed > SECOND_NS)
		passed = SECOND_NS;
	t->budget_ns += (int64_t)(passed / 1000 * t->policy.load_ms);
	if (t->budget_ns > most)
		t->budget_ns = most;
	t->last_ns = now_ns;
}

static void
turn_hook(struct translator *t, struct hook *hook)
{
	read_seen(t, hook);
	sum_seen(t, hook);
	note_use(hook);
	for (unsigned i = 0; i < hook->sighting_count && t->budget_ns > 0; i++)
		if (is_due(t, hook, &hook->sightings[i]))
			consider(t, hook, &hook->sightings[i]);
}

void
translator_turn(struct translator *t, uint64_t now_ns)
{
	if (t->policy.mode == TRANSLATOR_OFF)
		return;
	add_budget(t, now_ns);
	for (unsigned i = 0; i < t->hook_count; i++)
		turn_hook(t, &t->hooks[i]);
}

void
translator_set_sink(struct translator *t, translator_sink *sink, void *arg)
{
	t->sink = sink;
	t->sink_arg = arg;
}

void
translator_break_off(struct translator *t)
{
	t->breaks_off = true;
}

const struct translator_counts *
translator_counted(const struct translator *t)
{
	return &t->counts;
}

/* Beginning and end */

static bool
put_interpreter(const struct hook *hook)
{
	uint32_t slot = HOT_INTERPRETER;

	return bpf_map_update_elem(hook->with.programs_fd, &slot,
		&hook->with.interpreter_fd, BPF_ANY) == 0;
}

static bool
tell_hook(struct hook *hook, enum translator_mode mode)
{
	uint32_t zero = 0;

	hook->settings.on = mode != TRANSLATOR_OFF;
	return bpf_map_update_elem(hook->with.hot_fd, &zero, &hook->settings,
		BPF_ANY) == 0;
}

static void
keep_allowed(struct translator *t, struct hook *hook)
{
	for (unsigned i = 0; i < HOT_SLOTS; i++)
		if (!is_allowed(&t->policy, hook->slots[i].code_hash))
			empty_slot(hook, i);
	while (hook->used_count > t->policy.programs)
		empty_slot(hook, least_used(hook));
}

bool
translator_set_policy(struct translator *t,
	const struct translator_policy *policy)
{
	bool ok = true;

	t->policy = *policy;
	for (unsigned i = 0; i < t->hook_count; i++) {
		keep_allowed(t, &t->hooks[i]);
		ok &= tell_hook(&t->hooks[i], policy->mode);
	}
	return ok;
}

/* An earlier translator's, which had other factors. */
static void
empty_all(struct hook *hook)
{
	for (uint32_t i = 0; i < HOT_SLOTS; i++) {
		bpf_map_delete_elem(hook->with.programs_fd, &i);
		hook->slots[i].fd = -1;
	}
}

static bool
open_hook(struct translator *t, struct hook *hook,
	const struct translator_hook *with)
{
	const int maps[TRANSLATE_MAP_COUNT] = {
		[TRANSLATE_RUNS] = with->runs_fd,
		[TRANSLATE_PROGRAMS] = with->programs_fd};

	hook->with = *with;
	empty_all(hook);
	hook->settings.sample_shift = with->sample_shift;
	hook->seen = calloc(seen_count(t), sizeof(*hook->seen));
	hook->before = calloc(seen_count(t), sizeof(*hook->before));
	hook->sightings = calloc(seen_count(t), sizeof(*hook->sightings));
	if (!hook->seen || !hook->before || !hook->sightings ||
	    getrandom(hook->settings.factors, sizeof(hook->settings.factors),
		0) != sizeof(hook->settings.factors))
		return false;
	hook->jit = jit_new(with->object, maps);
	return hook->jit && put_interpreter(hook);
}

static void
close_hook(struct hook *hook)
{
	if (hook->jit) {
		tell_hook(hook, TRANSLATOR_OFF);
		for (unsigned i = 0; i < HOT_SLOTS; i++)
			empty_slot(hook, i);
	}
	jit_free(hook->jit);
	free(hook->seen);
	free(hook->before);
	free(hook->sightings);
}

struct translator *
translator_new(const struct translator_hook *hooks, unsigned hook_count,
	const struct translator_policy *policy)
{
	struct translator *t = calloc(1, sizeof(*t));
	int cpu_count = libbpf_num_possible_cpus();
	bool ok = t && cpu_count > 0 && hook_count <= TRANSLATOR_HOOKS_MAX;

	if (ok)
		t->cpu_count = (unsigned)cpu_count;
	for (unsigned i = 0; ok && i < hook_count; i++) {
		t->hook_count++;
		ok = open_hook(t, &t->hooks[i], &hooks[i]);
	}
	if (ok && translator_set_policy(t, policy))
		return t;
	translator_free(t);
	return NULL;
}

void
translator_free(struct translator *t)
{
	for (unsigned i = 0; t && i < t->hook_count; i++)
		close_hook(&t->hooks[i]);
	free(t);
}
