/* SPDX-License-Identifier: MIT */
#include "ui/survey.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "ui/charset.h"
#include "ui/linux_console.h"
#include "ui/probe.h"
#include "ui/terminfo.h"

#define UPPER_HALF_BLOCK 0x2580
#define FIRST_OCTANT 0x1cd00
/* Cells are about twice as high as wide. */
#define CELL_WIDTH_LEAST 4
#define CELL_WIDTH_MOST 50

static const char *term_name(void)
{
    const char *name = getenv("TERM");
    return name ? name : "";
}

/* Pixels of a cell; 0 where the window's size cannot be true: some terminals make it up, or count in nothing. */
static int cell_pixels(int window, int cells, int least, int most)
{
    int pixels = cells > 0 ? window / cells : 0;
    return pixels >= least && pixels <= most ? pixels : 0;
}

/* Windows tell their size in pixels less well than the terminal does when it is asked for its cells, but again and
 * again. So it counts when there was no answer, or when it shows that the font is another one. */
void survey_window(struct survey *out, int fd)
{
    struct winsize size;
    struct answer *answer = &out->facts.answer;
    if (ioctl(fd, TIOCGWINSZ, &size) < 0)
        return;
    out->columns = size.ws_col;
    out->rows = size.ws_row;
    int across = cell_pixels(size.ws_xpixel, size.ws_col, CELL_WIDTH_LEAST, CELL_WIDTH_MOST);
    int down = cell_pixels(size.ws_ypixel, size.ws_row, 2 * CELL_WIDTH_LEAST, 2 * CELL_WIDTH_MOST);
    bool whole = across && down && across < down && down < 3 * across;
    bool other = out->pixels_across && (across != out->pixels_across || down != out->pixels_down);
    if (whole && (answer->cell_width == 0 || other)) {
        answer->cell_width = across;
        answer->cell_height = down;
    }
    out->pixels_across = whole ? across : 0;
    out->pixels_down = whole ? down : 0;
}

static enum charset_shown how_shown(const struct answer *answer)
{
    int column = answer->column[ANSWER_LETTER];
    return column == 2 ? CHARSET_SHOWN_AS_ONE : column == 3 ? CHARSET_SHOWN_AS_BYTES : CHARSET_NOT_SHOWN;
}

/* On a terminal without colours it decides what is dark and what is light. */
static bool background_matters(const struct survey *survey)
{
    return survey->colors >= 0 && survey->code_colors.reverse;
}

void survey_terminal(struct survey *out, int fd, const struct ui_options *options)
{
    struct ability_facts *facts = &out->facts;
    bool has_half_block;
    *out = (struct survey){
        .facts = {.sextants_option = (enum ability_word)options->sextants, .mode_option = options->qr_mode}};
    enum charset_claim claim = charset_claim();
    out->entry = terminfo_entry(fd, term_name());
    out->colors = terminfo_colors(fd, out->entry);
    out->code_colors = code_colors(out->colors);
    out->awaited = probe_terminal(fd, term_name(), background_matters(out), &facts->answer);
    facts->utf8 = charset_settle(claim, how_shown(&facts->answer), &facts->charset_why);
    facts->library_has_octants = wcwidth(FIRST_OCTANT) == 1;
    identity_make(&facts->who, &facts->answer, term_name());
    if (facts->who.linux_console && linux_console_has(fd, UPPER_HALF_BLOCK, &has_half_block))
        facts->half_blocks_in_font = has_half_block ? ABILITY_YES : ABILITY_NO;
    survey_window(out, fd);
}

bool survey_has_stand_in(const struct survey *survey)
{
    return survey->entry && strcmp(survey->entry, term_name()) != 0;
}

/* What ncurses runs with cannot become UTF-8 any more; to write less than that it can. */
static void take_late_letter(struct ability_facts *facts)
{
    if (facts->utf8 && how_shown(&facts->answer) == CHARSET_SHOWN_AS_BYTES) {
        facts->utf8 = false;
        facts->charset_why = charset_why_bytes;
    }
}

bool survey_take_late(struct survey *out, char question[PROBE_QUESTION_MAX])
{
    struct ability_facts *facts = &out->facts;
    *question = '\0';
    if (out->awaited == PROBE_NONE || !facts->answer.complete)
        return false;
    take_late_letter(facts);
    identity_make(&facts->who, &facts->answer, term_name());
    if (out->awaited == PROBE_FIRST)
        probe_second(question, &facts->answer, term_name(), background_matters(out));
    out->awaited = *question ? PROBE_SECOND : PROBE_NONE;
    return true;
}

static int open_terminal(const char *path)
{
    return path ? open(path, O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK) : -1;
}

/* The ones in use come first: in a session without a terminal of its own, /dev/tty is none. */
static int find_terminal(void)
{
    int fd = open_terminal(ttyname(STDIN_FILENO));
    if (fd < 0)
        fd = open_terminal(ttyname(STDOUT_FILENO));
    return fd < 0 ? open_terminal("/dev/tty") : fd;
}

bool survey_any_terminal(struct survey *out, const struct ui_options *options, char *why, size_t why_size)
{
    int fd = find_terminal();
    if (fd < 0) {
        snprintf(why, why_size,
                 "there is no terminal to ask: neither standard input nor output is one, and /dev/tty: %s", strerror(errno));
        return false;
    }
    survey_terminal(out, fd, options);
    close(fd);
    return true;
}
