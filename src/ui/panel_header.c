/* SPDX-License-Identifier: MIT */
#include "ui/panel_header.h"

#include "ui/header.h"

static void tally(struct header_facts *facts, const struct ui_model *model)
{
    for (size_t i = 0; i < model->fleet->count; i++)
        fleet_tally_add(&facts->fleet, model->fleet->items[i]);
    for (size_t i = 0; i < model->row_count; i++)
        fleet_tally_add(&facts->shown, model->rows[i]);
}

static int draw_part(const struct canvas *canvas, const struct rect *rect, int x, enum theme_role role, const char *text)
{
    return text[0] ? x + canvas_text(canvas, rect->y, x, rect->x + rect->columns - x, role, text) + HEADER_GAP : x;
}

void panel_header_draw(const struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    struct header header;
    struct header_facts facts = {.filtered = model->filtered,
                                 .demo = model->demo,
                                 .ascii = canvas->ascii,
                                 .dot = canvas_signs(canvas)->dot};
    tally(&facts, model);
    header_fit(&header, &facts, rect->columns);
    int x = draw_part(canvas, rect, rect->x, THEME_TITLE, header.name);
    for (int i = 0; i < PHASE_GROUP_COUNT; i++) {
        enum theme_role role = theme_phase_role(phase_group_sign((enum phase_group)i));
        x = draw_part(canvas, rect, x, facts.fleet.of[i] ? role : THEME_FAINT, header.group[i]);
    }
    canvas_text_right(canvas, rect->y, x, rect->x + rect->columns - x, THEME_TITLE, header.fleet);
}
