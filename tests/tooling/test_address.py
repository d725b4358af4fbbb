"""Where the newsroom listens: what HOST and PORT may say, and what is said about the rest."""

import socket

import pytest

from bin import address
from bin.address import Address
from bin.console import Refusal


@pytest.fixture
def taken():
    """The address of a server that somebody else runs."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield Address("127.0.0.1", server.getsockname()[1])


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        pytest.param({}, Address("127.0.0.1", 8000), id="nothing said"),
        pytest.param({"HOST": "", "PORT": ""}, Address("127.0.0.1", 8000), id="said nothing"),
        pytest.param({"PORT": "9000"}, Address("127.0.0.1", 9000), id="port"),
        pytest.param({"HOST": "0.0.0.0"}, Address("0.0.0.0", 8000), id="everywhere"),  # noqa: S104
        pytest.param({"HOST": "[::1]"}, Address("::1", 8000), id="brackets go"),
        pytest.param({"HOST": " localhost ", "PORT": " 80 "}, Address("localhost", 80), id="space"),
    ],
)
def test_host_and_port_choose_the_address(environment, expected):
    assert address.read(environment) == expected


# hostile


@pytest.mark.parametrize("port", ["abc", "0", "-1", "65536", "80.5", "８０", "8000;ls", "1e3"])
def test_what_is_no_port_is_refused_in_a_sentence(port):
    with pytest.raises(Refusal, match=r"^PORT=.* is no port: .*\.$"):
        address.read({"PORT": port})


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.7", "a b", "x" * 300])
def test_a_host_that_is_not_this_machine_is_refused_in_a_sentence(host):
    with pytest.raises(Refusal, match=r"^HOST=.* is no address of this machine\.$"):
        address.refuse_if_unusable(Address(host, 8000))


def test_a_taken_port_is_refused_and_a_free_one_proposed(taken):
    with pytest.raises(Refusal, match=r"is taken by another program") as refused:
        address.refuse_if_unusable(taken)

    proposed = int(str(refused.value).partition("PORT=")[2].split()[0])
    address.refuse_if_unusable(Address("127.0.0.1", proposed))


def test_a_port_taken_on_one_address_is_taken_for_all_of_them(taken):
    with pytest.raises(Refusal, match=r"is taken by another program"):
        address.refuse_if_unusable(Address("0.0.0.0", taken.port))  # noqa: S104


def test_a_terminal_in_chinese_is_answered_in_chinese(taken, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    with pytest.raises(Refusal, match=r"已被其他程序占用"):
        address.refuse_if_unusable(taken)


@pytest.mark.parametrize(
    ("place", "url"),
    [
        pytest.param(Address("127.0.0.1", 8000), "http://127.0.0.1:8000", id="number"),
        pytest.param(Address("0.0.0.0", 80), "http://127.0.0.1:80", id="everywhere"),  # noqa: S104
        pytest.param(Address("::1", 9000), "http://[::1]:9000", id="IPv6"),
        pytest.param(Address("::", 9000), "http://[::1]:9000", id="everywhere, IPv6"),
    ],
)
def test_the_address_told_is_one_a_browser_can_open(place, url):
    assert place.url == url


def test_a_server_for_the_whole_network_answers_to_the_machines_name():
    hosts = address.hosts_served(Address("0.0.0.0", 8000))  # noqa: S104

    assert {"localhost", "127.0.0.1", "[::1]", socket.gethostname()} <= set(hosts)


def test_a_server_for_this_machine_answers_to_nothing_else():
    hosts = address.hosts_served(Address("127.0.0.1", 8000))

    assert hosts == ["localhost", "127.0.0.1", "[::1]"]
