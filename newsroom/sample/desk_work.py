"""Work in progress for the sample newsroom, so that its desk looks as alive as its pages."""

from articles.desk import publishing, review, writing
from articles.models import Article

# Documents that are not published with the others, by name.
UNPUBLISHED = frozenset({"comment-for-later", "newsletter-archaeology"})


def leave_work() -> None:
    """Leave one story in review, one sent back, one live with changes, and one withdrawn."""
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


def _story(name: str) -> Article:
    return Article.objects.get(import_ref=name)
