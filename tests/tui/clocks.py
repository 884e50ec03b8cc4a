#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Both clocks run down, the code is renewed on time, and a session that nobody scanned is renewed too.
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console
import decode

SPEED = 5


def watch(c, demo_seconds):
    """The distinct clocks that were on the screen, oldest first."""
    seen, end = [], time.monotonic() + demo_seconds / SPEED
    while time.monotonic() < end:
        clocks = c.clocks()
        if clocks and (not seen or seen[-1] != clocks):
            seen.append(clocks)
    return seen


def check_run_down(t):
    with console.demo("--demo-instances", "1", cols=120, rows=40, speed=SPEED) as c:
        c.send("Enter")
        c.wait_code()
        grid = c.cells()
        seen = watch(c, 45)
        first = decode.decode(console.picture(grid, console.find_code(grid)), "zbarimg")
        with t.case("a code starts near 20 s, its session near 100 s"):
            assert 10 <= seen[0][0] <= 20 and 85 <= seen[0][1] <= 100 and seen[0][2] == 1, seen
        with t.case("the session's clock never runs up"):
            sessions = [session for _, session, _ in seen]
            assert sessions == sorted(sessions, reverse=True) and len(set(sessions)) > 10, seen
        with t.case("the code's clock runs down, and anew with each code"):
            for index in {each[2] for each in seen}:
                left = [code for code, _, number in seen if number == index]
                assert left == sorted(left, reverse=True) and len(set(left)) > 2, seen
            assert all(0 <= code <= 20 for code, _, _ in seen), seen
        with t.case("the second code came when the first had run out"):
            numbers = [number for _, _, number in seen]
            assert numbers == sorted(numbers) and {1, 2} <= set(numbers), seen
            session_at_second = next(session for _, session, number in seen if number == 2)
            assert 65 <= session_at_second <= 82, seen
        with t.case("its drawing is another code"):
            c.wait(lambda c: c.payload() not in (None, first))
        with t.case("the log counts the codes"):
            c.wait("code 2, valid 20 s, 277 bytes, 61 modules, verified")


def check_bars(t):
    with console.demo("--demo-instances", "1", cols=120, rows=40, speed=SPEED) as c:
        c.send("Enter")
        c.wait_code()
        with t.case("the code's bar shortens with its number"):
            full = c.wait(lambda c: (c.clocks() or (0,))[0] >= 17 and c.lines()[33].count("█"))
            c.wait(lambda c: 0 < (c.clocks() or (0,))[0] <= 8 and c.lines()[33].count("█") < full)


def check_renewal(t):
    """Five codes a session, two renewals, and then an end: 300 s of the demo."""
    with console.demo("--demo-instances", "1", "-o", "renewals=1", cols=120, rows=40, speed=50) as c:
        c.send("Enter")
        for index in range(1, 6):
            with t.case(f"code {index} of 5"):
                c.wait(lambda c: (c.clocks() or (0, 0, 0))[2] == index or f"code {index}, valid" in c.text())
        with t.case("the session is renewed"):
            c.wait("renewing, 1 of 1")
        with t.case("then it ends, and says what helps"):
            c.wait("Nobody scanned in 2 sessions, 200 s in all.")
            c.wait("Enter tries again; R reboots")
            assert c.phase("sales-eu") == "expired" and c.code() is None and c.clocks() is None, c.text()


def check_stale(t):
    with console.demo(cols=120, rows=40, speed=SPEED) as c:
        c.send("Down", "Down", "Down")
        c.wait(lambda c: c.selected() == "shop-01")
        c.wait_code()
        with t.case("a code too old goes at once"):
            c.wait("This code has expired, waiting for the next")
            assert c.code() is None and c.phase("shop-01") == "stale", c.text()


if __name__ == "__main__":
    console.main(check_run_down, check_bars, check_renewal, check_stale, needs=[decode.missing])
