/* SPDX-License-Identifier: MIT
 * The console: where keys become actions, and the app's state becomes what ui/ draws.
 */
#include "app.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/start.h"
#include "core/text.h"
#include "ui/ui.h"
#include "viewer.h"

/* News from the network are drawn at most this often; keys at once. */
#define DRAW_GAP_MS 30
/* When the terminal takes no output: the next look. */
#define STALL_MS 2000
#define NOTICE_MS 4000
/* With the longest question and id, 80 columns still hold the "y/N". */
#define QUESTION_LABEL_COLUMNS 28

enum question { QUESTION_NONE, QUESTION_LOGOUT, QUESTION_REBOOT, QUESTION_QUIT };

struct console {
    struct app *app;
    const struct cli_request *request;
    struct ui *ui;
    struct keymap keymap;
    struct viewer viewer;
    uv_poll_t poll;
    uv_signal_t signals[3];
    size_t selected;
    enum ui_panel focus;
    size_t log_back;
    uint64_t log_seen;
    bool zoom, help;
    size_t help_top;
    enum question question;
    size_t asked; /* the instance the question is about */
    char question_text[256];
    char notice[256];
    int64_t notice_until; /* real ms */
    enum qr_mode wish;
    bool sextants; /* known from the terminal or the configuration */
    bool dirty;      /* a key or signal changed something */
    bool stale;      /* the network changed something that is not drawn yet */
    int64_t drawn_at; /* real ms */
};

static int64_t real_ms(void)
{
    return (int64_t)(uv_hrtime() / 1000000);
}

static struct instance *selected(const struct console *con)
{
    struct fleet *fleet = app_fleet(con->app);
    return fleet->count ? &fleet->items[con->selected] : NULL;
}

static void notice(struct console *con, const char *text)
{
    text_copy(con->notice, sizeof con->notice, text);
    con->notice_until = real_ms() + NOTICE_MS;
}

/* What is drawn. */

static void make_model(const struct console *con, struct ui_model *model)
{
    *model = (struct ui_model){
        .fleet = app_fleet(con->app),
        .log = app_log(con->app),
        .keymap = &con->keymap,
        .now = app_now(con->app),
        .unix_now = (int64_t)time(NULL),
        .selected = con->selected,
        .focus = con->focus,
        .log_back = con->log_back,
        .zoom = con->zoom,
        .help = con->help,
        .help_top = con->help_top,
        .question = con->question ? con->question_text : NULL,
        .notice = con->notice[0] ? con->notice : NULL,
        .demo = con->request->demo,
        .readonly = con->request->readonly,
        .wish = con->wish,
    };
}

/* Decodes and draws the selected instance's code for the layout there is now. */
static void show_code(struct console *con, struct ui_model *model)
{
    struct instance *it = selected(con);
    struct layout layout;
    if (!it || !viewer_load(&con->viewer, it))
        return;
    model->code.modules = con->viewer.symbol.size;
    if (con->viewer.symbol.size == 0) {
        model->code.text = con->viewer.failure.text;
        return;
    }
    ui_plan(con->ui, model, &layout);
    if (layout.mode < 0 || !viewer_draw(&con->viewer, (enum qr_mode)layout.mode))
        return;
    model->code.drawing = &con->viewer.drawing;
    model->code.verified = con->viewer.verified;
}

/* A log that is scrolled back stays where it is while lines come in. */
static void hold_log(struct console *con)
{
    uint64_t total = log_total(app_log(con->app));
    if (con->log_back)
        con->log_back += (size_t)(total - con->log_seen);
    con->log_seen = total;
    size_t count = log_count(app_log(con->app));
    if (con->log_back >= count)
        con->log_back = count ? count - 1 : 0;
}

static bool draw(struct console *con)
{
    struct ui_model model;
    hold_log(con);
    make_model(con, &model);
    show_code(con, &model);
    return ui_draw(con->ui, &model);
}

/* Actions. */

static size_t page_lines(const struct console *con)
{
    struct ui_model model;
    make_model(con, &model);
    return ui_page(con->ui, &model);
}

/* In how many ways a page can stand on so many lines: scrolling ends when the last one is on the screen. */
static size_t tops(size_t lines, size_t page)
{
    return lines > page ? lines - page + 1 : 1;
}

static void scroll(struct console *con, long by)
{
    size_t *at = &con->selected, most = app_fleet(con->app)->count;
    if (con->help)
        at = &con->help_top, most = tops(ui_help_lines(), page_lines(con));
    else if (con->focus == UI_PANEL_LOG)
        at = &con->log_back, most = tops(log_count(app_log(con->app)), page_lines(con)), by = -by;
    if (most == 0)
        return;
    if (by < 0)
        *at = *at > (size_t)-by ? *at - (size_t)-by : 0;
    else
        *at = *at + (size_t)by < most ? *at + (size_t)by : most - 1;
}

