#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# configure, told by a pkg-config of ours what this machine has: what it refuses, names and sums up.
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import few
import tap

SOURCE = Path(os.environ.get("SRCDIR") or Path(__file__).resolve().parents[2])
SECONDS = 300
# $MISSING: words with blanks around; $LWS: a version. The rest is this machine's.
PKG_CONFIG = """#!/bin/sh
for word; do
    case $MISSING in *" $word "*) exit 1 ;; esac
    module=${word%% *}
    case $MISSING in *" $module "*) exit 1 ;; esac
done
case "$LWS $*" in ?*--modversion*libwebsockets*) echo "$LWS"; exit ;; esac
exec "$REAL" "$@"
"""


def configure(*options, missing="", lws="", lacks=()):
    """The exit code and the output of configure. `lacks`: programs that cannot be found."""
    with tempfile.TemporaryDirectory(prefix="scandeck-test-") as directory:
        tree, bin_dir = Path(directory, "tree"), Path(directory, "bin")
        bin_dir.mkdir()
        few.script(bin_dir / "pkg-config", PKG_CONFIG)
        copy_tree(tree)
        env = {**os.environ, "MISSING": f" {missing} ", "LWS": lws, "REAL": shutil.which("pkg-config"),
               "PATH": f"{bin_dir}:{few.path_without(lacks, Path(directory, 'few'))}"}
        for name in ("CFLAGS", "CPPFLAGS", "MAKEFLAGS", "PKG_CONFIG"):
            env.pop(name, None)
        done = subprocess.run(["./configure", "--disable-hardening", "--disable-dependency-tracking", *options],
                              cwd=tree, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=SECONDS, check=False)
    return done.returncode, done.stdout


def copy_tree(tree):
    """What configure reads; a tree in which somebody has built would let it build nowhere else."""
    for name in ("configure", "needs.sh", "Makefile.in", "config.h.in", "src/main.c"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SOURCE / name, tree / name)
    shutil.copytree(SOURCE / "build-aux", tree / "build-aux")


def check_missing_libraries(t):
    code, said = configure(missing="ncursesw libpng inih")
    with t.case("all missing libraries are named at once, with their packages on each system"):
        assert code != 0 and "not found: ncursesw, libpng, inih" in said, said
        for words in ("apt install libncurses-dev libpng-dev libinih-dev", "dnf install ncurses-devel libpng-devel inih-devel",
                      "pacman -S ncurses libpng libinih", "apk add ncurses-dev libpng-dev inih-dev",
                      "brew install ncurses libpng inih"):
            assert words in said, f"{words}: {said}"


def check_websockets(t):
    for version in ("4.4.2", "4.5.0-"):
        code, said = configure(lws=version)
        t.ok(code != 0 and f"libwebsockets {version} cannot be used" in said and "control frames" in said,
             f"libwebsockets {version} is refused, with the reason", said)


def check_summary(t):
    code, said = configure("--prefix=/opt/deck", missing="cmocka", lws="4.5.1", lacks=("tmux", "zbarimg"))
    t.equal(code, 0, "libwebsockets 4.5.1 does, and the tests' tools may be missing")
    summary = said[said.find("configure: \n  found:"):] if "configure: \n  found:" in said else said
    for what, words in (("what was found", "libwebsockets 4.5.1, libuv"), ("where it goes", "/opt/deck/bin/scandeck"),
                        ("the unit tests are lost without cmocka", "cmocka                         all unit tests"),
                        ("the console's tests without tmux", "tmux                           all tests of the console"),
                        ("the packages", "apt install libcmocka-dev tmux zbar-tools"),
                        ("those of Alpine", "apk add cmocka-dev tmux zbar")):
        t.ok(words in summary, f"the summary tells {what}", said[-3000:])


def missing():
    lacking = [name for name in ("pkg-config", "make", "cc") if not shutil.which(name)]
    if lacking:
        return f"{' and '.join(lacking)} not installed"
    return None if (SOURCE / "configure").exists() else "there is no configure"


if __name__ == "__main__":
    t = tap.Tap()
    if missing():
        sys.exit(t.skip_all(missing()))
    for check in check_missing_libraries, check_websockets, check_summary:
        t.run(check, t)
    sys.exit(t.done())
