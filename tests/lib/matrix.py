# SPDX-License-Identifier: MIT
# Captured screens drawn in every theme, cell size and gap, and which of the pictures each decoder reads.
import os
import subprocess
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import console
import decode
import raster
import table

CELL_SIZES = ((6, 12), (7, 14), (8, 16), (8, 17), (9, 18), (10, 20), (12, 24))
# Pixels at the lower and the upper edge of a cell that a font leaves in the background colour (PuTTY leaves both).
NO_GAP = (0, 0)
EDGES = (NO_GAP, (1, 0), (2, 0), (3, 0), (1, 1), (2, 1), (2, 2))
# What has to be read in every theme and cell size, by all decoders. Spaces have no gaps: full blocks always are.
MUST = {
    "half": (NO_GAP, (2, 0)),
    "wide-sextant": (NO_GAP,),
    "full": (NO_GAP, (1, 0), (2, 0), (3, 0)),
}
# Full blocks make large pictures, and have nothing that a font could draw otherwise: a sample does with these.
SAMPLED_FULL = ((6, 12), (12, 24))
# The Java version of ZXing, in many phones, wants modules at least so wide for their height; ZXingReader does not.
ZXING_JAVA_LEAST = 0.75
READ, UNREAD, WRONG = "read", "not read", "wrong payload"
BATCH = 32


class Colours(NamedTuple):
    """A TERM and the themes it can be shown in."""

    term: str
    themes: tuple


# None of them erases with a background colour (`bce`): tmux would not tell the colour of what was erased.
COLOURS = {
    "256": Colours("tmux-256color", ("dark", "light", "solarised")),
    "16": Colours("screen-16color", ("dark", "light", "solarised")),
    "8": Colours("screen", ("dark", "light", "solarised")),
    "none": Colours("xterm-mono", ("mono",)),
}


def missing():
    """The reason why screens of all colours cannot be captured here, or None."""
    lacking = [each.term for each in COLOURS.values()
               if subprocess.run(["infocmp", each.term], capture_output=True, check=False).returncode]
    return f"no terminfo of {' and '.join(lacking)}" if lacking else None


class Shot(NamedTuple):
    """A screen and the payload that was sent for the code on it."""

    mode: str
    form: str
    colours: str
    grid: list
    sent: bytes


class Reading(NamedTuple):
    """What the decoders made of one picture; `got`: {decoder: READ, UNREAD or WRONG}."""

    mode: str
    form: str
    colours: str
    theme: str
    cell: tuple
    edge: tuple
    got: dict

    def view(self):
        return f"{self.form}, {theme_words(self)}, cells of {self.cell[0]}x{self.cell[1]}: {self.got}"


def measure(shots, is_wanted):
    """Readings of all views of the shots for which is_wanted(mode, colours, theme, cell, edge) holds."""
    views = [(shot, theme, cell, edge) for shot in shots for theme in COLOURS[shot.colours].themes
             for cell in CELL_SIZES for edge in EDGES if is_wanted(shot.mode, shot.colours, theme, cell, edge)]
    batches = [views[n:n + BATCH] for n in range(0, len(views), BATCH)]
    # Others may be at work here, some of them with deadlines.
    with ProcessPoolExecutor(os.cpu_count(), initializer=os.nice, initargs=(10,)) as pool:
        return [reading for batch in pool.map(_read, batches) for reading in batch]


def is_sampled(mode, colours, theme, cell, edge):
    return edge in MUST[mode] and (mode != "full" or cell in SAMPLED_FULL)


def _read(views):
    pictures = [raster.render(shot.grid, cell, theme, *edge) for shot, theme, cell, edge in views]
    payloads = zip(*(decode.decode_many(pictures, name) for name in decode.DECODERS))
    return [Reading(shot.mode, shot.form, shot.colours, theme, cell, edge,
                    {name: _judge(got, shot.sent) for name, got in zip(decode.DECODERS, found)})
            for found, (shot, theme, cell, edge) in zip(payloads, views)]


def _judge(got, sent):
    return UNREAD if got is None else READ if got == sent else WRONG


def edge_words(edge):
    lower, upper = edge
    return f"gap {lower}" + (f" and {upper} above" if upper else "")


def theme_words(reading):
    return f"{reading.theme}, {reading.colours} colours" if reading.colours != "none" else reading.theme


def aspect(mode, cell):
    """Width by height of a module."""
    across, down, cells = console.MODES[mode]
    return cell[0] * cells / across / (cell[1] / down)


def show(name, title, readings):
    """One of the GROUPS as a table: how many of how many pictures each decoder reads."""
    head, key, note = GROUPS[name]
    rows = {}
    for each in readings:
        if name == "edges" or each.edge == NO_GAP:
            rows.setdefault(key(each), []).append(each)
    ordered = sorted(rows, key=lambda words: list(console.MODES).index(words[0]))
    table.show(title, (*head, *decode.DECODERS, ""),
               [(*words, *_counts(rows[words]), note(rows[words])) for words in ordered])


def _counts(some):
    for name in decode.DECODERS:
        count = Counter(each.got[name] for each in some)
        yield f"{count[READ]}/{count.total()}"


def _edge_note(some):
    return "must all be read" if some[0].edge in MUST.get(some[0].mode, ()) else "not asserted"


def _cell_note(some):
    mode, cell = some[0].mode, some[0].cell
    if aspect(mode, cell) < ZXING_JAVA_LEAST:
        return f"not asserted; under {ZXING_JAVA_LEAST} ZXing's Java version refuses the shape (terminals.md 5)"
    return "must all be read" if mode in MUST else "not asserted"


# The columns before the counts, how a reading finds its row, and the remark at the end of the row.
GROUPS = {
    "edges": (("mode", "gap in pixels"), lambda each: (each.mode, edge_words(each.edge)), _edge_note),
    "themes": (("mode", "theme"), lambda each: (each.mode, theme_words(each)), lambda _: ""),
    "cells": (("mode", "cell", "module w:h"),
              lambda each: (each.mode, "{}x{}".format(*each.cell), f"{aspect(each.mode, each.cell):.2f}"), _cell_note),
}


def verdict(readings):
    """Prints what was demanded and not reached. Returns the exit code."""
    wrong = [each for each in readings if WRONG in each.got.values()]
    missed = [each for each in readings if each.edge in MUST.get(each.mode, ()) and set(each.got.values()) != {READ}]
    print(f"\n{len(readings)} pictures; {len(wrong)} wrong payloads; {len(missed)} not read that must be")
    for each in wrong + missed:
        print(f"  {each.mode}, {edge_words(each.edge)}, {each.view()}")
    return 1 if wrong or missed else 0
