#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The configuration changes while the console runs: from outside, and by the key that opens an editor.
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import console
import decode
import tap
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


def start(service, labels, *options, env=None):
    for label, (ident, token) in FLEET.items():
        service.add(ident, token, "patient")
    return console.running([console.PROGRAM, *options], setup=lambda c: c.configure(config_text(service, labels)), env=env, **WIDE)


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
        with t.case("the log names what changed"):
            c.wait(log_has("the configuration was read again: [keys]"))
        with t.case("what counts from the next start only, the log says"):
            write(c, config_text(service, ["two", "three"], "qr_mode = full\npoll = 50") + "[keys]\nhelp = F1\n")
            c.wait(log_has("the configuration was read again: poll"))
            c.wait(log_has("qr_mode: this counts from the next start"))
        with t.case("no token was shown"):
            assert not any(token in c.text() for _, token in FLEET.values()) and OTHER_TOKEN not in c.text()


def check_names(t):
    """Another label is no reason to close a socket, and -o wins over the file as it did at the start."""
    with Service() as service, start(service, ["two", "one"], "-o", "sort=label") as c:
        c.press("Down", lambda c: c.selected() == "two")
        c.send("Enter")
        c.wait_code()
        with t.case("-o stays in force over a file that was read again"):
            write(c, config_text(service, ["two", "three", "one"], "poll = 50"))
            c.wait(lambda c: list(c.listed()) == ["one", "three", "two"])
        with t.case("a renamed instance keeps its socket and its code"):
            text = config_text(service, ["two", "three", "one"]).replace("[instance two]", "[instance zwei]")
            write(c, text)
            c.wait(lambda c: list(c.listed()) == ["one", "three", "zwei"])
            c.wait(log_has("zwei       was called two until now"))
            assert c.selected() == "zwei" and c.wait_code(), c.text()
            assert len(service.log.events(FLEET["two"][0], "open")) == 1, service.log.text()
            assert not service.log.events(FLEET["two"][0], "close_received"), service.log.text()
        with t.case("a file that vanishes changes nothing"):
            (c.home / "test.conf").unlink()
            c.wait(log_has("the configuration file is gone: what it said stays in force"))
            assert list(c.listed()) == ["one", "three", "zwei"] and c.code(), c.text()
        with t.case("and it may come back"):
            write(c, text.replace("[instance three]", "[instance drei]"))
            c.wait(lambda c: list(c.listed()) == ["drei", "one", "zwei"])


def check_link(t):
    """Who keeps the configuration with other dotfiles has a link where scandeck looks."""
    with Service() as service:
        service.add(FLEET["one"][0], FLEET["one"][1], "patient")

        def setup(c):
            options = c.configure(config_text(service, ["one"]))
            (c.home / "dotfiles").mkdir()
            (c.home / "test.conf").rename(c.home / "dotfiles" / "deck.conf")
            (c.home / "test.conf").symlink_to("dotfiles/deck.conf")
            return options
        with console.running([console.PROGRAM], setup=setup, **WIDE) as c:
            c.wait(lambda c: list(c.listed()) == ["one"])
            with t.case("the file behind a link is watched, too"):
                with open(c.home / "dotfiles" / "deck.conf", "a", encoding="utf-8") as file:
                    file.write("[keys]\nhelp = F1\n")
                c.wait(lambda c: c.hints().get("help") == "F1")
            with t.case("and what the link leads to afterwards"):
                (c.home / "dotfiles" / "new.conf").write_text(config_text(service, ["one"]), encoding="utf-8")
                (c.home / "dotfiles" / "new.conf").chmod(0o600)
                (c.home / "next").symlink_to("dotfiles/new.conf")
                (c.home / "next").rename(c.home / "test.conf")
                c.wait(lambda c: c.hints().get("help") == "?")
                with open(c.home / "dotfiles" / "new.conf", "a", encoding="utf-8") as file:
                    file.write("[keys]\nhelp = F2\n")
                c.wait(lambda c: c.hints().get("help") == "F2")


