#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Poor terminals: no UTF-8, no colours, eight colours, old names. They start, and show a code where they can.
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console
import decode

SGR = re.compile(rb"\x1b\[([0-9;:]*)m")
# The code's own colours: 16 on 231 and 231 on 16, or the same by 8 and 16 colours; attributes are no colours.
CODE_COLOURS = {b"38;5;16", b"38;5;231", b"48;5;16", b"48;5;231", b"30", b"37", b"40", b"47", b"39", b"49"}


def colours(recorded):
    """Every colour that was asked for."""
    found = set()
    for match in SGR.finditer(recorded):
        for part in re.findall(rb"[34]8[;:][25](?:[;:]\d+)*|\d+", match[1]):
            if len(part) > 3 or 30 <= int(part) <= 49 or 90 <= int(part) <= 107:
                found.update(re.findall(rb"[34]8[;:]5[;:]\d+|[34]8[;:]2[;:\d]+|^\d\d$|^\d{3}$", part))
    return found


def begin_recorded(c):
    c.record()
    c.send("C-l")
    c.wait(lambda c: b"quit" in c.recorded())


def is_ascii(recorded):
    return not re.search(rb"[\x7f-\xff]", recorded)


def in_eight_bits(*options, cols, rows, **more):
    """The demo without a UTF-8 locale, in a terminal of single bytes: what the terminal shows decides, not the locale. tmux
    itself always shows UTF-8, so something has to stand between."""
    relay = [sys.executable, str(console.SOURCE / "tests/lib/eight_bit.py")]
    return console.running([*relay, console.PROGRAM, "--demo", "-o", "sort=config", *options], cols, rows,
                           env={"LANG": "C", "LC_ALL": "C"}, **more)


def check_no_utf8(t):
    with in_eight_bits(cols=200, rows=80) as c:
        begin_recorded(c)
        c.send("Enter")
        with t.case("8 bits, 200x80: a code in full blocks"):
            c.wait_code("full")
            c.wait(lambda c: c.payload())
        with t.case("8 bits: marks, borders and clocks are there in ASCII"):
            assert re.search(r">\S sales-eu", c.text()) and "- log -" in c.text() and "#" in c.text(), c.text()
        with t.case("8 bits: help and account too"):
            c.press("?", "Keys")
            c.press("?", "sales-eu")
            c.press("Down", "sales-us is linked.")
        with t.case("8 bits: no byte above 0x7e went out"):
            assert is_ascii(c.recorded()), re.findall(rb".{0,20}[\x7f-\xff]+.{0,20}", c.recorded())[:5]
    with in_eight_bits(cols=80, rows=24) as c:
        begin_recorded(c)
        c.send("Enter")
        with t.case("8 bits, 80x24: no code, but what is needed"):
            c.wait(lambda c: "full blocks need 130x63, this window has 80x24" in c.prose())
            assert c.code() is None
        with t.case("8 bits, 80x24: ASCII alone"):
            assert is_ascii(c.recorded()), re.findall(rb".{0,20}[\x7f-\xff]+.{0,20}", c.recorded())[:5]


def check_names_in_ascii(t):
    with in_eight_bits("--demo-speed", "3", cols=120, rows=40) as c:
        begin_recorded(c)
        c.send("Enter")
        c.wait("sales-eu   code 1, valid 20 s")
        c.send("x")
        with t.case("8 bits: a name beyond ASCII"):
            c.wait("sales-eu is linked.")
            c.wait(re.compile(r"name +\?ukasz \?mega"))
            assert is_ascii(c.recorded())


def check_tmux_clients(t):
    """In tmux all is UTF-8, and a client without it gets "_" for each sign that ASCII lacks."""
    bytes_alone, utf8 = {"LC_ALL": "C"}, {"LC_ALL": "C.UTF-8"}
    with console.demo(cols=200, rows=80, env={"LC_ALL": "C.UTF-8"}) as c:
        c.send("Enter")
        c.wait_code("half")
        with t.case("a client of tmux without UTF-8 attaches, at the same size: the next code is in full blocks"):
            with c.attached(bytes_alone, 200, 80):
                c.send("r")
                c.wait_code("full")
                c.wait(lambda c: c.payload())
                c.wait("text goes out as ASCII now: a client of tmux takes no UTF-8")
                assert is_ascii(c.text().encode()), c.text()
                c.wait("verified")
        with t.case("a client with UTF-8: half blocks again, with a new size at once"):
            with c.attached(utf8, 180, 78):
                c.wait_code("half")
                c.wait("text goes out as UTF-8 now")
        with t.case("m asks tmux, too"):
            with c.attached(bytes_alone, 180, 78):
                c.send("m")
                c.wait_code("full")
    with console.running(["sh", "-c", f"read -r go; exec '{console.PROGRAM}' --demo -o sort=config"], 80, 24, ready=False,
                         env={"LC_ALL": "C.UTF-8"}) as c:
        with t.case("80x24 and such a client from the start: no code, nothing verified, and no question about stairs"):
            with c.attached(bytes_alone, 80, 24):
                c.send("Enter")
                c.wait(console.is_ready)
                c.send("Enter")
                c.wait(lambda c: "full blocks need 130x63, this window has 80x24" in c.prose())
                assert "verified" not in c.text() and "stairs" not in c.text() and is_ascii(c.text().encode()), c.text()
        with t.case("without any client all is as it was"):
            c.send("m")
            c.wait(lambda c: "stairs" in c.text() or "half blocks" in c.prose())
    with console.demo(cols=120, rows=40, env={"TMUX": "/nowhere/at,1,0"}) as c:
        with t.case("no tmux behind $TMUX: half blocks"):
            c.send("Enter")
            c.wait_code("half")


