/* SPDX-License-Identifier: BSD-2-Clause */
/* Completion; see command-int.h. */
#include "debug/command-int.h"

#include <ctype.h>
#include <string.h>

/* Those of the names that begin with the word. */
struct completion {
	const char *word;
	words_visit *visit;
	void *arg;
};

static void
offer(void *arg, const char *name)
{
	const struct completion *completion = arg;

	if (words_begin(completion->word, name))
		completion->visit(completion->arg, name);
}

static void
offer_command(void *arg, const char *name, const char *operands,
	const char *help)
{
	(void)operands;
	(void)help;
	offer(arg, name);
}

static void
offer_operands(const struct command_session *session, enum completes completes,
	struct completion *completion)
{
	struct eval eval = debug_eval(&session->debug, session->debug.at);

	switch (completes) {
	case COMPLETES_COMMAND:
		command_each(offer_command, completion);
		break;
	case COMPLETES_TOPIC:
		topic_each(offer, completion);
		break;
	case COMPLETES_VALUE:
		offer(completion, "store");
		eval_each_name(&eval, offer, completion);
		break;
	case COMPLETES_CODE:
	case COMPLETES_WHERE:
		where_each(session, offer, completion);
		break;
	case COMPLETES_MOVE:
		offer(completion, "hop");
		offer(completion, "packet");
		break;
	case COMPLETES_FILE:
	case COMPLETES_NOTHING:
		break;
	}
}

/* What the command at the beginning of a line completes. */
static enum completes
line_completes(const char *line)
{
	const struct command *command;
	char copy[COMMAND_LINE_MAX], name[COMMAND_LINE_MAX];
	unsigned count;

	snprintf(copy, sizeof(copy), "%s", line);
	command_take_name(copy, name);
	command = command_find(name, &count);
	return command ? command->completes : COMPLETES_NOTHING;
}

/* Characters of names and files. */
static bool
is_word_char(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("_.$-/", c));
}

bool
command_complete(const struct command_session *session, const char *line,
	size_t *start, void (*visit)(void *arg, const char *word), void *arg)
{
	struct completion completion = {.visit = visit, .arg = arg};
	enum completes completes;

	*start = strlen(line);
	while (*start > 0 && is_word_char(line[*start - 1]))
		--*start;
	completion.word = line + *start;
	completes = strspn(line, " \t") == *start ? COMPLETES_COMMAND :
		line_completes(line);
	offer_operands(session, completes, &completion);
	return completes == COMPLETES_FILE;
}
