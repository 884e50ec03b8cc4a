/* SPDX-License-Identifier: MIT
 * `scandeck link`, `logout` and `reboot`: one instance, one order, no console.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app.h"
#include "cli/cli.h"
#include "cli/event.h"
#include "cli/link_screen.h"
#include "cli/print.h"
#include "cli/start.h"
#include "core/text.h"
#include "viewer.h"

/* Without an operator to press a key, an attempt must end some time. */
#define TRIES 5

/* Clocks count in seconds. */
#define SECOND_MS 1000

struct headless {
    struct app *app;
    struct instance *instance;
    struct link_screen *screen; /* NULL: codes are printed, or told as events */
    enum link_event_kind order;
    bool ordered;
    char news[512];             /* what the last report said */
    const struct cli_request *request;
    const struct config *config;
    struct viewer viewer;
};

static int exit_code_of(enum report report)
{
    static const struct {
        enum report report;
        int code;
    } codes[] = {
        {REPORT_LINKED, EXIT_DONE},          {REPORT_LOGGED_OUT, EXIT_DONE},
        {REPORT_REBOOTED, EXIT_DONE},        {REPORT_TIMEOUT, EXIT_UNSCANNED},
        {REPORT_ALREADY_LINKED, EXIT_WAS_LINKED}, {REPORT_ERROR, EXIT_SERVICE_ERROR},
        {REPORT_REFUSED, EXIT_REFUSED},      {REPORT_NETWORK, EXIT_NETWORK},
        {REPORT_NO_CODE, EXIT_NETWORK},      {REPORT_PASSKEY, EXIT_PASSKEY},
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i].report == report)
            return codes[i].code;
    return EXIT_INTERNAL;
}

/* Printed, a code is as wide as can be: half blocks, and where the terminal or the locale has none, full ones. */
static enum qr_mode printed_mode(const struct headless *h)
{
    enum qr_mode wish = (enum qr_mode)qr_mode_find(h->config->qr_mode);
    bool any = wish == QR_MODE_AUTO || wish == QR_MODE_PICTURE; /* only the console asks the terminal how it takes pictures */
    if (isatty(STDOUT_FILENO) && MB_CUR_MAX < 4)
        return QR_MODE_FULL;
    return any ? QR_MODE_HALF : wish;
}

static void prepare_code(struct headless *h, struct instance *instance, struct link_effect *report)
{
    viewer_load(&h->viewer, instance);
    if (h->screen)
        return;
    viewer_draw(&h->viewer, printed_mode(h), false, NULL);
    viewer_describe(&h->viewer, report->text, sizeof report->text);
    if (!h->request->json && h->viewer.drawn)
        print_drawing(stdout, &h->viewer.drawing);
}

static void give_order(struct headless *h)
{
    h->ordered = true;
    if (app_command(h->app, h->instance, h->order))
        return;
    text_copy(h->news, sizeof h->news, h->instance->link.reason);
    app_stop(h->app, EXIT_USAGE);
}

/* On a screen of its own all is drawn once a turn. No code is spent on a question that is asked before the first one. */
static void on_turn(void *owner, bool changed)
{
    struct headless *h = owner;
    (void)changed;
    if (!link_screen_listen(h->screen)) {
        app_stop(h->app, EXIT_INTERRUPTED);
        return;
    }
    link_screen_draw(h->screen, h->instance, &h->viewer, app_now(h->app), h->news);
    if (!h->ordered && !link_screen_asks(h->screen))
        give_order(h);
    app_wake_at(h->app, app_now(h->app) + SECOND_MS);
}

static void on_report(void *owner, struct instance *instance, struct link_effect *report)
{
    struct headless *h = owner;
    if (report->report == REPORT_CODE)
        prepare_code(h, instance, report);
    bool ok = true;
    text_copy(h->news, sizeof h->news, report->text);
    if (h->request->json)
        ok = event_print(instance, report, &h->viewer, h->request->with_payload);
    else if (!h->screen)
        ok = fflush(stdout) == 0 && fprintf(stderr, "%s: %s\n", instance->label, report->text) > 0;
    if (!ok) {
        if (!h->request->json)
            fprintf(stderr, "scandeck: standard output takes no more\n");
        app_stop(h->app, EXIT_INTERNAL);
    } else if (report->final)
        app_stop(h->app, exit_code_of(report->report));
}

static int run_order(struct start *start, const struct cli_request *request, enum link_event_kind order)
{
    struct headless *h = calloc(1, sizeof *h);
    if (!h)
        return EXIT_INTERNAL;
    h->app = start->app;
    h->instance = app_fleet(start->app)->items[0];
    h->request = request;
    h->config = &start->config;
    h->order = order;
    if (order == LINK_EV_LINK && !request->json)
        h->screen = link_screen_open(h->config, app_loop(h->app));
    app_set_hooks(start->app,
                  &(struct app_hooks){.on_report = on_report, .on_turn = h->screen ? on_turn : NULL, .owner = h});
    if (!h->screen)
        give_order(h);
    int code = app_run(h->app);
    /* With a screen only the last word stays, printed where the terminal takes it. */
    bool told = h->screen || code == EXIT_USAGE;
    app_set_hooks(start->app, &(struct app_hooks){0});
    if (link_screen_close(h->screen) && told && code != EXIT_INTERRUPTED)
        fprintf(stderr, "%s: %s\n", h->instance->label, h->news);
    viewer_clear(&h->viewer);
    free(h);
    return code;
}

/* EXIT_DONE when the operator says yes; the default is no, which ends it as an interruption does. */
static int confirm(struct app *app, const struct cli_request *request, const char *what)
{
    const struct instance *it = app_fleet(app)->items[0];
    char line[16];
    if (request->yes)
        return EXIT_DONE;
    if (!isatty(STDIN_FILENO)) {
        fprintf(stderr, "scandeck: nobody is here to be asked: say --yes\n");
        return EXIT_USAGE;
    }
    fprintf(stderr, "%s %s (%s)? y/N ", what, it->label, it->id);
    /* Nothing is under way yet, so Ctrl-C may end the process as it does by default. */
    app_watch_end_signals(app, false);
    bool yes = fgets(line, sizeof line, stdin) && (line[0] == 'y' || line[0] == 'Y');
    app_watch_end_signals(app, true);
    return yes ? EXIT_DONE : EXIT_INTERRUPTED;
}

static int run(const struct cli_request *request, enum link_event_kind order, const char *question)
{
    struct start start;
    int code;
    if (!start_config(&start, request, &code))
        return code;
    if (start_app(&start, request, &(struct app_options){.tries = TRIES}, &code)) {
        code = question ? confirm(start.app, request, question) : EXIT_DONE;
        if (code == EXIT_DONE)
            code = run_order(&start, request, order);
    }
    return start_end(&start, code);
}

int cli_link(const struct cli_request *request)
{
    return run(request, LINK_EV_LINK, NULL);
}

int cli_logout(const struct cli_request *request)
{
    return run(request, LINK_EV_LOGOUT, "Log the phone out of");
}

int cli_reboot(const struct cli_request *request)
{
    return run(request, LINK_EV_REBOOT, "Reboot");
}
