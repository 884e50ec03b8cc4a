#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A newcomer sees every phase within a minute of the demo, and nothing is ever printed over the screen.
import os
import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console

SPEED = 6
MINUTE = 60
# Gone too soon to be looked for in the list alone: on loopback they last milliseconds.
FLEETING = {"unknown", "checking", "connecting"}
# Only for an operator who gives a phone's number.
ASKED_FOR = {"pairing code"}
# The demo has every token.
NOT_IN_THE_DEMO = {"no token"}


def check_every_phase(t):
    wanted = console.phase_words()
    # The first frame counts too, so the program waits until everything it writes is kept.
    argv = ["sh", "-c", 'read _; exec "$@"', "sh", console.PROGRAM, "--demo", "--demo-speed", str(SPEED), "-o", "sort=config"]
    with console.running(argv, cols=200, rows=60, ready=False) as c:
        c.record()
        c.send("Enter")
        seen, end = set(), time.monotonic() + MINUTE / SPEED
        while time.monotonic() < end:
            seen |= {console.row_phase(row, wanted) for row in c.listed().values()}
        seen |= {word for word in FLEETING if word.encode() in c.recorded()}
    for words in wanted:
        if words in ASKED_FOR | NOT_IN_THE_DEMO:
            continue
        t.ok(words in seen, f"within {MINUTE} s of the demo: {words}")


def frame(c):
    return c.wait(lambda c: console.is_ready(c) and c.cells())


def check_nothing_printed_over(t):
    """At a hundred times the speed all has happened after some seconds; then nothing moves any more."""
    with console.demo("-o", "poll=3600", cols=120, rows=40, speed=100) as c:
        c.send(*"Enter Down Enter Tab Up Up PgUp End Tab ? ? z z Down Enter r Up s Enter m m m m m R n L n x".split())
        for size in (80, 24), (200, 60), (70, 20), (120, 40):
            c.resize(*size)
        c.send("Home", *["Down"] * 8)
        c.wait(lambda c: c.selected() == "shop-06")
        with t.case("the fleet comes to rest"):
            c.send("s")
            c.wait(lambda c: not any(word in c.text() for word in ("code shown", "waiting code", "stale", "linking  ")))
            c.send("Home", "Down", "Down", "Down")
            c.wait(lambda c: c.selected() == "shop-01" and console.is_ready(c))
        with t.case("the screen after all that is what a fresh drawing shows"):
            before = still(c)
            c.record()
            c.send("C-l")
            c.wait(lambda c: b"quit" in c.recorded() and c.cells() == before)


def still(c):
    """The screen, when two looks half a second apart see the same."""
    end = time.monotonic() + console.SECONDS
    while time.monotonic() < end:
        first = frame(c)
        time.sleep(0.5)
        if frame(c) == first:
            return first
    raise AssertionError(f"the screen does not come to rest:\n{c.text()}")


def check_standard_error(t):
    """What libraries print to standard error must not reach the screen: the log is written to a file as well."""
    with console.demo("--log", "log.txt", cols=120, rows=40, speed=20) as c:
        c.send("Enter")
        c.wait_code()
        with t.case("--log: the file has the lines of the panel"):
            c.wait(lambda c: (c.home / "log.txt").exists() and "code 1, valid" in (c.home / "log.txt").read_text())
        with t.case("its mode lets nobody else read it"):
            assert os.stat(c.home / "log.txt").st_mode & 0o077 == 0


def check_demo_says_what_it_is(t):
    with console.demo("--log", "log.txt", cols=120, rows=40) as c:
        c.wait(lambda c: (c.home / "log.txt").exists() and "simulated phone" in (c.home / "log.txt").read_text())
        log = (c.home / "log.txt").read_text()
        with t.case("the log says that it is a demo, why instances link unasked, and how to scan"):
            assert "this is the demo" in log and "8 instances are linked without being asked" in log, log
            assert "x: a simulated phone scans the code on show" in log, log
    with console.demo("--log", "log.txt", cols=120, rows=40, setup=lambda c: c.configure("[keys]\nscan = F5\n")) as c:
        with t.case("the key is named as it is bound"):
            c.wait(lambda c: "F5: a simulated phone scans" in (c.home / "log.txt").read_text())


def check_dates(t):
    """What happened since the start is not dated before it, however fast the demo's clock runs."""
    began = time.strftime("%Y-%m-%d %H:%M")
    with console.demo(cols=120, rows=40, speed=600) as c:
        with t.case("the account's date at 600 times the speed"):
            c.press("Down", "sales-us is linked.")
            c.wait(lambda c: c.phase("shop-02") == "expired")
            seen = c.wait(lambda c: re.search(r"seen +(\d{4}-\d\d-\d\d \d\d:\d\d)", c.text()))[1]
            assert began <= seen <= time.strftime("%Y-%m-%d %H:%M"), (began, seen)
        with t.case("and those of the details page"):
            c.press("d", "History of the state")
            since = c.wait(lambda c: re.search(r"state +authorized, since (\d{4}-\d\d-\d\d \d\d:\d\d)", c.text()))[1]
            assert began <= since <= time.strftime("%Y-%m-%d %H:%M"), (began, since)


if __name__ == "__main__":
    console.main(check_every_phase, check_demo_says_what_it_is, check_dates, check_nothing_printed_over, check_standard_error)
