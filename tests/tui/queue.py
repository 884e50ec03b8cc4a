#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The linking queue as its operator works with it: at 80x24, with a phone that scans what is on the screen.
import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import console
import decode
from service import Service

SPEED = 20
FIFTY = 50
FIRST = 7103000001


def fleet(service, scripts):
    """Instances shop-01, shop-02, … with these scripts; {label: (id, token)}."""
    labels = {}
    for number, script in enumerate(scripts):
        ident, token = str(FIRST + number), f"{number + 0xabc:050x}"
        service.add(ident, token, script)
        labels[f"shop-{number + 1:02}"] = (ident, token)
    return labels


def shown_id(c):
    """The id beside the clocks: whose code is on the screen."""
    match = re.search(r"^\S+ (7103\d{6})  code", c.text(), re.M)
    return match[1] if match else None


class Phone:
    """Scans what it sees: decodes the screen, and tells the service which code that was."""

    def __init__(self, service, labels):
        self.service = service
        self.idents = [ident for ident, _ in labels.values()]

    def owner(self, payload):
        return next((ident for ident in self.idents if payload in self.service.log.payloads(ident)), None)

    def look(self, c):
        """(id, payload) of the code on the screen once it is one that the service has sent, or None."""
        payload = c.payload()
        ident = self.owner(payload) if payload else None
        return (ident, payload) if ident else None

    def scan(self, c, wanted=None):
        """Waits for a code, of this instance if one is given, and scans it. Returns the instance's id."""
        ident, _ = c.wait(lambda c: (found := self.look(c)) and wanted in (None, found[0]) and found)
        self.service.scan(ident)
        return ident


def open_sockets(service, labels):
    return [ident for ident, _ in labels.values() if service.log.open_now(ident)]


def check_fifty(t):
    """Fifty instances in one sitting: Space, a, and the phone; nothing else."""
    with Service(speed=SPEED) as service:
        labels = fleet(service, ["patient"] * FIFTY)
        phone = Phone(service, labels)
        with console.at_service(service, labels) as c:
            c.wait(lambda c: len(c.listed()) > 15)
            with t.case("Space marks, and goes down"):
                for _ in range(FIFTY):
                    c.send("Space")
                c.wait(lambda c: c.lines()[20].startswith("▸*shop-50"))
            began = time.monotonic()
            with t.case("a: the first one's code, and how far the queue is"):
                c.press("a", re.compile("^1 of 50 · next: shop-02", re.M))
            wrong, told = [], []
            for number, (label, (ident, _)) in enumerate(labels.items(), 1):
                last = number == FIFTY
                progress = f"{number} of 50 · " + ("the last" if last else f"next: shop-{number + 1:02}")
                c.wait(lambda c: progress in c.text() and shown_id(c) == ident)
                if not c.lines()[21].startswith(f"{label} {ident}  code"):
                    wrong.append(c.text())
                others = [other for other in open_sockets(service, labels) if other != ident]
                told += others
                if phone.scan(c, ident) != ident:
                    wrong.append(c.text())
            t.ok(not wrong, "each step names the instance whose code it shows", *wrong[:1])
            t.equal(told, [], "the socket of the next one is opened only when it is shown")
            with t.case("the summary counts right, and stays"):
                c.wait("50 of 50 linked in")
                c.wait(re.compile(r"^  linked: 50$", re.M))
                assert "Linking queue, lines 1 to" in c.text(), c.text()
                assert "failed" not in c.text() and "skipped" not in c.text(), c.text()
            t.say(f"fifty instances took {time.monotonic() - began:.0f} s")
            sessions = [len(service.log.events(ident, "open")) for ident, _ in labels.values()]
            t.equal(sessions, [1] * FIFTY, "each was connected once")
            t.ok(all(service.log.max_open(ident) == 1 for ident, _ in labels.values()), "with one socket at a time")
            with t.case("Esc: back to the list, no mark is left"):
                c.press("Escape", lambda c: len(c.listed()) > 15)
                assert "*" not in c.text()


def check_prefetch(t):
    with Service(speed=SPEED) as service:
        labels = fleet(service, ["patient"] * 3)
        phone = Phone(service, labels)
        idents = [ident for ident, _ in labels.values()]
        with console.at_service(service, labels, text="poll = 3600") as c:
            c.wait(lambda c: all(service.log.events(i, "rest", method="getStateInstance") for i in idents))
            c.press("a", "1 of 3")
            with t.case("who comes next is asked for its state, and has no socket yet"):
                service.log.wait(idents[1], "rest", 2, console.SECONDS, method="getStateInstance")
                c.wait_code()
                assert not service.log.payloads(idents[1])
            with t.case("and is not asked again when it is shown"):
                asked = len(service.log.events(idents[1], "rest", method="getStateInstance"))
                phone.scan(c, idents[0])
                c.wait(lambda c: shown_id(c) == idents[1])
                assert len(service.log.events(idents[1], "rest", method="getStateInstance")) == asked, service.log.text()


