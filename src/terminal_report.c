/* SPDX-License-Identifier: MIT
 * scandeck terminal: the facts, and how they look as JSON. It draws nothing itself.
 */
#include "terminal_report.h"

#include <cjson/cJSON.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/json.h"
#include "cli/settings.h"
#include "config/bindings.h"
#include "core/json_add.h"
#include "core/text.h"
#include "ladder.h"

/* The codes that are to be expected. */
static const int expected_modules[] = {TERMINAL_FEWER_MODULES, LAYOUT_USUAL_MODULES};

static const struct ability_facts *facts_of(const struct terminal_report *report)
{
    return &report->survey.facts;
}

const char *terminal_report_inside(const struct terminal_report *report)
{
    const struct identity *who = &facts_of(report)->who;
    return who->known->hides ? who->name : NULL;
}

const char *terminal_report_graphics(const struct terminal_report *report)
{
    static const char *const names[] = {
        [QR_GRAPHICS_NONE] = "none", [QR_GRAPHICS_SIXEL] = "sixel", [QR_GRAPHICS_KITTY] = "kitty"};
    return names[abilities_graphics(facts_of(report))];
}

const char *terminal_report_wish(const struct terminal_report *report)
{
    return report->wish == QR_MODE_AUTO ? "auto" : qr_mode_info(report->wish)->name;
}

const char *terminal_report_background(const struct survey *survey)
{
    static const char *const names[] = {
        [ANSWER_BACKGROUND_UNKNOWN] = NULL, [ANSWER_BACKGROUND_DARK] = "dark", [ANSWER_BACKGROUND_LIGHT] = "light"};
    return names[survey->facts.answer.background];
}

void terminal_report_memory(char dst[TERMINAL_PATH_MAX], const struct terminal_report *report)
{
    const char *path = report->memory.path ? report->memory.path : "";
    text_clean(dst, TERMINAL_PATH_MAX, path, strlen(path), NULL);
}

struct advise_request terminal_report_request(const struct terminal_report *report, int modules, bool zoom)
{
    const struct survey *survey = &report->survey;
    return (struct advise_request){
        .layout = {.columns = survey->columns > 0 ? survey->columns : TERMINAL_USUAL_COLUMNS,
                   .rows = survey->rows > 0 ? survey->rows : TERMINAL_USUAL_ROWS,
                   .modules = modules,
                   .wish = report->wish,
                   .terminal = abilities_terminal(&survey->facts),
                   .zoom = zoom},
        .abilities = report->abilities,
    };
}

/* As JSON. */

static void add_text(cJSON *object, const char *name, const char *text)
{
    if (text && *text)
        json_add_text(object, name, text);
    else
        json_add_text(object, name, NULL);
}

static void add_pair(cJSON *root, const char *name, const char *first, int a, const char *second, int b)
{
    if (a <= 0 || b <= 0) {
        json_add_text(root, name, NULL);
        return;
    }
    cJSON *object = json_add_object(root, name);
    json_add_number(object, first, a);
    json_add_number(object, second, b);
}

/* Columns of each sign that was shown; null = not answered. */
static void add_columns(cJSON *root, const struct answer *answer)
{
    static const char *const names[ANSWER_SIGN_COUNT] = {
        [ANSWER_LETTER] = "letter", [ANSWER_HALF_BLOCK] = "half-block", [ANSWER_SEXTANT] = "sextant",
        [ANSWER_OCTANT] = "octant"};
    cJSON *object = json_add_object(root, "columns");
    for (int i = 0; i < ANSWER_SIGN_COUNT; i++)
        if (answer->column[i] > 0)
            json_add_number(object, names[i], answer->column[i] - 1);
        else
            json_add_text(object, names[i], NULL);
}

static void add_terminal(cJSON *root, const struct terminal_report *report)
{
    const struct ability_facts *facts = facts_of(report);
    json_add_text(root, "name", facts->who.name);
    json_add_text(root, "identity", facts->who.id);
    add_text(root, "term", facts->who.term);
    add_text(root, "terminfo", report->survey.entry);
    add_text(root, "da1", facts->answer.attributes);
    add_text(root, "da2", facts->answer.device);
    add_text(root, "xtversion", facts->answer.version);
    add_text(root, "inside", terminal_report_inside(report));
    add_pair(root, "window", "columns", report->survey.columns, "rows", report->survey.rows);
    add_pair(root, "cell", "width", facts->answer.cell_width, "height", facts->answer.cell_height);
    json_add_bool(root, "utf8", facts->utf8);
    add_text(root, "utf8_why", facts->charset_why);
    add_text(root, "locale", setlocale(LC_CTYPE, NULL));
    add_columns(root, &facts->answer);
    json_add_text(root, "graphics", terminal_report_graphics(report));
    json_add_bool(root, "resizes", facts->who.known->resizes);
}

