#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Real terminals under Xvfb show the console; photographs of them are decoded and compared with the payload sent.
# Without an argument: xterm, and one terminal that draws its own blocks. --all: every terminal that is installed, as a
# table. --picture FILE: the console at 80x24 as the README shows it, from the demo, so that nothing in it is secret.
import argparse
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import console
import decode
import table
import tap
import xserver
from service import Service

IDENT, TOKEN = "7103000001", "b2" * 25
FONT, POINTS = "DejaVu Sans Mono", 10
RELAY = Path(__file__).resolve().parents[1] / "lib" / "relay.py"
START_SECONDS, CODE_SECONDS, READ_SECONDS, UNREAD_SECONDS = 40, 40, 60, 4


class Terminal(NamedTuple):
    """
    `command`: with {columns}, {rows}; what it runs is put behind. `sizes`: where a code fits. `config`: further lines
    of the configuration.
    """

    name: str
    command: str
    version: str
    sizes: tuple
    config: str = ""


SMALL, HALF, LARGE = (80, 24), (80, 36), (120, 40)
# Those that draw their own blocks, and so sextants, can show a code at 80x24; the first of them is in the sample.
DRAWERS = (
    Terminal("kitty", f"kitty --config NONE -o font_family='{FONT}' -o font_size={POINTS} -o remember_window_size=no "
             "-o initial_window_width={columns}c -o initial_window_height={rows}c -o update_check_interval=0",
             "kitty --version", (SMALL, LARGE)),
    Terminal("foot", f"foot -o main.dpi-aware=no -f '{FONT}:size={POINTS}' -W {{columns}}x{{rows}}", "foot --version",
             (SMALL, LARGE)),
    Terminal("xfce4-terminal", f"xfce4-terminal --disable-server --font='{FONT} {POINTS}' "
             "--hide-menubar --geometry={columns}x{rows} -x", "xfce4-terminal --version", (SMALL, LARGE)),
    Terminal("konsole", f"konsole --nofork --hide-menubar -p 'Font={FONT},{POINTS}' "
             "-p TerminalColumns={columns} -p TerminalRows={rows} -e", "konsole --version", (SMALL, LARGE)),
)
XTERM = Terminal("xterm", f"xterm -u8 -fa '{FONT}' -fs {POINTS} -geometry {{columns}}x{{rows}}+0+0 -e",
                 "xterm -version", (HALF, LARGE))
OTHERS = (
    Terminal("alacritty", f"alacritty --config-file /dev/null -o font.normal.family='{FONT}' -o font.size={POINTS} "
             "-o window.dimensions.columns={columns} -o window.dimensions.lines={rows} -e", "alacritty --version",
             (HALF, LARGE)),
    Terminal("urxvt", f"urxvt -fn 'xft:{FONT}:size={POINTS}' -geometry {{columns}}x{{rows}}+0+0 -e", "urxvt --help",
             (HALF, LARGE)),
    Terminal("st", f"st -f '{FONT}:size={POINTS}' -g {{columns}}x{{rows}}+0+0 -e", "st -v", (HALF, LARGE)),
    Terminal("pterm", f"pterm -fn 'client:{FONT} {POINTS}' -geometry {{columns}}x{{rows}}+0+0 -e", "pterm --version",
             (HALF, LARGE)),
    Terminal("mlterm", f"mlterm --type=xft --fontsize=13 -g {{columns}}x{{rows}}+0+0 -e", "mlterm --version",
             (HALF, LARGE)),
)
AS_PICTURE = "qr_mode = picture\n"
SIXEL_XTERM = XTERM._replace(name="xterm -ti vt340", command=XTERM.command.replace("xterm", "xterm -ti vt340", 1),
                             sizes=(SMALL, LARGE), config=AS_PICTURE)
PICTURES = (SIXEL_XTERM, *(each._replace(name=f"{each.name}, pictures", config=AS_PICTURE)
                           for each in DRAWERS if each.name != "xfce4-terminal"))
# Without colours, on a light background and on a dark one.
MONO = tuple(XTERM._replace(name=f"xterm -tn vt100, {ink} on {paper}", sizes=(HALF,),
                            command=XTERM.command.replace("xterm", f"xterm -tn vt100 -fg {ink} -bg {paper}", 1))
             for ink, paper in (("black", "white"), ("white", "black")))
