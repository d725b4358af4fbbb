"""Which addresses may be asked, by table."""

import ipaddress
import socket

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.outside import addresses
from articles.outside.addresses import Address, AddressRefused, is_public

PUBLIC = "93.184.215.14"
PUBLIC_6 = "2606:4700::6810:84e5"


@pytest.fixture
def answers(monkeypatch):
    """What names resolve to: name -> addresses. Numbers are left to the system."""
    names = {}
    system = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **kwargs):
        if host not in names:
            return system(host, port, *args, flags=socket.AI_NUMERICHOST, **kwargs)
        return [entry for number in names[host] for entry in system(number, port, **kwargs)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return names


def resolved(text):
    address = Address.parse(text)
    return str(addresses.resolve(address.host, address.port))


# How an address is spelled.


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://example.com/a.jpg", "https://example.com/a.jpg"),
        ("  https://example.com/a.jpg\n", "https://example.com/a.jpg"),
        ("HTTPS://EXAMPLE.COM/A.jpg", "https://example.com/A.jpg"),
        ("https://example.com./a.jpg", "https://example.com/a.jpg"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com?w=1", "https://example.com/?w=1"),
        ("https://example.com/a.jpg#part", "https://example.com/a.jpg"),
        ("https://example.com:443/a.jpg", "https://example.com/a.jpg"),
        ("http://example.com:8080/a.jpg", "http://example.com:8080/a.jpg"),
        ("https://my_files.example.com/a.jpg", "https://my_files.example.com/a.jpg"),
        ("https://例子.测试/a.jpg", "https://xn--fsqu00a.xn--0zwm56d/a.jpg"),
        ("https://例子。测试/a.jpg", "https://xn--fsqu00a.xn--0zwm56d/a.jpg"),
        ("https://xn--fsqu00a.xn--0zwm56d/a.jpg", "https://xn--fsqu00a.xn--0zwm56d/a.jpg"),
        ("https://faß.de/a.jpg", "https://xn--fa-hia.de/a.jpg"),
        ("https://example.com/图 片.jpg", "https://example.com/%E5%9B%BE%20%E7%89%87.jpg"),
        ("https://example.com/%E5%9B%BE%20.jpg", "https://example.com/%E5%9B%BE%20.jpg"),
        ("https://example.com/100%.jpg", "https://example.com/100%25.jpg"),
        ("https://example.com/a.jpg!w640,h=2", "https://example.com/a.jpg!w640,h=2"),
        ("https://example.com/a?名=值&b=%2F", "https://example.com/a?%E5%90%8D=%E5%80%BC&b=%2F"),
        ('https://example.com/a"<>\r\nb', "https://example.com/a%22%3C%3Eb"),
        ("http://93.184.215.14/a.jpg", "http://93.184.215.14/a.jpg"),
        ("http://[2606:4700:0::6810:84E5]:8080/", "http://[2606:4700::6810:84e5]:8080/"),
    ],
)
def test_an_address_is_spelled_as_it_is_sent(written, sent):
    assert str(Address.parse(written)) == sent


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://img.example.com/a/b.jpg?c", "https://img.example.com/"),
        ("http://example.com:8080/a.jpg", "http://example.com:8080/"),
        ("http://[2606:4700::1]/a.jpg", "http://[2606:4700::1]/"),
    ],
)
def test_an_address_knows_the_front_door_of_its_site(written, origin):
    assert Address.parse(written).origin == origin


def test_a_redirect_is_read_from_where_it_was_found():
    address = Address.parse("https://example.com/a/b.jpg?c=1")

    assert str(address.join("../d.jpg")) == "https://example.com/d.jpg"
    assert str(address.join("//cdn.example.com/d.jpg")) == "https://cdn.example.com/d.jpg"


# Hostile: spellings.


@hypothesis.settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.text() | st.from_regex(r"\Ahttps?://[\w-]{1,9}([.。][\w-]{1,6}){1,2}([/?].*)?\Z"))
def test_any_text_is_an_address_or_a_refusal_and_an_address_stays_what_it_is(text):
    try:
        address = Address.parse(text)
    except AddressRefused:
        return

    assert str(address).isascii()
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize(
    "written",
    [
        "",
        "a.jpg",
        "//example.com/a.jpg",
        "file:///etc/passwd",
        "ftp://example.com/a.jpg",
        "gopher://example.com/a.jpg",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "http:example.com/a.jpg",
        "http:///a.jpg",
        "http://user:secret@example.com/a.jpg",
        "http://example.com@127.0.0.1/a.jpg",
        r"http://example.com\@127.0.0.1/a.jpg",
        r"http://127.0.0.1\.example.com/a.jpg",
        "http://example.com:22/a.jpg",
        "http://example.com:0/a.jpg",
        "http://example.com:65536/a.jpg",
        "http://example.com:80a/a.jpg",
        "http://exa mple.com/a.jpg",
        "http://exa\x00mple.com/a.jpg",
        "http://%31%32%37.0.0.1/a.jpg",
        "http://example..com/a.jpg",
        "http://example.com../a.jpg",
        "http://.example.com/a.jpg",
        f"http://{'a' * 64}.com/a.jpg",
        f"http://{'a.' * 127}com/a.jpg",
        "http://[::1/a.jpg",
        "http://[v1.a]/a.jpg",
        "http://example.com\uff0f@127.0.0.1/a.jpg",
        "http://example.com/\ud800.jpg",
    ],
)
def test_no_address_of_the_web_is_refused(written):
    with pytest.raises(AddressRefused):
        Address.parse(written)


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",  # decimal
        "2130706433.",
        "0177.0.0.1",  # octal
        "017700000001",
        "0x7f.0.0.1",  # hexadecimal
        "0x7f.1",
        "0X7F000001",
        "0x",
        "127.1",  # short
        "127.0.1",
        "0",
        "127.0.0.0x1",
        "127.0.0.01",
        "127.0.0.1.1",
        "256.0.0.1",
        "１２７.1",  # full width
        "0１77.0.0.1",
        "①②⑦.1",
        "0x7ｆ.1",
        "example.1",
    ],
)
def test_a_number_spelled_otherwise_is_refused_whatever_it_resolves_to(host, answers):
    answers |= {host: [PUBLIC], host.lower(): [PUBLIC]}

    with pytest.raises(AddressRefused):
        resolved(f"http://{host}/a.jpg")


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "ｌｏｃａｌｈｏｓｔ",
        "images.localhost",
        "localhost.localdomain",
        "printer.local",
        "router.home.arpa",
        "metadata.google.internal",
        "metadata。google。internal",
        "Metadata.Google.Internal.",
    ],
)
def test_a_name_of_this_network_is_refused_whatever_it_resolves_to(host, answers):
    answers |= {host: [PUBLIC], host.lower().removesuffix("."): [PUBLIC]}

    with pytest.raises(AddressRefused):
        resolved(f"http://{host}/a.jpg")


