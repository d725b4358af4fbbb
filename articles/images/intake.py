"""The one door through which pictures come in: inspected, and kept once per content."""

import hashlib
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import ImageOps

from articles.images.inspection import DAMAGE, FORMATS, Inspected, PictureRefused, inspect
from articles.images.models import Image

# The EXIF tags that are for the public: Artist and Copyright.
_PUBLIC_TAGS = (0x013B, 0x8298)
# As near to the original as each format gets without growing beyond reason.
_QUALITY = {"JPEG": {"quality": 95, "subsampling": 0}, "WEBP": {"quality": 95}}
_QUALITY |= {"AVIF": {"quality": 90}}


@transaction.atomic
def take_in(content: bytes, *, by: Any = None, **facts: str) -> Image:
    """Keep a picture, or find the one there is with the same content.

    `facts` (alt, caption, credit, licence, source_url) describe a new picture; one that is known
    already keeps what it says. `by`: the User who brings it. What is kept of a file with EXIF is
    upright and without private facts; the hash is that of the bytes brought, so that they are
    known again. Raises `PictureRefused`.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if known := Image.objects.filter(sha256=sha256).first():
        return known
    inspected = inspect(content)
    content, inspected = _fit_to_publish(content, inspected)
    image = Image(sha256=sha256, uploaded_by=by, **facts)
    image.file.save(f"{sha256}.{inspected.ending}", ContentFile(content), save=False)
    image.width, image.height = inspected.width, inspected.height
    return _save_or_find(image)


def _save_or_find(image: Image) -> Image:
    """Save `image`, unless another upload of the same file was faster: then return that one."""
    try:
        with transaction.atomic():
            image.save()
    except IntegrityError:
        winner = Image.objects.filter(sha256=image.sha256).first()
        if winner is None:
            raise
        if winner.file.name != image.file.name:
            image.file.storage.delete(image.file.name)
        return winner
    return image


def _fit_to_publish(content: bytes, inspected: Inspected) -> tuple[bytes, Inspected]:
    """The picture upright and without private EXIF; as it is without EXIF or if it moves."""
    try:
        with Pillow.open(BytesIO(content), formats=list(FORMATS)) as picture:
            moves = getattr(picture, "is_animated", False) and picture.format != "MPO"
            if moves or not (picture.getexif() or "exif" in picture.info):
                return content, inspected
            return _redraw(picture, inspected.ending)
    except DAMAGE as error:
        raise PictureRefused(_("The picture is damaged or cut off.")) from error


def _redraw(picture: Pillow.Image, ending: str) -> tuple[bytes, Inspected]:
    exif, original = Pillow.Exif(), picture.getexif()
    exif.update({tag: original[tag] for tag in _PUBLIC_TAGS if tag in original})
    upright = ImageOps.exif_transpose(picture)
    # Whatever else is in `info` (XMP, comments) may say where and by whom it was taken.
    kept = {name: picture.info[name] for name in ("transparency",) if name in picture.info}
    upright.info = kept
    options = {"exif": exif.tobytes()} if exif else {}
    if profile := picture.info.get("icc_profile"):
        options["icc_profile"] = profile
    form = next(name for name in FORMATS if FORMATS[name] == ending)
    out = BytesIO()
    upright.save(out, form, **options, **_QUALITY.get(form, {}))
    return out.getvalue(), Inspected(ending, *upright.size)


def refer_to(address: str, **facts: str) -> Image:
    """The Image that stands for a remote picture; made at the first mention of its address."""
    image, _made = Image.objects.get_or_create(source_url=address, file="", defaults=facts)
    return image
