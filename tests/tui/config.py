#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The configuration changes while the console runs: from outside, and by the key that opens an editor.
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import console
import decode
from service import Service

WIDE = {"cols": 120, "rows": 40}
FLEET = {"one": ("7103000001", "a1" * 25), "two": ("7103000002", "b2" * 25), "three": ("7103000003", "c3" * 25)}
OTHER_TOKEN = "d4" * 25


def config_text(service, labels, extra=""):
    sections = [f"[instance {label}]\nid = {FLEET[label][0]}\ntoken = {FLEET[label][1]}\n" for label in labels]
    return f"api_url = {service.url}\nsextants = yes\nsort = config\n{extra}\n" + "".join(sections)


def write(c, text):
    """As editors do: a new file in the old one's place."""
    fresh = c.home / "test.conf.new"
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(0o600)
    fresh.rename(c.home / "test.conf")


def log_has(text):
    return lambda c: any(text in line for line in c.log_lines())


def start(service, labels, env=None):
    for label, (ident, token) in FLEET.items():
        service.add(ident, token, "patient")
    return console.running([console.PROGRAM], setup=lambda c: c.configure(config_text(service, labels)), env=env, **WIDE)


def check_outside(t):
    with Service() as service, start(service, ["one", "two"]) as c:
        c.send("Enter")
        c.wait_code()
        with t.case("a new instance appears, and is asked for its state"):
            write(c, config_text(service, ["one", "two", "three"]))
            c.wait(lambda c: c.phase("three") == "unlinked")
        with t.case("the others are not touched: the code is still on show"):
            assert c.wait_code() and service.log.max_open(FLEET["one"][0]) == 1
            assert len(service.log.events(FLEET["one"][0], "open")) == 1, service.log.text()
        with t.case("a faulty file changes nothing, and the log says where it is faulty"):
            write(c, config_text(service, ["one", "two", "three"], "renewal = 3"))
            c.wait(log_has("test.conf:4: unknown option 'renewal'"))
            c.wait(log_has("the one before stays in force"))
            assert list(c.listed()) == ["one", "two", "three"], c.text()
        with t.case("a removed instance goes after its socket was closed"):
            write(c, config_text(service, ["two", "three"]))
            c.wait(lambda c: list(c.listed()) == ["two", "three"] and c.code() is None)
            assert service.log.wait(FLEET["one"][0], "close_received", timeout=console.SECONDS), service.log.text()
            c.wait(log_has("one        is no longer in the configuration"))
        with t.case("the cursor stands on what is there"):
            assert c.selected() in ("two", "three"), c.text()
        with t.case("a changed token: asked anew with it"):
            text = config_text(service, ["two", "three"]).replace(FLEET["two"][1], OTHER_TOKEN)
            write(c, text)
            c.wait(log_has("two        changed in the configuration"))
            c.wait(lambda c: c.phase("two") == "refused 401")
        with t.case("keys and the order hold at once"):
            write(c, config_text(service, ["two", "three"]) + "[keys]\nhelp = F1\n")
            c.wait(lambda c: c.hints().get("help") == "F1")
        with t.case("no token was shown"):
            assert not any(token in c.text() for _, token in FLEET.values()) and OTHER_TOKEN not in c.text()


def editor_script(c_home, text):
    path = Path(c_home) / "editor"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def check_editor(t):
    with Service() as service, start(service, ["one", "two"], env={"EDITOR": "./editor -x", "VISUAL": None}) as c:
        editor_script(c.home, 'echo "editing $1 $2"; read line; sed -i "s/label-of-two/x/; s/instance two/instance zwei/" "$2"')
        c.send("Enter")
        c.wait_code()
        with t.case("e: the editor has the screen and the keys"):
            c.press("e", "editing -x")
            c.type("q")
        with t.case("the socket stays open meanwhile"):
            sent = len(service.log.payloads(FLEET["one"][0]))
            assert sent >= 1 and service.log.max_open(FLEET["one"][0]) == 1
        with t.case("after it the console is back, with what was edited"):
            c.press("Enter", lambda c: list(c.listed()) == ["one", "zwei"])
            c.wait_code()
        with t.case("Ctrl-C in the editor is none of ours"):
            c.press("e", "editing -x")
            c.send("C-c")
            c.wait(lambda c: list(c.listed()) == ["one", "zwei"])
            assert c.status() is None
    with console.demo() as c:
        with t.case("the demo has nothing to edit"):
            c.press("e", "there is no configuration file to edit")


if __name__ == "__main__":
    console.main(check_outside, check_editor, needs=[decode.missing])
