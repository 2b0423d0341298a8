/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What one run tells the search: where it went, and of what inputs the numbers
 * were made that it went by; and how an input is changed.
 */
#ifndef WITNESS_WITNESS_INT_H
#define WITNESS_WITNESS_INT_H

#include "witness/witness.h"

enum {
	TERM_MAX = 1024,
	ACCESS_MAX = ISA_ACCESS_MAX + 2,
	PC_COUNT = PACKET_CODE_MAX + 1,	/* with the end */
	NO_TERM = 0,			/* term 0 is the constant 0 */
	SEARCH_CAPACITY = 16		/* of stores: small ones are made quickly */
};

/* What a number was made of. */
enum term_kind {
	TERM_CONST,
	TERM_PAD,		/* scratchpad word n as the run began */
	TERM_ENV,		/* environment field n */
	TERM_ENTRY,		/* word n % 8 of entry n / 8 as the run began */
	TERM_RESULT,		/* of store access n */
	TERM_OP			/* op applied to a, and to b or the word's number */
};

struct term {
	uint8_t kind, op;
	uint16_t word;		/* the instruction */
	uint16_t n, a, b;
	uint32_t value;		/* what the machine had there */
};

/* A conditional branch that was run. */
struct turn {
	unsigned pc, at;		/* pcs[at] is pc */
	enum isa_op op;
	bool taken;
	uint16_t a, b;		/* what it compared */
};

/* A store instruction that was run. */
struct access {
	unsigned pc;
	enum isa_op op;
	uint8_t key[KEY_SIZE];
	uint16_t key_terms[2];
	bool named;		/* by what the node calls the key */
	uint64_t name;
	size_t live;		/* entries that lived then */
};

/* An entry that was mapped, and what its words are made of by now. */
struct mapped {
	uint64_t name;
	uint16_t words[ISA_ENTRY_COUNT];
};

/* One run. */
struct shadow {
	struct term terms[TERM_MAX];
	unsigned term_count;
	struct turn turns[PACKET_CODE_MAX];
	unsigned turn_count;
	struct access accesses[ACCESS_MAX];
	unsigned access_count;
	struct mapped entries[ACCESS_MAX];
	unsigned entry_count;
	uint8_t pcs[PC_COUNT];		/* where it went, as far as the code */
	unsigned pc_count;
	unsigned beyond_pc;		/* the jump that left past the end; or
					   PC_COUNT */
	struct node_outcome outcome;

	/* the state, as the instruction at `pc` found it */
	uint16_t reg[ISA_REG_COUNT], entry[ISA_ENTRY_COUNT];
	uint16_t pad[PACKET_PAD_MAX];	/* NO_TERM: not looked at yet */
	unsigned mapped;		/* which entry */
	bool begun;
	unsigned pc;
	uint16_t word, source;
	enum isa_op op;
	uint8_t cursor;
};

/*
 * Run an input and note how it went.  false without memory.
 */
bool shadow_run(struct shadow *shadow, const struct witness_input *input);

/* What may be done to the scratchpad. */
struct input_rules {
	/* bit 1 << n: word n ... */
	uint64_t chosen;	/* may be anything */
	uint64_t written;	/* is written by an instruction */
	uint64_t spaces;	/* begins a key whose space is the program's */
};

/* The input of an object as wasp-run would make it, random keys drawn. */
void input_start(struct witness_input *input, struct input_rules *rules,
	const struct object *object);

/*
 * Change one thing, if the result can be; false, and nothing changed, if it can
 * not.  input_set_entry makes the entry where there is none.
 */
bool input_set_word(struct witness_input *input,
	const struct input_rules *rules, unsigned n, uint32_t value);
bool input_set_env(struct witness_input *input, enum isa_env field,
	uint32_t value);
bool input_set_entry(struct witness_input *input, uint64_t name, unsigned n,
	uint32_t value);
bool input_set_hook(struct witness_input *input, enum node_hook hook);
bool input_set_back(struct witness_input *input, bool back);
bool input_set_cursor(struct witness_input *input, unsigned cursor);

/*
 * Let the packet be as the next hook finds it, this one having run it; false
 * when none does.
 */
bool input_next_hop(struct witness_input *input, bool *no_memory);

/* The source, or destination, that a packet of this version has by default. */
void input_default_address(struct witness_input *input, bool destination);

/* Take the header, or a word where it differs, from another one. */
void input_copy_header(struct witness_input *input,
	const struct witness_input *from);
bool input_copy_word(struct witness_input *input,
	const struct witness_input *from, unsigned n);

/* Let the store instruction of a run have another result. */
bool input_set_result(struct witness_input *input, const struct access *access,
	uint32_t result);

/* A generator of numbers. */
uint32_t random_draw(uint64_t *state);

/*
 * Change inputs so that a term becomes that number; false when no way is known.
 * Where there are several, chance decides.  What else changes by it only a run
 * can tell.
 */
struct inverter {
	const struct shadow *shadow;
	const struct input_rules *rules;
	struct witness_input *input;
	uint64_t *random;
	uint64_t fixed[TERM_OP];	/* by kind, bit 1 << n: what was changed,
					   and stays as it is now */
};
bool invert(struct inverter *inverter, unsigned term, uint32_t value);

#endif
