# SPDX-License-Identifier: MIT
# The console as its operator sees it: started in a terminal, read back as rows, phases, clocks, hints and a code.
import os
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import decode
import raster
import tap
import term

# Waits end as soon as what they wait for is there; under valgrind on a busy machine that takes long.
SECONDS = float(os.environ.get("SCANDECK_TEST_SECONDS", "60"))
PROGRAM = os.path.abspath(os.environ.get("SCANDECK", "build/scandeck"))
SOURCE = Path(os.environ.get("SRCDIR") or Path(__file__).resolve().parents[2])
CURSORS = "▸>"
WIDE_SEXTANTS = {"\U0001FB02", "\U0001FB0B", "\U0001FB0E"}
# Modules that a cell of each mode shows across and down, and the cells that a module takes across.
MODES = {"half": (1, 2, 1), "wide-sextant": (1, 3, 1), "sextant": (2, 3, 1), "full": (1, 1, 2)}
# The versions 10 and 11 at level L: what the two forms of payload need.
MODULES = (57, 61)
BAR = "(?:[█▉▊▋▌▍▎▏·#.]+ +)?"
CLOCKS = re.compile(rf"code {BAR}(\d+) s +session {BAR}(\d+) s(?: +(\d) of 5)?")


# Of problems, codes, what is unlinked, waits, is linked.
HEADER_SIGNS = "✗▣·↻✓"
HEADER_GROUP = re.compile(rf"([{HEADER_SIGNS}]) (\d+)(?:(?: of |/)(\d+))?")
HEADER_FLEET = re.compile(r" (\d+)(?: of (\d+))? instances?( · demo)?$")


class Header(NamedTuple):
    """Numbers as (on the list, in the fleet)."""

    groups: dict
    fleet: tuple
    demo: bool

    def adds_up(self):
        return all(sum(group[i] for group in self.groups.values()) == self.fleet[i] for i in (0, 1))


class Code(NamedTuple):
    """Where a code is on the screen, and in which mode; `whole`: it has the size that the mode gives it."""

    mode: str
    column: int
    row: int
    columns: int
    rows: int
    whole: bool


class Console(term.Terminal):
    """
    A Terminal that knows scandeck's panels.

    with console.demo("--readonly", cols=120, rows=40) as c:
        c.send("Enter")
        code = c.wait_code()
        assert c.selected() == "sales-eu" and c.phase("sales-eu") == "code shown"
    """

    def wait(self, what, timeout=SECONDS):
        return super().wait(what, timeout)

    def wait_gone(self, what, timeout=SECONDS):
        return super().wait_gone(what, timeout)

    def wait_exit(self, timeout=SECONDS):
        return super().wait_exit(timeout)

    def press(self, key, what):
        """Presses a key and waits for what it brings."""
        self.send(key)
        return self.wait(what)

    def press_past_octants(self, key, what):
        """Like press(); where the C library knows octants, and so the console asks about them, the answer is no."""
        question = "octants: solid stairs"
        self.press(key, lambda c: what in c.text() or question in c.text())
        return self.press("n", what) if question in self.text() else self.wait(what)

    def configure(self, text):
        """Writes a configuration; returns the arguments that name it."""
        path = self.home / "test.conf"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        return ["-c", str(path)]

    def bottom(self):
        return self.lines()[-1]

    def hints(self):
        """{word: key} of the bottom line."""
        return {word: key for key, word in re.findall(r"(\S+) ([a-z]+)(?:  |$)", self.bottom())}

    def listed(self):
        """{label: its row} of the list; rows of other panels begin otherwise."""
        pattern = re.compile(rf"[{CURSORS} ](?:[^\s\d*][ *])?\*?([a-z][\w-]*)(?=[ …│|]).*")
        found = (pattern.match(line) for line in self.lines()[:-1])
        return {match[1]: match[0] for match in found if match}

    def selected(self):
        """The label under the cursor, or None."""
        return next((label for label, row in self.listed().items() if row[0] in CURSORS), None)

    def phase(self, label):
        """The phase in words; only in windows whose list has the space for them."""
        match = re.match(r".\S[ *][\w-]+ +\d{10} (.{1,14})", self.listed().get(label, ""))
        return match[1].strip() if match else None

    def prose(self):
        """The text beside the narrow list as one line, so that sentences can be looked for that are wrapped on it."""
        return " ".join(" ".join(re.sub(r"^.{14}[│|]", "", line) for line in self.lines()).split())

    def clocks(self):
        """(seconds of the code, of the session, number of the code) that the clocks show, or None."""
        match = CLOCKS.search(self.text())
        return tuple(int(group or 0) for group in match.groups()) if match else None

    def header(self):
        """The Header in the first line, or None."""
        line = self.lines()[0]
        groups = {sign: (int(shown), int(whole or shown)) for sign, shown, whole in HEADER_GROUP.findall(line)}
        fleet = HEADER_FLEET.search(line)
        if list(groups) != list(HEADER_SIGNS) or not fleet:
            return None
        return Header(groups, (int(fleet[1]), int(fleet[2] or fleet[1])), bool(fleet[3]))

    def log_lines(self):
        return [line for line in self.lines() if re.match(r"\d\d:\d\d:\d\d ", line)]

    def code(self):
        """The Code on the screen, or None."""
        return find_code(self.cells())

    def wait_code(self, mode=None, timeout=SECONDS):
        """Waits for a whole code, of this mode if one is given."""
        def there(c):
            code = c.code()
            return code if code and code.whole and mode in (None, code.mode) else None
        return self.wait(there, timeout)

    def payload(self, decoder="zbarimg", theme="dark"):
        """What a decoder reads on the screen, or None; the screen is cropped, which only spares time."""
        grid = self.cells()
        code = find_code(grid)
        return decode.decode(picture(grid, code, theme), decoder) if code else None


