# SPDX-License-Identifier: MIT
# One picture of the corpus: a symbol's modules, and what convert (ImageMagick) makes of them. The same at every run.
import os
import subprocess
from dataclasses import dataclass, field

CONVERT_SECONDS = 120
FILTERS = {"nearest": ("-sample",), "bilinear": ("-filter", "triangle", "-resize"),
           "lanczos": ("-filter", "Lanczos", "-resize")}
MARGIN = 4
PITCH = 4
STAMP = 10


@dataclass
class Picture:
    kind: str                     # the row of the report
    name: str
    payload: bytes
    rows: list                    # of modules, 1 = dark
    margin: int = MARGIN
    steps: list = field(default_factory=list)  # words of one run of convert, and the format it writes
    undamaged: bool = False       # every module is there to see
    stamp: str = None             # the shape of a dark module, of STAMPS, at STAMP pixels a module
    finders: str = None           # the shape of the finder patterns, of FINDERS, likewise

    @property
    def modules(self):
        return len(self.rows) + 2 * self.margin

    def then(self, *words, to="png"):
        """A further run of convert; the one before writes a lossless format, or what it was told."""
        self.steps.append((list(map(str, words)), to))
        return self

    def scaled(self, pitch=PITCH):
        return self.then("-scale", f"{100 * pitch}%")

    def resized(self, width, how):
        return self.then(*FILTERS[how], f"{width}x{width}!")

    def jpeg(self, quality, sampling="4:2:0"):
        return self.then("-quality", quality, "-sampling-factor", sampling, to="jpg").then()

    def png(self):
        """The bytes of the picture."""
        if self.stamp or self.finders:
            data = _stamped_pgm(self.rows, self.margin, STAMPS[self.stamp or "squares"], FINDERS[self.finders or "squares"])
        else:
            data = _modules_pgm(self.rows, self.margin)
        source = "pgm"
        for words, target in _joined(self.steps):
            data = _convert(data, source, words, target)
            source = target
        return data


def _joined(steps):
    """Steps that lose nothing between them are one run of convert."""
    runs = []
    for words, target in steps or [([], "png")]:
        if runs and runs[-1][1] == "png":
            words = runs.pop()[0] + words
        runs.append((words, target))
    return runs


def _modules_pgm(rows, margin):
    width = len(rows) + 2 * margin
    blank = b"\xff" * width
    side = b"\xff" * margin
    body = [side + bytes(0 if dark else 255 for dark in row) + side for row in rows]
    return b"P5\n%d %d\n255\n" % (width, width) + b"".join([blank] * margin + body + [blank] * margin)


# Whether a place in a module, from -0.5 to 0.5 of its middle, is dark.
STAMPS = {
    "squares": lambda x, y: True,
    "dots": lambda x, y: x * x + y * y <= 0.2,
    "small dots": lambda x, y: x * x + y * y <= 0.12,
    "squares apart": lambda x, y: max(abs(x), abs(y)) <= 0.4,
    "diamonds": lambda x, y: abs(x) + abs(y) <= 0.6,
    "bars": lambda x, y: abs(x) <= 0.36,
}


def _ring(outer, inner, middle):
    """Of three shapes, each (x, y, half a side) -> whether it holds the place, the dark ones of a finder."""
    return lambda x, y: (outer(x, y, 3.5) and not inner(x, y, 2.5)) or middle(x, y, 1.5)


def _square(x, y, half):
    return max(abs(x), abs(y)) <= half


def _circle(x, y, half):
    return x * x + y * y <= half * half


def _rounded(x, y, half):
    corner = half * 0.55
    x, y = max(abs(x) - half + corner, 0), max(abs(y) - half + corner, 0)
    return x * x + y * y <= corner * corner


def _leaf(x, y, half):
    """Two opposite corners are round."""
    return _square(x, y, half) if x * y > 0 else _rounded(x, y, half)


def _star(x, y, half):
    return abs(x) + abs(y) <= half * 1.15 and max(abs(x), abs(y)) <= half


# Whether a place, in modules from a finder's middle, is dark.
FINDERS = {
    "squares": _ring(_square, _square, _square),
    "circles": _ring(_circle, _circle, _circle),
    "rounded": _ring(_rounded, _rounded, _rounded),
    "rounded, round inside": _ring(_rounded, _rounded, _circle),
    "square, round inside": _ring(_square, _square, _circle),
    "leaves": _ring(_leaf, _leaf, _circle),
    "stars inside": _ring(_rounded, _rounded, _star),
}


def _finder_middle(row, column, size):
    """The middle of the finder that holds the module, or None."""
    if min(row, size - 1 - row) > 6 or min(column, size - 1 - column) > 6 or (row > 6 and column > 6):
        return None
    return 3.5 if row < 7 else size - 3.5, 3.5 if column < 7 else size - 3.5


def _stamped_pgm(rows, margin, stamp, finder):
    size = len(rows)
    places = [(at + 0.5) / STAMP - 0.5 for at in range(STAMP)]
    light = [b"\xff" * STAMP] * STAMP
    shape = [bytes(0 if stamp(x, y) else 255 for x in places) for y in places]

    def drawn(r, c):
        middle = _finder_middle(r, c, size)
        if not middle:
            return shape if rows[r][c] else light
        y, x = r + 0.5 - middle[0], c + 0.5 - middle[1]
        return [bytes(0 if finder(x + dx, y + dy) else 255 for dx in places) for dy in places]

    blank = b"\xff" * ((size + 2 * margin) * STAMP)
    side = b"\xff" * (margin * STAMP)
    body = []
    for r in range(size):
        modules = [drawn(r, c) for c in range(size)]
        body += [side + b"".join(module[line] for module in modules) + side for line in range(STAMP)]
    lines = [blank] * (margin * STAMP) + body + [blank] * (margin * STAMP)
    return b"P5\n%d %d\n255\n" % (len(blank), len(lines)) + b"".join(lines)


def _convert(data, source, words, target):
    # One thread, or the noise would differ from run to run.
    environment = dict(os.environ, MAGICK_THREAD_LIMIT="1", OMP_NUM_THREADS="1")
    plain = ["-strip", "-define", "png:exclude-chunks=date,time"] if target == "png" else []
    plain += [] if "-depth" in words else ["-depth", "8"]
    done = subprocess.run(["convert", f"{source}:-", *words, *plain, f"{target}:-"], input=data, capture_output=True,
                          timeout=CONVERT_SECONDS, check=False, env=environment)
    if done.returncode != 0 or done.stderr:
        raise RuntimeError(f"convert {' '.join(words)}: {done.stderr.decode(errors='replace')}")
    return done.stdout