static void scroll_page(struct console *con, long sign)
{
    size_t page = page_lines(con);
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
    struct instance *it = selected(con);
    if (it && !app_command(con->app, it, kind))
        notice(con, it->link.reason);
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
    struct instance *it = selected(con);
    if (!it)
        return;
    if (con->request->readonly) {
        notice(con, "not with --readonly");
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

static bool mode_fits(struct console *con, enum qr_mode wish)
{
    struct ui_model model;
    struct layout layout;
    make_model(con, &model);
    model.wish = wish;
    model.focus = UI_PANEL_LIST; /* a large log would leave a code no room at all */
    model.code.modules = con->viewer.symbol.size;
    ui_plan(con->ui, &model, &layout);
    return layout.mode >= 0;
}

/* Asking for a sextant mode by key is how the operator says that this terminal draws them; "auto" goes by what is known. */
static void do_mode(struct console *con)
{
    for (int step = 1; step <= QR_MODE_COUNT; step++) {
        enum qr_mode wish = (enum qr_mode)(((int)con->wish + step) % (QR_MODE_COUNT + 1));
        bool asks_sextants = wish != QR_MODE_AUTO && qr_mode_info(wish)->needs_sextants;
        ui_set_sextants(con->ui, con->sextants || asks_sextants);
        if (!mode_fits(con, wish))
            continue;
        char text[128];
        snprintf(text, sizeof text, "mode: %s", wish == QR_MODE_AUTO ? "auto" : qr_mode_info(wish)->words);
        con->wish = wish;
        notice(con, text);
        return;
    }
    ui_set_sextants(con->ui, con->sextants);
    notice(con, "no other mode fits this window");
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
    struct instance *it = selected(con);
    if (!con->request->demo)
        return;
    if (!it || !app_demo_scan(con->app, it))
        notice(con, "no code of this instance is on show");
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
    [ACTION_LOGOUT] = do_logout,   [ACTION_REBOOT] = do_reboot,       [ACTION_MODE] = do_mode,
    [ACTION_ZOOM] = do_zoom,       [ACTION_PANEL] = do_panel,         [ACTION_UP] = do_up,
    [ACTION_DOWN] = do_down,       [ACTION_PAGE_UP] = do_page_up,     [ACTION_PAGE_DOWN] = do_page_down,
    [ACTION_FIRST] = do_first,     [ACTION_LAST] = do_last,           [ACTION_SCAN] = do_scan,
    [ACTION_REDRAW] = do_redraw,   [ACTION_HELP] = do_help,           [ACTION_QUIT] = do_quit,
};

static void answer(struct console *con, bool yes)
{
    struct instance *it = &app_fleet(con->app)->items[con->asked];
    enum question question = con->question;
    con->question = QUESTION_NONE;
    if (!yes)
        return;
    if (question == QUESTION_QUIT)
        app_stop(con->app, EXIT_DONE);
    else if (!app_command(con->app, it, question == QUESTION_LOGOUT ? LINK_EV_LOGOUT : LINK_EV_REBOOT))
        notice(con, it->link.reason);
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

static void press(struct console *con, int key)
{
    con->dirty = true;
    con->notice[0] = '\0';
    if (key == KEYNAME_RESIZE)
        return;
    if (con->question) {
        answer(con, key == 'y' || key == 'Y');
        return;
    }
    enum action action = keymap_action(&con->keymap, key);
    if (con->help)
        action = help_action(action, key);
    if (action != ACTION_NONE)
        handlers[action](con);
}

/* The loop. */

static bool is_counting(const struct console *con)
{
    const struct fleet *fleet = app_fleet(con->app);
    const struct instance *it = selected(con);
    for (size_t i = 0; i < fleet->count; i++)
        if (fleet->items[i].link.stage == LINK_SESSION)
            return true;
    return it && (link_is_busy(&it->link) || it->link.phase == PHASE_STARTING);
}

/* The screen's clocks tick together, on the whole seconds of the app's clock. */
static void plan_wake(struct console *con, bool stalled)
{
    int64_t now = app_now(con->app), at = INT64_MAX;
    if (is_counting(con))
        at = (now / 1000 + 1) * 1000;
    if (con->notice[0] && now + NOTICE_MS < at)
        at = now + NOTICE_MS;
    if (con->stale && now + DRAW_GAP_MS < at)
        at = now + DRAW_GAP_MS;
    if (stalled && now + STALL_MS < at)
        at = now + STALL_MS;
    app_wake_at(con->app, at);
}

static void on_turn(void *owner, bool changed)
{
    struct console *con = owner;
    int key;
    while ((key = ui_key(con->ui)) != KEYNAME_NONE)
        press(con, key);
    int64_t now = real_ms();
    if (con->notice[0] && now >= con->notice_until) {
        con->notice[0] = '\0';
        con->dirty = true;
    }
    con->stale = con->stale || changed;
    bool stalled = false;
    if (con->dirty || (con->stale && now - con->drawn_at >= DRAW_GAP_MS)) {
        stalled = !draw(con);
        con->drawn_at = now;
        con->dirty = stalled;
        con->stale = false;
    }
    plan_wake(con, stalled);
}

/* The code the operator looks at is decoded before its log line is written, so that the line can say what it holds. */
static void on_report(void *owner, struct instance *instance, struct link_effect *report)
{
    struct console *con = owner;
    struct ui_model model;
    if (report->report != REPORT_CODE || instance != selected(con))
        return;
    make_model(con, &model);
    show_code(con, &model);
    if (con->viewer.instance != instance)
        return;
    viewer_describe(&con->viewer, report->text, sizeof report->text);
    if (!con->viewer.readable)
        report->level = LOG_WARN;
}

static void on_tty(uv_poll_t *poll, int status, int events)
{
    struct console *con = poll->data;
    (void)events;
    /* Keys are read at the turn's start; only a terminal that is gone needs care here. */
    if (status < 0) {
        uv_poll_stop(poll);
        app_stop(con->app, APP_INTERRUPTED);
    }
}

static void suspend(struct console *con)
{
    ui_suspend(con->ui);
    kill(getpid(), SIGSTOP);
    ui_resume(con->ui);
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct console *con = handle->data;
    con->dirty = true;
    if (number == SIGWINCH)
        ui_resize(con->ui);
    else if (number == SIGTSTP)
        suspend(con);
    else
        ui_resume(con->ui);
}

static void start_watching(struct console *con)
{
    static const int numbers[] = {SIGWINCH, SIGTSTP, SIGCONT};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        uv_signal_init(app_loop(con->app), &con->signals[i]);
        con->signals[i].data = con;
        uv_signal_start(&con->signals[i], on_signal, numbers[i]);
    }
    uv_poll_init(app_loop(con->app), &con->poll, ui_fd(con->ui));
    con->poll.data = con;
    uv_poll_start(&con->poll, UV_READABLE, on_tty);
}

static void stop_watching(struct console *con)
{
    for (size_t i = 0; i < sizeof con->signals / sizeof *con->signals; i++)
        uv_close((uv_handle_t *)&con->signals[i], NULL);
    uv_close((uv_handle_t *)&con->poll, NULL);
    /* The handles live in `con`: they must be gone before it is. */
    uv_run(app_loop(con->app), UV_RUN_NOWAIT);
}

/* Says why wide sextants are used or not: nobody can see that otherwise. */
static void note_terminal(struct console *con)
{
    char text[128];
    snprintf(text, sizeof text, "terminal %s, sextants: %s", ui_terminal_name(con->ui),
             ui_terminal(con->ui).sextants ? "yes" : "not known to draw them");
    app_note(con->app, LOG_INFO, "", text);
}

static bool open_screen(struct console *con, const struct config *config)
{
    const struct ui_options options = {.sextants = (int)config->sextants, .no_color = con->request->no_color};
    char why[256];
    con->ui = ui_open(&options, why, sizeof why);
    if (!con->ui)
        fprintf(stderr, "scandeck: %s\n", why);
    else
        note_terminal(con);
    con->sextants = con->ui && ui_terminal(con->ui).sextants;
    return con->ui != NULL;
}

static int console_run(struct app *app, const struct config *config, const struct cli_request *request)
{
    struct console *con = calloc(1, sizeof *con);
    if (!con)
        return EXIT_INTERNAL;
    con->app = app;
    con->request = request;
    con->wish = (enum qr_mode)qr_mode_find(config->qr_mode);
    con->dirty = true;
    keymap_init(&con->keymap);
    char why[256];
    for (size_t i = 0; i < config->key_count; i++)
        keymap_bind(&con->keymap, config->keys[i].action, config->keys[i].keys, why, sizeof why);
    int code = EXIT_USAGE;
    if (open_screen(con, config)) {
        start_watching(con);
        /* The window may have changed between the start of ncurses and now, when nobody heard the signal. */
        ui_resize(con->ui);
        app_set_hooks(app, on_report, on_turn, con);
        app_demo_autolink(app);
        code = app_run(app);
        app_set_hooks(app, NULL, NULL, NULL);
        stop_watching(con);
        ui_close(&con->ui);
    }
    viewer_clear(&con->viewer);
    free(con);
    return code;
}

int cli_console(const struct cli_request *request)
{
    struct start start;
    int code;
    if (!start_config(&start, request, &code))
        return code;
    if (start_app(&start, request, &(struct app_options){.poll = true}, &code))
        code = console_run(start.app, &start.config, request);
    return start_end(&start, code);
}
