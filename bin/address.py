"""Where the newsroom listens: HOST and PORT read, checked, and turned into addresses."""

import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bin.console import Refusal

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 -- recognised, not bound to
TEST_NETWORK = ("192.0.2.1", 9)  # RFC 5737: asked for a route, nothing is sent


@dataclass(frozen=True, slots=True)
class Address:
    """A host (name or number, no brackets) and a TCP port."""

    host: str
    port: int

    @property
    def reachable(self) -> str:
        """The host under which a program on this machine finds the server."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104

    @property
    def url(self) -> str:
        """The origin (RFC 6454) to open in a browser on this machine."""
        host = f"[{self.reachable}]" if ":" in self.reachable else self.reachable
        return f"http://{host}:{self.port}"


def read(environment: Mapping[str, str]) -> Address:
    """Return the address that HOST and PORT choose; raise Refusal for what is no address."""
    host = environment.get("HOST", "").strip().strip("[]") or "127.0.0.1"
    port = environment.get("PORT", "").strip() or "8000"
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        raise Refusal(
            f"PORT={port} is no port: it must be a number from 1 to 65535, as in PORT=9000.",
            f"PORT={port} 不是端口号：应为 1 到 65535 的数字，例如 PORT=9000。",
        )
    return Address(host, int(port))


def refuse_if_unusable(address: Address) -> None:
    """Raise Refusal if the server could not listen there."""
    try:
        places = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refusal(
            f"HOST={address.host} is no address of this machine.",
            f"HOST={address.host} 不是本机的地址。",
        ) from None
    family, *_, place = places[0]
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except PermissionError:
            raise Refusal(
                f"Port {address.port} is reserved for the administrator: choose one from 1024 up,"
                " as in PORT=8000 make run.",
                f"端口 {address.port} 只有管理员可用：请选 1024 以上的端口，"
                "例如 PORT=8000 make run。",
            ) from None
        except OSError as error:
            raise _refused(address, error) from None
    # Some systems let two programs listen, one on this address and one on all of them.
    if _answers(family, address):
        raise _taken(address)


def _answers(family: int, address: Address) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((address.reachable, address.port)) == 0


def _refused(address: Address, error: OSError) -> Refusal:
    if "in use" in str(error):
        return _taken(address)
    return Refusal(
        f"HOST={address.host} is no address of this machine.",
        f"HOST={address.host} 不是本机的地址。",
    )


def _taken(address: Address) -> Refusal:
    free = next(_free_ports(address), address.port + 1)
    return Refusal(
        f"Port {address.port} on {address.host} is taken by another program:"
        f" choose another one, as in PORT={free} make run.",
        f"{address.host} 的端口 {address.port} 已被其他程序占用：请换一个，"
        f"例如 PORT={free} make run。",
    )


def _free_ports(address: Address) -> Iterator[int]:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    for port in range(address.port + 1, min(address.port + 100, 65536)):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            try:
                probe.bind((address.host, port))
            except OSError:
                continue
        yield port


def hosts_served(address: Address) -> list[str]:
    """Return the names under which a browser may ask for a server at this address."""
    own = f"[{address.host}]" if ":" in address.host else address.host
    if address.host not in EVERYWHERE:
        return list(dict.fromkeys([*LOOPBACK, own]))
    name = socket.gethostname()
    return list(dict.fromkeys([*LOOPBACK, name, f"{name}.local", *_own_numbers()]))


def _own_numbers() -> Iterator[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(TEST_NETWORK)
        except OSError:
            return
        yield probe.getsockname()[0]
