# SPDX-License-Identifier: MIT
# The shapes of characters in a cell of w x h pixels: block elements exactly, everything else as some strokes.
from functools import lru_cache

_QUADRANTS = {0x2596: 0b0100, 0x2597: 0b1000, 0x2598: 0b0001, 0x2599: 0b1101, 0x259A: 0b1001, 0x259B: 0b0111,
              0x259C: 0b1011, 0x259D: 0b0010, 0x259E: 0b0110, 0x259F: 0b1110}
# Eighths of a cell that had a character before the octants came: bit i is octant i + 1, row by row from the top left.
_OLDER_OCTANTS = {
    0x00: 0x0020, 0x01: 0x1CEA8, 0x02: 0x1CEAB, 0x03: 0x1FB82, 0x05: 0x2598, 0x0A: 0x259D, 0x0F: 0x2580,
    0x14: 0x1FBE6, 0x28: 0x1FBE7, 0x3F: 0x1FB85, 0x40: 0x1CEA3, 0x50: 0x2596, 0x55: 0x258C, 0x5A: 0x259E,
    0x5F: 0x259B, 0x80: 0x1CEA0, 0xA0: 0x2597, 0xA5: 0x259A, 0xAA: 0x2590, 0xAF: 0x259C, 0xC0: 0x2582,
    0xF0: 0x2584, 0xF5: 0x2599, 0xFA: 0x259F, 0xFC: 0x2586, 0xFF: 0x2588}
_OCTANTS = dict(zip(range(0x1CD00, 0x1CDE6), (bits for bits in range(256) if bits not in _OLDER_OCTANTS)))
_OCTANTS.update((code, bits) for bits, code in _OLDER_OCTANTS.items() if code >= 0x1CEA0)
_SHADES = {0x2591: 1, 0x2592: 2, 0x2593: 3}
# Which arms of a light box-drawing character leave the middle: up, right, down, left.
_BOX_ARMS = dict(zip("─│┌┐└┘├┤┬┴┼╭╮╯╰",
                     ("rl", "ud", "rd", "dl", "ur", "ul", "urd", "udl", "rdl", "url", "urdl", "rd", "dl", "ul", "ur")))


@lru_cache(maxsize=4096)
def mask(char, w, h):
    """The glyph as h rows of w bools, True = foreground."""
    code = ord(char[0]) if char else 0x20
    inside = _shape(code, char, w, h)
    return tuple(tuple(bool(inside(x, y)) for x in range(w)) for y in range(h))


def sextant_bits(code):
    """Bits 0..5 of a sextant character: top left, top right, middle left … The code points leave out both halves."""
    number = code - 0x1FB00 + 1
    number += number >= 0b010101
    return number + (number >= 0b101010)


def octant_bits(code):
    """Bits 0..7 of an octant character, or None: top left, top right, then the rows below."""
    return _OCTANTS.get(code)


def _shape(code, char, w, h):
    if code in (0x20, 0xA0):
        return lambda x, y: False
    if 0x1FB00 <= code <= 0x1FB3B:
        bits = sextant_bits(code)
        return lambda x, y: bits >> (_part(y, h, 3) * 2 + _part(x, w, 2)) & 1
    if code in _OCTANTS:
        return lambda x, y: _OCTANTS[code] >> (_part(y, h, 4) * 2 + _part(x, w, 2)) & 1
    if 0x2580 <= code <= 0x259F:
        return _block(code, w, h)
    if char in _BOX_ARMS:
        return _box(_BOX_ARMS[char], w, h)
    return _strokes(code, w, h)


def _block(code, w, h):
    if code in _SHADES:
        return lambda x, y: (x + 2 * (y % 2)) % 4 < _SHADES[code]
    if code in _QUADRANTS:
        return lambda x, y: _QUADRANTS[code] >> (_part(y, h, 2) * 2 + _part(x, w, 2)) & 1
    if code == 0x2580:
        return lambda x, y: y < _edge(h, 1, 2)
    if 0x2581 <= code <= 0x2588:
        return lambda x, y: y >= _edge(h, 8 - (code - 0x2580), 8)
    if 0x2589 <= code <= 0x258F:
        return lambda x, y: x < _edge(w, 0x2590 - code, 8)
    if code == 0x2590:
        return lambda x, y: x >= _edge(w, 1, 2)
    if code == 0x2594:
        return lambda x, y: y < _edge(h, 1, 8)
    return lambda x, y: x >= _edge(w, 7, 8)


def _edge(length, part, parts):
    return (length * part + parts // 2) // parts


def _part(position, length, parts):
    return sum(position >= _edge(length, part, parts) for part in range(1, parts))


def _box(arms, w, h):
    column, row = w // 2, h // 2

    def inside(x, y):
        return ((x == column and (("u" in arms and y <= row) or ("d" in arms and y >= row)))
                or (y == row and (("l" in arms and x <= column) or ("r" in arms and x >= column))))
    return inside


def _strokes(code, w, h):
    """No letter, but as much ink as one: strokes on a 3 x 5 raster, chosen by the code point."""
    noise = (code * 2654435761 + 0x9E3779B9) & 0xFFFFFFFF

    def inside(x, y):
        column, row = x * 4 // w, y * 8 // h - 1
        return column < 3 and 0 <= row < 5 and noise >> (row * 3 + column) & 1
    return inside
