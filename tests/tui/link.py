#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# `scandeck link` on a terminal: the code stands in place, is never dead, and does not stay.
import os
import re
import signal
import subprocess
import sys
import termios
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console
import decode
from fake_terminal import FakeTerminal, Kind

HOW = "WhatsApp: Settings, Linked devices, Link a device"


def linking(label, *options, speed=4, **more):
    argv = [console.PROGRAM, "--demo", "--demo-speed", str(speed), "--demo-instances", "60", *options, "link", label]
    return console.running(argv, ready=False, **more)


def no_code_left(c):
    c.wait(lambda c: c.code() is None)
    kept = c._tmux("capture-pane", "-p", "-S", "-")
    return "▀" not in kept and "\U0001FB0E" not in kept and kept.count("\n") <= c.size()[1] + 1


def check_in_place(t):
    with linking("support", cols=120, rows=80) as c:
        with t.case("120x80: label, how to scan, both clocks, verified, and a code that is read"):
            c.wait_code("half")
            c.wait("verified")
            assert HOW in c.lines()[0] and c.lines()[0].startswith("support"), c.text()
            first = c.payload()
            assert first or decode.missing(), c.text()
        with t.case("the second code stands where the first one stood: one readable code"):
            second = c.wait(lambda c: c.payload() not in (None, first) and c.payload()) if not decode.missing() else None
            assert c.code().whole, c.code()
            assert second != first
        with t.case("linked: it ends with 0, label and result stay, the code does not"):
            assert c.wait_exit() == 0
            assert no_code_left(c), c.text()
            assert "support: linked" in c.text(), c.text()


def check_ended_by(t, number, name):
    with linking("sales-eu", "-o", "sextants=yes") as c:
        with t.case(f"80x24: wide sextants; {name} ends it with 130, and no code stays"):
            c.wait_code("wide-sextant")
            c.wait("verified")
            assert c.payload() or decode.missing()
            os.kill(c.pid(), number)
            assert c.wait_exit() == 130
            assert no_code_left(c), c.text()


def check_interrupt(t):
    check_ended_by(t, signal.SIGINT, "SIGINT")


def check_terminate(t):
    check_ended_by(t, signal.SIGTERM, "SIGTERM")


def check_dead(t):
    with linking("shop-01", speed=10, cols=120, rows=60) as c:
        with t.case("a code without a successor is blanked after 25 s"):
            c.wait_code("half")
            c.wait(lambda c: c.code() is None)
            assert c.status() is None
        c.wait_exit()


def check_broken(t):
    with linking("broken-png", cols=120, rows=40) as c:
        with t.case("a picture that cannot be read: why, in place of the code; the next one follows"):
            c.wait("the PNG of")
            assert c.code() is None and "verified" not in c.text(), c.text()
            c.wait_code("half")
            assert "the PNG of" not in c.text(), c.text()
        c.wait_exit()


def check_resize(t):
    with linking("sales-eu", "-o", "sextants=no", cols=120, rows=40, speed=1) as c:
        with t.case("too small: it says what it needs, and draws when it gets it"):
            c.wait_code("half")
            c.resize(80, 24)
            c.wait("The code needs a window of 65x34, this one has 80x24.")
            assert c.code() is None
            c.resize(90, 40)
            c.wait_code("half")
            assert c.payload() or decode.missing()
            c.send("C-c")
            assert c.wait_exit() == 130


STAIRS = "Do you see solid stairs?"
# Keys count where nothing comes before or behind them for 80 ms.
SILENCE = 0.2


def press_alone(c, key, what):
    time.sleep(SILENCE)
    return c.press(key, what)


def remembered(c):
    path = c.home / ".local/state/scandeck/terminals"
    return path.read_text() if path.exists() else ""


def check_question(t):
    with linking("sales-eu", speed=1) as c:
        with t.case("80x24 in tmux: it asks about stairs; after y the code follows as wide sextants"):
            c.wait(STAIRS)
            c.send("x")
            assert STAIRS in c.text()
            press_alone(c, "y", "verified")
            c.wait_code("wide-sextant")
            c.send("C-c")
            assert c.wait_exit() == 130
        with t.case("the answer is remembered, for the console too"):
            assert "yes sextants" in remembered(c)
    with linking("sales-eu") as c:
        with t.case("Ctrl-C at the question ends it with 130, and the terminal echoes again"):
            c.wait(STAIRS)
            c.send("C-c")
            assert c.wait_exit() == 130
            assert "stairs" not in c.text(), c.text()


