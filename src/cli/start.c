/* SPDX-License-Identifier: MIT */
#include "cli/start.h"

#include <stdio.h>

#include "cli/settings.h"

bool start_config(struct start *start, const struct cli_request *request, int *code)
{
    start->app = NULL;
    *code = EXIT_USAGE;
    bool ok = settings_read(&start->config, request);
    if (!ok)
        config_free(&start->config);
    return ok;
}

bool start_app(struct start *start, const struct cli_request *request, const struct app_options *base, int *code)
{
    struct app_options options = *base;
    char why[512] = "";
    bool users_fault;
    options.config = &start->config;
    options.demo = request->demo;
    options.demo_speed = request->demo_speed;
    options.demo_instances = request->demo_instances;
    if (request->argument_count > 0)
        options.names = (struct enlist_names){(const char *const *)request->arguments, request->argument_count};
    options.log_file = request->log_file;
    start->app = app_new(&options, &users_fault, why, sizeof why);
    if (start->app)
        return true;
    fprintf(stderr, "scandeck: %s\n", why);
    *code = users_fault ? EXIT_USAGE : EXIT_INTERNAL;
    return false;
}

int start_end(struct start *start, int code)
{
    if (start->app && app_log_lost(start->app))
        fprintf(stderr, "scandeck: the log file could not be written to its end\n");
    app_free(&start->app, code);
    config_free(&start->config);
    return code;
}
