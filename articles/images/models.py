"""The Image: a picture of the outlet's, kept once, or the address of one that is still outside."""

from datetime import timedelta
from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from imagefield.fields import ImageField, PPOIField

from articles.images import recipes
from articles.outside.lengths import MOST_CHARACTERS, require_fitting


def original_path(image: "Image", filename: str) -> str:
    """Where an original lies: its name follows from its content, so it never clashes or lies.

    The hash is a keyed one: whoever has the same picture cannot find out at our addresses whether
    we have it too, before a story shows it. What is stored keeps its name if the key changes.
    """
    keyed = salted_hmac("articles.images.original", image.sha256, algorithm="sha256")
    stem = keyed.hexdigest()[:24]
    return f"originals/{stem[:2]}/{stem}.{filename.rpartition('.')[2].lower()}"


class Problem(models.TextChoices):
    """Why a remote picture could not be had."""

    GONE = "gone", _("There is no picture at the address any more.")
    REFUSED = "refused", _("The other site does not give it to us.")
    ADDRESS = "address", _("The address cannot be asked: it is not a public one.")
    UNREACHABLE = "unreachable", _("The other site does not answer.")
    TOO_SLOW = "too_slow", _("The other site is too slow.")
    TOO_LARGE = "too_large", _("The file is too large.")
    PORT = "port", _("The address names a port that is not asked.")
    REDIRECTS = "redirects", _("The address leads round in a circle.")
    NO_PICTURE = "no_picture", _("What is there is no picture.")
    NOT_TAKEN = "not_taken", _("The picture there is damaged, or of a kind we do not take.")


#: with these a picture is known dead, and readers are not sent to it
DEAD = frozenset({Problem.GONE, Problem.ADDRESS, Problem.REDIRECTS, Problem.NO_PICTURE})

SOON = timedelta(days=30)  # a licence that ends so soon is worth a thought now


class ImageQuerySet(models.QuerySet):
    def at_home(self):
        """Pictures whose file is ours."""
        return self.exclude(file="")

    def outside(self):
        """Pictures that are only an address so far; those known under another row left out."""
        return self.filter(file="", same_as=None)

    def in_library(self):
        """Everything an editor can choose: no row that only remembers an address of another."""
        return self.filter(same_as=None)

    def counted(self, found):
        """How many of these pictures each of the QuerySets `found` has, by name; one query."""
        of_each = {
            name: models.Count("pk", filter=Q(pk__in=some.order_by().values("pk")))
            for name, some in found.items()
        }
        return self.aggregate(**of_each)

    def standing_for(self, pk: int | None) -> int | None:
        """The id of the row that has the picture of row `pk`: its own, or its double's."""
        return self.filter(pk=pk).values_list("same_as", flat=True).first() or pk

    def dead(self):
        """Remote pictures that nobody can be shown; `Image.is_dead` says the same of one."""
        looked_once = Q(fetch_problem=Problem.GONE, fetch_attempts__lt=2)
        return self.outside().filter(fetch_problem__in=DEAD).exclude(looked_once)

    def given_up(self):
        """Remote pictures that nobody will ask for again by itself."""
        return self.outside().exclude(fetch_problem="").filter(fetch_after=None)

    def without_alt(self):
        """Pictures that nobody described, and that do not merely decorate."""
        return self.filter(alt="", is_decorative=False)

    def without_credit(self):
        """Pictures of which nobody knows whose they are."""
        return self.filter(credit="")

    def with_expired_licence(self, today=None):
        """Pictures that may not be shown any more."""
        return self.filter(licence_expires_on__lt=today or timezone.localdate())

    def with_licence_ending_soon(self, today=None):
        """Pictures that may be shown today, and not much longer."""
        today = today or timezone.localdate()
        return self.filter(licence_expires_on__range=(today, today + SOON))


