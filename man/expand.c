/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Expands a manual page from the tables at build time, so that no number is
 * typed twice.  Reads a template on standard input, writes mdoc.
 *
 *	@NAME@, @0xNAME@ anywhere: a number from the headers, see `numbers`
 *	a line of its own:
 *	.\" @insns OP...	instructions of these ops, as list items
 *	.\" @pseudos		pseudo-instructions, as list items
 *	.\" @envs		environment fields, as rows of a column list
 *	.\" @env-aliases	second spellings, as list items
 *	.\" @faults		faults, as list items
 *	.\" @diags		diagnostics, as a list for each tool
 *
 * A name that is not known, or a page that lists some instructions but not all,
 * stops the build.
 */
#include "wasp/diag.h"
#include "wasp/ip.h"
#include "wasp/isa.h"
#include "wasp/key.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 1024, INSN_BITS = 16 };

static const struct {
	const char *name;
	unsigned long value;
} numbers[] = {
#define N(name) {#name, name}
	N(ISA_REG_COUNT), N(ISA_ENTRY_COUNT), N(ISA_ACCESS_MAX), N(ISA_INSN_SIZE),
	N(ISA_ENV_COUNT), N(ISA_OP_COUNT), N(ISA_FAULT_PROGRAM),
	N(KEY_SIZE), N(KEY_SECRET_SIZE), N(KEY_SPACE_SHIFT),
	N(KEY_PUBLIC), N(KEY_PROTECTED), N(KEY_PRIVATE), N(KEY_INVITATION),
	N(ENTRY_SIZE), N(ENTRY_LIFE_S),
	N(PACKET_VERSION), N(PACKET_HEADER_SIZE), N(PACKET_CODE_MAX),
	N(PACKET_PAD_MAX), N(PACKET_SIZE_MAX), N(PACKET_WORD_SIZE),
	N(PACKET_OFF_MAGIC), N(PACKET_OFF_FLAGS), N(PACKET_OFF_NEXT_HEADER),
	N(PACKET_OFF_CODE_COUNT), N(PACKET_OFF_PAD_COUNT), N(PACKET_OFF_CURSOR),
	N(PACKET_OFF_HOPS), N(PACKET_OFF_STATUS), N(PACKET_OFF_FAULT_PC),
	N(PACKET_OFF_CHECKSUM), N(PACKET_OFF_IDENT), N(PACKET_OFF_SEQ),
	N(PACKET_FLAG_INGRESS), N(PACKET_FLAG_EGRESS), N(PACKET_FLAG_BACK),
	N(PACKET_FLAG_RETURNED),
	N(PACKET_STATUS_FAULT), N(PACKET_STATUS_REFUSED), N(PACKET_STATUS_FULL),
	N(PACKET_PROTOCOL), N(PACKET_UDP_PORT), N(PACKET_NEXT_NONE),
	N(PACKET_RETURN_HOP_LIMIT),
#undef N
};

/* Which instructions a page has listed. */
static bool listed[ISA_OP_COUNT];

static _Noreturn void
die(const char *what, const char *name)
{
	fprintf(stderr, "expand: %s: %s\n", what, name);
	exit(1);
}

/* Text of the tables as mdoc text lines, one a sentence. */
static void
put_text(const char *s)
{
	char before = '\0';
	bool start = true;

	for (; *s; before = *s++) {
		if (start && (*s == '.' || *s == '\''))
			fputs("\\&", stdout);
		start = *s == ' ' && before == '.';
		if (*s == '\\')
			fputs("\\e", stdout);
		else
			putchar(start ? '\n' : *s);
	}
	putchar('\n');
}

/* The letter that stands for an operand's bits: capitals for registers. */
static char
operand_letter(const struct isa_insn *insn, unsigned i)
{
	const char *name = isa_operand_name(insn, i);

	switch ((enum isa_kind)insn->operand[i].kind) {
	case ISA_KIND_REG:
	case ISA_KIND_ENTRY:
		return name[1] >= 'a' ? (char)(name[1] - 'a' + 'A') : name[1];
	case ISA_KIND_WORD:
	case ISA_KIND_KEY:
		return 'n';
	default:
		return name[0];
	}
}

