#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Options of the configuration that change the screen: QR modes, sextants, other keys; and what is said where no
# mode fits.
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console
import decode

KEYS = """[keys]
link = c F2
logout = C-x
reboot = X
quit = Q F10
help = h
mode = O
down = N Down
find-next = o
"""


def check_modes(t):
    for mode, cols, rows in ("full", 200, 80), ("wide-sextant", 120, 40), ("sextant", 120, 40), ("half", 120, 40):
        with console.demo("-o", f"qr_mode={mode}", cols=cols, rows=rows) as c:
            c.send("Enter")
            with t.case(f"-o qr_mode={mode}: drawn in it"):
                c.wait_code(mode)
    with console.demo("-o", "qr_mode=full", cols=120, rows=40) as c:
        c.send("Enter")
        with t.case("a mode that was asked for and does not fit is not replaced: the panel says what would fit"):
            c.wait(lambda c: "full blocks need 130x63, this window has 120x40: half blocks fit (65x32), press m" in
                   " ".join(re.sub(r"^.{54} *", "", line).strip() for line in c.lines()))
            assert c.code() is None


def check_no_room(t):
    with console.demo(cols=80, rows=24, sextants="auto") as c:
        c.send("Enter")
        with t.case("80x24, sextants not known: Esc declines to answer, and no code is drawn"):
            c.wait("Do you see solid stairs? y/n")
            c.press("Escape", lambda c: "There is a code, but no room to draw it" in c.prose())
            assert c.code() is None
        text = c.prose()
        with t.case("one line says what half blocks need, what there is, and what would fit"):
            assert ("half blocks need 65x32, this window has 80x24: wide sextants would fit (65x21) if this terminal draws"
                    " them, press m to see." in text), text
        with t.case("another the window that has room"):
            match = re.search(r"Or enlarge the window to (\d+)x(\d+), or make its font smaller", text)
            assert match, text
            needed = int(match[1]), int(match[2])
        with t.case("the clocks run on"):
            assert c.clocks(), c.text()
        with t.case("a window of the size it named has room"):
            c.resize(*needed)
            c.wait_code("half")
        with t.case("one row less has none"):
            c.resize(needed[0], needed[1] - 1)
            c.wait(lambda c: c.code() is None and "no room" in c.prose())
        with t.case("m at 80x24: the code is there"):
            c.resize(80, 24)
            c.wait(lambda c: "this window has 80x24" in c.prose())
            c.press("m", "wide sextants: solid stairs?")
            c.press("y", "mode: wide sextants")
            c.wait_code("wide-sextant")
            c.wait(lambda c: c.payload())
    with console.demo(cols=80, rows=34, sextants="no") as c:
        c.send("Enter")
        c.wait(lambda c: c.code() or "no room" in c.prose())
        with t.case("80x34 without sextants: the zoomed code fits, and z is named or needed no more"):
            assert c.code() or "alone on the screen they fit, press z" in c.prose(), c.text()
            c.send("z")
            c.wait_code("half")


def check_keys(t):
    with console.demo(cols=120, rows=40, setup=lambda c: c.configure(KEYS), ready=False) as c:
        with t.case("[keys]: the hints name the keys there are"):
            c.wait(lambda c: {"link": "c", "help": "h", "quit": "Q"}.items() <= c.hints().items())
        with t.case("[keys]: the panel's sentence too"):
            c.wait("sales-eu is not linked. c shows its code.")
        with t.case("[keys]: the help too"):
            c.press("h", "h closes this")
            for keys, words in (("c F2", "link the selected"), ("C-x", "log the phone out"), ("X", "restart the"),
                                ("Q F10", "leave (asks")):
                assert re.search(rf"^ +{re.escape(keys)} +{re.escape(words)}", c.text(), re.M), c.text()
            c.press("h", "is not linked")
        with t.case("[keys]: old keys do nothing"):
            c.send("Enter", "q", "?", "L", "j")
            c.press("N", lambda c: c.selected() == "sales-us")
            assert c.status() is None and "y/N" not in c.text() and "Keys" not in c.text(), c.text()
        with t.case("[keys]: new keys work"):
            c.wait(lambda c: c.phase("sales-us") == "linked" and c.hints().get("logout") == "C-x")
            c.press("C-x", " out of sales-us? It must be scanned again. y/N")
            c.press("n", lambda c: "y/N" not in c.text())
            c.press("Up", lambda c: c.selected() == "sales-eu")
            c.send("F2")
            c.wait_code("half")
        with t.case("[keys]: function keys too"):
            c.press("F10", "Quit scandeck? y/N")
            c.send("y")
            assert c.wait_exit() == 0


def check_mistakes(t):
    """Mistakes are told before the screen is taken, with an exit code of 2."""
    for name, text, words in (("an unknown action", "[keys]\nlogin = x\n", "test.conf:2"),
                              ("a key of two actions", "[keys]\nlogout = q\n", "test.conf:2"),
                              ("an unknown option", "qr_mod = half\n", "test.conf:1")):
        with console.Console() as c:
            options = c.configure(text)
            command = f"'{console.PROGRAM}' --demo {' '.join(options)}; echo code $?; sleep 3600"
            c.start(["sh", "-c", command], 160, 24)
            with t.case(f"{name}: file and line, and the terminal untouched"):
                c.wait("code 2")
                assert words in c.text() and c.query("#{alternate_on}") == "0", c.text()


if __name__ == "__main__":
    console.main(check_modes, check_no_room, check_keys, check_mistakes, needs=[decode.missing])
