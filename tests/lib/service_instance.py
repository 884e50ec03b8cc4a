# SPDX-License-Identifier: MIT
# One instance of the imitated service: its state, what it is told to do, and its answers over HTTP.
import asyncio
import base64
import random
import time

import qrcode

LINK_PREFIX = b"https://wa.me/settings/linked_devices#"
# Links are read back by tests: a new run must show the same codes.
PAYLOAD_SEED = 7103


class Instance:
    """
    One instance. `sessions`: lists of steps (service_steps), one for each websocket, the last for all later ones.
    `replies`: {method, "upgrade" or "*" (everything): list of Reply}, used up in order, the last for ever; a None in
    the list is the normal answer.
    """

    def __init__(self, ident, token, sessions, state, replies, boot, new_link):
        self.id, self.token, self.boot, self.new_link = str(ident), token, boot, new_link
        self.sessions = [list(steps) for steps in sessions]
        self.replies = {method: list(queue) for method, queue in replies.items()}
        self.wid, self.pushname = "79001234567@c.us", "Zoë ✓ Продажи"
        self.webhook_url, self.phone = "https://example.org/hook", "79001234567"
        self.scanned = asyncio.Event()
        self.random = random.Random(f"{PAYLOAD_SEED} {self.id}")
        self.become(state)

    def become(self, state):
        self._state, self._next, self._change_at = state, None, None

    def link(self, when):
        """starting until `when`, then authorized."""
        self.boot_to("authorized", when)

    def boot_to(self, state, when):
        self._state, self._next, self._change_at = "starting", state, when

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

    def take_reply(self, method):
        """The scripted Reply to this call, or None for the normal one."""
        for name in (method, "*"):
            queue = self.replies.get(name)
            if queue:
                return queue.pop(0) if len(queue) > 1 else queue[0]
        return None

    def take_steps(self):
        return self.sessions.pop(0) if len(self.sessions) > 1 else self.sessions[0]


def _get_wa_settings(service, instance):
    del service
    phone = instance.phone if instance.is_linked() else ""
    return {"avatar": "", "phone": phone, "stateInstance": instance.state(),
            "deviceId": f"{phone}:8@s.whatsapp.net" if phone else "",
            **({"suspendedUntil": int(time.time()) + 86400} if instance.state() == "suspended" else {})}


def _logout(service, instance):
    del service
    instance.become("notAuthorized")
    return {"isLogout": True}


def _reboot(service, instance):
    after = "authorized" if instance.is_linked() else "notAuthorized"
    instance.boot_to(after, time.monotonic() + instance.boot / service.speed)
    return {"isReboot": True}


def _qr(service, instance):
    if instance.is_linked():
        return {"type": "alreadyLogged", "message": "instance account already authorized"}
    payload = instance.new_payload()
    service.log.add(instance.id, "code", payload=payload)
    return {"type": "qrCode", "message": base64.b64encode(qrcode.picture(payload)).decode()}


METHODS = {
    "getStateInstance": ("GET", lambda service, instance: {"stateInstance": instance.state()}),
    "getStatusInstance": ("GET", lambda service, instance: {"statusInstance": "online"}),
    "getWaSettings": ("GET", _get_wa_settings),
    "getSettings": ("GET", lambda service, instance: {"wid": instance.wid, "webhookUrl": instance.webhook_url,
                                                      "webhookUrlToken": "secret", "stateWebhook": "yes"}),
    "getAuthorizationCode": ("POST", lambda service, instance: {"status": True, "code": "GAPI2015"}),
    "logout": ("GET", _logout),
    "reboot": ("GET", _reboot),
    "qr": ("GET", _qr),
}
