#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The keys that move, look and leave: each does what its help line says.
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console
import decode

MANY = 60
PAGE = 19
FIRST_ID = 7103000001


def index(c):
    """Which of the demo's instances is selected, told by the id beside the clocks: a narrow list shortens labels."""
    match = re.search(r"^\S+ (7103\d{6})", c.lines()[-3])
    return int(match[1]) - FIRST_ID if match else None


def check_list(t):
    with console.demo("--demo-instances", str(MANY), cols=200, rows=100) as c:
        with t.case("a high window lists all"):
            c.wait(lambda c: len(c.listed()) == MANY)
        c.resize(80, 24)
        c.wait(lambda c: len(c.listed()) == 20)
        last = MANY - 1
        for key, wanted, words in (
                ("Down", 1, "down one line"), ("j", 2, "down one line"), ("k", 1, "up one line"),
                ("Up", 0, "up one line"), ("Up", 0, "not above the first line"), ("PgDn", PAGE, "down one page"),
                ("PgDn", 2 * PAGE, "down one page"), ("PgUp", PAGE, "up one page"), ("End", last, "to the last line"),
                ("Down", last, "not below the last line"), ("PgDn", last, "nor by a page"),
                ("Home", 0, "to the first line"), ("G", last, "to the last line"), ("g", 0, "to the first line"),
                ("PgUp", 0, "not above the first line")):
            with t.case(f"list, {key}: {words}"):
                c.press(key, lambda c: index(c) == wanted)
        with t.case("the code's panel follows the cursor"):
            c.press("Down", "sales-us  7103000002")
        with t.case("the selected instance is always in sight"):
            c.send("End")
            c.wait(lambda c: index(c) == last and c.lines()[20].startswith("▸"))


def check_panel(t):
    with console.demo("--demo-instances", str(MANY), cols=200, rows=60) as c:
        # So many instances fill the log at once: there is something to scroll.
        c.wait(lambda c: any(re.search(r"[a-z]-[45]\d ", line) for line in c.log_lines()))
        with t.case("Tab: to the log"):
            c.press("Tab", "▸ log")
        with t.case("Up and End move the log now, not the list"):
            c.press("Up", "newer below")
            # Lines that came in meanwhile are below too, so that one step need not reach the newest.
            c.press("End", lambda c: "newer below" not in c.text())
            assert c.selected() == "sales-eu"
        with t.case("Tab: back to the list"):
            c.press("Tab", "─ log")
            c.press("Down", lambda c: c.selected() == "sales-us")
    with console.demo(cols=80, rows=24) as c:
        with t.case("80x24, Tab: the log gets the screen"):
            c.press("Tab", lambda c: "▸ log" in c.text() and len(c.log_lines()) > 5 and not c.listed())
        with t.case("80x24, Tab: and gives it back"):
            c.press("Tab", lambda c: len(c.listed()) == 12)


def check_zoom(t):
    with console.demo(cols=80, rows=24) as c:
        c.send("Enter")
        c.wait_code("wide-sextant")
        with t.case("z: only the code, and its clocks"):
            c.press("z", lambda c: not c.listed() and not c.log_lines() and c.clocks())
            c.wait_code("wide-sextant")
        with t.case("z: all panels again"):
            c.press("z", lambda c: len(c.listed()) == 12 and c.log_lines())
            c.wait_code("wide-sextant")


