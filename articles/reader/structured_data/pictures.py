"""Pictures in structured data."""

from articles.images import recipes
from articles.images.models import Image
from articles.reader.pictures import PictureFile, file_of
from articles.reader.structured_data.blocks import known

# The shapes that https://developers.google.com/search/docs/appearance/structured-data/article asks
# for, so that each place can take the one that fits.
_SHAPES = (recipes.WIDE, recipes.CLASSIC, recipes.SQUARE)


def picture(image: Image | None, crop: str = recipes.FULL) -> dict | None:
    """An image as an ImageObject (https://schema.org/ImageObject); None if there is no file."""
    file = file_of(image, crop)
    if file is None:
        return None
    return known(of_file(file) | {"caption": image.caption, "creditText": image.credit})


def of_file(file: PictureFile) -> dict:
    """A file that is no picture of the library, a drawn card for instance."""
    facts = {"url": file.address, "width": file.width, "height": file.height}
    return known({"@type": "ImageObject"} | facts)


def in_every_shape(image: Image | None) -> list[dict]:
    """The picture in every shape there is of it; a file that stands for several is named once.

    What is said of a picture is said once.
    """
    found = list(filter(None, (picture(image, crop) for crop in _SHAPES)))
    for each in found[1:]:
        each.pop("caption", None)
        each.pop("creditText", None)
    return list({each["url"]: each for each in reversed(found)}.values())[::-1]


def address(image: Image | None) -> str:
    """Where the square file of a picture is, for a face or a thumbnail; empty if nowhere."""
    file = file_of(image, recipes.SQUARE)
    return file.address if file else ""
