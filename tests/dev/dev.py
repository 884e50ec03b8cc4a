#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# ./dev and what `make check` runs, on machines that lack things; a package manager of ours writes down what it is told.
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import few
import tap

SOURCE = Path(os.environ.get("SRCDIR") or Path(__file__).resolve().parents[2])
SECONDS = 60
MANAGER = """#!/bin/sh
echo "$DEBIAN_FRONTEND: $*" >>"$CALLS"
"""


def run(directory, *argv, path):
    env = {"PATH": path, "HOME": str(directory), "CALLS": str(directory / "calls")}
    return subprocess.run([str(word) for word in argv], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=SECONDS, check=False)


def check_needs(t):
    with tempfile.TemporaryDirectory(prefix="scandeck-test-") as name:
        directory = Path(name)
        path = few.path_without(("pkg-config", "tmux", "valgrind", "sudo", "apt-get"), directory / "few")
        few.script(directory / "few" / "apt-get", MANAGER)
        done = run(directory, SOURCE / "dev", "needs", path=path)
        root = os.getuid() == 0
        told = (directory / "calls").read_text() if root else done.stdout
        with t.case("what building and testing need is named in one round, before anything is installed"):
            assert "not found here: pkg-config, ncurses, libwebsockets," in done.stdout, done.stdout
            assert told.count("install -y") == 1, told
            for package in ("libncurses-dev", "libwebsockets-evlib-uv", "libcmocka-dev", "tmux", "valgrind"):
                assert f" {package} " in f"{told.strip()} ", f"{package}: {told}"
        if root:
            t.ok("noninteractive: install" in told, "and no package may ask anything", told)
        else:
            t.ok(done.returncode != 0 and "run this as root" in done.stdout, "without sudo it says what root is to do", done.stdout)


def check_skips(t):
    with tempfile.TemporaryDirectory(prefix="scandeck-test-") as name:
        directory = Path(name)
        path = few.path_without(("python3",), directory / "few")
        done = run(directory, "sh", SOURCE / "tests/lib/python.sh", SOURCE / "tests/tui/keys.py", path=path)
        t.equal(done.stdout, "1..0 # SKIP python3, 3.9 or newer, is not installed\n", "without python3 a test is skipped, and says so")
        done = run(directory, "sh", SOURCE / "tests/unit/without_cmocka", path=path)
        t.ok(done.stdout.startswith("1..0 # SKIP cmocka"), "without cmocka something stands for the unit tests", done.stdout)
    for lacking, words in (("tmux", "tmux is not installed"), ("infocmp", "there is no terminfo entry of tmux-256color")):
        with tempfile.TemporaryDirectory(prefix="scandeck-test-") as name:
            directory = Path(name)
            path = few.path_without((lacking,), directory / "few")
            if lacking == "infocmp":
                few.script(directory / "few" / "infocmp", "#!/bin/sh\nexit 1\n")
            for test in sorted((SOURCE / "tests/tui").glob("*.py")):
                if "FakeTerminal(" in test.read_text(encoding="utf-8"):
                    continue
                done = run(directory, sys.executable, test, path=path)
                if done.returncode or not done.stdout.startswith("1..0 # SKIP") or words not in done.stdout:
                    t.ok(False, f"{test.name} is skipped: {words}", done.stdout)
        t.ok(True, f"the console's tests are skipped: {words}")


if __name__ == "__main__":
    t = tap.Tap()
    for check in check_needs, check_skips:
        t.run(check, t)
    sys.exit(t.done())
