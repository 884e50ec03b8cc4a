/* SPDX-License-Identifier: MIT */
#include "ui/explain.h"

#include <ctype.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ui/advise.h"
#include "ui/clock_words.h"
#include "ui/offer.h"

/* From here on a wait is worth a word. */
#define LONG_WAIT_MS 10000
#define SPAN_MAX 32

/* A text that grows up to its buffer's end. */
struct note {
    char *text;
    size_t size, used;
    const struct ui_model *model;
    const struct instance *it;
    bool in_keys; /* within a sentence about keys */
};

__attribute__((format(printf, 2, 3))) static void say(struct note *n, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int wrote = vsnprintf(n->text + n->used, n->size - n->used, format, args);
    va_end(args);
    if (wrote > 0)
        n->used += (size_t)wrote < n->size - n->used ? (size_t)wrote : n->size - n->used - 1;
}

/* What a key does; nothing where it does not do it now. Several join to one sentence. */
static void say_key(struct note *n, enum action action, const char *does)
{
    char name[OFFER_KEY_MAX];
    if (!offer_works(n->model, n->it, action) || !offer_key(n->model, action, name))
        return;
    say(n, "%s%s %s", n->in_keys ? "; " : "", name, does);
    n->in_keys = true;
}

static void end_keys(struct note *n)
{
    if (n->in_keys)
        say(n, ".\n");
    n->in_keys = false;
}

static int64_t lasts(const struct note *n)
{
    return n->model->now - n->it->link.phase_since;
}

struct span_text {
    char text[SPAN_MAX];
};

static struct span_text span_of(int64_t ms)
{
    struct span_text span;
    clock_span(span.text, sizeof span.text, ms);
    return span;
}

/* The core's reasons go on after a colon in the log; here they stand alone. */
static void say_reason(struct note *n)
{
    const char *reason = n->it->link.reason;
    if (reason[0])
        say(n, "%c%s.\n", toupper((unsigned char)reason[0]), reason + 1);
}

static void say_config_line(struct note *n)
{
    if (n->it->line)
        say(n, "Config: line %u.\n", n->it->line);
}

static void say_how_to_scan(struct note *n)
{
    say(n, "\nOn the phone: WhatsApp, Linked devices, Link a device.\n");
}

static void say_no_token(struct note *n)
{
    char key[OFFER_KEY_MAX];
    say(n, "There is no token, so the service cannot be asked: %s.\n", n->it->problem ? n->it->problem : "it was not recorded");
    say_config_line(n);
    if (!n->it->problem || n->model->replay)
        return;
    say(n, "\nMend that, then save the configuration");
    if (offer_key(n->model, ACTION_EDIT, key))
        say(n, " (%s edits it)", key);
    say(n, ": the token is fetched again.\n");
}

static void say_unknown(struct note *n)
{
    say(n, "The state is not known yet.\n\n");
    say_key(n, ACTION_REFRESH, "asks for it");
    say_key(n, ACTION_LINK, "shows a code");
}

static void say_checking(struct note *n)
{
    const char *reason = n->it->link.reason[0] ? n->it->link.reason : "asking the service for the state";
    say(n, "%c%s: %s.\n", toupper((unsigned char)reason[0]), reason + 1, span_of(lasts(n)).text);
}

static void say_unlinked(struct note *n)
{
    say(n, "%s is not linked. ", n->it->label);
    say_key(n, ACTION_LINK, "shows its code");
    end_keys(n);
    say(n, "\n");
    say_reason(n);
}

static void say_connecting(struct note *n)
{
    say(n, "Connecting to %s: %s.\n", n->it->endpoint.host, span_of(lasts(n)).text);
    say_reason(n);
    if (lasts(n) >= LONG_WAIT_MS)
        say(n, "The service may take up to 60 s.\n");
    say_how_to_scan(n);
}

static void say_waiting(struct note *n)
{
    say(n, "Connected, waiting for the code: %s.\n", span_of(lasts(n)).text);
    if (lasts(n) >= LONG_WAIT_MS)
        say(n, "The service may take up to 60 s.\n");
    say_how_to_scan(n);
}

static void say_code(struct note *n)
{
    say(n, "A code has come, its picture is being read.\n");
}

static void say_stale(struct note *n)
{
    say(n, "This code has expired, waiting for the next (%s).\n", span_of(lasts(n)).text);
}

static void say_pairing(struct note *n)
{
    const struct link *link = &n->it->link;
    if (!link->pairing_code[0]) {
        say(n, "Asking the service for a pairing code: %s.\n", span_of(lasts(n)).text);
        return;
    }
    say(n, "On the phone: WhatsApp, Linked devices, Link a device, Link with phone number instead.\n\nPairing code: %s\n",
        link->pairing_code);
    say(n, "\nIt lives for another %lld s.\n", (long long)clock_seconds(link_pairing_left(link, n->model->now)));
}

