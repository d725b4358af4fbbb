"""Telling another machine something: one POST, no redirect, within a deadline."""

from http.client import HTTPException

from urllib3.exceptions import HTTPError

from articles.outside.addresses import Address, AddressRefused
from articles.outside.asking import asked
from articles.outside.deadlines import Deadline

SECONDS = 15
_LONGEST_ANSWER = 2000  # bytes; what follows is not read


class NotAnswered(Exception):
    """Nothing answered, or it may not be asked; `str()` says to a log why, without the address."""


def post(address: str, body: bytes, *, media_type: str) -> tuple[int, str]:
    """Status and beginning of the answer of `address` to `body`; raises `NotAnswered`."""
    headers = {"Content-Type": media_type, "Content-Length": str(len(body))}
    with Deadline(SECONDS) as deadline:
        try:
            return _post(Address.parse(address), body, headers, deadline)
        except (AddressRefused, HTTPError, HTTPException, OSError) as error:
            raise NotAnswered(type(error).__name__) from error


def _post(
    address: Address, body: bytes, headers: dict[str, str], deadline: Deadline
) -> tuple[int, str]:
    with asked(address, deadline, headers=headers, method="POST", body=body) as answer:
        said = answer.read(_LONGEST_ANSWER)
        return answer.status, said.decode("utf-8", "replace")
