# SPDX-License-Identifier: MIT
# Writes PNG pictures: the small writer of the screen pictures, and the oddly chunked one of the service.
import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RGB, RGBA = 0, 2, 6
CHANNELS = {GREY: 1, RGB: 3, RGBA: 4}


def encode(width, height, pixels, colour=RGB, idat_sizes=()):
    """
    8-bit PNG bytes from width * height * channels bytes of pixels. The compressed data is cut into IDAT chunks of
    `idat_sizes` bytes, what remains goes into a last one.
    """
    stride = width * CHANNELS[colour]
    if len(pixels) != stride * height:
        raise ValueError(f"{len(pixels)} bytes of pixels for {width}x{height} of type {colour}")
    rows = b"".join(b"\0" + pixels[y * stride:(y + 1) * stride] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    data = b"".join(_chunk(b"IDAT", part) for part in _cut(zlib.compress(rows), idat_sizes))
    return SIGNATURE + _chunk(b"IHDR", header) + data + _chunk(b"IEND", b"")


def _cut(data, sizes):
    for size in sizes:
        yield data[:size]
        data = data[size:]
    if data:
        yield data


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
