"""Knows which background workers are alive, so that the work of one that died is done by others.

A worker holds a lock while it lives: an advisory lock of PostgreSQL, or a byte of a file beside
the SQLite database. The system lets go of both when the process ends, however it ends; so no
clock is asked, no process number, and no machine.
"""

import fcntl
import hashlib
import os
from contextlib import suppress
from pathlib import Path

from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper

# Seconds after which PostgreSQL notices that a worker's machine is gone, not only its process.
_KEEPALIVES = "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10;"


class Roll:
    """The roll of the workers on duty. Keep it as long as the worker lives."""

    def __init__(self, worker_id: str):
        self.worker_id = worker_id
        self._held: BaseDatabaseWrapper | None = None
        self._file: int | None = None

    def sign_on(self) -> bool:
        """Be on duty from now on; harmless if repeated, and mends a connection that was lost.

        False if somebody of this name is on duty still: after a connection was lost, oneself,
        until the server notices. It has to be repeated then.
        """
        if connection.vendor == "postgresql":
            return self._lock_in_the_database()
        if (path := _file_beside_the_database()) and self._file is None:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            fcntl.lockf(self._file, fcntl.LOCK_EX, 1, _number(self.worker_id))
        return True

    def sign_off(self) -> None:
        """Let go, as the system does when the process ends, but before this returns."""
        if self._held is not None:
            self._unlock_in_the_database()
            self._held.close()
            self._held = None
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def has(self, worker_id: str) -> bool:
        """Whether that worker is on duty; ask within a transaction."""
        if worker_id == self.worker_id:
            return True
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_number(worker_id)])
                return not cursor.fetchone()[0]
        return self._file is not None and self._is_locked(_number(worker_id))

    def _lock_in_the_database(self) -> bool:
        if self._held is None:
            self._held = connection.copy()
            self._held.inc_thread_sharing()
            self._held.settings_dict["OPTIONS"].pop("pool", None)
        self._held.close_if_unusable_or_obsolete()
        with self._held.cursor() as cursor:
            cursor.execute(_KEEPALIVES)
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_number(self.worker_id)])
            return cursor.fetchone()[0]

    def _unlock_in_the_database(self) -> None:
        """A server hears of a closed connection a moment later; what was lost holds nothing."""
        with suppress(Error), self._held.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")

    def _is_locked(self, place: int) -> bool:
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except OSError:
            return True
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)
        return False


def _number(worker_id: str) -> int:
    """What stands for a worker where only numbers can be locked: 62 bits of its hash."""
    return int.from_bytes(hashlib.sha256(worker_id.encode()).digest()[:8]) >> 2


def _file_beside_the_database() -> Path | None:
    """None for a database in memory: nobody else can be working on it."""
    name = str(connection.settings_dict["NAME"])
    return None if ":memory:" in name or "mode=memory" in name else Path(f"{name}-workers")
