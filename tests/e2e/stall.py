#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A terminal that takes no more output: the websockets go on, signals end the program, and a reader that comes back finds a
# whole screen.
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


class Line:
    """The program on a pty whose other end reads only when told to."""

    def __init__(self, directory):
        self.log = Path(directory) / "log"
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        argv = [PROGRAM, "--demo", "--demo-speed", "10", "--log", self.log]
        env = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": directory}
        self.process = subprocess.Popen(argv, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True)
        os.close(slave)
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

    def ends(self):
        try:
            return self.process.wait(SECONDS / 4)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return None


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


def goes_on_and_ends(line):
    """Codes are drawn and renewed every 2 s, some 20 kB each: far more than a pty holds."""
    assert line.log_grows(60), "the log stands still while nobody reads the terminal"
    line.process.send_signal(signal.SIGTERM)
    code = line.ends()
    assert code == 130, f"SIGTERM while nobody reads: {code}"


def comes_back_whole(line):
    assert line.log_grows(40), "the log stands still"
    line.read(3)
    line.seen = b""
    os.write(line.master, b"\x0c")
    assert line.read_until(b"shop-08") and line.read_until(b"sales-us"), "the screen is not painted again"
    os.write(line.master, b"q")
    os.write(line.master, b"y")
    line.read(3)
    code = line.ends()
    assert code == 0, f"q, y: {code}"


def main():
    t = tap.Tap()
    use(t, "a stalled terminal stops neither the websockets nor a signal", goes_on_and_ends)
    use(t, "a reader that comes back finds a whole screen", comes_back_whole)
    sys.exit(t.done())


if __name__ == "__main__":
    main()
