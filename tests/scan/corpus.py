#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Pictures of every kind the service might send, read by ours, zbar, and ZXing. `--all` prints the table over the whole
# corpus, `--only TEXT` over the pictures whose kind or name holds the text; without an option a sample is the test.
import argparse
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "lib"))
import corpus_kinds  # noqa: E402
import decode  # noqa: E402
import qrcode  # noqa: E402
import tap  # noqa: E402

PROGRAM = os.environ.get("SCANDECK", "build/scandeck")
READERS = ("ours", "zbar", "ZXing")
WORKERS = 2
RENDER_SECONDS = 60
SAMPLE_OF_KIND = 12
PNG_BYTES_MAX = 32 * 1024 * 1024  # what the program takes


class Result:
    def __init__(self, picture, png, answers):
        self.picture, self.png, self.answers = picture, png, answers

    def read(self, reader):
        """Ours must give the very bytes; the others may also give kanji as UTF-8."""
        payload, answer = self.picture.payload, self.answers[reader]
        return answer is not None and (answer == payload or (reader != "ours" and answer == as_utf8(payload)))

    @property
    def wrong(self):
        return self.answers["ours"] not in (None, self.picture.payload)

    @property
    def missed(self):
        return not self.read("ours") and (self.read("zbar") or self.read("ZXing"))

    def __str__(self):
        who = " and ".join(reader for reader in READERS if self.read(reader)) or "nobody"
        return f"{self.picture.kind}: {self.picture.name}: read by {who}"


def as_utf8(payload):
    try:
        return payload.decode("shift_jis").encode()
    except UnicodeDecodeError:
        return payload


def ours(png):
    done = subprocess.run([PROGRAM, "render", "--payload", "-"], input=png, capture_output=True, timeout=RENDER_SECONDS,
                          check=False)
    if done.returncode not in (0, 2):
        raise RuntimeError(f"render ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout if done.returncode == 0 else None


def read_by_all(picture):
    png = picture.png()
    if len(png) > PNG_BYTES_MAX:
        raise ValueError(f"{picture.kind}: {picture.name}: {len(png)} bytes of PNG")
    return Result(picture, png, {"ours": ours(png), "zbar": decode.decode(png, "zbarimg", "-Stest-inverted"),
                                 "ZXing": decode.decode(png, "ZXingReader")})


def read_pictures(pictures):
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(read_by_all, pictures))


def by_kind(results):
    kinds = {}
    for result in results:
        kinds.setdefault(result.picture.kind, []).append(result)
    return kinds


def print_row(name, results):
    reads = [sum(result.read(reader) for result in results) for reader in READERS]
    undamaged = [result for result in results if result.picture.undamaged]
    print(f"{name:22} {len(results):8} {reads[0]:6} {reads[1]:6} {reads[2]:6} "
          f"{sum(result.missed for result in results):7} "
          f"{sum(not result.read('ours') for result in undamaged):4} of {len(undamaged):3} "
          f"{sum(result.wrong for result in results):6}")


def report(results):
    print(f"{'':22} pictures   ours   zbar  ZXing  missed  undamaged  wrong")
    for kind, some in by_kind(results).items():
        print_row(kind, some)
    print_row("all", results)
    for title, chosen in (("ours misses, another reads", lambda r: r.missed),
                          ("undamaged, and ours misses", lambda r: r.picture.undamaged and not r.read("ours")),
                          ("ours returns a wrong payload", lambda r: r.wrong)):
        some = [result for result in results if chosen(result)]
        print(f"\n{title}: {len(some)}")
        for result in some:
            print(f"  {result}")
    return 1 if any(r.missed or r.wrong or (r.picture.undamaged and not r.read("ours")) for r in results) else 0


def keep(results, directory):
    """Writes the pictures that ours did not read, for a closer look."""
    Path(directory).mkdir(parents=True, exist_ok=True)
    for result in results:
        if not result.read("ours"):
            name = f"{result.picture.kind}-{result.picture.name}"
            name = "".join(c if c.isalnum() or c in ".-" else "_" for c in name)
            (Path(directory) / f"{name}.png").write_bytes(result.png)


def sample(pictures):
    """As many of each kind, spread over it."""
    kinds = {}
    for picture in pictures:
        kinds.setdefault(picture.kind, []).append(picture)
    return [some[index * len(some) // SAMPLE_OF_KIND] for some in kinds.values() for index in range(SAMPLE_OF_KIND)]


def check_sample(t):
    for kind, results in by_kind(read_pictures(sample(corpus_kinds.catalogue()))).items():
        missed = [str(result) for result in results if result.missed]
        t.ok(not missed, f"{kind}: ours misses none that zbar or ZXing reads", *missed)
        undamaged = [result for result in results if result.picture.undamaged]
        missed = [str(result) for result in undamaged if not result.read("ours")]
        if undamaged:
            t.ok(not missed, f"{kind}: none of {len(undamaged)} undamaged is missed", *missed)
        wrong = [str(result) for result in results if result.wrong]
        t.ok(not wrong, f"{kind}: no wrong payload", *wrong)


def check_structured_append(t):
    for png, part, parts in corpus_kinds.structured_append():
        done = subprocess.run([PROGRAM, "render", "--json", "-"], input=png, capture_output=True,
                              timeout=RENDER_SECONDS, check=False)
        wanted = f"structured append, symbol {part} of {parts}"
        t.ok(done.returncode == 2 and wanted in done.stdout.decode(), f"refused by name: {wanted}", done.stdout)


def check_golden(t):
    """Pictures that were made once and stay, each with its payload beside it."""
    files = sorted((HERE / "golden").glob("*.png"))
    t.ok(files, "there are golden pictures")
    for file in files:
        t.equal(ours(file.read_bytes()), file.with_suffix(".txt").read_bytes(), f"golden: {file.stem}")


def missing():
    if not shutil.which("convert"):
        return "ImageMagick's convert is not installed"
    return qrcode.missing() or decode.missing()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true", help="read the whole corpus and print the table")
    parser.add_argument("--only", metavar="TEXT", help="the same for pictures whose kind or name holds this text")
    parser.add_argument("--keep", metavar="DIRECTORY", help="write the pictures there that ours does not read")
    options = parser.parse_args()
    t = tap.Tap()
    if missing():
        sys.exit(t.skip_all(missing()))
    if options.all or options.only:
        wanted = (options.only or "").lower()
        results = read_pictures(p for p in corpus_kinds.catalogue() if wanted in f"{p.kind}: {p.name}".lower())
        if options.keep:
            keep(results, options.keep)
        sys.exit(report(results))
    check_sample(t)
    check_structured_append(t)
    check_golden(t)
    sys.exit(t.done())


if __name__ == "__main__":
    main()
