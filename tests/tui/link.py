#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# `scandeck link` on a terminal: the code stands in place, is never dead, and does not stay.
import os
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console
import decode

HOW = "WhatsApp: Settings, Linked devices, Link a device"


def linking(label, *options, speed=4, **more):
    argv = [console.PROGRAM, "--demo", "--demo-speed", str(speed), "--demo-instances", "60", *options, "link", label]
    return console.running(argv, ready=False, **more)


def no_code_left(c):
    c.wait(lambda c: c.code() is None)
    kept = c._tmux("capture-pane", "-p", "-S", "-")
    return "▀" not in kept and "\U0001FB0E" not in kept and kept.count("\n") <= c.size()[1] + 1


def check_in_place(t):
    with linking("support", cols=120, rows=80) as c:
        with t.case("120x80: label, how to scan, both clocks, verified, and a code that is read"):
            c.wait_code("half")
            c.wait("verified")
            assert HOW in c.lines()[0] and c.lines()[0].startswith("support"), c.text()
            first = c.payload()
            assert first or decode.missing(), c.text()
        with t.case("the second code stands where the first one stood: one readable code"):
            second = c.wait(lambda c: c.payload() not in (None, first) and c.payload()) if not decode.missing() else None
            assert c.code().whole, c.code()
            assert second != first
        with t.case("linked: it ends with 0, label and result stay, the code does not"):
            assert c.wait_exit() == 0
            assert no_code_left(c), c.text()
            assert "support: linked" in c.text(), c.text()


def check_ended_by(t, number, name):
    with linking("sales-eu", "-o", "sextants=yes") as c:
        with t.case(f"80x24: wide sextants; {name} ends it with 130, and no code stays"):
            c.wait_code("wide-sextant")
            c.wait("verified")
            assert c.payload() or decode.missing()
            os.kill(c.pid(), number)
            assert c.wait_exit() == 130
            assert no_code_left(c), c.text()


def check_interrupt(t):
    check_ended_by(t, signal.SIGINT, "SIGINT")


def check_terminate(t):
    check_ended_by(t, signal.SIGTERM, "SIGTERM")


def check_dead(t):
    with linking("shop-01", speed=10, cols=120, rows=60) as c:
        with t.case("a code without a successor is blanked after 25 s"):
            c.wait_code("half")
            c.wait(lambda c: c.code() is None)
            assert c.status() is None
        c.wait_exit()


def check_broken(t):
    with linking("broken-png", cols=120, rows=40) as c:
        with t.case("a picture that cannot be read: why, in place of the code; the next one follows"):
            c.wait("the PNG of")
            assert c.code() is None and "verified" not in c.text(), c.text()
            c.wait_code("half")
            assert "the PNG of" not in c.text(), c.text()
        c.wait_exit()


def check_resize(t):
    with linking("sales-eu", "-o", "sextants=no", cols=120, rows=40, speed=1) as c:
        with t.case("too small: it says what it needs, and draws when it gets it"):
            c.wait_code("half")
            c.resize(80, 24)
            c.wait("The code needs a window of 65x34, this one has 80x24.")
            assert c.code() is None
            c.resize(90, 40)
            c.wait_code("half")
            assert c.payload() or decode.missing()
            c.send("C-c")
            assert c.wait_exit() == 130


def check_question(t):
    with linking("sales-eu", speed=1) as c:
        with t.case("80x24 in tmux: it asks about stairs; after y the code follows as wide sextants"):
            c.wait("Do you see solid stairs?")
            c.send("x")
            assert "Do you see solid stairs?" in c.text()
            c.send("y")
            c.wait_code("wide-sextant")
            c.wait("verified")
            c.send("C-c")
            assert c.wait_exit() == 130
        with t.case("the answer is remembered, for the console too"):
            assert "yes sextants" in (c.home / ".local/state/scandeck/terminals").read_text()
    with linking("sales-eu") as c:
        with t.case("Ctrl-C at the question ends it with 130, and the terminal echoes again"):
            c.wait("Do you see solid stairs?")
            c.send("C-c")
            assert c.wait_exit() == 130
            assert "stairs" not in c.text(), c.text()


def check_stopped(t):
    """A terminal that takes no output, and one that goes on."""
    with linking("sales-eu", cols=120, rows=40, speed=1) as c:
        c.wait_code("half")
        tty = os.open(c.query("#{pane_tty}"), os.O_RDWR | os.O_NOCTTY)
        with t.case("a stopped terminal does not keep SIGINT from ending it"):
            termios.tcflow(tty, termios.TCOOFF)
            time.sleep(1.5)  # it draws each second: now it has something to wait with
            begin = time.monotonic()
            os.kill(c.pid(), signal.SIGINT)
            while os.path.exists(f"/proc/{c.pid()}/fd/1") and time.monotonic() < begin + console.SECONDS:
                time.sleep(0.02)
            took = time.monotonic() - begin
            assert took < 2, took
        os.close(tty)


def check_pipe(t):
    done = subprocess.run([console.PROGRAM, "--demo", "--demo-speed", "25", "link", "support"], capture_output=True,
                          timeout=console.SECONDS, stdin=subprocess.DEVNULL, check=False)
    with t.case("without a terminal each code is printed once"):
        assert done.returncode == 0, done
        rows = [line for line in done.stdout.decode().splitlines() if "▀" in line]
        assert 2 * 25 < len(rows) < 2 * 34, len(rows)
        assert b"\033[H" not in done.stdout and b"?1049" not in done.stdout
        assert b"support: linked" in done.stderr, done.stderr


if __name__ == "__main__":
    console.main(check_in_place, check_interrupt, check_terminate, check_dead, check_broken, check_resize, check_question,
                 check_stopped, check_pipe)
