"""The header picture of a story, and a way to change what is known of it."""

from articles.images.models import Image


def header_of(story):
    """The header picture that a snapshot names."""
    return Image.objects.get(pk=story.header_image)


def describe(image, **facts):
    """The picture with other facts, saved."""
    for name, value in facts.items():
        setattr(image, name, value)
    image.save(update_fields=list(facts))
    return image
