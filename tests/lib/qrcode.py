# SPDX-License-Identifier: MIT
# QR symbols through ctypes on libqrencode, and the picture of one as the service sends it.
import ctypes
import ctypes.util
import functools

import png

LEVELS = "LMQH"
SERVICE_MARGIN = 4
SERVICE_SCALE = 4


class Unavailable(Exception):
    """libqrencode is not installed."""


class Symbol(ctypes.Structure):
    _fields_ = [("version", ctypes.c_int), ("width", ctypes.c_int), ("data", ctypes.POINTER(ctypes.c_ubyte))]


def missing():
    """The reason why no symbols can be made here, or None."""
    try:
        library()
    except Unavailable as error:
        return str(error)
    return None


def modules(payload, level="M", version=0):
    """The symbol of the bytes as rows of bools, True = dark; the smallest version from `version` on."""
    qrencode = library()
    symbol = qrencode.QRcode_encodeData(len(payload), bytes(payload), version, LEVELS.index(level))
    if not symbol:
        raise ValueError(f"{len(payload)} bytes make no QR code of level {level}")
    try:
        width = symbol.contents.width
        data = bytes(symbol.contents.data[:width * width])
    finally:
        qrencode.QRcode_free(symbol)
    return [[bool(byte & 1) for byte in data[row * width:(row + 1) * width]] for row in range(width)]


def with_margin(symbol, left=0, top=0, right=None, bottom=None):
    """The symbol with light modules around it; right and bottom follow left and top."""
    right, bottom = left if right is None else right, top if bottom is None else bottom
    width = left + len(symbol[0]) + right
    blank = [[False] * width]
    return blank * top + [[False] * left + row + [False] * right for row in symbol] + blank * bottom


def picture(payload, level="M", scale=SERVICE_SCALE, margin=SERVICE_MARGIN):
    """PNG bytes like the service's: 8-bit RGBA and several IDAT chunks, the first of 2 bytes."""
    rows = with_margin(modules(payload, level), margin, margin)
    dark, light = b"\x00\x00\x00\xff" * scale, b"\xff\xff\xff\xff" * scale
    pixels = b"".join(b"".join(dark if module else light for module in row) * scale for row in rows)
    return png.encode(len(rows) * scale, len(rows) * scale, pixels, png.RGBA, idat_sizes=(2, 1024, 1024))


@functools.lru_cache(maxsize=None)
def library():
    """libqrencode; raises Unavailable."""
    name = ctypes.util.find_library("qrencode") or "libqrencode.so.4"
    try:
        qrencode = ctypes.CDLL(name)
    except OSError:
        raise Unavailable("libqrencode is not installed") from None
    qrencode.QRcode_encodeData.restype = ctypes.POINTER(Symbol)
    qrencode.QRcode_encodeData.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_int]
    qrencode.QRcode_free.argtypes = [ctypes.POINTER(Symbol)]
    qrencode.QRcode_free.restype = None
    return qrencode
