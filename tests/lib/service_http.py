# SPDX-License-Identifier: MIT
# HTTP/1.1 of the imitated service: requests are read here, replies written, also bad ones on request.
import asyncio
import json
import re
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_HEAD = 16384
MAX_BODY = 65536
REASONS = {101: "Switching Protocols", 200: "OK", 302: "Found", 400: "Bad Request", 401: "Unauthorized",
           403: "Forbidden", 404: "Not Found", 429: "Too Many Requests", 466: "Quota", 500: "Internal Server Error",
           502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}
_PATH = re.compile(r"(?P<prefix>.*)/waInstance(?P<id>[^/]*)/(?P<method>[^/]*)/(?P<token>[^/?]*)")


class BadRequest(Exception):
    """What arrived is no HTTP request."""


class Request(NamedTuple):
    verb: str
    prefix: str
    id: str
    method: str
    token: str
    query: str
    headers: dict
    body: bytes

    def wants_websocket(self):
        return self.headers.get("upgrade", "").lower() == "websocket"

    def keeps_alive(self):
        return "close" not in self.headers.get("connection", "").lower()


@dataclass
class Reply:
    """
    `body`: bytes or text as they are, anything else as JSON. `delay`: seconds before the answer. `hang`: no answer at
    all. `drop`: the connection closes instead of an answer. `raw`: these bytes instead of a proper answer.
    `cut_at`: only so many bytes of the answer, then the connection is cut. `chunked`: in pieces.
    """

    status: int = 200
    body: object = b""
    content_type: str = "application/json; charset=utf-8"
    headers: dict = field(default_factory=dict)
    delay: float = 0
    hang: bool = False
    drop: bool = False
    raw: bytes = b""
    cut_at: int = 0
    chunked: bool = False

    def encode(self, keep_alive):
        if self.raw:
            return self.raw
        body = self.payload()
        headers = {"Content-Type": self.content_type, "Connection": "keep-alive" if keep_alive else "close",
                   **({"Transfer-Encoding": "chunked"} if self.chunked else {"Content-Length": len(body)}),
                   **self.headers}
        return head(self.status, headers) + (_chunks(body) if self.chunked else body)

    def payload(self):
        if isinstance(self.body, str):
            return self.body.encode()
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


def html(status):
    """An error page of some machine in between."""
    page = f"<html><head><title>{status}</title></head><body><h1>{REASONS[status]}</h1><hr>nginx</body></html>\r\n"
    return Reply(status, page, "text/html")


def head(status, headers):
    status_line = f"HTTP/1.1 {status} {REASONS.get(status, 'Other')}"
    return "\r\n".join([status_line, *(f"{name}: {text}" for name, text in headers.items()), "", ""]).encode("latin-1")


async def read_request(reader):
    """The next request of a connection, or None when the client is gone."""
    try:
        text = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *lines = text.split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (each.partition(":") for each in lines)}
        body = await reader.readexactly(_length(headers))
    except (asyncio.IncompleteReadError, ConnectionError, OSError):
        return None
    except asyncio.LimitOverrunError:
        raise BadRequest(f"a request head of more than {MAX_HEAD} bytes") from None
    words = line.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise BadRequest(f"no request line of HTTP/1: {line[:40]!r}")
    return _request(words[0], words[1], headers, body)


async def send(writer, reply, keep_alive):
    """Carries a reply out; returns whether the connection may go on."""
    await asyncio.sleep(reply.delay)
    if reply.hang:
        await asyncio.Event().wait()
    if reply.drop:
        return False
    data = reply.encode(keep_alive)
    writer.write(data[:reply.cut_at] if reply.cut_at else data)
    await writer.drain()
    return keep_alive and not reply.raw and not reply.cut_at


def _length(headers):
    text = headers.get("content-length", "0")
    if not text.isdigit() or int(text) > MAX_BODY:
        raise BadRequest(f"a body of {text[:20]} bytes")
    return int(text)


def _request(verb, path, headers, body):
    path, _, query = path.partition("?")
    found = _PATH.fullmatch(path)
    parts = found.groupdict() if found else {"prefix": path, "id": "", "method": "", "token": ""}
    return Request(verb, query=query, headers=headers, body=body, **parts)


def _chunks(body):
    middle = len(body) // 2
    parts = [part for part in (body[:middle], body[middle:]) if part]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
