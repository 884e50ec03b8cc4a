#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# `scandeck link --json` against the simulator: every fate ends with its event and exit code, and no token leaks.
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(os.environ.get("SRCDIR", ".")) / "tests" / "lib"))
import tap  # noqa: E402

PROGRAM = os.environ.get("SCANDECK", "build/scandeck")
SPEED = 25
SECONDS = 120

# label: exit code, the events in order ("+" = one or more of it)
FATES = {
    "sales-eu": (3, "state connecting code code code code code renew connecting code+ renew connecting code+ timeout"),
    "sales-us": (4, "state already_linked"),
    "support": (0, "state connecting code code linking state linked"),
    "shop-01": (3, "state connecting code stale renew connecting code stale renew connecting code stale timeout"),
    "shop-02": (3, "state connecting code renew connecting code renew connecting code timeout"),
    "shop-03": (5, "state connecting error"),
    "shop-04": (8, "state connecting code passkey"),
    "shop-05": (6, "refused"),
    "shop-06": (7, "network+"),
    "shop-07": (3, "state+ connecting code+ renew connecting code+ renew connecting code+ timeout"),
    "shop-08": (4, "state already_linked"),
    "lab": (5, "state error"),
    "links-1-already": (0, "state connecting code linking state linked"),
    "timeout": (3, "state connecting code code renew connecting code code renew connecting code code timeout"),
    "timeout-expired": (3, "state connecting code code renew connecting code code renew connecting code code timeout"),
    "forbidden": (6, "refused"),
    "garbage": (0, "state connecting code code linking state linked"),
    "silent": (7, "state connecting renew connecting renew connecting no_code"),
    "cut": (7, "state connecting code network state connecting code network state connecting code network"),
    "hostile": (0, "state connecting code linking state linked"),
    "hostile-error": (5, "state connecting error"),
    "too-large": (0, "state connecting code code linking state linked"),
    "nested": (0, "state connecting code linking state linked"),
    "nested-string": (0, "state connecting code linking state linked"),
    "broken-png": (0, "state connecting code code code linking state linked"),
    "walled": (3, "state connecting over_https connecting code+ renew code+ renew code+ timeout"),
    "slow": (3, "state connecting code code code code renew connecting code+ renew connecting code+ timeout"),
}


def run(label):
    argv = [PROGRAM, "--demo", "--demo-speed", str(SPEED), "--demo-instances", "60", "link", label, "--json"]
    return subprocess.run(argv, capture_output=True, timeout=SECONDS, stdin=subprocess.DEVNULL)


def events_of(result):
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


def pattern_of(events):
    words = (re.escape(word.rstrip("+")) + (r"( " + re.escape(word.rstrip("+")) + ")*" if word.endswith("+") else "")
             for word in events.split())
    return " ".join(words)


def check(t, label, result):
    code, wanted = FATES[label]
    events = events_of(result)
    # At this speed a fifth of a second makes a code stale: on a busy machine its successor may come that late.
    names = re.sub(r"\bstale (?=code\b)", "", " ".join(event["event"] for event in events))
    t.ok(result.returncode == code and re.fullmatch(pattern_of(wanted), names), f"{label}: {wanted} -> {code}",
         f"got {names} -> {result.returncode}", result.stderr.decode(errors="replace"))
    common = all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", e["time"]) and e["instance"] == label for e in events)
    t.ok(common, f"{label}: every event has time and instance")
    return events


def check_text_is_harmless(t, results):
    """Tokens are 50 hex digits; no output of ours has anything of that shape, nor a control character."""
    for label, result in results.items():
        text = (result.stdout + result.stderr).decode()
        said = "".join(str(value) for line in result.stdout.decode().splitlines() for value in json.loads(line).values())
        t.ok(not re.search(r"[0-9a-fA-F]{20}", text), f"{label}: no token in the output")
        t.ok(not re.search(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", said),
             f"{label}: no control character in any value", repr(said))


def main():
    t = tap.Tap()
    with ThreadPoolExecutor(6) as pool:
        results = dict(zip(FATES, pool.map(run, FATES)))
    events = {label: check(t, label, result) for label, result in results.items()}
    check_text_is_harmless(t, results)

    codes = [e for e in events["sales-eu"] if e["event"] == "code"]
    t.ok(all(e["verified"] and e["modules"] in (57, 61) and e["expires_in"] == 20 for e in codes), "codes are verified",
         codes)
    t.equal([e["index"] for e in codes[:5]], [1, 2, 3, 4, 5], "codes are counted")
    t.ok(all("payload" not in e for e in codes), "the payload stays out unless asked for")
    linked = events["support"][-1]
    t.ok(re.fullmatch(r"\d+@c\.us", linked["wid"]) and linked["pushname"] and linked["webhook_url"].startswith("https://"),
         "linked tells wid, pushname and webhook_url", linked)
    for nested in ("nested", "nested-string"):
        t.ok(events[nested][-1]["pushname"], f"{nested}: the account is found", events[nested][-1])
    refused = events["shop-05"][-1]
    t.equal((refused["status"], "token" in refused["message"]), (401, True), "refused tells the status")
    t.equal(events["forbidden"][-1]["status"], 403, "forbidden tells the status")
    broken = [e for e in events["broken-png"] if e["event"] == "code"]
    t.ok(not broken[0]["verified"] and broken[0]["step"] and broken[1]["verified"], "a damaged picture names its step",
         broken)
    t.ok("log out" in events["shop-03"][-1]["advice"], "an error comes with advice", events["shop-03"][-1])
    told = next(e for e in events["walled"] if e["event"] == "over_https")
    t.ok("HTTP 403" in told["message"], "the fallback tells why", told)
    waits = [e["retry_in"] for e in events["shop-06"][:-1]]
    t.ok(all(0 < wait <= 30 for wait in waits) and "retry_in" not in events["shop-06"][-1], "network tells the next try",
         events["shop-06"])
    sys.exit(t.done())


if __name__ == "__main__":
    main()
