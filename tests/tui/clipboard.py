#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# What the operator takes along: lines, codes and pages go to the clipboard of the terminal, and never a token.
import base64
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import console
from service import Service

IDENT, TOKEN = "7103000001", "a1b2c3d4e5" * 5
WIDE = {"cols": 120, "rows": 40}
PLAIN = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
FOR_TMUX = re.compile(rb"\x1bPtmux;\x1b\x1b\]52;c;([A-Za-z0-9+/=]*)\x07\x1b\\")
FOR_SCREEN = re.compile(rb"\x1bP(.{1,765}?)\x1b\\", re.S)


def obey(c):
    """tmux takes for its own clipboard what programs send."""
    c._tmux("set", "-s", "set-clipboard", "on")
    c.record()


def clipboard(c):
    """The newest buffer of tmux, or None."""
    return c._tmux("show-buffer", check=False) if c._tmux("list-buffers") else None


def copy(c, until):
    c.press("y", lambda c: "copied" in c.text() and until(clipboard(c) or ""))
    return clipboard(c)


def check_lines(t):
    with console.demo(speed=3, **WIDE) as c:
        obey(c)
        c.wait(lambda c: c.phase("sales-eu") == "unlinked")
        with t.case("a line of the list: label, id, phase"):
            assert copy(c, bool) == "sales-eu 7103000001 unlinked"
        with t.case("of a linked one the phone, too"):
            c.send("Enter")
            c.wait_code()
            c.send("x")
            c.wait(lambda c: c.phase("sales-eu") == "linked" and re.search(r"\+\d{7}", c.listed()["sales-eu"]))
            assert re.fullmatch(r"sales-eu 7103000001 linked \+\d{7,}", copy(c, lambda text: "+" in text))
        with t.case("a line of the log, with its date"):
            c.press("Tab", "▸ log")
            text = copy(c, lambda text: text[:4].isdigit())
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (info|warn|error) \S+ .+", text), text
            assert any(text.split()[2] in line and text.split(" ", 3)[3][:30] in line for line in c.log_lines()), text
        with t.case("tmux gets it plain and packed for the terminal outside"):
            recorded = c.recorded()
            packed = FOR_TMUX.findall(recorded)
            assert packed and packed == PLAIN.findall(FOR_TMUX.sub(b"", recorded))
        with t.case("the screen is whole after it"):
            before = c.lines()
            c.press("C-l", lambda c: c.lines()[:-1] == before[:-1])


def check_pages(t):
    with console.demo(speed=3, **WIDE) as c:
        obey(c)
        with t.case("a pairing code while it is on show"):
            c.press("p", "phone")
            c.type("79001234567")
            c.send("Enter")
            code = c.wait(re.compile(r"Pairing code: (\w{8})"))[1]
            assert copy(c, bool) == code
        with t.case("a page"):
            c.press("d", "Esc closes this")
            assert "sales-eu  7103000001\n" in copy(c, lambda text: "\n" in text)


def check_without_tmux(t):
    with console.demo(env={"TMUX": None, "STY": "1.tty"}, **WIDE) as c:
        c.record()
        c.wait(lambda c: c.phase("sales-eu") == "unlinked")
        with t.case("GNU screen gets it packed, and tmux's form is not sent"):
            c.press("y", "copied")
            c.wait(lambda c: FOR_SCREEN.search(c.recorded()))
            inner = b"".join(FOR_SCREEN.findall(c.recorded()))
            assert base64.b64decode(PLAIN.search(inner)[1]) == b"sales-eu 7103000001 unlinked"
            assert b"tmux;" not in c.recorded()


def check_no_token(t):
    """Lines, page, files: of an instance whose service repeats the token in an error."""
    with Service(speed=20) as service:
        service.add(IDENT, TOKEN, "token-echo")
        options = ("--log", "log", "-o", "log_format=json")
        with console.at_service(service, {"one": (IDENT, TOKEN)}, *options, **WIDE) as c:
            obey(c)
            c.send("Enter")
            c.wait(lambda c: c.phase("one") == "error")
            texts = [copy(c, bool)]
            c.press("d", "Esc closes this")
            texts.append(copy(c, lambda text: "\n" in text))
            c.press("Escape", lambda c: c.phase("one") == "error")
            c.press("Tab", "▸ log")
            for _ in c.log_lines():
                texts.append(copy(c, lambda text: text[:4].isdigit()))
                c.send("Up")
            c.press("w", "save the log to:")
            c.send("C-u")
            c.type("saved")
            c.press("Enter", "written to saved")
            with t.case("no token is copied, saved, or written to the log file"):
                texts += [(c.home / name).read_text(encoding="utf-8") for name in ("saved", "log")]
                assert all(TOKEN[:16] not in text.lower() for text in texts)
                assert "cannot open" in texts[-1] and "***" in texts[-1], "the error was not told"
            with t.case("nor sent to the terminal, packed or not"):
                copied = b"".join(base64.b64decode(text) for text in PLAIN.findall(c.recorded()))
                assert len(copied) > 200 and TOKEN.encode() not in copied and TOKEN.encode() not in c.recorded()


if __name__ == "__main__":
    console.main(check_lines, check_pages, check_without_tmux, check_no_token)