static void say_linking(struct note *n)
{
    say(n, "Scanned: WhatsApp is linking, %s.\nThis can take minutes for a large history; do not scan again.\n",
        span_of(lasts(n)).text);
}

static void say_fact(struct note *n, const char *name, const char *value)
{
    if (value[0])
        say(n, "%-9s %s\n", name, value);
}

static void say_account(struct note *n)
{
    const struct wire_account *account = &n->it->link.account;
    char phone[sizeof account->phone + 1] = "", date[SPAN_MAX];
    if (account->phone[0])
        snprintf(phone, sizeof phone, "+%s", account->phone);
    const struct clock_pair clocks = {n->model->now, n->model->unix_now, n->model->speed};
    clock_date_of(date, sizeof date, &clocks, n->it->link.state_since);
    say_fact(n, "phone", phone);
    say_fact(n, "name", account->pushname);
    say_fact(n, "wid", account->wid);
    say_fact(n, "webhook", account->webhook_url);
    /* Without a code of ours it was linked at some time before. */
    say_fact(n, n->it->link.code_index > 0 ? "since" : "seen", date);
}

static void say_linked(struct note *n)
{
    char key[OFFER_KEY_MAX];
    say(n, "%s is linked.\n\n", n->it->label);
    say_account(n);
    say(n, "\n");
    if (n->it->link.code_index > 0)
        say_key(n, ACTION_LOGOUT, "logs it out");
    else if (offer_works(n->model, n->it, ACTION_LOGOUT) && offer_key(n->model, ACTION_LOGOUT, key))
        say(n, "To link another phone, log out first (%s).\n", key);
}

static void say_advice(struct note *n)
{
    const char *advice = wire_advice(n->it->link.reason);
    if (advice)
        say(n, "\n%c%s.\n", toupper((unsigned char)advice[0]), advice + 1);
}

static void say_expired(struct note *n)
{
    const struct link *link = &n->it->link;
    say_reason(n);
    if (link->limits.renewals && !link->pairing)
        say(n, "Renewed %u of %u.\n", link->renewed, link->limits.renewals);
    say_advice(n);
    say(n, "\n");
    say_key(n, ACTION_LINK, "tries again");
    say_key(n, ACTION_REBOOT, "reboots, which the service advises after 5 minutes of codes, and then shows a new code");
}

/* Whether the reason, or what is known of it, tells the operator to do this. */
static bool asks_for(const struct note *n, const char *what)
{
    const char *advice = wire_advice(n->it->link.reason);
    return strcasestr(n->it->link.reason, what) || (advice && strcasestr(advice, what));
}

static void say_error(struct note *n)
{
    say_reason(n);
    say_advice(n);
    say(n, "\n");
    if (asks_for(n, "log out") || asks_for(n, "logout"))
        say_key(n, ACTION_LOGOUT, "logs it out");
    if (asks_for(n, "reboot"))
        say_key(n, ACTION_REBOOT, link_was_in_vain(&n->it->link) ? "reboots it, and then shows a new code"
                                                               : "reboots it; then give it 2 minutes");
    if (asks_for(n, "refresh"))
        say_key(n, ACTION_REFRESH, "asks for the state again");
    say_key(n, ACTION_LINK, "tries again");
}

static void say_passkey(struct note *n)
{
    say(n,
        "WhatsApp asks this account for a passkey before it links.\n"
        "Only a browser can give it: a terminal cannot, and a pairing code meets the same question.\n"
        "The way out: open the instance in the vendor's console in a browser and scan its code there.\n\n");
    say_key(n, ACTION_VENDOR_PAGE, "copies the address of that page, which holds the token (asks first)");
    say_key(n, ACTION_REFRESH, "asks for the state afterwards");
}

static void say_refused(struct note *n)
{
    if (n->it->link.reason[0])
        say_reason(n);
    else
        say(n, "The service refused: %u.\n", n->it->link.status);
    say_config_line(n);
    say(n, "\n");
    say_key(n, ACTION_REFRESH, "asks again");
}

static void say_offline(struct note *n)
{
    const struct link *link = &n->it->link;
    if (link->reason[0])
        say_reason(n);
    else
        say(n, "%s cannot be reached.\n", n->it->endpoint.host);
    int64_t left = link->retry_at - n->model->now;
    if (link->retry_at && left > 0)
        say(n, "Next try in %lld s.\n", (long long)clock_seconds(left));
    say(n, "\n");
    say_key(n, ACTION_REFRESH, "asks again at once");
}

