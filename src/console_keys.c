/* SPDX-License-Identifier: MIT
 * Keys become actions: one handler for each row of the action table.
 */
#include <stdio.h>

#include "console.h"

/* Moves a place among `most`. */
static void move_place(size_t *at, size_t most, long by)
{
    if (most == 0)
        return;
    if (by < 0)
        *at = *at > (size_t)-by ? *at - (size_t)-by : 0;
    else
        *at = *at + (size_t)by < most ? *at + (size_t)by : most - 1;
}

static size_t page_tops(struct console *con)
{
    struct ui_model model;
    console_make_model(con, &model);
    return console_tops(con, ui_page_lines(&model));
}

void console_scroll(struct console *con, long by)
{
    if (con->page.kind != UI_PAGE_NONE)
        move_place(&con->page.top, page_tops(con), by);
    else if (con->focus == UI_PANEL_LOG)
        logview_move(&con->logview, app_log(con->app), by, console_view_rows(con));
    else
        console_move_selection(con, by);
}

static void scroll_page(struct console *con, long sign)
{
    size_t page = console_view_rows(con);
    console_scroll(con, sign * (long)(page > 1 ? page - 1 : 1));
}

static void do_up(struct console *con)
{
    console_scroll(con, -1);
}

static void do_down(struct console *con)
{
    console_scroll(con, 1);
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
    console_scroll(con, -LOG_LINES * 10L);
}

static void do_last(struct console *con)
{
    console_scroll(con, LOG_LINES * 10L);
}

static void do_link(struct console *con)
{
    console_order(con, con->selected, LINK_EV_LINK);
}

static void do_stop(struct console *con)
{
    console_order(con, con->selected, LINK_EV_STOP);
}

static void do_refresh(struct console *con)
{
    console_order(con, con->selected, LINK_EV_REFRESH);
}

static void answer_logout(struct console *con, struct instance *it, int key)
{
    if (console_is_yes(key))
        console_order(con, it, LINK_EV_LOGOUT);
}

static void do_logout(struct console *con)
{
    console_ask_order(con, answer_logout, con->selected, (struct console_order_words){"Log", "out of", "It must be scanned again."});
}

static void answer_quit(struct console *con, struct instance *it, int key)
{
    (void)it;
    if (console_is_yes(key))
        app_stop(con->app, EXIT_DONE);
}

static bool has_any_code(const struct link *link)
{
    return link_has_code(link) || link->pairing_code[0];
}

/* What the demo began by itself keeps nobody here. */
static void do_quit(struct console *con)
{
    char text[96];
    const struct fleet *fleet = app_fleet(con->app);
    size_t codes = 0;
    for (size_t i = 0; i < fleet->count; i++)
        codes += fleet->items[i]->requested && has_any_code(&fleet->items[i]->link);
    if (codes == 0) {
        app_stop(con->app, EXIT_DONE);
        return;
    }
    snprintf(text, sizeof text, "%zu code%s you asked for %s on show. Quit scandeck? y/N", codes, codes == 1 ? "" : "s",
             codes == 1 ? "is" : "are");
    console_ask(con, answer_quit, NULL, text);
}

static void do_zoom(struct console *con)
{
    con->zoom = !con->zoom;
}

static void do_panel(struct console *con)
{
    con->focus = (enum ui_panel)((con->focus + 1) % UI_PANEL_COUNT);
    /* A log that nobody reads any more shows what is new: where it has one line, nothing would tell that it does not. */
    con->logview.frozen = false;
}

static void do_scan(struct console *con)
{
    if (!con->request->demo)
        return;
    if (!con->selected || !app_demo_scan(con->app, con->selected))
        console_notice(con, "no code of this instance is on show");
}

static void do_redraw(struct console *con)
{
    ui_redraw(con->ui);
}

/* The log is searched, the list is filtered. */
static void do_filter(struct console *con)
{
    (con->focus == UI_PANEL_LOG ? console_search : console_filter)(con);
}

