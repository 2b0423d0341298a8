/* SPDX-License-Identifier: BSD-2-Clause */
/* .include: a file that whoever called the assembler opens, read next. */
#include "asm/asm-int.h"

#include <ctype.h>
#include <string.h>

/* The name that a string holds; NULL, after a report, where it holds none. */
static const char *
file_name(struct assembler *as, const struct operand *operand)
{
	char found[2 * QUOTE_SIZE], hint[HINT_SIZE];
	bool control = false;

	if (operand->kind == OPERAND_BAD)
		return NULL;
	for (size_t i = 0; i < operand->size; i++)
		control |= iscntrl((unsigned char)operand->text[i]) != 0;
	if (operand->kind == OPERAND_STRING && operand->size && !control)
		return arena_copy(as, operand->text, operand->size);
	report_error(as, operand->place, DIAG_ASM_KIND,
		operand_string_hint(operand, hint),
		"'.include' takes the name of a file in quotes here, not %s",
		operand_text(operand, found));
	return NULL;
}

/* Whether a file is among those that are being read. */
static bool
is_open(const struct assembler *as, const char *path)
{
	for (const struct source *s = as->source; s; s = s->up)
		if (!s->macro && !strcmp(s->name, path))
			return true;
	return false;
}

/* Reports, once for all files, that there is too much of something. */
static bool
is_over(struct assembler *as, struct place place, size_t count, size_t max,
	const char *what)
{
	if (count <= max)
		return false;
	if (!as->include_full)
		report_error(as, place, DIAG_ASM_INCLUDE_LIMIT, NULL,
			"more than %zu %s", max, what);
	as->include_full = true;
	return true;
}

static bool
check_limits(struct assembler *as, struct place place, size_t size)
{
	return !as->include_full &&
		!is_over(as, place, as->source->include_depth + 1,
			INCLUDE_DEPTH_MAX, "files included in each other") &&
		!is_over(as, place, as->includes + 1, INCLUDE_MAX,
			"included files") &&
		!is_over(as, place, as->include_size + size, INCLUDE_SIZE_MAX,
			"bytes of included files");
}

static void
push_file(struct assembler *as, const struct operand *operand,
	const struct asm_file *file)
{
	struct source source = {.name = file->path, .text = file->text,
		.size = file->size, .note = file->name,
		.title = "included from here", .from = operand->place};

	if (is_open(as, file->path)) {
		report_error(as, operand->place, DIAG_ASM_INCLUDE_CYCLE, NULL,
			"'%s' includes itself", file->path);
		return;
	}
	if (!check_limits(as, operand->place, file->size))
		return;
	as->includes++;
	as->include_size += file->size;
	source_push(as, &source);
}

void
include_run(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	const struct asm_options *options = as->options;
	const struct source *from = place.source->file;
	struct asm_file file = {.name = file_name(as, operands.first)};

	(void)directive;
	if (!file.name || !check_limits(as, operands.first->place, 0))
		return;
	file.from = from->up ? from->name : options->file;
	if (options->open && options->open(options->open_arg, &file))
		push_file(as, operands.first, &file);
	else
		report_error(as, operands.first->place, DIAG_ASM_INCLUDE,
			file.hint[0] ? file.hint : NULL, "'%s' is not included: %s",
			file.name, file.message[0] ? file.message :
			"no files can be opened here");
}