static void say_starting(struct note *n)
{
    const struct link *link = &n->it->link;
    if (link->reason[0])
        say_reason(n);
    else
        say(n, "The instance is starting, normally for up to 5 minutes.\n");
    say(n, "So far: %s.\n\n", span_of(n->model->now - (link->starting_since ? link->starting_since : link->phase_since)).text);
    if (link_starts_too_long(link, n->model->now))
        say_key(n, ACTION_REBOOT, "reboots it; then give it 2 minutes");
}

static void say_blocked(struct note *n)
{
    if (n->it->link.reason[0])
        say_reason(n);
    else
        say(n, "WhatsApp has banned this number.\n");
    say(n, "\n");
    say_key(n, ACTION_REFRESH, "asks again");
}

static void say_suspended(struct note *n)
{
    char until[SPAN_MAX];
    if (n->it->link.reason[0])
        say_reason(n);
    else
        say(n, "Linked, but WhatsApp restricts sending: slow down and wait.\n");
    clock_date(until, sizeof until, n->it->link.suspended_until);
    if (n->it->link.suspended_until)
        say(n, "Until %s.\n", until);
    say(n, "\n");
    say_account(n);
}

void explain_phase(char *dst, size_t size, const struct ui_model *model, const struct instance *instance)
{
    static void (*const sayers[PHASE_COUNT])(struct note *) = {
        [PHASE_UNKNOWN] = say_unknown,       [PHASE_CHECKING] = say_checking,   [PHASE_UNLINKED] = say_unlinked,
        [PHASE_CONNECTING] = say_connecting, [PHASE_WAITING] = say_waiting,     [PHASE_CODE] = say_code,
        [PHASE_STALE] = say_stale,           [PHASE_PAIRING] = say_pairing,     [PHASE_LINKING] = say_linking,
        [PHASE_LINKED] = say_linked,         [PHASE_EXPIRED] = say_expired,     [PHASE_ERROR] = say_error,
        [PHASE_PASSKEY] = say_passkey,       [PHASE_NO_TOKEN] = say_no_token,   [PHASE_REFUSED] = say_refused,
        [PHASE_OFFLINE] = say_offline,       [PHASE_STARTING] = say_starting,   [PHASE_BLOCKED] = say_blocked,
        [PHASE_SUSPENDED] = say_suspended,
    };
    dst[0] = '\0';
    struct note n = {.text = dst, .size = size, .model = model, .it = instance};
    if (!instance) {
        say(&n, model->fleet->count ? "No instance fits the filter. Esc shows all again.\n"
                                    : "There is no instance in the configuration.\n");
        return;
    }
    sayers[instance->link.phase](&n);
    end_keys(&n);
}

static void say_fit(struct note *n, const struct advise_request *request)
{
    char line[EXPLAIN_MAX / 4];
    int columns, rows;
    advise_fit(line, sizeof line, request);
    say(n, "There is a code, but no room to draw it so that a phone can read it.\n\n%s.\n", line);
    if (!strstr(line, "enlarge") && advise_window(request, &columns, &rows))
        say(n, "\nOr enlarge the window to %dx%d, or make its font smaller.\n", columns, rows);
}

void explain_no_room(char *dst, size_t size, const struct ui_model *model, const struct layout_request *request,
                     const struct ui_ability *abilities)
{
    dst[0] = '\0';
    struct note n = {.text = dst, .size = size, .model = model, .it = model->subject};
    char mode_key[OFFER_KEY_MAX], zoom_key[OFFER_KEY_MAX];
    offer_key(model, ACTION_MODE, mode_key);
    offer_key(model, ACTION_ZOOM, zoom_key);
    const struct advise_request advice = {
        .layout = *request, .abilities = abilities, .mode_key = mode_key, .zoom_key = zoom_key};
    if (model->barred && qr_mode_pick(QR_MODE_AUTO, request->modules, INT_MAX, INT_MAX, &request->terminal,
                                      model->barred) < 0)
        say(&n, "There is a code, but no drawing of it reads back as what was sent: none is shown. The log says why.\n");
    else
        say_fit(&n, &advice);
    if (!request->terminal.can[QR_ABILITY_HALF_BLOCKS] && abilities[QR_ABILITY_HALF_BLOCKS].sure)
        say(&n, "\nHalf blocks, which are a quarter as large, cannot be drawn: %s.\n",
            abilities[QR_ABILITY_HALF_BLOCKS].why);
}

void explain_too_small(char *dst, size_t size, const struct ui_model *model, const struct layout *layout, int columns,
                       int rows)
{
    dst[0] = '\0';
    struct note n = {.text = dst, .size = size, .model = model};
    say(&n, "scandeck needs %dx%d, this window has %dx%d.\n", LAYOUT_MIN_COLUMNS, LAYOUT_MIN_ROWS, columns, rows);
    if (layout->zoom_would_fit)
        say_key(&n, ACTION_ZOOM, "shows only the code");
    end_keys(&n);
}
