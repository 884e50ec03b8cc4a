# SPDX-License-Identifier: MIT
# Shows that the tools of the scan tests tell truth: drawings made here, by the rules that the program follows too,
# go through a terminal, become a picture and are read by both decoders. Broken drawings must not be readable.
import base64
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import cells
import decode
import glyphs
import png
import qrcode
import raster
import tap
import term

DARK, LIGHT = 16, 231
LINK = b"2@" + base64.b64encode(random.Random(1).randbytes(176)) + b",1"
NEW_LINK = b"https://wa.me/settings/linked_devices#" + LINK
SHORT = b"https://example.org/wa"
# For the rows that a cell shows from top to bottom: the glyph that draws those which differ from the lowest one.
HALF_GLYPHS = {(0,): " ", (1,): "\u2580"}
WIDE_GLYPHS = {(0, 0): " ", (1, 0): "\U0001FB02", (0, 1): "\U0001FB0B", (1, 1): "\U0001FB0E"}


def paint(top, under):
    return f"\x1b[38;5;{top};48;5;{under}m"


def draw(symbol, per_cell, characters, swap=False):
    """Lines of text. A cell's background is its lowest module, so that gaps between lines cannot cut anything."""
    symbol = symbol + [[False] * len(symbol[0])] * (-len(symbol) % per_cell)
    lines = []
    for y in range(0, len(symbol), per_cell):
        columns = zip(*symbol[y:y + per_cell])
        lines.append("".join(cell_text(column, characters, swap) for column in columns) + "\x1b[0m")
    return lines


def cell_text(column, characters, swap):
    lowest = column[-1]
    differing = tuple(int(module != lowest) for module in column[:-1])
    dark, light = (LIGHT, DARK) if swap else (DARK, LIGHT)
    under, top = (dark, light) if lowest else (light, dark)
    return paint(top, under) + characters[differing]


def half(payload, **options):
    symbol = qrcode.with_margin(qrcode.modules(payload, "L"), 2, 1)
    return draw(symbol, 2, HALF_GLYPHS, **options)


def wide_sextant(payload, **options):
    symbol = qrcode.with_margin(qrcode.modules(payload, "L"), 2, 1)
    return draw(symbol, 3, WIDE_GLYPHS, **options)


def sextant(payload):
    """Two by three modules in a cell, as ink on paper. Four of the characters are elsewhere in Unicode."""
    symbol = qrcode.with_margin(qrcode.modules(payload, "L"), 2, 1)
    symbol = [row + [False] * (len(row) % 2) for row in symbol] + [[False] * (len(symbol[0]) + 1)] * (-len(symbol) % 3)
    characters = {0: " ", 0b010101: "\u258C", 0b101010: "\u2590", 0b111111: "\u2588"}
    characters.update({glyphs.sextant_bits(code): chr(code) for code in range(0x1FB00, 0x1FB3C)})
    return [paint(DARK, LIGHT) + "".join(characters[sextant_of(symbol, x, y)] for x in range(0, len(symbol[0]), 2))
            + "\x1b[0m" for y in range(0, len(symbol), 3)]


