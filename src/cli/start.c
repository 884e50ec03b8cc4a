/* SPDX-License-Identifier: MIT */
#include "cli/start.h"

#include <stdio.h>

#include "cli/settings.h"

bool start_config(struct start *start, const struct cli_request *request, int *code)
{
    *start = (struct start){0};
    *code = EXIT_USAGE;
    bool ok = settings_read(&start->config, request);
    if (!ok)
        config_free(&start->config);
    return ok;
}

/* What is played, or where it is recorded; a mistake there is the operator's. */
static bool start_transcript(struct start *start, const struct cli_request *request, char *why, size_t why_size)
{
    if (start->replay)
        replay_start(start->replay, start->app);
    if (request->record_file)
        start->record = record_open(start->app, request->record_file, why, why_size);
    return start->record || !request->record_file;
}

static bool make_app(struct start *start, const struct cli_request *request, const struct app_options *base,
                     bool *users_fault, char *why, size_t why_size)
{
    struct app_options options = *base;
    options.config = &start->config;
    options.demo = request->demo;
    options.demo_speed = request->demo_speed;
    options.demo_instances = request->demo_instances;
    if (request->argument_count > 0)
        options.names = (struct enlist_names){(const char *const *)request->arguments, request->argument_count};
    options.log_file = request->log_file;
    options.transcript = start->replay ? replay_transcript(start->replay) : NULL;
    start->app = app_new(&options, users_fault, why, why_size);
    return start->app != NULL;
}

bool start_app(struct start *start, const struct cli_request *request, const struct app_options *base, int *code)
{
    char why[512] = "";
    bool users_fault = true, ok = true;
    if (request->replay_file) {
        start->replay = replay_read(request->replay_file, why, sizeof why);
        ok = start->replay != NULL;
    }
    ok = ok && make_app(start, request, base, &users_fault, why, sizeof why);
    if (ok) {
        users_fault = true;
        ok = start_transcript(start, request, why, sizeof why);
    }
    if (ok && app_is_stopped(start->app, code))
        return false;
    if (ok)
        return true;
    fprintf(stderr, "scandeck: %s\n", why);
    *code = users_fault ? EXIT_USAGE : EXIT_INTERNAL;
    return false;
}

int start_end(struct start *start, int code)
{
    if (start->app && app_log_lost(start->app))
        fprintf(stderr, "scandeck: lines are missing in the log file: it could not be written\n");
    if (!record_close(&start->record))
        fprintf(stderr, "scandeck: the recording could not be written to its end\n");
    app_free(&start->app, code);
    replay_free(&start->replay);
    config_free(&start->config);
    return code;
}