/* "0001 XXX0 nnnn nnnn" */
static void
put_encoding(const struct isa_insn *insn)
{
	char bits[INSN_BITS];

	for (int bit = 0; bit < INSN_BITS; bit++)
		bits[bit] = insn->word >> bit & 1 ? '1' : '0';
	for (unsigned i = 0; i < ISA_OPERAND_MAX; i++)
		for (int bit = 0; bit < insn->operand[i].width; bit++)
			bits[insn->operand[i].shift + bit] =
				operand_letter(insn, i);
	for (int bit = INSN_BITS - 1; bit >= 0; bit--) {
		putchar(bits[bit]);
		if (bit % 4 == 0 && bit)
			putchar(' ');
	}
}

static void
put_faults(const struct isa_insn *insn)
{
	const char *comma = "Faults: ";
	char buf[ISA_FAULT_NAME_SIZE];

	for (unsigned n = 1; n < ISA_FAULT_LIMIT; n++) {
		if (!(insn->faults >> n & 1))
			continue;
		printf("%s%s", comma, n == ISA_FAULT_PROGRAM ? "the program's own" :
			isa_fault_name(n, buf));
		comma = ", ";
	}
	if (insn->faults)
		puts(".");
}

static void
put_insn(enum isa_op op)
{
	const struct isa_insn *insn = &isa_insns[op];

	printf(".It Ic %s", insn->mnemonic);
	for (unsigned i = 0; i < ISA_OPERAND_MAX && *isa_operand_name(insn, i); i++)
		printf("%s Ar %s", i ? " ," : "", isa_operand_name(insn, i));
	printf("\n.Bd -literal -compact\n");
	put_encoding(insn);
	printf("    %s\n.Ed\n", insn->notation);
	put_text(insn->sentence);
	put_faults(insn);
	if (insn->cost != 1)
		printf("Cost: %u.\n", insn->cost);
	listed[op] = true;
}

static void
put_insns(const char *ops)
{
	char *end;

	for (; *ops; ops = end) {
		unsigned long code = strtoul(ops, &end, 16);

		if (end == ops)
			die("not the number of an op", ops);
		for (int op = 0; op < ISA_OP_COUNT; op++)
			if (isa_insns[op].word >> ISA_OP_SHIFT == code)
				put_insn(op);
	}
}

static void
put_pseudos(const char *arg)
{
	(void)arg;
	for (int i = 0; i < ISA_PSEUDO_COUNT; i++) {
		printf(".It Ic %s%s%s\n", isa_pseudos[i].mnemonic,
			*isa_pseudos[i].operands ? " Ar " : "",
			isa_pseudos[i].operands);
		put_text(isa_pseudos[i].sentence);
		printf("Assembled as\n.Ql %s .\n", isa_pseudos[i].expansion);
	}
}

static void
put_envs(const char *arg)
{
	static const char *const who[] = {ISA_WHO_NAMES};

	(void)arg;
	for (int i = 0; i < ISA_ENV_COUNT; i++)
		printf(".It %d Ta %s Ta %s Ta %s%s%s%s\n", i, isa_envs[i].name,
			who[isa_envs[i].who], isa_envs[i].sentence,
			*isa_envs[i].unit ? " (" : "", isa_envs[i].unit,
			*isa_envs[i].unit ? ")" : "");
}

static void
put_env_aliases(const char *arg)
{
	(void)arg;
	for (int i = 0; i < ISA_ENV_COUNT; i++)
		if (isa_env_alias(i))
			printf(".It Li %s\n%s\n", isa_env_alias(i),
				isa_envs[i].name);
}

static void
put_fault_list(const char *arg)
{
	char buf[ISA_FAULT_NAME_SIZE];

	(void)arg;
	for (unsigned n = 1; n < ISA_FAULT_PROGRAM; n++) {
		if (!strncmp(isa_fault_name(n, buf), "unknown", 7))
			continue;
		printf(".It %u Em %s\n", n, isa_fault_name(n, buf));
		put_text(isa_fault_sentence(n));
	}
	printf(".It %d + Ar n Em program- Ns Ar n\n", ISA_FAULT_PROGRAM);
	put_text(isa_fault_sentence(ISA_FAULT_PROGRAM));
}

