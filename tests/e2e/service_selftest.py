# SPDX-License-Identifier: MIT
# Checks the imitated service with a client that shares no code with it: blocking sockets, frames by hand.
import base64
import hashlib
import json
import os
import socket
import ssl
import struct
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import certs
import decode
import qrcode
import tap
from service import METHODS, SCRIPTS, Service
from service_http import Reply

TOKEN = "0123456789" * 5
SECONDS = 10


class Client:
    """A TCP connection to the service; reads exactly what is asked for."""

    def __init__(self, service, ca_file=None):
        self.socket = socket.create_connection(("127.0.0.1", service.port), SECONDS)
        if ca_file:
            trust = ssl.create_default_context(cafile=ca_file)
            self.socket = trust.wrap_socket(self.socket, server_hostname="localhost")
        self.buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def ask(self, ident, method, token=TOKEN, verb="GET", headers="", prefix="", body=b""):
        """One HTTP request; returns (status, headers, body)."""
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        self.socket.sendall(f"{verb} {prefix}/waInstance{ident}/{method}/{token} HTTP/1.1\r\n"
                            f"Host: 127.0.0.1\r\n{length}{headers}\r\n".encode() + body)
        head = self.until(b"\r\n\r\n").decode()
        pairs = (line.split(": ", 1) for line in head.split("\r\n")[1:])
        names = {name.lower(): value for name, value in pairs}
        status = int(head.split(" ")[1])
        return status, names, self.exactly(int(names.get("content-length", 0)))

    def state(self, ident):
        return json.loads(self.ask(ident, "getStateInstance")[2])["stateInstance"]

    def upgrade(self, ident, token=TOKEN):
        """Asks for the websocket; returns the status, having checked the key of a 101."""
        key = base64.b64encode(os.urandom(16)).decode()
        status, headers, _ = self.ask(ident, "scanqrcode", token, headers=(
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n"))
        if status == 101:
            wanted = hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()
            assert headers["sec-websocket-accept"] == base64.b64encode(wanted).decode(), "wrong accept key"
        return status

    def frame(self):
        """(opcode, fin, payload) as it is on the wire."""
        first, second = self.exactly(2)
        assert second < 128, "a server must not mask"
        size = {126: 2, 127: 8}.get(second)
        length = int.from_bytes(self.exactly(size), "big") if size else second
        return first & 15, bool(first & 128), self.exactly(length)

    def message(self):
        """The next whole data message or close frame: (opcode, payload). Pings are answered on the way."""
        kind, whole = None, b""
        while True:
            opcode, fin, payload = self.frame()
            if opcode == 9:
                self.send(10, payload)
                continue
            if opcode == 8:
                return opcode, payload
            kind, whole = kind or opcode, whole + payload
            if fin:
                return kind, whole

    def json(self):
        return json.loads(self.message()[1])

    def send(self, opcode, payload=b""):
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[n % 4] for n, byte in enumerate(payload))
        self.socket.sendall(bytes([128 | opcode, 128 | len(payload)]) + mask + masked)

    def close(self, code=1000):
        """A proper close; returns the code of the answer."""
        self.send(8, struct.pack(">H", code))
        while True:
            opcode, _, payload = self.frame()
            if opcode == 8:
                return struct.unpack(">H", payload[:2])[0]

    def until(self, mark):
        while mark not in self.buffer:
            self._receive()
        found, _, self.buffer = self.buffer.partition(mark)
        return found

    def exactly(self, count):
        while len(self.buffer) < count:
            self._receive()
        found, self.buffer = self.buffer[:count], self.buffer[count:]
        return found

    def _receive(self):
        data = self.socket.recv(65536)
        if not data:
            raise EOFError("the service closed the connection")
        self.buffer += data


def picture_of(message):
    return base64.b64decode(message["message"])


def check_rest(t, service):
    service.add(1, TOKEN, "linked")
    service.add(2, TOKEN, "null-state")
    with Client(service) as client:
        t.equal(client.state(1), "authorized", "the state of a linked instance")
        t.equal(json.loads(client.ask(1, "getWaSettings")[2])["phone"], "79001234567", "its phone, same connection")
        t.equal(client.ask(1, "getStateInstance", "x" * 50)[0], 401, "a wrong token")
        t.equal(client.ask(99, "getStateInstance")[0], 403, "an unknown instance")
        t.equal(client.ask(1, "nothing")[0], 404, "an unknown method")
        t.equal(client.ask(1, "logout", verb="POST")[0], 404, "a wrong verb")
        t.equal(client.state(2), None, "the state null")
        t.equal(json.loads(client.ask(1, "logout", prefix="/v3")[2]), {"isLogout": True}, "logout, behind a path")
        t.equal(client.state(1), "notAuthorized", "the state after it")
        t.equal(client.ask(1, "getAuthorizationCode", verb="POST", body=b'{"phoneNumber":1}')[0], 200, "a body")
        t.equal(client.ask(1, "reboot", headers="Connection: close\r\n")[1]["connection"], "close", "close on request")
        with t.case("… is carried out"):
            try:
                client.state(1)
            except (EOFError, ConnectionError):
                return
            raise AssertionError("the connection stayed open")


def check_rest_log(t, service):
    t.equal(len({each["connection"] for each in service.log.events("1", "rest")}), 1, "one connection for all")
    t.equal([each["prefix"] for each in service.log.events("1", "rest", method="logout", verb="GET")], ["/v3"],
            "the path is logged")
    t.equal(service.log.busiest_second("1", "getWaSettings"), 1, "one call of a method in a second")
    t.ok(service.log.busiest_second("1") >= 6, "several calls in a second", service.log.text("1"))


def check_link(t, service):
    service.add(10, TOKEN, "links", boot=200)
    with Client(service) as client, Client(service) as other:
        t.equal(client.upgrade(10), 101, "a websocket")
        first, second, last = client.json(), client.json(), client.json()
        t.equal((first["type"], second["type"], last["type"]), ("qrCode", "qrCode", "accountData"), "two codes, linked")
        t.equal(other.state(10), "starting", "starting after the link")
        t.equal(last["wid"], "79001234567@c.us", "accountData at the top level")
        payloads = service.log.payloads("10")
        t.ok(len(set(payloads)) == 2 and {len(each) for each in payloads} == {239}, "two codes of 239 bytes")
        for message, payload in zip((first, second), payloads):
            check_picture(t, picture_of(message), payload)
        t.equal(client.close(), 1000, "the close is answered")
    service.log.wait("10", "closed", how="clean")
    t.equal([each["code"] for each in service.log.events("10", "close_received")], [1000], "the close is logged")
    with Client(service) as client:
        t.ok(_until(lambda: client.state(10) == "authorized"), "authorized at last")


def check_picture(t, picture, payload):
    sizes = [each[1] for each in _chunks(picture) if each[0] == b"IDAT"]
    width, height, depth, colour = struct.unpack(">IIBB", picture[16:26])
    t.equal((width, height, depth, colour, sizes[0]), (276, 276, 8, 6, 2), "a picture like the real ones")
    for name, got in decode.decode_all(picture).items():
        t.equal(got, payload, f"{name} reads it")


def _chunks(picture):
    at = 8
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at:at + 8])
        yield kind, length
        at += length + 12


