/* SPDX-License-Identifier: MIT
 * The fates: one table that says how each simulated instance behaves, and what is said when on its websocket.
 */
#ifndef SCANDECK_SIM_FATE_H
#define SCANDECK_SIM_FATE_H

#include <stdbool.h>
#include <stddef.h>

enum fate_state { FATE_NOT_AUTHORIZED, FATE_STARTING, FATE_AUTHORIZED, FATE_SUSPENDED, FATE_BLOCKED };

enum fate_say {
    SAY_NO_MORE, /* the end of a script: silence for ever */
    SAY_CODE,
    SAY_BROKEN_CODE,
    SAY_ACCOUNT,
    SAY_ACCOUNT_OBJECT, /* nested as an object in `message` */
    SAY_ACCOUNT_STRING, /* nested as JSON in a string in `message` */
    SAY_ACCOUNT_HOSTILE,
    SAY_ALREADY,
    SAY_ERROR_AUTH,
    SAY_ERROR_STARTING,
    SAY_ERROR_HOSTILE,
    SAY_TIMEOUT,
    SAY_TIMEOUT_EXPIRED,
    SAY_PASSKEY,
    SAY_JUNK, /* a binary frame */
    SAY_HTML,
    SAY_UNKNOWN,
    SAY_UNKNOWN_HOSTILE,
    SAY_LARGE,     /* 512 KiB in fragments: legal */
    SAY_TOO_LARGE, /* 2 MiB */
    SAY_CLOSE,     /* a close frame */
    SAY_CUT        /* the connection ends without one */
};

/* One thing said, so many simulated seconds after the one before it. */
struct fate_step {
    unsigned after_s;
    enum fate_say say;
};

struct fate {
    const char *name;
    const char *does;
    enum fate_state born;
    unsigned settles_s; /* born STARTING: seconds until it is not authorized; else 0 */
    unsigned links_s;   /* seconds of `starting` between the scan and `authorized` */
    unsigned refusal;   /* HTTP status that answers everything, or 0 */
    unsigned wall;      /* HTTP status that answers a websocket, while all else works; or 0 */
    bool drops;         /* every connection ends without an answer */
    const struct fate_step *steps; /* a session while not authorized; ends with SAY_NO_MORE */
};

size_t fate_count(void);
const struct fate *fate_at(size_t index);
/* NULL when there is none of this name. */
const struct fate *fate_named(const char *name);

/* After a logout, and for who waits for a phone: codes and nothing else. */
const struct fate *fate_patient(void);

/* Scripts that do not depend on the fate. */
extern const struct fate_step fate_linked_steps[];   /* the instance is linked already */
extern const struct fate_step fate_starting_steps[]; /* it is still starting */
extern const struct fate_step fate_scanned_steps[];  /* a phone scanned the code now */
extern const struct fate_step fate_closing_steps[];  /* a final frame was sent */

/* A frame after which the service has nothing more to say, and one that tells of a link. */
bool fate_is_final(enum fate_say say);
bool fate_links(enum fate_say say);

#endif
