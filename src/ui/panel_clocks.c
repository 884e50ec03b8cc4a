/* SPDX-License-Identifier: MIT */
#include "ui/panel_clocks.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "ui/clock_words.h"

#define CODE_BAR 12
#define CODE_BAR_SHORT 6
#define SESSION_BAR 10
#define GAP 2
#define NUMBER_COLUMNS 4
/* Of a label, where all else has given way. */
#define NAME_LEAST 6
/* Narrower, and the clocks stand below each other without words. */
#define LINE_FROM 24

/* What is on the line; one after the other gives way where it is short. */
struct clocks {
    char name[192];
    char id[32];
    char code[16], session[16], index[32];
    const char *proof, *proof_short;
    enum theme_role proof_role;
    int code_bar, session_bar;
    int64_t code_s, session_s, code_whole_s;
};

/* What is to be known of the drawing on show. */
static void fill_proof(struct clocks *c, const struct ui_code *code, bool lives)
{
    c->proof = c->proof_short = "";
    c->proof_role = THEME_WARN;
    if (!lives || !code->verified)
        return;
    if (code->polarity_unsure) {
        c->proof = code->inverted ? "verified if dark on light" : "verified if light on dark";
        c->proof_short = "unsure";
    } else if (code->inverted)
        c->proof = "inverted", c->proof_short = "invert";
    else if (code->risky)
        c->proof = "verified, but risky", c->proof_short = "risky";
    else
        c->proof = "verified", c->proof_short = "✓", c->proof_role = THEME_GOOD;
}

static void fill_texts(struct clocks *c, const struct instance *it, const struct ui_code *code, int64_t now)
{
    const struct link *link = &it->link;
    int64_t pairing_ms = link_pairing_left(link, now);
    int64_t code_ms = pairing_ms >= 0 ? pairing_ms : link_has_code(link) ? link_code_left(link, now) : -1;
    int64_t session_ms = link_session_left(link, now);
    memset(c, 0, sizeof *c);
    text_copy(c->name, sizeof c->name, it->label);
    text_copy(c->id, sizeof c->id, it->id);
    c->code_s = clock_seconds(code_ms);
    c->session_s = clock_seconds(session_ms);
    c->code_whole_s = (pairing_ms >= 0 ? LINK_PAIRING_MS : LINK_CODE_MS) / 1000;
    if (code_ms >= 0) {
        c->code_bar = CODE_BAR;
        snprintf(c->code, sizeof c->code, "%lld s", (long long)c->code_s);
    }
    if (session_ms >= 0) {
        c->session_bar = SESSION_BAR;
        snprintf(c->session, sizeof c->session, "%lld s", (long long)c->session_s);
    }
    if (session_ms >= 0 && link->code_index > 0)
        snprintf(c->index, sizeof c->index, "%u of %u", link->code_index, LINK_CODES_PER_SESSION);
    fill_proof(c, code, code_ms >= 0);
}

static int part_columns(const struct canvas *canvas, const char *text)
{
    return text[0] ? canvas_columns(canvas, text) + GAP : 0;
}

/* "9 s" has the room of "10 s", so that nothing behind it moves. */
static int number_columns(const char *number)
{
    int columns = (int)strlen(number);
    return columns < NUMBER_COLUMNS ? NUMBER_COLUMNS : columns;
}

static int clock_columns(const char *word, int bar, const char *number)
{
    return number[0] ? (int)strlen(word) + 1 + (bar ? bar + 1 : 0) + number_columns(number) + GAP : 0;
}

static int needed(const struct canvas *canvas, const struct clocks *c)
{
    int id = c->id[0] ? part_columns(canvas, c->id) - (c->name[0] ? 1 : 0) : 0;
    return part_columns(canvas, c->name) + id + clock_columns("code", c->code_bar, c->code) +
           clock_columns("session", c->session_bar, c->session) + part_columns(canvas, c->index) +
           part_columns(canvas, c->proof) - GAP;
}

static void shorten_proof(const struct canvas *canvas, struct clocks *c)
{
    bool sign = c->proof_role == THEME_GOOD && canvas->ascii;
    c->proof = sign ? "ok" : c->proof_short;
}

/* The label is the one thing that must not be mistaken: it is cut last, and never goes. */
static void cut_name(const struct canvas *canvas, struct clocks *c, int columns)
{
    char cut[sizeof c->name];
    int room = canvas_columns(canvas, c->name) - (needed(canvas, c) - columns);
    text_fit(cut, sizeof cut, c->name, room > NAME_LEAST ? room : NAME_LEAST, canvas->ascii);
    memcpy(c->name, cut, sizeof cut);
}

