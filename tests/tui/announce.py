#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Who looks elsewhere is told: by the bell, by a notification of the terminal, and by a program of one's own.
import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import console
from service import Service

IDENT, TOKEN = "7103000001", "a1b2c3d4e5" * 5
WIDE = {"cols": 120, "rows": 40}
STRINGS = re.compile(rb"\x1b[\]P][^\x07]*?(?:\x07\x1b\\|\x07|\x1b\\)")
OSC_9 = re.compile(rb"(?<!\x1b)\x1b\]9;scandeck: ([^\x07]*)\x07")
OSC_777 = re.compile(rb"(?<!\x1b)\x1b\]777;notify;scandeck;([^\x07]*)\x07")
HOOK_SECONDS = 10
# What a shell sets by itself.
SHELLS_OWN = {"PWD", "OLDPWD", "SHLVL", "_"}


def bells(c):
    """Those that are no end of a string sequence."""
    return STRINGS.sub(b"", c.recorded()).count(b"\x07")


def write_hook(c, script):
    """Writes the program; returns the options that name it."""
    path = c.home / "hook"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o700)
    return ["-o", f"hook={path}"]


def with_hook(script, *options, speed=3):
    return console.demo(*options, setup=lambda c: write_hook(c, script), speed=speed, **WIDE)


def link(c):
    """The first instance of the demo."""
    c.send("Enter")
    c.wait_code()
    c.send("x")
    c.wait(lambda c: c.phase("sales-eu") == "linked")


def is_gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def pid_in(path):
    """The number in the file, once it is there as a whole line."""
    text = path.read_text() if path.exists() else ""
    return int(text) if text.endswith("\n") else None


def check_linked(t):
    with console.demo("--demo-instances", "1", "-o", "notify=linked", speed=3, **WIDE) as c:
        c.record()
        c.send("Enter")
        c.wait_code()
        with t.case("a code rings no bell by itself"):
            assert bells(c) == 0
        with t.case("a linked phone rings once"):
            c.send("x")
            c.wait(lambda c: c.phase("sales-eu") == "linked" and bells(c))
            c.press("?", "Keys")
            c.press("Escape", lambda c: c.phase("sales-eu") == "linked")
            assert bells(c) == 1, bells(c)
        with t.case("the terminal is told by OSC 9, inside tmux packed for the one outside, too"):
            c.wait(lambda c: OSC_9.findall(c.recorded()) == [b"sales-eu: linked"])
            assert b"\x1bPtmux;\x1b\x1b]9;scandeck: sales-eu: linked\x07\x1b\\" in c.recorded()
            assert not OSC_777.search(c.recorded())


def check_switches(t):
    options = ("--demo-instances", "1", "-o", "bell=none", "-o", "notify=code", "-o", "notify_how=osc777")
    with console.demo(*options, speed=3, **WIDE) as c:
        c.record()
        link(c)
        with t.case("OSC 777 for the code alone, where the configuration says so, and no bell"):
            c.wait(lambda c: OSC_777.search(c.recorded()))
            assert OSC_777.findall(c.recorded()) == [b"sales-eu: code"]
            assert not OSC_9.search(c.recorded()) and bells(c) == 0


def check_dropped(t):
    with Service(speed=20) as service:
        service.add(IDENT, TOKEN, "patient", state="authorized")
        options = ("-o", "poll=5", "-o", "bell=dropped", "-o", "notify=dropped")
        with console.at_service(service, {"one": (IDENT, TOKEN)}, *options, **WIDE) as c:
            c.record()
            c.wait(lambda c: c.phase("one") == "linked")
            with t.case("an instance that drops out is told"):
                service.set_state(IDENT, "notAuthorized")
                c.wait(lambda c: OSC_9.findall(c.recorded()) == [b"one: dropped"] and bells(c) == 1)
            with t.case("one's own logout is no drop"):
                service.set_state(IDENT, "authorized")
                c.press("r", lambda c: c.phase("one") == "linked")
                c.press("L", "Log the phone out")
                c.send("y")
                c.wait(lambda c: "logged out" in c.text() and c.phase("one") == "unlinked")
                c.press("r", lambda c: c.phase("one") == "unlinked")
                assert len(OSC_9.findall(c.recorded())) == 1 and bells(c) == 1


def told_of(texts):
    """How many events these notifications tell of."""
    return sum(int(match[1]) if (match := re.match(rb"(\d+) ", text)) else 1 for text in texts)


