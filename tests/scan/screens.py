#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The screen as a phone sees it: rastered, decoded by zbar and ZXing, and compared with the payload that was sent.
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import console
import decode
import qrcode
import raster
from service import Service

OLD, NEW = "7103000001", "7103000002"
LABELS = {"old-link": (OLD, "a1" * 25), "new-link": (NEW, "b2" * 25)}
# Window, options, keys before the code is looked at, its mode, and the decoders that may refuse its shape.
VIEWS = [
    ("80x24", 80, 24, "", [], "wide-sextant", ()),
    ("80x23, in tmux", 80, 23, "", [], "wide-sextant", ()),
    ("120x40", 120, 40, "", [], "half", ()),
    ("200x60", 200, 60, "", [], "half", ()),
    ("66x34 zoomed", 66, 34, "", ["z"], "half", ()),
    ("80x24, sextants", 80, 24, "qr_mode = sextant", [], "sextant", ("ZXingReader",)),
    ("40x24 zoomed, sextants", 40, 24, "", ["z"], "sextant", ("ZXingReader",)),
    ("200x80, full", 200, 80, "qr_mode = full", [], "full", ()),
]


def check_view(t, service, name, cols, rows, text, keys, mode, may_refuse):
    with console.at_service(service, LABELS, text=text, cols=cols, rows=rows, ready=not keys) as c:
        for label, ident in ("old-link", OLD), ("new-link", NEW):
            if keys:
                c.resize(120, 40)
                c.wait(console.is_ready)
            c.wait(lambda c: c.selected() == label)
            before = len(service.log.payloads(ident))
            c.send("Enter")
            if keys:
                c.wait_code()
                c.send(*keys)
                c.wait(lambda c: not c.listed())
                c.resize(cols, rows)
            c.wait_code(mode)
            compare(t, f"{name}, {label}", c, service.log.payloads(ident)[before:], may_refuse)
            c.send(*keys, "s", "Down")
            c.wait(lambda c: c.code() is None)


def compare(t, name, c, sent, may_refuse):
    """One screen, all themes and decoders. The payload is the last that was sent when the screen was taken."""
    grid = c.cells()
    for theme in "dark", "light":
        for decoder, got in decode.decode_all(raster.render(grid, theme=theme)).items():
            if got is None and decoder in may_refuse:
                t.skip(f"{name}, {theme}, {decoder}", "this decoder refuses the shape of sextants")
            else:
                t.equal(got, sent[-1], f"{name}, {theme}, {decoder}: the payload that was sent")


def check_views(t):
    with Service() as service:
        for ident, token in LABELS.values():
            service.add(ident, token, "patient", new_link=ident == NEW)
        for view in VIEWS:
            t.run(check_view, t, service, *view)
        with t.case("both forms of payload were sent"):
            old, new = service.log.payloads(OLD)[0], service.log.payloads(NEW)[0]
            assert new.startswith(b"https:") and not old.startswith(b"https:"), (old, new)
            assert len(new) == 277, len(new)


def check_fonts(t):
    """One screen of each mode in other fonts: cells of other shapes, and blocks that leave a gap below them."""
    with Service() as service:
        service.add(NEW, "b2" * 25, "patient", new_link=True)
        for mode, cols, rows in ("wide-sextant", 80, 24), ("half", 120, 40):
            with console.at_service(service, {"new-link": (NEW, "b2" * 25)}, cols=cols, rows=rows) as c:
                c.send("Enter")
                c.wait_code(mode)
                grid, sent = c.cells(), service.log.payloads(NEW)[-1]
                for view in {"gap": 1}, {"gap": 2}, {"cell": (9, 18)}, {"cell": (10, 20)}, {"theme": "solarised"}:
                    got = decode.decode(raster.render(grid, **view), "zbarimg")
                    t.equal(got, sent, f"{mode}, {view}: zbarimg reads it")


if __name__ == "__main__":
    console.main(check_views, check_fonts, needs=[decode.missing, qrcode.missing])
