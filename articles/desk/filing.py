"""Filing: where a parsed document belongs, who it is by, and what its pictures become."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.body import placing, text, tidying
from articles.body.placing import PlacedPicture
from articles.desk import pictures as library
from articles.images import intake
from articles.images.inspection import PictureRefused, inspect
from articles.images.models import Image
from articles.importing.documents import MalformedDocument, ParsedArticle
from articles.models import Article, Author, Category, Snapshot, User
from articles.outside.lengths import fits


class CategoryAs(models.TextChoices):
    """How a document's category path is kept."""

    PATH = "path", gettext_lazy("the whole path as a branch of the tree")
    SECTION = "section", gettext_lazy("channel and section, without the source between them")
    LEAF = "leaf", gettext_lazy("its last name as a channel")


@dataclass(slots=True)
class PicturesBeside:
    """Finds pictures that a document names by relative address.

    `folder`: where they lie (nothing outside it is ever read), or None; `known`: Image ids of
    those that came in before; `keep`: whether to take found ones into the library, or only to
    look at them; `by`: whoever brings the document. `found` and `remarks` fill as it is asked.
    """

    folder: Path | None = None
    known: Mapping[str, int] = field(default_factory=dict)
    keep: bool = True
    by: User | None = None
    found: dict[str, Image] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def find(self, address: str) -> Image | None:
        """The picture at this relative address, or None with a remark that says why."""
        if address in self.found:
            return self.found[address]
        image = Image.objects.filter(pk=self.known.get(address)).first() or self._read(address)
        if image is not None:
            self.found[address] = image
        return image

    def _read(self, address: str) -> Image | None:
        try:
            path = self._path(address)
            if path is None:
                raise PictureRefused(_("There is no such file beside the document."))
            content = path.read_bytes()
            if self.keep:
                return library.take_in(content, by=self.by, name=path.name)
            inspect(content)
        except (OSError, ValueError) as refusal:
            facts = {"address": address, "reason": refusal}
            self.remarks.append(_("The picture %(address)s is left out: %(reason)s") % facts)
        return None

    def _path(self, address: str) -> Path | None:
        if self.folder is None:
            return None
        folder = self.folder.resolve()
        path = (folder / unquote(address)).resolve()
        return path if path.is_relative_to(folder) and path.is_file() else None


@dataclass(frozen=True, slots=True)
class Filed:
    """A document as a story: what it says, and what is to be remembered of how it came."""

    snapshot: Snapshot
    remarks: tuple[str, ...]
    facts: list[dict[str, Any]]
    dropped: list[dict[str, Any]]
    pictures: dict[str, int]


def file(parsed: ParsedArticle, pictures: PicturesBeside, category_as: CategoryAs) -> Filed:
    """Tidy a document's body, find or make its category, author and pictures.

    Writes the rows that are missing (in the caller's transaction); the story itself is not
    written here.
    """
    header = parsed.header_image or parsed.thumbnail
    tidied = tidying.tidy(parsed.body, header_image=header, title=parsed.title)
    remarks = [_with_line(remark) for remark in parsed.remarks]
    category = _category(parsed.categories, category_as)
    if category is None:
        remarks.append(_("The document names no category."))
    snapshot = Snapshot(
        title=parsed.title,
        standfirst=parsed.standfirst,
        body=_place_pictures(tidied.html, pictures),
        **_header(tidied, pictures),
        category=category.pk if category else None,
        tags=_tags(parsed, tidied),
        kind=_kind(parsed.kind, remarks),
        comments_enabled=parsed.comments_enabled,
        **_source(parsed, tidied),
    )
    return Filed(
        snapshot=snapshot,
        remarks=(*remarks, *pictures.remarks),
        facts=[asdict(fact) for fact in tidied.facts],
        dropped=[asdict(piece) for piece in tidied.dropped],
        pictures={address: image.pk for address, image in pictures.found.items()},
    )


def _with_line(remark) -> str:
    if remark.line is None:
        return str(remark.sentence)
    return _("Line %(line)d: %(sentence)s") % {"line": remark.line, "sentence": remark.sentence}


def _category(names: tuple[str, ...], category_as: CategoryAs) -> Category | None:
    paths = {CategoryAs.LEAF: names[-1:], CategoryAs.SECTION: names[:1] + names[2:]}
    place = None
    for name in paths.get(category_as, names):
        _require_fitting(Category, name)
        place, _made = Category.objects.get_or_create(parent=place, name=name)
    return place


def _source(parsed: ParsedArticle, tidied: tidying.TidiedBody) -> dict[str, Any]:
    """Byline, source and licence: a text by one of ours is an original, others are reprints."""
    stated = [fact.url for fact in tidied.facts if fact.kind == "original_url" and fact.url]
    facts: dict[str, Any] = {"source_url": parsed.source_url or next(iter(stated), "")}
    # The second category is the source, also where no author is named.
    name = parsed.author or "".join(parsed.categories[1:2])
    if not name:
        return facts
    _require_fitting(Author, name)
    author, _made = Author.objects.get_or_create(
        name=name, defaults={"kind": Author.Kind.ORGANISATION, "in_house": False}
    )
    facts["bylines"] = ((author.pk, "author"),)
    if not author.in_house:
        facts |= {"source_name": author.name, "licence": Article.Licence.REPRINT.value}
    return facts


def _require_fitting(model: type[models.Model], name: str) -> None:
    """Raise `MalformedDocument` for a name that is longer than the column."""
    longest = model._meta.get_field("name").max_length
    if len(name) > longest:
        sentence = _("The name “%(name)s…” is longer than %(n)d characters.")
        raise MalformedDocument(sentence % {"name": name[:20], "n": longest})


def _kind(kind: str, remarks: list[str]) -> str:
    if kind and kind not in Article.Kind.values:
        remarks.append(_("The kind “%(kind)s” is not known; it became news.") % {"kind": kind})
    return kind if kind in Article.Kind.values else Article.Kind.NEWS.value


def _tags(parsed: ParsedArticle, tidied: tidying.TidiedBody) -> tuple[str, ...]:
    """The tags a document gives, in its front matter or as a trailer of its body (`#芯片`)."""
    stated = (fact.text.lstrip("#＃") for fact in tidied.facts if fact.kind == "tag")
    return (*parsed.tags, *stated)


def _header(tidied: tidying.TidiedBody, pictures: PicturesBeside) -> dict[str, Any]:
    """The picture above the text, and what is said of it."""
    caption = text.plain_text(tidied.header_caption)
    credit = text.plain_text(tidied.header_credit)
    image = _header_image(tidied.header_image, pictures, caption=caption, credit=credit)
    return {
        "header_image": image.pk if image else None,
        "header_caption": caption,
        "header_credit": credit,
    }


def _header_image(
    address: str, pictures: PicturesBeside, *, caption: str, credit: str
) -> Image | None:
    if not address or not fits(address):
        return None
    if placing.is_beside(address):
        return pictures.find(address)
    return intake.refer_to(address, caption=caption[:500], credit=credit[:200])


def _place_pictures(body: str, pictures: PicturesBeside) -> str:
    wanted = placing.pictures_beside(body)
    if not wanted:
        return body
    found = {address: image for address in wanted if (image := pictures.find(address))}
    return placing.place(
        body,
        {
            address: PlacedPicture(image.pk, image.url, image.width, image.height)
            for address, image in found.items()
        },
    )
