#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Codes side by side: each in its frame, each readable by itself, none caught by its neighbour's camera.
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console
import decode
import raster

GAP = 8
MARGIN = 3


def codes(c):
    """[(left, top, columns, rows)] of the lit rectangles, from left to right."""
    grid = c.cells()
    lit = sorted({x for row in grid for x, cell in enumerate(row) if cell.bg is not None})
    runs = []
    for x in lit:
        if runs and x == runs[-1][1] + 1:
            runs[-1][1] = x
        else:
            runs.append([x, x])
    found = []
    for left, right in runs:
        rows = [y for y, row in enumerate(grid) if any(cell.bg is not None for cell in row[left:right + 1])]
        found.append((left, rows[0], right - left + 1, rows[-1] - rows[0] + 1))
    return found


def payloads(c):
    """What zbarimg reads of each code, the others being cut off."""
    grid = c.cells()
    crops = [(max(left - MARGIN, 0), max(top - 1, 0), columns + 2 * MARGIN, rows + 1) for left, top, columns, rows in codes(c)]
    return [decode.decode(raster.render(grid, theme="dark", crop=crop), "zbarimg") for crop in crops]


def all_read(count):
    def holds(c):
        found = payloads(c)
        return found if len(found) == count and None not in found and len(set(found)) == count else None
    return holds


def check_two(t):
    with console.demo(cols=180, rows=50) as c:
        c.send("Enter")
        c.wait_code()
        with t.case("+: two codes, each read by itself, and each another one"):
            c.press("+", "2 codes side by side, as far as they fit")
            c.wait(all_read(2))
        with t.case("at least 8 columns between them"):
            first, second = codes(c)
            assert second[0] - (first[0] + first[2]) >= GAP, codes(c)
        with t.case("each frame names label and id, and has both clocks"):
            top = c.lines()[1]
            assert re.search(r"▸sales-eu  7103000001.*support  7103000003", top), top
            bottom = next(line for line in c.lines() if line.count("session") == 2)
            assert len(re.findall(r"code +\d+ s +session +\d+ s", bottom)) == 2, bottom
        with t.case("z: only the codes"):
            c.press("z", lambda c: not c.log_lines())
            c.wait(all_read(2))
            c.press("z", lambda c: c.log_lines())
        with t.case("-: one again"):
            c.press("-", "1 code side by side")
            c.wait(lambda c: len(codes(c)) == 1)
            c.wait_code()


def check_more(t):
    with console.demo("-o", "qr_mode=sextant", cols=200, rows=50) as c:
        c.send("Enter")
        c.wait_code()
        with t.case("four codes as sextants"):
            c.send("+", "+", "+")
            c.wait(lambda c: len(codes(c)) >= 3)
            found = codes(c)
            assert all(b[0] - (a[0] + a[2]) >= GAP for a, b in zip(found, found[1:])), found
            c.wait(lambda c: len([p for p in payloads(c) if p]) >= 3)
        with t.case("more than four are not to be had"):
            c.press("+", lambda c: "5 codes" not in c.text())


def check_no_room(t):
    with console.demo(cols=80, rows=24) as c:
        c.send("Enter")
        c.wait_code()
        with t.case("80x24 has room for one, whatever is wished"):
            c.press("+", "as far as they fit")
            c.wait_code("wide-sextant")
            c.wait(lambda c: c.payload())
        with t.case("a larger window shows the second at once"):
            c.resize(180, 50)
            c.wait(all_read(2))


def check_queue(t):
    with console.demo("--demo-instances", "1", cols=180, rows=50) as c:
        with t.case("the queue shows as many at a time"):
            c.press("+", "2 codes")
            c.press("a", "1 of 1")
            c.wait_code()
    with console.demo("-o", "bell=none", cols=180, rows=50, speed=2) as c:
        c.wait(lambda c: c.phase("shop-07") in ("starting", "code shown"))
        for label in ("sales-eu", "shop-07"):
            for _ in range(12):
                c.send("Up")
            for _ in range(list(c.listed()).index(label)):
                c.send("Down")
            c.wait(lambda c, label=label: c.selected() == label)
            c.send("Space")
        with t.case("two for two people"):
            c.press("+", "2 codes")
            c.press("a", "2 of 2")
            c.wait(all_read(2))
        with t.case("a scan links the one that was scanned, the other stays"):
            c.wait(lambda c: c.selected() in ("sales-eu", "shop-07"))
            scanned = c.selected()
            c.send("x")
            c.wait(lambda c: " linked" in c.listed()[scanned])
            c.wait(lambda c: c.selected() != scanned and c.code())
            c.send("x")
            c.wait("2 of 2 linked in")


if __name__ == "__main__":
    console.main(check_two, check_more, check_no_room, check_queue, needs=[decode.missing])
