/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the parts of the assembler share.  source.c reads lines; the scanner
 * (scan.l) and the parser (parse.y) turn each into instructions, blocks of words
 * and symbols; then assemble.c places the words, encodes, and writes header and
 * notes.
 *
 * Whatever failed has been reported where it failed: a NULL expression, an
 * operand that is OPERAND_BAD and a symbol that is SYMBOL_BAD stand for
 * something already complained about, and nobody complains again.  All memory
 * is the arena's; where it has no more, as->no_memory is set and NULL returned,
 * which is handled in the same way.
 */
#ifndef ASM_ASM_INT_H
#define ASM_ASM_INT_H

#include "asm/asm.h"
#include "wasp/isa.h"

enum {
	NAME_LENGTH_MAX = 64,	/* as long as notes can tell (object.h) */
	DEPTH_MAX = 1000,	/* of an expression, .equ followed */
	BLOCK_MAX = PACKET_PAD_MAX,	/* each holds a word at least */
	SCANNER_SIZE = 1024		/* more than flex asks for */
};

/* Large enough to see that a result is not within -2^63 .. 2^64 - 1. */
__extension__ typedef __int128 wide;

/*
 * Somewhere on one line of a source; columns are bytes, from 1.  Places are in
 * the order in which their lines were read, which order counts.
 */
struct place {
	const struct source *source;
	unsigned order;
	unsigned line, col, len;
};

/* A text that is read line by line. */
struct source {
	const char *name;		/* as messages call it */
	const char *text;		/* NUL-terminated */
	size_t size;
	const char **lines;		/* where each begins, and the end */
	unsigned line_count;
	unsigned lines_read;
	struct source *up;		/* read on when this one is at its end */
	struct place from;		/* what made it be read, unless up is
					   NULL */
};

enum section { SECTION_TEXT, SECTION_DATA };

/* Position in a section: index of an instruction, or of a block of words. */
struct position {
	enum section section;
	unsigned index;
};

enum expr_op {
	EXPR_NUMBER, EXPR_NAME, EXPR_HERE,
	EXPR_PLUS, EXPR_MINUS, EXPR_INVERT, EXPR_NOT,
	EXPR_MUL, EXPR_DIV, EXPR_MOD, EXPR_ADD, EXPR_SUB, EXPR_SHL, EXPR_SHR,
	EXPR_LT, EXPR_LE, EXPR_GT, EXPR_GE, EXPR_EQ, EXPR_NE,
	EXPR_AND, EXPR_XOR, EXPR_OR,
	EXPR_ALL, EXPR_ANY, EXPR_IF		/* && || ?: */
};

struct expr {
	enum expr_op op;
	bool closed;			/* in parentheses of its own */
	struct place place;
	union {
		wide number;			/* EXPR_NUMBER */
		const char *name;		/* EXPR_NAME */
		struct position here;		/* EXPR_HERE */
		struct {
			const struct expr *a, *b, *c;
		};				/* the others: operands */
	};
};

/* A value remembers whether it is the index of an instruction or a word. */
enum value_kind { VALUE_NUMBER, VALUE_CODE, VALUE_WORD };

struct value {
	wide n;
	enum value_kind kind;
};

enum operand_kind {
	OPERAND_BAD,
	OPERAND_EXPR,
	OPERAND_WORD,		/* [expr] */
	OPERAND_STRING,		/* text, size */
	OPERAND_ADDRESS,	/* text */
	OPERAND_PAIR		/* two names: text, and expr for the second */
};

struct operand {
	enum operand_kind kind;
	struct place place;
	const struct expr *expr;
	const char *text;
	size_t size;
	struct operand *next;
};

struct operands {
	struct operand *first, *last;
	unsigned count;
};

struct insn {
	struct place place;		/* of the mnemonic */
	const char *mnemonic;
	struct operands operands;
	bool raw;			/* .insn */
	bool bad;			/* reported before it is encoded */
	bool pooled;			/* li whose constant is a word */
	unsigned pool_i;		/* which */
};

struct block {
	struct place place;		/* of the directive */
	enum notes_kind kind;
	struct operands operands;
	unsigned first, count;		/* words */
	bool random;			/* drawn when it is sent: */
	enum key_space space;		/* in this space */
	const struct operand *of;	/* the secret it is the name of */
};

/* A name in an expression, as the source has it. */
struct use {
	const char *name;
	struct place place;
	struct use *next;		/* in the order they were read */
	struct use *same;		/* of the same symbol */
};

enum symbol_kind { SYMBOL_BAD, SYMBOL_LABEL, SYMBOL_EQU };

