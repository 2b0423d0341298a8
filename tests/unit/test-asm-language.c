/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What reads other texts than the source: included files, definitions of the
 * caller, macros.  By the assembler's door; messages are golden files.
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asm/asm.h"

/* Files that can be included. */
struct file {
	const char *path, *text;
};

struct disk {
	const struct file *files;	/* ended by a path that is NULL */
	char asked[512];		/* "NAME from FROM; " for each */
};

static bool
open_file(void *arg, struct asm_file *file)
{
	struct disk *disk = arg;
	size_t len = strlen(disk->asked);

	snprintf(disk->asked + len, sizeof(disk->asked) - len, "%s from %s; ",
		file->name, file->from ? file->from : "-");
	for (const struct file *f = disk->files; f->path; f++)
		if (!strcmp(f->path, file->name)) {
			file->path = f->path;
			file->text = f->text;
			file->size = strlen(f->text);
			return true;
		}
	return false;
}

/* Everything that was told, a line each. */
struct told {
	char text[4096];
};

static void
tell(void *arg, const struct diag *diag)
{
	struct told *told = arg;
	size_t len = strlen(told->text);

	snprintf(told->text + len, sizeof(told->text) - len,
		"%s:%u:%u: %s\n", diag->file ? diag->file : "", diag->line,
		diag->col, diag->text);
}

static enum asm_result
assemble(struct object *object, const char *source, struct asm_options *options,
	struct told *told)
{
	told->text[0] = '\0';
	return asm_assemble(object, source, strlen(source), options, tell,
		told);
}

static void
files_are_asked_for_by_name_and_from_where(void **state)
{
	static const struct file files[] = {{"a/b", ".include \"c\"\nnop\n"},
		{"c", "drop"}, {NULL, NULL}};
	struct disk disk = {.files = files};
	struct asm_options options = {.open = open_file, .open_arg = &disk};
	struct object object;
	struct told told;

	(void)state;
	assert_int_equal(assemble(&object, ".hooks none\n.include \"a/b\"\n"
		".include \"c\"", &options, &told), ASM_OK);
	assert_string_equal(disk.asked, "a/b from -; c from a/b; c from -; ");
	assert_int_equal(object.header.code_count, 3);
	assert_string_equal(object.notes.file, "<stdin>");
	assert_string_equal(notes_line_at(&object.notes, 0)->file, "c");
	assert_int_equal(notes_line_at(&object.notes, 1)->line, 2);
	assert_string_equal(notes_line_at(&object.notes, 1)->file, "a/b");
	object_done(&object);
}

static void
nothing_is_included_where_nobody_opens_files(void **state)
{
	struct asm_options options = {.file = "x"};
	struct object object;
	struct told told;

	(void)state;
	assert_int_equal(assemble(&object, ".hooks none\n.include \"a\"\nnop",
		&options, &told), ASM_REJECTED);
	assert_string_equal(told.text,
		"x:2:10: 'a' is not included: no files can be opened here\n");
}

static void
definitions_of_the_caller_come_first(void **state)
{
	const char *const defines[] = {"ONE", "SUM=ONE + LATER", NULL};
	struct asm_options options = {.file = "x", .defines = defines};
	struct object object;
	struct told told;

	(void)state;
	assert_int_equal(assemble(&object, ".hooks none\n.ifndef ONE\n.error "
		"\"no\"\n.endif\nldi r0, SUM\nLATER = 6\n", &options, &told),
		ASM_OK);
	assert_int_equal(packet_insn(object.packet, 0), 0x5007);
	object_done(&object);
	assert_int_equal(assemble(&object, ".hooks none\nnop\nLATER = 6\n"
		"ONE = 1\n", &options, &told), ASM_REJECTED);
	assert_string_equal(told.text, "x:4:1: 'ONE' is defined already\n"
		"--define:1:1: 'ONE' was defined here\n");
}

static void
errors_in_expansions_are_told_with_the_way_there(void **state)
{
	static const struct file files[] = {{"lib", "\n.macro two x\none \\x\n"
		".endm\n.macro one x\nldi r0, \\x\n.endm\n"}, {NULL, NULL}};
	struct disk disk = {.files = files};
	struct asm_options options = {.file = "x", .open = open_file,
		.open_arg = &disk};
	struct object object;
	struct told told;

	(void)state;
	assert_int_equal(assemble(&object, ".hooks none\n.include \"lib\"\n"
		" two 512", &options, &told), ASM_REJECTED);
	assert_string_equal(told.text,
		"lib:6:9: this operand of 'ldi' is 512; 0..511 is allowed\n"
		"lib:3:1: in the expansion of macro 'one'\n"
		"x:3:2: in the expansion of macro 'two'\n");
}

