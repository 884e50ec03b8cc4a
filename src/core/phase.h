/* SPDX-License-Identifier: MIT
 * The phases of linking one instance, as the operator sees them.
 */
#ifndef SCANDECK_CORE_PHASE_H
#define SCANDECK_CORE_PHASE_H

#include <stddef.h>

/* What the header counts; each phase is in exactly one group, so that the numbers add up. id, word for one, word for
 * several, the phase whose mark stands for the group. */
#define PHASE_GROUP_TABLE(X)                                 \
    X(PROBLEMS, "problem", "problems", PHASE_ERROR)          \
    X(CODES, "code", "codes", PHASE_CODE) /* being linked */ \
    X(UNLINKED, "unlinked", "unlinked", PHASE_UNLINKED)      \
    X(WAITING, "waiting", "waiting", PHASE_STARTING)         \
    X(LINKED, "linked", "linked", PHASE_LINKED)

enum phase_group {
#define PHASE_GROUP_ENUM(id, one, several, phase) PHASE_GROUP_##id,
    PHASE_GROUP_TABLE(PHASE_GROUP_ENUM)
#undef PHASE_GROUP_ENUM
        PHASE_GROUP_COUNT
};

/* id, words, mark, ASCII mark, group, meaning. State is told by words or a sign, never by colour alone. */
#define PHASE_TABLE(X)                                                                                                 \
    X(PHASE_UNKNOWN, "unknown", "?", "?", WAITING, "not asked yet")                                                    \
    X(PHASE_CHECKING, "checking", "…", ".", WAITING, "the state is asked for, before a socket is opened")              \
    X(PHASE_UNLINKED, "unlinked", "·", "-", UNLINKED, "no phone is linked")                                            \
    X(PHASE_CONNECTING, "connecting", "…", ".", CODES, "the websocket is being opened")                                \
    X(PHASE_WAITING, "waiting code", "…", ".", CODES, "connected; the first code can take up to 60 s")                 \
    X(PHASE_CODE, "code shown", "▣", "#", CODES, "a code can be scanned; it lives about 20 s")                         \
    X(PHASE_STALE, "stale", "□", "~", CODES, "the code is too old and gone; the next one is awaited")                  \
    X(PHASE_PAIRING, "pairing code", "◆", "%", CODES, "a pairing code can be typed in WhatsApp; it lives 2.5 minutes") \
    X(PHASE_LINKING, "linking", "…", ".", CODES, "scanned; WhatsApp is at work, for minutes perhaps")                  \
    X(PHASE_LINKED, "linked", "✓", "+", LINKED, "a phone is linked")                                                   \
    X(PHASE_EXPIRED, "expired", "!", "!", PROBLEMS, "nobody scanned until the sessions ran out")                       \
    X(PHASE_ERROR, "error", "✗", "x", PROBLEMS, "the service sent an error or no code, or an order failed")            \
    X(PHASE_PASSKEY, "passkey", "!", "!", PROBLEMS, "WhatsApp wants a passkey, which no terminal can give")            \
    X(PHASE_NO_TOKEN, "no token", "✗", "x", PROBLEMS, "its token could not be had, so the service is not asked")          \
    X(PHASE_REFUSED, "refused", "✗", "x", PROBLEMS, "the service does not take the id or the token")                   \
    X(PHASE_OFFLINE, "offline", "!", "!", PROBLEMS, "the service cannot be reached")                                   \
    X(PHASE_STARTING, "starting", "↻", "o", WAITING, "the instance is starting, normally for up to 5 minutes")         \
    X(PHASE_BLOCKED, "blocked", "✗", "x", PROBLEMS, "WhatsApp has banned the number")                                  \
    X(PHASE_SUSPENDED, "suspended", "!", "!", PROBLEMS, "linked, but WhatsApp restricts sending")

enum phase {
#define PHASE_ENUM(id, words, mark, ascii, group, meaning) id,
    PHASE_TABLE(PHASE_ENUM)
#undef PHASE_ENUM
        PHASE_COUNT
};

const char *phase_words(enum phase phase);
enum phase_group phase_group(enum phase phase);
/* The group's word for so many instances. */
const char *phase_group_word(enum phase_group group, size_t count);
/* The phase whose sign and colour stand for the group. */
enum phase phase_group_sign(enum phase_group group);
/* What it means, for the help and the manual. */
const char *phase_meaning(enum phase phase);
/* A sign of one column; the ASCII one where the locale has no more. */
const char *phase_mark(enum phase phase, int ascii);

#endif
