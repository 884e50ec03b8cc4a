/* SPDX-License-Identifier: MIT
 * Keys become actions: one handler for each row of the action table.
 */
#include <stdio.h>

#include "console.h"
#include "core/text.h"

/* With the longest question and id, 80 columns still hold the "y/N". */
#define QUESTION_LABEL_COLUMNS 28

static void scroll(struct console *con, long by)
{
    size_t *at = &con->selected, most = app_fleet(con->app)->count;
    if (con->help)
        at = &con->help_top, most = console_tops(con, ui_help_lines());
    else if (con->focus == UI_PANEL_LOG)
        at = &con->log_back, most = console_tops(con, log_count(app_log(con->app))), by = -by;
    if (most == 0)
        return;
    if (by < 0)
        *at = *at > (size_t)-by ? *at - (size_t)-by : 0;
    else
        *at = *at + (size_t)by < most ? *at + (size_t)by : most - 1;
}

static void scroll_page(struct console *con, long sign)
{
    size_t page = console_page(con);
    scroll(con, sign * (long)(page > 1 ? page - 1 : 1));
}

static void do_up(struct console *con)
{
    scroll(con, -1);
}

static void do_down(struct console *con)
{
    scroll(con, 1);
}

static void do_page_up(struct console *con)
{
    scroll_page(con, -1);
}

static void do_page_down(struct console *con)
{
    scroll_page(con, 1);
}

static void do_first(struct console *con)
{
    scroll(con, -LOG_LINES * 10L);
}

static void do_last(struct console *con)
{
    scroll(con, LOG_LINES * 10L);
}

static void command(struct console *con, enum link_event_kind kind)
{
    struct instance *it = console_selected(con);
    if (it && !app_command(con->app, it, kind))
        console_notice(con, it->link.reason);
}

static void do_link(struct console *con)
{
    command(con, LINK_EV_LINK);
}

static void do_stop(struct console *con)
{
    command(con, LINK_EV_STOP);
}

static void do_refresh(struct console *con)
{
    command(con, LINK_EV_REFRESH);
}

static void ask(struct console *con, enum question question, const char *what)
{
    struct instance *it = console_selected(con);
    if (!it)
        return;
    if (con->request->readonly) {
        console_notice(con, "not with --readonly");
        return;
    }
    char label[LOG_LABEL_MAX];
    text_fit(label, sizeof label, it->label, QUESTION_LABEL_COLUMNS, true);
    con->question = question;
    con->asked = con->selected;
    snprintf(con->question_text, sizeof con->question_text, "%s %s (%s)? y/N", what, label, it->id);
}

static void do_logout(struct console *con)
{
    ask(con, QUESTION_LOGOUT, "Log the phone out of");
}

static void do_reboot(struct console *con)
{
    ask(con, QUESTION_REBOOT, "Reboot");
}

static void do_quit(struct console *con)
{
    const struct fleet *fleet = app_fleet(con->app);
    size_t codes = 0;
    for (size_t i = 0; i < fleet->count; i++)
        codes += link_has_code(&fleet->items[i].link);
    if (codes == 0) {
        app_stop(con->app, EXIT_DONE);
        return;
    }
    con->question = QUESTION_QUIT;
    snprintf(con->question_text, sizeof con->question_text, "%zu code%s on show. Quit scandeck? y/N", codes,
             codes == 1 ? " is" : "s are");
}

static void do_zoom(struct console *con)
{
    con->zoom = !con->zoom;
}

static void do_panel(struct console *con)
{
    con->focus = (enum ui_panel)((con->focus + 1) % UI_PANEL_COUNT);
    /* A log that nobody reads any more shows what is new: where it has one line, nothing would tell that it does not. */
    con->log_back = 0;
}

static void do_scan(struct console *con)
{
    struct instance *it = console_selected(con);
    if (!con->request->demo)
        return;
    if (!it || !app_demo_scan(con->app, it))
        console_notice(con, "no code of this instance is on show");
}

static void do_redraw(struct console *con)
{
    ui_redraw(con->ui);
}

static void do_help(struct console *con)
{
    con->help = !con->help;
    con->help_top = 0;
}

static void (*const handlers[ACTION_COUNT])(struct console *) = {
    [ACTION_LINK] = do_link,       [ACTION_STOP] = do_stop,           [ACTION_REFRESH] = do_refresh,
    [ACTION_LOGOUT] = do_logout,   [ACTION_REBOOT] = do_reboot,       [ACTION_MODE] = console_next_mode,
    [ACTION_GLYPHS] = console_ask_glyphs, [ACTION_INVERT] = console_invert, [ACTION_ZOOM] = do_zoom,        [ACTION_PANEL] = do_panel,
    [ACTION_UP] = do_up,           [ACTION_DOWN] = do_down,           [ACTION_PAGE_UP] = do_page_up,
    [ACTION_PAGE_DOWN] = do_page_down, [ACTION_FIRST] = do_first,     [ACTION_LAST] = do_last,
    [ACTION_SCAN] = do_scan,       [ACTION_REDRAW] = do_redraw,       [ACTION_HELP] = do_help,
    [ACTION_QUIT] = do_quit,
};

static void answer(struct console *con, int key)
{
    struct instance *it = &app_fleet(con->app)->items[con->asked];
    enum question question = con->question;
    con->question = QUESTION_NONE;
    if (question == QUESTION_GLYPHS) {
        console_answer_glyphs(con, key);
        return;
    }
    if (key != 'y' && key != 'Y')
        return;
    if (question == QUESTION_QUIT)
        app_stop(con->app, EXIT_DONE);
    else if (!app_command(con->app, it, question == QUESTION_LOGOUT ? LINK_EV_LOGOUT : LINK_EV_REBOOT))
        console_notice(con, it->link.reason);
}

/* While the help is open, keys move it or close it; nothing else happens behind it. */
static enum action help_action(enum action action, int key)
{
    switch (action) {
    case ACTION_UP:
    case ACTION_DOWN:
    case ACTION_PAGE_UP:
    case ACTION_PAGE_DOWN:
    case ACTION_FIRST:
    case ACTION_LAST:
    case ACTION_REDRAW:
    case ACTION_HELP:
        return action;
    case ACTION_QUIT:
        return ACTION_HELP;
    default:
        return key == KEYNAME_ESC || key == KEYNAME_ENTER ? ACTION_HELP : ACTION_NONE;
    }
}

void console_press(struct console *con, int key)
{
    con->dirty = true;
    con->notice[0] = '\0';
    if (con->question) {
        answer(con, key);
        return;
    }
    enum action action = keymap_action(&con->keymap, key);
    if (con->help)
        action = help_action(action, key);
    if (action != ACTION_NONE)
        handlers[action](con);
}