def _until(holds):
    deadline = time.monotonic() + SECONDS
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def check_scan(t, service):
    service.add(11, TOKEN, "patient", new_link=True)
    with Client(service) as client:
        client.upgrade(11)
        t.equal(client.json()["type"], "qrCode", "a code that waits")
        t.equal(len(service.log.payloads("11")[0]), 277, "of the longer form")
        service.scan(11)
        t.equal(_next_but(client, "qrCode")["type"], "accountData", "the scan links")
        client.close()
    service.add(12, TOKEN, "patient")
    with Client(service) as client:
        client.upgrade(12)
        t.equal(_next_but(client, "qrCode")["type"], "timeout", "without a scan it times out")
        t.equal(len(service.log.payloads("12")), 5, "after five codes")
        t.equal(client.message()[0], 8, "who does not close is closed")
    t.equal(service.log.wait("12", "closed")[0]["how"], "lingered", "and the log tells")


def _next_but(client, kind):
    message = client.json()
    while message["type"] == kind:
        message = client.json()
    return message


def check_endings(t, service):
    for number, (script, wanted) in enumerate((
            ("already-first", ["alreadyLogged"]), ("links-already", ["qrCode", "alreadyLogged"]),
            ("error", ["error"]), ("timeout-expired", ["qrCode", "timeoutExpired"]),
            ("passkey", ["qrCode", "passkeyRequired"]), ("links-nested", ["qrCode", "accountData"])), 20):
        service.add(number, TOKEN, script)
        with Client(service) as client:
            client.upgrade(number)
            t.equal([client.json()["type"] for _ in wanted], wanted, f"script {script}")
            client.close()
    service.add(30, TOKEN, "close-1011")
    with Client(service) as client:
        client.upgrade(30)
        client.json()
        t.equal(client.message()[1][:2], struct.pack(">H", 1011), "close code 1011")
        client.send(8, struct.pack(">H", 1011))
    t.equal(service.log.wait("30", "closed")[0]["how"], "clean", "answered, it is a clean end")


