/* SPDX-License-Identifier: MIT
 * The console: the app's state becomes what ui/ draws, once per turn of the loop.
 */
#include "console.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/start.h"
#include "config/bindings.h"
#include "core/text.h"

/* News from the network are drawn at most this often; keys at once. */
#define DRAW_GAP_MS 30
/* When the terminal takes no output: the next try, after it refused at once, or after it hung. */
#define REFUSED_MS 50
#define STALL_MS 2000
#define NOTICE_MS 4000
/* Bytes of the filter in the status line. */
#define FILTER_SHOWN_MAX 128

static int64_t real_ms(void)
{
    return (int64_t)(uv_hrtime() / 1000000);
}

void console_notice(struct console *con, const char *text)
{
    text_copy(con->notice, sizeof con->notice, text);
    con->notice_until = real_ms() + NOTICE_MS;
}

/* What is drawn. */

void console_make_model(const struct console *con, struct ui_model *model)
{
    *model = (struct ui_model){
        .fleet = app_fleet(con->app),
        .log = app_log(con->app),
        .keymap = &con->keymap,
        .now = app_now(con->app),
        .unix_now = (int64_t)time(NULL),
        .speed = app_speed(con->app),
        .rows = con->rows.items,
        .row_count = con->rows.count,
        .list_top = con->list_top,
        .filtered = con->filter.count > 0,
        .selected = console_row_of(con, con->selected),
        .subject = con->selected,
        .focus = con->focus,
        .logview = &con->logview,
        .zoom = con->zoom,
        .page = con->page.kind,
        .page_title = con->page.title,
        .page_text = con->page.text,
        .page_top = con->page.top,
        .question = con->question.answer ? con->question.text : NULL,
        .prompt = con->prompt.typed ? &con->prompt.line : NULL,
        .prompt_label = con->prompt.label,
        .prompt_why = con->prompt.why[0] ? con->prompt.why : NULL,
        .notice = con->notice[0] ? con->notice : NULL,
        .demo = con->request->demo,
        .replay = app_is_replay(con->app),
        .readonly = con->request->readonly,
        .wish = con->wish,
        .supposed = QR_ABILITY_COUNT,
        .sample = console_sample(con),
        .queue_runs = con->queue.running,
        .status = con->status[0] ? con->status : NULL,
        .order = con->order,
        .list_wish = con->list_wish,
        .log_wish = con->log_wish,
        .code_wish = con->code_wish,
    };
}

size_t console_view_rows(const struct console *con)
{
    struct ui_model model;
    console_make_model(con, &model);
    return ui_view_rows(con->ui, &model);
}

size_t console_tops(const struct console *con, size_t lines)
{
    size_t page = console_view_rows(con);
    return lines > page ? lines - page + 1 : 1;
}

/* A part of the status line; `format` takes the text. */
static void add_status(struct console *con, const char *prefix, const char *text)
{
    size_t used = strlen(con->status);
    snprintf(con->status + used, sizeof con->status - used, "%s%s%s", used ? "  " : "", prefix, text);
}

/* What holds all the time stands before the log's lines. */
static void write_status(struct console *con)
{
    char text[PROMPT_MAX + 64];
    con->status[0] = '\0';
    if (con->queue.running) {
        queue_progress(&con->queue, text, sizeof text, ui_dot(con->ui));
        add_status(con, "", text);
    }
    if (con->filter_text[0]) {
        char filter[FILTER_SHOWN_MAX];
        text_copy(filter, sizeof filter, con->filter_text);
        snprintf(text, sizeof text, "%s (%zu of %zu)", filter, con->rows.count, app_fleet(con->app)->count);
        add_status(con, "filter: ", text);
    }
    if (app_is_replay(con->app))
        add_status(con, "", "replay");
    if (con->request->readonly)
        add_status(con, "", "read-only");
}

