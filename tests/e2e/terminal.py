#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# scandeck terminal, and the console's own questions, in terminals that answer as the real ones do, late, in pieces,
# with keys in between, or with malice.
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))
import tap  # noqa: E402
from fake_terminal import FakeTerminal, Kind  # noqa: E402
from terminal_kinds import TERMINALS  # noqa: E402

PROGRAM = os.path.abspath(os.environ.get("SCANDECK", "build/scandeck"))
KITTY = TERMINALS[0].kind
XTERM = next(known.kind for known in TERMINALS if known.name == "XTerm(379)")
TMUX = next(known.kind for known in TERMINALS if known.name == "tmux 3.3a")
PUTTY = next(known.kind for known in TERMINALS if known.name == "PuTTY")
NO_UTF8 = {"LANG": None, "LC_ALL": "C"}
LATIN1 = {"LANG": None, "LC_ALL": "de_DE.ISO-8859-1"}


def asked_for_kitty(terminal):
    return any(question.startswith(b"\x1b_") for question in terminal.questions())


def report(kind, *options, cols=80, rows=24, files=None, **more):
    """(what `scandeck terminal --json` says, the FakeTerminal after it)."""
    with FakeTerminal(kind, **more) as terminal:
        for name, text in (files or {}).items():
            path = terminal.home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        terminal.start([PROGRAM, "terminal", "--json", *options], cols, rows, pipe=True)
        code = terminal.wait_exit()
        assert code == 0, f"exit {code}: {terminal.written[-300:]!r}"
        return json.loads(terminal.output), terminal


def check_kinds(t):
    for known in TERMINALS:
        with t.case(f"{known.name}, DA2 {known.kind.da2}, TERM={known.term}"):
            said, terminal = report(known.kind, term=known.term)
            assert said["name"] == known.name, said["name"]
            can = {name for name, ability in said["abilities"].items() if ability["can"]}
            # Octants are for C libraries that know them.
            assert can - {"octants"} == {"paint", "half-blocks"} | known.can, can
            assert said["graphics"] == known.graphics, said["graphics"]
            assert said["resizes"] == known.resizes
            assert said["inside"] == (known.name if known.inside else None), said["inside"]
            wanted = dict(zip(("width", "height"), known.kind.cell)) if known.kind.cell else None
            assert said["cell"] == wanted, said["cell"]
            assert (said["da1"], said["da2"], said["xtversion"]) == (known.kind.da1, known.kind.da2,
                                                                     known.kind.version), said
            assert asked_for_kitty(terminal) == known.asked_for_kitty, terminal.questions()
            assert not known.inside or not said["abilities"]["sextants"]["sure"]


def check_questions(t):
    with t.case("dumb terminals are asked nothing"):
        said, terminal = report(Kind("6"), term="dumb")
        assert terminal.questions() == [], terminal.questions()
        assert said["name"] == "unknown", said["name"]
    with t.case("the Linux console over ssh: half blocks, but not surely; no sextants"):
        said, _ = report(Kind("6"), "-o", "sextants=yes", term="linux")
        abilities = said["abilities"]
        assert said["name"] == "Linux console" and abilities["half-blocks"]["can"], said
        assert not abilities["half-blocks"]["sure"] and not abilities["sextants"]["can"], abilities
    with t.case("the Linux console is only asked for what it knows"):
        for env in {}, NO_UTF8:
            _, terminal = report(Kind("6"), term="linux", env=env)
            assert set(terminal.questions()) == {b"\x1b[6n", b"\x1b[K", b"\x1b[c"}, terminal.questions()
    with t.case("glyphs, which hold bytes of control, are shown only where UTF-8 is understood"):
        _, terminal = report(XTERM)
        assert "▀".encode() in terminal.written and "\U0001FB02".encode() in terminal.written, terminal.written
        for kind in XTERM._replace(utf8=False), XTERM._replace(cursor=False), Kind(None):
            _, terminal = report(kind)
            assert "▀".encode() not in terminal.written, terminal.written


