/* SPDX-License-Identifier: MIT
 * Linking one instance: the state machine, pure. Time and events come in as arguments, what must be
 * done goes out as effects; link.c holds its one transition table.
 */
#ifndef SCANDECK_CORE_LINK_H
#define SCANDECK_CORE_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/log.h"
#include "core/method.h"
#include "core/phase.h"
#include "core/phone.h"
#include "core/wire.h"

/* Facts of the service [D], in ms: a code lives about 20 s, a session 100 s and 5 codes. */
#define LINK_CODE_MS 20000
#define LINK_STALE_MS 25000   /* a code older than this is blanked: nobody may scan a dead code */
#define LINK_SESSION_MS 100000
#define LINK_DEADLINE_MS 105000 /* our own end of a session that never says timeout */
#define LINK_CODES_PER_SESSION 5
#define LINK_CODE_GAP_MS 1000 /* of codes that come faster only the newest is taken, once a second */
#define LINK_STARTING_MS 300000  /* `starting` lasts up to 5 min; past this it is a problem, and a reboot is advised */
#define LINK_PAIRING_MS 150000     /* a pairing code lives about 2.5 min [D] */
#define LINK_PAIRING_POLL_MS 7000  /* between state checks while it is on show: the vendor's pace [C] */
/* One connect, and one REST call, per second and instance [D]; counted from the order and again from the answer. */
#define LINK_CONNECT_GAP_MS 1100
#define LINK_CALL_GAP_MS 1100
#define LINK_TROUBLES_MAX 4

struct link_limits {
    unsigned renewals; /* sessions opened by itself after the first one timed out */
    unsigned tries;    /* failures to reach the service before an attempt ends; 0 = endless */
    int64_t poll_ms;   /* how often an idle instance's state is asked for */
};

/* What the machine is doing; the phase is what it shows. */
enum link_stage {
    LINK_IDLE,    /* nothing asked for: only polls */
    LINK_CHECK,   /* asks for the state before it opens the socket */
    LINK_OPENING, /* a socket is being opened, or waits for its turn */
    LINK_SESSION, /* the socket is open */
    LINK_POLLED,  /* the websocket is blocked: the `qr` method is asked again and again */
    LINK_PAIRING, /* a pairing code was asked for, or is on show */
    LINK_BACKOFF, /* waits before it tries again */
    LINK_CONFIRM, /* scanned: asks until the state says authorized */
    LINK_PROFILE, /* authorized: asks for the phone number */
    LINK_LOGOUT,  /* logout asked for: waits until the state says so */
    LINK_REBOOT,  /* the same for reboot */
    LINK_CURE,    /* reboot, and then link */
    LINK_STAGE_COUNT
};

enum link_socket { LINK_SOCKET_NONE, LINK_SOCKET_OPENING, LINK_SOCKET_OPEN, LINK_SOCKET_CLOSING };

/* What went wrong, for the details. */
struct link_trouble {
    int64_t at; /* ms of the machine's clock */
    char text[160];
};

