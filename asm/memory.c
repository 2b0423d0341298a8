/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The arena: memory that is given out in order and freed all at once.  A large
 * request gets a chunk of its own.
 */
#include "asm/asm-int.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK_SIZE = 1 << 16 };

struct arena_chunk {
	struct arena_chunk *next;
	max_align_t memory[];
};

static bool
add_chunk(struct assembler *as, size_t size)
{
	struct arena_chunk *chunk = calloc(1, sizeof(*chunk) + size);

	if (!chunk) {
		as->no_memory = true;
		return false;
	}
	chunk->next = as->chunks;
	as->chunks = chunk;
	as->arena_next = (char *)chunk->memory;
	as->arena_left = size;
	return true;
}

void
arena_done(struct assembler *as)
{
	while (as->chunks) {
		struct arena_chunk *next = as->chunks->next;

		free(as->chunks);
		as->chunks = next;
	}
}

void *
arena_alloc(struct assembler *as, size_t size)
{
	void *memory;

	size = (size + sizeof(max_align_t) - 1) & ~(sizeof(max_align_t) - 1);
	if (size > as->arena_left &&
	    !add_chunk(as, size > CHUNK_SIZE ? size : CHUNK_SIZE))
		return NULL;
	memory = as->arena_next;
	as->arena_next += size;
	as->arena_left -= size;
	return memory;
}

char *
arena_copy(struct assembler *as, const char *text, size_t size)
{
	char *copy = arena_alloc(as, size + 1);

	if (copy)
		memcpy(copy, text, size);
	return copy;
}
