/* SPDX-License-Identifier: MIT */
#include "replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/file.h"
#include "core/text.h"

struct replay {
    struct transcript transcript;
    struct app *app;
    size_t next;
};

struct replay *replay_read(const char *path, char *why, size_t why_size)
{
    char name[128], reason[256];
    struct file_content content;
    text_clean(name, sizeof name, path, strlen(path), NULL);
    if (!file_read(&content, path, FILE_REGULAR, TRANSCRIPT_BYTES_MAX, reason, sizeof reason)) {
        snprintf(why, why_size, "'%s' %s", name, reason);
        return NULL;
    }
    struct replay *replay = calloc(1, sizeof *replay);
    snprintf(why, why_size, "out of memory");
    bool ok = replay && transcript_read(&replay->transcript, content.text, content.len, name, why, why_size);
    file_content_free(&content);
    if (!ok)
        replay_free(&replay);
    return replay;
}

const struct transcript *replay_transcript(const struct replay *replay)
{
    return &replay->transcript;
}

static int64_t next_at(void *owner)
{
    const struct replay *replay = owner;
    const struct transcript *transcript = &replay->transcript;
    return replay->next < transcript->event_count ? transcript->events[replay->next].at : transcript->end_at;
}

static void feed(struct replay *replay, struct instance *it, const struct transcript_event *event)
{
    static const enum net_event_kind kinds[] = {
        [LINK_EV_OPEN] = NET_OPEN,       [LINK_EV_FRAME] = NET_FRAME,   [LINK_EV_TOO_LARGE] = NET_TOO_LARGE,
        [LINK_EV_REFUSED] = NET_REFUSED, [LINK_EV_FAILED] = NET_FAILED, [LINK_EV_CLOSED] = NET_CLOSED,
        [LINK_EV_LOST] = NET_LOST,
        [LINK_EV_REPLY] = NET_REPLY,     [LINK_EV_CALL_FAILED] = NET_CALL_FAILED,
    };
    const char *data = event->data ? event->data : "";
    if (event->kind < LINK_EV_TICK) {
        const struct link_event order = {.kind = event->kind, .text = event->data, .trust_ms = event->trust_ms};
        app_play_order(replay->app, it, &order);
        return;
    }
    const struct net_event news = {.kind = kinds[event->kind],
                                   .tag = it->tag,
                                   .method = event->method,
                                   .status = event->status,
                                   .data = data,
                                   .len = strlen(data)};
    app_play_news(replay->app, &news);
}

static void compare(const struct replay *replay, const struct instance *it, const struct transcript_event *event)
{
    char text[160];
    if (it->link.phase == event->phase)
        return;
    snprintf(text, sizeof text, "the replay went another way: it is '%s' here, and was '%s' when it was recorded",
             phase_words(it->link.phase), phase_words(event->phase));
    app_note(replay->app, LOG_WARN, it->label, text);
}

/* At the end the clock stops: what the machines would do now was not recorded. */
static void play(void *owner)
{
    struct replay *replay = owner;
    if (replay->next == replay->transcript.event_count) {
        app_stop_clock(replay->app, replay->transcript.end_at);
        app_note(replay->app, LOG_INFO, "", "the transcript ends here");
        return;
    }
    const struct transcript_event *event = &replay->transcript.events[replay->next++];
    struct instance *it = app_fleet(replay->app)->items[event->instance];
    feed(replay, it, event);
    compare(replay, it, event);
}

void replay_start(struct replay *replay, struct app *app)
{
    replay->app = app;
    app_set_player(app, &(struct app_player){next_at, play, replay});
}

void replay_free(struct replay **replay)
{
    if (*replay)
        transcript_free(&(*replay)->transcript);
    free(*replay);
    *replay = NULL;
}
