# SPDX-License-Identifier: MIT
# One websocket of the imitated service: runs the script of its instance and listens to the client meanwhile.
import asyncio
import base64
import json
import socket
import struct

import qrcode
import websocket


class ScriptEnd(Exception):
    """A step decided that the rest of its script is not to happen."""


class Session:
    """One websocket: what the steps of a script can do with it."""

    def __init__(self, service, instance, reader, writer, connection):
        self.service, self.instance, self.connection = service, instance, connection
        self.reader, self.writer = reader, writer
        self.close_sent = self.close_received = self.deaf = False
        self.how = None

    async def live(self):
        """Until the connection is over; afterwards `how` says how it ended."""
        script = asyncio.ensure_future(self._run_script())
        try:
            await self._listen()
        except websocket.ProtocolError as error:
            self._log("fault", text=str(error))
            self.how = "broken"
        except asyncio.CancelledError:
            self.how = "stopped"
            raise
        finally:
            script.cancel()
            await self._bury(script)
            how = self.how or ("clean" if self.close_received else "eof")
            self._log("closed", how=how, connection=self.connection)

    async def send_json(self, value):
        await self.send(websocket.TEXT, json.dumps(value, ensure_ascii=False).encode(), value.get("type"))

    async def send(self, opcode, payload, label):
        await self.write(websocket.build(opcode, payload), label)

    async def write(self, data, label):
        self._log("sent", type=label)
        self.writer.write(data)
        await self.writer.drain()

    async def send_code(self, pieces=1, pings=False, opcode=websocket.TEXT, decorate=None):
        payload = self.instance.new_payload()
        picture = base64.b64encode(qrcode.picture(payload)).decode()
        message = json.dumps({"type": "qrCode", "message": decorate(picture) if decorate else picture}).encode()
        size = -(-len(message) // pieces)
        frames = [websocket.build(websocket.CONTINUATION if start else opcode, message[start:start + size],
                                  start + size >= len(message)) for start in range(0, len(message), size)]
        # Logged first: who has read the code may look for it in the log.
        self._log("code", payload=payload)
        await self.write((websocket.build(websocket.PING, b"between") if pings else b"").join(frames), "qrCode")

    async def send_close(self, code, reason):
        self.close_sent = True
        self._log("close_sent", code=code, reason=reason)
        self.writer.write(websocket.build(websocket.CLOSE, websocket.close_payload(code, reason)))
        await self.writer.drain()

    async def pause(self, seconds):
        await asyncio.sleep(self.scaled(seconds))

    async def scanned_within(self, seconds):
        try:
            await asyncio.wait_for(self.instance.scanned.wait(), self.scaled(seconds))
        except asyncio.TimeoutError:
            return False
        self.instance.scanned.clear()
        return True

    def scaled(self, seconds):
        return seconds / self.service.speed

    def end_script(self):
        raise ScriptEnd

    def cut(self):
        """Without the linger option this would be an ordinary end of stream."""
        self.how = "cut"
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    def hang_up(self):
        self.how = "cut"
        self.writer.close()

    async def _bury(self, script):
        """A script that has a fault of its own must not look like silence."""
        result, = await asyncio.gather(script, return_exceptions=True)
        if isinstance(result, Exception):
            self._log("fault", text=f"in the script: {result!r}")

    async def _run_script(self):
        try:
            await self._play()
            await self._linger()
        except ConnectionError:
            pass

    async def _play(self):
        try:
            for step in self.instance.take_steps():
                await step(self)
        except ScriptEnd:
            pass

    async def _linger(self):
        """The client is the one who closes; one that does not is closed, and the log tells."""
        await asyncio.sleep(self.service.grace)
        self.how = "lingered"
        if not self.close_sent:
            await self.send_close(1000, "")
        self.writer.close()

    async def _listen(self):
        while not self.close_received:
            frame = await websocket.read(self.reader)
            if frame is None:
                return
            await self._take(frame)

    async def _take(self, frame):
        if self.deaf:
            return
        if frame.opcode == websocket.CLOSE:
            code, reason = websocket.parse_close(frame.payload)
            self.close_received = True
            self._log("close_received", code=code, reason=reason)
            if not self.close_sent:
                await self.send_close(1000 if code == 1005 else code, "")
        elif frame.opcode == websocket.PING:
            self._log("ping", payload=frame.payload)
            self.writer.write(websocket.build(websocket.PONG, frame.payload))
        elif frame.opcode == websocket.PONG:
            self._log("pong", payload=frame.payload)
        else:
            self._log("received", opcode=frame.opcode, payload=frame.payload)

    def _log(self, kind, **detail):
        self.service.log.add(self.instance.id, kind, **detail)