def check_keys(t):
    with Service(speed=5) as service:
        labels = fleet(service, ["patient"] * 4)
        phone = Phone(service, labels)
        idents = [ident for ident, _ in labels.values()]
        with console.at_service(service, labels) as c:
            c.press("a", "1 of 4")
            c.wait_code()
            with t.case("S: skipped, the next one is shown"):
                c.press("S", "2 of 4 · 1 skipped · next: shop-03")
                c.wait(lambda c: shown_id(c) == idents[1])
                assert service.log.wait(idents[0], "close_received", timeout=console.SECONDS)
            with t.case("b: back to it"):
                c.press("b", lambda c: shown_id(c) == idents[0])
            with t.case("P: paused, its socket is closed; P: on"):
                c.press("P", "paused")
                c.wait(lambda c: c.code() is None)
                c.press("P", lambda c: "paused" not in c.text() and shown_id(c) == idents[0])
                c.wait_code()
            with t.case("t: new codes for the one on show"):
                before = len(service.log.payloads(idents[0]))
                c.send("t")
                c.wait(lambda c: len(service.log.payloads(idents[0])) > before and c.code())
            with t.case("a while it runs says so"):
                c.press("a", "the queue runs already")
            phone.scan(c, idents[0])
            c.wait(lambda c: shown_id(c) == idents[1])
            with t.case("E: the end, and what came of it"):
                c.press("E", "1 of 4 linked in")
                assert "not finished: 1" in c.text() and "not reached: 2" in c.text(), c.text()
            with t.case("w: the summary in a new file of one's own"):
                c.press("w", "save this page to: scandeck-queue-")
                c.send("C-u")
                c.type("summary.txt")
                c.press("Enter", "written to summary.txt")
                path = c.home / "summary.txt"
                assert "1 of 4 linked" in path.read_text() and path.stat().st_mode & 0o777 == 0o600
            with t.case("w: nothing is overwritten"):
                c.press("w", "save this page to:")
                c.send("C-u")
                c.type("summary.txt")
                c.press("Enter", "Not written: one file a second is the most")
                c.wait(lambda c: c.send("Enter") or "nothing is overwritten" in c.text())


def check_trouble(t):
    with Service(speed=SPEED) as service:
        labels = fleet(service, ["401", "error", "passkey", "patient"])
        phone = Phone(service, labels)
        idents = [ident for ident, _ in labels.values()]
        with console.at_service(service, labels, cols=100, rows=30) as c:
            c.press("a", "of 4")
            with t.case("what fails is passed over; a passkey waits for the operator"):
                c.wait("3 of 4 · 2 failed · next: shop-04")
                c.wait("WhatsApp asks this account for a passkey")
            with t.case("v: asks, because the address holds the token"):
                c.press("v", "The page's address holds the token of shop-03. Copy it? y/N")
                c.press("n", lambda c: "y/N" not in c.text())
                c.record()
                c.press("v", "y/N")
                c.press("y", "copied, if the terminal allows it")
                assert b"\x1b]52;c;" in c.recorded()
            with t.case("linked in a browser: the queue goes on by itself"):
                service.set_state(idents[2], "authorized")
                c.send("r")
                c.wait("4 of 4 · 2 failed · the last")
            phone.scan(c, idents[3])
            with t.case("the summary has the reasons"):
                c.wait("2 of 4 linked in")
                c.wait(re.compile("failed: 2"))
                assert "401" in c.text() and "Instance has auth" in c.text(), c.text()
            with t.case("no token anywhere"):
                c.send("Escape")
                c.wait(lambda c: "shop-01" in c.listed())
                assert not any(token in c.text() for _, token in labels.values())


def check_bell(t):
    with console.demo("--demo-instances", "1", "-o", "bell=linked", speed=5) as c:
        c.press("a", "1 of 1")
        c.wait_code()
        c.record()
        with t.case("it rings once when a phone is linked"):
            c.send("x")
            c.wait("linked in")
            c.wait(lambda c: c.recorded().replace(b"\x1b]", b"").count(b"\a") == 1)


if __name__ == "__main__":
    console.main(check_fifty, check_prefetch, check_keys, check_trouble, check_bell, needs=[decode.missing])
