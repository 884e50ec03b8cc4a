/* SPDX-License-Identifier: MIT
 * scandeck terminal as a page that a screen of 80x24 holds, with the line that asked for it.
 */
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "ladder.h"
#include "terminal_report.h"

#define PAGE_COLUMNS 80
#define LEFT_COLUMNS 13
#define ABILITY_COLUMNS 22
#define LINE_MAX_BYTES 1024
#define CELL_MAX 32

/* Prints `text`, which begins at column `used`, and goes on in further lines at `indent`. Only what has no blank stands
 * beyond the page's edge. */
static void print_wrapped(int used, int indent, const char *text)
{
    while (*text) {
        char word[LINE_MAX_BYTES];
        size_t len = strcspn(text, " ");
        text_copy_part(word, sizeof word, text, len);
        int columns = text_columns(word);
        if (used > indent && used + 1 + columns > PAGE_COLUMNS) {
            printf("\n%*s", indent, "");
            used = indent;
        } else if (used > indent) {
            putchar(' ');
            used++;
        }
        fputs(word, stdout);
        used += columns;
        text += len + (text[len] == ' ');
    }
    putchar('\n');
}

__attribute__((format(printf, 2, 3))) static void print_line(const char *left, const char *format, ...)
{
    char text[LINE_MAX_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    printf("%-*s", LEFT_COLUMNS, left);
    print_wrapped(LEFT_COLUMNS, LEFT_COLUMNS, text);
}

static const char *or_dash(const char *text)
{
    return text && *text ? text : "-";
}

static void print_window(const struct terminal_report *report)
{
    const struct survey *survey = &report->survey;
    const struct answer *answer = &survey->facts.answer;
    char window[CELL_MAX * 2], cell[CELL_MAX];
    if (survey->columns > 0 && survey->rows > 0)
        snprintf(window, sizeof window, "%dx%d", survey->columns, survey->rows);
    else
        snprintf(window, sizeof window, "its size is not told, %dx%d is taken", TERMINAL_USUAL_COLUMNS,
                 TERMINAL_USUAL_ROWS);
    if (answer->cell_width > 0)
        snprintf(cell, sizeof cell, "%dx%d pixels", answer->cell_width, answer->cell_height);
    else
        snprintf(cell, sizeof cell, "unknown size");
    print_line("window", "%s, cells of %s; %s", window, cell,
               survey->facts.who.known->resizes ? "it grows when asked" : "not known to grow when asked");
}

static void print_background(const struct survey *survey)
{
    const char *name = terminal_report_background(survey);
    print_line("background", "%s", name ? name : "not told: taken for dark; where it is light, invert the code");
}

static void print_codes(const struct terminal_report *report)
{
    const struct code_colors *code = &report->survey.code_colors;
    const char *wish = terminal_report_wish(report), *graphics = terminal_report_graphics(report);
    int colors = report->survey.colors;
    if (colors < 0)
        print_line("codes", "TERM is not known on this machine: the console cannot start");
    else if (code->reverse) {
        print_line("codes", "qr_mode %s, in reverse video (%d colours); graphics: %s", wish, colors, graphics);
        print_background(&report->survey);
    } else
        print_line("codes", "qr_mode %s, in %d on %d of %d colours; graphics: %s", wish, code->black, code->white,
                   colors, graphics);
}

static void print_memory(const struct terminal_report *report)
{
    char shown[TERMINAL_PATH_MAX];
    terminal_report_memory(shown, report);
    print_line("memory", "%s", or_dash(shown));
    if (*report->memory_why)
        print_line("", "%s", report->memory_why);
    print_line("remembered", "as \"%s\"", report->survey.facts.who.id);
}

static void print_terminal(const struct terminal_report *report)
{
    const struct ability_facts *facts = &report->survey.facts;
    const struct answer *answer = &facts->answer;
    char stand_in[LINE_MAX_BYTES / 2] = "";
    if (survey_has_stand_in(&report->survey))
        snprintf(stand_in, sizeof stand_in, " (unknown here: as %s)", report->survey.entry);
    print_line("terminal", "%s%s, TERM %s%s", facts->who.name,
               terminal_report_inside(report) ? " (it hides the one outside)" : "", or_dash(facts->who.term), stand_in);
    print_line("answers", "DA1 %s, DA2 %s, XTVERSION %s", or_dash(answer->attributes), or_dash(answer->device),
               or_dash(answer->version));
    print_window(report);
    print_line("characters", "%s (%s): %s", facts->utf8 ? "UTF-8" : "ASCII", setlocale(LC_CTYPE, NULL),
               facts->charset_why);
    print_codes(report);
    print_memory(report);
}

static void print_ability(const struct terminal_report *report, enum qr_ability ability, const char *mode_key)
{
    const struct ui_ability *it = &report->abilities[ability];
    const char *word = it->sure ? it->can ? "yes" : "no" : it->can ? "likely" : "unknown";
    char text[LINE_MAX_BYTES];
    snprintf(text, sizeof text, "%s%s%s%s", it->why, report->remembered[ability] ? " (an answer is remembered)" : "",
             it->sure ? "" : "; asked by ", it->sure ? "" : mode_key);
    printf("%-*s%-*s", LEFT_COLUMNS, qr_ability_info(ability)->name, ABILITY_COLUMNS - LEFT_COLUMNS, word);
    print_wrapped(ABILITY_COLUMNS, ABILITY_COLUMNS, text);
}

/* All but what every terminal has, and what helps where one of them is wrong. */
static void print_abilities(const struct terminal_report *report)
{
    char mode_key[CELL_MAX], glyphs_key[CELL_MAX];
    keymap_names(&report->keymap, ACTION_MODE, mode_key, sizeof mode_key);
    keymap_names(&report->keymap, ACTION_GLYPHS, glyphs_key, sizeof glyphs_key);
    for (int i = 0; i < QR_ABILITY_COUNT; i++)
        if (i != QR_ABILITY_PAINT)
            print_ability(report, (enum qr_ability)i, mode_key);
    print_line("wrong?", "press %s in the console to be asked again, or edit the file above", glyphs_key);
}

/* "chosen", "needs 80x34". */
static void say_fit(char *dst, size_t size, const struct advise_request *request, enum qr_mode mode)
{
    static const char *const words[] = {
        [LADDER_CHOSEN] = "chosen", [LADDER_FITS] = "fits, by key", [LADDER_IF_DRAWN] = "fits if drawn",
        [LADDER_TOO_LARGE] = "no", [LADDER_CANNOT] = "no"};
    enum ladder_fit fit = ladder_fit(request, mode);
    int columns, rows;
    if (fit == LADDER_TOO_LARGE && ladder_window(request, mode, &columns, &rows))
        snprintf(dst, size, "needs %dx%d", columns, rows);
    else
        snprintf(dst, size, "%s", words[fit]);
}

static void print_row(const char *what, const char *cells, const char *panels, const char *alone)
{
    printf("%-19s%-9s%-20s%s\n", what, cells, panels, alone);
}

static void print_mode(const struct terminal_report *report, const char *what, enum qr_mode mode, int modules)
{
    const struct advise_request panels = terminal_report_request(report, modules, false);
    const struct advise_request alone = terminal_report_request(report, modules, true);
    char cells[CELL_MAX] = "-", beside[CELL_MAX], zoomed[CELL_MAX];
    int columns, rows;
    qr_mode_size(mode, modules, &panels.layout.terminal, &columns, &rows);
    if (columns > 0)
        snprintf(cells, sizeof cells, "%dx%d", columns, rows);
    say_fit(beside, sizeof beside, &panels, mode);
    say_fit(zoomed, sizeof zoomed, &alone, mode);
    print_row(what, cells, beside, zoomed);
}

static bool fewer_modules_differ(const struct terminal_report *report, enum qr_mode mode)
{
    for (int zoom = 0; zoom <= 1; zoom++) {
        const struct advise_request fewer = terminal_report_request(report, TERMINAL_FEWER_MODULES, zoom);
        const struct advise_request usual = terminal_report_request(report, LAYOUT_USUAL_MODULES, zoom);
        if (ladder_fit(&fewer, mode) != ladder_fit(&usual, mode))
            return true;
    }
    return false;
}

static void print_modes(const struct terminal_report *report)
{
    char what[CELL_MAX * 2];
    snprintf(what, sizeof what, "%d modules", LAYOUT_USUAL_MODULES);
    print_row(what, "cells", "beside the panels", "alone");
    for (int i = 0; i < QR_MODE_COUNT; i++) {
        enum qr_mode mode = (enum qr_mode)i;
        snprintf(what, sizeof what, "%s%s", qr_mode_info(mode)->words,
                 qr_mode_info(mode)->use == QR_USE_RISKY ? " (risky)" : "");
        print_mode(report, what, mode, LAYOUT_USUAL_MODULES);
        if (!fewer_modules_differ(report, mode))
            continue;
        snprintf(what, sizeof what, "  %d modules", TERMINAL_FEWER_MODULES);
        print_mode(report, what, mode, TERMINAL_FEWER_MODULES);
    }
}

void terminal_page_print(const struct terminal_report *report)
{
    print_terminal(report);
    putchar('\n');
    print_abilities(report);
    putchar('\n');
    print_modes(report);
}
