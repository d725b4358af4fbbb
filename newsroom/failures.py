"""The pages for our own failures: they need neither the database nor anything else of ours."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache

RETRY_AFTER = 120  # seconds

# What a database raises that is away, locked or out of order, as Django names it (PEP 249).
_AWAY = (OperationalError, InterfaceError)


@never_cache
def failed(request):
    """503 where the database does not answer, otherwise 500; asked while the error is handled."""
    if isinstance(sys.exception(), _AWAY):
        answer = HttpResponse(render_to_string("503.html"), status=503)
        answer.headers["Retry-After"] = str(RETRY_AFTER)
        return answer
    return HttpResponse(render_to_string("500.html"), status=500)
