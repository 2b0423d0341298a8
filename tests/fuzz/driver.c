/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A fuzzer that repeats: every seed of the target it is linked with, then
 * mutations of them from a fixed seed.  TAP out, one test; what was being run
 * is told when it ends badly.
 *
 *	fuzz-NAME			run, by FUZZ_SEED and FUZZ_RUNS
 *	fuzz-NAME FILE...		run the bytes of these files
 *	fuzz-NAME --seeds DIRECTORY	write seeds and words for libFuzzer
 *
 * All inputs are run in a child, so that whatever ends it (a check, a signal, a
 * sanitizer) leaves somebody to tell.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { INPUT_MAX = 16384, MUTATIONS_MAX = 6 };

/* Shared with the child: what it runs. */
struct current {
	unsigned number;
	size_t size;
	uint8_t bytes[INPUT_MAX];
};

/* While an input is mutated. */
struct mutation {
	const struct fuzz_seeds *seeds;
	uint64_t state;
	uint8_t *p;
	size_t size;
};

static size_t
below(struct mutation *m, size_t limit)
{
	return limit ? fuzz_random(&m->state) % limit : 0;
}

/* Make room for n bytes at a place; false where there is none. */
static bool
open_gap(struct mutation *m, size_t at, size_t n)
{
	if (m->size + n > INPUT_MAX)
		return false;
	memmove(m->p + at + n, m->p + at, m->size - at);
	m->size += n;
	return true;
}

static void
cut(struct mutation *m, size_t at, size_t n)
{
	memmove(m->p + at, m->p + at + n, m->size - at - n);
	m->size -= n;
}

static void
flip_bit(struct mutation *m)
{
	if (m->size)
		m->p[below(m, m->size)] ^= (uint8_t)(1 << below(m, 8));
}

static void
put_interesting(struct mutation *m)
{
	static const uint32_t values[] = {0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32,
		59, 63, 64, 65, 127, 128, 129, 253, 254, 255, 256, 1021, 0x7fff,
		0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xc0000000, 0xffffffff};
	uint32_t value = values[below(m, COUNT(values))];
	size_t width = (size_t)1 << below(m, 3), at;

	if (m->size < width)
		return;
	at = below(m, m->size - width + 1);
	for (size_t i = width; i-- > 0; value >>= 8)
		m->p[at + i] = (uint8_t)value;
}

static void
truncate_it(struct mutation *m)
{
	m->size = below(m, m->size + 1);
}

static void
remove_piece(struct mutation *m)
{
	size_t n = below(m, m->size < 32 ? m->size + 1 : 32);

	cut(m, below(m, m->size - n + 1), n);
}

static void
repeat_piece(struct mutation *m)
{
	size_t n = below(m, m->size < 64 ? m->size + 1 : 64);
	size_t at = below(m, m->size - n + 1);

	if (open_gap(m, at, n))
		memcpy(m->p + at, m->p + at + n, n);
}

static void
insert_word(struct mutation *m)
{
	unsigned count = 0;
	const char *word;
	size_t at;

	while (fuzz_words[count])
		count++;
	if (!count)
		return;
	word = fuzz_words[below(m, count)];
	at = below(m, m->size + 1);
	if (open_gap(m, at, strlen(word)))
		memcpy(m->p + at, word, strlen(word));
}

static void
put_random_bytes(struct mutation *m)
{
	size_t n = 1 + below(m, 8), at = below(m, m->size);

	for (size_t i = at; i < m->size && i < at + n; i++)
		m->p[i] = (uint8_t)below(m, 256);
}

/* The end, or a piece, of another seed. */
static void
splice(struct mutation *m)
{
	const struct fuzz_seed *other =
		&m->seeds->seeds[below(m, m->seeds->count)];
	size_t from = below(m, other->size + 1);
	size_t n = below(m, other->size - from + 1);
	size_t at = below(m, m->size + 1);

	if (below(m, 2)) {
		m->size = at;
		n = other->size - from;
	}
	if (open_gap(m, at, n))
		memcpy(m->p + at, other->p + from, n);
}

static void
mutate(struct mutation *m)
{
	static void (*const kinds[])(struct mutation *) = {
		flip_bit, flip_bit, flip_bit, put_interesting, put_interesting,
		put_random_bytes, truncate_it, remove_piece, repeat_piece,
		insert_word, insert_word, splice
	};

	for (size_t n = 1 + below(m, MUTATIONS_MAX); n > 0; n--)
		kinds[below(m, COUNT(kinds))](m);
}

