"""Web and worker together: whatever ends them, no process is left."""

# ruff: noqa: S603, S607 -- runs the supervisor, and ps

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent.parent
PATIENCE = 30  # seconds

# Two commands, each with a child of its own, one of which will not hear of ending.
PROGRAM = """
import os, sys
from bin.supervisor import Supervisor

commands = {
    "web": ["sh", "-c", "sleep 300 & echo pid $! $$; echo ready; wait"],
    "worker": ["sh", "-c", "trap '' TERM; sleep 300 & echo pid $! $$; echo ready; wait; wait"],
}
ending = Supervisor(
    commands,
    environment=os.environ,
    say=lambda name, line: print(name, line, flush=True),
    grace=0.3,
).run()
print("asked" if ending.asked else f"{ending.name} ended with {ending.status}", flush=True)
"""

# What make does when its terminal closes: it is told, as the leader of the session, and waits on.
IN_A_TERMINAL = """
import os, pty, signal, subprocess, sys

pid, terminal = pty.fork()
if pid == 0:
    signal.signal(signal.SIGHUP, lambda *_: None)
    sys.exit(subprocess.call([sys.executable, "-c", sys.argv[1]]))
said = b""
while said.count(b"ready") < 2:
    said += os.read(terminal, 1024)
print(said.decode(), flush=True)
os.close(terminal)
os.waitpid(pid, 0)
"""


class Tree:
    """A running supervisor and the processes below it."""

    def __init__(self, *before):
        self.process = subprocess.Popen(
            [*before, sys.executable, "-c", PROGRAM],
            cwd=TOP,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.leaders, self.others = {}, []
        ready = 0
        while ready < 2:
            name, word, *rest = self.process.stdout.readline().split()
            ready += word == "ready"
            if word == "pid":
                self.others.append(int(rest[0]))
                self.leaders[name] = int(rest[1])

    def last_words(self):
        output, _ = self.process.communicate(timeout=PATIENCE)
        return output.splitlines()[-1] if output else ""

    def alive(self):
        return [pid for pid in [*self.leaders.values(), *self.others] if is_alive(pid)]


def is_alive(pid):
    """Whether a process runs; one that only waits to be buried does not."""
    asked = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return bool(asked.stdout.strip()) and not asked.stdout.strip().startswith("Z")


def wait_until(condition):
    """What was killed dies when the machine comes to it; by itself it would not for 300 seconds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture(autouse=True)
def _hangups_count():
    """Whoever runs the tests under nohup hands on that hangups are ignored; here they are not."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.fixture
def tree():
    tree = Tree()
    yield tree
    for pid in tree.alive():
        os.kill(pid, signal.SIGKILL)
    tree.process.kill()
    tree.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_ends_everything(tree, number):
    os.killpg(tree.process.pid, number)

    assert tree.last_words() == "asked"
    assert tree.process.returncode == 0
    wait_until(lambda: tree.alive() == [])


def test_a_terminal_that_closes_ends_everything():
    done = subprocess.run(
        [sys.executable, "-c", IN_A_TERMINAL, PROGRAM],
        cwd=TOP,
        env={**os.environ, "MAKELEVEL": "1"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    pids = [int(pid) for pair in re.findall(r"pid (\d+) (\d+)", done.stdout) for pid in pair]
    assert len(pids) == 4
    wait_until(lambda: not [pid for pid in pids if is_alive(pid)])


def test_who_is_told_to_ignore_a_hangup_does():
    tree = Tree("sh", "-c", "trap '' HUP; exec \"$@\"", "sh")

    os.killpg(tree.process.pid, signal.SIGHUP)
    time.sleep(0.3)
    alive = tree.alive()
    os.killpg(tree.process.pid, signal.SIGTERM)

    assert tree.last_words() == "asked"
    assert len(alive) == 4


@pytest.mark.parametrize("name", ["web", "worker"])
def test_the_death_of_one_ends_everything(tree, name):
    os.kill(tree.leaders[name], signal.SIGKILL)

    assert tree.last_words() == f"{name} ended with -9"
    wait_until(lambda: tree.alive() == [])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of our death")
def test_its_own_sudden_death_reaches_the_commands(tree):
    tree.process.kill()

    wait_until(lambda: not is_alive(tree.leaders["web"]))


def test_output_is_passed_on_line_by_line_with_its_name():
    program = PROGRAM.replace(
        "sleep 300 & echo pid $! $$; echo ready; wait", "printf 'a\\nb'", 1
    )  # only in the first command: the other goes on, and "web" is the one that ends

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=TOP,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert {"web a", "web b", "web ended with 0"} <= set(done.stdout.splitlines())
