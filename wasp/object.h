/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Object files: a packet from 'W' to its last scratchpad word, and after it,
 * perhaps, notes: plain text that names the program's words, labels and source
 * lines.  Every tool takes objects with and without.  Specified in wasp-asm(5).
 *
 *	WASP-NOTES 1
 *	code HASH			of the instructions that these are notes of
 *	program NAME
 *	file PATH			where the lines below are, and the first
 *					the source; rest of the line
 *	word INDEX COUNT KIND NAME	a named block of scratchpad words
 *	label PC NAME
 *	line PC LINE TEXT		the source line of an instruction
 *	random INDEX SPACE		draw a key here before sending
 */
#ifndef WASP_OBJECT_H
#define WASP_OBJECT_H

#include "wasp/diag.h"
#include "wasp/isa.h"
#include "wasp/key.h"
#include "wasp/packet.h"

/* What a block of scratchpad words was declared as. */
enum notes_kind {
	NOTES_DATA,		/* .word */
	NOTES_KEY,		/* .key: two words */
	NOTES_SECRET,		/* .secret: two words */
	NOTES_ADDR,		/* .addr: four words */
	NOTES_SPACE,		/* .space */
	NOTES_POOL,		/* a constant of li */
	NOTES_KIND_COUNT
};

struct notes_word {
	unsigned first, count;
	enum notes_kind kind;
	char *name;
};

struct notes_label {
	unsigned pc;
	char *name;
};

struct notes_line {
	unsigned pc, line;
	const char *file;	/* the notes' own; NULL: not said */
	char *text;
};

struct notes_random {
	unsigned first;
	enum key_space space;
};

/* In the order they were added.  Zero-initialised, it is empty. */
struct notes {
	bool present;
	bool has_code;
	uint64_t code;			/* packet_code_hash; writers compute it */
	char *program;			/* NULL: not said */
	const char *file;		/* the source: the first of the files */
	char **files;			/* as they were set */
	struct notes_word *words;
	struct notes_label *labels;
	struct notes_line *lines;
	struct notes_random *randoms;
	unsigned file_count, word_count, label_count, line_count, random_count;
};

struct object {
	uint8_t packet[PACKET_SIZE_MAX];
	size_t size;			/* of the packet */
	struct packet_header header;
	struct notes notes;
};

/*
 * Read an object from bytes.  Errors and warnings go to the sink under the given
 * file name; false if there was an error, or no memory, which is no error with a
 * number.  object_done frees what the notes hold, and may be called on a
 * zero-initialised or failed object.
 */
bool object_read(struct object *object, const uint8_t *bytes, size_t size,
	const char *file, diag_sink *sink, void *arg);
void object_done(struct object *object);

/*
 * The bytes of an object file, notes included if it has any; *size of them.
 * The caller frees them.  NULL without memory.
 */
uint8_t *object_bytes(const struct object *object, size_t *size);

/* Write scratchpad word n, which exists; the checksum follows by difference. */
void object_put_word(struct object *object, unsigned n, uint32_t value);

/*
 * What `--set NAME=VALUE` means.  NAME is a block of words by its noted name,
 * NAME+N the word N of it, or a number, the index of a word.  VALUE is a number
 * (decimal, -decimal, 0x) of 32 bits for one word; of 64 bits for a whole
 * secret, of 62 for a whole key, which stays in its space; or an address: IPv6
 * takes four words, IPv4 one, or all four of a block declared by .addr.  false,
 * nothing changed, and a message (and hint) in diag when it can not be done.
 */
bool object_set(struct object *object, const char *name, const char *value,
	struct diag *diag);

/* The word that such a NAME means, or the first of its block. */
bool object_find_word(const struct object *object, const char *name,
	unsigned *n, struct diag *diag);

/*
 * Draw the keys that the notes want random; false when the system gives no
 * random bytes.
 */
bool object_draw_keys(struct object *object);

/*
 * Has a packet (and its header) the code of this program, and the words that
 * its notes may name?  Then object_take_notes moves the program's notes to it,
 * but those on keys to draw, since a packet that was sent has them.
 */
bool object_is_program(const struct object *program, const uint8_t *packet,
	const struct packet_header *header);
void object_take_notes(struct object *object, struct object *program);

/*
 * Adding copies the strings; false without memory.  A line is in the file that
 * was set last, or, before any was, in the first that will be.
 */
bool notes_set_program(struct notes *notes, const char *name);
bool notes_set_file(struct notes *notes, const char *path);
bool notes_add_word(struct notes *notes, unsigned first, unsigned count,
	enum notes_kind kind, const char *name);
bool notes_add_label(struct notes *notes, unsigned pc, const char *name);
bool notes_add_line(struct notes *notes, unsigned pc, unsigned line,
	const char *text);
bool notes_add_random(struct notes *notes, unsigned first,
	enum key_space space);

/* The space of the key that is to be drawn at word n, or -1: none is. */
int notes_random_space(const struct notes *notes, unsigned n);

/* The block that holds scratchpad word n, by its name, or NULL. */
const struct notes_word *notes_word_at(const struct notes *notes, unsigned n);
const struct notes_word *notes_word_named(const struct notes *notes,
	const char *name);

/* The label at a pc, the source line of the instruction there, or NULL. */
const char *notes_label_at(const struct notes *notes, unsigned pc);
const struct notes_line *notes_line_at(const struct notes *notes, unsigned pc);

/* "trail" or "trail+3" for scratchpad word n, or NULL; returns buf. */
enum { NOTES_NAME_SIZE = 80 };
const char *notes_word_text(const struct notes *notes, unsigned n,
	char buf[static NOTES_NAME_SIZE]);

/*
 * The instruction at pc as isa_print prints it, with the names of words and
 * labels; returns buf.
 */
const char *notes_insn_text(const struct notes *notes, uint16_t insn,
	unsigned pc, char buf[static ISA_TEXT_SIZE]);

/* The spelling of a kind ("data"). */
const char *notes_kind_name(enum notes_kind kind);

#endif
