# SPDX-License-Identifier: MIT
# A terminal made of a pty and a table of answers: it draws nothing, but answers what it is asked as a real one does.
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import tempfile
import termios
import time
import unicodedata
from pathlib import Path
from typing import NamedTuple

import ttys

SECONDS = 60
READ_SECONDS = 2
# CSI with its marks, and the strings that end with ST; what is left is text.
SEQUENCE = re.compile(rb"\x1b\[[<-?]?[0-9;:]*[ -/]*[@-~]|\x1b[P_\]^X].*?(?:\x1b\\|\x07)", re.S)


class Kind(NamedTuple):
    """
    How a terminal answers; None: not at all, without DA1 to nothing. `cell` is (width, height) in pixels, `background`
    what follows OSC 11, with its end.
    """

    da1: str | None = "6"
    da2: str | None = None
    version: str | None = None
    cell: tuple | None = None
    kitty: bool = False
    background: str | None = None  # "rgb:ffff/ffff/ffff\x07"
    utf8: bool = True
    wide: bool = False  # ambiguous characters take two columns, as xterm -cjk_width has it
    cursor: bool = True  # tells where its cursor is
    resizes: bool = False  # obeys CSI 8 ; rows ; columns t


class FakeTerminal:
    """
    with FakeTerminal(Kind(da1="62", version="kitty(0.26.5)"), env={"LC_ALL": "C"}) as t:
        t.start([PROGRAM, "terminal", "--json"], cols=80, rows=24)
        code = t.wait_exit()
        t.output        # what the program wrote to standard output, when start(…, pipe=True)
        t.written       # every byte that reached the terminal
    `delay`: seconds before each answer; `split`: its bytes come one by one; `typed`: keys pressed before the first
    answer; `instead`: bytes in place of all answers.
    """

    def __init__(self, kind, term="xterm-256color", env=None, delay=0, split=False, typed=b"", instead=None):
        self.kind, self.delay, self.split, self.instead = kind, delay, split, instead
        self.typed = typed
        self.directory = tempfile.TemporaryDirectory(prefix="scandeck-fake-")
        self.home = Path(self.directory.name)
        kept = {name: os.environ[name] for name in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS")
                if name in os.environ}
        wanted = {**kept, "HOME": str(self.home), "LANG": "C.UTF-8", "TERM": term, **(env or {})}
        self.env = {name: value for name, value in wanted.items() if value is not None}
        self.written, self.output, self.read_to = b"", b"", 0
        self.due = []  # (when, bytes)
        self.column = 1
        self.process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process:
            if self.process.poll() is None:
                self.process.kill()
            self.process.wait()
            if self.process.stdout:
                self.process.stdout.close()
            os.close(self.master)
        self.directory.cleanup()

    def start(self, argv, cols=80, rows=24, pipe=False):
        """Starts the program in a session whose terminal this is. `pipe`: standard output goes to .output instead."""
        self.master, slave = pty.openpty()
        self.resize(cols, rows)
        self.process = subprocess.Popen([str(word) for word in argv], stdin=slave, stderr=slave, env=self.env,
                                        stdout=subprocess.PIPE if pipe else slave, start_new_session=True,
                                        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        self.tty = os.ttyname(slave)
        os.close(slave)

    def resize(self, cols, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
        if self.process:
            self.process.send_signal(signal.SIGWINCH)

    def size(self):
        rows, cols, _, _ = struct.unpack("HHHH", fcntl.ioctl(self.master, termios.TIOCGWINSZ, b"\0" * 8))
        return cols, rows

    def press(self, keys):
        """These keys at once; those of the next call come when the program has read them, a while at most."""
        os.write(self.master, keys)
        self.wait(lambda: ttys.is_read(self.tty), READ_SECONDS)

    def questions(self):
        """The sequences that were sent to the terminal, in order."""
        return SEQUENCE.findall(self.written)

    def wait(self, holds, seconds=SECONDS):
        """Plays the terminal until `holds()` is true. False when that did not come."""
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end or not self.play():
                return bool(holds())
        return True

    def wait_for(self, text, seconds=SECONDS):
        return self.wait(lambda: text in self.written, seconds)

    def wait_exit(self, seconds=SECONDS):
        """The program's exit status; None when it did not end."""
        self.wait(lambda: self.process.poll() is not None, seconds)
        while self.process.poll() is not None and self.play(0):
            pass
        return self.process.poll()

    def play(self, patience=0.02):
        """One round: takes what the program writes, answers what is due. False when nothing more can come."""
        now = time.monotonic()
        soon = [when - now for when, _ in self.due]
        files = [self.master] + ([self.process.stdout] if self.process.stdout else [])
        ready = select.select(files, [], [], max(0, min([patience, *soon])))[0]
        alive = self.process.poll() is None
        for file in ready:
            alive = self._take(file) or alive
        while self.due and self.due[0][0] <= time.monotonic():
            os.write(self.master, self.due.pop(0)[1])
        return alive

    def _take(self, file):
        try:
            data = os.read(file if file == self.master else file.fileno(), 65536)
        except OSError:
            return False
        if file != self.master:
            self.output += data
            return bool(data)
        self.written += data
        self._hear()
        return bool(data)

    def _hear(self):
        """Answers the questions that came; text moves the cursor, as far as a question about it needs."""
        while match := SEQUENCE.search(self.written, self.read_to):
            self._move(self.written[self.read_to:match.start()])
            self.read_to = match.end()
            if (answer := self._answer(match[0])) is not None:
                self._send(answer)

    def _move(self, text):
        for part in re.findall(rb"\r|[^\r]+", text):
            shown = part.decode("utf-8" if self.kind.utf8 else "latin-1", "replace")
            self.column = 1 if part == b"\r" else self.column + sum(map(self._columns, shown))

    def _columns(self, char):
        wide = unicodedata.east_asian_width(char)
        return 2 if wide in "WF" or (self.kind.wide and wide == "A") else 1

    def _answer(self, question):
        kind = self.kind
        size = re.fullmatch(rb"\x1b\[8;(\d+);(\d+)t", question)
        if size and kind.resizes:
            self.resize(int(size[2]), int(size[1]))
            return None
        answers = {
            b"\x1b[>c": kind.da2 and f"\x1b[>{kind.da2}c",
            b"\x1b[>q": kind.version and f"\x1bP>|{kind.version}\x1b\\",
            b"\x1b[16t": kind.cell and f"\x1b[6;{kind.cell[1]};{kind.cell[0]}t",
            b"\x1b]11;?\x1b\\": kind.background and f"\x1b]11;{kind.background}",
            b"\x1b[6n": kind.da1 and kind.cursor and f"\x1b[7;{self.column}R",
            b"\x1b[c": kind.da1 and f"\x1b[?{kind.da1}c",
        }
        if question.startswith(b"\x1b_G") and b"a=q" in question:
            return b"\x1b_Gi=31;OK\x1b\\" if kind.kitty else None
        answer = answers.get(question)
        return answer.encode() if answer else None

    def _send(self, answer):
        if self.instead is not None:
            answer, self.instead = self.instead, b""
        # Behind what is under way already: answers come one after the other.
        when = max([time.monotonic() + self.delay, *(when for when, _ in self.due)])
        if self.typed:
            os.write(self.master, self.typed)
            self.typed = b""
        pieces = [answer[i:i + 1] for i in range(len(answer))] if self.split else [answer]
        for number, piece in enumerate(pieces):
            self.due.append((when + 0.002 * number, piece))
        self.due.sort(key=lambda pair: pair[0])
