/* SPDX-License-Identifier: BSD-2-Clause */
/* The files that wasp-as includes; see include-main.h. */
#include <config.h>	/* asprintf */

#include "asm/include-main.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

/* DIRECTORY/NAME; the name alone for no directory, or if it needs none. */
static char *
join(const char *directory, size_t size, const char *name)
{
	char *path = NULL;

	if (size == 0 || name[0] == '/')
		return strdup(name);
	if (asprintf(&path, "%.*s%s%s", (int)size, directory,
		directory[size - 1] == '/' ? "" : "/", name) < 0)
		return NULL;
	return path;
}

/* Keep a file that was opened, or free it; false without memory. */
static bool
keep(struct includes *includes, char *path, char *text)
{
	struct included *files = reallocarray(includes->files,
		includes->count + 1, sizeof(*files));

	if (!files) {
		free(path);
		free(text);
		return false;
	}
	includes->files = files;
	files[includes->count++] = (struct included){path, text};
	return true;
}

enum found { FOUND, NOT_THERE, FAILED };

/* Try one directory.  Where the file is none, the hint says that it was tried. */
static enum found
try_directory(struct includes *includes, const char *directory, size_t size,
	struct asm_file *file)
{
	char *path = join(directory, size, file->name);
	char *text = path ? cli_try_read(path, CLI_READ_MAX_MIB, &file->size) :
		NULL;
	size_t len = strlen(file->hint);

	if (text && keep(includes, path, text)) {
		file->path = path;
		file->text = text;
		return FOUND;
	}
	if (errno != ENOENT && errno != ENOTDIR) {
		snprintf(file->message, sizeof(file->message), "%s: %s",
			text || !path ? file->name : path, strerror(errno));
		if (!text)
			free(path);
		return FAILED;
	}
	snprintf(file->hint + len, sizeof(file->hint) - len, "%s'%s'",
		len ? ", " : "there is no ", path);
	free(path);
	return NOT_THERE;
}

bool
includes_open(void *arg, struct asm_file *file)
{
	struct includes *includes = arg;
	const char *from = file->from ? file->from : "";
	const char *slash = strrchr(from, '/');
	const char *const *directory = includes->directories;
	enum found found = try_directory(includes, from,
		slash ? (size_t)(slash - from) + (slash == from) : 0, file);

	while (found == NOT_THERE && file->name[0] != '/' && directory &&
	    *directory) {
		found = try_directory(includes, *directory, strlen(*directory),
			file);
		directory++;
	}
	if (found == NOT_THERE)
		snprintf(file->message, sizeof(file->message),
			"it is not found");
	else
		file->hint[0] = '\0';
	return found == FOUND;
}

void
includes_done(struct includes *includes)
{
	for (unsigned i = 0; i < includes->count; i++) {
		free(includes->files[i].path);
		free(includes->files[i].text);
	}
	free(includes->files);
}

/* A path as make reads it: blanks, '#', '%' and ':' behind a backslash, $$. */
static void
put_path(FILE *out, const char *path)
{
	size_t backslashes = 0;

	for (; *path; path++) {
		if (strchr(" \t#%:", *path)) {
			while (backslashes-- > 0)
				fputc('\\', out);
			fputc('\\', out);
		}
		if (*path == '$')
			fputc('$', out);
		backslashes = *path == '\\' ? backslashes + 1 : 0;
		fputc(*path, out);
	}
}

static bool
is_first(const struct includes *includes, unsigned i)
{
	for (unsigned k = 0; k < i; k++)
		if (!strcmp(includes->files[k].path, includes->files[i].path))
			return false;
	return true;
}

char *
includes_rules(const struct includes *includes, const char *target,
	const char *source, size_t *size)
{
	char *rules = NULL;
	FILE *out = open_memstream(&rules, size);

	if (!out)
		return NULL;
	put_path(out, target);
	fputc(':', out);
	if (source) {
		fputc(' ', out);
		put_path(out, source);
	}
	for (unsigned i = 0; i < includes->count; i++)
		if (is_first(includes, i)) {
			fputs(" \\\n  ", out);
			put_path(out, includes->files[i].path);
		}
	fputc('\n', out);
	for (unsigned i = 0; i < includes->count; i++)
		if (is_first(includes, i)) {
			put_path(out, includes->files[i].path);
			fputs(":\n", out);
		}
	if (fclose(out)) {
		free(rules);
		return NULL;
	}
	return rules;
}
