# SPDX-License-Identifier: MIT
# What arrived at the imitated service and what it answered: tests ask here, from their own thread.
import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """
    kind      detail
    tcp       connection                       a TCP connection was accepted
    rest      method verb status prefix headers body connection
    upgrade   status prefix headers connection a websocket was asked for
    open      connection                       … and granted
    sent      type                             the `type` of a JSON frame, or what else went out
    code      payload                          a qrCode with this payload went out, as a frame or as an answer
    pairing   number type                      a pairing code was asked for, with this number and media type
    received  opcode payload                   a data frame of the client (it has nothing to say)
    ping pong payload                          of the client
    scan      -                                the test pretended that a phone scanned
    close_sent code reason
    close_received code reason
    closed    how connection                   how: clean, eof (no close frame), cut (by the script), lingered (the
                                               client did not close), broken, stopped
    fault     text                             the client broke the protocol
    """

    at: float
    instance: str
    kind: str
    detail: dict

    def __getitem__(self, name):
        return self.detail[name]


class Log:
    """Times are seconds of time.monotonic()."""

    def __init__(self):
        self._events = []
        self._changed = threading.Condition()

    def add(self, instance, kind, **detail):
        with self._changed:
            self._events.append(Event(time.monotonic(), instance, kind, detail))
            self._changed.notify_all()

    def events(self, instance=None, kind=None, **detail):
        """All events so far that match."""
        with self._changed:
            return [each for each in self._events if _matches(each, instance, kind, detail)]

    def wait(self, instance=None, kind=None, count=1, timeout=10, **detail):
        """Waits until `count` matching events are there; returns them, or fails with the log of that instance."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                found = [each for each in self._events if _matches(each, instance, kind, detail)]
                if len(found) >= count:
                    return found
                if not self._changed.wait(max(0, deadline - time.monotonic())):
                    raise AssertionError(f"{count} x {kind} {detail} of {instance} did not come within {timeout} s; "
                                         f"there were:\n{self.text(instance)}")

    def text(self, instance=None):
        """For people: one line an event."""
        found = self.events(instance)
        start = found[0].at if found else 0
        return "\n".join(f"{each.at - start:8.3f} {each.instance} {each.kind} {_short(each.detail)}" for each in found)

    def open_now(self, instance):
        return len(self.events(instance, "open")) - len(self._closed(instance))

    def max_open(self, instance):
        """The most websockets that this instance ever had at once."""
        opened = {each["connection"] for each in self.events(instance, "open")}
        most = now = 0
        for each in self.events(instance):
            if each.kind == "open":
                now += 1
            elif each.kind == "closed" and each["connection"] in opened:
                now -= 1
            most = max(most, now)
        return most

    def connect_gaps(self, instance):
        """Seconds between one request for a websocket and the next."""
        return gaps([each.at for each in self.events(instance, "upgrade")])

    def busiest_second(self, instance, method=None):
        """The most REST calls (of one method) within any second."""
        calls = self.events(instance, "rest", **({"method": method} if method else {}))
        times = [each.at for each in calls]
        return max((sum(start <= at < start + 1 for at in times) for start in times), default=0)

    def payloads(self, instance):
        """The payloads of all codes sent, oldest first."""
        return [each["payload"] for each in self.events(instance, "code")]

    def _closed(self, instance):
        opened = {each["connection"] for each in self.events(instance, "open")}
        return [each for each in self.events(instance, "closed") if each["connection"] in opened]


def gaps(times):
    return [later - earlier for earlier, later in zip(times, times[1:])]


def _matches(event, instance, kind, detail):
    return (instance in (None, event.instance) and kind in (None, event.kind)
            and all(event.detail.get(name) == value for name, value in detail.items()))


def _short(detail):
    return " ".join(f"{name}={str(value)[:60]}" for name, value in detail.items() if name != "headers")
