"""Pictures away from their page: the one file that a shared link, a feed or a robot is given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.html import escape

from articles.body.picturing import pictures_in
from articles.images import recipes
from articles.images.models import Image
from articles.images.showing import Shown, shown, words_for
from articles.models import Article
from articles.reader.addresses import absolute

#: file ending -> media type; what is not in it is not said
_TYPES: Mapping[str, str] = MappingProxyType(
    {**recipes.MEDIA_TYPES, "jpeg": "image/jpeg", "gif": "image/gif"}
)
_LARGE = 600  # pixels; narrower ones are shown small beside the words of a shared link


@dataclass(frozen=True, slots=True)
class PictureFile:
    """One file of a picture: absolute address, pixels and media type as far as they are known."""

    address: str
    width: int | None
    height: int | None
    media_type: str
    alt: str

    @property
    def is_large(self) -> bool:
        """Whether a shared link may show it across its whole width."""
        return self.width is None or self.width >= _LARGE


def file_of(
    image: Image | None, crop: str = recipes.FULL, *, otherwise: str = ""
) -> PictureFile | None:
    """The file of `image` under `crop` that every program can show; None if there is none.

    `otherwise`: what is said of a picture that nobody has described, a title for instance.
    """
    found = shown(image, crop) if image else None
    if found is None:
        return None
    width, height = found.file_size or (None, None)
    alt = words_for(image, otherwise)
    return PictureFile(absolute(found.src), width, height, _type_of(found), alt)


def first_shared(pictures: Iterable[tuple[Image | None, str]]) -> PictureFile | None:
    """Of pictures and the headlines beside them the first that has a file for a shared link."""
    files = (file_of(image, recipes.SOCIAL, otherwise=headline) for image, headline in pictures)
    return next((file for file in files if file is not None), None)


def first_of_stories(stories: Iterable[Article]) -> PictureFile | None:
    """The first of the header pictures of `stories` that has a file for a shared link."""
    return first_shared((story.header_image, story.title) for story in stories)


def lead_of(story: Article) -> Image | None:
    """The header picture to stand above the text: none if it is dead or the text shows it too."""
    image = story.header_image
    if image is None or image.is_dead or _is_in_text(image, story):
        return None
    return image


def _is_in_text(image: Image, story: Article) -> bool:
    """Whether the text shows `image`: the same file, or its number, or where it is or was."""
    places = {image.url, image.source_url} - {""}
    found = shown(image)
    if found and f'src="{escape(found.src)}"' in story.rendered_body:
        return True
    return any(
        picture.image == image.pk if picture.image is not None else picture.address in places
        for picture in pictures_in(story.body)
    )


def _type_of(found: Shown) -> str:
    """The media type by the ending of our own files; a remote one's says nothing."""
    ending = found.src.partition("?")[0].rpartition(".")[2].lower()
    return "" if found.is_remote else _TYPES.get(ending, "")
