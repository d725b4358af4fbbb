"""Who is behind a story: each author once, with what they did and where they are found."""

from dataclasses import dataclass

from articles.models import Article, Author
from articles.reader.addresses import accounts, web_address


@dataclass(frozen=True, slots=True)
class Credited:
    """An author of a story: `roles` as readers call them, `links` as pairs of name and address."""

    author: Author
    roles: tuple[str, ...]
    links: tuple[tuple[str, str], ...]

    @property
    def is_introduced(self) -> bool:
        """Whether more than the name is known, so that a box has something to say."""
        author = self.author
        return bool(author.bio or author.position or author.portrait_id or self.links)


def credited(story: Article) -> tuple[Credited, ...]:
    """The authors of `story` in the order of its bylines, which are loaded, each once."""
    roles: dict[Author, list[str]] = {}
    for byline in story.bylines.all():
        roles.setdefault(byline.author, []).append(byline.get_role_display())
    return tuple(Credited(author, tuple(did), _links(author)) for author, did in roles.items())


def _links(author: Author) -> tuple[tuple[str, str], ...]:
    website = web_address(author.website)
    return (*([(website, website)] if website else []), *accounts(author.links))
