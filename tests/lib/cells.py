# SPDX-License-Identifier: MIT
# Turns the text of `tmux capture-pane -e` into a grid of cells with their colours.
import re
import unicodedata
from typing import NamedTuple


class Cell(NamedTuple):
    """One column of a line. A colour is None (the terminal's own), 0..255, or (r, g, b)."""

    char: str = " "
    fg: object = None
    bg: object = None
    reverse: bool = False
    bold: bool = False
    dim: bool = False
    underline: bool = False


BLANK = Cell()
# The right half of a wide character; the left half holds the character.
WIDE_TAIL = ""

_ACS = dict(zip("`afgijklmnopqrstuvwxyz{|}~", "◆▒°±␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·"))
_TOKEN = re.compile(r"\x1b\[([0-9;:]*)m|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-9;:?]*[@-~]|([\x0e\x0f])|(.)", re.S)
_FLAGS = {1: ("bold", True), 2: ("dim", True), 4: ("underline", True), 7: ("reverse", True),
          24: ("underline", False), 27: ("reverse", False), 39: ("fg", None), 49: ("bg", None)}


def parse(text, cols, rows):
    """The text of a capture as `rows` lists of `cols` Cells."""
    pen, acs, grid = BLANK, False, []
    for line in text.split("\n")[:rows]:
        row = []
        for token in _TOKEN.finditer(line):
            sgr, shift, char = token.groups()
            if char:
                _put(row, pen, _ACS.get(char, char) if acs else char)
            elif shift:
                acs = shift == "\x0e"
            elif sgr is not None:
                pen = _restyle(pen, sgr)
        grid.append((row + [BLANK] * cols)[:cols])
    return grid + [[BLANK] * cols for _ in range(rows - len(grid))]


def _put(row, pen, char):
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        if row:
            row[-1] = row[-1]._replace(char=row[-1].char + char)
        return
    row.append(pen._replace(char=char))
    if unicodedata.east_asian_width(char) in "WF":
        row.append(pen._replace(char=WIDE_TAIL))


def _restyle(pen, sgr):
    codes = [int(code or 0) for code in re.split("[;:]", sgr)]
    while codes:
        code = codes.pop(0)
        if code in (38, 48):
            pen = pen._replace(**{"fg" if code == 38 else "bg": _extended(codes)})
        else:
            pen = _simple(pen, code)
    return pen


def _extended(codes):
    """What follows 38 or 48, taken off the list: `5;N` or `2;R;G;B`."""
    kind = codes.pop(0) if codes else 0
    taken = [codes.pop(0) for _ in range(min({5: 1, 2: 3}.get(kind, 0), len(codes)))]
    return (tuple(taken) if kind == 2 else taken[0]) if taken else None


def _simple(pen, code):
    if code == 0:
        return BLANK
    if code == 22:
        return pen._replace(bold=False, dim=False)
    if code in _FLAGS:
        field, value = _FLAGS[code]
        return pen._replace(**{field: value})
    for first, field, base in ((30, "fg", 0), (40, "bg", 0), (90, "fg", 8), (100, "bg", 8)):
        if first <= code < first + 8:
            return pen._replace(**{field: code - first + base})
    return pen
