/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A file of settings, read by libconfuse, with diagnostics that have a place:
 * every wrong value of one run, then an end; after an error of syntax
 * libconfuse gives up.  A library of its own, so that only who reads such files needs
 * libconfuse.
 */
#ifndef WASP_SETTINGS_H
#define WASP_SETTINGS_H

#include <confuse.h>

#include "wasp/diag.h"

/*
 * libconfuse takes the end of the file for the end of a section, too.  So a
 * setting of this name is written behind the text, and must be found at the
 * top: this row stands in the table of the top, before CFG_END().
 */
#define SETTINGS_AT_THE_END "at-the-end"
#define SETTINGS_END_ROW CFG_BOOL(SETTINGS_AT_THE_END, cfg_false, CFGF_NONE)

struct settings {
	const char *text, *file;	/* file: for messages */
	/* What wrong files are reported as; twice: a section of that name whose
	   title stands twice. */
	enum diag_id syntax, unknown, value, twice;
	const char *section;
	diag_sink *sink;
	void *arg;
	/* Looks at the whole after it was parsed, and reports; may be NULL. */
	void (*check)(cfg_t *cfg);
	void *user;			/* for it, and for those that validate */
	unsigned errors;
	struct diag last;		/* what was reported last */
};

/*
 * Parse the text; cfg may be NULL, for want of memory.  Every error goes to the
 * sink; false if there was one.  Validating functions of cfg are called at the
 * line of each value.
 */
bool settings_parse(struct settings *settings, cfg_t *cfg);

/*
 * For these functions: report something at this line (the same is not said
 * twice there), and the user's pointer.  libconfuse has no place for it.
 */
void settings_report(const cfg_t *cfg, struct diag *diag);
void *settings_user(void);

/* The index of a word in names, which end with NULL, or -1. */
int settings_name_index(const char *const *names, const char *word);

/* "a, b or c"; returns buf. */
const char *settings_name_list(const char *const *names, char *buf,
	size_t size);

#endif
