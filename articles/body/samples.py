"""Code in a body: which angle brackets in it are the source's markup and which are the sample."""

import re

from lxml import etree

from articles.body.elements import words
from articles.body.entities import escape, unescape
from articles.body.facts import Ledger

_ATTRIBUTES = r"((?>[^<>=]+|=\s*\"[^<\"]*\"|=\s*'[^<']*'|=)*+)"
_TAG = re.compile(rf"<!---->|<(/?)([a-zA-Z][a-zA-Z0-9]*+){_ATTRIBUTES}>")
_END = re.compile(r"</([a-zA-Z][a-zA-Z0-9]*+)\s*+>")
_SEEN_ATTRIBUTES = 2000  # characters of a tag's attributes that are looked at
_HIGHLIGHT = frozenset({"span", "font", "code"})
_FORMATTING = frozenset({"b", "strong", "i", "em", "u", "mark", "a", "sub", "sup", "small", "ins"})
_LINES = frozenset({"div", "p", "li", "ol", "ul", "section", "table", "tbody", "tr", "td"})
_LINE_CLASS = re.compile(r"class\s*=\s*[\"']?[^\"'>]*\b(?:line|hljs|token|L\d+|linenums?|code)\b")
_STYLED = re.compile(r"\b(?:class|style)\s*=")
_GUTTER = re.compile(r"class\s*=\s*[\"']?[^\"'>]*(?:gutter|line-?number|linenums?-num|hljs-ln-n)")
_COPY = re.compile(r"class\s*=\s*[\"']?[^\"'>]*copy")
_COPY_WORDS = re.compile(r"^[ \t]*(?:复制代码|複製程式碼|复制|Copy code)[ \t]*$", re.MULTILINE)

_LANGUAGES = words(
    "actionscript ada apache apl applescript arduino asm assembly awk bash bat batch c cs csharp "
    "clojure cmake cobol coffeescript console cpp css csv d dart delphi diff django dockerfile "
    "elixir elm erlang fish fortran fsharp gherkin glsl go golang gradle graphql groovy haskell "
    "html http ini java javascript js json json5 jsonc jsp jsx julia kotlin latex less lisp lua "
    "makefile markdown matlab md mysql nginx nim objc objectivec objective-c ocaml pascal perl "
    "php plsql postgresql powershell prolog properties protobuf ps1 puppet python py qml r rb "
    "reasonml rst ruby rust rs scala scheme scss sed sh shell solidity sql svelte svg swift tcl "
    "tex toml ts tsx typescript vala vb vbnet verilog vhdl vim vue wasm xml yaml yml zig zsh "
    "c++ c# f#"
)
_ALIASES = {
    "golang": "go",
    "js": "javascript",
    "py": "python",
    "rb": "ruby",
    "rs": "rust",
    "ts": "typescript",
    "sh": "bash",
    "yml": "yaml",
    "md": "markdown",
    "c++": "cpp",
    "c#": "csharp",
    "cs": "csharp",
    "f#": "fsharp",
    "objective-c": "objectivec",
}
_NO_LANGUAGE = frozenset({"plain", "plaintext", "none", "text", "txt", "nohighlight", "auto"})
_NAMED = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight-text|sourceCode|brush)[-:]\s*"
    r"([\w+#.-]{1,30})",
    re.IGNORECASE,
)


def language_of(attributes: dict[str, str]) -> str:
    """The language of a code block by its attributes, in lower case; empty if none is said.

    Understands `language-x` (HTML standard's own convention), `lang-x`, `brush:x`, a bare class
    that is the name of a language, `lang` and `data-lang(uage)`.
    """
    for name in ("data-n-lang", "data-lang", "data-language", "lang"):
        if value := _known(attributes.get(name, ""), strict=name == "lang"):
            return value
    classes = attributes.get("class", "")
    if named := _NAMED.search(classes):
        return _known(named[1], strict=False)
    return next((found for word in classes.split() if (found := _known(word, strict=True))), "")


def language_around(element: etree._Element) -> str:
    """The language a code block's own attributes, its `code` or the boxes around it name."""
    nearest = [element, *element.iter("code"), *list(element.iterancestors())[:3]]
    return next((found for one in nearest if (found := language_of(dict(one.attrib)))), "")


def _known(word: str, *, strict: bool) -> str:
    word = word.strip().lower().rstrip(";,")
    if not word or word in _NO_LANGUAGE or not re.fullmatch(r"[a-z0-9+#._-]{1,30}", word):
        return ""
    return "" if strict and word not in _LANGUAGES else _ALIASES.get(word, word)


