"""What the tests of asking share with those of pictures."""

from tests.images.conftest import allow, names, site

__all__ = ["allow", "names", "site"]
