/* SPDX-License-Identifier: MIT
 * Keys as they arrive, read by read. What a key does was meant: a paste is no typing, and what comes all at once is one, unless
 * it moves.
 */
#include <signal.h>
#include <stdio.h>

#include "console.h"

/* Keys of one read; longer ones are read in parts. */
#define READ_MAX 1024
/* Such parts in a turn: an endless input must not stop the loop. */
#define READS_MAX 64
/* A long paste without brackets comes in several reads, which follow each other at once. */
#define BURST_GAP_MS 30
/* A yes stands alone: with another key so soon behind it, it was none. */
#define ANSWER_PAUSE_MS 80

/* What waited in the input. */
struct arrival {
    int keys[READ_MAX];
    size_t count;
    bool several; /* different characters: nobody types them at once */
    bool types;   /* at least one of them */
    bool pasted;  /* a paste in brackets came behind the keys */
};

static bool is_character(int key)
{
    return key >= KEYNAME_SPACE && key < KEYNAME_FIRST;
}

/* A line end behind a character is as little typed in the same moment as another character. */
static void note_key(struct arrival *arrival, int key, int *first)
{
    if (is_character(key)) {
        arrival->several = arrival->several || (arrival->types && key != *first);
        arrival->types = true;
        *first = key;
    } else if (key == KEYNAME_ENTER && arrival->types)
        arrival->several = true;
}

static void read_arrival(struct console *con, struct arrival *arrival, int64_t now)
{
    int key, first = KEYNAME_NONE;
    *arrival = (struct arrival){.count = 0};
    while (arrival->count < READ_MAX && (key = ui_key(con->ui, now)) != KEYNAME_NONE) {
        if (key == KEYNAME_PASTE) {
            arrival->pasted = true;
            return;
        }
        note_key(arrival, key, &first);
        arrival->keys[arrival->count++] = key;
    }
}

static bool moves(const struct console *con, int key)
{
    struct ui_model model;
    if (key >= KEYNAME_CLICK)
        return true;
    console_make_model(con, &model);
    return action_moves(keymap_action(&con->keymap, ui_contexts(&model), key));
}

/* To all of this job, as the terminal does. */
static bool take_signal(const struct console *con, int key)
{
    int number = ui_signal_of(con->ui, key);
    if (number)
        kill(0, number);
    return number != 0;
}

static void take_signals(const struct console *con, struct arrival *arrival)
{
    size_t kept = 0;
    for (size_t i = 0; i < arrival->count; i++)
        if (!take_signal(con, arrival->keys[i]))
            arrival->keys[kept++] = arrival->keys[i];
    arrival->count = kept;
}

static bool is_one_key(const struct arrival *arrival)
{
    for (size_t i = 1; i < arrival->count; i++)
        if (arrival->keys[i] != arrival->keys[0])
            return false;
    return !arrival->several;
}

/* Only a key that was pressed when the question could be read, and that came alone, answers it; one that says yes must stay alone,
 * see settle_answer. Returns how many were dropped. */
static size_t answer(struct console *con, const struct arrival *arrival, int64_t now)
{
    struct console_question *question = &con->question;
    int key = arrival->keys[0];
    size_t held = question->yes_at != 0;
    if (!question->painted)
        return 0;
    if (key >= KEYNAME_CLICK || (!held && is_one_key(arrival) && !console_is_yes(key))) {
        console_press(con, key);
        return 0;
    }
    if (held || arrival->count > 1) {
        question->yes_at = 0;
        return held + arrival->count;
    }
    question->yes = key;
    question->yes_at = now + ANSWER_PAUSE_MS;
    return 0;
}

static void settle_answer(struct console *con, int64_t now)
{
    if (con->question.yes_at && now >= con->question.yes_at)
        console_press(con, con->question.yes);
}

static bool is_asking(const struct console *con)
{
    return con->question.answer || con->prompt.typed;
}

/* In a prompt a line end, or a tab, among characters is a part of what was pasted. */
static int as_typed(const struct arrival *arrival, int key)
{
    return arrival->types && (key == KEYNAME_ENTER || key == KEYNAME_TAB) ? KEYNAME_SPACE : key;
}

/* What was typed before a question or a prompt came, or before one went, was not meant for what is there now. Returns how many
 * keys were dropped because they came all at once. */
static size_t take_keys(struct console *con, const struct arrival *arrival)
{
    bool typing = is_asking(con);
    size_t dropped = 0;
    for (size_t i = 0; i < arrival->count && is_asking(con) == typing; i++) {
        int key = arrival->keys[i];
        if (typing)
            console_press(con, as_typed(arrival, key));
        else if (!arrival->several || moves(con, key))
            console_press(con, key);
        else
            dropped++;
    }
    return dropped;
}

static void say_dropped(struct console *con, const char *text)
{
    /* A question stands where notices do. */
    if (con->question.answer)
        app_note(con->app, LOG_WARN, "", text);
    else
        console_notice(con, text);
    con->dirty = true;
}

static void say_dropped_keys(struct console *con, size_t count)
{
    char text[96];
    snprintf(text, sizeof text, "Dropped %zu key%s that came all at once: a paste does nothing here.", count, count == 1 ? "" : "s");
    say_dropped(con, text);
}

static void take_paste(struct console *con)
{
    char text[96];
    struct ui_paste paste = ui_paste(con->ui);
    if (con->prompt.typed && !con->question.answer) {
        console_paste(con, paste.text);
        return;
    }
    snprintf(text, sizeof text, "Dropped a paste of %zu character%s: it does nothing here.", paste.count, paste.count == 1 ? "" : "s");
    say_dropped(con, text);
}

/* A paste without an end would swallow all keys there will ever be. */
static void watch_paste(struct console *con, int64_t now)
{
    size_t count;
    if (!ui_is_pasting(con->ui, &count)) {
        con->paste_heard_at = 0;
        return;
    }
    if (!con->paste_heard_at || count != con->paste_count)
        con->paste_heard_at = now;
    else if (now - con->paste_heard_at >= CONSOLE_PASTE_PAUSE_MS) {
        ui_end_paste(con->ui);
        con->keys_left = true;
    }
    con->paste_count = count;
}

static size_t take_arrival(struct console *con, struct arrival *arrival, int64_t now)
{
    if (!arrival->several)
        take_signals(con, arrival);
    if (arrival->count == 0)
        return 0;
    return con->question.answer ? answer(con, arrival, now) : take_keys(con, arrival);
}

void console_read_keys(struct console *con, int64_t now)
{
    struct arrival arrival;
    bool behind_paste = false;
    size_t dropped = 0;
    int reads = 0;
    for (; reads < READS_MAX && !con->editing && !con->away; reads++) {
        read_arrival(con, &arrival, now);
        if (arrival.count == 0 && !arrival.pasted)
            break;
        arrival.several = arrival.several || (arrival.types && (behind_paste || now < con->burst_until));
        dropped += take_arrival(con, &arrival, now);
        if (dropped)
            con->burst_until = now + BURST_GAP_MS;
        if (arrival.pasted)
            take_paste(con);
        behind_paste = behind_paste || arrival.pasted;
    }
    con->keys_left = reads == READS_MAX;
    if (dropped)
        say_dropped_keys(con, dropped);
    settle_answer(con, now);
    watch_paste(con, now);
}

void console_drop_keys(struct console *con, int64_t now)
{
    struct arrival arrival;
    for (int i = 0; i < READS_MAX; i++) {
        read_arrival(con, &arrival, now);
        if (!arrival.several)
            take_signals(con, &arrival);
        if (arrival.pasted)
            take_paste(con);
        else if (arrival.count == 0)
            return;
    }
}
