#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The code's colours as bytes, for terminals of each number of colours: always said, never the theme's own.
import json
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))
import tap  # noqa: E402
from fake_terminal import FakeTerminal, Kind  # noqa: E402

PROGRAM = os.path.abspath(os.environ.get("SCANDECK", "build/scandeck"))
SGR = re.compile(rb"\x1b\[([0-9;:]*)m")
COLOUR = re.compile(r"[34]8[:;](?:5[:;]\d+|2:[\d:]+|2;\d+;\d+;\d+)|(?<![\d:;])\d+(?![\d:])|(?<=;)\d+(?![\d:])")
# A code of 61 modules in half blocks has far more than these many.
GLYPHS = 500
# TERM: the colours of both pairs, foreground and background.
TERMS = {
    "xterm-direct": {"38:2::1:1:1", "38:2::255:255:255", "48:2::1:1:1", "48:2::255:255:255"},
    "xterm-256color": {"38;5;16", "38;5;231", "48;5;16", "48;5;231"},
    "xterm-88color": {"38;5;16", "38;5;79", "48;5;16", "48;5;79"},
    "rxvt-88color": {"38;5;16", "38;5;79", "48;5;16", "48;5;79"},
    "xterm-16color": {"30", "97", "40", "107"},
    "xterm": {"30", "37", "40", "47"},
    "linux": {"30", "37", "40", "47"},
    "vt100": set(),
    "xterm-mono": set(),
}


def colours(written):
    """Every colour that was asked for, and whether reverse video was."""
    found, reverse = set(), False
    for match in SGR.finditer(written):
        for part in COLOUR.findall(match[1].decode()):
            if not part.isdigit():
                found.add(part)
            elif 30 <= int(part) <= 49 or 90 <= int(part) <= 107:
                found.add(part)
            reverse = reverse or part == "7"
    return found - {"39", "49"}, reverse


def check_term(t, term, wanted):
    with FakeTerminal(Kind("6"), term=term) as terminal, t.case(f"TERM={term}: {sorted(wanted) or 'reverse video'}"):
        terminal.start([PROGRAM, "--demo", "--no-color"], 120, 40)
        assert terminal.wait_for(b"sales-eu"), f"the console did not start: {terminal.written[-200:]!r}"
        terminal.press(b"\r")
        glyph = "▀".encode()
        assert terminal.wait(lambda: terminal.written.count(glyph) > GLYPHS), "no code in half blocks"
        found, reverse = colours(terminal.written)
        assert found == wanted, found
        assert reverse == (not wanted), "reverse video"


def check_report(t):
    for term, wanted in (("xterm-direct", {"count": 1 << 24, "reverse": False, "black": 0x010101, "white": 0xffffff}),
                         ("xterm-88color", {"count": 88, "reverse": False, "black": 16, "white": 79}),
                         ("vt100", {"count": 0, "reverse": True}), ("no-such-terminal", None)):
        with FakeTerminal(Kind("6"), term=term) as terminal, t.case(f"TERM={term}: scandeck terminal says so"):
            terminal.start([PROGRAM, "terminal", "--json"], pipe=True)
            assert terminal.wait_exit() == 0, terminal.written[-200:]
            assert json.loads(terminal.output)["colors"] == wanted, terminal.output


def main():
    t = tap.Tap()
    for term, wanted in TERMS.items():
        t.run(check_term, t, term, wanted)
    t.run(check_report, t)
    sys.exit(t.done())


if __name__ == "__main__":
    main()
