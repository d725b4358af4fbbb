"""The Snapshot: every editable fact of a story at one moment, relations included."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from articles.models.article import Article

SCHEMA_VERSION = 1


class UnknownSchema(ValueError):
    """A stored snapshot was written by a newer version than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What an editor can change, as plain values.

    Relations are ids: `header_image` an Image's, `category` and `also_in` Categories', `bylines`
    pairs of an Author's id and a `Byline.Role` in their order; `tags` are names, sorted.
    """

    title: str = ""
    short_title: str = ""
    standfirst: str = ""
    body: str = ""
    header_image: int | None = None
    header_caption: str = ""
    header_credit: str = ""
    category: int | None = None
    also_in: tuple[int, ...] = ()
    bylines: tuple[tuple[int, str], ...] = ()
    tags: tuple[str, ...] = ()
    kind: str = Article.Kind.NEWS.value
    source_name: str = ""
    source_url: str = ""
    licence: str = Article.Licence.ORIGINAL.value
    canonical_url: str = ""
    comments_enabled: bool = True
    seo_title: str = ""
    seo_description: str = ""
    ai_disclosure: str = Article.AiDisclosure.NONE.value
    sponsored: bool = False
    slug: str = ""

    @classmethod
    def of(cls, article: Article) -> "Snapshot":
        """What the row and its relations say now."""
        values = {name: getattr(article, name) for name in PLAIN_FIELDS}
        return cls(
            **values,
            header_image=article.header_image_id,
            category=article.category_id,
            also_in=tuple(sorted(c.pk for c in article.also_in.all())),
            bylines=tuple((b.author_id, b.role) for b in article.bylines.all()),
            tags=tuple(sorted(t.name for t in article.tags.all())),
        )

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Snapshot":
        """Read what `to_json` wrote; raises `UnknownSchema` for one from the future.

        Fields that a version did not know yet keep their defaults.
        """
        if stored.get("schema", 0) > SCHEMA_VERSION:
            raise UnknownSchema(f"snapshot schema {stored['schema']} is newer than this program")
        known = {f.name for f in fields(cls)}
        values = {name: value for name, value in stored.items() if name in known}
        for name in ("also_in", "tags"):
            values[name] = tuple(values.get(name, ()))
        values["bylines"] = tuple((author, role) for author, role in values.get("bylines", ()))
        return cls(**values)

    def to_json(self) -> dict[str, Any]:
        """As a JSON object with its schema version."""
        return {"schema": SCHEMA_VERSION, **asdict(self)}

    def changed(self, **changes: Any) -> "Snapshot":
        """The same with `changes`."""
        return replace(self, **changes)

    def differing_fields(self, other: "Snapshot") -> tuple[str, ...]:
        """Names of the fields in which `other` says something else."""
        names = (f.name for f in fields(self))
        return tuple(name for name in names if getattr(self, name) != getattr(other, name))


_RELATIONS = {"header_image", "category", "also_in", "bylines", "tags"}
# Fields of a snapshot that are columns of the article's row under the same name.
PLAIN_FIELDS = tuple(f.name for f in fields(Snapshot) if f.name not in _RELATIONS)