struct symbol {
	const char *name;
	struct place place;		/* where it was defined */
	enum symbol_kind kind;
	struct position position;	/* of a label */
	const struct expr *expr;	/* of an .equ */
	enum { SYMBOL_FRESH, SYMBOL_BUSY, SYMBOL_DONE } state;
	struct value value;		/* when it is SYMBOL_DONE */
	struct use *uses, *last_use;	/* linked when all is read */
	struct symbol *next;		/* in the order they were defined */
	struct symbol *chain;		/* with the same hash */
};

enum header_field {
	HEADER_MAGIC, HEADER_VERSION, HEADER_FLAGS, HEADER_NEXT_HEADER,
	HEADER_CODE_LENGTH, HEADER_PAD_LENGTH, HEADER_CURSOR, HEADER_HOPS,
	HEADER_STATUS, HEADER_FAULT_PC, HEADER_CHECKSUM, HEADER_IDENT,
	HEADER_SEQ,
	HEADER_FIELD_COUNT
};

/* A directive that may be given once. */
struct once {
	bool given;
	struct place place;
	const struct operand *operand;
};

struct arena_chunk;
struct report;

struct assembler {
	const struct asm_options *options;
	diag_sink *sink;
	void *sink_arg;
	unsigned errors, warnings;	/* found, even if not kept */
	struct report *reports, *last_report;
	bool no_memory;

	struct arena_chunk *chunks;
	char *arena_next;
	size_t arena_left;

	/* reading */
	struct source *source;
	struct place first;		/* where the source begins */
	unsigned order;			/* of the line that is read: 1 ... */
	char *line;			/* a copy of it for the scanner */
	size_t line_room;

	/* scanning */
	struct place next;		/* of the next byte */
	unsigned bad_order;		/* where it last complained */
	size_t scanner_used;
	_Alignas(max_align_t) char scanner[SCANNER_SIZE];

	/* parsing */
	enum section section;
	struct insn code[PACKET_CODE_MAX];
	unsigned code_count;
	bool code_full, blocks_full;	/* said once */
	struct block blocks[BLOCK_MAX];
	unsigned block_count;
	struct symbol *symbols, **symbols_end;
	struct symbol **buckets;
	unsigned symbol_count, bucket_count;
	struct use *uses, **uses_end;
	struct once program, hooks, cursor, header[HEADER_FIELD_COUNT];
	const char *program_name;
	uint8_t flags;

	/* placing */
	unsigned known;			/* positions in .data that are */
	unsigned words;			/* placed so far */
	unsigned end;			/* what a label after all blocks is */
	uint32_t pool[PACKET_CODE_MAX];
	unsigned pool_first, pool_count;
	const struct block *cursor_block;

	unsigned depth;			/* of the evaluation */
	struct object *object;
};

/* memory.c: zeroed memory that lives until asm_assemble returns, or NULL. */
void arena_done(struct assembler *as);
void *arena_alloc(struct assembler *as, size_t size);
char *arena_copy(struct assembler *as, const char *text, size_t size);

/*
 * report.c: errors at a place, each with at most one note and a hint that may be
 * NULL, and warnings, which have only that of their row.  They are kept until report_all gives them to the sink in the order of
 * the source.
 */
