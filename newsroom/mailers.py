"""How mail goes out: `EMAIL_URL` as Django wants it."""

from urllib.parse import urlsplit

from environ import Env

_SECONDS = 10  # a mail server that does not answer holds the worker no longer
_STARTTLS, _TLS = frozenset({"smtp+tls"}), frozenset({"smtps", "smtp+ssl"})


def mailers(address: str) -> dict[str, dict]:
    """`MAILERS` for one address, without any if it is empty.

    `smtp://user:password@host:port` without encryption, `smtp+tls://` encrypted by STARTTLS (port
    587), `smtps://` encrypted from the beginning (465); `consolemail://` prints, `filemail:///path`
    writes files, for those who work on the code.
    """
    if not address:
        return {}
    facts = Env.email_url_config(address)
    options = {}
    if facts["EMAIL_BACKEND"].endswith("smtp.EmailBackend"):
        scheme = urlsplit(address).scheme
        options = {
            "host": facts["EMAIL_HOST"] or "localhost",
            "port": facts["EMAIL_PORT"],
            "username": facts["EMAIL_HOST_USER"],
            "password": facts["EMAIL_HOST_PASSWORD"],
            "use_tls": scheme in _STARTTLS,
            "use_ssl": scheme in _TLS,
            "timeout": _SECONDS,
        }
    elif facts["EMAIL_BACKEND"].endswith("filebased.EmailBackend"):
        options = {"file_path": f"/{facts['EMAIL_FILE_PATH']}"}
    return {"default": {"BACKEND": facts["EMAIL_BACKEND"], "OPTIONS": options}}
