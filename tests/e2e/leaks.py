#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The real program under valgrind: nothing is lost, nothing invalid is touched, headless and in the console.
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))
import tap  # noqa: E402
import term  # noqa: E402

PROGRAM = os.environ.get("SCANDECK", "build/scandeck")
FOUND = 99
SECONDS = 300


def valgrind(log):
    return ["valgrind", "-q", "--leak-check=full", "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite",
            f"--error-exitcode={FOUND}", f"--log-file={log}", PROGRAM]


def is_sanitized():
    return b"__asan_init" in Path(PROGRAM).read_bytes()


def check_headless(t, log, wanted, *words):
    argv = [*valgrind(log), "--demo", "--demo-speed", "20", "--demo-instances", "60", *words]
    result = subprocess.run(argv, capture_output=True, timeout=SECONDS, stdin=subprocess.DEVNULL)
    t.equal(result.returncode, wanted, f"valgrind finds nothing in: {' '.join(words)}")
    if result.returncode != wanted:
        t.say(Path(log).read_text())


def use_console(log):
    with term.Terminal() as screen:
        screen.start([*valgrind(log), "--demo", "--demo-speed", "5", "-o", "sextants=yes"], cols=80, rows=24)
        screen.wait("sales-eu", timeout=60)
        screen.send("Enter")
        screen.wait("verified", timeout=120)
        screen.resize(120, 40)
        screen.wait(" instances ", timeout=60)
        screen.send("x")
        screen.wait("sales-eu is linked", timeout=120)
        for key in ("?", "?", "z", "z", "Tab", "m", "Down", "Enter", "s"):
            screen.send(key)
        screen.send("q")
        screen.wait(lambda screen: "Quit" in screen.text() or screen.status() is not None, timeout=120)
        if screen.status() is None:
            screen.send("y")
        code = screen.wait_exit(timeout=120)
    if code != 0:
        raise AssertionError(f"exit code {code}\n{Path(log).read_text()}")


def main():
    t = tap.Tap()
    if not shutil.which("valgrind"):
        sys.exit(t.skip_all("valgrind is not installed"))
    if is_sanitized():
        sys.exit(t.skip_all("valgrind does not run programs built with AddressSanitizer, which looks for the same"))
    with tempfile.TemporaryDirectory() as directory:
        log = os.path.join(directory, "valgrind.log")
        check_headless(t, log, 0, "link", "support", "--json")
        check_headless(t, log, 0, "link", "hostile")
        check_headless(t, log, 0, "link", "broken-png", "--json")
        check_headless(t, log, 7, "link", "cut", "--json")
        check_headless(t, log, 7, "status")
        if term.missing():
            t.skip("the console under valgrind", term.missing())
        else:
            with t.case("valgrind finds nothing in the console"):
                use_console(log)
    sys.exit(t.done())


if __name__ == "__main__":
    main()