def check_modes(t):
    with console.demo(cols=200, rows=80) as c:
        c.send("Enter")
        c.wait_code("half")
        with t.case("m: the first time it asks how half blocks look, because tmux hides the terminal"):
            c.press("m", "half blocks: solid stairs? y = yes, n = boxes, blanks or gaps")
        with t.case("a sample stands in the code's place"):
            c.wait(lambda c: "Do you see solid stairs? y/n" in c.text() and c.text().count("▀▀▀▀▀▀▀") > 5)
        with t.case("any other key leaves all as it was"):
            c.send("q")
            c.wait_gone("solid stairs")
            c.press("m", "half blocks: solid stairs")
        with t.case("y: half blocks it is"):
            c.press("y", "mode: half blocks")
            c.wait_code("half")
        for mode, words in (("wide-sextant", "wide sextants"),
                            ("sextant", "sextants, which may not scan with every phone"), ("full", "full blocks"),
                            ("half", "auto"), ("half", "half blocks")):
            with t.case(f"m: the next mode that fits, {words}"):
                c.press_past_octants("m", f"mode: {words}")
                c.wait_code(mode)
        with t.case("the mode's name goes by itself"):
            c.wait_gone("mode: half")
            c.wait(console.is_ready)
    with console.demo(cols=80, rows=24) as c:
        c.send("Enter")
        c.wait_code()
        with t.case("m leaves out what does not fit 80x24"):
            for words in ("wide sextants", "sextants, which may", "auto", "wide sextants"):
                c.press_past_octants("m", f"mode: {words}")
                assert c.code() is None or c.wait_code()
        with t.case("plain sextants are called risky beside the clocks"):
            c.press_past_octants("m", "sextants, which may")
            c.wait("verified, but risky")
    with console.demo(cols=200, rows=80, sextants="no") as c:
        c.send("Enter")
        c.wait_code("half")
        with t.case("n: boxes instead of half blocks, and the next mode is tried"):
            c.press("m", "half blocks: solid stairs")
            c.press_past_octants("n", "mode: full blocks")
            c.wait_code("full")
        with t.case("auto goes by that answer, and m offers neither half blocks nor what the configuration denies"):
            c.press_past_octants("m", "mode: auto")
            c.wait_code("full")
            c.press("m", "mode: full blocks")


def negative_payload(c):
    """What zbarimg reads when dark and light are exchanged."""
    grid = c.cells()
    negative = [[cell._replace(fg=cell.bg, bg=cell.fg) if cell.bg else cell for cell in row] for row in grid]
    return decode.decode(console.picture(negative, console.find_code(grid)), "zbarimg")


def check_invert(t):
    with console.demo(cols=120, rows=40) as c:
        c.send("Enter")
        c.wait_code("half")
        c.wait(lambda c: c.payload() and "verified" in c.text())
        with t.case("i: light on dark, with a warning"):
            c.press("i", "inverted: most phones cannot read")
            c.wait(lambda c: c.payload() is None and negative_payload(c))
        with t.case("the clocks say so in place of 'verified'"):
            c.wait(lambda c: re.search(r"5  invert", c.text()))
            assert "verified" not in c.text().replace("modules, verified", "")
        with t.case("i again: dark on light"):
            c.press("i", "dark on light again")
            c.wait(lambda c: c.payload())


def check_help(t):
    with console.demo(cols=80, rows=24) as c:
        with t.case("?: the help"):
            c.press("?", "Keys, lines 1 to 21 of")
        with t.case("keys move the help, nothing behind it"):
            c.press("Down", "Keys, lines 2 to 22 of")
            c.press("PgDn", re.compile("Keys, lines 2[0-9] to"))
            c.press("Home", "Keys, lines 1 to 21 of")
            c.send("L", "s", "m", "z", "Tab", "x", "?")
            c.wait(lambda c: len(c.listed()) == 12)
            assert c.selected() == "sales-eu" and "y/N" not in c.text()
        for key in ("?", "q", "Escape", "Enter"):
            with t.case(f"{key} closes it"):
                c.press("?", "Keys, lines")
                c.press(key, lambda c: len(c.listed()) == 12 and c.phase("sales-eu") is None)
        with t.case("and no session began by it"):
            assert "sales-eu  connecting" not in c.text() and c.hints().get("link") == "Enter", c.text()
        with t.case("End: its last page is a full one"):
            c.press("?", "Keys, lines 1 to 21 of")
            c.press("End", lambda c: "suspended: linked" in c.text())
            lines = [line for line in c.lines()[2:23] if line]
            assert len(lines) > 18, c.text()
        with t.case("one step up from the last page shows"):
            before = c.lines()[2]
            c.press("Up", lambda c: c.lines()[3] == before)


def check_redraw(t):
    with console.demo(cols=80, rows=24) as c:
        c.send("Enter")
        c.wait_code()
        with t.case("C-l: the whole screen is sent again"):
            c.record()
            c.send("C-l")
            c.wait(lambda c: b"sales-us" in c.recorded() and "lab".encode() in c.recorded() and b"quit" in c.recorded())
            c.wait_code()


