/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The provider; see advertise-main.h.  The same packet teaches it the routers
 * of its domain, leaves the advertisement there, and brings home what came of
 * it: first two at once to each target, then one after the other.
 */
#include <config.h>

#include "magnet/advertise-main.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "magnet/show.h"
#include "magnet/turn.h"
#include "wasp-send/exchange.h"

enum {
	LEARN_COUNT = 2,	/* packets to learn a domain with: both kinds */
	EPOCH_COUNT = 4096,	/* packets of one exchange */
	SILENT_MIN = 4		/* unanswered, and then it is told */
};
#define NS_PER_S UINT64_C(1000000000)

/* What is sent to one target. */
struct errand {
	struct object object;
	struct turn turn;
	bool at_last[EPOCH_COUNT];	/* by sequence - 1: where it turns */
	unsigned unanswered;		/* in a row */
	const char *reason;		/* what ICMP said of it last */
};

struct provider {
	const struct request *request;
	volatile sig_atomic_t *stop;
	struct line lines[LISTEN_MAX];
	struct errand *errands;		/* one for each line */
	struct board board;
	uint32_t word;			/* random, not 0 */
	unsigned sent, answered;
	bool denied_told, kept;
	char error[sizeof(((struct send_error *)0)->text)];
};

static const char *
target_text(const struct provider *p, unsigned i)
{
	return p->request->targets[i].text;
}

/* Where nobody takes what is printed any more, it ends, but in order. */
static void
flush_line(const struct provider *p)
{
	if (fflush(stdout) || ferror(stdout))
		*p->stop = 1;
}

static void
print_router(void *arg, const struct board_router *router)
{
	struct provider *p = arg;
	const char *target = target_text(p, router->target_i);

	if (router->state == BOARD_ADVERTISED)
		p->kept = true;
	if (p->request->json)
		cli_print_json(&request_cli, show_router_json(router, target));
	else
		show_router(stdout, router, target);
	flush_line(p);
}

static void
print_target(const struct provider *p, unsigned i, bool answers)
{
	const char *reason = answers ? NULL : p->errands[i].reason;

	if (p->request->json)
		cli_print_json(&request_cli, json_pack(
			"{s:i, s:s, s:s, s:b, s:s?}", "v", 1, "type", "target",
			"target", target_text(p, i), "answers", answers,
			"reason", reason));
	else
		printf("target %s: %s%s%s\n", target_text(p, i), answers ?
			"answers" : "no answer", reason ? ": " : "",
			reason ? reason : "");
	flush_line(p);
}

static void
prepare(void *arg, unsigned line_i, uint16_t seq)
{
	struct provider *p = arg;
	struct errand *errand = &p->errands[line_i];

	errand->at_last[seq - 1] = turn_next(&errand->turn);
	service_turn_at_last(&errand->object, errand->at_last[seq - 1]);
}

static void
take_answer(struct provider *p, const struct exchange_event *event)
{
	struct errand *errand = &p->errands[event->line_i];

	p->answered++;
	turn_answered(&errand->turn, errand->at_last[event->seq - 1]);
	if (errand->unanswered >= SILENT_MIN)
		print_target(p, event->line_i, true);
	errand->unanswered = 0;
}

static void
take_silence(struct provider *p, const struct exchange_event *event)
{
	struct errand *errand = &p->errands[event->line_i];

	turn_unanswered(&errand->turn, errand->at_last[event->seq - 1]);
	if (event->kind == EXCHANGE_ICMP)
		errand->reason = event->match->reason->text;
	if (++errand->unanswered == SILENT_MIN)
		print_target(p, event->line_i, false);
}

/* Who is refused everywhere should hear why at once, and plainly. */
static void
tell_denied(struct provider *p)
{
	unsigned denied = board_count(&p->board, BOARD_DENIED);

	if (p->denied_told || denied == 0 || denied != p->board.count)
		return;
	p->denied_told = true;
	fprintf(stderr, "wasp-magnet: no router takes it: only the operator "
		"may advertise\n"
		"    hint: There the interface by which this host comes in must "
		"be the operator's,\n"
		"    and this host's address one of operator-prefixes; see "
		"waspd.conf(5).\n");
}

static void
take_event(void *arg, const struct exchange_event *event)
{
	struct provider *p = arg;
	const struct line *line = &p->lines[event->line_i];
	uint64_t now_ns = listen_clock();

	if (event->kind == EXCHANGE_REPLY)
		take_answer(p, event);
	else if (event->kind == EXCHANGE_ICMP ||
	    event->kind == EXCHANGE_TIMEOUT)
		take_silence(p, event);
	if (event->kind != EXCHANGE_DAMAGED && event->match &&
	    event->match->wasp) {
		board_note(&p->board, event->line_i, trail_begin(
			&p->errands[event->line_i].object, event->match->wasp,
			&event->match->header, line->probe.form.family), now_ns,
			print_router, p);
		tell_denied(p);
	}
	board_expire(&p->board, now_ns, print_router, p);
}

/* An exchange of so many packets; what fails is told, and may mend itself. */
static void
run_exchange(struct provider *p, const struct exchange *exchange,
	unsigned count)
{
	struct send_error error;
	bool ok;

	for (unsigned i = 0; i < exchange->line_count; i++)
		if (!tally_init(&p->lines[i].tally, count))
			cli_die(&request_cli, CLI_SYSTEM, "out of memory");
	ok = exchange_run(exchange, &error);
	for (unsigned i = 0; i < exchange->line_count; i++) {
		p->sent += p->lines[i].tally.sent;
		tally_done(&p->lines[i].tally);
		p->lines[i].probe.ident++;
	}
	if (ok)
		p->error[0] = '\0';
	else if (strcmp(p->error, error.text))
		fprintf(stderr, "wasp-magnet: %s\n",
			strcpy(p->error, error.text));
}

