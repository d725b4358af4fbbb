"""Links in a stored body: where they lead, and on which words they stand."""

from dataclasses import dataclass

from articles.body.serialising import parse


@dataclass(frozen=True, slots=True)
class BodyLink:
    """One link that leaves the site: its address without a fragment, and its words."""

    address: str
    text: str


def links_in(body: str) -> tuple[BodyLink, ...]:
    """The links of a stored body that lead to other sites, in order, each address once."""
    if "<a " not in body:
        return ()
    found: dict[str, BodyLink] = {}
    for element in parse(body).iter("a"):
        address = element.get("href", "").strip().partition("#")[0]
        if address.lower().startswith(("http://", "https://")):
            words = " ".join("".join(element.itertext()).split())
            found.setdefault(address, BodyLink(address, words))
    return tuple(found.values())