def check_breaks(t, service):
    for number, (script, wanted) in enumerate((("cut", ConnectionError), ("eof", EOFError),
                                               ("cut-mid-frame", ConnectionError)), 31):
        service.add(number, TOKEN, script)
        with Client(service) as client, t.case(f"script {script}"):
            client.upgrade(number)
            try:
                client.message()
                client.message()
            except wanted:
                continue
            raise AssertionError("nothing broke")
    service.add(34, TOKEN, "silence")
    with Client(service) as client:
        client.upgrade(34)
        client.socket.close()
    t.equal(service.log.wait("34", "closed")[0]["how"], "eof", "a client that goes without a close frame")
    service.add(35, TOKEN, "silence")
    with Client(service) as client:
        client.upgrade(35)
        client.socket.sendall(b"\x81\x01x")
        service.log.wait("35", "fault")
    t.equal(service.log.wait("35", "closed")[0]["how"], "broken", "a client that does not mask")


def check_fragments(t, service):
    service.add(40, TOKEN, "fragments")
    with Client(service) as client:
        client.upgrade(40)
        frames = [client.frame() for _ in range(13)]
        t.equal([each[0] for each in frames], [1] + [9, 0] * 6, "seven fragments, pings between")
        t.equal([each[1] for each in frames if each[0] != 9], [False] * 6 + [True], "only the last is final")
        whole = b"".join(each[2] for each in frames if each[0] != 9)
        t.ok(picture_of(json.loads(whole)).startswith(b"\x89PNG"), "together they are a code")
        client.send(9, b"hello")
        t.ok(_until(lambda: service.log.events("40", "ping", payload=b"hello")), "a ping of the client is logged")
        client.close()
    service.add(41, TOKEN, "pings")
    with Client(service) as client:
        client.upgrade(41)
        _next_but(client, "qrCode")
        client.close()
    pongs = [each["payload"] for each in service.log.wait("41", "pong", 2)]
    t.equal(pongs, [b"", b"are you there"], "pongs are logged")
    service.add(42, TOKEN, "binary")
    with Client(service) as client:
        client.upgrade(42)
        t.equal(client.message()[0], 2, "a binary message")


