/* SPDX-License-Identifier: MIT */
#include "ui/header.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

#define NAME "scandeck"

/* From the longest on. `of` stands between a part and its whole where the list is filtered; NULL = the whole alone. */
static const struct form {
    bool groups, name, words, fleet, instances;
    const char *of;
} forms[] = {
    {true, true, true, true, true, " of "},    {true, false, true, true, true, " of "}, {true, true, false, true, true, " of "},
    {true, false, false, true, true, " of "},  {true, false, false, true, false, "/"},  {true, false, false, true, false, NULL},
    {true, false, false, false, false, NULL},  {false, false, false, true, false, NULL},
};
#define FORMS (sizeof forms / sizeof *forms)

static void spell_count(char *dst, size_t size, const struct header_facts *facts, const char *of, size_t shown, size_t all)
{
    if (facts->filtered && of)
        snprintf(dst, size, "%zu%s%zu", shown, of, all);
    else
        snprintf(dst, size, "%zu", all);
}

static void spell_group(char *dst, size_t size, const struct header_facts *facts, const struct form *form,
                        enum phase_group group)
{
    char count[48];
    const size_t all = facts->fleet.of[group];
    spell_count(count, sizeof count, facts, form->of, facts->shown.of[group], all);
    snprintf(dst, size, "%s %s%s%s", phase_mark(phase_group_sign(group), facts->ascii), count, form->words ? " " : "",
             form->words ? phase_group_word(group, all) : "");
}

static void spell_fleet(char *dst, size_t size, const struct header_facts *facts, const struct form *form)
{
    char count[48];
    const size_t all = facts->fleet.count;
    spell_count(count, sizeof count, facts, form->of, facts->shown.count, all);
    snprintf(dst, size, "%s%s%s%s%s%s", count, form->instances ? all == 1 ? " instance" : " instances" : "",
             facts->demo ? " " : "", facts->demo ? facts->dot : "", facts->demo ? " " : "", facts->demo ? "demo" : "");
}

static void spell(struct header *out, const struct header_facts *facts, const struct form *form)
{
    *out = (struct header){.name = ""};
    snprintf(out->name, sizeof out->name, "%s", form->name ? NAME : "");
    for (int i = 0; form->groups && i < PHASE_GROUP_COUNT; i++)
        spell_group(out->group[i], sizeof out->group[i], facts, form, (enum phase_group)i);
    if (form->fleet)
        spell_fleet(out->fleet, sizeof out->fleet, facts, form);
}

static int part_columns(const char *text)
{
    return text[0] ? text_columns(text) + HEADER_GAP : 0;
}

static int columns_of(const struct header *header)
{
    int columns = part_columns(header->name) + part_columns(header->fleet) - HEADER_GAP;
    for (int i = 0; i < PHASE_GROUP_COUNT; i++)
        columns += part_columns(header->group[i]);
    return columns;
}

void header_fit(struct header *out, const struct header_facts *facts, int columns)
{
    for (size_t i = 0; i < FORMS; i++) {
        spell(out, facts, &forms[i]);
        if (columns_of(out) <= columns)
            return;
    }
    *out = (struct header){.name = ""};
}
