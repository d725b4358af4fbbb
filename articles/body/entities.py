"""Character references in aggregators' text, where most ampersands were never escaped."""

import html as html_entities
import re

from articles.characters import UNFIT, storable

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]{1,6}+|[0-9]{1,7}+);?")
_TOO_LONG = re.compile(r"&(?=#(?:[0-9]{8}|[xX][0-9a-fA-F]{7}))")
_CODES = 0x110000
_ROUNDS = 8


def unescape(text: str) -> str:
    """Text with its entities decoded once; only those that end in a semicolon are entities."""
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda entity: html_entities.unescape(entity[0]), text)


def escape(text: str) -> str:
    """Text as it may stand between tags or in a double-quoted attribute."""
    return html_entities.escape(text).replace("&#x27;", "'")


def without_controls(text: str) -> str:
    """Text without the characters no HTML may hold, written plainly or as a numeric reference.

    Those are what `characters.storable` leaves out. References of more than seven digits (six
    hexadecimal ones) name no character and are text, and so is every reference in a text that
    makes new ones as often as they are taken out.
    """
    text = storable(text)
    for _round in range(_ROUNDS):
        if "&#" not in text:
            return text
        before, text = text, _REFERENCE.sub(_unless_control, _TOO_LONG.sub("&amp;", text))
        if text == before:
            return text
    return text.replace("&#", "&amp;#")


def _unless_control(reference: re.Match) -> str:
    number = reference[1].lower()
    code = int(number[1:], 16) if number.startswith("x") else int(number)
    is_character = 0 < code < _CODES and not UNFIT.match(chr(code))
    return reference[0] if is_character else ""