/* A copy of its exact size, so that sanitizers see one byte too far. */
static void
run_one(const uint8_t *bytes, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	FUZZ_CHECK(copy);
	memcpy(copy, bytes, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static void
run_all(const struct fuzz_seeds *seeds, struct current *current, uint64_t seed,
	unsigned runs)
{
	struct mutation m = {.seeds = seeds, .state = seed,
		.p = current->bytes};

	for (unsigned i = 0; i < seeds->count + runs; i++) {
		bool mutated = i >= seeds->count;
		const struct fuzz_seed *from = &seeds->seeds[mutated ?
			below(&m, seeds->count) : i];

		FUZZ_CHECK(from->size <= INPUT_MAX);
		current->number = i;
		memcpy(m.p, from->p, from->size);
		m.size = from->size;
		if (mutated)
			mutate(&m);
		current->size = m.size;
		run_one(m.p, m.size);
	}
}

static void
tell(const struct current *current, uint64_t seed)
{
	printf("# input %u of seed %llu, or what went before it:\n# ",
		current->number, (unsigned long long)seed);
	for (size_t i = 0; i < current->size; i++)
		printf("%02x", current->bytes[i]);
	printf("\n# xxd -r -p makes a file of it; fuzz-%s FILE runs that\n",
		fuzz_name);
}

static unsigned long
setting(const char *name, unsigned long otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtoul(text, NULL, 0) : otherwise;
}

static int
run(const struct fuzz_seeds *seeds)
{
	uint64_t seed = setting("FUZZ_SEED", 1);
	unsigned runs = (unsigned)setting("FUZZ_RUNS", fuzz_runs);
	struct current *current = mmap(NULL, sizeof(*current),
		PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int status = -1;
	pid_t child;

	if (current == MAP_FAILED)
		return 99;
	printf("1..1\n");
	fflush(stdout);
	child = fork();
	if (child == 0) {
		run_all(seeds, current, seed, runs);
		exit(0);
	}
	waitpid(child, &status, 0);
	printf("%s 1 - %s: %u seeds, %u mutations\n", status ? "not ok" : "ok",
		fuzz_name, seeds->count, runs);
	if (status)
		tell(current, seed);
	munmap(current, sizeof(*current));
	return status != 0;
}

static int
run_files(char **paths)
{
	static uint8_t bytes[1 << 20];

	for (; *paths; paths++) {
		FILE *in = fopen(*paths, "r");
		size_t size;

		if (!in) {
			perror(*paths);
			return 99;
		}
		size = fread(bytes, 1, sizeof(bytes), in);
		fclose(in);
		run_one(bytes, size);
	}
	return 0;
}

static void
write_file(const char *directory, const char *name, const void *bytes,
	size_t size)
{
	char path[4096];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	out = fopen(path, "w");
	if (!out || fwrite(bytes, 1, size, out) != size || fclose(out)) {
		perror(path);
		exit(99);
	}
}

/* DIRECTORY/seed-N, and DIRECTORY.dict in the syntax of libFuzzer. */
static int
write_seeds(const struct fuzz_seeds *seeds, const char *directory)
{
	char *text, name[32];
	size_t size;
	FILE *out = open_memstream(&text, &size);

	FUZZ_CHECK(out);
	for (unsigned i = 0; i < seeds->count; i++) {
		snprintf(name, sizeof(name), "seed-%u", i);
		write_file(directory, name, seeds->seeds[i].p,
			seeds->seeds[i].size);
	}
	for (unsigned i = 0; fuzz_words[i]; i++) {
		fputc('"', out);
		for (const char *p = fuzz_words[i]; *p; p++)
			fprintf(out, "\\x%02x", (unsigned char)*p);
		fputs("\"\n", out);
	}
	fclose(out);
	snprintf(name, sizeof(name), "../%s.dict", fuzz_name);
	write_file(directory, name, text, size);
	free(text);
	return 0;
}

int
main(int argc, char **argv)
{
	static struct fuzz_seeds seeds;
	int status;

	if (argc > 1 && strcmp(argv[1], "--seeds") != 0)
		return run_files(argv + 1);
	for (unsigned i = 0; fuzz_words[i]; i++)
		FUZZ_CHECK(*fuzz_words[i]);
	fuzz_add_seeds(&seeds);
	status = argc == 3 ? write_seeds(&seeds, argv[2]) : run(&seeds);
	fuzz_seeds_done(&seeds);
	return status;
}
