/* SPDX-License-Identifier: BSD-2-Clause */
/* What belongs to no group: results, memory, structs that can grow. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "lib/lib-int.h"

const char *
wasp_version(void)
{
	return PACKAGE_VERSION;
}

const char *
wasp_result_text(enum wasp_result result)
{
	static const char *const texts[] = {
		[WASP_OK] = "no error",
		[WASP_REJECTED] = "rejected",
		[WASP_NO_MEMORY] = "out of memory",
		[WASP_INVALID] = "invalid argument",
		[WASP_NO_ROOM] = "no room"
	};

	return (unsigned)result < sizeof(texts) / sizeof(*texts) ?
		texts[result] : "unknown result";
}

void
wasp_free(void *memory)
{
	free(memory);
}

/* Larger is no struct, but memory that was not set to zero. */
enum { STRUCT_SIZE_MAX = 1 << 16 };

static size_t
struct_size(const void *given)
{
	size_t size;

	memcpy(&size, given, sizeof(size));
	return size;
}

bool
lib_has_size(const void *given)
{
	size_t size = struct_size(given);

	return size >= sizeof(size_t) && size <= STRUCT_SIZE_MAX;
}

bool
lib_take(void *to, size_t size, const void *from)
{
	const uint8_t *bytes = from;
	size_t given;

	memset(to, 0, size);
	if (!from)
		return true;
	if (!lib_has_size(from))
		return false;
	given = struct_size(from);
	for (size_t i = size; i < given; i++)
		if (bytes[i])
			return false;
	memcpy(to, from, given < size ? given : size);
	return true;
}

void
lib_give(void *to, const void *from, size_t size)
{
	size_t given = struct_size(to), skip = sizeof(size_t);

	if (given > size)
		memset((uint8_t *)to + size, 0, given - size);
	memcpy((uint8_t *)to + skip, (const uint8_t *)from + skip,
		(given < size ? given : size) - skip);
}

size_t
lib_copy_text(char *buf, size_t size, const char *text)
{
	size_t length = strlen(text);

	if (size > 0) {
		size_t part = length < size ? length : size - 1;

		memcpy(buf, text, part);
		buf[part] = '\0';
	}
	return length;
}
