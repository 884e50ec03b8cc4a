/* SPDX-License-Identifier: MIT
 * What the bottom line asks: questions that one key answers, prompts that take a line; and the pages over the panels.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console.h"
#include "core/text.h"

/* What 80 columns hold of a question, with the cursor behind it; and of it, what a label takes at the most, and a name at
 * least. */
#define QUESTION_COLUMNS 78
#define QUESTION_LABEL_COLUMNS 24
#define QUESTION_NAME_COLUMNS 4
#define QUESTION_TEXT_MAX 256

void console_ask(struct console *con, console_answer_fn *answer, struct instance *about, const char *text)
{
    con->question.answer = answer;
    con->question.about = about;
    con->question.painted = false;
    con->question.yes_at = 0;
    if (about)
        console_choose(con);
    text_copy(con->question.text, sizeof con->question.text, text);
}

static bool is_linked(const struct instance *it)
{
    return it->link.phase == PHASE_LINKED || it->link.phase == PHASE_SUSPENDED;
}

/* `+79001234501 "Anna's shop"`, as far as it is known and fits into so many columns; the name gives way. */
static void spell_account(char *dst, size_t size, const struct wire_account *account, int columns)
{
    char name[sizeof account->pushname + 4];
    dst[0] = '\0';
    if (account->phone[0])
        snprintf(dst, size, "+%s", account->phone);
    int used = (int)strlen(dst), left = columns - used - (used ? 3 : 2);
    if (!account->pushname[0] || left < QUESTION_NAME_COLUMNS)
        return;
    text_fit(name, sizeof name, account->pushname, left, true);
    snprintf(dst + used, size - (size_t)used, "%s\"%s\"", used ? " " : "", name);
}

static int at_most(int a, int b)
{
    return a < b ? a : b;
}

/* "Log +79001234501 "Anna's shop" out of support? It must be scanned again. y/N", or, without `from`, the label first. */
static void spell_order(char *dst, size_t size, const struct instance *it, const struct console_order_words *words)
{
    static const struct wire_account unknown;
    const struct wire_account *account = is_linked(it) ? &it->link.account : &unknown;
    char label[QUESTION_LABEL_COLUMNS * 4], who[sizeof account->phone + sizeof account->pushname + 8];
    const char *from = words->from ? words->from : "";
    int fixed = text_columns(words->verb) + text_columns(from) + text_columns(words->follows) + (int)strlen("   ?  y/N");
    int room = QUESTION_COLUMNS - fixed, phone = at_most((int)strlen(account->phone) + 1, PHONE_SIZE);
    room -= text_fit(label, sizeof label, it->label, at_most(QUESTION_LABEL_COLUMNS, room - phone), true);
    spell_account(who, sizeof who, account, room);
    if (words->from)
        snprintf(dst, size, "%s %s %s %s? %s y/N", words->verb, who[0] ? who : "the phone", from, label, words->follows);
    else
        snprintf(dst, size, "%s %s%s%s? %s y/N", words->verb, label, who[0] ? ", " : "", who, words->follows);
}

void console_ask_order(struct console *con, console_answer_fn *answer, struct instance *about, struct console_order_words words)
{
    char text[QUESTION_TEXT_MAX];
    if (!about || !console_takes_orders(con))
        return;
    if (con->request->readonly) {
        console_notice(con, "not with --readonly");
        return;
    }
    spell_order(text, sizeof text, about, &words);
    console_ask(con, answer, about, text);
}

bool console_is_yes(int key)
{
    return key == 'y' || key == 'Y';
}

void console_drop_question(struct console *con)
{
    con->question.answer = NULL;
    con->question.yes_at = 0;
}

/* The answer may ask the next question. */
void console_answer(struct console *con, int key)
{
    const struct console_question asked = con->question;
    console_drop_question(con);
    asked.answer(con, asked.about, key);
}

void console_prompt(struct console *con, console_typed_fn *typed, const char *label, const char *text)
{
    con->prompt.typed = typed;
    con->prompt.about = con->selected;
    con->prompt.why[0] = '\0';
    text_copy(con->prompt.label, sizeof con->prompt.label, label);
    prompt_begin(&con->prompt.line, text);
}

bool console_refuse(struct console *con, const char *why)
{
    text_copy(con->prompt.why, sizeof con->prompt.why, why);
    return false;
}

static void edited(struct console *con)
{
    con->prompt.why[0] = '\0';
    con->prompt.typed(con, con->prompt.line.text, false);
}

/* The end may begin the next prompt; a line that is refused stays. */
static void finish(struct console *con, const char *text)
{
    console_typed_fn *typed = con->prompt.typed;
    con->prompt.typed = NULL;
    if (!typed(con, text, true) && text)
        con->prompt.typed = typed;
}

void console_type(struct console *con, int key)
{
    char text[PROMPT_MAX];
    switch (prompt_key(&con->prompt.line, key)) {
    case PROMPT_DONE:
        text_copy(text, sizeof text, con->prompt.line.text);
        finish(con, text);
        break;
    case PROMPT_CANCELLED:
        finish(con, NULL);
        break;
    case PROMPT_EDITED:
        edited(con);
        break;
    case PROMPT_IGNORED:
        break;
    }
}

void console_paste(struct console *con, const char *text)
{
    con->dirty = true;
    if (prompt_paste(&con->prompt.line, text) == PROMPT_EDITED)
        edited(con);
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
    if (!instance)
        return;
    console_choose(con);
    if (!console_takes_orders(con))
        return;
    if (app_command(con->app, instance, order))
        instance->requested = true;
    else
        console_notice(con, console_refusal(instance));
}

void console_forget(struct console *con, const struct instance *instance)
{
    queue_forget(&con->queue, instance->tag, app_now(con->app));
    for (size_t i = 0; i < UI_CODES_MAX; i++)
        if (con->viewers[i].instance == instance)
            viewer_clear(&con->viewers[i]);
    if (con->question.answer && con->question.about == instance)
        console_drop_question(con);
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
