#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# What the operator says of a terminal's glyphs is asked once, kept, and used the next day.
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console
import tap
import term
from fake_terminal import FakeTerminal, Kind

XTERM = Kind("64;1;2;6;9;15;16;17;18;21;22;28", "41;379;0", "XTerm(379)")
QUESTION = b"wide sextants: solid stairs?"
SEXTANT = "\U0001FB02".encode()
NO_ROOM = b"no room to draw it"
ASKED = "wide sextants: solid stairs?"
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


def console_at_question(terminal):
    """The same; the question about stairs came by itself."""
    begin = console_at_code(terminal)
    assert terminal.wait(lambda: QUESTION in terminal.written[begin:]), terminal.written[-2000:]
    return begin


def check_yes(t):
    with FakeTerminal(XTERM) as terminal:
        with t.case("80x24 in xterm: the first Enter asks, showing a sample"):
            begin = console_at_question(terminal)
            assert b"Do you see solid stairs? y/n" in terminal.written[begin:]
            for step in "\U0001FB02", "\U0001FB0E":
                assert terminal.written[begin:].count(step.encode() * 10) > 5, "no stairs"
            assert NO_ROOM not in terminal.written[begin:]
        with t.case("y: the code is drawn, and nothing else is asked"):
            at = len(terminal.written)
            terminal.press(b"y")
            assert terminal.wait(lambda: b"verified" in terminal.written[at:])
            assert "\U0001FB0B".encode() in terminal.written[at:] and b"solid stairs" not in terminal.written[at:]
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
            nothing_else(terminal, begin)
            assert f"no sextants {IDENTITY}" in remembered(terminal), remembered(terminal)
        with t.case("B asks where nothing is drawn, too"):
            at = len(terminal.written)
            terminal.press(b"B")
            assert terminal.wait(lambda: QUESTION in terminal.written[at:])
            terminal.press(b"y")
            assert terminal.wait(lambda: b"verified" in terminal.written[at:])
        leave(terminal)
        with t.case("scandeck terminal says who said so"):
            sextants = said(terminal)["sextants"]
            assert sextants["can"] and sextants["sure"] and "operator" in sextants["why"], sextants


def nothing_else(terminal, begin):
    """Octants are younger than sextants: they are not asked about, though the C library may know them."""
    assert terminal.wait(lambda: b"no other mode fits this window; B asks again" in terminal.written[begin:])
    assert b"octants: solid stairs?" not in terminal.written[begin:]


def check_no(t):
    with FakeTerminal(XTERM) as terminal:
        begin = console_at_question(terminal)
        with t.case("n: octants are not asked about, there is nothing else"):
            terminal.press(b"n")
            nothing_else(terminal, begin)
            assert f"no sextants {IDENTITY}" in remembered(terminal), remembered(terminal)
        with t.case("the words of what helps stand in the code's place"):
            assert terminal.wait(lambda: NO_ROOM in terminal.written[begin:])
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


def check_by_itself(t):
    """The question stops nothing, and goes with its reason."""
    with console.demo(sextants="auto") as c:
        c.send("Enter")
        c.wait(ASKED)
        with t.case("other keys act; the question is there again with the code"):
            c.press("j", lambda c: c.selected() == "sales-us" and ASKED not in c.text())
            c.press("k", ASKED)
            c.press("?", lambda c: "Keys" in c.text() and ASKED not in c.text())
            c.press("?", ASKED)
        with t.case("a window with room for half blocks ends it, a smaller one brings it back"):
            c.resize(80, 36)
            c.wait_code("half")
            assert ASKED not in c.text()
            c.resize(80, 24)
            c.wait(ASKED)
        with t.case("alone on the screen half blocks would fit: they are named, and nothing is asked"):
            c.resize(80, 33)
            c.wait(lambda c: "alone on the screen they fit, press z" in c.prose() and ASKED not in c.text())
            c.press("z", lambda c: c.code() and c.code().mode == "half")
            c.press("z", lambda c: c.code() is None)
            c.resize(80, 24)
            c.wait(ASKED)
        with t.case("it goes with the attempt"):
            c.press("s", lambda c: ASKED not in c.text() and "is not linked" in c.text())
        with t.case("it was not answered: the next code brings it back"):
            c.press("Enter", ASKED)
        with t.case("a scan ends it"):
            c.press("x", lambda c: ASKED not in c.text())
    with console.demo("-o", "qr_mode=wide-sextant", sextants="auto") as c:
        with t.case("a configured mode is taken for granted: nothing is asked"):
            c.send("Enter")
            c.wait_code("wide-sextant")
    with console.demo(cols=120, rows=40, speed=20, sextants="auto") as c:
        c.send("Enter")
        c.wait_code("half")
        with t.case("one that m asked goes with the attempt, too"):
            c.press("m", "half blocks: solid stairs?")
            c.press("n", "wide sextants: solid stairs?")
            c.wait(lambda c: "solid stairs" not in c.text(), timeout=2 * console.SECONDS)


def check_unkept(t):
    with FakeTerminal(XTERM, env={"XDG_STATE_HOME": "/dev/null/nowhere"}) as terminal:
        console_at_question(terminal)
        with t.case("an answer that cannot be kept counts all the same, and the log says why"):
            terminal.press(b"y")
            assert terminal.wait_for(SEXTANT)
            assert terminal.wait_for(b"the answer is not remembered"), terminal.written[-2000:]
        leave(terminal)


if __name__ == "__main__":
    t = tap.Tap()
    if term.missing():
        sys.exit(t.skip_all(term.missing()))
    for check in check_yes, check_no, check_by_itself, check_unkept:
        t.run(check, t)
    sys.exit(t.done())
