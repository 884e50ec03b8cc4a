/* SPDX-License-Identifier: MIT
 * Cells, and the proof that reads them back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "qr/code.h"
#include "qr/glyph.h"
#include "qr/octant.h"
#include "qr/spec.h"
#include "qr_rig.h"

#define V11_PAYLOAD 277

static struct qr_matrix symbol;
static uint8_t payload[3000];

/* A symbol of the version, full at level L. Returns the bytes of its payload. */
static size_t make_symbol(int version)
{
    uint32_t seed = (uint32_t)version;
    size_t len = rig_capacity(version, 'L');
    rig_fill(payload, len, &seed);
    rig_encode(&symbol, payload, len, version, 'L');
    return len;
}

static const struct qr_terminal best = {
    .can = {true, true, true, true, true}, .cell_width = 8, .cell_height = 17};

static struct qr_drawing draw_in(enum qr_mode mode, bool inverted)
{
    struct qr_drawing drawing;
    const struct qr_draw_request request = {
        .mode = mode, .side = QR_QUIET_SIDE, .top = QR_QUIET_TOP, .inverted = inverted, .terminal = &best};
    assert_true(qr_draw(&drawing, &symbol, &request));
    return drawing;
}

static struct qr_drawing draw(enum qr_mode mode)
{
    return draw_in(mode, false);
}

/* Whether the drawing fails at the proof, with these words in its sentence. */
static bool fails_with(const struct qr_drawing *drawing, size_t len, const char *words)
{
    struct qr_failure failure = {0};
    bool proves = qr_drawing_proves(drawing, payload, len, &failure);
    bool told = strstr(failure.text, words) != NULL;
    if (!proves && !told)
        print_message("'%s' does not say '%s'\n", failure.text, words);
    return !proves && failure.step == QR_STEP_PROOF && told;
}

static void check_proof(enum qr_mode mode, bool inverted, size_t len)
{
    int columns, rows;
    struct qr_drawing drawing = draw_in(mode, inverted);
    qr_mode_size(mode, symbol.size, &best, &columns, &rows);
    assert_int_equal(drawing.columns, columns);
    assert_int_equal(drawing.rows, rows);
    assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
    payload[len / 2] ^= 1;
    assert_true(fails_with(&drawing, len, "another payload"));
    payload[len / 2] ^= 1;
    assert_true(fails_with(&drawing, len - 1, "another payload"));
    drawing.inverted = !inverted; /* drawn as one, called the other */
    assert_false(qr_drawing_proves(&drawing, payload, len, NULL));
    qr_drawing_free(&drawing);
    assert_null(drawing.cells);
    assert_null(drawing.raster.dark);
}

static void test_every_mode_and_version_proves(void **state)
{
    (void)state;
    for (int version = 1; version <= SPEC_VERSION_MAX; version++) {
        size_t len = make_symbol(version);
        for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
            check_proof((enum qr_mode)mode, false, len);
            check_proof((enum qr_mode)mode, true, len);
        }
    }
}

static void test_encoded_payloads_prove(void **state)
{
    (void)state;
    struct qr_failure failure;
    uint32_t seed = 9;
    for (size_t len = 1; len <= 2953; len += len < 40 ? 1 : 97) {
        rig_fill(payload, len, &seed);
        assert_true(qr_encode(&symbol, payload, len, &failure));
        struct qr_drawing drawing = draw(QR_MODE_HALF);
        assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
        qr_drawing_free(&drawing);
    }
}

static void test_encode_bounds(void **state)
{
    (void)state;
    struct qr_failure failure;
    static uint8_t much[2954];
    memset(much, 0xff, sizeof much);
    assert_true(qr_encode(&symbol, much, 2953, &failure));
    assert_int_equal(symbol.size, 177);
    assert_false(qr_encode(&symbol, much, 2954, &failure));
    assert_int_equal(failure.step, QR_STEP_ENCODE);
    assert_int_equal(symbol.size, 0);
    assert_false(qr_encode(&symbol, much, 0, &failure));
    assert_true(qr_encode(&symbol, much, V11_PAYLOAD, &failure));
    assert_int_equal(symbol.size, 61);
}

static bool dark_at(int x, int y)
{
    int column = x - QR_QUIET_SIDE, row = y - QR_QUIET_TOP;
    return column >= 0 && row >= 0 && column < symbol.size && row < symbol.size &&
           symbol.dark[row * symbol.size + column];
}

