#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Windows of all sizes: the three panels, the mode that a code gets, and what is said where nothing fits.
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console
import decode

LABELS = ["sales-eu", "sales-us", "support", *(f"shop-0{n}" for n in range(1, 9)), "lab"]
TOO_SMALL = re.compile(r"scandeck\s+needs\s+80x23,\s+this\s+window\s+has\s+(\d+x\d+)")


def show_panels(t, cols, rows, mode):
    size = f"{cols}x{rows}"
    with console.demo(cols=cols, rows=rows, speed=2) as c:
        with t.case(f"{size}: every instance is listed"):
            c.wait(lambda c: list(c.listed()) == LABELS)
        with t.case(f"{size}: the code's place says what to do"):
            c.wait("sales-eu is not linked. Enter shows its code.")
        with t.case(f"{size}: the log's newest line is there"):
            c.wait(lambda c: c.log_lines())
        with t.case(f"{size}: hints name the keys that work"):
            hints = c.hints()
            assert hints["link"] == "Enter" and hints["help"] == "?" and hints["quit"] == "q", hints
            assert "stop" not in hints and "scan" not in hints, hints
        with t.case(f"{size}: Enter brings a code in {mode}"):
            c.send("Enter")
            c.wait_code(mode)
        with t.case(f"{size}: beside it are list, clocks and log"):
            c.wait(lambda c: list(c.listed()) == LABELS and c.clocks() and "verified" in c.text() and c.log_lines())
        with t.case(f"{size}: the code can be read"):
            c.wait(lambda c: c.payload())


def check_words_of_phases(t):
    for cols, rows in (120, 40), (200, 60):
        with console.demo(cols=cols, rows=rows) as c:
            with t.case(f"{cols}x{rows}: ids and phases in words"):
                c.wait(lambda c: c.phase("sales-us") == "linked" and c.phase("lab") == "blocked")
                assert "7103000002" in c.listed()["sales-us"]
            with t.case(f"{cols}x{rows}: the phone of a linked instance"):
                c.wait(lambda c: "+79001234501" in c.listed()["sales-us"])
            with t.case(f"{cols}x{rows}: a code's seconds in its row"):
                c.wait(lambda c: re.search(r"code shown +\d+ s +\d+ s", c.listed()["shop-01"]))


def check_least_rows(t):
    """tmux' own status line leaves 23 rows: the code then takes the place of the hints."""
    with console.demo(cols=80, rows=23) as c:
        c.send("Enter")
        with t.case("80x23: a code, the list, clocks and the log"):
            c.wait_code("wide-sextant")
            c.wait(lambda c: len(c.listed()) == 12 and c.clocks() and c.log_lines())
            c.wait(lambda c: c.payload())
        with t.case("80x23: a question shows, and the code is back after it"):
            c.press("q", "Quit scandeck? y/N")
            c.press("n", lambda c: "Quit" not in c.text())
            c.wait_code("wide-sextant")


def check_too_small(t):
    with console.demo(cols=80, rows=24) as c:
        c.send("Down", "Down", "Up")
        c.wait(lambda c: c.selected() == "sales-us")
        for cols, rows in (79, 24), (80, 22), (40, 12), (20, 5):
            with t.case(f"{cols}x{rows} is too small, both sizes are said"):
                c.resize(cols, rows)
                c.wait(lambda c: TOO_SMALL.findall(c.text()) == [f"{cols}x{rows}"])
                assert c.code() is None and not c.listed()
        with t.case("the state is kept"):
            c.resize(80, 24)
            c.wait(lambda c: c.selected() == "sales-us")
            c.send("Up", "Enter")
            c.wait_code("wide-sextant")
        with t.case("a code goes while the window is too small, and comes back whole"):
            c.resize(60, 20)
            c.wait(TOO_SMALL)
            c.wait(lambda c: c.code() is None)
            c.resize(120, 40)
            c.wait_code("half")
        with t.case("keys work unseen in a window that is too small"):
            c.resize(60, 20)
            c.wait(TOO_SMALL)
            c.send("Down")
            c.resize(120, 40)
            c.wait(lambda c: c.selected() == "sales-us")


def check_start_small(t):
    with console.demo(cols=40, rows=10, ready=False) as c:
        with t.case("it starts in a window that is too small"):
            c.wait(TOO_SMALL)
            c.resize(80, 24)
            c.wait(console.is_ready)


def check_panels(t):
    for cols, rows, mode in (80, 24, "wide-sextant"), (120, 40, "half"), (200, 60, "half"), (300, 100, "half"):
        t.run(show_panels, t, cols, rows, mode)


if __name__ == "__main__":
    console.main(check_panels, check_words_of_phases, check_least_rows, check_too_small, check_start_small,
                 needs=[decode.missing])
