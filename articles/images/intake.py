"""The one door through which pictures come in: inspected, cleaned, and kept once per content."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from articles.images import metadata
from articles.images.cleaning import clean
from articles.images.inspection import Inspected
from articles.images.models import Image, original_path

_LONGEST_NAME = 200  # characters of `Image.original_name`


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture that may be kept: `content` is what readers may get, and `inspected` what that is.

    `sha256` is of the bytes brought, so that they are known again; `facts` are the alt, caption
    and credit that its file tells.
    """

    content: bytes
    sha256: str
    inspected: Inspected
    facts: Mapping[str, str]

    @property
    def traits(self) -> dict[str, Any]:
        """The fields of an Image that follow from the file."""
        seen = self.inspected
        traits = {"width": seen.width, "height": seen.height, "tone": seen.tone}
        traits |= {"is_animated": seen.is_animated, "has_alpha": seen.has_alpha}
        return traits | {"sha256": self.sha256}


def prepare(content: bytes) -> Prepared:
    """Look at a picture and make it fit for readers; writes nothing; raises `PictureRefused`."""
    cleaned, inspected = clean(content)
    return Prepared(cleaned, _hash(content), inspected, metadata.facts(content))


def known(content: bytes) -> Image | None:
    """The Image that was made of these very bytes, if they were brought before."""
    return Image.objects.filter(sha256=_hash(content)).first()


def is_there(image: Image) -> bool:
    """Whether the file of a picture really lies where its row says; asks the storage."""
    return image.file.storage.exists(image.file.name)


def take_in(content: bytes, *, by: Any = None, name: str = "", **facts: Any) -> Image:
    """Keep a picture, or find the one there is with the same content.

    `facts` (alt, caption, credit, licence, source_url) describe a new picture; where they are
    silent, its file may speak; a picture that is known already keeps what it says. `by`: the User
    who brings it; `name`: what its file was called. Raises `PictureRefused`.
    """
    if image := known(content):
        return image
    prepared = prepare(content)
    return keep(prepared, store(prepared), by=by, name=name, **facts)


def keep(prepared: Prepared, stored: str, *, by: Any = None, name: str = "", **facts: Any) -> Image:
    """Make the row of a prepared picture whose file lies at `stored`; the rest of `take_in`.

    If another upload of the same file was faster, that is the one returned; the file stays only
    if a row has it.
    """
    told = {**prepared.facts, **{fact: value for fact, value in facts.items() if value}}
    try:
        image = Image(original_name=last_part(name), uploaded_by=by, **prepared.traits, **told)
        image.file.name = stored
        with transaction.atomic():
            image.save()
    except BaseException as error:
        if not Image.objects.filter(file=stored).exists():
            Image._meta.get_field("file").storage.delete(stored)
        winner = Image.objects.filter(sha256=prepared.sha256).first()
        if winner is None or not isinstance(error, IntegrityError):
            raise
        return winner
    return image


def store(prepared: Prepared) -> str:
    """Write the file and return its name; whoever calls makes the row, or removes it again.

    It may take as long as a network does: call it outside of a transaction. Raises `OSError`.
    """
    file = Image(sha256=prepared.sha256)
    name = original_path(file, f"original.{prepared.inspected.ending}")
    return Image._meta.get_field("file").storage.save(name, ContentFile(prepared.content))


def last_part(name: str) -> str:
    """The name of a file without its folders, whichever system it comes from, cut to its field."""
    last = re.split(r"[\\/]", name)[-1]
    shown = "".join(sign for sign in last if sign.isprintable()).strip()
    ending = PurePosixPath(shown).suffix[:10]
    return shown if len(shown) <= _LONGEST_NAME else shown[: _LONGEST_NAME - len(ending)] + ending


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def refer_to(address: str, **facts: str) -> Image:
    """The Image that stands for a remote picture; made at the first mention of its address.

    If it came home meanwhile, that is the one that has the file.
    """
    known = Image.objects.filter(source_url=address).select_related("same_as")
    for image in sorted(known, key=lambda image: image.is_remote):
        return image.same_as or image
    image, _made = Image.objects.get_or_create(source_url=address, file="", defaults=facts)
    return image