def flatten_code(content: str, attributes: dict[str, str], ledger: Ledger, *, block: bool) -> str:
    """The source of a `pre` (`block`) or `code` element as one element that holds only text.

    Highlighting goes, line wrappers become lines, tags of the sample itself stay as text.
    """
    sample = _Sample(content, ledger)
    text = sample.text()
    language = language_of(attributes) or sample.language
    attribute = f' data-n-lang="{escape(language)}"' if language else ""
    escaped = escape(text)
    if not block:
        return f"<code{attribute}>{escaped}</code>"
    return f"<pre{attribute}>{escaped}</pre>"


class _Sample:
    def __init__(self, content: str, ledger: Ledger):
        self.content = content
        self.ledger = ledger
        self.language = ""
        self.out: list[str] = []
        self.skipping: tuple[str, str, list[str]] | None = None
        self.depth = 0
        self.open: dict[str, list[bool]] = {}
        self.last_end = {end[1].lower(): end.start() for end in _END.finditer(content)}
        names = {match[2].lower() for match in _TAG.finditer(content) if match[2]}
        self.holds_html = bool(names - _HIGHLIGHT - _FORMATTING - {"br", "button"} - _LINES) or any(
            not _LINE_CLASS.search((match[3] or "")[:_SEEN_ATTRIBUTES])
            for match in _TAG.finditer(content)
            if match[2] and not match[1] and match[2].lower() in _LINES
        )

    def text(self) -> str:
        position = 0
        for match in _TAG.finditer(self.content):
            self._add(unescape(self.content[position : match.start()]))
            position = match.end()
            if match[2]:
                self._tag(match)
        self._add(unescape(self.content[position:]))
        return self._without_copy_words("".join(self.out).replace("\xa0", " "))

    def _add(self, text: str) -> None:
        (self.skipping[2] if self.skipping else self.out).append(text)

    def _tag(self, match: re.Match) -> None:
        name, closing = match[2].lower(), bool(match[1])
        if self.skipping:
            self._skip(name, closing=closing)
        elif name == "br":
            self._add("\n")
        elif closing:
            self._close(name, match[0])
        elif kind := self._unwanted(match):
            self.skipping, self.depth = (name, kind, []), 1
        else:
            self._open(name, match)

    def _open(self, name: str, match: re.Match) -> None:
        markup = self._is_markup(name, match)
        self.open.setdefault(name, []).append(markup)
        if not markup:
            self._reveal(match[0])
        elif name == "code":
            self._code(match[3])
        elif name in _LINES and self.out and not self.out[-1].endswith("\n"):
            self._add("\n")

    def _code(self, attributes: str) -> None:
        values = dict(re.findall(r"([\w-]+)\s*=\s*[\"']([^\"']*)", attributes))
        self.language = self.language or language_of(values)
        if self.open.get("code/closed") and self.out and not self.out[-1].endswith("\n"):
            self._add("\n")

    def _close(self, name: str, raw: str) -> None:
        openings = self.open.get(name)
        if not openings or not openings.pop():
            self._reveal(raw)
        elif name == "code":
            self.open["code/closed"] = [True]

    def _reveal(self, raw: str) -> None:
        self.ledger.drop("revealed", raw)
        self._add(unescape(raw))

    def _skip(self, name: str, *, closing: bool) -> None:
        wanted, kind, texts = self.skipping
        if name == wanted:
            self.depth += -1 if closing else 1
        if self.depth == 0:
            self.skipping = None
            self.ledger.drop(kind, "".join(texts))

    def _unwanted(self, match: re.Match) -> str:
        """Which kind of furniture an element in the code is, if it is one and ends there."""
        name, attributes = match[2].lower(), match[3][:_SEEN_ATTRIBUTES]
        if self.last_end.get(name, 0) < match.end():
            return ""
        if name == "button" or (name in {"span", "a", "div", "i"} and _COPY.search(attributes)):
            return "copy-button"
        if name in _LINES | {"span"} and _GUTTER.search(attributes):
            return "line-number"
        return ""

    def _is_markup(self, name: str, match: re.Match) -> bool:
        if name in _LINES:
            return bool(_LINE_CLASS.search(match[3][:_SEEN_ATTRIBUTES]))
        if name not in _HIGHLIGHT and name not in _FORMATTING:
            return False
        if name == "code":
            return True
        if self.last_end.get(name, 0) < match.end():
            return False
        return not self.holds_html or bool(_STYLED.search(match[3]))

    def _without_copy_words(self, text: str) -> str:
        lines = text.strip("\n").split("\n")
        for edge in (0, -1):
            if len(lines) > 1 and _COPY_WORDS.match(lines[edge]):
                self.ledger.drop("copy-button", lines.pop(edge))
        return "\n".join(line.rstrip() for line in lines).strip("\n").rstrip()
