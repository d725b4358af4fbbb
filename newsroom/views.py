"""What the site itself answers: its health, and media files where no other server does."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve

A_YEAR = 31_536_000  # seconds


@never_cache
@require_safe
def healthz(request):
    """200 and "ok" when the database answers, otherwise 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def favicon(request):
    """Where browsers look without being told."""
    return redirect(static("newsroom/img/icon.svg"))


@require_safe
def media(request, path):
    """A file of the media folder; its name follows from its content, so it never changes."""
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
