/* SPDX-License-Identifier: MIT
 * scandeck terminal: what is known of this terminal, and how codes will be drawn on it. It draws nothing itself.
 */
#include <cjson/cJSON.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/json.h"
#include "cli/settings.h"
#include "core/text.h"
#include "ladder.h"
#include "memory.h"
#include "ui/survey.h"

/* What is taken for a window that does not tell its size, as ncurses does. */
#define USUAL_COLUMNS 80
#define USUAL_ROWS 24
#define LEFT_COLUMNS 12
#define PATH_SHOWN_MAX 512

/* The codes that are to be expected: versions 10 and 11 at level L. */
static const int expected_modules[] = {57, 61};

struct terminal_report {
    struct survey survey;
    struct ui_ability abilities[QR_ABILITY_COUNT];
    struct memory memory;
    char memory_why[MEMORY_WHY_MAX];
    bool remembered[QR_ABILITY_COUNT];
    enum qr_mode wish;
};

static const struct ability_facts *facts_of(const struct terminal_report *report)
{
    return &report->survey.facts;
}

/* "tmux 3.3a", or NULL. */
static const char *inside(const struct terminal_report *report)
{
    const struct identity *who = &facts_of(report)->who;
    return who->known->hides ? who->name : NULL;
}

static const char *graphics_name(const struct terminal_report *report)
{
    static const char *const names[] = {
        [QR_GRAPHICS_NONE] = "none", [QR_GRAPHICS_SIXEL] = "sixel", [QR_GRAPHICS_KITTY] = "kitty"};
    return names[abilities_graphics(facts_of(report))];
}

static const char *wish_name(const struct terminal_report *report)
{
    return report->wish == QR_MODE_AUTO ? "auto" : qr_mode_info(report->wish)->name;
}

/* "" where nothing can be remembered. */
static void clean_memory_path(char dst[PATH_SHOWN_MAX], const struct terminal_report *report)
{
    const char *path = report->memory.path ? report->memory.path : "";
    text_clean(dst, PATH_SHOWN_MAX, path, strlen(path), NULL);
}

static struct advise_request request_for(const struct terminal_report *report, int modules, bool zoom)
{
    const struct survey *survey = &report->survey;
    return (struct advise_request){
        .layout = {.columns = survey->columns > 0 ? survey->columns : USUAL_COLUMNS,
                   .rows = survey->rows > 0 ? survey->rows : USUAL_ROWS,
                   .modules = modules,
                   .wish = report->wish,
                   .terminal = abilities_terminal(&survey->facts),
                   .zoom = zoom},
        .abilities = report->abilities,
    };
}

/* The report as a page. */

__attribute__((format(printf, 2, 3))) static void print_line(const char *left, const char *format, ...)
{
    va_list arguments;
    printf("%-*s ", LEFT_COLUMNS, left);
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
}

static const char *or_dash(const char *text)
{
    return text && *text ? text : "-";
}

/* NULL: it was not told. */
static const char *background_name(const struct survey *survey)
{
    static const char *const names[] = {
        [ANSWER_BACKGROUND_UNKNOWN] = NULL, [ANSWER_BACKGROUND_DARK] = "dark", [ANSWER_BACKGROUND_LIGHT] = "light"};
    return names[survey->facts.answer.background];
}

static void print_background(const struct survey *survey)
{
    const char *name = background_name(survey);
    print_line("background", "%s", name ? name : "not told: taken for dark; where it is light, invert the code");
}

static void print_colors(const struct survey *survey)
{
    const struct code_colors *code = &survey->code_colors;
    if (survey->colors < 0)
        print_line("colours", "TERM is not known on this machine: the console cannot start");
    else if (code->reverse) {
        print_line("colours", "%d: codes are drawn in reverse video", survey->colors);
        print_background(survey);
    } else
        print_line("colours", "%d: codes are drawn in %d on %d", survey->colors, code->black, code->white);
}

static void print_window(const struct terminal_report *report)
{
    const struct survey *survey = &report->survey;
    const struct answer *answer = &facts_of(report)->answer;
    if (survey->columns > 0 && survey->rows > 0)
        print_line("window", "%dx%d", survey->columns, survey->rows);
    else
        print_line("window", "its size is not told: %dx%d is taken", USUAL_COLUMNS, USUAL_ROWS);
    if (answer->cell_width > 0)
        print_line("cell", "%dx%d pixels", answer->cell_width, answer->cell_height);
    else
        print_line("cell", "its size is not told");
}