def check_columns(t):
    with t.case("half blocks of two columns are not drawn, whatever else is said"):
        said, _ = report(XTERM._replace(wide=True), "-o", "qr_mode=half", cols=200, rows=80)
        blocks = said["abilities"]["half-blocks"]
        assert not blocks["can"] and blocks["sure"] and "2 columns" in blocks["why"], blocks
        assert said["utf8"] and {code["mode"] for code in said["codes"]} == {None}, said["codes"]
    with t.case("full blocks are chosen instead"):
        said, _ = report(XTERM._replace(wide=True), cols=200, rows=80)
        assert {code["mode"] for code in said["codes"]} == {"full"}, said["codes"]
    with t.case("where the cursor is not told, nothing changes"):
        said, _ = report(XTERM._replace(cursor=False), cols=200, rows=80)
        assert {code["mode"] for code in said["codes"]} == {"half"}, said["codes"]


def check_charsets(t):
    for name, env, kind, utf8, why in (
            ("LC_ALL=C, a terminal of UTF-8", NO_UTF8, XTERM, True, "the terminal shows UTF-8"),
            ("LC_ALL=C, a terminal of single bytes", NO_UTF8, XTERM._replace(utf8=False), False, "single bytes"),
            ("LC_ALL=C, a mute terminal", NO_UTF8, Kind(None), True, "no locale names"),
            ("no locale, a terminal of single bytes", {"LANG": None}, XTERM._replace(utf8=False), False,
             "single bytes"),
            ("an 8-bit locale, a terminal of UTF-8", LATIN1, XTERM, True, "the terminal shows UTF-8"),
            ("an 8-bit locale, a terminal of single bytes", LATIN1, XTERM._replace(utf8=False), False, "single bytes"),
            ("an 8-bit locale, a dumb terminal", LATIN1, XTERM, False, "names other characters"),
            ("a UTF-8 locale, a terminal of single bytes", {"LC_ALL": "C.UTF-8"}, XTERM._replace(utf8=False), False,
             "single bytes"),
            ("a UTF-8 locale, a terminal that tells no cursor", {"LC_ALL": "C.UTF-8"}, XTERM._replace(cursor=False), True,
             "the locale says so"),
            ("a UTF-8 locale that this machine lacks", {"LANG": "tlh_KX.UTF-8"}, XTERM, True, "the locale says so")):
        with t.case(f"{name}: {'UTF-8' if utf8 else 'ASCII'}"):
            said, _ = report(kind, env=env, term="dumb" if "dumb" in name else "xterm-256color")
            assert said["utf8"] == utf8 and why in said["utf8_why"], (said["utf8"], said["utf8_why"])
            assert said["abilities"]["half-blocks"]["can"] == utf8
            panels = {code["modules"]: code["mode"] for code in said["codes"] if code["view"] == "panels"}
            assert utf8 or set(panels.values()) == {None}, panels
    with t.case("without UTF-8 full blocks are chosen where they fit"):
        said, _ = report(XTERM._replace(utf8=False), env=NO_UTF8, cols=200, rows=80)
        assert {code["mode"] for code in said["codes"]} == {"full"}, said["codes"]


# Names that terminals of today bring, and none that Debian's ncurses-base has.
NEW_NAMES = ("xterm-ghostty", "foot-nowhere", "alacritty-nowhere", "wezterm-nowhere", "konsole-nowhere", "putty-nowhere",
             "xterm-nowhere", "no-such-terminal")


