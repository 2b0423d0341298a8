/* SPDX-License-Identifier: BSD-2-Clause */
/* Commands that move; see command-int.h. */
#include "vm/command-int.h"

#include <stdlib.h>
#include <string.h>

#include "vm/debug-show.h"

enum { COUNT_MAX = 1000000 };

/*
 * Telling where the debugger is.
 */

/* Going forward in large steps, what came of each run is told as it passes. */
void
command_pass_end(void *arg, const struct debug *debug)
{
	struct command_session *session = arg;

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

	if (debug->at.run != from.run)
		debug_show_run(session->out, debug);
	if (!session->told_end || !record_is_end(&debug->record, debug->at))
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
	bool forward = count > 0, edge = false;

	for (long i = 0; i != count && !edge; i += forward ? 1 : -1) {
		edge = !one_step(session, forward);
		if (!edge && forward && i + 1 != count &&
		    record_is_end(&debug->record, debug->at))
			debug_show_end(session->out, debug);
		if (command_interrupted(session))
			break;
	}
	if (edge)
		return tell_edge(session, forward);
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
	if (from.run != debug->at.run || from.state != debug->at.state)
		command_tell_next(session, from);
	return moved || tell_edge(session, forward);
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

/* The change that a watch saw, from the step before to the one after it. */
static void
tell_watch(struct command_session *session, const struct debug_stop *stop,
	bool forward)
{
	struct debug *debug = &session->debug;
	struct record_at other = debug->at;
	struct eval now, then;
	uint32_t value;

	other.state += forward ? -1u : 1u;
	if (stop->kind != DEBUG_ON_CHANGE)
		return;
	then = debug_eval(debug, other);
	now = debug_eval(debug, debug->at);
	fputs(": ", session->out);
	if (eval_number(&then, stop->name, &value))
		fputs("no value", session->out);
	else
		debug_show_number(session->out, value, 0);
	fputs(" -> ", session->out);
	if (eval_number(&now, stop->name, &value))
		fputs("no value", session->out);
	else
		debug_show_number(session->out, value, 0);
}

static void
tell_stops(struct command_session *session, uint64_t due, bool forward)
{
	struct debug *debug = &session->debug;
	char text[DEBUG_STOP_TEXT_SIZE];

	for (unsigned i = debug->stop_count; i-- > 0; ) {
		struct debug_stop stop = debug->stops[i];

		if (!(due >> i & 1))
			continue;
		fprintf(session->out, "%u: %s", stop.id,
			debug_stop_text(&stop, text));
		tell_watch(session, &stop, forward);
		fputc('\n', session->out);
		if (stop.once)
			debug_remove_stop(debug, i);
	}
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
	if (!debug_finish(debug))
		return command_fail(session, "this is the end of the run");
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
	unsigned id;

	if (!*rest)
		return command_fail(session, "until needs a place, as in "
			"until drop");
	if (!where_take_both(session, rest, &stop))
		return false;
	if (!debug_add_stop(debug, &stop))
		return command_fail(session, "there are %d stops already; "
			"delete some", DEBUG_STOPS_MAX);
	id = debug->last_id;
	if (!command_go_on(session, true, debug->at))
		return false;
	for (unsigned i = 0; i < debug->stop_count; i++)
		if (debug->stops[i].id == id)
			debug_remove_stop(debug, i);
	return true;
}
