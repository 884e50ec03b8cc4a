#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The window changes its size again and again while a code is on show: no crash, and the code is whole or not there.
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console
import decode

TINY = [(1, 1), (2, 1), (1, 3), (5, 2), (10, 3), (3, 10)]
SIZES = [(80, 24), (80, 23), (79, 24), (100, 30), (120, 40), (66, 34), (65, 33), (90, 24), (200, 60), (64, 70),
         (300, 100), (145, 25), (81, 33), (76, 24), (160, 66)]


def settled(c, cols, rows):
    """The Code of a screen that is drawn for this size: two looks that agree, the one before waits for a hint."""
    def drawn(c):
        first, second = c.code(), c.code()
        return (first,) if first == second and c.size() == (cols, rows) else None
    return c.wait(drawn)[0]


def is_as_it_should(code, room):
    return code is not None and code.whole if room else code is None


def check_whole_or_none(t):
    with console.demo(cols=80, rows=24) as c:
        c.send("Enter")
        c.wait_code()
        for cols, rows in SIZES:
            with t.case(f"{cols}x{rows}: the code is whole or not there"):
                c.resize(cols, rows)
                room = cols >= 80 and rows >= 23
                c.wait(lambda c: is_as_it_should(settled(c, cols, rows), room))
        with t.case("the code is still one that can be read"):
            c.resize(80, 24)
            c.wait_code("wide-sextant")
            c.wait(lambda c: c.payload())


def check_zoomed(t):
    with console.demo(cols=120, rows=40) as c:
        c.send("Enter")
        c.wait_code("half")
        c.press("z", lambda c: not c.listed())
        for cols, rows, mode in ((66, 34, "half"), (65, 22, "wide-sextant"), (40, 24, "sextant"),
                                 (71, 21, "wide-sextant")):
            with t.case(f"zoomed, {cols}x{rows}: a whole code in {mode}"):
                c.resize(cols, rows)
                c.wait_code(mode)
        with t.case("zoomed, 30x10: no code"):
            c.resize(30, 10)
            c.wait(lambda c: c.code() is None)
        with t.case("zoomed, 120x40: it is back"):
            c.resize(120, 40)
            c.wait_code("half")


def storm(c, sizes):
    for cols, rows in sizes:
        c.resize(cols, rows)
        assert c.status() is None, f"it ended with {c.status()} at {cols}x{rows}"


def check_storm(t):
    dice = random.Random(7)
    sizes = [(dice.randint(1, 200), dice.randint(1, 70)) for _ in range(60)]
    with console.demo(cols=80, rows=24, speed=5) as c:
        c.send("Enter")
        c.wait_code()
        with t.case("tiny windows"):
            storm(c, TINY * 5)
        with t.case("any windows, without a pause"):
            storm(c, sizes)
        with t.case("any windows with the help open"):
            c.send("?")
            storm(c, TINY + sizes[:15])
            c.send("?")
        with t.case("any windows, zoomed, with a question"):
            c.press("z", lambda c: not c.listed())
            c.press("R", "y/N")
            storm(c, TINY + sizes[15:30])
            c.press("n", lambda c: "y/N" not in c.text())
            c.send("z")
        with t.case("any windows with the log before it"):
            c.send("Tab")
            storm(c, TINY + sizes[30:45])
            c.send("Tab")
        with t.case("afterwards all panels are there"):
            c.resize(120, 40)
            c.wait(console.is_ready)
            c.wait(lambda c: len(c.listed()) == 12 and c.log_lines())
            c.wait_code("half")


if __name__ == "__main__":
    console.main(check_whole_or_none, check_zoomed, check_storm, needs=[decode.missing])