# What cannot show UTF-8, or half blocks in one column, though the locale inside names UTF-8; the windows have room for full
# blocks, and none.
ROOMY, ROOMY_POINTS = (142, 66), 7
OUTSIDE, INSIDE = "env -u LANG LC_ALL=C", "env LC_ALL=C.UTF-8"
POOR_XTERM = f"xterm {{options}} -fa '{FONT}' -fs {ROOMY_POINTS} -geometry {{columns}}x{{rows}}+0+0 -e"
POOR = tuple(XTERM._replace(name=name, sizes=(ROOMY, SMALL), command=f"{before} {POOR_XTERM} {after}".replace("{options}", options))
             for name, before, options, after in (
                 ("xterm -cjk_width", INSIDE, "-u8 -cjk_width", ""),
                 ("xterm +u8", OUTSIDE, "+u8", INSIDE),
                 ("GNU screen without -U", OUTSIDE, "-u8", f"env SCREENDIR={{home}}/screens screen -c /dev/null {INSIDE}"),
                 ("tmux, a client without UTF-8", OUTSIDE, "-u8", f"tmux -S {{home}}/tmux -f {{home}}/tmux.conf new-session {INSIDE}")))
ALL = (XTERM, *DRAWERS, *OTHERS, *MONO, *PICTURES, *POOR)
# These need a compositor.
WAYLAND = ("foot", "foot, pictures")
NO_CODE = "none, too small"
# What a picture begins with, sent by either protocol, and what it is called in the table.
PICTURE_BYTES = {"picture (kitty)": rb"\x1b_G[^;\x1b]*a=T", "picture (sixel)": rb"\x1bP[\d;]*q"}
# Few colours make a small file; the letters' soft edges still look right with these.
PICTURE_COLOURS = 24


class Screen(xserver.Display):
    """A Display with one terminal in it, and in that a program whose dialogue is written down."""

    def run(self, terminal, size, argv):
        """Starts it all; returns when the program has put its first hints on the screen."""
        os.mkfifo(self.home / "keys")
        if terminal.name in WAYLAND:
            self._start_weston()
        (self.home / "tmux.conf").write_text("set -g status off\n")
        (self.home / "screens").mkdir(mode=0o700)
        command = [word.format(columns=size[0], rows=size[1], home=self.home) for word in shlex.split(terminal.command)]
        self.start([*command, sys.executable, RELAY, self.home, *argv])
        if not xserver.poll(lambda: b"quit" in self.kept("output"), START_SECONDS):
            raise xserver.DisplayError(f"{terminal.name} did not show the console in {START_SECONDS} s: "
                                       f"{self.messages()[-500:]}")

    def close(self):
        """What tmux and screen hold outlives their terminals; they end with it."""
        relay = self.kept("relay")
        if relay and self.started:
            with suppress(ProcessLookupError):
                os.kill(int(relay), signal.SIGTERM)
        super().close()

    def press(self, keys):
        with open(self.home / "keys", "wb", 0) as fifo:
            fifo.write(keys)

    def kept(self, name):
        path = self.home / name
        return path.read_bytes() if path.exists() else b""

    def pixels(self):
        """Width and height of the cells in all, as the terminal tells them."""
        return [int(number) for number in self.kept("size").split()[2:]]

    def size(self):
        columns, rows, *_ = self.kept("size").split()
        return f"{int(columns)}x{int(rows)}"

    def answer(self):
        """What the terminal said about itself: DA2 and XTVERSION."""
        said = self.kept("answers")
        device, version = re.search(rb"\x1b\[>([\d;]*)c", said), re.search(rb"\x1bP>\|([^\x1b]*)", said)
        words = [match[1].decode("ascii", "replace") for match in (device, version) if match]
        return ", ".join(words) or ("DA1 only" if re.search(rb"\x1b\[\?[\d;]*c", said) else "nothing")

    def mode(self):
        """The mode of the code, by what the program wrote; NO_CODE when there was no room for any."""
        # Without the signs whose columns are asked for.
        output = re.sub(rb"\r[^\x1b]*\x1b\[6n", b"", self.kept("output"))
        for name, beginning in PICTURE_BYTES.items():
            if re.search(beginning, output):
                return name
        written = set(output.decode("utf-8", "replace"))
        sextants = {char for char in written if "\U0001FB00" <= char <= "\U0001FB3B"}
        if sextants:
            return "wide-sextant" if sextants <= console.WIDE_SEXTANTS else "sextant"
        if "\u2580" in written:
            return "half"
        return "full" if self.says_verified() else NO_CODE

    def says_verified(self):
        return b"verified" in self.kept("output")

    def version(self, terminal):
        done = subprocess.run(shlex.split(terminal.version), env=self.env, capture_output=True, timeout=START_SECONDS,
                              check=False, stdin=subprocess.DEVNULL)
        found = re.search(rb"\d+(\.\d+)+|\(\d+\)", done.stdout + done.stderr)
        return found[0].decode().strip("()") if found else "?"

    def _start_weston(self):
        """The compositor for a terminal of Wayland, as a window of this display."""
        width, height = xserver.SIZE
        self.start(["weston", "--backend=x11-backend.so", "--use-pixman", f"--width={width}", f"--height={height}",
                    "--socket=scandeck-test", "--no-config"])
        self.env["WAYLAND_DISPLAY"] = "scandeck-test"
        socket = Path(self.env["XDG_RUNTIME_DIR"]) / "scandeck-test"
        if not xserver.poll(socket.exists, START_SECONDS):
            raise xserver.DisplayError(f"weston did not start: {self.messages()[-500:]}")


