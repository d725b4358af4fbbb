"""The writing screen: what the page of a story shows besides the fields of its form."""

from django.utils.translation import gettext_lazy as _

from articles.admin import pasting, story_panels, story_terms
from articles.admin.article_verbs import available_choices
from articles.admin.story_standing import next_step
from articles.desk import review, writing
from articles.desk.outlet_time import zone_name

_HISTORY_LENGTH = 30


class WritingScreen:
    """For an admin of stories: the context of its page."""

    warn_unsaved_form = False  # `desk/story` asks, and knows what is kept already

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        is_writing = self._may_write(request, obj)
        context["desk_layout"] = story_panels.layout(context["adminform"], is_writing=is_writing)
        context["desk_terms"] = story_terms.terms(obj) | {"pasting": pasting.terms(request.user)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def story_context(self, request, object_id):
        """What is known of the story besides its text; nothing of a new one."""
        article = object_id and self.get_object(request, object_id)
        if not article:
            return {}
        return {
            "desk_article": article,
            "show_save_and_add_another": False,
            "title": writing.working_snapshot(article).title or _("Untitled story"),
            "subtitle": None,
            **_standing(article, request.user),
            **_history(article),
        }


def _standing(article, user):
    choices = available_choices(article, by=user)
    return {
        "desk_comment": review.requested_changes(article),
        "desk_choices": choices,
        "desk_leads_on": any(one.is_in_bar for one in choices),
        "desk_next_step": next_step(article, [verb for one in choices for verb in one.verbs]),
        "desk_zone": zone_name(),
    }


def _history(article):
    events = article.events.select_related("actor", "revision").defer("revision__content")
    revisions = article.revisions.select_related("created_by").defer("content")
    return {
        "desk_events": events[:_HISTORY_LENGTH],
        "desk_revisions": revisions[:_HISTORY_LENGTH],
    }