/* A source, as it stands; no line of it begins with a full stop. */
static void
put_source(const char *title, const char *source)
{
	printf(".Pp\n%s\n.Bd -literal\n", title);
	for (const char *p = source; *p; p++)
		if (*p == '\\')
			fputs("\\e", stdout);
		else
			putchar(*p);
	puts(".Ed");
}

static void
put_diag(const struct diag_info *info, const struct diag_example *example)
{
	printf(".It WASP-%s Pq %s%s%s : %s\n", info->code,
		info->severity == DIAG_ERROR ? "error" : "warning ",
		info->class, info->on ? "" : " , off", info->title);
	put_text(info->why);
	if (info->mend[0])
		put_text(info->mend);
	if (!example)
		return;
	put_source("Wrong:", example->wrong);
	put_source("Mended:", example->mended);
}

static unsigned
put_diags_of(char letter, const char *title)
{
	unsigned count = 0;

	for (int i = DIAG_NONE + 1; i < DIAG_COUNT; i++) {
		if (diag_infos[i].code[0] != letter)
			continue;
		if (count++ == 0)
			printf(".Ss %s\n.Bl -tag -width Ds\n", title);
		put_diag(&diag_infos[i], diag_example(i));
	}
	if (count)
		puts(".El");
	return count;
}

static void
put_diags(const char *arg)
{
	static const struct {
		char letter;
		const char *title;
	} tools[] = {
		{'A', "The assembler"}, {'O', "Object files"},
		{'I', "Captures and hexadecimal text"},
		{'V', "The verifier"}, {'P', "Operators' policies"},
		{'R', "The machine (wasp-run)"},
		{'T', "Conformance vectors (wasp-conform)"},
		{'S', "The sender"}, {'D', "The dissector"},
		{'C', "The router's configuration"},
	};
	unsigned count = 0;

	(void)arg;
	for (size_t i = 0; i < sizeof(tools) / sizeof(*tools); i++)
		count += put_diags_of(tools[i].letter, tools[i].title);
	if (count != DIAG_COUNT - DIAG_NONE - 1)
		die("a diagnostic is not listed", "its letter is of no tool");
}

static const struct {
	const char *name;
	void (*put)(const char *arg);
} tables[] = {
	{"insns", put_insns},
	{"pseudos", put_pseudos},
	{"envs", put_envs},
	{"env-aliases", put_env_aliases},
	{"faults", put_fault_list},
	{"diags", put_diags},
};

/* A line `name arg`, without its newline. */
static void
put_table(char *line)
{
	size_t len = strcspn(line, " ");
	const char *arg = line + len + (line[len] == ' ');

	line[len] = '\0';
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		if (!strcmp(line, tables[i].name)) {
			tables[i].put(arg);
			return;
		}
	}
	die("no such table", line);
}

static void
put_number(const char *name, size_t len)
{
	bool hex = len > 2 && !strncmp(name, "0x", 2);

	name += hex ? 2 : 0;
	len -= hex ? 2 : 0;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		if (strlen(numbers[i].name) == len &&
		    !memcmp(numbers[i].name, name, len)) {
			printf(hex ? "0x%02lx" : "%lu", numbers[i].value);
			return;
		}
	}
	die("no such number", name);
}

static void
put_line(const char *line)
{
	const char *at, *end;

	while ((at = strchr(line, '@')) != NULL) {
		end = strchr(at + 1, '@');
		if (!end)
			die("a single @", line);
		fwrite(line, 1, at - line, stdout);
		put_number(at + 1, end - at - 1);
		line = end + 1;
	}
	fputs(line, stdout);
}

static void
check_all_listed(void)
{
	bool some = false;

	for (int op = 0; op < ISA_OP_COUNT; op++)
		some |= listed[op];
	for (int op = 0; some && op < ISA_OP_COUNT; op++)
		if (!listed[op])
			die("an instruction is missing", isa_insns[op].name);
}

int
main(void)
{
	static const char table_mark[] = ".\\\" @";
	char line[LINE_SIZE];

	while (fgets(line, sizeof(line), stdin)) {
		if (strncmp(line, table_mark, strlen(table_mark))) {
			put_line(line);
			continue;
		}
		line[strcspn(line, "\n")] = '\0';
		put_table(line + strlen(table_mark));
	}
	check_all_listed();
	return fflush(stdout) || ferror(stdout) ? 1 : 0;
}