static void
pause_for(uint64_t ns, const sigset_t *mask)
{
	struct timespec time = {(time_t)(ns / NS_PER_S), (long)(ns % NS_PER_S)};

	ppoll(NULL, 0, &time, mask);
}

static void
advertise(struct provider *p, struct exchange *exchange)
{
	const struct request *request = p->request;
	unsigned left = request->count ? request->count - 1 : UINT_MAX, count;

	run_exchange(p, exchange, LEARN_COUNT);
	exchange->interval_ns = request->every_ns;
	while (!*exchange->stop && left > 0) {
		count = left < EPOCH_COUNT ? left : EPOCH_COUNT;
		pause_for(request->every_ns, exchange->mask);
		run_exchange(p, exchange, count);
		board_expire(&p->board, listen_clock(), print_router, p);
		if (request->count)
			left -= count;
	}
}

/* Both periods' entries, so that clients forget it at once. */
static void
withdraw(struct provider *p)
{
	uint8_t packet[PROBE_SIZE_MAX];
	struct send_error error;

	for (unsigned i = 0; i < p->request->target_count; i++)
		for (unsigned ago = 0; ago < 2; ago++) {
			struct errand *errand = &p->errands[i];

			service_put(&errand->object, "keep", 0, 0);
			service_put(&errand->object, "ago", 0, ago);
			service_turn_at_last(&errand->object,
				errand->turn.way == TURN_AT_LAST);
			wire_send(&p->lines[i].wire, packet, probe_build(
				&p->lines[i].probe, (uint16_t)(ago + 1),
				packet), &error);
		}
}

/* The address that is advertised to a target: a given one of its family. */
static void
put_offer(const struct provider *p, unsigned i)
{
	const struct request *request = p->request;
	const struct ip_form *form = &p->lines[i].probe.form;
	struct object *object = &p->errands[i].object;
	unsigned family_i = form->family == 4 ? 0 : 1;
	struct show_offer offer = {request->service, request->metric,
		request->port, {0}};

	memcpy(offer.addr, request->addr_given[family_i] ?
		request->addrs[family_i] : form->src, IP_ADDR_SIZE);
	service_put(object, "word", 0, p->word);
	service_put(object, "keep", 0, p->word);
	service_put(object, "rank", 0, (uint32_t)offer.metric << 16 |
		offer.port);
	for (unsigned n = 0; n < IP_ADDR_SIZE / 4; n++)
		service_put(object, "where", n,
			packet_get32(offer.addr + 4 * n));
	if (request->json)
		cli_print_json(&request_cli, show_offer_json(&offer,
			target_text(p, i)));
	else
		show_offer(stdout, &offer, target_text(p, i));
}

static void
open_provider(struct provider *p)
{
	const struct request *request = p->request;

	p->errands = calloc(request->target_count, sizeof(*p->errands));
	if (!p->errands)
		cli_die(&request_cli, CLI_SYSTEM, "out of memory");
	do
		if (getrandom(&p->word, sizeof(p->word), 0) != sizeof(p->word))
			cli_die(&request_cli, CLI_SYSTEM, "no random bytes: %s",
				strerror(errno));
	while (p->word == 0);
	for (unsigned i = 0; i < request->target_count; i++) {
		if (!service_make(&p->errands[i].object, SERVICE_ADVERTISE,
		    service_key(request->service,
		    request->targets[i].form.family)))
			cli_die(&request_cli, CLI_SYSTEM, "out of memory");
		request_open(request, &request->targets[i],
			&p->errands[i].object, &p->lines[i]);
		put_offer(p, i);
	}
	cli_drop_privileges(&request_cli);
	cli_flush(&request_cli);
}

static void
close_provider(struct provider *p)
{
	for (unsigned i = 0; i < p->request->target_count; i++) {
		line_close(&p->lines[i]);
		object_done(&p->errands[i].object);
	}
	free(p->errands);
	board_done(&p->board);
}

static void
print_summary(const struct provider *p)
{
	unsigned advertised = board_count(&p->board, BOARD_ADVERTISED);

	if (p->request->json)
		cli_print_json(&request_cli, json_pack(
			"{s:i, s:s, s:s, s:i, s:i, s:i, s:i}", "v", 1,
			"type", "summary", "service", p->request->service,
			"sent", (int)p->sent, "answered", (int)p->answered,
			"routers", (int)p->board.count,
			"advertised", (int)advertised));
	else
		printf("--- %s: %u sent, %u answered; advertised at %u of %u "
			"routers\n", p->request->service, p->sent, p->answered,
			advertised, p->board.count);
}

enum cli_exit
advertise_run(const struct request *request, volatile sig_atomic_t *stop,
	const sigset_t *mask)
{
	struct provider p = {.request = request, .stop = stop};
	struct exchange exchange = {.lines = p.lines,
		.line_count = request->target_count, .interval_ns = 0,
		.timeout_ns = request->timeout_ns, .stop = stop, .mask = mask,
		.prepare = prepare, .sink = take_event, .arg = &p};

	signal(SIGPIPE, SIG_IGN);	/* see flush_line */
	open_provider(&p);
	advertise(&p, &exchange);
	if (*stop)
		withdraw(&p);
	print_summary(&p);
	close_provider(&p);
	return p.kept ? CLI_YES : CLI_NO;
}
