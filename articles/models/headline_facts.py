"""What stands with a story's headline, wherever that is printed: computed of the row alone."""

from django.utils.translation import gettext as _


class HeadlineFacts:
    """For the model of a story."""

    @property
    def brief_title(self) -> str:
        """The headline for a narrow place: a line of a list, a strip."""
        return self.short_title or self.title

    @property
    def labels(self) -> list[str]:
        """What readers are to know before they read: that it was paid for, or machine-written."""
        paid = [_("Sponsored")] if self.sponsored else []
        is_generated = self.ai_disclosure == self.AiDisclosure.GENERATED
        return [*paid, self.get_ai_disclosure_display()] if is_generated else paid

    @property
    def picture_caption(self) -> str:
        """What is said of the header picture here: the story's own words, or the picture's."""
        return self.header_caption or (self.header_image.caption if self.header_image else "")

    @property
    def picture_credit(self) -> str:
        """Whose the header picture is, as this story says it, or the picture."""
        return self.header_credit or (self.header_image.credit if self.header_image else "")
