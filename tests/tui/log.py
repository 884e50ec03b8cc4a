#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The log: the newest line is in sight, it scrolls, and holds its place while lines come in; what is shown of it is chosen,
# searched and saved; it is written to a file.
import json
import os
import re
import stat
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console


def newer_below(c):
    match = re.search(r"log, (\d+) newer below", c.text())
    return int(match[1]) if match else 0


def check_newest(t):
    with console.demo(cols=80, rows=24) as c:
        with t.case("one line shows the newest event"):
            c.wait(lambda c: c.log_lines())
            first = c.log_lines()[0]
            c.send("Enter")
            c.wait(lambda c: c.log_lines() and c.log_lines()[0] != first)
    with console.demo(cols=200, rows=60) as c:
        with t.case("several lines end with the newest"):
            c.wait(lambda c: len(c.log_lines()) > 5)
            c.send("Enter")
            c.wait(lambda c: any("sales-eu   code 1" in line for line in c.log_lines()))
            times = [line[:8] for line in c.log_lines()]
            assert times == sorted(times), times
        with t.case("each has time, level, instance and text"):
            pattern = re.compile(r"\d\d:\d\d:\d\d (info |warn |error) [\w-]+ +\S")
            assert all(pattern.match(line) for line in c.log_lines()), c.text()


def check_scrolls(t):
    """At 20 times the speed new lines come all the time; 60 instances write many."""
    with console.demo("--demo-instances", "60", cols=80, rows=24, speed=20) as c:
        c.press("Tab", lambda c: len(c.log_lines()) > 15)
        c.wait(lambda c: len(c.log_lines()) >= 20)
        with t.case("Up: one line back"):
            c.press("Up", lambda c: newer_below(c) >= 1)
        with t.case("PgUp: a page back"):
            c.press("PgUp", lambda c: newer_below(c) >= 18)
        with t.case("lines that come in do not move it"):
            held, below = c.log_lines(), newer_below(c)
            c.wait(lambda c: newer_below(c) >= below + 3)
            assert c.log_lines() == held, c.text()
        with t.case("End: the newest again, and it follows"):
            c.press("End", lambda c: "newer below" not in c.text())
            last = c.log_lines()[-1]
            c.wait(lambda c: c.log_lines()[-1] != last)
            assert newer_below(c) == 0
        with t.case("Home: the oldest"):
            c.press("Home", lambda c: newer_below(c) > 20)
            oldest = c.log_lines()
            c.send("Up", "PgUp")
            c.wait(lambda c: c.log_lines() == oldest)
        with t.case("Down after Home moves one line"):
            c.send("Down")
            c.press("Down", lambda c: c.log_lines()[0] == oldest[1])
        with t.case("PgDn after Home moves a page"):
            c.press("Home", lambda c: c.log_lines() == oldest)
            c.press("PgDn", lambda c: oldest[-1] in c.log_lines() and oldest[0] not in c.log_lines())


def heading(c):
    return next((line for line in c.lines() if line.startswith("▸ log")), "")


def selected_line(c):
    """The line that the terminal's cursor rests on."""
    _, row, visible = c.cursor()
    return c.lines()[row] if visible else ""


def levels(c):
    return {line[9:14].strip() for line in c.log_lines()}


def instances(c):
    return {line[15:].split()[0] for line in c.log_lines()}


def matched(c):
    """What stands in the log as searched for: underlined; one string a line."""
    rows = [row for row in c.cells() if re.match(r"\d\d:", "".join(cell.char for cell in row))]
    words = ["".join(cell.char for cell in row if cell.underline) for row in rows]
    return {word for word in words if word}


def search(c, text):
    """Types what is to be searched for, in place of what was before."""
    c.press("/", "search:")
    c.send("C-u")
    c.type(text)
    c.wait(f"search: {text}")


def check_view(t):
    with console.demo("--demo-instances", "60", cols=100, rows=30, speed=20) as c:
        c.press("Tab", lambda c: len(c.log_lines()) > 20)
        with t.case("the terminal's cursor rests on the newest line"):
            c.wait(lambda c: selected_line(c) == c.log_lines()[-1])
        with t.case("f: frozen, lines that come in change nothing"):
            c.press("f", lambda c: "frozen" in heading(c) or newer_below(c))
            held = c.log_lines()
            c.wait(lambda c: newer_below(c) >= 3)
            assert c.log_lines() == held, c.text()
        with t.case("f again: it follows"):
            c.press("f", lambda c: "frozen" not in heading(c) and not newer_below(c))
            c.wait(lambda c: c.log_lines() != held)
        with t.case("l: warnings and worse, errors, all"):
            c.press("l", lambda c: "warn and worse" in heading(c) and levels(c) == {"warn", "error"})
            c.press("l", lambda c: "· error" in heading(c) and levels(c) == {"error"})
            c.press("l", lambda c: "error" not in heading(c) and "info" in levels(c))
        with t.case("I: the selected instance alone, and all again"):
            c.press("I", lambda c: "· sales-eu" in heading(c) and instances(c) == {"sales-eu"})
            c.press("I", lambda c: "· sales-eu" not in heading(c) and len(instances(c)) > 3)


