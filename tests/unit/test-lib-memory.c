/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libwasp without memory: each allocation fails once, and the function that
 * wanted it says so, leaves nothing behind and nothing half done.  Linked with
 * the static library, whose allocations go through the wrappers below.
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasp.h>

static const char source[] =
	"        .program count\n"
	"        .hooks ingress\n"
	"        .data\n"
	"flow:   .key public, random\n"
	"seen:   .word 0\n"
	"        .text\n"
	"        insert r0, [flow]\n"
	"        bz r0, out\n"
	"        st r0, [seen]\n"
	"out:    forward\n";

/* The allocation that fails: 1 is the next, 0 none. */
static unsigned fail_at;

static bool
fails(void)
{
	return fail_at && --fail_at == 0;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_reallocarray(void *memory, size_t count, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t size);
FILE *__real_open_memstream(char **text, size_t *size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_reallocarray(void *memory, size_t count, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t size);
FILE *__wrap_open_memstream(char **text, size_t *size);

void *
__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t count, size_t size)
{
	return fails() ? NULL : __real_calloc(count, size);
}

void *
__wrap_reallocarray(void *memory, size_t count, size_t size)
{
	return fails() ? NULL : __real_reallocarray(memory, count, size);
}

void *
__wrap_aligned_alloc(size_t alignment, size_t size)
{
	return fails() ? NULL : __real_aligned_alloc(alignment, size);
}

char *
__wrap_strdup(const char *text)
{
	return fails() ? NULL : __real_strdup(text);
}

char *
__wrap_strndup(const char *text, size_t size)
{
	return fails() ? NULL : __real_strndup(text, size);
}

FILE *
__wrap_open_memstream(char **text, size_t *size)
{
	return fails() ? NULL : __real_open_memstream(text, size);
}

/* Run it with the 1st, the 2nd ... allocation failing, until none does. */
static void
fail_each(enum wasp_result (*run)(void *arg), void *arg)
{
	for (unsigned i = 1; ; i++) {
		enum wasp_result result;

		fail_at = i;
		result = run(arg);
		if (fail_at) {
			fail_at = 0;
			assert_int_equal(result, WASP_OK);
			assert_true(i > 1);
			return;
		}
		assert_int_equal(result, WASP_NO_MEMORY);
	}
}

static struct wasp_object *
assembled(void)
{
	struct wasp_object *object;

	assert_int_equal(wasp_assemble(&object, source, strlen(source), NULL,
		NULL, NULL), WASP_OK);
	return object;
}

static enum wasp_result
run_assemble(void *arg)
{
	struct wasp_object *object = arg;
	enum wasp_result result = wasp_assemble(&object, source,
		strlen(source), NULL, NULL, NULL);

	if (result)
		assert_null(object);
	wasp_object_free(object);
	return result;
}

static enum wasp_result
run_disassemble(void *arg)
{
	char *text = arg;
	enum wasp_result result = wasp_disassemble(arg, &text, NULL);

	if (result)
		assert_null(text);
	wasp_free(text);
	return result;
}

static enum wasp_result
run_bytes(void *arg)
{
	void *bytes = arg;
	size_t size;
	enum wasp_result result = wasp_object_bytes(arg, &bytes, &size);

	if (result)
		assert_null(bytes);
	wasp_free(bytes);
	return result;
}

struct bytes {
	void *p;
	size_t size;
};

static enum wasp_result
run_read(void *arg)
{
	const struct bytes *bytes = arg;
	struct wasp_object *object = arg;
	enum wasp_result result = wasp_object_read(&object, bytes->p,
		bytes->size, NULL, NULL, NULL);

	if (result)
		assert_null(object);
	wasp_object_free(object);
	return result;
}

static enum wasp_result
run_node(void *arg)
{
	struct wasp_node *node = arg;
	enum wasp_result result = wasp_node_new(&node, NULL);

	if (result)
		assert_null(node);
	wasp_node_free(node);
	return result;
}

static enum wasp_result
run_store(void *arg)
{
	static const uint8_t secret[WASP_SECRET_SIZE];
	struct wasp_store *store = arg;
	enum wasp_result result = wasp_store_new(&store, 10, secret);

	if (result)
		assert_null(store);
	wasp_store_free(store);
	return result;
}

static void
says_that_there_is_no_memory(void **state)
{
	struct wasp_object *object = assembled();
	struct bytes bytes;

	(void)state;
	assert_int_equal(wasp_object_bytes(object, &bytes.p, &bytes.size),
		WASP_OK);
	fail_each(run_assemble, object);
	fail_each(run_disassemble, object);
	fail_each(run_bytes, object);
	fail_each(run_read, &bytes);
	fail_each(run_node, object);
	fail_each(run_store, object);
	wasp_free(bytes.p);
	wasp_object_free(object);
}

/* So that a node that has no memory goes on. */
static void
runs_and_verifies_without_any(void **state)
{
	struct wasp_visit visit = {.struct_size = sizeof(visit)};
	struct wasp_outcome outcome = {.struct_size = sizeof(outcome)};
	struct wasp_object *object = assembled();
	struct wasp_node *node;

	(void)state;
	assert_int_equal(wasp_node_new(&node, NULL), WASP_OK);
	fail_at = 1;
	wasp_visit_init(&visit, WASP_INGRESS, NULL);
	assert_int_equal(wasp_verify(object, NULL, NULL, NULL, NULL), WASP_OK);
	assert_int_equal(wasp_node_run_object(node, object, &visit, &outcome),
		WASP_OK);
	assert_int_equal(fail_at, 1);
	fail_at = 0;
	wasp_node_free(node);
	wasp_object_free(object);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(says_that_there_is_no_memory),
	cmocka_unit_test(runs_and_verifies_without_any),
};
RUN_TESTS(tests)