static void test_half_blocks_use_one_glyph(void **state)
{
    (void)state;
    make_symbol(11);
    struct qr_drawing drawing = draw(QR_MODE_HALF);
    for (int i = 0; i < drawing.rows * drawing.columns; i++) {
        bool top = dark_at(i % drawing.columns, i / drawing.columns * 2);
        bool bottom = dark_at(i % drawing.columns, i / drawing.columns * 2 + 1);
        assert_int_equal(drawing.cells[i].glyph, top == bottom ? 0x20 : 0x2580);
        assert_int_equal(drawing.cells[i].light_background, !bottom);
    }
    qr_drawing_free(&drawing);
}

/* The sextants in the order of Unicode: every set of the six but none, all, and the two halves. */
static uint32_t sextant(unsigned marks)
{
    uint32_t glyph = 0x1fb00;
    if (marks == 0)
        return 0x20;
    if (marks == 21)
        return 0x258c;
    if (marks == 42)
        return 0x2590;
    for (unsigned n = 1; n < marks; n++)
        glyph += n != 21 && n != 42;
    return glyph;
}

static void check_sextants(enum qr_mode mode, int across)
{
    struct qr_drawing drawing = draw(mode);
    for (int i = 0; i < drawing.rows * drawing.columns; i++) {
        int x = i % drawing.columns * across, y = i / drawing.columns * 3;
        bool ground = dark_at(x + across - 1, y + 2);
        unsigned marks = 0;
        for (int k = 0; k < 6; k++)
            marks |= (unsigned)(dark_at(across == 2 ? x + k % 2 : x, y + k / 2) != ground) << k;
        assert_int_equal(drawing.cells[i].glyph, sextant(marks));
        assert_int_equal(drawing.cells[i].light_background, !ground);
    }
    qr_drawing_free(&drawing);
}

static void test_sextants(void **state)
{
    (void)state;
    make_symbol(40);
    check_sextants(QR_MODE_WIDE_SEXTANT, 1);
    check_sextants(QR_MODE_SEXTANT, 2);
}

/* The other way to draw a sextant cell: marks and ground exchanged. The proof must see the same. */
static void test_the_proof_sees_every_sextant(void **state)
{
    (void)state;
    size_t len = make_symbol(40);
    struct qr_drawing drawing = draw(QR_MODE_SEXTANT);
    for (int i = 0; i < drawing.rows * drawing.columns; i++) {
        struct qr_cell *cell = &drawing.cells[i];
        for (unsigned marks = 1; marks < 63; marks++) {
            if (cell->glyph != sextant(marks))
                continue;
            *cell = (struct qr_cell){.glyph = sextant(63 - marks), .light_background = !cell->light_background};
            break;
        }
    }
    assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
    qr_drawing_free(&drawing);
}

/* "134" is the set of the first, third and fourth mark. */
static unsigned marks_of(const char *digits)
{
    unsigned marks = 0;
    for (; *digits; digits++)
        marks |= 1u << (*digits - '1');
    return marks;
}

/* Some glyphs by their names in Unicode: BLOCK OCTANT-…, QUADRANT …, … BLOCK. */
static void test_names_of_octants(void **state)
{
    (void)state;
    static const struct {
        uint32_t glyph;
        const char *marks;
    } named[] = {
        {0x20, ""},        {0x1cd00, "3"},      {0x1cd01, "23"},      {0x1cd02, "123"},      {0x1cd0c, "125"},
        {0x1cd33, "3456"}, {0x1cd72, "28"},     {0x1cda3, "123568"},  {0x1cde4, "1345678"},  {0x1cde5, "2345678"},
        {0x2598, "13"},    {0x259d, "24"},      {0x2580, "1234"},     {0x2596, "57"},        {0x258c, "1357"},
        {0x259e, "2457"},  {0x259b, "123457"},  {0x2597, "68"},       {0x259a, "1368"},      {0x2590, "2468"},
        {0x259c, "123468"}, {0x2582, "78"},     {0x2584, "5678"},     {0x2599, "135678"},    {0x259f, "245678"},
        {0x2586, "345678"}, {0x2588, "12345678"},
    };
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        unsigned marks;
        assert_int_equal(octant_glyph(marks_of(named[i].marks)), named[i].glyph);
        assert_true(glyph_marks(QR_MODE_OCTANT, named[i].glyph, &marks));
        assert_int_equal(marks, marks_of(named[i].marks));
    }
}

