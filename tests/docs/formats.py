#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No format in src cuts a text by bytes: %.200s may end inside a character. text_copy and text_format cut between them."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "lib"))
import tap  # noqa: E402

PRECISION = re.compile(r"%[-+ #0-9*]*\.(\*|[0-9]+)s")


def cuts(text):
    return [number for number, line in enumerate(text.splitlines(), 1) if PRECISION.search(line)]


def main():
    t = tap.Tap()
    files = sorted((ROOT / "src").rglob("*.[ch]"))
    found = [f"{path.relative_to(ROOT)}:{number}" for path in files for number in cuts(path.read_text(encoding="utf-8"))]
    t.equal(cuts('f("%.200s")\ng("%s");\nh("%-8.*s", "%.3f")'), [1, 3], "a precision is found")
    t.ok(len(files) > 100, "all of src is read", f"{len(files)} files")
    t.ok(not found, "no format cuts a text by bytes", *found)
    return t.done()


sys.exit(main())
