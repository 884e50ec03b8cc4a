/* SPDX-License-Identifier: MIT
 * Inside the linking machine: one step under way, the signals that drive it, what its actions are made of.
 * Only the link*.c files include this.
 */
#ifndef SCANDECK_CORE_LINK_STEP_H
#define SCANDECK_CORE_LINK_STEP_H

#include "core/link.h"

/* Waits and limits of our own, in ms. */
#define RECHECK_MS 3000            /* between state checks while something settles */
#define STARTING_RECHECK_MS 5000   /* the docs' pace for a new instance [D] */
#define STARTING_PATIENCE_MS 600000 /* `starting` can last minutes; then a person must decide */
#define NOT_READY_MS 5000          /* after an error that says no more than that */
#define UNLINKED_PATIENCE_MS 60000 /* notAuthorized right after a scan happens; for so long it is taken as lag */
#define LOGOUT_PATIENCE_MS 60000
#define CALL_PATIENCE_MS 120000    /* a poll of 20 s may be under way, and an answer to logout takes up to 70 s */
#define BACKOFF_FIRST_MS 1000
#define BACKOFF_MAX_MS 30000
#define NOISES_MAX 20
#define CUTS_MAX 3                 /* sessions lost in one attempt: each one asks for new codes */
#define SESSION_NEARLY_OVER_MS 95000 /* a close this late is the timeout, only unsaid */
#define WALLS_MAX 2                /* websockets in a row that do not come about: then codes come over HTTPS */
#define POLL_TROUBLES_MAX 3        /* failed `qr` requests in a row while a code is on show */
#define CURE_LEAST_MS 10000        /* a notAuthorized so soon after the reboot was taken is the one from before it */

/* What an event comes down to. */
enum signal {
    SIGNAL_LINK,
    SIGNAL_STOP,
    SIGNAL_REFRESH,
    SIGNAL_LOGOUT,
    SIGNAL_REBOOT,
    SIGNAL_PAIR,
    SIGNAL_CURE,
    SIGNAL_DETAILS,
    SIGNAL_OPEN,
    SIGNAL_CODE,
    SIGNAL_ERROR,
    SIGNAL_ACCOUNT,
    SIGNAL_ALREADY,
    SIGNAL_TIMEOUT,
    SIGNAL_PASSKEY,
    SIGNAL_NOISE,
    SIGNAL_CLOSED,
    SIGNAL_VANISHED, /* the peer can't be heard any more */
    SIGNAL_WALL,     /* the handshake was refused: somebody does not want a websocket */
    SIGNAL_NO_SOCKET, /* it did not come about: the same, perhaps */
    SIGNAL_LINKED,   /* the state: authorized, suspended */
    SIGNAL_UNLINKED, /* notAuthorized */
    SIGNAL_WAIT,     /* starting, null, unknown */
    SIGNAL_DEAD,     /* blocked, or waiting for something we can't give */
    SIGNAL_REFUSED,
    SIGNAL_FATAL,
    SIGNAL_TROUBLE,
    SIGNAL_SETTINGS,
    SIGNAL_NO_SETTINGS,
    SIGNAL_PAIRED,   /* a pairing code came */
    SIGNAL_NOT_PAIRED,
    SIGNAL_DONE,     /* logout, reboot: taken */
    SIGNAL_NOT_DONE,
    SIGNAL_STALE,    /* time: the code is too old */
    SIGNAL_RETRY,    /* time: the backoff is over */
    SIGNAL_GIVE_UP,  /* time: it did not settle */
    SIGNAL_COUNT,
    SIGNAL_NONE = SIGNAL_COUNT
};

/* One step under way. */
struct step {
    struct link *link;
    const struct link_event *event;
    int64_t now;
    struct link_effects *out;
};

