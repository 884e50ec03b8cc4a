#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The log: the newest line is in sight, it scrolls, and holds its place while lines come in.
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console


def newer_below(c):
    match = re.search(r"log, (\d+) newer below", c.text())
    return int(match[1]) if match else 0


def check_newest(t):
    with console.demo(cols=80, rows=24) as c:
        with t.case("one line shows the newest event"):
            c.wait(lambda c: c.log_lines())
            first = c.log_lines()[0]
            c.send("Enter")
            c.wait(lambda c: c.log_lines() and c.log_lines()[0] != first)
    with console.demo(cols=200, rows=60) as c:
        with t.case("several lines end with the newest"):
            c.wait(lambda c: len(c.log_lines()) > 5)
            c.send("Enter")
            c.wait(lambda c: any("sales-eu   code 1" in line for line in c.log_lines()))
            times = [line[:8] for line in c.log_lines()]
            assert times == sorted(times), times
        with t.case("each has time, level, instance and text"):
            pattern = re.compile(r"\d\d:\d\d:\d\d (info |warn |error) [\w-]+ +\S")
            assert all(pattern.match(line) for line in c.log_lines()), c.text()


def check_scrolls(t):
    """At 20 times the speed new lines come all the time; 60 instances write many."""
    with console.demo("--demo-instances", "60", cols=80, rows=24, speed=20) as c:
        c.press("Tab", lambda c: len(c.log_lines()) > 15)
        c.wait(lambda c: len(c.log_lines()) >= 20)
        with t.case("Up: one line back"):
            c.press("Up", lambda c: newer_below(c) >= 1)
        with t.case("PgUp: a page back"):
            c.press("PgUp", lambda c: newer_below(c) >= 18)
        with t.case("lines that come in do not move it"):
            held, below = c.log_lines(), newer_below(c)
            c.wait(lambda c: newer_below(c) >= below + 3)
            assert c.log_lines() == held, c.text()
        with t.case("End: the newest again, and it follows"):
            c.press("End", lambda c: "newer below" not in c.text())
            last = c.log_lines()[-1]
            c.wait(lambda c: c.log_lines()[-1] != last)
            assert newer_below(c) == 0
        with t.case("Home: the oldest"):
            c.press("Home", lambda c: newer_below(c) > 20)
            oldest = c.log_lines()
            c.send("Up", "PgUp")
            c.wait(lambda c: c.log_lines() == oldest)
        with t.case("Down after Home moves one line"):
            c.send("Down")
            c.press("Down", lambda c: c.log_lines()[0] == oldest[1])
        with t.case("PgDn after Home moves a page"):
            c.press("Home", lambda c: c.log_lines() == oldest)
            c.press("PgDn", lambda c: oldest[-1] in c.log_lines() and oldest[0] not in c.log_lines())


if __name__ == "__main__":
    console.main(check_newest, check_scrolls)
