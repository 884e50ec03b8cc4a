#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The headless commands against a service that is not ours (service.py, made from its description alone): events, exit
# codes, and that the service's rules are kept: one socket an instance, at most one connect and one call a second.
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "lib")]
import certs  # noqa: E402
import qrcode  # noqa: E402
import tap  # noqa: E402
from service import Service  # noqa: E402
from service_log import gaps  # noqa: E402

PROGRAM = os.environ.get("SCANDECK", "build/scandeck")
SPEED = 40
SECONDS = 150
TOKEN = "d75b3a66374942c5b3c019c698abc2067e151558acbd4"
LINKS = (0, "linked")

# script of the service: exit code, last event
SCRIPTS = {
    "links": LINKS, "links-nested": LINKS, "links-string": LINKS, "links-already": LINKS, "links-late": LINKS,
    "already-first": (4, "already_linked"), "linked": (4, "already_linked"), "suspended": (4, "already_linked"),
    "yellow-card": (4, "already_linked"),
    "never": (3, "timeout"), "timeout": (3, "timeout"), "timeout-expired": (3, "timeout"),
    "error": (5, "error"), "error-database": (5, "error"), "error-object": (5, "error"), "token-echo": (5, "error"),
    "hostile-error": (5, "error"), "blocked": (5, "error"), "sleep-mode": (5, "error"), "466": (5, "error"),
    "rest-expired": (5, "error"),
    "passkey": (8, "passkey"),
    "cut": (7, "network"), "cut-mid-frame": (7, "network"), "eof": (7, "network"), "close-1000": (7, "network"),
    "close-1011": (7, "network"), "bad-opcode": (7, "network"),
    "fragments": LINKS, "binary": LINKS, "pings": LINKS, "data-uri": LINKS, "wrapped": LINKS, "unknown": LINKS,
    "garbage": LINKS, "deep": LINKS, "huge": LINKS, "broken-picture": LINKS, "no-base64": LINKS,
    "401": (6, "refused"), "403": (6, "refused"), "404": (6, "refused"), "rest-envelope": (6, "refused"),
    "upgrade-429": LINKS,
    "429": (7, "network"), "500": (7, "network"), "503": (7, "network"),
    "rest-html": (7, "network"), "rest-garbage": (7, "network"), "rest-drop": (7, "network"), "rest-cut": (7, "network"),
    "rest-huge": (7, "network"),
    "vanishes": (7, "network"), "not-ready": LINKS, "flood": LINKS,
    "rest-chunked": LINKS, "rest-slow": LINKS, "boots": LINKS,
}

# Where only the websocket is not wanted, codes come over HTTPS. A status in answer to the upgrade is a refusal, for the
# state was told to the same token just before; what only did not come about is tried once more. websockets asked for:
# script: (exit code, last event)
WALLED = {
    1: {"upgrade-401": LINKS, "upgrade-403": LINKS, "upgrade-404": LINKS, "upgrade-302": LINKS, "qr-slow-link": LINKS,
        "qr-trouble": LINKS, "qr-passkey": (8, "passkey"), "qr-error": (5, "error"), "qr-404": (6, "refused"),
        "qr-garbage": (7, "network")},
    2: {"upgrade-503": LINKS, "upgrade-200": LINKS, "upgrade-drop": LINKS, "upgrade-garbage": LINKS,
        "upgrade-wrong-key": LINKS, "upgrade-hang": LINKS},
}
SCRIPTS |= WALLED[1] | WALLED[2]


class Operator:
    """A configuration with one instance for each script, and the commands run with it."""

    def __init__(self, directory, service, scripts, extra=""):
        self.service = service
        self.config = Path(directory) / "scandeck.conf"
        self.log = Path(directory) / "scandeck.log"
        self.ids = {name: str(7103000001 + number) for number, name in enumerate(scripts)}
        sections = [f"[instance {name}]\nid = {ident}\ntoken = {TOKEN}{ident[-4:]}\n" for name, ident in self.ids.items()]
        self.config.write_text(f"api_url = {service.url}/\n{extra}" + "".join(sections))
        self.config.chmod(0o600)
        for name, ident in self.ids.items():
            service.add(ident, TOKEN + ident[-4:], name, new_link=int(ident) % 2 == 0)

    def run(self, *words, seconds=SECONDS):
        argv = [PROGRAM, "-c", self.config, "--log", self.log, *words]
        return subprocess.run(argv, capture_output=True, timeout=seconds, stdin=subprocess.DEVNULL)