def check_search(t):
    with console.demo("--demo-instances", "12", cols=100, rows=30) as c:
        c.press("Tab", lambda c: len(c.log_lines()) > 10)
        c.wait(lambda c: "sales-us   state: authorized" in c.text())
        with t.case("/ goes to the newest match as it is typed, in any letter case"):
            search(c, "STATE: AUTH")
            c.wait(lambda c: re.search(r"/STATE: AUTH \d+ of \d+", heading(c)))
        with t.case("what was searched for stands out"):
            c.wait(lambda c: matched(c) == {"state: auth"})
        with t.case("Enter: the terminal's cursor is on the match"):
            c.press("Enter", lambda c: "sales-us   state: authorized" in selected_line(c))
        with t.case("n: the next older one, then on from the newest, which it says"):
            search(c, "state: notAuthorized")
            c.press("Enter", lambda c: re.search(r"\d of \d+", heading(c)))
            seen = set()
            while "on from the newest line" not in c.bottom():
                assert selected_line(c) not in seen and "state: notAuthorized" in selected_line(c), c.text()
                seen.add(selected_line(c))
                c.press("n", lambda c: selected_line(c) not in seen or "on from the newest line" in c.bottom())
            assert len(seen) > 2, seen
        with t.case("labels count, too"):
            search(c, "sales-us")
            c.press("Enter", lambda c: " sales-us " in selected_line(c) and "sales-us" in matched(c))
        with t.case("what is rubbed out is undone, and Esc goes back to where it was"):
            before = selected_line(c)
            search(c, "terminal tmux")
            c.wait(lambda c: matched(c) == {"terminal tmux"})
            c.press("Escape", lambda c: selected_line(c) == before and not matched(c) and "/" not in heading(c))
        with t.case("what no line has"):
            search(c, "zzz")
            c.press("Enter", lambda c: "zzz 0" in heading(c))
            c.press("n", "no line has it")


def check_save(t):
    with console.demo("--demo-instances", "12", cols=100, rows=30) as c:
        c.press("Tab", lambda c: len(c.log_lines()) > 10)
        c.wait("state: blocked")
        with t.case("w offers a name that says what and when"):
            c.press("w", re.compile(r"save the log to: scandeck-log-\d{8}-\d{6}\.txt"))
            c.press("Escape", console.is_ready)
        with t.case("w writes what is shown, for its owner alone"):
            c.press("l", lambda c: levels(c) == {"warn", "error"})
            c.send("f")
            c.press("w", "save the log to:")
            c.send("C-u")
            c.type("~/my log.txt")
            c.press("Enter", "written to ~/my log.txt")
            path = c.home / "my log.txt"
            lines = path.read_text(encoding="utf-8").splitlines()
            assert lines and all(re.match(r"\S+Z (warn|error) \S+ \S", line) for line in lines), lines
            assert any("shop-05 refused, 401" in line for line in lines), lines
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        with t.case("nothing is overwritten; one file a second is the most"):
            before = path.read_bytes()
            for _ in range(30):
                c.press("w", "save the log to:")
                c.send("C-u")
                c.type("my log.txt")
                c.press("Enter", re.compile("it exists already|one file a second"))
                if "it exists already" in c.text():
                    break
            assert "it exists already" in c.text() and path.read_bytes() == before


def leave(c):
    c.send("q")
    c.wait(lambda c: "Quit" in c.text() or c.status() is not None)
    if c.status() is None:
        c.send("y")
    assert c.wait_exit() == 0


def check_file(t):
    with t.case("log_file: JSON, one object a line, for its owner alone"):
        with console.demo("-o", "log_file=~/log", "-o", "log_format=json", "--demo-instances", "4") as c:
            os.chmod(c.home / "log", 0o600)
            c.wait(lambda c: "sales-us" in (c.home / "log").read_text(encoding="utf-8"))
            leave(c)
            lines = [json.loads(line) for line in (c.home / "log").read_text(encoding="utf-8").splitlines()]
            assert all(set(line) == {"time", "level", "instance", "text"} for line in lines)
            assert any(line["instance"] == "sales-us" and line["text"] == "state: authorized" for line in lines)
            assert stat.S_IMODE((c.home / "log").stat().st_mode) == 0o600
    with t.case("--log wins over log_file"):
        with console.demo("-o", "log_file=~/log", "--log", "other", "--demo-instances", "4") as c:
            c.wait(lambda c: "info sales-us state: authorized" in (c.home / "other").read_text(encoding="utf-8"))
            assert not (c.home / "log").exists()
            leave(c)


if __name__ == "__main__":
    console.main(check_newest, check_scrolls, check_view, check_search, check_save, check_file)
