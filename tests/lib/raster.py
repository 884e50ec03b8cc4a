# SPDX-License-Identifier: MIT
# Draws a grid of terminal cells as a picture, the way a terminal with a given font and theme would.
from typing import NamedTuple

import glyphs
import png

_XTERM_16 = ((0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
             (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255),
             (0, 255, 255), (255, 255, 255))
_SOLARISED_16 = ((7, 54, 66), (220, 50, 47), (133, 153, 0), (181, 137, 0), (38, 139, 210), (211, 54, 130),
                 (42, 161, 152), (238, 232, 213), (0, 43, 54), (203, 75, 22), (88, 110, 117), (101, 123, 131),
                 (131, 148, 150), (108, 113, 196), (147, 161, 161), (253, 246, 227))
_CUBE = (0, 95, 135, 175, 215, 255)


class Theme(NamedTuple):
    fg: tuple
    bg: tuple
    palette: tuple


# A theme without a palette is a terminal that knows no colours, only reverse video.
THEMES = {
    "dark": Theme((229, 229, 229), (0, 0, 0), _XTERM_16),
    "light": Theme((0, 0, 0), (255, 255, 255), _XTERM_16),
    "solarised": Theme((131, 148, 150), (0, 43, 54), _SOLARISED_16),
    "mono": Theme((255, 176, 0), (20, 12, 0), ()),
}


def render(grid, cell=(8, 17), theme="dark", gap=0, upper=0, crop=None):
    """
    PNG bytes of rows of cells.Cell. `cell` is its size in pixels; `gap` 0..3 pixels at the lower edge of each glyph
    and `upper` ones at its upper edge stay background, as in terminals that draw blocks from a font; `crop` is
    (column, row, columns, rows).
    """
    if crop:
        left, top, cols, rows = crop
        grid = [row[left:left + cols] for row in grid[top:top + rows]]
    width, height = cell
    tiles = {}
    lines = []
    for row in grid:
        drawn = [_tile(tiles, each, THEMES[theme], width, height, range(upper, height - gap)) for each in row]
        lines += [b"".join(tile[y] for tile in drawn) for y in range(height)]
    return png.encode(len(grid[0]) * width, len(lines), b"".join(lines))


def colour(value, default, theme):
    """(r, g, b) of a cell's colour: None, 0..255 or (r, g, b)."""
    if value is None or not theme.palette:
        return default
    if isinstance(value, tuple):
        return value
    if value < 16:
        return theme.palette[value]
    if value < 232:
        value -= 16
        return _CUBE[value // 36], _CUBE[value // 6 % 6], _CUBE[value % 6]
    return (8 + (value - 232) * 10,) * 3


def _tile(tiles, cell, theme, width, height, inked):
    if cell not in tiles:
        tiles[cell] = _draw(cell, theme, width, height, inked)
    return tiles[cell]


def _draw(cell, theme, width, height, inked):
    fg, bg = colour(cell.fg, theme.fg, theme), colour(cell.bg, theme.bg, theme)
    if cell.reverse:
        fg, bg = bg, fg
    if cell.dim:
        fg = tuple((a + b) // 2 for a, b in zip(fg, bg))
    ink, paper = bytes(fg), bytes(bg)
    mask = glyphs.mask(cell.char, width, height)
    return [b"".join(ink if dot and y in inked else paper for dot in mask[y]) for y in range(height)]
