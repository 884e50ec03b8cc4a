/* SPDX-License-Identifier: MIT
 * What is written to the terminal for the picture of a code, frame by frame, also when a frame is thrown away half-way.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "ui/overlay.h"
#include "ui/stall.h"

#define STRING_END "\033\\"
#define ERASE "\033_Ga=d"
#define PICTURE "\033_Ga=T"

static char written[65536];
static size_t written_len;
/* The terminal stops taking output at the next write, which is thrown away. */
static bool stalls;
static bool refuses_once; /* EAGAIN */
static bool stalled;

static struct qr_cell cells[4];
static uint8_t pixels[4 * 8 * 16];
static const struct qr_drawing drawing = {
    .mode = QR_MODE_PICTURE, .columns = 2, .rows = 2, .cells = cells, .raster = {16, 32, pixels}};

ssize_t __wrap_write(int fd, const void *bytes, size_t len);
bool __wrap_stall_happened(void);

bool __wrap_stall_happened(void)
{
    return stalled;
}

ssize_t __wrap_write(int fd, const void *bytes, size_t len)
{
    assert_int_equal(fd, STDOUT_FILENO);
    if (refuses_once) {
        refuses_once = false;
        errno = EAGAIN;
        return -1;
    }
    stalled = stalled || stalls;
    if (stalled)
        return (ssize_t)len;
    size_t part = len > 7 ? 7 : len; /* never all at once */
    assert_true(written_len + part < sizeof written);
    memcpy(written + written_len, bytes, part);
    written_len += part;
    written[written_len] = '\0';
    return (ssize_t)part;
}

/* One frame, with the picture of this id, or without for 0. What it wrote is in `written`. */
static void frame(struct overlay *overlay, unsigned long id)
{
    written_len = 0;
    written[0] = '\0';
    stalled = false;
    overlay_begin(overlay);
    if (id)
        overlay_place(overlay, 3, 5, &drawing, id);
    overlay_prepare(overlay);
    overlay_show(overlay);
    if (stalled)
        overlay_lost(overlay);
    stalls = false;
}

static bool begins_with(const char *text)
{
    return strncmp(written, text, strlen(text)) == 0;
}

static void a_picture_is_written_once_and_taken_away_once(void **state)
{
    (void)state;
    struct overlay overlay = {.graphics = QR_GRAPHICS_KITTY};
    frame(&overlay, 0);
    assert_int_equal(written_len, 0);
    frame(&overlay, 1);
    assert_true(begins_with("\0337\033[4;6H" PICTURE));
    assert_string_equal(written + written_len - 2, "\0338");
    frame(&overlay, 1);
    assert_int_equal(written_len, 0);
    frame(&overlay, 2);
    assert_true(begins_with("\0337\033[4;6H" PICTURE));
    frame(&overlay, 0);
    assert_true(begins_with(ERASE));
    assert_null(strstr(written, PICTURE));
    frame(&overlay, 0);
    assert_int_equal(written_len, 0);
}

static void a_screen_that_was_lost_gets_it_anew(void **state)
{
    (void)state;
    struct overlay overlay = {.graphics = QR_GRAPHICS_KITTY};
    overlay_lost(&overlay);
    frame(&overlay, 0);
    assert_int_equal(written_len, 0);
    frame(&overlay, 1);
    overlay_lost(&overlay);
    frame(&overlay, 1);
    assert_true(begins_with(STRING_END ERASE));
    assert_non_null(strstr(written, PICTURE));
}

static void a_picture_cut_off_is_ended_and_written_again(void **state)
{
    (void)state;
    struct overlay overlay = {.graphics = QR_GRAPHICS_KITTY};
    stalls = true;
    frame(&overlay, 1);
    frame(&overlay, 1);
    assert_true(begins_with(STRING_END ERASE));
    assert_non_null(strstr(written, PICTURE));
}

static void one_whose_end_was_thrown_away_is_taken_away_again(void **state)
{
    (void)state;
    struct overlay overlay = {.graphics = QR_GRAPHICS_KITTY};
    frame(&overlay, 1);
    stalls = true;
    frame(&overlay, 0);
    frame(&overlay, 0);
    assert_string_equal(written, STRING_END "\033_Ga=d,d=I,i=23629,q=2\033\\");
    frame(&overlay, 0);
    assert_int_equal(written_len, 0);
}

static void leaving_the_screen_ends_and_takes_away_what_was_cut_off(void **state)
{
    (void)state;
    struct overlay overlay = {.graphics = QR_GRAPHICS_KITTY};
    stalls = true;
    frame(&overlay, 1);
    written_len = 0;
    stalled = false;
    overlay_remove(&overlay);
    assert_true(begins_with(STRING_END ERASE));
    written_len = 0;
    overlay_remove(&overlay);
    assert_int_equal(written_len, 0);
}

static void a_descriptor_that_does_not_wait_is_asked_again(void **state)
{
    (void)state;
    struct overlay overlay = {.graphics = QR_GRAPHICS_SIXEL};
    refuses_once = true;
    frame(&overlay, 1);
    assert_true(begins_with("\0337\033[4;6H\033P"));
    assert_string_equal(written + written_len - 4, "\033\\\0338");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_is_written_once_and_taken_away_once),
        cmocka_unit_test(a_screen_that_was_lost_gets_it_anew),
        cmocka_unit_test(a_picture_cut_off_is_ended_and_written_again),
        cmocka_unit_test(one_whose_end_was_thrown_away_is_taken_away_again),
        cmocka_unit_test(leaving_the_screen_ends_and_takes_away_what_was_cut_off),
        cmocka_unit_test(a_descriptor_that_does_not_wait_is_asked_again),
    };
    return cmocka_run_group_tests_name("overlay", tests, NULL, NULL);
}