# Hostile: machines.

NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104 - one of those that are refused
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",  # metadata of Alibaba Cloud
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",  # the host of an Azure machine
    "169.254.0.23",  # metadata of Tencent Cloud
    "169.254.169.254",  # metadata of most
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.9",
    "192.0.0.192",  # metadata of Oracle Cloud
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::100.100.100.200",
    "64:ff9b:1::8.8.8.8",
    "100::1",
    "2001:0:5ef5:79fb::1",  # Teredo
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",  # 6to4 of 127.0.0.1
    "2002:5db8:d70e::",  # 6to4 of a public address
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",  # metadata of Amazon
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1%eth0",
    "::ffff:8.8.8.8%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]


@pytest.mark.parametrize("number", NOT_PUBLIC)
def test_a_machine_that_is_not_public_is_known(number):
    assert not is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize(
    "number",
    [
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "223.5.5.5",
        "223.255.255.255",
        PUBLIC,
        PUBLIC_6,
        "2400:3200::1",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
    ],
)
def test_a_public_machine_is_known(number):
    assert is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize("number", NOT_PUBLIC)
def test_a_machine_that_is_not_public_is_refused_by_its_number(number):
    host = f"[{number}]" if ":" in number else number

    with pytest.raises(AddressRefused):
        resolved(f"http://{host}/a.jpg")


@pytest.mark.parametrize("number", [number for number in NOT_PUBLIC if "%" not in number])
def test_a_machine_that_is_not_public_is_refused_by_its_name(number, answers):
    answers["pictures.example"] = [number]

    with pytest.raises(AddressRefused):
        resolved("http://pictures.example/a.jpg")


@pytest.mark.parametrize("spelled", ["１２７.0.0.1", "127。0。0。1", "127.0.0.1."])
def test_a_private_number_is_refused_in_the_spelling_of_an_editor(spelled):
    with pytest.raises(AddressRefused):
        resolved(f"http://{spelled}/a.jpg")


@pytest.mark.parametrize(
    "numbers",
    [
        [PUBLIC, "10.0.0.1"],
        ["10.0.0.1", PUBLIC],
        [PUBLIC, PUBLIC_6, "::1"],
        [PUBLIC, "::ffff:127.0.0.1"],
        [PUBLIC, PUBLIC, PUBLIC, "169.254.169.254"],
    ],
    ids=", ".join,
)
def test_a_name_that_is_public_and_private_is_refused(numbers, answers):
    answers["pictures.example"] = numbers

    with pytest.raises(AddressRefused):
        resolved("http://pictures.example/a.jpg")


def test_a_public_name_resolves_to_the_first_of_its_machines(answers):
    answers["xn--fsqu00a.xn--0zwm56d"] = [PUBLIC, PUBLIC_6]

    assert resolved("http://例子.测试/a.jpg") == PUBLIC


def test_a_name_without_a_machine_is_no_refusal(answers):
    answers["pictures.example"] = []

    with pytest.raises(OSError, match="no address"):
        resolved("http://pictures.example/a.jpg")


# What an outlet allows for its own archive.


def test_an_allowed_network_may_be_asked(settings, answers):
    settings.IMAGE_FETCH_ALLOWED_NETWORKS = ["10.1.0.0/16", "fd00:1::/32"]
    answers["archive.example"] = ["10.1.2.3", "fd00:1::5", PUBLIC]

    assert resolved("http://archive.example/a.jpg") == "10.1.2.3"


def test_what_lies_beside_an_allowed_network_may_not_be_asked(settings, answers):
    settings.IMAGE_FETCH_ALLOWED_NETWORKS = ["10.1.0.0/16"]
    answers["archive.example"] = ["10.1.2.3", "10.2.0.1"]

    with pytest.raises(AddressRefused):
        resolved("http://archive.example/a.jpg")


def test_other_ports_may_be_allowed(settings):
    settings.IMAGE_FETCH_ALLOWED_PORTS = (9000,)

    assert Address.parse("http://example.com:9000/").port == 9000
    with pytest.raises(AddressRefused):
        Address.parse("http://example.com/")
