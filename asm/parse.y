/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The grammar: a line of labels and one statement, whose operands are all alike.
 * It knows no mnemonic and no directive; those are words for the tables.  An
 * error costs the operand it is in and what follows it on the line, so that as
 * little as possible goes wrong elsewhere.
 */
%code requires {
#include "asm/asm-int.h"
}

%code top {
#include <config.h>
}

%code {
#define YYMAXDEPTH DEPTH_MAX
#define YYLLOC_DEFAULT(all, parts, count) ((all) = (count) ? \
	place_span(YYRHSLOC(parts, 1), YYRHSLOC(parts, count)) : \
	place_after(YYRHSLOC(parts, 0)))

int asm_yylex(ASM_YYSTYPE *value, struct place *place, void *scanner);
static void asm_yyerror(struct place *place, struct assembler *as,
	void *scanner, const char *text);
static struct place place_span(struct place from, struct place to);
static struct place place_after(struct place place);
static struct expr *expr_close(struct expr *expr, struct place place);
static struct operand *word_operand(struct assembler *as, struct place place,
	const struct expr *expr);
static struct operand *pair_operand(struct assembler *as, struct place place,
	const char *first, struct place second_place, const char *second);
static struct operand *address_operand(struct assembler *as,
	struct place place, const char *text);
}

%define api.pure full
%define api.prefix {asm_yy}
%define api.location.type {struct place}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%lex-param {void *scanner}
%parse-param {struct assembler *as} {void *scanner}

%union {
	const char *name;
	struct expr *expr;
	struct operand *operand;
	struct operands operands;
}

%token END_OF_LINE
%token <name> NAME DIRECTIVE ADDRESS
%token <expr> NUMBER
%token <operand> STRING
%token SHIFT_LEFT SHIFT_RIGHT LESS_EQUAL GREATER_EQUAL EQUAL NOT_EQUAL AND OR

%nterm <expr> expr
%nterm <operand> operand
%nterm <operands> operands operand_list

%right '?' ':'
%left OR
%left AND
%left '|'
%left '^'
%left '&'
%left EQUAL NOT_EQUAL
%left '<' '>' LESS_EQUAL GREATER_EQUAL
%left SHIFT_LEFT SHIFT_RIGHT
%left '+' '-'
%left '*' '/' '%'
%precedence UNARY

%%

input:
  line END_OF_LINE			{ YYACCEPT; }
| error END_OF_LINE			{ YYACCEPT; }
;

line:
  labels
| labels NAME operands			{ insn_add(as, @2, $2, $3); }
| labels DIRECTIVE operands		{ directive_run(as, @2, $2, $3); }
| labels NAME '=' expr			{ equ_define(as, @2, $2, $4); }
| labels NAME '=' error			{ equ_define(as, @2, $2, NULL); }
;

labels:
  %empty
| labels NAME ':'			{ label_define(as, @2, $2); }
| labels NUMBER ':'			{ local_define(as, @2); }
;

operands:
  %empty				{ $$ = (struct operands){0}; }
| operand_list
;

operand_list:
  operand				{
		$$ = (struct operands){0};
		operand_add(&$$, $1);
	}
| operand_list ',' operand		{
		$$ = $1;
		operand_add(&$$, $3);
	}
| operand_list error
;

operand:
  expr				{ $$ = operand_new(as, OPERAND_EXPR, @$, $1); }
| '[' expr ']'			{ $$ = word_operand(as, @$, $2); }
| STRING
| ADDRESS			{ $$ = address_operand(as, @$, $1); }
| NAME NAME			{ $$ = pair_operand(as, @$, $1, @2, $2); }
| error				{ $$ = operand_new(as, OPERAND_BAD, @$, NULL); }
;

expr:
  NUMBER
| NAME				{ $$ = expr_name(as, @$, $1); }
| '.'				{ $$ = expr_here(as, @$); }
| '(' expr ')'			{ $$ = expr_close($2, @$); }
| '+' expr %prec UNARY		{ $$ = expr_unary(as, EXPR_PLUS, @$, $2); }
| '-' expr %prec UNARY		{ $$ = expr_unary(as, EXPR_MINUS, @$, $2); }
| '~' expr %prec UNARY		{ $$ = expr_unary(as, EXPR_INVERT, @$, $2); }
| '!' expr %prec UNARY		{ $$ = expr_unary(as, EXPR_NOT, @$, $2); }
| expr '*' expr			{ $$ = expr_binary(as, EXPR_MUL, @$, $1, $3); }
| expr '/' expr			{ $$ = expr_binary(as, EXPR_DIV, @$, $1, $3); }
| expr '%' expr			{ $$ = expr_binary(as, EXPR_MOD, @$, $1, $3); }
| expr '+' expr			{ $$ = expr_binary(as, EXPR_ADD, @$, $1, $3); }
| expr '-' expr			{ $$ = expr_binary(as, EXPR_SUB, @$, $1, $3); }
| expr SHIFT_LEFT expr		{ $$ = expr_binary(as, EXPR_SHL, @$, $1, $3); }
| expr SHIFT_RIGHT expr		{ $$ = expr_binary(as, EXPR_SHR, @$, $1, $3); }
| expr '<' expr			{ $$ = expr_binary(as, EXPR_LT, @$, $1, $3); }
| expr LESS_EQUAL expr		{ $$ = expr_binary(as, EXPR_LE, @$, $1, $3); }
| expr '>' expr			{ $$ = expr_binary(as, EXPR_GT, @$, $1, $3); }
| expr GREATER_EQUAL expr	{ $$ = expr_binary(as, EXPR_GE, @$, $1, $3); }
| expr EQUAL expr		{ $$ = expr_binary(as, EXPR_EQ, @$, $1, $3); }
| expr NOT_EQUAL expr		{ $$ = expr_binary(as, EXPR_NE, @$, $1, $3); }
| expr '&' expr			{ $$ = expr_binary(as, EXPR_AND, @$, $1, $3); }
| expr '^' expr			{ $$ = expr_binary(as, EXPR_XOR, @$, $1, $3); }
| expr '|' expr			{ $$ = expr_binary(as, EXPR_OR, @$, $1, $3); }
| expr AND expr			{ $$ = expr_binary(as, EXPR_ALL, @$, $1, $3); }
| expr OR expr			{ $$ = expr_binary(as, EXPR_ANY, @$, $1, $3); }
| expr '?' expr ':' expr	{ $$ = expr_choice(as, @$, $1, $3, $5); }
;