def check_no_answer(t):
    """What came all at once answers nothing; the key that is pressed alone then does."""
    for data in (b"holy cow", b"\033[200~holy cow\033[201~", b"\033[200~y\033[201~", b"yn", b"yy", b"\033y"):
        with linking("sales-eu", speed=1) as c:
            with t.case(f"{data!r} at once is no answer"):
                c.wait(STAIRS)
                c.raw(data)
                c._wait_read()
                press_alone(c, "n", "The code needs a window")
                assert "no sextants" in remembered(c) and "yes" not in remembered(c), remembered(c)
    with linking("sales-eu", speed=1) as c:
        with t.case("the terminal is asked for brackets around pastes: a pasted y is no answer"):
            c.wait(STAIRS)
            c._tmux("set-buffer", "-b", "paste", "y")
            c._tmux("paste-buffer", "-p", "-b", "paste")
            c._wait_read()
            press_alone(c, "n", "The code needs a window")
    with linking("sales-eu", speed=1) as c:
        with t.case("characters that follow each other at once, read one by one, are no answer"):
            c.wait(STAIRS)
            for byte in b"hay":
                c.raw([byte])
            c._wait_read()
            press_alone(c, "n", "The code needs a window")
            assert "yes" not in remembered(c), remembered(c)


def check_taken_back(t):
    with linking("sales-eu", speed=1) as c:
        with t.case("a window in which a known mode fits takes the question back, a smaller one asks again"):
            c.wait(STAIRS)
            c.resize(80, 40)
            c.wait_code("half")
            assert "stairs" not in c.text() and remembered(c) == ""
            c.resize(80, 24)
            c.wait(STAIRS)
            assert re.search(r"^sales-eu  code \d+ s  session \d+ s$", c.lines()[-1]), c.text()
            press_alone(c, "y", "verified")
            c.wait_code("wide-sextant")
    with linking("sales-eu", speed=1) as c:
        with t.case("Esc is no for now, and not remembered"):
            c.wait(STAIRS)
            press_alone(c, "Escape", "The code needs a window of 65x34")
            assert remembered(c) == ""


@contextmanager
def in_shell(command, cols=80, rows=40):
    """From a shell with job control."""
    with console.running(["bash", "--norc", "--noprofile", "-i"], cols, rows, ready=False, env={"PS1": "shell$ "}) as c:
        c.wait("shell$")
        c.type(f"{command}\n")
        c.wait_code("half")
        c.wait("verified")
        yield c


def foreground(c):
    """The id of the program that the shell waits for."""
    return int(Path(f"/proc/{c.pid()}/stat").read_text().rpartition(")")[2].split()[5])


def terminal_is_back(c):
    """Whether the shell's terminal is as it was: first screen, cursor, echo, line by line, Ctrl-S."""
    assert c.query("#{alternate_on} #{cursor_flag}") == "0 1", c.text()
    c.type("stty -a | tr ' ;' '\\n\\n' | grep -cx -e echo -e icanon -e ixon -e isig -e iexten\n")
    c.wait(re.compile(r"^5$", re.M))


COMMAND = f"{console.PROGRAM} --demo link sales-eu"


def check_typing(t):
    with in_shell(COMMAND) as c:
        with t.case("keys and Enter while a code is on show leave it whole"):
            c.type("echo spi''lled\n\n\n\n\n\n\n\n\n\n\n\n\n")
            c.wait(lambda c: c.clocks() and c.clocks()[0] < 18)
            assert c.code() and c.code().whole and "spi" not in c.text(), c.text()
            assert c.payload() or decode.missing(), c.text()
        with t.case("nothing of them reaches the shell, which has its terminal back after Ctrl-C"):
            c.type("echo spi''lled\n")
            c.send("C-c")
            c.wait(lambda c: c.query("#{alternate_on}") == "0")
            assert "spi" not in c.text() and c.code() is None, c.text()
            terminal_is_back(c)
    for name in ("TERM", "HUP", "QUIT"):
        with in_shell(COMMAND) as c:
            with t.case(f"SIG{name}: the shell has its terminal back, and nothing of what was typed"):
                c.type("echo spi''lled\n")
                os.kill(foreground(c), getattr(signal, f"SIG{name}"))
                c.wait(lambda c: c.query("#{alternate_on}") == "0")
                terminal_is_back(c)
                assert "spilled" not in c._tmux("capture-pane", "-p", "-S", "-"), c.text()


