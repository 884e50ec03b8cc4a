#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A token in the wrong field, or on the command line, is shown nowhere; ids and checksums are. Labels come out as they went in.
Prints TAP."""
import json
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "lib"))
import tap  # noqa: E402

SCANDECK = os.path.abspath(os.environ.get("SCANDECK", "./scandeck"))
TOKEN = "d75b3a66374942c5b3c019c698abc2067e151558acbd412345"
PARTNER = "gac.1234567891234567891234567891213456789"
SHOWN_MOST = 11  # of a token: more than this of it is a leak
TOKENS = [TOKEN, TOKEN.upper(), TOKEN + "xyz", "x" + TOKEN, PARTNER,
          "https://7103.api.greenapi.com/waInstance7103/getStateInstance/" + TOKEN]
INSTANCE = "[instance a]\nid = 7103000001\n"
GOOD = INSTANCE + "token_env = NOPE\n"
# %s is the token.
FILES = [
    *(name + " = %s\n" + GOOD for name in ("api_url", "sort", "hook", "log_file", "ca_file", "theme", "poll", "qr_mode", "bell", "%s")),
    *(INSTANCE + name + " = %s\n" for name in ("token_env", "token_file", "api_url", "%s", "token_command")),
    "[instance a]\nid = %s\ntoken_env = NOPE\n", "[instance %s]\nid = 7103000001\ntoken_env = NOPE\n", "[%s]\na = b\n",
    INSTANCE + "%s\n", GOOD + "[keys]\n%s = q\n", GOOD + "[keys]\nquit = %s\n", GOOD + "[theme]\nwarn = %s\n", GOOD + "[theme]\n%s = red\n",
    "sort = age\r%s\r[instance a]\rid = 1\rtoken = %s\r", "# %s\r[instance a]\rid = 1\rtoken = %s\r",
]
ARGUMENTS = [["-o", "api_url=%s"], ["-o", "%s=1"], ["-o", "%s"], ["%s"], ["status", "%s"], ["link", "a", "%s"], ["render", "%s"],
             ["render", "./%s"], ["--%s"], ["-c", "%s"], ["-c", "/nowhere/%s/x"], ["--mode", "%s", "x"], ["-o", "sort=/%s/"],
             ["--log", "/nowhere/%s", "status"], ["--replay", "/nowhere/%s"]]
LABELS = ["❤️ shop", "می‌خواهم", "👨‍👩‍👧"]


def run(*arguments):
    environment = dict(os.environ, LC_ALL="C.UTF-8", HOME="/nonexistent", TERM="xterm-256color")
    done = subprocess.run([SCANDECK, *arguments], capture_output=True, stdin=subprocess.DEVNULL, env=environment, timeout=60,
                          check=False)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8"), done.stdout.decode("utf-8")


def parts(token):
    bare = token.rsplit("/", 1)[-1].lower()
    return [bare[at:at + SHOWN_MOST + 1] for at in range(0, len(bare) - SHOWN_MOST, 4)]


def leaks(token, text):
    return any(part in text.lower() for part in parts(token))


def write(text, name="c.conf"):
    with open(name, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    os.chmod(name, 0o600)
    return name


def check_files(t):
    for template in FILES:
        found = []
        for token in TOKENS:
            path = write(template.replace("%s", token))
            for command in (["check"], ["check", "--json"], ["status", "--json"]):
                text = run("-c", path, *command)[1]
                if leaks(token, text):
                    found += [" ".join(command) + ": " + text]
        t.ok(not found, "not shown: " + repr(template), *found)


def check_arguments(t):
    write(GOOD)
    for template in ARGUMENTS:
        found = []
        for token in TOKENS:
            arguments = [word.replace("%s", token) for word in template]
            code, text, _ = run("-c", "c.conf", *arguments)
            if leaks(token, text) or code == 0:
                found += [f"{code}: {text}"]
        t.ok(not found, "not shown: " + " ".join(template), *found)


def check_what_stays(t):
    path = "da39a3ee5e6b4b0d3255bfef95601890afd80709"
    text = run("-c", f"/nowhere/{path}/c.conf", "status")[1]
    t.ok(path in text, "a checksum in a path stays", text)
    text = run("-c", write(GOOD), "status", "710300000212")[1]
    t.ok("710300000212" in text, "an id stays", text)
    text = run("-c", write("api_url = " + TOKEN + "\n" + GOOD), "check")[1]
    t.ok("'***'" in text, "stars stand in its place", text)


def check_labels(t):
    path = write("".join(f"[instance {label}]\nid = {number}\ntoken_env = NOPE\n" for number, label in enumerate(LABELS, 7103000001)))
    out = run("-c", path, "status", "--json")[2]
    t.equal([json.loads(line)["instance"] for line in out.splitlines()], LABELS, "status --json gives labels as they are")
    out = run("-c", path, "check", "--json")[2]
    t.equal([instance["label"] for instance in json.loads(out)["instances"]], LABELS, "check --json does")
    for label in LABELS:
        out = run("-c", path, "status", "--json", label)[2]
        t.equal([json.loads(line)["instance"] for line in out.splitlines()], [label], f"'{label}' on the command line is found")
    rows = run("-c", path, "status")[2].splitlines()[1:]
    t.ok(all(len(row.split("  710300000")) == 2 for row in rows) and not any(c in "".join(rows) for c in "\u200d\u200c\ufe0f"),
         "the table has no character of which the width is unsure", *rows)


def check_children(t):
    """A token command gets no other's token, and none of our descriptors: not even one that we were started with."""
    script = "(ls /proc/$$/fd; env) >seen; echo " + TOKEN
    write("[instance a]\nid = 1\ntoken_env = FIRST_TOKEN\n[instance b]\nid = 2\ntoken_command = " + script +
          "\napi_url = http://127.0.0.1:9\n")
    leak = os.open("/dev/null", os.O_RDONLY)
    environment = dict(os.environ, FIRST_TOKEN=TOKEN, LC_ALL="C.UTF-8")
    subprocess.run([SCANDECK, "-c", "c.conf", "status", "b"], capture_output=True, stdin=subprocess.DEVNULL, pass_fds=[leak],
                   env=environment, timeout=60, check=False)
    os.close(leak)
    with open("seen", encoding="utf-8") as file:
        lines = file.read().splitlines()
    t.equal([line for line in lines if line.isdigit()], ["0", "1", "2"], "a token command has three descriptors")
    t.ok(not any(line.startswith("FIRST_TOKEN") for line in lines), "and no token of another instance", *lines)


def check_signals(t):
    """A token command may take half a minute; who gives up does not wait for it."""
    write("[instance a]\nid = 1\napi_url = http://127.0.0.1:9\ntoken_command = : >begun; sleep 60 | cat\n")
    for words in (["status"], ["link", "a"], ["link", "--json", "a"]):
        with subprocess.Popen([SCANDECK, "-c", "c.conf", *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as program:
            end = time.monotonic() + 60
            while not os.path.exists("begun") and time.monotonic() < end:
                time.sleep(0.02)
            began = time.monotonic()
            program.terminate()
            code = program.wait(60)
        t.ok(code == 130 and time.monotonic() - began < 20, f"{words}: SIGTERM ends it while its token command runs",
             f"{code} after {time.monotonic() - began:.1f} s")
        os.unlink("begun")


def main():
    t = tap.Tap()
    with tempfile.TemporaryDirectory(prefix="scandeck-test-") as folder:
        os.chdir(folder)
        for check in (check_files, check_arguments, check_what_stays, check_labels, check_children, check_signals):
            t.run(check, t)
        os.chdir("/")
    return t.done()


sys.exit(main())
