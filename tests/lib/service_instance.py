# SPDX-License-Identifier: MIT
# One instance of the imitated service: its state, what it is told to do, and its answers over HTTP.
import asyncio
import base64
import json
import random
import time
from urllib.parse import parse_qs

import qrcode
from service_http import Reply

LINK_PREFIX = b"https://wa.me/settings/linked_devices#"
# Links are read back by tests: a new run must show the same codes.
PAYLOAD_SEED = 7103
CODE_SECONDS, PAIRING_SECONDS = 20, 150
QR_A_SECOND = 3
HISTORY_COUNT = 100
STARTING = {"message": "instance in starting process try later"}


class Instance:
    """
    One instance. `sessions`: lists of steps (service_steps), one for each websocket, the last for all later ones.
    `replies`: {method, "upgrade" or "*" (everything): list of Reply}, used up in order, the last for ever; a None in
    the list is the normal answer. `phone`: so many of the service's seconds after its first code over HTTPS a phone
    scans; None: only Service.scan() does.
    """

    def __init__(self, ident, token, sessions, state, replies, boot, new_link, phone=None):
        self.id, self.token, self.boot, self.new_link = str(ident), token, boot, new_link
        self.sessions = [list(steps) for steps in sessions]
        self.replies = {method: list(queue) for method, queue in replies.items()}
        self.wid, self.pushname = "79001234567@c.us", "Zoë ✓ Продажи"
        self.webhook_url, self.phone = "https://example.org/hook", "79001234567"
        self.scanned = asyncio.Event()
        self.scans_after = phone
        self.history, self.qr_calls = [], []
        self.qr_payload = self.qr_until = self.scan_at = self.pairing_until = None
        self.random = random.Random(f"{PAYLOAD_SEED} {self.id}")
        self.become(state)

    def become(self, state):
        self._state, self._next, self._change_at = state, None, None
        self._remember(state)

    def _remember(self, state):
        linked = state in ("authorized", "suspended", "yellowCard")
        self.history.insert(0, {"stateInstance": state, "timestamp": int(time.time()),
                                "phoneNumber": self.wid if linked else ""})

    def link(self, when):
        """starting until `when`, then authorized."""
        self.boot_to("authorized", when)

    def boot_to(self, state, when):
        self._state, self._next, self._change_at = "starting", state, when
        self._remember("starting")
        self.qr_payload = self.scan_at = self.pairing_until = None

    def new_payload(self):
        """A new code, as the phone wants it: a reference, two keys, an address and a number."""
        parts = [base64.b64encode(self.random.randbytes(size)) for size in (74, 32, 32, 32)]
        return (LINK_PREFIX if self.new_link else b"") + b"2@" + b",".join(parts) + b",1"

    def state(self):
        if self._change_at is not None and time.monotonic() >= self._change_at:
            self.become(self._next)
        return self._state

    def is_linked(self):
        return self.state() in ("authorized", "suspended", "yellowCard")

    def answer(self, when):
        """A phone scans the code that stands over HTTPS, or types the pairing code; False when neither is there."""
        now = time.monotonic()
        if self.qr_payload and now < self.qr_until or self.pairing_until and now < self.pairing_until:
            self.link(when)
            return True
        return False

    def is_too_fast(self):
        """Notes a call of `qr`; whether it is one too many in this second."""
        now = time.monotonic()
        self.qr_calls = [at for at in self.qr_calls if at > now - 1] + [now]
        return len(self.qr_calls) > QR_A_SECOND

    def qr_code(self, speed):
        """The payload that stands now; a new one each 20 s."""
        now = time.monotonic()
        if not self.qr_payload or now >= self.qr_until:
            self.qr_payload, self.qr_until = self.new_payload(), now + CODE_SECONDS / speed
        if self.scan_at is None and self.scans_after is not None:
            self.scan_at = now + self.scans_after / speed
        return self.qr_payload

    def take_reply(self, method):
        """The scripted Reply to this call, or None for the normal one."""
        for name in (method, "*"):
            queue = self.replies.get(name)
            if queue:
                return queue.pop(0) if len(queue) > 1 else queue[0]
        return None

    def take_steps(self):
        return self.sessions.pop(0) if len(self.sessions) > 1 else self.sessions[0]


def _get_wa_settings(service, instance, request):
    del service, request
    phone = instance.phone if instance.is_linked() else ""
    return {"avatar": "", "phone": phone, "stateInstance": instance.state(),
            "deviceId": f"{phone}:8@s.whatsapp.net" if phone else "",
            **({"suspendedUntil": int(time.time()) + 86400} if instance.state() == "suspended" else {})}


def _logout(service, instance, request):
    del service, request
    instance.become("notAuthorized")
    return {"isLogout": True}


def _reboot(service, instance, request):
    del request
    after = "authorized" if instance.is_linked() else "notAuthorized"
    instance.boot_to(after, time.monotonic() + instance.boot / service.speed)
    return {"isReboot": True}


def _qr(service, instance, request):
    del request
    if instance.is_too_fast():
        return Reply(429, {"message": "Too Many Requests"})
    if instance.scan_at is not None and time.monotonic() >= instance.scan_at:
        instance.link(time.monotonic() + instance.boot / service.speed)
    if instance.is_linked():
        return {"type": "alreadyLogged", "message": "instance account already authorized"}
    if instance.state() == "starting":
        return Reply(400, STARTING)
    payload = instance.qr_code(service.speed)
    service.log.add(instance.id, "code", payload=payload)
    return {"type": "qrCode", "message": base64.b64encode(qrcode.picture(payload)).decode()}


def _get_authorization_code(service, instance, request):
    number = _json(request.body).get("phoneNumber")
    service.log.add(instance.id, "pairing", number=number, type=request.headers.get("content-type"))
    if not isinstance(number, int) or isinstance(number, bool):
        return Reply(400, {"message": "bad request data"})
    if instance.state() != "notAuthorized":
        return {"status": False}
    instance.pairing_until = time.monotonic() + PAIRING_SECONDS / service.speed
    return {"status": True, "code": "GAPI2015"}


def _get_history(service, instance, request):
    del service
    instance.state()
    asked = _json(request.body).get("count", parse_qs(request.query).get("count", [HISTORY_COUNT])[0])
    return instance.history[:int(asked)]


def _json(body):
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


METHODS = {
    "getStateInstance": ("GET", lambda service, instance, request: {"stateInstance": instance.state()}),
    "getStatusInstance": ("GET", lambda service, instance, request: {"statusInstance": "online"}),
    "getStateInstanceHistory": ("GET", _get_history),
    "getWaSettings": ("GET", _get_wa_settings),
    "getSettings": ("GET", lambda service, instance, request: {
        "wid": instance.wid if instance.is_linked() else "", "webhookUrl": instance.webhook_url,
        "webhookUrlToken": "secret", "stateWebhook": "yes"}),
    "getAuthorizationCode": ("POST", _get_authorization_code),
    "logout": ("GET", _logout),
    "reboot": ("GET", _reboot),
    "qr": ("GET", _qr),
}
