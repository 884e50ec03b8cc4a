#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# `scandeck render`: from a picture in a file to text that decoders which are not ours read back.
import base64
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))
import corpus_symbols as symbols  # noqa: E402
import decode  # noqa: E402
import png  # noqa: E402
import qrcode  # noqa: E402
import raster  # noqa: E402
import cells  # noqa: E402
import tap  # noqa: E402

PROGRAM = os.environ.get("SCANDECK", "build/scandeck")
REFERENCE = "NY3fa57DeGlfYo1mZzrW2dN6FrMD8J5d889nFYBUJarX/uf8niRfDCewy+48Lxzhr1SShXI0lrfB63dSAdA3Xm0k/b+O"
OLD = f"2@{REFERENCE},{REFERENCE[:43]}=,{REFERENCE[5:48]}=,{REFERENCE[9:52]}=,1"
PAYLOADS = {"old form": OLD.encode(), "new form": b"https://wa.me/settings/linked_devices#" + OLD.encode()}
# mode: columns, rows of a symbol of 61 modules; the decoders that must read it (ZXing may refuse the sextant's shape)
MODES = {
    "half": (65, 32, ("zbarimg", "ZXingReader")),
    "wide-sextant": (65, 21, ("zbarimg", "ZXingReader")),
    "sextant": (33, 21, ("zbarimg",)),
    "full": (130, 63, ("zbarimg", "ZXingReader")),
}


WIDEST = 140


def render(*words, data=None):
    return subprocess.run([PROGRAM, "render", *map(str, words)], input=data, capture_output=True, timeout=60)


def decoded(text, theme="dark"):
    lines = text.decode().splitlines()
    grid = cells.parse("\n".join(lines), WIDEST, len(lines) + 1)
    return decode.decode_all(raster.render(grid, theme=theme))


def check_modes(t, file, name, payload):
    told = json.loads(render(file, "--json").stdout)
    t.ok(told["verified"] and told["payload_bytes"] == len(payload) and "payload" not in told, f"{name}: --json", told)
    t.equal(render(file, "--payload").stdout, payload, f"{name}: --payload gives the bytes alone")
    for mode, (columns, rows, readers) in MODES.items():
        told = json.loads(render(file, "--mode", mode, "--json").stdout)
        size = (told["columns"], told["rows"]) == (columns, rows) or told["modules"] != 61
        t.ok(size and told["verified"], f"{name}: {mode} is {columns}x{rows} and verified", told)
        if decode.missing():
            t.skip(f"{name}: {mode} is read", decode.missing())
            continue
        read = decoded(render(file, "--mode", mode).stdout)
        t.ok(all(read[reader] == payload for reader in readers), f"{name}: {mode} is read by {', '.join(readers)}", read)


def check_ascii(t, file):
    lines = render(file, "--ascii").stdout.decode().splitlines()
    t.ok(all(set(line) <= {"#", " "} for line in lines) and len({len(line) for line in lines}) == 1, "--ascii is plain")
    zone = render(file, "--ascii", "--quiet-zone", 4).stdout.decode().splitlines()
    t.equal((len(zone) - len(lines), len(zone[0]) - len(lines[0])), (6, 8), "--quiet-zone counts modules")
    low = render(file, "--quiet-zone", 0)
    t.ok(b"raised" in low.stderr and low.returncode == 0, "a quiet zone of 0 is raised, and said so", low.stderr)


def check_inputs(t, directory, picture, payload):
    t.equal(render("-", "--payload", data=picture).stdout, payload, "a PNG on standard input")
    text = base64.b64encode(picture)
    t.equal(render("-", "--payload", data=text).stdout, payload, "base64 on standard input")
    uri = b"data:image/png;base64," + b"\n".join(text[at:at + 76] for at in range(0, len(text), 76))
    t.equal(render("-", "--payload", data=uri).stdout, payload, "a data URI with line ends")
    for what, data in {
            "a byte order mark": b"\xef\xbb\xbf" + text, "the alphabet of addresses": base64.urlsafe_b64encode(picture).rstrip(b"="),
            "a frame of the service": b'{"type":"qrCode","message":"' + text.replace(b"/", b"\\/") + b'"}\n',
            "a frame after a byte order mark": b'\xef\xbb\xbf{"message":"' + text + b'","type":"qrCode"}'}.items():
        done = render("-", "--payload", data=data)
        t.equal((done.stdout, done.returncode), (payload, 0), f"{what} is taken")
    hostile = Path(directory) / "a\033[2J\u202eb.png"
    hostile.write_bytes(picture[:200])
    t.equal(render("-", "--payload", data=b"\xef\xbb\xbf" + picture).stdout, payload, "a PNG behind a byte order mark")
    closed = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", PROGRAM, "render", "-", "--payload"], input=picture,
                            capture_output=True, timeout=60, check=False)
    t.ok(closed.returncode == 1 and closed.stderr.count(b"\n") == 1, "a closed standard output is an error", closed.stderr)
    bad = render("-", data=b"x")
    t.ok(bad.stderr.startswith(b"scandeck: standard input: "), "standard input is named", bad.stderr)
    bad = render(hostile)
    t.ok(bad.returncode == 2 and b"\033" not in bad.stderr and "\u202e".encode() not in bad.stderr,
         "a hostile file name is cleaned", bad.stderr)
    t.equal(render(Path(directory) / "absent.png").returncode, 2, "a file that is not there")
    for what, data in {"nothing": b"", "text": b"hello", "half a PNG": picture[:300], "zeros": bytes(300000)}.items():
        bad = render("-", data=data)
        t.ok(bad.returncode == 2 and bad.stderr.count(b"\n") == 1, f"{what} is refused in one sentence", bad.stderr)
    for what, data, words in (
            ("a text", b"hello, this is not base64 at all", b"neither a PNG nor the base64 of one: byte 0x2c at offset 5 of 32"),
            ("base64 of no PNG", b"aGVsbG8=", b"taken for base64 and decoded: the 5 bytes do not begin like a PNG"),
            ("UTF-16", text.decode().encode("utf-16"), b": it is UTF-16 text: save it as UTF-8"),
            ("base64 of a GIF", b"data:image/gif;base64,R0lGODlhAQAB", b": it is a GIF picture: only PNG is read"),
            ("a frame without a code", b'{"type":"timeout","message":""}', b"a message of the type timeout holds no code"),
            ("half a frame", b'{"type":"qrCode","mess', b"it begins like JSON and is none"),
            ("a PNG cut off", picture[:300], b"the PNG of 300 bytes cannot be read")):
        t.ok(words in render("-", data=data).stderr, f"{what}: {words.decode()}", render("-", data=data).stderr)
    blank = png.encode(100, 100, bytes([255]) * 30000)
    told = json.loads(render("-", "--json", data=blank).stdout)
    t.ok(told["step"] == "finder" and "100x100" in told["error"], "a blank picture fails at the finder", told)


