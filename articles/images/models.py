"""The Image: a picture of the outlet's, kept once, or the address of one that is still outside."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from imagefield.fields import ImageField, PPOIField


def original_path(image: "Image", filename: str) -> str:
    """Where an original lies: by its content's hash, so a name never clashes or lies."""
    ending = filename.rpartition(".")[2].lower()
    return f"originals/{image.sha256[:2]}/{image.sha256[:24]}.{ending}"


class ImageQuerySet(models.QuerySet):
    def at_home(self):
        """Pictures whose file is ours."""
        return self.exclude(file="")

    def outside(self):
        """Pictures that are only an address so far."""
        return self.filter(file="")


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
    source_url = models.URLField(
        _("source address"), max_length=2000, blank=True, help_text=_("Where the picture is from.")
    )
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What is to be seen, for those who cannot see it."),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Photographer, agency or source.")
    )
    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence, default=Licence.UNKNOWN
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

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["-created_at", "-id"], name="image_newest_first")]
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
        name = self.file.name or self.source_url
        return self.alt or self.caption or name.rpartition("/")[2] or f"#{self.pk}"

    @property
    def is_remote(self) -> bool:
        """Whether the picture is only an address so far."""
        return not self.file

    @property
    def url(self) -> str:
        """The address readers load: our file's, or the remote one."""
        return self.file.url if self.file else self.source_url
