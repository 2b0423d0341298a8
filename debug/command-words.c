/* SPDX-License-Identifier: BSD-2-Clause */
/* Words of a line, errors; see command-int.h. */
#include "debug/command-int.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

bool
command_fail(struct command_session *session, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(session->error, sizeof(session->error), format, ap);
	va_end(ap);
	return false;
}

bool
command_fail_memory(struct command_session *session)
{
	session->no_memory = true;
	return command_fail(session, "out of memory");
}

char *
words_skip_space(char *text)
{
	while (isspace((unsigned char)*text))
		text++;
	return text;
}

void
words_strip_end(char *text)
{
	size_t size = strlen(text);

	while (size && isspace((unsigned char)text[size - 1]))
		text[--size] = '\0';
}

char *
words_take(char *text, char **rest)
{
	char *end = text;

	while (*end && !isspace((unsigned char)*end))
		end++;
	*rest = words_skip_space(end);
	*end = '\0';
	return text;
}

bool
words_number(const char *text, unsigned long max, unsigned long *n)
{
	if (!*text || strlen(text) > 9 ||
	    text[strspn(text, "0123456789")])
		return false;
	*n = strtoul(text, NULL, 10);
	return *n <= max;
}

bool
words_begin(const char *word, const char *name)
{
	return !strncmp(word, name, strlen(word));
}

void
words_add(void *arg, const char *name)
{
	struct words *words = arg;

	if (words->count < WORDS_MAX)
		words->names[words->count++] = name;
}

bool
command_fail_unknown(struct command_session *session, const char *what,
	const char *word, const struct words *words)
{
	const char *like = diag_suggest(word, words->names, words->count);

	return command_fail(session, "there is no %s '%.80s'%s%s%s", what, word,
		like ? "; did you mean " : "", like ? like : "",
		like ? "?" : "");
}
