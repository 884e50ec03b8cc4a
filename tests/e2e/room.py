#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A window too small for the code: terminals that obey are asked once for a larger one, and get the old size back.
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))
import tap  # noqa: E402
from fake_terminal import FakeTerminal, Kind  # noqa: E402

PROGRAM = os.path.abspath(os.environ.get("SCANDECK", "build/scandeck"))
PUTTY = Kind("6", "0;136;0", resizes=True)
HALF_BLOCK = "▀".encode()
# A code of 61 modules in half blocks has far more than these many.
GLYPHS = 500


def requests(terminal):
    """The sizes asked for, as bytes."""
    return [question for question in terminal.questions() if question[:4] == b"\x1b[8;" and question[-1:] == b"t"]


def begin(terminal):
    terminal.start([PROGRAM, "--demo"], 80, 24)
    assert terminal.wait_for(b"sales-eu"), "the console did not start"
    terminal.press(b"\r")


def is_drawn(terminal):
    return terminal.written.count(HALF_BLOCK) > GLYPHS


def leave(terminal):
    """Presses q, and y if that is asked (it is not when the code's time is over). Returns the exit status."""
    terminal.written, terminal.read_to = b"", 0
    terminal.press(b"q")
    asked = terminal.wait(lambda: b"y/N" in terminal.written or terminal.process.poll() is not None)
    assert asked, "no question"
    if terminal.process.poll() is None:
        terminal.press(b"y")
    return terminal.wait_exit()


def main():
    t = tap.Tap()
    with FakeTerminal(PUTTY) as terminal:
        with t.case("PuTTY, 80x24: a window of 80x34 is asked for, and the code drawn in it"):
            begin(terminal)
            assert terminal.wait(lambda: is_drawn(terminal)), "no code"
            assert requests(terminal) == [b"\x1b[8;34;80t"] and terminal.size() == (80, 34), requests(terminal)
        with t.case("at the end it gets its old size back"):
            assert leave(terminal) == 0
            assert requests(terminal) == [b"\x1b[8;24;80t"] and terminal.size() == (80, 24), requests(terminal)
    with FakeTerminal(PUTTY) as terminal:
        with t.case("unless the operator has chosen another one since"):
            begin(terminal)
            assert terminal.wait(lambda: is_drawn(terminal)), "no code"
            terminal.resize(100, 40)
            assert leave(terminal) == 0
            assert requests(terminal) == [] and terminal.size() == (100, 40), requests(terminal)
    with FakeTerminal(PUTTY._replace(resizes=False)) as terminal:
        with t.case("a PuTTY that does not obey is asked once, and told so on the screen"):
            begin(terminal)
            assert terminal.wait_for(b"\x1b[8;34;80t"), "not asked"
            assert terminal.wait_for(b"Do you see solid stairs?"), "nothing asked"
            terminal.press(b"\x1b")
            assert terminal.wait_for(b"this window has 80x24"), "nothing said"
            for key, shown in ((b"j", b"is linked"), (b"k", b"this window has 80x24")):
                terminal.written, terminal.read_to = b"", 0
                terminal.press(key)
                assert terminal.wait_for(shown) and requests(terminal) == [], terminal.written
            assert leave(terminal) == 0 and requests(terminal) == [], requests(terminal)
    for name, kind in (("xterm", Kind("64;1;2", "41;379;0", "XTerm(379)", resizes=True)),
                       ("tmux", Kind("1;2", "84;0;0", "tmux 3.3a", resizes=True))):
        with FakeTerminal(kind) as terminal, t.case(f"{name} is not asked"):
            begin(terminal)
            assert terminal.wait_for(b"Do you see solid stairs?"), "nothing asked"
            terminal.press(b"\x1b")
            assert terminal.wait_for(b"this window has 80x24"), "nothing said"
            assert leave(terminal) == 0 and requests(terminal) == [] and terminal.size() == (80, 24)
    sys.exit(t.done())


if __name__ == "__main__":
    main()
