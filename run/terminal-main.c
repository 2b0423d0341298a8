/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines from a terminal; see terminal-main.h. */
#include <config.h>

#include "run/terminal-main.h"

#include <histedit.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { HISTORY_SIZE = 500, WORDS_MAX = 1024, COLUMNS = 80, GAP = 2 };

/* Words that a completion found; they belong to this. */
struct words {
	char *words[WORDS_MAX];
	unsigned count;
};

struct terminal {
	const struct terminal_client *client;
	FILE *out;
	EditLine *edit;
	History *history;
	bool given_up;		/* the line, with ^C */
	char *line;
};

static struct terminal *
terminal_of(EditLine *edit)
{
	void *terminal = NULL;

	el_get(edit, EL_CLIENTDATA, &terminal);
	return terminal;
}

static char *
prompt(EditLine *edit)
{
	return (char *)terminal_of(edit)->client->prompt;
}

/* ^C: leave what was written as it stands, and begin a new line. */
static unsigned char
give_up(EditLine *edit, int c)
{
	struct terminal *terminal = terminal_of(edit);

	(void)c;
	terminal->given_up = true;
	fputs("^C\n", terminal->out);
	fflush(terminal->out);
	return CC_NEWLINE;
}

static void
add_word(void *arg, const char *word)
{
	struct words *words = arg;

	for (unsigned i = 0; i < words->count; i++)
		if (!strcmp(words->words[i], word))
			return;
	if (words->count < WORDS_MAX)
		words->words[words->count] = strdup(word);
	words->count += words->count < WORDS_MAX &&
		words->words[words->count];
}

static int
compare_words(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* How many characters all words have in common. */
static size_t
common_size(const struct words *words)
{
	size_t size = strlen(words->words[0]);

	for (unsigned i = 1; i < words->count; i++)
		while (strncmp(words->words[0], words->words[i], size))
			size--;
	return size;
}

static void
list_words(FILE *out, struct words *words)
{
	size_t width = 0, columns;

	qsort(words->words, words->count, sizeof(*words->words),
		compare_words);
	for (unsigned i = 0; i < words->count; i++)
		if (strlen(words->words[i]) > width)
			width = strlen(words->words[i]);
	columns = width + GAP < COLUMNS ? COLUMNS / (width + GAP) : 1;
	for (unsigned i = 0; i < words->count; i++)
		fprintf(out, "%s%-*s", i % columns ? "" : "\n",
			(int)(width + GAP), words->words[i]);
	fputc('\n', out);
	fflush(out);
}

/* Write what is certain; list what could be meant, where nothing is. */
static unsigned char
complete_word(struct terminal *terminal, size_t written, struct words *words)
{
	size_t size;
	char *word;

	if (!words->count)
		return CC_ERROR;
	size = common_size(words);
	word = words->words[0];
	if (size == written && words->count > 1) {
		list_words(terminal->out, words);
		return CC_REDISPLAY;
	}
	word[size] = '\0';
	if (word[written] && el_insertstr(terminal->edit, word + written) < 0)
		return CC_ERROR;
	if (words->count == 1 && el_insertstr(terminal->edit, " ") < 0)
		return CC_ERROR;
	return CC_REFRESH;
}

static unsigned char
complete(EditLine *edit, int c)
{
	struct terminal *terminal = terminal_of(edit);
	const struct terminal_client *client = terminal->client;
	const LineInfo *info = el_line(edit);
	size_t size = (size_t)(info->cursor - info->buffer), start = 0;
	struct words words = {.count = 0};
	char *line = strndup(info->buffer, size);
	unsigned char result = CC_ERROR;

	if (!line)
		return CC_ERROR;
	if (client->complete(client->arg, line, &start, add_word, &words))
		result = _el_fn_complete(edit, c);
	else
		result = complete_word(terminal, size - start, &words);
	for (unsigned i = 0; i < words.count; i++)
		free(words.words[i]);
	free(line);
	return result;
}

static void
set_up(struct terminal *terminal)
{
	EditLine *edit = terminal->edit;
	HistEvent event;

	history(terminal->history, &event, H_SETSIZE, HISTORY_SIZE);
	history(terminal->history, &event, H_SETUNIQUE, 1);
	el_set(edit, EL_CLIENTDATA, terminal);
	el_set(edit, EL_PROMPT, prompt);
	el_set(edit, EL_EDITOR, "emacs");
	el_set(edit, EL_HIST, history, terminal->history);
	el_set(edit, EL_SIGNAL, 1);
	el_source(edit, NULL);		/* the user's own ~/.editrc */
	el_set(edit, EL_ADDFN, "wasp-complete", "Complete the word", complete);
	el_set(edit, EL_ADDFN, "wasp-give-up", "Begin a new line", give_up);
	el_set(edit, EL_BIND, "^I", "wasp-complete", NULL);
	/* ^C comes as a character while a line is edited. */
	el_set(edit, EL_SETTY, "-d", "-isig", NULL);
	el_set(edit, EL_BIND, "^C", "wasp-give-up", NULL);
	el_set(edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
}

struct terminal *
terminal_open(FILE *in, FILE *out, const struct terminal_client *client)
{
	struct terminal *terminal = calloc(1, sizeof(*terminal));

	if (!terminal)
		return NULL;
	terminal->client = client;
	terminal->out = out;
	terminal->history = history_init();
	terminal->edit = el_init(client->name, in, out, stderr);
	if (!terminal->history || !terminal->edit) {
		terminal_close(terminal);
		return NULL;
	}
	set_up(terminal);
	return terminal;
}

void
terminal_close(struct terminal *terminal)
{
	if (!terminal)
		return;
	if (terminal->edit)
		el_end(terminal->edit);
	if (terminal->history)
		history_end(terminal->history);
	free(terminal->line);
	free(terminal);
}

const char *
terminal_read(struct terminal *terminal)
{
	HistEvent event;
	const char *text;
	int size;

	terminal->given_up = false;
	/* Before the prompt: what is typed once it is seen is for the editor. */
	el_set(terminal->edit, EL_PREP_TERM, 1);
	text = el_gets(terminal->edit, &size);
	free(terminal->line);
	terminal->line = NULL;
	if (!text || size <= 0)
		return NULL;
	if (terminal->given_up)
		return "#";
	terminal->line = strndup(text, strcspn(text, "\n"));
	if (terminal->line && terminal->line[0])
		history(terminal->history, &event, H_ENTER, terminal->line);
	return terminal->line;
}
