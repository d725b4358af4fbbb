"""The web server and the worker as processes that can be killed and started again."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import urllib3

TOP = Path(__file__).resolve().parents[2]
PATIENCE = 90  # seconds until something has to answer


class Patience(Exception):
    """Something did not come up in time."""


class Process:
    """A process in a group of its own; whatever it starts dies with it."""

    def __init__(self, *command: str):
        self.command = [sys.executable, *command]
        self.running: subprocess.Popen | None = None

    def start(self) -> None:
        self.running = subprocess.Popen(  # noqa: S603 -- our own commands
            self.command,
            cwd=TOP,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """End it and everything it started as a failing machine would."""
        if self.running is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()
            self.running = None


def web(port: int) -> Process:
    """The web server, as the Procfile starts it."""
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-ws", "--blocking-threads", "4"]
    site = "newsroom.wsgi:application"
    return Process(
        *("-m", "granian", "--interface", "wsgi", "--log-level", "critical", *options, site)
    )


def worker() -> Process:
    """The background worker, as the Procfile starts it."""
    return Process("manage.py", "db_worker", "--no-startup-delay")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str) -> None:
    """Return when `address` answers 200; raises `Patience`."""
    pool = urllib3.PoolManager(retries=False, timeout=2)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(urllib3.exceptions.HTTPError):
            if pool.request("GET", address).status == 200:
                return
        time.sleep(0.05)
    raise Patience(f"{address} does not answer.")
