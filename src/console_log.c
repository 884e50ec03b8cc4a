/* SPDX-License-Identifier: MIT
 * The log: searched, filtered, frozen; and what the operator takes along of it or of a page: copied, saved.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console.h"
#include "core/text.h"
#include "logfile.h"
#include "save.h"

/* Keys that nobody pressed must not fill the disk. */
#define SAVE_PAUSE_NS UINT64_C(1000000000)

static void find(struct console *con, bool here)
{
    bool wrapped = false;
    if (!logview_find(&con->logview, app_log(con->app), here, &wrapped))
        console_notice(con, "no line has it");
    else if (wrapped)
        console_notice(con, "on from the newest line");
}

/* While it is typed the view goes to the next match from where it was before, so that what is rubbed out is undone; Esc ends the
 * search, back there. */
static bool typed_search(struct console *con, const char *text, bool done)
{
    if (!done || !text) {
        con->logview.frozen = con->place_before_search.frozen;
        con->logview.at = con->place_before_search.at;
    }
    text_copy(con->logview.search, sizeof con->logview.search, text ? text : "");
    if (con->logview.search[0] && !done)
        find(con, true);
    if (con->logview.search[0])
        con->notice[0] = '\0';
    return true;
}

void console_search(struct console *con)
{
    con->place_before_search = con->logview;
    console_prompt(con, typed_search, "search:", con->logview.search);
}

void console_find_next(struct console *con)
{
    if (con->logview.search[0])
        find(con, false);
    else
        console_search(con);
}

void console_follow(struct console *con)
{
    logview_freeze(&con->logview, app_log(con->app), !con->logview.frozen);
    console_notice(con, con->logview.frozen ? "the log is frozen" : "the log follows the newest line");
}

void console_level(struct console *con)
{
    char text[64];
    con->logview.least = (enum log_level)((con->logview.least + 1) % LOG_LEVEL_COUNT);
    snprintf(text, sizeof text, "least level shown: %s", log_level_name(con->logview.least));
    console_notice(con, text);
}

void console_log_instance(struct console *con)
{
    bool all = con->logview.label[0] || !con->selected;
    console_choose(con);
    text_copy(con->logview.label, sizeof con->logview.label, all ? "" : con->selected->label);
}

static void spell_instance(char *dst, size_t size, const struct instance *it)
{
    const char *phone = it->link.account.phone;
    snprintf(dst, size, "%s %s %s%s%s", it->label, it->id, phase_words(it->link.phase), phone[0] ? " +" : "", phone);
}

static void copy(struct console *con, const char *what, const char *text)
{
    char notice[96];
    bool copied = ui_copy(con->ui, text);
    snprintf(notice, sizeof notice, copied ? "copied %s, if the terminal allows it" : "%s: too long to be copied", what);
    console_notice(con, notice);
}

static void copy_log_line(struct console *con)
{
    char text[LOGFILE_LINE_MAX];
    const struct log_line *line = logview_selected(&con->logview, app_log(con->app));
    if (!line)
        return;
    logfile_spell(text, sizeof text, line);
    copy(con, "the line", text);
}

/* A pairing code is what the operator wants elsewhere, while there is one. */
static void copy_instance(struct console *con, const struct instance *it)
{
    char text[512];
    console_choose(con);
    if (it->link.pairing_code[0]) {
        copy(con, "the pairing code", it->link.pairing_code);
        return;
    }
    spell_instance(text, sizeof text, it);
    copy(con, "the line", text);
}

void console_copy(struct console *con)
{
    if (con->page.kind == UI_PAGE_TEXT)
        copy(con, "the page", con->page.text);
    else if (con->page.kind == UI_PAGE_HELP)
        console_notice(con, "man scandeck has this as text");
    else if (con->focus == UI_PANEL_LOG)
        copy_log_line(con);
    else if (con->selected)
        copy_instance(con, con->selected);
}

static char *spell_log(const struct console *con)
{
    const struct log_line *line;
    char spelled[LOGFILE_LINE_MAX], *text = NULL;
    uint64_t number = 0;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    while (out && (line = logview_next(&con->logview, app_log(con->app), &number))) {
        logfile_spell(spelled, sizeof spelled, line);
        fprintf(out, "%s\n", spelled);
    }
    return out && fclose(out) == 0 ? text : NULL;
}

/* What was pasted may have a line end behind it, which became a blank. */
static void trim(char *path)
{
    size_t len = strlen(path);
    while (len > 0 && path[len - 1] == ' ')
        path[--len] = '\0';
}

static bool write_file(struct console *con, const char *typed, const char *text)
{
    char path[PROMPT_MAX], why[sizeof con->prompt.why], notice[PROMPT_MAX + 16];
    text_copy(path, sizeof path, typed);
    trim(path);
    if (!path[0])
        return console_refuse(con, "no file is named");
    if (!text)
        return console_refuse(con, "there is nothing to write any more");
    uint64_t now = uv_hrtime();
    if (con->saved_at && now - con->saved_at < SAVE_PAUSE_NS)
        return console_refuse(con, "Not written: one file a second is the most");
    if (!save_text(path, text, why, sizeof why))
        return console_refuse(con, why);
    con->saved_at = now;
    snprintf(notice, sizeof notice, "written to %s", path);
    console_notice(con, notice);
    return true;
}

static bool typed_page_name(struct console *con, const char *path, bool done)
{
    return !path || !done || write_file(con, path, con->page.text);
}

static bool typed_log_name(struct console *con, const char *path, bool done)
{
    if (!path || !done)
        return true;
    char *text = spell_log(con);
    bool written = write_file(con, path, text);
    free(text);
    return written;
}

void console_save(struct console *con)
{
    char name[PROMPT_MAX];
    bool page = con->page.kind == UI_PAGE_TEXT;
    if (con->page.kind == UI_PAGE_HELP)
        return;
    save_default_name(name, sizeof name, page ? con->page.file : "log");
    console_prompt(con, page ? typed_page_name : typed_log_name, page ? "save this page to:" : "save the log to:", name);
}
