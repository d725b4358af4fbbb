"""What happens around every request of the site."""

from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class StaffLocaleMiddleware(LocaleMiddleware):
    """Let staff choose the admin's language; readers always get the outlet's.

    A reader's page has one address and one answer, so it must not depend on what the browser
    prefers; only addresses below `/admin/` and the language switch read the language cookie.
    """

    def process_request(self, request):
        language = settings.LANGUAGE_CODE
        if request.path_info.startswith(("/admin/", "/i18n/")):
            language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, language)
            if language not in dict(settings.LANGUAGES):
                language = settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class TextGZipMiddleware(GZipMiddleware):
    """Compress text; a picture is compressed already, and its ETag and length are to stay true."""

    def process_response(self, request, response):
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if kind.startswith("text/") or kind.endswith(("json", "xml", "javascript")):
            return super().process_response(request, response)
        return response
