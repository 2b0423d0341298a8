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
	SCANNER_SIZE = 1024,		/* more than flex asks for */
	PARAMETER_MAX = 32,
	EXPANSION_DEPTH_MAX = 100,
	EXPANSION_MAX = 10000,
	EXPANSION_SIZE_MAX = 1 << 20,	/* bytes of all together */
	REPEAT_MAX = 1000,
	INCLUDE_DEPTH_MAX = 32,
	INCLUDE_MAX = 1000,
	INCLUDE_SIZE_MAX = 16 << 20	/* bytes of all together */
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

/* A text that is read line by line: a file, or an expansion of a macro. */
struct source {
	const char *name;		/* of a file, as messages call it */
	const char *note;		/* as notes call it; NULL: they do not */
	const char *text;		/* NUL-terminated */
	size_t size;
	const char *title;		/* why it is read, for a note at from;
					   NULL: nobody asks */
	struct place from;		/* what made it be read */
	const struct macro *macro;	/* of an expansion, else NULL */
	unsigned time;			/* which repetition it is, from 0 */
	struct place body;		/* its first line, before expansion */

	/* set by source_push */
	const char **lines;		/* where each begins, and the end */
	unsigned line_count;
	unsigned lines_read;
	bool holds_something;		/* but comments, of what was read */
	const struct source *file;	/* what it is told as: line 1 of it is */
	unsigned file_line;		/*	that line of that file */
	unsigned expansion_depth, include_depth;
	struct source *up;		/* read on when this one is at its end */
};

/* A piece of a text, not terminated. */
struct span {
	const char *text;
	size_t size;
};

enum section { SECTION_TEXT, SECTION_DATA };

/* Position in a section: index of an insn, or of a block of words. */
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

/* Instructions that build a number in a register. */
enum { LIC_MAX = 7 };
struct lic {
	enum isa_op op[LIC_MAX];
	int32_t n[LIC_MAX];
	unsigned count;
};

/* One in the source, which becomes one in the program, or several. */
struct insn {
	struct place place;		/* of the mnemonic */
	unsigned pc;			/* of the first of them */
	unsigned length;
	struct lic lic;			/* of lic, when it has been placed */
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

enum symbol_kind {
	SYMBOL_BAD, SYMBOL_LABEL, SYMBOL_EQU, SYMBOL_MACRO,
	SYMBOL_COUNT			/* of labels that are the same number */
};

struct symbol {
	const char *name;
	struct place place;		/* where it was defined */
	enum symbol_kind kind;
	struct position position;	/* of a label */
	const struct expr *expr;	/* of an .equ */
	const struct macro *macro;	/* NULL: it is forgotten */
	unsigned count;
	enum { SYMBOL_FRESH, SYMBOL_BUSY, SYMBOL_DONE } state;
	struct value value;		/* when it is SYMBOL_DONE */
	struct use *uses, *last_use;	/* linked when all is read */
	struct symbol *next;		/* in the order they were defined */
	struct symbol *chain;		/* with the same hash */
};

enum header_field {
	HEADER_MAGIC, HEADER_VERSION, HEADER_FLAGS, HEADER_NEXT_HEADER,
	HEADER_CODE_LENGTH, HEADER_PAD_LENGTH, HEADER_CURSOR, HEADER_HOPS,
	HEADER_STATUS, HEADER_REROUTED, HEADER_FAULT_PC, HEADER_CHECKSUM,
	HEADER_IDENT, HEADER_SEQ,
	HEADER_FIELD_COUNT
};

/* A directive that may be given once. */
struct once {
	bool given;
	struct place place;
	const struct operand *operand;
};

/* A line that was read, for the listing. */
struct listed {
	struct place place;
	struct listed *next;
};

struct arena_chunk;
struct assembler;
struct condition;
struct macro;
struct report;

/* The lines that a macro or repetition takes until it ends. */
struct body {
	struct macro *macro;		/* NULL: none is begun */
	struct place place;		/* of .macro, .rept, .irp */
	const char *end;		/* the word that ends it */
	unsigned nested;		/* others of its kind in it */
};

/* A row of directives.def. */
struct directive {
	const char *name;
	unsigned min, max;		/* operands */
	const char *operands;
	void (*run)(struct assembler *as, const struct directive *directive,
		struct place place, struct operands operands);
	int which;			/* section, kind of block, ... */
	const char *sentence;
};

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

	unsigned includes;		/* so far */
	size_t include_size;
	bool include_full;		/* said once, and no more are read */