class Scan(NamedTuple):
    """What came out: `got` is {decoder: payload or None} of the last photograph, `sent` the payload at that time."""

    terminal: str
    version: str
    size: str
    answer: str
    mode: str
    got: dict
    sent: bytes
    says_verified: bool

    def is_read(self, decoder):
        return self.got[decoder] == self.sent


def missing(terminal):
    """The reason why this terminal cannot be photographed here, or None."""
    words = shlex.split(terminal.command)
    programs = [next(word for word in words if word not in ("env", "-u", "LANG") and "=" not in word),
                *(word for word in ("screen", "tmux") if word in words), *(["weston"] if terminal.name in WAYLAND else [])]
    lacking = [program for program in programs if not shutil.which(program)]
    return f"{' and '.join(lacking)} not installed" if lacking else None


def scan(terminal, size, seconds=READ_SECONDS):
    """Shows the code of the longer payload in a terminal, and photographs it until all decoders read it."""
    with Service() as service, Screen() as screen:
        service.add(IDENT, TOKEN, "patient", new_link=True)
        config = screen.home / "test.conf"
        config.write_text(f"api_url = {service.url}\n{terminal.config}"
                          f"[instance sales-eu]\nid = {IDENT}\ntoken = {TOKEN}\n")
        config.chmod(0o600)
        screen.run(terminal, size, [console.PROGRAM, "-c", config])
        screen.press(b"\r")
        if not xserver.poll(lambda: service.log.payloads(IDENT), CODE_SECONDS):
            raise xserver.DisplayError(f"the console in {terminal.name} did not ask for a code")
        scans = []

        def all_read():
            # The code may be replaced between the two; the next photograph shows the new one.
            picture, sent = screen.photo(), service.log.payloads(IDENT)[-1]
            scans[:] = [Scan(terminal.name, screen.version(terminal), screen.size(), screen.answer(), screen.mode(),
                             decode.decode_all(picture), sent, screen.says_verified())]
            return all(scans[0].is_read(decoder) for decoder in decode.DECODERS)
        xserver.poll(all_read, seconds)
        return scans[0]


def check(t, terminal):
    for columns, rows in terminal.sizes:
        name = f"{terminal.name} at {columns}x{rows}"
        with t.case(name):
            reason = missing(terminal)
            if reason:
                raise tap.Skip(reason)
            result = scan(terminal, (columns, rows))
            for decoder in decode.DECODERS:
                assert result.is_read(decoder), f"{decoder} does not read the photograph: {result}"
            t.say(f"{name}: {result.mode}, {result.answer}")


