# SPDX-License-Identifier: MIT
# An X server without a screen, programs in it, and photographs of what they show.
import atexit
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

START_SECONDS = 30
PHOTO_SECONDS = 30
END_SECONDS = 5
POLL_SECONDS = 0.1
SIZE = (1280, 1024)


class DisplayError(Exception):
    """The X server or the photographer did not do what was asked."""


def missing():
    """The reason why nothing can be photographed here, or None."""
    lacking = [name for name in ("Xvfb", "import") if not shutil.which(name)]
    return f"{' and '.join(lacking)} not installed" if lacking else None


class Display:
    """
    with Display() as display:
        display.start(["xterm"])
        png = display.photo()
    All that was started is ended with it. `home` is a temporary directory, and HOME of the programs.
    """

    def __init__(self):
        self.home = Path(tempfile.mkdtemp(prefix="scandeck-test-"))
        self.started = []
        self.env = self._environment()
        atexit.register(self.close)

    def __enter__(self):
        self.env["DISPLAY"] = self._serve()
        return self

    def __exit__(self, *_):
        self.close()

    def start(self, argv, **env):
        """Starts a program in the display. What it says goes to the file `messages` in `home`."""
        with open(self.home / "messages", "ab") as messages:
            self.started.append(subprocess.Popen([str(word) for word in argv], env={**self.env, **env}, cwd=self.home,
                                                 stdin=subprocess.DEVNULL, stdout=messages, stderr=messages))
        return self.started[-1]

    def messages(self):
        return (self.home / "messages").read_text(errors="replace")

    def photo(self):
        """PNG bytes of the whole screen."""
        done = subprocess.run(["import", "-silent", "-window", "root", "png:-"], env=self.env, capture_output=True,
                              timeout=PHOTO_SECONDS, check=False, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise DisplayError(f"import: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout

    def close(self):
        """Ends what was started, the last first, by its id. Twice is harmless."""
        atexit.unregister(self.close)
        while self.started:
            end(self.started.pop())
        shutil.rmtree(self.home, ignore_errors=True)

    def _serve(self):
        """Starts the server on a number that it finds free; returns the name of the display."""
        reader, writer = os.pipe()
        width, height = SIZE
        with open(self.home / "messages", "ab") as messages:
            self.started.append(subprocess.Popen(
                ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp",
                 "-noreset"], env=self.env, pass_fds=[writer], stdin=subprocess.DEVNULL, stdout=messages,
                stderr=messages))
        os.close(writer)
        with open(reader, encoding="ascii") as told:
            # Ends at the server's death, too; one that hangs is the test driver's business.
            number = told.readline().strip()
        if not number:
            raise DisplayError(f"Xvfb did not start: {self.messages()}")
        return f":{number}"

    def _environment(self):
        runtime = self.home / "run"
        runtime.mkdir(mode=0o700)
        kept = {name: os.environ[name] for name in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS")
                if name in os.environ}
        return {**kept, "HOME": str(self.home), "LANG": "C.UTF-8", "SHELL": "/bin/sh", "XDG_RUNTIME_DIR": str(runtime),
                # Nobody shall start a session bus: it would outlive the program that wanted it.
                "DBUS_SESSION_BUS_ADDRESS": "disabled:", "NO_AT_BRIDGE": "1",
                "LIBGL_ALWAYS_SOFTWARE": "1"}


def end(process):
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def poll(holds, seconds):
    """Calls until it returns something true, and returns that; None when the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = holds()
        if found:
            return found
        time.sleep(POLL_SECONDS)
    return None
