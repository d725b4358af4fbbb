"""The outlet's own document format: front matter, then HTML in one outer frame."""

import re
from datetime import tzinfo
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.importing.dates import ImpossibleDate, read_date
from articles.importing.documents import MalformedDocument, ParsedArticle, Remark
from articles.importing.encodings import decode
from articles.importing.fields import Field, clean, read_fields, unquote

__all__ = ["MalformedDocument", "ParsedArticle", "Remark", "decode", "parse"]

KNOWN = frozenset(
    {"title", "categories", "headimg", "author", "comments", "date", "thumbnail"}
    | {"tags", "standfirst", "source_url", "kind"}
)
LARGEST_FRONT_MATTER = 64 * 1024  # characters
YES, NO = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})

OPENING = re.compile(r"---\s*")
CLOSING = re.compile(r"(?:---|\.\.\.)\s*")
FRAME_OPENING = re.compile(r"\s*<div>[^\S\n]*(?:\n|$)")
FRAME_CLOSING = re.compile(r"(?:^|\n)[^\S\n]*</div>\s*$")
COMMENT = re.compile(r"(?:^|\s)#")
SEPARATORS = re.compile(r"[,，、;；]")
MARKUP = re.compile(r"<[!/a-zA-Z][^<>]*>|&nbsp;|&#160;")
SHOWS_SOMETHING = re.compile(r"<(?:img|picture|video|audio|iframe|embed|object|svg)\b", re.I)
EMPTY = Field("", (), "", 0)


def parse(text: str, *, time_zone: tzinfo) -> ParsedArticle:
    """Parse one document of the outlet's format; `time_zone` is the zone of dates without one.

    Raises MalformedDocument, with the line where it makes sense, for an empty document and for
    one without front matter, closing line, fields, title or body, or with an impossible date.
    Everything else that is odd is a remark. A two-item category path whose second item reads
    "source - section" has three, and an author equal to that item is the source alone.
    """
    lines = _lines(text)
    start, end = _front_matter_bounds(lines)
    fields, remarks = read_fields(lines[start:end], first_line=start + 1)
    facts = {
        "title": _title(fields, start),
        **_date(fields, time_zone, remarks),
        **_path_and_author(fields),
        **_pictures(fields, remarks),
        "comments_enabled": _comments_enabled(fields, remarks),
        **_optional(fields),
        "body": _body(lines, end + 1, remarks),
    }
    remarks += _unknown_fields(fields)
    return ParsedArticle(
        **facts, remarks=tuple(sorted(remarks, key=lambda remark: remark.line or 0))
    )


def _optional(fields: dict[str, Field]) -> dict[str, Any]:
    return {
        "tags": _tags(fields.get("tags", EMPTY)),
        "standfirst": _prose(fields.get("standfirst", EMPTY)),
        "source_url": _text(fields.get("source_url", EMPTY)),
        "kind": _text(fields.get("kind", EMPTY)).lower(),
    }


def _lines(text: str) -> list[str]:
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise MalformedDocument(_("The document is empty."))
    if "\x00" in text:
        raise MalformedDocument(_("The file is not a text document."))
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _front_matter_bounds(lines: list[str]) -> tuple[int, int]:
    """Return the index of the first line of the front matter and that of its closing line."""
    opening = next(row for row, line in enumerate(lines) if line.strip())
    if not OPENING.fullmatch(lines[opening]):
        sentence = _("The document has no front matter: it does not begin with a line “---”.")
        raise MalformedDocument(sentence, opening + 1)
    size = 0
    for row in range(opening + 1, len(lines)):
        if CLOSING.fullmatch(lines[row]):
            return opening + 1, row
        size += len(lines[row]) + 1
        if size > LARGEST_FRONT_MATTER or lines[row].startswith("<div"):
            break
    sentence = _("The front matter is never closed: a second line “---” is missing.")
    raise MalformedDocument(sentence, opening + 1)


def _title(fields: dict[str, Field], front_matter_line: int) -> str:
    title = fields.get("title", EMPTY)
    if text := _prose(title):
        return text
    raise MalformedDocument(_("The document has no title."), title.line or front_matter_line)


