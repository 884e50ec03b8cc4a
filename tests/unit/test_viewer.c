/* SPDX-License-Identifier: MIT
 * The one code on show: read once, drawn once per mode, and in another mode where a proof fails. The proof is replaced
 * at link time, because the true one does not fail.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>

#include "sim/pngmaker.h"
#include "sim/wacode.h"
#include "viewer.h"

static qr_mode_set failing; /* modes whose proof is made to fail */

bool __real_qr_drawing_proves(const struct qr_drawing *drawing, const uint8_t *payload, size_t len,
                              struct qr_failure *failure);
bool __wrap_qr_drawing_proves(const struct qr_drawing *drawing, const uint8_t *payload, size_t len,
                              struct qr_failure *failure);

bool __wrap_qr_drawing_proves(const struct qr_drawing *drawing, const uint8_t *payload, size_t len,
                              struct qr_failure *failure)
{
    if (!(failing & QR_MODE_BIT(drawing->mode)))
        return __real_qr_drawing_proves(drawing, payload, len, failure);
    failure->step = QR_STEP_PROOF;
    snprintf(failure->text, sizeof failure->text, "made to fail");
    return false;
}

static const struct qr_terminal terminal = {.can = {true, true, true}};

/* A viewer that holds the code of an instance. */
struct show {
    struct instance instance;
    struct viewer viewer;
};

static int setup(void **state)
{
    struct show *show = calloc(1, sizeof *show);
    char payload[WACODE_SIZE];
    size_t png_len;
    failing = 0;
    wacode_make(payload, 1, 1, WACODE_NEW);
    unsigned char *png = pngmaker_draw(payload, &png_len);
    if (!show || !png)
        return -1;
    char *base64 = malloc(png_len / 3 * 4 + 8);
    int len = base64 ? EVP_EncodeBlock((unsigned char *)base64, png, (int)png_len) : -1;
    free(png);
    if (len < 0)
        return -1;
    instance_set_code(&show->instance, base64, (size_t)len);
    *state = show;
    return viewer_load(&show->viewer, &show->instance) ? 0 : -1;
}

static int teardown(void **state)
{
    struct show *show = *state;
    viewer_clear(&show->viewer);
    instance_set_code(&show->instance, NULL, 0);
    free(show);
    return 0;
}

static void draws_and_proves(void **state)
{
    struct show *show = *state;
    assert_true(show->viewer.readable);
    assert_int_equal(show->viewer.symbol.size, 61);
    assert_int_equal(viewer_draw(&show->viewer, QR_MODE_HALF, false, &terminal), VIEWER_DRAWN);
    assert_true(show->viewer.verified);
    const struct qr_cell *cells = show->viewer.drawing.cells;
    assert_int_equal(viewer_draw(&show->viewer, QR_MODE_HALF, false, &terminal), VIEWER_DRAWN);
    assert_ptr_equal(show->viewer.drawing.cells, cells);
    assert_int_equal(viewer_draw(&show->viewer, QR_MODE_HALF, true, &terminal), VIEWER_DRAWN);
    assert_true(show->viewer.drawing.inverted && show->viewer.verified);
}

static void a_failed_proof_bars_the_mode_for_this_code(void **state)
{
    struct show *show = *state;
    char text[256];
    failing = QR_MODE_BIT(QR_MODE_HALF);
    assert_int_equal(viewer_draw(&show->viewer, QR_MODE_HALF, false, &terminal), VIEWER_UNPROVEN);
    assert_false(show->viewer.drawn || show->viewer.verified);
    assert_int_equal(show->viewer.barred, QR_MODE_BIT(QR_MODE_HALF));
    assert_string_equal(show->viewer.unproven.text, "made to fail");
    viewer_describe(&show->viewer, text, sizeof text);
    assert_non_null(strstr(text, "NOT shown: made to fail"));
    assert_int_equal(qr_mode_pick(QR_MODE_HALF, 61, 200, 100, &terminal, show->viewer.barred), QR_MODE_WIDE_SEXTANT);
    assert_int_equal(viewer_draw(&show->viewer, QR_MODE_WIDE_SEXTANT, false, &terminal), VIEWER_DRAWN);
    viewer_describe(&show->viewer, text, sizeof text);
    assert_non_null(strstr(text, "modules, verified"));
}

static void the_next_code_begins_without_bars(void **state)
{
    struct show *show = *state;
    failing = QR_MODE_BIT(QR_MODE_HALF);
    assert_int_equal(viewer_draw(&show->viewer, QR_MODE_HALF, false, &terminal), VIEWER_UNPROVEN);
    show->instance.code_serial++;
    failing = 0;
    assert_true(viewer_load(&show->viewer, &show->instance));
    assert_int_equal(show->viewer.barred, 0);
    assert_int_equal(viewer_draw(&show->viewer, QR_MODE_HALF, false, &terminal), VIEWER_DRAWN);
}

static void a_code_that_is_gone_is_wiped(void **state)
{
    struct show *show = *state;
    assert_int_equal(viewer_draw(&show->viewer, QR_MODE_HALF, false, &terminal), VIEWER_DRAWN);
    instance_set_code(&show->instance, NULL, 0);
    assert_false(viewer_load(&show->viewer, &show->instance));
    const struct viewer clear = {.drawings = show->viewer.drawings};
    assert_memory_equal(&show->viewer, &clear, sizeof clear);
    assert_int_equal(viewer_draw(&show->viewer, QR_MODE_HALF, false, &terminal), VIEWER_NOTHING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(draws_and_proves, setup, teardown),
        cmocka_unit_test_setup_teardown(a_failed_proof_bars_the_mode_for_this_code, setup, teardown),
        cmocka_unit_test_setup_teardown(the_next_code_begins_without_bars, setup, teardown),
        cmocka_unit_test_setup_teardown(a_code_that_is_gone_is_wiped, setup, teardown),
    };
    return cmocka_run_group_tests_name("viewer", tests, NULL, NULL);
}
