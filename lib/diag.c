/* SPDX-License-Identifier: BSD-2-Clause */
/* Diagnostics on their way out. */
#include <stdlib.h>
#include <string.h>

#include "lib/lib-int.h"

#define ERROR WASP_ERROR
#define WARNING WASP_WARNING
#define OPTIONAL WASP_WARNING

static const struct wasp_diag_info infos[DIAG_COUNT] = {
	[DIAG_NONE] = {NULL, WASP_NOTE, "", "", "", ""},
#define WASP_DIAG(name, code, severity, class, title, why, mend) \
	[DIAG_##name] = {"WASP-" code, severity, class, title, why, mend},
#include "wasp/diags.def"
};

const struct wasp_diag_info *
wasp_diag_at(unsigned i)
{
	return i < DIAG_COUNT - DIAG_NONE - 1 ? &infos[DIAG_NONE + 1 + i] :
		NULL;
}

const struct wasp_diag_info *
wasp_diag_find(const char *code)
{
	enum diag_id id = diag_numbered(code);

	return id == DIAG_NONE ? NULL : &infos[id];
}

/* The assembler calls a source without a name after its own input. */
static const char *
file_of(const struct lib_sink *sink, const struct diag *diag)
{
	return sink->nameless && diag->file && !strcmp(diag->file, "<stdin>") ?
		NULL : diag->file;
}

void
lib_tell(void *arg, const struct diag *diag)
{
	struct lib_sink *sink = arg;
	struct wasp_diag out = {
		.severity = (enum wasp_severity)diag->severity,
		.code = infos[diag->id].code,
		.message = diag->text,
		.hint = diag->hint[0] ? diag->hint : NULL,
		.file = file_of(sink, diag),
		.line = diag->line, .col = diag->col, .len = diag->len,
		.offset = diag->in_object ? diag->offset : -1,
		.pc = diag->in_object && diag->pc >= 0 ? diag->pc : -1,
		.quote = diag->quote,
		.path = diag->path, .path_count = diag->path_count
	};

	sink->errors += out.severity == WASP_ERROR && out.code;
	sink->warnings += out.severity == WASP_WARNING;
	if (sink->diag)
		sink->diag(sink->arg, &out);
}

void
lib_sink_init(struct lib_sink *sink, wasp_diag_fn *diag, void *arg)
{
	*sink = (struct lib_sink){.diag = diag, .arg = arg};
	sink->filter.sink = lib_tell;
	sink->filter.arg = sink;
}

bool
lib_sink_choose(struct lib_sink *sink, const char *warnings)
{
	while (warnings && *warnings) {
		size_t length = strcspn(warnings, ",");
		char choice[64];
		struct diag diag;

		snprintf(choice, sizeof(choice), "%.*s", (int)length, warnings);
		if (!diag_filter_choose(&sink->filter, choice, &diag)) {
			diag.severity = DIAG_ERROR;
			lib_tell(sink, &diag);
			return false;
		}
		warnings += length + (warnings[length] == ',');
	}
	return true;
}

/* What diag_print knows of it. */
static struct diag
diag_of(const struct wasp_diag *from)
{
	struct diag diag = {
		.id = from->code ? diag_numbered(from->code) : DIAG_NONE,
		.severity = (enum diag_severity)from->severity,
		.file = from->file,
		.line = from->line, .col = from->col, .len = from->len,
		.in_object = from->offset >= 0, .offset = from->offset,
		.pc = from->pc,
		.quote = from->quote
	};

	lib_copy_text(diag.text, sizeof(diag.text), from->message);
	if (from->hint)
		lib_copy_text(diag.hint, sizeof(diag.hint), from->hint);
	return diag;
}

size_t
wasp_diag_text(const struct wasp_diag *from, char *buf, size_t size)
{
	struct diag diag = diag_of(from);
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	if (size > 0)
		buf[0] = '\0';
	if (!out)
		return 0;
	diag_print(out, &diag);
	length = fclose(out) ? 0 : lib_copy_text(buf, size, text);
	free(text);
	return length;
}
