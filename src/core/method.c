/* SPDX-License-Identifier: MIT */
#include "core/method.h"

static const struct {
    const char *name;
    unsigned timeout_s;
} methods[METHOD_COUNT] = {
#define METHOD_ROW(id, name, seconds) [id] = {name, seconds},
    METHOD_TABLE(METHOD_ROW)
#undef METHOD_ROW
};

const char *method_name(enum method method)
{
    return methods[method].name;
}

unsigned method_timeout_s(enum method method)
{
    return methods[method].timeout_s;
}
