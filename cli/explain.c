/* SPDX-License-Identifier: BSD-2-Clause */
/* What a diagnostic means, for --explain; see cli.h. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 76, INDENT = 4 };

/* Words in lines of at most COLUMNS, indented. */
static void
print_wrapped(const char *text)
{
	int column = 0;

	while (*text) {
		int len = (int)strcspn(text, " ");

		if (column == 0 || column + 1 + len > COLUMNS) {
			printf("%s%*s", column ? "\n" : "", INDENT, "");
			column = INDENT;
		} else {
			putchar(' ');
			column++;
		}
		printf("%.*s", len, text);
		column += len;
		text += len + strspn(text + len, " ");
	}
	putchar('\n');
}

/* Tabs stay: a source that is copied from here is a source. */
static void
print_source(const char *title, const char *source)
{
	printf("\n%s:\n\n%s", title, source);
}

static void
print_diag(enum diag_id id)
{
	const struct diag_info *info = &diag_infos[id];
	const struct diag_example *example = diag_example(id);

	printf("WASP-%s: %s\n", info->code, info->title);
	if (*info->class)
		printf(info->on ? "A warning, which -Wno-%s leaves out.\n" :
			"A warning that only -W%s asks for.\n", info->class);
	putchar('\n');
	print_wrapped(info->why);
	if (*info->mend) {
		printf("\nWhat mends it:\n\n");
		print_wrapped(info->mend);
	}
	if (!example)
		return;
	print_source("Wrong", example->wrong);
	print_source("Mended", example->mended);
}

static void
print_list(void)
{
	for (int id = DIAG_NONE + 1; id < DIAG_COUNT; id++) {
		const struct diag_info *info = &diag_infos[id];

		printf("WASP-%s  %-7s  %s%s%s%s\n", info->code,
			info->severity == DIAG_ERROR ? "error" : "warning",
			info->title, *info->class ? " (-W" : "", info->class,
			*info->class ? ")" : "");
	}
}

/* All warnings of a class; false where there are none. */
static bool
print_class(const char *class)
{
	bool found = false;

	for (int id = DIAG_NONE + 1; id < DIAG_COUNT; id++) {
		if (!*class || strcmp(class, diag_infos[id].class))
			continue;
		if (found)
			putchar('\n');
		print_diag((enum diag_id)id);
		found = true;
	}
	return found;
}

static _Noreturn void
not_explained(const struct cli *cli, const char *what)
{
	const char *names[2 * DIAG_COUNT], *like;
	size_t count = 0;

	for (int id = DIAG_NONE + 1; id < DIAG_COUNT; id++) {
		names[count++] = diag_infos[id].code;
		if (*diag_infos[id].class)
			names[count++] = diag_infos[id].class;
	}
	like = diag_suggest(what, names, count);
	if (like)
		cli_misuse(cli, "--explain: there is no '%s'; did you mean "
			"'%s'?", what, like);
	cli_misuse(cli, "--explain: there is no '%s'; '--explain list' prints "
		"all", what);
}

void
cli_explain(const struct cli *cli, const char *what)
{
	enum diag_id id = diag_numbered(what);

	if (!strcmp(what, "list"))
		print_list();
	else if (id != DIAG_NONE)
		print_diag(id);
	else if (!print_class(what + 2 * !strncmp(what, "-W", 2)))
		not_explained(cli, what);
	cli_close(cli);
	exit(CLI_YES);
}