def picture(grid, code, theme="dark"):
    left, top = max(code.column - 4, 0), max(code.row - 2, 0)
    crop = (left, top, code.column + code.columns + 4 - left, code.row + code.rows + 2 - top)
    return raster.render(grid, theme=theme, crop=crop)


def find_code(grid):
    """Nothing but the code has a background of its own; without colours, nothing else but a question is in reverse."""
    for is_lit in (lambda cell: cell.bg is not None, lambda cell: cell.reverse):
        lit = [(x, y) for y, row in enumerate(grid) for x, cell in enumerate(row) if is_lit(cell)]
        if lit:
            return _measure(grid, lit)
    return None


def _measure(grid, lit):
    columns, rows = zip(*lit)
    left, top, right, bottom = min(columns), min(rows), max(columns), max(rows)
    width, height = right - left + 1, bottom - top + 1
    glyphs = {cell.char for row in grid[top:bottom + 1] for cell in row[left:right + 1]}
    mode = _mode(glyphs)
    solid = len(lit) == width * height or not any(grid[y][x].bg is not None for x, y in lit)
    return Code(mode, left, top, width, height, solid and (width, height) in [size(mode, n) for n in MODULES])


def _mode(glyphs):
    if glyphs == {" "}:
        return "full"
    if glyphs <= {" ", "▀"}:
        return "half"
    return "wide-sextant" if glyphs <= WIDE_SEXTANTS | {" "} else "sextant"


def size(mode, modules):
    """Columns and rows of a code with its quiet zone."""
    across, down, cells = MODES[mode]
    return -(-(modules + 4) // across) * cells, -(-(modules + 2) // down)


def row_phase(row, phases):
    """The phase that a row of the list names, or None."""
    words = re.sub(r"^.\S [\w-]+ +\d{10} ", "", row)
    return next((phase for phase in sorted(phases, key=len, reverse=True) if words.startswith(phase)), None)


@contextmanager
def running(argv, cols=80, rows=24, ready=True, setup=None, **terminal):
    """A Console with this command in it. `setup`: function of the Console that returns further arguments."""
    with Console(**terminal) as c:
        c.start([*argv, *(setup(c) if setup else [])], cols, rows)
        if ready:
            c.wait(is_ready)
        yield c


def demo(*options, cols=80, rows=24, speed=1, sextants="yes", **more):
    """The demo; tmux hides the terminal's name, so that sextants have to be allowed."""
    argv = [PROGRAM, "--demo", "--demo-speed", str(speed), "-o", f"sextants={sextants}", "-o", "sort=config", *options]
    return running(argv, cols, rows, **more)


def at_service(service, labels, *options, text="", **more):
    """The console with instances of an imitated service: labels is {label: (id, token)}."""
    sections = [f"[instance {label}]\nid = {ident}\ntoken = {token}\n" for label, (ident, token) in labels.items()]
    config = f"api_url = {service.url}\nsextants = yes\nsort = config\n{text}\n" + "\n".join(sections)
    return running([PROGRAM, *options], setup=lambda c: c.configure(config), **more)


def is_ready(c):
    return c.bottom().endswith("quit")


def action_table():
    """The rows of ACTION_TABLE: [name, keys, context, hint, help]."""
    header = (SOURCE / "src/core/action.h").read_text(encoding="utf-8")
    table = header[header.index("#define ACTION_TABLE"):header.index("enum action")].replace("\\\n", "")
    rows = re.findall(r'X\(ACTION_\w+, "(.*?)", "(.*?)", CONTEXT_(\w+), "(.*?)", "(.*?)"\)', table)
    return [list(row) for row in rows]


def phase_words():
    header = (SOURCE / "src/core/phase.h").read_text(encoding="utf-8")
    return re.findall(r'X\(PHASE_\w+, "([^"]*)"', header)


def main(*checks, needs=()):
    """Runs the checks, each a function of a Tap. `needs`: functions like decode.missing()."""
    t = tap.Tap()
    for missing in (term.missing, *needs):
        if missing():
            sys.exit(t.skip_all(missing()))
    for check in checks:
        t.run(check, t)
    sys.exit(t.done())
