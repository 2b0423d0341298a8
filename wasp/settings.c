/* SPDX-License-Identifier: BSD-2-Clause */
/* Files of settings by libconfuse; see settings.h. */
#include "wasp/settings.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 64 };

/* libconfuse has no place for a caller's pointer in what it calls back. */
static _Thread_local struct settings *reading;

int
settings_name_index(const char *const *names, const char *word)
{
	for (int i = 0; names[i]; i++)
		if (!strcmp(names[i], word))
			return i;
	return -1;
}

const char *
settings_name_list(const char *const *names, char *buf, size_t size)
{
	size_t at = 0;

	for (int i = 0; names[i] && at < size; i++)
		at += (size_t)snprintf(buf + at, size - at, "%s%s",
			i == 0 ? "" : names[i + 1] ? ", " : " or ", names[i]);
	return buf;
}

void *
settings_user(void)
{
	return reading->user;
}

static const char *
text_line(const char *text, unsigned line)
{
	while (--line > 0 && *text) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return text;
}

/* The last value of a list is checked twice. */
void
settings_report(const cfg_t *cfg, struct diag *diag)
{
	diag->file = reading->file;
	if (cfg && cfg->line > 0) {
		diag->line = (unsigned)cfg->line;
		diag->quote = text_line(reading->text, diag->line);
	}
	if (diag->line == reading->last.line &&
	    !strcmp(diag->text, reading->last.text))
		return;
	reading->last = *diag;
	reading->errors++;
	reading->sink(reading->arg, diag);
}

static void
report_end(void)
{
	struct diag diag = {0};

	diag_set(&diag, reading->syntax,
		"the file ends within a section, a list or a comment");
	settings_report(NULL, &diag);
}

static void
collect_names(const cfg_opt_t *opts, char *buf, size_t size)
{
	size_t at = 0;

	for (; opts->name && strcmp(opts->name, SETTINGS_AT_THE_END) &&
	    at < size; opts++)
		at += (size_t)snprintf(buf + at, size - at, "%s%s",
			at ? ", " : "", opts->name);
}

static void
unknown_setting(cfg_t *cfg, const char *name)
{
	struct diag diag = {0};
	char allowed[DIAG_TEXT_SIZE];
	const char *names[NAMES_MAX], *like;
	size_t count = 0;

	if (!strcmp(name, SETTINGS_AT_THE_END)) {
		report_end();
		return;
	}
	for (const cfg_opt_t *o = cfg->opts; o->name && count < NAMES_MAX; o++)
		names[count++] = o->name;
	like = diag_suggest(name, names, count);
	diag_set(&diag, reading->unknown, "there is no setting '%s' here",
		name);
	collect_names(cfg->opts, allowed, sizeof(allowed));
	if (like)
		diag_set_hint(&diag, "did you mean '%s'?", like);
	else
		diag_set_hint(&diag, "allowed are %.280s", allowed);
	settings_report(cfg, &diag);
}

static void
wrong_type(cfg_t *cfg, const char *name, const char *what)
{
	struct diag diag = {0};

	diag_set(&diag, reading->value, "%.80s takes %s", name, what);
	settings_report(cfg, &diag);
}

__attribute__((format(printf, 3, 0)))
static void
syntax_error(cfg_t *cfg, enum diag_id id, const char *format, va_list ap)
{
	struct diag diag = {0};
	char text[DIAG_TEXT_SIZE];

	vsnprintf(text, sizeof(text), format, ap);
	if (strstr(text, SETTINGS_AT_THE_END) || strstr(text, "end of file")) {
		report_end();
		return;
	}
	diag_set(&diag, id, "%s", text);
	settings_report(cfg, &diag);
}

static void
section_twice(cfg_t *cfg, const char *title)
{
	struct diag diag = {0};

	diag_set(&diag, reading->twice, "the %s '%.80s' is described twice",
		reading->section, title);
	settings_report(cfg, &diag);
}

/* What libconfuse itself finds; the name it means is its first argument. */
__attribute__((format(printf, 2, 0)))
static void
confuse_error(cfg_t *cfg, const char *format, va_list ap)
{
	if (strstr(format, "no such option"))
		unknown_setting(cfg, va_arg(ap, const char *));
	else if (strstr(format, "integer value"))
		wrong_type(cfg, va_arg(ap, const char *), "a number");
	else if (strstr(format, "boolean value"))
		wrong_type(cfg, va_arg(ap, const char *), "true or false");
	else if (strstr(format, "duplicate title"))
		section_twice(cfg, va_arg(ap, const char *));
	else
		syntax_error(cfg, reading->syntax, format, ap);
}

/* The end of a string whose quote is at p: its other quote, or the NUL. */
static char *
string_end(char *p)
{
	char quote = *p++;

	for (; *p && *p != quote; p++)
		if (*p == '\\' && p[1])
			p++;
	return p;
}

/* The end of a comment at p, or p where none begins or it has no end. */
static char *
comment_end(char *p, bool in_word)
{
	char *end = NULL;

	if (*p == '#' || (!in_word && p[0] == '/' && p[1] == '/'))
		return p + strcspn(p, "\n");
	if (!in_word && p[0] == '/' && p[1] == '*')
		end = strstr(p + 2, "*/");
	return end ? end + 2 : p;
}

/*
 * Comments become spaces, since libconfuse 3.3 miscounts the lines after them.
 * A slash in a word is one.
 */
static void
blank_comments(char *p)
{
	bool in_word = false;

	while (*p) {
		char *end = comment_end(p, in_word);

		for (; p < end; p++)
			if (*p != '\n')
				*p = ' ';
		if (*p == '"' || *p == '\'')
			p = string_end(p);
		in_word = *p && !strchr(" \t\r\n\"'(){}=+,", *p);
		if (*p)
			p++;
	}
}

/* The text with the setting behind it; libconfuse's result. */
static int
parse(cfg_t *cfg, const char *text)
{
	static const char end[] = "\n" SETTINGS_AT_THE_END " = true\n";
	size_t size = strlen(text);
	char *whole = malloc(size + sizeof(end));
	int result;

	if (!whole)
		return CFG_FILE_ERROR;
	memcpy(whole, text, size + 1);
	blank_comments(whole);
	memcpy(whole + size, end, sizeof(end));
	result = cfg_parse_buf(cfg, whole);
	free(whole);
	if (!reading->errors && result != CFG_FILE_ERROR &&
	    !cfg_getbool(cfg, SETTINGS_AT_THE_END))
		report_end();
	return result;
}

static void
report_no_memory(void)
{
	struct diag diag = {0};

	diag_set_note(&diag, "out of memory");
	settings_report(NULL, &diag);
}

bool
settings_parse(struct settings *settings, cfg_t *cfg)
{
	reading = settings;
	if (cfg)
		cfg_set_error_function(cfg, confuse_error);
	if (!cfg || parse(cfg, settings->text) == CFG_FILE_ERROR)
		report_no_memory();
	else if (!settings->errors && settings->check)
		settings->check(cfg);
	reading = NULL;
	return settings->errors == 0;
}