void report_error(struct assembler *as, struct place place, enum diag_id id,
	const char *hint, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
void report_warning(struct assembler *as, struct place place,
	enum diag_id id, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void report_note(struct assembler *as, struct place place,
	const char *format, ...) __attribute__((format(printf, 3, 4)));
void report_all(const struct assembler *as);

/* What the source says at a place, for a message; cut if it is long. */
enum { QUOTE_SIZE = 44 };
const char *report_quote(struct place place, char buf[static QUOTE_SIZE]);

/* "did you mean 'NAME'?", or NULL where no name is near. */
enum { HINT_SIZE = 128 };
const char *report_suggest(const char *word, const char *const *names,
	size_t count, char buf[static HINT_SIZE]);

/* A number in decimal. */
enum { NUMBER_SIZE = 24 };
const char *report_number(wide n, char buf[static NUMBER_SIZE]);

/*
 * symbol.c: names.  symbol_define gives NULL, after a report, for one that is
 * reserved or has a meaning; symbol_use for one that has none, and a SYMBOL_BAD
 * where that was said before.
 */
struct symbol *symbol_find(const struct assembler *as, const char *name);
struct symbol *symbol_define(struct assembler *as, struct place place,
	const char *name);
struct symbol *symbol_use(struct assembler *as, struct place place,
	const char *name);

/* Give each symbol its uses, where it is defined not being one. */
void symbol_link_uses(struct assembler *as);

/* The symbol that an expression begins with: "a" of "a", "a+1"; NULL: none. */
const struct symbol *symbol_of_expr(const struct assembler *as,
	const struct expr *expr);

/* expr.c */
struct expr *expr_unary(struct assembler *as, enum expr_op op,
	struct place place, const struct expr *a);
struct expr *expr_binary(struct assembler *as, enum expr_op op,
	struct place place, const struct expr *a, const struct expr *b);
struct expr *expr_choice(struct assembler *as, struct place place,
	const struct expr *condition, const struct expr *yes,
	const struct expr *no);
struct expr *expr_number(struct assembler *as, struct place place, wide n);
struct expr *expr_name(struct assembler *as, struct place place,
	const char *name);
struct expr *expr_here(struct assembler *as, struct place place);

/* The value, or false after a report. */
bool expr_eval(struct assembler *as, const struct expr *expr,
	struct value *value);

/* The same, of an operand that must be a number within a range. */
bool expr_eval_within(struct assembler *as, const struct operand *operand,
	wide min, wide max, const char *what, wide *n);

/* operand.c */
struct operand *operand_new(struct assembler *as, enum operand_kind kind,
	struct place place, const struct expr *expr);
void operand_add(struct operands *list, struct operand *operand);

/* The name that is all of an operand, or NULL. */
const char *operand_name(const struct operand *operand);

/* The number of a register (letter 'r') or entry word ('t'), or -1. */
int operand_register(const struct operand *operand, char letter);

/* The number of an environment field, or -1. */
int operand_field(const struct operand *operand);

/* "the number '5'": what was found, for a message. */
const char *operand_text(const struct operand *operand,
	char buf[static 2 * QUOTE_SIZE]);

/* False, after a report such as "'.word' takes a number here, not ...". */
bool operand_is_expr(struct assembler *as, const struct operand *operand,
	const char *what);

/*
 * Which of the names an operand is, or -1 after a report, in which the list is
 * called what ("a key space").
 */
int operand_choice(struct assembler *as, const struct operand *operand,
	const char *what, const char *const *names, unsigned count);

/*
 * insn.c: remember an instruction at its place, and later encode it.
 * insn_encode gives the word of a mnemonic and operands, which may be others
 * than those that the instruction was written with; 0 after a report.
 */
void insn_add(struct assembler *as, struct place place, const char *mnemonic,
	struct operands operands);
void insn_add_raw(struct assembler *as, struct place place,
	struct operands operands);
void insn_encode_all(struct assembler *as);
uint16_t insn_encode(struct assembler *as, const struct insn *insn,
	const char *mnemonic, struct operand *const operands[],
	unsigned count);

/* The first operands in an array; the number of all. */
unsigned insn_operands(const struct insn *insn,
	struct operand *operands[static ISA_OPERAND_MAX]);

/* match.c: the row of a mnemonic and its operands; NULL after a report. */
const struct isa_insn *insn_match(struct assembler *as,
	const struct insn *insn, const char *mnemonic,
	struct operand *const operands[], unsigned count);
void insn_report_count(struct assembler *as, const struct insn *insn,
	unsigned expected);

/* pseudo.c: what an instruction that is none stands for; constants of li. */
const struct isa_pseudo *pseudo_find(const char *mnemonic);
uint16_t pseudo_encode(struct assembler *as, const struct insn *insn);
void pseudo_pool_constants(struct assembler *as);

/* block.c: words of the scratchpad. */
void block_add(struct assembler *as, struct place place, enum notes_kind kind,
	struct operands operands);
void block_place_all(struct assembler *as);
void block_write_all(struct assembler *as);

/*
 * warn.c: what assembles, but hardly as it was meant.  warn_number and warn_expr
 * look at what was just read; warn_all at the whole, which has no error.
 */
void warn_number(struct assembler *as, struct place place, const char *text,
	unsigned base, uint64_t n);
void warn_expr(struct assembler *as, const struct expr *expr);
void warn_number_operand(struct assembler *as, const struct insn *insn,
	const struct operand *operand, struct value value);
void warn_all(struct assembler *as);

/* header.c */
int header_field(struct assembler *as, const struct operand *operand);
void header_write(struct assembler *as);

/* directive.c */
void directive_run(struct assembler *as, struct place place, const char *name,
	struct operands operands);

/* What the parser calls for a label. */
void label_define(struct assembler *as, struct place place, const char *name);

/*
 * source.c: texts and their lines.  source_push makes a text the one that is read
 * next, and after it what is read now; false without memory.  source_read_all
 * reads until nothing is left.
 */
bool source_push(struct assembler *as, const char *name, const char *text,
	size_t size, struct place from);
void source_read_all(struct assembler *as);

/* A line of a source, not terminated, and how long it is without its end. */
const char *source_line(const struct source *source, unsigned line,
	size_t *size);

/*
 * scan.l: parse one line, or a part of one, from a place on.  The text is
 * writable, two bytes behind it are zero.
 */
void scan_line(struct assembler *as, struct place place, char *text,
	size_t size);

#endif
