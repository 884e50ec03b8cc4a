# SPDX-License-Identifier: MIT
# What instances of the imitated service can do: one table. A script is what one websocket lives through.
from dataclasses import dataclass, field

import service_steps as do
import websocket
from service_http import Reply, html

HAS_AUTH = "Instance has auth. You need to make log out"
HOSTILE = ("\x1b]0;owned\x07\x1b[2J\x1b[31mred\x9b5A\x00\x7f\u202egnp.exe\u2066\u200b\u200d\ufeff"
           "e\u0301\u0302\u0303\t\r\n\u2028日本語🏳️‍🌈" + "long " * 400)
HUGE = 2 * 1024 * 1024
UNAUTHORIZED = Reply(401, {"code": 401, "description": "Unauthorized"})


@dataclass(frozen=True)
class Script:
    """
    `before`: what the first websocket lives through, where that is something else. `replies`, `phone`: see
    service_instance.Instance. `boot`: how many of the service's seconds it is `starting` after it
    was linked or rebooted.
    """

    about: str
    steps: tuple = ()
    state: object = "notAuthorized"
    replies: dict = field(default_factory=dict)
    phone: object = None
    boot: int = 4
    before: tuple = ()


def _always(reply):
    return {"*": [reply]}


def _at_upgrade(reply, **others):
    return {"upgrade": [reply], **others}


def _walled(about, reply, boot=4, **others):
    """No websocket, but codes over HTTPS, and a phone that scans them."""
    return Script(about, replies=_at_upgrade(reply, **others), phone=6, boot=boot)


_FORBIDDEN = Reply(403, "Forbidden", "text/plain")


_NEVER = (do.codes(5), do.frame("timeout", message="timeout"))
_ALREADY_FIRST = (do.frame("alreadyLogged", message=do.ALREADY),)

