"""The browser's own field for a day: no script, no English note about the server's time zone."""

from django import forms
from unfold.widgets import INPUT_CLASSES


class DayInput(forms.DateInput):
    """A day as ISO 8601 writes it, which is what browsers send and read."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__({"class": " ".join(INPUT_CLASSES), **(attrs or {})}, format="%Y-%m-%d")
