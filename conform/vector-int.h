/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The reader of vectors: vector.c takes lines apart, value.c reads values,
 * packet.c, setting.c and expect.c carry out the statements.
 */
#ifndef CONFORM_VECTOR_INT_H
#define CONFORM_VECTOR_INT_H

#include "conform/vector.h"
#include "wasp/object.h"

/* Where a statement stands. */
enum vector_place {
	PLACE_NOWHERE = 1,	/* before the first vector */
	PLACE_VECTOR = 2,	/* what holds for all runs of a vector */
	PLACE_RUN = 4,		/* what holds for one run */
	PLACE_EXPECT = 8	/* what must come of it */
};

struct vector_reader {
	struct vectors *vectors;
	struct vector *vector;		/* the last one; NULL: none yet */
	struct vector_run *run;		/* its last one; NULL: none yet */
	struct vector_run base;		/* what a run of it begins with */
	struct vector_run *set;		/* base or run: what is being set */
	struct object object;		/* the last program, for its names */
	bool has_packet, has_cost, has_checksum;
	enum vector_place place;

	const char *file;
	unsigned line;
	const char *line_start;		/* NULL: not quoted */
	const char *like;		/* what may have been meant, or NULL */
	bool failed;
	diag_sink *sink;
	void *arg;
};

/* Report what is wrong with the line; always false. */
bool vector_wrong(struct vector_reader *reader, enum diag_id id,
	const char *format, ...) __attribute__((format(printf, 3, 4)));

/*
 * Read a value from a word; false, and reported, where it is none.
 * number: decimal, -decimal (two's complement) or 0x, at most max.
 * time: seconds from time 0, with a sign and up to nine decimals.
 * key: 0x..., private:N, invitation:SIDE:INTERFACE:SECRET.
 * index: of a scratchpad word: N, NAME, NAME+N.
 */
bool vector_number(struct vector_reader *reader, const char *word,
	uint64_t max, uint64_t *value);
bool vector_time(struct vector_reader *reader, const char *word,
	uint64_t *time_ns);
bool vector_address(struct vector_reader *reader, const char *word,
	uint8_t addr[static IP_ADDR_SIZE]);
bool vector_key(struct vector_reader *reader, const char *word,
	uint64_t *key);
bool vector_index(struct vector_reader *reader, const char *word,
	unsigned *index);

/* The index of a word among names from first on, or reported and -1. */
int vector_choice(struct vector_reader *reader, const char *word,
	const char *const *names, unsigned first, unsigned count);

/* The flow of a target that the vector does not say; no flow key is this. */
#define VECTOR_FLOW_DEFAULT UINT64_MAX

/*
 * The statements, by their keywords; words are the values, and end with NULL.
 * Three have a block of lines.
 */
typedef void vector_statement(struct vector_reader *reader, char **words);
vector_statement statement_private_secret, statement_invite_secret,
	statement_capacity, statement_env, statement_source,
	statement_interface, statement_rights, statement_access_max,
	statement_reroute, statement_entry, statement_run, statement_expect,
	statement_cursor, statement_hops, statement_marks, statement_checksum,
	statement_word, statement_rerouted;
typedef void vector_block(struct vector_reader *reader, char **words,
	const char *block, size_t size);
vector_block statement_program, statement_words, statement_packet;

/* Work out what a run that ends here expects; one without expect is told. */
void vector_end_run(struct vector_reader *reader);

/* Something that should have an expect was not given one. */
void vector_lacks_expect(struct vector_reader *reader, unsigned line,
	const char *what);

#endif
