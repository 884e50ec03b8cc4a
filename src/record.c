/* SPDX-License-Identifier: MIT */
#include "record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "core/text.h"
#include "core/transcript.h"
#include "disguise.h"

/* Kept free for the last line. */
#define END_BYTES 128
#define WHY_MAX 128

struct record {
    struct app *app;
    int fd;
    struct disguise disguise;
    unsigned *tags; /* of the instances in the header */
    size_t count, bytes;
    bool broken, incomplete;
    char why[WHY_MAX]; /* it is broken */
};

/* Nobody may believe in a transcript that is not there. */
static void give_up(struct record *record, const char *why)
{
    char text[160];
    record->broken = true;
    snprintf(record->why, sizeof record->why, "%s", why);
    snprintf(text, sizeof text, "the recording ends here: %s", why);
    app_note(record->app, LOG_ERROR, "", text);
}

static bool write_all(int fd, const char *text, size_t len)
{
    errno = ENOSPC; /* for a write that ends early */
    return write(fd, text, len) == (ssize_t)len;
}

/* Takes the line over. */
static void write_line(struct record *record, char *line, size_t room)
{
    size_t len = line ? strlen(line) : 0;
    if (!line)
        give_up(record, "out of memory");
    else if (record->bytes + len + room > TRANSCRIPT_BYTES_MAX)
        give_up(record, "the file has grown too large to be replayed");
    else if (!write_all(record->fd, line, len)) {
        char why[WHY_MAX];
        snprintf(why, sizeof why, "the file cannot be written: %s", strerror(errno));
        give_up(record, why);
    }
    record->bytes += len;
    free(line);
}

/* False when the instance came after the header. */
static bool find_number(struct record *record, const struct instance *it, size_t *number)
{
    for (*number = 0; *number < record->count; ++*number)
        if (record->tags[*number] == it->tag)
            return true;
    if (!record->incomplete)
        app_note(record->app, LOG_WARN, it->label, "came after the recording began: it is not in there");
    record->incomplete = true;
    return false;
}

/* An answer that is no JSON may still hold the pairing code. */
static bool may_be_code(const struct net_event *news)
{
    return news->kind == NET_REPLY && news->method == METHOD_PAIR && news->data[strspn(news->data, " \t\r\n")] != '{';
}

/* NULL when there is nothing to say, or memory is out. */
static char *data_of(struct record *record, const struct instance *it, const struct link_event *event,
                     const struct net_event *news, const char **note)
{
    bool is_message = news && news->data && (news->kind == NET_FRAME || news->kind == NET_REPLY);
    if (is_message && may_be_code(news)) {
        *note = "the answer may hold a code and was left out";
        return NULL;
    }
    if (is_message)
        return disguise_message(&record->disguise, news->data, news->len, it->token, note);
    char *text = event->text && event->text[0] ? strdup(event->text) : NULL;
    if (text)
        disguise_text(&record->disguise, text);
    return text;
}

static void on_event(void *owner, int64_t now, const struct instance *it, const struct link_event *event,
                     const struct net_event *news)
{
    struct record *record = owner;
    struct transcript_event line = {.at = now,
                                    .kind = event->kind,
                                    .method = event->method,
                                    .status = news ? news->status : event->status,
                                    .trust_ms = event->trust_ms,
                                    .phase = it->link.phase};
    if (record->broken || !find_number(record, it, &line.instance))
        return;
    line.data = data_of(record, it, event, news, &line.note);
    write_line(record, transcript_spell_event(&line), END_BYTES);
    free(line.data);
}

static bool begin(struct record *record)
{
    const struct fleet *fleet = app_fleet(record->app);
    record->tags = calloc(fleet->count + 1, sizeof *record->tags);
    if (!record->tags)
        return give_up(record, "out of memory"), false;
    int failed = uv_random(NULL, NULL, &record->disguise, sizeof record->disguise, 0, NULL);
    if (failed)
        return give_up(record, uv_strerror(failed)), false;
    record->count = fleet->count;
    for (size_t i = 0; i < fleet->count; i++)
        record->tags[i] = fleet->items[i]->tag;
    write_line(record, transcript_spell_header(fleet, PACKAGE_VERSION), END_BYTES);
    app_set_tap(record->app, &(struct app_tap){on_event, record});
    return !record->broken;
}

struct record *record_open(struct app *app, const char *path, char *why, size_t why_size)
{
    char name[256];
    text_clean(name, sizeof name, path, strlen(path), NULL);
    struct record *record = calloc(1, sizeof *record);
    int fd = record ? open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600) : -1;
    if (fd < 0) {
        snprintf(why, why_size, "cannot record to '%s': %s", name,
                 errno == EEXIST ? "it exists already" : strerror(errno));
        free(record);
        return NULL;
    }
    record->app = app;
    record->fd = fd;
    if (begin(record))
        return record;
    snprintf(why, why_size, "cannot record to '%s': %s", name, record->why);
    record_close(&record);
    (void)unlink(path); /* made just now, and of no use */
    return NULL;
}

bool record_close(struct record **where)
{
    struct record *record = *where;
    if (!record)
        return true;
    app_set_tap(record->app, &(struct app_tap){0});
    if (!record->broken)
        write_line(record, transcript_spell_end(app_now(record->app)), 0);
    bool ok = close(record->fd) == 0 && !record->broken;
    free(record->tags);
    free(record);
    *where = NULL;
    return ok;
}
