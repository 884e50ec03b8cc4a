/* SPDX-License-Identifier: MIT
 * Each round ends with DA1, which all terminals answer: when that is there, the other answers are or never will be.
 */
#include "ui/probe.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "ui/identity.h"

/* A slow line takes 300 ms there and back, three times that on a bad day. A mute terminal costs this much, once. */
#define PATIENCE_MS 1000
/* Whoever types is not kept waiting for a terminal that is slow to say who it is. */
#define TYPIST_MS 200
/* An answer that has begun is read to its end: its rest would look like keys. */
#define REST_MS 100

/* Shows a sign at the line's begin; the answer tells how many columns it took. The letter has no byte that an 8-bit terminal
 * takes for a control: the glyphs' have, and are shown only where UTF-8 is understood. */
#define ASK_COLUMN(sign) "\r" sign "\033[6n"
#define WIPE_LINE "\r\033[K"
#define ASK_LETTER ASK_COLUMN("\xc3\xab") WIPE_LINE
#define ASK_GLYPHS ASK_COLUMN("\xe2\x96\x80") ASK_COLUMN("\xf0\x9f\xac\x82") ASK_COLUMN("\xf0\x9c\xb4\x80") WIPE_LINE
#define ASK_WHO "\033[>c\033[>q\033[16t"
#define ASK_BACKGROUND "\033]11;?\033\\"
#define ASK_KITTY "\033_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\033\\"
#define FENCE "\033[c"

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t patience(const struct answer *answer)
{
    int64_t limit = answer->typed_len > 0 ? TYPIST_MS : PATIENCE_MS;
    return answer->place == ANSWER_GROUND ? limit : limit + REST_MS;
}

static void read_answers(int fd, struct answer *answer)
{
    int64_t start = now_ms();
    while (!answer->complete) {
        int64_t left = start + patience(answer) - now_ms();
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        if (left <= 0 || poll(&ready, 1, (int)left) == 0)
            break;
        unsigned char bytes[256];
        ssize_t got = read(fd, bytes, sizeof bytes);
        if (got > 0)
            answer_feed(answer, bytes, (size_t)got);
        else if (got == 0 || (errno != EINTR && errno != EAGAIN))
            break;
    }
}

static void ask(int fd, struct answer *answer, const char *question)
{
    size_t len = strlen(question);
    answer->complete = false;
    if (write(fd, question, len) == (ssize_t)len)
        read_answers(fd, answer);
}

/* Old Linux consoles print a part of the questions: they are asked for what consoles always knew. */
static void ask_first(int fd, const char *term, struct answer *answer)
{
    answer->next_sign = ANSWER_LETTER;
    answer->end_sign = ANSWER_LETTER + 1;
    ask(fd, answer, identity_is_linux_console(term) ? ASK_LETTER FENCE : ASK_LETTER ASK_WHO FENCE);
}

/* Inside tmux and screen the question would become a title. */
static bool may_ask_kitty(const struct answer *answer, const char *term)
{
    struct identity who;
    identity_make(&who, answer, term);
    return answer->complete && who.version >= who.known->kitty_query && strncmp(term, "screen", 6) != 0 &&
           strncmp(term, "tmux", 4) != 0;
}

/* Terminals that say who they are know strings, and print none. GNU screen, which gives no version as tmux does, passes
 * the question on, and the answer would come behind the fence: to the shell, perhaps. */
static bool may_ask_background(const struct answer *answer, const char *term)
{
    struct identity who;
    identity_make(&who, answer, term);
    bool passes_on = who.known->hides && !answer->version[0];
    return answer->complete && (answer->device[0] || answer->version[0]) && !passes_on && !who.linux_console;
}

/* A letter of UTF-8 is one. The console of Linux tells which glyphs it has by other means. */
static bool may_ask_glyphs(const struct answer *answer, const char *term)
{
    return answer->column[ANSWER_LETTER] == 2 && !identity_is_linux_console(term);
}

void probe_second(char dst[PROBE_QUESTION_MAX], struct answer *answer, const char *term, bool background)
{
    *dst = '\0';
    if (may_ask_glyphs(answer, term)) {
        strcat(dst, ASK_GLYPHS);
        answer->next_sign = ANSWER_HALF_BLOCK;
        answer->end_sign = ANSWER_SIGN_COUNT;
    }
    if (background && may_ask_background(answer, term))
        strcat(dst, ASK_BACKGROUND);
    if (may_ask_kitty(answer, term))
        strcat(dst, ASK_KITTY);
    if (!*dst)
        return;
    strcat(dst, FENCE);
    answer->complete = false;
}

static enum probe_round ask_both(int fd, const char *term, bool background, struct answer *answer)
{
    char question[PROBE_QUESTION_MAX];
    ask_first(fd, term, answer);
    if (!answer->complete)
        return PROBE_FIRST;
    probe_second(question, answer, term, background);
    if (*question)
        ask(fd, answer, question);
    return answer->complete ? PROBE_NONE : PROBE_SECOND;
}

enum probe_round probe_terminal(int fd, const char *term, bool background, struct answer *out)
{
    struct termios saved, quiet;
    answer_init(out);
    if (!term[0] || strcmp(term, "dumb") == 0 || tcgetattr(fd, &saved) < 0)
        return PROBE_NONE;
    quiet = saved;
    quiet.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    quiet.c_cc[VMIN] = 0;
    quiet.c_cc[VTIME] = 0;
    if (tcsetattr(fd, TCSANOW, &quiet) < 0)
        return PROBE_NONE;
    enum probe_round awaited = ask_both(fd, term, background, out);
    answer_finish(out);
    tcsetattr(fd, TCSANOW, &saved);
    return awaited;
}