def check_stop(t):
    with in_shell(COMMAND) as c:
        with t.case("Ctrl-Z: no code on the shell's screen, which has its cursor and its modes back"):
            c.send("C-z")
            c.wait("Stopped")
            assert no_code_left(c), c.text()
            terminal_is_back(c)
        with t.case("fg: the code again, verified and read"):
            c.type("fg\n")
            c.wait_code("half")
            c.wait("verified")
            assert c.query("#{alternate_on} #{cursor_flag}") == "1 0"
            assert c.payload() or decode.missing()
    with in_shell(f"{console.PROGRAM} --demo --demo-speed 4 link support", cols=120, rows=80) as c:
        with t.case("in the background it links, and leaves the terminal alone"):
            c.send("C-z")
            c.wait("Stopped")
            c.type("clear; bg\n")
            c.wait("support: linked")
            assert no_code_left(c), c.text()
            terminal_is_back(c)


def check_died_meanwhile(t):
    with in_shell(f"{console.PROGRAM} --demo --demo-speed 10 --demo-instances 60 link shop-01", cols=120, rows=60) as c:
        with t.case("a code that died while the program was stopped is not shown again"):
            c.send("C-z")
            c.wait("Stopped")
            time.sleep(3)  # 30 s of the demo's
            c.record()
            c.type("clear; fg\n")
            c.wait("shop-01  ")
            assert c.code() is None and "▀".encode() not in c.recorded(), c.text()


def check_late(t):
    kind = Kind(da1="62", da2="1;4000;26", version="kitty(0.26.5)", cell=(8, 16))
    with FakeTerminal(kind, term="xterm-256color", delay=1.3) as terminal:
        with t.case("a terminal that answers late is no longer asked about: the code comes without a key"):
            terminal.start([console.PROGRAM, "--demo", "link", "sales-eu"])
            assert terminal.wait_for(STAIRS.encode()), terminal.written[-2000:]
            assert terminal.wait_for(b"  verified", 20), terminal.written[-2000:]
            assert b"\x1b[?2004h" in terminal.written
            terminal.press(b"\x03")
            assert terminal.wait_exit() == 130
            assert b"\x1b[?2004l" in terminal.written.rpartition(b"verified")[2]


def check_flow(t):
    with linking("shop-01", speed=10, cols=120, rows=60) as c:
        with t.case("Ctrl-S does not keep a dead code on the screen"):
            c.wait_code("half")
            c.send("C-s")
            c.wait(lambda c: c.code() is None, 10)
            assert "verified" not in c.text(), c.text()


def check_stopped(t):
    """A terminal that takes no output, and one that goes on."""
    with linking("sales-eu", cols=120, rows=40, speed=1) as c:
        c.wait_code("half")
        tty = os.open(c.query("#{pane_tty}"), os.O_RDWR | os.O_NOCTTY)
        with t.case("a stopped terminal does not keep SIGINT from ending it"):
            termios.tcflow(tty, termios.TCOOFF)
            time.sleep(1.5)  # it draws each second: now it has something to wait with
            begin = time.monotonic()
            os.kill(c.pid(), signal.SIGINT)
            while os.path.exists(f"/proc/{c.pid()}/fd/1") and time.monotonic() < begin + console.SECONDS:
                time.sleep(0.02)
            took = time.monotonic() - begin
            assert took < 2, took
        os.close(tty)


def check_pipe(t):
    done = subprocess.run([console.PROGRAM, "--demo", "--demo-speed", "25", "link", "support"], capture_output=True,
                          timeout=console.SECONDS, stdin=subprocess.DEVNULL, check=False)
    with t.case("without a terminal each code is printed once"):
        assert done.returncode == 0, done
        rows = [line for line in done.stdout.decode().splitlines() if "▀" in line]
        assert 2 * 25 < len(rows) < 2 * 34, len(rows)
        assert b"\033[H" not in done.stdout and b"?1049" not in done.stdout
        assert b"support: linked" in done.stderr, done.stderr


if __name__ == "__main__":
    console.main(check_in_place, check_interrupt, check_terminate, check_dead, check_broken, check_resize, check_question,
                 check_no_answer, check_taken_back, check_typing, check_stop,
                 check_died_meanwhile, check_late, check_flow, check_stopped, check_pipe)
