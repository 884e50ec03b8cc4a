/* SPDX-License-Identifier: MIT
 * What the service says, turned into typed values: websocket frames and REST replies.
 * Facts from the vendor's documentation are marked [D], from its client code [C].
 */
#ifndef SCANDECK_CORE_WIRE_H
#define SCANDECK_CORE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/method.h"

/* A frame or body above this is refused unread; a real one is about 6.4 KB. */
#define WIRE_FRAME_MAX ((size_t)1 << 20)
#define WIRE_TEXT_MAX 400

/* The account that a phone brought with it; every field cleaned, "" when not said. */
struct wire_account {
    char wid[64];
    char pushname[128];
    char webhook_url[256]; /* masked: user info and query values removed */
    char phone[32];        /* digits, from getWaSettings or from wid */
};

enum wire_kind {
    WIRE_CODE,    /* "qrCode": a base64 PNG */
    WIRE_ERROR,   /* "error": text */
    WIRE_ACCOUNT, /* "accountData": linked */
    WIRE_ALREADY, /* "alreadyLogged" */
    WIRE_TIMEOUT, /* "timeout" [D, C] and "timeoutExpired" [D, older]: the same thing */
    WIRE_PASSKEY, /* "passkeyRequired" [D], "PassKeyRequire" on the news page */
    WIRE_UNKNOWN, /* JSON with another type, or none: kept, shown, not fatal */
    WIRE_GARBAGE  /* not JSON */
};

struct wire_frame {
    enum wire_kind kind;
    char type[48];              /* cleaned `type` as it came; for the log */
    char text[WIRE_TEXT_MAX];   /* cleaned message of error, unknown and garbage frames */
    struct wire_account account; /* ACCOUNT, and ALREADY where it brings one */
    char *code;                 /* CODE: the base64 text, owned by the frame */
    size_t code_len;
};

/* Reads one websocket message. Always fills *out. `secret` is the instance's token (may be NULL): it is
 * blanked wherever the service echoes it. wire_frame_free afterwards. */
void wire_read_frame(struct wire_frame *out, const char *data, size_t len, const char *secret);
void wire_frame_free(struct wire_frame *frame);

/* stateInstance values [D]; WIRE_STATE_OTHER covers null, empty and unknown ones. */
#define WIRE_STATE_TABLE(X)                        \
    X(WIRE_STATE_AUTHORIZED, "authorized")         \
    X(WIRE_STATE_NOT_AUTHORIZED, "notAuthorized")  \
    X(WIRE_STATE_STARTING, "starting")             \
    X(WIRE_STATE_BLOCKED, "blocked")               \
    X(WIRE_STATE_SUSPENDED, "suspended")           \
    X(WIRE_STATE_YELLOW_CARD, "yellowCard")        \
    X(WIRE_STATE_SLEEP_MODE, "sleepMode")          \
    X(WIRE_STATE_PENDING_CODE, "pendingCode")      \
    X(WIRE_STATE_PENDING_PASSWORD, "pendingPassword")

enum wire_state {
#define WIRE_STATE_ENUM(id, name) id,
    WIRE_STATE_TABLE(WIRE_STATE_ENUM)
#undef WIRE_STATE_ENUM
        WIRE_STATE_OTHER
};

/* How a REST call ended. */
enum wire_outcome {
    WIRE_OK,       /* the answer was understood */
    WIRE_STARTING_UP, /* 400 "instance in starting process": wait */
    WIRE_NOT_LINKED,  /* 400 "not authorized": the call needs a linked instance */
    WIRE_FATAL,    /* expired, deleted, over quota, bad request: retry is useless; text says why */
    WIRE_REFUSED,  /* 401, 403, 404, a redirect, or 200 with such a `code` */
    WIRE_TROUBLE   /* 429, 5xx, unreadable body: try again later */
};

/* What getAuthorizationCode gives: 8 characters [D]; a few more are taken. */
#define WIRE_PAIRING_MAX 16

struct wire_reply {
    enum wire_outcome outcome;
    unsigned status;          /* HTTP status, or the `code` of a 200 envelope */
    enum wire_state state;    /* METHOD_STATE, METHOD_SETTINGS */
    char state_text[48];      /* the state as it came, cleaned */
    bool done;                /* METHOD_LOGOUT, METHOD_REBOOT, METHOD_PAIR: isLogout, isReboot, status and a sound code */
    char pairing[WIRE_PAIRING_MAX]; /* METHOD_PAIR, done: letters and digits. A secret: whoever has it can link */
    struct wire_account account; /* METHOD_SETTINGS: phone */
    int64_t suspended_until;  /* unix seconds, 0 when not said */
    char text[WIRE_TEXT_MAX]; /* what is wrong, in the service's cleaned words or ours */
};

/* Reads a REST answer. Always fills *out; `secret` as above. Of METHOD_QR only the outcome: an understood answer is a frame
 * and is read as one. Of METHOD_ACCOUNT and METHOD_HISTORY likewise, see wire_read_details. */
void wire_read_reply(struct wire_reply *out, enum method method, unsigned status, const char *body, size_t len,
                     const char *secret);

/* What an HTTP status with this body text means to a client; for REST answers and refused handshakes alike. 200 is not
 * asked for here. Source: protocol, "Common HTTP errors" [D]. */
enum wire_outcome wire_outcome_of(unsigned status, const char *text);

/* Whether an error's text says no more than "not ready, try later", as it does right after a logout (protocol, section 9). */
bool wire_is_not_ready(const char *text);

/* What a service text means and what to do, or NULL when nothing is known. Source: protocol.md sections 1, 6, 7. */
const char *wire_advice(const char *text);

#endif
