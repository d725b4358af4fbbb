"""What the background worker does for the desk."""

from django.tasks import task

from articles.desk import publishing


@task
def publish_when_due(article_id: int) -> bool:
    """Publish the story if its time has come; enqueued with `run_after` its scheduled time."""
    return publishing.publish_if_due(article_id)