def check_many(t):
    fleet = {f"shop-{n}": (str(7103000000 + n), f"{n:02}" * 25) for n in range(1, 41)}
    with Service(speed=20) as service:
        for ident, token in fleet.values():
            service.add(ident, token, "patient", state="authorized")
        options = ("-o", "poll=5", "-o", "bell=dropped", "-o", "notify=dropped")
        with console.at_service(service, fleet, *options, cols=120, rows=60) as c:
            c.record()
            c.wait(lambda c: all(c.phase(label) == "linked" for label in fleet))
            with t.case("many at once are one bell and one notification a second, which counts them"):
                begin = time.monotonic()
                for ident, _ in fleet.values():
                    service.set_state(ident, "notAuthorized")
                c.wait(lambda c: told_of(OSC_9.findall(c.recorded())) == len(fleet))
                told, seconds = OSC_9.findall(c.recorded()), time.monotonic() - begin
                assert len(told) <= seconds + 2 and bells(c) == len(told), (told, bells(c), seconds)
                assert any(re.fullmatch(rb"\d+ dropped", text) for text in told), told


def check_hook(t):
    script = "env > env.new; ls -l /proc/$$/fd > fds; mv env.new env.$SCANDECK_EVENT; echo told of $SCANDECK_EVENT; exit 3"
    with with_hook(script, "--demo-instances", "1") as c:
        link(c)
        with t.case("its environment says what happened"):
            c.wait(lambda c: (c.home / "env.code").exists() and (c.home / "env.linked").exists())
            text = (c.home / "env.linked").read_text(encoding="utf-8")
            env = dict(line.split("=", 1) for line in text.splitlines())
            assert env["SCANDECK_EVENT"] == "linked" and env["SCANDECK_PHASE"] == "linked", env
            assert env["SCANDECK_INSTANCE"] == "sales-eu" and env["SCANDECK_ID"] == "7103000001", env
            assert re.fullmatch(r"\d{7,}", env["SCANDECK_PHONE"]), env
        with t.case("and nothing else of ours: neither the terminal nor what may be a token"):
            known = {"PATH", "HOME", "LANG", "LC_ALL", "TZ", *(f"SCANDECK_{name}" for name in (
                "EVENT", "INSTANCE", "ID", "PHASE", "PHONE"))}
            assert set(env) - SHELLS_OWN <= known, set(env) - SHELLS_OWN - known
        with t.case("it has none of our sockets and files"):
            fds = (c.home / "fds").read_text()
            assert "socket:" not in fds and "/dev/pts" not in fds and "/dev/ptmx" not in fds, fds
        with t.case("its output and its exit status are in the log"):
            c.press("Tab", "▸ log")
            c.wait(re.compile(r"info  sales-eu +hook: told of linked"))
            c.wait(re.compile(r"warn  sales-eu +hook: ended with exit status 3"))


def check_late_hook(t):
    """It takes no notice of SIGTERM, and has a child."""
    script = "[ $SCANDECK_EVENT = code ] || exit 0; trap '' TERM; sleep 100 & echo $! > child; echo $$ > pid; wait; sleep 100"
    with with_hook(script, "--demo-instances", "1") as c:
        c.send("Enter")
        c.wait_code()
        pids = c.wait(lambda c: pid_in(c.home / "child") and pid_in(c.home / "pid")
                      and (pid_in(c.home / "child"), pid_in(c.home / "pid")))
        begin = time.monotonic()
        with t.case("a hook that does not end is ended after 10 s, with its children"):
            c.press("Tab", "▸ log")
            c.wait(f"hook: did not end within {HOOK_SECONDS} s and was ended", 120)
            assert time.monotonic() - begin > HOOK_SECONDS - 2
            c.wait(lambda c: all(map(is_gone, pids)))


def check_leaving(t):
    script = "sleep 100 & echo $! > child; wait"
    with with_hook(script, "--demo-instances", "1") as c:
        c.send("Enter")
        c.wait_code()
        child = c.wait(lambda c: pid_in(c.home / "child"))
        with t.case("who leaves leaves no hook behind"):
            c.press("q", "Quit")
            c.send("y")
            assert c.wait_exit() == 0
            deadline = time.monotonic() + console.SECONDS
            while not is_gone(child) and time.monotonic() < deadline:
                time.sleep(0.02)
            assert is_gone(child)


if __name__ == "__main__":
    console.main(check_linked, check_switches, check_dropped, check_many, check_hook, check_late_hook, check_leaving)
