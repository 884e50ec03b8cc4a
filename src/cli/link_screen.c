/* SPDX-License-Identifier: MIT */
#include "cli/link_screen.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "cli/print.h"
#include "core/text.h"
#include "memory.h"
#include "qr/sample.h"
#include "ui/clock_words.h"
#include "ui/layout.h"
#include "ui/survey.h"

/* Rows besides the code: whose it is and how to scan it above, its clocks below. */
#define ROWS_BESIDES 2

/* How long a terminal that takes no output is waited for, and how often a signal is looked for while a question stands. */
#define STALL_MS 300
#define SIGNAL_MS 100

#define HOW_TO_SCAN "WhatsApp: Settings, Linked devices, Link a device"
#define CTRL_C 3

/* An interrupted sequence is cancelled first: what stands on the screen may be unknown. */
#define CLEAR "\030\033[0m\033[H\033[2J"
#define ENTER "\033[?1049h\033[?25l" CLEAR
#define LEAVE CLEAR "\033[?25h\033[?1049l"

/* What is shown where no code is; drawings are counted from 1. */
enum shown { SHOWN_NOTHING, SHOWN_TOO_SMALL = -1, SHOWN_FAILURE = -2 };

struct link_screen {
    int fd; /* of its own: O_NONBLOCK leaves the shell's descriptors alone */
    struct survey survey;
    struct memory memory;
    enum qr_mode wish;
    int columns, rows;          /* of the window as it was drawn for */
    unsigned long shown;        /* between the first line and the last: a drawing's number, or one of enum shown */
    bool unknown;               /* what stands on the screen: the terminal did not take all of it */
};

static bool ready_to_write(int fd, int wait_ms)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLOUT};
    return poll(&poll_fd, 1, wait_ms) > 0 && (poll_fd.revents & POLLOUT);
}

/* False when the terminal stopped taking output: the rest is thrown away. */
static bool write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t done = write(fd, bytes, len);
        if (done > 0) {
            bytes += done;
            len -= (size_t)done;
        } else if (done < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        else if (!ready_to_write(fd, STALL_MS))
            return false;
    }
    return true;
}

/* What is drawn is gathered first, and goes out in one go. */
struct frame {
    FILE *out;
    char *bytes;
    size_t len;
};

static bool frame_begin(struct frame *frame)
{
    *frame = (struct frame){0};
    frame->out = open_memstream(&frame->bytes, &frame->len);
    return frame->out != NULL;
}

static void frame_send(struct link_screen *screen, struct frame *frame)
{
    if (fclose(frame->out) == 0 && frame->len > 0 && !write_all(screen->fd, frame->bytes, frame->len))
        screen->unknown = true;
    free(frame->bytes);
}

static void send_text(struct link_screen *screen, const char *text)
{
    if (!write_all(screen->fd, text, strlen(text)))
        screen->unknown = true;
}

/* One line, cut where the window ends. */
static void put_line(const struct link_screen *screen, FILE *out, int row, const char *text)
{
    char line[512];
    text_fit(line, sizeof line, text, screen->columns - 1, !screen->survey.facts.utf8);
    fprintf(out, "\033[%d;1H\033[0m%s\033[K", row + 1, line);
}

static void take_window(struct link_screen *screen)
{
    struct winsize window;
    if (ioctl(screen->fd, TIOCGWINSZ, &window) != 0 || window.ws_col == 0 || window.ws_row == 0)
        return;
    if (screen->columns != window.ws_col || screen->rows != window.ws_row)
        screen->unknown = true;
    screen->columns = window.ws_col;
    screen->rows = window.ws_row;
}

static void recall(struct link_screen *screen)
{
    char why[MEMORY_WHY_MAX];
    struct ability_facts *facts = &screen->survey.facts;
    memory_load(&screen->memory, why, sizeof why);
    for (int i = 0; i < QR_ABILITY_COUNT; i++) {
        bool can;
        if (memory_find(&screen->memory, facts->who.id, (enum qr_ability)i, &can))
            facts->said[i] = can ? ABILITY_YES : ABILITY_NO;
    }
}

