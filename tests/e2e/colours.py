#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The code's colours as bytes, for terminals of each number of colours: always said, never the theme's own. Without
# colours, what is light and what is dark goes by the background that the terminal tells.
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
GLYPH = "▀".encode()
QUESTION = b"\x1b]11;?\x1b\\"
XTERM = Kind("64;1;2", "41;379;0", "XTerm(379)")
LIGHT, DARK = "rgb:ffff/ffff/ffff\x1b\\", "rgb:1c/1c/1c\x07"
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
        assert terminal.wait(lambda: terminal.written.count(GLYPH) > GLYPHS), "no code in half blocks"
        found, reverse = colours(terminal.written)
        assert found == wanted, found
        assert reverse == (not wanted), "reverse video"


def check_report(t):
    for term, wanted in (("xterm-direct", {"count": 1 << 24, "reverse": False, "black": 0x010101, "white": 0xffffff}),
                         ("xterm-88color", {"count": 88, "reverse": False, "black": 16, "white": 79}),
                         ("vt100", {"count": 0, "reverse": True, "background": None}), ("unknown-terminal", None)):
        with FakeTerminal(Kind("6"), term=term) as terminal, t.case(f"TERM={term}: scandeck terminal says so"):
            terminal.start([PROGRAM, "terminal", "--json"], pipe=True)
            assert terminal.wait_exit() == 0, terminal.written[-200:]
            assert json.loads(terminal.output)["colors"] == wanted, terminal.output


def check_asked(t):
    for name, kind, term, wanted in (
            ("light, ended by ST", XTERM._replace(background=LIGHT), "vt100", "light"),
            ("dark, ended by BEL", XTERM._replace(background=DARK), "xterm-mono", "dark"),
            ("light, from one that tells DA2 alone", Kind("6", "0;1700;1", background=LIGHT), "vt100", "light"),
            ("light, from tmux", Kind("1;2", "84;0;0", "tmux 3.5a", background=LIGHT), "vt100", "light"),
            ("no answer", XTERM, "vt100", None),
            ("no colour", XTERM._replace(background="rgb:ffff/ffff\x07"), "vt100", None)):
        with t.case(f"TERM={term}, background {name}: {wanted or 'not known'}"):
            said, questions = report(kind, term)
            assert said["colors"] == {"count": 0, "reverse": True, "background": wanted}, said["colors"]
            assert questions.count(QUESTION) == 1 and questions[-1] == b"\x1b[c", questions
    for name, kind, term in (("a terminal with colours", XTERM, "xterm"),
                             ("one that does not say who it is", Kind("6"), "vt100"),
                             ("GNU screen, which passes it on", Kind("1;2", "83;40900;0"), "vt100"),
                             ("the Linux console", XTERM, "linux-m"), ("a dumb terminal", XTERM, "dumb"),
                             ("one that is not known on this machine", XTERM, "unknown-terminal")):
        with t.case(f"{name} is not asked for its background"):
            _, questions = report(kind._replace(background=LIGHT), term)
            assert QUESTION not in questions, questions


def report(kind, term):
    """(what `scandeck terminal --json` says, what it asked)."""
    with FakeTerminal(kind, term=term) as terminal:
        terminal.start([PROGRAM, "terminal", "--json"], pipe=True)
        assert terminal.wait_exit() == 0, terminal.written[-200:]
        return json.loads(terminal.output), terminal.questions()


def check_page(t):
    for background, words in ((LIGHT, b"background   light"), (DARK, b"background   dark"),
                              (None, b"background   not told")):
        with FakeTerminal(XTERM._replace(background=background), term="vt100") as terminal, t.case(words.decode()):
            terminal.start([PROGRAM, "terminal"])
            assert terminal.wait_exit() == 0 and words in terminal.written, terminal.written
    with FakeTerminal(XTERM._replace(background=LIGHT)) as terminal, t.case("no word of it where there are colours"):
        terminal.start([PROGRAM, "terminal"])
        assert terminal.wait_exit() == 0 and b"background" not in terminal.written, terminal.written


def first_glyph_reversed(written):
    """Whether the code's first upper half block, light above the finder pattern's dark edge, is in reverse video."""
    drawn = written[written.index(b"sales-eu"):]  # the probe showed one before
    before = SGR.findall(drawn[:drawn.index(GLYPH)])
    return b"7" in before[-1].split(b";") if before else False


def check_polarity(t):
    guess, other = b"verified if light on dark", b"dark on light"
    for background, light, unsure in ((LIGHT, True, False), (DARK, False, False), (None, False, True)):
        kind = XTERM._replace(background=background)
        with FakeTerminal(kind, term="vt100") as terminal:
            terminal.start([PROGRAM, "--demo"], 220, 60)  # room for all words beside the clocks
            with t.case(f"background {background!r}: the code's light is {'normal' if light else 'reverse'} video"):
                assert terminal.wait_for(b"sales-eu"), f"the console did not start: {terminal.written[-200:]!r}"
                begin = len(terminal.written)  # before it the glyph was written to measure it
                terminal.press(b"\r")
                assert terminal.wait(lambda: terminal.written.count(GLYPH, begin) > GLYPHS), "no code in half blocks"
                assert first_glyph_reversed(terminal.written[begin:]) == light
            with t.case(f"background {background!r}: {'verified by a guess' if unsure else 'plainly verified'}"):
                assert terminal.wait_for(guess if unsure else b"verified")
                assert unsure or guess not in terminal.written
            with t.case(f"background {background!r}, inverted: {'the other guess' if unsure else 'inverted'}"):
                terminal.press(b"i")
                notice = b"with a light background" if unsure else b"most phones cannot read"
                assert terminal.wait_for(notice), "no notice"
                assert not unsure or terminal.wait_for(other)
                assert unsure or other not in terminal.written


def main():
    t = tap.Tap()
    for term, wanted in TERMS.items():
        t.run(check_term, t, term, wanted)
    for check in (check_report, check_asked, check_page, check_polarity):
        t.run(check, t)
    sys.exit(t.done())


if __name__ == "__main__":
    main()
