"""Seconds for a whole conversation: a timeout of a socket only limits each silence in it."""

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Self


class Deadline:
    """A moment at which the connection it watches is shut, whatever it is in the middle of.

    A server that sends one byte a second never runs into a timeout, be it in the handshake, in
    the headers or in the body. Whoever was reading finds the end of the connection, and has to
    ask `has_passed` whether that was the server's doing.
    """

    def __init__(self, seconds: float):
        self._ends = time.monotonic() + seconds
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._watched: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._timer.cancel()
        self._watch(None)

    @property
    def has_passed(self) -> bool:
        return self._over.is_set() or time.monotonic() >= self._ends

    def remaining(self) -> float:
        """Seconds left, more than 0; raises `TimeoutError` when there are none."""
        if self.has_passed:
            raise TimeoutError("no time left")
        return max(self._ends - time.monotonic(), 0.001)

    def wait_for[T](self, ask: Callable[[], T]) -> T:
        """The answer of something that cannot be interrupted; raises `TimeoutError` without it."""
        thread = ThreadPoolExecutor(1)
        try:
            return thread.submit(ask).result(self.remaining())
        finally:
            thread.shutdown(wait=False)

    def watch(self, connection: socket.socket) -> None:
        """Watch this connection from now on, instead of the one before."""
        # A duplicate stays valid when TLS takes the socket over, and shutting it shuts both.
        self._watch(connection.dup())
        if self.has_passed:
            self._pass()

    def _watch(self, connection: socket.socket | None) -> None:
        with self._lock:
            before, self._watched = self._watched, connection
            if before:
                before.close()

    def _pass(self) -> None:
        self._over.set()
        with self._lock, suppress(OSError):
            if self._watched:
                self._watched.shutdown(socket.SHUT_RDWR)