struct link {
    struct link_limits limits;
    enum link_stage stage;
    enum phase phase;
    int64_t phase_since; /* ms; when the phase began */
    bool sticky;         /* an attempt ended in this phase: polls that bring no news leave it on show */
    enum link_socket socket;
    bool over_https;    /* the websocket is blocked: this attempt's codes come over HTTPS */
    unsigned walls;     /* websockets in a row that did not come about, though REST works */
    int64_t poll_at;    /* POLLED: no `qr` before this */
    uint64_t code_hash; /* POLLED: of the newest picture */
    bool pairing;       /* the attempt is one by pairing code */
    char pairing_phone[PHONE_SIZE];
    char pairing_code[WIRE_PAIRING_MAX]; /* PAIRING: what is typed on the phone, "" = asked for; for the screen only */
    int64_t pairing_until; /* when it dies; 0 = there is none */
    int64_t opened_at;  /* when the session began; 0 = none */
    int64_t code_at;    /* when the newest code came; 0 = none */
    unsigned code_index; /* codes in this session */
    unsigned codes;     /* codes in this attempt */
    unsigned session;   /* sessions in this attempt */
    unsigned renewed;   /* of them, opened by renewal */
    unsigned failures;  /* in a row, for the backoff */
    unsigned cuts;      /* sessions that ended without a final frame */
    unsigned noises;    /* messages of no use in this session */
    bool code_held;     /* the newest code came too soon: it is taken when the second is over */
    unsigned codes_passed; /* codes of this session that were not taken, because newer ones came as fast */
    unsigned opened;    /* sessions of this attempt that stood */
    int64_t open_ms;    /* and for how long those did that are over */
    bool asked_again;   /* after an error that only said "not ready", once in an attempt */
    unsigned status;    /* HTTP status of the last refusal */
    int64_t connect_at; /* earliest next connect */
    int64_t check_at;   /* next getStateInstance; 0 = none planned */
    int64_t retry_at;   /* end of the backoff; 0 = none */
    int64_t settle_until; /* CHECK, PAIRING, CONFIRM, LOGOUT, REBOOT, CURE: gives up then */
    bool acted;         /* LOGOUT, REBOOT, CURE: the service has taken the order */
    bool scanned;       /* PROFILE: by this attempt; otherwise it was linked before */
    unsigned calls;     /* methods waiting, one bit each */
    int in_flight;      /* method under way, or -1 */
    int64_t call_at;    /* earliest next call */
    uint32_t random;    /* jitter; never 0 */
    enum wire_state state;       /* last known */
    int64_t state_since;         /* ms; when it was first told */
    int64_t starting_since;      /* ms; when it began to start, as far as was told, or our reboot was taken; 0 = it does not */
    int64_t state_told_at;       /* ms; when it was last told; 0 = what is known may be out of date */
    char state_text[48];         /* the same in the service's word, cleaned; "" = not asked yet */
    int64_t suspended_until;     /* unix seconds, 0 = unknown */
    struct wire_account account; /* of the linked phone, as far as known */
    char reason[WIRE_TEXT_MAX];  /* why the phase is what it is; "" = its name says all */
    unsigned codes_total;        /* since the program began: QR and pairing codes, and renewals */
    unsigned renewals_total;
    size_t trouble_count;
    struct link_trouble troubles[LINK_TROUBLES_MAX]; /* newest first; the same one in a row counts once */
};

enum link_event_kind {
    /* the operator */
    LINK_EV_LINK,    /* trust_ms */
    LINK_EV_STOP,
    LINK_EV_REFRESH,
    LINK_EV_LOGOUT,
    LINK_EV_REBOOT,
    LINK_EV_PAIR,    /* text: the phone number, as phone_parse gives it */
    LINK_EV_CURE,    /* reboot, wait for notAuthorized, link */
    LINK_EV_DETAILS, /* asks for WIRE_DETAILS_METHODS, in the pauses there are */
    /* time: link_deadline was reached, or may have been */
    LINK_EV_TICK,
    /* the socket */
    LINK_EV_OPEN,
    LINK_EV_FRAME,   /* frame */
    LINK_EV_TOO_LARGE, /* a frame above WIRE_FRAME_MAX was dropped */
    LINK_EV_REFUSED, /* status: the handshake was answered with it; text */
    LINK_EV_FAILED,  /* text: no connection came about; status: errno where this machine is to blame, or 0 */
    LINK_EV_CLOSED,  /* status: close code or 0; text: close reason or "" */
    LINK_EV_LOST,    /* text: the peer was there and can't be heard any more */
    /* REST */
    LINK_EV_REPLY,      /* method, reply; METHOD_QR that was understood: frame too */
    LINK_EV_CALL_FAILED /* method, text */
};

struct link_event {
    enum link_event_kind kind;
    enum method method;
    unsigned status;
    const char *text; /* cleaned */
    int64_t trust_ms; /* LINK: a notAuthorized told at most so many ms ago is not asked for again; 0 = always ask */
    const struct wire_frame *frame;
    const struct wire_reply *reply;
};

