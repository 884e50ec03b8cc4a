#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A paste is no typing, with brackets around it and without: outside prompts nothing of it acts, in prompts it is inserted.
import os
import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console
from fake_terminal import FakeTerminal, Kind

XTERM = Kind("64;1;2;6;9;15;16;17;18;21;22;28", "41;379;0", "XTerm(379)")
BEGIN, END = b"\x1b[200~", b"\x1b[201~"
DROPPED = re.compile(r"Dropped (a paste of )?\d+ (character|key)")
# What was pasted by mistake, and what it did when it was taken for keys.
TEXTS = [
    ("logs a phone out", b"hoLy cow"),
    ("begins the queue", b"sales-us LRaq"),
    ("asks and answers", b"Ly"),
    ("answers with a line end", b"Ly\r"),
    ("restarts", b"Ry\r\n"),
    ("begins the queue with a line end", b"a\r"),
    ("leaves", b"xq"),
    ("ends by its control characters", b"a\x03b\x1ac\x1cd"),
    ("opens a prompt and submits it", b"p79001234567\r"),
    ("is a table", b"L\ty\r\nR\ty\r\n"),
]


def is_untouched(c):
    text = c.text()
    assert c.status() is None and "y/N" not in text and "queue begins" not in text and "Stopped" not in text, text
    assert len(c.listed()) == 12 and c.selected() == "sales-us", text
    assert "sales-us   logged out" not in text and c.phase("sales-us") == "linked", text


def linked(c):
    """The cursor on an instance whose phone would be cut off."""
    c.press("Down", lambda c: c.selected() == "sales-us" and c.phase("sales-us") == "linked" and c.hints().get("logout") == "L")


def works(c):
    """Keys act after it as ever."""
    c.press("?", "Keys, lines")
    c.press("?", console.is_ready)


def check_dropped(t):
    with console.demo(cols=120, rows=40) as c:
        linked(c)
        for name, text in TEXTS:
            for how, data in (("in brackets", BEGIN + text + END), ("without brackets", text)):
                with t.case(f"a paste that {name}, {how}: nothing happens, and one line says so"):
                    c.raw(data)
                    c.wait(lambda c: DROPPED.search(c.bottom()))
                    is_untouched(c)
                    works(c)
                    is_untouched(c)


def check_tricks(t):
    with console.demo(cols=120, rows=40) as c:
        linked(c)
        with t.case("a paste that pretends its end: what is behind it is a paste too"):
            c.raw(BEGIN + b"harmless" + END + b"Ly" + END)
            c.wait(lambda c: DROPPED.search(c.bottom()))
            is_untouched(c)
            c.raw(BEGIN + b"harmless" + END + b"L" + END)
            c.wait(lambda c: DROPPED.search(c.bottom()))
            is_untouched(c)
        with t.case("its end within its end, and sequences of keys in it"):
            c.raw(BEGIN + b"\x1b[20\x1b[201\x1b[A\x1b[B\x1bOP\x1b]11;L\x07y" + END)
            c.wait(lambda c: DROPPED.search(c.bottom()))
            is_untouched(c)
            works(c)
        with t.case("a paste in several reads"):
            for part in (BEGIN[:3], BEGIN[3:], b"L", b"y", b"R", END[:2], END[2:]):
                c.raw(part)
            c.wait(lambda c: DROPPED.search(c.bottom()))
            is_untouched(c)
        with t.case("a paste that never ends: keys act again soon"):
            c.raw(BEGIN + b"Ly?Ra")
            c.wait("Dropped a paste of 5 characters")
            works(c)
            is_untouched(c)
        with t.case("an end without a beginning does nothing"):
            c.raw(END)
            works(c)
            is_untouched(c)
        for how, begin, end in (("in brackets", BEGIN, END), ("without", b"", b"")):
            with t.case(f"a megabyte, {how}"):
                (c.home / "large").write_bytes(begin + b"Lyq Rya\r" * 131072 + end)
                c.paste_file(c.home / "large")
                c.wait(lambda c: DROPPED.search(c.bottom()))
                c.wait_gone(lambda c: DROPPED.search(c.bottom()))
                is_untouched(c)
                works(c)


def says_no(c):
    """As long as more of a paste comes, a key is one of it: tried twice a second."""
    tried = 0

    def tries(c):
        nonlocal tried
        if time.monotonic() - tried > 0.5:
            c.send("n")
            tried = time.monotonic()
        return console.is_ready(c)

    c.wait(tries)


