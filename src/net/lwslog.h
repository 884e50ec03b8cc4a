/* SPDX-License-Identifier: MIT
 * libwebsockets' own log: kept off stderr, handed to the caller line by line.
 */
#ifndef SCANDECK_NET_LWSLOG_H
#define SCANDECK_NET_LWSLOG_H

#include "net/net.h"

#define LWSLOG_LINE_MAX 256

/* Takes the log away from stderr; lines go nowhere but to lwslog_last. Call before a context is created. */
void lwslog_catch(void);
/* From now on lines go to on_log (NULL: nowhere). */
void lwslog_send_to(net_log_fn *on_log, void *owner);
/* The newest line, "" when there was none. */
const char *lwslog_last(void);

#endif