/* What happened, for the log and for `--json`: id, JSON event name (design, section 5). NOTE goes to the log only. */
#define REPORT_TABLE(X)                            \
    X(REPORT_NOTE, NULL)                           \
    X(REPORT_STATE, "state")                       \
    X(REPORT_CONNECTING, "connecting")             \
    X(REPORT_CODE, "code")                         \
    X(REPORT_STALE, "stale")                       \
    X(REPORT_RENEW, "renew")                       \
    X(REPORT_OVER_HTTPS, "over_https")             \
    X(REPORT_PAIRING, "pairing")                   \
    X(REPORT_LINKING, "linking")                   \
    X(REPORT_LINKED, "linked")                     \
    X(REPORT_ALREADY_LINKED, "already_linked")     \
    X(REPORT_ERROR, "error")                       \
    X(REPORT_TIMEOUT, "timeout")                   \
    X(REPORT_NO_CODE, "no_code")                   \
    X(REPORT_PASSKEY, "passkey")                   \
    X(REPORT_REFUSED, "refused")                   \
    X(REPORT_NETWORK, "network")                   \
    X(REPORT_LOGGED_OUT, "logged_out")             \
    X(REPORT_REBOOTED, "rebooted")

enum report {
#define REPORT_ENUM(id, name) id,
    REPORT_TABLE(REPORT_ENUM)
#undef REPORT_ENUM
        REPORT_COUNT
};

/* JSON event name, NULL for REPORT_NOTE. */
const char *report_name(enum report report);

enum link_effect_kind { LINK_FX_CONNECT, LINK_FX_CLOSE, LINK_FX_CALL, LINK_FX_REPORT };

struct link_effect {
    enum link_effect_kind kind;
    enum method method;   /* CALL */
    enum report report;   /* REPORT: the fields stand in struct link */
    enum log_level level; /* REPORT */
    bool final;           /* REPORT: the attempt (link, logout, reboot) ended with it */
    char text[WIRE_TEXT_MAX]; /* REPORT: one line in the operator's words. CALL: the JSON body, "" = none */
};

#define LINK_EFFECTS_MAX 8

struct link_effects {
    size_t count;
    struct link_effect item[LINK_EFFECTS_MAX];
};

/* A new machine, phase unknown. Its first state check is due at `first_check_at` (ms); `seed` feeds the jitter. */
void link_init(struct link *link, const struct link_limits *limits, int64_t first_check_at, uint32_t seed);

/* One step: applies the event at time `now` (ms, monotonic), fills *out with what must be done, in order. */
void link_step(struct link *link, const struct link_event *event, int64_t now, struct link_effects *out);

/* When the machine wants its next LINK_EV_TICK, in ms; INT64_MAX when it waits for nothing. */
int64_t link_deadline(const struct link *link);

/* ms left for the code, the session and the pairing code, never below 0; -1 when no such clock runs. */
int64_t link_code_left(const struct link *link, int64_t now);
int64_t link_session_left(const struct link *link, int64_t now);
int64_t link_pairing_left(const struct link *link, int64_t now);

/* Whether the instance is on show as starting for longer than the service says it may: a problem, and only now a reboot
 * is advised. For how long it is: now - starting_since. */
bool link_starts_too_long(const struct link *link, int64_t now);

/* The phase an idle instance in this state is in. */
enum phase link_phase_of_state(enum wire_state state);

/* Whether a code is on show and alive. */
bool link_has_code(const struct link *link);
/* Whether an answer to `qr` is waited for, so that its picture is the one to show. */
bool link_is_polled(const struct link *link);
/* Whether the operator's order (LINK_EV_LINK … LINK_EV_DETAILS) does something now: the transition table knows. */
bool link_takes(const struct link *link, enum link_event_kind order);
/* Whether an attempt to link runs (anything between Enter and its end); a cure is one. */
bool link_is_busy(const struct link *link);
/* Whether the last attempt ended without a scan, its sessions used up. A reboot is then half of the cure: the other half
 * is a new code (LINK_EV_CURE). */
bool link_was_in_vain(const struct link *link);

#endif
