/* SPDX-License-Identifier: MIT
 * Tokens from the configuration itself, files, and the environment; those from commands are secret_command.c's.
 */
#include "config/secret.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/file.h"
#include "config/lines.h"
#include "config/secret_command.h"
#include "config/token.h"
#include "core/redact.h"
#include "core/text.h"

#define SHOWN_MAX 128 /* of a file's or variable's name */
#define WHY_MAX 256

__attribute__((format(printf, 2, 3))) static void fail(struct secret_result *result, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&result->problem, format, arguments) < 0)
        result->problem = NULL;
    else
        redact(result->problem, NULL);
    va_end(arguments);
}

void secret_take(struct secret_result *result, const char *text, size_t len, const char *origin)
{
    char line[ENDPOINT_TOKEN_MAX + 2];
    struct lines lines;
    struct line first = {"", 0};
    size_t mark = file_mark(text, len);
    lines_init(&lines, text + mark, len - mark);
    lines_next(&lines, &first);
    if (first.len == 0) {
        fail(result, "%s: its first line is empty", origin);
        return;
    }
    size_t taken = first.len < sizeof line ? first.len : sizeof line - 1;
    memcpy(line, first.text, taken);
    line[taken] = '\0';
    if (strlen(line) == first.len && token_is_sound(line))
        result->token = strdup(line);
    else
        fail(result, "%s: its first line is not " TOKEN_SHAPE, origin);
    explicit_bzero(line, sizeof line);
}

static void fetch_value(const struct config_instance *instance, struct secret_result *result)
{
    secret_take(result, instance->secret, strlen(instance->secret), "token");
}

static void fetch_file(const struct config_instance *instance, struct secret_result *result)
{
    char shown[SHOWN_MAX], origin[SHOWN_MAX + 16], why[WHY_MAX];
    struct file_content content;
    char *path = file_expand_home(instance->secret);
    if (!path)
        return;
    text_clean(shown, sizeof shown, instance->secret, strlen(instance->secret), NULL);
    snprintf(origin, sizeof origin, "token_file %s", shown);
    if (!file_read(&content, path, FILE_REGULAR, SECRET_BYTES_MAX, why, sizeof why))
        fail(result, "%s %s", origin, why);
    else if (content.others_may_read)
        fail(result, "%s: others can read it: chmod 600 '%s'", origin, shown);
    else
        secret_take(result, content.text, content.len, origin);
    file_content_free(&content);
    free(path);
}

static void fetch_env(const struct config_instance *instance, struct secret_result *result)
{
    char shown[SHOWN_MAX], origin[SHOWN_MAX + 16];
    const char *value = getenv(instance->secret);
    text_clean(shown, sizeof shown, instance->secret, strlen(instance->secret), NULL);
    snprintf(origin, sizeof origin, "token_env %s", shown);
    if (!value && redact_is_likely(instance->secret, strlen(instance->secret)))
        fail(result, "%s: give the name of an environment variable here, not the token", origin);
    else if (!value)
        fail(result, "%s: this environment variable is not set", origin);
    else
        secret_take(result, value, strlen(value), origin);
}

static void fetch_at_once(const struct config_instance *instance, struct secret_result *result)
{
    switch (instance->secret_kind) {
    case SECRET_NONE:
        fail(result, "the configuration gives no token");
        break;
    case SECRET_VALUE:
        fetch_value(instance, result);
        break;
    case SECRET_FILE:
        fetch_file(instance, result);
        break;
    case SECRET_ENV:
        fetch_env(instance, result);
        break;
    case SECRET_COMMAND:
        break;
    }
}

/* A command may take its time or ask for a passphrase; nobody should sit before an empty screen and wonder. */
static void announce_commands(const struct config *config)
{
    size_t count = 0;
    for (size_t i = 0; i < config->instance_count; i++)
        count += config->instances[i].secret_kind == SECRET_COMMAND;
    if (count > 0 && isatty(STDERR_FILENO))
        fprintf(stderr, "scandeck: running %zu token command%s\n", count, count == 1 ? "" : "s");
}

static void fetch_all_at_once(const struct config *config, struct secret_result *results)
{
    memset(results, 0, config->instance_count * sizeof *results);
    for (size_t i = 0; i < config->instance_count; i++)
        fetch_at_once(&config->instances[i], &results[i]);
}

bool secret_fetch_start(const struct config *config, uv_loop_t *loop, struct secret_result *results, secret_done_fn *done,
                        void *owner, struct secret_fetch **running)
{
    fetch_all_at_once(config, results);
    return secret_start_commands(config, loop, results, done, owner, running);
}

bool secret_fetch_all(const struct config *config, uv_loop_t *loop, struct secret_result *results, const bool *stop)
{
    fetch_all_at_once(config, results);
    announce_commands(config);
    if (!secret_run_commands(config, loop, results, SECRET_COMMAND_MS, stop))
        return false;
    for (size_t i = 0; i < config->instance_count; i++)
        if (!results[i].token && !results[i].problem && !(stop && *stop))
            return false;
    return true;
}

void secret_results_free(struct secret_result *results, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_wipe(results[i].token);
        free(results[i].problem);
        results[i] = (struct secret_result){NULL, NULL};
    }
}
