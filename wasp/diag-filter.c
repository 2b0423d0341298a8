/* SPDX-License-Identifier: BSD-2-Clause */
/* Which warnings are told, and which as errors; see diag.h. */
#include "wasp/diag.h"

#include <string.h>

void
diag_filter_sink(void *arg, const struct diag *diag)
{
	struct diag_filter *filter = arg;
	const struct diag_info *info = &diag_infos[diag->id];
	struct diag error = *diag;

	if (diag->severity == DIAG_WARNING)
		filter->dropping = filter->told[diag->id] ?
			filter->told[diag->id] == DIAG_NO : !info->on;
	else if (diag->severity == DIAG_ERROR)
		filter->dropping = false;
	if (filter->dropping)
		return;
	if (diag->severity == DIAG_WARNING && (filter->fatal[diag->id] ?
		filter->fatal[diag->id] == DIAG_YES : filter->all_fatal)) {
		error.severity = DIAG_ERROR;
		filter->promoted++;
	}
	if (filter->sink)
		filter->sink(filter->arg, &error);
}

/* Set all warnings, or those of a class; false where there is none. */
static bool
choose(uint8_t *choices, const char *class, enum diag_choice choice)
{
	bool found = false;

	for (int id = 0; id < DIAG_COUNT; id++) {
		if (diag_infos[id].severity != DIAG_WARNING ||
		    (class && strcmp(diag_infos[id].class, class)))
			continue;
		choices[id] = (uint8_t)choice;
		found = true;
	}
	return found;
}

/*
 * All, none and error are no warnings: the first two stand alone, and the third
 * behind no- at most.
 */
static void
unknown(const char *choice, const char *class, struct diag *diag)
{
	const char *names[DIAG_COUNT + 3] = {"error", "all", "none"}, *like;
	size_t count = class == choice ? 3 : class[-1] == '-' ? 1 : 0;
	bool opposite = !strcmp(choice, "no-all") || !strcmp(choice, "no-none");

	for (int id = 0; id < DIAG_COUNT; id++)
		if (diag_infos[id].severity == DIAG_WARNING)
			names[count++] = diag_infos[id].class;
	like = !opposite ? diag_suggest(class, names, count) :
		*class == 'a' ? "none" : "all";
	*diag = (struct diag){.pc = -1};
	diag_set_note(diag, "there is no warning '%s'", class);
	if (like)
		diag_set_hint(diag, "did you mean '%.*s%s'?",
			opposite ? 0 : (int)(class - choice), choice, like);
	else
		diag_set_hint(diag, "'wasp-as --explain list' prints all");
}

bool
diag_filter_choose(struct diag_filter *filter, const char *choice,
	struct diag *diag)
{
	bool no = !strncmp(choice, "no-", 3);
	const char *class = choice + 3 * no;
	enum diag_choice wanted = no ? DIAG_NO : DIAG_YES;

	if (!strcmp(choice, "all") || !strcmp(choice, "none"))
		return choose(filter->told, NULL,
			*choice == 'a' ? DIAG_YES : DIAG_NO);
	if (!strcmp(class, "error")) {
		filter->all_fatal = !no;
		return true;
	}
	if (!strncmp(class, "error=", 6)) {
		class += 6;
		if (choose(filter->fatal, class, wanted))
			return choose(filter->told, class, DIAG_YES);
	} else if (choose(filter->told, class, wanted)) {
		return true;
	}
	unknown(choice, class, diag);
	return false;
}