def check_names(t):
    for name in NEW_NAMES:
        with t.case(f"TERM={name}, which this machine lacks, is driven as xterm-256color, and keeps its own answers"):
            said, _ = report(XTERM, term=name)
            assert said["terminfo"] == "xterm-256color" and said["colors"]["count"] == 256, said
            assert said["identity"].endswith(name), said["identity"]
    with t.case("it starts, says so, and works"):
        with tempfile.TemporaryDirectory() as directory, \
                console(XTERM, "--log", f"{directory}/log", term="xterm-nowhere") as terminal:
            assert terminal.wait_for(b"sales-eu"), terminal.written[-500:]
            terminal.press(b"\r")
            assert terminal.wait_for(b"Do you see solid stairs?"), terminal.written[-2000:]
            log = (Path(directory) / "log").read_text(encoding="utf-8")
            assert "no terminfo entry for TERM=xterm-nowhere: xterm-256color is used" in log, log
    with t.case("the page says it"):
        assert row(page(XTERM, term="xterm-nowhere"), "terminal")[0].endswith(
            "TERM xterm-nowhere (unknown here: as xterm-256color)"), page(XTERM, term="xterm-nowhere")
    with t.case("its own entry, where there is one"):
        assert report(XTERM, term="xterm")[0]["terminfo"] == "xterm"
    for name, stand_in in (("tmux-nowhere", "screen-256color"), ("linux-nowhere", "linux"), ("vt99", "vt220"),
                           ("unknown-nowhere", None)):
        with t.case(f"TERM={name}: {stand_in}"):
            assert report(XTERM, term=name)[0]["terminfo"] == stand_in
    for name, env in (("dumb", {}), ("", {}), ("xterm", {"TERM": None}), ("unknown-nowhere", {})):
        with t.case(f"TERM {'unset' if env else repr(name)} ends with a sentence, and exit 2"):
            with console(XTERM, term=name, env=env) as terminal:
                assert terminal.wait_exit() == 2 and b"set TERM" in terminal.written or b"TERM does not" in terminal.written
    with t.case("a window of 65535x65535 starts"):
        with FakeTerminal(XTERM) as terminal:
            terminal.start([PROGRAM, "--demo"], 65535, 65535)
            assert terminal.wait_for(b"sales-eu"), terminal.written[-500:]


def check_slow(t):
    for name, more in (("after 150 ms", {"delay": 0.15}), ("after 400 ms", {"delay": 0.4}),
                       ("byte by byte", {"split": True}),
                       ("byte by byte, after 300 ms", {"split": True, "delay": 0.3})):
        with t.case(f"answers {name} are understood"):
            said, _ = report(KITTY, **more)
            assert said["name"] == "kitty(0.26.5)" and said["graphics"] == "kitty", said
            assert said["cell"] == {"width": 8, "height": 17}, said
    with t.case("a mute terminal is not asked twice, and costs little more than a second"):
        began = time.monotonic()
        said, terminal = report(Kind(None))
        took = time.monotonic() - began
        assert said["name"] == "unknown" and terminal.questions().count(b"\x1b[c") == 1
        assert took > 0.9, f"gave up after {took:.2f} s"


def check_hostile(t):
    huge = b"9" * 20
    for title, answer, name in (
            ("a string without an end", b"\x1bP>|" + b"x" * 3000, "unknown"),
            ("a graphics answer without an end", b"\x1b_G" + b"i" * 3000, "unknown"),
            ("a name of control characters", b"\x1bP>|\x01\x07\x1b[2J\x1b]0;owned\x07\x1b\\\x1b[?62c", "?"),
            ("huge numbers", b"\x1b[>" + huge + b";" + huge + b";1c\x1b[6;" + huge + b";1t\x1b[?62c", "unknown"),
            ("a name of 3000 letters", b"\x1bP>|kitty(" + b"9" * 3000 + b")\x1b\\\x1b[?62c", "unknown")):
        with t.case(f"{title}: nothing is believed and nothing acts"):
            said, terminal = report(KITTY, instead=answer)
            assert said["name"] == name and said["cell"] is None, said
            assert all(" " <= letter <= "~" for letter in said["identity"]), said["identity"]
            assert not asked_for_kitty(terminal)


def check_page(t):
    with FakeTerminal(KITTY) as terminal:
        terminal.start([PROGRAM, "terminal"])
        with t.case("the page on the terminal itself: no other screen, no code"):
            assert terminal.wait_exit() == 0
            text = terminal.written.decode()
            assert "terminal     kitty(0.26.5)" in text and "\x1b[?1049h" not in text, "not the page"
            shown = text.rpartition("\r\x1b[K")[2]
            assert "▀" not in shown and "half blocks" in shown, "no words of modes"
    with t.case("without any terminal: exit 2 and a sentence"):
        done = run_without_terminal()
        assert done.returncode == 2 and "there is no terminal to ask" in done.stderr, (done.returncode, done.stderr)
        assert done.stdout == "", done.stdout