def check_refusals(t, service):
    for number, status in enumerate((401, 403, 404, 429, 503), 50):
        service.add(number, TOKEN, str(status))
        with Client(service) as client:
            t.equal(client.ask(number, "getStateInstance")[0], status, f"{status} at REST")
        with Client(service) as client:
            t.equal(client.upgrade(number), status, f"{status} at the upgrade")
    service.add(60, TOKEN, "upgrade-429")
    for wanted in (429, 101):
        with Client(service) as client:
            t.equal(client.upgrade(60), wanted, f"then {wanted}")
    t.equal([each["status"] for each in service.log.events("60", "upgrade")], [429, 101], "both are logged")
    t.equal(len(service.log.connect_gaps("60")), 1, "one gap between them")


def check_replies(t, service):
    service.add(70, TOKEN, replies={"getStateInstance": [
        Reply(200, {"code": 401}), Reply(503, "<html>", "text/html"), Reply(200, "x", delay=0.3), None]})
    with Client(service) as client:
        t.equal(client.ask(70, "getStateInstance")[2], b'{"code": 401}', "an error within 200")
        t.equal(client.ask(70, "getStateInstance")[1]["content-type"], "text/html", "a page of HTML")
        start = time.monotonic()
        client.ask(70, "getStateInstance")
        t.ok(time.monotonic() - start >= 0.3, "a slow answer")
        t.equal(client.state(70), "notAuthorized", "and then the normal one")
    service.add(71, TOKEN, "rest-drop")
    with Client(service) as client, t.case("an answer that never comes"):
        try:
            client.state(71)
        except (EOFError, ConnectionError):
            return
        raise AssertionError("there was an answer")


def check_counting(t, service):
    service.add(80, TOKEN, "silence")
    with Client(service) as one:
        one.upgrade(80)
        with Client(service) as two:
            two.upgrade(80)
            t.equal((service.log.open_now("80"), service.log.max_open("80")), (2, 2), "two sockets at once are seen")
            two.close()
        service.log.wait("80", "closed")
        t.equal((service.log.open_now("80"), service.log.max_open("80")), (1, 2), "the most is remembered")
        one.close()


def check_hostile(t, service):
    service.add(81, TOKEN, "token-echo")
    service.add(82, TOKEN, "hostile-error")
    service.add(83, TOKEN, "huge")
    with Client(service) as client:
        client.upgrade(81)
        t.ok(TOKEN in _next_but(client, "qrCode")["message"], "an error with the token in it")
    with Client(service) as client:
        client.upgrade(82)
        t.ok("\x1b]0;" in client.json()["message"], "an error with control sequences in it")
    with Client(service) as client:
        client.upgrade(83)
        t.ok(len(client.message()[1]) > 2 * 1024 * 1024, "a frame of 2 MiB")


def check_every_script(t):
    """Every script plays to its end without a fault of its own, and is as long as it should be."""
    with Service(speed=1000) as service:
        for number, name in enumerate(SCRIPTS, 100):
            service.add(number, TOKEN, name)
            with Client(service) as client:
                client.socket.settimeout(0.2)
                _drain(client, number)
        faults = [each for each in service.log.events(kind="fault") if "in the script" in each["text"]]
        t.equal(faults, [], "no script has a fault")
        t.ok(set(METHODS) >= {"getStateInstance", "getWaSettings", "logout", "reboot", "qr"}, "the methods are there")


def _drain(client, number):
    """Reads messages until one says nothing more is to come."""
    try:
        if client.upgrade(number) != 101:
            return
        while True:
            opcode, payload = client.message()
            if opcode == 8 or b"accountData" in payload or b"imeout" in payload:
                return
    except (OSError, EOFError, ValueError, AssertionError, IndexError):
        # What breaks on purpose ends here; the faults of scripts are in the log.
        return


