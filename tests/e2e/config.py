#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The configuration at the command line: where it may come from, what needs none, and that mistakes get a sentence.
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))
import tap  # noqa: E402

PROGRAM = os.path.abspath(os.environ.get("SCANDECK", "build/scandeck"))
TEXT = "[instance shop]\nid = 7103000001\ntoken_env = SHOP\n"
TOKEN = "d75b3a66374942c5b3c019c698abc2067e151558acbd412345"


def run(*words, home, data=None, shell=False):
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", "TERM": "xterm"}
    command = words[0] if shell else [PROGRAM, *map(str, words)]
    return subprocess.run(command, input=data, capture_output=True, timeout=60, env=env, cwd=home, start_new_session=True,
                          shell=shell, executable="/bin/bash" if shell else None)


def says(t, got, code, words, name):
    """One sentence or page that holds the words; no token in it."""
    text = (got.stdout + got.stderr).decode()
    t.ok(got.returncode == code and words in text and TOKEN not in text and "\0" not in text, name, got.returncode, text)


def check_none(t, home):
    """What works on a machine where nobody configured anything."""
    says(t, run("keys", home=home), 0, "logout", "keys needs no configuration")
    says(t, run("keys", "--json", home=home), 0, '"actions":', "keys --json neither")
    for words in (["--help"], ["keys", "--help"], ["--version"]):
        says(t, run(*words, home=home), 0, "scandeck", f"{' '.join(words)} neither")
    says(t, run("check", "--demo", home=home), 0, "renewals", "the demo neither")
    says(t, run("keys", "-c", "gone.conf", home=home), 2, "gone.conf: the configuration cannot be opened", "but one that is named must be there")
    says(t, run("status", home=home), 2, "there is no configuration yet", "other commands say how to begin")


def check_sources(t, home):
    (home / "test.conf").write_text(TEXT, encoding="utf-8")
    says(t, run("check", "-c", "-", home=home, data=TEXT.encode()), 0, "7103000001", "-c - is standard input")
    says(t, run("check", "-c", "/dev/stdin", home=home, data=b"\xef\xbb\xbf" + TEXT.encode()), 0, "7103000001", "so is /dev/stdin")
    says(t, run(f"{PROGRAM} check -c <(sleep 0.2; cat test.conf)", home=home, shell=True), 0, "7103000001", "a process substitution is read")
    says(t, run(f"{PROGRAM} check -c - < test.conf", home=home, shell=True), 0, "7103000001", "a file as standard input")
    says(t, run("check", "-c", "-", home=home, data=TEXT.encode() + b"foo = 1\n"), 2, "standard input:4: unknown option 'foo'",
         "mistakes name it")
    says(t, run("check", "-c", "-", home=home, data=f"{TEXT}token = {TOKEN}\n".encode()), 2, "token besides token_env", "and no token")
    says(t, run("check", "-c", "-", home=home, data=b""), 2, "the configuration gave nothing", "nothing is no configuration")
    says(t, run("check", "-c", "", home=home), 2, "--config needs a value, and it is empty", "nor is an empty name")
    says(t, run("check", "-c", home, home=home), 2, "is a directory, not a file", "nor a directory")
    says(t, run("check", "-c", "/dev/null", home=home), 2, "gave nothing", "nor /dev/null")


def check_texts(t, home):
    path = home / "text.conf"

    def check(data, code, words, name):
        path.write_bytes(data)
        path.chmod(0o600)
        says(t, run("check", "-c", path, home=home), code, words, name)
    check(b"\xef\xbb\xbf" + TEXT.encode(), 0, "7103000001", "a byte order mark is skipped")
    check(TEXT.encode("utf-16"), 2, "is UTF-16: save it as UTF-8", "UTF-16 is named")
    check(TEXT.encode("utf-16-be"), 2, "is UTF-16: save it as UTF-8", "also without its mark")
    check(TEXT.replace("\n", "\r").encode(), 0, "7103000001", "lines may end in CR")
    check(f"[instance a]\rid = {TOKEN}\rtoken = {TOKEN}!\r".encode(), 2, "the token is not 1 to 256", "and mistakes in them are told apart")
    check(f"[instance a]\nid = 1\ntoken = {TOKEN}\0\n".encode(), 2, "text.conf:3: this line holds a NUL byte", "a NUL byte is named")
    check(TEXT.replace("shop", "caf\u00e9").encode("latin-1"), 2, "text.conf:1: the label is not UTF-8", "a label in Latin-1 is refused")
    check(b"#" * 10_000_000, 2, "is larger than 1048576 bytes", "10 MB are no configuration")
    check(TEXT.encode() + b"api_url = https://x.y/" + b"a" * 300, 2, "text.conf:4: this line is longer than 199 bytes", "a long line is named")
    check(b'{"idInstance": 7103000001, "apiTokenInstance": "' + TOKEN.encode() + b'"}', 2, "this is JSON", "JSON is named, and not repeated")


def check_names(t, home):
    for word, meant in (("list", "status"), ("ls", "status"), ("login", "link"), ("qr", "link"), ("validate", "check"), ("restart", "reboot")):
        says(t, run(word, home=home), 2, f"unknown command '{word}' (did you mean '{meant}'?)", f"{word} leads to {meant}")
    got = run("check", "--demo", "-o", "foo=1", home=home)
    says(t, got, 2, "-o: unknown option 'foo'", "-o foo is told")
    t.ok(b"did you mean" not in got.stderr, "and nothing suggested that is not near", got.stderr)


def check_relative(t, home):
    folder = home / "etc"
    folder.mkdir()
    (folder / "deck.conf").write_text("[instance shop]\nid = 7103000001\napi_url = http://127.0.0.1:1\ntoken_file = shop.token\n", encoding="utf-8")
    (folder / "shop.token").write_text("short\n", encoding="utf-8")
    (folder / "shop.token").chmod(0o644)
    says(t, run("status", "-c", "etc/deck.conf", home=home), 2, "token_file etc/shop.token: others can read it",
         "token_file counts from the configuration's folder")
    (folder / "shop.token").unlink()
    got = run("status", "-c", "etc/deck.conf", home=home)
    says(t, got, 2, "no token (line 1 of the configuration): token_file etc/shop.token cannot be opened",
         "a missing token is told with the configuration's line")


def main():
    t = tap.Tap()
    for check in (check_none, check_sources, check_texts, check_names, check_relative):
        with tempfile.TemporaryDirectory(prefix="scandeck-config-") as home:
            t.run(check, t, Path(home))
    sys.exit(t.done())


if __name__ == "__main__":
    main()
