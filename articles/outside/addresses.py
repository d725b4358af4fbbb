"""Who may be asked for what a story points to: the spelling of addresses, public machines only.

Nothing an article links to may make this server ask its own network. A host is read as a browser
reads it (WHATWG URL, sections 3.5 and 4.4), so that no spelling of a number passes for a name, and
what a name resolves to is judged as a whole: https://cheatsheetseries.owasp.org (SSRF prevention).
"""

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna
from django.conf import settings

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

#: the ports of the web; anything else would be asking other services to read HTTP
PORTS = (80, 443, 8080, 8443)
DEFAULT_PORTS = {"http": 80, "https": 443}
#: where the whole of today's public IPv6 lies (RFC 4291, and IANA's registry)
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
#: an IPv4 address in its last 32 bits, for networks that have no IPv4 themselves (RFC 6052)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
#: refused although `ipaddress`, depending on its version, may call some of them global
_NEVER: tuple[Network, ...] = tuple(
    ipaddress.ip_network(block)
    for block in (
        "100.64.0.0/10",  # providers' own networks (RFC 6598); metadata of Alibaba Cloud
        "168.63.129.16/32",  # the host of an Azure machine
        "192.0.0.0/24",  # protocol assignments (RFC 6890); metadata of Oracle Cloud
        "192.88.99.0/24",  # relays of 6to4, which pack an IPv4 address (RFC 7526)
        "2001::/23",  # protocol assignments, Teredo among them, which packs two
        "2002::/16",  # 6to4 itself
        "3fff::/20",  # documentation (RFC 9637)
    )
)
#: names that mean this machine or this network (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal)
_INWARD = ("localhost", "localdomain", "local", "internal", "home.arpa")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SUB_DELIMS = "!$&'()*+,;="


class AddressRefused(Exception):
    """The address is not one that may be asked; `str()` says to a log why."""


class PortRefused(AddressRefused):
    """A browser would ask there, we do not."""


@dataclass(frozen=True, slots=True)
class Address:
    """What to ask for, ready to be sent: `host` in ASCII and without brackets, `target` encoded."""

    scheme: str
    host: str
    port: int
    target: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an address as written in a story; raises `AddressRefused`.

        What is not ASCII is encoded (RFC 3986, RFC 5891), what is encoded already stays as it is,
        and the fragment goes.
        """
        try:
            parts = urlsplit(text.strip())
            scheme, host, port = parts.scheme, _host(parts), parts.port
            target = _target(parts)
        except ValueError as error:
            raise AddressRefused(f"malformed: {error}") from error
        if scheme not in DEFAULT_PORTS:
            raise AddressRefused(f"scheme {scheme!r}")
        port = DEFAULT_PORTS[scheme] if port is None else port
        if port not in getattr(settings, "IMAGE_FETCH_ALLOWED_PORTS", PORTS):
            raise PortRefused(f"port {port}")
        return cls(scheme, host, port, target)

    def join(self, reference: str) -> Self:
        """Where a link or a redirect leads from here (RFC 3986, section 5); raises as `parse`."""
        try:
            return self.parse(urljoin(str(self), reference))
        except ValueError as error:
            raise AddressRefused(f"malformed: {error}") from error

    @property
    def authority(self) -> str:
        """Host and port as in the `Host` header: the port only where it is not the default."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """The front door of the site, as a browser sends it as `Referer`."""
        return f"{self.scheme}://{self.authority}/"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def _host(parts: SplitResult) -> str:
    if "@" in parts.netloc:
        raise AddressRefused("credentials in the address")
    host = parts.hostname or ""
    if "%" in host:
        raise AddressRefused(f"host {host!r}")
    if parts.netloc.startswith("["):
        return str(ipaddress.IPv6Address(host))
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode()
    host = host.removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressRefused(f"host {host!r}")
    if any(host == name or host.endswith(f".{name}") for name in _INWARD):
        raise AddressRefused(f"host {host!r} is in this network")
    if _NUMBER.fullmatch(labels[-1]):
        # Strict: four decimal numbers. Octal, hexadecimal and short spellings end here.
        return str(ipaddress.IPv4Address(host))
    return host


def _target(parts: SplitResult) -> str:
    path = _encoded(parts.path or "/", safe="/:@")
    return f"{path}?{_encoded(parts.query, safe='/:@?')}" if parts.query else path


def _encoded(text: str, *, safe: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=f"%{_SUB_DELIMS}{safe}")


def resolve(host: str, port: int) -> IP:
    """The one machine to connect to for `host`; raises `AddressRefused`, or `OSError` if no name.

    If any of the addresses a name has may not be asked, none may: which of them a connection
    would reach is not ours to choose. Whoever connects must connect to the answer, and not ask
    for the name again, since it may have another answer by then.
    """
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    machines = [ipaddress.ip_address(answer[4][0]) for answer in answers]
    if not machines:
        raise socket.gaierror(socket.EAI_NONAME, "no address")
    allowed = [
        ipaddress.ip_network(block)
        for block in getattr(settings, "IMAGE_FETCH_ALLOWED_NETWORKS", ())
    ]
    for machine in machines:
        if not (_is_in(machine, allowed) or is_public(machine)):
            raise AddressRefused(f"{host} is {machine}")
    return machines[0]


def is_public(machine: IP) -> bool:
    """Whether an IP address is one of the public internet (RFC 6890, and IANA's registries).

    An IPv4 address packed into an IPv6 one is judged as what it is, where such addresses are in
    use (mapped, NAT64); the ways of packing that are not (6to4, Teredo, compatible) are refused.
    """
    machine = _unpacked(machine)
    if machine.version == 6 and (machine.scope_id or machine not in _GLOBAL_UNICAST):
        return False
    if machine.is_multicast or machine.is_reserved or machine.is_unspecified:
        return False
    return machine.is_global and not _is_in(machine, _NEVER)


def _unpacked(machine: IP) -> IP:
    if machine.version == 4 or machine.scope_id:
        return machine
    if machine in _NAT64:
        return ipaddress.IPv4Address(machine.packed[-4:])
    return machine.ipv4_mapped or machine


def _is_in(machine: IP, networks: Iterable[Network]) -> bool:
    machine = _unpacked(machine)
    return any(machine.version == each.version and machine in each for each in networks)
