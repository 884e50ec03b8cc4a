/* SPDX-License-Identifier: MIT */
#include "ui/panel_help.h"

#include <stdio.h>
#include <string.h>

#include "ui/offer.h"
#include "ui/paging.h"

#define KEYS_MAX 64
#define KEYS_COLUMNS 12
/* Each group of lines has a heading, and a blank line behind it. */
#define AROUND 2

int panel_help_lines(void)
{
    return ACTION_COUNT + CONTEXT_COUNT * AROUND + 1 + PHASE_COUNT;
}

static void draw_pair(const struct canvas *canvas, const struct rect *rect, int y, enum theme_role role,
                      const char *left, const char *right)
{
    int x = rect->x + PAGE_INDENT, text_x = x + KEYS_COLUMNS + 1;
    canvas_text(canvas, y, x, KEYS_COLUMNS, role, left);
    canvas_text(canvas, y, text_x, rect->x + rect->columns - text_x, THEME_PLAIN, right);
}

static void draw_sign(const struct canvas *canvas, const struct rect *rect, int y, enum phase phase)
{
    char text[128];
    snprintf(text, sizeof text, "%s: %s", phase_words(phase), phase_meaning(phase));
    draw_pair(canvas, rect, y, theme_phase_role(phase), phase_mark(phase, canvas->ascii), text);
}

static int actions_in(enum context context)
{
    int count = 0;
    for (int i = 0; i < ACTION_COUNT; i++)
        count += action_info((enum action)i)->context == context;
    return count;
}

/* Action number `at` of a context. */
static enum action action_at(enum context context, int at)
{
    for (int i = 0; i < ACTION_COUNT; i++)
        if (action_info((enum action)i)->context == context && at-- == 0)
            return (enum action)i;
    return ACTION_NONE;
}

static void draw_action(const struct canvas *canvas, const struct rect *rect, int y, enum action action,
                        const struct ui_model *model)
{
    char keys[KEYS_MAX], text[128];
    const char *why = offer_why_off(model, action);
    keymap_names(model->keymap, action, keys, sizeof keys);
    snprintf(text, sizeof text, "%s%s%s%s", why ? "(off: " : "", why ? why : "", why ? ") " : "", action_info(action)->help);
    draw_pair(canvas, rect, y, why ? THEME_FAINT : THEME_KEY, keys, text);
}

static void draw_title(const struct canvas *canvas, const struct rect *rect, int y, const char *text)
{
    canvas_text(canvas, y, rect->x + PAGE_INDENT, rect->columns - PAGE_INDENT, THEME_TITLE, text);
}

static void draw_line(const struct canvas *canvas, const struct rect *rect, int y, int line,
                      const struct ui_model *model)
{
    for (int context = 0; context < CONTEXT_COUNT; context++) {
        int actions = actions_in((enum context)context);
        if (line == 0)
            draw_title(canvas, rect, y, context_words((enum context)context));
        else if (line <= actions)
            draw_action(canvas, rect, y, action_at((enum context)context, line - 1), model);
        line -= actions + AROUND;
        if (line < 0)
            return;
    }
    if (line == 0)
        draw_title(canvas, rect, y, "Signs in the list");
    else
        draw_sign(canvas, rect, y, (enum phase)(line - 1));
}

void panel_help_draw(struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    char key[KEYS_MAX];
    struct paging paging = paging_of(rect, model, panel_help_lines());
    keymap_names(model->keymap, ACTION_HELP, key, sizeof key);
    int y = paging_heading(canvas, rect, &paging, "Keys", key);
    for (int i = 0; i < paging.shown; i++)
        draw_line(canvas, rect, y + i, paging.top + i, model);
}
