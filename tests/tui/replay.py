#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# A session is recorded without what is secret, and played again in the console.
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import console
import decode

LABEL = "sales-eu"
NAME = "Łukasz"
REFUSED = "a replay takes no orders"
END = "the transcript ends here"
WINDOW = {"cols": 120, "rows": 45}


def leave(c):
    """No code is on show that the operator asked for: nothing is asked."""
    c.send("q")
    assert c.wait_exit() == 0


def record(path):
    """The demo until its first instance is linked; returns the payload on the screen and what was told of the phone."""
    with console.demo("--record", str(path), speed=3, **WINDOW) as c:
        c.send("Enter")
        c.wait_code()
        payload = c.wait(lambda c: c.payload())
        c.send("x")
        c.wait(lambda c: c.phase(LABEL) == "linked" and NAME in c.text())
        phone = re.search(r"\+(\d{7,})", c.listed()[LABEL])[1]
        leave(c)
    return payload, phone


def events(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def check_file(t, path, payload, phone):
    text = path.read_text(encoding="utf-8")
    t.equal(path.stat().st_mode & 0o7777, 0o600, "for the owner alone")
    t.ok(not re.search(r"[0-9a-f]{50}", text), "no token")
    t.ok(phone not in text and NAME not in text, "no phone, no name")
    for part in re.split(r"[,@#]", payload.decode())[1:]:
        t.ok(len(part) < 10 or part not in text, "no part of the payload")
    header, *lines = events(path)
    t.ok(header["scandeck"] == 1 and header["instances"][0]["label"] == LABEL, "a header")
    t.ok(lines[-1]["event"] == "end", "an end")
    t.ok({"frame", "reply", "link", "open"} <= {line["event"] for line in lines}, "events")


def check_replay(t, path, payload):
    wanted = [line["phase"] for line in events(path)[1:-1] if line["i"] == 0]
    with console.running([console.PROGRAM, "--replay", str(path), "-o", "sextants=yes", "-o", "sort=config"], **WINDOW) as c:
        with t.case("a code that scans, of the same length"):
            c.wait_code()
            fake = c.wait(lambda c: c.payload())
            assert len(fake) == len(payload) and fake != payload, fake
        with t.case("it is told"):
            assert "replay" in c.text()
        with t.case("the bottom line offers nothing that a replay cannot do"):
            offered = {"link", "stop", "queue", "refresh", "logout", "reboot", "scan", "page", "pair"}
            assert not offered & set(c.hints()), c.hints()
        for key in ("Enter", "s", "L", "p", "a"):
            with t.case(f"{key} is refused"):
                c.wait_gone(REFUSED)
                c.press(key, REFUSED)
        with t.case("it ends as it ended"):
            c.wait(END)
            assert c.phase(LABEL) == wanted[-1] == "linked", c.phase(LABEL)
        with t.case("the clock stands still, and keys work"):
            c.press("?", "closes this")
            c.send("?")
            c.wait_gone("closes this")
            leave(c)


def check_fast(t, path, directory):
    """However fast: the machines go the way that they went."""
    log = directory / "log"
    argv = [console.PROGRAM, "--replay", str(path), "--demo-speed", "1000", "--log", str(log)]
    with console.running(argv, **WINDOW) as c, t.case("a thousand times faster"):
        c.wait(END)
        leave(c)
    t.ok("another way" not in log.read_text(encoding="utf-8"), "phases as recorded")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    last = max(i for i, line in enumerate(lines) if '"linked"' in line and '"i":0' in line)
    other = directory / "other.jsonl"
    other.write_text("".join(lines[:last]) + lines[last].replace('"linked"', '"blocked"'), encoding="utf-8")
    with console.running([*argv[:2], str(other), *argv[3:]], **WINDOW) as c, t.case("another way is told"):
        c.wait(END)
        leave(c)
    t.ok("another way" in log.read_text(encoding="utf-8"), "in the log")


def refusal(*options):
    done = subprocess.run([console.PROGRAM, *options], capture_output=True, text=True, timeout=console.SECONDS, check=False)
    return done.returncode, done.stderr.strip()


def check_refusals(t, path, directory):
    before = path.read_bytes()
    t.equal(refusal("--demo", "--record", str(path)), (2, f"scandeck: cannot record to '{path}': it exists already"),
            "no file is overwritten")
    t.ok(path.read_bytes() == before, "it is as it was")
    bad = directory / "bad"
    bad.write_text("hello\n", encoding="utf-8")
    t.equal(refusal("--replay", str(bad)), (2, f"scandeck: {bad}:1: this is no transcript of scandeck"), "no transcript")
    t.equal(refusal("--replay", str(directory / "none"))[0], 2, "no file")


def check_link(t, directory):
    """`link` records as well; nobody scans its code."""
    path = directory / "link.jsonl"
    done = subprocess.run([console.PROGRAM, "link", LABEL, "--demo", "--demo-speed", "50", "--record", str(path)],
                          capture_output=True, timeout=console.SECONDS, check=False)
    header, *lines = events(path)
    t.equal(done.returncode, 3, "nobody scanned")
    t.equal([it["label"] for it in header["instances"]], [LABEL], "one instance")
    t.equal(lines[-2]["phase"], "expired", "until the codes ran out")


def check(t):
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        path = directory / "session.jsonl"
        payload, phone = record(path)
        check_file(t, path, payload, phone)
        check_replay(t, path, payload)
        check_fast(t, path, directory)
        check_refusals(t, path, directory)
        check_link(t, directory)


if __name__ == "__main__":
    console.main(check, needs=[decode.missing])
