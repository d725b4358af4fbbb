"""The front page: the places that editors fill, and every arrangement there was."""

from datetime import datetime
from types import MappingProxyType

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.images.models import Image
from articles.models.article import Article
from articles.models.category import Category
from articles.models.immutable import ImmutableModel, ImmutableQuerySet
from articles.workflow import Stage


class Zone(models.TextChoices):
    """The parts of the front page that editors fill."""

    LEAD = "lead", _("Lead")
    BESIDE = "beside", _("Beside the lead")
    STRIP = "strip", _("Strip of a channel")


#: how many stories each has room for
PLACES = MappingProxyType({Zone.LEAD: 1, Zone.BESIDE: 4, Zone.STRIP: 4})


def shows_picture(zone: str, position: int) -> bool:
    """Whether a place shows a picture: the lead and the first of each strip; the others are words.

    Five pictures at the top would leave no first rank, and lines are there to be dense.
    """
    return zone == Zone.LEAD or (zone == Zone.STRIP and position == 0)


class SlotQuerySet(models.QuerySet):
    """Questions; nothing here changes a row."""

    def in_order(self):
        """Zone by zone, from the first place of each to the last, with what a card shows."""
        slots = self.select_related("picture", "article")
        slots = slots.defer("article__body", "article__rendered_body")
        return slots.order_by("zone", "channel_id", "position", "pk")


class FrontPageSlot(models.Model):
    """A story in a place of the front page, by an editor's choice.

    Readers see it from `starts_at` until `ends_at`, where these are given, while the story itself
    is published; with `follows_schedule`, not before the story's scheduled publication, whenever
    that is moved to. Places nobody filled fill themselves.
    """

    Zone = Zone

    zone = models.CharField(_("zone"), max_length=10, choices=Zone)
    channel = models.ForeignKey(
        Category,
        verbose_name=_("channel"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Of a strip."),
    )
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    article = models.ForeignKey(
        Article, verbose_name=_("story"), on_delete=models.CASCADE, related_name="front_page_slots"
    )
    headline = models.CharField(
        _("headline here"), max_length=200, blank=True, help_text=_("Instead of the story's own.")
    )
    picture = models.ForeignKey(
        Image,
        verbose_name=_("picture here"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Instead of the story's own."),
    )
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    follows_schedule = models.BooleanField(
        _("with the story's schedule"),
        default=False,
        help_text=_("Not before the scheduled publication of the story, or of its change."),
    )

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("place of the front page")
        verbose_name_plural = _("places of the front page")
        ordering = ["zone", "channel_id", "position", "pk"]
        permissions = [("arrange_front_page", _("Can arrange the front page"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(zone="strip", channel__isnull=False)
                | ~Q(zone="strip") & Q(channel__isnull=True),
                name="only_a_strip_has_a_channel",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="a_place_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["article"], name="a_story_has_one_place_on_the_front_page"
            ),
        ]

    def __str__(self):
        return f"{self.get_zone_display()}: {self.headline or self.article}"

    def is_open(self, now: datetime) -> bool:
        """Whether its time has come; readers see it if its story is published, too."""
        has_begun = self.starts_at is None or self.starts_at <= now
        is_over = self.ends_at is not None and self.ends_at <= now
        waits = self.follows_schedule and self.article.stage == Stage.SCHEDULED
        return has_begun and not is_over and not waits


class ChangeQuerySet(ImmutableQuerySet):
    """Questions; what happened never changes."""

    def last_moment(self, now: datetime) -> datetime | None:
        """When the arrangement that stands at `now` became what it is; None if nobody arranged.

        By an editor, or as the time of a place began or ended; one query.
        """
        last = self.filter(pk__in=self.order_by("-pk").values("pk")[:1])
        slots = FrontPageSlot.objects.order_by()
        moments = last.order_by().values_list("happened_at")
        begun = slots.filter(starts_at__lte=now).values_list("starts_at")
        ended = slots.filter(ends_at__lte=now).values_list("ends_at")
        found = moments.union(begun, ended, all=True).order_by()
        return max((moment for (moment,) in found), default=None)


class _Change(ImmutableModel):
    """A change somebody made for readers: who did it and when; undoing it is another change."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by"
    )
    happened_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.happened_at:%Y-%m-%d %H:%M}"


class FrontPageChange(_Change):
    """One change of the arrangement: what it was, and what it became.

    Both are lists of the slots as plain values, as `desk.front_page` writes them.
    """

    before = models.JSONField(default=list)
    after = models.JSONField(default=list)

    objects = ChangeQuerySet.as_manager()

    class Meta(_Change.Meta):
        verbose_name = _("change of the front page")
        verbose_name_plural = _("changes of the front page")


class BreakingChange(_Change):
    """One change of the line of breaking news: what it was, and what it became.

    Both are lines as plain values, as `desk.breaking` writes them.
    """

    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta(_Change.Meta):
        verbose_name = _("change of the breaking news")
        verbose_name_plural = _("changes of the breaking news")
