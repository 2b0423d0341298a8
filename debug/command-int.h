/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the debugger's commands share.
 *
 *	command.c	the table, a line, a session
 *	command-words.c	words of a line, errors
 *	command-move.c	step, back, hop, packet, continue, run, finish, until
 *	command-where.c	places, keys, conditions; break, watch, delete
 *	command-look.c	print, info, list, disassemble, where, why
 *	command-set.c	set, undo, load
 *	command-complete.c
 */
#ifndef DEBUG_COMMAND_INT_H
#define DEBUG_COMMAND_INT_H

#include "debug/command.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* What the operand of a command can be completed to. */
enum completes {
	COMPLETES_NOTHING, COMPLETES_COMMAND, COMPLETES_WHERE, COMPLETES_CODE,
	COMPLETES_VALUE, COMPLETES_TOPIC, COMPLETES_FILE, COMPLETES_MOVE
};

/*
 * A command: false where it failed, with session->error set.  rest is what
 * follows its name, without space around it.
 */
typedef bool command_do(struct command_session *session, char *rest);

struct command {
	const char *name, *aliases;	/* aliases: " s n " */
	const char *operands;		/* NULL: none */
	const char *help;
	command_do *run;
	enum completes completes;
	bool moves;			/* an empty line does it again */
};

command_do command_step, command_back, command_hop, command_packet,
	command_continue, command_reverse, command_again, command_until,
	command_to_end, command_break, command_tbreak, command_watch,
	command_delete, command_print, command_info, command_list,
	command_disassemble, command_where, command_why, command_set,
	command_undo, command_load;

/* A command by its name, an alias, or the beginning of one name; *count is how
   many were meant, and NULL is given unless that is 1. */
const struct command *command_find(const char *word, unsigned *count);

/* The name at the beginning of a line; "p" of "p/x r1" is one, too.  What
   follows it is returned. */
char *command_take_name(char *line, char name[static COMMAND_LINE_MAX]);

/* Set the error, and give false. */
bool command_fail(struct command_session *session, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
bool command_fail_memory(struct command_session *session);

/* Names, to look for the one that was meant. */
enum { WORDS_MAX = 1024 };
struct words {
	const char *names[WORDS_MAX];
	unsigned count;
};
typedef void words_visit(void *arg, const char *name);
words_visit words_add;			/* arg is a struct words */

/* "there is no command 'stp'; did you mean step?" */
bool command_fail_unknown(struct command_session *session, const char *what,
	const char *word, const struct words *words);

char *words_skip_space(char *text);
void words_strip_end(char *text);

/* Cut the first word off; *rest is what follows. */
char *words_take(char *text, char **rest);

/* A decimal number that is all of the text, and at most max. */
bool words_number(const char *text, unsigned long max, unsigned long *n);

/* Does the word begin the name? */
bool words_begin(const char *word, const char *name);

/*
 * Moving: from is where the debugger was, COMMAND_NOWHERE to have the run named
 * in any case.
 */
#define COMMAND_NOWHERE ((struct record_at){UINT32_MAX, 0})
void command_tell_next(struct command_session *session, struct record_at from);
bool command_go_on(struct command_session *session, bool forward,
	struct record_at from);
bool command_move(struct command_session *session, long count,
	bool (*move)(struct debug *debug, bool forward));

/* Called at each end of a run that is passed; asked whether to stop. */
void command_pass_end(void *session, const struct debug *debug);
bool command_interrupted(void *session);

/* Instructions of the packet's program; 0 of plain IP. */
unsigned command_code_count(const struct command_session *session);

/* Where to stop: "", "*4", "12", "FILE:12", "label", "fault", "node 2". */
bool where_take(struct command_session *session, char *text,
	struct debug_stop *stop);
bool where_take_both(struct command_session *session, char *text,
	struct debug_stop *stop);	/* with "if CONDITION" */

/* The key that a text means, as the node calls it: a block of two words of the
   scratchpad, or 0x... */
bool where_take_key(struct command_session *session, const char *text,
	uint64_t *key);

/* "store", "store KEY": true where the text begins so; *rest is KEY. */
bool where_is_store(char *text, char **rest);

/* Each name that where_take knows, and all it knows as a line of help. */
void where_each(const struct command_session *session, words_visit *visit,
	void *arg);
void where_print_help(FILE *out);

/* The topics of info. */
void topic_each(words_visit *visit, void *arg);
void topic_print_help(FILE *out);

#endif
