"""A pytest plugin: chooses the tests that ask a database, for a second run on another one."""

ASKING = "--asking-the-database"
_ASKING_FIXTURES = {"db", "transactional_db", "django_db_setup"}


def pytest_addoption(parser):
    """Offer the choice."""
    parser.addoption(ASKING, action="store_true", help="only the tests that ask the database")


def pytest_collection_modifyitems(config, items):
    """Leave out what cannot ask a database: pytest-django refuses it to a test that wants none."""
    if not config.getoption(ASKING):
        return
    chosen = [item for item in items if asks(item)]
    config.hook.pytest_deselected(items=[item for item in items if not asks(item)])
    items[:] = chosen


def asks(item):
    """Whether a collected test may ask the database."""
    wants = _ASKING_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    return bool(wants or item.get_closest_marker("django_db"))