/* Errors are found in several passes. */
static void
errors_are_told_in_the_order_of_reading(void **state)
{
	struct asm_options options = {.file = "x"};
	struct object object;
	struct told told;

	(void)state;
	assert_int_equal(assemble(&object, ".hooks none\n.macro m a\njmp \\a\n"
		"bad\n.endm\nm q1\njmp q2\nm q3\nbad\n", &options, &told),
		ASM_REJECTED);
	assert_string_equal(told.text,
		"x:3:5: 'q1' is not defined\n"
		"x:6:1: in the expansion of macro 'm'\n"
		"x:4:1: there is no instruction 'bad'\n"
		"x:6:1: in the expansion of macro 'm'\n"
		"x:7:5: 'q2' is not defined\n"
		"x:3:5: 'q3' is not defined\n"
		"x:8:1: in the expansion of macro 'm'\n"
		"x:4:1: there is no instruction 'bad'\n"
		"x:8:1: in the expansion of macro 'm'\n"
		"x:9:1: there is no instruction 'bad'\n");
}

static void
what_is_made_is_noted_by_the_line_that_made_it(void **state)
{
	struct asm_options options = {.file = "dir/x"};
	struct object object;
	struct told told;

	(void)state;
	assert_int_equal(assemble(&object, ".hooks none\n.macro in\nnop\n"
		".endm\n.macro out\nin\nlic r0, 512\n.endm\n.rept 2\nout\n"
		".endr\ndrop\n", &options, &told), ASM_OK);
	assert_int_equal(object.header.code_count, 7);
	for (unsigned pc = 0; pc < 6; pc++) {
		assert_int_equal(notes_line_at(&object.notes, pc)->line, 9);
		assert_string_equal(notes_line_at(&object.notes, pc)->text,
			".rept 2");
	}
	assert_int_equal(notes_line_at(&object.notes, 6)->line, 12);
	assert_string_equal(notes_line_at(&object.notes, 6)->file, "x");
	object_done(&object);
}

/*
 * Memory: the linker sends all calls of the originals here, and the one that
 * counts down to zero fails.
 */

static unsigned allocations_left;

void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);

void *
__wrap_calloc(size_t count, size_t size)
{
	return allocations_left == 0 || --allocations_left > 0 ?
		__real_calloc(count, size) : NULL;
}

/* Macros, each as large as others; the comment before moves all in memory. */
static char *
make_large(unsigned comment)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	fprintf(out, ";%*s\n.hooks none\n.include \"lib\"\n", (int)comment, "");
	for (unsigned i = 0; i < 150; i++)
		fprintf(out, ".macro m%u a, b=%u, c...\n.if \\a\nx\\@ = \\b\n"
			".else\n.purgem m%u\n.endif\n%u:\n.endm\nm%u %u, c=1,2\n",
			i, i, i, i + 1, i, i % 3);
	for (unsigned i = 0; i < 5; i++)
		fprintf(out, ".irp r, r1, r2\nlic \\r, 0x89abcdef >> %u\n"
			".endr\n", 8 + i);
	fclose(out);
	return text;
}

static void
the_lack_of_memory_is_said_wherever_it_comes(void **state)
{
	static const struct file files[] = {{"lib", "1: .rept 3\nbz r0, 2f\n"
		".endr\nld r0, [1f]\n.data\n1: .word 1b\n.text\n2:\n"},
		{NULL, NULL}};
	unsigned failures = 0;

	(void)state;
	for (unsigned comment = 0; comment < 60000; comment += 7777) {
		char *source = make_large(comment);
		enum asm_result result = ASM_NO_MEMORY;

		for (unsigned n = 1; result == ASM_NO_MEMORY; n++) {
			struct disk disk = {.files = files};
			struct asm_options options = {.open = open_file,
				.open_arg = &disk};
			struct object object;

			allocations_left = n;
			result = asm_assemble(&object, source, strlen(source),
				&options, NULL, NULL);
			allocations_left = 0;
			object_done(&object);
			failures += result == ASM_NO_MEMORY;
		}
		assert_int_equal(result, ASM_OK);
		free(source);
	}
	assert_true(failures > 20);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(files_are_asked_for_by_name_and_from_where),
	cmocka_unit_test(nothing_is_included_where_nobody_opens_files),
	cmocka_unit_test(definitions_of_the_caller_come_first),
	cmocka_unit_test(errors_in_expansions_are_told_with_the_way_there),
	cmocka_unit_test(errors_are_told_in_the_order_of_reading),
	cmocka_unit_test(what_is_made_is_noted_by_the_line_that_made_it),
	cmocka_unit_test(the_lack_of_memory_is_said_wherever_it_comes),
};
RUN_TESTS(tests)
