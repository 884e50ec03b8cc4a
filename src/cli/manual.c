/* SPDX-License-Identifier: MIT
 * scandeck-manual FILE: writes the man page FILE to stdout with the sections between `.\" BEGIN generated: NAME` and
 * `.\" END generated` made anew from the program's own tables. For whoever builds the program; not installed.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/option.h"
#include "config/setting.h"
#include "core/action.h"
#include "core/link.h"
#include "core/order.h"
#include "core/phase.h"
#include "core/style.h"
#include "core/text.h"
#include "qr/mode.h"

#define MARK_BEGIN ".\\\" BEGIN generated: "
#define MARK_END ".\\\" END generated"
#define LINE_BYTES_MAX 1024
/* The code of 2026, in cells of a common font. */
#define USUAL_MODULES 61
#define USUAL_CELL_WIDTH 8
#define USUAL_CELL_HEIGHT 17

/* Fields of each --json event besides event, time and instance, and when it comes. */
static const struct {
    const char *fields, *when;
} report_texts[REPORT_COUNT] = {
    [REPORT_STATE] = {"state, phase", "The service has said the instance's state."},
    [REPORT_CONNECTING] = {"session", "A socket is being opened; session counts from 1."},
    [REPORT_CODE] = {"index, session, expires_in, modules, verified",
                     "A new code: its number in the session, seconds it lives, modules a side, and whether the drawn "
                     "code was read back and is right. With --with-payload also payload, the text the code holds "
                     "(payload_hex where it is no text): whoever has it can link. When the picture cannot be read, "
                     "step and message say why."},
    [REPORT_STALE] = {"", "The code is too old to be scanned; no new one has come."},
    [REPORT_RENEW] = {"renewal, of", "Nobody scanned in this session, or no code came in it; a new one is opened."},
    [REPORT_OVER_HTTPS] = {"message", "The websocket is blocked; codes are asked for over HTTPS instead, about one "
                                      "request a second."},
    [REPORT_PAIRING] = {"", "A pairing code is on show in the console; the code itself is written nowhere."},
    [REPORT_LINKING] = {"", "A phone has scanned."},
    [REPORT_LINKED] = {"wid, pushname, webhook_url, phone",
                       "Linked. What the service did not say is empty; the URL comes without what may be secret in "
                       "it."},
    [REPORT_ALREADY_LINKED] = {"wid, pushname, webhook_url, phone", "It was linked before."},
    [REPORT_ERROR] = {"message, advice", "The service's words, cleaned; advice is there when it is known what helps."},
    [REPORT_TIMEOUT] = {"message, codes, sessions, seconds",
                        "Nobody scanned, and no renewal is left: how many codes came, in how many sessions, and for how "
                        "long these were open in all. Of a pairing code only message and codes mean something."},
    [REPORT_NO_CODE] = {"message, advice, codes, sessions, seconds",
                        "The service opened its sessions, but no code came in any of them; advice as for error."},
    [REPORT_PASSKEY] = {"message, advice", "WhatsApp wants a passkey; advice as above."},
    [REPORT_REFUSED] = {"status, message", "The service refused; status is that of HTTP."},
    [REPORT_NETWORK] = {"message, retry_in",
                        "The service could not be reached; retry_in has the seconds until the next try; it is "
                        "missing where none follows."},
    [REPORT_LOGGED_OUT] = {"", "The phone was logged out."},
    [REPORT_REBOOTED] = {"", "The service restarts the instance; that takes up to 5 minutes."},
};

static const char *const report_names[REPORT_COUNT] = {
#define REPORT_NAME(id, name) [id] = name,
    REPORT_TABLE(REPORT_NAME)
#undef REPORT_NAME
};

/* Text as roff: ASCII only, hyphens that copy well, no accidental request at the start of a line. */
static void put(const char *text)
{
    size_t len = strlen(text);
    uint32_t code;
    if (*text == '.' || *text == '\'')
        fputs("\\&", stdout);
    for (size_t i = 0; i < len;) {
        i += text_next(text + i, len - i, &code);
        if (code == '-')
            fputs("\\-", stdout);
        else if (code == '\\')
            fputs("\\e", stdout);
        else if (code == '\'')
            fputs("\\(aq", stdout);
        else if (code == '~')
            fputs("\\(ti", stdout);
        else if (code < 128)
            putchar((int)code);
        else
            printf("\\[u%04X]", (unsigned)code);
    }
}

