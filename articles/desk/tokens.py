"""Tokens: secrets that open something by their address, of which only a hash is kept.

Nobody guesses what is chance in its whole length, so a plain hash is as good as a slow one; and
nobody comes nearer to it by measuring how long a look-up takes.
"""

import hashlib
import secrets

_BYTES = 32


def make() -> str:
    """A new secret of 256 bits, fit for an address."""
    return secrets.token_urlsafe(_BYTES)


def hash_of(token: str) -> str:
    """What is kept of it, and looked up: SHA-256 in 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()
