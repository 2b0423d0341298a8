/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A translation as a BPF object file; see elf.h.  The template's sections are
 * written anew one behind the other, four of them changed: that of the program,
 * its relocations, the symbols (the program's size), and .BTF.ext, which loses
 * what it says of lines and of kernel types in the program's section.
 */
#include "xdp/elf.h"

#include "xdp/emit.h"

#include <elf.h>
#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/btf.h>

#define PROGRAM "translated"
#ifndef R_BPF_64_64
enum { R_BPF_64_64 = 1, R_BPF_64_32 = 10 };
#endif

enum { ALIGN = 8 };

/* The head of .BTF.ext; tables follow it, by offset from its end. */
struct ext_header {
	uint16_t magic;
	uint8_t version, flags;
	uint32_t header_size;
	struct ext_table {
		uint32_t off, size;
	} tables[3];		/* functions, lines, kernel types: see ext_keep */
};
enum { EXT_TABLES = 3 };
static const unsigned ext_keep[EXT_TABLES] = {1, 1, 0};

/* What a section holds in the new file; allocated if changed. */
struct part {
	const uint8_t *p;
	size_t size;
	void *allocated;
};

struct maker {
	const uint8_t *p;		/* the template */
	size_t size;
	const Elf64_Ehdr *header;
	const Elf64_Shdr *sections;
	unsigned section_count, program_section;
	struct part *parts;
	const Elf64_Sym *symbols;
	unsigned symbol_count, symbol_section;
	const char *strings;
	const struct translation *body;
};

/* Reading the template: it is ours, but a damaged one must not be followed. */

static bool
inside(const struct maker *m, uint64_t off, uint64_t size)
{
	return off <= m->size && size <= m->size - off;
}

static const char *
section_name(const struct maker *m, unsigned i)
{
	const Elf64_Shdr *names = &m->sections[m->header->e_shstrndx];

	return m->sections[i].sh_name < names->sh_size ?
		(const char *)m->p + names->sh_offset +
		m->sections[i].sh_name : "";
}

/* 0: there is none. */
static unsigned
find_section(const struct maker *m, const char *name)
{
	for (unsigned i = 1; i < m->section_count; i++)
		if (!strcmp(section_name(m, i), name))
			return i;
	return 0;
}

static const char *
symbol_name(const struct maker *m, unsigned i)
{
	return m->strings + m->symbols[i].st_name;
}

/* 0: there is none. */
static unsigned
find_symbol(const struct maker *m, const char *name)
{
	for (unsigned i = 1; i < m->symbol_count; i++)
		if (m->symbols[i].st_shndx != SHN_UNDEF &&
		    ELF64_ST_TYPE(m->symbols[i].st_info) != STT_SECTION &&
		    !strcmp(symbol_name(m, i), name))
			return i;
	return 0;
}

static bool
ends_in_zero(const struct maker *m, const Elf64_Shdr *section)
{
	return section->sh_size > 0 &&
		m->p[section->sh_offset + section->sh_size - 1] == 0;
}

static bool
read_sections(struct maker *m)
{
	m->header = (const void *)m->p;
	if (m->size < sizeof(*m->header) ||
	    memcmp(m->header->e_ident, ELFMAG, SELFMAG) ||
	    m->header->e_ident[EI_CLASS] != ELFCLASS64 ||
	    m->header->e_machine != EM_BPF ||
	    m->header->e_shentsize != sizeof(Elf64_Shdr) ||
	    !inside(m, m->header->e_shoff, m->header->e_shnum *
		sizeof(Elf64_Shdr)) ||
	    m->header->e_shstrndx >= m->header->e_shnum)
		return false;
	m->sections = (const void *)(m->p + m->header->e_shoff);
	m->section_count = m->header->e_shnum;
	for (unsigned i = 0; i < m->section_count; i++)
		if (m->sections[i].sh_type != SHT_NOBITS &&
		    !inside(m, m->sections[i].sh_offset,
			m->sections[i].sh_size))
			return false;
	return ends_in_zero(m, &m->sections[m->header->e_shstrndx]);
}

static bool
read_symbols(struct maker *m)
{
	const Elf64_Shdr *section, *strings;

	m->symbol_section = find_section(m, ".symtab");
	section = &m->sections[m->symbol_section];
	if (m->symbol_section == 0 || section->sh_link >= m->section_count)
		return false;
	strings = &m->sections[section->sh_link];
	m->symbols = (const void *)(m->p + section->sh_offset);
	m->symbol_count = (unsigned)(section->sh_size / sizeof(Elf64_Sym));
	m->strings = (const char *)m->p + strings->sh_offset;
	for (unsigned i = 0; i < m->symbol_count; i++)
		if (m->symbols[i].st_name >= strings->sh_size)
			return false;
	return ends_in_zero(m, strings);
}

static bool
keep_parts(struct maker *m)
{
	m->parts = calloc(m->section_count, sizeof(*m->parts));
	for (unsigned i = 0; m->parts && i < m->section_count; i++)
		if (m->sections[i].sh_type != SHT_NOBITS &&
		    m->sections[i].sh_type != SHT_NULL)
			m->parts[i] = (struct part){
				m->p + m->sections[i].sh_offset,
				m->sections[i].sh_size, NULL};
	return m->parts != NULL;
}

/* A copy of what a section holds, or room for size bytes. */
static void *
change_part(struct maker *m, unsigned i, size_t size)
{
	struct part *part = &m->parts[i];

	part->allocated = calloc(1, size ? size : 1);
	if (part->allocated && size == part->size)
		memcpy(part->allocated, part->p, size);
	part->p = part->allocated;
	part->size = size;
	return part->allocated;
}

/* The program and its relocations */

/* Take a number for a relocation out of an instruction; its symbol. */
static const char *
take_name(struct bpf_insn *insn, const char *const *maps, unsigned *type)
{
	const char *name;

	if (emit_is_call(insn)) {
		name = translate_functions[insn->imm];
		insn->imm = -1;
		*type = R_BPF_64_32;
		return name;
	}
	if (!emit_is_map(insn))
		return NULL;
	name = maps[insn->imm];
	insn->imm = 0;
	insn->src_reg = 0;
	*type = R_BPF_64_64;
	return name;
}

static unsigned
count_names(const struct translation *body)
{
	unsigned count = 0;

	for (unsigned i = 0; i < body->count; i++)
		count += emit_is_call(&body->insns[i]) || emit_is_map(&body->insns[i]);
	return count;
}

static bool
relocate(struct maker *m, struct bpf_insn *insns, Elf64_Rel *relocations,
	const char *const *maps)
{
	unsigned count = 0, type = 0;

	for (unsigned i = 0; i < m->body->count; i++) {
		const char *name = take_name(&insns[i], maps, &type);
		unsigned symbol = name ? find_symbol(m, name) : 0;

		if (!name)
			continue;
		if (symbol == 0)
			return false;
		relocations[count++] = (Elf64_Rel){
			.r_offset = i * sizeof(*insns),
			.r_info = ELF64_R_INFO((uint64_t)symbol, type)};
	}
	return true;
}

static bool
put_program(struct maker *m, const char *const *maps)
{
	unsigned symbol = find_symbol(m, PROGRAM), relocation_section;
	size_t size = m->body->count * sizeof(struct bpf_insn);
	struct bpf_insn *insns;
	Elf64_Rel *relocations;
	Elf64_Sym *symbols;
	char name[64] = ".rel";

	if (symbol == 0 || m->symbols[symbol].st_shndx >= m->section_count)
		return false;
	m->program_section = m->symbols[symbol].st_shndx;
	strncat(name, section_name(m, m->program_section),
		sizeof(name) - sizeof(".rel"));
	relocation_section = find_section(m, name);
	if (relocation_section == 0)
		return false;
	insns = change_part(m, m->program_section, size);
	relocations = change_part(m, relocation_section,
		count_names(m->body) * sizeof(*relocations));
	symbols = change_part(m, m->symbol_section,
		m->parts[m->symbol_section].size);
	if (!insns || !relocations || !symbols)
		return false;
	memcpy(insns, m->body->insns, size);
	symbols[symbol].st_size = size;
	return relocate(m, insns, relocations, maps);
}

/* .BTF.ext */

/* The string of BTF at an offset, or NULL. */
static const char *
btf_string(const struct maker *m, uint32_t off)
{
	const struct part *part = &m->parts[find_section(m, ".BTF")];
	const struct btf_header *header = (const void *)part->p;

	if (!part->p || part->size < sizeof(*header) ||
	    (uint64_t)header->hdr_len + header->str_off + header->str_len >
		part->size || off >= header->str_len)
		return NULL;
	return (const char *)part->p + header->hdr_len + header->str_off + off;
}

static bool
is_program_section(const struct maker *m, uint32_t name_off)
{
	const char *name = btf_string(m, name_off);

	return name && !strcmp(name, section_name(m, m->program_section));
}

/*
 * Copy a table, of what it says of the program's section only the first `keep`
 * records.  The size of the copy, 0: damaged.
 * A table: size of a record; for each section its name, a count, the records.
 */
static size_t
copy_table(const struct maker *m, const uint8_t *from, size_t size,
	unsigned keep, uint8_t *to)
{
	size_t at = 4, used = 4;
	uint32_t record, block[2], kept;

	if (size < 4)
		return 0;
	memcpy(&record, from, sizeof(record));
	memcpy(to, from, 4);
	while (at < size) {
		size_t block_size = sizeof(block);

		if (size - at < sizeof(block))
			return 0;
		memcpy(block, from + at, sizeof(block));
		block_size += (size_t)record * block[1];
		if (size - at < block_size)
			return 0;
		kept = block[1];
		if (is_program_section(m, block[0]) && kept > keep)
			kept = keep;
		memcpy(to + used, from + at, block_size);
		memcpy(to + used + 4, &kept, sizeof(kept));
		if (kept > 0)
			used += sizeof(block) + (size_t)record * kept;
		at += block_size;
	}
	return used;
}

static bool
table_inside(const struct ext_header *header, unsigned i, size_t size)
{
	return (uint64_t)header->header_size + header->tables[i].off +
		header->tables[i].size <= size;
}

/*
 * Lines and kernel types of the program's section were those of the template;
 * but a first line there must be, or libbpf leaves out all of them.
 */
static bool
put_ext(struct maker *m)
{
	unsigned section = find_section(m, ".BTF.ext");
	struct part old = m->parts[section];
	struct ext_header header = {0}, was;
	size_t used;
	uint8_t *p;

	if (section == 0 || old.size < sizeof(was))
		return false;
	memcpy(&was, old.p, sizeof(was));
	p = change_part(m, section, old.size);
	if (!p || was.header_size < sizeof(was))
		return false;
	header = was;
	header.header_size = sizeof(header);
	used = sizeof(header);
	for (unsigned i = 0; i < EXT_TABLES; i++) {
		const uint8_t *from = old.p + was.header_size +
			was.tables[i].off;
		size_t size = was.tables[i].size;

		if (!table_inside(&was, i, old.size))
			return false;
		header.tables[i].off = (uint32_t)(used - sizeof(header));
		if (size > 0)
			size = copy_table(m, from, size, ext_keep[i],
				p + used);
		header.tables[i].size = size > 4 ? (uint32_t)size : 0;
		used += header.tables[i].size;
	}
	memcpy(p, &header, sizeof(header));
	m->parts[section].size = used;
	return true;
}

/* The new file */

static size_t
aligned(size_t size)
{
	return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

static size_t
total_size(const struct maker *m)
{
	size_t size = aligned(sizeof(Elf64_Ehdr));

	for (unsigned i = 0; i < m->section_count; i++)
		size += aligned(m->parts[i].size);
	return size + m->section_count * sizeof(Elf64_Shdr);
}

static void *
write_file(const struct maker *m, size_t *size)
{
	Elf64_Ehdr header = *m->header;
	size_t at = aligned(sizeof(header));
	Elf64_Shdr *sections;
	uint8_t *p;

	*size = total_size(m);
	p = calloc(1, *size);
	if (!p)
		return NULL;
	header.e_shoff = *size - m->section_count * sizeof(*sections);
	memcpy(p, &header, sizeof(header));
	sections = (Elf64_Shdr *)(p + header.e_shoff);
	for (unsigned i = 0; i < m->section_count; i++) {
		sections[i] = m->sections[i];
		if (!m->parts[i].p)
			continue;
		sections[i].sh_offset = at;
		sections[i].sh_size = m->parts[i].size;
		memcpy(p + at, m->parts[i].p, m->parts[i].size);
		at += aligned(m->parts[i].size);
	}
	return p;
}

void *
elf_make(const void *template, size_t template_size,
	const char *const maps[TRANSLATE_MAP_COUNT],
	const struct translation *translation, size_t *size)
{
	struct maker m = {.p = template, .size = template_size,
		.body = translation};
	void *file = NULL;

	errno = EINVAL;
	if (!read_sections(&m) || !read_symbols(&m) || !keep_parts(&m))
		return NULL;
	if (put_program(&m, maps) && put_ext(&m))
		file = write_file(&m, size);
	for (unsigned i = 0; i < m.section_count; i++)
		free(m.parts[i].allocated);
	free(m.parts);
	return file;
}