static enum ui_drawn draw(struct console *con)
{
    struct ui_model model;
    console_update_rows(con);
    write_status(con);
    console_write_page(con);
    console_make_model(con, &model);
    console_show_codes(con, &model);
    if (console_tend_glyphs(con, &model)) {
        console_make_model(con, &model);
        console_show_codes(con, &model);
    }
    con->list_top = model.list_top = ui_list_top(con->ui, &model);
    /* Nobody could read the question before it is there: what was typed by now is no answer. */
    if (con->question.answer && !con->question.painted)
        console_drop_keys(con, real_ms());
    enum ui_drawn drawn = ui_draw(con->ui, &model);
    if (drawn == UI_DRAWN)
        con->question.painted = true;
    if (drawn == UI_DRAWN && model.codes[0].drawing)
        console_note_recalled(con, model.codes[0].drawing);
    return drawn;
}

/* The loop. */

static bool is_counting(const struct console *con)
{
    const struct fleet *fleet = app_fleet(con->app);
    const struct instance *it = con->selected;
    for (size_t i = 0; i < fleet->count; i++)
        if (fleet->items[i]->link.stage == LINK_SESSION)
            return true;
    return it && (link_is_busy(&it->link) || it->link.phase == PHASE_STARTING);
}

/* Makes it earlier, if something waits for that moment (real ms, 0 = nothing does). */
static void wake_by(int64_t *at, int64_t now, int64_t real)
{
    int64_t then = now + real - real_ms();
    if (real && then < *at)
        *at = then;
}

/* The screen's clocks tick together, on the whole seconds of the app's clock. */
static void plan_wake(struct console *con)
{
    int64_t now = app_now(con->app), at = INT64_MAX;
    if (is_counting(con))
        at = (now / 1000 + 1) * 1000;
    if (con->queue.order_count > 0 || con->keys_left || (con->dirty && !con->stalled_until))
        at = now;
    wake_by(&at, now, con->paste_heard_at ? con->paste_heard_at + CONSOLE_PASTE_PAUSE_MS : 0);
    wake_by(&at, now, con->question.yes_at);
    wake_by(&at, now, con->stalled_until ? 0 : con->announce_at);
    wake_by(&at, now, con->notice[0] ? con->notice_until : 0);
    if (con->stale && now + DRAW_GAP_MS < at)
        at = now + DRAW_GAP_MS;
    int64_t retry = con->stalled_until - real_ms();
    if (con->stalled_until && now + retry < at)
        at = now + (retry > 0 ? retry : 0);
    app_wake_at(con->app, at);
}

/* A bell that the terminal cannot take now is rung when it can. */
static void announce(struct console *con, int64_t now)
{
    if (now < con->stalled_until)
        return;
    if (!announce_has_news(&con->announce))
        con->announce_at = 0;
    else if (ui_takes_output(con->ui))
        con->announce_at = announce_turn(&con->announce, con->ui, now);
    else
        con->stalled_until = now + REFUSED_MS;
}

/* Says why wide sextants are used or not: nobody can see that otherwise. */
static void note_terminal(struct console *con, const char *when)
{
    char text[256];
    struct ui_ability sextants;
    ui_ability(con->ui, QR_ABILITY_SEXTANTS, &sextants);
    text_format(text, sizeof text, "%sterminal %s, sextants: %s, %s", when, ui_terminal_name(con->ui),
             sextants.can ? "yes" : sextants.sure ? "no" : "not known", sextants.why);
    app_note(con->app, LOG_INFO, "", text);
}

static void note_stand_in(struct console *con)
{
    char text[256], term[64];
    const char *entry = ui_stand_in(con->ui), *name = getenv("TERM");
    if (!entry || !name)
        return;
    text_clean(term, sizeof term, name, strlen(name), NULL);
    snprintf(text, sizeof text, "this machine has no terminfo entry for TERM=%s: %s is used", term, entry);
    app_note(con->app, LOG_INFO, "", text);
}

