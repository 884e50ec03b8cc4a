#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A service that means harm: its texts cannot act on the terminal, and no token reaches the screen.
import re
import sys
import unicodedata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import console
from service import Service

# Simulated tokens are 50 hex digits; ids have 10. Nothing else of ours looks like this.
TOKEN = re.compile(rb"[0-9a-f]{16}")
OSC = re.compile(rb"\x1b[\]P^_X]")
C1 = re.compile(rb"\xc2[\x80-\x9f]")
# What ncurses sends by itself; backspace, and the shift back to ASCII, too.
SEQUENCE = re.compile(rb"\x1b\[[?>]?[0-9;:]*[A-Za-z@`]|\x1b[()][0AB]|\x1b[=>78MDEHc]")
HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def check_bytes(t, name, recorded, tokens):
    """What went to the terminal from the start of the recording."""
    with t.case(f"{name}: no token"):
        assert not TOKEN.search(recorded), "something like a token went out"
        assert not any(token.encode() in recorded for token in tokens)
    with t.case(f"{name}: no title, no string sequence, no C1 control"):
        found = OSC.findall(recorded) + C1.findall(recorded)
        assert not found, found
    with t.case(f"{name}: no control character but in ncurses' own sequences"):
        rest = SEQUENCE.sub(b"", recorded)
        controls = set(re.findall(rb"[\x00-\x07\x0b\x0c\x0e\x10-\x1f\x7f]", rest))
        assert not controls, (controls, re.findall(rb".{0,30}[\x00-\x07\x0b\x0c\x0e\x10-\x1f\x7f].{0,30}", rest)[:5])
    with t.case(f"{name}: no bidi or zero-width sign"):
        found = HIDDEN.findall(recorded.decode("utf-8", "surrogatepass"))
        assert not found, [unicodedata.name(sign, hex(ord(sign))) for sign in found]


def panels_are_whole(c, rows):
    """Nothing has moved the panels: the header aside, the list's border is unbroken and the hints are at the bottom."""
    return console.is_ready(c) and all(line[14:15] == "│" for line in c.lines()[1:rows])


def check_demo_fates(t):
    """Of 60 instances the hostile ones are linked while they are on show."""
    with console.demo("--demo-instances", "60", "-o", "bell=none", cols=200, rows=100, speed=3) as c:
        c.record()
        where = c.wait(lambda c: len(c.listed()) == 60 and list(c.listed()))
        for label, end in (("hostile", "linked"), ("hostile-error", "error"), ("garbage", "code shown"),
                           ("too-large", "code shown")):
            with t.case(f"{label}: it goes on to {end}"):
                c.send("Home", *["Down"] * where.index(label))
                c.wait(lambda c: c.selected() == label)
                c.send("Enter")
                c.wait(lambda c: c.phase(label) == end)
        c.press("Tab", "▸ log")
        c.press("PgUp", "newer below")
        recorded = c.recorded()
        check_bytes(t, "demo", recorded, [])
        with t.case("demo: the title of the terminal is not theirs"):
            assert "owned" not in c.title()


def check_service(t):
    scripts = ["hostile", "hostile-error", "token-echo", "garbage", "bad-utf8", "deep", "error-object"]
    with Service(speed=10) as service:
        labels = {script: (7103000001 + n, f"{0xabcdef0123456789abcdef + n:050x}") for n, script in enumerate(scripts)}
        for script, (ident, token) in labels.items():
            service.add(ident, token, script)
        with console.at_service(service, labels, "-o", "bell=none", cols=80, rows=24) as c:
            c.record()
            c.wait(lambda c: len(c.listed()) == len(scripts))
            for script, (ident, _) in labels.items():
                c.send("Enter")
                service.log.wait(str(ident), "open", timeout=console.SECONDS)
                service.log.wait(str(ident), "closed", timeout=console.SECONDS)
                with t.case(f"{script}: the panels stand"):
                    c.wait(lambda c: c.code() is None and panels_are_whole(c, 20))
                c.send("Down")
            c.press("Tab", lambda c: "▸ log" in c.text())
            c.press("Home", lambda c: c.log_lines())
            c.press("Tab", lambda c: len(c.listed()) == len(scripts))
            c.resize(200, 60)
            c.wait(lambda c: c.size() == (200, 60) and list(c.listed()) == scripts)
            check_bytes(t, "service", c.recorded(), [token for _, token in labels.values()])
            with t.case("the program lives, and its title is not theirs"):
                assert c.status() is None and "owned" not in c.title()


def check_hostile_labels(t):
    """The configuration is foreign as well."""
    with Service() as service:
        labels = {"wide 株式会社 label": (7103000001, "a1" * 25), "l" * 64: (7103000002, "b2" * 25)}
        for ident, token in labels.values():
            service.add(ident, token, "never")
        with console.at_service(service, labels, cols=80, rows=24) as c:
            with t.case("wide and long labels leave the border where it is"):
                c.wait("wide 株")
                c.wait(lambda c: all(cells[14].char == "│" for cells in c.cells()[1:20]))
            with t.case("a question shows its y/N under a long label too"):
                c.send("Down")
                c.press("R", re.compile(r"^Reboot l+.*\? .* y/N", re.M))


if __name__ == "__main__":
    console.main(check_demo_fates, check_service, check_hostile_labels)