def check_volume(t):
    """A ConfigMap of Kubernetes: the file is a link into ..data, which is a link that is put in its place anew."""
    with Service() as service:
        for label in FLEET:
            service.add(*FLEET[label], "patient")

        def fill(c, folder, labels):
            (c.home / folder).mkdir()
            (c.home / folder / "test.conf").write_text(config_text(service, labels), encoding="utf-8")
            (c.home / folder / "test.conf").chmod(0o600)
            (c.home / "..data_tmp").symlink_to(folder)
            (c.home / "..data_tmp").rename(c.home / "..data")

        def setup(c):
            options = c.configure("")
            fill(c, "..2026_1", ["one"])
            (c.home / "test.conf").unlink()
            (c.home / "test.conf").symlink_to("..data/test.conf")
            return options
        with console.running([console.PROGRAM], setup=setup, **WIDE) as c:
            c.wait(lambda c: list(c.listed()) == ["one"])
            with t.case("a volume that turns to its next folder is taken over"):
                fill(c, "..2026_2", ["one", "two"])
                c.wait(lambda c: list(c.listed()) == ["one", "two"])
            with t.case("again and again"):
                fill(c, "..2026_3", ["two", "three"])
                c.wait(lambda c: list(c.listed()) == ["two", "three"])


def check_folders(t):
    """current -> rel/1, and folders above the file are put in their place anew, at once or later."""
    with Service() as service:
        for label in FLEET:
            service.add(*FLEET[label], "patient")

        def fill(c, folder, labels):
            (c.home / folder / "1" / "etc").mkdir(parents=True)
            file = c.home / folder / "1" / "etc" / "test.conf"
            file.write_text(config_text(service, labels), encoding="utf-8")
            file.chmod(0o600)

        def setup(c):
            c.configure("")
            fill(c, "rel", ["one"])
            (c.home / "current").symlink_to("rel/1")
            return ["-c", "./current/etc/test.conf"]
        with console.running([console.PROGRAM], setup=setup, **WIDE) as c:
            c.wait(lambda c: list(c.listed()) == ["one"])
            with t.case("a folder far above the file that is replaced is taken over"):
                fill(c, "next", ["one", "two"])
                (c.home / "rel").rename(c.home / "old")
                (c.home / "next").rename(c.home / "rel")
                c.wait(lambda c: list(c.listed()) == ["one", "two"])
            with t.case("one that goes, and comes back later with another file, too"):
                (c.home / "rel").rename(c.home / "older")
                c.wait(log_has("the configuration file is gone"))
                fill(c, "rel", ["two", "three"])
                c.wait(lambda c: list(c.listed()) == ["two", "three"])


def check_no_inotify(t):
    """Where the user has used up what the system gives, the log says so, once, and the file is looked at."""
    nothing = ["unshare", "-r", "sh", "-c", 'echo 0 >/proc/sys/user/max_inotify_instances && exec "$@"', "sh"]
    if not shutil.which("unshare") or subprocess.run([*nothing, "true"], check=False, capture_output=True).returncode:
        raise tap.Skip("no user namespace to be had")
    with Service() as service:
        service.add(*FLEET["one"], "patient")
        service.add(*FLEET["two"], "patient")
        command = [*nothing, console.PROGRAM, "--log", "log"]
        with console.running(command, setup=lambda c: c.configure(config_text(service, ["one"])), **WIDE) as c:
            with t.case("without inotify the log says so"):
                c.wait(log_has("the configuration is looked at every 2 s, for it cannot be watched wholly"))
            with t.case("changes are taken over all the same"):
                write(c, config_text(service, ["one", "two"]))
                c.wait(lambda c: list(c.listed()) == ["one", "two"])
                write(c, config_text(service, ["two"]))
                c.wait(lambda c: list(c.listed()) == ["two"])
            with t.case("and it is said once"):
                text = (c.home / "log").read_text(encoding="utf-8")
                assert text.count("looked at every") == 1, text


def check_no_token(t):
    """An instance without a token is said to have none: the service did nothing wrong."""
    with Service() as service:
        gone = f"[instance two]\nid = {FLEET['two'][0]}\ntoken_file = second\n"
        text = config_text(service, ["one"]) + gone
        service.add(*FLEET["one"], "patient")
        service.add(*FLEET["two"], "patient")
        with console.running([console.PROGRAM], setup=lambda c: c.configure(text), **WIDE) as c:
            line = 1 + text.splitlines().index("[instance two]")
            with t.case("the list says that it has no token"):
                c.wait(lambda c: c.phase("two") == "no token")
            with t.case("the panel names the file, the configuration's line, and what to do"):
                c.press("Down", lambda c: c.selected() == "two")
                c.wait("There is no token")
                said = " ".join(c.text().split())
                assert f"Config: line {line}." in said and "the token is fetched again" in said, c.text()
            with t.case("the details page accuses nobody else"):
                c.press("d", "its token could not be had")
                assert "service sent" not in c.text() and f"line {line}" in c.text(), c.text()
            with t.case("once the file is there, saving the configuration is enough"):
                c.send("q")
                (c.home / "second").write_text("\ufeff" + FLEET["two"][1] + "\r\n", encoding="utf-8")
                (c.home / "second").chmod(0o600)
                write(c, text)
                c.wait(lambda c: c.phase("two") == "unlinked")