/* Adds an effect to the step's output. */
struct link_effect *step_add_effect(struct step *s, enum link_effect_kind kind);
/* A line for the log and, if `what` has a name, for --json; `final` when the attempt ends with it. */
void step_report(struct step *s, enum report what, enum log_level level, bool final, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* What the operator sees from now on; the format gives the reason ("%s", "" for none). */
void step_set_phase(struct step *s, enum phase phase, const char *format, ...) __attribute__((format(printf, 3, 4)));
uint32_t step_next_random(struct link *link);
bool step_is_linked_phase(enum phase phase);
/* The phase and reason that the last known state stands for. */
void step_show_phase_of_state(struct step *s);
/* Queues a REST call, unless the same one is under way. */
void step_want_call(struct step *s, enum method method);
void step_check_now(struct step *s);
void step_check_in(struct step *s, int64_t ms);
void step_close_socket(struct step *s);
/* A session begins, or is over; harmless where none stands. What came too fast in it is told at its end. */
void step_begin_session(struct step *s);
void step_end_session(struct step *s);
/* For how long sessions stood in this attempt, ms. */
int64_t step_open_ms(const struct step *s);
/* "nobody scanned in 3 sessions, 24 s in all", or that no code came. */
const char *step_what_came(const struct step *s, char *dst, size_t size);
/* Ends an attempt badly: closes, shows, reports; the service's text comes with its advice. */
void step_fail(struct step *s, enum phase phase, enum report what, const char *text);
/* What is known of the account stays where the news says nothing. */
void step_keep_account(struct link *link, const struct wire_account *news);
/* What failed, in words, whether a REST call, a handshake or the connection did. */
const char *step_trouble_text(const struct step *s, char *dst, size_t size);
void step_show_refusal(struct step *s);
/* Puts a failure into the books, unless it is the newest one there. */
void step_note_trouble(struct step *s, const char *text);
/* Waits, then begins again with the state; gives up after limits.tries failures or CUTS_MAX lost sessions. */
void step_back_off(struct step *s, const char *text);
/* Begins what the attempt is for, once the instance is known to be unlinked; sets the stage. */
void step_go_on(struct step *s);
/* Forgets what the attempt before this one did. */
void step_new_attempt(struct step *s);
/* A new session without a socket: `qr` is asked from now on; sets the stage. */
void step_begin_polled(struct step *s);
/* Asks for a pairing code; sets the stage. */
void step_ask_pairing(struct step *s);
/* Takes over the state of a reply; whether it is news. */
bool step_take_state(struct step *s);
/* The same, and a REPORT_STATE if it is news, or `always`. */
void step_note_state(struct step *s, bool always);

/* The actions of the transition table in link.c, by file. */

/* link_attempt.c: from Enter to linked. */
void act_begin_link(struct step *s);
void act_stop(struct step *s);
void act_refresh(struct step *s);
void act_session_begins(struct step *s);
void act_show_code(struct step *s);
void act_code_stale(struct step *s);
void act_error_frame(struct step *s);
void act_passkey(struct step *s);
void act_scanned(struct step *s);
void act_session_state(struct step *s);
void act_session_linked(struct step *s);
void act_already(struct step *s);
void act_noise(struct step *s);
void act_trouble(struct step *s);
void act_session_lost(struct step *s);
void act_session_vanished(struct step *s);
void act_check_again(struct step *s);
void act_refused(struct step *s);
void act_check_unlinked(struct step *s);
void act_check_trouble(struct step *s);
void act_check_wait(struct step *s);
void act_still_starting(struct step *s);
void act_dead_end(struct step *s);
void act_now_linked(struct step *s);
void act_confirm_later(struct step *s);
void act_confirm_trouble(struct step *s);
void act_confirm_unlinked(struct step *s);
void act_report_linked(struct step *s);
void act_profile_settings(struct step *s);
void act_fatal(struct step *s);
void act_take_settings(struct step *s);

/* link_session.c: sessions, and their end. */
void act_renew_or_expire(struct step *s);
/* When the code that waits is taken; 0 = none waits. */
int64_t link_held_until(const struct link *link);
/* Books a code that has come; true when it has to wait. */
bool link_pass_code(struct link *link, int64_t now);

/* link_polled.c: codes over HTTPS. */
void act_wall(struct step *s);
void act_no_socket(struct step *s);
void act_polled_code(struct step *s);
void act_polled_starting(struct step *s);
void act_polled_unlinked(struct step *s);
void act_polled_trouble(struct step *s);
void act_polled_refused(struct step *s);

/* link_pairing.c: a code that is typed instead of scanned. */
void act_begin_pairing(struct step *s);
void act_paired(struct step *s);
void act_not_paired(struct step *s);
void act_pairing_state(struct step *s);
void act_pairing_over(struct step *s);

/* link_idle.c: polls of an idle instance, logout, reboot, details. */
void act_begin_cure(struct step *s);
void act_cured(struct step *s);
void act_details(struct step *s);
void act_idle_refused(struct step *s);
void act_idle_trouble(struct step *s);
void act_idle_fatal(struct step *s);
void act_idle_state(struct step *s);
void act_begin_logout(struct step *s);
void act_begin_reboot(struct step *s);
void act_busy(struct step *s);
void act_order_taken(struct step *s);
void act_order_failed(struct step *s);
void act_logout_unlinked(struct step *s);
void act_order_settling(struct step *s);
void act_reboot_settled(struct step *s);
void act_give_up(struct step *s);

/* link_signal.c: what an event comes down to in the machine's present state; keeps the books of socket and calls. */
/* When the session is over, and when its code is too old to be shown; 0 = never. */
int64_t link_session_end(const struct link *link);
int64_t link_stale_at(const struct link *link);
enum signal link_signal_of_order(enum link_event_kind order);
enum signal link_signal(struct link *link, const struct link_event *event, int64_t now);

#endif
