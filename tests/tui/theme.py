#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Themes colour meanings, never the code; NO_COLOR wins; what the configuration says of colours holds at once.
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import console
import decode
from service import Service

WIDE = {"cols": 120, "rows": 40}
BLACK, WHITE = 16, 231
# The colours of a linked phase and of the keys in the hint bar.
THEMES = {"auto": (2, None), "light": (22, 25), "dark": (114, 117), "mono": (None, None)}
THEME = "[theme]\ngood = 208 underline\nselected = reverse\n"


def word(c, line, text):
    """The first cell of a text in a line."""
    return c.cells()[line][c.lines()[line].index(text)]


def linked(c):
    """The first cell of the word that says so in the list."""
    return word(c, next(y for y, line in enumerate(c.lines()) if "sales-us" in line and "linked" in line), "linked")


def key(c):
    return c.cells()[-1][0]


def outside_code(c):
    code = c.code()
    return {color for y, row in enumerate(c.cells()) for x, cell in enumerate(row) for color in (cell.fg, cell.bg)
            if not (code.row <= y < code.row + code.rows and code.column <= x < code.column + code.columns)}


def check_themes(t):
    for theme, colors in THEMES.items():
        with console.demo("-o", f"theme={theme}", **WIDE) as c:
            c.wait(lambda c: c.phase("sales-us") == "linked")
            with t.case(f"{theme}: colours by meaning"):
                assert (linked(c).fg, key(c).fg) == colors and key(c).bold, (linked(c), key(c))
            c.send("Enter")
            code = c.wait_code()
            with t.case(f"{theme}: the code is black on white as ever"):
                lit = [cell for row in c.cells()[code.row:code.row + code.rows]
                       for cell in row[code.column:code.column + code.columns]]
                assert {cell.bg for cell in lit} == {BLACK, WHITE} and c.payload(), {cell.bg for cell in lit}


def check_section(t):
    with console.demo("-o", "theme=dark", setup=lambda c: c.configure(THEME), **WIDE) as c:
        c.wait(lambda c: c.phase("sales-us") == "linked")
        with t.case("[theme]: its own style for a meaning, the theme's for the others"):
            assert (linked(c).fg, linked(c).underline, key(c).fg) == (208, True, 117), (linked(c), key(c))
        with t.case("selected = reverse: seen on the row under the cursor"):
            row = next(y for y, line in enumerate(c.lines()) if line[:1] in console.CURSORS and "sales-eu" in line)
            assert word(c, row, "sales-eu").reverse and not word(c, row + 1, "sales-us").reverse, c.text()
    for name, options, env in ("NO_COLOR", [], {"NO_COLOR": "1"}), ("--no-color", ["--no-color"], {}):
        with console.demo(*options, setup=lambda c: c.configure("theme = dark\n" + THEME), env=env, **WIDE) as c:
            c.wait(lambda c: c.phase("sales-us") == "linked")
            c.send("Enter")
            c.wait_code()
            with t.case(f"{name} wins over the theme; attributes stay"):
                assert outside_code(c) == {None} and linked(c).underline, outside_code(c)


def check_at_once(t):
    with Service() as service:
        token = "a1" * 25
        service.add("7103000001", token, "patient")
        with console.at_service(service, {"one": ("7103000001", token)}, **WIDE) as c:
            assert key(c).fg is None
            path = c.home / "test.conf"
            text = path.read_text(encoding="utf-8")
            with t.case("another theme in the file holds at once"):
                path.write_text("theme = light\n" + text, encoding="utf-8")
                c.wait(lambda c: key(c).fg == THEMES["light"][1])
            with t.case("and what [theme] says"):
                path.write_text("theme = light\n" + text + "\n[theme]\nkey = bright-red dim\n", encoding="utf-8")
                c.wait(lambda c: key(c).fg == 9 and key(c).dim)
            with t.case("and their end"):
                path.write_text(text, encoding="utf-8")
                c.wait(lambda c: key(c).fg is None and key(c).bold)


if __name__ == "__main__":
    console.main(check_themes, check_section, check_at_once, needs=[decode.missing])