void console_look_at_clients(struct console *con)
{
    char text[256];
    if (!ui_look_at_clients(con->ui, text, sizeof text))
        return;
    app_note(con->app, LOG_INFO, "", text);
    con->dirty = true;
}

/* A slow terminal, or a slow line: codes are drawn anew with what is known now. */
static void take_late_answers(struct console *con)
{
    if (!ui_take_late_answers(con->ui))
        return;
    console_recall_glyphs(con);
    note_terminal(con, "answered late: ");
    con->dirty = true;
}

static void on_turn(void *owner, bool changed)
{
    struct console *con = owner;
    if (con->rows.count == 0)
        console_update_rows(con);
    console_read_keys(con, real_ms());
    take_late_answers(con);
    if (con->editing || con->away) {
        app_wake_at(con->app, INT64_MAX);
        return;
    }
    console_queue_turn(con);
    int64_t now = real_ms();
    announce(con, now);
    if (con->notice[0] && now >= con->notice_until) {
        con->notice[0] = '\0';
        con->dirty = true;
    }
    con->stale = con->stale || changed;
    bool due = con->dirty || (con->stale && now - con->drawn_at >= DRAW_GAP_MS);
    if (due && now >= con->stalled_until) {
        enum ui_drawn drawn = draw(con);
        con->drawn_at = now;
        con->dirty = drawn != UI_DRAWN;
        con->stale = false;
        con->stalled_until = drawn == UI_DRAWN ? 0 : real_ms() + (drawn == UI_NOT_NOW ? REFUSED_MS : STALL_MS);
    }
    plan_wake(con);
}

/* The code the operator looks at is decoded before its log line is written, so that the line can say what it holds. */
static void on_report(void *owner, struct instance *instance, struct link_effect *report)
{
    struct console *con = owner;
    struct ui_model model;
    console_queue_report(con, instance, report);
    announce_report(&con->announce, instance, report);
    if (report->report != REPORT_CODE)
        return;
    console_look_at_clients(con);
    console_make_model(con, &model);
    console_show_codes(con, &model);
    const struct viewer *viewer = console_viewer_of(con, instance);
    if (!viewer)
        return;
    viewer_describe(viewer, report->text, sizeof report->text);
    if (!viewer->readable)
        report->level = LOG_WARN;
}

