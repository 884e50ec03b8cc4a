#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# What the operator says of the terminal's glyphs is known the next time, in this terminal and in no other.
import os
import stat
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))
import tap  # noqa: E402
from fake_terminal import FakeTerminal, Kind  # noqa: E402

PROGRAM = os.path.abspath(os.environ.get("SCANDECK", "build/scandeck"))
XTERM = Kind("64;1;2", "41;379;0", "XTerm(379)")
PLACE = ".local/state/scandeck/terminals"
IDENTITY = "XTerm(379) 41;379;0 xterm-256color"
# All of the lower two thirds, light on dark or the other way round: every wide sextant code has it.
WIDE_SEXTANTS = ["\U0001FB02".encode(), "\U0001FB0E".encode()]
QUESTION = b"solid blocks, or boxes?"


def begin(terminal, *options):
    terminal.start([PROGRAM, "--demo", *options], 80, 24)
    assert terminal.wait_for(b"sales-eu"), "the console did not start"
    terminal.press(b"\r")


def has_sextants(terminal):
    return any(terminal.written.count(glyph) > 20 for glyph in WIDE_SEXTANTS)


def leave(terminal):
    terminal.press(b"q")
    assert terminal.wait_for(b"y/N"), "no question"
    terminal.press(b"y")
    return terminal.wait_exit()


def answer(terminal, key):
    """Presses m until it asks about wide sextants, and answers."""
    assert terminal.wait_for(b"this window has 80x24"), "nothing said of the room"
    terminal.press(b"m")
    assert terminal.wait_for(QUESTION), "not asked"
    terminal.press(key)


def main():
    t = tap.Tap()
    with FakeTerminal(XTERM) as first:
        with t.case("m asks, y draws"):
            begin(first)
            answer(first, b"y")
            assert first.wait(lambda: has_sextants(first)), "no wide sextants"
            assert leave(first) == 0
        kept = first.home / PLACE
        with t.case("the answer is in a file of the operator's own"):
            assert kept.read_text() == f"yes sextants {IDENTITY}\n", kept.read_text()
            assert stat.S_IMODE(kept.stat().st_mode) == 0o600
            assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
            assert [path.name for path in kept.parent.iterdir()] == ["terminals"]
        environment = {"HOME": str(first.home)}
        with FakeTerminal(XTERM, env=environment) as second, t.case("the next time nobody is asked"):
            begin(second)
            assert second.wait(lambda: has_sextants(second)), "no wide sextants"
            assert leave(second) == 0 and QUESTION not in second.written
        with FakeTerminal(XTERM, term="xterm", env=environment) as other, t.case("another TERM is another terminal"):
            begin(other)
            answer(other, b"n")
            assert leave(other) == 0
            lines = kept.read_text().splitlines()
            assert lines == [f"yes sextants {IDENTITY}", "no sextants XTerm(379) 41;379;0 xterm"], lines
        kept.write_text("perhaps\n" + kept.read_text())
        with FakeTerminal(XTERM, env=environment) as third, t.case("a line that is none is named in the log, and stays"):
            begin(third, "--log", third.home / "log")
            assert third.wait(lambda: has_sextants(third)), "no wide sextants"
            assert leave(third) == 0 and kept.read_text().startswith("perhaps\n")
            assert f"{kept}:1: not understood" in (third.home / "log").read_text(), "not named"
    sys.exit(t.done())


if __name__ == "__main__":
    main()
