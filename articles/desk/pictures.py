"""The verbs of the library: a picture is taken in, described, replaced, sent for, thrown away."""

from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.desk import picturing
from articles.desk.picture_tasks import fetch_picture, make_renditions
from articles.images import intake, keeping, recipes
from articles.images.inspection import PictureRefused
from articles.images.models import Image
from articles.models import Article, Snapshot, User
from articles.models.picture_use import is_used
from articles.workflow import NotAllowed

_FACTS = frozenset(
    {"alt", "is_decorative", "caption", "credit", "licence", "licence_expires_on", "source_url"}
)


class PictureKnown(PictureRefused):
    """The file is another picture of the library already: `image`."""

    def __init__(self, image: Image):
        super().__init__(_("This file is in the library already: %(name)s.") % {"name": image})
        self.image = image


class PictureInUse(ValueError):
    """Something shows the picture; `str()` is the sentence for whoever wants to delete it."""


def may_change(user: User | None, image: Image | None = None) -> bool:
    """Whether `user` may describe or replace `image`: editors any, others what they brought."""
    if user is None or user.has_perm("images.change_image"):
        return True
    owns = image is not None and image.uploaded_by_id == user.pk
    return owns and user.has_perm("images.add_image")


def require_change(user: User | None, image: Image) -> None:
    """Raise `NotAllowed` unless `user` may change `image`."""
    if not may_change(user, image):
        raise NotAllowed(_("You do not have the right to change this picture."))


def take_in(content: bytes, *, by: User | None, name: str = "", **facts: Any) -> Image:
    """Keep a picture, or find the one there is; its renditions follow in the background.

    See `images.intake.take_in`. Looking at the file takes its time, so no transaction is held
    meanwhile. Raises `PictureRefused`, `NotAllowed`.
    """
    if by is not None and not by.has_perm("images.add_image"):
        raise NotAllowed(_("You do not have the right to add pictures."))
    known = intake.known(content)
    prepared = None if known else intake.prepare(content)
    with transaction.atomic():
        image = known or intake.keep(prepared, by=by, name=name, **facts)
        if not image.renditions:
            make_renditions.enqueue(image.pk)
    return image


def replace(image: Image, content: bytes, *, by: User | None, name: str = "") -> Image:
    """Put another file behind a picture: everything that shows it shows the new one.

    The focal point goes back to the middle. A picture that was outside comes home by it. Raises
    `PictureRefused`, `PictureKnown`, `NotAllowed`.
    """
    require_change(by, image)
    return _put_in_place(image, intake.prepare(content), by=by, name=name)


@transaction.atomic
def _put_in_place(image: Image, prepared: intake.Prepared, *, by: User | None, name: str) -> Image:
    image = _locked(image, by)
    twin = Image.objects.filter(sha256=prepared.sha256).exclude(pk=image.pk).first()
    if twin is not None:
        raise PictureKnown(twin)
    if prepared.sha256 == image.sha256:
        return image
    keeping.put(image, prepared, name=name)
    image.focal_point = "0.5x0.5"
    image.fetch_problem, image.fetch_after = "", None
    try:
        with transaction.atomic():
            image.save()
    except IntegrityError as error:  # the same file came in by another door just now
        raise PictureKnown(Image.objects.get(sha256=prepared.sha256)) from error
    make_renditions.enqueue(image.pk)
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
    """Change what is said of a picture (alt, caption, credit, licence ...). Raises `NotAllowed`."""
    unknown = facts.keys() - _FACTS
    if unknown:
        raise TypeError(f"not a fact of a picture: {', '.join(sorted(unknown))}")
    image = _locked(image, by)
    changed = [name for name, value in facts.items() if getattr(image, name) != value]
    for name in changed:
        setattr(image, name, facts[name])
    if changed:
        image.save(update_fields=changed)
        picturing.refresh(image)
    return image


@transaction.atomic
def delete(image: Image, *, by: User | None) -> None:
    """Throw a picture away that nothing shows, with its files.

    Raises `PictureInUse` and `NotAllowed`.
    """
    if by is not None and not by.has_perm("images.delete_image"):
        raise NotAllowed(_("You do not have the right to delete pictures."))
    image = Image.objects.select_for_update().get(pk=image.pk)
    if Image.objects.filter(is_used(), pk=image.pk).exists():
        sentence = _("The picture is in use and cannot be deleted: %(places)s.")
        places = "、".join(dict.fromkeys(use.label for use in picturing.uses_of(image)))
        raise PictureInUse(sentence % {"places": places})
    image.other_addresses.all().delete()
    if image.file:
        file = image.file
        thrown = partial(keeping.throw_away, file.storage, file.name, image.sha256)
        transaction.on_commit(thrown)
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


def send_for(article: Article, snapshot: Snapshot) -> None:
    """Note the remote pictures of a working copy and ask for those nobody asked for yet.

    Runs in the caller's transaction; what a picture's figure says of it is kept with it.
    """
    known = picturing.known_in(snapshot.body)
    longest = Image._meta.get_field("source_url").max_length
    for picture in picturing.remote_in(snapshot.body, known):
        if len(picture.address) <= longest:
            facts = {"alt": picture.alt[:300], "caption": picture.caption[:500]}
            facts |= {"credit": picture.credit[:200], "found_on": snapshot.source_url}
            known[picture.address] = intake.refer_to(picture.address, **facts)
    header = Image.objects.outside().filter(pk=snapshot.header_image).first()
    wanted = [*known.values(), *([header] if header else [])]
    for image in wanted:
        if image.is_remote and image.fetch_after is None and not image.fetch_problem:
            image.fetch_after = timezone.now()
            image.found_on = image.found_on or snapshot.source_url
            image.save(update_fields=["fetch_after", "found_on"])
            fetch_picture.enqueue(image.pk)


def _locked(image: Image, by: User | None) -> Image:
    """The row as it is now, held until the transaction ends; raises `NotAllowed`."""
    image.refresh_from_db(from_queryset=Image.objects.select_for_update())
    require_change(by, image)
    return image
