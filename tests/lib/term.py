# SPDX-License-Identifier: MIT
# Runs a program in a real pty inside a tmux server of its own, presses keys and reads the screen.
import atexit
import fcntl
import functools
import itertools
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import termios
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import cells
import tap
import ttys

TERM = "tmux-256color"
TMUX_SECONDS = 20
POLL_SECONDS = 0.02
READ_SECONDS = 2
KEPT_ENVIRONMENT = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "LD_LIBRARY_PATH", "SCANDECK", "SRCDIR")
_numbers = itertools.count(1)


class TermError(Exception):
    """tmux itself did not do what was asked."""


class WaitError(AssertionError):
    """What was waited for did not come; the text holds the screen."""


def missing():
    """The reason why this machine cannot run terminal tests, or None."""
    return missing_terminfo(TERM) if shutil.which("tmux") else "tmux is not installed"


def missing_terminfo(name):
    """The reason why a program cannot be run in this kind of terminal, or None. No infocmp knows none."""
    return None if _has_terminfo(name) else f"there is no terminfo entry of {name}"


@functools.cache
def _has_terminfo(name):
    try:
        return subprocess.run(["infocmp", name], capture_output=True, check=False, stdin=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


class Terminal:
    """
    with Terminal(term="screen", env={"NO_COLOR": "1", "TMUX": None}) as t:
        (t.home / "notes").write_text("…")
        t.start(["vi", "notes"], cols=80, rows=24)
        t.wait("notes")                   # substring, re.Pattern, or callable(Terminal) -> truthy
        t.send("Down", "C-c")             # tmux key names, one per argument
        t.type("text as typed")
        assert t.wait_exit() == 0
    The program starts in `home`, a temporary directory that is HOME too. In `env` a value of None removes a variable.
    """

    def __init__(self, term=TERM, env=None):
        if missing_terminfo(term):
            raise tap.Skip(missing_terminfo(term))
        self.dir = Path(tempfile.mkdtemp(prefix="scandeck-test-"))
        self.home = self.dir / "home"
        self.name = f"scandeck-test-{os.getpid()}-{next(_numbers)}"
        self.term = term
        self.extra = dict(env or {})
        self.pids = []
        self.seen = None  # {tmux command: its answer}, during one look
        self.env = self._environment()
        atexit.register(self.close)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def start(self, argv, cols=80, rows=24, cwd=None):
        """Starts the program; returns at once. One program per Terminal."""
        if self.pids:
            raise TermError("this Terminal has started its program already")
        removed = [word for name, value in self.extra.items() if value is None for word in ("-u", name)]
        setup = [("start-server",), ("set", "-sg", "escape-time", "0"), ("set", "-g", "status", "off"),
                 ("set", "-g", "default-terminal", self.term), ("set", "-g", "remain-on-exit", "on"),
                 ("set", "-g", "remain-on-exit-format", ""), ("set", "-g", "history-limit", "2000")]
        begin = ("new-session", "-d", "-x", str(cols), "-y", str(rows), "-c", str(cwd or self.home), "--")
        command = ["env", *removed, *map(str, argv)]
        self._tmux(*_chained([*setup, begin]), *map(_plain, command))
        self.pids = [int(pid) for pid in self.query("#{pid} #{pane_pid}").split()]

    def send(self, *keys):
        """Presses keys by their tmux names (Enter, Escape, C-c, Up, F1, q …), each when the one before was read."""
        for key in keys:
            self._tmux("send-keys", "--", _plain(key))
            self._wait_read()

    def send_at_once(self, *keys):
        """Presses them so that they arrive together."""
        self._tmux("send-keys", "--", *map(_plain, keys))

    def type(self, text):
        """The text as it is, all at once."""
        self._tmux("send-keys", "-l", "--", _plain(text))
        self._wait_read()

    def raw(self, data):
        """Sends bytes as the terminal would (mouse reports, broken sequences, pastes)."""
        self._tmux("send-keys", "-H", *(f"{byte:02x}" for byte in data))

    def paste_file(self, path):
        """Sends the bytes of a file, as raw() does; long ones take their time."""
        self._tmux("load-buffer", "-b", "paste", str(path))
        self._tmux("paste-buffer", "-r", "-d", "-b", "paste")

    def resize(self, cols, rows):
        self._tmux("resize-window", "-x", str(cols), "-y", str(rows))

    def lines(self):
        """The screen as one string per row, without trailing blanks."""
        _, rows = self.size()
        captured = self._look("capture-pane", "-p").split("\n")
        return [line.rstrip() for line in (captured + [""] * rows)[:rows]]

    def text(self):
        return "\n".join(self.lines())

    def cells(self):
        """The screen as rows of cells.Cell. (tmux does not tell colours of line ends erased under a `bce` TERM.)"""
        cols, rows = self.size()
        return cells.parse(self._look("capture-pane", "-e", "-p", "-N"), cols, rows)

    def size(self):
        cols, rows = self.query("#{pane_width} #{pane_height}").split()
        return int(cols), int(rows)

    def cursor(self):
        """(column, row, visible), from 0."""
        x, y, flag = self.query("#{cursor_x} #{cursor_y} #{cursor_flag}").split()
        return int(x), int(y), flag == "1"

    def title(self):
        return self.query("#{pane_title}")

    def query(self, fmt):
        """Any tmux format, as `#{alternate_on}`."""
        return self._look("display-message", "-p", fmt).rstrip("\n")

    def status(self):
        """None while the program runs, then its exit status, or minus the number of the signal that ended it."""
        dead, code, by_signal = self.query("#{pane_dead},#{pane_dead_status},#{pane_dead_signal}").split(",")
        if dead != "1":
            return None
        # A pane is dead as soon as its pty closes; tmux knows the status a moment later, but now and then (3.3a, one in
        # four here) it misses the SIGCHLD and leaves a zombie. Another one makes it look.
        if not (code or by_signal):
            os.kill(self.pids[0], signal.SIGCHLD)
            return None
        return int(code) if code else -_signal_number(by_signal)

    def pid(self):
        return self.pids[1]

    def wait(self, what, timeout=10):
        """Polls until `what` holds: a substring or re.Pattern of text(), or callable(self). Returns what it found."""
        return self._poll(_condition(what), f"{what!r}", timeout)

    def wait_gone(self, what, timeout=10):
        """Polls until the substring, pattern or callable no longer holds."""
        holds = _condition(what)
        self._poll(lambda term: not holds(term), f"{what!r} to go", timeout)

    def wait_exit(self, timeout=10):
        """Waits for the end of the program and returns status()."""
        return self._poll(lambda term: (term.status(),) if term.status() is not None else None, "exit", timeout)[0]

    @contextmanager
    def attached(self, env, cols, rows):
        """While a client of tmux of this size looks at the screen, with nothing but this environment."""
        command = ["tmux", "-L", self.name, "attach"]
        env = {"PATH": os.environ["PATH"], "TERM": "xterm", "TMUX_TMPDIR": str(self.dir), **env}
        master, slave = pty.openpty()
        fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
        client = subprocess.Popen(command, env=env, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
                                  preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)
        reader = threading.Thread(target=_drain, args=(master,))
        reader.start()
        try:
            self.wait(lambda term: term._tmux("list-clients"))
            yield
        finally:
            client.terminate()
            client.wait()
            reader.join()
            os.close(master)
            self.wait_gone(lambda term: term._tmux("list-clients"))

    def record(self):
        """From now on everything the program writes is kept: see recorded()."""
        self._tmux("pipe-pane", "-O", f"exec cat >> '{self.dir}/output'")

    def recorded(self):
        """The bytes written since record()."""
        path = self.dir / "output"
        return path.read_bytes() if path.exists() else b""

    def close(self):
        """Ends the program and the server, by their ids, and removes the directory. Twice is harmless."""
        atexit.unregister(self.close)
        if self.pids:
            births = [(pid, _birth(pid)) for pid in self.pids]
            self._tmux("kill-server", check=False)
            for pid, birth in births:
                _end(pid, birth)
            self.pids = []
        shutil.rmtree(self.dir, ignore_errors=True)

    def _environment(self):
        for sub in (".config", ".local/state", ".local/share", ".cache", "tmp"):
            (self.home / sub).mkdir(parents=True)
        (self.dir / "run").mkdir(mode=0o700)
        kept = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
        home = str(self.home)
        return {**kept, "HOME": home, "LANG": "C.UTF-8", "SHELL": "/bin/sh", "TMUX_TMPDIR": str(self.dir),
                "XDG_CONFIG_HOME": f"{home}/.config", "XDG_STATE_HOME": f"{home}/.local/state",
                "XDG_DATA_HOME": f"{home}/.local/share", "XDG_CACHE_HOME": f"{home}/.cache",
                "XDG_RUNTIME_DIR": f"{self.dir}/run", "TMPDIR": f"{home}/tmp",
                **{name: value for name, value in self.extra.items() if value is not None}}

    def _wait_read(self):
        """Until the program has read what was sent; a while at most, for it may not want to."""
        tty, end = self.query("#{pane_tty}"), time.monotonic() + READ_SECONDS
        while not ttys.is_read(tty) and time.monotonic() < end:
            time.sleep(POLL_SECONDS / 4)

    @contextmanager
    def _one_look(self):
        """What tmux shows is asked once: a condition sees one screen, however often it looks."""
        self.seen = {}
        try:
            yield
        finally:
            self.seen = None

    def _look(self, *args):
        if self.seen is None:
            return self._tmux(*args)
        if args not in self.seen:
            self.seen[args] = self._tmux(*args)
        return self.seen[args]

    def _tmux(self, *args, check=True):
        command = ["tmux", "-u", "-L", self.name, "-f", "/dev/null", *args]
        try:
            done = subprocess.run(command, env=self.env, capture_output=True, timeout=TMUX_SECONDS, check=False,
                                  stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            raise TermError(f"tmux {args[0]} did not answer in {TMUX_SECONDS} s") from None
        if check and done.returncode:
            raise TermError(f"tmux {args[0]}: {done.stderr.decode('utf-8', 'replace').strip()}")
        return done.stdout.decode("utf-8", "replace")

    def _poll(self, holds, wanted, timeout):
        deadline = time.monotonic() + timeout
        while True:
            # Asked before the screen is read: a program that has ended cannot draw any more.
            ended = self.status() is not None
            with self._one_look():
                found = holds(self)
            if found:
                return found
            if ended or time.monotonic() > deadline:
                raise WaitError(self._dump(wanted, timeout))
            time.sleep(POLL_SECONDS)

    def _dump(self, wanted, timeout):
        status = self.status()
        how = f"within {timeout} s" if status is None else f"and the program ended with {status}"
        cols, rows = self.size()
        x, y, _ = self.cursor()
        screen = "\n".join(f"|{line:<{cols}}|" for line in self.lines())
        return f"waited for {wanted}: it did not come {how}\nscreen {cols}x{rows}, cursor {x},{y}:\n{screen}"


def _drain(master):
    try:
        while os.read(master, 65536):
            pass
    except OSError:
        pass


def _chained(commands):
    words = []
    for command in commands:
        words += [*([";"] if words else []), *command]
    return words


def _plain(word):
    """tmux takes a ';' at the end of a word for the end of the command."""
    return word[:-1] + "\\;" if word.endswith(";") else word


def _condition(what):
    if callable(what):
        return what
    if isinstance(what, re.Pattern):
        return lambda term: what.search(term.text())
    return lambda term: what in term.text()


def _signal_number(text):
    if text.isdigit():
        return int(text)
    return getattr(signal, f"SIG{text.upper().removeprefix('SIG')}", 0)


def _birth(pid):
    """When the process began, which tells it from a later one of the same id; None when it is gone (or no /proc)."""
    try:
        state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if state == "Z" else fields[18]


def _end(pid, birth, seconds=3):
    """Waits until the process is gone, and kills it when it does not go."""
    deadline = time.monotonic() + seconds
    while birth is not None and _birth(pid) == birth:
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            return
        time.sleep(POLL_SECONDS)
