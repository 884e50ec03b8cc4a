# SPDX-License-Identifier: MIT
# The service imitated from its description alone, for tests: HTTP and websockets on loopback, by hand, with scripts
# for each instance and a log of all that arrived. By hand: python3 tests/e2e/service.py --port 0
import argparse
import asyncio
import itertools
import ssl
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import certs
import service_http as http
import websocket
from service_instance import METHODS, Instance
from service_log import Log
from service_scripts import SCRIPTS
from service_session import Session

START_SECONDS = 30


class Service(threading.Thread):
    """
    with Service(speed=40) as service:
        service.add("7103000001", "a" * 50, "patient")
        run_the_client(service.url)
        service.log.wait("7103000001", "code")
        service.scan("7103000001")
        service.log.wait("7103000001", "closed", how="clean")
    `speed`: how many of the service's seconds (20 for a code) pass in a second. Script names: SCRIPTS. `grace`: so
    many real seconds after the end of its script a websocket is closed that the client has not closed.
    With tls=True `ca_file` is the authority to trust; `names` is the subjectAltName of the certificate.
    """

    def __init__(self, port=0, speed=1, grace=5, tls=False, names=certs.LOOPBACK):
        super().__init__(daemon=True)
        self.log, self.speed, self.grace, self.port = Log(), speed, grace, port
        self._instances, self._ready, self._failure = {}, threading.Event(), None
        self._numbers, self._tasks = itertools.count(1), set()
        self._directory = tempfile.TemporaryDirectory(prefix="scandeck-test-") if tls else None
        self._tls, self.ca_file = self._make_tls(names) if tls else (None, None)
        self._loop = self._ending = None

    def __enter__(self):
        self.start()
        if not self._ready.wait(START_SECONDS) or self._failure:
            raise RuntimeError(f"the service did not start: {self._failure}")
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def url(self):
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    def add(self, ident, token, script="links", *, sessions=None, state=..., replies=None, boot=..., new_link=False):
        """
        An instance that follows SCRIPTS[script], unless the others say it otherwise. `boot`: how many of the
        service's seconds it is `starting` after it was linked or rebooted. `new_link`: the longer form of codes.
        """
        chosen = SCRIPTS[script]
        instance = Instance(ident, token, sessions or [each for each in (chosen.before, chosen.steps) if each] or [()], chosen.state if state is ... else state,
                            chosen.replies if replies is None else replies, chosen.boot if boot is ... else boot, new_link,
                            chosen.phone)
        self._instances[instance.id] = instance
        return instance

    def scan(self, ident):
        """
        A phone scans the code that stands over HTTPS or types the pairing code; where there is neither, it scans the
        code of a websocket, or the next one, of a script that waits for it.
        """
        self.log.add(str(ident), "scan")
        self._loop.call_soon_threadsafe(self._scan, self._instances[str(ident)])

    def _scan(self, instance):
        if not instance.answer(time.monotonic() + instance.boot / self.speed):
            instance.scanned.set()

    def set_state(self, ident, state):
        self._loop.call_soon_threadsafe(self._instances[str(ident)].become, state)

    def stop(self):
        """Cuts what is still open and ends the thread. Twice is harmless."""
        if self.is_alive():
            self._loop.call_soon_threadsafe(self._ending.set)
            self.join()
        if self._directory:
            self._directory.cleanup()

    def run(self):
        try:
            asyncio.run(self._serve())
        except OSError as error:
            self._failure = error
            self._ready.set()

    async def _serve(self):
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        # A client that breaks a TLS handshake off is what tests are about; asyncio would print it.
        self._loop.set_exception_handler(lambda loop, context: self.log.add("", "fault", text=context["message"]))
        server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, ssl=self._tls, limit=http.MAX_HEAD)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._ending.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader, writer):
        self._tasks.add(asyncio.current_task())
        connection = next(self._numbers)
        self.log.add("", "tcp", connection=connection)
        try:
            await self._converse(reader, writer, connection)
        except (ConnectionError, http.BadRequest) as error:
            self.log.add("", "fault", text=str(error))
        except asyncio.CancelledError:
            # The whole service is stopping.
            pass
        finally:
            self._tasks.discard(asyncio.current_task())
            writer.close()

    async def _converse(self, reader, writer, connection):
        goes_on = True
        while goes_on:
            request = await http.read_request(reader)
            if request is None:
                return
            if request.wants_websocket():
                await self._upgrade(request, reader, writer, connection)
                return
            reply = self._answer(request)
            self.log.add(request.id, "rest", method=request.method, verb=request.verb, status=reply.status,
                         prefix=request.prefix, headers=request.headers, query=request.query, body=request.body, connection=connection)
            goes_on = await http.send(writer, reply, request.keeps_alive())

    async def _upgrade(self, request, reader, writer, connection):
        reply = self._refusal(request, "upgrade") or self._handshake_fault(request)
        self.log.add(request.id, "upgrade", status=reply.status if reply else 101, prefix=request.prefix,
                     headers=request.headers, connection=connection)
        if reply:
            await http.send(writer, reply, False)
            return
        accept = websocket.accept_key(request.headers["sec-websocket-key"])
        # Logged first: a client that sees the answer may count the open sockets at once.
        self.log.add(request.id, "open", connection=connection)
        writer.write(http.head(101, {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": accept}))
        await Session(self, self._instances[request.id], reader, writer, connection).live()

    def _handshake_fault(self, request):
        if request.method != "scanqrcode":
            return http.Reply(404, "Not Found", "text/plain")
        if request.verb != "GET" or request.headers.get("sec-websocket-version") != "13":
            return http.Reply(400, "no handshake of version 13", "text/plain")
        return None if request.headers.get("sec-websocket-key") else http.Reply(400, "no key", "text/plain")

    def _refusal(self, request, method):
        """The Reply to a call that gets no normal answer, or None."""
        instance = self._instances.get(request.id)
        if instance is None:
            return http.Reply(403, "Forbidden", "text/plain")
        if request.token != instance.token:
            return http.Reply(401, "Unauthorized", "text/plain")
        return instance.take_reply(method)

    def _answer(self, request):
        refusal = self._refusal(request, request.method)
        if refusal:
            return refusal
        verb, answer = METHODS.get(request.method, (None, None))
        if verb != request.verb:
            return http.Reply(404, "Not Found", "text/plain")
        said = answer(self, self._instances[request.id], request)
        return said if isinstance(said, http.Reply) else http.Reply(200, said)

    def _make_tls(self, names):
        ca_file, certificate, key = certs.make(self._directory.name, names)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context, str(ca_file)


def _arguments():
    parser = argparse.ArgumentParser(description="Imitates the service on loopback, until the end of its input.")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--speed", type=float, default=1, help="service seconds per second")
    parser.add_argument("--tls", action="store_true", help="with a certificate of a CA made for this run")
    parser.add_argument("--list", action="store_true", help="list the scripts and end")
    parser.add_argument("scripts", nargs="*", metavar="SCRIPT", help="one instance each; all when there is none")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.scripts if name not in SCRIPTS]
    if unknown:
        parser.error(f"no such script: {', '.join(unknown)} (see --list)")
    return arguments


def main():
    arguments = _arguments()
    if arguments.list:
        print("\n".join(f"{name:<18} {script.about}" for name, script in SCRIPTS.items()))
        return 0
    with Service(arguments.port, arguments.speed, tls=arguments.tls) as service:
        # In the form of the program's own configuration file.
        print(f"api_url = {service.url}" + (f"\nca_file = {service.ca_file}" if arguments.tls else ""))
        for number, script in enumerate(arguments.scripts or SCRIPTS, 7103000001):
            service.add(number, f"{number:050x}", script)
            print(f"\n[instance {script}]\nid = {number}\ntoken = {number:050x}")
        print("\n; a line `scan ID` scans, `log` shows what arrived", flush=True)
        _obey(service)
    return 0


def _obey(service):
    try:
        for line in sys.stdin:
            words = line.split()
            if words[:1] == ["scan"] and len(words) == 2:
                service.scan(words[1])
            elif words == ["log"]:
                print(service.log.text(), flush=True)
    except (KeyboardInterrupt, KeyError) as error:
        print(f"ended by {error!r}")


if __name__ == "__main__":
    sys.exit(main())