def check_strange_keys(t):
    """Keys that are none of ours, sequences cut short, pasted text: nothing acts that was not meant."""
    with console.demo(cols=80, rows=24) as c:
        for name, data in (("a mouse report", b"\x1b[<0;10;10M"), ("an old mouse report", b"\x1b[M !!"),
                           ("a focus report", b"\x1b[I"), ("a late answer", b"\x1bP>|XTerm(379)\x1b\\"),
                           ("a cursor report", b"\x1b[24;80R"),
                           ("bytes that are no UTF-8", b"\xff\xfe\x80\xc0"),
                           ("F20", b"\x1b[34~"), ("NUL", b"\x00")):
            with t.case(f"{name} does nothing"):
                c.raw(data)
                c.press("Down", lambda c: c.selected() == "sales-us")
                c.press("Up", lambda c: c.selected() == "sales-eu")
                assert "y/N" not in c.text() and len(c.listed()) == 12 and c.status() is None, c.text()


def check_chords(t):
    """ESC with a key behind it at once is Alt with that key, which nobody can bind."""
    with console.demo(cols=80, rows=24) as c:
        for key in ("L", "q", "a", "\r", "?"):
            with t.case(f"Alt-{key!r} does nothing"):
                c.raw(b"\x1b" + key.encode())
                c.press("Down", lambda c: c.selected() == "sales-us")
                c.press("Up", lambda c: c.selected() == "sales-eu")
                assert "y/N" not in c.text() and len(c.listed()) == 12 and c.status() is None, c.text()
        with t.case("Esc alone, and a key some time after it, are two keys"):
            c.press("/", "filter:")
            c.press("Escape", console.is_ready)
            c.press("?", "Keys, lines")


def check_refused_number(t):
    """A prompt that refuses keeps what was typed; nothing behind it acts."""
    with console.demo(cols=80, rows=24) as c:
        c.press("p", "phone number for sales-eu")
        c.type("12")
        with t.case("a number too short: the prompt stays, with text and reason"):
            c.press("Enter", re.compile(r"too short: 2 digits.*: 12$", re.M))
        with t.case("nothing typed then is a key"):
            c.send("+", "Space", "a", "Enter")
            c.wait(re.compile(r": 12\+ a$", re.M))
            assert "queue" not in c.text() and "side by side" not in c.text(), c.text()
        with t.case("editing brings the label back"):
            c.press("C-u", "phone number for sales-eu")
        with t.case("Esc leaves it"):
            c.press("Escape", console.is_ready)
            assert "*" not in "".join(c.listed().values()), c.text()
        with t.case("a file that cannot be written: the same"):
            c.press("w", "save the log to:")
            c.send("C-u")
            c.type("/nowhere/log")
            c.press("Enter", re.compile(r"/nowhere/log$", re.M))
            c.wait("No such file")
            c.press("Escape", console.is_ready)


def check_quit(t):
    with console.demo("--demo-instances", "2", cols=80, rows=24) as c:
        with t.case("q without a code of the operator leaves at once"):
            c.send("q")
            status = c.wait_exit()
            assert status == 0, status
    with console.demo(cols=120, rows=40) as c:
        with t.case("q asks nothing for codes that the demo shows by itself"):
            c.wait(lambda c: "code shown" in c.text())
            c.send("q")
            status = c.wait_exit()
            assert status == 0, status
    with console.demo(cols=80, rows=24) as c:
        c.send("Enter")
        c.wait_code()
        for key in ("n", "Enter", "Escape", "q"):
            with t.case(f"q with a code asks, {key} is No"):
                c.press("q", "1 code you asked for is on show. Quit scandeck? y/N")
                c.press(key, lambda c: "Quit" not in c.text())
                assert c.status() is None
        with t.case("q with a code asks, y leaves"):
            c.press("q", "1 code you asked for is on show. Quit scandeck? y/N")
            c.send("y")
            status = c.wait_exit()
            assert status == 0, status


if __name__ == "__main__":
    console.main(check_list, check_panel, check_zoom, check_modes, check_invert, check_help, check_redraw, check_strange_keys,
                 check_chords, check_refused_number, check_quit)
