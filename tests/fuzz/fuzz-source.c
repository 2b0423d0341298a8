/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The assembler on any text, which includes pieces of itself; what it accepts is
 * an object.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "asm/asm.h"
#include "disasm/disasm.h"

const char fuzz_name[] = "source";
const unsigned fuzz_runs = 12000;

const char *const fuzz_words[] = {
#define WASP_OP(name, op, sub, mnemonic, format, effects, faults, cost, \
	notation, sentence, words) "\n\t" mnemonic " ",
#define WASP_PSEUDO(name, mnemonic, operands, expansion, sentence) \
	"\n\t" mnemonic " ",
#include "wasp/opcodes.def"
#define WASP_ENV(name, number, text, who, show, unit, sentence) text,
#include "wasp/env.def"
	"r0", "r7", "t0", "t7", "[0]", "[63]", "[", "]", ", ", ":", "\n", ";",
	"//", "/*", "\"", "'", "(", ")", "-", "~", "!", "*", "/", "%", "<<",
	">>", "&&", "||", "==", "0", "1", "64", "65", "128", "255", "256",
	"0x80000000", "0xffffffff", "4294967296", "18446744073709551616", "0b1",
	".+1", ".-1", "\\@", "\\", "\\a", "\n.data\n", "\n.text\n",
	"\n.program ", "\n.hooks ingress, egress, back\n", "\n.key public, ",
	"\n.key invitation, of ", "random", "\n.secret ", "\n.word ",
	"\n.space ", "\n.addr ", "192.0.2.1", "2001:db8::1", "\n.cursor ",
	"\n.equ a, ", "\n.header checksum, ", "\n.header code-length, ",
	"\n.header pad-length, ", "\n.insn 0x", "\n.macro m a\n", "\n.endm\n",
	"\nm 1\n", "\n.if ", "\n.else\n", "\n.endif\n", "\n.elseif ",
	"\n.ifdef ", "\n.ifndef ", "\n.exitm\n", "\n.purgem m\n",
	"\n.rept 3\n", "\n.irp x, 1, r2\n", "\n.endr\n", "\\x", "\\+",
	"\\()", ":req", "...", "=", "\n1:", "1f", "1b", "\n.include \"a\"\n",
	"\n.include \"", "\n.error \"", "\n.warning \"no\"\n", NULL};

static void
add_source(void *arg, const char *text, size_t size)
{
	fuzz_add(arg, text, size);
}

/* All the syntax that the examples do without. */
static const char odd_source[] =
	"\t.program odd\n\t.hooks egress, back\n\t.equ N, (3 + 4) * 2 - 1\n"
	"\t.macro twice a, b\n\tadd \\a, \\b\n\tbz \\a, l\\@\n"
	"\tadd \\a, \\b\nl\\@:\n\t.endm\n"
	"\t.header next-header, 17\n\t.header seq, N\n"
	"\t.data\nk:\t.key protected, \"name\"\ns:\t.secret 1\n"
	"i:\t.key invitation, of s\nx:\t.key private, random\n"
	"a:\t.addr 2001:db8::1\nb:\t.addr 192.0.2.1\n"
	"w:\t.word 1, -1, N\ntrail:\t.space 4\n\t.cursor trail\n"
	"\t.text\nstart:\n\ttwice r1, r2\n\ttwice r3, r4\n\tli r5, 0x12345678\n"
	"\t.if N > 3 && !0\n\tld r0, [w+1]\n\t.else\n\tnop\n\t.endif\n"
	"\tbgtu r0, r1, end\n\tpush time_us ; why\n\tlow r0, 4 // that\n"
	"\treroute r0, [i]\n\t.insn 0xffff\n\tjmp .+2\nend:\tfault 31\n";

/* The rest of it, for reading in pieces as well. */
static const char made_source[] =
	"\t.ifndef made\nmade = 1\n\t.hooks none\n\t.program made\n"
	"\t.macro put value:req, to=r0, rest...\n\tlic \\to, \\value\n"
	"\t.ifdef rest_\\@\n\t.exitm\n\t.endif\n\t.irp x, \\rest\n"
	"\tadd \\to\\(), \\x\n\t.endr\n\t.endm\n\t.endif\n"
	"\tput 0x12345678, r1, r2, r3\n\tput to=r4, value=(N << 3)\n"
	"1:\tbz r0, 1f\n1:\t.rept 2\n\taddi r0, \\+\n\t.endr\n"
	"\t.include \"a\"\n\t.include \"some/b\"\n\t.if DEEP\n"
	"\t.warning \"\\x40\"\n\t.elseif 0\n\t.error \"no\"\n"
	"\t.else\n\t.purgem put\n\t.endif\n";