static void add_colors(cJSON *root, const struct survey *survey)
{
    if (survey->colors < 0) {
        json_add_text(root, "colors", NULL);
        return;
    }
    cJSON *object = json_add_object(root, "colors");
    json_add_number(object, "count", survey->colors);
    json_add_bool(object, "reverse", survey->code_colors.reverse);
    if (survey->code_colors.reverse) {
        add_text(object, "background", terminal_report_background(survey));
        return;
    }
    json_add_number(object, "black", survey->code_colors.black);
    json_add_number(object, "white", survey->code_colors.white);
}

static void add_memory(cJSON *root, const struct terminal_report *report)
{
    char shown[TERMINAL_PATH_MAX];
    cJSON *object = json_add_object(root, "memory");
    terminal_report_memory(shown, report);
    add_text(object, "file", shown);
    add_text(object, "complaint", report->memory_why);
}

static void add_abilities(cJSON *root, const struct terminal_report *report)
{
    cJSON *abilities = json_add_object(root, "abilities");
    for (int i = 0; i < QR_ABILITY_COUNT; i++) {
        const struct ui_ability *it = &report->abilities[i];
        cJSON *object = json_add_object(abilities, qr_ability_info((enum qr_ability)i)->name);
        json_add_bool(object, "can", it->can);
        json_add_bool(object, "sure", it->sure);
        json_add_text(object, "why", it->why);
        json_add_bool(object, "remembered", report->remembered[i]);
    }
}

static void add_code(cJSON *codes, const struct terminal_report *report, int modules, bool zoom)
{
    const struct advise_request request = terminal_report_request(report, modules, zoom);
    int mode = ladder_mode(&request), columns, rows;
    char why[LADDER_WHY_MAX];
    cJSON *object = cJSON_CreateObject();
    json_add_number(object, "modules", modules);
    json_add_text(object, "view", zoom ? "zoom" : "panels");
    add_text(object, "mode", mode < 0 ? NULL : qr_mode_info((enum qr_mode)mode)->name);
    if (mode >= 0) {
        qr_mode_size((enum qr_mode)mode, modules, &request.layout.terminal, &columns, &rows);
        json_add_number(object, "columns", columns);
        json_add_number(object, "rows", rows);
    }
    cJSON *passed_over = json_add_object(object, "not");
    for (int i = 0; i < QR_MODE_COUNT; i++)
        if (ladder_passed_over(why, sizeof why, &request, (enum qr_mode)i))
            json_add_text(passed_over, qr_mode_info((enum qr_mode)i)->name, why);
    json_append(codes, object);
}

static bool print_json(const struct terminal_report *report)
{
    cJSON *root = cJSON_CreateObject();
    add_terminal(root, report);
    add_colors(root, &report->survey);
    add_memory(root, report);
    add_abilities(root, report);
    json_add_text(root, "qr_mode", terminal_report_wish(report));
    cJSON *codes = json_add_list(root, "codes");
    for (size_t i = 0; i < sizeof expected_modules / sizeof expected_modules[0]; i++) {
        add_code(codes, report, expected_modules[i], false);
        add_code(codes, report, expected_modules[i], true);
    }
    return json_print(root);
}

/* What it is made from. */

static void recall(struct terminal_report *report)
{
    if (!memory_load(&report->memory, report->memory_why, sizeof report->memory_why))
        return;
    struct ability_facts *facts = &report->survey.facts;
    for (int i = 0; i < QR_ABILITY_COUNT; i++) {
        bool can;
        report->remembered[i] = memory_find(&report->memory, facts->who.id, (enum qr_ability)i, &can);
        if (report->remembered[i])
            facts->said[i] = can ? ABILITY_YES : ABILITY_NO;
    }
}

/* The configuration is read: what it binds has been checked. */
static int report_terminal(const struct config *config, bool json)
{
    struct terminal_report report = {.wish = (enum qr_mode)qr_mode_find(config->qr_mode)};
    const struct ui_options options = {.sextants = (int)config->sextants, .qr_mode = report.wish};
    char why[256];
    if (!survey_any_terminal(&report.survey, &options, why, sizeof why)) {
        fprintf(stderr, "scandeck: %s\n", why);
        return EXIT_USAGE;
    }
    recall(&report);
    bindings_make_keymap(&report.keymap, config);
    for (int i = 0; i < QR_ABILITY_COUNT; i++)
        abilities_decide(&report.abilities[i], facts_of(&report), (enum qr_ability)i);
    bool ok = true;
    if (json)
        ok = print_json(&report);
    else
        terminal_page_print(&report);
    memory_free(&report.memory);
    if (ok && fflush(stdout) == 0)
        return EXIT_DONE;
    fputs("scandeck: what is known of the terminal could not be written\n", stderr);
    return EXIT_INTERNAL;
}

int cli_terminal(const struct cli_request *request)
{
    struct config config;
    int code = settings_read_if_any(&config, request) ? report_terminal(&config, request->json) : EXIT_USAGE;
    config_free(&config);
    return code;
}
