"""What the site itself answers: its health, and media files where no other server does."""

import logging

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.log import log_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.desk import agenda
from newsroom.media import could_be_ours, headers, is_picture, missing_picture

CONDITIONS = ("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since")

logger = logging.getLogger("newsroom.media")


class PictureResponse(FileResponse):
    """A file in pieces of a size that suits pictures."""

    block_size = 64 * 1024  # bytes


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


@never_cache
@require_safe
def healthz_desk(request):
    """200 and "ok" when every schedule is kept, otherwise 503 and how many are not."""
    try:
        unkept = agenda.unkept().count()
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    if unkept:
        answer = f"schedules that failed or are overdue: {unkept}\n"
        return HttpResponse(answer, status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def favicon(request):
    """Where browsers look without being told."""
    return redirect(static("newsroom/img/icon.svg"))


@require_safe
def media(request, path):
    """A stored picture; a grey stand-in where there is none, so that a page stays in order."""
    if not could_be_ours(path):
        raise Http404
    try:
        return _stored(request, path)
    except FileNotFoundError:
        if not is_picture(path):
            raise Http404 from None
        return _stand_in(404, "A picture is missing: %s", path)
    except OSError as error:
        return _stand_in(503, "A picture could not be read: %s", error)


def _stored(request, name):
    """The file, or 304 or 412 as the request's conditions want (RFC 9110, 13.2.2)."""
    conditional = any(condition in request.headers for condition in CONDITIONS)
    if conditional or request.method == "HEAD":
        held = default_storage.look(name)
        head = _told(HttpResponse(), name, held)
        answer = get_conditional_response(request, held.etag, held.written_at, head)
        if request.method == "HEAD" or answer is not head:
            return answer
    held, content = default_storage.fetch(name)
    return _told(PictureResponse(content), name, held)


def _told(response, name, held):
    for header, value in headers(name).items():
        response.headers[header] = value
    response.headers["Content-Length"] = held.size
    response.headers["ETag"] = held.etag
    response.headers["Last-Modified"] = http_date(held.written_at)
    return response


def _stand_in(status, message, *facts):
    response = HttpResponse(missing_picture(), content_type="image/png", status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    log_response(message, *facts, response=response, logger=logger)  # and Django adds no line
    return response
