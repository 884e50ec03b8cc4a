# SPDX-License-Identifier: MIT
# Sixel graphics and kitty's, back to pictures: what a terminal that knows them would show.
import base64
import re

import png

_ITEM = re.compile(rb'"(\d+);(\d+);(\d+);(\d+)|#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)([?-~])|([?-~])|([$-])')
PICTURE = re.compile(rb"\x1bP[0-9;]*q(.*?)\x1b\\", re.S)
KITTY = re.compile(rb"\x1b_G([^;\x1b]*);?(.*?)\x1b\\", re.S)


def to_png(data):
    """PNG bytes of the body of a sixel sequence; pixels that it does not set are magenta."""
    width = height = 0
    colours, colour, pixels = {}, 0, {}
    x = y = at = 0
    while at < len(data):
        item = _ITEM.match(data, at)
        assert item, f"no sixel data at {at}: {data[at:at + 20]!r}"
        at = item.end()
        if item[1]:
            width, height = int(item[3]), int(item[4])
        elif item[5]:
            colour = int(item[5])
            if item[6]:
                colours[colour] = tuple(round(int(part) * 255 / 100) for part in item.group(6, 7, 8))
        elif item[12]:
            x, y = 0, y + (6 if item[12] == b"-" else 0)
        else:
            bits = (item[10] or item[11])[0] - 63
            for _ in range(int(item[9] or 1)):
                pixels.update(((x, y + bit), colours[colour]) for bit in range(6) if bits >> bit & 1)
                x += 1
    rows = [bytes(part for x in range(width) for part in pixels.get((x, y), (255, 0, 255))) for y in range(height)]
    return png.encode(width, height, b"".join(rows))


def count(written):
    """How many whole pictures were written."""
    return len(re.findall(rb"\x1b\[\d+;\d+H\x1b(?:P[0-9;]*q|_G[^\x1b]*).*?\x1b\\\x1b8", written, re.S))


def shown(written):
    """The pictures in what was written to a terminal, as [(row, column, PNG bytes)], in order."""
    found = []
    for place in re.finditer(rb"\x1b\[(\d+);(\d+)H(?=\x1b[P_])", written):
        row, column = int(place[1]), int(place[2])
        if picture := PICTURE.match(written, place.end()):
            found.append((row, column, to_png(picture[1])))
        elif png_bytes := _kitty_png(written, place.end()):
            found.append((row, column, png_bytes))
    return found


def _kitty_png(written, at):
    """A transmission in chunks, each but the last with m=1."""
    data = b""
    while chunk := KITTY.match(written, at):
        data += chunk[2]
        at = chunk.end()
        if b"m=1" not in chunk[1].split(b","):
            return base64.b64decode(data)
    return None


def taken_away(written):
    """How often kitty was told to take a picture away."""
    return sum(b"a=d" in chunk[1].split(b",") for chunk in KITTY.finditer(written))
