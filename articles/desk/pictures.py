"""The verbs of the library: a picture is taken in, described, replaced, sent for, thrown away."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.desk import homecoming, picturing
from articles.desk.picture_tasks import fetch_picture, make_renditions, throw_away
from articles.images import intake, keeping, recipes
from articles.images.inspection import PictureRefused
from articles.images.models import Image
from articles.models import Snapshot, User
from articles.models.picture_use import is_used
from articles.outside.lengths import fits
from articles.workflow import NotAllowed

_FACTS = frozenset(
    {"alt", "is_decorative", "caption", "credit", "licence", "licence_expires_on", "source_url"}
)

# So long pages that were loaded before a replacement may still ask for the old file.
_GRACE = timedelta(days=1)


class PictureKnown(PictureRefused):
    """The file is another picture of the library already: `image`."""

    def __init__(self, image: Image):
        super().__init__(_("This file is in the library already: %(name)s.") % {"name": image})
        self.image = image


class PictureInUse(ValueError):
    """Something shows the picture; `str()` is the sentence for whoever wants to delete it."""


def may_change(user: User | None, image: Image | None = None) -> bool:
    """Whether `user` may describe or replace `image`.

    Editors may any; others what they brought, until readers see it: what readers see changes by
    the hand of somebody who may publish.
    """
    if user is None or user.has_perm("images.change_image"):
        return True
    owns = image is not None and image.uploaded_by_id == user.pk
    return owns and user.has_perm("images.add_image") and not picturing.is_before_readers(image)


def require_change(user: User | None, image: Image) -> None:
    """Raise `NotAllowed` unless `user` may change `image`."""
    if not may_change(user, image):
        raise NotAllowed(_("You do not have the right to change this picture."))


def take_in(content: bytes, *, by: User | None, name: str = "", **facts: Any) -> Image:
    """Keep a picture, or find the one there is; its renditions follow in the background.

    See `images.intake.take_in`. Looking at the file takes its time, so no transaction is held
    meanwhile. Raises `PictureRefused`, `NotAllowed`.
    """
    _require_add(by)
    known = intake.known(content)
    if known and intake.is_there(known):
        return known
    prepared = intake.prepare(content)
    stored = intake.store(prepared)
    if known:  # its file was lost, and here it is again
        return _put_in_place(known, prepared, stored, by=None, name=known.original_name)
    with transaction.atomic():
        image = intake.keep(prepared, stored, by=by, name=name, **facts)
        make_renditions.enqueue(image.pk)
    return image


@transaction.atomic
def refer_to(address: str, *, by: User | None, **facts: Any) -> Image:
    """The picture at a remote address, asked for in the background; the one there is, if known.

    Raises `PictureRefused` for what is no address of the web, and `NotAllowed`.
    """
    _require_add(by)
    if not address.startswith(("http://", "https://")):
        raise PictureRefused(_("Give an address that begins with https:// or http://."))
    if not fits(address):
        raise PictureRefused(_("This address is too long."))
    image = intake.refer_to(address, uploaded_by=by, **facts)
    _ask_for([image])
    return image


def replace(image: Image, content: bytes, *, by: User | None, name: str = "") -> Image:
    """Put another file behind a picture: everything that shows it shows the new one.

    The focal point goes back to the middle. A picture that was outside comes home by it; if the
    library has the file already, that picture stands for it and is returned. Readers may still
    ask for the old file for a day. Raises `PictureRefused`, `PictureKnown`, `NotAllowed`.
    """
    require_change(by, image)
    twin = intake.known(content)
    if twin == image and intake.is_there(image):
        return image
    if twin and twin != image:
        return _let_stand_for(image, twin, by=by)
    prepared = intake.prepare(content)
    return _put_in_place(image, prepared, intake.store(prepared), by=by, name=name)


@transaction.atomic
def _let_stand_for(image: Image, twin: Image, *, by: User | None) -> Image:
    picturing.hold_stories_of(image, twin)
    image = _locked(image, by)
    if not image.is_remote:
        raise PictureKnown(twin)
    homecoming.stand_in(image, twin)
    picturing.refresh(twin)
    return twin


@transaction.atomic
def _put_in_place(
    image: Image, prepared: intake.Prepared, stored: str, *, by: User | None, name: str
) -> Image:
    image = _locked(image, by)
    old, old_hash = image.file.name, image.sha256
    keeping.put(image, prepared, stored, name=name)
    if image.sha256 != old_hash:
        image.focal_point = "0.5x0.5"
    image.fetch_problem, image.fetch_after = "", None
    try:
        with transaction.atomic():
            image.save()
    except IntegrityError as error:  # the same file came in by another door just now
        raise PictureKnown(Image.objects.get(sha256=prepared.sha256)) from error
    make_renditions.enqueue(image.pk)
    if old and image.sha256 != old_hash:
        throw_away.using(run_after=timezone.now() + _GRACE).enqueue(old, old_hash)
    picturing.refresh(image)
    return image


@transaction.atomic
def set_focal_point(image: Image, point: recipes.Point, *, by: User | None) -> Image:
    """Say where the subject is (0..1 from the left, 0..1 from the top); new crops follow.

    Raises `ValueError` for a point outside of the picture, and `NotAllowed`.
    """
    if not all(0 <= part <= 1 for part in point):
        raise ValueError(f"a focal point lies within the picture, not at {point}")
    image = _locked(image, by)
    wanted = "x".join(f"{part:.4f}".rstrip("0").rstrip(".") for part in point)
    if wanted == image.focal_point:
        return image
    image.focal_point = wanted
    image.save(update_fields=["focal_point"])
    if not image.is_remote:
        make_renditions.enqueue(image.pk)
    return image


@transaction.atomic
def describe(image: Image, *, by: User | None, **facts: Any) -> Image:
    """Change what is said of a picture (alt, caption, credit, licence ...).

    Texts know a picture by the address it came with: another `source_url` leaves a row that
    remembers the old one, and a remote picture is asked for at the new one. Raises `NotAllowed`.
    """
    unknown = facts.keys() - _FACTS
    if unknown:
        raise TypeError(f"not a fact of a picture: {', '.join(sorted(unknown))}")
    image = _locked(image, by)
    changed = {name: value for name, value in facts.items() if getattr(image, name) != value}
    address = changed.pop("source_url", None)
    for name, value in changed.items():
        setattr(image, name, value)
    if changed:
        image.save(update_fields=list(changed))
    if address is not None:
        _move_to(image, address)
    if changed or address is not None:
        picturing.refresh(image)
    return image


def _move_to(image: Image, address: str) -> None:
    """Give a picture another source address; texts that know the old one still find it."""
    old = image.source_url
    image.other_addresses.filter(source_url=address).delete()
    image.source_url = address
    if image.is_remote:
        image.fetch_problem, image.fetch_attempts, image.fetch_after = "", 0, None
    image.save(update_fields=["source_url", "fetch_problem", "fetch_attempts", "fetch_after"])
    if old:
        Image.objects.get_or_create(source_url=old, file="", defaults={"same_as": image})
    _ask_for([image])


@transaction.atomic
def delete(image: Image, *, by: User | None) -> None:
    """Throw a picture away that nothing shows, with its files.

    Raises `PictureInUse` and `NotAllowed`.
    """
    if by is not None and not by.has_perm("images.delete_image"):
        raise NotAllowed(_("You do not have the right to delete pictures."))
    image = Image.objects.select_for_update().get(pk=image.pk)
    rows = Image.objects.filter(Q(pk=image.pk) | Q(same_as=image))
    if rows.filter(is_used()).exists():
        sentence = _("The picture is in use and cannot be deleted: %(places)s.")
        places = "、".join(dict.fromkeys(use.label for use in picturing.uses_of(image)))
        raise PictureInUse(sentence % {"places": places})
    image.other_addresses.all().delete()
    if image.file:
        throw_away.enqueue(image.file.name, image.sha256)
    image.delete()


@transaction.atomic
def try_again(image: Image, *, by: User | None) -> Image:
    """Ask for a remote picture again now, whatever became of it before. Raises `NotAllowed`."""
    image = _locked(image, by)
    if not image.is_remote:
        return image
    was_dead = image.is_dead
    image.fetch_problem, image.fetch_attempts, image.fetch_after = "", 0, timezone.now()
    image.save(update_fields=["fetch_problem", "fetch_attempts", "fetch_after"])
    fetch_picture.enqueue(image.pk)
    if was_dead:
        picturing.refresh(image)
    return image


def send_for(snapshot: Snapshot) -> None:
    """Note the remote pictures of a text and ask for those nobody asked for yet.

    Runs in the caller's transaction; what a picture's figure says of it is kept with it.
    """
    known = picturing.known_in(snapshot.body)
    new = [
        Image(
            source_url=picture.address,
            alt=picture.alt[:300],
            caption=picture.caption[:500],
            credit=picture.credit[:200],
        )
        for picture in picturing.remote_in(snapshot.body, known)
        if fits(picture.address)
    ]
    if new:
        Image.objects.bulk_create(new, ignore_conflicts=True)
    addresses = [image.source_url for image in new]
    outside = Image.objects.outside()
    wanted = outside.filter(Q(source_url__in=addresses) | Q(pk=snapshot.header_image))
    _ask_for([*known.values(), *wanted], found_on=snapshot.source_url)


def _ask_for(images: Iterable[Image], *, found_on: str = "") -> None:
    """Enqueue the remote ones among `images` that nobody asked for yet."""
    unasked = [
        image.pk
        for image in images
        if image.is_remote and image.fetch_after is None and not image.fetch_problem
    ]
    rows = Image.objects.filter(pk__in=unasked)
    if unasked:
        rows.filter(found_on="").update(found_on=found_on)
        rows.update(fetch_after=timezone.now())
    for pk in unasked:
        fetch_picture.enqueue(pk)


def _require_add(user: User | None) -> None:
    if user is not None and not user.has_perm("images.add_image"):
        raise NotAllowed(_("You do not have the right to add pictures."))


def _locked(image: Image, by: User | None) -> Image:
    """The row as it is now, held with its stories until the transaction ends.

    A new object: reading into the one there is would look for the file, which may be lost. Raises
    `NotAllowed`.
    """
    picturing.hold_stories_of(image)
    image = Image.objects.select_for_update(no_key=True).get(pk=image.pk)
    require_change(by, image)
    return image