/* What draws and what reads have a table each. */
static void test_octants_are_read_as_drawn(void **state)
{
    (void)state;
    int without = 0;
    for (unsigned n = 0; n < 256; n++) {
        unsigned marks;
        uint32_t glyph = octant_glyph(n);
        if (glyph == 0) {
            without++;
            assert_int_not_equal(octant_glyph(~n & 255), 0);
            continue;
        }
        assert_true(glyph_marks(QR_MODE_OCTANT, glyph, &marks));
        assert_int_equal(marks, n);
    }
    assert_int_equal(without, 8);
}

/* Only what kitty, foot and VTE draw themselves; the ground is the lower right module wherever such a glyph allows it. */
static void test_octants(void **state)
{
    (void)state;
    make_symbol(40);
    struct qr_drawing drawing = draw(QR_MODE_OCTANT);
    for (int i = 0; i < drawing.rows * drawing.columns; i++) {
        const struct qr_cell *cell = &drawing.cells[i];
        int x = i % drawing.columns * 2, y = i / drawing.columns * 4;
        bool ground = dark_at(x + 1, y + 3);
        unsigned marks = 0, other = 0;
        for (int k = 0; k < 8; k++)
            other |= (unsigned)(dark_at(x + k % 2, y + k / 2) != ground) << k;
        bool known = cell->glyph == 0x20 || (cell->glyph >= 0x2580 && cell->glyph <= 0x259f) ||
                     (cell->glyph >= 0x1cd00 && cell->glyph <= 0x1cde5);
        assert_true(known && glyph_marks(QR_MODE_OCTANT, cell->glyph, &marks));
        bool exchanged = octant_glyph(other) == 0;
        assert_int_equal(marks, exchanged ? ~other & 255 : other);
        assert_int_equal(cell->light_background, ground == exchanged);
    }
    qr_drawing_free(&drawing);
}

static void test_quiet_zone_is_raised_and_kept(void **state)
{
    (void)state;
    size_t len = make_symbol(3);
    struct qr_drawing drawing;
    assert_true(qr_draw(&drawing, &symbol, &(struct qr_draw_request){.mode = QR_MODE_HALF, .side = 0, .top = -5}));
    assert_int_equal(drawing.columns, 29 + 4);
    assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
    qr_drawing_free(&drawing);
    assert_true(qr_draw(&drawing, &symbol, &(struct qr_draw_request){.mode = QR_MODE_FULL, .side = 1000000000, .top = 1000000000}));
    assert_int_equal(drawing.columns, 2 * (29 + 2 * QR_QUIET_MAX));
    assert_int_equal(drawing.rows, 29 + 2 * QR_QUIET_MAX);
    assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
    qr_drawing_free(&drawing);
    make_symbol(40);
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        const struct qr_draw_request widest = {
            .mode = (enum qr_mode)mode, .side = QR_QUIET_MAX, .top = QR_QUIET_MAX, .terminal = &best};
        assert_true(qr_draw(&drawing, &symbol, &widest));
        assert_true(qr_drawing_proves(&drawing, payload, rig_capacity(40, 'L'), NULL));
        qr_drawing_free(&drawing);
    }
}

/* A single dark module in the quiet zone is no error that may be mended. */
static void check_quiet_zone(enum qr_mode mode, bool inverted, size_t len)
{
    const struct qr_mode_info *info = qr_mode_info(mode);
    struct qr_drawing drawing = draw_in(mode, inverted);
    for (int i = 0; i < drawing.rows * drawing.columns; i++) {
        int x = i % drawing.columns / info->cells * info->across, y = i / drawing.columns * info->down;
        bool quiet = x + info->across <= QR_QUIET_SIDE || y + info->down <= QR_QUIET_TOP ||
                     x >= QR_QUIET_SIDE + symbol.size || y >= QR_QUIET_TOP + symbol.size;
        if (!quiet)
            continue;
        drawing.cells[i].light_background = inverted;
        assert_false(qr_drawing_proves(&drawing, payload, len, NULL));
        drawing.cells[i].light_background = !inverted;
    }
    assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
    qr_drawing_free(&drawing);
}

static void test_the_quiet_zone_must_be_light(void **state)
{
    (void)state;
    size_t len = make_symbol(2);
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        check_quiet_zone((enum qr_mode)mode, false, len);
        check_quiet_zone((enum qr_mode)mode, true, len);
    }
}