static void do_help(struct console *con)
{
    console_open_page(con, "", "", NULL);
}

static void (*const handlers[ACTION_COUNT])(struct console *) = {
    [ACTION_LINK] = do_link,
    [ACTION_STOP] = do_stop,
    [ACTION_REFRESH] = do_refresh,
    [ACTION_LOGOUT] = do_logout,
    [ACTION_REBOOT] = console_reboot,
    [ACTION_PAIR] = console_pair,
    [ACTION_VENDOR_PAGE] = console_vendor_page,
    [ACTION_DETAILS] = console_details,
    [ACTION_QUEUE] = console_queue_start,
    [ACTION_QUEUE_SKIP] = console_queue_skip,
    [ACTION_QUEUE_RETRY] = console_queue_retry,
    [ACTION_QUEUE_PAUSE] = console_queue_pause,
    [ACTION_QUEUE_BACK] = console_queue_back,
    [ACTION_QUEUE_STOP] = console_queue_stop,
    [ACTION_FILTER] = do_filter,
    [ACTION_FIND_NEXT] = console_find_next,
    [ACTION_FOLLOW] = console_follow,
    [ACTION_LEVEL] = console_level,
    [ACTION_LOG_INSTANCE] = console_log_instance,
    [ACTION_COPY] = console_copy,
    [ACTION_SAVE] = console_save,
    [ACTION_SORT] = console_sort,
    [ACTION_NARROWER] = console_narrower,
    [ACTION_WIDER] = console_wider,
    [ACTION_MARK] = console_mark,
    [ACTION_MARK_ALL] = console_mark_all,
    [ACTION_MARK_NONE] = console_mark_none,
    [ACTION_EDIT] = console_edit,
    [ACTION_MOUSE] = console_mouse,
    [ACTION_MODE] = console_next_mode,
    [ACTION_GLYPHS] = console_ask_glyphs,
    [ACTION_INVERT] = console_invert,
    [ACTION_ZOOM] = do_zoom,
    [ACTION_MORE_CODES] = console_more_codes,
    [ACTION_FEWER_CODES] = console_fewer_codes,
    [ACTION_PANEL] = do_panel,
    [ACTION_UP] = do_up,
    [ACTION_DOWN] = do_down,
    [ACTION_PAGE_UP] = do_page_up,
    [ACTION_PAGE_DOWN] = do_page_down,
    [ACTION_FIRST] = do_first,
    [ACTION_LAST] = do_last,
    [ACTION_SCAN] = do_scan,
    [ACTION_REDRAW] = do_redraw,
    [ACTION_HELP] = do_help,
    [ACTION_QUIT] = do_quit,
};

/* While a page is open, keys move it, take it along, or close it; nothing else happens behind it. */
static bool is_for_pages(enum action action)
{
    return action_moves(action) || action == ACTION_REDRAW || action == ACTION_COPY || action == ACTION_SAVE;
}

static bool closes_pages(enum action action, int key)
{
    return action == ACTION_HELP || action == ACTION_QUIT || key == KEYNAME_ESC || key == KEYNAME_ENTER;
}

static void press_on_page(struct console *con, enum action action, int key)
{
    if (is_for_pages(action))
        handlers[action](con);
    else if (closes_pages(action, key))
        console_close_page(con);
}

void console_press(struct console *con, int key)
{
    con->dirty = true;
    if (console_take_mouse(con, key))
        return;
    con->notice[0] = '\0';
    if (con->question.answer) {
        console_answer(con, key);
        return;
    }
    if (con->prompt.typed) {
        console_type(con, key);
        return;
    }
    struct ui_model model;
    console_make_model(con, &model);
    enum action action = keymap_action(&con->keymap, ui_contexts(&model), key);
    if (con->page.kind != UI_PAGE_NONE)
        press_on_page(con, action, key);
    else if (action != ACTION_NONE && handlers[action])
        handlers[action](con);
    else if (key == KEYNAME_ESC)
        console_drop_filter(con);
}
