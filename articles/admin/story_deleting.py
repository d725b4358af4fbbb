"""What the page says that asks before a story is thrown away."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.desk import presence
from articles.desk.writing import working_snapshot
from articles.models import Autosave


def what_goes_with(article, user):
    """What is thrown away with a story, and who is writing in it besides `user`."""
    unsaved = Autosave.objects.filter(article=article).unsaved().exclude(user=user)
    names = sorted({str(kept.user) for kept in unsaved.select_related("user")})
    return {
        "headline": working_snapshot(article).title or _("Untitled story"),
        "revisions": article.revisions.count(),
        "writing_now": presence.writing_now([article.pk], user=user).get(article.pk),
        "unsaved_of": "、".join(names),
        "back": reverse("admin:articles_article_change", args=[article.pk]),
    }