/* What a module of the symbol is for, by its place alone. */
/* Of versions 1, 4, and 7: where the rows and columns of centres cross, but on finder patterns. */
static bool in_alignment(int row, int column)
{
    static const int centres[][3] = {{33, 26, 26}, {45, 6, 22}, {45, 22, 22}, {45, 22, 38}, {45, 38, 38}};
    for (size_t i = 0; i < sizeof centres / sizeof centres[0]; i++) {
        int a = centres[i][1], b = centres[i][2];
        bool one = abs(row - a) <= 2 && abs(column - b) <= 2, other = abs(row - b) <= 2 && abs(column - a) <= 2;
        if (symbol.size == centres[i][0] && (one || other))
            return true;
    }
    return false;
}

static bool in_finder_or_timing(int row, int column)
{
    int last = symbol.size - 8;
    bool finder = (row < 8 || row >= last) && (column < 8 || column >= last) && (row < 8 || column < 8);
    return finder || row == 6 || column == 6;
}

/* One wrong module: a camera needs the patterns as they are, and mends the rest. */
static void test_one_wrong_module(void **state)
{
    (void)state;
    for (int version = 1; version <= 7; version += 3) {
        size_t len = make_symbol(version);
        for (int i = 0; i < symbol.size * symbol.size; i++) {
            enum qr_mode mode = (enum qr_mode)(i % QR_MODE_COUNT);
            symbol.dark[i] ^= 1;
            struct qr_drawing drawing = draw_in(mode, i % 5 == 0);
            int row = i / symbol.size, column = i % symbol.size;
            if (in_finder_or_timing(row, column) || in_alignment(row, column))
                assert_false(qr_drawing_proves(&drawing, payload, len, NULL));
            else
                assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
            qr_drawing_free(&drawing);
            symbol.dark[i] ^= 1;
        }
    }
}

/* A cell holds several modules, and its glyph may become any other of the mode: no payload but the true one is proven,
 * and none where the change is seen in a pattern. */
static void test_one_wrong_cell(void **state)
{
    (void)state;
    uint32_t seed = 5;
    size_t len = make_symbol(11);
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        const struct qr_mode_info *info = qr_mode_info((enum qr_mode)mode);
        struct qr_drawing drawing = draw((enum qr_mode)mode);
        for (int i = 0; i < drawing.rows * drawing.columns && mode != QR_MODE_PICTURE; i++) {
            struct qr_cell *cell = &drawing.cells[i], kept = *cell;
            int row = i / drawing.columns * info->down - QR_QUIET_TOP;
            int column = i % drawing.columns / info->cells * info->across - QR_QUIET_SIDE;
            bool timing = row <= 6 && row + info->down > 6 && column >= 0 && column + info->across <= symbol.size;
            *cell = drawing.cells[rig_random(&seed) % (uint32_t)(drawing.rows * drawing.columns)];
            cell->light_background = kept.glyph == cell->glyph ? !kept.light_background : cell->light_background;
            bool proves = qr_drawing_proves(&drawing, payload, len, NULL);
            if (timing && kept.glyph == cell->glyph)
                assert_false(proves);
            bool alignment = row + info->down > 28 && row <= 32 && column + info->across > 28 && column <= 32;
            if (mode != QR_MODE_FULL && row > 12 && row < 50 && column > 12 && column < 50 && !alignment)
                assert_true(proves);
            if (alignment && kept.glyph == cell->glyph)
                assert_false(proves);
            *cell = kept;
        }
        qr_drawing_free(&drawing);
    }
}

/* The left edge of a module in the middle of the symbol, 5 pixels high as all are. */
static void flip_an_edge(const struct qr_raster *raster)
{
    int left = (raster->width - symbol.size * 5) / 2 + 30 * 5, top = (raster->height - symbol.size * 5) / 2 + 30 * 5;
    for (int y = top; y < top + 5; y++)
        raster->dark[y * raster->width + left] ^= 1;
}

