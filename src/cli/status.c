/* SPDX-License-Identifier: MIT
 * `scandeck status`: the state of each instance, once.
 */
#include <stdio.h>

#include "app.h"
#include "cli/cli.h"
#include "cli/event.h"
#include "cli/start.h"
#include "core/text.h"

static bool is_settled(const struct link *link)
{
    return link->phase != PHASE_UNKNOWN && link->phase != PHASE_CHECKING && link->in_flight < 0 && !link->calls;
}

static void on_turn(void *owner, bool changed)
{
    struct app *app = owner;
    const struct fleet *fleet = app_fleet(app);
    for (size_t i = 0; i < fleet->count; i++)
        if (!changed || !is_settled(&fleet->items[i]->link))
            return;
    app_stop(app, EXIT_DONE);
}

static int code_of(const struct instance *it)
{
    if (!it->token)
        return EXIT_USAGE;
    switch (it->link.phase) {
    case PHASE_REFUSED:
        return EXIT_REFUSED;
    case PHASE_OFFLINE:
        return EXIT_NETWORK;
    case PHASE_ERROR:
        return EXIT_SERVICE_ERROR;
    default:
        return EXIT_DONE;
    }
}

static int widest_label(const struct fleet *fleet)
{
    int widest = (int)sizeof "instance" - 1;
    for (size_t i = 0; i < fleet->count; i++) {
        int columns = text_columns(fleet->items[i]->label);
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

static void print_row(const struct instance *it, int width)
{
    const struct link *link = &it->link;
    char label[LOG_LABEL_MAX];
    int pad = width - text_show(label, sizeof label, it->label);
    const char *phone = link->account.phone;
    printf("%s%*s  %-14s  %-10s  %s%s%s%s\n", label, pad > 0 ? pad : 0, "", it->id, phase_words(link->phase),
           phone[0] ? "+" : "", phone, phone[0] && link->reason[0] ? "  " : "", link->reason);
}

static int print_all(const struct fleet *fleet, bool json)
{
    int worst = EXIT_DONE, width = widest_label(fleet);
    if (!json)
        printf("%-*s  %-14s  %-10s  %s\n", width, "instance", "id", "phase", "phone or reason");
    for (size_t i = 0; i < fleet->count; i++) {
        int code = code_of(fleet->items[i]);
        worst = code > worst ? code : worst;
        if (json && !event_print_status(fleet->items[i]))
            return EXIT_INTERNAL;
        if (!json)
            print_row(fleet->items[i], width);
    }
    /* What nobody could read is not done. */
    if (fflush(stdout) == 0 && !ferror(stdout))
        return worst;
    fprintf(stderr, "scandeck: standard output takes no more\n");
    return EXIT_INTERNAL;
}

int cli_status(const struct cli_request *request)
{
    struct start start;
    int code;
    if (!start_config(&start, request, &code))
        return code;
    if (start_app(&start, request, &(struct app_options){.tries = 1, .poll = true}, &code)) {
        app_set_hooks(start.app, &(struct app_hooks){.on_turn = on_turn, .owner = start.app});
        code = app_run(start.app);
        if (code == EXIT_DONE)
            code = print_all(app_fleet(start.app), request->json);
    }
    return start_end(&start, code);
}