/* The id stands beside the label where the line is as wide as the screen. */
static void fit(const struct canvas *canvas, struct clocks *c, int columns, bool beside_list)
{
    if (beside_list)
        c->id[0] = '\0';
    if (needed(canvas, c) > columns)
        c->session_bar = 0;
    if (needed(canvas, c) > columns)
        c->id[0] = '\0';
    if (needed(canvas, c) > columns)
        c->code_bar = c->code_bar ? CODE_BAR_SHORT : 0;
    if (needed(canvas, c) > columns)
        shorten_proof(canvas, c);
    if (needed(canvas, c) > columns)
        c->index[0] = '\0';
    if (needed(canvas, c) > columns)
        c->code_bar = 0;
    if (needed(canvas, c) > columns)
        cut_name(canvas, c, columns);
}

static int draw_clock(const struct canvas *canvas, int y, int x, int right, const char *word,
                      const struct canvas_bar *bar, const char *number)
{
    int start = x;
    if (!number[0])
        return x;
    x += canvas_text(canvas, y, x, right - x, THEME_PLAIN, word) + 1;
    if (bar->columns) {
        canvas_bar(canvas, y, x, bar);
        x += bar->columns + 1;
    }
    canvas_text_right(canvas, y, x, number_columns(number), THEME_PLAIN, number);
    return start + clock_columns(word, bar->columns, number);
}

static int draw_part(const struct canvas *canvas, int y, int x, int right, int gap, enum theme_role role,
                     const char *text)
{
    return text[0] ? x + canvas_text(canvas, y, x, right - x, role, text) + gap : x;
}

static void draw_line(const struct canvas *canvas, const struct rect *rect, const struct clocks *c)
{
    int y = rect->y, x = rect->x, right = rect->x + rect->columns;
    struct canvas_bar code = {c->code_bar, 8, (int)c->code_s, (int)c->code_whole_s};
    struct canvas_bar session = {c->session_bar, 2, (int)c->session_s, LINK_SESSION_MS / 1000};
    x = draw_part(canvas, y, x, right, c->id[0] ? 1 : GAP, THEME_TITLE, c->name);
    x = draw_part(canvas, y, x, right, GAP, THEME_FAINT, c->id);
    x = draw_clock(canvas, y, x, right, "code", &code, c->code);
    x = draw_clock(canvas, y, x, right, "session", &session, c->session);
    x = draw_part(canvas, y, x, right, GAP, THEME_PLAIN, c->index);
    draw_part(canvas, y, x, right, GAP, c->proof_role, c->proof);
}

static void draw_column(const struct canvas *canvas, const struct rect *rect, const struct clocks *c)
{
    const char *const lines[] = {c->code, c->session, c->proof_short};
    for (int i = 0; i < 3 && i < rect->rows; i++)
        canvas_text_right(canvas, rect->y + i, rect->x, rect->columns, i < 2 ? THEME_PLAIN : c->proof_role, lines[i]);
    const struct rect below = {rect->y + 4, rect->x, rect->rows - 4, rect->columns};
    canvas_paragraphs(canvas, &below, THEME_TITLE, c->name);
}

static void add_part(const struct canvas *canvas, char *dst, size_t size, int columns, const char *word, const char *text)
{
    char part[64];
    size_t used = strlen(dst);
    snprintf(part, sizeof part, "%s%s%s%s", used > 1 ? "  " : "", word, word[0] ? " " : "", text);
    if (text[0] && canvas_columns(canvas, dst) + canvas_columns(canvas, part) + 1 <= columns)
        snprintf(dst + used, size - used, "%s", part);
}

void panel_clocks_text(const struct canvas *canvas, char *dst, size_t size, const struct ui_code *code, int64_t now,
                       int columns)
{
    struct clocks c;
    fill_texts(&c, code->instance, code, now);
    snprintf(dst, size, " ");
    add_part(canvas, dst, size, columns, "code", c.code);
    add_part(canvas, dst, size, columns, "session", c.session);
    if (canvas_columns(canvas, dst) + canvas_columns(canvas, c.proof) + 3 > columns)
        shorten_proof(canvas, &c);
    add_part(canvas, dst, size, columns, "", c.proof);
    add_part(canvas, dst, size, columns, "", c.index);
    snprintf(dst + strlen(dst), size - strlen(dst), "%s", dst[1] ? " " : "");
    if (!dst[1])
        dst[0] = '\0';
}

void panel_clocks_draw(const struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    if (rect->rows <= 0 || rect->columns <= 0 || !model->subject)
        return;
    struct clocks c;
    fill_texts(&c, model->subject, &model->codes[0], model->now);
    if (rect->columns < LINE_FROM) {
        draw_column(canvas, rect, &c);
        return;
    }
    bool beside_list = rect->x > 0 && !model->zoom;
    if (beside_list && !c.code[0] && !c.session[0])
        return;
    fit(canvas, &c, rect->columns, beside_list);
    draw_line(canvas, rect, &c);
}
