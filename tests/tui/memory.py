#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# What the operator says of a terminal's glyphs is asked once, kept, and used the next day.
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console
import tap
from fake_terminal import FakeTerminal, Kind

XTERM = Kind("64;1;2;6;9;15;16;17;18;21;22;28", "41;379;0", "XTerm(379)")
QUESTION = b"wide sextants: solid stairs?"
SEXTANT = "\U0001FB02".encode()
NO_ROOM = b"no room to draw it"
IDENTITY = "XTerm(379) 41;379;0 xterm-256color"


def console_at_code(terminal):
    """The demo, with the first instance's code asked for; returns where its output begins."""
    begin = len(terminal.written)
    terminal.start([console.PROGRAM, "--demo"])
    assert terminal.wait(lambda: b"is not linked" in terminal.written[begin:])
    terminal.press(b"\r")
    return begin


def leave(terminal):
    begin = len(terminal.written)
    terminal.press(b"q")
    assert terminal.wait(lambda: b"Quit scandeck" in terminal.written[begin:] or terminal.process.poll() is not None)
    terminal.press(b"y")
    assert terminal.wait_exit() == 0


def remembered(terminal):
    return (terminal.home / ".local/state/scandeck/terminals").read_text(encoding="utf-8").splitlines()


def said(terminal):
    """{ability: what `scandeck terminal` says of it}"""
    terminal.output = b""
    terminal.start([console.PROGRAM, "terminal", "--json"], pipe=True)
    assert terminal.wait_exit() == 0
    return json.loads(terminal.output)["abilities"]


def check_yes(t):
    with FakeTerminal(XTERM) as terminal:
        begin = console_at_code(terminal)
        with t.case("80x24 in xterm: no code, and m is named"):
            assert terminal.wait(lambda: NO_ROOM in terminal.written[begin:])
            assert SEXTANT not in terminal.written[begin:]
        with t.case("m asks, showing a sample"):
            terminal.press(b"m")
            assert terminal.wait_for(QUESTION)
            assert "\U0001FB02".encode() in terminal.written[begin:], "no first step"
            assert "\U0001FB0E".encode() in terminal.written[begin:], "no second step"
        with t.case("y: the code is drawn"):
            at = len(terminal.written)
            terminal.press(b"y")
            assert terminal.wait(lambda: SEXTANT in terminal.written[at:])
        leave(terminal)
        with t.case("the answer is in the file"):
            assert f"yes sextants {IDENTITY}" in remembered(terminal), remembered(terminal)
        with t.case("the next day the code is there at once, and nothing is asked"):
            begin = console_at_code(terminal)
            assert terminal.wait(lambda: SEXTANT in terminal.written[begin:])
            assert NO_ROOM not in terminal.written[begin:] and QUESTION not in terminal.written[begin:]
        with t.case("the log says what it rests on, and how to be asked again"):
            assert terminal.wait(lambda: b"wide sextants, solid as you once said; B asks again" in terminal.written[begin:])
        with t.case("B asks again, n takes it back"):
            terminal.press(b"B")
            assert terminal.wait(lambda: QUESTION in terminal.written[begin:])
            terminal.press(b"n")
            assert terminal.wait(lambda: b"no other mode fits this window; B asks again" in terminal.written[begin:])
            assert remembered(terminal) == [f"no sextants {IDENTITY}"], remembered(terminal)
        with t.case("B asks where nothing is drawn, too"):
            at = len(terminal.written)
            terminal.press(b"B")
            assert terminal.wait(lambda: QUESTION in terminal.written[at:])
            terminal.press(b"y")
            assert terminal.wait(lambda: SEXTANT in terminal.written[at + 200:])
        leave(terminal)
        with t.case("scandeck terminal says who said so"):
            sextants = said(terminal)["sextants"]
            assert sextants["can"] and sextants["sure"] and "operator" in sextants["why"], sextants


def check_no(t):
    with FakeTerminal(XTERM) as terminal:
        console_at_code(terminal)
        terminal.wait_for(NO_ROOM)
        terminal.press(b"m")
        terminal.wait_for(QUESTION)
        with t.case("n: the next mode is tried, and there is none"):
            terminal.press(b"n")
            assert terminal.wait_for(b"no other mode fits this window")
            assert f"no sextants {IDENTITY}" in remembered(terminal), remembered(terminal)
        with t.case("m does not ask again"):
            begin = len(terminal.written)
            terminal.press(b"z")
            assert terminal.wait(lambda: b"clocks need 65x33" in terminal.written[begin:])
            terminal.press(b"m")
            assert terminal.wait(lambda: b"no other mode fits" in terminal.written[begin:])
            assert QUESTION not in terminal.written[begin:]
        leave(terminal)
    with FakeTerminal(XTERM, term="xterm") as terminal:
        with t.case("another TERM is another terminal"):
            assert not said(terminal)["sextants"]["sure"]


def check_unkept(t):
    with FakeTerminal(XTERM, env={"XDG_STATE_HOME": "/dev/null/nowhere"}) as terminal:
        console_at_code(terminal)
        terminal.wait_for(NO_ROOM)
        terminal.press(b"m")
        terminal.wait_for(QUESTION)
        with t.case("an answer that cannot be kept counts all the same, and the log says why"):
            terminal.press(b"y")
            assert terminal.wait_for(SEXTANT)
            assert terminal.wait_for(b"the answer is not remembered"), terminal.written[-2000:]
        leave(terminal)


if __name__ == "__main__":
    t = tap.Tap()
    for check in check_yes, check_no, check_unkept:
        t.run(check, t)
    sys.exit(t.done())
