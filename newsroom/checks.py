"""What `manage.py check` says of the settings in a sentence, before a reader finds out."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error
from django.utils.translation import gettext as _

from articles import gate
from articles.desk.chat import EVENTS, problems_in

ADDRESSING = ("auto", "path", "virtual")
#: what means nothing without a bucket
_OF_A_BUCKET = (
    "MEDIA_S3_ENDPOINT",
    "MEDIA_S3_REGION",
    "MEDIA_S3_ACCESS_KEY",
    "MEDIA_S3_SECRET_KEY",
    "MEDIA_S3_PUBLIC_URL",
)


def bucket_is_whole(app_configs, **_of_django):
    """Whether the settings of the S3 bucket are all there or all absent."""
    problems = [*_missing(), *_malformed()]
    return [Error(problem, id=f"newsroom.E{number:03}") for number, problem in problems]


def _missing():
    given = [name for name in _OF_A_BUCKET if getattr(settings, name)]
    if given and not settings.MEDIA_S3_BUCKET:
        names = ", ".join(given)
        yield 1, _("%(names)s: set, but MEDIA_S3_BUCKET is not.") % {"names": names}
    key, secret = settings.MEDIA_S3_ACCESS_KEY, settings.MEDIA_S3_SECRET_KEY
    if bool(key) != bool(secret):
        yield 2, _("MEDIA_S3_ACCESS_KEY and MEDIA_S3_SECRET_KEY belong together; one is missing.")
    # Only Amazon's own machines are known by another means than a key.
    if settings.MEDIA_S3_BUCKET and settings.MEDIA_S3_ENDPOINT and not key and not secret:
        yield 3, _("MEDIA_S3_ENDPOINT needs MEDIA_S3_ACCESS_KEY and MEDIA_S3_SECRET_KEY.")


def _malformed():
    for name in ("MEDIA_S3_ENDPOINT", "MEDIA_S3_PUBLIC_URL"):
        address = urlsplit(getattr(settings, name))
        if any(address) and (address.scheme not in ("http", "https") or not address.netloc):
            yield 4, _("%(name)s must begin with https:// or http://.") % {"name": name}
    if settings.MEDIA_S3_ADDRESSING not in ADDRESSING:
        yield 5, _("MEDIA_S3_ADDRESSING must be one of: auto, path, virtual.")


def gate_is_known(app_configs, **_of_django):
    """Whether the checks named in the settings of the publish gate exist and can be moved."""
    problems = [
        *((6, sentence) for sentence in _unknown_checks()),
        *((7, sentence) for sentence in _fixed_checks()),
        *((8, sentence) for sentence in _undecided_checks()),
    ]
    return [Error(problem, id=f"newsroom.E{number:03}") for number, problem in problems]


def _unknown_checks():
    for setting in ("PUBLISH_GATE_BLOCKING", "PUBLISH_GATE_ADVISORY"):
        if names := gate.unknown(getattr(settings, setting)):
            facts = {"setting": setting, "names": ", ".join(names), "known": ", ".join(gate.CHECKS)}
            yield _("%(setting)s: there is no check %(names)s. The checks: %(known)s.") % facts


def _fixed_checks():
    if names := gate.demanded(settings.PUBLISH_GATE_ADVISORY):
        yield _(
            "PUBLISH_GATE_ADVISORY: the database itself demands this, it cannot be made advisory: "
            "%(names)s."
        ) % {"names": ", ".join(names)}


def _undecided_checks():
    if names := sorted({*settings.PUBLISH_GATE_BLOCKING} & {*settings.PUBLISH_GATE_ADVISORY}):
        yield _("In PUBLISH_GATE_BLOCKING and in PUBLISH_GATE_ADVISORY: %(names)s.") % {
            "names": ", ".join(names)
        }


def search_engines_can_be_told(app_configs, **_of_django):
    """Whether the key of IndexNow is one (https://www.indexnow.org/documentation)."""
    key = settings.INDEXNOW_KEY
    if not key or re.fullmatch(r"[A-Za-z0-9-]{8,128}", key):
        return []
    sentence = _("INDEXNOW_KEY must be 8 to 128 letters, digits and hyphens.")
    return [Error(sentence, id="newsroom.E012")]


def chat_groups_can_be_told(app_configs, **_of_django):
    """Whether every line of `CHAT_WEBHOOKS` and `CHAT_EVENTS` means something."""
    errors = [Error(problem, id="newsroom.E010") for problem in problems_in(settings.CHAT_WEBHOOKS)]
    if unknown := sorted(set(settings.CHAT_EVENTS) - set(EVENTS)):
        sentence = _("CHAT_EVENTS: %(names)s is not among %(known)s.")
        facts = {"names": ", ".join(unknown), "known": ", ".join(EVENTS)}
        errors.append(Error(sentence % facts, id="newsroom.E011"))
    return errors
