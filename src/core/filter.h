/* SPDX-License-Identifier: MIT
 * What `/` types: words that an instance must have, or, with a '!' in front, must not have.
 */
#ifndef SCANDECK_CORE_FILTER_H
#define SCANDECK_CORE_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/fleet.h"

#define FILTER_WORDS_MAX 16
#define FILTER_WORD_MAX 64

/* id, name in front of ':' ("" = a bare word, which looks everywhere but in `is`). The phase is found by the beginning of
 * its words, so that "linked" is not "unlinked"; all else by any part. */
#define FILTER_FIELD_TABLE(X)   \
    X(FILTER_ANY, "")           \
    X(FILTER_LABEL, "label")    \
    X(FILTER_ID, "id")          \
    X(FILTER_PHONE, "phone")    \
    X(FILTER_PHASE, "phase")    \
    X(FILTER_NAME, "name")      \
    X(FILTER_IS, "is") /* is:marked */

enum filter_field {
#define FILTER_FIELD_ENUM(id, name) id,
    FILTER_FIELD_TABLE(FILTER_FIELD_ENUM)
#undef FILTER_FIELD_ENUM
        FILTER_FIELD_COUNT
};

struct filter_word {
    enum filter_field field;
    bool negated;
    char text[FILTER_WORD_MAX];
};

struct filter {
    struct filter_word words[FILTER_WORDS_MAX];
    size_t count;
};

/* Never fails: a word without text yet ("phase:", "!", "+") asks for nothing, further ones than FILTER_WORDS_MAX are left
 * out. A word in double quotes may hold blanks: phase:"code shown". A phone that begins with '+' is one that begins so. */
void filter_parse(struct filter *filter, const char *text);
bool filter_takes(const struct filter *filter, const struct instance *instance);

#endif
