#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The screen as a phone sees it: captured from the running console, rastered in many fonts and themes, decoded by zbar
# and ZXing, and compared with the payload that was sent. With --all: every combination, and the tables of what is read.
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import console
import decode
import matrix
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
# What the list, the log, the clocks and the hints need beside and below a code.
PANEL_COLUMNS, PANEL_ROWS = 15, 3
# The clock must have so much time left when a screen is taken: the code on it is then surely the last that was sent.
SECONDS_LEFT = 3
TITLES = {
    "edges": "All sizes and themes, by the pixels that a font leaves in the background colour at the edges of a cell",
    "themes": "By theme and colours, no gap",
    "cells": "By cell size, no gap",
}


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
    with full_service() as service:
        for view in VIEWS:
            t.run(check_view, t, service, *view)
        with t.case("both forms of payload were sent"):
            old, new = service.log.payloads(OLD)[0], service.log.payloads(NEW)[0]
            assert new.startswith(b"https:") and not old.startswith(b"https:"), (old, new)
            assert (len(old), len(new)) == (239, 277), (len(old), len(new))


def full_service():
    service = Service()
    for ident, token in LABELS.values():
        service.add(ident, token, "patient", new_link=ident == NEW)
    return service


def shots(modes):
    """The matrix.Shots of these modes: each form of payload on a terminal of each capability."""
    with full_service() as service:
        return [shot for mode in modes for colours in matrix.COLOURS for shot in capture(service, mode, colours)]


def capture(service, mode, colours):
    columns, rows = console.size(mode, max(console.MODULES))
    window = {"cols": max(80, columns + PANEL_COLUMNS), "rows": max(24, rows + PANEL_ROWS)}
    terminal = matrix.COLOURS[colours].term
    with console.at_service(service, LABELS, text=f"qr_mode = {mode}", term=terminal, **window) as c:
        for label, (ident, _) in LABELS.items():
            c.wait(lambda c: c.selected() == label)
            c.send("Enter")
            c.wait_code(mode)
            c.wait(lambda c: c.clocks() and c.clocks()[0] >= SECONDS_LEFT)
            yield matrix.Shot(mode, label, colours, c.cells(), service.log.payloads(ident)[-1])
            c.send("s", "Down")
            c.wait(lambda c: c.code() is None)


def check_matrix(t):
    """What has to be read by everybody, in every theme and cell size."""
    if matrix.missing():
        t.skip("every theme and cell size", matrix.missing())
        return
    readings = matrix.measure(shots(matrix.MUST), matrix.is_sampled)
    for mode, edges in matrix.MUST.items():
        for edge in edges:
            some = [each for each in readings if (each.mode, each.edge) == (mode, edge)]
            for decoder in decode.DECODERS:
                failed = [each.view() for each in some if each.got[decoder] != matrix.READ]
                t.ok(some and not failed, f"{mode}, {matrix.edge_words(edge)}, {decoder}: {len(some)} pictures",
                     *failed)


def report():
    reason = console.term.missing() or decode.missing() or qrcode.missing() or matrix.missing()
    if reason:
        return f"screens.py: {reason}"
    readings = matrix.measure(shots(console.MODES), lambda *_: True)
    for name, title in TITLES.items():
        matrix.show(name, title, readings)
    return matrix.verdict(readings)


if __name__ == "__main__":
    if sys.argv[1:] == ["--all"]:
        sys.exit(report())
    console.main(check_views, check_matrix, needs=[decode.missing, qrcode.missing])
