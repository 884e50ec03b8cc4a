# SPDX-License-Identifier: MIT
# A tiny TAP producer: one Tap per test program, plan at the end, automake's tap-driver reads it.
import sys
import traceback
from contextlib import contextmanager


class Skip(Exception):
    """Raised inside a case: the case counts as skipped, the text is the reason."""


class Tap:
    """
    t = Tap()
    with t.case("a code is drawn"):
        assert term.wait("verified")
    t.equal(got, wanted, "the payload")
    sys.exit(t.done())
    """

    def __init__(self, out=None):
        self.out = out or sys.stdout
        self.count = 0
        self.failed = 0

    def ok(self, condition, name, *diagnostics):
        """One test point. The diagnostics are printed only when it fails. Returns the condition as bool."""
        self._point("ok" if condition else "not ok", name)
        if not condition:
            self.failed += 1
            for text in diagnostics:
                self.say(text)
        return bool(condition)

    def equal(self, got, wanted, name):
        return self.ok(got == wanted, name, f"got    {got!r}", f"wanted {wanted!r}")

    def skip(self, name, reason):
        self._point("ok", name, f" # SKIP {_one_line(reason)}")

    @contextmanager
    def case(self, name):
        """The block is one test point: it fails on any exception and skips on Skip(reason)."""
        try:
            yield
        except Skip as skipped:
            self.skip(name, str(skipped))
        except Exception as error:
            self.ok(False, name, *_explain(error))
        else:
            self.ok(True, name)

    def say(self, text):
        """A diagnostic; every line of it becomes a TAP comment."""
        for line in str(text).splitlines() or [""]:
            self._print(f"# {line}".rstrip())

    def run(self, check, *args):
        """Calls a function that makes test points of its own; an exception of it is a failed or skipped point, not the end."""
        try:
            check(*args)
        except Skip as skipped:
            self.skip(check.__name__, str(skipped))
        except Exception as error:
            self.ok(False, check.__name__, *_explain(error))

    def skip_all(self, reason):
        """Instead of any point: the whole program is skipped. Returns the exit code."""
        self._print(f"1..0 # SKIP {_one_line(reason)}")
        return 0

    def done(self):
        """Prints the plan. Returns the exit code: 0 when nothing failed."""
        self._print(f"1..{self.count}" if self.count else "1..0 # SKIP no test ran")
        return 1 if self.failed else 0

    def _point(self, result, name, directive=""):
        self.count += 1
        self._print(f"{result} {self.count} - {_one_line(name)}{directive}")

    def _print(self, line):
        # Unprintable text of a failing test must neither end the run nor confuse the driver.
        safe = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line)
        encoding = getattr(self.out, "encoding", None) or "utf-8"
        print(safe.encode(encoding, "backslashreplace").decode(encoding), file=self.out, flush=True)


def _one_line(text):
    # '#' begins a directive in TAP.
    return " ".join(str(text).replace("#", "no.").split())


def _explain(error):
    """An assertion that carries a text explains itself; anything else needs to show where it happened."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    if not isinstance(error, AssertionError):
        return ["".join(traceback.format_exception(error))]
    first = traceback.extract_tb(error.__traceback__)[1:2] or [place]
    return [f"{first[0].filename}:{first[0].lineno}: {first[0].line}", str(error)]