/* A picture has no error that may be mended: its pixels are ours from end to end. */
static void test_one_wrong_pixel(void **state)
{
    (void)state;
    size_t len = make_symbol(11);
    for (int inverted = 0; inverted < 2; inverted++) {
        struct qr_drawing drawing = draw_in(QR_MODE_PICTURE, inverted);
        int pixels = drawing.raster.width * drawing.raster.height, proven = 0;
        for (int i = 0; i < pixels; i += 7) {
            drawing.raster.dark[i] ^= 1;
            proven += qr_drawing_proves(&drawing, payload, len, NULL);
            drawing.raster.dark[i] ^= 1;
        }
        assert_int_equal(proven, 0);
        flip_an_edge(&drawing.raster);
        assert_true(fails_with(&drawing, len, "the module at column 31, row 31 is not of one colour"));
        drawing.raster.dark[pixels / 2] = 2;
        assert_true(fails_with(&drawing, len, "neither dark nor light"));
        qr_drawing_free(&drawing);
    }
}

/* Takes columns and rows of cells away, and tries to prove what is left. */
static bool cropped_fails(const struct qr_drawing *drawing, int left, int top, int right, int bottom, const char *words)
{
    struct qr_drawing cropped = *drawing;
    cropped.columns -= left + right;
    cropped.rows -= top + bottom;
    cropped.cells = malloc((size_t)(cropped.columns * cropped.rows) * sizeof *cropped.cells);
    assert_non_null(cropped.cells);
    for (int row = 0; row < cropped.rows; row++)
        memcpy(cropped.cells + row * cropped.columns, drawing->cells + (row + top) * drawing->columns + left,
               (size_t)cropped.columns * sizeof *cropped.cells);
    bool fails = fails_with(&cropped, 0, words);
    qr_drawing_free(&cropped);
    return fails;
}

static void test_the_quiet_zone_must_be_wide(void **state)
{
    (void)state;
    make_symbol(2);
    for (int inverted = 0; inverted < 2; inverted++) {
        struct qr_drawing drawing = draw_in(QR_MODE_FULL, inverted);
        assert_true(cropped_fails(&drawing, 0, 0, 0, 0, "another payload"));
        assert_true(cropped_fails(&drawing, 2, 0, 0, 0, "1 of the 2 modules it needs at the left"));
        assert_true(cropped_fails(&drawing, 0, 1, 0, 0, "0 of the 1 modules it needs above"));
        assert_true(cropped_fails(&drawing, 0, 0, 4, 0, "0 of the 2 modules it needs at the right"));
        assert_true(cropped_fails(&drawing, 0, 0, 0, 1, "0 of the 1 modules it needs below"));
        assert_true(cropped_fails(&drawing, 1, 0, 0, 0, "too many or too odd"));
        assert_true(cropped_fails(&drawing, 1, 0, 1, 0, "is not like the other of its module"));
        qr_drawing_free(&drawing);
    }
}

/* The outer modules on a side made like the quiet zone: what is left is not square. */
static void test_a_symbol_that_is_not_square(void **state)
{
    (void)state;
    size_t len = make_symbol(2);
    for (int i = 0; i < symbol.size; i++)
        symbol.dark[i * symbol.size + symbol.size - 1] = 0;
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        struct qr_drawing drawing = draw((enum qr_mode)mode);
        assert_true(fails_with(&drawing, len, "a symbol of 24x25 modules is of no version"));
        qr_drawing_free(&drawing);
    }
}

static void test_a_drawing_of_nothing(void **state)
{
    (void)state;
    size_t len = make_symbol(2);
    memset(symbol.dark, 0, sizeof symbol.dark);
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        struct qr_drawing drawing = draw((enum qr_mode)mode);
        assert_true(fails_with(&drawing, len, "there is no symbol in"));
        qr_drawing_free(&drawing);
    }
}

static void check_strange_glyphs(enum qr_mode mode, size_t len)
{
    static const uint32_t strange[] = {0, '#', 0x2581, 0x25a0, 0x1fb3c, 0x1faff, 0x1ccff, 0x1cde6, 0x1cea8, 0xffffffff};
    struct qr_drawing drawing = draw(mode);
    int middle = drawing.columns * (drawing.rows / 2) + 4;
    struct qr_cell *cell = &drawing.cells[middle];
    for (size_t i = 0; i < sizeof strange / sizeof strange[0]; i++) {
        char words[80];
        snprintf(words, sizeof words, "U+%04X at column 5, row %d belongs to no cell of %s", (unsigned)strange[i],
                 drawing.rows / 2 + 1, qr_mode_info(mode)->words);
        cell[0].glyph = strange[i];
        if (mode == QR_MODE_FULL) /* a module of two cells that agree */
            cell[1] = cell[0];
        assert_true(fails_with(&drawing, len, mode == QR_MODE_PICTURE ? "under the picture is not blank" : words));
    }
    qr_drawing_free(&drawing);
}

