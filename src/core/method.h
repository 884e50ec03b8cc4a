/* SPDX-License-Identifier: MIT
 * The REST methods that scandeck calls: one table of names, verbs and time limits.
 */
#ifndef SCANDECK_CORE_METHOD_H
#define SCANDECK_CORE_METHOD_H

/* id, name in the URL (camelCase, [D]), verb [D], query behind the token, seconds to wait for the answer (protocol section
 * 6, derived). The history's count stands in a JSON body in the docs [D] and in the query in the vendor's SDK [C]: a GET
 * with a body is what proxies drop. */
#define METHOD_TABLE(X)                                                  \
    X(METHOD_STATE, "getStateInstance", "GET", "", 20)                   \
    X(METHOD_SETTINGS, "getWaSettings", "GET", "", 20)                   \
    X(METHOD_LOGOUT, "logout", "GET", "", 70)                            \
    X(METHOD_REBOOT, "reboot", "GET", "", 20)                            \
    X(METHOD_PAIR, "getAuthorizationCode", "POST", "", 70)               \
    X(METHOD_QR, "qr", "GET", "", 70)                                    \
    X(METHOD_ACCOUNT, "getSettings", "GET", "", 20)                      \
    X(METHOD_HISTORY, "getStateInstanceHistory", "GET", "?count=20", 20)

enum method {
#define METHOD_ENUM(id, name, verb, query, seconds) id,
    METHOD_TABLE(METHOD_ENUM)
#undef METHOD_ENUM
        METHOD_COUNT
};

/* The name as it stands in the URL. */
const char *method_name(enum method method);
const char *method_verb(enum method method);
/* What follows the token in the URL; "" for most. */
const char *method_query(enum method method);
/* Seconds after which an unanswered call has failed. */
unsigned method_timeout_s(enum method method);

#endif
