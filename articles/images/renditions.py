"""Renditions: the files of a picture in the widths, crops and formats that pages show."""

from articles.images.models import Image


def make(image: Image) -> bool:
    """Make what is missing; whether everything is there."""
    return False
