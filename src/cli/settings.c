/* SPDX-License-Identifier: MIT */
#include "cli/settings.h"

#include <stdio.h>

#include "config/complaints.h"

bool settings_path(char *dst, size_t size, const struct cli_request *request)
{
    if (!request->config_file)
        return !request->demo && !request->replay_file && config_default_path(dst, size);
    int n = snprintf(dst, size, "%s", request->config_file);
    return n > 0 && (size_t)n < size;
}

static bool read_config(struct config *config, const struct cli_request *request, struct config_errors *errors)
{
    char path[4096];
    if (settings_path(path, sizeof path, request))
        return config_read(config, path, errors);
    if ((request->demo || request->replay_file) && !request->config_file)
        return true;
    config_errors_add(errors, request->config_file ? "-c: the name is too long"
                                                   : "neither XDG_CONFIG_HOME nor HOME is set: name the configuration with -c FILE");
    return false;
}

bool settings_load(struct config *config, const struct cli_request *request, struct config_errors *errors)
{
    config_init(config);
    /* A newcomer's first Enter is for an instance that waits for a phone, not for the first problem. */
    if (request->demo)
        config->sort = ORDER_CONFIG;
    bool ok = read_config(config, request, errors);
    for (size_t i = 0; i < request->override_count; i++)
        ok = config_override(config, request->overrides[i], errors) && ok;
    return ok;
}

bool settings_read(struct config *config, const struct cli_request *request)
{
    struct config_errors errors = {0};
    bool ok = settings_load(config, request, &errors);
    if (errors.text)
        fputs(errors.text, stderr);
    config_errors_free(&errors);
    return ok;
}
