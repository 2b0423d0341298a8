/* SPDX-License-Identifier: BSD-2-Clause */
/* The language as tables; see tables-main.h.  Nothing here knows a row by name. */
#include <config.h>

#include "asm/tables-main.h"

#include <string.h>

#include "asm/asm.h"
#include "wasp/isa.h"

static const char *const kind_names[] = {
	[ISA_KIND_NO] = "none", [ISA_KIND_REG] = "register",
	[ISA_KIND_ENTRY] = "entry", [ISA_KIND_WORD] = "word",
	[ISA_KIND_KEY] = "key", [ISA_KIND_FIELD] = "field",
	[ISA_KIND_UINT] = "unsigned", [ISA_KIND_SINT] = "signed",
	[ISA_KIND_FAULTNO] = "fault", [ISA_KIND_DISP] = "target"
};

/* Bit n of an instruction's effects. */
static const char *const effect_names[] = {
	"reads-first", "writes-first", "reads-second", "reads-entry",
	"writes-entry", "reads-words", "writes-words", "reads-field", "pushes",
	"store", "ends", "jumps"
};

static const char *const who_names[] = {ISA_WHO_NAMES};
static const char *const space_names[] = KEY_SPACE_NAMES;
static const char *const hook_names[] = {PACKET_HOOK_NAMES};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum { SYNTAX_SIZE = 32 };

/* "ld rX, [n]" */
static const char *
syntax(const struct isa_insn *insn, char buf[static SYNTAX_SIZE])
{
	int len = snprintf(buf, SYNTAX_SIZE, "%s", insn->mnemonic);

	for (unsigned i = 0; i < ISA_OPERAND_MAX && insn->operand[i].kind; i++)
		len += snprintf(buf + len, SYNTAX_SIZE - (size_t)len, "%s%s",
			i ? ", " : " ", isa_operand_name(insn, i));
	return buf;
}

/* NULL: there is no such fault. */
static const char *
fault_name(unsigned number, char buf[static ISA_FAULT_NAME_SIZE])
{
	const char *name = isa_fault_name(number, buf);

	if (number == ISA_FAULT_PROGRAM)
		return "program-n";
	return strncmp(name, "unknown", 7) ? name : NULL;
}

static void
print_fields(FILE *out)
{
	fprintf(out, "\nEnvironment fields\n\n");
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++) {
		const char *alias = isa_env_alias(i), *unit = isa_envs[i].unit;

		fprintf(out, "  %2u  %-10s %-6s %-9s %s%s%s%s\n", i,
			isa_envs[i].name, alias ? alias : "",
			who_names[isa_envs[i].who], isa_envs[i].sentence,
			*unit ? " (" : "", unit, *unit ? ")" : "");
	}
}

static void
print_faults(FILE *out)
{
	char buf[ISA_FAULT_NAME_SIZE];

	fprintf(out, "\nFaults\n\n");
	for (unsigned n = 1; n <= ISA_FAULT_PROGRAM; n++)
		if (fault_name(n, buf))
			fprintf(out, "  %2u  %-20s %s\n", n,
				fault_name(n, buf), isa_fault_sentence(n));
}

static void
print_directives(FILE *out)
{
	const struct asm_directive *d;

	fprintf(out, "\nDirectives\n\n");
	for (unsigned i = 0; (d = asm_directive(i)); i++)
		fprintf(out, "  %-9s %-29s %s\n", d->name, d->operands,
			d->sentence);
}

void
tables_print(FILE *out)
{
	char text[SYNTAX_SIZE];

	fprintf(out, "Instructions: word, cost, operands\n\n");
	for (unsigned op = 0; op < ISA_OP_COUNT; op++)
		fprintf(out, "  %04x  %2u  %-20s %s\n", isa_insns[op].word,
			isa_insns[op].cost, syntax(&isa_insns[op], text),
			isa_insns[op].sentence);
	fprintf(out, "\nPseudo-instructions\n\n");
	for (unsigned i = 0; i < ISA_PSEUDO_COUNT; i++)
		fprintf(out, "  %-9s %-29s %s\n", isa_pseudos[i].mnemonic,
			isa_pseudos[i].operands, isa_pseudos[i].sentence);
	print_fields(out);
	print_faults(out);
	print_directives(out);
}

static json_t *
names_json(const char *const *names, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, json_string(names[i]));
	return array;
}

static json_t *
operands_json(const struct isa_insn *insn)
{
	json_t *array = json_array();
	int32_t min, max;

	for (unsigned i = 0; i < ISA_OPERAND_MAX && insn->operand[i].kind;
	     i++) {
		struct isa_operand operand = insn->operand[i];

		isa_operand_range(operand, &min, &max);
		json_array_append_new(array, json_pack(
			"{s:s, s:s, s:i, s:i, s:i, s:i}",
			"name", isa_operand_name(insn, i),
			"kind", kind_names[operand.kind],
			"shift", operand.shift, "width", operand.width,
			"min", min, "max", max));
	}
	return array;
}