void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	fuzz_each_source(add_source, seeds);
	for (int i = 0; i < 6; i++) {
		fuzz_add(seeds, odd_source, sizeof(odd_source) - 1);
		fuzz_add(seeds, made_source, sizeof(made_source) - 1);
	}
}

/* A wrong source has many errors; a few are looked at. */
static void
sink_some(void *arg, const struct diag *diag)
{
	unsigned *count = arg;

	if (++*count <= 16)
		fuzz_sink(NULL, diag);
}

static void
check_again(const struct object *object)
{
	const struct asm_options options = {.file = "again"};
	size_t len = disasm_text((char[1]){0}, 1, object);
	char *text = malloc(len + 1);
	struct object again;

	FUZZ_CHECK(text && disasm_text(text, len + 1, object) == len);
	FUZZ_CHECK(asm_assemble(&again, text, len, &options, fuzz_sink, NULL) ==
		ASM_OK);
	FUZZ_CHECK(again.size == object->size &&
		!memcmp(again.packet, object->packet, object->size));
	object_done(&again);
	free(text);
}

/* Bytes that a .header made wrong are no object; all others are. */
static void
check_object(const struct object *made)
{
	struct packet_header header;
	struct object object;
	size_t size;
	uint8_t *bytes;

	FUZZ_CHECK(made->size <= sizeof(made->packet));
	if (packet_parse(made->packet, made->size, &header) ||
	    packet_size(header.code_count, header.pad_count) != made->size)
		return;
	bytes = object_bytes(made, &size);
	FUZZ_CHECK(bytes);
	FUZZ_CHECK(object_read(&object, bytes, size, "made", fuzz_sink, NULL));
	check_again(&object);
	object_done(&object);
	free(bytes);
}

enum { PIECE_MAX = 400, PIECES = 64 };

/* The input, and the pieces of it that were included. */
struct pieces {
	const uint8_t *bytes;
	size_t size;
	char *texts[PIECES], *paths[PIECES];
	unsigned count;
};

/* The name says where a piece begins; some are not there. */
static bool
open_piece(void *arg, struct asm_file *file)
{
	struct pieces *pieces = arg;
	size_t at = 0;

	FUZZ_CHECK(file->name[0] && !file->message[0]);
	for (const char *p = file->name; *p; p++)
		at = at * 31 + (unsigned char)*p;
	at %= pieces->size + 1;
	if (pieces->count == PIECES || at % 7 == 1) {
		strcpy(file->message, "no");
		return false;
	}
	file->size = pieces->size - at;
	if (file->size > PIECE_MAX)
		file->size = PIECE_MAX;
	file->text = pieces->texts[pieces->count] = malloc(file->size + 1);
	file->path = pieces->paths[pieces->count++] = strdup(file->name);
	FUZZ_CHECK(file->text && file->path);
	memcpy((char *)file->text, pieces->bytes + at, file->size);
	((char *)file->text)[file->size] = '\0';
	return true;
}

static void
free_pieces(struct pieces *pieces)
{
	while (pieces->count > 0) {
		free(pieces->texts[--pieces->count]);
		free(pieces->paths[pieces->count]);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const defines[] = {"DEEP", "N = 3+4", NULL};
	struct pieces pieces = {.bytes = bytes, .size = size};
	struct asm_options options = {.file = "source", .open = open_piece,
		.open_arg = &pieces, .defines = defines};
	struct object object;
	enum asm_result result;

	for (int strip = 0; strip < 2; strip++) {
		unsigned count = 0;
		char *listing = NULL;
		size_t listing_size;

		options.strip = strip;
		options.list = strip ? NULL : open_memstream(&listing,
			&listing_size);
		result = asm_assemble(&object, (const char *)bytes, size,
			&options, sink_some, &count);
		FUZZ_CHECK(result != ASM_NO_MEMORY);
		if (options.list)
			fclose(options.list);
		options.list = NULL;
		free(listing);
		if (result == ASM_OK) {
			FUZZ_CHECK(object.notes.present == !strip);
			check_object(&object);
			object_done(&object);
		}
		free_pieces(&pieces);
	}
	return 0;
}
