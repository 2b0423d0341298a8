/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The examples of the diagnostics: each wrong source shows just what it is an
 * example of, and each mended one nothing at all.
 */
#include "tests/unit/test.h"

#include <stdlib.h>
#include <string.h>

#include "asm/asm.h"
#include "verify/verify.h"

/* What was told: the first that is not the wanted one, and how many were. */
struct told {
	enum diag_id wanted, other;
	unsigned count;
	char text[DIAG_TEXT_SIZE];
};

static void
tell(void *arg, const struct diag *diag)
{
	struct told *told = arg;

	if (diag->severity == DIAG_NOTE)
		return;
	if (diag->id == told->wanted) {
		told->count++;
	} else if (told->other == DIAG_NONE) {
		told->other = diag->id;
		strcpy(told->text, diag->text);
	}
}

/* All that is told of a source on its way through assembler and verifier. */
static void
tell_all(const char *source, bool verify, struct diag_filter *filter)
{
	struct asm_options options = {.file = "example.wasp"};
	struct object object, again;
	struct verify_result result;
	uint8_t *bytes;
	size_t size;

	if (asm_assemble(&object, source, strlen(source), &options,
		diag_filter_sink, filter) != ASM_OK)
		return;
	bytes = object_bytes(&object, &size);
	assert_non_null(bytes);
	object_done(&object);
	if (object_read(&again, bytes, size, "example.wo", diag_filter_sink,
		filter) && verify)
		verify_object(&again, "example.wo", NULL, &result,
			diag_filter_sink, filter);
	object_done(&again);
	free(bytes);
}

/* Everything that is on, and the wanted one. */
static struct told
told_of(const char *source, enum diag_id wanted)
{
	struct told told = {.wanted = wanted};
	struct diag_filter filter = {.sink = tell, .arg = &told};
	const struct diag_info *info = &diag_infos[wanted];
	struct diag diag;

	if (*info->class)
		assert_true(diag_filter_choose(&filter, info->class, &diag));
	tell_all(source, info->code[0] == 'V', &filter);
	return told;
}

/* Whether a source shows its diagnostic, or nothing, and nothing else. */
static bool
shows(const char *source, enum diag_id id, bool wanted)
{
	struct told told = told_of(source, id);

	if ((told.count > 0) == wanted && told.other == DIAG_NONE)
		return true;
	print_error("%s: told %u times, and %s: %s\n", diag_infos[id].code,
		told.count, diag_infos[told.other].code, told.text);
	return false;
}

static void
each_wrong_example_shows_just_its_diagnostic(void **state)
{
	bool ok = true;

	(void)state;
	for (int id = DIAG_NONE + 1; id < DIAG_COUNT; id++)
		if (diag_example(id))
			ok &= shows(diag_example(id)->wrong, id, true);
	assert_true(ok);
}

static void
each_mended_example_shows_nothing(void **state)
{
	bool ok = true;

	(void)state;
	for (int id = DIAG_NONE + 1; id < DIAG_COUNT; id++)
		if (diag_example(id))
			ok &= shows(diag_example(id)->mended, id, false);
	assert_true(ok);
}

/* What no short source shows, or only with options, a file or a limit. */
static const enum diag_id without[] = {
	DIAG_ASM_DEPTH, DIAG_ASM_FAR, DIAG_ASM_CODE_FULL, DIAG_ASM_RANDOM,
	DIAG_ASM_INCLUDE, DIAG_ASM_INCLUDE_CYCLE, DIAG_ASM_INCLUDE_LIMIT,
	DIAG_ASM_EMPTY_INCLUDE,
	DIAG_OBJECT_BAD_NOTE, DIAG_OBJECT_OTHER_CODE,
	DIAG_VERIFY_STEPS, DIAG_VERIFY_COST, DIAG_VERIFY_LARGE,
	DIAG_VERIFY_FULL
};

static bool
is_without(enum diag_id id)
{
	for (size_t i = 0; i < sizeof(without) / sizeof(*without); i++)
		if (without[i] == id)
			return true;
	return false;
}

static void
every_diagnostic_that_a_source_can_show_has_an_example(void **state)
{
	(void)state;
	for (int id = DIAG_NONE + 1; id < DIAG_COUNT; id++)
		if (strchr("AOV", diag_infos[id].code[0]) &&
		    (diag_example(id) == NULL) != is_without(id))
			fail_msg("%s (%s): diag-examples.def wants an example, "
				"or this file the reason why there is none",
				diag_infos[id].code, diag_infos[id].title);
}

/* The columns of the widest line, where tabs stop at each eighth. */
static unsigned
width(const char *source)
{
	unsigned column = 0, widest = 0;

	for (; *source; source++) {
		column = *source == '\n' ? 0 : *source == '\t' ?
			column / 8 * 8 + 8 : column + 1;
		if (column > widest)
			widest = column;
	}
	return widest;
}

/* They are read on terminals. */
static void
examples_are_at_most_76_columns_wide(void **state)
{
	(void)state;
	for (int id = DIAG_NONE + 1; id < DIAG_COUNT; id++) {
		const struct diag_example *example = diag_example(id);

		if (!example)
			continue;
		assert_true(width(example->mended) <= 76);
		assert_true(width(example->wrong) <= 76 ||
			id == DIAG_ASM_LONG_NAME);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(each_wrong_example_shows_just_its_diagnostic),
	cmocka_unit_test(each_mended_example_shows_nothing),
	cmocka_unit_test(every_diagnostic_that_a_source_can_show_has_an_example),
	cmocka_unit_test(examples_are_at_most_76_columns_wide),
};
RUN_TESTS(tests)
