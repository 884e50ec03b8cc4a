/* SPDX-License-Identifier: MIT */
#include "core/order.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *words;
} orders[ORDER_COUNT] = {
#define ORDER_ROW(id, name, words) [id] = {name, words},
    ORDER_TABLE(ORDER_ROW)
#undef ORDER_ROW
};

const char *order_name(enum order order)
{
    return orders[order].name;
}

const char *order_words(enum order order)
{
    return orders[order].words;
}

/* The first that holds, counted from the top. While an instance is being linked it stands where it stood unlinked: a row
 * must not jump under the cursor because its code comes. No token is as final as a refused one. */
static int64_t problem_rank(const struct instance *it, int64_t now)
{
    const struct link *link = &it->link;
    static const int ranks[PHASE_COUNT] = {
        [PHASE_BLOCKED] = 1, [PHASE_REFUSED] = 2, [PHASE_NO_TOKEN] = 2, [PHASE_ERROR] = 3, [PHASE_PASSKEY] = 4, [PHASE_SUSPENDED] = 5,
        [PHASE_OFFLINE] = 8, [PHASE_LINKED] = 9,
    };
    if (link_starts_too_long(link, now))
        return 6;
    return ranks[link->phase] && !link_is_busy(link) ? ranks[link->phase] : 7;
}

/* Numbers within a text count as numbers: shop-2 comes before shop-10. */
static int natural(const char *a, const char *b)
{
    while (*a && *b) {
        if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
            a += strspn(a, "0"), b += strspn(b, "0");
            size_t m = strspn(a, "0123456789"), n = strspn(b, "0123456789");
            int differs = m != n ? (m > n) - (m < n) : strncmp(a, b, m);
            if (differs)
                return differs;
            a += m, b += n;
            continue;
        }
        int x = tolower((unsigned char)*a), y = tolower((unsigned char)*b);
        if (x != y)
            return x - y;
        a++, b++;
    }
    return (unsigned char)*a - (unsigned char)*b;
}

const char *order_error_of(const struct instance *it)
{
    bool fine = it->link.phase == PHASE_LINKED || it->link.phase == PHASE_UNLINKED || link_has_code(&it->link);
    return it->problem ? it->problem : fine ? "" : it->link.reason;
}

int64_t order_code_left(const struct link *link, int64_t now)
{
    int64_t pairing = link_pairing_left(link, now);
    return pairing >= 0 ? pairing : link_code_left(link, now);
}

/* Who has nothing stands behind who has something. */
static const char *text_of(const struct instance *it, enum order order)
{
    switch (order) {
    case ORDER_LABEL:
        return it->label;
    case ORDER_ID:
        return it->id;
    case ORDER_PHONE:
        return it->link.account.phone;
    case ORDER_NAME:
        return it->link.account.pushname;
    case ORDER_ERROR:
        return order_error_of(it);
    default:
        return "";
    }
}

static int64_t number_of(const struct instance *it, enum order order, int64_t now)
{
    int64_t left;
    switch (order) {
    case ORDER_PROBLEMS:
        return problem_rank(it, now);
    case ORDER_PHASE:
        return it->link.phase;
    case ORDER_CODE:
        left = order_code_left(&it->link, now);
        return left < 0 ? INT64_MAX : left;
    case ORDER_SESSION:
        left = link_session_left(&it->link, now);
        return left < 0 ? INT64_MAX : left;
    case ORDER_SINCE:
        return -it->link.phase_since;
    default:
        return text_of(it, order)[0] ? 0 : 1;
    }
}

struct entry {
    const struct instance *it;
    int64_t number;
    const char *text;
    size_t place;
};

static int compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    int differs = natural(a->text, b->text);
    return differs ? differs : a->place < b->place ? -1 : 1;
}

bool order_sort(const struct instance **rows, size_t count, enum order order, int64_t now)
{
    if (order == ORDER_CONFIG || count < 2)
        return true;
    struct entry *entries = calloc(count, sizeof *entries);
    if (!entries)
        return false;
    for (size_t i = 0; i < count; i++)
        entries[i] = (struct entry){rows[i], number_of(rows[i], order, now), text_of(rows[i], order), i};
    qsort(entries, count, sizeof *entries, compare);
    for (size_t i = 0; i < count; i++)
        rows[i] = entries[i].it;
    free(entries);
    return true;
}