/* One entry of a list: a bold term, an italic companion, a sentence. */
static void put_entry(const char *term, const char *companion, const char *sentence)
{
    fputs(".TP\n\\fB", stdout);
    put(term);
    fputs("\\fR", stdout);
    if (*companion) {
        fputs(" \\fI", stdout);
        put(companion);
        fputs("\\fR", stdout);
    }
    putchar('\n');
    put(sentence);
    putchar('\n');
}

static void put_by_context(bool keys_first)
{
    for (enum context context = 0; context < CONTEXT_COUNT; context++) {
        printf(".SS \"%s\"\n", context_words(context));
        for (enum action i = 0; i < ACTION_COUNT; i++) {
            const struct action_info *it = action_info(i);
            if (it->context == context)
                put_entry(keys_first ? it->keys : it->name, keys_first ? it->name : it->keys, it->help);
        }
    }
}

static void put_keys(void)
{
    put_by_context(true);
}

static void put_actions(void)
{
    put_by_context(false);
}

static void put_commands(void)
{
    for (enum command i = 0; i < COMMAND_COUNT; i++) {
        const struct command_info *it = command_info(i);
        char term[64];
        snprintf(term, sizeof term, "scandeck%s%s", it->name ? " " : "", it->name ? it->name : "");
        put_entry(term, it->arguments, it->words);
    }
}

static void put_takers(unsigned commands)
{
    bool first = true;
    if (commands == OPTION_EVERYWHERE)
        return;
    fputs("Goes with", stdout);
    for (enum command i = 0; i < COMMAND_COUNT; i++) {
        if (!(commands & 1u << i))
            continue;
        const char *name = command_info(i)->name;
        printf("%s ", first ? "" : ",");
        put(name ? name : "the console");
        first = false;
    }
    puts(".");
}

static void put_options(void)
{
    for (enum option_id i = 0; i < OPTION_COUNT; i++) {
        const struct option_info *it = option_info(i);
        char term[64], words[256];
        char letter[] = {'-', it->letter, ',', ' ', '\0'};
        snprintf(term, sizeof term, "%s--%s", it->letter ? letter : "", it->name);
        snprintf(words, sizeof words, "%s.", it->words);
        put_entry(term, it->argument ? it->argument : "", words);
        put_takers(it->commands);
    }
}

static void put_exit_codes(void)
{
#define PUT_CODE(id, code, words) put_entry(#code, "", words);
    EXIT_TABLE(PUT_CODE)
#undef PUT_CODE
}

static void put_settings(void)
{
    for (enum setting i = 0; i < SETTING_COUNT; i++) {
        static const char *const places[] = {[SETTING_SCOPE_GLOBAL] = "above the sections",
                                             [SETTING_SCOPE_INSTANCE] = "in [instance]",
                                             [SETTING_SCOPE_ANYWHERE] = "above the sections, or in [instance]"};
        const struct setting_info *it = setting_info(i);
        char choices[SETTING_VALUE_MAX], words[SETTING_VALUE_MAX];
        setting_choices(choices, sizeof choices, i);
        snprintf(words, sizeof words, "%s. Stands %s.", it->words, places[it->scope]);
        put_entry(it->name, "", words);
        if (*choices) {
            fputs("Values: ", stdout);
            put(choices);
            puts(".");
        }
        if (*it->fallback) {
            fputs("Default: ", stdout);
            put(it->fallback);
            puts(".");
        }
        if (it->when == SETTING_AT_START)
            puts("A changed value counts from the next start.");
    }
}

static void put_reports(void)
{
    for (enum report i = 0; i < REPORT_COUNT; i++)
        if (report_names[i])
            put_entry(report_names[i], report_texts[i].fields, report_texts[i].when);
}

static void put_phases(void)
{
#define PUT_PHASE(id, words, mark, ascii, group, meaning) put_entry(words, mark, meaning);
    PHASE_TABLE(PUT_PHASE)
#undef PUT_PHASE
}

