#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# One action table: the help overlay, the hint bar and the manual's KEYS say the same.
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console


def manual_keys():
    """{keys: help line} of the manual's KEYS section."""
    page = (console.SOURCE / "man/scandeck.1").read_text(encoding="utf-8")
    section = page[page.index("BEGIN generated: keys"):page.index(".SH PHASES")]
    rows = re.findall(r"^\.TP\n\\fB(.*?)\\fR \\fI.*?\\fR\n(.*)$", section, re.M)
    return {plain(keys): plain(words) for keys, words in rows}


def plain(roff):
    return roff.replace("\\-", "-").replace("\\(aq", "'").replace("\\e", "\\")


def help_rows(lines):
    """{keys: help line} of the overlay, up to its second part."""
    rows = {}
    for line in lines[1:]:
        if "Signs in the list" in line:
            break
        match = re.match(r"  (\S.{0,11}?)  +(\S.*)$", line)
        if match:
            rows[match[1]] = match[2]
    return rows


def scrolled(c):
    """All lines of the help in a window that shows a part of them."""
    rows, signs = {}, []
    while True:
        lines = c.lines()[:-1]
        rows.update(help_rows(lines))
        signs += [line for line in lines if line not in signs]
        at = re.search(r"lines (\d+) to (\d+) of (\d+)", lines[0])
        if at[2] == at[3]:
            return rows, signs
        c.press("Down", lambda c: c.lines()[0] != lines[0])


def check_tables(t):
    wanted = {keys: words for _, keys, _, _, words in console.action_table()}
    t.ok(len(wanted) == len(console.action_table()) > 10, "the action table is understood", wanted)
    t.equal(manual_keys(), wanted, "the manual's KEYS are those of the action table")
    with console.demo(cols=120, rows=85) as c:
        c.press("?", "Keys; ? closes this")
        t.equal(help_rows(c.lines()), wanted, "the help overlay has each action")
        for words in console.phase_words():
            t.ok(re.search(rf"^  \S +{words}(:|$)", c.text(), re.M), f"the help explains the sign of {words}", c.text())
    with console.demo(cols=80, rows=24) as c:
        c.press("?", "Keys, lines 1 to")
        rows, signs = scrolled(c)
        t.equal(rows, wanted, "at 80x24 it scrolls through each action")
        shown = "\n".join(signs)
        lacking = [words for words in console.phase_words() if not re.search(rf"^  \S +{words}(:|$)", shown, re.M)]
        t.equal(lacking, [], "and through each sign")
        t.ok(all(len(line) <= 80 for line in signs), "no line is cut", signs)


def listing(*options):
    return subprocess.run([console.PROGRAM, "keys", *options], capture_output=True, encoding="utf-8", timeout=60)


def check_listing(t):
    """scandeck keys: the keys in force, by context."""
    table = {name: (keys, context.lower(), words) for name, keys, context, _, words in console.action_table()}
    result = listing("--demo", "--json")
    shown = {row["action"]: (" ".join(row["keys"]), row["context"], row["help"]) for row in json.loads(result.stdout)["actions"]}
    t.equal(shown, table, "scandeck keys --json has each action")
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
        file.write("[keys]\nhelp = F1 \u0436\nqueue-skip = C-d\n")
        file.flush()
        lines = listing("-c", file.name).stdout.splitlines()
        t.ok("  F1 \u0436         help          show or hide this help" in lines, "it goes by the configuration", lines)
        heading = lines.index("While the linking queue runs")
        t.ok(lines[heading + 1].startswith("  C-d          queue-skip "), "and tells where a key acts", lines[heading:])
        t.equal(sum(line.startswith("  ") for line in lines), len(table), "each action has a line")
        file.write("zoom = F1\n")
        file.flush()
        result = listing("-c", file.name)
        t.ok(result.returncode == 2 and f"{file.name}:4: zoom: F1 is the key of" in result.stderr,
             "a mistake is told by file and line", result.stderr)


def check_hints(t):
    """In all states together, the bar names every action that has a word for it, and no other."""
    wanted = {hint: keys.split()[0] for _, keys, _, hint, _ in console.action_table() if hint}
    with console.demo(cols=200, rows=60) as c:
        c.wait(lambda c: c.phase("sales-us") == "linked")
        seen = dict(c.hints())
        c.send("Enter")
        c.wait_code()
        seen.update(c.wait(lambda c: "scan" in c.hints() and c.hints()))
        c.press("Down", lambda c: "logout" in c.hints())
        seen.update(c.hints())
        c.press("Tab", lambda c: "follow" in c.hints())
        seen.update(c.hints())
        c.press("Tab", lambda c: "mark" in c.hints())
        c.press("a", lambda c: "skip" in c.hints())
        seen.update(c.hints())
        c.press("E", "Linking queue")
        c.press("Escape", lambda c: "mark" in c.hints())
        c.wait(lambda c: c.phase("shop-04") == "passkey")
        for _ in range(12):
            c.send("Up")
        for _ in range(6):
            c.send("Down")
        c.wait(lambda c: c.selected() == "shop-04" and "page" in c.hints())
        seen.update(c.hints())
        t.equal(seen, wanted, "the hint bar names the keys of the action table")


if __name__ == "__main__":
    console.main(check_tables, check_listing, check_hints)