def check_locales_overruled(t):
    """ssh, cron and containers leave the locale at C while the terminal shows UTF-8; that is asked, not believed."""
    for name, env in (("LC_ALL=C", {"LC_ALL": "C"}), ("LC_ALL=POSIX", {"LC_ALL": "POSIX"}), ("no LANG", {"LANG": None}),
                      ("LC_ALL=de_DE.ISO-8859-1", {"LC_ALL": "de_DE.ISO-8859-1"})):
        with console.demo(cols=120, rows=40, env=env) as c:
            with t.case(f"{name} in a terminal of UTF-8: half blocks"):
                c.wait(lambda c: "▸· sales-eu" in c.text())
                c.send("Enter")
                c.wait_code("half")
            with t.case(f"{name}: the question has left nothing on the screen"):
                c.press("q", "y/N")
                c.send("y")
                assert c.wait_exit() == 0 and "ë" not in c.text() and "Ã" not in c.text(), c.text()


def check_no_color(t):
    for name, options, env in ("NO_COLOR", [], {"NO_COLOR": "1"}), ("--no-color", ["--no-color"], {}):
        with console.demo(*options, cols=120, rows=40, env=env) as c:
            begin_recorded(c)
            c.send("Enter")
            c.wait_code("half")
            c.wait(lambda c: c.phase("shop-03") == "error" and c.phase("shop-06") == "offline")
            with t.case(f"{name}: no colours but the code's"):
                assert colours(c.recorded()) <= CODE_COLOURS, colours(c.recorded())
            with t.case(f"{name}: only the code has a background"):
                code = c.wait_code("half")
                assert (code.columns, code.rows) == console.size("half", 61), code
            with t.case(f"{name}: the code can be read"):
                c.wait(lambda c: c.payload())
    with console.demo(cols=120, rows=40, env={"NO_COLOR": ""}) as c:
        begin_recorded(c)
        with t.case("an empty NO_COLOR is none"):
            c.wait(lambda c: colours(c.recorded()) - CODE_COLOURS)


def has_half_blocks(c):
    """The code, perhaps without its last row: some terminals erase with a colour, of which tmux does not tell."""
    code, (columns, rows) = c.code(), console.size("half", 61)
    return code if code and code.mode == "half" and code.columns == columns and rows - 1 <= code.rows <= rows else None


def check_terminals(t):
    # A terminal without colours is taken for light on dark.
    for name, cols, rows, theme in (("xterm", 200, 60, "light"), ("linux", 200, 60, "light"),
                                    ("screen", 120, 40, "light"),
                                    ("xterm-256color", 200, 60, "light"), ("vt100", 120, 40, "dark")):
        with console.demo(cols=cols, rows=rows, term=name) as c:
            with t.case(f"TERM={name}: the list"):
                c.wait(lambda c: c.phase("sales-us") == "linked")
            c.send("Enter")
            with t.case(f"TERM={name}: a code in half blocks that can be read"):
                c.wait(has_half_blocks)
                c.wait(lambda c: c.payload(theme=theme))
            with t.case(f"TERM={name}: arrows work"):
                c.press("Down", lambda c: c.selected() == "sales-us")
            with t.case(f"TERM={name}: q leaves"):
                c.press("q", "y/N")
                c.send("y")
                assert c.wait_exit() == 0


def check_colour_numbers(t):
    for name, wanted in ("tmux-256color", {16, 231}), ("xterm", {0, 7}):
        with console.demo(cols=200, rows=60, term=name) as c:
            c.send("Enter")
            code = c.wait(has_half_blocks)
            rows = c.cells()[code.row:code.row + code.rows]
            cells = [cell for row in rows for cell in row[code.column:code.column + code.columns]]
            with t.case(f"TERM={name}: the code's colours are {sorted(wanted)}, never the theme's own"):
                assert {cell.bg for cell in cells} == wanted, {cell.bg for cell in cells}
                assert {cell.fg for cell in cells if cell.char != " "} == wanted, {cell.fg for cell in cells}


def check_unknown_locale(t):
    """SSH brings LANG along, but not the locale: the terminal speaks UTF-8 all the same."""
    with console.demo(cols=120, rows=40, env={"LANG": "tlh_KX.UTF-8"}) as c:
        with t.case("a UTF-8 locale that this machine lacks"):
            c.wait(lambda c: "▸· sales-eu" in c.text())
            c.send("Enter")
            c.wait_code("half")


if __name__ == "__main__":
    console.main(check_no_utf8, check_names_in_ascii, check_tmux_clients, check_locales_overruled, check_no_color, check_terminals,
                 check_colour_numbers, check_unknown_locale, needs=[decode.missing])
