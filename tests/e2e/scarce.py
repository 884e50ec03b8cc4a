#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Where descriptors or threads are scarce: said with the limit, never blamed on the service, never an abort.
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "lib")]
import certs  # noqa: E402
import qrcode  # noqa: E402
import tap  # noqa: E402
from service import Service  # noqa: E402

PROGRAM = os.environ.get("SCANDECK", "build/scandeck")
SECONDS = 60
TOKEN = "d75b3a66374942c5b3c019c698abc2067e151558acbd4"
INSTANCES = 60
FILES = 40
# Nobody else's processes count for this one.
PLAIN_USER = 64271
LACK = f"no file descriptors left: `ulimit -n` is {FILES}"
BLAMES = ("refused or unreachable", "not resolved", "plug-in", "out of memory", "certificate", "Aborted")


def write_config(directory, url, extra=""):
    config = Path(directory) / "scandeck.conf"
    sections = [f"[instance n{number}]\nid = {7103000001 + number}\ntoken = {TOKEN}{number:04}\n" for number in range(INSTANCES)]
    config.write_text(f"api_url = {url}\n{extra}" + "".join(sections))
    config.chmod(0o600)
    return config


def run(config, *words, files=None, processes=None, user=None):
    def limit():
        for which, most in ((resource.RLIMIT_NOFILE, files), (resource.RLIMIT_NPROC, processes)):
            if most is not None:
                resource.setrlimit(which, (most, most))
    return subprocess.run([PROGRAM, "-c", config, *words], capture_output=True, text=True, timeout=SECONDS, user=user,
                          stdin=subprocess.DEVNULL, preexec_fn=limit)


def check_files(t, tls):
    name = "TLS" if tls else "plain"
    with tempfile.TemporaryDirectory() as directory, Service(tls=tls) as service:
        for number in range(INSTANCES):
            service.add(7103000001 + number, f"{TOKEN}{number:04}", "rest-slow")
        config = write_config(directory, service.url, f"ca_file = {service.ca_file}\n" if tls else "")
        result = run(config, "status", files=FILES)
        said = result.stdout + result.stderr
        rows = result.stdout.splitlines()[1:]
        t.ok(any("unlinked" in row for row in rows), f"{name}: who gets a descriptor is asked", said)
        t.ok(any(LACK in row for row in rows), f"{name}: who gets none is told so", said)
        t.ok(all("unlinked" in row or LACK in row for row in rows), f"{name}: and nothing else", said)
        t.ok(not any(blame in said for blame in BLAMES), f"{name}: the service is not blamed", said)


def check_start(t):
    with tempfile.TemporaryDirectory() as directory:
        config = write_config(directory, "http://127.0.0.1:9")
        for files in (5, 8, 12, 16):
            result = run(config, "status", files=files)
            wanted = f"no file descriptors left: `ulimit -n` is {files}"
            t.ok(result.returncode == 1 and wanted in result.stderr, f"{files} descriptors: a sentence and exit 1",
                 result.returncode, result.stderr)


def check_soft_limit(t):
    """The soft limit alone stops nobody."""
    def limit():
        resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with tempfile.TemporaryDirectory() as directory, Service() as service:
        for number in range(INSTANCES):
            service.add(7103000001 + number, f"{TOKEN}{number:04}", "rest-slow")
        config = write_config(directory, service.url)
        result = subprocess.run([PROGRAM, "-c", config, "status"], capture_output=True, text=True, timeout=SECONDS,
                                stdin=subprocess.DEVNULL, preexec_fn=limit)
        t.ok(result.returncode == 0 and result.stdout.count("unlinked") == INSTANCES, "the hard limit is used",
             result.stdout, result.stderr)


def tasks_of(user):
    """Threads that count against the user's limit."""
    count = 0
    for status in Path("/proc").glob("[0-9]*/task/*/status"):
        try:
            count += f"\nUid:\t{user}\t" in status.read_text()
        except OSError:
            pass
    return count


def check_threads(t):
    user = PLAIN_USER if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as directory:
        config = write_config(directory, "http://127.0.0.1:9")
        if user:
            os.chown(directory, user, user)
            os.chown(config, user, user)
        try:
            version = run(config, "-V", user=user)
        except OSError as error:
            t.skip("threads", f"a plain user cannot run the program here: {error}")
            return
        t.equal(version.returncode, 0, "a plain user can run the program")
        result = run(config, "status", processes=1, user=user)
        t.ok(result.returncode == 1 and "no thread can be started" in result.stderr and "`ulimit -u` is 1" in result.stderr,
             "no threads: a sentence and exit 1", result.returncode, result.stderr)
        for more in (2, 5, 8):
            most = tasks_of(user or os.geteuid()) + more
            result = run(config, "status", processes=most, user=user)
            # Others of the same user may have taken what was free.
            fine = result.returncode == 7 and "refused or unreachable" in result.stdout
            t.ok(fine or (not user and result.returncode == 1 and "no thread" in result.stderr),
                 f"{more} threads: fewer do", result.returncode, result.stdout[:300], result.stderr)


def main():
    t = tap.Tap()
    if not sys.platform.startswith("linux"):
        sys.exit(t.skip_all("limits are tried on Linux"))
    check_start(t)
    check_threads(t)
    if qrcode.missing():
        t.skip("descriptors", qrcode.missing())
    else:
        check_files(t, False)
        check_soft_limit(t)
    if qrcode.missing() or certs.missing():
        t.skip("descriptors and TLS", qrcode.missing() or certs.missing())
    else:
        check_files(t, True)
    sys.exit(t.done())


if __name__ == "__main__":
    main()
