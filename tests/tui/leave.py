#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# However the program ends, the terminal is as it was before: modes, screen, cursor, colours, keypad.
import os
import re
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import cells
import console

# The shell around the program survives Ctrl-C, notes the terminal's modes, and then echoes a line that is typed.
WRAPPER = """trap : INT HUP
echo some text from before
stty -g >before
sh -c 'echo $$ >pid; exec "$@"' sh "$@"
echo $? >code
stty -g >after
echo some text from after
read line
echo "read: $line"
sleep 3600"""
SANITIZED = "ASAN_OPTIONS" in os.environ
PRIVATE = "#{alternate_on} #{keypad_flag} #{keypad_cursor_flag} #{mouse_any_flag} #{insert_flag} #{wrap_flag}"


def wrapped(*options, **more):
    argv = ["sh", "-c", WRAPPER, "sh", console.PROGRAM, "--demo", "--demo-speed", "4", "-o", "sextants=yes", "-o", "sort=config", *options]
    return console.running(argv, **more)


def kill(number):
    return lambda c: os.kill(int((c.home / "pid").read_text()), number)


def quit_by_key(c):
    c.press("q", "y/N")
    c.send("y")


ENDINGS = [
    ("q", quit_by_key, {0}),
    ("Ctrl-C", lambda c: c.send("C-c"), {130}),
    ("SIGINT", kill(signal.SIGINT), {130}),
    ("SIGTERM", kill(signal.SIGTERM), {130}),
    ("SIGHUP", kill(signal.SIGHUP), {130}),
    ("SIGQUIT", kill(signal.SIGQUIT), {130}),
    # A sanitizer that sees such a signal ends the program itself, with 1.
    ("SIGSEGV", kill(signal.SIGSEGV), {128 + signal.SIGSEGV} | ({1} if SANITIZED else set())),
    ("SIGABRT", kill(signal.SIGABRT), {128 + signal.SIGABRT} | ({1} if SANITIZED else set())),
    ("SIGBUS", kill(signal.SIGBUS), {128 + signal.SIGBUS} | ({1} if SANITIZED else set())),
]


def check_ending(t, name, end, codes):
    with wrapped() as c:
        c.send("Enter")
        c.wait_code()
        end(c)
        with t.case(f"{name}: the shell goes on"):
            c.wait("some text from after")
        with t.case(f"{name}: exit code {sorted(codes)}"):
            code = int((c.home / "code").read_text())
            assert code in codes, f"got {code}"
        with t.case(f"{name}: the modes of the terminal are those from before"):
            before, after = (c.home / "before").read_text(), (c.home / "after").read_text()
            assert before == after, f"\n{before}{after}"
        with t.case(f"{name}: the screen from before is back, nothing of ours is on it"):
            # AddressSanitizer's own report of a crash is long enough to push it off the screen.
            assert "some text from before" in c.text() or (SANITIZED and "ERROR: AddressSanitizer" in c.text()), c.text()
            assert "sales-eu" not in c.text(), c.text()
        with t.case(f"{name}: no alternate screen, keypad, mouse; the cursor is visible"):
            assert c.query(PRIVATE) == "0 0 0 0 0 1" and c.cursor()[2], c.query(PRIVATE)
        with t.case(f"{name}: no colours are left"):
            line = c.cells()[c.lines().index("some text from after")]
            assert all(cell == cells.BLANK._replace(char=cell.char) for cell in line), line
        with t.case(f"{name}: what is typed is echoed and read"):
            c.type("typed")
            c.send("Enter")
            c.wait("read: typed")


def check_endings(t):
    for name, end, codes in ENDINGS:
        t.run(check_ending, t, name, end, codes)


def check_quiet_end(t):
    with console.demo("--demo-instances", "1") as c:
        with t.case("q leaves with 0"):
            c.send("q")
            status = c.wait_exit()
            assert status == 0, status
    with console.demo() as c:
        with t.case("the end of the terminal ends the program"):
            pid = c.pid()
            c.close()
            assert not Path(f"/proc/{pid}").exists() or "State:\tZ" in Path(f"/proc/{pid}/status").read_text()


def start_in_bash(c):
    c.start(["bash", "--norc", "--noprofile", "-i"], 80, 24)
    c.wait(re.compile(r"bash.*[$#]"))
    c.type("PS1='ready> '; stty -g >before")
    c.press("Enter", "\nready>")
    c.type(f"'{console.PROGRAM}' --demo --demo-speed 2 -o sextants=yes -o sort=config")
    c.send("Enter")
    c.wait(console.is_ready)


def check_stop_and_go_on(t):
    with console.Console() as c:
        start_in_bash(c)
        c.send("Enter")
        c.wait_code("wide-sextant")
        c.send("C-z")
        with t.case("Ctrl-Z: the shell is back, on its own screen"):
            c.wait("Stopped")
            assert c.query(PRIVATE).startswith("0 ") and c.cursor()[2] and not c.listed(), c.text()
        with t.case("Ctrl-Z: its modes are good, typing is echoed"):
            c.type("stty -g >after; cmp before after && echo the same")
            c.send("Enter")
            c.wait("\nthe same")
        with t.case("fg: the screen is painted again"):
            c.type("fg")
            c.send("Enter")
            c.wait(lambda c: console.is_ready(c) and len(c.listed()) == 12)
            c.wait_code("wide-sextant")
            assert "Stopped" not in c.text()
        with t.case("fg: keys work"):
            c.press("Down", lambda c: c.selected() == "sales-us")
            c.press("?", "Keys, lines")
            c.press("?", console.is_ready)
        with t.case("a window that grew meanwhile is used"):
            c.press("C-z", "Stopped")
            c.resize(120, 40)
            c.type("fg")
            c.send("Enter")
            c.wait(lambda c: console.is_ready(c) and c.phase("sales-us") == "linked")
        with t.case("a second time, and by SIGTSTP"):
            c.send("C-z")
            c.wait(lambda c: c.query("#{alternate_on}") == "0")
            c.type("fg")
            c.send("Enter")
            c.wait(console.is_ready)
        with t.case("q: back in the shell, with good modes"):
            c.press("q", "y/N")
            c.send("y")
            c.wait(lambda c: c.query("#{alternate_on}") == "0")
            c.type("stty -g >last; cmp before last && echo all is well")
            c.send("Enter")
            c.wait("\nall is well")


def check_no_terminal(t):
    for name, redirect in ("input", "</dev/null"), ("output", "| cat"):
        argv = ["sh", "-c", f"'{console.PROGRAM}' --demo {redirect}; sleep 3600"]
        with console.running(argv, ready=False) as c:
            with t.case(f"without a terminal as {name} it says so"):
                c.wait(f"needs a terminal, and standard {name} is none")
    for name in "dumb", "":
        argv = ["sh", "-c", f"TERM={name} '{console.PROGRAM}' --demo; echo code $?; sleep 3600"]
        with console.running(argv, cols=160, ready=False) as c:
            with t.case(f"TERM={name or '(empty)'}: a sentence, and exit code 2"):
                c.wait("set TERM, for example" if name else "TERM does not name a terminal")
                c.wait("code 2")


if __name__ == "__main__":
    console.main(check_endings, check_quiet_end, check_stop_and_go_on, check_no_terminal)
