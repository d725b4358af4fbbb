"""How descriptions are put down: without what nobody knows, and in one block for a page."""

CONTEXT = "https://schema.org"


def known(facts: dict) -> dict:
    """`facts` without those that are empty; False and 0 are facts."""
    return {name: value for name, value in facts.items() if value not in ("", [], {}, None)}


def block(*things: dict) -> list[dict]:
    """All that one page says, as one JSON-LD document (https://www.w3.org/TR/json-ld11/#syntax).

    An array of whole descriptions, since some readers of structured data look into no `@graph`.
    """
    return [{"@context": CONTEXT} | thing for thing in things]
