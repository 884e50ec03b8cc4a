#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A terminal that takes no more output, or that is stopped by Ctrl-S or by another program: the websockets go on, signals end
# the program at once and leave the terminal's modes as they were, and a reader that comes back finds a whole screen.
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))
import tap  # noqa: E402

PROGRAM = os.environ.get("SCANDECK", "build/scandeck")
SECONDS = 60
# Nothing that ends may take longer; a busy machine is given a little more.
END_SECONDS = 3 if "ASAN_OPTIONS" not in os.environ else 10
ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT)


class Line:
    """The program on a pty whose other end reads only when told to."""

    def __init__(self, directory):
        self.log = Path(directory) / "log"
        self.master, slave = pty.openpty()
        self.slave = slave
        self.before = termios.tcgetattr(slave)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        argv = [PROGRAM, "--demo", "--demo-speed", "10", "--log", self.log]
        env = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": directory}
        self.process = subprocess.Popen(argv, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True)
        self.seen = b""

    def read(self, seconds):
        end = time.monotonic() + seconds
        while select.select([self.master], [], [], max(0, end - time.monotonic()))[0]:
            try:
                self.seen += os.read(self.master, 65536)
            except OSError:
                return

    def read_until(self, text):
        end = time.monotonic() + SECONDS
        while text not in self.seen and time.monotonic() < end:
            self.read(0.1)
        return text in self.seen

    def lines(self):
        return self.log.read_text().count("\n") if self.log.exists() else 0

    def log_grows(self, by):
        goal, end = self.lines() + by, time.monotonic() + SECONDS
        while self.lines() < goal and time.monotonic() < end:
            time.sleep(0.05)
        return self.lines() >= goal

    def says(self, text):
        return self.log.exists() and text in self.log.read_text()

    def wait_says(self, text):
        end = time.monotonic() + SECONDS
        while not self.says(text) and time.monotonic() < end:
            time.sleep(0.05)
        assert self.says(text), f"the log never says {text!r}"

    def press(self, *keys):
        """One after the other, each when the one before was read."""
        for key in keys:
            os.write(self.master, key)
            end = time.monotonic() + SECONDS
            while struct.unpack("i", fcntl.ioctl(self.slave, termios.FIONREAD, b"\0" * 4))[0] and time.monotonic() < end:
                time.sleep(0.01)

    def ends(self, seconds=SECONDS / 4):
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return None

    def ends_soon(self, number):
        self.process.send_signal(number)
        code = self.ends(END_SECONDS)
        assert code == 130, f"{number.name}: {code}"
        assert termios.tcgetattr(self.slave) == self.before, f"{number.name}: the modes are not those from before"


def use(t, name, check):
    with tempfile.TemporaryDirectory() as directory:
        line = Line(directory)
        started = line.read_until(b"sales-eu")
        os.write(line.master, b"\r")
        with t.case(name):
            assert started, "the console did not start"
            check(line)
        line.process.kill()
        line.process.wait()
        os.close(line.master)
        os.close(line.slave)


def goes_on_and_ends(line):
    """Codes are drawn and renewed every 2 s, some 20 kB each: far more than a pty holds."""
    assert line.log_grows(60), "the log stands still while nobody reads the terminal"
    line.ends_soon(signal.SIGTERM)


def ends_by(number):
    def check(line):
        assert line.log_grows(40), "the log stands still while nobody reads the terminal"
        line.ends_soon(number)
    return check


def stopped_ends_by(number):
    """Stopped from outside, before the pty is full: even the few bytes of an end would wait for ever."""
    def check(line):
        line.read(1)
        termios.tcflow(line.slave, termios.TCOOFF)
        assert line.log_grows(10), "the log stands still while the terminal is stopped"
        line.ends_soon(number)
    return check


def control_s(line):
    line.read(1)
    line.press(b"\x13")
    assert line.log_grows(10), "the log stands still after Ctrl-S"
    line.seen = b""
    line.press(b"?")
    assert line.read_until(b"Keys, lines"), "nothing is drawn after Ctrl-S"
    line.press(b"\x13")
    line.ends_soon(signal.SIGTERM)


def bell(line):
    """The bell is for linked phones; the demo links some by itself."""
    termios.tcflow(line.slave, termios.TCOOFF)
    line.wait_says("linked")
    assert line.log_grows(30), "the log stands still after the first linked phone"
    termios.tcflow(line.slave, termios.TCOON)
    line.seen = b""
    assert line.read_until(b"\a"), "the bell is lost"


def comes_back_whole(line):
    assert line.log_grows(40), "the log stands still"
    line.read(3)
    line.seen = b""
    line.press(b"\x0c")
    assert line.read_until(b"shop-08") and line.read_until(b"sales-us"), "the screen is not painted again"
    line.press(b"q")
    line.read(3)
    if b"Quit" in line.seen:
        line.press(b"y")
    line.read(3)
    code = line.ends()
    assert code == 0, f"q, y: {code}"


def main():
    t = tap.Tap()
    use(t, "a stalled terminal stops neither the websockets nor a signal", goes_on_and_ends)
    for number in ENDINGS:
        use(t, f"{number.name} while nobody reads ends it at once", ends_by(number))
        use(t, f"{number.name} while the terminal is stopped ends it at once", stopped_ends_by(number))
    use(t, "Ctrl-S stops nothing", control_s)
    use(t, "a bell for a terminal that is stopped waits, and nothing waits for it", bell)
    use(t, "a reader that comes back finds a whole screen", comes_back_whole)
    sys.exit(t.done())


if __name__ == "__main__":
    main()