struct link_screen *link_screen_open(const struct config *config)
{
    const char *term = getenv("TERM"), *name = isatty(STDOUT_FILENO) ? ttyname(STDOUT_FILENO) : NULL;
    char why[256];
    if (!name || !term || strcmp(term, "dumb") == 0)
        return NULL;
    struct link_screen *screen = calloc(1, sizeof *screen);
    if (!screen)
        return NULL;
    screen->wish = (enum qr_mode)qr_mode_find(config->qr_mode);
    if (screen->wish == QR_MODE_PICTURE) /* drawn in characters alone */
        screen->wish = QR_MODE_AUTO;
    const struct ui_options options = {.sextants = (int)config->sextants, .qr_mode = screen->wish};
    screen->fd = open(name, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (screen->fd < 0 || !survey_any_terminal(&screen->survey, &options, why, sizeof why)) {
        if (screen->fd >= 0)
            close(screen->fd);
        free(screen);
        return NULL;
    }
    recall(screen);
    send_text(screen, ENTER);
    take_window(screen);
    return screen;
}

bool link_screen_close(struct link_screen *screen)
{
    if (!screen)
        return true;
    bool taken = ready_to_write(screen->fd, STALL_MS) && write_all(screen->fd, LEAVE, sizeof LEAVE - 1);
    close(screen->fd);
    memory_free(&screen->memory);
    free(screen);
    return taken;
}

static struct qr_terminal terminal_of(const struct link_screen *screen)
{
    struct qr_terminal terminal = abilities_terminal(&screen->survey.facts);
    terminal.can[QR_ABILITY_PICTURES] = false;
    return terminal;
}

static int fitting_mode(const struct link_screen *screen, int modules, const struct qr_terminal *terminal,
                        qr_mode_set barred)
{
    return qr_mode_pick(screen->wish, modules, screen->columns, screen->rows - ROWS_BESIDES, terminal, barred);
}

/* The mode that would fit were it known that the terminal draws it; -1 = none, or one fits that is known. */
static int mode_to_ask(const struct link_screen *screen)
{
    struct qr_terminal terminal = terminal_of(screen);
    if (fitting_mode(screen, LAYOUT_USUAL_MODULES, &terminal, 0) >= 0)
        return -1;
    for (int i = 0; i < QR_ABILITY_COUNT; i++) {
        struct ui_ability ability;
        abilities_decide(&ability, &screen->survey.facts, (enum qr_ability)i);
        terminal = terminal_of(screen);
        if (i == QR_ABILITY_PICTURES || ability.sure || ability.fixed || terminal.can[i])
            continue;
        terminal.can[i] = true;
        int mode = fitting_mode(screen, LAYOUT_USUAL_MODULES, &terminal, 0);
        if (mode >= 0)
            return mode;
    }
    return -1;
}

/* Between each other: what reads the keys of the question, and the terminal's modes before it. */
struct asking {
    struct termios before;
    sigset_t ends;
};

static bool asking_begin(struct asking *asking, int fd)
{
    sigset_t none;
    sigemptyset(&asking->ends);
    sigaddset(&asking->ends, SIGINT);
    sigaddset(&asking->ends, SIGTERM);
    sigaddset(&asking->ends, SIGHUP);
    sigaddset(&asking->ends, SIGQUIT);
    sigemptyset(&none);
    if (tcgetattr(fd, &asking->before) != 0)
        return false;
    struct termios raw = asking->before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    sigprocmask(SIG_BLOCK, &asking->ends, NULL);
    tcflush(fd, TCIFLUSH); /* what was typed before the question does not answer it */
    return tcsetattr(fd, TCSANOW, &raw) == 0;
}

static void asking_end(const struct asking *asking, int fd)
{
    tcsetattr(fd, TCSANOW, &asking->before);
    sigprocmask(SIG_UNBLOCK, &asking->ends, NULL);
}

/* The key that answers; CTRL_C for a signal, too, and for a terminal that is gone. */
static int answer_key(int fd)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    for (;;) {
        sigset_t pending;
        unsigned char key;
        sigpending(&pending);
        if (sigismember(&pending, SIGINT) || sigismember(&pending, SIGTERM) || sigismember(&pending, SIGHUP) ||
            sigismember(&pending, SIGQUIT))
            return CTRL_C;
        if (poll(&poll_fd, 1, SIGNAL_MS) <= 0)
            continue;
        ssize_t got = read(fd, &key, 1);
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
            return CTRL_C;
        if (got == 1 && (strchr("yYnN", key) || key == CTRL_C))
            return key;
    }
}

static bool draw_question(struct link_screen *screen, enum qr_mode mode)
{
    struct qr_drawing sample;
    struct frame frame;
    char text[256];
    if (!qr_sample(&sample, mode))
        return false;
    if (frame_begin(&frame)) {
        snprintf(text, sizeof text, "This terminal hides whether it draws %s, which the code needs here.",
                 qr_mode_info(mode)->words);
        fputs(CLEAR, frame.out);
        put_line(screen, frame.out, 0, text);
        put_line(screen, frame.out, 1, "Do you see solid stairs? y = yes, n = boxes, blanks or gaps");
        print_drawing_at(frame.out, &sample, 3, 0);
        frame_send(screen, &frame);
    }
    qr_drawing_free(&sample);
    return true;
}

