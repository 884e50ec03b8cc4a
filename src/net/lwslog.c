/* SPDX-License-Identifier: MIT
 * libwebsockets logs through one process-wide function without a user pointer.
 */
#include "net/lwslog.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include <libwebsockets.h>

/* The only static variable of this room: lws_set_log_level takes a bare function for the whole process,
 * so whom to tell cannot travel with the call. */
static struct {
    net_log_fn *on_log;
    void *owner;
    char line[LWSLOG_LINE_MAX];
} target;

static const char *skip_timestamp(const char *line)
{
    const char *end = line[0] == '[' ? strstr(line, "] ") : NULL;
    return end ? end + 2 : line;
}

/* lws dumps answers it cannot read as hex; no filter for secrets could recognise one in there. */
static bool is_hexdump(const char *line)
{
    size_t digits = 0;
    while (isxdigit((unsigned char)line[digits]))
        digits++;
    return digits >= 4 && line[digits] == ':';
}

static void emit(int level, const char *line)
{
    (void)level;
    line = skip_timestamp(line);
    size_t len = strcspn(line, "\r\n");
    if (len == 0 || is_hexdump(line))
        return;
    if (len >= sizeof(target.line))
        len = sizeof(target.line) - 1;
    memcpy(target.line, line, len);
    target.line[len] = '\0';
    if (target.on_log)
        target.on_log(target.owner, target.line);
}

void lwslog_catch(void)
{
    target.line[0] = '\0';
    lwslog_send_to(NULL, NULL);
    lws_set_log_level(LLL_ERR | LLL_WARN, emit);
}

void lwslog_send_to(net_log_fn *on_log, void *owner)
{
    target.on_log = on_log;
    target.owner = owner;
}

const char *lwslog_last(void)
{
    return target.line;
}
