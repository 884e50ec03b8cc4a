/* SPDX-License-Identifier: MIT
 * `scandeck link`, `logout` and `reboot`: one instance, one order, no console.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app.h"
#include "cli/cli.h"
#include "cli/event.h"
#include "cli/print.h"
#include "cli/start.h"
#include "viewer.h"

/* Without an operator to press a key, an attempt must end some time. */
#define TRIES 5

struct headless {
    struct app *app;
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

/* False for a pipe, which has no size. */
static bool window_size(struct winsize *window)
{
    return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, window) == 0 && window->ws_col > 0;
}

/* The mode that fits the window; a pipe is as wide as can be. -1 when the window is too small. Text is all there is here. */
static int fitting_mode(const struct headless *h)
{
    struct winsize window;
    bool sized = window_size(&window), utf8 = !sized || MB_CUR_MAX >= 4;
    enum qr_mode wish = (enum qr_mode)qr_mode_find(h->config->qr_mode);
    if (wish == QR_MODE_PICTURE) /* only the console asks the terminal how it takes pictures */
        wish = QR_MODE_AUTO;
    const struct qr_terminal terminal = {
        .can = {[QR_ABILITY_PAINT] = true,
                [QR_ABILITY_HALF_BLOCKS] = utf8,
                [QR_ABILITY_SEXTANTS] = utf8 && (!sized || h->config->sextants == CONFIG_SEXTANTS_YES),
                [QR_ABILITY_OCTANTS] = utf8 && wish == QR_MODE_OCTANT},
    };
    return qr_mode_pick(wish, h->viewer.symbol.size, sized ? window.ws_col : INT_MAX, sized ? window.ws_row - 1 : INT_MAX,
                        &terminal, h->viewer.barred);
}

static void say_too_small(const struct headless *h)
{
    struct winsize window;
    int columns, rows, least_columns, least_rows;
    if (!window_size(&window))
        return;
    qr_mode_size(QR_MODE_HALF, h->viewer.symbol.size, NULL, &columns, &rows);
    qr_mode_size(QR_MODE_WIDE_SEXTANT, h->viewer.symbol.size, NULL, &least_columns, &least_rows);
    fprintf(stderr,
            "the code is not drawn: it needs a window of %dx%d, this one has %dx%d\n"
            "enlarge it for the next code, or say -o sextants=yes if your terminal\n"
            "draws sextants: those need %dx%d\n",
            columns, rows + 1, window.ws_col, window.ws_row, least_columns, least_rows + 1);
}

static void prepare_code(struct headless *h, struct instance *instance, struct link_effect *report)
{
    viewer_load(&h->viewer, instance);
    int mode = fitting_mode(h);
    while (mode >= 0 && viewer_draw(&h->viewer, (enum qr_mode)mode, false, NULL) == VIEWER_UNPROVEN)
        mode = fitting_mode(h);
    if (mode < 0 && h->request->json) /* which says "verified" of a code that nobody sees drawn */
        viewer_draw(&h->viewer, QR_MODE_HALF, false, NULL);
    viewer_describe(&h->viewer, report->text, sizeof report->text);
    if (h->request->json)
        return;
    if (mode < 0)
        say_too_small(h);
    else if (h->viewer.drawn)
        print_drawing(stdout, &h->viewer.drawing);
}

static void on_report(void *owner, struct instance *instance, struct link_effect *report)
{
    struct headless *h = owner;
    if (report->report == REPORT_CODE)
        prepare_code(h, instance, report);
    bool ok = true;
    if (h->request->json)
        ok = event_print(instance, report, &h->viewer, h->request->with_payload);
    else
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
    struct instance *it = app_fleet(start->app)->items[0];
    int code = EXIT_USAGE;
    h->app = start->app;
    h->request = request;
    h->config = &start->config;
    app_set_hooks(start->app, &(struct app_hooks){.on_report = on_report, .owner = h});
    if (app_command(start->app, it, order))
        code = app_run(start->app);
    else
        fprintf(stderr, "scandeck: %s: %s\n", it->label, it->link.reason);
    app_set_hooks(start->app, &(struct app_hooks){0});
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
