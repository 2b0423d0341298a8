/* SPDX-License-Identifier: BSD-2-Clause */
/* Commands that move; see command-int.h. */
#include "debug/command-int.h"

#include <stdlib.h>
#include <string.h>

#include "debug/debug-show.h"

enum { COUNT_MAX = 1000000 };

/*
 * Telling where the debugger is.
 */

/* Going forward in large steps, what came of each run is told as it passes. */
void
command_pass_end(void *arg, const struct debug *debug)
{
	struct command_session *session = arg;

	/* A run without a step has no other place to be named. */
	if (debug->at.state == 0)
		debug_show_run(session->out, debug);
	debug_show_end(session->out, debug);
	session->told_end = true;
}

bool
command_interrupted(void *arg)
{
	struct command_session *session = arg;

	return session->host.interrupted &&
		session->host.interrupted(session->host.arg);
}

/* The next instruction, after the run's name where that is another one. */
void
command_tell_next(struct command_session *session, struct record_at from)
{
	struct debug *debug = &session->debug;
	bool told = session->told_end &&
		record_is_end(&debug->record, debug->at);

	if (debug->at.run != from.run && !(told && debug->at.state == 0))
		debug_show_run(session->out, debug);
	if (!told)
		debug_show_next(session->out, debug);
	session->told_end = false;
}

/* Why it goes no further; false without memory. */
static bool
tell_edge(struct command_session *session, bool forward)
{
	if (forward && session->debug.sent == RECORD_NO_MEMORY)
		return command_fail_memory(session);
	if (!forward)
		fputs("this is the beginning\n", session->out);
	else if (session->debug.sent == RECORD_FULL)
		fprintf(session->out, "no more is recorded: there are %u "
			"steps already\n", session->debug.record.step_count);
	else
		fputs("no packet is left\n", session->out);
	return true;
}

/*
 * Moving.
 */

/* How often; 1 where it is not said, and below 0 to go the other way. */
static bool
take_count(struct command_session *session, const char *text, long *count)
{
	bool minus = *text == '-';
	unsigned long n = 1;

	*count = 1;
	if (*text && !words_number(text + minus, COUNT_MAX, &n))
		return command_fail(session, "'%.80s' is not a number of times",
			text);
	*count = minus ? -(long)n : (long)n;
	return true;
}

static bool
one_step(struct command_session *session, bool forward)
{
	struct debug *debug = &session->debug;
	struct record_at from = debug->at;

	debug->passed = NULL;
	if (!debug_step(debug, forward))
		return false;
	if (forward && from.run == debug->at.run)
		debug_show_step(session->out, debug, from);
	if (debug->at.run != from.run)
		debug_show_run(session->out, debug);
	return true;
}

static bool
step_times(struct command_session *session, long count)
{
	struct debug *debug = &session->debug;
	bool forward = count > 0, told = false;

	for (long i = 0; i != count; i += forward ? 1 : -1) {
		if (!one_step(session, forward)) {
			if (!tell_edge(session, forward))
				return false;
			told |= i == 0;
			break;
		}
		told = forward && record_is_end(&debug->record, debug->at);
		if (told)
			debug_show_end(session->out, debug);
		if (command_interrupted(session))
			break;
	}
	if (!told)
		debug_show_next(session->out, debug);
	return true;
}

/* By runs or packets. */
bool
command_move(struct command_session *session, long count,
	bool (*move)(struct debug *debug, bool forward))
{
	struct debug *debug = &session->debug;
	struct record_at from = debug->at;
	bool forward = count > 0, moved = true;

	debug->passed = command_pass_end;
	for (long i = 0; i != count && moved; i += forward ? 1 : -1) {
		if (command_interrupted(session))
			break;
		moved = move(debug, forward);
	}
	/* After the last run is its end. */
	if (!moved && forward)
		debug_finish(debug);
	if (!moved && !tell_edge(session, forward))
		return false;
	if (moved || (!forward && record_before(debug->at, from)))
		command_tell_next(session, from);
	session->told_end = false;
	return true;
}

bool
command_step(struct command_session *session, char *rest)
{
	long count;

	if (!strcmp(rest, "hop"))
		return command_move(session, 1, debug_step_run);
	if (!strcmp(rest, "packet"))
		return command_move(session, 1, debug_step_packet);
	if (!strcmp(rest, "back"))
		return step_times(session, -1);
	return take_count(session, rest, &count) && step_times(session, count);
}

bool
command_back(struct command_session *session, char *rest)
{
	long count;

	return take_count(session, rest, &count) && step_times(session, -count);
}

bool
command_hop(struct command_session *session, char *rest)
{
	long count;

	return take_count(session, rest, &count) &&
		command_move(session, count, debug_step_run);
}

