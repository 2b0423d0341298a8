/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes a capture file, or the object of the program in it, to standard
 * output, for golden files:
 *
 *	make-capture SET [LINK [SNAPLEN [pcapng]]]
 *	make-capture object
 */
#include <stdlib.h>
#include <string.h>

#include "tests/captures.h"

static int
write_object(void)
{
	struct object object;
	uint8_t *bytes;
	size_t size;

	captures_object(&object);
	bytes = object_bytes(&object, &size);
	fwrite(bytes, 1, size, stdout);
	free(bytes);
	object_done(&object);
	return 0;
}

int
main(int argc, char **argv)
{
	static struct captures captures;
	const char *link = argc > 2 ? argv[2] : "EN10MB";
	size_t snaplen = argc > 3 ? strtoul(argv[3], NULL, 10) : SIZE_MAX;

	if (argc > 1 && !strcmp(argv[1], "object"))
		return write_object();
	if (argc < 2 || captures_link(link) < 0 ||
	    !captures_add(&captures, argv[1])) {
		fputs("usage: make-capture SET [LINK [SNAPLEN [pcapng]]]\n",
			stderr);
		return 2;
	}
	captures_write(stdout, &captures, link, snaplen, argc > 4);
	return 0;
}