%%

static struct place
place_span(struct place from, struct place to)
{
	if (to.col + to.len > from.col + from.len)
		from.len = to.col + to.len - from.col;
	return from;
}

static struct place
place_after(struct place place)
{
	place.col += place.len;
	place.len = 0;
	return place;
}

static struct expr *
expr_close(struct expr *expr, struct place place)
{
	if (expr) {
		expr->place = place;
		expr->closed = true;
	}
	return expr;
}

static struct operand *
word_operand(struct assembler *as, struct place place, const struct expr *expr)
{
	return operand_new(as, OPERAND_WORD, place, expr);
}

static struct operand *
pair_operand(struct assembler *as, struct place place, const char *first,
	struct place second_place, const char *second)
{
	struct operand *operand = operand_new(as, OPERAND_PAIR, place,
		expr_name(as, second_place, second));

	if (operand)
		operand->text = first;
	return operand;
}

static struct operand *
address_operand(struct assembler *as, struct place place, const char *text)
{
	struct operand *operand = operand_new(as, OPERAND_ADDRESS, place, NULL);

	if (operand)
		operand->text = text;
	return operand;
}

/* What may come next, in the words of the manual; a row hides the one below. */
static const struct {
	int token, hidden_by, or_by;
	const char *text;
} expectations[] = {
	{STRING, 0, 0, "an operand"},
	{NUMBER, STRING, DIRECTIVE, "an expression"},
	{DIRECTIVE, 0, 0, "a label, an instruction, a directive"},
	{'*', 0, 0, "an operator"},
	{':', 0, 0, "':'"},
	{')', 0, 0, "')'"},
	{']', 0, 0, "']'"},
	{',', 0, 0, "','"},
	{END_OF_LINE, 0, 0, "the end of the line"}
};
enum { EXPECTATION_COUNT = sizeof(expectations) / sizeof(*expectations) };

static bool
is_expected(const yysymbol_kind_t *symbols, int count, int token)
{
	for (int i = 0; token && i < count; i++)
		if (symbols[i] == YYTRANSLATE(token))
			return true;
	return false;
}

/* "an operator, ',' or the end of the line" */
static void
list_expected(const yysymbol_kind_t *symbols, int count,
	char buf[static DIAG_TEXT_SIZE])
{
	const char *texts[EXPECTATION_COUNT];
	size_t len = 0;
	int n = 0;

	for (int i = 0; i < EXPECTATION_COUNT; i++)
		if (is_expected(symbols, count, expectations[i].token) &&
		    !is_expected(symbols, count, expectations[i].hidden_by) &&
		    !is_expected(symbols, count, expectations[i].or_by))
			texts[n++] = expectations[i].text;
	buf[0] = '\0';
	for (int i = 0; i < n; i++)
		len += (size_t)snprintf(buf + len, DIAG_TEXT_SIZE - len, "%s%s",
			i == 0 ? "" : i + 1 < n ? ", " : " or ", texts[i]);
}

static int
yyreport_syntax_error(const yypcontext_t *context, struct assembler *as,
	void *scanner)
{
	struct place place = *yypcontext_location(context);
	yysymbol_kind_t expected[YYNTOKENS];
	int count = yypcontext_expected_tokens(context, expected, YYNTOKENS);
	char list[DIAG_TEXT_SIZE], quote[QUOTE_SIZE];

	(void)scanner;
	list_expected(expected, count, list);
	report_quote(place, quote);
	if (yypcontext_token(context) == YYSYMBOL_END_OF_LINE)
		report_error(as, place, DIAG_ASM_SYNTAX, NULL,
			"the line ends where %s is expected", list);
	else
		report_error(as, place, DIAG_ASM_SYNTAX, NULL,
			"'%s' where %s is expected", quote, list);
	return 0;
}

/* Only called where the parser's stack is full. */
static void
asm_yyerror(struct place *place, struct assembler *as, void *scanner,
	const char *text)
{
	(void)scanner;
	(void)text;
	report_error(as, *place, DIAG_ASM_DEPTH, NULL,
		"the expression is nested too deeply; "
		"the rest of the line was not read");
}