def check_questions(t):
    with console.demo(cols=120, rows=40) as c:
        linked(c)
        for how, data in (("in brackets", BEGIN + b"y" + END), ("of several characters", b"yes")):
            with t.case(f"a paste {how} does not answer a question"):
                c.press("L", "y/N")
                c.raw(data)
                c.wait(lambda c: any(DROPPED.search(line) for line in c.log_lines()))
                assert "y/N" in c.bottom(), c.text()
                c.press("n", console.is_ready)
                is_untouched(c)
        with t.case("what was typed with the key that asks is no answer"):
            c.raw(b"LL")
            c.wait("y/N")
            c.press("n", console.is_ready)
            is_untouched(c)
        for data in (b"yy", b"y" * 20000):
            with t.case(f"{len(data)} times the same key at once: no answer"):
                c.press("L", "y/N")
                (c.home / "keys").write_bytes(data)
                c.paste_file(c.home / "keys")
                c.wait(lambda c: any(DROPPED.search(line) for line in c.log_lines()))
                assert "y/N" in c.bottom(), c.text()
                says_no(c)
                is_untouched(c)


def check_byte_by_byte(t):
    """A line can hand a paste on byte by byte; at 45 ms somebody could type so."""
    for gap in (0.001, 0.004, 0.02, 0.045):
        with FakeTerminal(XTERM) as terminal, t.case(f"{gap * 1000:g} ms between the bytes of a paste: no phone is logged out"):
            terminal.start([console.PROGRAM, "--demo", "-o", "sort=config"], 120, 40)
            assert terminal.wait_for(b"logout"), "no list"
            terminal.press(b"j")
            for byte in b"hoLy cow":
                end = time.monotonic() + gap
                os.write(terminal.master, bytes([byte]))
                terminal.wait(lambda: time.monotonic() >= end)
            assert terminal.wait_for(b"Dropped"), "nothing said"
            assert b"logging out" not in terminal.written, "logged out"


def check_movement(t):
    with console.demo("--demo-instances", "60", cols=120, rows=40) as c:
        with t.case("ten arrows at once are ten arrows"):
            c.raw(b"\x1b[B" * 10 if c.query("#{keypad_cursor_flag}") == "0" else b"\x1bOB" * 10)
            c.wait(lambda c: list(c.listed()).index(c.selected()) == 10)
        with t.case("a key held down moves"):
            c.raw(b"kkkk")
            c.wait(lambda c: list(c.listed()).index(c.selected()) == 6)
        with t.case("different keys at once: what moves acts, the rest does not"):
            c.raw(b"jLj")
            c.wait(lambda c: list(c.listed()).index(c.selected()) == 8 and DROPPED.search(c.bottom()))
            assert "y/N" not in c.text()


def prompted(c):
    c.press("/", "filter:")


def check_prompts(t):
    with console.demo(cols=120, rows=40) as c:
        for how, begin, end in (("in brackets", BEGIN, END), ("without", b"", b"")):
            with t.case(f"{how}: inserted, line ends and tabs are blanks, nothing is submitted"):
                prompted(c)
                c.raw(begin + b"sales\r\nshop\tlab\nend" + end)
                c.wait(re.compile(r"filter: sales +shop +lab +end"))
                c.send("C-u")
                c.raw(begin + b"sales\r" + end)
                c.press("z", "filter: sales z")
                c.press("Escape", console.is_ready)
        with t.case("control characters and escapes do not come through"):
            prompted(c)
            c.raw(BEGIN + b"s\x01\x15\x03\x1b[31mhop\x7f\xc2\x9b" + "\u202e".encode() + END)
            c.wait("filter: s[31mhop")
            c.press("Escape", console.is_ready)
        with t.case("typing in one read is typing, and only Enter by itself ends it"):
            prompted(c)
            c.raw(b"shop\r")
            c.wait("filter: shop")
            c.press("Enter", re.compile(r"filter: shop +\(\d+ of 12\)"))
            prompted(c)
            c.press("Escape", console.is_ready)
        with t.case("a paste that never ends is inserted"):
            prompted(c)
            c.raw(BEGIN + b"sales")
            c.wait("filter: sales")
            c.press("x", "filter: salesx")
            c.press("Escape", console.is_ready)
        with t.case("a megabyte: as much as the prompt takes"):
            prompted(c)
            (c.home / "large").write_bytes(BEGIN + b"shop" * 262144 + END)
            c.paste_file(c.home / "large")
            c.wait("shopshopshop")
            c.send("C-u")
            c.press("x", re.compile(r"filter: x$", re.M))
            c.press("Escape", console.is_ready)


def check_modes(t):
    """tmux puts brackets around what it pastes where the program asked for them, and nowhere else."""
    with console.Console() as c:
        c.start(["sh", "-c", f"'{console.PROGRAM}' --demo -o sextants=yes -o sort=config; sleep 600"], 120, 40)
        c.wait(console.is_ready)
        c.record()
        with t.case("C-l asks for brackets again, as the start did"):
            c.send("C-l")
            c.wait(lambda c: b"\x1b[?2004h" in c.recorded())
        with t.case("the end switches them off"):
            c.send("q")
            c.wait(lambda c: b"\x1b[?2004l" in c.recorded())


if __name__ == "__main__":
    console.main(check_dropped, check_tricks, check_questions, check_byte_by_byte, check_movement, check_prompts, check_modes)