def page(kind, cols=80, rows=24, files=None, **more):
    """The lines of `scandeck terminal`."""
    with FakeTerminal(kind, **more) as terminal:
        for name, text in (files or {}).items():
            path = terminal.home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        terminal.start([PROGRAM, "terminal"], cols, rows, pipe=True)
        assert terminal.wait_exit() == 0, terminal.written[-300:]
        return terminal.output.decode().splitlines()


def row(lines, label):
    """The columns of a line, which two blanks and more part."""
    return re.split(r"  +", next(line for line in lines if line.startswith(label + " ")).strip())[1:]


def check_room(t):
    for known in TERMINALS:
        with t.case(f"{known.name}, DA2 {known.kind.da2}: the page fits 80x23 with the line that asked for it"):
            lines = page(known.kind, term=known.term)
            assert len(lines) <= 22 and max(map(len, lines)) <= 80, (len(lines), max(map(len, lines)))
    with t.case("without colours a line on the background comes with it, and 80x24 is enough"):
        lines = page(XTERM, term="vt100")
        assert row(lines, "background")[0].startswith("not told: taken for dark"), lines
        assert len(lines) <= 23 and max(map(len, lines)) <= 80, (len(lines), max(map(len, lines)))
    with t.case("what is too long goes on below, at the same indent"):
        lines = page(XTERM._replace(utf8=False), env=NO_UTF8)
        assert max(map(len, lines)) <= 80, max(map(len, lines))
        at = next(i for i, line in enumerate(lines) if line.startswith("sextants "))
        assert lines[at].index("text does") == 22 and lines[at + 1][:23].rstrip() and not lines[at + 1][:22].strip(), lines
    with t.case("xterm: what is likely, unknown, and not so, and the keys that ask"):
        lines = page(XTERM, files={".config/scandeck/scandeck.conf": "[keys]\nmode = F5\nglyphs = F6\n"})
        assert row(lines, "half-blocks") == ["likely", "nearly every font has them; asked by F5"], lines
        assert row(lines, "sextants")[0] == "unknown" and row(lines, "pictures")[0] == "no", lines
        assert row(lines, "wide sextants") == ["65x21", "fits if drawn", "fits if drawn"], lines
        assert row(lines, "wrong?") == ["press F6 in the console to be asked again, or edit the file above"], lines
    with t.case("the windows it names are large enough, and none smaller"):
        needs = row(page(XTERM), "half blocks")
        assert needs == ["65x32", "needs 80x34", "needs 65x33"], needs
        for cols, rows, column, word in ((80, 34, 1, "chosen"), (80, 33, 1, "needs 80x34"), (65, 33, 2, "chosen"),
                                         (65, 32, 2, "needs 65x33")):
            got = row(page(XTERM, cols, rows), "half blocks")[column]
            assert got == word, (cols, rows, got)
    with t.case("a code of 57 modules has a row where it fares otherwise"):
        assert not any("57 modules" in line for line in page(XTERM))
        lines = page(XTERM, 80, 32)
        assert row(lines, "half blocks") == ["65x32", "needs 80x34", "chosen"], lines
        assert row(lines, "  57 modules") == ["61x30", "chosen", "chosen"], lines
    with t.case("other modes that fit are there by key"):
        lines = page(KITTY)
        assert row(lines, "wide sextants") == ["65x21", "chosen", "chosen"], lines
        assert row(lines, "sextants (risky)") == ["33x21", "fits, by key", "fits, by key"], lines
        assert row(lines, "octants")[0] in ("no", "unknown"), lines


