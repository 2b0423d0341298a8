/* SPDX-License-Identifier: BSD-2-Clause */
/* Directives: a table of what each takes, and what the small ones do. */
#include "asm/asm-int.h"

#include <ctype.h>
#include <string.h>

enum { MANY = 1 << 30 };

/* False, after a report, when it was given before. */
static bool
take_once(struct assembler *as, struct once *once, struct place place,
	const struct operand *operand, const char *name)
{
	if (once->given) {
		report_error(as, place, DIAG_ASM_REPEATED, NULL,
			"'%s' is given a second time", name);
		report_note(as, once->place, "it was given here");
		return false;
	}
	*once = (struct once){true, place, operand};
	return true;
}

static void
run_section(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	(void)place;
	(void)operands;
	as->section = (enum section)directive->which;
}

static void
run_block(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	if (as->section == SECTION_DATA)
		block_add(as, place, (enum notes_kind)directive->which,
			operands);
	else
		report_error(as, place, DIAG_ASM_SECTION,
			".data begins words",
			"'%s' declares words, but this is .text",
			directive->name);
}

void
directive_report_no_name(struct assembler *as, const struct operand *operand,
	const struct directive *directive)
{
	char found[2 * QUOTE_SIZE];

	if (operand->kind != OPERAND_BAD)
		report_error(as, operand->place, DIAG_ASM_KIND, NULL,
			"'%s' takes a name here, not %s", directive->name,
			operand_text(operand, found));
}

static void
run_program(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	const char *name = operand_name(operands.first);

	if (!take_once(as, &as->program, place, operands.first,
		directive->name))
		return;
	if (!name)
		directive_report_no_name(as, operands.first, directive);
	as->program_name = name;
}

static const struct {
	const char *name;
	uint8_t flag;
} hooks[] = {
	{"ingress", PACKET_FLAG_INGRESS},
	{"egress", PACKET_FLAG_EGRESS},
	{"back", PACKET_FLAG_BACK},
	{"none", 0}
};
enum { HOOK_COUNT = sizeof(hooks) / sizeof(*hooks) };

static void
run_hooks(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	const char *names[HOOK_COUNT];

	if (!take_once(as, &as->hooks, place, NULL, directive->name))
		return;
	for (unsigned i = 0; i < HOOK_COUNT; i++)
		names[i] = hooks[i].name;
	for (struct operand *o = operands.first; o; o = o->next) {
		int hook = operand_choice(as, o, "hook", names, HOOK_COUNT);

		if (hook < 0)
			continue;
		if (operands.count > 1 && (hooks[hook].flag == 0 ||
			(as->flags & hooks[hook].flag)))
			report_error(as, o->place, DIAG_ASM_HOOKS, NULL,
				hooks[hook].flag ? "'%s' is named twice" :
				"'%s' stands alone", hooks[hook].name);
		as->flags |= hooks[hook].flag;
	}
}

static void
run_cursor(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	take_once(as, &as->cursor, place, operands.first, directive->name);
}

static void
run_equ(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	const struct operand *first = operands.first, *second = first->next;
	const char *name = operand_name(first);

	(void)place;
	if (!name)
		directive_report_no_name(as, first, directive);
	else
		equ_define(as, first->place, name, operand_is_expr(as, second,
			"'.equ' takes an expression") ? second->expr : NULL);
}

/* .error and .warning: what the source says of itself; which: as what. */
static void
run_message(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	const struct operand *text = operands.first;
	char clean[DIAG_TEXT_SIZE], found[2 * QUOTE_SIZE], hint[HINT_SIZE];
	size_t i;

	if (text->kind != OPERAND_STRING) {
		if (text->kind != OPERAND_BAD)
			report_error(as, text->place, DIAG_ASM_KIND,
				operand_string_hint(text, hint),
				"'%s' takes a string here, not %s",
				directive->name, operand_text(text, found));
		return;
	}
	for (i = 0; i < text->size && i + 1 < sizeof(clean); i++)
		clean[i] = iscntrl((unsigned char)text->text[i]) ? '?' :
			text->text[i];
	clean[i] = '\0';
	if (directive->which == DIAG_ASM_USER_WARNING)
		report_warning(as, place, DIAG_ASM_USER_WARNING, "%s",
			i ? clean : directive->name);
	else
		report_error(as, place, DIAG_ASM_USER_ERROR, NULL, "%s",
			i ? clean : directive->name);
}

static void
run_insn(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	(void)directive;
	insn_add_raw(as, place, operands);
}

static void
run_header(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	const struct operand *value = operands.first->next;
	int field = header_field(as, operands.first);
	char name[64];

	if (field < 0 ||
	    !operand_is_expr(as, value, "'.header' takes a number"))
		return;
	snprintf(name, sizeof(name), "%s %s", directive->name,
		operand_name(operands.first));
	take_once(as, &as->header[field], place, value, name);
}

/* What source.c reads by itself, as its lines are not of this grammar. */
static void
run_raw(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	(void)operands;
	report_error(as, place, DIAG_ASM_SYNTAX, NULL,
		"'%s' begins no line here", directive->name);
}

static const struct directive directives[] = {
#define WASP_DIRECTIVE(name, min, max, operands, run, which, sentence) \
	{name, min, max, operands, run, which, sentence},
#include "asm/directives.def"
};
enum { DIRECTIVE_COUNT = sizeof(directives) / sizeof(*directives) };

static void
report_unknown(struct assembler *as, struct place place, const char *name)
{
	const char *names[DIRECTIVE_COUNT];
	char hint[HINT_SIZE];

	for (unsigned i = 0; i < DIRECTIVE_COUNT; i++)
		names[i] = directives[i].name;
	report_error(as, place, DIAG_ASM_DIRECTIVE, !strcmp(name, ".set") ?
		"'.equ' defines a name; it has one value in all of the source" :
		report_suggest(name, names, DIRECTIVE_COUNT, hint),
		"there is no directive '%s'", name);
}

void
directive_run(struct assembler *as, struct place place, const char *name,
	struct operands operands)
{
	const struct directive *d = directives;
	bool damaged = false;

	for (struct operand *o = operands.first; o; o = o->next)
		damaged |= o->kind == OPERAND_BAD;
	while (d < directives + DIRECTIVE_COUNT && strcmp(name, d->name))
		d++;
	if (d == directives + DIRECTIVE_COUNT)
		report_unknown(as, place, name);
	else if (operands.count >= d->min && operands.count <= d->max)
		d->run(as, d, place, operands);
	else if (!damaged)
		report_error(as, place, DIAG_ASM_COUNT, NULL,
			"'%s' takes %s; %u operand%s given", name,
			*d->operands ? d->operands : "no operand",
			operands.count, operands.count == 1 ? " is" : "s are");
}

const struct asm_directive *
asm_directive(unsigned i)
{
	static const struct asm_directive infos[] = {
#define WASP_DIRECTIVE(name, min, max, operands, run, which, sentence) \
		{name, operands, sentence},
#include "asm/directives.def"
	};

	return i < sizeof(infos) / sizeof(*infos) ? &infos[i] : NULL;
}
