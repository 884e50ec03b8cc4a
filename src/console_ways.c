/* SPDX-License-Identifier: MIT
 * Ways to link besides the code on the screen: a pairing code, the vendor's page, the whole cure; and what is known of an
 * instance.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console.h"
#include "core/text.h"
#include "details.h"

/* Of a label, on the bottom line. */
#define LABEL_COLUMNS 20

/* Where a browser can give the passkey that a terminal cannot [D: release 5.44.37.12]. */
#define VENDOR_PAGE "https://qr.green-api.com/waInstance%s/%s"

static bool typed_number(struct console *con, const char *text, bool done)
{
    char digits[PHONE_SIZE], why[sizeof con->prompt.why];
    struct instance *it = con->prompt.about;
    if (!text || !done)
        return true;
    if (!it)
        return console_refuse(con, "this instance is gone from the configuration");
    if (!phone_parse(digits, text, why, sizeof why))
        return console_refuse(con, why);
    const struct link_event order = {.kind = LINK_EV_PAIR, .text = digits};
    if (!app_order(con->app, it, &order))
        return console_refuse(con, console_refusal(it));
    it->requested = true;
    return true;
}

void console_pair(struct console *con)
{
    char label[sizeof con->prompt.label], name[LABEL_COLUMNS * 4];
    if (!con->selected || !console_takes_orders(con))
        return;
    if (!link_takes(&con->selected->link, LINK_EV_PAIR)) {
        console_notice(con, "stop it first: it is being linked");
        return;
    }
    console_choose(con);
    text_fit(name, sizeof name, con->selected->label, LABEL_COLUMNS, true);
    snprintf(label, sizeof label, "phone number for %s, country code first:", name);
    console_prompt(con, typed_number, label, "");
}

static void answer_page(struct console *con, struct instance *it, int key)
{
    char *address = NULL;
    if (!console_is_yes(key) || !it || !it->token || asprintf(&address, VENDOR_PAGE, it->id, it->token) < 0)
        return;
    bool copied = ui_copy(con->ui, address);
    explicit_bzero(address, strlen(address));
    free(address);
    console_notice(con, copied ? "copied, if the terminal allows it: open it in a browser, link there, and clear the clipboard"
                               : "it could not be copied");
}

void console_vendor_page(struct console *con)
{
    char text[sizeof con->question.text], name[LABEL_COLUMNS * 4];
    const struct instance *it = con->selected;
    if (!console_takes_orders(con))
        return;
    if (!it || it->link.phase != PHASE_PASSKEY) {
        console_notice(con, "only for an instance of which WhatsApp wants a passkey");
        return;
    }
    text_fit(name, sizeof name, it->label, LABEL_COLUMNS, true);
    snprintf(text, sizeof text, "The page's address holds the token of %s. Copy it? y/N", name);
    console_ask(con, answer_page, con->selected, text);
}

static void answer_reboot(struct console *con, struct instance *it, int key)
{
    if (console_is_yes(key))
        console_order(con, it, LINK_EV_REBOOT);
}

static void answer_cure(struct console *con, struct instance *it, int key)
{
    if (console_is_yes(key))
        console_order(con, it, LINK_EV_CURE);
}

void console_reboot(struct console *con)
{
    const struct link *link = con->selected ? &con->selected->link : NULL;
    bool cure = link && link_was_in_vain(link);
    const char *follows = cure                          ? "Minutes later its new code is shown."
                          : link && link_is_busy(link) ? "Its linking ends; it restarts for minutes."
                                                        : "It restarts, which takes minutes.";
    console_ask_order(con, cure ? answer_cure : answer_reboot, con->selected, (struct console_order_words){"Reboot", NULL, follows});
}

static void write_details(struct console *con, char *dst, size_t size)
{
    struct ui_model model;
    console_make_model(con, &model);
    const struct clock_pair clocks = {model.now, model.unix_now, model.speed};
    if (con->selected)
        details_write(dst, size, con->selected, &clocks);
}

void console_details(struct console *con)
{
    if (!con->selected)
        return;
    console_choose(con);
    app_command(con->app, con->selected, LINK_EV_DETAILS);
    console_open_page(con, "Details", "details", write_details);
}
