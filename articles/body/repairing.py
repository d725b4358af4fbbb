"""Makes an aggregator's text parseable: what is markup becomes clean tags, all else stays text."""

import re
from dataclasses import dataclass

from articles.body.elements import (
    ATTRIBUTES_USED,
    IN_HEADING,
    KEPT,
    OPTIONAL_END,
    RENAMED,
    SWALLOWED,
    TALKED_ABOUT,
    UNWRAPPED,
    VOID,
)
from articles.body.entities import escape, unescape, without_controls
from articles.body.facts import Ledger
from articles.body.samples import flatten_code
from articles.body.scanning import Closings, StartTags

_TOKEN = re.compile(
    r"(?P<comment><!--)|(?P<data><!\[CDATA\[)|(?P<declaration><[!?][a-zA-Z\[/])"
    r"|</(?P<close>[a-zA-Z][^\s/<>]*+)[^<>]*+>|(?P<open><[a-zA-Z])"
)
#: what begins like this and ends like that says nothing to readers
_UNSPOKEN = {"comment": ("-->",), "data": ("]]>", ">"), "declaration": (">",)}
_NAMED_WITHIN = 1000  # characters after a bare `<script>` that tell whether it is a word
_TORN = re.compile(r"</?([a-zA-Z][^\s<>]*)[^<>]*")
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")

_BLOCK_TAG = re.compile(r"</?(?:p|li|div|h[1-6]|br|ul|ol|td|tr|blockquote)\b[^<>]*>", re.IGNORECASE)
_JUNK = re.compile(r"[&|;(){}+,]")


@dataclass(slots=True)
class _Token:
    kind: str  # text, open, close or code
    name: str
    raw: str
    attributes: str = ""
    paired: bool = True


def repair(text: str, ledger: Ledger) -> str:
    """Any text in, HTML with only known elements and proper attributes out.

    Styles, scripts, drawings and comments are gone, code is flattened to text, and angle brackets
    that are not HTML (WHATWG's list of elements) are escaped; those a browser would have swallowed
    are entered as `revealed`.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _INVISIBLE.sub("", without_controls(text))
    tokens = _break_lines(_tokens(text, ledger))
    _pair(tokens)
    return _Writer(ledger).write(tokens)


def attributes_of(source: str) -> dict[str, str]:
    """The attributes of a start tag as a browser reads them, decoded; the first of a name wins."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source):
        name = match[1].lower()
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(name, unescape(value))
    return found


def _tokens(text: str, ledger: Ledger) -> list[_Token]:
    return _Scanner(text, ledger).tokens()


class _Scanner:
    """Divides text into tokens; what only looks like a tag is text."""

    def __init__(self, text: str, ledger: Ledger):
        self.text = text
        self.ledger = ledger
        self.closings = Closings(text)
        self.start_tags = StartTags(text)

    def tokens(self) -> list[_Token]:
        found: list[_Token] = []
        position = searched = 0
        while match := _TOKEN.search(self.text, searched):
            token, end = self._token(match)
            if not end:
                searched = match.start() + 1
                continue
            if match.start() > position:
                found.append(
                    _Token("text", "", _noted(self.text[position : match.start()], self.ledger))
                )
            if token:
                token, end = self._swallow(token, end)
                found.append(token)
            position = searched = end
        rest = _without_torn_tag(self.text[position:], self.ledger)
        return [*found, _Token("text", "", rest)]

    def _token(self, match: re.Match) -> tuple[_Token | None, int]:
        """What begins at a match, and where it ends: 0 if it does not."""
        kind = match.lastgroup
        if kind == "close":
            return _Token("close", match["close"].lower(), match[0]), match.end()
        if kind == "open":
            tag = self.start_tags.at(match.start())
            if tag is None:
                return None, 0
            raw = self.text[match.start() : tag[2]]
            return _Token("open", tag[0].lower(), raw, tag[1]), tag[2]
        for closing in _UNSPOKEN[kind]:
            if end := self.closings.text_after(match.end(), closing):
                return None, end.end()
        return (_Token("text", "", "<!--"), match.end()) if kind == "comment" else (None, 0)

    def _swallow(self, token: _Token, position: int) -> tuple[_Token, int]:
        """A start tag whose content is not HTML takes it along: code, scripts, drawings."""
        name = RENAMED.get(token.name, token.name)
        if token.kind != "open" or (name not in SWALLOWED and name not in {"pre", "code"}):
            return token, position
        end = self.closings.after(position, token.name)
        if name not in SWALLOWED:
            return self._code(token, position, end)
        if end is None or _is_named(
            token, self.text[position : min(end.start(), position + _NAMED_WITHIN)]
        ):
            return _Token("text", "talk", token.raw), position
        return _Token("text", "", ""), end.end()

    def _code(self, token: _Token, position: int, end: re.Match | None) -> tuple[_Token, int]:
        name = RENAMED.get(token.name, token.name)
        stop = end or (_BLOCK_TAG.search(self.text, position) if name == "code" else None)
        content = self.text[position : stop.start() if stop else len(self.text)]
        attributes = attributes_of(token.attributes)
        code = flatten_code(content, attributes, self.ledger, block=name == "pre")
        return _Token("code", name, code), end.end() if end else position + len(content)