def run_without_terminal():
    return subprocess.run([PROGRAM, "terminal"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          start_new_session=True, check=False)


def check_modes(t):
    def modes(said):
        return {(code["modules"], code["view"]): code["mode"] for code in said["codes"]}

    def why_not(said, mode):
        return next(code["not"][mode] for code in said["codes"] if code["modules"] == 61 and code["view"] == "panels")

    with t.case("kitty at 80x24: wide sextants, and why not half blocks"):
        said, _ = report(KITTY)
        assert set(modes(said).values()) == {"wide-sextant"}, modes(said)
        assert why_not(said, "half") == "65x32 cells and the panels take a window of 80x34, this one has 80x24", said
    with t.case("xterm at 80x24: nothing fits, and why not"):
        said, _ = report(XTERM)
        assert set(modes(said).values()) == {None}, modes(said)
        assert why_not(said, "wide-sextant") == "XTerm(379) is not known to draw them"
    with t.case("xterm at 80x33: alone, half blocks fit"):
        said, _ = report(XTERM, rows=33)
        assert modes(said)[61, "zoom"] == "half" and modes(said)[61, "panels"] is None, modes(said)
    with t.case("a window that says its size is 0x0 is taken for 80x24"):
        said, _ = report(KITTY, cols=0, rows=0)
        assert said["window"] is None and set(modes(said).values()) == {"wide-sextant"}, said["window"]
    with t.case("-o counts: sextants=yes, qr_mode=half"):
        said, _ = report(XTERM, "-o", "sextants=yes", "-o", "qr_mode=half")
        assert said["abilities"]["sextants"] == {"can": True, "sure": True, "remembered": False,
                                                 "why": "the configuration says sextants = yes"}, said["abilities"]
        assert said["qr_mode"] == "half" and set(modes(said).values()) == {None}, modes(said)
    with t.case("a mode that is named is taken for granted, here as in the console"):
        said, _ = report(XTERM, "-o", "qr_mode=wide-sextant")
        assert set(modes(said).values()) == {"wide-sextant"}, modes(said)
        assert said["abilities"]["sextants"]["why"] == "the configuration says qr_mode = wide-sextant", said["abilities"]
    with t.case("cells larger than any: no pictures, and why not"):
        said, _ = report(KITTY._replace(cell=(200, 400)))
        assert said["abilities"]["pictures"] == {"can": False, "sure": True, "remembered": False,
                                                 "why": "it tells of cells of 200x400 pixels"}, said["abilities"]
    with t.case("so does the configuration where there is one"):
        said, _ = report(KITTY, files={".config/scandeck/scandeck.conf": "sextants = no\n"})
        assert not said["abilities"]["sextants"]["can"], said["abilities"]


def check_memory(t):
    place = ".local/state/scandeck/terminals"
    with t.case("a remembered answer counts, for this terminal alone"):
        answers = "# mine\nyes sextants tmux 3.3a 84;0;0 tmux-256color\nno half-blocks other\n"
        said, _ = report(TMUX, term="tmux-256color", files={place: answers})
        assert said["identity"] == "tmux 3.3a 84;0;0 tmux-256color", said["identity"]
        assert said["abilities"]["sextants"] == {"can": True, "sure": True, "remembered": True,
                                                 "why": "the operator said so"}, said["abilities"]
        assert said["abilities"]["half-blocks"]["can"] and said["memory"]["complaint"] is None, said
        assert {code["mode"] for code in said["codes"]} == {"wide-sextant"}
    with t.case("the configuration is stronger"):
        said, _ = report(TMUX, "-o", "sextants=no", term="tmux-256color", files={place: answers})
        assert not said["abilities"]["sextants"]["can"], said["abilities"]
    with t.case("a line that is none is named by file and line"):
        said, _ = report(TMUX, files={place: "yes sextants a\nperhaps\n"})
        assert said["memory"]["complaint"].startswith(f"{said['memory']['file']}:2: "), said["memory"]
    with t.case("without HOME it says that nothing is remembered"):
        said, _ = report(TMUX, env={"HOME": None})
        assert said["memory"]["file"] is None and "neither XDG_STATE_HOME nor HOME" in said["memory"]["complaint"], said
    with t.case("looking leaves no file behind"):
        with FakeTerminal(TMUX) as terminal:
            terminal.start([PROGRAM, "terminal"])
            assert terminal.wait_exit() == 0 and not (terminal.home / ".local").exists()


def console(kind, *options, **more):
    terminal = FakeTerminal(kind, **more)
    terminal.start([PROGRAM, "--demo", *options], 80, 24)
    return terminal


# What comes while the terminal is asked, and what comes when the console runs. Each j would move the cursor down. Right
# behind an ESC nobody can tell an answer from keys.
LATE = [(b"", b"\x1b[>1;4j\x1bP>|jjj(0.26.5)\x1b\\\x1b[6;17;8j\x1b_Gi=31;j\x1b\\\x1b[?62;j"),
        (b"", b"\x1b]11;rgb:j/j/j\x1b\\\x1b]11;j\x07"),
        (b"\x1b[>1;4", b"000;26j"), (b"\x1bP>|jj", b"jjj(0.26.5)\x1b\\"), (b"\x1bP>|jj\x1b", b"\\"),
        (b"\x1b[6;1", b"7;8j"), (b"\x1b_Gi=3", b"1;j\x1b\\"),
        (b"\x1b]11;rgb:jj", b"jj/j/j\x1b\\"), (b"\x1b]11;rgb:j", b"j/j/j\x07"), (b"\x1b[?6", b"2;j")]


def check_late(first, rest):
    with tempfile.TemporaryDirectory() as directory, console(Kind(None), "--log", f"{directory}/log") as terminal:
        assert terminal.wait_for(b"\x1b[c")
        terminal.press(first)
        assert terminal.wait_for(b"sales-eu"), "the console did not start"
        terminal.press(rest + b"\r")
        log = Path(directory) / "log"
        assert terminal.wait(lambda: "sales-eu code 1" in " ".join(log.read_text().split()), 20), "its letters acted"


def check_late_answers(t):
    for first, rest in LATE:
        with t.case(f"no answer acts as keys that comes late, behind {first}"):
            check_late(first, rest)
    for name, more in (("after 1.3 s", {"delay": 1.3}), ("after 1.3 s, byte by byte", {"delay": 1.3, "split": True})):
        with t.case(f"answers that come {name} are taken: the console draws what that terminal can, and the log says so"):
            with tempfile.TemporaryDirectory() as directory, \
                    console(KITTY, "--log", f"{directory}/log", term="xterm-kitty", **more) as terminal:
                assert terminal.wait_for(b"answered late: terminal kitty(0.26.5), sextants: yes"), terminal.written[-2000:]
                assert "sextants: not known" in Path(directory, "log").read_text(), "it waited for the terminal"
                assert terminal.wait(lambda: asked_for_kitty(terminal)), "the second round was not asked"
                terminal.press(b"\r")
                assert terminal.wait_for("\U0001FB0E".encode()), "no code in wide sextants"
    with t.case("that a terminal does not take UTF-8 counts when it is told late, too"):
        with console(XTERM._replace(utf8=False), delay=1.3) as terminal:
            assert terminal.wait_for(b"answered late"), terminal.written[-2000:]
            at = len(terminal.written)
            terminal.press(b"\x0c")
            assert terminal.wait(lambda: b"quit" in terminal.written[at:])
            assert not re.search(rb"[\x80-\xff]", terminal.written[at:]), "more than ASCII"
    with t.case("what a late cursor tells of glyphs counts, and no report acts as a key"):
        with console(XTERM._replace(wide=True), delay=1.3) as terminal:
            assert terminal.wait(lambda: terminal.questions().count(b"\x1b[c") == 2 and not terminal.due)
            terminal.press(b"\r")
            assert terminal.wait_for(b"Do you see solid stairs?"), terminal.written[-2000:]
            terminal.press(b"\x1b")
            assert terminal.wait_for(b"full blocks need 130x63"), terminal.written[-2000:]
    with t.case("keys typed while the terminal is asked are kept"):
        with console(KITTY, typed=b"?", delay=0.1) as terminal:
            assert terminal.wait_for(b"Keys"), "the help did not come"
    with t.case("a key ends the wait for a mute terminal"):
        with console(Kind(None)) as terminal:
            assert terminal.wait_for(b"\x1b[c")
            began = time.monotonic()
            terminal.press(b"j")
            assert terminal.wait_for(b"\x1b[?1049h")
            assert time.monotonic() - began < 0.9, "it waited on"


def main():
    t = tap.Tap()
    for check in (check_kinds, check_questions, check_columns, check_charsets, check_names, check_slow, check_hostile, check_page, check_room,
                  check_modes, check_memory, check_late_answers):
        t.run(check, t)
    sys.exit(t.done())


if __name__ == "__main__":
    main()
