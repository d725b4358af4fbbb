"""Colours for code: which pieces of a listing are its keywords, its strings, its remarks.

Done when a story is published, by Pygments; readers' browsers get spans with a few short classes.
"""

import time
from collections.abc import Iterator
from functools import cache

from lxml import etree
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Literal, Name, Number, Operator, String
from pygments.util import ClassNotFound

from articles.body.elements import words

_LONGEST = 20_000  # characters of all listings of a body; what follows stays as it is
_PATIENCE = 0.5  # seconds of processor time for them; only hostile code takes so long

#: kind of token -> class (`vocabulary.CODE_CLASSES`); the nearest kind above a token's decides
_CLASSES = {
    Comment: "hl-c",
    Comment.Preproc: "hl-k",
    Keyword: "hl-k",
    Keyword.Type: "hl-b",
    Operator.Word: "hl-k",
    Name.Tag: "hl-k",
    Name.Function: "hl-f",
    Name.Class: "hl-f",
    Name.Builtin: "hl-b",
    Name.Exception: "hl-b",
    Name.Attribute: "hl-b",
    Name.Decorator: "hl-b",
    String: "hl-s",
    Number: "hl-n",
    Literal.Date: "hl-n",
    Generic.Inserted: "hl-i",
    Generic.Deleted: "hl-d",
    Generic.Heading: "hl-h",
    Generic.Subheading: "hl-h",
}
#: languages by their names in Pygments (https://pygments.org/languages/)
_LANGUAGES = words(
    "bash c cmake cpp csharp css dart diff docker elixir go graphql groovy haskell html http "
    "java javascript json jsx julia kotlin latex less lua makefile markdown nginx "
    "objective-c perl php powershell protobuf python r ruby rust scala scss solidity sql swift "
    "toml tsx typescript vim xml yaml zig"
)
#: what people write instead
_ALSO = dict(
    pair.split("=")
    for pair in words(
        "sh=bash shell=bash zsh=bash c++=cpp c#=csharp cs=csharp dockerfile=docker golang=go "
        "js=javascript kt=kotlin make=makefile md=markdown objc=objective-c patch=diff "
        "proto=protobuf ps1=powershell py=python python3=python rb=ruby rs=rust svg=xml tex=latex "
        "ts=typescript yml=yaml"
    )
)


class _OutOfPatience(Exception):
    """The code is of the kind that takes a lexer very long."""


def colour(root: etree._Element) -> None:
    """Mark the pieces of every `pre > code` that names its language; the text stays as it is.

    Without a language, with one nobody knows, or when there is too much, code is left alone.
    """
    left, until = _LONGEST, time.thread_time() + _PATIENCE
    for code in root.iterfind(".//pre/code"):
        lexer = _lexer(code.get("class", "").removeprefix("language-"))
        left -= len(code.text or "") if lexer else 0
        if lexer is None or len(code) or left < 0:
            continue
        try:
            _mark(code, [*_pieces(lexer, f"{code.text or ''}\n", until)])
        except _OutOfPatience:
            return


@cache
def _lexer(language: str) -> Lexer | None:
    name = _ALSO.get(language, language)
    if name not in _LANGUAGES:
        return None
    try:
        return get_lexer_by_name(name)
    except ClassNotFound:
        return None


def _pieces(lexer: Lexer, text: str, until: float) -> Iterator[tuple[str, str]]:
    """Class and text of each piece; neighbours of one class are one, over blanks between them."""
    name, said, blank = "", "", ""
    for _index, kind, value in lexer.get_tokens_unprocessed(text):
        if time.thread_time() > until:
            raise _OutOfPatience
        found = _class_of(kind)
        if not value.strip():
            blank += value
        elif found == name:
            said, blank = said + blank + value, ""
        else:
            yield name, said
            yield "", blank
            name, said, blank = found, value, ""
    yield name, said
    yield "", blank


def _class_of(kind) -> str:
    while kind not in _CLASSES and kind.parent is not None:
        kind = kind.parent
    return _CLASSES.get(kind, "")


def _mark(code: etree._Element, pieces: list[tuple[str, str]]) -> None:
    """Put the pieces into `code`, without the end of the last line, which lexers want to see."""
    if "".join(said for _name, said in pieces) != f"{code.text or ''}\n":
        return  # a lexer that loses a character is not asked
    code.text, last = "", None
    for name, said in _without_end(pieces):
        if name:
            last = etree.SubElement(code, "span", {"class": name})
            last.text = said
        elif last is None:
            code.text += said
        else:
            last.tail = (last.tail or "") + said


def _without_end(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    said = [piece for piece in pieces if piece[1]]
    name, last = said.pop()
    return [*said, (name, last[:-1])] if last[:-1] else said