def events_of(result):
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


def check_scripts(t, operator):
    with ThreadPoolExecutor(12) as pool:
        results = dict(zip(SCRIPTS, pool.map(lambda name: operator.run("link", name, "--json", "--with-payload"), SCRIPTS)))
    for name, (code, last) in SCRIPTS.items():
        events = events_of(results[name])
        got = (results[name].returncode, events[-1]["event"] if events else None)
        t.ok(got == (code, last), f"{name} ends with {last}, {code}", got, *events, results[name].stderr.decode())
    return results


def check_rules(t, operator):
    """The program keeps 1.1 s between two; what arrives on a loaded machine may be some tenths nearer."""
    log = operator.service.log
    for name, ident in operator.ids.items():
        connects = log.connect_gaps(ident)
        calls = gaps([call.at for call in log.events(ident, "rest")])
        t.ok(log.max_open(ident) <= 1, f"{name}: one socket", log.max_open(ident))
        t.ok(all(gap >= 0.6 for gap in connects + calls), f"{name}: one connect and one call a second", connects, calls)


def check_payloads(t, operator, results):
    for name in ("links", "links-nested", "fragments", "data-uri", "wrapped"):
        sent = [payload.decode() for payload in operator.service.log.payloads(operator.ids[name])]
        shown = [event["payload"] for event in events_of(results[name]) if event["event"] == "code"]
        t.ok(shown and shown == sent[:len(shown)], f"{name}: the payloads are what was sent", sent, shown)


def check_walls(t, operator, results):
    """The fallback is told, no websocket is tried afterwards, and codes are asked for at the service's pace."""
    log = operator.service.log
    for upgrades, scripts in WALLED.items():
        for name in scripts:
            ident = operator.ids[name]
            events = [event["event"] for event in events_of(results[name])]
            t.equal(events.count("over_https"), 1, f"{name}: the fallback is told once")
            t.equal(len(log.events(ident, "upgrade")), upgrades, f"{name}: {upgrades} websocket(s) asked for")
            t.ok(log.busiest_second(ident, "qr") <= 2, f"{name}: a code a second", log.busiest_second(ident, "qr"))
            t.equal(len(log.events(ident, "rest", method="qr", status=429)), 0, f"{name}: never too fast")
    linked = [name for name, end in WALLED[1].items() if end == LINKS]
    for name in linked:
        calls = [call["method"] for call in log.events(operator.ids[name], "rest")]
        t.ok("qr" not in calls[calls.index("getWaSettings"):], f"{name}: linked, it asks for codes no more", calls)
    sent = [payload.decode() for payload in log.payloads(operator.ids["upgrade-403"])]
    shown = [event["payload"] for event in events_of(results["upgrade-403"]) if event["event"] == "code"]
    t.ok(shown and set(shown) <= set(sent) and len(set(shown)) == len(shown), "each code over HTTPS is told once", sent, shown)
    slow = [event["event"] for event in events_of(results["qr-slow-link"])]
    t.ok(slow[-4:] == ["state", "linking", "state", "linked"], "a scan over HTTPS is seen by its starting", slow)


def seconds_between(first, second):
    moments = [datetime.fromisoformat(event["time"].replace("Z", "+00:00")) for event in (first, second)]
    return (moments[1] - moments[0]).total_seconds()


def check_vanished(t, results):
    """A peer that falls silent is found by pings, told as that, and costs no renewal."""
    events = events_of(results["vanishes"])
    names = [event["event"] for event in events]
    code, lost = (next((event for event in events if event["event"] == name), None) for name in ("code", "network"))
    t.ok(lost and "fell silent" in lost["message"], "a service that vanishes is told as that", *events)
    t.ok(code and lost and 15 <= seconds_between(code, lost) <= 30, "within 30 s", code, lost)
    t.ok("renew" not in names and "timeout" not in names, "and spends no renewal", names)