bool link_screen_ask(struct link_screen *screen)
{
    struct asking asking;
    char why[MEMORY_WHY_MAX];
    int key = 0;
    for (int mode; key != CTRL_C && (mode = mode_to_ask(screen)) >= 0;) {
        enum qr_ability ability = qr_mode_info((enum qr_mode)mode)->ability;
        if (!draw_question(screen, (enum qr_mode)mode) || !asking_begin(&asking, screen->fd))
            break;
        key = answer_key(screen->fd);
        asking_end(&asking, screen->fd);
        if (key == CTRL_C)
            break;
        bool can = key == 'y' || key == 'Y';
        screen->survey.facts.said[ability] = can ? ABILITY_YES : ABILITY_NO;
        memory_put(&screen->memory, screen->survey.facts.who.id, ability, can, why, sizeof why);
    }
    screen->unknown = true;
    return key != CTRL_C;
}

/* The mode that is drawn here in the smallest window; where the ladder has none, full blocks. */
static enum qr_mode smallest_mode(const struct link_screen *screen, int modules, const struct qr_terminal *terminal)
{
    int best = -1, best_rows = 0, columns, rows;
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        bool wanted = screen->wish == QR_MODE_AUTO ? qr_mode_info((enum qr_mode)mode)->use == QR_USE_LADDER
                                                   : (int)screen->wish == mode;
        qr_mode_size((enum qr_mode)mode, modules, terminal, &columns, &rows);
        if (wanted && qr_mode_possible((enum qr_mode)mode, terminal) && (best < 0 || rows < best_rows)) {
            best = mode;
            best_rows = rows;
        }
    }
    return best < 0 ? QR_MODE_FULL : (enum qr_mode)best;
}

static void put_too_small(const struct link_screen *screen, FILE *out, int modules)
{
    const struct qr_terminal terminal = terminal_of(screen);
    char text[256];
    int columns, rows;
    qr_mode_size(smallest_mode(screen, modules, &terminal), modules, &terminal, &columns, &rows);
    snprintf(text, sizeof text, "The code needs a window of %dx%d, this one has %dx%d.", columns, rows + ROWS_BESIDES,
             screen->columns, screen->rows);
    put_line(screen, out, 2, text);
    put_line(screen, out, 3, "Enlarge it, or make its font smaller: the code follows at once.");
}

static void put_clocks(const struct link_screen *screen, FILE *out, const struct instance *it, const struct viewer *viewer,
                       bool drawn, int64_t now, const char *news)
{
    const struct link *link = &it->link;
    char text[512];
    const char *proof = !drawn ? "" : viewer->verified ? "  verified" : "  not verified";
    long long code = clock_seconds(link_code_left(link, now)), session = clock_seconds(link_session_left(link, now));
    if (link_has_code(link) && link_session_left(link, now) >= 0)
        snprintf(text, sizeof text, "%s  code %lld s  session %lld s%s", it->label, code, session, proof);
    else if (link_has_code(link)) /* asked for again and again, without a session */
        snprintf(text, sizeof text, "%s  code %lld s%s", it->label, code, proof);
    else
        snprintf(text, sizeof text, "%s  %s", it->label, news);
    put_line(screen, out, screen->rows - 1, text);
}

/* Draws the code in the best mode that fits and proves. False when none does. */
static bool draw_code(const struct link_screen *screen, struct viewer *viewer)
{
    const struct qr_terminal terminal = terminal_of(screen);
    for (;;) {
        int mode = fitting_mode(screen, viewer->symbol.size, &terminal, viewer->barred);
        if (mode < 0)
            return false;
        if (viewer_draw(viewer, (enum qr_mode)mode, false, &terminal) != VIEWER_UNPROVEN)
            return viewer->drawn;
    }
}

void link_screen_draw(struct link_screen *screen, const struct instance *instance, struct viewer *viewer, int64_t now,
                      const char *news)
{
    struct frame frame;
    char title[256];
    take_window(screen);
    if ((screen->unknown && !ready_to_write(screen->fd, 0)) || !frame_begin(&frame))
        return;
    bool has_code = link_has_code(&instance->link) && viewer_load(viewer, instance);
    bool drawn = has_code && viewer->symbol.size > 0 && draw_code(screen, viewer);
    unsigned long shown = drawn                      ? viewer->drawings
                          : !has_code                ? SHOWN_NOTHING
                          : viewer->symbol.size == 0 ? (unsigned long)SHOWN_FAILURE
                                                     : (unsigned long)SHOWN_TOO_SMALL;
    if (screen->unknown || shown != screen->shown) {
        fputs(CLEAR, frame.out);
        snprintf(title, sizeof title, "%s  %s", instance->label, HOW_TO_SCAN);
        put_line(screen, frame.out, 0, title);
        if (drawn)
            print_drawing_at(frame.out, &viewer->drawing, 1, (screen->columns - viewer->drawing.columns) / 2);
        else if (shown == (unsigned long)SHOWN_TOO_SMALL)
            put_too_small(screen, frame.out, viewer->symbol.size);
        else if (shown == (unsigned long)SHOWN_FAILURE)
            put_line(screen, frame.out, 2, viewer->failure.text);
    }
    put_clocks(screen, frame.out, instance, viewer, drawn, now, news);
    screen->unknown = false;
    screen->shown = shown;
    frame_send(screen, &frame);
}