	/* scanning */
	struct place next;		/* of the next byte */
	unsigned bad_order;		/* where it last complained */
	size_t scanner_used;
	_Alignas(max_align_t) char scanner[SCANNER_SIZE];

	/* parsing */
	struct condition *condition;	/* the innermost */
	struct body body;
	unsigned expansions;		/* so far */
	size_t expansion_size;
	bool expansion_full;		/* said once, and no more are made */
	enum section section;
	struct insn code[PACKET_CODE_MAX];
	unsigned insn_count;		/* of them */
	unsigned code_known;		/* those whose pc and length are */
	unsigned code_count;		/* all lengths, when all are known */
	bool code_full, blocks_full;	/* said once */
	struct block blocks[BLOCK_MAX];
	unsigned block_count;
	struct symbol *symbols, **symbols_end;
	struct symbol **buckets;
	unsigned symbol_count, bucket_count;
	struct use *uses, **uses_end;
	struct listed *listed, **listed_end;
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
	bool now;			/* names that come later have no value */
	const struct expr *unknown;	/* what had none */
	struct object *object;
};

/* memory.c: zeroed memory that lives until asm_assemble returns, or NULL. */
void arena_done(struct assembler *as);
void *arena_alloc(struct assembler *as, size_t size);
char *arena_copy(struct assembler *as, const char *text, size_t size);

/*
 * report.c: errors and warnings at a place, each with its notes and a hint that
 * may be NULL.  They are kept until report_all gives them to the sink in the
 * order of the source.
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

/* The error in a line that follows another, NULL for the first; NULL: no more. */
const struct report *report_next(const struct assembler *as,
	const struct report *before, unsigned order);
const char *report_text(const struct report *report);
enum diag_id report_id(const struct report *report);

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

/* Remember that a name is used at a place; it lasts as long as the arena. */
void symbol_note_use(struct assembler *as, struct place place,
	const char *name);

/* Give each symbol its uses, where it is defined not being one. */
void symbol_link_uses(struct assembler *as);

/* The symbol that an expression begins with: "a" of "a", "a+1"; NULL: none. */
const struct symbol *symbol_of_expr(const struct assembler *as,
	const struct expr *expr);

/* A new symbol that is in no use yet; NULL without memory. */
struct symbol *symbol_add(struct assembler *as, struct place place,
	const char *name);

/* Make it a label of what comes next. */
void symbol_place_here(const struct assembler *as, struct symbol *symbol);

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

/*
 * The same of what is known while lines are read: no name that comes later, no
 * place in the scratchpad.  who wants to know it, for the report.
 */
bool expr_eval_now(struct assembler *as, const struct expr *expr,
	const char *who, struct value *value);

/*
 * The value of an operand that must be a number within a range.  The second says
 * of a value that is known whether it is, and hint, if not NULL, what to do.
 */
bool expr_eval_within(struct assembler *as, const struct operand *operand,
	wide min, wide max, const char *what, wide *n);
bool expr_is_within(struct assembler *as, const struct operand *operand, wide n,
	wide min, wide max, const char *what, const char *hint);

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

/* The operand in quotes, where a string was perhaps meant; else NULL. */
const char *operand_string_hint(const struct operand *operand,
	char buf[static HINT_SIZE]);

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
void insn_place_all(struct assembler *as);
void insn_encode_all(struct assembler *as);

/* The pc of what comes next when i instructions are known. */
unsigned insn_pc(const struct assembler *as, unsigned i);
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

/* foreign.c: what is written here for a mnemonic of other machines, or NULL. */
const char *foreign_hint(const char *mnemonic);

/* There are not as many operands as those listed, "rd, [n]". */
void insn_report_count(struct assembler *as, const struct insn *insn,
	unsigned expected, const char *operands);

/* pseudo.c: what an instruction that is none stands for; constants of li. */
const struct isa_pseudo *pseudo_find(const char *mnemonic);
uint16_t pseudo_encode(struct assembler *as, const struct insn *insn);
void pseudo_pool_constants(struct assembler *as);

/* How long an instruction is; 0 where that depends on a value: it is lic. */
unsigned pseudo_length(const struct insn *insn);

/* Find the instructions of lic, whose value may depend on what is placed. */
void pseudo_place_lic(struct assembler *as, struct insn *insn);

/* lic.c: the instructions for a value, and the words of them. */
void lic_find(uint32_t value, struct lic *lic);
uint16_t lic_word(const struct lic *lic, unsigned i, unsigned reg);

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

/* list.c: remember a line for the listing; write it to where options say. */
void list_line(struct assembler *as, struct place place);
void list_write(const struct assembler *as);

