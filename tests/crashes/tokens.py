"""Marks by which one revision of one story is known wherever it is shown."""

import itertools
import re
import threading

MARK = re.compile(r"tok\d{6}x")
_numbers, _lock = itertools.count(1), threading.Lock()


def new_token() -> str:
    """A mark nobody has used in this run."""
    with _lock:
        return f"tok{next(_numbers):06}x"


def fields_with(token: str) -> dict[str, str]:
    """What a story says whose every part carries `token`."""
    return {
        "title": f"稿件 {token}",
        "standfirst": f"导语 {token}。",
        "body": f"<p>正文 {token}。</p>",
    }
