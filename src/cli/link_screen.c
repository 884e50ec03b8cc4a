/* SPDX-License-Identifier: MIT */
#include "cli/link_screen.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/link_keys.h"
#include "cli/link_terminal.h"
#include "cli/print.h"
#include "core/text.h"
#include "memory.h"
#include "qr/sample.h"
#include "ui/clock_words.h"
#include "ui/layout.h"
#include "ui/survey.h"

/* Rows besides the code: whose it is and how to scan it above, its clocks below. */
#define ROWS_BESIDES 2

/* Of what waits in the input, so much is looked at in one turn: an endless one must not stop the loop. */
#define READ_MAX 4096

#define HOW_TO_SCAN "WhatsApp: Settings, Linked devices, Link a device"

/* What is shown where no code is, beside questions; drawings are counted from 1. */
enum shown { SHOWN_NOTHING, SHOWN_TOO_SMALL = -1, SHOWN_FAILURE = -2, SHOWN_QUESTION = -3 };

#define WATCHED_SIGNALS 3

struct link_screen {
    struct link_terminal terminal;
    struct link_keys keys;
    struct survey survey;
    struct memory memory;
    enum qr_mode wish;
    int modules;                /* a side: of the last code, before it of the usual one */
    int columns, rows;          /* of the window as it was drawn for */
    unsigned long shown;        /* between the first line and the last: a drawing's number, or one of enum shown */
    int asked;                  /* the mode whose glyphs the operator is asked about; -1 = none */
    bool gone;                  /* the terminal */
    uv_loop_t *loop;
    uv_poll_t input;
    uv_timer_t pause; /* behind a key */
    uv_signal_t signals[WATCHED_SIGNALS];
    int closed; /* of these handles */
};

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
    if (fclose(frame->out) == 0 && frame->len > 0)
        link_terminal_send(&screen->terminal, frame->bytes, frame->len);
    free(frame->bytes);
}

/* One line, cut where the window ends. */
static void put_line(const struct link_screen *screen, FILE *out, int row, const char *text)
{
    char line[512];
    text_fit(line, sizeof line, text, screen->columns - 1, !screen->survey.facts.utf8);
    fprintf(out, "\033[%d;1H\033[0m%s\033[K", row + 1, line);
}

static int64_t real_ms(void)
{
    return (int64_t)(uv_hrtime() / 1000000) + 1;
}