def painted(*rectangles, symbol=None):
    """A picture of version 11-L, or of the symbol; the rectangles, in modules, are left, top, width, height, and grey."""
    rows = [[0 if dark else 255 for dark in row] for row in symbol or qrcode.modules(PAYLOADS["new form"], "L", 11)]
    for left, top, width, height, grey in rectangles:
        for row in rows[top:top + height]:
            row[left:left + width] = [grey] * len(row[left:left + width])
    margin, size, scale = 4, len(rows) + 8, 4
    blank, side = [255] * size, [255] * margin
    pixels = b"".join(bytes(grey for grey in row for _ in range(scale)) * scale
                      for row in [blank] * margin + [side + row + side for row in rows] + [blank] * margin)
    return png.encode(size * scale, size * scale, pixels, png.GREY)


def check_failures(t):
    """Each step of the reader that can fail on a picture that is whole: its name, and a sentence with numbers."""
    format_places = ((8, 0, 1, 9, 255), (0, 8, 9, 1, 255), (53, 8, 8, 1, 255), (8, 53, 1, 8, 255))
    other_version = qrcode.modules(PAYLOADS["new form"], "L", 11)
    for bit in range(18):  # version 7 in both copies
        row, column = bit // 3, len(other_version) - 11 + bit % 3
        other_version[row][column] = other_version[column][row] = bool(0x07c94 >> bit & 1)
    parts = symbols.part_of_many(PAYLOADS["new form"], 5, "L", 1)
    # The code is linear: three symbols added up are one, and 17 ^ 14 ^ 1 = 30 bytes are more than it holds.
    three = [symbols.symbol([(symbols.BYTE, b"x" * length)], 1, "L", mask=0) for length in (17, 14, 1)]
    nonsense = [[a ^ b ^ c for a, b, c in zip(*rows)] for rows in zip(*three)]
    for step, picture, words in (
            ("finder", painted((0, 0, 61, 61, 255), (10, 10, 5, 5, 0)), "no finder pattern in 276x276 pixels; "),
            ("finder", painted((0, 0, 7, 7, 255)), " in 276x276 pixels"),
            ("timing", painted((8, 0, 45, 61, 255), (0, 8, 61, 45, 255)), "timing broken: of "),
            ("format", painted(*format_places), " of 15 bits are wrong in one copy, "),
            ("version", painted(symbol=other_version), "says 7 with 0 of 18 bits wrong, but 61 modules"),
            ("errors", painted((15, 15, 30, 30, 0)), "block 1 of 4 in version 11-L has more than 10 wrong codewords"),
            ("segments", painted(symbol=nonsense), "segment 1, at bit 0 of 152: the data ends inside bytes"),
            ("segments", painted(symbol=parts[0]), f"structured append, symbol 2 of {parts[1]}: ")):
        bad = render("-", "--json", data=picture)
        told = json.loads(bad.stdout or "{}")
        t.ok(bad.returncode == 2 and told.get("step") == step and words in told.get("error", ""),
             f"--json names the step {step}: {words.strip()}", told, bad.stderr)


def main():
    t = tap.Tap()
    if qrcode.missing():
        sys.exit(t.skip_all(qrcode.missing()))
    with tempfile.TemporaryDirectory() as directory:
        for name, payload in PAYLOADS.items():
            file = Path(directory) / "code.png"
            file.write_bytes(qrcode.picture(payload))
            check_modes(t, file, name, payload)
        check_ascii(t, file)
        check_inputs(t, directory, file.read_bytes(), payload)
    check_failures(t)
    sys.exit(t.done())


if __name__ == "__main__":
    main()