static void print_memory(const struct terminal_report *report)
{
    char shown[PATH_SHOWN_MAX];
    clean_memory_path(shown, report);
    print_line("memory", "%s", or_dash(shown));
    if (*report->memory_why)
        print_line("", "%s", report->memory_why);
    print_line("remembered", "as \"%s\"", facts_of(report)->who.id);
}

static void print_terminal(const struct terminal_report *report)
{
    const struct ability_facts *facts = facts_of(report);
    const struct answer *answer = &facts->answer;
    print_line("terminal", "%s", facts->who.name);
    print_line("TERM", "%s", or_dash(facts->who.term));
    print_line("answers", "DA1 %s, DA2 %s, XTVERSION %s", or_dash(answer->attributes), or_dash(answer->device),
               or_dash(answer->version));
    print_line("inside", "%s", or_dash(inside(report)));
    print_window(report);
    print_line("characters", "%s (%s): %s", facts->utf8 ? "UTF-8" : "ASCII", setlocale(LC_CTYPE, NULL),
               facts->charset_why);
    print_colors(&report->survey);
    print_line("graphics", "%s", graphics_name(report));
    print_line("resizing", "%s", facts->who.known->resizes ? "its window can be made larger from here"
                                                           : "not known to make its window larger when asked");
    print_memory(report);
    print_line("qr_mode", "%s", wish_name(report));
}

static void print_abilities(const struct terminal_report *report)
{
    putchar('\n');
    for (int i = 0; i < QR_ABILITY_COUNT; i++) {
        const struct ui_ability *it = &report->abilities[i];
        print_line(qr_ability_info((enum qr_ability)i)->name, "%-3s %-8s %s%s", it->can ? "yes" : "no",
                   it->sure ? "sure" : "not sure", it->why, report->remembered[i] ? " (an answer is remembered)" : "");
    }
}

static void print_code(const struct terminal_report *report, int modules, bool zoom)
{
    const struct advise_request request = request_for(report, modules, zoom);
    int mode = ladder_mode(&request), columns, rows;
    char why[LADDER_WHY_MAX];
    printf("\na code of %d modules %s: ", modules, zoom ? "alone" : "beside the panels");
    if (mode < 0)
        puts("it does not fit");
    else {
        qr_mode_size((enum qr_mode)mode, modules, &request.layout.terminal, &columns, &rows);
        printf("%s, %dx%d\n", qr_mode_info((enum qr_mode)mode)->words, columns, rows);
    }
    for (int i = 0; i < QR_MODE_COUNT; i++)
        if (ladder_passed_over(why, sizeof why, &request, (enum qr_mode)i))
            printf("  not %s: %s\n", qr_mode_info((enum qr_mode)i)->words, why);
}

static void print_page(const struct terminal_report *report)
{
    print_terminal(report);
    print_abilities(report);
    for (size_t i = 0; i < sizeof expected_modules / sizeof expected_modules[0]; i++) {
        print_code(report, expected_modules[i], false);
        print_code(report, expected_modules[i], true);
    }
}

/* The same as JSON. */

static void add_text(cJSON *object, const char *name, const char *text)
{
    if (text && *text)
        cJSON_AddStringToObject(object, name, text);
    else
        cJSON_AddNullToObject(object, name);
}

static void add_pair(cJSON *root, const char *name, const char *first, int a, const char *second, int b)
{
    if (a <= 0 || b <= 0) {
        cJSON_AddNullToObject(root, name);
        return;
    }
    cJSON *object = cJSON_AddObjectToObject(root, name);
    cJSON_AddNumberToObject(object, first, a);
    cJSON_AddNumberToObject(object, second, b);
}

static void add_terminal(cJSON *root, const struct terminal_report *report)
{
    const struct ability_facts *facts = facts_of(report);
    cJSON_AddStringToObject(root, "name", facts->who.name);
    cJSON_AddStringToObject(root, "identity", facts->who.id);
    add_text(root, "term", facts->who.term);
    add_text(root, "da1", facts->answer.attributes);
    add_text(root, "da2", facts->answer.device);
    add_text(root, "xtversion", facts->answer.version);
    add_text(root, "inside", inside(report));
    add_pair(root, "window", "columns", report->survey.columns, "rows", report->survey.rows);
    add_pair(root, "cell", "width", facts->answer.cell_width, "height", facts->answer.cell_height);
    cJSON_AddBoolToObject(root, "utf8", facts->utf8);
    add_text(root, "utf8_why", facts->charset_why);
    add_text(root, "locale", setlocale(LC_CTYPE, NULL));
    cJSON_AddStringToObject(root, "graphics", graphics_name(report));
    cJSON_AddBoolToObject(root, "resizes", facts->who.known->resizes);
}

