/* SPDX-License-Identifier: MIT
 * The REST methods that scandeck calls: one table of names and time limits.
 */
#ifndef SCANDECK_CORE_METHOD_H
#define SCANDECK_CORE_METHOD_H

/* id, name in the URL (camelCase, [D]), seconds to wait for the answer (protocol section 6, derived) */
#define METHOD_TABLE(X)                      \
    X(METHOD_STATE, "getStateInstance", 20)  \
    X(METHOD_SETTINGS, "getWaSettings", 20)  \
    X(METHOD_LOGOUT, "logout", 70)           \
    X(METHOD_REBOOT, "reboot", 20)

enum method {
#define METHOD_ENUM(id, name, seconds) id,
    METHOD_TABLE(METHOD_ENUM)
#undef METHOD_ENUM
        METHOD_COUNT
};

/* The name as it stands in the URL. */
const char *method_name(enum method method);
/* Seconds after which an unanswered call has failed. */
unsigned method_timeout_s(enum method method);

#endif
