#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The keys that act on an instance: link, stop, refresh, logout and reboot with their questions, and the demo's scan.
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import console
import decode
from service import Service

IDENT = "7103000001"
WIDE = {"cols": 120, "rows": 40}


def phase_is(label, *wanted):
    return lambda c: c.phase(label) in wanted


def check_link_and_stop(t):
    with console.demo(**WIDE) as c:
        with t.case("Enter: the selected instance shows its code"):
            c.send("Enter")
            c.wait_code()
            c.wait(phase_is("sales-eu", "code shown"))
            c.wait("sales-eu   code 1, valid 20 s, 277 bytes, 61 modules, verified")
        with t.case("the keys that work now are hinted at"):
            hints = c.hints()
            assert {"stop", "logout", "reboot", "mode", "zoom", "scan"} <= set(hints) and "link" not in hints, hints
        with t.case("s: the code goes, the instance is unlinked"):
            c.press("s", phase_is("sales-eu", "unlinked"))
            c.wait(lambda c: c.code() is None and c.clocks() is None)
        with t.case("Enter: a code again"):
            c.send("Enter")
            c.wait_code()


def check_refresh(t):
    with Service() as service:
        service.add(IDENT, "a1" * 25, "linked")
        with console.at_service(service, {"one": (IDENT, "a1" * 25)}, **WIDE) as c:
            c.wait(phase_is("one", "linked"))
            with t.case("r: the service is asked for the state"):
                asked = len(service.log.events(IDENT, "rest", method="getStateInstance"))
                c.send("r")
                service.log.wait(IDENT, "rest", asked + 1, console.SECONDS, method="getStateInstance")
                c.wait(phase_is("one", "linked"))
            with t.case("r: what has changed is shown"):
                service.set_state(IDENT, "blocked")
                c.send("r")
                c.wait(phase_is("one", "blocked"))


def check_account(t):
    with console.demo(**WIDE) as c:
        c.press("Down", lambda c: c.selected() == "sales-us")
        with t.case("a linked instance shows its account"):
            c.wait("sales-us is linked.")
            c.wait("+79001234501")
        with t.case("and says what to do for another phone"):
            c.wait("To link another phone, log out first (L).")


# The service tells no name of this one.
LOGOUT = "Log +79001234501 out of sales-us? It must be scanned again. y/N"
REBOOT = "Reboot sales-us, +79001234501? It restarts, which takes minutes. y/N"


def check_questions(t):
    with console.demo(**WIDE) as c:
        c.press("Down", lambda c: c.selected() == "sales-us")
        c.wait("phone     +79001234501")
        for key, question in (("L", LOGOUT), ("R", REBOOT)):
            for answer in ("n", "N", "Enter", "Escape", "x", "q", "Down"):
                with t.case(f"{key} asks and names the instance, {answer} is No"):
                    c.press(key, question)
                    c.press(answer, lambda c: "y/N" not in c.text() and console.is_ready(c))
                    assert c.phase("sales-us") == "linked" and c.selected() == "sales-us", c.text()
        with t.case("none of them did anything"):
            assert not [line for line in c.log_lines() if "logging out" in line or "rebooting" in line], c.text()
        with t.case("R y: it restarts, and is linked afterwards"):
            c.press("R", "y/N")
            c.press("y", phase_is("sales-us", "starting"))
            c.wait("sales-us   the service reboots it")
            c.wait(phase_is("sales-us", "linked"))


def check_question_keeps_its_instance(t):
    """The list may move under a question: it is about the instance it names."""
    with console.demo(**WIDE) as c:
        c.press("Down", lambda c: c.selected() == "sales-us")
        c.wait("phone     +79001234501")
        with t.case("a resize keeps the question"):
            c.press("L", LOGOUT)
            c.resize(100, 30)
            c.wait(lambda c: c.size() == (100, 30) and LOGOUT in c.bottom())
            c.resize(120, 40)
            c.press("Y", phase_is("sales-us", "unlinked"))


def check_life(t):
    """Done means: a code, a scan, linked with account data; logout brings it back."""
    with console.demo(cols=120, rows=50, speed=3) as c:
        with t.case("x without a code says so"):
            c.press("x", "no code of this instance is on show")
        c.send("Enter")
        c.wait_code()
        with t.case("x: a phone scans, the phase is linking, then linked"):
            c.send("x")
            c.wait(phase_is("sales-eu", "linking", "linked"))
            c.wait(phase_is("sales-eu", "linked"))
            assert c.code() is None
        with t.case("with account data"):
            for words in ("sales-eu is linked.", "phone     +79001234500", "name      Łukasz Ωmega 株式会社",
                          "wid       79001234500@c.us", "webhook   https://", "since", "L logs it out."):
                c.wait(words)
        with t.case("the webhook's secrets do not show"):
            assert "secret" not in c.text() and "hidden" not in c.text(), c.text()
        with t.case("the log tells the story"):
            c.wait("linked: 79001234500, Łukasz")
        with t.case("L y: it is unlinked again"):
            c.press("L", re.compile(r'Log \+79001234500 "Łukasz .*" out of sales-eu\? It must be scanned again\. y/N'))
            c.press("y", phase_is("sales-eu", "unlinked"))
            c.wait("logged out")
            c.wait(lambda c: "+79001234500" not in c.listed()["sales-eu"])
        with t.case("Enter: a code again, which can be read"):
            c.send("Enter")
            c.wait_code()
            c.wait(lambda c: c.payload())


def check_readonly(t):
    with console.demo("--readonly", **WIDE) as c:
        c.press("Down", lambda c: c.selected() == "sales-us")
        c.wait(phase_is("sales-us", "linked"))
        for key in "LR":
            with t.case(f"--readonly: {key} is refused, and says so"):
                c.press(key, "not with --readonly")
                assert "y/N" not in c.text()
                c.press("y", console.is_ready)
        with t.case("nothing offers to link a number that WhatsApp banned"):
            c.press("End", lambda c: c.selected() == "lab")
            c.wait(lambda c: console.is_ready(c) and not {"link", "pair", "logout"} & set(c.hints()))
            c.press("Home", lambda c: c.selected() == "sales-eu")
            c.press("Down", lambda c: c.selected() == "sales-us")
        with t.case("--readonly: nothing hints at them"):
            hints = c.hints()
            assert "logout" not in hints and "reboot" not in hints, hints
            assert "log out first" not in c.text()
        with t.case("--readonly: linked as before"):
            assert c.phase("sales-us") == "linked" and "logging out" not in c.text() and "rebooting" not in c.text()
        with t.case("--readonly: Enter still links"):
            c.press("Up", lambda c: c.selected() == "sales-eu")
            c.send("Enter")
            c.wait_code()


if __name__ == "__main__":
    console.main(check_link_and_stop, check_refresh, check_account, check_questions, check_question_keeps_its_instance,
                 check_life, check_readonly, needs=[decode.missing])