static void add_colors(cJSON *root, const struct survey *survey)
{
    if (survey->colors < 0) {
        cJSON_AddNullToObject(root, "colors");
        return;
    }
    cJSON *object = cJSON_AddObjectToObject(root, "colors");
    cJSON_AddNumberToObject(object, "count", survey->colors);
    cJSON_AddBoolToObject(object, "reverse", survey->code_colors.reverse);
    if (survey->code_colors.reverse) {
        add_text(object, "background", background_name(survey));
        return;
    }
    cJSON_AddNumberToObject(object, "black", survey->code_colors.black);
    cJSON_AddNumberToObject(object, "white", survey->code_colors.white);
}

static void add_memory(cJSON *root, const struct terminal_report *report)
{
    char shown[PATH_SHOWN_MAX];
    cJSON *object = cJSON_AddObjectToObject(root, "memory");
    clean_memory_path(shown, report);
    add_text(object, "file", shown);
    add_text(object, "complaint", report->memory_why);
}

static void add_abilities(cJSON *root, const struct terminal_report *report)
{
    cJSON *abilities = cJSON_AddObjectToObject(root, "abilities");
    for (int i = 0; i < QR_ABILITY_COUNT; i++) {
        const struct ui_ability *it = &report->abilities[i];
        cJSON *object = cJSON_AddObjectToObject(abilities, qr_ability_info((enum qr_ability)i)->name);
        cJSON_AddBoolToObject(object, "can", it->can);
        cJSON_AddBoolToObject(object, "sure", it->sure);
        cJSON_AddStringToObject(object, "why", it->why);
        cJSON_AddBoolToObject(object, "remembered", report->remembered[i]);
    }
}

static void add_code(cJSON *codes, const struct terminal_report *report, int modules, bool zoom)
{
    const struct advise_request request = request_for(report, modules, zoom);
    int mode = ladder_mode(&request), columns, rows;
    char why[LADDER_WHY_MAX];
    cJSON *object = cJSON_CreateObject();
    cJSON_AddNumberToObject(object, "modules", modules);
    cJSON_AddStringToObject(object, "view", zoom ? "zoom" : "panels");
    add_text(object, "mode", mode < 0 ? NULL : qr_mode_info((enum qr_mode)mode)->name);
    if (mode >= 0) {
        qr_mode_size((enum qr_mode)mode, modules, &request.layout.terminal, &columns, &rows);
        cJSON_AddNumberToObject(object, "columns", columns);
        cJSON_AddNumberToObject(object, "rows", rows);
    }
    cJSON *passed_over = cJSON_AddObjectToObject(object, "not");
    for (int i = 0; i < QR_MODE_COUNT; i++)
        if (ladder_passed_over(why, sizeof why, &request, (enum qr_mode)i))
            cJSON_AddStringToObject(passed_over, qr_mode_info((enum qr_mode)i)->name, why);
    cJSON_AddItemToArray(codes, object);
}

static bool print_json(const struct terminal_report *report)
{
    cJSON *root = cJSON_CreateObject();
    add_terminal(root, report);
    add_colors(root, &report->survey);
    add_memory(root, report);
    add_abilities(root, report);
    cJSON_AddStringToObject(root, "qr_mode", wish_name(report));
    cJSON *codes = cJSON_AddArrayToObject(root, "codes");
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
    for (int i = 0; i < QR_ABILITY_COUNT; i++)
        abilities_decide(&report.abilities[i], facts_of(&report), (enum qr_ability)i);
    bool ok = true;
    if (json)
        ok = print_json(&report);
    else
        print_page(&report);
    memory_free(&report.memory);
    if (ok && fflush(stdout) == 0)
        return EXIT_DONE;
    fputs("scandeck: what is known of the terminal could not be written\n", stderr);
    return EXIT_INTERNAL;
}

/* Nobody needs a configuration to look at a terminal; where there is one, it counts. */
static bool read_settings(struct config *config, const struct cli_request *request)
{
    char path[4096];
    struct cli_request without = *request;
    if (!request->config_file && (!config_default_path(path, sizeof path) || access(path, F_OK) != 0))
        without.demo = true;
    return settings_read(config, &without);
}

int cli_terminal(const struct cli_request *request)
{
    struct config config;
    int code = read_settings(&config, request) ? report_terminal(&config, request->json) : EXIT_USAGE;
    config_free(&config);
    return code;
}
