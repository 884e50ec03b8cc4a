# SPDX-License-Identifier: MIT
# Tables as text, for the reports that people read.


def lines(head, rows):
    """A heading, a rule, and the rows; columns as wide as their longest word, numbers to the right."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(head))]
    texts = ["  ".join(_fit(cell, width) for cell, width in zip(row, widths)).rstrip() for row in cells]
    return [texts[0], "  ".join("-" * width for width in widths), *texts[1:]]


def show(title, head, rows):
    print("\n" + "\n".join([title, "", *lines(head, rows)]), flush=True)


def _fit(cell, width):
    return cell.rjust(width) if cell[:1].isdigit() and "/" in cell else cell.ljust(width)