static void on_gone(void *owner, struct instance *instance)
{
    console_forget(owner, instance);
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

void console_watch_keys(struct console *con, bool watch)
{
    if (watch)
        uv_poll_start(&con->poll, UV_READABLE, on_tty);
    else
        uv_poll_stop(&con->poll);
}

/* In the background after `bg` or `kill %1`, all goes on but the screen, until SIGCONT comes in the foreground. */
void console_take_terminal_back(struct console *con)
{
    con->away = !ui_resume(con->ui);
    if (!con->away)
        console_look_at_clients(con);
    console_watch_keys(con, !con->away);
}

static void suspend(struct console *con)
{
    ui_suspend(con->ui);
    kill(getpid(), SIGSTOP);
    console_take_terminal_back(con);
}

static void take_window(struct console *con)
{
    ui_resize(con->ui);
    console_look_at_clients(con);
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct console *con = handle->data;
    con->dirty = true;
    if (con->editing || (con->away && number == SIGTSTP)) {
        if (number == SIGTSTP)
            kill(getpid(), SIGSTOP);
    } else if (number == SIGCONT)
        console_take_terminal_back(con);
    else if (number == SIGTSTP)
        suspend(con);
    else if (!con->away)
        take_window(con);
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
    console_watch_keys(con, true);
}

static void stop_watching(struct console *con)
{
    for (size_t i = 0; i < sizeof con->signals / sizeof *con->signals; i++)
        uv_close((uv_handle_t *)&con->signals[i], NULL);
    uv_close((uv_handle_t *)&con->poll, NULL);
    /* The handles live in `con`: they must be gone before it is; token commands end within their time. */
    uv_run(app_loop(con->app), UV_RUN_NOWAIT);
    while (con->editor_open || (con->reload && reload_is_busy(con->reload)))
        uv_run(app_loop(con->app), UV_RUN_ONCE);
}

static bool open_screen(struct console *con, const struct config *config)
{
    struct style styles[THEME_ROLE_COUNT];
    console_styles(config, styles);
    const struct ui_options options = {.sextants = (int)config->sextants,
                                       .qr_mode = con->wish,
                                       .no_color = con->request->no_color,
                                       .styles = styles};
    char why[256];
    con->ui = ui_open(&options, why, sizeof why);
    if (!con->ui)
        fprintf(stderr, "scandeck: %s\n", why);
    else {
        console_recall_glyphs(con);
        note_stand_in(con);
        note_terminal(con, "");
    }
    return con->ui != NULL;
}

/* Why codes come that nobody asked for, and how to go on. */
static void note_demo(struct console *con, size_t begun)
{
    char text[128], key[16] = "";
    app_note(con->app, LOG_INFO, "", "this is the demo: a simulator inside the program, with phones of its own; no account, no network");
    if (begun > 0) {
        snprintf(text, sizeof text, "%zu instances are linked without being asked, so that each phase is seen; some phones scan by themselves",
                 begun);
        app_note(con->app, LOG_INFO, "", text);
    }
    if (con->keymap.keys[ACTION_SCAN][0] == KEYNAME_NONE)
        return;
    keymap_key_name(key, sizeof key, con->keymap.keys[ACTION_SCAN][0]);
    snprintf(text, sizeof text, "%s: a simulated phone scans the code on show", key);
    app_note(con->app, LOG_INFO, "", text);
}

static void on_config(void *owner, const struct config *config)
{
    console_configure(owner, config);
}

static void note_of_hook(void *owner, enum log_level level, const char *label, const char *text)
{
    app_note(owner, level, label, text);
}

static int console_run(struct app *app, struct config *config, const struct cli_request *request)
{
    struct console *con = calloc(1, sizeof *con);
    if (!con)
        return EXIT_INTERNAL;
    con->app = app;
    con->request = request;
    con->wish = (enum qr_mode)qr_mode_find(config->qr_mode);
    con->dirty = true;
    con->code_wish = 1;
    con->order = con->configured_order = (enum order)config->sort;
    for (size_t i = 0; i < UI_CODES_MAX; i++)
        con->viewers[i].drawings = i << 24; /* a drawing's number is its own, whoever made it */
    bindings_make_keymap(&con->keymap, config);
    int code = EXIT_USAGE;
    if (open_screen(con, config)) {
        start_watching(con);
        con->announce.hooks = hooks_new(app_loop(app), note_of_hook, app);
        console_set_mouse(con, con->configured_mouse = config->mouse == CONFIG_YES);
        /* What was recorded is no news: nobody is called for it. */
        if (!app_is_replay(app)) {
            announce_configure(&con->announce, config);
            con->reload = reload_new(app, config, request, on_config, con);
        }
        /* The window may have changed between the start of ncurses and now, when nobody heard the signal. */
        ui_resize(con->ui);
        app_set_hooks(app, &(struct app_hooks){on_report, on_turn, on_gone, con});
        size_t begun = app_demo_autolink(app);
        if (request->demo)
            note_demo(con, begun);
        code = app_run(app);
        app_set_hooks(app, &(struct app_hooks){0});
        if (con->announce.hooks)
            hooks_shutdown(con->announce.hooks);
        if (con->reload)
            reload_shutdown(con->reload);
        stop_watching(con);
        reload_free(&con->reload);
        hooks_free(&con->announce.hooks);
        ui_close(&con->ui);
    }
    for (size_t i = 0; i < UI_CODES_MAX; i++)
        viewer_clear(&con->viewers[i]);
    qr_drawing_free(&con->glyphs.sample);
    queue_free(&con->queue);
    free(con->rows.items);
    free(con->page.text);
    memory_free(&con->memory);
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