def check_stream(t):
    """From a pipe the configuration comes once; keys still come from the terminal."""
    with Service() as service:
        service.add(*FLEET["one"], "patient")

        def setup(c):
            c.configure(config_text(service, ["one"]))
            return []
        command = ["/bin/sh", "-c", f"cat test.conf | {console.PROGRAM} -c -"]
        with console.running(command, setup=setup, **WIDE) as c:
            with t.case("the console starts on what standard input gave"):
                c.wait(lambda c: list(c.listed()) == ["one"])
            with t.case("keys act, and there is no file to edit"):
                c.press("e", "there is no configuration file to edit")
                c.send("q")
                assert c.wait_exit() == 0


def check_commands(t):
    """Token commands of a re-read run while the console lives, and hold nobody up who leaves."""
    with Service() as service, start(service, ["one"]) as c:
        slow = f"[instance two]\nid = {FLEET['two'][0]}\ntoken_command = echo noise >&2; until test -e there; do sleep 0.1; done; cat there\n"
        write(c, config_text(service, ["one"]) + slow)
        with t.case("while a token command runs, keys act and codes come"):
            c.send("Enter")
            c.wait_code()
            assert list(c.listed()) == ["one"] and "noise" not in c.text(), c.text()
        with t.case("when it has ended, its instance is there"):
            (c.home / "there").write_text(FLEET["two"][1], encoding="utf-8")
            c.wait(lambda c: c.phase("two") == "unlinked")
        with t.case("a token that could not be had is asked for again at the next change"):
            gone = f"[instance three]\nid = {FLEET['three'][0]}\ntoken_file = third\n"
            write(c, config_text(service, ["one"]) + slow + gone)
            c.wait(log_has("three      new in the configuration, but without a token: token_file"))
            (c.home / "third").write_text(FLEET["three"][1], encoding="utf-8")
            (c.home / "third").chmod(0o600)
            write(c, config_text(service, ["one"]) + slow + gone)
            c.wait(log_has("three      has its token now"))
            c.wait(lambda c: c.phase("three") == "unlinked")
        with t.case("one that hangs does not hang the end"):
            write(c, config_text(service, ["one"]) + f"[instance two]\nid = {FLEET['two'][0]}\ntoken_command = touch begun; sleep 600\n")
            c.wait(lambda c: (c.home / "begun").exists())
            c.press("q", "Quit scandeck? y/N")
            c.send("y")
            began = time.monotonic()
            assert c.wait_exit() == 0 and time.monotonic() - began < 15


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


LEAKING = ["sh", "-c", 'exec 7</dev/null; exec "$@"', "sh", console.PROGRAM]
SHELLS_OWN = {"10", "255"}  # where a shell holds its script


def witness(c, name):
    """A program that writes down what it has."""
    path = Path(c.home) / name
    path.write_text(f"#!/bin/sh\n(ls /proc/$$/fd; env) >{path}.new; mv {path}.new {path}.seen\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def check_children(t):
    def set_up(c):
        witness(c, "editor")
        text = config_text(service, ["one"], f"hook = {witness(c, 'hook')}\nnotify = code")
        return c.configure(text + "\n[instance env]\nid = 7103000009\ntoken_env = MY_TOKEN\n")

    env = {"EDITOR": "./editor", "VISUAL": None, "MY_TOKEN": "0123456789" * 5}
    with Service() as service:
        service.add(*FLEET["one"], "patient")
        with console.running(LEAKING, setup=set_up, env=env, **WIDE) as c:
            c.send("Enter")
            c.wait_code()
            c.send("e")
            for name in ("editor", "hook"):
                with t.case(f"the {name} has three descriptors, whatever was left open, and no token"):
                    seen = Path(c.home) / f"{name}.seen"
                    c.wait(lambda c, seen=seen: seen.exists())
                    lines = seen.read_text(encoding="utf-8").splitlines()
                    assert {line for line in lines if line.isdigit()} - SHELLS_OWN == {"0", "1", "2"}, lines
                    assert not any(line.startswith("MY_TOKEN") for line in lines), lines


if __name__ == "__main__":
    console.main(check_outside, check_names, check_link, check_volume, check_folders, check_no_inotify, check_no_token, check_stream,
                 check_commands, check_editor, check_children, needs=[decode.missing])
