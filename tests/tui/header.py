#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The header: its numbers add up to the fleet at every size and at every moment, and are those of the list.
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console

SIZES = (80, 24), (100, 30), (120, 40), (200, 60)
SIGN_OF = {"unlinked": "·", "linked": "✓", "starting": "↻", "checking": "↻", "unknown": "↻",
           **dict.fromkeys(("connecting", "waiting code", "code shown", "stale", "pairing code", "linking"), "▣"),
           **dict.fromkeys(("expired", "error", "passkey", "refused", "offline", "blocked", "suspended"), "✗")}


def counted(c):
    """{sign: how many rows of the list belong to it}."""
    words = console.phase_words()
    return Counter(SIGN_OF[console.row_phase(row, words)] for row in c.listed().values())


def check_adds_up(t):
    for cols, rows in SIZES:
        with console.demo(cols=cols, rows=rows) as c:
            with t.case(f"{cols}x{rows}: the numbers add up to 12, and the demo says that it is one"):
                c.wait(lambda c: c.header() and c.header().fleet == (12, 12) and c.header().demo and c.header().adds_up())
            with t.case(f"{cols}x{rows}: each phase is counted once, all the time"):
                heads = [c.header() for _ in range(20)]
                assert all(head and head.adds_up() for head in heads), heads
    for cols in (80, 100, 120, 150):
        with console.demo("--demo-instances", "300", cols=cols, rows=30) as c:
            with t.case(f"{cols} columns, 300 instances: they add up"):
                c.wait(lambda c: c.header() and c.header().fleet == (300, 300) and c.header().adds_up())


def check_is_the_list(t):
    with console.demo(cols=200, rows=60) as c:
        with t.case("the header counts what the list shows"):
            c.wait(lambda c: c.header() and len(c.listed()) == 12 and {s: n for s, (n, _) in c.header().groups.items() if n} == counted(c))
        with t.case("a filter: so many of so many"):
            c.send("/", *"shop", "Enter")
            c.wait(lambda c: c.header() and c.header().fleet == (8, 12) and c.header().adds_up() and len(c.listed()) == 8)
            c.wait(lambda c: {s: n for s, (n, _) in c.header().groups.items() if n} == counted(c))
        with t.case("at 80 columns too"):
            c.resize(80, 24)
            c.wait(lambda c: c.header() and c.header().fleet == (8, 12) and c.header().adds_up())
        with t.case("without it the numbers are the fleet's again"):
            c.press("Escape", lambda c: c.header() and c.header().fleet == (12, 12) and " of " not in c.lines()[0])


def check_gives_way_to_a_code(t):
    with console.demo(cols=80, rows=24) as c:
        c.wait(lambda c: c.header())
        with t.case("80x24: a code takes the header's row"):
            c.send("Enter")
            c.wait_code("wide-sextant")
            c.wait(lambda c: not c.header())
        with t.case("80x24: the header is back when the code is gone"):
            c.press("s", lambda c: c.header() and c.header().adds_up())
        with t.case("80x24: the large log has it too"):
            c.press("Tab", lambda c: c.header() and c.header().adds_up() and len(c.log_lines()) > 3)


if __name__ == "__main__":
    console.main(check_adds_up, check_is_the_list, check_gives_way_to_a_code)