/* header.c */
int header_field(struct assembler *as, const struct operand *operand);
void header_write(struct assembler *as);

/* directive.c */
void directive_run(struct assembler *as, struct place place, const char *name,
	struct operands operands);
void directive_report_no_name(struct assembler *as,
	const struct operand *operand, const struct directive *directive);

/*
 * condition.c: whether the lines that come are left out, and, of a line that is,
 * whether its directive must be run all the same.  condition_passes takes an
 * .elseif behind a branch that was taken, of which nothing more is looked at.
 * condition_leave forgets the conditions that a text began, with a report or
 * without.
 */
bool condition_passes(struct assembler *as, struct span word);
bool condition_skips(const struct assembler *as);
bool condition_wants(struct assembler *as, struct span word);
void condition_if(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands);
void condition_ifdef(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands);
void condition_elseif(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands);
void condition_else(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands);
void condition_endif(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands);
void condition_leave(struct assembler *as, const struct source *source,
	bool report);

/* include.c */
void include_run(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands);

/*
 * raw.c: the rest of a line as text, without blanks around it and a comment.
 * raw_take takes what comes next if it is that; raw_name takes a name (empty:
 * there is none), raw_value all up to a comma that is not within quotes, () or [],
 * raw_rest all that is left.
 */
struct raw {
	struct place place;		/* of the line */
	const char *text;		/* all of the line */
	size_t at, size;
};
struct raw raw_begin(struct place place, const char *text, size_t size,
	size_t at);
struct place raw_place(const struct raw *raw, size_t at, size_t size);
bool raw_at_end(struct raw *raw);
bool raw_take(struct raw *raw, const char *text);
struct span raw_name(struct raw *raw);
struct span raw_value(struct raw *raw);
struct span raw_rest(struct raw *raw);
bool raw_is_blank(char c);
bool raw_begins_name(char c);
bool raw_is_name(char c);
bool span_is(struct span span, const char *text);

/*
 * macro.c: macros by name, what begins one, what is read of it, and invocations.
 * While as->body has a macro, body_takes says of each line whether it belongs to
 * it, and the line that does not is its end.  macro_names gives the names of at
 * most max macros, and their number.
 */
const struct macro *macro_find(const struct assembler *as, struct span name);
const char *macro_name(const struct macro *macro);
unsigned macro_names(const struct assembler *as, const char **names,
	unsigned max);
const char *macro_suggest_parameter(const struct macro *macro,
	const char *name, char hint[static HINT_SIZE]);
void macro_begin(struct assembler *as, struct place place, struct raw raw);
void macro_begin_irp(struct assembler *as, struct place place,
	struct raw raw);
void macro_begin_rept(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands);
void macro_purge(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands);
bool body_takes(struct assembler *as, struct span word);
void body_finish(struct assembler *as, struct place end);
void body_end(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands);
void macro_exit(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands);
void macro_invoke(struct assembler *as, const struct macro *macro,
	struct place place, struct raw raw);
void macro_expand(struct assembler *as, const struct macro *macro,
	struct place place, const struct span *arguments, unsigned time);

/* When a text is at its end: read it again if it is repeated. */
void macro_again(struct assembler *as, const struct source *source);

/* Forget a body that a text began; true after a report. */
bool body_leave(struct assembler *as, const struct source *source);

/*
 * local.c: labels that are numbers.  What is written "1f" or "1b" is the name of
 * a label; NULL after a report.
 */
void local_define(struct assembler *as, struct place place);
struct expr *local_use(struct assembler *as, struct place place,
	const char *text);
bool local_is_name(const char *name);
#define LOCAL_HINT \
	"'1f' is the next label '1:'; '1b' is the last one before, which must be a word"

/* What the parser calls for a label, and for .equ. */
void label_define(struct assembler *as, struct place place, const char *name);
void equ_define(struct assembler *as, struct place place, const char *name,
	const struct expr *expr);

/*
 * source.c: texts and their lines.  source_push makes a copy of a source the one
 * that is read next, and after it what is read now; false without memory.
 * source_leave goes on with that.  source_read_all reads until nothing is left.
 */
bool source_push(struct assembler *as, const struct source *source);
void source_leave(struct assembler *as);
void source_read_all(struct assembler *as);

/* The place in a file that something in expansions comes from. */
struct place source_origin(struct place place);

/* What began at a place is not ended in its text. */
void source_report_unclosed(struct assembler *as, struct place place,
	const char *end);

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
