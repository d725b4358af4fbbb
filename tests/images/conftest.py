"""What the tests of pictures share: sites of this machine, and names that are made up."""

import socket

import pytest

from tests.images.sites import Site, served


@pytest.fixture
def allow(settings):
    """Sites of this machine may be asked, as an outlet allows its own archive."""
    settings.IMAGE_FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32", "::1/128"]
    settings.IMAGE_FETCH_ALLOWED_PORTS = range(1, 65536)
    return settings


@pytest.fixture
def site(allow):
    with served(Site()) as site:
        yield site


@pytest.fixture
def names(monkeypatch):
    """What names resolve to, one entry for each time they are asked for: name -> addresses."""
    answers = {}
    system = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **kwargs):
        if host in answers:
            host = answers[host].pop(0)
        return system(host, port, *args, flags=socket.AI_NUMERICHOST, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return answers
