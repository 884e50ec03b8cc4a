/* SPDX-License-Identifier: MIT
 * What the bottom line asks: questions that one key answers, prompts that take a line; and the pages over the panels.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console.h"
#include "core/text.h"

/* With the longest question and id, 80 columns still hold the "y/N". */
#define QUESTION_LABEL_COLUMNS 28

void console_ask(struct console *con, console_answer_fn *answer, struct instance *about, const char *text)
{
    con->question.answer = answer;
    con->question.about = about;
    if (about)
        console_choose(con);
    text_copy(con->question.text, sizeof con->question.text, text);
}

void console_ask_order(struct console *con, console_answer_fn *answer, struct instance *about, const char *what)
{
    char label[LOG_LABEL_MAX], text[sizeof con->question.text];
    if (!about || !console_takes_orders(con))
        return;
    if (con->request->readonly) {
        console_notice(con, "not with --readonly");
        return;
    }
    text_fit(label, sizeof label, about->label, QUESTION_LABEL_COLUMNS, true);
    snprintf(text, sizeof text, "%s %s (%s)? y/N", what, label, about->id);
    console_ask(con, answer, about, text);
}

bool console_is_yes(int key)
{
    return key == 'y' || key == 'Y';
}

/* The answer may ask the next question. */
void console_answer(struct console *con, int key)
{
    const struct console_question asked = con->question;
    con->question.answer = NULL;
    asked.answer(con, asked.about, key);
}

void console_prompt(struct console *con, console_typed_fn *typed, const char *label, const char *text)
{
    con->prompt.typed = typed;
    con->prompt.about = con->selected;
    text_copy(con->prompt.label, sizeof con->prompt.label, label);
    prompt_begin(&con->prompt.line, text);
}

/* The end may begin the next prompt. */
void console_type(struct console *con, int key)
{
    console_typed_fn *typed = con->prompt.typed;
    char text[PROMPT_MAX];
    enum prompt_result result = prompt_key(&con->prompt.line, key);
    text_copy(text, sizeof text, con->prompt.line.text);
    if (result == PROMPT_DONE || result == PROMPT_CANCELLED)
        con->prompt.typed = NULL;
    if (result == PROMPT_CANCELLED)
        typed(con, NULL, true);
    else if (result != PROMPT_IGNORED)
        typed(con, text, result == PROMPT_DONE);
}

void console_open_page(struct console *con, const char *title, const char *file, console_write_fn *write)
{
    con->page.kind = write ? UI_PAGE_TEXT : UI_PAGE_HELP;
    con->page.title = title;
    con->page.file = file;
    con->page.write = write;
    con->page.top = 0;
    if (!con->page.text)
        con->page.text = calloc(1, CONSOLE_PAGE_MAX);
    if (write && !con->page.text)
        con->page.kind = UI_PAGE_NONE;
}

void console_close_page(struct console *con)
{
    con->page.kind = UI_PAGE_NONE;
}

void console_write_page(struct console *con)
{
    if (con->page.kind != UI_PAGE_TEXT)
        return;
    con->page.text[0] = '\0';
    con->page.write(con, con->page.text, CONSOLE_PAGE_MAX);
}

bool console_takes_orders(struct console *con)
{
    if (app_is_replay(con->app))
        console_notice(con, "a replay takes no orders");
    return !app_is_replay(con->app);
}

const char *console_refusal(const struct instance *instance)
{
    return instance->token ? "it was changed: its old connection is still being closed" : instance->link.reason;
}

void console_order(struct console *con, struct instance *instance, enum link_event_kind order)
{
    if (instance)
        console_choose(con);
    if (instance && console_takes_orders(con) && !app_command(con->app, instance, order))
        console_notice(con, console_refusal(instance));
}

void console_forget(struct console *con, const struct instance *instance)
{
    queue_forget(&con->queue, instance->tag, app_now(con->app));
    for (size_t i = 0; i < UI_CODES_MAX; i++)
        if (con->viewers[i].instance == instance)
            viewer_clear(&con->viewers[i]);
    if (con->question.answer && con->question.about == instance)
        con->question.answer = NULL;
    if (con->prompt.about == instance)
        con->prompt.about = NULL;
    if (con->hidden == instance)
        con->hidden = NULL;
    if (con->selected == instance) {
        console_move_selection(con, console_row_of(con, instance) + 1 < con->rows.count ? 1 : -1);
        con->selected = con->selected == instance ? NULL : con->selected;
    }
    con->rows.count = 0;
    con->dirty = true;
}
