/* SPDX-License-Identifier: MIT */
#include "cli/settings.h"

#include <stdio.h>

static bool read_config(struct config *config, const struct cli_request *request, struct config_errors *errors)
{
    char path[4096];
    if (request->config_file)
        return config_read(config, request->config_file, errors);
    if (request->demo || request->replay_file)
        return true;
    if (!config_default_path(path, sizeof path)) {
        fprintf(stderr, "scandeck: neither XDG_CONFIG_HOME nor HOME is set: name the configuration with -c FILE\n");
        return false;
    }
    return config_read(config, path, errors);
}

bool settings_read(struct config *config, const struct cli_request *request)
{
    struct config_errors errors = {0};
    config_init(config);
    bool ok = read_config(config, request, &errors);
    for (size_t i = 0; i < request->override_count; i++)
        ok = config_override(config, request->overrides[i], &errors) && ok;
    if (errors.text)
        fputs(errors.text, stderr);
    config_errors_free(&errors);
    return ok;
}
