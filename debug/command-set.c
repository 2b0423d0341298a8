/* SPDX-License-Identifier: BSD-2-Clause */
/* Commands that change; see command-int.h. */
#include "debug/command-int.h"

#include <string.h>

#include "debug/debug-show.h"

static bool
check_change(struct command_session *session,
	const struct record_change *change)
{
	const struct record_state *state = debug_state(&session->debug);

	if (change->place.kind == RECORD_ENTRY && !state->mapped)
		return command_fail(session,
			"nothing is mapped here, so t%u can not "
			"be set", change->place.index);
	if (change->place.kind == RECORD_CURSOR && change->value > UINT8_MAX)
		return command_fail(session,
			"the cursor is a number of 0 to 255");
	if (change->place.kind == RECORD_PC && (change->value < state->pc ||
	    change->value > command_code_count(session)))
		return command_fail(session,
			"pc can be set to %u..%u: control never "
			"goes back", state->pc, command_code_count(session));
	return true;
}

static bool
make_change(struct command_session *session, struct record_place place,
	uint32_t value)
{
	struct debug *debug = &session->debug;
	struct record_change change = {debug->at, place, value};

	if (!check_change(session, &change))
		return false;
	return record_change(&debug->record, &change) == RECORD_SENT ||
		command_fail_memory(session);
}

static bool
set_word(struct command_session *session, struct record_place place,
	const char *text)
{
	struct debug *debug = &session->debug;
	struct eval eval = debug_eval(debug, debug->at);
	char name[EVAL_TEXT_SIZE];
	uint32_t value, old = 0;

	if (eval_number(&eval, text, &value))
		return command_fail(session, "%s", eval.error);
	eval_place(debug_state(debug), place, &old);
	if (!make_change(session, place, value))
		return false;
	fprintf(session->out, "%s: ", eval_place_text(
		&debug_object(debug)->notes, place, name));
	debug_show_value(session->out, place, old);
	fputs(" -> ", session->out);
	debug_show_value(session->out, place, value);
	fputc('\n', session->out);
	return true;
}

/* All four words of an address. */
static bool
set_address(struct command_session *session, const char *text,
	const struct eval_name *name, const char *value)
{
	struct record_place place = name->place;
	uint8_t addr[IP_ADDR_SIZE];

	if (name->count != IP_ADDR_SIZE / PACKET_WORD_SIZE ||
	    !ip_addr_parse(value, addr))
		return command_fail(session,
			"%.80s has %u words; set one of them%s", text,
			name->count, name->count == 4 ? ", or an address" : "");
	for (unsigned i = 0; i < name->count; i++, place.index++)
		if (!make_change(session, place,
		    packet_get32(addr + PACKET_WORD_SIZE * i)))
			return false;
	debug_show_name(session->out, &session->debug, text, name, 'a');
	return true;
}

bool
command_set(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	struct eval eval = debug_eval(debug, debug->at);
	char *equals = strchr(rest, '=');
	struct eval_name name;

	if (!equals)
		return command_fail(session, "set needs NAME = VALUE");
	*equals = '\0';
	equals = words_skip_space(equals + 1);
	words_strip_end(rest);
	if (eval_find(&eval, rest, &name))
		return command_fail(session, "%s", eval.error);
	if (name.kind != EVAL_PLACE)
		return command_fail(session, "'%.80s' can not be set", rest);
	if (record_is_end(&debug->record, debug->at))
		return command_fail(session,
			"this is the end of a run; step back to change "
			"something");
	return name.count > 1 ? set_address(session, rest, &name, equals) :
		set_word(session, name.place, equals);
}

bool
command_undo(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	enum record_result result = record_undo(&debug->record, &debug->at);

	(void)rest;
	if (result == RECORD_ALL_SENT)
		return command_fail(session, "nothing was set");
	if (result != RECORD_SENT) {
		return command_fail_memory(session);
	}
	command_tell_next(session, COMMAND_NOWHERE);
	return true;
}

bool
command_load(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	const struct record_source *source;

	if (!*rest)
		return command_fail(session, "load which file?");
	if (!session->host.load)
		return command_fail(session, "no files can be read here");
	source = session->host.load(session->host.arg, rest, session->error);
	if (!source)
		return false;
	if (!record_plan(&debug->record, debug_run(debug)->packet + 1, source,
	    1)) {
		return command_fail_memory(session);
	}
	return command_move(session, 1, debug_step_packet);
}
