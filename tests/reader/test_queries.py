"""How often a page asks the database: rarely, always the same, and never from a template."""

import traceback

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.reader import site
from tests.reader.test_traditional import BELOW, TWICE

pytestmark = pytest.mark.django_db

AT_MOST = 6


def questions(client, address):
    """How many queries an address takes, and how many of them a template asks."""
    in_templates = 0

    def note(execute, sql, params, many, context):
        nonlocal in_templates
        frames = traceback.walk_stack(None)
        in_templates += any("/django/template/" in f.f_code.co_filename for f, _line in frames)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note), CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code in {200, 404, 410}
    return len(queries), in_templates


def all_questions(client, newsroom):
    return {name: questions(client, newsroom.address(name)) for name in newsroom.NAMES}


def test_a_page_asks_equally_often_however_much_there_is(client):
    of_two = all_questions(client, site.grow(2))

    of_thirty = all_questions(client, site.grow(28))

    assert of_thirty == of_two


def test_every_page_asks_at_most_six_times(client, newsroom):
    asked = all_questions(client, newsroom)

    assert {name: count for name, (count, _) in asked.items() if count > AT_MOST} == {}


def test_a_page_in_traditional_chinese_asks_at_most_six_times(client, newsroom):
    asked = {name: questions(client, BELOW + newsroom.address(name)) for name in TWICE}

    assert {name: counts for name, counts in asked.items() if counts > (AT_MOST, 0)} == {}


def test_no_query_is_born_in_a_template(client, newsroom):
    asked = all_questions(client, newsroom)

    assert {name: born for name, (_, born) in asked.items() if born} == {}


def test_older_pages_ask_at_most_six_times(client, newsroom):
    older = [site.older_page(client.get(address)) for address in newsroom.lists().values()]

    asked = [questions(client, address) for address in older]

    assert max(asked) <= (AT_MOST, 0)


def test_a_withdrawn_story_asks_at_most_six_times(client, withdrawn):
    asked = questions(client, withdrawn.get_absolute_url())

    assert asked <= (AT_MOST, 0)