def _noted(text: str, ledger: Ledger) -> str:
    """Text as it is; what a browser would take for the beginning of a tag is entered."""
    for opening in _TORN.finditer(text) if "<" in text else ():
        ledger.drop("revealed", opening[0])
    return text


def _without_torn_tag(text: str, ledger: Ledger) -> str:
    """The end of a text; a tag it was cut off in the middle of goes, anything like it stays."""
    torn = next((one for one in _TORN.finditer(text) if one.end() == len(text)), None)
    if torn and torn[1].lower() in KEPT | UNWRAPPED | set(RENAMED) and "=" in torn[0]:
        return text[: torn.start()]
    return _noted(text, ledger)


def _is_named(token: _Token, content: str) -> bool:
    """Whether what follows a bare `<script>` is a sentence about it rather than a program."""
    if token.name not in {"script", "style"} or token.attributes.strip():
        return False
    sentence = _BLOCK_TAG.split(content, maxsplit=1)[0]
    return bool(sentence.strip()) and not re.search(r"[{};=(]", sentence)


def _break_lines(tokens: list[_Token]) -> list[_Token]:
    """Where newlines are the only structure, they become line breaks."""
    names = {token.name for token in tokens if token.kind != "text"}
    text = "".join(token.raw for token in tokens if token.kind == "text").strip()
    if names - {"div"} or "\n" not in text:
        return tokens
    sparse = re.search(r"\n[^\S\n]*\n", text)
    written = text.replace("<", "&lt;")
    if sparse:
        written = re.sub(r"\n(?:[^\S\n]*\n)+", "<br><br>", written).replace("\n", "<br>")
    else:
        written = written.replace("\n", "<br><br>")
    return _tokens(written, Ledger())


def _pair(tokens: list[_Token]) -> None:
    waiting: dict[str, list[_Token]] = {}
    for token in tokens:
        if token.kind == "open" and token.name not in VOID:
            token.paired = False
            waiting.setdefault(token.name, []).append(token)
        elif token.kind == "close":
            openings = waiting.get(token.name)
            token.paired = bool(openings)
            if openings:
                openings.pop().paired = True


#: void elements the tree parser takes for containers
_CLOSED = frozenset({"source", "embed"})


class _Writer:
    """Writes tokens as HTML, telling elements from words about elements."""

    def __init__(self, ledger: Ledger):
        self.ledger = ledger
        self.heading = ""
        self.out: list[str] = []

    def write(self, tokens: list[_Token]) -> str:
        for index, token in enumerate(tokens):
            if token.kind == "text":
                self._text(token)
            elif token.kind == "code":
                self.out.append(token.raw)
            elif self._is_text(tokens, index):
                self.ledger.drop("revealed", token.raw)
                self._text(token)
            elif token.kind == "open":
                self._open(token)
            else:
                self._close(token)
        return "".join(self.out)

    def _text(self, token: _Token) -> None:
        if token.name == "talk":
            self.ledger.drop("revealed", token.raw)
        self.out.append(escape(unescape(token.raw)))

    def _is_text(self, tokens: list[_Token], index: int) -> bool:
        token = tokens[index]
        name = token.name
        if name not in KEPT and name not in UNWRAPPED and name not in RENAMED:
            return (
                name not in SWALLOWED and not (token.paired and (":" in name or "-" in name))
            ) or (name in SWALLOWED and name != "svg")
        if token.kind == "close" or (token.paired and name not in VOID):
            return False
        if token.attributes.strip(" /\n\t"):
            return not token.paired and self._is_junk(token)
        return self._is_talk(tokens, index)

    def _is_junk(self, token: _Token) -> bool:
        """`a<b && c>d`: an element of that name exists, but no attribute looks like this."""
        return bool(_JUNK.search(token.attributes)) and "=" not in token.attributes

    def _is_talk(self, tokens: list[_Token], index: int) -> bool:
        """A bare, never closed tag amid a sentence is a word of it."""
        name = tokens[index].name
        if name in OPTIONAL_END:
            return False
        if name in TALKED_ABOUT or name == "img":
            return True
        before = tokens[index - 1].raw if index and tokens[index - 1].kind == "text" else ""
        after = tokens[index + 1].raw if tokens[index + 1].kind == "text" else ""
        before_line, after_line = before.rpartition("\n")[2], after.partition("\n")[0]
        return bool(before_line.strip() and after_line.strip())

    def _open(self, token: _Token) -> None:
        name = RENAMED.get(token.name, token.name)
        if name in UNWRAPPED or name in SWALLOWED or ":" in name or "-" in name:
            return
        if self.heading and name in IN_HEADING:
            self.out.append('<span data-n-block="">')
            return
        if name in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            if not token.paired:
                return
            self.heading = name
        written = [f"<{name}"]
        for key, value in attributes_of(token.attributes).items():
            if key in ATTRIBUTES_USED or key.startswith("data-"):
                written.append(f' {key}="{escape(value)}"')
        self.out.append("".join(written) + (f"></{name}>" if name in _CLOSED else ">"))

    def _close(self, token: _Token) -> None:
        name = RENAMED.get(token.name, token.name)
        if name == "br":
            self.out.append("<br>")
        if name not in KEPT or name in VOID or not token.paired:
            return
        if name == self.heading:
            self.heading = ""
        self.out.append("</span>" if self.heading and name in IN_HEADING else f"</{name}>")
