#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Codes as sixel and kitty pictures: where they are written, that they scan, and that they go when the code dies. And the
# one request for a larger window. The terminal is a pty that answers as the real ones do.
import re
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console
import decode
import sixel
import tap
from fake_terminal import FakeTerminal, Kind

FOOT = Kind("62;4;22", "1;011301;0", "foot(1.13.1)", (8, 17))
KITTY = Kind("62;", "1;4000;26", "kitty(0.26.5)", (8, 17), kitty=True)
MLTERM = Kind("63;1;2;3;4;7;29", "24;279;0", None, (8, 17))
PUTTY = Kind("6", "0;136;0")
TMUX = Kind("62;4", "84;0;0", "tmux 3.5a", (16, 32), kitty=True)
RESIZE = re.compile(rb"\x1b\[8;(\d+);(\d+)t")


def started(terminal, *options, cols=80, rows=24):
    """The demo in this terminal, its first instance's code asked for."""
    terminal.start([console.PROGRAM, "--demo", *options], cols, rows)
    assert terminal.wait_for(b"is not linked"), terminal.written[-500:]
    terminal.press(b"\r")


def pictures(terminal):
    """How many have come; reading them takes longer than a terminal may hang."""
    return sixel.count(terminal.written)


def check_scans(t):
    for name, kind in ("sixel", FOOT), ("kitty's graphics", KITTY):
        with FakeTerminal(kind) as terminal:
            started(terminal, "-o", "qr_mode=picture")
            with t.case(f"{name}: a picture comes, beside the list and under the header"):
                assert terminal.wait(lambda: pictures(terminal))
                row, column, picture = sixel.shown(terminal.written)[0]
                assert row == 2 and 15 < column < 40, (row, column)
            for decoder, payload in decode.decode_all(picture).items():
                t.ok(payload and payload.startswith(b"https://wa.me/") and len(payload) == 277,
                     f"{name}: {decoder} reads it")
            with t.case(f"{name}: the cursor and its colours are saved around it"):
                assert b"\x1b7\x1b[%d;%dH\x1b%s" % (row, column, b"P" if kind is FOOT else b"_") in terminal.written
                assert b"\x1b\\\x1b8" in terminal.written
            with t.case(f"{name}: the clocks run on, the picture is not sent again"):
                count = pictures(terminal)
                assert terminal.wait(lambda: len(re.findall(rb"\x1b\[22;\d+H", terminal.written)) > 3)
                assert pictures(terminal) == count
            with t.case(f"{name}: after a resize it is there again"):
                terminal.resize(90, 26)
                assert terminal.wait(lambda: pictures(terminal) > count)
            with t.case(f"{name}: it goes when linking stops"):
                before = len(terminal.written)
                terminal.press(b"s")
                assert terminal.wait(lambda: b"not linked" in terminal.written[before:])
                if kind is KITTY:
                    assert terminal.wait(lambda: sixel.taken_away(terminal.written[before:]))


def is_stopped(terminal):
    status = Path(f"/proc/{terminal.process.pid}/stat").read_text(encoding="ascii")
    return status.rpartition(")")[2].split()[0] == "T"


def check_interruptions(t):
    for name, kind in ("sixel", FOOT), ("kitty's graphics", KITTY):
        with FakeTerminal(kind) as terminal:
            started(terminal, "-o", "qr_mode=picture")
            assert terminal.wait(lambda: pictures(terminal))
            with t.case(f"{name}: Ctrl-Z takes the picture off the screen"):
                before = len(terminal.written)
                terminal.process.send_signal(signal.SIGTSTP)
                assert terminal.wait(lambda: is_stopped(terminal)) and terminal.wait(
                    lambda: b"\x1b[?1049l" in terminal.written[before:])
                if kind is KITTY:
                    assert sixel.taken_away(terminal.written[before:])
            with t.case(f"{name}: and fg brings it back"):
                count = pictures(terminal)
                terminal.process.send_signal(signal.SIGCONT)
                assert terminal.wait(lambda: pictures(terminal) > count)
                assert terminal.wait(lambda: re.search(rb"\x1b\[22;\d+H", terminal.written.rpartition(b"\x1b8")[2]))
            with t.case(f"{name}: SIGWINCH without another size: all is painted anew, for the font may be another one"):
                before, count = len(terminal.written), pictures(terminal)
                terminal.process.send_signal(signal.SIGWINCH)
                assert terminal.wait(lambda: pictures(terminal) > count)
                assert b"sales-us" in terminal.written[before:], "the cells under an old picture stayed as they were"


def check_ladder(t):
    with FakeTerminal(MLTERM) as terminal:
        started(terminal)
        with t.case("80x24, no sextants known: auto takes a picture"):
            assert terminal.wait(lambda: pictures(terminal))
        with t.case("help open: the picture is not on it, and comes back behind it"):
            count = pictures(terminal)
            terminal.press(b"?")
            assert terminal.wait_for(b"closes this")
            assert pictures(terminal) == count
            terminal.press(b"?")
            assert terminal.wait(lambda: pictures(terminal) > count)
    with FakeTerminal(TMUX, term="tmux-256color") as terminal:
        started(terminal)
        with t.case("inside tmux: none, whatever it announces"):
            assert terminal.wait_for(b"Do you see solid stairs?")
            assert not pictures(terminal)


def check_resize(t):
    with FakeTerminal(PUTTY) as terminal:
        started(terminal)
        with t.case("a terminal that obeys is asked for the room that half blocks need"):
            assert terminal.wait(lambda: RESIZE.search(terminal.written))
            rows, cols = map(int, RESIZE.search(terminal.written).groups())
            assert (cols, rows) == (80, 34), (cols, rows)
        with t.case("it obeys: the code is there"):
            terminal.resize(cols, rows)
            assert terminal.wait_for("▀".encode())
        with t.case("made small again by hand: it is not asked again"):
            terminal.resize(80, 24)
            before = len(terminal.written)
            assert terminal.wait(lambda: b"Do you see solid stairs?" in terminal.written[before:])
            assert len(RESIZE.findall(terminal.written)) == 1
        before = len(terminal.written)
        terminal.resize(cols, rows)
        assert terminal.wait(lambda: "▀".encode() in terminal.written[before:])
        with t.case("at the end it gets its old size back"):
            terminal.press(b"q")
            assert terminal.wait_for(b"Quit scandeck")
            terminal.press(b"y")
            assert terminal.wait_exit() == 0
            assert RESIZE.findall(terminal.written)[1:] == [(b"24", b"80")], RESIZE.findall(terminal.written)
    with FakeTerminal(TMUX, term="tmux-256color") as terminal:
        started(terminal)
        with t.case("inside tmux nothing is asked"):
            assert terminal.wait_for(b"Do you see solid stairs?")
            assert not RESIZE.search(terminal.written)


if __name__ == "__main__":
    t = tap.Tap()
    if decode.missing():
        sys.exit(t.skip_all(decode.missing()))
    for check in check_scans, check_interruptions, check_ladder, check_resize:
        t.run(check, t)
    sys.exit(t.done())