static const char *const mode_texts[QR_MODE_COUNT] = {
    [QR_MODE_HALF] = "The first choice wherever it fits: nearly every font has U+2580.",
    [QR_MODE_WIDE_SEXTANT] = "For 80x24. The terminal must draw the sextants U+1FB00 to U+1FB3B.",
    [QR_MODE_PICTURE] = "Pixels, as sixel or in the way of kitty, where the terminal announces that and the size of its cells; never "
                        "inside tmux, screen or mosh.",
    [QR_MODE_OCTANT] = "The smallest. The terminal must draw octants, and the C library know them (Debian 13 does, 12 does not).",
    [QR_MODE_SEXTANT] = "Risky: some phones refuse its narrow modules.",
    [QR_MODE_FULL] = "Coloured blanks: any font, any gap between lines, no UTF-8. By key or by configuration, and where nothing else can "
                     "be drawn.",
};

static void put_modes(void)
{
    static const struct qr_terminal usual = {
        .can = {[QR_ABILITY_PICTURES] = true}, .cell_width = USUAL_CELL_WIDTH, .cell_height = USUAL_CELL_HEIGHT};
    for (int i = 0; i < QR_MODE_COUNT; i++) {
        const struct qr_mode_info *it = qr_mode_info((enum qr_mode)i);
        int columns, rows;
        char companion[64];
        qr_mode_size((enum qr_mode)i, USUAL_MODULES, &usual, &columns, &rows);
        snprintf(companion, sizeof companion, "%dx%d", columns, rows);
        put_entry(it->name, companion, mode_texts[i]);
    }
}

static void put_meanings(void)
{
    for (int i = 0; i < THEME_ROLE_COUNT; i++)
        put_entry(style_meaning_name((enum theme_role)i), "", style_meaning_words((enum theme_role)i));
}

static void put_orders(void)
{
    for (int i = 0; i < ORDER_COUNT; i++)
        put_entry(order_name((enum order)i), "", order_words((enum order)i));
}

static const struct {
    const char *name;
    void (*put)(void);
} sections[] = {{"keys", put_keys},         {"actions", put_actions},   {"commands", put_commands},
                {"options", put_options},   {"exit codes", put_exit_codes}, {"settings", put_settings},
                {"reports", put_reports},   {"phases", put_phases},     {"modes", put_modes},
                {"meanings", put_meanings}, {"orders", put_orders}};

static bool put_section(const char *name)
{
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (strcmp(sections[i].name, name) == 0)
            return sections[i].put(), true;
    fprintf(stderr, "scandeck-manual: no section is called '%s'\n", name);
    return false;
}

static bool tables_are_complete(void)
{
    bool complete = true;
    for (size_t i = 0; i < REPORT_COUNT; i++)
        complete = complete && (!report_names[i] || report_texts[i].when);
    for (size_t i = 0; i < QR_MODE_COUNT; i++)
        complete = complete && mode_texts[i];
    if (!complete)
        fputs("scandeck-manual: an event or a mode has no text in src/cli/manual.c\n", stderr);
    return complete;
}

static bool rewrite(FILE *page)
{
    char line[LINE_BYTES_MAX];
    bool inside = false, ok = true;
    while (ok && fgets(line, sizeof line, page)) {
        bool begins = strncmp(line, MARK_BEGIN, strlen(MARK_BEGIN)) == 0;
        if (strncmp(line, MARK_END, strlen(MARK_END)) == 0)
            inside = false;
        if (!inside)
            fputs(line, stdout);
        if (!begins)
            continue;
        line[strcspn(line, "\n")] = '\0';
        inside = true;
        ok = put_section(line + strlen(MARK_BEGIN));
    }
    if (inside && ok)
        fputs("scandeck-manual: a generated section has no end\n", stderr);
    return ok && !inside && !ferror(page);
}

int main(int argc, char **argv)
{
    FILE *page = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!page) {
        fputs("usage: scandeck-manual FILE\n", stderr);
        return EXIT_USAGE;
    }
    bool ok = tables_are_complete() && rewrite(page) && fflush(stdout) == 0;
    fclose(page);
    return ok ? EXIT_DONE : EXIT_INTERNAL;
}
