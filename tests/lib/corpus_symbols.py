# SPDX-License-Identifier: MIT
# Symbols for the corpus: any version, level, mask, and mixture of segments, through ctypes on libqrencode.
import ctypes
import functools

import qrcode

NUMERIC, ALPHANUMERIC, BYTE, KANJI = 0, 1, 2, 3  # QRencodeMode
ECI_UTF8 = 26
VERSIONS = range(1, 41)

# What libqrencode says of each module (qrencode.h, struct QRcode).
DARK, CHECK, NOT_DATA = 0x01, 0x02, 0x80

MASKS = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)
LEVEL_BITS = {"L": 1, "M": 0, "Q": 3, "H": 2}
FORMAT_GENERATOR, FORMAT_XOR = 0x537, 0x5412


class TooLong(Exception):
    """The segments do not fit the version."""


class _List(ctypes.Structure):
    pass


_List._fields_ = [("code", ctypes.POINTER(qrcode.Symbol)), ("next", ctypes.POINTER(_List))]


def symbol(segments, version=0, level="L", mask=None, eci=None):
    """
    Rows of 0 and 1 (dark). `segments` are pairs of mode and bytes; `version` 0 takes the smallest. Without a mask
    libqrencode chooses.
    """
    library = _library()
    made = library.QRinput_new2(version, qrcode.LEVELS.index(level))
    try:
        if eci is not None:
            library.QRinput_appendECIheader(made, eci)
        for mode, data in segments:
            if library.QRinput_append(made, mode, len(data), data) != 0:
                raise ValueError(f"libqrencode refuses {data[:20]!r} in mode {mode}")
        code = library.QRcode_encodeInput(made)
    finally:
        library.QRinput_free(made)
    if not code:
        raise TooLong
    rows = _take(code, library)
    if version and len(rows) != 17 + 4 * version:
        raise TooLong
    return _plain(rows if mask is None else _remasked(rows, level, mask))


def part_of_many(payload, version, level, index):
    """One symbol of a text that is spread over several (structured append). Returns it and how many there are."""
    library = _library()
    parts = library.QRcode_encodeDataStructured(len(payload), payload, version, qrcode.LEVELS.index(level))
    rows, at = [], parts
    while at:
        rows.append(_plain(_rows(at.contents.code.contents)))
        at = at.contents.next
    library.QRcode_List_free(parts)
    return rows[index], len(rows)


@functools.lru_cache(maxsize=None)
def capacity(version, level):
    """Bytes that a symbol holds in byte mode."""
    library = _library()
    made = library.QRinput_new2(version, qrcode.LEVELS.index(level))
    library.QRinput_append(made, NUMERIC, 1, b"1")
    rows = _take(library.QRcode_encodeInput(made), library)
    library.QRinput_free(made)
    data = sum(not byte & (NOT_DATA | CHECK) for row in rows for byte in row)
    return data // 8 - (2 if version < 10 else 3)


def _plain(rows):
    return [[byte & DARK for byte in row] for row in rows]


def _rows(code):
    width = code.width
    data = bytes(code.data[:width * width])
    return [list(data[row * width:(row + 1) * width]) for row in range(width)]


def _take(code, library):
    rows = _rows(code.contents)
    library.QRcode_free(code)
    return rows


def _format_places(size):
    """Of both copies, bit 0 first."""
    corner = [(i, 8) for i in range(6)] + [(7, 8), (8, 8), (8, 7)] + [(8, 5 - i) for i in range(6)]
    ends = [(8, size - 1 - i) for i in range(8)] + [(size - 7 + i, 8) for i in range(7)]
    return corner, ends


def _format_word(level, mask):
    word = LEVEL_BITS[level] << 3 | mask
    rest = word << 10
    for bit in range(14, 9, -1):
        if rest >> bit & 1:
            rest ^= FORMAT_GENERATOR << (bit - 10)
    return (word << 10 | rest) ^ FORMAT_XOR


def _remasked(rows, level, mask):
    corner, ends = _format_places(len(rows))
    told = sum((rows[r][c] & DARK) << bit for bit, (r, c) in enumerate(corner))
    was = ((told ^ FORMAT_XOR) >> 10) & 7
    for r, row in enumerate(rows):
        for c, byte in enumerate(row):
            if not byte & NOT_DATA and MASKS[was](r, c) != MASKS[mask](r, c):
                row[c] ^= DARK
    word = _format_word(level, mask)
    for places in (corner, ends):
        for bit, (r, c) in enumerate(places):
            rows[r][c] = rows[r][c] & ~DARK | word >> bit & 1
    return rows


@functools.lru_cache(maxsize=None)
def _library():
    library = qrcode.library()
    pointer, number, text = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p
    symbol_pointer = ctypes.POINTER(qrcode.Symbol)
    for name, result, arguments in (
            ("QRinput_new2", pointer, [number, number]),
            ("QRinput_append", number, [pointer, number, number, text]),
            ("QRinput_appendECIheader", number, [pointer, ctypes.c_uint]),
            ("QRinput_free", None, [pointer]),
            ("QRcode_encodeInput", symbol_pointer, [pointer]),
            ("QRcode_encodeDataStructured", ctypes.POINTER(_List), [number, text, number, number]),
            ("QRcode_List_free", None, [ctypes.POINTER(_List)])):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