/* Bits that tell this instruction from all others. */
static unsigned
mask(const struct isa_insn *insn)
{
	unsigned bits = 0;

	for (unsigned i = 0; i < ISA_OPERAND_MAX; i++)
		bits |= ISA_BITS(, insn->operand[i].shift,
			insn->operand[i].width);
	return 0xffff & ~bits;
}

static json_t *
effects_json(const struct isa_insn *insn)
{
	json_t *array = json_array();

	for (unsigned i = 0; i < COUNT(effect_names); i++)
		if (insn->effects >> i & 1)
			json_array_append_new(array,
				json_string(effect_names[i]));
	return array;
}

static json_t *
insn_faults_json(const struct isa_insn *insn)
{
	char buf[ISA_FAULT_NAME_SIZE];
	json_t *array = json_array();

	for (unsigned n = 1; n <= ISA_FAULT_PROGRAM; n++)
		if (insn->faults >> n & 1)
			json_array_append_new(array,
				json_string(fault_name(n, buf)));
	return array;
}

static json_t *
insns_json(void)
{
	json_t *array = json_array();
	char text[SYNTAX_SIZE];

	for (unsigned op = 0; op < ISA_OP_COUNT; op++) {
		const struct isa_insn *insn = &isa_insns[op];

		json_array_append_new(array, json_pack("{s:s, s:s, s:s, s:o, "
			"s:i, s:i, s:i, s:o, s:o, s:s, s:s}",
			"name", insn->name, "mnemonic", insn->mnemonic,
			"syntax", syntax(insn, text),
			"operands", operands_json(insn),
			"word", insn->word, "mask", mask(insn),
			"cost", insn->cost, "effects", effects_json(insn),
			"faults", insn_faults_json(insn),
			"notation", insn->notation,
			"sentence", insn->sentence));
	}
	return array;
}

static json_t *
pseudos_json(void)
{
	json_t *array = json_array();

	for (unsigned i = 0; i < ISA_PSEUDO_COUNT; i++)
		json_array_append_new(array, json_pack(
			"{s:s, s:s, s:s, s:s}",
			"mnemonic", isa_pseudos[i].mnemonic,
			"operands", isa_pseudos[i].operands,
			"expansion", isa_pseudos[i].expansion,
			"sentence", isa_pseudos[i].sentence));
	return array;
}

static json_t *
fields_json(void)
{
	json_t *array = json_array();

	for (unsigned i = 0; i < ISA_ENV_COUNT; i++)
		json_array_append_new(array, json_pack(
			"{s:i, s:s, s:s?, s:s, s:s, s:s}",
			"number", i, "name", isa_envs[i].name,
			"alias", isa_env_alias(i),
			"unit", isa_envs[i].unit,
			"who", who_names[isa_envs[i].who],
			"sentence", isa_envs[i].sentence));
	return array;
}

static json_t *
faults_json(void)
{
	char buf[ISA_FAULT_NAME_SIZE];
	json_t *array = json_array();

	for (unsigned n = 1; n <= ISA_FAULT_PROGRAM; n++)
		if (fault_name(n, buf))
			json_array_append_new(array, json_pack(
				"{s:i, s:s, s:s}", "number", n,
				"name", fault_name(n, buf),
				"sentence", isa_fault_sentence(n)));
	return array;
}

static json_t *
directives_json(void)
{
	const struct asm_directive *d;
	json_t *array = json_array();

	for (unsigned i = 0; (d = asm_directive(i)); i++)
		json_array_append_new(array, json_pack("{s:s, s:s, s:s}",
			"name", d->name, "operands", d->operands,
			"sentence", d->sentence));
	return array;
}

static json_t *
diags_json(void)
{
	json_t *array = json_array();
	char id[16];

	for (int i = DIAG_NONE + 1; i < DIAG_COUNT; i++) {
		const struct diag_info *info = &diag_infos[i];
		const struct diag_example *example = diag_example(i);
		bool error = info->severity == DIAG_ERROR;

		snprintf(id, sizeof(id), "WASP-%s", info->code);
		json_array_append_new(array, json_pack("{s:s, s:s, s:s?, s:b, "
			"s:s, s:s, s:s, s:s?, s:s?}",
			"id", id, "severity", error ? "error" : "warning",
			"class", error ? NULL : info->class, "on", info->on,
			"title", info->title, "why", info->why,
			"mend", info->mend,
			"wrong", example ? example->wrong : NULL,
			"mended", example ? example->mended : NULL));
	}
	return array;
}

json_t *
tables_json(void)
{
	return json_pack("{s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"v", 1, "instructions", insns_json(),
		"pseudo_instructions", pseudos_json(),
		"fields", fields_json(), "faults", faults_json(),
		"directives", directives_json(),
		"key_spaces", names_json(space_names, COUNT(space_names)),
		"hooks", names_json(hook_names, COUNT(hook_names)),
		"diagnostics", diags_json());
}
