/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzing: one target for each door that reads foreign bytes.  A target is
 * given any bytes and must find every promise of its door kept; it is linked
 * twice.  With driver.c it is a test that repeats; with libFuzzer (`make fuzz`)
 * it is searched for as long as one likes.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "wasp/object.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* Inputs that mutations begin from. */
struct fuzz_seeds {
	struct fuzz_seed {
		uint8_t *p;
		size_t size;
	} *seeds;
	unsigned count;
};

/*
 * What a target is.  Mutations put the words, ended by NULL, into an input; none is
 * empty, or holds a zero.
 */
extern const char fuzz_name[];
extern const unsigned fuzz_runs;	/* mutated inputs in make check */
extern const char *const fuzz_words[];
void fuzz_add_seeds(struct fuzz_seeds *seeds);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The bytes are copied. */
void fuzz_add(struct fuzz_seeds *seeds, const void *bytes, size_t size);
void fuzz_seeds_done(struct fuzz_seeds *seeds);

/* What the door promised does not hold: say so, and abort. */
#define FUZZ_CHECK(expression) \
	((expression) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #expression))
_Noreturn void fuzz_fail(const char *file, int line, const char *expression);

/* Bytes that a target takes from the front of its input; zeros at its end. */
struct fuzz_input {
	const uint8_t *p;
	size_t size;
};
uint8_t fuzz_byte(struct fuzz_input *input);
uint32_t fuzz_word(struct fuzz_input *input);

/* Numbers that repeat from a seed. */
uint32_t fuzz_random(uint64_t *state);

/* A stream that takes everything and keeps nothing. */
FILE *fuzz_null(void);

/*
 * A sink that looks at what it is given and prints it both ways to nowhere; arg
 * is an array of DIAG_COUNT counters, or NULL.
 */
void fuzz_sink(void *arg, const struct diag *diag);

/*
 * The sources of examples/ under $SRC, and as objects; and objects made of
 * random but legal instructions.  Ownership stays with the caller.
 */
void fuzz_each_source(void (*each)(void *arg, const char *text, size_t size),
	void *arg);
void fuzz_each_object(void (*each)(void *arg, const struct object *object),
	void *arg);

#endif
