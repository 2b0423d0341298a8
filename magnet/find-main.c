/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The client; see find-main.h.  It does not know whether its target speaks
 * WASP, so it sends two packets at once: one that turns at the last router
 * before the target, and one that turns at the target.  The answer that has
 * seen more nodes counts.  Where a trail was too short the rest is asked for in
 * the same way.
 */
#include <config.h>

#include "magnet/find-main.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "magnet/show.h"
#include "magnet/trail.h"
#include "wasp-send/exchange.h"

enum {
	AT_LAST = 1, THROUGH,		/* the sequence numbers of the two */
	FINDS_MAX = 256,		/* there are not more hops */
	GRACE_FACTOR = 3		/* see await_other */
};
#define GRACE_NS UINT64_C(200000000)

/* The best answer of a round. */
struct answer {
	bool is_there;
	uint8_t wasp[PACKET_SIZE_MAX];
	struct packet_header header;
	uint64_t time_ns;
};

struct seeker {
	const struct request *request;
	struct object object;
	struct line line;
	struct exchange exchange;
	struct answer answer;		/* of this round */
	const char *reason;		/* why none came back; NULL: not told */
	unsigned asked;			/* nodes, in all rounds */
	uint64_t time_ns;		/* of all rounds */
	struct trail_find finds[FINDS_MAX];
	unsigned find_count;
};

static void
prepare(void *arg, unsigned line_i, uint16_t seq)
{
	struct seeker *s = arg;

	(void)line_i;
	service_turn_at_last(&s->object, seq == AT_LAST);
}

static bool
has_record(const struct seeker *s)
{
	struct trail trail = trail_begin(&s->object, s->answer.wasp,
		&s->answer.header, s->line.probe.form.family);
	struct trail_find find;

	return trail_next_find(&trail, &find);
}

/*
 * The packet for the target has hardly more of a way than the one that came
 * back from just before it, so it is not waited for much longer: many targets
 * are silent when they get what they do not know.
 */
static void
await_other(struct seeker *s, const struct exchange_event *event)
{
	uint64_t enough_ns = GRACE_FACTOR * event->time_ns + GRACE_NS;

	if (event->seq == THROUGH || (s->request->first && has_record(s)))
		enough_ns = 1;
	if (event->kind == EXCHANGE_REPLY &&
	    enough_ns < s->exchange.timeout_ns)
		s->exchange.timeout_ns = enough_ns;
}

static void
take_event(void *arg, const struct exchange_event *event)
{
	struct seeker *s = arg;
	const struct match *match = event->match;
	struct answer *answer = &s->answer;

	if (event->kind == EXCHANGE_ICMP)
		s->reason = match->reason->text;
	if ((event->kind != EXCHANGE_REPLY && event->kind != EXCHANGE_ICMP) ||
	    !match->wasp)
		return;
	if (!answer->is_there || match->header.hops > answer->header.hops) {
		*answer = (struct answer){.is_there = true,
			.header = match->header, .time_ns = event->time_ns};
		memcpy(answer->wasp, match->wasp, s->object.size);
	}
	await_other(s, event);
}

static bool
is_known(const struct seeker *s, const struct trail_find *find)
{
	for (unsigned i = 0; i < s->find_count; i++)
		if (s->finds[i].port == find->port && !memcmp(
		    s->finds[i].addr, find->addr, IP_ADDR_SIZE))
			return true;
	return false;
}

/* Take over what the answer brought; returns the last hop that told any. */
static unsigned
take_finds(struct seeker *s)
{
	struct trail trail = trail_begin(&s->object, s->answer.wasp,
		&s->answer.header, s->line.probe.form.family);
	bool all = s->request->command == REQUEST_LIST;
	struct trail_find find;
	unsigned hop = 0;

	while (s->find_count < FINDS_MAX && trail_next_find(&trail, &find)) {
		hop = find.router.hop;
		if (all || !is_known(s, &find))
			s->finds[s->find_count++] = find;
	}
	return hop;
}

