"""What stories show of the library: which picture stands where, and what readers get of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from articles.body import picturing, rendering
from articles.images.models import Image
from articles.images.showing import Shown, shown
from articles.models import Article, FrontPageSlot, Page, PictureUse, Snapshot
from articles.models.picture_use import OWNERS
from articles.workflow import Visibility

Place, Text = PictureUse.Place, PictureUse.Text


@dataclass(frozen=True, slots=True)
class Use:
    """One place that shows a picture: what it is called, which part of it, its page in the admin.

    `is_live`: whether readers see it there now.
    """

    label: str
    place: str
    url: str
    is_live: bool


def known_in(*bodies: str) -> dict[str, Image]:
    """The library's rows behind the pictures of stored bodies; one query for all of them.

    The key is what a body knows a picture by (`body.picturing.reference_of`): the id as a string,
    or the remote address. Two rows may have one address; the one whose file is ours wins.
    """
    found = [picture for body in bodies for picture in picturing.pictures_in(body)]
    ids = {picture.image for picture in found if picture.image is not None}
    addresses = {picture.address for picture in found if picture.image is None}
    if not ids and not addresses:
        return {}
    rows = Image.objects.filter(Q(pk__in=ids) | Q(source_url__in=addresses))
    images = {}
    for image in sorted(rows.select_related("same_as"), key=_how_near, reverse=True):
        standing = image.same_as or image
        images[str(image.pk)] = images[image.source_url] = standing
    return {key: images[key] for key in [*map(str, ids), *addresses] if key in images}


def _how_near(image: Image) -> tuple[bool, bool]:
    return (image.is_remote, image.same_as_id is None)


def shown_in(*bodies: str) -> dict[str, Shown | None]:
    """What can be shown of the pictures of stored bodies, for `body.rendering.render`.

    None for those that nobody can be shown. A remote address that the library does not know is
    not in it.
    """
    known = known_in(*bodies)
    pictures = [picture for body in bodies for picture in picturing.pictures_in(body)]
    lost = {str(p.image) for p in pictures if p.image is not None} - known.keys()
    return {key: shown(image) for key, image in known.items()} | dict.fromkeys(lost)


def rendered(body: str, *, is_paid: bool = False) -> str:
    """Final HTML of a stored body in the outlet's language, whatever the editor's screen speaks.

    `is_paid`: it is a sponsored story's.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return rendering.render(body, shown_in(body), is_paid=is_paid)


def note_working_copy(article: Article, snapshot: Snapshot) -> None:
    """Write down which pictures the working copy of `article` uses."""
    _note(article, Text.WORKING, snapshot.body, snapshot.header_image)


def note_live_text(article: Article) -> None:
    """Write down which pictures readers of `article` see; none if they cannot see it."""
    is_live = article.visibility is Visibility.LIVE
    body, header = (article.body, article.header_image_id) if is_live else ("", None)
    _note(article, Text.LIVE, body, header)


def _note(article: Article, text: Text, body: str, header: int | None) -> None:
    wanted = {(image.pk, Place.BODY) for image in known_in(body).values()}
    if header is not None:
        wanted.add((Image.objects.standing_for(header), Place.HEADER))
    noted = {(use.image_id, use.place): use for use in article.picture_uses.filter(text=text)}
    gone = [use.pk for key, use in noted.items() if key not in wanted]
    if gone:
        PictureUse.objects.filter(pk__in=gone).delete()
    PictureUse.objects.bulk_create(
        PictureUse(article=article, image_id=image, place=place, text=text)
        for image, place in sorted(wanted - noted.keys())
    )


def is_before_readers(image: Image) -> bool:
    """Whether a live story, an author, a category or the outlet shows `image` to readers."""
    if image.uses.filter(text=Text.LIVE).exists():
        return True
    return any(model.objects.filter(**{column: image}).exists() for model, column in OWNERS)


def uses_of(image: Image) -> list[Use]:
    """Everything that shows `image`: stories first, then authors, categories and so on."""
    uses = [
        Use(
            label=use.article.title or str(_("Untitled")),
            place=f"{use.get_place_display()} · {use.get_text_display()}",
            url=reverse("admin:articles_article_change", args=[use.article_id]),
            is_live=use.text == Text.LIVE,
        )
        for use in image.uses.select_related("article").order_by("-article", "place", "text")
    ]
    return uses + [
        Use(
            label=str(owner),
            place=str(model._meta.get_field(column).verbose_name),
            url=_page_of(owner),
            is_live=getattr(owner, "is_public", True),
        )
        for model, column in OWNERS
        for owner in model.objects.filter(**{column: image})
    ]


def _page_of(owner: Model) -> str:
    """Where the desk shows the picture of `owner`; places have no pages of their own."""
    if isinstance(owner, FrontPageSlot):
        return reverse("desk_front_page")
    return reverse(f"admin:articles_{owner._meta.model_name}_change", args=[owner.pk])


def hold_stories_of(*images: Image) -> None:
    """Hold every story that shows one of `images` until the transaction ends.

    Whoever changes a story holds it and then wants its pictures. Whoever changes a picture takes
    the same way: the stories first, in the order of their ids, and then the picture.
    """
    used = PictureUse.objects.order_by().filter(image__in=images).values("article")
    headed = Article.objects.order_by().filter(header_image__in=images).values("pk")
    stories = Article.objects.filter(pk__in=used.union(headed)).order_by("pk")
    list(stories.select_for_update(no_key=True).values_list("pk", flat=True))


def refresh(image: Image) -> int:
    """Make live stories and simple pages anew that show `image` in their text; how many changed."""
    stories = Article.objects.published().filter(
        picture_uses__image=image, picture_uses__text=Text.LIVE, picture_uses__place=Place.BODY
    )
    return sum(_rendered_anew(found) for found in (stories, Page.objects.filter(pictures=image)))


def _rendered_anew(found: QuerySet) -> int:
    """Render each of the stories or pages `found` again; how many came out otherwise."""
    rows = found.model.objects
    return sum(_is_renewed(rows, pk) for pk in found.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _is_renewed(rows: QuerySet, pk: int) -> bool:
    row = rows.select_for_update(no_key=True).get(pk=pk)
    html = rendered(row.body, is_paid=getattr(row, "sponsored", False))
    if html == row.rendered_body:
        return False
    row.rendered_body = html
    row.save(update_fields=["rendered_body"])
    return True


def pass_on(old: Image, new: Image) -> None:
    """Let everything that refers to `old` refer to `new`, which is the same picture."""
    for model, column in ((Article, "header_image"), *OWNERS):
        if model._meta.get_field(column).many_to_many:
            _pass_on_among_many(model, column, old, new)
        else:
            model.objects.filter(**{column: old}).update(**{column: new})
    for use in old.uses.all():
        PictureUse.objects.get_or_create(
            image=new, article_id=use.article_id, place=use.place, text=use.text
        )
    old.uses.all().delete()


def _pass_on_among_many(model: type[Model], column: str, old: Image, new: Image) -> None:
    for owner in model.objects.filter(**{column: old}):
        shown_by_it = getattr(owner, column)
        shown_by_it.remove(old)
        shown_by_it.add(new)


def remote_in(body: str, known: Mapping[str, Image]) -> Iterable[picturing.BodyPicture]:
    """The pictures of a body that lie elsewhere and that `known` does not have, each once."""
    seen = set(known)
    for picture in picturing.pictures_in(body):
        is_remote = picture.address.startswith(("http://", "https://"))
        if picture.image is None and is_remote and picture.address not in seen:
            seen.add(picture.address)
            yield picture
