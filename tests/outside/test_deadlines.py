"""An end for conversations that would never end by themselves."""

import socket
import threading
from contextlib import contextmanager

import pytest

from articles.outside.deadlines import Deadline


@pytest.fixture
def pair():
    """Two ends of one connection; whoever reads gives up after a minute, lest a test hang."""
    ours, theirs = socket.socketpair()
    ours.settimeout(60)
    with ours, theirs:
        yield ours, theirs


@contextmanager
def _answer_that_never_comes():
    """Never while the test runs: afterwards the thread that waits for it has to end."""
    over = threading.Event()
    try:
        yield over.wait
    finally:
        over.set()


def test_a_silent_connection_ends_at_the_deadline(pair):
    with Deadline(0.05) as deadline:
        deadline.watch(pair[0])

        assert pair[0].recv(1) == b""
        assert deadline.has_passed


def test_a_connection_made_after_the_deadline_ends_at_once(pair):
    with Deadline(0) as deadline:
        deadline.watch(pair[0])

        assert pair[0].recv(1) == b""


def test_a_connection_outlives_a_deadline_that_was_met(pair):
    with Deadline(3600) as deadline:
        deadline.watch(pair[0])

    pair[1].sendall(b"a")
    assert pair[0].recv(1) == b"a"
    assert not deadline.has_passed


def test_a_connection_that_was_closed_is_closed_for_the_other_end_too(pair):
    with Deadline(3600) as deadline:
        deadline.watch(pair[0])
        pair[0].close()

    pair[1].settimeout(60)
    assert pair[1].recv(1) == b""


def test_nothing_is_waited_for_longer_than_the_deadline():
    with (
        _answer_that_never_comes() as never,
        Deadline(0.05) as deadline,
        pytest.raises(TimeoutError),
    ):
        deadline.wait_for(never)


def test_what_is_waited_for_says_what_went_wrong():
    with Deadline(3600) as deadline, pytest.raises(ZeroDivisionError):
        deadline.wait_for(lambda: 1 / 0)


def test_no_time_is_left_after_the_deadline():
    with Deadline(0) as deadline, pytest.raises(TimeoutError):
        deadline.remaining()
