"""Which language to speak to an operator in: the one of the terminal, not the readers'."""

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager

from django.utils import translation


def language_of_the_terminal(environment: Mapping[str, str]) -> str:
    """Return the language code to speak to an operator in, from the POSIX locale variables."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "zh-hans" if value.lower().startswith("zh") else "en"
    return "en"


def speaking_to_the_terminal() -> AbstractContextManager:
    """Translate within for the person who runs the command, not for the site's readers."""
    return translation.override(language_of_the_terminal(os.environ))
