#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The manual and --help say what the program's tables say, and the man pages are sound roff. Prints TAP."""
import os
import re
import shutil
import subprocess
import sys

SRCDIR = os.environ.get("SRCDIR", ".")
MANUAL = os.environ.get("SCANDECK_MANUAL", "./scandeck-manual")
SCANDECK = os.environ.get("SCANDECK", "./scandeck")
PAGES = ["man/scandeck.1", "man/scandeck.conf.5"]


def read(name):
    with open(os.path.join(SRCDIR, name), encoding="utf-8") as file:
        return file.read()


def run(*command):
    environment = dict(os.environ, LC_ALL="C.UTF-8", MAN_KEEP_FORMATTING="", MANWIDTH="80")
    try:
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment,
                              timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        return subprocess.CompletedProcess(command, 127, "", str(problem))


def rows(header, table):
    """The rows of an X-macro table, each as its list of string literals."""
    text = read(header)
    start = text.index("#define " + table + "(X)")
    body = text[start:text.index("\n\n", start)].replace("\\\n", "\n")
    found = re.findall(r"X\(\w+,(.*?)\)\s*(?=X\(|$)", body, re.S)
    assert found, table
    return [re.findall(r'"((?:[^"\\]|\\.)*)"', row) for row in found]


def page_is_current(page):
    made = run(MANUAL, os.path.join(SRCDIR, page))
    if made.returncode != 0:
        return made.stderr or "scandeck-manual failed"
    if made.stdout != read(page):
        return f"{page} is out of date: scandeck-manual {page} > new && mv new {page}"
    return ""


def help_has(table, header, column):
    shown = run(SCANDECK, "--help")
    if shown.returncode != 0:
        return f"--help ended with {shown.returncode} {shown.stderr}"
    missing = [row[column] for row in rows(header, table) if row[column] not in shown.stdout]
    return "not in --help: " + ", ".join(missing) if missing else ""


def options_are_spelled():
    shown = run(SCANDECK, "--help")
    missing = [row[0] for row in rows("src/cli/option.h", "OPTION_TABLE") if f"--{row[0]}" not in shown.stdout]
    return "not in --help: " + ", ".join(missing) if missing else ""


def commands_help_themselves():
    for row in rows("src/cli/cli.h", "COMMAND_TABLE"):
        if len(row) < 3:
            continue
        shown = run(SCANDECK, row[0], "-h")
        if shown.returncode != 0 or row[2] not in shown.stdout:
            return f"scandeck {row[0]} -h does not say: {row[2]}"
    return ""


def is_sound(page, *command):
    if not shutil.which(command[0]):
        return f"# SKIP no {command[0]} here"
    checked = run(*command, os.path.join(SRCDIR, page))
    if checked.stderr and "troff" not in checked.stderr and checked.returncode != 0:
        return f"# SKIP {command[0]}: {checked.stderr.splitlines()[0]}"
    return checked.stderr


def checks():
    for page in PAGES:
        yield f"{page} is what the tables say", page_is_current(page)
        yield f"{page}: man has no warning", is_sound(page, "man", "--warnings", "-l")
        yield f"{page}: groff has no warning", is_sound(page, "groff", "-man", "-Tutf8", "-ww")
    yield "--help has each command", help_has("COMMAND_TABLE", "src/cli/cli.h", -1)
    yield "--help has each option's sentence", help_has("OPTION_TABLE", "src/cli/option.h", -1)
    yield "--help has each option's name", options_are_spelled()
    yield "--help has each exit code", help_has("EXIT_TABLE", "src/cli/cli.h", -1)
    yield "each command has help of its own", commands_help_themselves()


def main():
    results = list(checks())
    print(f"1..{len(results)}")
    failed = False
    for number, (name, problem) in enumerate(results, 1):
        skipped = problem.startswith("# SKIP")
        failed = failed or bool(problem and not skipped)
        print(f"{'ok' if skipped or not problem else 'not ok'} {number} - {name}{' ' + problem if skipped else ''}")
        if problem and not skipped:
            for line in problem.splitlines():
                print("# " + line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