def _prose(field: Field) -> str:
    """Return the text of a field on one line, in which a `#` after a blank is no comment."""
    text = _text(field)
    if field.raw[:1] not in {"'", '"', "|", ">"} and COMMENT.search(field.raw):
        text = field.raw
    return " ".join(line.strip() for line in text.splitlines())


def _text(field: Field) -> str:
    """Return the text of a field; brackets that YAML took for a list are text after all."""
    return unquote(field.raw) if field.items and field.raw else field.text


def _items(field: Field) -> list[str]:
    return [item for item in (field.items or (field.text,)) if item]


def _tags(field: Field) -> tuple[str, ...]:
    tags = field.items or (clean(tag) for tag in SEPARATORS.split(field.text))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _path_and_author(fields: dict[str, Field]) -> dict[str, Any]:
    path = [item.removeprefix("— ").strip() for item in _items(fields.get("categories", EMPTY))]
    author = _text(fields.get("author", EMPTY))
    if len(path) == 2 and " - " in path[1]:
        joined = path.pop()
        path += [part.strip() for part in joined.rsplit(" - ", 1)]
        author = path[1] if author == joined else author
    return {"categories": tuple(item for item in path if item), "author": author}


def _pictures(fields: dict[str, Field], remarks: list[Remark]) -> dict[str, Any]:
    header_image = _text(fields.get("headimg", EMPTY))
    thumbnail = _text(fields.get("thumbnail", EMPTY))
    if header_image and thumbnail and header_image != thumbnail:
        sentence = _("The thumbnail is another picture than the header image.")
        remarks.append(Remark(sentence, fields["thumbnail"].line))
    return {"header_image": header_image, "thumbnail": thumbnail}


def _comments_enabled(fields: dict[str, Field], remarks: list[Remark]) -> bool:
    field = fields.get("comments", EMPTY)
    answer = field.text.lower()
    if answer and answer not in YES | NO:
        sentence = _("The field “comments” is neither true nor false; comments stay open.")
        remarks.append(Remark(sentence, field.line))
    return answer not in NO


def _date(fields: dict[str, Field], time_zone: tzinfo, remarks: list[Remark]) -> dict[str, Any]:
    field = fields.get("date", EMPTY)
    try:
        moment = read_date(field.text, time_zone=time_zone)
    except ImpossibleDate as error:
        sentence = format_lazy(_("There is no such date: “{date}”."), date=field.text)
        raise MalformedDocument(sentence, field.line) from error
    if moment is None:
        remarks.append(_undated(field))
        return {"date": None, "date_has_time": False}
    return {"date": moment.when, "date_has_time": moment.has_time}


def _undated(field: Field) -> Remark:
    if not field.text:
        sentence = _("There is no date; the document comes in as a draft without a date.")
        return Remark(sentence, field.line or None)
    sentence = _("The date reads “{date}”; the document comes in as a draft without a date.")
    return Remark(format_lazy(sentence, date=field.text), field.line)


def _unknown_fields(fields: dict[str, Field]) -> list[Remark]:
    sentence = _("The field “{name}” is not known and was left out.")
    return [
        Remark(format_lazy(sentence, name=clean(name)), field.line)
        for name, field in fields.items()
        if name not in KNOWN
    ]


def _body(lines: list[str], start: int, remarks: list[Remark]) -> str:
    """Return what stands from the line of index `start` on, without the outer frame."""
    text = "\n".join(lines[start:])
    opening, closing = FRAME_OPENING.match(text), FRAME_CLOSING.search(text)
    if opening and closing and opening.end() <= closing.end():
        text = text[opening.end() : max(closing.start(), opening.end())]
    else:
        sentence = _("The outer <div> around the body is missing or not closed.")
        remarks.append(Remark(sentence, start + 1))
    if not (SHOWS_SOMETHING.search(text) or MARKUP.sub("", text).strip()):
        raise MalformedDocument(_("The document has no body."), start + 1)
    return text.strip()