static void test_glyphs_of_another_mode(void **state)
{
    (void)state;
    size_t len = make_symbol(4);
    for (int mode = 0; mode < QR_MODE_COUNT; mode++)
        check_strange_glyphs((enum qr_mode)mode, len);
    struct qr_drawing drawing = draw(QR_MODE_WIDE_SEXTANT);
    drawing.cells[drawing.columns * 5].glyph = 0x258c; /* the two halves of a module must agree */
    assert_true(fails_with(&drawing, len, "U+258C at column 1, row 6"));
    qr_drawing_free(&drawing);
    drawing = draw(QR_MODE_FULL); /* and so must its two cells */
    drawing.cells[7].light_background = false;
    assert_true(fails_with(&drawing, len, "the cell at column 8, row 1"));
    qr_drawing_free(&drawing);
}

/* A single wrong cell is mended like any error of a camera; a third of them is more than can be. */
static void test_damage_beyond_correction(void **state)
{
    (void)state;
    size_t len = make_symbol(5);
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        if (mode == QR_MODE_PICTURE)
            continue;
        uint32_t seed = 21;
        struct qr_drawing drawing = draw((enum qr_mode)mode);
        int cells = drawing.rows * drawing.columns;
        struct qr_cell *middle = &drawing.cells[drawing.rows / 2 * drawing.columns + drawing.columns / 4 * 2];
        int module_cells = qr_mode_info((enum qr_mode)mode)->cells;
        for (int i = 0; i < module_cells; i++)
            middle[i].light_background = !middle[i].light_background;
        assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
        for (int n = 0; n < cells / 3; n++) {
            struct qr_cell *cell = &drawing.cells[rig_random(&seed) % (uint32_t)cells];
            cell->light_background = !cell->light_background;
        }
        assert_false(qr_drawing_proves(&drawing, payload, len, NULL));
        qr_drawing_free(&drawing);
    }
}

static void test_absurd_drawings(void **state)
{
    (void)state;
    struct qr_cell cells[4] = {
        {.glyph = ' ', .light_background = true}, {.glyph = ' '}, {.glyph = ' '}, {.glyph = ' '}};
    uint8_t pixels[4] = {0, 1, 1, 1};
    struct qr_drawing drawing = {.mode = QR_MODE_HALF, .columns = 2, .rows = 2, .cells = cells};
    assert_true(fails_with(&drawing, 0, "the quiet zone has 0 of the 2 modules"));
    drawing.mode = QR_MODE_PICTURE;
    assert_true(fails_with(&drawing, 0, "a picture of 0x0 pixels does not fill 2x2 cells"));
    drawing.raster = (struct qr_raster){3, 2, pixels};
    assert_true(fails_with(&drawing, 0, "a picture of 3x2 pixels does not fill 2x2 cells"));
    drawing.raster.width = 2;
    assert_true(fails_with(&drawing, 0, "is not blank"));
    cells[1].light_background = cells[2].light_background = cells[3].light_background = true;
    assert_true(fails_with(&drawing, 0, "no finder pattern"));
    drawing.mode = QR_MODE_HALF;
    drawing.columns = 0;
    assert_true(fails_with(&drawing, 0, "0x2 cells of mode 0 are no drawing"));
    drawing.columns = drawing.rows = 1000000;
    assert_true(fails_with(&drawing, 0, "1000000x1000000 cells are too many"));
    drawing.mode = QR_MODE_COUNT;
    assert_true(fails_with(&drawing, 0, "are no drawing"));
}

/* A picture needs cells of a size that can be true. */
static void test_pictures_need_cells(void **state)
{
    (void)state;
    static const int absurd[][2] = {{0, 0}, {8, 0}, {0, 17}, {1, 17}, {8, 1}, {101, 17}, {8, 101}, {-8, -17}};
    make_symbol(11);
    for (size_t i = 0; i < sizeof absurd / sizeof absurd[0]; i++) {
        int columns, rows;
        struct qr_drawing drawing;
        struct qr_terminal terminal = best;
        terminal.cell_width = absurd[i][0];
        terminal.cell_height = absurd[i][1];
        qr_mode_size(QR_MODE_PICTURE, symbol.size, &terminal, &columns, &rows);
        assert_true(columns == 0 && rows == 0 && !qr_mode_possible(QR_MODE_PICTURE, &terminal));
        assert_false(qr_draw(&drawing, &symbol, &(struct qr_draw_request){.mode = QR_MODE_PICTURE, .terminal = &terminal}));
        assert_null(drawing.cells);
    }
    struct qr_drawing drawing;
    const struct qr_draw_request without = {.mode = QR_MODE_PICTURE};
    assert_false(qr_draw(&drawing, &symbol, &without));
}

