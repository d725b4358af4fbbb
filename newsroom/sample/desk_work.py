"""Work in progress for the sample newsroom, so that its desk looks as alive as its pages."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from articles.desk import assigning, breaking, publishing, review, scheduling, writing
from articles.desk.outlet_time import moment_at
from articles.models import Article

# Documents that are not published with the others, by name.
UNPUBLISHED = frozenset({"comment-for-later", "newsletter-archaeology", "packaging", "passkey"})


def leave_work() -> None:
    """Leave something in every stage, and something for the days to come."""
    _leave_stories_under_way()
    _fill_the_calendar()
    _put_up_breaking_news()


def _leave_stories_under_way() -> None:
    review.submit(_story("newsletter-archaeology"), by=None)
    sent_back = review.submit(_story("comment-for-later"), by=None)
    review.request_changes(sent_back, comment="第二节的例子请补上出处，标题再短一点。", by=None)
    reworked = _story("rss")
    changed = writing.working_snapshot(reworked).changed(
        standfirst="它没有推荐，没有红点，也不知道你是谁。二十多年过去，这反而成了留下来的理由。"
    )
    writing.revise(reworked, changed, note="导语改得具体一些", by=None)
    publishing.withdraw(
        _story("birthday"), reason="文中引用的一封读者来信未获授权，应来信人要求撤稿。", by=None
    )


def _fill_the_calendar() -> None:
    scheduling.schedule(review.approve(_story("packaging"), by=None), at=_in(1, 8), by=None)
    scheduling.schedule(review.approve(_story("passkey"), by=None), at=_in(3, 20), by=None)
    scheduling.plan_withdrawal(
        _story("city-wifi"),
        at=_in(6, 9),
        reason="试用活动已经结束，文中的办理方式不再适用。",
        by=None,
    )
    for name, days in (("newsletter-archaeology", 1), ("comment-for-later", 2)):
        assigning.assign(_story(name), to=None, due_at=_in(days, 18), by=None)


def _put_up_breaking_news() -> None:
    text = "归档工具“小方匣”有路径穿越漏洞，请升级到 4.2.1"
    link = _story("path-traversal").get_absolute_url()
    breaking.announce(breaking.Line(text, link, _in(2, 8)), based_on=None, by=None)


def _in(days: int, hour: int) -> datetime:
    """A full hour by the outlet's clock, so many days from today."""
    return moment_at(datetime.combine(timezone.localdate() + timedelta(days=days), time(hour)))


def _story(name: str) -> Article:
    return Article.objects.get(import_ref=name)
