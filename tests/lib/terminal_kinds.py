# SPDX-License-Identifier: MIT
# How terminals answer, as measured (terminals.md 3 and 7), and what is to follow from it.
from typing import NamedTuple

from fake_terminal import Kind


class Known(NamedTuple):
    """A terminal and what scandeck is to say of it; `can`: abilities beside half blocks; `inside`: it hides another."""

    kind: Kind
    name: str
    can: frozenset = frozenset()
    graphics: str = "none"
    resizes: bool = False
    inside: bool = False
    asked_for_kitty: bool = False
    term: str = "xterm-256color"


SEXTANTS, PICTURES = frozenset({"sextants"}), frozenset({"pictures"})
CELL = (8, 17)

TERMINALS = [
    Known(Kind("62;", "1;4000;26", "kitty(0.26.5)", CELL, kitty=True), "kitty(0.26.5)", SEXTANTS | PICTURES, "kitty",
          asked_for_kitty=True, term="xterm-kitty"),
    Known(Kind("62;4;22", "1;011301;0", "foot(1.13.1)", CELL), "foot(1.13.1)", SEXTANTS | PICTURES, "sixel"),
    Known(Kind("65;1;9", "65;7006;1"), "VTE(7006)", SEXTANTS, resizes=True),
    Known(Kind("61;1;21;22", "61;8001;1", "VTE(8001)"), "VTE(8001)", SEXTANTS, resizes=True),
    Known(Kind("62;1;4", "1;115;0", "Konsole 22.12.3", CELL, kitty=True), "Konsole 22.12.3", SEXTANTS | PICTURES,
          "kitty", resizes=True, asked_for_kitty=True),
    Known(Kind("6", "0;1700;1"), "Alacritty"),
    Known(Kind("6", "0;2500;1"), "Alacritty", SEXTANTS),
    Known(Kind("64;1;2;6;9;15;16;17;18;21;22;28", "41;379;0", "XTerm(379)"), "XTerm(379)"),
    Known(Kind("63;1;2;4;6;9;15;22", "41;379;0", "XTerm(379)"), "XTerm(379)", graphics="sixel"),
    Known(Kind("6", "0;136;0"), "PuTTY", resizes=True),
    Known(Kind("1;2", "85;95;0"), "rxvt-unicode", resizes=True),
    Known(Kind("63;1;2;3;4;7;29", "24;279;0", None, CELL), "mlterm", PICTURES, "sixel", resizes=True),
    Known(Kind("1;2", "84;0;0", "tmux 3.3a", (16, 32), kitty=True), "tmux 3.3a", inside=True, term="tmux-256color"),
    Known(Kind("62;4", "84;0;0", "tmux 3.5a", (16, 32), kitty=True), "tmux 3.5a", inside=True, term="screen-256color"),
    Known(Kind("1;2", "83;40900;0", None, kitty=True), "GNU screen", inside=True, term="screen.xterm-256color"),
    Known(Kind("62", "1;10;0", None, kitty=True), "mosh", inside=True),
    Known(Kind("6"), "unknown"),
    Known(Kind("62;4", None, "terminology 1.14.0", CELL, kitty=True), "terminology 1.14.0", PICTURES, "sixel"),
    # A screen that passes another terminal's name on.
    Known(Kind("62", None, "kitty(0.26.5)", kitty=True), "kitty(0.26.5)", SEXTANTS, term="screen-256color"),
]
