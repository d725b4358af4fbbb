"""The cast and the stage: who acts in the tests, and what keeps them from touching anything else.

Wanda writes, Ellen edits, Charlie is chief, Otto is outside.
"""

import os

# Playwright's synchronous API keeps an event loop in the thread; the tests' own queries are sync.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from django.contrib.auth.models import Group

from articles import workflow
from articles.desk import publishing, review, writing
from articles.models import Author, Category, User
from tests import databases, factories
from tests.storages import bucket, s3_address, s3_reset, storage

__all__ = ["bucket", "s3_address", "s3_reset", "storage"]  # where the stage may stand


@pytest.fixture(scope="session", autouse=True)
def _hastened():
    """Databases are emptied and brought back soon, for tests with transactions of their own."""
    with pytest.MonkeyPatch.context() as patch:
        databases.hasten(patch)
        yield


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Uploads of a test go to the test's own folder, static files are not hashed."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def _member(username: str, name: str, group: str) -> User:
    user = User.objects.create_user(username=username, name=name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def wanda(db):
    """Wanda writes: a reporter."""
    return _member("wanda", "Wanda", workflow.REPORTER)


@pytest.fixture
def walter(db):
    """Walter writes, too."""
    return _member("walter", "Walter", workflow.REPORTER)


@pytest.fixture
def ellen(db):
    """Ellen edits."""
    return _member("ellen", "Ellen", workflow.EDITOR)


@pytest.fixture
def charlie(db):
    """Charlie is chief."""
    return _member("charlie", "Charlie", workflow.CHIEF)


@pytest.fixture
def otto(db):
    """Otto is outside: he can log in and may nothing."""
    return User.objects.create_user(username="otto", name="Otto")


@pytest.fixture
def category(db) -> Category:
    return factories.category("人工智能")


@pytest.fixture
def author(db) -> Author:
    return factories.author("林墨")


@pytest.fixture
def snapshot(category, author):
    """A story that lacks nothing."""
    return factories.snapshot(category=category, authors=[author])


@pytest.fixture
def draft(wanda, snapshot):
    """A draft of Wanda's."""
    return writing.create(snapshot, by=wanda)


@pytest.fixture
def in_review(draft, wanda):
    """A draft Wanda has submitted."""
    return review.submit(draft, by=wanda)


@pytest.fixture
def approved(in_review, ellen):
    """A story Ellen has approved."""
    return review.approve(in_review, by=ellen)


@pytest.fixture
def live(approved, ellen):
    """A story readers see."""
    return publishing.publish(approved, by=ellen)


@pytest.fixture
def withdrawn(live, charlie):
    """A story readers no longer see."""
    return publishing.withdraw(live, reason="事实有误。", by=charlie)
