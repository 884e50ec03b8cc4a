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
        stamp = STAMPS.get(self.stamp)
        data = _stamped_pgm(self.rows, self.margin, stamp) if stamp else _modules_pgm(self.rows, self.margin)
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
    "dots": lambda x, y: x * x + y * y <= 0.2,
    "small dots": lambda x, y: x * x + y * y <= 0.12,
    "squares apart": lambda x, y: max(abs(x), abs(y)) <= 0.4,
    "diamonds": lambda x, y: abs(x) + abs(y) <= 0.6,
    "bars": lambda x, y: abs(x) <= 0.36,
}


def _stamped_pgm(rows, margin, stamp):
    """The finder patterns stay squares."""
    size = len(rows)
    places = [(at + 0.5) / STAMP - 0.5 for at in range(STAMP)]
    light, full = [b"\xff" * STAMP] * STAMP, [b"\0" * STAMP] * STAMP
    shape = [bytes(0 if stamp(x, y) else 255 for x in places) for y in places]

    def drawn(r, c):
        if not rows[r][c]:
            return light
        return full if (r < 7 and (c < 7 or c >= size - 7)) or (r >= size - 7 and c < 7) else shape

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
