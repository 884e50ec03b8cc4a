# SPDX-License-Identifier: MIT
# The words of which scripts are made: each function returns a step, an async function of the session.
# Seconds here are the service's own; the session divides them by its speed.
import asyncio
import base64
import json
import time

import qrcode
import websocket

CODE_SECONDS = 20
CODES_A_SESSION = 5
ALREADY = "instance account already authorized"


def frame(kind, **fields):
    """A JSON frame of this type."""
    async def step(session):
        await session.send_json({"type": kind, **fields})
    return step


def call(function):
    """A JSON frame made by function(session) when its time comes."""
    async def step(session):
        await session.send_json(function(session))
    return step


def text(data, label="text"):
    """A text frame with exactly this content (str or bytes, also invalid UTF-8)."""
    async def step(session):
        await session.send(websocket.TEXT, data.encode() if isinstance(data, str) else data, label)
    return step


def binary(data):
    async def step(session):
        await session.send(websocket.BINARY, data, "binary")
    return step


def raw(data):
    """Bytes of no proper frame."""
    async def step(session):
        await session.write(data, "raw")
    return step


def pause(seconds):
    async def step(session):
        await session.pause(seconds)
    return step


def code(pieces=1, pings=False, as_binary=False, decorate=None):
    """
    One new qrCode frame; in fragments, with pings between them, as a binary message. `decorate`: function from the
    base64 text to the text that is sent.
    """
    async def step(session):
        await session.send_code(pieces, pings, websocket.BINARY if as_binary else websocket.TEXT, decorate)
    return step


def codes(count, every=CODE_SECONDS, **options):
    """So many codes, each standing for `every` seconds."""
    async def step(session):
        for _ in range(count):
            await session.send_code(**options)
            await session.pause(every)
    return step


def codes_until_scan(count=CODES_A_SESSION, every=CODE_SECONDS):
    """New codes until Service.scan(); when none comes the session times out, and the script ends here."""
    async def step(session):
        for _ in range(count):
            await session.send_code()
            if await session.scanned_within(every):
                return
        await session.send_json({"type": "timeout", "message": "timeout"})
        session.end_script()
    return step


def linked(nested=None, already=False):
    """Success: the instance is `starting` and then authorized. nested: None (top level), "object" or "string"."""
    async def step(session):
        session.instance.link(time.monotonic() + session.scaled(session.instance.boot))
        if already:
            await session.send_json({"type": "alreadyLogged", "message": ALREADY})
        else:
            await session.send_json(account_data(session.instance, nested))
    return step


def account_data(instance, nested):
    account = {"wid": instance.wid, "pushname": instance.pushname, "webhookUrl": instance.webhook_url}
    if nested == "object":
        return {"type": "accountData", "message": account}
    if nested == "string":
        return {"type": "accountData", "message": json.dumps(account)}
    return {"type": "accountData", **account}


def become(state):
    """The state of the instance changes at once."""
    async def step(session):
        session.instance.become(state)
    return step


def ping(payload=b"are you there"):
    """A ping; the pong is in the log."""
    async def step(session):
        await session.send(websocket.PING, payload, "ping")
    return step


def close(number=1000, reason=""):
    async def step(session):
        await session.send_close(number, reason)
    return step


def cut():
    """The connection is reset without a close frame."""
    async def step(session):
        session.cut()
    return step


def end_of_file():
    """The server just ends its stream: no close frame, no reset."""
    async def step(session):
        session.hang_up()
    return step


def half_frame_then_cut():
    """A frame announces more than it brings."""
    async def step(session):
        whole = websocket.build(websocket.TEXT, b'{"type":"qrCode","message":"' + b"A" * 4000)
        await session.write(whole[:1000], "half a frame")
        session.cut()
    return step


def silence():
    """Says nothing for ever; only the client can end this."""
    async def step(session):
        del session
        await asyncio.Event().wait()
    return step


def flood(seconds):
    """Codes as fast as they can be sent, for so many real seconds: one payload, for their number is what counts."""
    async def step(session):
        picture = base64.b64encode(qrcode.picture(session.instance.new_payload())).decode()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            await session.send_json({"type": "qrCode", "message": picture})
    return step


def vanish():
    """The peer is still connected and says nothing more, not even pongs."""
    async def step(session):
        session.deaf = True
    return step


def broken_picture():
    """A qrCode frame whose PNG ends in the middle."""
    async def step(session):
        picture = qrcode.picture(session.instance.new_payload())
        await session.send_json({"type": "qrCode", "message": base64.b64encode(picture[:900]).decode()})
    return step
