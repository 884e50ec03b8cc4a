/* SPDX-License-Identifier: MIT
 * The phases of linking one instance, as the operator sees them.
 */
#ifndef SCANDECK_CORE_PHASE_H
#define SCANDECK_CORE_PHASE_H

/* id, words, mark, ASCII mark, meaning. State is told by words or a sign, never by colour alone. */
#define PHASE_TABLE(X)                                                                                 \
    X(PHASE_UNKNOWN, "unknown", "?", "?", "not asked yet")                                             \
    X(PHASE_CHECKING, "checking", "…", ".", "the state is asked for, before a socket is opened")       \
    X(PHASE_UNLINKED, "unlinked", "·", "-", "no phone is linked")                                      \
    X(PHASE_CONNECTING, "connecting", "…", ".", "the websocket is being opened")                       \
    X(PHASE_WAITING, "waiting code", "…", ".", "connected; the first code can take up to 60 s")        \
    X(PHASE_CODE, "code shown", "▣", "#", "a code can be scanned; it lives about 20 s")                \
    X(PHASE_STALE, "stale", "□", "~", "the code is too old and gone; the next one is awaited")         \
    X(PHASE_PAIRING, "pairing code", "◆", "%", "a pairing code can be typed in WhatsApp; it lives 2.5 minutes") \
    X(PHASE_LINKING, "linking", "…", ".", "scanned; WhatsApp is at work, for minutes perhaps")         \
    X(PHASE_LINKED, "linked", "✓", "+", "a phone is linked")                                           \
    X(PHASE_EXPIRED, "expired", "!", "!", "nobody scanned until the sessions ran out")                 \
    X(PHASE_ERROR, "error", "✗", "x", "the service sent an error, or an order failed")                 \
    X(PHASE_PASSKEY, "passkey", "!", "!", "WhatsApp wants a passkey, which no terminal can give")      \
    X(PHASE_NO_TOKEN, "no token", "✗", "x", "its token could not be had, so the service is not asked") \
    X(PHASE_REFUSED, "refused", "✗", "x", "the service does not take the id or the token")             \
    X(PHASE_OFFLINE, "offline", "!", "!", "the service cannot be reached")                             \
    X(PHASE_STARTING, "starting", "↻", "o", "the instance is starting, normally for up to 5 minutes")  \
    X(PHASE_BLOCKED, "blocked", "✗", "x", "WhatsApp has banned the number")                            \
    X(PHASE_SUSPENDED, "suspended", "!", "!", "linked, but WhatsApp restricts sending")

enum phase {
#define PHASE_ENUM(id, words, mark, ascii, meaning) id,
    PHASE_TABLE(PHASE_ENUM)
#undef PHASE_ENUM
        PHASE_COUNT
};

const char *phase_words(enum phase phase);
/* What it means, for the help and the manual. */
const char *phase_meaning(enum phase phase);
/* A sign of one column; the ASCII one where the locale has no more. */
const char *phase_mark(enum phase phase, int ascii);

#endif
