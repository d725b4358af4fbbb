"""What scripts of the desk learn of pictures: a choice of them for an editor, or a single one."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.urls import path, reverse

from articles.characters import storable
from articles.images import showing
from articles.images.models import Image
from articles.images.recipes import CLASSIC, WIDTHS

_CHOICE = 30  # pictures the body editor shows at once


def thumb(image):
    """The address of a small file that shows `image`; the picture itself until there is one."""
    made = image.renditions.get(CLASSIC)
    if image.is_remote or not made:
        return image.url
    size = next((size for size in made["sizes"] if size[0] >= WIDTHS[0]), made["sizes"][-1])
    name = showing.rendition_name(image, CLASSIC, made, size)
    return image.file.storage.url(name) if showing.is_there(image, name) else image.url


def facts_of(image):
    """What a script needs to show `image`, to put it into a story and to say its name."""
    return {
        "id": image.pk,
        "src": image.url,
        "thumb": thumb(image),
        "page": reverse("admin:images_image_change", args=[image.pk]),
        "name": str(image),
        "width": image.width,
        "height": image.height,
        "tone": image.tone,
        "alt": image.alt,
        "is_decorative": image.is_decorative,
        "caption": image.caption,
        "credit": image.credit,
        "focal_point": image.focal_point,
    }


class Choosing:
    """For the admin of pictures: the answers to a search in the body editor."""

    def get_urls(self):
        choose = path(
            "choose/", self.admin_site.admin_view(self.choose_view), name="images_image_choose"
        )
        return [choose, *super().get_urls()]

    def choose_view(self, request):
        """The newest pictures that answer to `q`; `next` is the number of the page after it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = storable(request.GET.get("q", ""))
        pictures = Image.objects.in_library()
        found, _doubles = self.get_search_results(request, pictures, asked)
        page = Paginator(found, _CHOICE).get_page(request.GET.get("page"))
        following = page.next_page_number() if page.has_next() else None
        return JsonResponse({"pictures": [facts_of(image) for image in page], "next": following})