def check_poor(t, terminal):
    """What says verified can be read: where there is no room for full blocks, nothing does."""
    for columns, rows in terminal.sizes:
        name = f"{terminal.name} at {columns}x{rows}"
        with t.case(f"{name}: read, or not called verified"):
            reason = missing(terminal)
            if reason:
                raise tap.Skip(reason)
            result = scan(terminal, (columns, rows), READ_SECONDS if (columns, rows) == ROOMY else UNREAD_SECONDS)
            read = all(result.is_read(decoder) for decoder in decode.DECODERS)
            assert read or not result.says_verified, result
            assert read or (columns, rows) != ROOMY, result
            t.say(f"{name}: {result.mode}, {result.answer}")


def check_sample(t):
    check(t, XTERM)
    check(t, next((each for each in DRAWERS if not missing(each)), DRAWERS[0]))
    for terminal in MONO:
        check(t, terminal)
    for terminal in PICTURES[:2]:
        check(t, terminal._replace(sizes=(SMALL,)))
    for terminal in POOR:
        check_poor(t, terminal)


def sample(reason):
    t = tap.Tap()
    if reason:
        return t.skip_all(reason)
    t.run(check_sample, t)
    return t.done()


def report():
    """The table of all terminals. Always succeeds: which terminals are here, and what they can, is no mistake."""
    rows = []
    for terminal in ALL:
        reason = missing(terminal)
        if reason:
            rows.append((terminal.name, reason, *[""] * (3 + len(decode.DECODERS))))
            continue
        for size in dict.fromkeys((SMALL, *terminal.sizes)):
            print(f"{terminal.name} {size[0]}x{size[1]} …", file=sys.stderr, flush=True)
            rows.append(row(terminal, size))
    table.show("Photographs of real terminals, a code of 277 bytes",
               ("terminal", "version", "size", "answered", "mode", *decode.DECODERS), rows)
    return 0


def row(terminal, size):
    try:
        result = scan(terminal, size)
    except xserver.DisplayError as error:
        print(error, file=sys.stderr)
        return terminal.name, "did not start", f"{size[0]}x{size[1]}", *[""] * (2 + len(decode.DECODERS))
    marks = ["-" if result.mode == NO_CODE else "yes" if result.is_read(name) else "no" for name in decode.DECODERS]
    return result.terminal, result.version, result.size, result.answer, result.mode, *marks


def take_picture(path):
    """The demo at 80x24 with a code on it, as a small file. Returns what to say when that fails."""
    terminal = next((each for each in DRAWERS if each.name == "kitty" and not missing(each)), None)
    if not terminal:
        return "terminals.py: kitty is not installed"
    with Screen() as screen:
        screen.run(terminal, SMALL, [console.PROGRAM, "--demo"])
        screen.press(b"\r")
        made = xserver.poll(lambda: decodable(small(screen)), CODE_SECONDS)
    if not made:
        return "terminals.py: no picture that the decoders read came about"
    Path(path).write_bytes(made)
    print(f"{path}: {len(made)} bytes, read by {' and '.join(decode.DECODERS)}")
    return 0


def small(screen):
    """A photograph of the terminal alone, at the upper left of the screen."""
    width, height = screen.pixels()
    command = ["convert", "png:-", "-crop", f"{width}x{height}+0+0", "+repage", "+dither",
               "-colors", str(PICTURE_COLOURS), "-define", "png:compression-level=9", "-strip", "png8:-"]
    return subprocess.run(command, input=screen.photo(), capture_output=True, timeout=xserver.PHOTO_SECONDS,
                          check=True).stdout


def decodable(picture):
    got = set(decode.decode_all(picture).values())
    return picture if len(got) == 1 and None not in got else None


def missing_here():
    return xserver.missing() or decode.missing()


def main():
    parser = argparse.ArgumentParser(description="Photographs real terminals that show the console.")
    parser.add_argument("--all", action="store_true", help="all installed terminals, as a table")
    parser.add_argument("--picture", metavar="FILE", help="photograph the demo at 80x24")
    arguments = parser.parse_args()
    reason = missing_here()
    if not (arguments.all or arguments.picture):
        return sample(reason)
    if reason:
        return f"terminals.py: {reason}"
    return take_picture(arguments.picture) if arguments.picture else report()


if __name__ == "__main__":
    sys.exit(main())