static int cells_for(int pixels, int cell)
{
    return (pixels + cell - 1) / cell;
}

/* The largest modules that fit 65x21 cells and 1000 pixels, from 3 to 16 pixels; what is drawn never leaves the usual room
 * before that. */
static void check_picture(const struct qr_terminal *terminal, size_t len)
{
    struct qr_drawing drawing;
    const struct qr_draw_request request = {
        .mode = QR_MODE_PICTURE, .side = QR_QUIET_SIDE, .top = QR_QUIET_TOP, .terminal = terminal};
    assert_true(qr_draw(&drawing, &symbol, &request));
    assert_int_equal(drawing.raster.width, drawing.columns * terminal->cell_width);
    assert_int_equal(drawing.raster.height, drawing.rows * terminal->cell_height);
    assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
    int module = 16;
    while (module > 3 && ((symbol.size + 4) * module > 65 * terminal->cell_width ||
                          (symbol.size + 2) * module > 21 * terminal->cell_height ||
                          cells_for((symbol.size + 4) * module, terminal->cell_width) * terminal->cell_width > 1000 ||
                          cells_for((symbol.size + 4) * module, terminal->cell_height) * terminal->cell_height > 1000))
        module--;
    const uint8_t *middle = drawing.raster.dark + drawing.raster.height / 2 * drawing.raster.width;
    assert_int_equal(drawing.columns, cells_for((symbol.size + 4) * module, terminal->cell_width));
    assert_true(drawing.rows <= 21 || drawing.rows * terminal->cell_height < (symbol.size + 2) * module + terminal->cell_height);
    assert_true(middle[0] == 0 && middle[drawing.raster.width - 1] == 0);
    qr_drawing_free(&drawing);
}

static void test_sizes_of_pictures(void **state)
{
    (void)state;
    static const int cells[][2] = {{6, 12}, {6, 13}, {7, 14}, {8, 15}, {8, 16}, {8, 17}, {9, 18}, {10, 20}, {12, 24},
                                   {16, 32}, {20, 40}, {20, 100}, {2, 2}, {100, 100}, {2, 100}, {100, 2}, {17, 5}};
    for (int version = 1; version <= SPEC_VERSION_MAX; version += 3) {
        size_t len = make_symbol(version);
        for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
            struct qr_terminal terminal = best;
            terminal.cell_width = cells[i][0];
            terminal.cell_height = cells[i][1];
            check_picture(&terminal, len);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_mode_and_version_proves),
        cmocka_unit_test(test_encoded_payloads_prove),
        cmocka_unit_test(test_encode_bounds),
        cmocka_unit_test(test_half_blocks_use_one_glyph),
        cmocka_unit_test(test_sextants),
        cmocka_unit_test(test_the_proof_sees_every_sextant),
        cmocka_unit_test(test_names_of_octants),
        cmocka_unit_test(test_octants_are_read_as_drawn),
        cmocka_unit_test(test_octants),
        cmocka_unit_test(test_quiet_zone_is_raised_and_kept),
        cmocka_unit_test(test_the_quiet_zone_must_be_light),
        cmocka_unit_test(test_one_wrong_module),
        cmocka_unit_test(test_one_wrong_cell),
        cmocka_unit_test(test_one_wrong_pixel),
        cmocka_unit_test(test_the_quiet_zone_must_be_wide),
        cmocka_unit_test(test_a_symbol_that_is_not_square),
        cmocka_unit_test(test_a_drawing_of_nothing),
        cmocka_unit_test(test_glyphs_of_another_mode),
        cmocka_unit_test(test_damage_beyond_correction),
        cmocka_unit_test(test_absurd_drawings),
        cmocka_unit_test(test_pictures_need_cells),
        cmocka_unit_test(test_sizes_of_pictures),
    };
    return cmocka_run_group_tests_name("qr_draw", tests, NULL, NULL);
}