static bool
ask(struct seeker *s, unsigned from)
{
	struct send_error error;
	bool ok;

	service_put(&s->object, "from", 0, from);
	s->answer.is_there = false;
	s->exchange.timeout_ns = s->request->timeout_ns;
	if (!tally_init(&s->line.tally, THROUGH))
		cli_die(&request_cli, CLI_SYSTEM, "out of memory");
	ok = exchange_run(&s->exchange, &error);
	tally_done(&s->line.tally);
	s->line.probe.ident++;		/* what comes late is of no round now */
	if (!ok)
		request_die(&error);
	return s->answer.is_there;
}

/* Round after round, while trails are full and lead on. */
static bool
ask_all(struct seeker *s)
{
	unsigned from = 0, hop;

	do {
		if (!ask(s, from))
			return from > 0;
		s->asked = s->answer.header.hops;
		s->time_ns += s->answer.time_ns;
		hop = take_finds(s);
		if (hop < from || *s->exchange.stop)
			break;
		from = hop + 1;
	} while (s->answer.header.status & PACKET_STATUS_FULL);
	return true;
}

/* A client wants the best, a list shows the way. */
static int
compare(const void *a, const void *b)
{
	const struct trail_find *x = a, *y = b;

	if (x->metric != y->metric)
		return x->metric < y->metric ? -1 : 1;
	return x->router.hop < y->router.hop ? -1 :
		x->router.hop > y->router.hop;
}

static void
print_json(const struct seeker *s, bool answered)
{
	const struct request *request = s->request;

	for (unsigned i = 0; i < s->find_count; i++)
		cli_print_json(&request_cli, show_find_json(request->service,
			&s->finds[i]));
	cli_print_json(&request_cli, json_pack(
		"{s:i, s:s, s:s, s:s, s:b, s:i, s:i, s:o}", "v", 1,
		"type", "summary", "service", request->service,
		"target", request->targets[0].text, "answered", answered,
		"asked", (int)s->asked, "found", (int)s->find_count,
		"time_ns", answered ? json_integer((json_int_t)s->time_ns) :
			json_null()));
}

static void
print_text(const struct seeker *s)
{
	const struct request *request = s->request;

	if (s->find_count > 0)
		show_find_title(stdout);
	for (unsigned i = 0; i < s->find_count; i++)
		show_find(stdout, &s->finds[i]);
	if (s->find_count == 0)
		printf("nobody provides %s on the way to %s; ",
			request->service, request->targets[0].text);
	else
		printf("--- %s on the way to %s: ", request->service,
			request->targets[0].text);
	if (s->asked == 0)
		printf("no node there runs WASP, or this program\n");
	else
		printf("%u node%s asked, %.3f ms\n", s->asked,
			s->asked == 1 ? "" : "s", (double)s->time_ns / 1e6);
}

static void
print(struct seeker *s, bool answered)
{
	if (s->request->command == REQUEST_FIND)
		qsort(s->finds, s->find_count, sizeof(*s->finds), compare);
	if (s->request->json)
		print_json(s, answered);
	else if (answered)
		print_text(s);
	if (!answered)
		fprintf(stderr, "wasp-magnet: no answer from the way to "
			"%s%s%s\n", s->request->targets[0].text,
			s->reason ? ": " : "", s->reason ? s->reason : "");
}

static void
open_seeker(struct seeker *s)
{
	const struct request *request = s->request;
	const struct request_target *target = &request->targets[0];

	if (!service_make(&s->object, SERVICE_FIND, service_key(
	    request->service, target->form.family)))
		cli_die(&request_cli, CLI_SYSTEM, "out of memory");
	service_put(&s->object, "first", 0, request->first);
	service_put(&s->object, "all", 0, request->command == REQUEST_LIST);
	request_open(request, target, &s->object, &s->line);
	cli_drop_privileges(&request_cli);
}

enum cli_exit
find_run(const struct request *request, volatile sig_atomic_t *stop,
	const sigset_t *mask)
{
	struct seeker s = {.request = request};
	bool answered;

	open_seeker(&s);
	s.exchange = (struct exchange){.lines = &s.line, .line_count = 1,
		.stop = stop, .mask = mask, .prepare = prepare,
		.sink = take_event, .arg = &s};
	answered = ask_all(&s);
	print(&s, answered);
	line_close(&s.line);
	object_done(&s.object);
	return s.find_count > 0 ? CLI_YES : CLI_NO;
}
