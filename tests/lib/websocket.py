# SPDX-License-Identifier: MIT
# The server's half of RFC 6455 by hand: frames are built here byte by byte, also wrong ones on request.
import asyncio
import base64
import hashlib
import struct
from typing import NamedTuple

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
# No client of ours has anything long to say.
MAX_CLIENT_PAYLOAD = 65536


class ProtocolError(Exception):
    """The client broke the protocol; the text says how."""


class Frame(NamedTuple):
    opcode: int
    payload: bytes
    fin: bool


def accept_key(key):
    """The answer to a Sec-WebSocket-Key."""
    return base64.b64encode(hashlib.sha1(key.encode("latin-1") + GUID).digest()).decode()


def build(opcode, payload=b"", fin=True, reserved=0):
    """An unmasked frame. `reserved` sets RSV bits (4 = RSV1), which no client should accept."""
    head = bytes([(0x80 if fin else 0) | reserved << 4 | opcode])
    if len(payload) < 126:
        return head + bytes([len(payload)]) + payload
    if len(payload) < 65536:
        return head + struct.pack(">BH", 126, len(payload)) + payload
    return head + struct.pack(">BQ", 127, len(payload)) + payload


def close_payload(code, reason=""):
    return struct.pack(">H", code) + reason.encode()[:123]


def parse_close(payload):
    """(code, reason) of a close frame; the code is 1005 when it carries none."""
    if len(payload) < 2:
        return 1005, ""
    return struct.unpack(">H", payload[:2])[0], payload[2:].decode("utf-8", "replace")


async def read(reader):
    """The next frame of the client, or None when it went away without more words."""
    try:
        first, second = await reader.readexactly(2)
        length = second & 0x7F
        if length == 126:
            length, = struct.unpack(">H", await reader.readexactly(2))
        elif length == 127:
            length, = struct.unpack(">Q", await reader.readexactly(8))
        _check(first, second, length)
        key = await reader.readexactly(4)
        masked = await reader.readexactly(length)
    except (asyncio.IncompleteReadError, ConnectionError, OSError):
        return None
    payload = bytes(byte ^ key[n % 4] for n, byte in enumerate(masked))
    return Frame(first & 0x0F, payload, bool(first & 0x80))


def _check(first, second, length):
    if not second & 0x80:
        raise ProtocolError("the client sent a frame without a mask")
    if first & 0x70:
        raise ProtocolError("the client set reserved bits")
    if length > MAX_CLIENT_PAYLOAD:
        raise ProtocolError(f"the client sent {length} bytes at once")
