/* SPDX-License-Identifier: MIT
 * The phases of linking one instance, as the operator sees them.
 */
#ifndef SCANDECK_CORE_PHASE_H
#define SCANDECK_CORE_PHASE_H

/* id, words, mark, ASCII mark. State is told by words or a sign, never by colour alone. */
#define PHASE_TABLE(X)                              \
    X(PHASE_UNKNOWN, "unknown", "?", "?")           \
    X(PHASE_CHECKING, "checking", "…", ".")         \
    X(PHASE_UNLINKED, "unlinked", "·", "-")         \
    X(PHASE_CONNECTING, "connecting", "…", ".")     \
    X(PHASE_WAITING, "waiting code", "…", ".")      \
    X(PHASE_CODE, "code shown", "▣", "#")           \
    X(PHASE_STALE, "stale", "□", "~")               \
    X(PHASE_LINKING, "linking", "…", ".")           \
    X(PHASE_LINKED, "linked", "✓", "+")             \
    X(PHASE_EXPIRED, "expired", "!", "!")           \
    X(PHASE_ERROR, "error", "✗", "x")               \
    X(PHASE_PASSKEY, "passkey", "!", "!")           \
    X(PHASE_REFUSED, "refused", "✗", "x")           \
    X(PHASE_OFFLINE, "offline", "!", "!")           \
    X(PHASE_STARTING, "starting", "↻", "o")         \
    X(PHASE_BLOCKED, "blocked", "✗", "x")           \
    X(PHASE_SUSPENDED, "suspended", "!", "!")

enum phase {
#define PHASE_ENUM(id, words, mark, ascii) id,
    PHASE_TABLE(PHASE_ENUM)
#undef PHASE_ENUM
        PHASE_COUNT
};

const char *phase_words(enum phase phase);
/* A sign of one column; the ASCII one where the locale has no more. */
const char *phase_mark(enum phase phase, int ascii);

#endif