def sextant_of(symbol, x, y):
    return sum(symbol[y + n // 2][x + n % 2] << n for n in range(6))


def show(lines, cols, rows, term_name="tmux-256color"):
    """The cells of a terminal in which `cat` has shown the lines, and the text that it shows."""
    with term.Terminal(term=term_name) as terminal:
        (terminal.home / "code").write_text("\n".join(lines))
        terminal.start(["sh", "-c", "cat code; printf '\\033[?25l'; read _"], cols, rows)
        terminal.wait(lambda t: not t.cursor()[2])
        return terminal.cells()


def read_back(t, name, grid, payload, **view):
    """One test point for each decoder; a payload of None says that the decoders must find nothing."""
    for decoder, got in decode.decode_all(raster.render(grid, **view)).items():
        t.equal(got, payload, f"{name}, {decoder}")


def check_sizes(t):
    t.equal(len(qrcode.modules(NEW_LINK, "L")), 61, "the new link is version 11")
    t.equal(len(wide_sextant(NEW_LINK)), 21, "wide sextants need 21 rows for it")


def check_screens(t):
    for name, lines, cols, rows, payload in (
            ("half blocks at 120x40", half(NEW_LINK), 120, 40, NEW_LINK),
            ("half blocks of the old link at 120x40", half(LINK), 120, 40, LINK),
            ("half blocks of a short text at 80x24", half(SHORT), 80, 24, SHORT),
            ("wide sextants at 80x24", wide_sextant(NEW_LINK), 80, 24, NEW_LINK),
            ("wide sextants at 120x40", wide_sextant(NEW_LINK), 120, 40, NEW_LINK),
            ("sextants at 80x24", sextant(NEW_LINK), 80, 24, NEW_LINK)):
        grid = show(lines, cols, rows)
        for theme in ("dark", "light"):
            read_back(t, f"{name}, {theme}", grid, payload, theme=theme)


def check_views(t):
    """Other fonts, gaps and themes on one and the same screen."""
    grid = show(wide_sextant(LINK), 80, 24)
    for gap in (1, 2, 3):
        read_back(t, f"a gap of {gap} pixels", grid, LINK, gap=gap)
    for cell in ((6, 13), (9, 18), (10, 20)):
        read_back(t, f"cells of {cell[0]}x{cell[1]} pixels", grid, LINK, cell=cell)
    read_back(t, "the solarised theme", grid, LINK, theme="solarised")
    read_back(t, "cropped to the code", grid, LINK, crop=(0, 0, 65, 21))
    read_back(t, "TERM=screen", show(half(LINK), 80, 34, "screen"), LINK)


def check_refusals(t):
    """A decoder that reads these would make every other point worthless."""
    grid = show(half(LINK), 120, 40)
    read_back(t, "text is no code", show(["no code here"], 80, 24), None)
    read_back(t, "half of a code is none", grid, None, crop=(0, 0, 30, 40))
    read_back(t, "light on dark is none", show(half(LINK, swap=True), 120, 40), None, theme="light")
    turned = [[cell._replace(char=" ") for cell in row] for row in grid]
    read_back(t, "a code without its glyphs is none", turned, None)


def check_gaps(t):
    """The rule for the background is what keeps gaps harmless: the same code in lower halves is cut by them."""
    grid = show(half(LINK), 120, 40)
    lower = [[flipped(cell) for cell in row] for row in grid]
    read_back(t, "lower halves without a gap", lower, LINK)
    read_back(t, "lower halves with a gap of 3 pixels", lower, None, gap=3)
    t.equal(raster.render(grid, gap=3), raster.render(grid), "upper halves do not show a gap below")
    wide = show(wide_sextant(LINK), 80, 24)
    t.equal(raster.render(wide, gap=3), raster.render(wide), "nor do wide sextants")
    t.ok(raster.render(grid, upper=1) != raster.render(grid), "but upper halves show one above")
    t.equal(raster.render(lower, upper=3), raster.render(lower), "and lower halves do not")


def flipped(cell):
    return cell._replace(char="\u2584", fg=cell.bg, bg=cell.fg) if cell.char == "\u2580" else cell


def check_batch(t):
    """Many pictures in one call: each gets its own payload, also beside one without a code and one twice."""
    payloads = [LINK, None, SHORT, NEW_LINK, LINK]
    pictures = [qrcode.picture(payload) if payload else png.encode(40, 40, b"\xff" * 1600, png.GREY)
                for payload in payloads]
    for decoder in decode.DECODERS:
        t.equal(decode.decode_many(pictures, decoder), payloads, f"{decoder}: five pictures in one call")
        t.equal(decode.decode_many([], decoder), [], f"{decoder}: no picture, no call")


def check_text_around(t):
    """The code stands in the middle of other text, as in the program."""
    lines = [f"list {n:<8} │ " + line + " log" for n, line in enumerate(half(LINK))]
    read_back(t, "text at both sides", show(lines, 120, 40), LINK)


def check_shapes(t):
    t.equal([glyphs.sextant_bits(c) for c in (0x1FB00, 0x1FB13, 0x1FB14, 0x1FB27, 0x1FB28, 0x1FB3B)],
            [1, 20, 22, 41, 43, 62], "sextants leave out the two halves")
    t.equal(len({glyphs.sextant_bits(code) for code in range(0x1FB00, 0x1FB3C)}), 60, "and no two are equal")
    t.equal(glyphs.mask("▀", 2, 4), ((True, True),) * 2 + ((False, False),) * 2, "the upper half block")
    t.equal(glyphs.mask("▟", 2, 2), ((False, True), (True, True)), "a quadrant")
    t.equal(glyphs.mask("\U0001FB02", 2, 3), ((True, True),) + ((False, False),) * 2, "a sextant")
    # From the names in Unicode 16: OCTANT-3, -23, -1234567, -2345678, and RIGHT HALF LOWER ONE QUARTER BLOCK.
    t.equal([glyphs.octant_bits(c) for c in (0x1CD00, 0x1CD01, 0x1CD70, 0x1CDE5, 0x1CEA0)],
            [0b100, 0b110, 0b1111111, 0b11111110, 0b10000000], "octants leave out what was there before")
    t.equal(len({glyphs.octant_bits(code) for code in range(0x1CD00, 0x1CDE6)}), 230, "and no two are equal")
    blank = ((False, False),)
    t.equal(glyphs.mask("\U0001CD01", 2, 4), ((False, True), (True, False)) + blank * 2, "an octant")


def check_cells(t):
    reset, red = cells.BLANK, cells.Cell("r", fg=1, bold=True)
    t.equal(cells.parse("\x1b[1;31mr\x1b[0m \x1b[48;2;1;2;3m\x1b[7mx\n\x1b[38;5;231;49;27mé", 4, 3)[0],
            [red, reset, cells.Cell("x", None, (1, 2, 3), True), reset], "colours of a line")
    t.equal(cells.parse("\x0eq\x0f日", 4, 1)[0][:3],
            [cells.Cell("─"), cells.Cell("日"), cells.Cell(cells.WIDE_TAIL)], "line drawing and wide characters")


def main():
    t = tap.Tap()
    reason = term.missing() or decode.missing() or qrcode.missing()
    if reason:
        return t.skip_all(reason)
    for check in (check_sizes, check_shapes, check_cells, check_screens, check_views, check_gaps, check_batch,
                  check_text_around, check_refusals):
        t.run(check, t)
    return t.done()


if __name__ == "__main__":
    sys.exit(main())