static void take_window(struct link_screen *screen)
{
    struct winsize window;
    if (ioctl(screen->terminal.fd, TIOCGWINSZ, &window) != 0 || window.ws_col == 0 || window.ws_row == 0)
        return;
    if (screen->columns != window.ws_col || screen->rows != window.ws_row)
        screen->terminal.unknown = true, (void)survey_clients(&screen->survey);
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

/* A slow terminal, or a slow line. */
static void take_late_answers(struct link_screen *screen)
{
    char question[PROBE_QUESTION_MAX];
    if (!survey_take_late(&screen->survey, question))
        return;
    recall(screen);
    link_terminal_send(&screen->terminal, question, strlen(question));
    screen->terminal.unknown = true;
}

/* All that waits, up to a bound, is one arrival. */
static void take_input(struct link_screen *screen)
{
    unsigned char bytes[READ_MAX];
    ssize_t got = screen->terminal.ours ? link_terminal_read(&screen->terminal, bytes, sizeof bytes) : 0;
    if (got > 0)
        link_keys_feed(&screen->keys, bytes, (size_t)got, real_ms());
    screen->gone = screen->gone || got < 0;
}

/* The turn that follows looks at the keys. */
static void on_pause(uv_timer_t *timer)
{
    (void)timer;
}

static void on_input(uv_poll_t *poll, int status, int events)
{
    struct link_screen *screen = poll->data;
    (void)events;
    screen->gone = screen->gone || status < 0;
    take_input(screen);
    if (screen->gone)
        uv_poll_stop(poll);
    uv_timer_start(&screen->pause, on_pause, LINK_KEYS_PAUSE_MS, 0);
}

/* In the background after `bg` all goes on but the screen, until SIGCONT comes in the foreground. */
static void take_terminal(struct link_screen *screen)
{
    link_keys_forget(&screen->keys);
    if (link_terminal_take(&screen->terminal))
        uv_poll_start(&screen->input, UV_READABLE, on_input);
    else
        uv_poll_stop(&screen->input);
}

static void suspend(struct link_screen *screen)
{
    uv_poll_stop(&screen->input);
    link_terminal_give_back(&screen->terminal);
    kill(getpid(), SIGSTOP);
    take_terminal(screen);
}

/* A new window is seen by the turn that follows. */
static void on_signal(uv_signal_t *handle, int number)
{
    if (number == SIGTSTP)
        suspend(handle->data);
    else if (number == SIGCONT)
        take_terminal(handle->data);
}

static void start_watching(struct link_screen *screen)
{
    static const int numbers[WATCHED_SIGNALS] = {SIGWINCH, SIGTSTP, SIGCONT};
    for (size_t i = 0; i < WATCHED_SIGNALS; i++) {
        uv_signal_init(screen->loop, &screen->signals[i]);
        screen->signals[i].data = screen;
        uv_signal_start(&screen->signals[i], on_signal, numbers[i]);
    }
    uv_timer_init(screen->loop, &screen->pause);
    screen->pause.data = screen;
    uv_poll_init(screen->loop, &screen->input, screen->terminal.fd);
    screen->input.data = screen;
}

static void on_closed(uv_handle_t *handle)
{
    struct link_screen *screen = handle->data;
    screen->closed++;
}

/* The handles live in `screen`: they must be gone before it is. */
static void stop_watching(struct link_screen *screen)
{
    for (size_t i = 0; i < WATCHED_SIGNALS; i++)
        uv_close((uv_handle_t *)&screen->signals[i], on_closed);
    uv_close((uv_handle_t *)&screen->pause, on_closed);
    uv_close((uv_handle_t *)&screen->input, on_closed);
    while (screen->closed < WATCHED_SIGNALS + 2)
        uv_run(screen->loop, UV_RUN_ONCE);
}

struct link_screen *link_screen_open(const struct config *config, uv_loop_t *loop)
{
    const char *term = getenv("TERM"), *name = isatty(STDOUT_FILENO) ? ttyname(STDOUT_FILENO) : NULL;
    if (!name || !term || strcmp(term, "dumb") == 0)
        return NULL;
    struct link_screen *screen = calloc(1, sizeof *screen);
    if (!screen || !link_terminal_open(&screen->terminal, name)) {
        free(screen);
        return NULL;
    }
    screen->wish = (enum qr_mode)qr_mode_find(config->qr_mode);
    if (screen->wish == QR_MODE_PICTURE) /* drawn in characters alone */
        screen->wish = QR_MODE_AUTO;
    const struct ui_options options = {.sextants = (int)config->sextants, .qr_mode = screen->wish};
    survey_terminal(&screen->survey, screen->terminal.fd, &options);
    recall(screen);
    screen->loop = loop;
    screen->modules = LAYOUT_USUAL_MODULES;
    screen->asked = -1;
    link_keys_init(&screen->keys, &screen->survey.facts.answer);
    start_watching(screen);
    take_terminal(screen);
    take_window(screen);
    return screen;
}

bool link_screen_close(struct link_screen *screen)
{
    if (!screen)
        return true;
    bool taken = link_terminal_give_back(&screen->terminal);
    stop_watching(screen);
    close(screen->terminal.fd);
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
static int mode_to_ask(const struct link_screen *screen, qr_mode_set barred)
{
    struct qr_terminal terminal = terminal_of(screen);
    if (fitting_mode(screen, screen->modules, &terminal, barred) >= 0)
        return -1;
    for (int i = 0; i < QR_ABILITY_COUNT; i++) {
        struct ui_ability ability;
        abilities_decide(&ability, &screen->survey.facts, (enum qr_ability)i);
        terminal = terminal_of(screen);
        if (i == QR_ABILITY_PICTURES || ability.sure || ability.fixed || terminal.can[i])
            continue;
        terminal.can[i] = true;
        int mode = fitting_mode(screen, screen->modules, &terminal, barred);
        if (mode >= 0)
            return mode;
    }
    return -1;
}

static void put_question(const struct link_screen *screen, FILE *out, enum qr_mode mode)
{
    struct qr_drawing sample;
    char text[256];
    snprintf(text, sizeof text, "This terminal hides whether it draws %s, which the code needs here.", qr_mode_info(mode)->words);
    put_line(screen, out, 0, text);
    put_line(screen, out, 1, "Do you see solid stairs? y = yes, n = boxes, blanks or gaps");
    if (!qr_sample(&sample, mode))
        return;
    print_drawing_at(out, &sample, 3, 0);
    qr_drawing_free(&sample);
}

static void answer_question(struct link_screen *screen, int key)
{
    char why[MEMORY_WHY_MAX];
    bool yes = key == 'y' || key == 'Y', no = key == 'n' || key == 'N';
    if (!yes && !no && key != LINK_KEY_ESC)
        return;
    enum qr_ability ability = qr_mode_info((enum qr_mode)screen->asked)->ability;
    screen->survey.facts.said[ability] = yes ? ABILITY_YES : ABILITY_NO;
    if (yes || no)
        memory_put(&screen->memory, screen->survey.facts.who.id, ability, yes, why, sizeof why);
}

static bool question_can_be_read(const struct link_screen *screen)
{
    return screen->asked >= 0 && screen->shown == (unsigned long)(SHOWN_QUESTION - screen->asked) && !screen->terminal.unknown;
}

bool link_screen_listen(struct link_screen *screen)
{
    int key = link_keys_take(&screen->keys, real_ms());
    take_late_answers(screen);
    if (key != LINK_KEY_NONE && question_can_be_read(screen))
        answer_question(screen, key);
    return !screen->gone;
}

bool link_screen_asks(const struct link_screen *screen)
{
    return screen->asked >= 0;
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

/* Between the first line and the last. */
static void put_middle(const struct link_screen *screen, FILE *out, const struct viewer *viewer, unsigned long shown)
{
    if (shown == (unsigned long)SHOWN_TOO_SMALL)
        put_too_small(screen, out, viewer->symbol.size);
    else if (shown == (unsigned long)SHOWN_FAILURE)
        put_line(screen, out, 2, viewer->failure.text);
    else if (shown != SHOWN_NOTHING)
        print_drawing_at(out, &viewer->drawing, 1, (screen->columns - viewer->drawing.columns) / 2);
}

static void put_all(const struct link_screen *screen, FILE *out, const struct instance *instance, const struct viewer *viewer,
                    unsigned long shown)
{
    char title[256];
    fputs(LINK_TERMINAL_CLEAR, out);
    if (screen->asked >= 0) {
        put_question(screen, out, (enum qr_mode)screen->asked);
        return;
    }
    snprintf(title, sizeof title, "%s  %s", instance->label, HOW_TO_SCAN);
    put_line(screen, out, 0, title);
    put_middle(screen, out, viewer, shown);
}

void link_screen_draw(struct link_screen *screen, const struct instance *instance, struct viewer *viewer, int64_t now,
                      const char *news)
{
    struct frame frame;
    if (!screen->terminal.ours)
        return;
    take_window(screen);
    bool has_code = link_has_code(&instance->link) && viewer_load(viewer, instance), readable = has_code && viewer->symbol.size > 0;
    if (readable)
        screen->modules = viewer->symbol.size;
    screen->asked = mode_to_ask(screen, readable ? viewer->barred : 0);
    if ((screen->terminal.unknown && !link_terminal_takes_output(&screen->terminal)) || !frame_begin(&frame))
        return;
    bool drawn = screen->asked < 0 && readable && draw_code(screen, viewer);
    unsigned long shown = screen->asked >= 0 ? (unsigned long)(SHOWN_QUESTION - screen->asked)
                          : drawn            ? viewer->drawings
                          : !has_code        ? SHOWN_NOTHING
                          : !readable        ? (unsigned long)SHOWN_FAILURE
                                             : (unsigned long)SHOWN_TOO_SMALL;
    bool anew = screen->terminal.unknown || shown != screen->shown;
    if (anew)
        put_all(screen, frame.out, instance, viewer, shown);
    put_clocks(screen, frame.out, instance, viewer, drawn, now, news);
    screen->terminal.unknown = false;
    screen->shown = shown;
    frame_send(screen, &frame);
    /* What was typed before the question could be read does not answer it. */
    if (anew && screen->asked >= 0) {
        take_input(screen);
        link_keys_forget(&screen->keys);
    }
}