/* To the packet of that number, from 1; without one, to the next. */
bool
command_packet(struct command_session *session, char *rest)
{
	unsigned packet = debug_run(&session->debug)->packet + 1;
	unsigned max = session->debug.record.packet_max;
	unsigned long number = packet + 1;

	if (*rest && (!words_number(rest, max, &number) || !number))
		return command_fail(session, "'%.80s' is not the number of a "
			"packet, 1 to %u", rest, max);
	if (number != packet)
		return command_move(session, (long)number - (long)packet,
			debug_step_packet);
	session->debug.at = (struct record_at){session->debug.record
		.packets[packet - 1].first_run, 0};
	command_tell_next(session, COMMAND_NOWHERE);
	return true;
}

static void
tell_value(FILE *out, struct eval eval, const char *text)
{
	uint32_t value;

	if (eval_number(&eval, text, &value))
		fputs("no value", out);
	else
		debug_show_number(out, value, 0);
}

/*
 * A stop, and what changed from the one side of a step to the other, in the
 * direction of the move.
 */
static void
tell_stop(struct command_session *session, const struct debug_stop *stop,
	bool forward)
{
	struct debug *debug = &session->debug;
	struct record_at other = debug->at;
	char text[DEBUG_STOP_TEXT_SIZE];

	other.state += forward ? -1u : 1u;
	fprintf(session->out, "%u: %s", stop->id,
		debug_stop_text(stop, text));
	if (stop->kind == DEBUG_ON_CHANGE) {
		fputs(": ", session->out);
		tell_value(session->out, debug_eval(debug, other), stop->name);
		fputs(" -> ", session->out);
		tell_value(session->out, debug_eval(debug, debug->at),
			stop->name);
	}
	fputc('\n', session->out);
	if (stop->kind == DEBUG_ON_STORE)
		debug_show_store_change(session->out, debug,
			forward ? debug->at : other,
			stop->any_key ? NULL : &stop->key);
}

/* The stop of until, which has no number, is not worth a word. */
static void
tell_stops(struct command_session *session, uint64_t due, bool forward)
{
	struct debug *debug = &session->debug;

	for (unsigned i = 0; i < debug->stop_count; i++)
		if (due >> i & 1 && debug->stops[i].id)
			tell_stop(session, &debug->stops[i], forward);
	for (unsigned i = debug->stop_count; i-- > 0; )
		if (due >> i & 1 && debug->stops[i].once)
			debug_remove_stop(debug, i);
}

/* What the step before a watch stopped did. */
static void
tell_watched_step(struct command_session *session, uint64_t due)
{
	struct debug *debug = &session->debug;

	for (unsigned i = 0; i < debug->stop_count; i++)
		if (due >> i & 1 && debug->stops[i].kind >= DEBUG_ON_CHANGE) {
			debug_show_step(session->out, debug, (struct record_at)
				{debug->at.run, debug->at.state - 1});
			return;
		}
}

bool
command_go_on(struct command_session *session, bool forward,
	struct record_at from)
{
	struct debug *debug = &session->debug;
	enum debug_moved moved;
	uint64_t due;

	debug->passed = forward ? command_pass_end : NULL;
	moved = debug_continue(debug, forward, &due);
	if (moved == DEBUG_INTERRUPTED)
		fputs("interrupted\n", session->out);
	if (moved == DEBUG_STOPPED && forward)
		tell_watched_step(session, due);
	tell_stops(session, due, forward);
	if (moved == DEBUG_AT_EDGE && !tell_edge(session, forward))
		return false;
	if (moved != DEBUG_AT_EDGE || !forward)
		command_tell_next(session, from);
	session->told_end = false;
	return true;
}

bool
command_continue(struct command_session *session, char *rest)
{
	(void)rest;
	return command_go_on(session, true, session->debug.at);
}

bool
command_reverse(struct command_session *session, char *rest)
{
	(void)rest;
	return command_go_on(session, false, session->debug.at);
}

bool
command_again(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	uint64_t due;

	(void)rest;
	debug_restart(debug);
	due = debug_due(debug);
	if (!due)
		return command_go_on(session, true, COMMAND_NOWHERE);
	tell_stops(session, due, true);
	command_tell_next(session, COMMAND_NOWHERE);
	return true;
}

bool
command_to_end(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	struct record_at from = debug->at;

	(void)rest;
	debug->passed = NULL;
	if (!debug_finish(debug)) {
		fputs("this is the end of the run\n", session->out);
		return true;
	}
	debug_show_step(session->out, debug, (struct record_at){debug->at.run,
		debug->at.state - 1});
	command_tell_next(session, from);
	return true;
}

bool
command_until(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	struct debug_stop stop = {.once = true};

	if (!*rest)
		return command_fail(session, "until needs a place, as in "
			"until drop");
	if (!where_take_both(session, rest, &stop))
		return false;
	if (!debug_add_stop(debug, &stop))
		return command_fail(session, "there are %d stops already; "
			"delete some", DEBUG_STOPS_MAX);
	debug->stops[debug->stop_count - 1].id = 0;
	debug->last_id--;
	if (!command_go_on(session, true, debug->at))
		return false;
	for (unsigned i = 0; i < debug->stop_count; i++)
		if (!debug->stops[i].id)
			debug_remove_stop(debug, i);
	return true;
}