class Image(models.Model):
    """A picture. Without a file it is a remote reference: readers load it from `source_url`."""

    class Licence(models.TextChoices):
        UNKNOWN = "unknown", _("Not known")
        OWN = "own", _("Our own")
        LICENSED = "licensed", _("Licensed")
        FREE = "free", _("Free licence")
        QUOTATION = "quotation", _("Quotation")

    file = ImageField(
        _("file"),
        upload_to=original_path,
        blank=True,
        max_length=255,
        width_field="width",
        height_field="height",
        ppoi_field="focal_point",
    )
    width = models.PositiveIntegerField(_("width"), null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True, editable=False)
    focal_point = PPOIField(_("focal point"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    original_name = models.CharField(_("file name"), max_length=200, blank=True, editable=False)
    tone = models.CharField(
        max_length=3,
        blank=True,
        editable=False,
        help_text=_("Main colour as three hexadecimal digits; empty if transparent."),
    )
    is_animated = models.BooleanField(_("animated"), default=False, editable=False)
    has_alpha = models.BooleanField(_("transparent"), default=False, editable=False)
    renditions = models.JSONField(default=dict, blank=True, editable=False)
    same_as = models.ForeignKey(
        "self",
        verbose_name=_("same picture as"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="other_addresses",
    )
    source_url = models.URLField(
        _("source address"),
        max_length=MOST_CHARACTERS,
        blank=True,
        validators=[require_fitting],
        help_text=_("Where the picture is from."),
    )
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What is to be seen, for those who cannot see it."),
    )
    is_decorative = models.BooleanField(
        _("only decorates"),
        default=False,
        help_text=_("It says nothing that the text does not say; screen readers pass over it."),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Photographer, agency or source.")
    )
    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence, default=Licence.UNKNOWN
    )
    licence_expires_on = models.DateField(
        _("licence ends on"),
        null=True,
        blank=True,
        help_text=_("The last day on which the picture may be shown."),
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    found_on = models.URLField(_("found on the page"), max_length=2000, blank=True, editable=False)
    fetch_problem = models.CharField(
        _("why it is still outside"), max_length=20, choices=Problem, blank=True, editable=False
    )
    fetch_attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    fetch_after = models.DateTimeField(_("next attempt"), null=True, blank=True, editable=False)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="image_newest_first"),
            models.Index(
                fields=["source_url"], condition=~Q(source_url=""), name="image_by_address"
            ),
            models.Index(
                fields=["fetch_after"], condition=Q(file="", same_as=None), name="image_outside"
            ),
            models.Index(
                fields=["licence_expires_on"],
                condition=Q(licence_expires_on__isnull=False),
                name="image_by_expiry",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(file="") | ~Q(source_url=""),
                name="a_picture_has_a_file_or_an_address",
                violation_error_message=_("A picture needs a file or an address."),
            ),
            models.CheckConstraint(
                condition=Q(file="") | ~Q(sha256=""),
                name="a_file_has_a_hash",
            ),
            models.CheckConstraint(
                condition=Q(same_as=None) | Q(file=""),
                name="a_double_has_no_file_of_its_own",
            ),
            models.UniqueConstraint(
                fields=["sha256"],
                condition=~Q(sha256=""),
                name="one_file_is_kept_once",
                violation_error_message=_("This picture is in the library already."),
            ),
            models.UniqueConstraint(
                fields=["source_url"],
                condition=Q(file=""),
                name="one_remote_picture_is_known_once",
                violation_error_message=_("This address is known already."),
            ),
        ]

    def __str__(self):
        name = self.original_name or self.file.name or self.source_url
        return self.alt or self.caption or name.rpartition("/")[2] or f"#{self.pk}"

    @property
    def is_remote(self) -> bool:
        """Whether the picture is only an address so far."""
        return not self.file

    @property
    def is_dead(self) -> bool:
        """Whether nobody can be shown the picture: it is remote, and known not to be there.

        A site may lose a picture for a minute, so that is believed at the second look only.
        """
        looked_once = self.fetch_problem == Problem.GONE and self.fetch_attempts < 2
        return self.is_remote and self.fetch_problem in DEAD and not looked_once

    @property
    def is_expired(self) -> bool:
        """Whether the picture may not be shown any more; the last day counts by our clock."""
        last = self.licence_expires_on
        return last is not None and last < timezone.localdate()

    @property
    def stem(self) -> str:
        """The name of the file without folder and ending; its renditions lie under it."""
        return PurePosixPath(self.file.name).stem

    @property
    def url(self) -> str:
        """The address readers load: our file's, or the remote one."""
        return self.file.url if self.file else self.source_url

    @property
    def focus(self) -> recipes.Point:
        """The focal point: parts of the width and of the height, 0..1 each."""
        across, _x, down = self.focal_point.partition("x")
        return (float(across), float(down))
