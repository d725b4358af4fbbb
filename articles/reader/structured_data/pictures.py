"""Pictures in structured data."""

from articles.images import recipes
from articles.images.models import Image
from articles.models import Article, Outlet
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
    """A file that is no picture of the library, a drawn card for instance.

    `contentUrl` is what https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata
    asks for, `url` what everybody else reads.
    """
    place = {"url": file.address, "contentUrl": file.address}
    return known({"@type": "ImageObject"} | place | {"width": file.width, "height": file.height})


def of_story(article: Article, outlet: Outlet) -> list[dict]:
    """The header picture in every shape there is; a file that stands for several is named once.

    Its caption is said once, whose it is of every file, since each may be shown by itself.
    """
    image = article.header_image
    files = filter(None, (file_of(image, crop) for crop in _SHAPES))
    found = {file.address: known(of_file(file) | _rights(article, outlet)) for file in files}
    shapes = list(found.values())
    if shapes and article.picture_caption:
        shapes[0]["caption"] = article.picture_caption
    return shapes


def _rights(article: Article, outlet: Outlet) -> dict:
    """Whose a header picture is, as far as somebody said so; of licences we know no address."""
    is_ours = article.header_image.licence == Image.Licence.OWN
    return {
        "creditText": article.picture_credit,
        "copyrightNotice": f"© {outlet.legal_name or outlet.name}" if is_ours else "",
    }


def address(image: Image | None) -> str:
    """Where the square file of a picture is, for a face or a thumbnail; empty if nowhere."""
    file = file_of(image, recipes.SQUARE)
    return file.address if file else ""
