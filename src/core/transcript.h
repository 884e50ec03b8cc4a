/* SPDX-License-Identifier: MIT
 * A recorded session as text, one JSON object a line: a header with the fleet, then what happened to each machine and
 * when. What is in the data was disguised before; this only spells and reads.
 */
#ifndef SCANDECK_CORE_TRANSCRIPT_H
#define SCANDECK_CORE_TRANSCRIPT_H

#include "core/fleet.h"

#define TRANSCRIPT_BYTES_MAX ((size_t)64 << 20)
#define TRANSCRIPT_LINE_MAX ((size_t)2 << 20)
#define TRANSCRIPT_INSTANCES_MAX 1000

/* What is recorded, and its name. Ticks are not: they follow from the times. */
#define TRANSCRIPT_TABLE(X)                \
    X(LINK_EV_LINK, "link")                \
    X(LINK_EV_STOP, "stop")                \
    X(LINK_EV_REFRESH, "refresh")          \
    X(LINK_EV_LOGOUT, "logout")            \
    X(LINK_EV_REBOOT, "reboot")            \
    X(LINK_EV_PAIR, "pair")                \
    X(LINK_EV_CURE, "cure")                \
    X(LINK_EV_DETAILS, "details")          \
    X(LINK_EV_OPEN, "open")                \
    X(LINK_EV_FRAME, "frame")              \
    X(LINK_EV_TOO_LARGE, "too_large")      \
    X(LINK_EV_REFUSED, "refused")          \
    X(LINK_EV_FAILED, "failed")            \
    X(LINK_EV_CLOSED, "closed")            \
    X(LINK_EV_LOST, "lost")                \
    X(LINK_EV_REPLY, "reply")              \
    X(LINK_EV_CALL_FAILED, "call_failed")

struct transcript_instance {
    char label[LOG_LABEL_MAX];
    char id[ENDPOINT_ID_MAX + 1];
    struct endpoint endpoint;
    int64_t check_at; /* its first state check; INT64_MAX = none */
    uint32_t seed;
    bool no_token; /* there was none, so nothing happened to it */
};

struct transcript_event {
    int64_t at;      /* ms of the recorded app's clock */
    size_t instance; /* its number in the header */
    enum link_event_kind kind;
    enum method method; /* REPLY, CALL_FAILED */
    unsigned status;
    int64_t trust_ms; /* LINK */
    enum phase phase; /* after the step */
    char *data; /* PAIR: the number; FRAME, REPLY: what came; else a sentence. NULL = nothing */
    const char *note; /* what the recorder has to say of it; only written */
};

struct transcript {
    struct link_limits limits;
    size_t instance_count;
    struct transcript_instance *instances;
    size_t event_count, event_room;
    struct transcript_event *events; /* in the order of their times */
    int64_t end_at; /* when the recording was ended; its last event's time when it was cut off */
};

/* A line, ending in a line feed; NULL when memory is out. The caller frees it. The header has to be written before the
 * machines made their first step. */
char *transcript_spell_header(const struct fleet *fleet, const char *version);
char *transcript_spell_event(const struct transcript_event *event);
char *transcript_spell_end(int64_t at);

/* Reads a whole file's text. `name` is the file's, cleaned. On failure writes "NAME:LINE: what is wrong" to `why`, returns
 * false and leaves nothing to free. */
bool transcript_read(struct transcript *out, const char *text, size_t len, const char *name, char *why, size_t why_size);
void transcript_free(struct transcript *transcript);

#endif
