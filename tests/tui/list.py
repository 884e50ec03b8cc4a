#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Where the list stands: it begins at its top with the first row selected, and scrolls no further than the cursor needs.
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import console
from service import Service

PROBLEMS = "-o", "sort=problems"
TOKEN = "a1" * 25


def first(c):
    return next(iter(c.listed()), None)


def settled(c):
    """Every state is known: none waits any more."""
    return c.header() and c.header().groups["↻"][1] <= 8 and "unknown" not in c.text()


def check_start(t):
    for cols, rows in (80, 24), (120, 40), (200, 60):
        with console.demo(*PROBLEMS, "--demo-instances", "200", cols=cols, rows=rows, speed=5) as c:
            with t.case(f"{cols}x{rows}: the problems stand at the top, and the cursor on the first of them"):
                c.wait(lambda c: settled(c) and c.selected() == first(c) == "lab")
            with t.case(f"{cols}x{rows}: nothing is above it"):
                c.send("Up")
                c.press("Home", lambda c: c.selected() == first(c) == "lab")


def check_stays(t):
    with Service() as service:
        idents = {label: (str(7103000001 + n), TOKEN) for n, label in enumerate(("one", "two", "three"))}
        for ident, token in idents.values():
            service.add(ident, token, "silence")
        service.set_state(idents["two"][0], "authorized")
        with console.at_service(service, idents, *PROBLEMS, cols=120, rows=40) as c:
            with t.case("until something was chosen the cursor stays on the first row"):
                c.wait(lambda c: list(c.listed()) == ["one", "three", "two"] and c.selected() == "one")
                service.set_state(idents["three"][0], "blocked")
                c.send("o")
                c.wait("sorted: as in the configuration")
                c.send(*["o"] * 10)
                c.wait("sorted: problems first")
            with t.case("a chosen one keeps the cursor, wherever its row goes"):
                c.press("Down", lambda c: c.selected() == "three")
                c.send("r")
                c.wait(lambda c: list(c.listed()) == ["three", "one", "two"] and c.selected() == "three")


def check_scroll(t):
    with console.demo("--demo-instances", "60", cols=80, rows=24) as c:
        c.wait(lambda c: len(c.listed()) == 20)
        top = first(c)
        with t.case("the list scrolls where the cursor would leave it, not before"):
            c.send(*["Down"] * 19)
            c.wait(lambda c: c.lines()[20].startswith("▸"))
            assert first(c) == top
            c.press("Down", lambda c: c.lines()[20].startswith("▸") and first(c) == "sales-us")
            c.press("Up", lambda c: c.lines()[19].startswith("▸") and first(c) == "sales-us")
        with t.case("another order shows its beginning again"):
            c.send("Home", *["Down"] * 10)
            chosen = c.wait(lambda c: c.selected() == "shop-08" and c.selected())
            c.press("o", lambda c: "by label" in c.text() and c.selected() == chosen)
            assert first(c) < chosen


def check_filter(t):
    with console.demo(cols=120, rows=40) as c:
        c.send("Down")
        c.wait(lambda c: c.selected() == "sales-us")
        with t.case("a filter that takes none: no instance is shown beside the empty list, and Esc is named"):
            c.send("/", *"nobody", "Enter")
            c.wait("No instance fits the filter. Esc shows all again.")
            assert "7103000003" not in c.text() and "7103000001" not in c.text(), c.text()
        with t.case("keys do nothing then"):
            for key in "Enter", "s", "r", "R", "L", "d", "p", "x", "y", "I", "Space", "v":
                c.send(key)
            c.wait(console.is_ready)
            assert c.status() is None and "y/N" not in c.text()
        with t.case("Esc: all again, and the cursor where it was"):
            c.press("Escape", lambda c: len(c.listed()) == 12 and c.selected() == "sales-us")


if __name__ == "__main__":
    console.main(check_start, check_stays, check_scroll, check_filter)
