/* SPDX-License-Identifier: BSD-2-Clause */
/* A list of findings; see findings-int.h. */
#include "verify/findings-int.h"

static bool
is_same(const struct finding *a, const struct finding *b)
{
	return a->id == b->id && a->place == b->place && a->number == b->number;
}

void
findings_add(struct findings *findings, const struct finding *finding)
{
	for (unsigned i = findings->count; i-- > 0;) {
		struct finding *old = &findings->finding[i];

		if (!is_same(old, finding))
			continue;
		if (old->follows && !finding->follows)
			*old = *finding;
		else if (old->follows == finding->follows)
			old->lanes |= finding->lanes;
		return;
	}
	if (findings->count < FINDINGS_MAX)
		findings->finding[findings->count++] = *finding;
}

bool
findings_has_error(const struct findings *findings, int place)
{
	for (unsigned i = 0; i < findings->count; i++)
		if (findings->finding[i].place == place &&
		    diag_infos[findings->finding[i].id].severity == DIAG_ERROR)
			return true;
	return false;
}

void
findings_sort(struct findings *findings)
{
	for (unsigned i = 1; i < findings->count; i++) {
		struct finding finding = findings->finding[i];
		unsigned k = i;

		for (; k && findings->finding[k - 1].place > finding.place; k--)
			findings->finding[k] = findings->finding[k - 1];
		findings->finding[k] = finding;
	}
}
