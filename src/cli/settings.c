/* SPDX-License-Identifier: MIT */
#include "cli/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "config/complaints.h"
#include "config/file.h"

#define CONFIG_PATH_MAX 4096

bool settings_path(char *dst, size_t size, const struct cli_request *request)
{
    if (!request->config_file)
        return !request->demo && !request->replay_file && config_default_path(dst, size);
    int n = snprintf(dst, size, "%s", request->config_file);
    return n > 0 && (size_t)n < size;
}

static bool read_config(struct config *config, const struct cli_request *request, struct config_errors *errors)
{
    char path[CONFIG_PATH_MAX];
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
    if (!config_init(config))
        return config_errors_add(errors, "memory is out"), false;
    /* A newcomer's first Enter is for an instance that waits for a phone, not for the first problem. */
    if (request->demo)
        config->sort = ORDER_CONFIG;
    bool ok = read_config(config, request, errors);
    for (size_t i = 0; i < request->override_count; i++)
        ok = config_override(config, request->overrides[i], errors) && ok;
    return ok;
}

/* Keys and passphrases are still to come from the terminal. */
static void give_back_terminal(void)
{
    int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return;
    dup2(fd, STDIN_FILENO);
    close(fd);
}

bool settings_read(struct config *config, const struct cli_request *request)
{
    struct config_errors errors = {0};
    bool ok = settings_load(config, request, &errors);
    if (ok && request->config_file && file_is_standard_input(request->config_file))
        give_back_terminal();
    if (errors.text)
        fputs(errors.text, stderr);
    config_errors_free(&errors);
    return ok;
}

bool settings_read_if_any(struct config *config, const struct cli_request *request)
{
    char path[CONFIG_PATH_MAX];
    struct cli_request without = *request;
    bool usual = config_default_path(path, sizeof path);
    if (!request->config_file && (!usual || (access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))))
        without.demo = true;
    return settings_read(config, &without);
}
