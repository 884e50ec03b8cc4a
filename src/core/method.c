/* SPDX-License-Identifier: MIT */
#include "core/method.h"

static const struct {
    const char *name, *verb, *query;
    unsigned timeout_s;
} methods[METHOD_COUNT] = {
#define METHOD_ROW(id, name, verb, query, seconds) [id] = {name, verb, query, seconds},
    METHOD_TABLE(METHOD_ROW)
#undef METHOD_ROW
};

const char *method_name(enum method method)
{
    return methods[method].name;
}

const char *method_verb(enum method method)
{
    return methods[method].verb;
}

const char *method_query(enum method method)
{
    return methods[method].query;
}

unsigned method_timeout_s(enum method method)
{
    return methods[method].timeout_s;
}
