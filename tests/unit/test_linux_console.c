/* SPDX-License-Identifier: MIT
 * The font map of a Linux console, which the kernel is played for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#ifdef __linux__

#include <errno.h>
#include <linux/kd.h>
#include <string.h>

#include "ui/linux_console.h"

#define CONSOLE_FD 77

/* What the console behind CONSOLE_FD has; NULL: it is none. */
static const struct unipair *font;
static unsigned short font_size;

int __wrap_ioctl(int fd, unsigned long request, ...);

int __wrap_ioctl(int fd, unsigned long request, ...)
{
    va_list arguments;
    va_start(arguments, request);
    struct unimapdesc *map = va_arg(arguments, struct unimapdesc *);
    va_end(arguments);
    assert_int_equal(fd, CONSOLE_FD);
    assert_int_equal(request, GIO_UNIMAP);
    errno = font ? ENOMEM : ENOTTY;
    if (!font)
        return -1;
    bool fits = map->entry_ct >= font_size;
    if (fits && font_size > 0)
        memcpy(map->entries, font, font_size * sizeof *font);
    map->entry_ct = font_size;
    return fits ? 0 : -1;
}

static void the_sign_is_looked_for_in_the_map(void **state)
{
    (void)state;
    static const struct unipair with[] = {{0x0020, 32}, {0x2588, 219}, {0x2580, 223}}, without[] = {{0x0020, 32}};
    bool has = false;
    font = with;
    font_size = 3;
    assert_true(linux_console_has(CONSOLE_FD, 0x2580, &has));
    assert_true(has);
    font = without;
    font_size = 1;
    assert_true(linux_console_has(CONSOLE_FD, 0x2580, &has));
    assert_false(has);
}

static void an_empty_map_has_nothing(void **state)
{
    (void)state;
    static const struct unipair nothing[1];
    bool has = true;
    font = nothing;
    font_size = 0;
    assert_true(linux_console_has(CONSOLE_FD, 0x2580, &has));
    assert_false(has);
}

static void other_terminals_have_no_map(void **state)
{
    (void)state;
    bool has;
    font = NULL;
    assert_false(linux_console_has(CONSOLE_FD, 0x2580, &has));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sign_is_looked_for_in_the_map),
        cmocka_unit_test(an_empty_map_has_nothing),
        cmocka_unit_test(other_terminals_have_no_map),
    };
    return cmocka_run_group_tests_name("linux_console", tests, NULL, NULL);
}

#else

int main(void)
{
    print_message("1..0 # SKIP this is no Linux\n");
    return 0;
}

#endif