def check_tls(t):
    if certs.missing():
        t.skip("over TLS", certs.missing())
        return
    with Service(tls=True) as service:
        service.add(1, TOKEN, "links")
        with Client(service, service.ca_file) as client:
            t.equal(client.state(1), "notAuthorized", "REST over TLS")
        with Client(service, service.ca_file) as client:
            t.equal(client.upgrade(1), 101, "a websocket over TLS")
            t.equal(client.json()["type"], "qrCode", "a code over TLS")
        directory = Path(service.ca_file).parent
        with t.case("another authority is not trusted"), tempfile.TemporaryDirectory() as strange:
            other, _, _ = certs.make(strange)
            try:
                Client(service, str(other))
            except (ssl.SSLError, OSError):
                pass
            else:
                raise AssertionError("it was")
    t.ok(not directory.exists(), "the certificates are gone afterwards")


def check_codes_over_https(t, service):
    service.add(80, TOKEN, "upgrade-403", boot=50)
    with Client(service) as client:
        t.equal(client.upgrade(80), 403, "a wall before the websocket")
    with Client(service) as client:
        first = json.loads(client.ask(80, "qr")[2])
        t.equal((first["type"], json.loads(client.ask(80, "qr")[2])), ("qrCode", first), "the same code while it lives")
        t.equal([client.ask(80, "qr")[0] for _ in range(2)], [200, 429], "three a second and no more")
        time.sleep(1)
        status, _, body = client.ask(80, "qr")
        t.ok(status == 400 and b"starting" in body, "its phone has scanned: starting", status, body)
        time.sleep(1)
        t.equal(json.loads(client.ask(80, "qr")[2])["type"], "alreadyLogged", "and then linked")
        history = json.loads(client.ask(80, "getStateInstanceHistory", TOKEN + "?count=2")[2])
        t.equal([entry["stateInstance"] for entry in history], ["authorized", "starting"], "the history, newest first")


def check_pairing(t, service):
    service.add(81, TOKEN, "patient")
    with Client(service) as client:
        t.equal(client.ask(81, "getAuthorizationCode")[0], 404, "a pairing code is asked for with POST")
        t.equal(client.ask(81, "getAuthorizationCode", verb="POST", body=b'{"phoneNumber":"44"}')[0], 400, "and a number")
        asked = client.ask(81, "getAuthorizationCode", verb="POST", body=b'{"phoneNumber":441234567890}')
        t.equal(json.loads(asked[2]), {"status": True, "code": "GAPI2015"}, "a pairing code")
        service.scan(81)
        service.log.wait("81", "scan")
        for _ in range(100):
            if client.state(81) == "authorized":
                break
            time.sleep(0.05)
        t.equal(client.state(81), "authorized", "typed on the phone it links")
        asked = client.ask(81, "getAuthorizationCode", verb="POST", body=b'{"phoneNumber":441234567890}')
        t.equal(json.loads(asked[2]), {"status": False}, "none for who is linked")
    t.equal([each["number"] for each in service.log.events("81", "pairing")], ["44", 441234567890, 441234567890],
            "the log has the numbers")


def check_shutdown(t):
    before = threading.active_count()
    with Service() as service:
        service.add(1, TOKEN, "silence")
        client = Client(service)
        client.upgrade(1)
        port = service.port
    t.equal(threading.active_count(), before, "no thread is left")
    t.equal(service.log.wait("1", "closed")[0]["how"], "stopped", "the end cuts what is open")
    client.socket.close()
    with t.case("the port is closed"):
        try:
            socket.create_connection(("127.0.0.1", port), SECONDS)
        except ConnectionRefusedError:
            pass
        else:
            raise AssertionError("it is open")


def main():
    t = tap.Tap()
    reason = qrcode.missing() or decode.missing()
    if reason:
        return t.skip_all(reason)
    with Service(speed=50, grace=1) as service:
        for check in (check_rest, check_rest_log, check_link, check_scan, check_endings, check_breaks, check_fragments,
                      check_refusals, check_replies, check_counting, check_hostile, check_codes_over_https, check_pairing):
            t.run(check, t, service)
    for check in (check_tls, check_shutdown, check_every_script):
        t.run(check, t)
    return t.done()


if __name__ == "__main__":
    sys.exit(main())
