"""Runs commands together: all start, all end, and no process of theirs outlives them."""

import os
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

TICK = 0.1  # seconds between two looks at everything
GRACE = 10.0  # seconds a process has to finish what it is doing
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


@dataclass(slots=True)
class Child:
    """A running command, the leader of its own session, and the output not yet passed on."""

    name: str
    process: subprocess.Popen
    rest: bytes = b""
    unsaid: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended: whether somebody asked for it, and otherwise who ended first, and how."""

    asked: bool
    name: str = ""
    status: int = 0


def quiet_ending(command: Sequence[str]) -> list[str]:
    """Return a command that Linux ends if we are killed without a chance to do so ourselves."""
    launcher = shutil.which("setpriv")
    if launcher and os.uname().sysname == "Linux":
        return [launcher, "--pdeathsig", "TERM", "--", *command]
    return list(command)


def has_terminal() -> bool:
    """Whether this session has a terminal (POSIX: /dev/tty can be opened)."""
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True


class Supervisor:
    """Runs the named commands until one ends or somebody asks for the end."""

    def __init__(
        self,
        commands: Mapping[str, Sequence[str]],
        *,
        environment: Mapping[str, str],
        say: Callable[[str, str], None],
        tick: Callable[[], None] = lambda: None,
        grace: float = GRACE,
        stderr: int | None = subprocess.STDOUT,
    ):
        self.commands = commands
        self.environment = environment
        self.say = say  # called with a name and a line of its output
        self.tick = tick  # called between two looks
        self.grace = grace
        self.stderr = stderr  # None: straight to the terminal
        self.children: list[Child] = []
        self.selector = selectors.DefaultSelector()
        self.parent = os.getppid()
        self.has_terminal = os.getsid(0) == self.parent and has_terminal()
        self.asked_at: float | None = None  # monotonic time of the first signal to end
        self.deadline = float("inf")  # monotonic time when patience ends
        self.ending: Ending | None = None

    def run(self) -> Ending:
        """Start everything, wait for the end, clear up, and say how it ended."""
        before = {number: signal.getsignal(number) for number in ENDING_SIGNALS}
        for number, handler in before.items():
            if (number, handler) != (signal.SIGHUP, signal.SIG_IGN):  # nohup
                signal.signal(number, self._on_signal)
        try:
            for name, command in self.commands.items():
                self._start(name, command)
            while any(child.process.poll() is None for child in self.children):
                self._look()
            self._note_first_end()
        finally:
            self._clear_up()
            for number, handler in before.items():
                signal.signal(number, handler)
        return self.ending or Ending(asked=True)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Note the wish to end; the same wish a second later is impatience.

        One Ctrl-C or `kill` may reach us twice, from the terminal and through make.
        """
        now = time.monotonic()
        if self.asked_at is None:
            self.asked_at = now
        elif now > self.asked_at + 1:
            self.deadline = now

    def _start(self, name: str, command: Sequence[str]) -> None:
        process = subprocess.Popen(  # noqa: S603 -- the project's own commands
            quiet_ending(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.stderr,
            env=dict(self.environment),
            start_new_session=True,
        )
        os.set_blocking(process.stdout.fileno(), False)
        child = Child(name, process)
        self.children.append(child)
        self.selector.register(process.stdout, selectors.EVENT_READ, child)

    def _look(self) -> None:
        for key, _ in self.selector.select(TICK):
            self._pass_on(key.data)
        if self.asked_at is not None or self._is_abandoned():
            self._ask_for_the_end(Ending(asked=True))
        self._note_first_end()
        if time.monotonic() >= self.deadline:
            self._signal_all(signal.SIGKILL)
        if self.ending is None:
            self.tick()

    def _note_first_end(self) -> None:
        for child in self.children:
            if child.process.poll() is not None:
                ending = Ending(asked=False, name=child.name, status=child.process.returncode)
                self._ask_for_the_end(ending)

    def _is_abandoned(self) -> bool:
        """Whether make was killed above us, or its terminal closed.

        Of a terminal that closes, the system tells the leader of the session only; where that is
        make, it goes on waiting for us. A shell that ends is no reason to.
        """
        if "MAKELEVEL" not in self.environment:
            return False
        return os.getppid() != self.parent or (self.has_terminal and not has_terminal())

    def _ask_for_the_end(self, ending: Ending) -> None:
        if self.ending is None:
            self.ending = ending
            self.deadline = time.monotonic() + self.grace
            self._signal_all(signal.SIGTERM)

    def _signal_all(self, number: int) -> None:
        """Send a signal to every process of every command's group; an empty group is no error."""
        for child in self.children:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.process.pid, number)

    def _pass_on(self, child: Child) -> None:
        """Say the whole lines a command has written; none means that it closed its output."""
        try:
            piece = os.read(child.process.stdout.fileno(), 65536)
        except BlockingIOError:
            return
        if not piece:
            self.selector.unregister(child.process.stdout)
        *lines, child.rest = (child.rest + piece).split(b"\n")
        if not piece and child.rest:
            lines, child.rest = [child.rest], b""
        for line in lines:
            text = line.decode(errors="replace").rstrip("\r")
            if self.ending and self.ending.asked:
                child.unsaid.append(text)  # farewells interest nobody, unless it ends badly
            else:
                self.say(child.name, text)

    def _clear_up(self) -> None:
        """Leave no process behind, and pass on what they wrote last."""
        self._signal_all(signal.SIGKILL)
        for child in self.children:
            child.process.wait()
        while self.selector.get_map() and (ready := self.selector.select(TICK)):
            for key, _ in ready:
                self._pass_on(key.data)
        for child in self.children:
            if child.process.returncode not in (0, -signal.SIGTERM, 128 + signal.SIGTERM):
                for line in child.unsaid:
                    self.say(child.name, line)
            child.process.stdout.close()
        self.selector.close()