def check_floods(t, operator, results):
    codes = [event for event in events_of(results["flood"]) if event["event"] == "code"]
    lines = [line for line in operator.log.read_text().splitlines() if " flood" in line]
    passed = [line for line in lines if "more codes came, faster than one a second" in line]
    sent = len(operator.service.log.events(operator.ids["flood"], "sent", type="qrCode"))
    t.ok(sent > 50 and 2 <= len(codes) <= 6, "one code a second is taken", sent, *codes)
    t.ok(len(passed) == 1 and f"{sent - len(codes)} more" in passed[0], "the rest is one line in the log", sent, *lines)
    t.ok(len(lines) < 20, "which does not grow", *lines)


def check_secrets(t, operator, results):
    said = b"".join(result.stdout + result.stderr for result in results.values()) + operator.log.read_bytes()
    t.ok(TOKEN.encode() not in said and TOKEN[:12].encode() not in said, "no token in any output or the log file")
    t.equal(operator.log.stat().st_mode & 0o777, 0o600, "the log file is its owner's")


def check_closing(t, operator):
    for name in ("links", "passkey", "error"):
        seen = operator.service.log.wait(operator.ids[name], "close_received", timeout=10)
        t.ok(seen, f"{name}: our side closes with a close frame")


def check_orders(t, operator):
    linked = operator.run("status", "linked", "--json")
    event = events_of(linked)[0]
    t.ok(event["state"] == "authorized" and event["phone"], "status tells state and phone", event)
    refused = operator.run("logout", "linked")
    t.ok(refused.returncode == 2 and b"--yes" in refused.stderr, "logout without --yes asks somebody or does nothing")
    out = operator.run("logout", "linked", "--yes", "--json")
    t.equal((out.returncode, events_of(out)[-1]["event"]), (0, "logged_out"), "logout")
    t.equal(events_of(operator.run("status", "linked", "--json"))[0]["phase"], "unlinked", "status after the logout")
    out = operator.run("reboot", "never", "--yes", "--json")
    t.equal((out.returncode, events_of(out)[-1]["event"]), (0, "rebooted"), "reboot")
    t.equal(operator.run("--readonly", "logout", "linked", "--yes").returncode, 2, "--readonly refuses a logout")
    t.equal(operator.run("link", "nobody").returncode, 2, "an unknown name is a mistake of usage")
    by_id = operator.run("status", operator.ids["linked"], "--json")
    t.equal(events_of(by_id)[0]["instance"], "linked", "an instance can be named by its id")


def check_tls(t):
    with tempfile.TemporaryDirectory() as directory, Service(speed=SPEED, tls=True) as service:
        trusted = Operator(directory, service, ["links"], f"ca_file = {service.ca_file}\n")
        t.equal(trusted.run("link", "links", "--json").returncode, 0, "wss and https with a private CA")
        strange = Operator(directory, service, ["links"])
        result = strange.run("link", "links", "--json")
        text = json.dumps(events_of(result))
        t.ok(result.returncode == 7 and "certificate" in text, "an unknown CA is refused, with its reason", text)
    with tempfile.TemporaryDirectory() as directory, Service(speed=SPEED, tls=True, names="DNS:elsewhere.test") as service:
        wrong = Operator(directory, service, ["links"], f"ca_file = {service.ca_file}\n")
        result = wrong.run("link", "links", "--json")
        t.ok(result.returncode == 7, "a certificate for another name is refused", result.stdout.decode())


def check_interrupt(t, operator):
    argv = [PROGRAM, "-c", operator.config, "link", "patient", "--json"]
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    while b'"code"' not in process.stdout.readline():
        pass
    process.terminate()
    process.stdout.read()
    t.equal(process.wait(30), 130, "SIGTERM ends it with 130")
    t.ok(operator.service.log.wait(operator.ids["patient"], "close_received", timeout=10), "and closes the socket properly")


def main():
    t = tap.Tap()
    reason = qrcode.missing() or certs.missing()
    if reason:
        sys.exit(t.skip_all(reason))
    with tempfile.TemporaryDirectory() as directory, Service(speed=SPEED) as service:
        operator = Operator(directory, service, [*SCRIPTS, "patient"])
        results = check_scripts(t, operator)
        check_rules(t, operator)
        check_payloads(t, operator, results)
        check_walls(t, operator, results)
        check_vanished(t, results)
        check_floods(t, operator, results)
        check_secrets(t, operator, results)
        check_closing(t, operator)
        check_orders(t, operator)
        check_interrupt(t, operator)
    check_tls(t)
    sys.exit(t.done())


if __name__ == "__main__":
    main()
