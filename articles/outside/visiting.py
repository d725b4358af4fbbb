"""Whether there is anything at an address: its status, asked for without taking the page."""

from http import HTTPStatus
from http.client import HTTPException

from urllib3.exceptions import HTTPError

from articles.outside.addresses import Address, AddressRefused
from articles.outside.asking import LeadsNowhere, RoundInCircles, answered
from articles.outside.deadlines import Deadline

SECONDS = 15  # for one address, all requests together
_HEADERS = {"Accept": "text/html,*/*;q=0.8"}
_NOT_ANSWERED = (
    *(AddressRefused, RoundInCircles, LeadsNowhere),
    *(HTTPError, HTTPException, OSError),
)


def status_of(address: str) -> int | None:
    """The HTTP status at the end of `address`'s redirects; None if nothing answers.

    HEAD is asked first (RFC 9110, section 9.3.2); since many sites know it badly, whatever it
    says but success is asked again with GET, of which only the head is read. An address that may
    not be asked is not asked, and answers nothing.
    """
    with Deadline(SECONDS) as deadline:
        try:
            return _ask(Address.parse(address), deadline)
        except _NOT_ANSWERED:
            return None


def _ask(address: Address, deadline: Deadline) -> int:
    status = _status(address, "HEAD", deadline)
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return status
    return _status(address, "GET", deadline)


def _status(address: Address, method: str, deadline: Deadline) -> int:
    with answered(address, deadline, headers=_HEADERS, method=method) as (answer, _found_at):
        return answer.status
