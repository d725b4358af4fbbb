"""A picture and the stories that show it are changed at once, and nobody is turned away."""

import threading
import time

import pytest
from django.db import connection, transaction

from articles.desk import homecoming, pictures, writing
from articles.desk.recording import lock
from articles.images.models import Image, Problem
from articles.models import Article
from tests import factories

FIGURE = '<figure><img src="{url}" alt="图" width="64" height="36" data-image="{pk}"></figure>'
_SECONDS = 30

# Two people are two connections, and one row that is held is what SQLite, which locks as a whole,
# does not know: these are about PostgreSQL.
if connection.vendor == "postgresql":

    def without_the_picture(figure):
        """A live story with a picture that its working copy has dropped."""
        story = factories.live(body=f"<p>字</p>{figure}")
        dropped = writing.working_snapshot(story).changed(body="<p>字</p>")
        return writing.revise(story, dropped, by=None)

    def wait_until_somebody_waits():
        """Until another connection waits for a lock that this one holds."""
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            with connection.cursor() as cursor:
                # Within a transaction the first look is remembered.
                cursor.execute("SELECT pg_stat_clear_snapshot()")
                cursor.execute(
                    "SELECT 1 FROM pg_stat_activity"
                    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
                if cursor.fetchone():
                    return
            time.sleep(0.01)
        pytest.fail("nobody waited")

    def beside_an_edit(story, body, change):
        """Let `change` happen while somebody saves `body`; what either of them raised."""
        raised = []

        def run():
            try:
                change()
            except Exception as error:  # noqa: BLE001 - whatever it is, the test names it
                raised.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        with transaction.atomic():
            lock(story)
            thread.start()
            wait_until_somebody_waits()
            writing.revise(story, writing.working_snapshot(story).changed(body=body), by=None)
        thread.join(timeout=_SECONDS)
        return raised

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    def test_a_picture_is_described_while_it_is_put_back():
        image = factories.picture(alt="旧")
        figure = FIGURE.format(url=image.url, pk=image.pk)
        story = without_the_picture(figure)

        raised = beside_an_edit(
            story,
            f"<p>新字</p>{figure}",
            lambda: pictures.describe(image, by=None, alt="新", caption="新的说明"),
        )

        image.refresh_from_db()
        assert raised == []
        assert image.alt == "新"

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    def test_a_picture_turns_out_to_be_gone_while_it_is_put_back(monkeypatch):
        figure = '<figure><img src="https://pictures.example/a.png" alt="图"></figure>'
        story = without_the_picture(figure)
        Image.objects.update(fetch_attempts=1)
        image = Image.objects.get()

        def gone(address, *, page):
            raise homecoming.fetching.NotFetched(Problem.GONE)

        monkeypatch.setattr(homecoming.fetching, "fetch", gone)

        raised = beside_an_edit(
            story, f"<p>新字</p>{figure}", lambda: homecoming.fetch_home(image.pk)
        )

        image.refresh_from_db()
        assert raised == []
        assert image.is_dead
        assert "pictures.example" not in Article.objects.get().rendered_body