SCRIPTS = {
    # Sessions that succeed.
    "links": Script("two codes, then accountData at the top level", (do.codes(2), do.linked())),
    "links-nested": Script("accountData as an object in message", (do.codes(1), do.linked("object"))),
    "links-string": Script("accountData as JSON in a string", (do.codes(1), do.linked("string"))),
    "links-already": Script("success told by alreadyLogged after a code", (do.codes(1), do.linked(already=True))),
    "links-late": Script("the first code comes after 60 s", (do.pause(60), do.codes(1), do.linked())),
    "patient": Script("codes until it is scanned, or timeout", (do.codes_until_scan(), do.linked())),
    "already-first": Script("linked before: alreadyLogged as the first frame", _ALREADY_FIRST, "authorized"),
    # Sessions that end otherwise.
    "never": Script("nobody scans: five codes, then timeout", _NEVER),
    "timeout": Script("one code, then timeout", (do.codes(1), do.frame("timeout", message="timeout"))),
    "timeout-expired": Script("the older spelling", (
        do.codes(1), do.frame("timeoutExpired", message="timeoutExpired"))),
    "error": Script("error: logout is needed", (do.pause(1), do.frame("error", message=HAS_AUTH))),
    "error-database": Script("error after a code", (do.code(), do.pause(1), do.frame(
        "error", message="MongooseServerSelectionError: connect ECONNREFUSED 10.0.0.1:27017"))),
    "error-object": Script("error whose message is no text", (do.frame("error", message={"code": 5}),)),
    "passkey": Script("one code, then passkeyRequired", (do.code(), do.pause(5), do.frame("passkeyRequired"))),
    "stale": Script("one code and no successor", (do.code(), do.silence())),
    "silence": Script("opens and says nothing", (do.silence(),)),
    "not-ready": Script("an error right after a logout, gone at the second try", (do.codes(1), do.linked()),
                        before=(do.frame("error", message="Instance is not ready yet, try later"),)),
    "flood": Script("codes without a pause", (do.flood(3), do.pause(40), do.linked())),
    # Connections that break.
    "vanishes": Script("falls silent after a code; then nobody listens any more", (do.code(), do.vanish(), do.silence()),
                       replies={"getStateInstance": [None, Reply(drop=True)]}),
    "cut": Script("reset after a code", (do.code(), do.pause(1), do.cut())),
    "cut-mid-frame": Script("reset within a frame", (do.code(), do.half_frame_then_cut())),
    "eof": Script("the stream ends without a close frame", (do.code(), do.pause(1), do.end_of_file())),
    "close-1000": Script("closes politely after a code", (do.code(), do.pause(1), do.close(1000, "bye"))),
    "close-1011": Script("closes with a server fault", (do.code(), do.pause(1), do.close(1011, "internal error"))),
    # Odd but legal, then success.
    "fragments": Script("a code in 7 fragments, pings between", (do.code(7, True), do.pause(5), do.linked())),
    "binary": Script("a code in a binary message", (do.code(as_binary=True), do.pause(5), do.linked())),
    "pings": Script("pings before and after a code", (do.ping(b""), do.code(), do.ping(), do.pause(5), do.linked())),
    "data-uri": Script("base64 with a data: prefix", (
        do.code(decorate=lambda base64: "data:image/png;base64," + base64), do.pause(5), do.linked())),
    "wrapped": Script("base64 with line ends in it", (
        do.code(decorate=lambda base64: "\n".join(base64[n:n + 76] for n in range(0, len(base64), 76))),
        do.pause(5), do.linked())),
    "unknown": Script("types nobody knows, then a code", (
        do.frame("heartbeat", message=1), do.frame("somethingNew"), do.code(), do.pause(5), do.linked())),
    # Garbage and attacks.
    "garbage": Script("no JSON, wrong JSON, then a code", (
        do.text("<html>502 Bad Gateway</html>"), do.text("[1,2"), do.text("null"), do.text('{"message":5}'),
        do.text('{"type":7}'), do.text(""), do.binary(bytes(range(256))), do.code(), do.pause(5), do.linked())),
    "deep": Script("JSON nested a thousand times", (do.text("[" * 1000), do.code(), do.pause(5), do.linked())),
    "huge": Script("a frame of 2 MiB, then a code", (
        do.text('{"type":"qrCode","message":"' + "A" * HUGE + '"}', "huge"), do.code(), do.pause(5), do.linked())),
    "broken-picture": Script("a damaged picture, then a good one", (
        do.broken_picture(), do.pause(2), do.code(), do.pause(5), do.linked())),
    "no-base64": Script("a code that is no base64", (
        do.frame("qrCode", message="!!! not base64 !!!"), do.frame("qrCode", message=""), do.frame("qrCode"),
        do.code(), do.pause(5), do.linked())),
    "hostile": Script("control sequences in every text, the name too", (
        do.code(), do.frame(HOSTILE[:60], message=HOSTILE), do.pause(2), do.call(
            lambda s: {"type": "accountData", "wid": HOSTILE, "pushname": HOSTILE, "webhookUrl": HOSTILE}))),
    "hostile-error": Script("control sequences in an error", (do.frame("error", message=HOSTILE),)),
    "token-echo": Script("an error that repeats the token", (do.code(), do.pause(1), do.call(
        lambda s: {"type": "error", "message": f"cannot open /waInstance{s.instance.id}/x/{s.instance.token}"}))),
    "bad-utf8": Script("a text frame that is no UTF-8", (do.code(), do.text(b'{"type":"error","message":"\xff\xfe"}'))),
    "bad-opcode": Script("a reserved opcode", (do.code(), do.raw(websocket.build(3, b"x")), do.silence())),
    "bad-reserved": Script("a reserved bit", (do.code(), do.raw(websocket.build(1, b"x", reserved=4)), do.silence())),
    "bad-continuation": Script("a continuation of nothing", (
        do.code(), do.raw(websocket.build(0, b"x")), do.silence())),
    # Refused at every call, or only when the websocket is asked for.
    "401": Script("the token is wrong", replies=_always(UNAUTHORIZED)),
    "403": Script("the id is wrong", replies=_always(Reply(403, "Forbidden", "text/plain"))),
    "404": Script("no such instance", replies=_always(Reply(404, {"message": "Not found"}))),
    "429": Script("too many requests", replies=_always(Reply(429, {"message": "Too Many Requests"},
                                                             headers={"Retry-After": "1"}))),
    "500": Script("server fault", replies=_always(Reply(500, "Internal Server Error", "text/plain"))),
    "503": Script("an HTML page of a proxy", replies=_always(html(503))),
    "466": Script("the quota of the plan is used up", replies=_always(Reply(466, {"invokeStatus": {
        "method": "getStateInstance", "used": 1, "total": 0, "status": "QUOTE_EXCEEDED"}}))),
    "upgrade-401": _walled("the websocket is refused", UNAUTHORIZED),
    "upgrade-403": _walled("the websocket is refused", _FORBIDDEN),
    "upgrade-404": _walled("the websocket is refused", html(404)),
    "upgrade-429": Script("the websocket is refused once", (do.codes(1), do.linked()),
                          replies={"upgrade": [Reply(429, headers={"Retry-After": "1"}), None]}),
    "upgrade-503": _walled("the websocket is refused", html(503)),
    "upgrade-200": _walled("an HTML page instead of a websocket", html(200)),
    "upgrade-302": _walled("sent elsewhere", Reply(302, headers={"Location": "/elsewhere"})),
    "upgrade-hang": _walled("no answer to the upgrade", Reply(hang=True)),
    "upgrade-drop": _walled("hung up at the upgrade", Reply(drop=True)),
    "upgrade-garbage": _walled("no HTTP at the upgrade", Reply(raw=b"SSH-2.0-OpenSSH_9.2\r\n")),
    "upgrade-wrong-key": _walled("101 with a wrong key", Reply(raw=(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n"))),
    # Behind such a wall.
    "qr-slow-link": _walled("starting for long after the scan", _FORBIDDEN, boot=300),
    "qr-trouble": _walled("codes with a bad gateway in between", _FORBIDDEN, qr=[None, html(502), None]),
    "qr-passkey": _walled("WhatsApp wants a passkey", _FORBIDDEN, qr=[None, Reply(200, {"type": "passkeyRequired"})]),
    "qr-error": _walled("an error instead of codes", _FORBIDDEN, qr=[Reply(200, {"type": "error", "message": HAS_AUTH})]),
    "qr-404": _walled("no codes over HTTPS either", _FORBIDDEN, qr=[html(404)]),
    "qr-garbage": _walled("no JSON", _FORBIDDEN, qr=[Reply(200, "garbage")]),
    # REST answers of their own.
    "rest-envelope": Script("HTTP 200 with an error in the body",
                            replies={"getStateInstance": [Reply(200, {"code": 401, "description": "Unauthorized"})]}),
    "rest-html": Script("HTML instead of JSON", _NEVER, replies={"getStateInstance": [html(200)]}),
    "rest-garbage": Script("no JSON", _NEVER, replies={"getStateInstance": [Reply(200, '{"stateInstance":')]}),
    "rest-empty": Script("an empty body", _NEVER, replies={"getStateInstance": [Reply(200)]}),
    "rest-chunked": Script("the state in chunks", (do.codes(1), do.linked()), replies={
        "getStateInstance": [Reply(200, {"stateInstance": "notAuthorized"}, chunked=True), None]}),
    "rest-slow": Script("the state after 3 s", (do.codes(1), do.linked()), replies={
        "getStateInstance": [Reply(200, {"stateInstance": "notAuthorized"}, delay=3), None]}),
    "rest-hang": Script("no answer at all", replies=_always(Reply(hang=True))),
    "rest-drop": Script("hangs up before any answer", replies=_always(Reply(drop=True))),
    "rest-cut": Script("half an answer", replies=_always(Reply(200, {"stateInstance": "notAuthorized"}, cut_at=40))),
    "rest-huge": Script("an answer of 2 MiB", replies={"getStateInstance": [Reply(200, "x" * HUGE)]}),
    "rest-starting": Script("400: try later", replies={"getStateInstance": [
        Reply(400, {"message": "instance in starting process try later"})]}),
    "rest-expired": Script("400: not paid", replies=_always(
        Reply(400, {"message": "Instance account is expired. Renew your instance from personal area"}))),
    # States.
    "linked": Script("linked from the start", _ALREADY_FIRST, "authorized"),
    "suspended": Script("linked, but restricted", _ALREADY_FIRST, "suspended"),
    "yellow-card": Script("the older name of it", _ALREADY_FIRST, "yellowCard"),
    "blocked": Script("banned by WhatsApp", _NEVER, "blocked"),
    "sleep-mode": Script("an obsolete state", _NEVER, "sleepMode"),
    "starting": Script("starting without end", _NEVER, "starting"),
    "null-state": Script("being created: the state is null", _NEVER, None),
    "null-body": Script("being created: the body is null", _NEVER, replies={"getStateInstance": [Reply(200, None)]}),
    "unknown-state": Script("a state nobody knows", _NEVER, "somethingNew"),
    "boots": Script("starting twice, then it can be linked", (do.codes(1), do.linked()), replies={
        "getStateInstance": [Reply(200, {"stateInstance": "starting"})] * 2 + [None]}),
}
